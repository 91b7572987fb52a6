import { describe, expect, it } from 'vitest';
import { audit } from '../audit.js';
import { judge } from '../judge/index.js';
import type { Explanation } from '../model/explanation.js';
import type { Rule } from '../model/rule.js';
import { rules as builtIn } from '../../rules/index.js';
import { projectOf, type Sources } from '../../test/in-memory.js';
import { explain } from './index.js';

const MANIFEST = {
  name: 'shop',
  scripts: { start: 'node server.js' },
  dependencies: { express: '4', 'node-cron': '3', nodemailer: '6', ioredis: '5' },
};

/** The app of most tests; lines are found by what stands on them. */
const APP: Sources = {
  'package.json': MANIFEST,
  'server.js': [
    "const express = require('express');",
    "const { recall, remember, startJobs } = require('./lib/jobs');",
    'const app = express();',
    "app.post('/visit', (req, res) => {",
    '  remember(req.body.name);',
    '  res.end();',
    '});',
    "app.get('/visits', (req, res) => res.json(recall(req.query.name)));",
    'if (process.env.JOBS) startJobs();',
    'app.listen(3000);',
  ].join('\n'),
  'lib/jobs.js': [
    "const cron = require('node-cron');",
    "const nodemailer = require('nodemailer');",
    'const visits = new Map();',
    'const names = { a: 1 };',
    'exports.remember = function remember(name) {',
    '  visits.set(name, name.length);',
    '};',
    'function report() {',
    "  nodemailer.createTransport({}).sendMail({ to: 'a@b.c', text: String(visits.size) });",
    '}',
    'exports.startJobs = function startJobs() {',
    "  cron.schedule('0 9 * * *', report);",
    '};',
    'exports.recall = (name) => visits.get(name);',
    'exports.unused = function unused(thing) {',
    '  return thing.frob();',
    '};',
    'exports.pure = function pure(a) {',
    '  return Math.max(a, names.a);',
    '};',
  ].join('\n'),
};

async function explained(
  file: string,
  text: string,
  { sources = APP, rules = builtIn, off = [] as readonly string[], column = undefined as number | undefined } = {},
): Promise<Explanation> {
  const project = await projectOf(sources);
  const found = await audit(project, rules);
  const line = found.lines(file).findIndex((candidate) => candidate.includes(text)) + 1;
  const unit = found.program.units.find((candidate) => candidate.file === file);
  if (!unit || line === 0) throw new Error(`no ${text} in ${file}`);
  const config = {
    rules: Object.fromEntries(off.map((id) => [id, 'off' as const])),
    only: [],
    failOn: 'error',
    minConfidence: 'medium',
    ignores: [],
    guards: [],
    sharedStores: [],
    knowledge: {},
  } as const;
  return explain({
    audit: found,
    verdicts: judge(
      found,
      config,
      ['.'],
      rules.map(({ meta }) => meta.id),
    ),
    metas: rules.map(({ meta }) => meta),
    isOn: (id) => !off.includes(id),
    minConfidence: 'medium',
    file,
    unit,
    line,
    ...(column === undefined ? {} : { column }),
  });
}

const said = ({ rules }: Explanation) =>
  rules.filter(({ status }) => status !== 'silent').map(({ ruleId, status, relation }) => [ruleId, status, relation]);

