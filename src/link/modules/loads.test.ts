// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources that are read here hold templates.
import { describe, expect, it } from 'vitest';
import { probed, programOf, type Sources } from '../../../test/in-memory.js';

/** The files that the server's process holds besides its entry, and how many loads could not be told. */
async function loaded(text: string, more: Sources, manifest: object = {}): Promise<string[]> {
  const program = await programOf({
    'package.json': { name: 'a', scripts: { start: 'node src/server.js' }, ...manifest },
    'src/server.js': text,
    ...more,
  });
  const [process] = program.processes;
  return [...(process?.units ?? [])]
    .map(({ file }) => file)
    .filter((file) => file !== 'src/server.js')
    .sort();
}

async function unresolved(text: string): Promise<number> {
  return (await programOf({ 'package.json': { name: 'a' }, 'server.js': text, 'jobs/a.js': '', 'b.js': '' }))
    .unresolvedLoads;
}

const FILES = {
  'src/jobs/a.js': '',
  'src/jobs/b.ts': '',
  'src/jobs/c/index.js': '',
  'src/jobs/d/deep.js': '',
  'src/jobs/a.test.js': '',
  'src/other/e.js': '',
};
/** Of a path with an extension: no folder's index, and of TypeScript what is built to it. */
const NAMED = ['src/jobs/a.js', 'src/jobs/b.ts'];
const JOBS = ['src/jobs/a.js', 'src/jobs/b.ts', 'src/jobs/c/index.js'];

describe('a computed load', () => {
  it.each<[string, string[]]>([
    ["require('./jobs/' + name);", JOBS],
    ['require(`./jobs/${name}`);', JOBS],
    ['require(`./jobs/${name}.js`);', NAMED],
    ['import(`./jobs/${name}.js`);', NAMED],
    ["const path = require('path'); require(path.join(__dirname, 'jobs', name));", JOBS],
    ["import { join } from 'node:path'; require(join(__dirname, '..', 'src', 'jobs', name));", JOBS],
    ["import path from 'path'; require(path.resolve('src/jobs', name));", JOBS],
    ["import path from 'path'; import(path.join(process.cwd(), 'src/jobs', name));", JOBS],
    ["import path from 'path'; import(path.join(import.meta.dirname, 'jobs', name));", JOBS],
    ['import(new URL(`./jobs/${name}.js`, import.meta.url).href);', NAMED],
    [
      "import path from 'path'; import { fileURLToPath } from 'url'; const here = path.dirname(fileURLToPath(import.meta.url)); import(path.join(here, 'jobs', name));",
      JOBS,
    ],
    [
      "const fs = require('fs'), path = require('path'); const dir = path.join(__dirname, 'jobs'); fs.readdirSync(dir).filter((f) => f.endsWith('.js')).forEach((f) => { require(path.join(dir, f)); });",
      JOBS,
    ],
    [
      "const fs = require('fs'), path = require('path'); const dir = path.join(__dirname, 'jobs'); for (const f of fs.readdirSync(dir)) require(`${dir}/${f}`);",
      JOBS,
    ],
    [
      "const path = require('path'); function load(dir) { return all(dir).map((f) => require(path.join(dir, f))); } load(path.join(__dirname, 'jobs'));",
      JOBS,
    ],
    ["require('./jobs/' + name.toLowerCase());", JOBS],
    ['require(path); require(`./${kind}/deep`);', []],
    ['require(`./jobs/${kind}/deep`);', ['src/jobs/d/deep.js']],
    [
      "const { glob } = require('glob'); glob.sync('src/**/*.js').forEach((f) => require(require('path').resolve(f)));",
      [...NAMED, 'src/jobs/c/index.js', 'src/jobs/d/deep.js', 'src/other/e.js'],
    ],
    [
      "import fg from 'fast-glob'; for (const f of await fg('src/jobs/*.{js,ts}', { absolute: true })) await import(f);",
      ['src/jobs/a.js', 'src/jobs/b.ts'],
    ],
    ["import.meta.glob('./jobs/*.js');", NAMED],
    ["import.meta.glob(['./jobs/*.js', './other/*.js', '!./other/e.js']);", [...NAMED, 'src/other/e.js']],
    ["const name = 'other/e'; require(`./${name}`);", ['src/other/e.js']],
  ])('`%s` loads what its path can mean', async (text, expected) => {
    expect(await loaded(text, FILES)).toEqual(expected);
  });

  it('leads to a file of a build by its source', async () => {
    const text = "import path from 'path'; import(path.join(process.cwd(), 'dist/jobs', name));";
    expect(await loaded(text, FILES)).toEqual(JOBS);
  });

  it('is found by the end of its path where the beginning is set elsewhere', async () => {
    const files = { 'src/modules/mail/module.js': '', 'src/modules/sms/module.js': '', 'src/other/module.js': '' };
    const text = "const path = require('path'); require(path.join(app.root, 'modules', name, 'module.js'));";
    expect(await loaded(text, files)).toEqual(['src/modules/mail/module.js', 'src/modules/sms/module.js']);
  });

  it('with a folder handed over from another file', async () => {
    const files = {
      ...FILES,
      'src/load.ts':
        "import path from 'path'; export function load(dir) { return names(dir).map((f) => require(path.join(dir, f))); }",
      'src/jobs/index.ts': "import { load } from '../load'; load(__dirname);",
    };
    expect(await loaded("require('./jobs');", files)).toEqual([
      'src/jobs/a.js',
      'src/jobs/b.ts',
      'src/jobs/c/index.js',
      'src/jobs/index.ts',
      'src/load.ts',
    ]);
  });

  it.each<[string, number]>([
    ['require(name);', 1],
    ['import(file); require(dir + file);', 2],
    ["require('./jobs/' + name); require('./jobs/a'); require('./' + name + '.json');", 0],
    ["const path = require('path'); require(path.join(process.cwd(), name));", 1],
    ["const path = require('path'); require(path.join(__dirname, 'package.json'));", 0],
    ['require(`${name}/index.js`);', 1],
  ])('`%s` leaves %i untold', async (text, expected) => {
    expect(await unresolved(text)).toBe(expected);
  });

  it('that could be anything loads nothing', async () => {
    const files = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`src/many/f${index}.js`, '']));
    expect(await loaded('require(`./many/${name}`);', files)).toEqual([]);
  });

  it('gives what the files export', async () => {
    const sources = {
      'package.json': { name: 'a', scripts: { start: 'node server.js' } },
      'server.js': 'probe(require(`./jobs/${name}`).run);',
      'jobs/a.js': 'exports.run = function a() {};',
      'jobs/b.js': 'exports.run = function b() {};',
    };
    expect(await probed(await programOf(sources))).toEqual(['function a', 'function b']);
  });
});

