import { describe, expect, it } from 'vitest';
import { vendoredBy } from './vendored.js';

describe('copies of libraries inside the sources', () => {
  it.each([
    ['a licence of its own among libraries', 'server/libs/archive/inner/zip.js', true],
    ['British spelling', 'src/vendor/parser/index.js', true],
    ['a folder for nothing else', 'third_party/table.js', true],
    ["the project's own lib folder", 'server/libs/own.js', false],
    ['a package of this repository', 'libs/shared/src/index.ts', false],
    ['an edition under another licence', 'src/enterprise/seats.ts', false],
    ['the project itself', 'server/index.js', false],
  ])('%s: %s is %s', (_, file, expected) => {
    const files = [
      'LICENSE',
      'server/libs/archive/LICENSE',
      'src/vendor/parser/LICENCE.md',
      'libs/shared/LICENSE',
      'src/enterprise/LICENSE.md',
      file,
    ];
    expect(vendoredBy(files, ['.', 'libs/shared'])(file)).toBe(expected);
  });
});
