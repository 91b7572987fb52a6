import { describe, expect, it } from 'vitest';
import { programOf, type Sources } from '../../../test/in-memory.js';
import { roleOfScript } from './commands.js';

/** The roles of every file. */
async function roles(sources: Sources): Promise<Record<string, string>> {
  const { units } = await programOf(sources);
  return Object.fromEntries(units.map(({ file, roles: all }) => [file, [...all].sort().join(' ')]));
}

describe('roleOfScript', () => {
  it.each([
    ['start', 'server'],
    ['start:prod', 'server'],
    ['prestart', 'server'],
    ['dev', 'server'],
    ['serve', 'server'],
    ['worker', 'worker'],
    ['start:worker', 'worker'],
    ['start:cron', 'worker'],
    ['queue:listen', 'worker'],
    ['test', 'test'],
    ['test:e2e', 'test'],
    ['lint', 'test'],
    ['build', 'build'],
    ['generate:types', 'build'],
    ['migrate', 'script'],
    ['db:seed', 'script'],
    ['start:migrations', 'script'],
    ['anything', 'script'],
  ])('%s: %s', (name, role) => {
    expect(roleOfScript(name)).toBe(role);
  });
});

describe('files that a tool is told to load', () => {
  it('serve where they listen, and are scripts where they do not', async () => {
    const found = await roles({
      'package.json': { name: 'a', scripts: { docs: 'describe-api --app web.js', migrate: 'orm migrate -d data.js' } },
      'web.js': "import express from 'express'; const app = express(); app.listen(3000);",
      'data.js': 'export const source = {};',
    });
    expect(found).toEqual({ 'data.js': 'script', 'web.js': 'server' });
  });
});

describe('entries', () => {
  const scripts = (commands: Record<string, string>) => ({ name: 'a', scripts: commands });

  it.each<[string, object, string, string]>([
    ['node', scripts({ start: 'node code/a.js' }), 'code/a.js', 'server'],
    ['node without extension', scripts({ start: 'node code/a' }), 'code/a.js', 'server'],
    ['a folder', scripts({ start: 'node code' }), 'code/index.js', 'server'],
    [
      'options',
      scripts({ start: 'node -r dotenv/config --inspect --import ./x.js code/a.js --port 80' }),
      'code/a.js',
      'server',
    ],
    ['variables', scripts({ start: 'NODE_ENV=production cross-env A=1 node code/a.js' }), 'code/a.js', 'server'],
    ['nodemon with exec', scripts({ dev: 'nodemon --exec "ts-node code/a.ts"' }), 'code/a.ts', 'server'],
    ['tsx watch', scripts({ dev: 'tsx watch code/a.ts' }), 'code/a.ts', 'server'],
    ['pm2', scripts({ start: 'pm2 start code/a.js -i max' }), 'code/a.js', 'server'],
    ['after a build', scripts({ start: 'npm run build && node dist/a.js', build: 'tsc' }), 'src/a.ts', 'server'],
    ['another script', scripts({ start: 'npm run serve:it', 'serve:it': 'node code/a.js' }), 'code/a.js', 'server'],
    ['what goes before', scripts({ start: 'node b.js', prestart: 'node code/a.js' }), 'code/a.js', 'server'],
    ['a worker', scripts({ worker: 'node code/a.js' }), 'code/a.js', 'worker'],
    ['a seed', scripts({ seed: 'node code/a.js' }), 'code/a.js', 'script'],
    ['a build', scripts({ build: 'node code/a.js' }), 'code/a.js', 'build'],
    ['a test', scripts({ test: 'node code/a.js' }), 'code/a.js', 'test'],
    ['both', scripts({ start: 'node code/a.js', worker: 'node code/a.js' }), 'code/a.js', 'server worker'],
    ['main', { name: 'a', main: 'dist/a.js' }, 'src/a.ts', 'server'],
    ['bin', { name: 'a', bin: './code/a.js' }, 'code/a.js', 'script'],
    ['bin and main', { name: 'a', bin: './code/a.js', main: 'code/a.js' }, 'code/a.js', 'script'],
    [
      'bin and main of a server',
      { name: 'a', bin: './code/a.js', main: 'code/a.js', dependencies: { express: '5' } },
      'code/a.js',
      'script server',
    ],
  ])('%s', async (_, manifest, file, expected) => {
    expect((await roles({ 'package.json': manifest, [file]: 'a();' }))[file]).toBe(expected);
  });

  it.each<[string, Sources, string, string]>([
    [
      'a command that listens',
      { 'package.json': { name: 'a', bin: './bin/a.js' }, 'bin/a.js': "require('http').createServer().listen(1);" },
      'bin/a.js',
      'server',
    ],
    [
      'a file that listens',
      { 'package.json': { name: 'a' }, 'code/a.js': "require('express')().listen(1);" },
      'code/a.js',
      'server',
    ],
    [
      'a sample that listens',
      { 'package.json': { name: 'a', main: 'a.js' }, 'a.js': 'a();', 'sample.js': "require('express')().listen(1);" },
      'sample.js',
      'script',
    ],
    [
      'a tool that listens',
      { 'package.json': { name: 'a' }, 'tools/a.js': "require('express')().listen(1);" },
      'tools/a.js',
      'script',
    ],
    [
      'a start of Nest',
      {
        'package.json': { name: 'a' },
        'apps/x/main.ts': "import { NestFactory } from '@nestjs/core'; NestFactory.create(A);",
      },
      'apps/x/main.ts',
      'server',
    ],
    [
      'a route of Next',
      {
        'package.json': { name: 'a', dependencies: { next: '15' } },
        'src/app/api/a/route.ts': 'export function GET() {}',
      },
      'src/app/api/a/route.ts',
      'server',
    ],
    [
      'a package below',
      {
        'package.json': { name: 'a' },
        'api/package.json': { name: 'b', scripts: { worker: 'node run.js' } },
        'api/run.js': '',
      },
      'api/run.js',
      'worker',
    ],
    [
      'a script that starts a test file',
      { 'package.json': scripts({ start: 'node test/a.js' }), 'test/a.js': '' },
      'test/a.js',
      'test',
    ],
  ])('%s', async (_, sources, file, expected) => {
    expect((await roles(sources))[file]).toBe(expected);
  });
});

