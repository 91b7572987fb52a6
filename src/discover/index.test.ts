import nodeFs, { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../model/user-error.js';
import { discover } from './index.js';
import { list } from './list.js';
import { type Disk, realDisk } from '../disk/index.js';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'mi-audit-discover-')));
  // Nothing above the temporary folder takes part.
  mkdirSync(path.join(folder, '.git'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function at(name: string): string {
  return path.join(folder, name);
}

function write(...files: readonly (string | readonly [name: string, content: string | Uint8Array])[]): void {
  for (const entry of files) {
    const [name, content] = typeof entry === 'string' ? [entry, 'export {};\n'] : entry;
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
  }
}

/** Something on the disk that is neither file nor folder, while the work lasts. */
async function withSocket<T>(name: string, work: () => Promise<T>): Promise<T> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(at(name), resolve));
  try {
    return await work();
  } finally {
    server.close();
  }
}

function json(value: unknown): string {
  return JSON.stringify(value);
}

async function found(paths: readonly string[] = ['.'], options: { from?: string; ignores?: readonly string[] } = {}) {
  const { project, reportPaths } = await discover(paths, at(options.from ?? '.'), options.ignores ?? []);
  return {
    ...project,
    reportPaths,
    rootName: path.relative(folder, project.root) || '.',
    sources: project.inputs.map(({ file }) => file),
  };
}

async function refusal(paths: readonly string[], from = '.'): Promise<string> {
  try {
    await discover(paths, at(from), []);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [error.message, error.hint].filter((part) => part !== undefined).join(' ');
  }
  throw new Error('nothing was wrong');
}

const PACKAGE = ['package.json', '{ "name": "app" }'] as const;

describe('the project root', () => {
  it('is the folder of the nearest package.json, and all of it is read', async () => {
    write(PACKAGE, 'src/a.ts', 'src/jobs/b.ts', 'server.js');
    expect(await found(['src/jobs'])).toMatchObject({
      rootName: '.',
      reportPaths: ['src/jobs'],
      sources: ['server.js', 'src/a.ts', 'src/jobs/b.ts'],
      problems: [],
    });
    expect(await found(['src/jobs/b.ts', 'src/a.ts', './src/a.ts'])).toMatchObject({
      rootName: '.',
      reportPaths: ['src/a.ts', 'src/jobs/b.ts'],
    });
  });

  it('is reported on as a whole when it is named, or when nothing is', async () => {
    write(PACKAGE, 'src/a.ts');
    expect((await found(['.', 'src'])).reportPaths).toEqual(['.']);
    expect((await found([])).reportPaths).toEqual(['.']);
  });

  it('is a package of a workspace if only that is named', async () => {
    write(
      PACKAGE,
      ['packages/api/package.json', '{ "name": "api" }'],
      'packages/api/src/a.ts',
      'packages/web/src/b.ts',
    );
    expect(await found(['packages/api/src'])).toMatchObject({
      rootName: 'packages/api',
      reportPaths: ['src'],
      sources: ['src/a.ts'],
    });
    expect(await found(['packages/api', 'packages/web'])).toMatchObject({
      rootName: '.',
      reportPaths: ['packages/api', 'packages/web'],
    });
  });

  it('is not a folder whose package.json only names a module type', async () => {
    write(PACKAGE, ['src/package.json', '{ "type": "module" }'], 'src/a.js');
    expect((await found(['src'])).rootName).toBe('.');
    rmSync(at('package.json'));
    expect((await found(['src'])).rootName).toBe('src');
  });

  it('is not above the working directory', async () => {
    write(PACKAGE, 'src/a.ts');
    expect(await found(['.'], { from: 'src' })).toMatchObject({
      rootName: 'src',
      reportPaths: ['.'],
      sources: ['a.ts'],
    });
  });

  it('is within the repository where the path is elsewhere', async () => {
    write(PACKAGE, 'here/x.ts', 'there/src/a.ts', 'there/.git/HEAD');
    expect((await found(['../there/src'], { from: 'here' })).rootName).toBe(path.join('there', 'src'));
    write(['there/package.json', '{ "name": "there" }']);
    expect((await found(['../there/src'], { from: 'here' })).rootName).toBe('there');
  });

  it('is, without a repository, below where the way to the working directory branches off', async () => {
    rmSync(at('.git'), { recursive: true });
    write(PACKAGE, 'here/x.ts', 'there/src/a.ts');
    expect((await found(['../there/src'], { from: 'here' })).rootName).toBe(path.join('there', 'src'));
    write(['there/package.json', '{ "name": "there" }']);
    expect((await found(['../there/src'], { from: 'here' })).rootName).toBe('there');
  });

  it('is the folder of the paths where there is no package.json', async () => {
    write('one/a.ts', 'one/sub/b.ts');
    expect(await found(['one/sub', 'one/a.ts'])).toMatchObject({ rootName: 'one', reportPaths: ['a.ts', 'sub'] });
  });

  it('is where links really lead', async () => {
    write(['real/package.json', '{ "name": "real" }'], 'real/src/a.ts');
    symlinkSync(at('real'), at('alias'));
    expect(await found(['alias/src'])).toMatchObject({ rootName: 'real', reportPaths: ['src'] });
    expect(await found(['.'], { from: 'alias' })).toMatchObject({ rootName: 'real', reportPaths: ['.'] });
  });
});

