import { describe, expect, it } from 'vitest';
import { callOf, programOf, type Sources } from '../../test/in-memory.js';

/** What guards the only call of `written`: by what kinds of guard, each once. */
async function guards(sources: Sources | string, written = 'probe', inside = false): Promise<string[]> {
  const program = await programOf(sources);
  const call = callOf(program, written);
  const last = call.fact.args.at(-1);
  const found = program.guards(call, inside && last ? program.functions(call.unit, last) : []);
  return [...new Set(found.map(({ kind }) => kind))];
}

describe('guards on the way to a place', () => {
  it.each<[string, string, string[]]>([
    ['nothing', 'probe();', []],
    ['any condition', 'if (a) probe();', []],
    ['any variable', 'if (process.env.A) probe();', []],
    ['the number of the instance', "if (process.env.NODE_APP_INSTANCE === '0') probe();", ['instance-index']],
    [
      'the number, the other way round',
      "function f() { if (process.env.CF_INSTANCE_INDEX !== '0') return; probe(); } f();",
      ['instance-index'],
    ],
    [
      'the number through a constant',
      "const isFirst = process.env.POD_INDEX === '0'; if (isFirst) probe();",
      ['instance-index'],
    ],
    ['a role that is off unless given', "if (process.env.RUN_JOBS === 'true') probe();", ['worker-process']],
    ['a role that is on unless taken', "if (process.env.RUN_JOBS !== 'false') probe();", ['role-switch']],
    ['a leader', 'if (isLeader()) probe();', ['leader']],
    [
      'a lock of a package',
      "import Redlock from 'redlock'; const r = new Redlock([]); async function f() { await r.acquire(['a'], 1); probe(); } f();",
      ['lock'],
    ],
    [
      'a lock that a function of the project takes',
      "import Redlock from 'redlock'; const r = new Redlock([]); async function locked(fn) { await r.acquire(['a'], 1); await fn(); } locked(() => { probe(); });",
      ['lock'],
    ],
    ['a lock by its name', "async function f(locks) { await locks.acquireLock('a'); probe(); } f();", ['lock']],
    [
      'a lock that is asked for',
      "import Redis from 'ioredis'; const r = new Redis(); async function f() { const ok = await r.set('a', '1', 'PX', 1, 'NX'); if (!ok) return; probe(); } f();",
      ['lock'],
    ],
    [
      'a set that is no lock',
      "import Redis from 'ioredis'; const r = new Redis(); async function f() { await r.set('a', '1', 'PX', 1); probe(); } f();",
      [],
    ],
    [
      'an advisory lock',
      "import { Pool } from 'pg'; const p = new Pool(); async function f() { await p.query('SELECT pg_advisory_lock(1)'); probe(); } f();",
      ['lock'],
    ],
    [
      'a lock of this process',
      "import { Mutex } from 'async-mutex'; const m = new Mutex(); async function f() { await m.acquire(); probe(); } f();",
      [],
    ],
    ['the caller', "function f() { probe(); } if (process.env.NODE_APP_INSTANCE === '0') f();", ['instance-index']],
  ])('%s', async (_, text, expected) => {
    expect(await guards(text)).toEqual(expected);
  });

  it('stand in the file that loads another', async () => {
    const sources = {
      'server.js': "if (process.env.NODE_APP_INSTANCE === '0') require('./jobs');",
      'jobs.js': 'probe();',
    };
    expect(await guards(sources)).toEqual(['instance-index']);
  });
});

describe('guards in what a place runs', () => {
  const head = "import cron from 'node-cron'; import Redlock from 'redlock'; const r = new Redlock([]);";
  it.each<[string, string, string[]]>([
    ['nothing', `${head} cron.schedule('a', () => { b(); });`, []],
    ['a lock', `${head} cron.schedule('a', async () => { await r.acquire(['a'], 1); b(); });`, ['lock']],
    [
      'a lock two calls further',
      `${head} cron.schedule('a', () => f()); function f() { return g(); } function g() { return r.using(['a'], 1, () => {}); }`,
      ['lock'],
    ],
    [
      'a wrapper that locks',
      `${head} const once = (fn) => async () => { await r.acquire(['a'], 1); fn(); }; cron.schedule('a', once(() => {}));`,
      ['lock'],
    ],
    ['a leader', `${head} cron.schedule('a', () => { if (!leader.isLeader()) return; b(); });`, ['leader']],
    [
      'the number of the instance',
      `${head} cron.schedule('a', () => { if (process.env.NODE_APP_INSTANCE !== '0') return; b(); });`,
      ['instance-index'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await guards(text, 'cron.schedule', true)).toEqual(expected);
  });
});
