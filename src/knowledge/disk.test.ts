import { describe, expect, it } from 'vitest';
import { aliases } from './aliases.js';
import { ApiTable, expand } from './api-table.js';
import { databasePrograms, embeddedDatabases } from './disk/embedded-databases.js';
import { logCollectors, logFileCalls, logFileOptions, logSinks, logsToStdout } from './disk/log-files.js';
import { parsePath } from './paths.js';

const PATTERNS: Record<string, readonly { readonly api: string; readonly key: string }[]> = {
  logFileCalls: logFileCalls.map(({ api }) => ({ api, key: '' })),
  logFileOptions: logFileOptions.map(({ api, arg, items, kind }) => ({ api, key: `${arg} ${items} ${kind?.in}` })),
  logSinks: logSinks.map(({ api, arg, path }) => ({ api, key: `${arg} ${path}` })),
  logsToStdout: logsToStdout.flatMap(({ api }) => (api ? [{ api, key: '' }] : [])),
  embeddedDatabases: embeddedDatabases.map(({ api, driver, local, from }) => ({
    api,
    key: `${driver?.arg} ${driver?.path} ${local} ${from}`,
  })),
  drivers: embeddedDatabases.flatMap(({ driver }) => (driver?.apis ?? []).map((api, at) => ({ api, key: String(at) }))),
};
const ALIASES = new ApiTable(aliases.map((entry) => ({ patterns: [entry.api], entry })));

describe.each(Object.keys(PATTERNS))('%s', (name) => {
  const all = (PATTERNS[name] ?? []).flatMap(({ api, key }) => expand(api).map((path) => ({ path, key })));

  it('has well-formed paths', () => {
    expect(all.filter(({ path }) => !parsePath(path)).map(({ path }) => path)).toEqual([]);
  });

  it('says nothing twice', () => {
    if (name === 'drivers') return expect(all.length).toBeGreaterThan(0);
    const said = all.map(({ path, key }) => `${path} ${key}`);
    expect(said.filter((one, at) => said.indexOf(one) !== at)).toEqual([]);
  });

  it('uses the spelling that aliases lead to', () => {
    expect(all.filter(({ path }) => (ALIASES.first(path)?.is ?? path) !== path).map(({ path }) => path)).toEqual([]);
  });
});

describe('what is known of the disk', () => {
  it('names a source for everything', () => {
    const entries = [
      ...logFileCalls,
      ...logFileOptions,
      ...logSinks,
      ...logCollectors,
      ...logsToStdout,
      ...embeddedDatabases,
      ...databasePrograms,
    ];
    expect(entries.filter(({ source }) => source.trim().length < 4)).toEqual([]);
  });

  it('has regular expressions that compile, for addresses that are local', () => {
    const patterns = embeddedDatabases.flatMap(({ local }) => local ?? []);
    expect(patterns.length).toBeGreaterThan(0);
    for (const local of patterns) expect(() => new RegExp(local, 'i')).not.toThrow();
  });
});