describe('a path that cannot be', () => {
  it.each([
    ['src', 'no such path: src. Name a file or a folder, relative to the working directory.'],
    ['a.ts/b', 'no such path: a.ts/b. Name a file or a folder, relative to the working directory.'],
    ['src/**/*.ts', 'no such path: src/**/*.ts. Name folders or files; patterns are left to the shell.'],
    ['dangling', 'no such path: dangling. Name a file or a folder, relative to the working directory.'],
    ['circle', 'circle is a link that goes in a circle. Mend it, or name another path.'],
  ])('%s', async (given, words) => {
    write('a.ts');
    symlinkSync('nowhere', at('dangling'));
    symlinkSync('circle', at('circle'));
    expect(await refusal([given])).toBe(words);
  });

  it('is one that is neither file nor folder', async () => {
    const said = await withSocket('socket', () => refusal(['socket']));
    expect(said).toBe('socket is neither a file nor a folder. Name a folder, or files in it.');
  });

  it('is one of two that have nothing in common', async () => {
    const top = path.parse(folder).root;
    const other = nodeFs
      .readdirSync(top)
      .find((name) => !isSame(path.join(top, name)) && isFolder(path.join(top, name)))!;
    expect(await refusal([folder, path.join(top, other)])).toContain(
      `have no folder in common but ${top}. Audit them one by one.`,
    );
    function isSame(candidate: string) {
      return folder.startsWith(realpathSync(candidate));
    }
    function isFolder(candidate: string) {
      return nodeFs.statSync(candidate).isDirectory();
    }
  });
});

