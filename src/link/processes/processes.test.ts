import { describe, expect, it } from 'vitest';
import { programOf, type Sources } from '../../../test/in-memory.js';

async function processes(sources: Sources): Promise<string[]> {
  const program = await programOf(sources);
  return program.processes.map(
    ({ name, role, entry, units }) => `${role}: ${name} (${entry.file}, ${[...units].length} files)`,
  );
}

const API = {
  'apps/api/src/main.ts': '',
  'apps/api/package.json': { name: '@a/api', scripts: { launch: 'node dist/main' } },
};

describe('processes', () => {
  it.each<[string, Sources, string[]]>([
    [
      'scripts, a bin and what both hold',
      {
        'package.json': {
          name: 'a',
          bin: './cli.js',
          scripts: { start: 'node a.js', 'start:dev': 'nodemon a.js', worker: 'node b.js' },
        },
        'a.js': "require('./c');",
        'b.js': "require('./c');",
        'c.js': '',
        'cli.js': '',
      },
      [
        'server: npm start (a.js, 2 files)',
        'worker: npm run worker (b.js, 2 files)',
        'script: bin a (cli.js, 1 files)',
      ],
    ],
    [
      'one started in several ways, by the name that production has for it',
      {
        'package.json': {
          name: 'a',
          scripts: { dev: 'nodemon a.js', 'watch:b': 'nodemon b.js', start: 'node a.js', 'start:b': 'node b.js' },
        },
        'a.js': '',
        'b.js': '',
      },
      ['server: npm start (a.js, 1 files)', 'server: npm run start:b (b.js, 1 files)'],
    ],
    [
      'a command without extension',
      {
        'package.json': { name: 'a', scripts: { start: 'node ./bin/www' } },
        'bin/www': "#!/usr/bin/env node\nrequire('../app');",
        'app.js': '',
      },
      ['server: npm start (bin/www, 2 files)'],
    ],
    [
      'another package by a filter',
      { 'package.json': { name: 'a', scripts: { start: 'turbo run launch --filter=api' } }, ...API },
      [
        'server: npm run launch of apps/api (apps/api/src/main.ts, 1 files)',
        'script: npm run launch of apps/api (apps/api/src/main.ts, 1 files)',
      ],
    ],
    [
      'another package by its name',
      { 'package.json': { name: 'a', scripts: { start: 'pnpm --filter @a/api run launch' } }, ...API },
      [
        'server: npm run launch of apps/api (apps/api/src/main.ts, 1 files)',
        'script: npm run launch of apps/api (apps/api/src/main.ts, 1 files)',
      ],
    ],
    [
      'a folder that the script goes to',
      { 'package.json': { name: 'a', scripts: { start: 'cd server && node main.js' } }, 'server/main.js': '' },
      ['server: npm start (server/main.js, 1 files)'],
    ],
    [
      'a system of its own',
      {
        'package.json': { name: 'a', scripts: { start: 'run-script-os', 'start:default': 'cd bin && ./run start' } },
        'bin/run.js': '',
      },
      ['server: npm run start:default (bin/run.js, 1 files)'],
    ],
    [
      'a project of Nest',
      {
        'package.json': { name: 'a', scripts: { start: 'nest start api' } },
        'nest-cli.json': { monorepo: true, projects: { api: { sourceRoot: 'apps/api/src', entryFile: 'start' } } },
        'apps/api/src/start.ts': '',
      },
      ['server: npm start (apps/api/src/start.ts, 1 files)'],
    ],
    [
      'a project of nx',
      {
        'package.json': { name: 'a', scripts: { start: 'nx serve api' } },
        'apps/api/project.json': {
          name: 'api',
          targets: {
            build: { options: { main: 'apps/api/src/main.ts' } },
            serve: { options: { buildTarget: 'api:build' } },
          },
        },
        'apps/api/src/main.ts': '',
      },
      ['server: serve of apps/api (apps/api/src/main.ts, 1 files)'],
    ],
    [
      'the applications of pm2',
      {
        'package.json': { name: 'a', scripts: { start: 'pm2 start ecosystem.config.js' } },
        'ecosystem.config.js':
          "module.exports = { apps: [{ name: 'api', script: './dist/main.js' }, { name: 'queue-worker', script: 'dist/work.js' }] };",
        'src/main.ts': '',
        'src/work.ts': '',
      },
      ['server: api (pm2) (src/main.ts, 1 files)', 'worker: queue-worker (pm2) (src/work.ts, 1 files)'],
    ],
    [
      'a Procfile',
      {
        'package.json': { name: 'a' },
        Procfile: 'web: node web.js\nworker: node work.js\n',
        'web.js': '',
        'work.js': '',
      },
      ['server: web of Procfile (web.js, 1 files)', 'worker: worker of Procfile (work.js, 1 files)'],
    ],
    [
      'the files of a framework as one',
      {
        'package.json': { name: 'a', dependencies: { next: '15' } },
        'pages/api/a.ts': "import '../../db';",
        'app/b/route.ts': "import '../../db';",
        'db.ts': '',
      },
      ['server: the Next.js server (app/b/route.ts, 3 files)'],
    ],
    [
      'none for tests and builds',
      { 'package.json': { name: 'a', scripts: { test: 'node a.js', build: 'node b.js' } }, 'a.js': '', 'b.js': '' },
      [],
    ],
    [
      'a broken settings file',
      {
        'package.json': { name: 'a', scripts: { start: 'nest start' } },
        'nest-cli.json': '{ "sourceRoot": [',
        'src/main.ts': '',
      },
      ['server: npm start (src/main.ts, 1 files)'],
    ],
  ])('%s', async (_, sources, expected) => {
    expect(await processes(sources)).toEqual(expected);
  });
});

