import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from './catalogue.js';

/* The built command where somebody means ill, or something goes wrong around it. */

const BIN = path.join(ROOT, 'bin', 'mi-audit.js');
const FORMATS = [
  'pretty',
  'json',
  'sarif',
  'html',
  'markdown',
  'github',
  'gitlab',
  'junit',
  'checkstyle',
  'rdjson',
  'csv',
  'unix',
  'agent',
];

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(path.join(tmpdir(), 'mi-audit-trust-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Given {
  readonly env?: Record<string, string>;
  readonly node?: readonly string[];
  readonly folder?: string;
  /** Sent as soon as the process says that it reads. */
  readonly signal?: NodeJS.Signals;
  readonly closesEarly?: true;
}

function run(argv: readonly string[], { env = {}, node = [], folder = cwd, signal, closesEarly }: Given = {}) {
  return new Promise<Run>((resolve) => {
    const child = spawn(process.execPath, [...node, BIN, ...argv], { cwd: folder, env: { ...process.env, ...env } });
    const printed = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed.stdout += text;
      if (closesEarly) child.stdout.destroy();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
    if (signal) setTimeout(() => child.kill(signal), 150);
    child.on('close', (code, got) => resolve({ code, signal: got, ...printed }));
  });
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(cwd, file)), { recursive: true });
    writeFileSync(path.join(cwd, file), text);
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
}

const SHOP = {
  'package.json': '{ "name": "shop", "dependencies": { "express": "^5.0.0", "express-session": "^1.18.0" } }',
  'server.js': [
    "const express = require('express');",
    "const session = require('express-session');",
    'const app = express();',
    'app.use(session({ secret: process.env.SESSION_SECRET }));',
    "app.get('/', (request, response) => response.send(process.env.GREETING));",
    'app.listen(process.env.PORT);',
    '',
  ].join('\n'),
};

describe('nothing runs, and nothing leaks', { timeout: 300_000 }, () => {
  it('opens no connection, starts no program and evaluates no text, in any format and with a cache', async () => {
    cpSync(path.join(ROOT, 'fixtures', 'apps', 'express-shop'), cwd, { recursive: true });
    const hook = pathToFileURL(path.join(ROOT, 'test', 'denied.mjs')).href;
    const formats = FORMATS.flatMap((format) => ['--format', `${format}=report.${format}`]);
    const { code, stderr } = await run(['--show-safe', '--cache-dir', '.cached', ...formats], {
      node: ['--import', hook],
    });
    expect(stderr).not.toContain('DENIED');
    expect(code).toBe(1);
    expect(filesBelow(cwd).filter((file) => file.startsWith('report.'))).toHaveLength(FORMATS.length);
  });

  it('prints no value of an .env file, and none that a descriptor calls a secret, in any format', async () => {
    const secret = 'hunter2-never-shown';
    write({
      ...SHOP,
      '.env': `SESSION_SECRET=${secret}\nGREETING="${secret}"\nPORT=3000\nDATABASE_URL=postgres://me:${secret}@db/shop\nbroken ${secret}\n`,
      '.env.production': `SESSION_SECRET='${secret}'\nREPLICAS=${secret}\n`,
      'compose.yaml': 'services:\n  web:\n    build: .\n    env_file: .env\n    deploy: { replicas: 2 }\n',
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD node server.js\n',
    });
    const formats = FORMATS.flatMap((format) => ['--format', `${format}=out/report.${format}`]);
    mkdirSync(path.join(cwd, 'out'));
    const { stdout, stderr } = await run([
      '--show-safe',
      '--debug',
      '--no-cache',
      '--min-confidence',
      'low',
      ...formats,
    ]);
    expect(stdout + stderr).not.toContain(secret);
    const leaking = filesBelow(path.join(cwd, 'out')).filter((file) =>
      readFileSync(path.join(cwd, 'out', file), 'utf8').includes(secret),
    );
    expect(leaking).toEqual([]);
    const explained = await run(['explain', 'server.js:4']);
    expect(explained.stdout).toContain('SESSION_SECRET');
    expect(explained.stdout + explained.stderr).not.toContain(secret);
  });
});

