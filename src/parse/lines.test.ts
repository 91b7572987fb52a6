import { describe, expect, it } from 'vitest';
import { aligned, Lines } from './lines.js';

describe('Lines', () => {
  it('turns offsets into lines and columns, whatever ends a line', () => {
    const lines = new Lines('a\nbc\r\nd\re');
    expect(lines.span(0, 1)).toEqual([1, 1, 1, 2]);
    expect(lines.span(2, 4)).toEqual([2, 1, 2, 3]);
    expect(lines.span(6, 7)).toEqual([3, 1, 3, 2]);
    expect(lines.span(8, 9)).toEqual([4, 1, 4, 2]);
    expect(lines.span(50, 60)).toEqual([4, 2, 4, 2]);
    expect(lines.offset(2, 2)).toBe(3);
  });
});

describe('aligned', () => {
  const found = (text: string, value: string) => {
    const at = aligned(text, { from: 0, to: text.length }, value);
    return at && [...value].map((_, index) => text[at[index] as number]).join('');
  };

  it.each<[string, string, string]>([
    ['"node a.js"', 'node a.js', 'node a.js'],
    ['"say \\"hi\\""', 'say "hi"', 'say "hi"'],
    ['node \\\n   a.js', 'node a.js', 'node a.js'],
    ['>\n  a &&\n  b', 'a && b', 'a &&\nb'],
    ["'it''s'", "it's", "it's"],
  ])('finds in %j the characters of %j', (text, value, expected) => {
    expect(found(text, value)?.replace(/\s+/g, ' ')).toBe(expected.replace(/\s+/g, ' '));
  });

  it('gives nothing where something was put in', () => {
    expect(found('a', 'ab')).toBeUndefined();
  });
});