describe('what is listed and what is read', () => {
  it('sources of every kind, in order, with their languages; declarations and others are listed alone', async () => {
    write(
      PACKAGE,
      'b.ts',
      'a.mts',
      'Z.cts',
      'c.tsx',
      'd.js',
      'e.mjs',
      'f.cjs',
      'g.jsx',
      'h.d.ts',
      'i.d.mts',
      'j.d.cts',
    );
    write('Dockerfile', 'README.md', '.env', '.github/workflows/ci.yml', '.storybook/main.js', 'ts', 'k.tsv');
    const project = await found();
    expect(project.inputs.map(({ file, language }) => `${file} ${language}`)).toEqual([
      '.storybook/main.js javascript',
      'Z.cts typescript',
      'a.mts typescript',
      'b.ts typescript',
      'c.tsx tsx',
      'd.js javascript',
      'e.mjs javascript',
      'f.cjs javascript',
      'g.jsx jsx',
    ]);
    expect(project.files).toEqual(
      [
        ...[
          '.env',
          '.github/workflows/ci.yml',
          '.storybook/main.js',
          'Dockerfile',
          'README.md',
          'Z.cts',
          'a.mts',
          'b.ts',
        ],
        ...['c.tsx', 'd.js', 'e.mjs', 'f.cjs', 'g.jsx', 'h.d.ts', 'i.d.mts', 'j.d.cts', 'k.tsv', 'package.json', 'ts'],
      ].sort(),
    );
    expect(project.problems).toEqual([]);
  });

  it('is never what was installed or generated', async () => {
    const never = [
      'node_modules',
      'bower_components',
      'flow-typed',
      '.next',
      '.nuxt',
      '.output',
      '.svelte-kit',
      '.turbo',
      '.cache',
      '.yarn',
    ];
    write(
      PACKAGE,
      'src/a.ts',
      '.pnp.cjs',
      '.pnp.loader.mjs',
      ...[...never, 'storybook-static'].map((name) => `${name}/x.js`),
    );
    write(
      'packages/a/node_modules/b/index.js',
      ['packages/a/.next/package.json', '{'],
      'coverage/lcov-report/sorter.js',
    );
    write(['packages/a/package.json', '{ "name": "a" }'], 'packages/a/coverage/sorter.js', 'src/coverage/policy.ts');
    expect(await found()).toMatchObject({
      sources: ['src/a.ts', 'src/coverage/policy.ts'],
      files: ['package.json', 'packages/a/package.json', 'src/a.ts', 'src/coverage/policy.ts'],
      problems: [],
    });
  });

  it('is not what git ignores, on any level, nor what the configuration ignores', async () => {
    write(
      PACKAGE,
      ['.gitignore', 'dist\n*.gen.ts\n!keep.gen.ts\n'],
      ['src/.gitignore', '/local.ts\n'],
      'nested/.git/HEAD',
    );
    write(
      'src/a.ts',
      'src/b.gen.ts',
      'src/keep.gen.ts',
      'src/local.ts',
      'src/sub/local.ts',
      'dist/a.js',
      'nested/c.ts',
    );
    write('legacy/d.ts', 'legacy/deep/e.ts', 'src/f.spec.ts', 'src/g.spec.ts', 'old.ts');
    const ignores = ['legacy', '**/*.spec.ts', './old.ts'];
    expect((await found(['.'], { ignores })).sources).toEqual([
      'nested/c.ts',
      'src/a.ts',
      'src/keep.gen.ts',
      'src/sub/local.ts',
    ]);
    expect((await found(['.'], { ignores: ['legacy/', '/src/**'] })).files).toEqual([
      ...['.gitignore', 'nested/c.ts', 'old.ts', 'package.json'],
    ]);
  });

  it('keeps to long lists of names, of which most are not there', async () => {
    const absent = Array.from({ length: 300 }, (_, index) => `src/made/${index}.js\n`).join('');
    const lists = `${absent}src/made/There.js\n/src/Folder/\r\nsrc/made/kept.js\nsrc/a.ts/b.ts\n!src/made/kept.js\nbuild/x.js\n`;
    write(PACKAGE, ['.gitignore', lists], ['src/.gitignore', '!/folder/\n/other/299.js\n']);
    write(
      'src/a.ts',
      'src/made/there.js',
      'src/made/other.js',
      'src/made/kept.js',
      'src/folder/b.ts',
      'src/other/299.js',
    );
    write('build/y.js');
    const { sources, problems } = await found(['.']);
    expect(sources).toEqual(['build/y.js', 'src/a.ts', 'src/folder/b.ts', 'src/made/kept.js', 'src/made/other.js']);
    expect(problems).toEqual([]);
  });

  it('is not kept waiting by patterns of strangers', async () => {
    const long = `src/${'a'.repeat(240)}.ts`;
    write(
      PACKAGE,
      ['.gitignore', '# *a*a*a*a*\n*a*a*a*a*a*a*a*a*a*a*b\nb.ts\n**/a/**/a/**/a/**/a\n'],
      long,
      'src/b.ts',
    );
    const { sources, problems } = await found(['.']);
    expect(sources).toEqual([long]);
    expect(problems.map(({ kind, level, file, span }) => ({ kind, level, file, span }))).toEqual([
      { kind: 'unbounded-pattern', level: 'note', file: '.gitignore', span: [2, 1, 2, 23] },
      { kind: 'unbounded-pattern', level: 'note', file: '.gitignore', span: [4, 1, 4, 20] },
    ]);
  });

  it('is what was asked for by name, though git ignores it', async () => {
    write(
      ['.gitignore', 'vendor\n'],
      PACKAGE,
      'src/a.ts',
      'vendor/lib/b.ts',
      'vendor/lib/node_modules/c.js',
      'vendor/lib/.gitignore',
    );
    expect(await found(['vendor/lib'])).toMatchObject({
      rootName: '.',
      reportPaths: ['vendor/lib'],
      sources: ['src/a.ts', 'vendor/lib/b.ts'],
    });
    expect((await found(['vendor/lib/b.ts'])).sources).toEqual(['src/a.ts', 'vendor/lib/b.ts']);
    expect(await found(['.'], { from: 'vendor/lib' })).toMatchObject({ sources: ['b.ts'], problems: [] });
    expect((await found(['vendor'], { ignores: ['vendor/lib/b.ts'] })).sources).toEqual(['src/a.ts']);
  });

  it('takes names as they are, with characters that mean something in patterns', async () => {
    write(PACKAGE, 'app/[id]/(group)/page.tsx', 'app/{x}/!a.ts', ['.gitignore', 'app\n']);
    expect((await found(['app/[id]'])).sources).toEqual(['app/[id]/(group)/page.tsx']);
    expect((await found(['app/{x}', 'app/[id]'])).sources).toEqual(['app/[id]/(group)/page.tsx', 'app/{x}/!a.ts']);
  });
});