describe('the rules', () => {
  it('speak first about what stands on the line', async () => {
    const given = await explained('lib/jobs.js', 'cron.schedule');
    expect(said(given)).toEqual([['unguarded-cron', 'open', undefined]]);
    expect(given.rules[0]).toMatchObject({ severity: 'error', message: expect.stringContaining('sends mail') });
    expect(given.rules.filter(({ status }) => status === 'silent').map(({ ruleId }) => ruleId)).toContain(
      'in-memory-session',
    );
  });

  it('speak about the job that a line is in, and about the state that it touches', async () => {
    const given = await explained('lib/jobs.js', 'sendMail(');
    expect(said(given)).toContainEqual(['unguarded-cron', 'open', 'it runs `report`, which this line is in']);
    expect(said(await explained('lib/jobs.js', 'visits.set'))).toContainEqual([
      'module-level-mutable-state',
      'open',
      '`visits`, which this line writes',
    ]);
  });

  it('say where the line is one of the reasons', async () => {
    expect(said(await explained('server.js', 'remember(req'))).toContainEqual([
      'module-level-mutable-state',
      'open',
      'this line is one of the reasons',
    ]);
  });

  it('say what was accepted, switched off, or failed', async () => {
    const accepted: Sources = {
      ...APP,
      'lib/jobs.js': (APP['lib/jobs.js'] as string).replace(
        "  cron.schedule('",
        "  // mi-audit-disable-next-line unguarded-cron -- one instance\n  cron.schedule('",
      ),
    };
    const silenced = await explained('lib/jobs.js', 'cron.schedule', { sources: accepted });
    expect(silenced.rules[0]).toMatchObject({
      status: 'silenced',
      because: 'one instance',
      by: { file: 'lib/jobs.js' },
    });
    const off = await explained('lib/jobs.js', 'cron.schedule', { off: ['unguarded-cron'] });
    expect(off.rules[0]).toMatchObject({ status: 'off', because: 'the rule is switched off' });
    const broken: Rule = {
      meta: { ...builtIn[0]!.meta, id: 'broken' },
      check() {
        throw new Error('no');
      },
    };
    const failed = await explained('lib/jobs.js', 'cron.schedule', { rules: [broken] });
    expect(failed.rules).toMatchObject([{ ruleId: 'broken', status: 'failed' }]);
  });

  it('say why a candidate is safe, with the place of the reason', async () => {
    const sources: Sources = {
      ...APP,
      'lib/jobs.js': (APP['lib/jobs.js'] as string).replace(
        'function report() {',
        'function report() {\n  const Redis = require("ioredis");\n  if (!new Redis().set("k", "1", "PX", 1000, "NX")) return;',
      ),
    };
    const given = await explained('lib/jobs.js', 'cron.schedule', { sources });
    expect(given.rules[0]).toMatchObject({
      ruleId: 'unguarded-cron',
      status: 'safe',
      by: { file: 'lib/jobs.js', span: [10, 8, 10, 51] },
    });
    expect(given.guards.map(({ kind, span }) => [kind, span[0]])).toContainEqual(['a lock', 10]);
  });
});

describe('functions', () => {
  it('tell when they run, with the way', async () => {
    const { functions } = await explained('lib/jobs.js', 'visits.set');
    expect(functions.map(({ name }) => name)).toEqual(['remember']);
    expect(functions[0]?.phases).toMatchObject([
      { phase: 'request', words: 'for a request', label: 'POST /visit', guessed: false },
    ]);
    expect(functions[0]?.phases[0]?.path.map(({ file, span }) => `${file}:${span[0]}`)).toEqual([
      'server.js:4',
      'server.js:5',
    ]);
  });

  it('tell where nothing is known to run them', async () => {
    expect((await explained('lib/jobs.js', 'frob')).functions).toMatchObject([{ name: 'unused', phases: [] }]);
  });

  it('give way to the file where there is none', async () => {
    expect((await explained('server.js', 'app.listen')).functions).toMatchObject([
      { isModule: true, phases: [{ phase: 'boot', label: '' }] },
    ]);
  });

  it('on one line are told apart by the column', async () => {
    const sources: Sources = {
      'package.json': MANIFEST,
      'server.js': 'function a() { one(); } function b() { two(); }\na();',
    };
    const one = await explained('server.js', 'function a', { sources, column: 16 });
    expect(one.functions.map(({ name }) => name)).toEqual(['a']);
    expect(one.values.map(({ text }) => text)).toEqual(['one()']);
    const both = await explained('server.js', 'function a', { sources });
    expect(both.functions.map(({ name }) => name)).toEqual(['a', 'b']);
  });
});

