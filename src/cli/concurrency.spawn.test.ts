import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/* The built command, with several threads that read. */

const BIN = fileURLToPath(new URL('../../bin/mi-audit.js', import.meta.url));
const APP = fileURLToPath(new URL('../../fixtures/apps/nest-clinic', import.meta.url));

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'mi-audit-threads-'));
  cpSync(APP, join(cwd, 'app'), { recursive: true });
  // What is said of files must come from every thread alike, and in the order of the files.
  for (const at of [1, 2, 3]) writeFileSync(join(cwd, 'app', 'src', `broken${at}.ts`), `const = ${at};\n`);
  // More than a batch, so that several threads have something to do.
  const text = `export const text = '${'x'.repeat(200)}';\n`.repeat(800);
  for (const at of [1, 2, 3, 4, 5, 6]) writeFileSync(join(cwd, 'app', 'src', `large${at}.ts`), text);
});
afterEach(() => rmSync(cwd, { recursive: true }));

async function run(...argv: readonly string[]): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [BIN, ...argv], { cwd: join(cwd, 'app') });
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, ...printed };
}

const REPORT = ['--format', 'json', '--show-safe', '--min-confidence', 'low'];

describe('several threads', () => {
  it('give the same report as one, byte for byte, and leave a cache that is as good', async () => {
    const alone = await run(...REPORT, '--no-cache', '--concurrency', 'off');
    expect(alone.exitCode).toBe(1);
    expect(JSON.parse(alone.stdout).problems).toHaveLength(3);
    expect(JSON.parse(alone.stdout).findings.length).toBeGreaterThan(2);
    for (const threads of ['1', '2', '4']) {
      const cache = join(cwd, `cache-${threads}`);
      const asked = [...REPORT, '--cache-dir', cache, '--timings', '--concurrency', threads];
      const fresh = await run(...asked);
      expect(untimed(fresh.stdout)).toBe(untimed(alone.stdout));
      expect(/^take over/m.test(fresh.stderr), threads).toBe(threads !== '1');
      expect(readdirSync(join(cache, 'facts')).length > 1, threads).toBe(threads !== '1');

      rmSync(join(cache, 'answers'), { recursive: true });
      const again = await run(...asked);
      expect(untimed(again.stdout)).toBe(untimed(alone.stdout));
      expect(again.stderr).not.toMatch(/^parse/m);
    }
  });

  it('are not started where the process may start none', async () => {
    const { stdout } = await run(...REPORT, '--no-cache');
    const permitted = ['--experimental-permission', '--allow-fs-read=*', '--allow-fs-write=*'];
    const flags = process.allowedNodeEnvironmentFlags.has('--permission')
      ? ['--permission', ...permitted.slice(1)]
      : permitted;
    const child = spawn(process.execPath, [...flags, BIN, ...REPORT, '--no-cache', '--concurrency', '4'], {
      cwd: join(cwd, 'app'),
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    await new Promise((resolve) => child.on('close', resolve));
    expect(printed).toBe(stdout);
  });

  it.each(['0', '-1', 'two', '1.5'])('cannot be %s', async (asked) => {
    const { exitCode, stderr } = await run('--concurrency', asked);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Say a number of threads from 1 on, auto or off.');
  });
});

function untimed(report: string): string {
  const { timings: _, ...rest } = JSON.parse(report) as Record<string, unknown>;
  return JSON.stringify(rest);
}
