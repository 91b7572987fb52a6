import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonReportV1 } from '../report/json.js';

/* The built command, run again and again in one place. */

const BIN = fileURLToPath(new URL('../../bin/mi-audit.js', import.meta.url));
const COMPILER = /\/dist\/lib\/compiler\.part\.js$/;
/** What the configuration and the project are understood with: all but the one file of the short answer. */
const UNDERSTANDING = /\/dist\/lib\/(?!quick\.js$)|\/node_modules\/(?!\.cache\/)/;

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'mi-audit-memory-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), content);
  }
}

interface Run {
  readonly stdout: string;
  readonly stderr: string;
  /** The compiler was loaded. */
  readonly parsed: boolean;
}

/** What was loaded last. */
let understood: boolean;

async function run(argv: readonly string[] = [], env: Record<string, string> = {}): Promise<Run> {
  const coverage = mkdtempSync(join(tmpdir(), 'mi-audit-memory-coverage-'));
  const child = spawn(process.execPath, [BIN, '--format', 'json', ...argv], {
    cwd,
    env: { ...process.env, NODE_V8_COVERAGE: coverage, ...env },
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  await new Promise((resolve) => child.on('close', resolve));
  const loaded = readdirSync(coverage).flatMap(
    (file) => (JSON.parse(readFileSync(join(coverage, file), 'utf8')) as { result: { url: string }[] }).result,
  );
  rmSync(coverage, { recursive: true });
  expect(loaded.some(({ url }) => url.endsWith('/dist/lib/quick.js'))).toBe(true);
  understood = loaded.some(({ url }) => UNDERSTANDING.test(url));
  return { ...printed, parsed: loaded.some(({ url }) => COMPILER.test(url)) };
}

const found = ({ stdout }: Run) => (JSON.parse(stdout) as JsonReportV1).findings.map(({ ruleId }) => ruleId);
const CACHE = 'node_modules/.cache/mi-audit';
const SHOP = {
  'package.json': JSON.stringify({
    scripts: { start: 'node server.js' },
    dependencies: { express: '^5.0.0', 'express-session': '^1.18.0' },
  }),
  'server.js': [
    "const express = require('express');",
    "const session = require('express-session');",
    'const app = express();',
    'app.use(session({ secret: process.env.SECRET }));',
    'app.listen(3000);',
    '',
  ].join('\n'),
  'other.js': 'exports.a = 1;\n',
};

describe('a second run', () => {
  it('says the same without the compiler where nothing has changed', async () => {
    write({ ...SHOP, 'node_modules/.keep': '' });
    const [first, second] = [await run(), await run()];
    expect(found(first)).toContain('in-memory-session');
    expect(second).toEqual({ ...first, parsed: false });
    expect(first.parsed).toBe(true);
    expect(understood).toBe(false);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['a new file', { 'new.js': 'setInterval(() => {}, 1000);\n' }],
    ['what git ignores', { '.gitignore': 'other.js\n' }],
    ['a configuration', { '.mi-auditrc.json': '{ "rules": { "in-memory-session": "off" } }' }],
    ['a configuration of a part', { 'part/mi-audit.config.json': '{ "ignores": ["x.js"] }', 'part/x.js': '' }],
    ['a descriptor', { Procfile: 'web: node server.js\nworker: node other.js\n' }],
  ])('understands everything anew for %s, and nothing in the run after', async (_, files) => {
    write({ ...SHOP, 'node_modules/.keep': '' });
    await run();
    write(files);
    const changed = await run();
    expect(understood).toBe(true);
    expect(changed.stdout).toBe((await run(['--no-cache'])).stdout);
    expect((await run()).stdout).toBe(changed.stdout);
    expect(understood).toBe(false);
  });

  describe('where what is left unread has changed', () => {
    const MENU = "import { h } from 'preact';\nexport const Menu = () => <nav />;\n";
    const PAGES = {
      ...SHOP,
      'package.json': SHOP['package.json'].replace('"express":', '"preact":"^10.0.0","express":'),
      'pages/menu.jsx': MENU,
      'pages/item.jsx': MENU,
      'server.test.js': "it('works');\n",
      'node_modules/.keep': '',
    };

    it.each<[string, Readonly<Record<string, string>>]>([
      ['a page', { 'pages/menu.jsx': `${MENU}export const more = 1;\n` }],
      ['a page and a test', { 'pages/menu.jsx': `// ${MENU}${MENU}`, 'server.test.js': "it('still works');\n" }],
    ])('says the same and understands nothing anew: %s', async (_, files) => {
      write(PAGES);
      const first = await run();
      write(files);
      const second = await run();
      expect(understood).toBe(false);
      expect(second).toEqual({ ...first, parsed: false });
      expect((await run(['--no-cache'])).stdout).toBe(first.stdout);
    });

    it('takes no compiler for what is staged', async () => {
      const git = (...argv: string[]) => execFileSync('git', argv, { cwd, stdio: 'ignore' });
      write({ ...PAGES, '.gitignore': 'node_modules\n' });
      git('init');
      git('add', '.');
      await run(['--staged']);
      write({ 'pages/menu.jsx': `${MENU}export const more = 1;\n`, 'other.test.js': "it('works');\n" });
      git('add', '.');
      const first = await run(['--staged']);
      write({ 'pages/menu.jsx': MENU, 'other.test.js': "it('still works');\n" });
      git('add', '.');
      const second = await run(['--staged']);
      expect(second).toEqual({ ...first, parsed: false });
    });

    it.each<[string, Readonly<Record<string, string>>]>([
      ['is for a server now', { 'pages/menu.jsx': `import 'express-session';\n${MENU}` + SHOP['server.js'] }],
      ['is named by a server now', { 'other.js': "require('./pages/menu.jsx');\n", 'pages/menu.jsx': '<' }],
      ['stands elsewhere', { 'pages/new.jsx': MENU }],
      ['is minified now', { 'pages/menu.jsx': 'f(e,t){var n=e.a(t);return n};'.repeat(300) }],
    ])('understands everything anew where a page %s', async (_, files) => {
      write(PAGES);
      await run();
      write(files);
      const changed = await run();
      expect(understood).toBe(true);
      expect(changed.stdout).toBe((await run(['--no-cache'])).stdout);
    });

    it('sees what has changed in a page that a server names', async () => {
      write({ ...PAGES, 'other.js': "require('./pages/menu.jsx');\n" });
      await run();
      for (const text of [`import './item.jsx';\n${MENU}`, MENU, `${MENU}<`]) {
        write({ 'pages/menu.jsx': text });
        const changed = await run();
        expect(changed.stdout).toBe((await run(['--no-cache'])).stdout);
      }
    });
  });

  it('judges anew by what stands beside the audit', async () => {
    write({ ...SHOP, 'node_modules/.keep': '', '.mi-audit-baseline.json': '{ "version": 1, "findings": [] }' });
    const first = await run();
    await run(['--update-baseline', '--owner', 'me']);
    const accepted = await run();
    expect(accepted.stdout).not.toBe(first.stdout);
    expect(understood).toBe(false);
  });

  it('asks a program for the configuration each time', async () => {
    write({ ...SHOP, 'node_modules/.keep': '', 'mi-audit.config.js': 'export default { failOn: "never" };\n' });
    const [first, second] = [await run(), await run()];
    expect(second.stdout).toBe(first.stdout);
    expect(understood).toBe(true);
  });

  it('runs other rules and other settings without the compiler', async () => {
    write({ ...SHOP, 'node_modules/.keep': '' });
    await run();
    write({ 'mi-audit.config.json': JSON.stringify({ sharedStores: ['express-session#MemoryStore'] }) });
    const changed = await run(['--only', 'in-memory-session']);
    expect(changed.parsed).toBe(false);
    expect(found(changed)).toEqual(['in-memory-session']);
    expect(changed.stdout).toBe((await run(['--only', 'in-memory-session', '--no-cache'])).stdout);
  });

  it('sees what has changed in one file', async () => {
    write({ ...SHOP, 'node_modules/.keep': '' });
    await run();
    write({ 'server.js': SHOP['server.js'].replace('app.use(session', '// app.use(session') });
    const changed = await run();
    expect(found(changed)).not.toContain('in-memory-session');
    expect(changed.stdout).toBe((await run(['--no-cache'])).stdout);
  });

  it('sees a change of the manifest alone', async () => {
    write({ ...SHOP, 'node_modules/.keep': '' });
    const first = await run();
    write({ 'package.json': SHOP['package.json'].replace('"express"', '"ioredis":"^5.0.0","express"') });
    const changed = await run();
    expect(changed.stdout).not.toBe(first.stdout);
    expect(changed.stdout).toBe((await run(['--no-cache'])).stdout);
  });

  it('may find the cache deleted, broken or half of it gone', async () => {
    write({ ...SHOP, 'node_modules/.keep': '' });
    const first = await run();
    rmSync(join(cwd, CACHE, 'answers'), { recursive: true });
    for (const name of readdirSync(join(cwd, CACHE, 'starts'))) writeFileSync(join(cwd, CACHE, 'starts', name), 'x');
    for (const name of readdirSync(join(cwd, CACHE, 'facts'))) writeFileSync(join(cwd, CACHE, 'facts', name), 'x');
    expect(await run()).toEqual(first);
    rmSync(join(cwd, CACHE), { recursive: true });
    expect(await run()).toEqual(first);
  });
});

describe('runs side by side', () => {
  it('say the same, and leave a cache that can be used', async () => {
    write({ ...SHOP, 'node_modules/.keep': '' });
    const all = await Promise.all([run(), run(), run()]);
    expect(new Set(all.map(({ stdout }) => stdout)).size).toBe(1);
    expect(await run()).toEqual({ ...all[0]!, parsed: false });
  });
});

describe('the cache', () => {
  it('is kept nowhere where there is no node_modules, or where it is not wanted', async () => {
    write(SHOP);
    await run();
    expect(readdirSync(cwd).sort()).toEqual(Object.keys(SHOP).sort());
    write({ 'node_modules/.keep': '' });
    await run(['--no-cache']);
    expect(existsSync(join(cwd, CACHE))).toBe(false);
  });

  it('is kept where it is asked for', async () => {
    write(SHOP);
    const first = await run(['--cache-dir', 'kept']);
    expect(readdirSync(join(cwd, 'kept')).sort()).toEqual(['answers', 'facts', 'starts', 'unread']);
    expect(await run(['--cache-dir', 'kept'])).toEqual({ ...first, parsed: false });
    expect(understood).toBe(false);
  });

  it('is gone without where nothing can be written, with a word to those who debug only', async () => {
    write({ ...SHOP, 'node_modules/.cache': 'a file in the way' });
    const quiet = await run();
    expect({ found: found(quiet).includes('in-memory-session'), stderr: quiet.stderr }).toEqual({
      found: true,
      stderr: '',
    });
    const told = await run(['--debug']);
    expect(told.stderr).toContain('mi-audit: nothing was remembered for the next run: ');
    expect(told.stdout).toBe(quiet.stdout);
  });
});

describe('--timings', () => {
  it('tells stages and rules on stderr and in JSON, and nothing unless asked', async () => {
    write(SHOP);
    const { stdout, stderr } = await run(['--timings', '--only', 'in-memory-session']);
    expect(stderr).toMatch(/^parse +\d+\.\d ms$/m);
    expect(stderr).toMatch(/^ {2}in-memory-session +\d+\.\d ms$/m);
    expect(stderr).toMatch(/^total +\d+\.\d ms\n$/m);
    const { timings } = JSON.parse(stdout) as JsonReportV1;
    expect(Object.keys(timings!.stages)).toEqual(expect.arrayContaining(['discover', 'parse', 'collect', 'link']));
    expect(Object.keys(timings!.rules)).toEqual(['in-memory-session']);
    expect(JSON.parse((await run()).stdout)).not.toHaveProperty('timings');
  });
});
