import { describe, expect, it } from 'vitest';
import type { Manifest, Project, TsConfig } from '../../model/input.js';
import { projectOf, type Sources } from '../../../test/in-memory.js';
import { Modules, packageName, type Target } from './modules.js';

const words = (target: Target): string => {
  if (target.kind === 'file') return target.file;
  return target.kind === 'package' ? `package ${target.name}` : target.kind;
};

function project(
  files: readonly string[],
  more: { manifests?: Partial<Manifest>[]; tsconfigs?: Partial<TsConfig>[] } = {},
): Project {
  const manifests = (more.manifests ?? []).map(
    (manifest): Manifest => ({
      dir: '.',
      bin: {},
      scripts: {},
      dependencies: {},
      devDependencies: {},
      workspaces: [],
      ...manifest,
    }),
  );
  const tsconfigs = (more.tsconfigs ?? []).map((config): TsConfig => ({ dir: '.', paths: {}, ...config }));
  return { root: '/', inputs: [], manifests, tsconfigs, files, problems: [] };
}

describe('relative specifiers', () => {
  const modules = new Modules(
    project([
      'src/a.ts',
      'src/b.js',
      'src/both.ts',
      'src/both.js',
      'src/c.mts',
      'src/d.cts',
      'src/view.tsx',
      'src/old.jsx',
      'src/e.f.ts',
      'src/folder/index.ts',
      'src/same.ts',
      'src/same/index.ts',
      'src/style.css',
      'src/data.json',
      'index.js',
    ]),
  );

  it.each<[string, string, string]>([
    ['src/x.ts', './a', 'src/a.ts'],
    ['src/x.ts', './a.ts', 'src/a.ts'],
    ['src/x.ts', './a.js', 'src/a.ts'],
    ['src/x.ts', './b', 'src/b.js'],
    ['src/x.ts', './b.js', 'src/b.js'],
    ['src/x.ts', './both.js', 'src/both.ts'],
    ['src/x.ts', './c.mjs', 'src/c.mts'],
    ['src/x.ts', './d.cjs', 'src/d.cts'],
    ['src/x.ts', './view.js', 'src/view.tsx'],
    ['src/x.ts', './view.jsx', 'src/view.tsx'],
    ['src/x.ts', './old', 'src/old.jsx'],
    ['src/x.ts', './e.f', 'src/e.f.ts'],
    ['src/x.ts', './folder', 'src/folder/index.ts'],
    ['src/x.ts', './folder/', 'src/folder/index.ts'],
    ['src/x.ts', './folder/index.js', 'src/folder/index.ts'],
    ['src/x.ts', './same', 'src/same.ts'],
    ['src/folder/x.ts', '.', 'src/folder/index.ts'],
    ['src/folder/x.ts', '../a', 'src/a.ts'],
    ['src/folder/x.ts', '..', 'missing'],
    ['src/x.ts', '..', 'index.js'],
    ['src/folder/x.ts', '../../index', 'index.js'],
    ['src/x.ts', './a?raw', 'src/a.ts'],
    ['src/x.ts', './style.css', 'asset'],
    ['src/x.ts', './style.css?inline', 'asset'],
    ['src/x.ts', './data', 'asset'],
    ['src/x.ts', './gone.png', 'asset'],
    ['src/x.ts', './gone', 'missing'],
    ['src/x.ts', './gone.js', 'missing'],
    ['src/x.ts', '../../outside', 'missing'],
    ['src/x.ts', '', 'asset'],
  ])('from %s, %j leads to %s', (from, specifier, expected) => {
    expect(words(modules.resolve(from, specifier))).toBe(expected);
  });
});

