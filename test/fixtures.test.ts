import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.js';
import type { Finding } from '../src/model/finding.js';
import { auditFixture } from '../src/api/rule-tester.js';
import { applications, foldersOf, ROOT, ruleFolders } from './catalogue.js';

/** The rules the tool is named for are held to more than the minimum of one case of each sort. */
const IN_DEPTH = new Set([
  'in-memory-session',
  'local-file-upload',
  'module-level-mutable-state',
  'unguarded-cron',
  'migration-at-boot',
]);

/** What stands in a text where a name or a value was to stand and there was none. */
const NOTHING_SAID = /(?<!`)``(?!`)|\(\)\.|\bundefined\b|\bNaN\b|\[object /;

function textsOf({ message, consequence, evidence }: Finding): readonly string[] {
  return [message, consequence, ...evidence.map(({ note }) => note)];
}

describe('the catalogue', () => {
  it('has the rules that the tool is named for', () => {
    expect(ruleFolders).toEqual(expect.arrayContaining([...IN_DEPTH]));
  });

  it('lists every rule folder under its own id', () => {
    expect(rules.map(({ meta }) => meta.id)).toEqual(ruleFolders);
  });

  it('has no fixtures of a rule that is not there', () => {
    expect(
      foldersOf('fixtures').filter((folder) => !['apps', 'link'].includes(folder) && !ruleFolders.includes(folder)),
    ).toEqual([]);
  });

  it('has complete applications to try the tool on', () => {
    expect(applications.length).toBeGreaterThan(0);
  });

  it('holds no skeleton that somebody forgot to write', () => {
    const unwritten = ['rules', 'fixtures'].flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .filter((file) => /write.me/i.test(file) || readFileSync(file, 'utf8').includes('WRITE ME')),
    );
    expect(unwritten).toEqual([]);
  });
});

describe.each(ruleFolders)('%s', (id) => {
  const cases = foldersOf(`fixtures/${id}`);
  const least = IN_DEPTH.has(id) ? 4 : 1;

  it('has a page that opens with its id', () => {
    const page = path.join(ROOT, 'rules', id, 'README.md');
    expect(existsSync(page), `rules/${id}/README.md is missing`).toBe(true);
    expect(readFileSync(page, 'utf8').split('\n', 1)[0]).toBe(`# ${id}`);
  });

  it('has enough cases of both sorts, and no others', () => {
    expect(cases.filter((name) => !/^(hazard|safe)-[a-z0-9-]+$/.test(name))).toEqual([]);
    expect(cases.filter((name) => name.startsWith('hazard-')).length).toBeGreaterThanOrEqual(least);
    expect(cases.filter((name) => name.startsWith('safe-')).length).toBeGreaterThanOrEqual(least);
  });

  it.each(cases)('%s', async (name) => {
    const own = rules.filter(({ meta }) => meta.id === id);
    expect(own).toHaveLength(1);
    const { expectations, differences, findings } = await auditFixture(path.join(ROOT, 'fixtures', id, name), own);
    expect(differences.join('\n')).toBe('');
    expect(findings.flatMap(textsOf).filter((text) => NOTHING_SAID.test(text))).toEqual([]);
    expect(expectations.length > 0, 'hazard- cases expect something, safe- cases nothing').toBe(
      name.startsWith('hazard-'),
    );
  });
});

describe('applications', () => {
  it.each(applications)('%s', async (name) => {
    const { differences } = await auditFixture(path.join(ROOT, 'fixtures', 'apps', name), rules);
    expect(differences.join('\n')).toBe('');
  });
});