describe('what an entry reaches', () => {
  it('has its role, through all sorts of imports', async () => {
    const sources = {
      'package.json': {
        name: 'a',
        scripts: { start: 'node server.js', worker: 'node worker.js', migrate: 'node migrate.js' },
      },
      'server.js': "require('./a'); import('./b'); if (x) require('./c');",
      'worker.js': "export * from './b';",
      'migrate.js': "import d from './d';",
      'a.js': "require('./d'); require('./server');",
      'b.js': '',
      'c.js': '',
      'd.js': '',
    };
    expect(await roles(sources)).toEqual({
      'server.js': 'server',
      'worker.js': 'worker',
      'migrate.js': 'script',
      'a.js': 'server',
      'b.js': 'server worker',
      'c.js': 'server',
      'd.js': 'script server',
    });
  });

  it('does not come from types', async () => {
    const sources = {
      'package.json': { name: 'a', scripts: { worker: 'tsx worker.ts' } },
      'worker.ts': "import type { A } from './a'; import { type B } from './b';",
      'a.ts': '',
      'b.ts': '',
    };
    expect(await roles(sources)).toEqual({ 'worker.ts': 'worker', 'a.ts': 'server', 'b.ts': 'server' });
  });

  it('does not reach test files, and what only tests reach may still be loaded at run time', async () => {
    const sources = {
      'package.json': { name: 'a', scripts: { start: 'node server.js' } },
      'server.js': "require('./test/helper');",
      'test/helper.js': '',
      'a.test.js': "require('./only'); require('./server');",
      'only.js': '',
    };
    expect(await roles(sources)).toEqual({
      'server.js': 'server test',
      'test/helper.js': 'test',
      'a.test.js': 'test',
      'only.js': 'server test',
    });
  });
});

describe('files that no entry reaches', () => {
  it.each<[string, string, string]>([
    ['src/service.ts', 'export class A {}', 'server'],
    ['src/service.spec.ts', '', 'test'],
    ['__tests__/a.ts', '', 'test'],
    ['__e2e__/a.ts', '', 'test'],
    ['src/orders.servertest.ts', '', 'test'],
    ['e2e/a.ts', '', 'test'],
    ['vite.config.ts', '', 'build'],
    ['webpack.prod.js', '', 'build'],
    ['scripts/a.ts', '', 'script'],
    ['tools/deep/a.js', '', 'script'],
    ['src/migrations/1.ts', '', 'script'],
    ['a.js', '#!/usr/bin/env node', 'script'],
    ['public/a.js', 'document.title = 1;', 'browser'],
    ['src/a.js', 'window.a = document.b;', 'browser'],
    ['src/a.tsx', "import React from 'react'; export const A = () => <a />;", 'browser'],
    ['src/a.ts', "import { useState } from 'react';", 'browser'],
    ['src/a.ts', "'use client'; a();", 'browser'],
    ['src/a.tsx', "import React from 'react'; import express from 'express'; express().listen(1); <a />;", 'server'],
    ['client/a.js', '', 'browser'],
    ['client/a.js', "require('express')();", 'server'],
  ])('%s with `%s` is for: %s', async (file, text, expected) => {
    expect(await roles({ [file]: text })).toEqual({ [file]: expected });
  });

  it('a component that a server renders is browser code all the same', async () => {
    const sources = {
      'package.json': { name: 'a', scripts: { start: 'node server.js' } },
      'server.js': "require('express')().listen(1); require('./App');",
      'App.jsx': "import React from 'react'; export default () => <a />;",
    };
    expect(await roles(sources)).toEqual({ 'server.js': 'server', 'App.jsx': 'browser' });
  });
});

describe('scriptChain', () => {
  it('follows scripts that run scripts', async () => {
    const program = await programOf({
      'package.json': {
        name: 'a',
        scripts: {
          start: 'yarn migrate && run-s b "c -- d"',
          prestart: 'e',
          migrate: 'prisma migrate deploy',
          b: 'npm start',
          c: 'f',
        },
      },
    });
    const chain = program.scriptChain(program.manifests[0]!, 'start');
    expect(chain.map(({ via, words }) => `${via.name}: ${words.join(' ')}`)).toEqual([
      'prestart: e',
      'start: yarn migrate',
      'start: prisma migrate deploy',
      'start: run-s b c -- d',
      'start: npm start',
      'start: f',
    ]);
  });
});

describe('files beside a page that no entry reaches', () => {
  it('leave a page its code, and are of the page when they are made from it', async () => {
    const found = await roles({
      'package.json': { name: 'a', scripts: { start: 'node server.js' } },
      'server.js': "import express from 'express'; express().listen(3000);",
      'app/index.js': "import { store } from './store.js'; document.title = window.name + store;",
      'app/store.js': 'export const store = new Map();',
      'app/actions.js': "import { store } from './store.js'; export const act = () => store.clear();",
      'plugins/hook.js':
        "import fs from 'node:fs'; import { store } from '../app/store.js'; export const hook = () => fs.existsSync(store);",
    });
    expect(found).toEqual({
      'server.js': 'server',
      'app/index.js': 'browser',
      'app/store.js': 'browser',
      'app/actions.js': 'browser',
      'plugins/hook.js': 'server',
    });
  });
});
