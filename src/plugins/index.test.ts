import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../model/user-error.js';
import { loadPlugins } from './index.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mi-audit-plugins-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const load = (...names: readonly string[]) =>
  loadPlugins({ names, folder, source: 'mi-audit.config.json', ruleIds: ['in-memory-session', 'acme/taken'] });

async function mistake(...names: readonly string[]): Promise<string> {
  try {
    await load(...names);
  } catch (error) {
    if (error instanceof UserError) return `${error.message} ${error.hint}`;
    throw error;
  }
  throw new Error('nothing was wrong');
}

const body = (name = 'acme', id = 'local-clock') =>
  `definePlugin({
    name: '${name}',
    rules: [{
      meta: { id: '${id}', title: 'A clock', category: 'state', severity: 'warning', triggers: ['scale-out'] },
      check() {},
    }],
  });`;
const module = (name?: string, id?: string) =>
  `import { definePlugin } from 'mi-audit';\nexport default ${body(name, id)}\n`;

describe('a plugin is found', () => {
  it.each([
    ['in a file of the project', './lint/ours.js', { 'lint/ours.js': module() }],
    ['in TypeScript', './ours.ts', { 'ours.ts': `const one: number = 1;\nvoid one;\n${module()}` }],
    [
      'in a file beside others',
      './ours.js',
      {
        'ours.js': module().replace("'acme'", 'name') + "import { name } from './name.js';",
        'name.js': "export const name = 'acme';",
      },
    ],
    [
      'in CommonJS',
      './ours.cjs',
      { 'ours.cjs': `const { definePlugin } = require('mi-audit');\nmodule.exports = ${body()}` },
    ],
    [
      'in a package',
      'mi-audit-plugin-acme',
      {
        'node_modules/mi-audit-plugin-acme/package.json':
          '{ "name": "mi-audit-plugin-acme", "type": "module", "exports": { "import": "./main.js" } }',
        'node_modules/mi-audit-plugin-acme/main.js': module(),
      },
    ],
    [
      'in a package of a scope, in CommonJS',
      '@acme/lint',
      {
        'node_modules/@acme/lint/package.json': '{ "name": "@acme/lint", "main": "main.js" }',
        'node_modules/@acme/lint/main.js': `const { definePlugin } = require('mi-audit');\nmodule.exports = ${body()}`,
      },
    ],
  ])('%s', async (_, name, files) => {
    write(files as Record<string, string>);
    const [plugin] = await load(name);
    expect(plugin?.name).toBe('acme');
    expect(plugin?.rules.map(({ meta }) => meta.id)).toEqual(['acme/local-clock']);
  });

  it('once, however often it is named', async () => {
    write({ 'ours.js': module() });
    expect(await load('./ours.js', './ours.js')).toHaveLength(1);
  });
});

describe('a mistake is told in one line', () => {
  it('of a file that is not there', async () => {
    expect(await mistake('./ours.js')).toBe(
      'mi-audit.config.json names the plugin "./ours.js", and there is no such file. Paths of plugins are relative to the configuration file.',
    );
  });

  it.each([
    [undefined, 'npm install --save-dev'],
    ['package-lock.json', 'npm install --save-dev'],
    ['pnpm-lock.yaml', 'pnpm add -D'],
    ['yarn.lock', 'yarn add -D'],
    ['bun.lock', 'bun add -d'],
  ])('of a package that is not installed, beside %s', async (lock, command) => {
    if (lock) write({ [lock]: '' });
    expect(await mistake('mi-audit-plugin-acme')).toBe(
      `mi-audit.config.json names the plugin "mi-audit-plugin-acme", which is not installed. Install it: ${command} mi-audit-plugin-acme. A file's path begins with ./`,
    );
  });

  it.each([
    ['that throws', "throw new Error('no licence\\nmore');", 'failed when it was loaded: no licence.'],
    ['that cannot be parsed', 'export default {', 'failed when it was loaded: '],
    ['without a default export', 'export const rules = [];', 'has no plugin as its default export. It must say: '],
    ['that is a mere object', "export default { name: 'acme', rules: [] };", 'has no plugin as its default export.'],
    ['that is flawed', module('acme', 'Local_Clock'), 'rule `Local_Clock`: `meta.id` must be kebab-case'],
    [
      'of another version',
      `${module().replace('export default', 'const plugin =')}\nexport default { ...plugin, apiVersion: 2 };`,
      'is written for version 2 of the plugin API, and this mi-audit has version 1. Update mi-audit.',
    ],
    [
      'of an older version',
      "export default { name: 'acme', apiVersion: 0, rules: [] };",
      'is written for version 0 of the plugin API, and this mi-audit has version 1. Update the plugin.',
    ],
    [
      'made by hand',
      "export default { name: 'acme', apiVersion: 1, rules: [{ meta: { id: 'acme/x' } }] };",
      'is not sound: rules.0.meta.title: ',
    ],
    [
      'made by hand, with a rule that could be a built-in one',
      "export default { name: 'acme', apiVersion: 1, rules: [{ meta: { id: 'x', title: 'x', category: 'state', severity: 'info', triggers: ['crash'] }, check() {} }] };",
      'has a rule x, without its own name in front.',
    ],
    ['with a rule that is there already', module('acme', 'taken'), 'has a rule acme/taken, as mi-audit itself has.'],
  ])('of one %s', async (_, text, words) => {
    write({ 'ours.js': text });
    const line = await mistake('./ours.js');
    expect(line).toContain(`the plugin "./ours.js" ${words}`.replace(/^.*(?=rule `)/, ''));
    expect(line).not.toContain('\n');
  });

  it('of two with one name', async () => {
    write({ 'ours.js': module(), 'theirs.js': module('acme', 'other') });
    expect(await mistake('./ours.js', './theirs.js')).toBe(
      'mi-audit.config.json names two plugins that call themselves "acme", the second of which is "./theirs.js". Leave one of them out.',
    );
  });
});
