import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defineConfig } from '../model/define-config.js';
import { UserError } from '../model/user-error.js';
import { configHints, type ConfigOptions, loadConfig, scopesOf } from './index.js';
import { schemaFor } from './schema.js';

const RULES = ['in-memory-session', 'migration-at-boot', 'unguarded-cron'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mi-audit-layers-'));
  mkdirSync(path.join(folder, '.git'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, unknown>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

function loaded(more: Partial<ConfigOptions> = {}) {
  return loadConfig({ cwd: folder, ruleIds: RULES, cli: {}, ...more });
}

async function mistake(more: Partial<ConfigOptions> = {}): Promise<string> {
  const error = await loaded(more).catch((reason: unknown) => reason);
  if (!(error instanceof UserError)) throw error;
  return [error.message, error.hint].filter(Boolean).join(' ');
}

describe('a configuration that builds upon others', () => {
  it('takes files and packages, and says where each value comes from', async () => {
    write({
      '.mi-auditrc.json': {
        extends: ['@acme/mi-audit-config', './base.yaml'],
        rules: { 'unguarded-cron': 'error' },
        ignores: ['own'],
      },
      'base.yaml':
        'extends: ./deeper.json\nfailOn: error\nrules: { unguarded-cron: "off", migration-at-boot: info }\nignores: [base]\n',
      'deeper.json': { failOn: 'never', minConfidence: 'low', baseline: 'known.json' },
      'node_modules/@acme/mi-audit-config/package.json': { name: '@acme/mi-audit-config', main: 'main.cjs' },
      'node_modules/@acme/mi-audit-config/main.cjs':
        'module.exports = { guards: ["@acme/locks#once"], failOn: "info" };',
    });
    const { config, origins } = await loaded({ cli: { minConfidence: 'high' } });
    expect(config).toMatchObject({
      rules: { 'unguarded-cron': 'error', 'migration-at-boot': 'info' },
      failOn: 'error',
      minConfidence: 'high',
      baseline: path.join(folder, 'known.json'),
      ignores: ['base', 'own'],
      guards: ['@acme/locks#once'],
    });
    expect(origins).toEqual({
      'guards[0]': 'node_modules/@acme/mi-audit-config/main.cjs',
      baseline: 'deeper.json',
      failOn: 'base.yaml',
      minConfidence: 'command line',
      'rules.migration-at-boot': 'base.yaml',
      'rules.unguarded-cron': '.mi-auditrc.json',
      'ignores[0]': 'base.yaml',
      'ignores[1]': '.mi-auditrc.json',
    });
  });

  it('takes one that two others build upon once', async () => {
    write({
      '.mi-auditrc.json': { extends: ['./a.json', './b.json'] },
      'a.json': { extends: './c.json' },
      'b.json': { extends: './c.json' },
      'c.json': { ignores: ['once'] },
    });
    expect((await loaded()).config.ignores).toEqual(['once']);
  });

  it('says when it goes in a circle, and which file holds a mistake', async () => {
    write({
      '.mi-auditrc.json': { extends: './a.json' },
      'a.json': { extends: './b.json' },
      'b.json': { extends: './a.json' },
    });
    expect(await mistake()).toBe('a.json extends itself: a.json → b.json → a.json. Take one of them out of "extends".');
    write({ 'a.json': { failon: 'error' } });
    expect(await mistake()).toBe('a.json: unknown key "failon". Did you mean "failOn"?');
  });
});

describe('kinds of configurations', () => {
  it.each([
    [
      { '.mi-auditrc.js': 'throw new Error("was run")' },
      '.mi-auditrc.js is a program, and --config-format allows json, yaml only.',
    ],
    [
      { '.mi-auditrc.json': { extends: './x.ts' }, 'x.ts': 'throw 1' },
      'x.ts is a program, and --config-format allows json, yaml only.',
    ],
    [
      { '.mi-auditrc.json': { plugins: ['./p.js'] }, 'p.js': 'throw 1' },
      '.mi-auditrc.json: plugins are programs, and --config-format allows json, yaml only.',
    ],
  ])('that are programs are refused where only data is allowed: %j', async (files, said) => {
    write(files);
    expect(await mistake({ kinds: new Set(['json', 'yaml']) })).toContain(said);
  });

  it('that are data are read, and none is where none is wanted', async () => {
    write({ 'mi-audit.config.jsonc': '// why\n{ "failOn": "never", }' });
    expect((await loaded({ kinds: new Set(['json', 'yaml']) })).config.failOn).toBe('never');
    expect((await loaded({ explicit: false })).config.failOn).toBe('warning');
  });
});

describe('a configuration in TypeScript', () => {
  it('is typed by defineConfig, whether or not the tool is installed beside it', async () => {
    write({
      'mi-audit.config.ts':
        "import { defineConfig } from 'mi-audit';\nexport default defineConfig({ failOn: 'never' });\n",
    });
    expect((await loaded()).config.failOn).toBe('never');
    expect(readdirSync(folder).sort()).toEqual(['.git', 'mi-audit.config.ts']);
  });

  it('has a type with the keys that the schema knows', () => {
    const all: Required<Parameters<typeof defineConfig>[0]> = {
      $schema: '',
      extends: [],
      rules: {},
      overrides: [],
      failOn: 'error',
      minConfidence: 'high',
      maxWarnings: 0,
      enforce: [],
      baseline: 'b',
      ignores: [],
      guards: [],
      sharedStores: [],
      plugins: [],
      knowledge: {},
      migrations: {},
      deployment: { instances: 2 },
    };
    expect(Object.keys(all).sort()).toEqual(Object.keys(schemaFor(RULES).shape).sort());
    expect(schemaFor(RULES).safeParse(defineConfig(all)).success).toBe(true);
  });
});

describe('configurations further down', () => {
  const FILES = [
    'package.json',
    'packages/a/.mi-auditrc.json',
    'packages/a/src/locks.js',
    'packages/a/b/package.json',
    'packages/c/.config/mi-auditrc',
  ];

  async function scopes(more: Partial<Parameters<typeof scopesOf>[0]> = {}) {
    const { config, file } = await loaded();
    return scopesOf({ root: folder, files: FILES, cwd: folder, main: file, config, ruleIds: RULES, ...more });
  }

  it('count alone for the files of their folders', async () => {
    write({
      'package.json': { 'mi-audit': { ignores: ['x'], failOn: 'error' } },
      'packages/a/.mi-auditrc.json': {
        rules: { 'unguarded-cron': 'off' },
        overrides: [{ files: 'src/**', rules: { 'migration-at-boot': 'info' } }],
        ignores: ['gen'],
        guards: ['src/locks.js#once', '@acme/locks#once'],
        failOn: 'never',
      },
      'packages/a/b/package.json': { name: 'b', devDependencies: { 'mi-audit': '1' } },
      'packages/c/.config/mi-auditrc': 'minConfidence: low\n',
    });
    const { config, ignoresMore, notes } = await scopes();
    expect(config.scopes).toEqual([
      {
        folder: 'packages/a',
        rules: { 'unguarded-cron': 'off' },
        overrides: [{ files: ['packages/a/src/**'], rules: { 'migration-at-boot': 'info' } }],
        minConfidence: 'medium',
      },
      { folder: 'packages/c', rules: {}, overrides: [], minConfidence: 'low' },
    ]);
    expect(config).toMatchObject({
      failOn: 'error',
      ignores: ['x', 'packages/a/gen'],
      guards: ['packages/a/src/locks.js#once', '@acme/locks#once'],
    });
    expect(ignoresMore).toBe(true);
    expect(notes.map(({ message }) => message)).toEqual([
      'packages/a/.mi-auditrc.json: "failOn" counts for a run as a whole, and not when it begins above this folder.',
    ]);
  });

  it('are not there most of the time', async () => {
    write({ 'package.json': { 'mi-audit': {} }, 'packages/a/b/package.json': {} });
    expect(await scopes()).toMatchObject({ ignoresMore: false, notes: [] });
  });
});

describe('what does nothing', () => {
  it('is told', async () => {
    write({
      '.mi-auditrc.json': {
        rules: { 'unguarded-cron': 'off' },
        enforce: ['unguarded-cron'],
        overrides: [{ files: ['src/**', 'old/**'], rules: {} }],
      },
    });
    const { config } = await loaded();
    const hints = configHints(config, { files: ['src/a.js'], unmatchedIgnores: ['gone/**'], where: 'rc' });
    expect(hints.map(({ message }) => message)).toEqual([
      'rc: "ignores" names gone/**, which leaves out nothing. Remove it.',
      'rc: "overrides" names old/**, which matches no file.',
      'rc: "enforce" names unguarded-cron, which "rules" switches off.',
    ]);
  });
});
