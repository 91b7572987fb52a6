import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discover } from './index.js';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'mi-audit-configurations-')));
  mkdirSync(path.join(folder, '.git'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function project(files: Readonly<Record<string, unknown>>, paths: readonly string[] = ['.']) {
  for (const [name, content] of Object.entries({ 'index.ts': '', ...files })) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return (await discover(paths, folder, [])).project;
}

const NOTHING = { bin: {}, scripts: {}, dependencies: {}, devDependencies: {}, workspaces: [] };

describe('manifests', () => {
  it('are read with everything that tells how code is started and resolved', async () => {
    const manifest = {
      name: '@acme/api',
      version: '1.0.0',
      main: 'dist/index.js',
      module: 'dist/index.mjs',
      type: 'module',
      private: true,
      bin: 'bin/api.js',
      scripts: { start: 'node .' },
      dependencies: { express: '^5.0.0' },
      peerDependencies: { ioredis: '*', express: '>=4' },
      optionalDependencies: { 'better-sqlite3': '*' },
      devDependencies: { vitest: '*' },
      imports: { '#db': './src/db.js' },
      exports: './dist/index.js',
      workspaces: { packages: ['packages/*'], nohoist: [] },
    };
    const { manifests, problems } = await project({ 'package.json': manifest });
    expect(problems).toEqual([]);
    expect(manifests).toEqual([
      {
        dir: '.',
        name: '@acme/api',
        main: 'dist/index.js',
        module: 'dist/index.mjs',
        type: 'module',
        private: true,
        bin: { api: 'bin/api.js' },
        scripts: { start: 'node .' },
        dependencies: { express: '^5.0.0', ioredis: '*', 'better-sqlite3': '*' },
        devDependencies: { vitest: '*' },
        imports: { '#db': './src/db.js' },
        exports: './dist/index.js',
        workspaces: ['packages/*'],
        text: JSON.stringify(manifest),
      },
    ]);
  });

  it('are all read, those of workspaces too', async () => {
    const { manifests } = await project({
      'package.json': { name: 'root', workspaces: ['apps/*'] },
      'pnpm-workspace.yaml': 'packages:\n  - "packages/*" # libraries\n  - "!**/test/**"\ncatalog:\n  express: ^5\n',
      'apps/web/package.json': { name: 'web' },
      'packages/db/package.json': { name: 'db' },
      'node_modules/x/package.json': { name: 'x' },
    });
    expect(manifests.map(({ dir, name, workspaces }) => ({ dir, name, workspaces }))).toEqual([
      { dir: '.', name: 'root', workspaces: ['apps/*', 'packages/*', '!**/test/**'] },
      { dir: 'apps/web', name: 'web', workspaces: [] },
      { dir: 'packages/db', name: 'db', workspaces: [] },
    ]);
  });

  it('with fields of the wrong type are read as if these were absent', async () => {
    const manifest = {
      name: 1,
      main: {},
      private: 'yes',
      bin: ['x'],
      scripts: { a: 1, b: 'x' },
      dependencies: null,
      workspaces: 'a',
    };
    const { manifests, problems } = await project({ 'package.json': manifest });
    expect(problems).toEqual([]);
    expect(manifests).toEqual([{ ...NOTHING, dir: '.', scripts: { b: 'x' }, text: JSON.stringify(manifest) }]);
  });

  const rest = 'What it says of entry points and dependencies may be missing; mend it, or name it in "ignores".';
  it.each([
    [
      '{ "name": "app",\n  "main": "a.js",\n}',
      [3, 1, 3, 2],
      'is not valid JSON: a property name in double quotes is expected here.',
      'app',
    ],
    ['{\n  "name": "app"\n  "main": "a.js"\n}', [3, 3, 3, 9], 'is not valid JSON: a comma is missing here.', 'app'],
    ['{ "name": "app", "scripts": {', [1, 30, 1, 30], 'is not valid JSON: a closing brace is missing here.', 'app'],
    ['{ // app\n}', [1, 3, 1, 9], 'is not valid JSON: comments are not allowed here.', undefined],
    ['{ "name": app }', [1, 11, 1, 14], 'is not valid JSON: `app` does not belong here.', undefined],
    ['<<<<<<< HEAD\n{}\n', [1, 1, 1, 8], 'is not valid JSON: `<<<<<<<` does not belong here.', undefined],
    ['', [1, 1, 1, 1], 'is not valid JSON: a value is expected here.', undefined],
  ])('that are broken: %j', async (text, span, words, name) => {
    const { manifests, problems, inputs } = await project({ 'package.json': text });
    expect(problems).toEqual([
      { kind: 'broken-manifest', level: 'error', file: 'package.json', span, message: `${words} ${rest}` },
    ]);
    expect(manifests).toMatchObject([{ dir: '.', text, ...(name && { name }) }]);
    expect(inputs).toHaveLength(1);
  });

  it('that are no objects', async () => {
    const { problems } = await project({ 'package.json': '[]' });
    expect(problems).toEqual([
      { kind: 'broken-manifest', level: 'error', file: 'package.json', message: `is not a JSON object. ${rest}` },
    ]);
  });

  it('that are nested without end', async () => {
    const { problems } = await project({ 'package.json': '['.repeat(200_000) });
    expect(problems).toMatchObject([
      { kind: 'broken-manifest', message: `is not valid JSON: it is nested too deeply. ${rest}` },
    ]);
  });

  it('beside a broken list of workspaces', async () => {
    const { manifests, problems } = await project({
      'package.json': { name: 'root' },
      'pnpm-workspace.yaml': 'packages:\n  - "a\n',
    });
    expect(problems).toMatchObject([
      { kind: 'broken-manifest', level: 'error', file: 'pnpm-workspace.yaml', span: [3, 1, 3, 2] },
    ]);
    expect(problems[0]?.message).toMatch(/^is not valid YAML: .*\. What it says/);
    expect(manifests).toMatchObject([{ name: 'root', workspaces: [] }]);
  });

  it('are not confused by hostile names', async () => {
    const { manifests } = await project({
      'package.json': '{ "name": "a", "scripts": { "__proto__": "x", "constructor": "y" } }',
    });
    expect(Object.keys(manifests[0]!.scripts)).toContain('constructor');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('tsconfigs', () => {
  it('are read with comments, and their folders are relative to the root', async () => {
    const { tsconfigs, problems } = await project({
      'api/tsconfig.json': `\ufeff{
        // what the editor wants
        "compilerOptions": { "baseUrl": "./src/", "outDir": "../dist", "rootDir": ".", "paths": { "@/*": ["./*", "../gen/*"], }, },
      }`,
    });
    expect(problems).toEqual([]);
    expect(tsconfigs).toEqual([
      { dir: 'api', baseUrl: 'api/src', outDir: 'dist', rootDir: 'api', paths: { '@/*': ['api/src/*', 'api/gen/*'] } },
    ]);
  });

  it('have the paths of their bases, which start where they are written', async () => {
    const { tsconfigs } = await project({
      'tsconfig.base.json': { compilerOptions: { paths: { '@acme/*': ['libs/*/src'] }, outDir: 'out' } },
      'apps/api/tsconfig.json': { extends: '../../tsconfig.base.json' },
      'apps/web/tsconfig.json': { extends: '../../tsconfig.base', compilerOptions: { baseUrl: '../..' } },
      'apps/own/tsconfig.json': { extends: '../../tsconfig.base.json', compilerOptions: { paths: { '~/*': ['./*'] } } },
    });
    expect(tsconfigs).toEqual([
      { dir: '.', outDir: 'out', paths: { '@acme/*': ['libs/*/src'] } },
      { dir: 'apps/api', outDir: 'out', paths: { '@acme/*': ['libs/*/src'] } },
      { dir: 'apps/own', outDir: 'out', paths: { '~/*': ['apps/own/*'] } },
      { dir: 'apps/web', baseUrl: '.', outDir: 'out', paths: { '@acme/*': ['libs/*/src'] } },
    ]);
  });

  it('do without a base that is not installed, and keep the others', async () => {
    const { tsconfigs, problems } = await project({
      'tsconfig.json': { extends: ['@tsconfig/node20/tsconfig.json', './missing.json', './tsconfig.paths.json'] },
      'tsconfig.paths.json': { extends: 'some-package', compilerOptions: { paths: { '#x': ['./x.ts'] } } },
    });
    expect(problems).toEqual([]);
    expect(tsconfigs).toEqual([{ dir: '.', paths: { '#x': ['x.ts'] } }]);
  });

  it('find a base in a workspace package, which need not be linked', async () => {
    const { tsconfigs } = await project({
      'config/package.json': { name: '@acme/tsconfig' },
      'config/tsconfig.json': {},
      'config/node.json': {
        compilerOptions: { outDir: `\${configDir}/dist`, paths: { '@/*': [`\${configDir}/src/*`] } },
      },
      'api/tsconfig.json': { extends: '@acme/tsconfig/node.json' },
      'web/tsconfig.json': { extends: '@acme/tsconfig' },
    });
    expect(tsconfigs).toEqual([
      { dir: 'api', outDir: 'api/dist', paths: { '@/*': ['api/src/*'] } },
      { dir: 'config', paths: {} },
      { dir: 'web', paths: {} },
    ]);
  });

  it('find a base above the root', async () => {
    const { tsconfigs, root } = await project(
      {
        'tsconfig.base.json': {
          compilerOptions: { paths: { '@/*': ['apps/api/src/*'], shared: ['shared/index.ts'] } },
        },
        'apps/api/package.json': { name: 'api' },
        'apps/api/a.ts': '',
        'apps/api/tsconfig.json': { extends: '../../tsconfig.base.json' },
      },
      ['apps/api'],
    );
    expect(root).toBe(path.join(folder, 'apps', 'api'));
    expect(tsconfigs).toEqual([{ dir: '.', paths: { '@/*': ['src/*'], shared: ['../../shared/index.ts'] } }]);
  });

  it('that only refer to others are filled in from these', async () => {
    const { tsconfigs } = await project({
      'tsconfig.json': { files: [], references: [{ path: './tsconfig.app.json' }] },
      'tsconfig.app.json': { compilerOptions: { paths: { '@/*': ['./src/*'] } } },
      'tsconfig.build.json': { compilerOptions: { outDir: 'build', paths: { '@/*': ['./elsewhere/*'] } } },
      'old/jsconfig.json': { compilerOptions: { baseUrl: '.' } },
    });
    expect(tsconfigs).toEqual([
      { dir: '.', outDir: 'build', paths: { '@/*': ['src/*'] } },
      { dir: 'old', baseUrl: 'old', paths: {} },
    ]);
  });

  it('may go round in a circle', async () => {
    const { tsconfigs, problems } = await project({
      'tsconfig.json': { extends: './tsconfig.a.json', compilerOptions: { baseUrl: '.' } },
      'tsconfig.a.json': { extends: ['./tsconfig.json', './tsconfig.a.json'] },
    });
    expect(problems).toEqual([]);
    expect(tsconfigs).toEqual([{ dir: '.', baseUrl: '.', paths: {} }]);
  });

  it('that are broken are told of once, and what can be understood counts', async () => {
    const { tsconfigs, problems, inputs } = await project({
      'base.json': '{ "compilerOptions": { "baseUrl": "src" ',
      'tsconfig.json': { extends: './base.json' },
      'sub/tsconfig.json': { extends: '../base.json' },
      'empty/tsconfig.json': '\n',
    });
    expect(problems).toEqual([
      {
        kind: 'broken-tsconfig',
        level: 'error',
        file: 'base.json',
        span: [1, 41, 1, 41],
        message:
          'is not valid JSON: a closing brace is missing here. Imports that need its "paths" may not be followed; mend it, or name it in "ignores".',
      },
    ]);
    expect(tsconfigs.map(({ dir, baseUrl }) => ({ dir, baseUrl }))).toEqual([
      { dir: '.', baseUrl: 'src' },
      { dir: 'empty', baseUrl: undefined },
      { dir: 'sub', baseUrl: 'src' },
    ]);
    expect(inputs).toHaveLength(1);
  });

  it('with values of the wrong type are read as if these were absent', async () => {
    const { tsconfigs, problems } = await project({
      'tsconfig.json': { extends: 1, compilerOptions: { baseUrl: 1, outDir: [], paths: { a: 'x', b: [1, 'y'] } } },
      'a/tsconfig.json': '[]',
      'b/tsconfig.json': { compilerOptions: 'none' },
    });
    expect(problems).toEqual([]);
    expect(tsconfigs).toEqual([
      { dir: '.', paths: { a: [], b: ['y'] } },
      { dir: 'a', paths: {} },
      { dir: 'b', paths: {} },
    ]);
  });
});
