import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../test/catalogue.js';
import { main } from './index.js';

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const stream = (take: (text: string) => void) => ({
    isTTY: false,
    write: (text: string, done?: unknown) => {
      take(text);
      if (typeof done === 'function') done();
      return true;
    },
  });
  const io = {
    stdin: process.stdin,
    stdout: stream((text) => {
      out += text;
    }),
    stderr: stream((text) => {
      err += text;
    }),
    cwd: path.join(ROOT, 'fixtures', 'apps', 'express-shop'),
    env: {},
    now: () => 0,
  };
  const code = await main(argv, io as never);
  return { code, out, err };
}

describe('mi-audit settings', () => {
  it('tells what a second instance of a shop needs', async () => {
    const { code, out } = await run('settings');
    expect(out).toContain('REDIS_URL=<value>');
    expect(out).toMatch(/decides\s+in-memory-session \S+:\d+/);
    expect(code).toBe(0);
  });

  it('prints it for programs', async () => {
    const { out } = await run('settings', '.', '--format', 'json');
    const sheet = JSON.parse(out) as { version: number; set: { choices: { name: string }[][] }[] };
    expect(sheet.version).toBe(1);
    expect(sheet.set.flatMap(({ choices }) => choices.flat().map(({ name }) => name))).toContain('REDIS_URL');
  });

  it('knows no other formats', async () => {
    const { code, err } = await run('settings', '--format', 'sarif');
    expect(code).toBe(2);
    expect(err).toContain('text, markdown, json, env');
  });

  it('says which folder is not there', async () => {
    const { code, err } = await run('settings', 'nowhere');
    expect(code).toBe(2);
    expect(err).toContain('nowhere');
  });
});
