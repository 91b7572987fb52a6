import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonReportV1 } from '../report/json.js';

/* The built command, as a shell starts it. */

const BIN = fileURLToPath(new URL('../../bin/mi-audit.js', import.meta.url));

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'mi-audit-cli-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), content);
  }
}

interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...argv: readonly string[]): Promise<Run> {
  return runWith({}, argv);
}

function runWith(
  { closeStdout = false, env = {} }: { closeStdout?: boolean; env?: Record<string, string> },
  argv: readonly string[],
): Promise<Run> {
  const { FORCE_COLOR: _, NO_COLOR: __, ...inherited } = process.env;
  const child = spawn(process.execPath, [BIN, ...argv], { cwd, env: { ...inherited, ...env } });
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  if (closeStdout) child.stdout.destroy();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, ...printed }));
  });
}

async function report(...argv: readonly string[]): Promise<JsonReportV1 & Pick<Run, 'exitCode'>> {
  const { exitCode, stdout, stderr } = await run(...argv, '--format', 'json');
  expect(stderr).toBe('');
  return { ...(JSON.parse(stdout) as JsonReportV1), exitCode };
}

function loadedScripts(file: string): string[] {
  const { result } = JSON.parse(readFileSync(file, 'utf8')) as { result: readonly { url: string }[] };
  return result.map(({ url }) => url);
}

const spots = ({ findings }: JsonReportV1) => findings.map(({ ruleId, file, line }) => `${ruleId} ${file}:${line}`);
const problemsOf = ({ problems }: JsonReportV1) => problems.map(({ level, kind, file }) => `${level} ${kind} ${file}`);

const MANIFEST = JSON.stringify({
  name: 'shop',
  scripts: { start: 'node server.js' },
  dependencies: { express: '^5.0.0', 'express-session': '^1.18.0' },
});
const SERVER = [
  "const express = require('express');",
  "const session = require('express-session');",
  '',
  'const app = express();',
  'app.use(session({ secret: process.env.SECRET, resave: false, saveUninitialized: false }));',
  "app.post('/login', (req, res) => {",
  '  req.session.user = req.body.user;',
  '  res.end();',
  '});',
  // In every other way it is fit for a second instance.
  "app.get('/health', (req, res) => res.sendStatus(204));",
  'const server = app.listen(3000);',
  "process.on('SIGTERM', () => server.close());",
  '',
].join('\n');
const SHOP = { 'package.json': MANIFEST, 'server.js': SERVER };

describe('a hazard', () => {
  it('is reported with its place, and exits with 1', async () => {
    write(SHOP);
    const { exitCode, stdout, stderr } = await run();
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toContain('Ready for a second instance? No: 1 blocker');
    expect(stdout).toContain('server.js:5:9');
    expect(stdout).toContain('  > 5 │ app.use(session({ secret: process.env.SECRET');
  });

  it('is reported relative to the working directory', async () => {
    write({ 'api/package.json': MANIFEST, 'api/server.js': SERVER });
    expect(spots(await report('api'))).toEqual(['in-memory-session api/server.js:5']);
  });

  it('is found in a file given instead of a folder, and not beside it', async () => {
    write({ ...SHOP, 'other.js': 'module.exports = 1;\n' });
    expect(spots(await report('server.js'))).toEqual(['in-memory-session server.js:5']);
    expect(await report('other.js')).toMatchObject({ findings: [], exitCode: 0 });
  });

  it('is accepted by a directive with a reason', async () => {
    const directive = '// mi-audit-disable-next-line in-memory-session -- one instance until we have Redis';
    write({ ...SHOP, 'server.js': SERVER.replace('app.use(session', `${directive}\napp.use(session`) });
    const { findings, silenced, exitCode } = await report();
    expect({ findings, exitCode }).toEqual({ findings: [], exitCode: 0 });
    expect(silenced).toMatchObject([
      { file: 'server.js', line: 6, reason: 'one instance until we have Redis', by: { line: 5 } },
    ]);
  });

  it('keeps its line behind a byte-order mark and with CRLF', async () => {
    write({ ...SHOP, 'server.js': `\ufeff${SERVER.replaceAll('\n', '\r\n')}` });
    const { findings } = await report();
    expect(findings).toMatchObject([{ line: 5, column: 9 }]);
    const { stdout } = await run();
    expect(stdout).not.toContain('\r');
  });

  it('is written to a file with --output', async () => {
    write(SHOP);
    const { exitCode, stdout, stderr } = await run('--format', 'json', '--output', 'audit.json');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^Ready for a second instance\? No: 1 blocker.*\n$/);
    expect(spots(JSON.parse(readFileSync(join(cwd, 'audit.json'), 'utf8')) as JsonReportV1)).toEqual([
      'in-memory-session server.js:5',
    ]);
  });
});