describe('state', () => {
  it('tells every write and read with what brings it about', async () => {
    const { state } = await explained('lib/jobs.js', 'new Map');
    expect(state).toMatchObject([{ name: 'visits', how: 'declares', kind: 'a module variable' }]);
    const places = (list: readonly { span: readonly number[]; phases: readonly string[] }[]) =>
      list.map(({ span, phases }) => `${span[0]} ${phases.join()}`);
    expect(places(state[0]!.writes)).toEqual(['6 POST /visit']);
    expect(places(state[0]!.reads)).toEqual(expect.arrayContaining(['9 cron 0 9 * * *', '14 GET /visits']));
  });

  it('is not told of what only gets its first value', async () => {
    expect((await explained('lib/jobs.js', 'const names')).state).toEqual([]);
  });
});

describe('effects', () => {
  it('name what happens outside, and the way there', async () => {
    const { effects } = await explained('lib/jobs.js', 'function report');
    expect(effects).toMatchObject([
      {
        of: '`report`',
        verdict: 'reaches',
        effects: [{ label: expect.stringContaining('mail'), path: [{ note: 'here' }] }],
      },
    ]);
  });

  it('are told of the function that a call registers', async () => {
    const { effects } = await explained('lib/jobs.js', 'cron.schedule');
    expect(effects.map(({ of, verdict }) => `${of} ${verdict}`)).toContain('`report` reaches');
  });

  it('say so where only the process itself is touched', async () => {
    expect((await explained('lib/jobs.js', 'function pure')).effects).toMatchObject([
      { of: '`pure`', verdict: 'own-process', effects: [] },
    ]);
  });

  it('stay unknown behind a call that could not be followed, which is named', async () => {
    expect((await explained('lib/jobs.js', 'function unused')).effects).toMatchObject([
      {
        of: '`unused`',
        verdict: 'unknown',
        unresolved: [
          { file: 'lib/jobs.js', span: [16, 10, 16, 22], note: 'nothing is known of what `thing.frob` does' },
        ],
      },
    ]);
  });
});

describe('conditions and values', () => {
  it('tell on which settings the line depends', async () => {
    const { conditions } = await explained('server.js', 'if (process.env.JOBS)');
    expect(conditions).toMatchObject({
      when: 'optional-config',
      developmentOnly: false,
      words: expect.stringContaining('JOBS'),
    });
    expect(conditions?.tests.map(({ note }) => note)).toEqual(['only if `process.env.JOBS`']);
    expect((await explained('server.js', 'app.listen')).conditions).toBeUndefined();
  });

  it('tell what calls lead to', async () => {
    const values = async (file: string, text: string) =>
      (await explained(file, text)).values.map((value) => `${value.text} is ${value.is.join(', ') || 'not known'}`);
    expect(await values('server.js', 'const app = express()')).toContain('express() is the package `express`');
    expect(await values('server.js', 'app.listen')).toEqual([
      'app.listen() is `express().listen` of the package `express`',
    ]);
    expect(await values('server.js', 'remember(req')).toEqual(['remember() is `remember` of this project']);
    expect(await values('lib/jobs.js', 'thing.frob')).toEqual(['thing.frob() is not known']);
  });
});

describe('the file', () => {
  it('has roles, an application, and a way from an entry point', async () => {
    const { file } = await explained('lib/jobs.js', 'new Map');
    expect(file).toMatchObject({ roles: ['server'], application: { name: 'shop', manifest: 'package.json' } });
    expect(file.way).toMatchObject([{ file: 'server.js', span: [2, 41, 2, 62], note: 'imports `lib/jobs.js`' }]);
  });

  it('may be reached by nothing, or only in a circle', async () => {
    const sources: Sources = {
      'package.json': MANIFEST,
      'server.js': 'f();',
      'a.js': "require('./b');",
      'b.js': "require('./a');",
    };
    expect((await explained('a.js', 'require', { sources })).file.way).toEqual([]);
  });
});
