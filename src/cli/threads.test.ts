import { describe, expect, it } from 'vitest';
import { threadsFor } from './threads.js';

describe('the number of threads', () => {
  it.each([
    [1, 1],
    [2, 1],
    [3, 1],
    [4, 3],
    [8, 4],
    [64, 4],
  ])('on %i processors is %i where nothing is said, and only for much', (processors, most) => {
    expect(threadsFor(undefined, processors)).toMatchObject({ most });
    expect(threadsFor('auto', processors).from).toBeGreaterThan(0);
  });

  it('is what is asked for, whatever there is to read', () => {
    expect(threadsFor(7, 2)).toEqual({ most: 7, from: 0 });
    expect(threadsFor('off', 64).most).toBe(1);
  });
});
