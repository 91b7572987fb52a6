import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commonFolder, fromRoot, isInside, isUnder, upward } from './paths.js';

const { posix, win32 } = path;

describe('commonFolder', () => {
  it.each([
    [['/a/b'], '/a/b'],
    [['/a/b', '/a/b'], '/a/b'],
    [['/a/b/c', '/a/b'], '/a/b'],
    [['/a/b', '/a/bc'], '/a'],
    [['/a/b/c', '/a/d', '/a/b/e'], '/a'],
    [['/a', '/b'], '/'],
  ])('of %j is %s', (folders, common) => {
    expect(commonFolder(folders, posix)).toBe(common);
  });

  it('knows drives, shares, and that Windows does not tell cases apart', () => {
    expect(commonFolder(['C:\\app\\src', 'C:\\app\\test'], win32)).toBe('C:\\app');
    expect(commonFolder(['C:\\App\\src', 'c:\\app\\test'], win32)?.toLowerCase()).toBe('c:\\app');
    expect(commonFolder(['C:\\app', 'D:\\app'], win32)).toBeUndefined();
    expect(commonFolder(['\\\\host\\share\\a', '\\\\host\\share\\b'], win32)).toBe('\\\\host\\share\\');
  });
});

describe('isInside', () => {
  it.each([
    ['/a', '/a', true],
    ['/a/b', '/a', true],
    ['/a/..b', '/a', true],
    ['/ab', '/a', false],
    ['/', '/a', false],
  ])('%s in %s: %s', (child, folder, inside) => {
    expect(isInside(child, folder, posix)).toBe(inside);
  });

  it('holds on Windows', () => {
    expect(isInside('C:\\a\\b', 'C:\\a', win32)).toBe(true);
    expect(isInside('D:\\a\\b', 'C:\\a', win32)).toBe(false);
  });
});

describe('fromRoot', () => {
  it('gives paths with slashes, and a dot for the root', () => {
    expect(fromRoot('/app', '/app/src/a.ts', posix)).toBe('src/a.ts');
    expect(fromRoot('/app', '/app', posix)).toBe('.');
    expect(fromRoot('C:\\app', 'C:\\app\\src\\a.ts', win32)).toBe('src/a.ts');
    expect(fromRoot('C:\\app\\api', 'C:\\app\\base.json', win32)).toBe('../base.json');
  });

  it('leaves a backslash alone where it is part of a name', () => {
    expect(fromRoot('/app', '/app/odd\\name.ts', posix)).toBe('odd\\name.ts');
  });
});

it('upward ends at the top', () => {
  expect(upward('/a/b', posix)).toEqual(['/a/b', '/a', '/']);
  expect(upward('C:\\a', win32)).toEqual(['C:\\a', 'C:\\']);
});

it('isUnder is about whole names', () => {
  expect(isUnder('src/a.ts', 'src')).toBe(true);
  expect(isUnder('src', 'src')).toBe(true);
  expect(isUnder('src2/a.ts', 'src')).toBe(false);
  expect(isUnder('anything', '.')).toBe(true);
});
