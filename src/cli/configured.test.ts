import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonReportV1 } from '../report/json.js';
import { type Io, main, type Stream } from './index.js';

/* The configuration as it acts on a whole run, through the real pipeline. */

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'mi-audit-configured-'));
  mkdirSync(join(cwd, '.git'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

function write(files: Readonly<Record<string, unknown>>): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

async function run(argv: readonly string[], folder = cwd) {
  const printed = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr'): Stream => ({
    write(text, done) {
      printed[name] += text;
      done?.();
    },
  });
  const io: Io = { stdout: stream('stdout'), stderr: stream('stderr'), cwd: folder, env: {}, now: () => 0 };
  return { exitCode: await main(argv, io), ...printed };
}

async function audit(folder = cwd, ...argv: readonly string[]) {
  const { stdout, stderr, exitCode } = await run([...argv, '--format', 'json'], folder);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as JsonReportV1;
  return {
    exitCode,
    spots: report.findings.map(({ file, severity, ruleId }) => `${severity} ${ruleId} ${file}`),
    notes: report.problems.filter(({ kind }) => kind === 'configuration').map(({ message }) => message),
  };
}

const JOB = "require('node-cron').schedule('* * * * *', () => fetch('http://x', { method: 'POST' }));\n";
const manifest = (main: string) => ({ scripts: { start: `node ${main}` }, dependencies: { 'node-cron': '3' } });
const CRON = 'error unguarded-cron';

describe('severities for some files', () => {
  it('win over those for all, and the last one wins', async () => {
    write({
      'package.json': manifest('server.js'),
      'server.js': "require('./legacy/a'); require('./legacy/b');\n",
      'legacy/a.js': JOB,
      'legacy/b.js': JOB,
      '.mi-auditrc.json': {
        rules: { 'unguarded-cron': 'off' },
        overrides: [
          { files: 'legacy/*.js', rules: { 'unguarded-cron': 'info' } },
          { files: ['**/b.js'], rules: { 'unguarded-cron': 'error' } },
        ],
      },
    });
    expect((await audit()).spots).toEqual(['info unguarded-cron legacy/a.js', `${CRON} legacy/b.js`]);
    expect((await audit(cwd, '--no-config')).spots).toEqual([`${CRON} legacy/a.js`, `${CRON} legacy/b.js`]);
  });
});

describe('a monorepo', () => {
  it('judges a package by its own configuration, from above and from within', async () => {
    write({
      'package.json': { private: true, workspaces: ['packages/*'] },
      '.mi-auditrc.json': { rules: { 'unguarded-cron': 'warning' }, ignores: ['nowhere/**'] },
      'packages/a/package.json': { name: 'a', ...manifest('index.js') },
      'packages/a/index.js': JOB,
      'packages/b/package.json': { name: 'b', ...manifest('index.js') },
      'packages/b/index.js': JOB,
      'packages/b/old/x.js': JOB,
      'packages/b/mi-audit.config.js':
        "module.exports = { rules: { 'unguarded-cron': 'info' }, ignores: ['old'], failOn: 'info' };\n",
    });
    const above = await audit();
    expect(above).toEqual({
      exitCode: 1,
      spots: ['warning unguarded-cron packages/a/index.js', 'info unguarded-cron packages/b/index.js'],
      notes: [
        '.mi-auditrc.json: "ignores" names nowhere/**, which leaves out nothing. Remove it.',
        'packages/b/mi-audit.config.js: "failOn" counts for a run as a whole, and not when it begins above this folder.',
      ],
    });
    expect((await audit(join(cwd, 'packages/b'))).spots).toEqual(['info unguarded-cron index.js']);
    expect((await audit(cwd, '--config', '.mi-auditrc.json')).spots).toEqual([
      'warning unguarded-cron packages/a/index.js',
      'warning unguarded-cron packages/b/index.js',
      'warning unguarded-cron packages/b/old/x.js',
    ]);
    const refused = await run(['--config-format', 'json,yaml']);
    expect(refused).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/^mi-audit: packages\/b\/mi-audit\.config\.js is a program, .*\n$/),
    });
  });
});

describe('mi-audit config', () => {
  beforeEach(() => {
    write({
      'mi-audit.json': { failOn: 'error' },
      '.mi-auditrc.yaml': 'extends: ./mi-audit.json\nrules: { unguarded-cron: info }\nignores: [gen]\n',
      'packages/b/.mi-auditrc.json': { overrides: [{ files: '*.js', rules: { 'unguarded-cron': 'off' } }] },
    });
  });

  it('shows what is in force, and where it is said', async () => {
    const { exitCode, stdout } = await run(['config']);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      [
        'In force (.mi-auditrc.yaml):',
        'failOn                error   mi-audit.json',
        'minConfidence         medium  default',
        'ignores[0]            gen     .mi-auditrc.yaml',
        'rules.unguarded-cron  info    .mi-auditrc.yaml',
        '',
      ].join('\n'),
    );
    expect((await run(['config', '--no-config'])).stdout).toContain('In force (no configuration was found):');
  });

  it('shows it for a file', async () => {
    const shown = async (file: string) =>
      (
        JSON.parse((await run(['config', file, '--format', 'json'])).stdout) as { values: { key: string }[] }
      ).values.find(({ key }) => key === 'rules.unguarded-cron');
    expect(await shown('a.js')).toEqual({ key: 'rules.unguarded-cron', value: 'info', origin: '.mi-auditrc.yaml' });
    expect(await shown('packages/b/x.js')).toEqual({
      key: 'rules.unguarded-cron',
      value: 'off',
      origin: 'packages/b/.mi-auditrc.json (overrides[0])',
    });
    expect(await shown('packages/b/src/x.js')).toMatchObject({ value: 'error', origin: 'default' });
    expect(await run(['config', '../x.js'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('not below'),
    });
  });
});
