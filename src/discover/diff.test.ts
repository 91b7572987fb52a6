import { describe, expect, it } from 'vitest';
import { readDiff } from './diff.js';

const ID = 'a'.repeat(40);
const entry = (letter: string, ...paths: readonly string[]) =>
  `:100644 100644 ${ID} ${ID} ${letter}\0${paths.join('\0')}\0`;

describe('a diff of git', () => {
  it('gives the lines of each file as it is now', () => {
    const patch = [
      'diff --git a/a.js b/a.js',
      '--- a/a.js',
      '+++ b/a.js',
      '@@ -1 +1 @@',
      '-diff --git a/x b/x',
      '+@@ -7 +7 @@',
      '@@ -5,0 +6,3 @@ function',
      '+1',
      '+2',
      '+3',
      '@@ -9,2 +12,0 @@',
      '-x',
      '-y',
      'diff --git "a/o\\nd\\"d.js" "b/o\\nd\\"d.js"',
      '@@ -1,2 +0,0 @@',
      '-1',
      '-2',
      '',
    ].join('\n');
    expect(readDiff(`${entry('M', 'a.js')}${entry('M', 'o\nd"d.js')}\0${patch}`)).toMatchObject([
      {
        path: 'a.js',
        status: 'M',
        lines: [
          [1, 1],
          [6, 8],
          [12, 13],
        ],
      },
      { path: 'o\nd"d.js', lines: [[1, 1]] },
    ]);
  });

  it('knows files that were renamed, became links, are binary or not merged', () => {
    const list = [entry('U', 'u.js'), entry('R090', 'old.js', 'new.js'), entry('T', 'l.js'), entry('M', 'b.bin')].join(
      '',
    );
    const patch = [
      '* Unmerged path u.js',
      'diff --git a/old.js b/new.js',
      'similarity index 90%',
      '@@ -2,0 +3 @@',
      '+x',
      'diff --git a/l.js b/l.js',
      'diff --git a/l.js b/l.js',
      'diff --git a/b.bin b/b.bin',
      'Binary files a/b.bin and b/b.bin differ',
    ].join('\n');
    expect(readDiff(`${list}\0${patch}`).map(({ path, lines }) => [path, lines])).toEqual([
      ['u.js', 'all'],
      ['new.js', [[3, 3]]],
      ['l.js', 'all'],
      ['b.bin', 'all'],
    ]);
  });

  it('takes all lines for changed when list and patch do not agree', () => {
    expect(readDiff(`${entry('M', 'a.js')}\0`)).toMatchObject([{ path: 'a.js', lines: 'all' }]);
    expect(readDiff('')).toEqual([]);
  });
});
