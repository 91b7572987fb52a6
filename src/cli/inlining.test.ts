import { describe, expect, it } from 'vitest';
import { inlineLess } from './inlining.js';

describe('what is set of the compiler of JavaScript', () => {
  it.each([20, 22])('is set in Node %i', (major) => expect(inlineLess(major)).toBe(true));
  it.each([21, 23, 24, 26, Number.NaN])('is left alone in Node %d', (major) => expect(inlineLess(major)).toBe(false));
});
