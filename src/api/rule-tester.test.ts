import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defineCollector, definePlugin } from './define-plugin.js';
import { defineRule } from './define-rule.js';
import { auditFiles, checkFiles, checkFixture, testFixtures } from './rule-tester.js';

const marks = defineCollector({
  name: 'marks',
  version: 1,
  text: ['@local'],
  collect({ text, root, find }, emit) {
    for (const call of find('CallExpression')) if (text.includes('@local')) emit(call, call.part('expression')!.text);
    void root;
  },
});

const rule = defineRule({
  meta: { id: 'marked', title: 'A marked call', category: 'state', severity: 'warning', triggers: ['scale-out'] },
  check({ program, report }) {
    for (const { file, span, fn, value } of program.facts('acme/marks'))
      if (value === 'keep')
        report({
          file,
          span,
          confidence: 'high',
          when: 'always',
          symbol: fn.name,
          message: 'It is kept here.',
          consequence: 'It is missing elsewhere.',
          hint: 'Keep it elsewhere.',
          evidence: [],
        });
  },
});

const plugin = definePlugin({
  name: 'acme',
  rules: [rule],
  collectors: [marks],
});

const HAZARD = '/* @local */\nfunction run() {\n  keep(1); // expect: acme/marked\n  other(2);\n}\nrun();\n';
const SAFE = '// nothing is said of it\nkeep(1);\n';

describe('files that stand in a test', () => {
  it('are audited with what a plugin collects', async () => {
    const { findings } = await auditFiles({ 'src/a.js': HAZARD }, plugin);
    expect(findings).toMatchObject([{ ruleId: 'acme/marked', file: 'src/a.js', symbol: 'run' }]);
    await checkFiles({ 'src/a.js': HAZARD, 'src/b.js': SAFE }, plugin);
  });

  it('are read with what a plugin knows', async () => {
    let known: string[] = [];
    const asking = definePlugin({
      name: 'other',
      knowledge: { effects: [{ api: '@acme/pager:page', kind: 'mail' }] },
      rules: [
        defineRule({
          ...rule,
          check({ program }) {
            known = program.knowledge.effects.map(({ api }) => api);
          },
        }),
      ],
    });
    await checkFiles({ 'package.json': { name: 'app' }, 'a.js': 'start();' }, asking);
    expect(known[0]).toBe('@acme/pager:page');
  });

  it.each([
    ['what is missing', { 'a.js': 'keep(1); // expect: acme/marked\n' }, 'missing  a.js:1 acme/marked'],
    ['what is too much', { 'a.js': '/* @local */ keep(1);\n' }, 'extra    a.js:1 acme/marked (always, high)'],
    ['a rule that is not tried', { 'a.js': 'keep(1); // expect: acme/other\n' }, 'a.js:1: expects acme/other, which'],
    ['no source', { 'README.md': '# Nothing' }, 'no source file is among the files.'],
  ])('fail by %s', async (_, files, words) => {
    await expect(checkFiles(files as unknown as Record<string, string>, plugin)).rejects.toThrow(words);
  });
});

describe('fixtures', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mi-audit-tester-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
  }

  function tests(): Map<string, () => Promise<void>> {
    const registered = new Map<string, () => Promise<void>>();
    testFixtures(folder, plugin, (name, run) => registered.set(name.replace(/^.*: /, ''), run));
    return registered;
  }

  it('are a test each', async () => {
    write({ 'hazard-marked/a.js': HAZARD, 'safe-plain/a.js': SAFE });
    const registered = tests();
    expect([...registered.keys()]).toEqual(['hazard-marked', 'safe-plain']);
    await Promise.all([...registered.values()].map((run) => run()));
    await checkFixture(path.join(folder, 'hazard-marked'), plugin);
  });

  it('can be tried with one rule alone', async () => {
    const louder = definePlugin({
      name: 'acme',
      collectors: [marks],
      rules: [rule, defineRule({ ...rule, meta: { ...rule.meta, id: 'marked-again' } })],
    });
    write({ 'hazard-marked/a.js': HAZARD, 'safe-plain/a.js': SAFE });
    const runs: (() => Promise<void>)[] = [];
    const only = { only: 'acme/marked' };
    testFixtures(folder, louder, (_, run) => runs.push(run), only);
    await Promise.all(runs.map((run) => run()));
    await expect(checkFixture(path.join(folder, 'hazard-marked'), louder)).rejects.toThrow('acme/marked-again');
    expect(() => testFixtures(folder, louder, () => {}, { only: 'marked' })).toThrow('no rule marked to be tried');
  });

  it('must be called what they are', async () => {
    write({ 'hazard-none/a.js': SAFE, 'safe-marked/a.js': HAZARD });
    const registered = tests();
    await expect(registered.get('hazard-none')!()).rejects.toThrow('expects nothing, and is called hazard-none');
    await expect(registered.get('safe-marked')!()).rejects.toThrow('expects findings, and is called safe-marked');
    write({ 'other/a.js': SAFE });
    expect(tests).toThrow('call other hazard-other or safe-other');
  });

  it('must be of both kinds', () => {
    write({ 'hazard-marked/a.js': HAZARD });
    expect(tests).toThrow('has no fixture safe-…');
  });
});
