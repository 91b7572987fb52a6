import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, ruleFolders } from './catalogue.js';

const APP = {
  'package.json': '{ "name": "guest-book", "private": true, "scripts": { "start": "node src/server.js" } }\n',
  'src/server.js': [
    "const express = require('express');",
    "const session = require('express-session');",
    '',
    'const app = express();',
    'app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false }));',
    "app.post('/name', (request, response) => {",
    '  request.session.name = request.query.name;',
    '  response.sendStatus(204);',
    '});',
    'app.listen(process.env.PORT);',
    '',
  ].join('\n'),
};

const PLUGIN = `
import { defineRule, type Rule } from 'mi-audit';
import { audit, type JsonReportV1, UserError } from 'mi-audit/audit';
import { defineCollector, definePlugin, type Plugin } from 'mi-audit';
import { checkFiles, checkFixture, testFixtures } from 'mi-audit/rule-tester';

export const plugin: Plugin = definePlugin({
  name: 'own',
  rules: [],
  collectors: [defineCollector({ name: 'none', version: 1, collect: ({ root }, emit) => emit(root, root.kind) })],
  knowledge: { effects: [{ api: '@acme/pager:page', kind: 'mail' }] },
});
export const reported = async (): Promise<JsonReportV1 | string> => {
  try {
    return (await audit({ paths: ['src'], plugins: [plugin] })).report;
  } catch (error) {
    return error instanceof UserError ? String(error.hint) : '';
  }
};
export const further = [checkFiles, testFixtures];
export const rule: Rule = defineRule({
  meta: { id: 'always', title: 'Anything', category: 'state', severity: 'info', triggers: ['restart'] },
  check({ program }) {
    const count: number = program.units.length;
    if (count < 0) throw new Error();
  },
});
export const checked: Promise<void> = checkFixture('.', [rule]);
`;

/** Other npm settings of the run that starts the tests (\`npm test\` sets some) must not leak into the one under test. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_|^(FORCE_COLOR|NODE_ENV)$/i.test(name)),
);

describe('the packed package, installed into an empty folder', () => {
  let folder: string;
  let contents: string[];
  let size: number;
  let unpackedSize: number;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mi-audit-package-'));
    const packed = npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], ROOT);
    ({ size, unpackedSize } = JSON.parse(packed)[0]);
    contents = (JSON.parse(packed)[0].files as { path: string }[]).map((file) => file.path);
    for (const [file, text] of Object.entries(APP)) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
    npm(['pack', '--ignore-scripts', '--pack-destination', folder], path.join(ROOT, 'test', 'plugin-acme'));
    const tarballs = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
    expect(tarballs).toHaveLength(2);
    npm(['install', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs.map((file) => `./${file}`)], folder);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is within its budget', () => {
    expect(size).toBeLessThanOrEqual(1.25 * 1024 * 1024);
    expect(unpackedSize).toBeLessThanOrEqual(4.5 * 1024 * 1024);
  });

  it('finds the hazard of the application beside it, and exits with 1', () => {
    const run = npx(['mi-audit', './src'], folder);
    expect(run.stdout).toContain('in-memory-session');
    expect(run.stdout).toContain('src/server.js:5');
    expect(run.stderr).toBe('');
    expect(run.status).toBe(1);
  });

  it('holds the page of every rule, and explains it', () => {
    const pages = path.join(folder, 'node_modules', 'mi-audit', 'rules');
    expect(ruleFolders.filter((id) => !existsSync(path.join(pages, id, 'README.md')))).toEqual([]);
    const run = npx(['mi-audit', 'explain', ruleFolders.at(-1) as string], folder);
    expect(run.stdout).toContain(ruleFolders.at(-1));
    expect(run.status).toBe(0);
  });

  it('gives rule authors a typed API that works', () => {
    writeFileSync(path.join(folder, 'plugin.mts'), PLUGIN);
    const compiler = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const flags = ['--module', 'nodenext', '--target', 'es2022', '--strict', 'plugin.mts'];
    const compiled = spawnSync(process.execPath, [compiler, ...flags], { cwd: folder, env, encoding: 'utf8' });
    expect(compiled.stdout).toBe('');
    const load = "const { rule, checked } = await import('./plugin.mjs'); await checked; console.log(rule.meta.id);";
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', load], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    expect(run.stdout.trim()).toBe('always');
  });

  it('takes a plugin that is installed beside it', () => {
    const config = path.join(folder, 'with-plugin.json');
    writeFileSync(config, '{ "plugins": ["mi-audit-plugin-acme"], "ignores": ["node_modules/**"] }');
    writeFileSync(
      path.join(folder, 'src', 'flags.js'),
      [
        "const { override } = require('@acme/flags');",
        "const app = require('express')();",
        "app.post('/flag', (request, response) => response.send(override('a', request.query.a)));",
        'app.listen(3001);',
        '',
      ].join('\n'),
    );
    const run = npx(
      ['mi-audit', '--config', 'with-plugin.json', '--only', 'acme/local-flag-override', '--quiet'],
      folder,
    );
    expect(run.stdout).toContain('src/flags.js:3');
    expect(run.stderr).toBe('');
    expect(run.status).toBe(1);
    rmSync(path.join(folder, 'src', 'flags.js'));
  });

  it('holds what runs, the pages and the schema, and nothing else', () => {
    const expected =
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|schema\.json|bin\/mi-audit\.js|rules\/[a-z0-9-]+\/README\.md|dist\/build\.json|dist\/lib\/(licenses\.txt|[\w.-]+\.js)|dist\/types\/src\/.*(?<!\.test)\.d\.ts)$/;
    expect(contents.filter((file) => !expected.test(file))).toEqual([]);
    expect(contents).toEqual(
      expect.arrayContaining([
        'README.md',
        'LICENSE',
        'schema.json',
        'dist/types/src/api/index.d.ts',
        'dist/lib/licenses.txt',
      ]),
    );
    expect(
      existsSync(path.join(folder, 'node_modules', 'typescript')),
      'a runtime dependency that is for development only',
    ).toBe(false);
  });
});

function npm(args: string[], cwd: string): string {
  return execFileSync('npm', args, {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
}

function npx(args: string[], cwd: string) {
  return spawnSync('npx', ['--no-install', '--loglevel=error', ...args], {
    cwd,
    env: { ...env, NO_COLOR: '1' },
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
}