describe('what goes wrong around it', { timeout: 300_000 }, () => {
  it.each([
    ['process.exit(0)', 'while it loads', 'process.exit(0);'],
    ['an error that nobody awaits', 'later', "setTimeout(() => { throw new Error('late'); }, 0);"],
    ['a promise that nobody keeps', 'later', "Promise.reject(new Error('late'));"],
  ])('%s of a plugin is no clean run', async (_, __, code) => {
    write({
      'package.json': '{ "name": "empty" }',
      'index.js': 'console.log(1);\n',
      'mi-audit.config.json': '{ "plugins": ["./plugin.cjs"] }',
      'plugin.cjs': `${code}\nmodule.exports = { name: 'acme', apiVersion: 1, rules: [], collectors: [] };\n`,
    });
    const { code: exitCode, stderr } = await run(['index.js']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 3, stderr: expect.not.stringMatching(/^\s+at /m) });
  });

  it('is quiet when the reader of its report goes away', async () => {
    write(SHOP);
    const { code, stderr } = await run(['--format', 'json'], { closesEarly: true });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });

  it('ends at Ctrl-C, without a stack and without a half report', async () => {
    write(SHOP);
    const { code, signal, stdout, stderr } = await run(['--format', 'json=report.json'], { signal: 'SIGINT' });
    // A shell makes 130 of it.
    expect({ code, signal, stdout, stderr }).toEqual({ code: null, signal: 'SIGINT', stdout: '', stderr: '' });
    expect(filesBelow(cwd).sort()).toEqual(Object.keys(SHOP).sort());
  });

  it('works side by side, with one cache and one report', async () => {
    write(SHOP);
    const argv = ['--format', 'json=report.json', '--cache-dir', '.cached'];
    const runs = await Promise.all([run(argv), run(argv), run(argv)]);
    expect(runs.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(JSON.parse(readFileSync(path.join(cwd, 'report.json'), 'utf8')).findings.length).toBeGreaterThan(0);
    expect(filesBelow(cwd).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });

  it('does without a cache that cannot be written, and says where a report cannot be', async () => {
    write({ ...SHOP, cached: 'a file, not a folder' });
    expect(await run(['--quiet', '--cache-dir', 'cached/deep'])).toMatchObject({ code: 1, stderr: '' });
    const { code, stderr } = await run(['--format', 'json=cached/report.json']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'mi-audit: --format json=cached/report.json: cached is not a folder. Name a file in a folder.\n',
    });
  });
});

describe('the answer', { timeout: 300_000 }, () => {
  it('is the same in another language, time zone and folder, from a cache and without', async () => {
    const app = path.join(ROOT, 'fixtures', 'apps', 'koa-ferries');
    const folders = ['one', 'İstanbul ünïcode/two'].map((name) => path.join(cwd, name));
    for (const folder of folders) cpSync(app, folder, { recursive: true });
    const [one, two] = folders as [string, string];
    const argv = ['--format', 'json', '--show-safe', '--cache-dir'];
    const plain = await run([...argv, path.join(cwd, 'cache')], { folder: one, env: { LANG: 'C', TZ: 'UTC' } });
    expect(plain.code).toBe(1);
    const others = [
      await run([...argv, path.join(cwd, 'cache')], {
        folder: one,
        env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Asia/Tokyo' },
      }),
      await run([...argv, path.join(cwd, 'other')], {
        folder: two,
        env: { LANG: 'de_DE.UTF-8', LC_ALL: 'sv_SE.UTF-8', TZ: 'Pacific/Kiritimati' },
      }),
      await run([...argv, path.join(cwd, 'other')], {
        folder: two,
        env: { NODE_ICU_DATA: '', TZ: 'America/St_Johns' },
      }),
    ];
    for (const other of others) expect(other).toEqual(plain);
  });
});
