import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realDisk } from '../disk/index.js';
import { NEVER, walk } from './walk.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'mi-audit-walk-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text = ''): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

function filesOf(options: Partial<Parameters<typeof walk>[1]> = {}, from = root): string[] {
  return walk(from, { under: '.', ignores: [], gitignore: 'above', ...options }, realDisk)
    .filter(({ entry }) => entry.isFile())
    .map((found) => found.path)
    .sort();
}

/** Whoever runs the tests may have ignore files of their own. */
const env = { ...process.env, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1' };
const git = (...words: string[]) =>
  execFileSync('git', ['-c', `core.excludesFile=${devNull}`, ...words], {
    cwd: root,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

const NAMES = [
  'a',
  'b',
  'c',
  'build',
  'dist',
  'src',
  'x.ts',
  'y.js',
  '.env',
  '[id]',
  'q r',
  'coverage',
  'é.ts',
  '!n.ts',
  '#h.ts',
];
const PATTERNS = [
  ...[
    'a',
    'b/',
    '/c',
    'dist',
    'build/',
    '*.ts',
    '!x.ts',
    'src/*',
    '!src/a',
    'src/**/b',
    '**/y.js',
    '/src/x.ts',
    '!build/',
    '*',
  ],
  ...[
    '!*/',
    '!*.js',
    'a/b',
    'a/*/c',
    '!a/b/',
    '\\#h.ts',
    '\\!n.ts',
    '[abc]',
    '?',
    '.*',
    '!.env',
    'src/',
    '!src/',
    'q r',
    'q\\ r  ',
  ],
  ...['# a', '', '  ', '/', 'x.ts  ', '!/c/', '\\[id\\]', '[[]id]', 'é.ts', 'q r/**', '!**/x.ts'],
];

/** Small numbers, the same in every run. */
function numbers(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

function plant(next: (below: number) => number, at = '', depth = 0): void {
  const pick = (list: readonly string[]) => list[next(list.length)]!;
  const ending = next(2) ? '\n' : '\r\n';
  if (next(3) === 0)
    write(path.join(at, '.gitignore'), Array.from({ length: 1 + next(5) }, () => pick(PATTERNS)).join(ending));
  for (let count = 2 + next(5); count > 0; count--) {
    const file = path.join(at, pick(NAMES));
    if (existsSync(path.join(root, file))) continue;
    if (depth > 4 || next(2)) write(file);
    else plant(next, file, depth + 1);
  }
}

describe('what is found', () => {
  it('is what git finds, whatever its ignore files say', () => {
    let files = 0;
    for (let seed = 1; seed <= 40; seed++) {
      plant(numbers(seed));
      git('init', '-q');
      const listed = git('ls-files', '-z', '-co', '--exclude-standard')
        .split('\0')
        .filter((file) => file !== '');
      expect({ seed, files: filesOf() }).toEqual({ seed, files: listed.sort() });
      files += listed.length;
      for (const name of NAMES) rmSync(path.join(root, name), { recursive: true, force: true });
      for (const name of ['.git', '.gitignore']) rmSync(path.join(root, name), { recursive: true, force: true });
    }
    expect(files).toBeGreaterThan(500);
  });

  it('minds the ignore files above, up to the repository, and none beyond it', () => {
    write('.gitignore', '*.js\n');
    write('repo/.git/HEAD');
    write('repo/.gitignore', '/packages/*/gen\nlocal.ts\n');
    write('repo/packages/.gitignore', '!local.ts\n');
    for (const name of ['a.js', 'gen/b.ts', 'local.ts', 'src/gen/c.ts']) write(`repo/packages/app/${name}`);
    const app = path.join(root, 'repo/packages/app');
    expect(filesOf({}, app)).toEqual(['a.js', 'local.ts', 'src/gen/c.ts']);
    expect(filesOf({ gitignore: 'below' }, app)).toEqual(['a.js', 'gen/b.ts', 'local.ts', 'src/gen/c.ts']);
    write('repo/.gitignore', 'packages\n');
    expect(filesOf({}, app)).toEqual([]);
  });

  it('begins where it is told to, though that is called like what is never looked at', () => {
    write('node_modules/own/src/a.ts');
    write('node_modules/own/node_modules/b.ts');
    write('node_modules/own/[x].ts');
    expect(filesOf()).toEqual([]);
    expect(filesOf({ under: 'node_modules/own', gitignore: 'below' })).toEqual([
      'node_modules/own/[x].ts',
      'node_modules/own/src/a.ts',
    ]);
    expect(filesOf({ under: 'node_modules/own/[x].ts', gitignore: 'below' })).toEqual(['node_modules/own/[x].ts']);
    expect(filesOf({ under: 'node_modules/own', ignores: ['**/src'], gitignore: 'below' })).toEqual([
      'node_modules/own/[x].ts',
    ]);
    expect(filesOf({ under: 'nowhere', gitignore: 'below' })).toEqual([]);
    for (const name of NEVER) write(`${name}/a.ts`);
    write('.pnp.cjs');
    expect(filesOf()).toEqual([]);
  });

  it('is told of where it cannot be seen', () => {
    write('a/b.ts');
    write('a/.gitignore', 'b.ts\n');
    const told: string[] = [];
    const failing =
      <T>(name: string, ask: (file: string) => T) =>
      (file: string) => {
        if (path.basename(file) === name) throw Object.assign(new Error('no'), { code: 'EACCES' });
        return ask(file);
      };
    const disk = { ...realDisk, read: failing('.gitignore', realDisk.read) };
    const tell = (absolute: string) => told.push(path.relative(root, absolute).split(path.sep).join('/'));
    const found = walk(root, { under: '.', ignores: [], gitignore: 'below', tell }, disk);
    expect(found.map((one) => one.path).sort()).toEqual(['a/.gitignore', 'a/b.ts']);
    const closed = { ...realDisk, list: failing('a', realDisk.list) };
    expect(walk(root, { under: '.', ignores: [], gitignore: 'below', tell }, closed)).toEqual([]);
    expect(told).toEqual(['a/.gitignore', 'a']);
  });
});