describe('compiled output', () => {
  const compiled = (outDir: string, more: object = {}) =>
    ['tsconfig.json', json({ compilerOptions: { outDir, ...more } })] as const;

  it('is left out where a tsconfig names its folder and the sources are there', async () => {
    write(PACKAGE, compiled('./dist'), 'src/a.ts', 'src/b.ts', 'dist/a.js', 'dist/b.js', 'dist/b.d.ts');
    expect(await found()).toMatchObject({
      sources: ['src/a.ts', 'src/b.ts'],
      files: ['package.json', 'src/a.ts', 'src/b.ts', 'tsconfig.json'],
    });
  });

  it('is the source of a published package', async () => {
    write(PACKAGE, 'dist/a.js', 'dist/b.js', 'dist/b.d.ts', 'build/c.js', 'out/d.js');
    const all = ['build/c.js', 'dist/a.js', 'dist/b.js', 'out/d.js'];
    expect((await found()).sources).toEqual(all);
    write(compiled('dist'));
    expect((await found()).sources).toEqual(all);
    write('vitest.config.ts', 'vite.config.ts');
    expect((await found()).sources).toEqual([...all, 'vite.config.ts', 'vitest.config.ts']);
  });

  it('is not the folder of the sources themselves', async () => {
    write(PACKAGE, compiled('.'), 'src/a.ts', 'src/a.js', 'b.ts');
    expect((await found()).sources).toEqual(['b.ts', 'src/a.js', 'src/a.ts']);
    write(compiled('./src'));
    expect((await found()).sources).toEqual(['b.ts', 'src/a.js', 'src/a.ts']);
  });

  it('can be of JavaScript, where the compiler takes that', async () => {
    write(PACKAGE, compiled('lib'), 'src/a.js', 'lib/a.js');
    expect((await found()).sources).toEqual(['lib/a.js', 'src/a.js']);
    write(compiled('lib', { allowJs: true }));
    expect((await found()).sources).toEqual(['src/a.js']);
  });

  it('stays when it was asked for', async () => {
    write(PACKAGE, compiled('dist'), 'src/a.ts', 'dist/a.js', 'dist/sub/b.js');
    expect(await found(['dist/sub'])).toMatchObject({ sources: ['dist/sub/b.js', 'src/a.ts'], problems: [] });
  });

  it('is told by a second configuration too', async () => {
    write(PACKAGE, ['tsconfig.json', '{ "compilerOptions": { "noEmit": true } }'], 'src/a.ts', 'build/a.js');
    write(['tsconfig.build.json', '{ "extends": "./tsconfig.json", "compilerOptions": { "outDir": "build" } }']);
    expect((await found()).sources).toEqual(['src/a.ts']);
  });
});

