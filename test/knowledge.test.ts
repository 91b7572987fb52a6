import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { kept } from '../src/api/index.js';
import { packageOf } from '../src/knowledge/api-table.js';
import { configurationFiles } from '../src/knowledge/configuration-files.js';
import { builtIn } from '../src/knowledge/keepers/index.js';
import type { KeeperKnowledge, StoreKnowledge } from '../src/model/knowledge.js';
import { apisOf, codeOf, objectAt } from './api-code.js';
import { programOf } from './in-memory.js';

/*
 * Every entry that the tool knows of things which keep data is tried on the smallest program that uses it, in all its
 * spellings: left to its default, and with each of the options that move it elsewhere.
 */

const SHARED = builtIn.stores.find(({ keeps, needs }) => keeps === 'shared' && !needs) as StoreKnowledge;
const LOCAL = ['memory', 'host', 'file'];

/** The statement that sets the thing up; `options` as text. What it does nothing without is given always. */
function setUp(entry: KeeperKnowledge, one: string, given: string | undefined): string {
  const { api, plugin, options: at, only } = entry;
  const options = only ? `{ ...${objectAt(only[0] as string, '{}')}, ...${given ?? '{}'} }` : given;
  const file = configurationFiles.find((each) => each.api === one);
  if (file) return inFile(file.api, options ?? '{}');
  if (plugin === 'hapi')
    return `require('@hapi/hapi').server().register({ plugin: ${codeOf(one)}${options ? `, options: ${options}` : ''} });`;
  if (plugin === 'fastify') return `require('fastify')().register(${codeOf(one)}, ${options ?? '{}'});`;
  const before = 'undefined, '.repeat(Math.max(at, 0));
  const last = options === undefined || at < 0 ? '' : `${before}${options}`;
  return `${codeOf(one, (callee) => `void ${callee}(${last})`)}; // ${api}`;
}

const FILE = /^\/\/ in (\S+) of (\S+)\n/;

/** What a framework reads from a file of the application, as a line that says so. */
function inFile(api: string, options: string): string {
  const { underName, example } = configurationFiles.find((each) => each.api === api)!;
  // Where the file's name is the first step of the path, it is called so.
  const name = underName ? (/"(\w+)"/.exec(options)?.[1] ?? 'plugins') : '';
  const file = name ? example.replace(/[^/]*(\.\w+)$/, `${name}$1`) : example;
  return `// in ${file} of ${api}\nconst options = ${options};\nmodule.exports = options${name ? `.${name}` : ''};`;
}

/** A later call, or what a file says. */
function later(api: string, handed: string, arg: number): string {
  if (configurationFiles.some((each) => each.api === api)) return inFile(api, handed);
  return codeOf(api, (callee) => `${callee}(${'undefined, '.repeat(arg)}${handed});`);
}

async function homeOf(entry: KeeperKnowledge, lines: readonly string[]): Promise<string> {
  const name = packageOf(apisOf(entry.api)[0] as string).split('/');
  const dependency = name.slice(0, name[0]?.startsWith('@') ? 2 : 1).join('/');
  const version = entry.versions ? semver.minVersion(entry.versions)?.version : undefined;
  const files = new Map<string, string>();
  const frameworks: Record<string, string> = {};
  for (const line of lines) {
    const [, path, api] = FILE.exec(line) ?? [];
    const file = configurationFiles.find((each) => each.api === api);
    if (!file || !path) continue;
    files.set(path, line);
    frameworks[file.packages[0] as string] = '*';
  }
  // What counts only when it is written to is written to while a user is served.
  const written = (entry.written ?? [])
    .flatMap(apisOf)
    .map((api) => `require('express')().post('/', () => { ${codeOf(api)}(); });`);
  const program = await programOf({
    'package.json': {
      name: 'example',
      scripts: { start: 'node server.js' },
      dependencies: { [dependency]: version ?? '*', ...frameworks },
    },
    'server.js': [...lines.filter((line) => !FILE.test(line)), ...written].join('\n'),
    ...Object.fromEntries(files),
  });
  const things = kept(program, entry.concern).filter((thing) => thing.entry === entry);
  if (things.length === 0) return 'not recognised';
  return [...new Set(things.map(({ hazard }) => hazard?.outcome.home ?? 'elsewhere'))].join(' and ');
}

