import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { marked } from 'marked';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './catalogue.js';

/* What docs/plugins.md and docs/api.md show is written to the files that they name, checked by the compiler, and run. */

const env = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|FORCE_COLOR|NODE_ENV|NODE_OPTIONS|VITEST)/i.test(name)),
  ),
  NO_COLOR: '1',
};

let folder: string;

function node(args: readonly string[], cwd = folder) {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' });
  return { stdout, stderr, status };
}

/** The files of a page, a later block in the place of an earlier one. */
function filesOf(page: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const token of marked.lexer(readFileSync(path.join(ROOT, 'docs', page), 'utf8'))) {
    const title = token.type === 'code' ? /title="([^"]+)"/.exec(String(token.lang))?.[1] : undefined;
    if (title !== undefined && token.type === 'code') files.set(title, `${token.text}\n`);
  }
  return files;
}

function write(files: ReadonlyMap<string, string>): void {
  for (const [name, text] of files) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mi-audit-page-'));
  mkdirSync(path.join(folder, '.git'));
  mkdirSync(path.join(folder, 'node_modules', '@types'), { recursive: true });
  symlinkSync(ROOT, path.join(folder, 'node_modules', 'mi-audit'), 'junction');
  symlinkSync(path.join(ROOT, 'node_modules/@types/node'), path.join(folder, 'node_modules/@types/node'), 'junction');
  write(
    new Map([
      ['package.json', '{ "name": "shop", "type": "module", "scripts": { "start": "node server.js" } }'],
      [
        'server.js',
        [
          "import { forget } from '@acme/tenants';",
          "import express from 'express';",
          'const app = express();',
          '// @one-instance',
          'function drop(request, response) {',
          '  response.send(forget(request.query.id));',
          '}',
          "app.post('/', drop);",
          'app.listen(3000);',
          '',
        ].join('\n'),
      ],
    ]),
  );
  write(filesOf('plugins.md'));
  write(filesOf('api.md'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what docs/plugins.md shows', () => {
  it('is all that it speaks of', () => {
    expect([...filesOf('plugins.md').keys()].length).toBeGreaterThan(8);
  });

  it('is sound for the compiler, as is what docs/api.md shows', () => {
    const modules = [...filesOf('plugins.md').keys(), ...filesOf('api.md').keys()].filter(
      (file) => /\.m?js$/.test(file) && !file.includes('fixtures'),
    );
    const flags = ['--noEmit', '--allowJs', '--checkJs', '--strict', '--skipLibCheck', '--module', 'nodenext'];
    const compiler = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const checked = node([compiler, ...flags, '--target', 'es2022', '--types', 'node', ...modules]);
    expect(checked.stdout).toBe('');
  });

  it('passes its own tests', () => {
    const tested = node(['--test', 'lint/test/tenant-cache.test.js']);
    expect(tested.stdout).toMatch(/(# |ℹ )pass 3\b/);
    expect(tested.status).toBe(0);
  });

  it('finds what it is about', () => {
    const { stdout, stderr } = node([path.join(ROOT, 'bin', 'mi-audit.js'), '--format', 'json', '.']);
    expect(stderr).toBe('');
    const { findings } = JSON.parse(stdout) as {
      findings: { ruleId: string; file: string; line: number; severity: string }[];
    };
    expect(
      findings
        .filter(({ ruleId }) => ruleId.startsWith('acme/'))
        .map((one) => `${one.file}:${one.line} ${one.ruleId} ${one.severity}`),
    ).toEqual(['server.js:5 acme/annotated info', 'server.js:6 acme/tenant-cache error']);
  });

  it('includes knowledge that can be loaded', () => {
    const config = '{ "plugins": ["./lint/knowledge.js"] }';
    writeFileSync(path.join(folder, 'knowing.json'), config);
    const run = node([path.join(ROOT, 'bin', 'mi-audit.js'), '--config', 'knowing.json', '--only', 'unguarded-cron']);
    expect(run).toMatchObject({ stderr: '', status: 0 });
  });
});

describe('what docs/api.md shows', () => {
  it('runs', () => {
    const { stdout, stderr, status } = node(['audit.mjs']);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\d+ blockers, exit code [01], with SARIF$/m);
    expect(status).toBe(0);
  });
});