describe('texts', () => {
  const texts = async () => Object.fromEntries((await found()).inputs.map(({ file, text }) => [file, text]));
  const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));

  it('lose their byte-order mark and nothing else', async () => {
    write(
      ['a.ts', '\ufefflet ä;\r\nlet b;\n'],
      ['b.ts', utf16('let ä;\r\n')],
      ['c.ts', utf16('let ä;').map((_, i, all) => all[i ^ 1]!)],
    );
    write(['d.ts', ''], ['e.ts', '\ufeff'], ['f.ts', new Uint8Array([0x61, 0xe4, 0x62])]);
    expect(await texts()).toEqual({
      'a.ts': 'let ä;\r\nlet b;\n',
      'b.ts': 'let ä;\r\n',
      'c.ts': 'let ä;',
      'd.ts': '',
      'e.ts': '',
      'f.ts': 'a\ufffdb',
    });
  });

  it('are read once each', async () => {
    write(
      PACKAGE,
      ['tsconfig.json', '{}'],
      ['tsconfig.app.json', '{ "extends": "./tsconfig.json" }'],
      'a.ts',
      'b.ts',
      'README.md',
    );
    const read: string[] = [];
    await discover(['.'], folder, [], {
      ...realDisk,
      read(file) {
        read.push(path.relative(folder, file));
        return realDisk.read(file);
      },
    });
    expect([...new Set(read)].sort()).toEqual(['a.ts', 'b.ts', 'package.json', 'tsconfig.app.json', 'tsconfig.json']);
  });

  it('that cannot be read are a problem each, and the others are read', async () => {
    write(PACKAGE, 'a.ts', 'b.ts', 'c.ts', 'tsconfig.json');
    const { project } = await discover(['.'], folder, [], {
      ...realDisk,
      read(file) {
        const code = { 'a.ts': 'EACCES', 'c.ts': 'EREMOTEIO', 'tsconfig.json': 'EPERM' }[path.basename(file)];
        if (code) throw Object.assign(new Error(code), { code });
        return realDisk.read(file);
      },
    });
    expect(project.inputs.map(({ file }) => file)).toEqual(['b.ts']);
    const problem = (file: string, why: string) => ({
      kind: 'unreadable',
      level: 'error',
      file,
      message: `cannot be read: ${why}. Make it readable, or name it in "ignores".`,
    });
    expect(project.problems).toEqual([
      problem('a.ts', 'permission denied (EACCES)'),
      problem('c.ts', 'EREMOTEIO'),
      problem('tsconfig.json', 'permission denied (EPERM)'),
    ]);
  });

  it('of many megabytes are not even read', async () => {
    write('a.ts', ['film.ts', '']);
    nodeFs.truncateSync(at('film.ts'), 3 * 1024 ** 3);
    expect(await found()).toMatchObject({
      sources: ['a.ts'],
      problems: [
        {
          kind: 'too-large',
          level: 'note',
          file: 'film.ts',
          message: 'was not read: it has 3072 MB, and 32 MB is the limit. Name it in "ignores" if that is right.',
        },
      ],
    });
  });
});

describe('folders that cannot be read', () => {
  it('are a problem each, and the others are listed', async () => {
    write('a.ts', 'secret/b.ts', 'src/c.ts');
    const disk: Disk = {
      ...realDisk,
      list(target) {
        if (target === at('secret')) throw Object.assign(new Error('no'), { code: 'EACCES', path: target });
        return realDisk.list(target);
      },
    };
    const listing = list(folder, { under: '.', ignores: [], gitignore: 'above' }, disk);
    expect(listing.files).toEqual(['a.ts', 'src/c.ts']);
    expect(listing.problems).toEqual([
      {
        kind: 'unreadable',
        level: 'error',
        file: 'secret',
        message: 'cannot be read: permission denied (EACCES). Make it readable, or name it in "ignores".',
      },
    ]);
  });
});

describe('folders that nobody works in', () => {
  it('are a problem, for patterns take long there', () => {
    const deep = Array.from({ length: 101 }, () => 'a').join('/');
    write('a.ts', `${deep}/b.ts`);
    const { files, problems } = list(folder, { under: '.', ignores: [], gitignore: 'above' });
    expect(files).toEqual(['a.ts']);
    expect(problems).toMatchObject([
      { kind: 'unreadable', level: 'error', file: deep, message: expect.stringContaining('100 folders deep') },
    ]);
  });
});