describe('bare specifiers', () => {
  const modules = new Modules(project(['src/a.ts', 'src/lib/b.ts', 'root.ts']));

  it.each<[string, string]>([
    ['express', 'package express'],
    ['@nestjs/common', 'package @nestjs/common'],
    ['hono/factory', 'package hono/factory'],
    ['fs', 'package fs'],
    ['node:fs/promises', 'package fs/promises'],
    ['node:test', 'package test'],
    ['https://example.org/a.js', 'asset'],
    ['data:text/javascript,1', 'asset'],
    ['@/a', 'src/a.ts'],
    ['~/lib/b', 'src/lib/b.ts'],
    ['@/root', 'root.ts'],
    ['@/gone', 'missing'],
    ['#gone', 'missing'],
    ['src/a', 'package src/a'],
  ])('%j leads to %s', (specifier, expected) => {
    expect(words(modules.resolve('src/x.ts', specifier))).toBe(expected);
  });

  it.each([
    ['a', 'a'],
    ['a/b/c', 'a'],
    ['@a/b', '@a/b'],
    ['@a/b/c', '@a/b'],
  ])('the package of %s is %s', (specifier, name) => {
    expect(packageName(specifier)).toBe(name);
  });
});

describe('tsconfig', () => {
  it.each<[string, Sources, string, string, string]>([
    ['paths with a star', { compilerOptions: { paths: { '@app/*': ['./src/*'] } } }, 'src/x.ts', '@app/a', 'src/a.ts'],
    [
      'paths without a star',
      { compilerOptions: { paths: { config: ['./src/a.ts'] } } },
      'src/x.ts',
      'config',
      'src/a.ts',
    ],
    [
      'the next target where the first is missing',
      { compilerOptions: { paths: { '@/*': ['./gone/*', './src/*'] } } },
      'src/x.ts',
      '@/a',
      'src/a.ts',
    ],
    [
      'the longest pattern',
      { compilerOptions: { paths: { '@/*': ['./src/*'], '@/deep/*': ['./src/folder/*'] } } },
      'src/x.ts',
      '@/deep/b',
      'src/folder/b.ts',
    ],
    [
      'paths below baseUrl',
      { compilerOptions: { baseUrl: './src', paths: { '@/*': ['folder/*'] } } },
      'src/x.ts',
      '@/b',
      'src/folder/b.ts',
    ],
    ['baseUrl alone', { compilerOptions: { baseUrl: './src' } }, 'src/x.ts', 'folder/b', 'src/folder/b.ts'],
    [
      'a package in spite of baseUrl',
      { compilerOptions: { baseUrl: './src' } },
      'src/x.ts',
      'express',
      'package express',
    ],
    [
      'an index',
      { compilerOptions: { paths: { '@folder': ['./src/folder'] } } },
      'src/x.ts',
      '@folder',
      'src/folder/index.ts',
    ],
    [
      'a pattern whose targets are all missing',
      { compilerOptions: { paths: { '*': ['./types/*'] } } },
      'src/x.ts',
      'express',
      'package express',
    ],
  ])('%s', async (_, config, from, specifier, expected) => {
    const sources = { 'tsconfig.json': config, 'src/a.ts': '', 'src/folder/b.ts': '', 'src/folder/index.ts': '' };
    expect(words(new Modules(await projectOf(sources)).resolve(from, specifier))).toBe(expected);
  });

  it('is taken from what it extends, relative to where that stands', async () => {
    const modules = new Modules(
      await projectOf({
        'tsconfig.base.json': { compilerOptions: { paths: { '@shared/*': ['./packages/shared/*'] } } },
        'apps/api/tsconfig.json': { extends: '../../tsconfig.base.json' },
        'packages/shared/log.ts': '',
      }),
    );
    expect(words(modules.resolve('apps/api/src/main.ts', '@shared/log'))).toBe('packages/shared/log.ts');
  });

  it('counts in its own folder, the nearest first', () => {
    const modules = new Modules(
      project(['a/src/x.ts', 'b/src/x.ts', 'src/x.ts'], {
        tsconfigs: [
          { paths: { '@/*': ['src/*'] } },
          { dir: 'a', paths: { '@/*': ['a/src/*'] } },
          { dir: 'b', paths: { '@/*': ['b/src/*'] } },
        ],
      }),
    );
    expect(
      ['a/main.ts', 'b/deep/main.ts', 'main.ts', 'ab/main.ts'].map((from) => words(modules.resolve(from, '@/x'))),
    ).toEqual(['a/src/x.ts', 'b/src/x.ts', 'src/x.ts', 'src/x.ts']);
  });
});