describe('server files of frameworks', () => {
  it.each<[string, string, string, string]>([
    ['next', 'pages/api/a.ts', '', 'server'],
    ['next', 'src/middleware.ts', '', 'server'],
    ['next', 'src/app/a/page.tsx', 'export default () => <a />;', 'server'],
    [
      'next',
      'pages/a.tsx',
      "import React from 'react'; export const getServerSideProps = () => {}; export default () => <a />;",
      'server',
    ],
    ['next', 'pages/a.tsx', "import React from 'react'; export default () => <a />;", 'browser'],
    [
      '@remix-run/node',
      'app/routes/a.tsx',
      "import React from 'react'; export function loader() {} export default () => <a />;",
      'server',
    ],
    ['@remix-run/node', 'app/routes/a.tsx', "import React from 'react'; export default () => <a />;", 'browser'],
    ['@sveltejs/kit', 'src/routes/a/+server.ts', '', 'server'],
    ['@sveltejs/kit', 'src/lib/a.ts', '', 'browser'],
    ['nuxt', 'server/api/a.ts', '', 'server'],
    ['nuxt', 'composables/a.ts', '', 'browser'],
    ['sails', 'api/controllers/a.js', '', 'server'],
    ['@strapi/strapi', 'src/api/a/services/a.js', '', 'server'],
    ['express', 'a/b.server.ts', "import React from 'react';", 'server'],
    ['express', 'a/b.client.ts', '', 'browser'],
    ['express', 'src/tasks/a.ts', '', 'server'],
    [
      'express',
      'src/render.ts',
      "import puppeteer from 'puppeteer'; page.evaluate(() => { document.title = window.name; });",
      'server',
    ],
  ])('of %s: %s with `%s` is for the %s', async (name, file, text, expected) => {
    const program = await programOf({ 'package.json': { name: 'a', dependencies: { [name]: '1' } }, [file]: text });
    expect(program.units.map(({ roles }) => [...roles].join(' '))).toEqual([expected]);
  });

  it('a package with a page and a bundler is a front end', async () => {
    const sources = {
      'package.json': { name: 'a' },
      'web/package.json': { name: 'b', devDependencies: { vite: '6' } },
      'web/index.html': '<div>',
      'web/src/store.ts': 'export const a = new Map();',
    };
    expect((await programOf(sources)).units.map(({ roles }) => [...roles].join(' '))).toEqual(['browser']);
  });

  it('what a rendered component needs is not the server that renders it', async () => {
    const sources = {
      'package.json': { name: 'a', scripts: { start: 'node server.js' } },
      'server.js': "require('./App');",
      'App.jsx': "import React from 'react'; import './store'; export default () => <a />;",
      'store.js': '',
    };
    const { units } = await programOf(sources);
    expect(units.map(({ file, roles }) => `${file} ${[...roles].join(' ')}`)).toEqual([
      'App.jsx browser',
      'server.js server',
      'store.js browser',
    ]);
  });
});

