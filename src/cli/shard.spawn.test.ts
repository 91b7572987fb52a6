import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonReportV1 } from '../report/json.js';

/* The built command, reading a project in parts. */

const BIN = fileURLToPath(new URL('../../bin/mi-audit.js', import.meta.url));

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'mi-audit-shard-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), content);
  }
}

async function run(...argv: readonly string[]): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [BIN, ...argv], { cwd });
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, ...printed };
}

const SHOP = {
  'package.json': JSON.stringify({
    scripts: { start: 'node server.js' },
    dependencies: { express: '^5.0.0', 'express-session': '^1.18.0' },
  }),
  'server.js': "const { sessions } = require('./sessions');\nrequire('express')().use(sessions()).listen(3000);\n",
  'sessions.js': "const session = require('express-session');\nexports.sessions = () => session({ secret: 'x' });\n",
  'broken.js': 'const = 1;\n',
  'min.min.js': `${'a(b,c);'.repeat(1000)}\n`,
  '.gitignore': 'facts-*\n',
};

describe('a project that is read in parts', () => {
  it('gives the same report, whichever way it is cut', async () => {
    write(SHOP);
    const whole = await run('--format', 'json', '--show-safe');
    expect((JSON.parse(whole.stdout) as JsonReportV1).findings.map(({ ruleId }) => ruleId)).toContain(
      'in-memory-session',
    );
    for (const count of [1, 3]) {
      const names = Array.from({ length: count }, (_, index) => `facts-${index + 1}`);
      for (const [index, name] of names.entries()) {
        const { exitCode, stdout, stderr } = await run('--shard', `${index + 1}/${count}`, '--output', name);
        expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
        expect(stderr).toMatch(new RegExp(`^mi-audit: \\d of 4 files are read into ${name}\\.\n$`));
      }
      expect(await run('merge', ...names, '--format', 'json', '--show-safe')).toEqual(whole);
    }
  });

  it('is read further where something came later', async () => {
    write(SHOP);
    await run('--shard', '1/1', '--output', 'facts-1');
    write({ 'sessions.js': 'exports.sessions = () => (req, res, next) => next();\n' });
    const merged = await run('merge', 'facts-1', '--format', 'json');
    expect(merged).toEqual(await run('--format', 'json'));
  });
});

describe('a mistake', () => {
  it.each([
    [
      ['--shard', '3/2', '--output', 'f'],
      "option '--shard <part>' argument '3/2' is invalid. Say which part of how many",
    ],
    [['--shard', 'half', '--output', 'f'], 'Say which part of how many, as in 1/4.'],
    [['--shard', '1/2'], '--shard writes a file, and is not told which.'],
    [['--shard', '1/2', '--output', 'no/f'], 'there is no folder no'],
    [['merge', 'facts-9'], 'no such file: facts-9.'],
    [['merge', 'package.json'], 'package.json holds no facts that this tool can use.'],
  ])('in %j is told in a line', async (argv, message) => {
    write(SHOP);
    const { exitCode, stdout, stderr } = await run(...argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