describe('packages of the project', () => {
  it.each<[string, Partial<Manifest>, readonly string[], string, string]>([
    ['main', { main: 'main.js' }, ['main.js'], '@a/lib', 'packages/lib/main.js'],
    ['main without extension', { main: './lib/main' }, ['lib/main.ts'], '@a/lib', 'packages/lib/lib/main.ts'],
    [
      'main in dist, of which src is the source',
      { main: 'dist/index.js' },
      ['src/index.ts'],
      '@a/lib',
      'packages/lib/src/index.ts',
    ],
    ['main in dist/src', { main: 'dist/src/main.js' }, ['src/main.ts'], '@a/lib', 'packages/lib/src/main.ts'],
    ['module in build', { module: 'build/entry.mjs' }, ['src/entry.mts'], '@a/lib', 'packages/lib/src/entry.mts'],
    ['nothing said', {}, ['index.ts'], '@a/lib', 'packages/lib/index.ts'],
    ['nothing said, source in src', {}, ['src/index.tsx'], '@a/lib', 'packages/lib/src/index.tsx'],
    ['a subpath', {}, ['db.ts'], '@a/lib/db', 'packages/lib/db.ts'],
    ['a subpath below src', {}, ['src/db/index.ts'], '@a/lib/db', 'packages/lib/src/db/index.ts'],
    ['a subpath in dist', {}, ['src/db.ts'], '@a/lib/dist/db.js', 'packages/lib/src/db.ts'],
    ['a subpath that is missing', {}, ['src/db.ts'], '@a/lib/gone', 'missing'],
    ['no source at all', { main: 'dist/index.js' }, [], '@a/lib', 'missing'],
    ['another package of the scope', {}, ['index.ts'], '@a/library', 'package @a/library'],
    ['exports', { exports: './src/entry.ts' }, ['src/entry.ts'], '@a/lib', 'packages/lib/src/entry.ts'],
    [
      'exports before main',
      { main: 'old.js', exports: { '.': './new.js' } },
      ['old.js', 'new.js'],
      '@a/lib',
      'packages/lib/new.js',
    ],
    [
      'a published subpath, built',
      { exports: { './db': { types: './dist/database.d.ts', import: './dist/database.js' } } },
      ['src/database.ts'],
      '@a/lib/db',
      'packages/lib/src/database.ts',
    ],
    [
      'conditions, those for browsers left out',
      { exports: { '.': { browser: './web.js', node: { require: './node.cjs', import: './node.js' } } } },
      ['web.js', 'node.cjs', 'node.js'],
      '@a/lib',
      'packages/lib/node.js',
    ],
    [
      'the longest published pattern',
      { exports: { './*': './src/*.ts', './db/*': './src/database/*.ts' } },
      ['src/database/user.ts', 'src/db/user.ts'],
      '@a/lib/db/user',
      'packages/lib/src/database/user.ts',
    ],
    [
      'a pattern with an end',
      { exports: { './*.js': './src/*.ts' } },
      ['src/a.ts'],
      '@a/lib/a.js',
      'packages/lib/src/a.ts',
    ],
    [
      'a published file that is not there',
      { exports: { './a': './gen/a.js' } },
      ['a.ts'],
      '@a/lib/a',
      'packages/lib/a.ts',
    ],
    ['broken exports', { exports: [null, 7, { '.': [] }] }, ['index.ts'], '@a/lib', 'packages/lib/index.ts'],
  ])('%s', (_, manifest, files, specifier, expected) => {
    const modules = new Modules(
      project(
        files.map((file) => `packages/lib/${file}`),
        { manifests: [{ name: 'root' }, { dir: 'packages/lib', name: '@a/lib', ...manifest }] },
      ),
    );
    expect(words(modules.resolve('apps/api/main.ts', specifier))).toBe(expected);
  });

  it.each<[string, unknown, string, string]>([
    ['a file', { '#db': './src/db.js' }, '#db', 'src/db.ts'],
    ['a pattern', { '#lib/*': './src/lib/*.js' }, '#lib/a', 'src/lib/a.ts'],
    ['conditions', { '#db': { node: './src/db.js', default: './src/gone.js' } }, '#db', 'src/db.ts'],
    ['a name that is not listed', { '#db': './src/db.js' }, '#other', 'missing'],
  ])('`imports` with %s', (_, imports, specifier, expected) => {
    const modules = new Modules(project(['src/db.ts', 'src/lib/a.ts', 'package.json'], { manifests: [{ imports }] }));
    expect(words(modules.resolve('src/main.ts', specifier))).toBe(expected);
  });
});