const expected = (home: string): string => (LOCAL.includes(home) ? home : 'elsewhere');

describe.each(
  builtIn.keepers.map((entry) => ({ entry, name: `${entry.concern}: ${entry.api} ${entry.versions ?? ''}` })),
)('$name', ({ entry }) => {
  const spellings = apisOf(entry.api);
  const one = spellings[0] as string;

  it.each(spellings)('keeps things where it says by default: %s', async (spelling) => {
    expect(await homeOf(entry, [setUp(entry, spelling, undefined)])).toBe(expected(entry.default));
  });

  it.each(entry.stores ?? [])('keeps them in the store that it is given as %o', async (path) => {
    const store = objectAt(path, codeOf(apisOf(SHARED.api)[0] as string));
    expect(await homeOf(entry, [setUp(entry, one, store)])).toBe('elsewhere');
  });

  it.each(entry.switches ?? [])('keeps them elsewhere with $path', async ({ path, is, home }) => {
    for (const value of is?.map((each) => JSON.stringify(each)) ?? ["require('ioredis')()"])
      expect(await homeOf(entry, [setUp(entry, one, objectAt(path, value))])).toBe(expected(home));
  });

  it.each(Object.entries(entry.named ?? {}))('knows the store named %s', async (name, home) => {
    const [path] = entry.stores ?? [];
    const [call] = path === undefined ? (entry.later ?? []) : [];
    const given = objectAt(path ?? call?.path ?? '', JSON.stringify(name));
    const lines = call ? [setUp(entry, one, undefined), later(call.api, given, call.arg)] : [setUp(entry, one, given)];
    expect(await homeOf(entry, lines)).toBe(expected(home));
  });

  it.each(entry.off ?? [])('keeps nothing with $path', async ({ path, is }) => {
    for (const value of is)
      expect(['elsewhere', 'not recognised']).toContain(
        await homeOf(entry, [setUp(entry, one, objectAt(path, JSON.stringify(value)))]),
      );
  });

  it.each(entry.only ?? [])('keeps nothing without %s', async () => {
    const { only: _only, ...bare } = entry;
    expect(await homeOf(entry, [setUp(bare, one, '{}')])).toBe('not recognised');
  });

  it.each(entry.standIn ?? [])('may stand in for a store that fails: $path', async ({ api, path }) => {
    for (const each of apisOf(api))
      expect(await homeOf(entry, [`${codeOf(`${each}()`, undefined, objectAt(path, `${codeOf(one)}({})`))};`])).toBe(
        'not recognised',
      );
  });

  it.each(entry.later ?? [])('keeps them in the store that $api gives it later', async ({ api, arg, path }) => {
    for (const each of apisOf(api)) {
      // A path may lead to the store's name rather than to itself.
      const shared = Object.entries(entry.named ?? {}).find(([, home]) => home === 'shared')?.[0];
      const store = shared ? JSON.stringify(shared) : codeOf(apisOf(SHARED.api)[0] as string);
      const handed = objectAt(path ?? '', store);
      expect(await homeOf(entry, [setUp(entry, one, undefined), later(each, handed, arg)])).toBe('elsewhere');
    }
  });
});

describe.each(builtIn.stores.map((entry) => ({ entry, name: `store ${entry.api}` })))('$name', ({ entry }) => {
  const keeper = builtIn.keepers.find(({ api }) => api === 'express-session:') as KeeperKnowledge;
  const given = (code: string) => homeOf(keeper, [setUp(keeper, 'express-session:', `{ store: ${code} }`)]);

  it.each(apisOf(entry.api))('keeps things where it says: %s', async (spelling) => {
    const options = entry.needs ? objectAt(entry.needs.option, "require('knex')()") : '';
    expect(await given(codeOf(spelling, undefined, options))).toBe(expected(entry.keeps));
    const within = entry.within;
    if (within)
      expect(
        await given(codeOf(spelling, undefined, objectAt(within.option, codeOf(apisOf(SHARED.api)[0] as string)))),
      ).toBe('elsewhere');
    if (entry.needs) expect(await given(codeOf(spelling))).toBe(expected(entry.needs.otherwise));
  });
});
