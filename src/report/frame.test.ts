import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { Span } from '../model/span.js';
import { codeFrame } from './frame.js';

const chalk = new Chalk({ level: 0 });

function frame(lines: readonly string[], span: Span, { start = 1, width = 60 } = {}): string[] {
  return codeFrame({ file: 'a.js', start, lines }, span, { chalk, width, mark: (text) => text });
}

describe('codeFrame', () => {
  it('marks the span under its line', () => {
    expect(frame(['const a = 1;', 'const map = new Map();', 'use(map);'], [10, 7, 10, 10], { start: 9 })).toEqual([
      '   9 │ const a = 1;',
      '> 10 │ const map = new Map();',
      '     │       ^^^',
      '  11 │ use(map);',
    ]);
  });

  it('takes shared indentation and blank ends away', () => {
    expect(frame(['', '    if (x) {', '      run();', '    }', '  '], [3, 7, 3, 10])).toEqual([
      '  2 │ if (x) {',
      '> 3 │   run();',
      '    │   ^^^',
      '  4 │ }',
    ]);
  });

  it('marks to the end of the line where the span goes on', () => {
    expect(frame(['run(() => {', '});'], [1, 1, 2, 3])).toEqual([
      '> 1 │ run(() => {',
      '    │ ^^^^^^^^^^^',
      '  2 │ });',
    ]);
  });

  it('puts the marker right behind tabs and wide characters', () => {
    expect(frame(['\tx = "座席" + y;'], [1, 13, 1, 14])).toEqual(['> 1 │ x = "座席" + y;', '    │              ^']);
    expect(frame(['if (a) {', '\t\trun();'], [2, 3, 2, 6])[2]).toBe('    │         ^^^');
  });

  it('marks at least one cell, also at the end of a line', () => {
    expect(frame(['run('], [1, 5, 1, 5])).toEqual(['> 1 │ run(', '    │     ^']);
    expect(frame([''], [1, 1, 1, 1])).toEqual(['> 1 │', '    │ ^']);
  });

  it('cuts long lines on the right while the span is seen', () => {
    const [line, marker] = frame([`let x = ${'1 + '.repeat(30)}1;`], [1, 5, 1, 6], { width: 40 });
    expect(line).toBe('> 1 │ let x = 1 + 1 + 1 + 1 + 1 + 1 + 1…');
    expect(line!.length).toBeLessThanOrEqual(40);
    expect(marker).toBe('    │     ^');
  });

  it('cuts on both sides where the span lies far to the right', () => {
    const text = `${'a;'.repeat(100)}sessions${';b'.repeat(100)}`;
    const [line, marker] = frame([text, 'short'], [1, 201, 1, 209], { width: 40 });
    expect(line).toMatch(/^> 1 │ ….*sessions.*…$/);
    expect(line!.length).toBeLessThanOrEqual(40);
    expect(line!.slice(marker!.indexOf('^'), marker!.lastIndexOf('^') + 1)).toBe('sessions');
  });

  it('is quick and right in a line of megabytes', () => {
    const text = `${'x=1;'.repeat(1_000_000)}sessions=new Map();${'y=2;'.repeat(1000)}`;
    const began = performance.now();
    const [line, marker] = frame([text], [1, 4_000_001, 1, 4_000_009], { width: 60 });
    expect(performance.now() - began).toBeLessThan(1000);
    expect(line!.slice(marker!.indexOf('^'), marker!.lastIndexOf('^') + 1)).toBe('sessions');
  });

  it('shows what a terminal would obey', () => {
    expect(frame(['a("\u001b[2J"); b();'], [1, 12, 1, 13])).toEqual(['> 1 │ a("␛[2J"); b();', '    │            ^']);
  });
});
