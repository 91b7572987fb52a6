import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '../model/config.js';
import { UserError } from '../model/user-error.js';
import { checked } from './checked.js';
import { loadConfig } from './index.js';
import { SILENT } from './said.js';
import { configSchema } from './schema.js';

const RULES = ['in-memory-session', 'migration-at-boot', 'unguarded-cron'];
const DEFAULTS = {
  rules: {},
  only: [],
  failOn: 'warning',
  minConfidence: 'medium',
  ignores: [],
  guards: [],
  sharedStores: [],
  knowledge: {},
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mi-audit-config-'));
  // The search ends here, whatever lies above the temporary folder.
  mkdirSync(path.join(folder, '.git'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function loaded(options: { explicit?: string; cli?: Partial<Config>; from?: string } = {}) {
  const { from = '.', cli = {}, ...rest } = options;
  return loadConfig({ cwd: path.join(folder, from), ruleIds: RULES, cli, ...rest });
}

/** The one line that the user would see. */
async function mistake(options: Parameters<typeof loaded>[0] = {}): Promise<string> {
  try {
    await loaded(options);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [error.message, error.hint].filter((part) => part !== undefined).join(' ');
  }
  throw new Error('nothing was wrong');
}

describe('where the configuration is found', () => {
  it('needs none', async () => {
    expect(await loaded()).toEqual({ config: DEFAULTS, origins: {} });
  });

  const json = '{ "failOn": "error" }';
  const yaml = 'failOn: error\n';
  it.each([
    ['package.json', '{ "name": "app", "mi-audit": { "failOn": "error" } }'],
    ['.mi-auditrc', json],
    ['.mi-auditrc', `{\n\t"failOn":\t"error"\n}`],
    ['.mi-auditrc', yaml],
    ['.mi-auditrc.json', `\ufeff// why\r\n{ "failOn": "error", }`],
    ['.mi-auditrc.yaml', yaml],
    ['.mi-auditrc.yml', yaml],
    ['.mi-auditrc.js', 'module.exports = { failOn: "error" };'],
    ['.mi-auditrc.cjs', 'module.exports = { failOn: "error" };'],
    ['.mi-auditrc.mjs', 'export default { failOn: "error" };'],
    ['.mi-auditrc.ts', 'const failOn: string = "error"; export default { failOn };'],
    ['.config/mi-auditrc', yaml],
    ['.config/mi-auditrc.json', json],
    ['.config/mi-auditrc.ts', 'export default { failOn: "error" as const };'],
    ['mi-audit.config.js', 'export default { failOn: "error" };'],
    ['mi-audit.config.cjs', 'module.exports = { failOn: "error" };'],
    ['mi-audit.config.mjs', 'export default { failOn: await Promise.resolve("error") };'],
    ['mi-audit.config.ts', 'interface C { failOn: string } export default { failOn: "error" } satisfies C;'],
  ])('in %s: %j', async (name, text) => {
    write({ [name]: text });
    const { config, file } = await loaded();
    expect({ config, file }).toEqual({ config: { ...DEFAULTS, failOn: 'error' }, file: path.join(folder, name) });
  });

  it('leaves nothing behind when it runs a file', async () => {
    write({ 'mi-audit.config.ts': 'export default { failOn: "error" as string };' });
    await loaded();
    expect(readdirSync(folder).sort()).toEqual(['.git', 'mi-audit.config.ts']);
  });

  it('above the working directory, up to the repository', async () => {
    write({ '.mi-auditrc': yaml, 'packages/app/package.json': '{ "name": "app" }', 'vendored/.git/HEAD': '' });
    expect((await loaded({ from: 'packages/app' })).config.failOn).toBe('error');
    expect((await loaded({ from: 'vendored' })).config.failOn).toBe('warning');
  });

  it('nearest first', async () => {
    write({ '.mi-auditrc': yaml, 'app/.mi-auditrc': 'failOn: never' });
    expect((await loaded({ from: 'app' })).config.failOn).toBe('never');
  });

  it('passes over a broken package.json, which discovery reports', async () => {
    write({ 'package.json': '{ "name": ', '.mi-auditrc': yaml });
    expect((await loaded()).config.failOn).toBe('error');
  });

  it('in the file that was named, and nowhere else', async () => {
    write({
      '.mi-auditrc': yaml,
      'ci/strict.json': '{ "failOn": "info" }',
      'empty.yml': '# nothing\n',
      'ci/rc': 'failOn: never',
    });
    expect(await loaded({ explicit: 'ci/strict.json' })).toEqual({
      config: { ...DEFAULTS, failOn: 'info' },
      file: path.join(folder, 'ci/strict.json'),
      origins: { failOn: 'ci/strict.json' },
    });
    expect((await loaded({ explicit: 'ci/rc' })).config.failOn).toBe('never');
    expect((await loaded({ explicit: 'empty.yml' })).config).toEqual(DEFAULTS);
  });
});

describe('what is written down, since asking the schema takes longer', () => {
  it('is what the schema says of an empty configuration', () => {
    expect(SILENT).toEqual(checked({}, 'nothing', RULES));
  });
});

describe('what is in force', () => {
  it('is the default, then the file, then the command line', async () => {
    write({
      '.mi-auditrc.json': JSON.stringify({
        $schema: './node_modules/mi-audit/schema.json',
        rules: { 'unguarded-cron': 'off', 'in-memory-session': 'info' },
        failOn: 'error',
        minConfidence: 'low',
        ignores: ['legacy/**'],
        guards: ['src/locks.ts#withLock', 'LeaderService.isLeader'],
        sharedStores: ['@acme/session-store'],
      }),
    });
    const cli = { only: ['unguarded-cron'], failOn: 'never', rules: { 'in-memory-session': 'error' } } as const;
    expect((await loaded({ cli })).config).toEqual({
      rules: { 'unguarded-cron': 'off', 'in-memory-session': 'error' },
      only: ['unguarded-cron'],
      failOn: 'never',
      minConfidence: 'low',
      ignores: ['legacy/**'],
      guards: ['src/locks.ts#withLock', 'LeaderService.isLeader'],
      sharedStores: ['@acme/session-store'],
      knowledge: {},
    });
  });

  it('is frozen throughout', async () => {
    write({ '.mi-auditrc.json': '{ "rules": { "unguarded-cron": "off" }, "ignores": ["a"] }' });
    const { config } = await loaded();
    for (const part of [config, config.rules, config.only, config.ignores]) expect(Object.isFrozen(part)).toBe(true);
  });

  it('does not count what a configuration in JavaScript leaves undefined', async () => {
    write({ 'mi-audit.config.js': 'export default { failOn: undefined, rules: { "unguarded-cron": undefined } };' });
    expect((await loaded()).config).toEqual(DEFAULTS);
  });
});

describe('mistakes are told in one line', () => {
  it.each([
    ['{ "failon": "error" }', 'unknown key "failon". Did you mean "failOn"?'],
    ['{ "rule": {} }', 'unknown key "rule". Did you mean "rules"?'],
    [
      '{ "severity": "x" }',
      'unknown key "severity". The keys are "$schema", "extends", "rules", "overrides", "failOn", "minConfidence", "maxWarnings", "enforce", "baseline", "ignores", "guards", "sharedStores", "plugins", "migrations", "knowledge" and "deployment".',
    ],
    ['{ "extends": 1 }', 'extends is 1, but must be a path, a package, or a list of these.'],
    [
      '{ "extends": "x" }',
      '"extends" names x, which cannot be found. Name a path that begins with ./ or ../, or a package that is installed.',
    ],
    [
      '{ "extends": "./x.json" }',
      '"extends" names ./x.json, and there is no such file. Name a path that begins with ./ or ../, or a package that is installed.',
    ],
    [
      '{ "overrides": [{ "files": 1, "rules": {} }] }',
      'overrides[0].files is 1, but must be a pattern, or a list of patterns.',
    ],
    ['{ "overrides": [{ "files": "a" }] }', 'overrides[0].rules is undefined, but must be an object.'],
    [
      '{ "overrides": [{ "files": "a", "rules": { "unguarded-corn": "off" } }] }',
      'unknown rule "unguarded-corn" in "overrides[0].rules". Did you mean "unguarded-cron"?',
    ],
    ['{ "deployment": { "instances": 0 } }', 'deployment.instances is 0, but must be a whole number from 1 on.'],
    [
      '{ "deployment": { "instances": { "web": "3" } } }',
      'deployment.instances is an object, but must be a whole number from 1 on, or an object of such numbers by the names of workloads: { "web": 3 }.',
    ],
    [
      '{ "deployment": { "strategy": "roling" } }',
      'deployment.strategy is "roling", but must be "rolling" or "recreate". Did you mean "rolling"?',
    ],
    ['{ "deployment": { "environment": { "A": 1 } } }', 'deployment.environment.A is 1, but must be a string.'],
    [
      '{ "deployment": { "environment": { "A-B": "1" } } }',
      'deployment.environment.A-B is "1", but its name must be that of a variable: letters, digits and underscores.',
    ],
    ['{ "deployment": { "replicas": 2 } }', 'unknown key "replicas" in deployment. schema.json lists the keys.'],
    [
      '{ "deployment": { "sharedVolumes": ["uploads/*"] } }',
      'deployment.sharedVolumes[0] is "uploads/*", but a pattern cannot stand for a folder.',
    ],
    ['{ "maxWarnings": -1 }', 'maxWarnings is -1, but must be 0 or more.'],
    ['{ "maxWarnings": 1.5 }', 'maxWarnings is 1.5, but must be a whole number.'],
    [
      '{ "enforce": ["unguarded-corn"] }',
      'enforce[0] is "unguarded-corn", but must be "in-memory-session", "migration-at-boot" or "unguarded-cron". Did you mean "unguarded-cron"?',
    ],
    [
      '{ "rules": { "unguarded-corn": "off" } }',
      'unknown rule "unguarded-corn" in "rules". Did you mean "unguarded-cron"?',
    ],
    ['{ "rules": { "no-console": "off" } }', 'unknown rule "no-console" in "rules". `mi-audit rules` lists them all.'],
    [
      '{ "rules": { "unguarded-cron": "warn" } }',
      'rules.unguarded-cron is "warn", but must be "error", "warning", "info" or "off". Did you mean "warning"?',
    ],
    [
      '{ "rules": { "unguarded-cron": 2 } }',
      'rules.unguarded-cron is 2, but must be "error", "warning", "info" or "off".',
    ],
    ['{ "rules": ["unguarded-cron"] }', 'rules is a list, but must be an object.'],
    [
      '{ "failOn": "Error" }',
      'failOn is "Error", but must be "error", "warning", "info" or "never". Did you mean "error"?',
    ],
    ['{ "failOn": null }', 'failOn is null, but must be "error", "warning", "info" or "never".'],
    ['{ "minConfidence": true }', 'minConfidence is true, but must be "high", "medium" or "low".'],
    ['{ "ignores": "legacy" }', 'ignores is "legacy", but must be a list.'],
    ['{ "ignores": ["a", 1] }', 'ignores[1] is 1, but must be a string.'],
    ['{ "ignores": [{}] }', 'ignores[0] is an object, but must be a string.'],
    ['{ "ignores": [""] }', 'ignores[0] is "", but must not be empty.'],
    ['{ "ignores": ["!keep"] }', 'ignores[0] is "!keep", but a pattern cannot be negated.'],
    ...[
      '*a*a*a*b',
      '**/a/**/a/**/a/**/b',
      '{1..999}{1..999}{1..999}',
      '+(a|+(a|+(a|b)))',
      '{a,b}/{a,b}/{a,b}/{a,b}/{a,b}',
    ].map((text): [string, string] => [
      JSON.stringify({ ignores: [text] }),
      `ignores[0] is "${text}", but has more wildcards than a pattern needs; make several of it.`,
    ]),
    ['{ "guards": "withLock" }', 'guards is "withLock", but must be a list.'],
    ['{ "guards": ["src/*#withLock"] }', 'guards[0] is "src/*#withLock", but a pattern cannot stand for a name.'],
    ['{ "sharedStores": [""] }', 'sharedStores[0] is "", but must not be empty.'],
    [
      '{ "sharedStores": ["src/store.ts#"] }',
      'sharedStores[0] is "src/store.ts#", but must name a file or package and, behind `#`, what it exports.',
    ],
    ['[]', 'the configuration is a list, but must be an object.'],
    ['"error"', 'the configuration is "error", but must be an object.'],
  ])('%s', async (text, words) => {
    write({ '.mi-auditrc.json': text });
    expect(await mistake()).toBe(`.mi-auditrc.json: ${words}`);
  });

  it('with the file as seen from the working directory, or the key of the manifest', async () => {
    write({ '.config/mi-auditrc.yml': 'failon: error', 'app/x': '' });
    expect(await mistake({ from: 'app' })).toBe(
      '../.config/mi-auditrc.yml: unknown key "failon". Did you mean "failOn"?',
    );
    write({ 'package.json': '{ "mi-audit": { "failon": 1 } }' });
    expect(await mistake()).toBe('package.json (key "mi-audit"): unknown key "failon". Did you mean "failOn"?');
    write({ 'package.json': '{ "mi-audit": null }' });
    expect(await mistake()).toBe('package.json (key "mi-audit"): the configuration is null, but must be an object.');
  });

  it('of a configuration in JavaScript that is no plain data', async () => {
    write({ 'mi-audit.config.js': 'export default () => ({});' });
    expect(await mistake()).toBe('mi-audit.config.js: the configuration is a function, but must be an object.');
  });

  const mend = 'Mend it, or choose another file with --config.';
  it.each([
    [
      '.mi-auditrc.json',
      '{\n  "failOn": "error"\n  "ignores": []\n}',
      '.mi-auditrc.json:3:3 is not valid JSON: comma expected.',
    ],
    ['.mi-auditrc.json', '{\n  failOn: "error"\n}', '.mi-auditrc.json:2:3 is not valid JSON: invalid symbol.'],
    ['.mi-auditrc.json', '{ "failOn": "error"', '.mi-auditrc.json:1:20 is not valid JSON: close brace expected.'],
    ['.mi-auditrc.yaml', 'failOn: error\nignores: [a\nrules: {}\n', '.mi-auditrc.yaml:3:1 is not valid YAML: '],
    ['.mi-auditrc', '{ "failOn": "error", ', '.mi-auditrc:1:22 is not valid YAML: '],
    [
      'mi-audit.config.ts',
      'export default {\n  failOn: ;\n};\n',
      'mi-audit.config.ts:2:11 cannot be understood: Unexpected token.',
    ],
    ['mi-audit.config.mjs', 'export default {\n', 'mi-audit.config.mjs:2:1 cannot be understood: Unexpected token.'],
    ['mi-audit.config.js', 'throw new Error("no\\nluck");', 'mi-audit.config.js failed when it was loaded: no.'],
    [
      'mi-audit.config.js',
      'import "not-installed"; export default {};',
      "mi-audit.config.js failed when it was loaded: Cannot find module 'not-installed'.",
    ],
  ])('%s that is broken: %j', async (name, text, words) => {
    write({ [name]: text });
    const said = await mistake();
    expect(said).toContain(words);
    expect(said.endsWith(` ${mend}`)).toBe(true);
    expect(said).not.toContain('\n');
  });

  it('of aliases that would unfold without end', async () => {
    const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(9)}]`);
    write({ '.mi-auditrc.yml': `l0: &l0 [a]\n${levels.join('\n')}\n` });
    expect(await mistake()).toMatch(/^\.mi-auditrc\.yml cannot be read: .*alias.* Mend it/);
  });

  it('of the file named on the command line', async () => {
    write({ 'ci.toml': 'failOn = "error"', 'package.json': '{ "name": "app" }' });
    expect(await mistake({ explicit: 'ci.json' })).toBe(
      'no such configuration file: ci.json. Name a file, relative to the working directory.',
    );
    expect(await mistake({ explicit: '.git' })).toBe(
      'no such configuration file: .git. Name a file, relative to the working directory.',
    );
    expect(await mistake({ explicit: 'ci.toml' })).toBe(
      'ci.toml is of no kind that can be read. A configuration file ends in .json, .jsonc, .yaml, .yml, .js, .cjs, .mjs, .ts, .mts, .cts.',
    );
    expect(await mistake({ explicit: 'package.json' })).toBe(
      'package.json has no "mi-audit" key, or is not valid JSON. Add the key, or name another file.',
    );
  });

  it('of the command line itself', async () => {
    expect(await mistake({ cli: { only: ['migration-on-boot'] } })).toBe(
      '--only names the unknown rule "migration-on-boot". Did you mean "migration-at-boot"?',
    );
    expect(await mistake({ cli: { failOn: 'fatal' as 'error' } })).toBe(
      'command line: failOn is "fatal", but must be "error", "warning", "info" or "never".',
    );
  });
});

describe('the JSON schema', () => {
  it('knows every rule and every key, and requires none', () => {
    expect(configSchema(RULES)).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'Configuration of mi-audit',
      type: 'object',
      additionalProperties: false,
      properties: {
        $schema: { type: 'string' },
        rules: {
          type: 'object',
          additionalProperties: false,
          properties: Object.fromEntries(
            RULES.map((id) => [id, { type: 'string', enum: ['error', 'warning', 'info', 'off'] }]),
          ),
        },
        failOn: { enum: ['error', 'warning', 'info', 'never'], default: 'warning' },
        minConfidence: { enum: ['high', 'medium', 'low'], default: 'medium' },
        ignores: { type: 'array', items: { type: 'string' } },
        guards: { type: 'array', items: { type: 'string' } },
        sharedStores: { type: 'array', items: { type: 'string' } },
      },
    });
    expect(configSchema(RULES)).not.toHaveProperty('required');
  });
});

describe('knowledge of packages', () => {
  it('is taken over, with what goes without saying filled in', async () => {
    write({
      '.mi-auditrc.json': JSON.stringify({
        knowledge: {
          keepers: [
            { concern: 'session', api: '@acme/session:', stores: ['store'], default: 'memory', note: 'kept in memory' },
          ],
          effects: [{ api: '@acme/mailer:Mailer().{send,sendLater}', kind: 'mail' }],
        },
      }),
    });
    const { config } = await loaded();
    expect(config.knowledge.keepers?.[0]).toMatchObject({ options: 0, source: 'the configuration' });
    expect(config.knowledge.effects?.[0]).toMatchObject({ writes: true });
  });

  it.each([
    [{ effects: [{ api: 'no path', kind: 'mail' }] }, 'knowledge.effects[0].api is "no path", but must be an API path'],
    [{ effects: [{ api: 'a:b', kind: 'post' }] }, 'knowledge.effects[0].kind is "post", but must be "database"'],
    [{ stores: [{ api: 'a:b', keep: 'shared', keeps: 'shared' }] }, 'unknown key "keep" in knowledge.stores[0]'],
    [{ keeper: [] }, 'unknown key "keeper" in knowledge'],
  ])('is checked: %o', async (knowledge, words) => {
    write({ '.mi-auditrc.json': JSON.stringify({ knowledge }) });
    expect(await mistake()).toContain(words);
  });
});

describe('plugins', () => {
  const plugin = (name: string, note: string) => `import { definePlugin } from 'mi-audit';
    export default definePlugin({
      name: '${name}',
      rules: [{
        meta: { id: 'local-clock', title: 'A clock', category: 'state', severity: 'warning', triggers: ['scale-out'] },
        check() {},
      }],
      knowledge: { stores: [{ api: '@acme/store:Store()', keeps: 'shared', note: '${note}' }] },
    });`;

  it('are found from the folder of the configuration, and their rules can be set', async () => {
    write({
      'lint/ours.js': plugin('acme', 'theirs'),
      '.mi-auditrc.json': '{ "plugins": ["./lint/ours.js"], "rules": { "acme/local-clock": "error" } }',
      'src/a.js': '',
    });
    const { config, plugins } = await loaded({ from: 'src', cli: { only: ['acme/local-clock'] } });
    expect(plugins?.map(({ name }) => name)).toEqual(['acme']);
    expect(config).toMatchObject({ rules: { 'acme/local-clock': 'error' }, only: ['acme/local-clock'] });
    expect(config).not.toHaveProperty('plugins');
  });

  it('add what they know behind what the user says', async () => {
    write({
      'one.js': plugin('one', 'first'),
      'two.js': plugin('two', 'second'),
      '.mi-auditrc.json':
        '{ "plugins": ["./one.js", "./two.js"], "knowledge": { "stores": [{ "api": "a:b", "keeps": "memory" }] } }',
    });
    const { config } = await loaded();
    expect(config.knowledge.stores?.map(({ api, note }) => note ?? api)).toEqual(['a:b', 'first', 'second']);
    expect(config.knowledge.stores?.[1]?.source).not.toBe('');
  });

  it.each([
    ['{ "plugins": "./one.js" }', '.mi-auditrc.json: plugins is "./one.js", but must be a list.'],
    ['{ "plugins": [""] }', '.mi-auditrc.json: plugins[0] is "", but must not be empty.'],
    [
      '{ "plugins": ["./one.js"], "rules": { "one/local-clok": "off" } }',
      '.mi-auditrc.json: unknown rule "one/local-clok" in "rules". Did you mean "one/local-clock"?',
    ],
    [
      '{ "plugins": ["./bad.js"] }',
      'the plugin "bad": knowledge.stores[0].keeps is "everywhere", but must be "memory", "host", "file", "cookie" or "shared".',
    ],
  ])('are told of in one line: %s', async (text, words) => {
    write({
      'one.js': plugin('one', ''),
      'bad.js': plugin('bad', '').replace("'shared'", "'everywhere'"),
      '.mi-auditrc.json': text,
    });
    expect(await mistake()).toBe(words);
  });
});
