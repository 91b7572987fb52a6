import { describe, expect, it } from 'vitest';
import { projectFrom } from '../discover/from-texts.js';
import { namedFiles } from '../link/index.js';
import type { Collector } from '../model/plugin.js';
import { UNTIMED } from '../model/timings.js';
import { type ReadOptions, read } from './index.js';

/** The files that are read of a project, and how many are left out. */
async function readOf(texts: Readonly<Record<string, string>>, options: Partial<ReadOptions> = {}) {
  const project = await projectFrom(new Map(Object.entries(texts)));
  const { facts, skipped, problems } = await read(project.inputs, {
    collectors: [],
    watch: UNTIMED,
    manifests: project.manifests,
    named: namedFiles(project),
    ...options,
  });
  return { files: facts.map(({ file }) => file), skipped, problems };
}

const TEST = "it('works', () => {});";

describe('tests', () => {
  it('are left out, and counted, even where they cannot be parsed', async () => {
    const texts = { 'src/app.js': 'run();', 'src/app.test.js': 'const = ;', 'test/setup.js': TEST, 'e2e/a.ts': TEST };
    expect(await readOf(texts)).toEqual({ files: ['src/app.js'], skipped: 3, problems: [] });
  });

  it.each([
    ['by its path', "import { seed } from './testing/seed.js';"],
    ['without an extension', "export { seed } from './testing/seed';"],
    ['in a require', "const { seed } = require('./testing/seed');"],
    ['when it is needed', "const seed = () => import('./testing/seed.js');"],
    ['by an alias', "import { seed } from '@app/testing/seed';"],
    ['by its types', "import type { seed } from './testing/seed.js';"],
  ])('are read where code that is none imports them %s, and what they import in turn', async (_, imported) => {
    const texts = {
      'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@app/*": ["src/*"] } } }',
      'src/app.ts': imported,
      'src/testing/seed.ts': "export { rows as seed } from '../../fixtures/rows.js';",
      'fixtures/rows.ts': 'export const rows = [];',
      'fixtures/other.ts': 'export const rows = [];',
    };
    expect(await readOf(texts)).toMatchObject({
      files: ['fixtures/rows.ts', 'src/app.ts', 'src/testing/seed.ts'],
      skipped: 1,
    });
  });

  it('are read as a package of the repository that others import', async () => {
    const texts = {
      'packages/testing/package.json': '{ "name": "@acme/testing", "main": "dist/index.js" }',
      'packages/testing/src/index.ts': 'export const clock = 1;',
      'packages/testing/src/unused.ts': 'export const clock = 1;',
      'packages/app/package.json': '{ "name": "app" }',
      'packages/app/src/app.ts': "import { clock } from '@acme/testing';",
    };
    expect(await readOf(texts)).toMatchObject({
      files: ['packages/app/src/app.ts', 'packages/testing/src/index.ts'],
      skipped: 1,
    });
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['a script', { 'package.json': '{ "scripts": { "start": "node fixtures/load && node app.js" } }' }],
    ['a script, as a folder', { 'package.json': '{ "scripts": { "start": "cd .. && node ./fixtures/load/" } }' }],
    ['a bin', { 'package.json': '{ "bin": { "load": "./fixtures/load/index.js" } }' }],
    ['an image', { Dockerfile: 'FROM node:22\nCMD ["node", "fixtures/load/index.js"]\n' }],
  ])('are read where %s names them', async (_, commands) => {
    const texts = { ...commands, 'fixtures/load/index.js': 'f();', 'fixtures/index.js': 'f();', 'load.js': 'f();' };
    expect((await readOf(texts)).files).toEqual(['fixtures/load/index.js', 'load.js']);
    expect((await readOf({ ...commands, 'fixtures/load/index.js': 'f();' })).files).toEqual(['fixtures/load/index.js']);
  });

  it('are not read because other tests import them', async () => {
    const texts = { 'a.test.js': "import './mocks/b.js';", 'mocks/b.js': 'f();' };
    expect(await readOf(texts)).toMatchObject({ files: [], skipped: 2 });
  });

  it('are read where a comment in them is for this tool, somebody asks, or a collector may be after them', async () => {
    const texts = { 'a.test.js': '// mi-audit-disable-file unguarded-cron -- no server\nf();', 'b.test.js': TEST };
    expect((await readOf(texts)).files).toEqual(['a.test.js']);
    expect((await readOf(texts, { isWanted: (file) => file === 'b.test.js' })).files).toEqual([
      'a.test.js',
      'b.test.js',
    ]);
    const collector: Collector = { name: 'c', version: 1, collect() {} };
    expect((await readOf(texts, { collectors: [collector] })).files).toEqual(['a.test.js', 'b.test.js']);
  });

  it('are told as read when they are', async () => {
    const told: string[] = [];
    const texts = { 'app.js': "import './test/a.js';", 'test/a.js': 'f();', 'test/b.js': 'f();' };
    await readOf(texts, { onProgress: (done, total) => told.push(`${done}/${total}`) });
    expect(told).toEqual(['2/3', '2/3']);
  });
});

const PAGE = "import { h } from 'preact';\nexport const Menu = () => <nav />;";

describe('pages', () => {
  const manifest = (...names: string[]) =>
    JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])) });

  it('are left out with what only they import, and counted', async () => {
    const texts = {
      'package.json': manifest('express', 'preact'),
      'src/server.js': 'f();',
      'src/menu.jsx': `import './item.jsx';\n${PAGE}`,
      'src/item.jsx': PAGE,
    };
    expect(await readOf(texts)).toEqual({ files: ['src/server.js'], skipped: 2, problems: [] });
  });

  it('are read where a server imports them, and not what they need for their page', async () => {
    const texts = {
      'package.json': manifest('express', 'preact'),
      'src/server.js': "import { Menu } from './menu.jsx';",
      'src/menu.jsx': `import { Item } from './item.jsx';\n${PAGE}`,
      'src/item.jsx': PAGE,
    };
    expect(await readOf(texts)).toMatchObject({ files: ['src/menu.jsx', 'src/server.js'], skipped: 1 });
  });

  it('are read with what they import where a framework runs them on its server', async () => {
    const texts = {
      'package.json': manifest('next', 'react'),
      'app/page.tsx': `import '../parts/menu';\nimport 'react';\n${PAGE}`,
      'parts/menu.tsx': PAGE,
      'parts/other.tsx': PAGE,
    };
    expect(await readOf(texts)).toMatchObject({ files: ['app/page.tsx', 'parts/menu.tsx'], skipped: 1 });
  });

  it('are read where a command names them, with what they import', async () => {
    const texts = {
      'package.json': '{ "dependencies": { "preact": "1.0.0" }, "scripts": { "render": "node src/menu.jsx" } }',
      'src/menu.jsx': `import './item.jsx';\n${PAGE}`,
      'src/item.jsx': PAGE,
    };
    expect(await readOf(texts)).toMatchObject({ files: ['src/item.jsx', 'src/menu.jsx'], skipped: 0 });
  });

  it('are named where they were not made to be read', async () => {
    const texts = {
      'a-Dkwee5FG.js': 'function e(e,t){var n=e.a(t),r=n.b;for(var i=0;i<r;i++){if(n[i])return}};'.repeat(60),
    };
    expect(await readOf(texts)).toMatchObject({ files: [], skipped: 1, problems: [{ kind: 'minified' }] });
  });
});
