import { describe, expect, it } from 'vitest';
import { shownLine, visible, width, wrap } from './visible.js';

describe('visible', () => {
  it.each([
    ['plain text, naïve — 座席 🚀', 'plain text, naïve — 座席 🚀'],
    ['\u001b[31mred\u001b[0m', '␛[31mred␛[0m'],
    ['bell\u0007 nul\u0000 del\u007f', 'bell␇ nul␀ del␡'],
    ['two\r\nlines\tone', 'two lines one'],
    ['\u009b31m', '\\u{9b}31m'],
    ['if (a\u202e) // b\u2066', 'if (a\\u{202e}) // b\\u{2066}'],
    ['zero\u200bwidth\ufeff', 'zero\\u{200b}width\\u{feff}'],
    ['half \ud800 pair', 'half \\u{d800} pair'],
  ])('%j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});

describe('width', () => {
  it.each([
    ['abc', 3],
    ['座席', 4],
    ['한글', 4],
    ['e\u0301', 1],
    ['🚀', 2],
    ['👨‍👩‍👧', 2],
    ['é…│', 3],
  ])('%s takes %i cells', (text, cells) => {
    expect(width(text)).toBe(cells);
  });
});

describe('shownLine', () => {
  it('knows the cell of every character behind tabs and wide ones', () => {
    const shown = shownLine('\ta\t席b');
    expect(shown.map(({ text }) => text).join('')).toBe('    a   席b');
    expect(shown.map(({ cell, offset }) => [offset, cell])).toEqual([
      [0, 0],
      [1, 4],
      [2, 5],
      [3, 8],
      [4, 10],
    ]);
  });
});

describe('wrap', () => {
  it('breaks between words', () => {
    expect(wrap('one two  three four', 9)).toEqual(['one two', 'three', 'four']);
  });

  it('keeps code together where it fits, and long words whole', () => {
    expect(wrap('then run `npm install x`, and more', 18)).toEqual(['then run', '`npm install x`,', 'and more']);
    expect(wrap('run `npm install something long` now', 12)).toEqual(['run `npm', 'install', 'something', 'long` now']);
    expect(wrap('see src/a/very/long/path.ts:1:1 there', 10)).toEqual(['see', 'src/a/very/long/path.ts:1:1', 'there']);
  });

  it('survives a backtick without partner', () => {
    expect(wrap('a ` b c', 80)).toEqual(['a ` b c']);
    expect(wrap('', 80)).toEqual([]);
  });
});