describe('links', () => {
  it('that lead nowhere, in a circle or out of the project are told of and not followed', async () => {
    write('outside/x.ts', 'outside/tool', ['app/package.json', '{ "name": "app" }'], 'app/src/a.ts', 'app/src/b.ts');
    symlinkSync('missing.ts', at('app/src/dangling.ts'));
    symlinkSync('circle.ts', at('app/src/circle.ts'));
    symlinkSync('missing.png', at('app/src/logo.png'));
    symlinkSync('..', at('app/src/loop'));
    symlinkSync('.', at('app/src/self'));
    symlinkSync('b.ts', at('app/src/alias.ts'));
    symlinkSync('../../outside', at('app/src/shared'));
    symlinkSync('../../outside/x.ts', at('app/src/far.ts'));
    symlinkSync(at('outside'), at('app/node_modules'));
    const project = await found(['app']);
    expect(project.sources).toEqual(['src/a.ts', 'src/b.ts']);
    expect(project.files).toEqual(['package.json', 'src/a.ts', 'src/alias.ts', 'src/b.ts']);
    const outside =
      'was not followed: it is a link to a place outside of the project. To audit that too, name both places on the command line.';
    expect(project.problems).toEqual([
      {
        kind: 'broken-link',
        level: 'note',
        file: 'src/circle.ts',
        message: 'was not followed: it is a link that goes in a circle. Mend or remove it.',
      },
      {
        kind: 'broken-link',
        level: 'note',
        file: 'src/dangling.ts',
        message: 'was not followed: it is a link that leads to nothing. Mend or remove it.',
      },
      { kind: 'outside-root', level: 'note', file: 'src/far.ts', message: outside },
      { kind: 'outside-root', level: 'note', file: 'src/shared', message: outside },
    ]);
  });
});

it('a socket that is called like source is told of, and nobody waits for it', async () => {
  write('a.ts');
  const project = await withSocket('live.ts', () => found());
  expect(project).toMatchObject({
    sources: ['a.ts'],
    problems: [
      {
        kind: 'not-source',
        level: 'note',
        file: 'live.ts',
        message: 'was not read: it is a pipe, a socket or a device, not a file.',
      },
    ],
  });
});

describe('a project without source', () => {
  const looked =
    'looked for .ts, .mts, .cts, .tsx, .js, .mjs, .cjs, .jsx. Declarations (.d.ts), node_modules, and what .gitignore or "ignores" name do not count.';

  it('is a problem, not a clean audit', async () => {
    write(PACKAGE, 'README.md', 'types.d.ts', 'docs/a.md');
    const problem = { kind: 'no-source', level: 'error', file: '.', message: `no source files in .: ${looked}` };
    expect(await found()).toMatchObject({
      sources: [],
      files: ['README.md', 'docs/a.md', 'package.json', 'types.d.ts'],
      problems: [problem],
    });
    expect((await found(['docs', 'README.md'])).problems).toMatchObject([
      { level: 'error', file: 'README.md', message: `no source files in README.md: ${looked}` },
      { level: 'error', file: 'docs' },
    ]);
  });

  it('may be a part of one that has some', async () => {
    write(PACKAGE, 'src/a.ts', 'src/b.css', 'src/c.ts');
    expect(await found(['src/b.css', 'src/a.ts'])).toMatchObject({
      problems: [{ kind: 'no-source', level: 'note', file: 'src/b.css' }],
    });
    expect((await found(['src/b.css'])).problems).toMatchObject([{ kind: 'no-source', level: 'error' }]);
    expect((await found(['src/c.ts'], { ignores: ['src/c.ts'] })).problems).toMatchObject([
      { kind: 'no-source', level: 'error' },
    ]);
  });
});

it('gives the same answer however the disk orders its folders', async () => {
  write(PACKAGE, ...[...'qwertzuiop'].map((name) => `${name}/${name}.ts`), 'tsconfig.json', 'q/tsconfig.json');
  const disk: Disk = { ...realDisk, list: (target) => [...realDisk.list(target)].reverse() };
  const options = { under: '.', ignores: [], gitignore: 'above' } as const;
  expect(list(folder, options, disk)).toEqual(list(folder, options));
  const { files } = await found();
  expect(files).toEqual([...files].sort());
});