describe('memory', () => {
  const sources = {
    'package.json': { name: 'a' },
    'apps/api/package.json': { name: 'b', scripts: { start: 'node main.js' } },
    'apps/api/main.js': "require('../../shared/cache').put(1);",
    'apps/web/package.json': { name: 'c', scripts: { start: 'node main.js' } },
    'apps/web/main.js': "require('../../shared/cache');",
    'shared/cache.js': '',
    'loose.js': '',
  };

  it.each<[string, string, boolean]>([
    ['apps/api/main.js', 'shared/cache.js', true],
    ['apps/web/main.js', 'shared/cache.js', true],
    ['apps/api/main.js', 'apps/web/main.js', false],
    ['apps/api/main.js', 'loose.js', true],
  ])('of %s and %s is shared: %s', async (a, b, expected) => {
    const program = await programOf(sources);
    const [first, second] = [a, b].map((file) => program.units.find((unit) => unit.file === file)!);
    expect(program.sharedBy(first!, second!)).toBe(expected);
    expect(program.sharedBy(second!, first!)).toBe(expected);
  });

  it('of two applications: what one writes, the other does not read', async () => {
    const app = (route: string) =>
      `const cache = require('../../shared/cache'); require('express')().get('/', () => { ${route} });`;
    const program = await programOf({
      ...sources,
      'shared/cache.js': 'const kept = new Map(); exports.kept = kept;',
      'apps/api/main.js': app('cache.kept.set(1, 2);'),
      'apps/web/main.js': app('cache.kept.get(1);'),
    });
    const files = program.cells.map(({ writes, reads }) => [...writes, ...reads].map(({ place }) => place.file));
    expect(files).toEqual([['apps/api/main.js', 'shared/cache.js']]);
  });
});

describe('large and broken graphs', () => {
  it('a chain of imports 5,000 deep that ends where it began, and what is missing', async () => {
    const sources = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [
        `f${index}.js`,
        `require('./f${(index + 1) % 5000}'); require('./gone'); require('@/gone');`,
      ]),
    );
    const started = performance.now();
    const program = await programOf({ 'package.json': { name: 'a', scripts: { start: 'node f0.js' } }, ...sources });
    expect(program.units.every(({ roles }) => roles.has('server'))).toBe(true);
    expect(program.processes.map(({ units }) => units.size)).toEqual([5000]);
    expect(program.unresolvedImports).toBe(10_000);
    expect(performance.now() - started).toBeLessThan(20_000);
  }, 30_000);

  it('10,000 files, a computed load in each', async () => {
    const sources = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [
        `src/d${index % 100}/f${index}.js`,
        `require('../d${(index + 1) % 100}/f${(index + 1) % 10_000}'); require('./' + name); require(a.b + '/parts/' + name);`,
      ]),
    );
    const started = performance.now();
    const program = await programOf({
      'package.json': { name: 'a', scripts: { start: 'node src/d0/f0.js' } },
      ...sources,
    });
    expect(program.processes.map(({ units }) => units.size)).toEqual([10_000]);
    expect(performance.now() - started).toBeLessThan(40_000);
  }, 60_000);
});