describe('a package that loads folders', () => {
  it.each<[string, string[]]>([
    ["require('require-all')(__dirname + '/jobs');", [...JOBS, 'src/jobs/d/deep.js']],
    ["require('require-all')({ dirname: __dirname + '/jobs', recursive: true });", [...JOBS, 'src/jobs/d/deep.js']],
    ["const requireDir = require('require-dir'); requireDir('./jobs');", [...JOBS, 'src/jobs/d/deep.js']],
    [
      "import autoload from '@fastify/autoload'; import path from 'path'; app.register(autoload, { dir: path.join(__dirname, 'jobs') });",
      [...JOBS, 'src/jobs/d/deep.js'],
    ],
    [
      "import { createContainer } from 'awilix'; const c = createContainer(); c.loadModules(['jobs/*.js'], { cwd: __dirname });",
      NAMED,
    ],
    [
      "const consign = require('consign'); consign().include('src/other').then('src/jobs').into(app);",
      [...JOBS, 'src/jobs/d/deep.js', 'src/other/e.js'],
    ],
    [
      "import { DataSource } from 'typeorm'; new DataSource({ entities: [__dirname + '/jobs/**/*{.ts,.js}'] });",
      [...JOBS, 'src/jobs/d/deep.js'],
    ],
    [
      "import { DataSource } from 'typeorm'; new DataSource({ entities: ['dist/jobs/*.js'] });",
      ['src/jobs/a.js', 'src/jobs/b.ts'],
    ],
    ["require('unknown-loader')(__dirname + '/jobs');", []],
  ])('`%s`', async (text, expected) => {
    expect(await loaded(text, FILES)).toEqual(expected);
  });
});

describe('a file that is started', () => {
  it.each<[string, string]>([
    ["require('child_process').fork('src/jobs/a.js');", 'src/jobs/a.js'],
    [
      "import { fork } from 'node:child_process'; import path from 'path'; fork(path.join(__dirname, 'jobs', 'a'), []);",
      'src/jobs/a.js',
    ],
    [
      "import { spawn } from 'child_process'; spawn(process.execPath, ['--inspect', 'src/jobs/a.js']);",
      'src/jobs/a.js',
    ],
    ["import { spawn } from 'child_process'; spawn('node', ['src/jobs/a.js']);", 'src/jobs/a.js'],
    ["import { exec } from 'child_process'; exec('node src/jobs/a.js --all');", 'src/jobs/a.js'],
    ["import { Worker } from 'worker_threads'; new Worker(new URL('./jobs/a.js', import.meta.url));", 'src/jobs/a.js'],
    ["const { Worker } = require('worker_threads'); new Worker(require.resolve('./jobs/a'));", 'src/jobs/a.js'],
    ["import cluster from 'cluster'; cluster.setupPrimary({ exec: 'src/jobs/a.js' });", 'src/jobs/a.js'],
    [
      "import Piscina from 'piscina'; new Piscina({ filename: new URL('./jobs/a.js', import.meta.url).href });",
      'src/jobs/a.js',
    ],
    [
      "import Bree from 'bree'; import path from 'path'; new Bree({ root: path.join(__dirname, 'jobs'), jobs: ['a'] });",
      'src/jobs/a.js',
    ],
    ["import { Worker } from 'bullmq'; new Worker('mail', __dirname + '/jobs/a.js');", 'src/jobs/a.js'],
  ])('`%s` is a process of its own with the role of its starter', async (text, file) => {
    const program = await programOf({
      'package.json': { name: 'a', scripts: { start: 'node src/server.js' } },
      'src/server.js': text,
      ...FILES,
    });
    const [server, unit] = ['src/server.js', file].map((name) => program.units.find((one) => one.file === name)!);
    expect([...unit!.roles]).toEqual(['server']);
    expect(program.processesOf(unit!).map(({ name }) => name)).toEqual([`${file}, started by src/server.js`]);
    expect(program.sharedBy(server!, unit!)).toBe(false);
  });

  it.each(["require('child_process').spawn('ls', ['src/jobs/a.js']);", "fork('src/jobs/a.js');"])(
    'not by `%s`',
    async (text) => {
      const program = await programOf({
        'package.json': { name: 'a', scripts: { start: 'node src/server.js' } },
        'src/server.js': text,
        ...FILES,
      });
      expect(program.processes.map(({ name }) => name)).toEqual(['npm start']);
    },
  );
});