describe('bad input', () => {
  it('that is not there is one clear line', async () => {
    const { exitCode, stdout, stderr } = await run('no/such/path');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^mi-audit: .*no\/such\/path.*\n$/);
  });

  it.each([
    ['an empty folder', {}],
    ['a folder without sources', { 'README.md': '# nothing\n', 'data.csv': '1,2\n' }],
  ])('%s is never called clean', async (_, files) => {
    write(files);
    const { exitCode, stdout, stderr } = await run();
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' });
    expect(stdout).toMatch(/^Ready for a second instance\? Nothing was audited/);
    expect(problemsOf(await report())).toEqual(['error no-source .']);
  });

  it('that does not parse is named with its line, and the rest is audited', async () => {
    write({ ...SHOP, 'server.js': `${SERVER}require('./broken.js');\n`, 'broken.js': 'const a = 1;\nfunction (\n' });
    const result = await report();
    expect(result.exitCode).toBe(3);
    expect(result.summary).toMatchObject({ complete: false, ready: false });
    expect(result.problems).toMatchObject([{ kind: 'unparsable', level: 'error', file: 'broken.js', line: 2 }]);
    expect(spots(result)).toEqual(['in-memory-session server.js:5']);
  });

  it('that does not parse and that nothing runs is a note', async () => {
    write({ ...SHOP, 'samples/broken.js': 'filter() {\n  document.title = this.value;\n}\n' });
    const result = await report();
    expect(result.exitCode).toBe(1);
    expect(result.summary).toMatchObject({ complete: true });
    expect(result.problems).toMatchObject([{ kind: 'unparsable', level: 'note', file: 'samples/broken.js' }]);
  });

  it('that links to nothing or in a circle is told, and the rest is audited', async () => {
    write(SHOP);
    symlinkSync('nowhere.js', join(cwd, 'dangling.js'));
    mkdirSync(join(cwd, 'lib'));
    symlinkSync('..', join(cwd, 'lib', 'loop'));
    const result = await report();
    expect(problemsOf(result)).toContain('note broken-link dangling.js');
    expect(spots(result)).toEqual(['in-memory-session server.js:5']);
    expect(result.exitCode).toBe(1);
  });

  it('that is binary under a name of source is told, and the rest is audited', async () => {
    write({
      ...SHOP,
      'video.ts': Uint8Array.from([0x47, 0x40, 0x11, 0x10, 0x00, 0x42, 0xf0, 0x25, 0x00, 0x01, 0xff, 0xfe]),
    });
    const result = await report();
    expect(problemsOf(result)).toEqual(['note not-source video.ts']);
    expect({ spots: spots(result), exitCode: result.exitCode }).toEqual({
      spots: ['in-memory-session server.js:5'],
      exitCode: 1,
    });
  });

  it('of five minified megabytes is told and takes no time', async () => {
    write({
      ...SHOP,
      'public/app.min.js': `!function(){${'var a=require("express-session")({secret:1});'.repeat(120_000)}}();`,
    });
    const began = performance.now();
    const result = await report();
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(problemsOf(result)).toEqual([expect.stringMatching(/^note (minified|too-large) public\/app\.min\.js$/)]);
    expect(spots(result)).toEqual(['in-memory-session server.js:5']);
  });

  it.each([
    ['package.json', 'broken-manifest'],
    ['tsconfig.json', 'broken-tsconfig'],
  ])('in %s is told, and the sources are audited', async (file, kind) => {
    write({ ...SHOP, [file]: '{ "name": "shop",, }' });
    const result = await report();
    expect(problemsOf(result)).toContainEqual(expect.stringContaining(`${kind} ${file}`));
    expect(result.stats.files).toBe(1);
    expect([1, 3]).toContain(result.exitCode);
  });

  it.each([
    ['is no JSON', '{ "failOn": ', /mi-auditrc\.json/],
    ['has an unknown key', '{ "failon": "error" }', /failon.*failOn/],
    ['has an unknown rule', '{ "rules": { "in-memory-sesion": "off" } }', /in-memory-sesion.*in-memory-session/],
    ['has an impossible value', '{ "failOn": "always" }', /failOn/],
  ])('in a configuration that %s is one clear line', async (_, text, said) => {
    write({ ...SHOP, '.mi-auditrc.json': text });
    const { exitCode, stdout, stderr } = await run();
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^mi-audit: .*\n$/);
    expect(stderr).toMatch(said);
  });

  it('of a configuration file that is not there is one clear line', async () => {
    write(SHOP);
    const { exitCode, stderr } = await run('--config', 'none.json');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^mi-audit: .*none\.json.*\n$/);
  });
});

