import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.js';
import { auditFiles } from '../src/api/rule-tester.js';
import { foldersOf, ROOT, ruleFolders } from './catalogue.js';
import { asFields, caught, inMain, madeLater, type Rewrite } from './rewrites.js';

const SOURCE = /\.[cm]?[jt]s$/;
/** Frameworks and tools look for what such files export, or run them where they lie. */
const LOOKED_FOR =
  /(?:^|\/)(?:pages|app|api|config|routes|migrations|middleware|instrumentation)(?:\/|\.[^/]*$)|config\.|\.d\.ts$|\.(?:test|spec)\./;
/** Read from the disk alone, which the rewritten files are not on. */
const OF_THE_DISK = /\.(?:sql|prisma)$/;

/** Every file of a fixture, rewritten where there is something to do; nothing where there is not. */
function rewritten(folder: string, rewrite: Rewrite): Record<string, string> | undefined {
  const files: Record<string, string> = {};
  let isOther = false;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/');
    if (OF_THE_DISK.test(file)) return undefined;
    const text = readFileSync(path.join(folder, file), 'utf8');
    const made = SOURCE.test(file) && !LOOKED_FOR.test(file) ? rewrite(file, text) : undefined;
    isOther ||= made !== undefined;
    files[file] = made ?? text;
  }
  return isOther ? files : undefined;
}

/** By name, and which fixtures: `caught` leaves out what is safe, since whose handler takes back what it put is told by handlers. */
const REWRITES: readonly (readonly [string, Rewrite, RegExp])[] = [
  ['variables of the module as those of a function', inMain, /./],
  ['variables of the module as fields', asFields, /./],
  ['variables that are given a value later', madeLater, /./],
  ['handlers that are wrapped', caught, /^hazard-/],
];

describe.each(REWRITES)('%s', (_, rewrite, which) => {
  const cases = ruleFolders.flatMap((id) =>
    foldersOf(`fixtures/${id}`).flatMap((name) => {
      const files = which.test(name) ? rewritten(path.join(ROOT, 'fixtures', id, name), rewrite) : undefined;
      return files ? [{ id, name, files }] : [];
    }),
  );

  it('has something to do in many fixtures', () => {
    expect(cases.length).toBeGreaterThan(100);
  });

  it.each(cases)('$id: $name', async ({ id, files }) => {
    const own = rules.filter(({ meta }) => meta.id === id);
    const { expectations, findings } = await auditFiles(files, own);
    const plain = findings.filter(({ confidence }) => confidence !== 'low');
    expect(plain.map(({ file, span, message }) => `${file}:${span[0]} ${message}`)).toHaveLength(expectations.length);
  });
});
