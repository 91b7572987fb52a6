import { describe, expect, it } from 'vitest';
import { limited, TookTooLong } from './limit.js';

const forever = () => {
  for (;;);
};

describe('a limit', () => {
  it('gives what the work gives, and throws what it throws', () => {
    expect(limited(60_000, () => 'done')).toBe('done');
    expect(limited(60_000, () => undefined)).toBeUndefined();
    const mistake = new TypeError('mistaken');
    expect(() =>
      limited(60_000, () => {
        throw mistake;
      }),
    ).toThrow(mistake);
  });

  it('ends a loop and a regular expression that do not end', () => {
    expect(() => limited(100, forever)).toThrow(TookTooLong);
    const slow = new RegExp(['^(a', '+)', '+$'].join(''));
    expect(() => limited(100, () => slow.test(`${'a'.repeat(60)}b`))).toThrow(TookTooLong);
  });

  it('can stand in another, of which each ends its own', () => {
    const inner = () => {
      try {
        return limited(100, forever);
      } catch (error) {
        return error;
      }
    };
    expect(limited(60_000, inner)).toBeInstanceOf(TookTooLong);
    expect(limited(60_000, () => limited(60_000, () => 1))).toBe(1);
  });
});