describe('the command', () => {
  it('names the rule that was meant', async () => {
    const { exitCode, stdout, stderr } = await run('--only', 'in-memory-sesion');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^mi-audit: .*in-memory-sesion.*Did you mean "in-memory-session"\?\n$/);
  });

  it('takes its settings from a configuration file, and the command line above it', async () => {
    write({ ...SHOP, '.mi-auditrc.json': '{ "rules": { "in-memory-session": "warning" }, "failOn": "error" }' });
    expect(await report()).toMatchObject({ summary: { blockers: 0, risks: 1 }, exitCode: 0 });
    expect(await report('--fail-on', 'warning')).toMatchObject({ summary: { failOn: 'warning' }, exitCode: 1 });
  });

  it('ends quietly when nobody reads on', async () => {
    write(SHOP);
    const { exitCode, stderr } = await runWith({ closeStdout: true }, ['--format', 'json', '--show-safe']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  });

  it('explains every rule it lists', async () => {
    const { stdout, exitCode } = await run('rules');
    expect(exitCode).toBe(0);
    const ids = stdout.split('\n').flatMap((line) => /^([a-z-]+) +(?:error|warning|info) /.exec(line)?.[1] ?? []);
    expect(ids).toEqual(expect.arrayContaining(['in-memory-session', 'unguarded-cron', 'unsound-directive']));
    // Each starts a process: four at a time, since the machine has other tests to run.
    const pages: [string, Awaited<ReturnType<typeof run>>][] = [];
    for (let at = 0; at < ids.length; at += 4)
      pages.push(
        ...(await Promise.all(
          ids.slice(at, at + 4).map(async (id): Promise<(typeof pages)[number]> => [id, await run('explain', id)]),
        )),
      );
    for (const [id, page] of pages) {
      expect(page).toMatchObject({ exitCode: 0, stderr: '' });
      expect(page.stdout.startsWith(`${id}\n`)).toBe(true);
    }
  });

  it('loads one file of its own, and no compiler, for help, version and the list of rules', async () => {
    for (const argv of [['--help'], ['--version'], ['rules']]) {
      // Coverage lists every script that was loaded.
      const coverage = mkdtempSync(join(cwd, 'coverage-'));
      const { exitCode, stderr } = await runWith({ env: { NODE_V8_COVERAGE: coverage } }, argv);
      const loaded = readdirSync(coverage).flatMap((file) => loadedScripts(join(coverage, file)));
      const own = loaded.filter((url) => /\/dist\/|node_modules/.test(url));
      expect(own.map((url) => url.slice(url.lastIndexOf('/') + 1))).toEqual(['quick.js']);
      expect({ argv, exitCode, stderr }).toEqual({ argv, exitCode: 0, stderr: '' });
    }
  });
});