describe('paths of a build', () => {
  it.each<[string, string, string, readonly string[], string]>([
    ['of another package folder', 'bin/run.js', '../dist/app.js', ['src/app.ts'], 'src/app.ts'],
    ['from TypeScript too', 'bin/run.ts', '../build/app.js', ['app.ts'], 'app.ts'],
    ['of a file that is copied', 'server/main.js', './hono/server/router.js', ['server/router.ts'], 'server/router.ts'],
    [
      'of TypeScript, which is not copied',
      'server/main.ts',
      './hono/server/router.js',
      ['server/router.ts'],
      'missing',
    ],
    ['by one name alone', 'server/main.js', './router.js', ['other/router.ts', 'router.ts'], 'missing'],
    ['outside the package', 'server/main.js', '../../dist/app.js', ['src/app.ts'], 'missing'],
  ])('%s', (_, from, specifier, files, expected) => {
    const modules = new Modules(project([...files, from], { manifests: [{}] }));
    expect(words(modules.resolve(from, specifier))).toBe(expected);
  });
});

describe('entry', () => {
  it.each<[string, readonly string[], Partial<TsConfig>, string, string | undefined]>([
    ['a file', ['server.js'], {}, 'server.js', 'server.js'],
    ['a path with a dot', ['server.js'], {}, './server.js', 'server.js'],
    ['no extension', ['src/server.ts'], {}, 'src/server', 'src/server.ts'],
    ['a folder', ['src/index.ts'], {}, 'src', 'src/index.ts'],
    ['dist, of which src is the source', ['src/server.ts'], {}, 'dist/server.js', 'src/server.ts'],
    ['build, of which the root is the source', ['server.ts'], {}, 'build/server.js', 'server.ts'],
    ['dist/src', ['src/server.ts'], {}, 'dist/src/server.js', 'src/server.ts'],
    ['outDir', ['src/server.ts'], { outDir: 'compiled' }, 'compiled/server.js', 'src/server.ts'],
    [
      'outDir and rootDir',
      ['code/server.ts'],
      { outDir: 'compiled', rootDir: 'code' },
      'compiled/server.js',
      'code/server.ts',
    ],
    ['nothing', ['src/server.ts'], {}, 'dist/other.js', undefined],
    ['data', ['data.json'], {}, 'data.json', undefined],
  ])('finds %s', (_, files, config, path, expected) => {
    expect(new Modules(project(files, { tsconfigs: [config] })).entry('.', path)).toBe(expected);
  });

  it('starts from the folder of the manifest', () => {
    const modules = new Modules(
      project(['apps/api/src/main.ts', 'src/main.ts'], {
        tsconfigs: [{ dir: 'apps/api', outDir: 'apps/api/out', rootDir: 'apps/api/src' }],
      }),
    );
    expect(modules.entry('apps/api', 'out/main.js')).toBe('apps/api/src/main.ts');
  });

  it('knows the configuration of a folder that is built to beside it', () => {
    const modules = new Modules(
      project(['server/index.ts', 'src/index.ts'], { tsconfigs: [{ dir: 'server', outDir: 'dist' }] }),
    );
    expect(modules.entry('.', 'dist/index.js')).toBe('server/index.ts');
  });
});
