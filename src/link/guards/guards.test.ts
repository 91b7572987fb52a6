import { describe, expect, it } from 'vitest';
import { callOf, fnOf, programOf, type Sources } from '../../../test/in-memory.js';

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
    [
      'the number, taken out of the environment',
      "const { POD_INDEX: at } = process.env; if (at === '0') probe();",
      ['instance-index'],
    ],
    [
      'the number by a name put together',
      `const kind = 'POD'; if (process.env[\`\${kind}_INDEX\`] === '0') probe();`,
      ['instance-index'],
    ],
    [
      'the number by a constant name',
      "const name = 'POD_INDEX'; if (process.env[name] === '0') probe();",
      ['instance-index'],
    ],
    [
      'the number handed to a helper',
      "const read = ({ env: { POD_INDEX } }) => POD_INDEX; if (read(process) === '0') probe();",
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

const REDIS = "import Redis from 'ioredis'; const r = new Redis();";
const LOCK = "import Redlock from 'redlock'; const redlock = new Redlock([]);";
const PG = "import { Pool } from 'pg'; const db = new Pool();";

describe('a place that has the lock', () => {
  it.each<[string, string]>([
    ['a callback under it', `${LOCK} redlock.using(['a'], 1, async () => { probe(); });`],
    [
      'a callback of something called a lock',
      "async function f(locks) { await locks.withLock('a', () => { probe(); }); } f();",
    ],
    ['after a lock that waits', `${LOCK} async function f() { await redlock.acquire(['a'], 1); probe(); } f();`],
    [
      'in a try behind it',
      `${LOCK} async function f() { const l = await redlock.acquire(['a'], 1); try { probe(); } finally { await l.release(); } } f();`,
    ],
    ['after the promise of it', `${LOCK} redlock.acquire(['a'], 1).then(() => { probe(); });`],
    [
      'where the answer is yes',
      `${REDIS} async function f() { if ((await r.set('a', '1', 'PX', 1, 'NX')) === 'OK') probe(); } f();`,
    ],
    [
      'where the answer, kept, is yes',
      `${REDIS} async function f() { const ok = await r.set('a', '1', 'PX', 1, 'NX'); if (ok) { probe(); } } f();`,
    ],
    [
      'where the answer, kept, is not no',
      `${REDIS} async function f() { const ok = await r.setnx('a', '1'); if (!ok) return; probe(); } f();`,
    ],
    [
      'in the callback of the answer',
      `${REDIS} r.set('a', '1', 'NX', 'PX', 1, (error, ok) => { if (!ok) return; probe(); });`,
    ],
    [
      'options of redis',
      "import { createClient } from 'redis'; const c = createClient(); async function f() { if (await c.set('a', '1', { NX: true, PX: 1 })) probe(); } f();",
    ],
    [
      'options in a constant',
      "import { createClient } from 'redis'; const c = createClient(); const options = { NX: true, PX: 1 }; async function f() { if (await c.set('a', '1', options)) probe(); } f();",
    ],
    [
      'rows of an advisory lock',
      `${PG} async function f() { const { rows } = await db.query('SELECT pg_try_advisory_lock(1) AS ok'); if (!rows[0].ok) return; probe(); } f();`,
    ],
    [
      'MySQL',
      "import mysql from 'mysql2/promise'; const c = mysql.createPool(''); async function f() { const [[row]] = await c.query('SELECT GET_LOCK(?, 0) AS ok', ['a']); if (row.ok !== 1) return; probe(); } f();",
    ],
    [
      'a loop that waits for it',
      `${REDIS} async function f() { while (!(await r.set('a', '1', 'PX', 1, 'NX'))) { await sleep(); } probe(); } f();`,
    ],
    [
      'the answer of a function',
      `${REDIS} async function take() { const got = await r.set('a', '1', 'PX', 1, 'NX'); return got === 'OK'; } async function f() { if (!(await take())) return; probe(); } f();`,
    ],
    [
      'yes from a function',
      `${REDIS} async function take() { if (await r.set('a', '1', 'PX', 1, 'NX')) return true; return false; } async function f() { const mine = await take(); if (mine) probe(); } f();`,
    ],
    [
      'a part of the answer',
      `${REDIS} async function take() { return { taken: (await r.set('a', '1', 'PX', 1, 'NX')) === 'OK' }; } async function f() { const { taken } = await take(); if (!taken) return; probe(); } f();`,
    ],
    [
      'a function that throws without it',
      `${REDIS} async function take() { const ok = await r.set('a', '1', 'PX', 1, 'NX'); if (!ok) throw new Error('taken'); } async function f() { await take(); probe(); } f();`,
    ],
    [
      'a wrapper of a wrapper',
      `${LOCK} const once = (name, work) => redlock.using([name], 1, work); const nightly = (work) => once('night', work); nightly(async () => { probe(); });`,
    ],
    [
      'a class around it',
      `${LOCK} class Lock { async run(name, work) { const l = await redlock.acquire([name], 1); try { return await work(); } finally { await l.release(); } } } const lock = new Lock(); lock.run('a', () => { probe(); });`,
    ],
    [
      'a base class',
      `${REDIS} class Job { async run() { if (!(await r.setnx('a', '1'))) return; await this.work(); } } class Nightly extends Job { async work() { probe(); } } new Nightly().run();`,
    ],
    [
      'a flag that an election sets',
      `${REDIS} let mine = false; setInterval(async () => { mine = (await r.set('a', '1', 'PX', 1, 'NX')) === 'OK'; }, 10); setInterval(() => { if (!mine) return; probe(); }, 10);`,
    ],
    [
      'all its callers',
      `${LOCK} function work() { probe(); } redlock.using(['a'], 1, () => { work(); }); redlock.using(['b'], 1, () => { work(); });`,
    ],
    ['a name of the host', "import os from 'os'; if (os.hostname().endsWith('-0')) probe();"],
    [
      'a key that only one can insert',
      `${PG} const work = async () => { try { await db.query('INSERT INTO runs (slot) VALUES (1)'); } catch (e) { if (e.code === '23505') return; throw e; } probe(); }; work();`,
    ],
  ])('%s', async (_, text) => {
    expect(await guards(text)).not.toEqual([]);
  });

  it.each<[string, string]>([
    ['before it', `${LOCK} async function f() { probe(); await redlock.acquire(['a'], 1); } f();`],
    ['on another branch', `${LOCK} async function f(a) { if (a) { await redlock.acquire(['a'], 1); } probe(); } f();`],
    [
      'given back',
      `${LOCK} async function f() { const lock = await redlock.acquire(['a'], 1); await lock.release(); probe(); } f();`,
    ],
    [
      'beside the callback',
      `${LOCK} async function f() { await redlock.using(['a'], 1, async () => {}); probe(); } f();`,
    ],
    [
      'asked and not listened to',
      `${REDIS} async function f() { await r.set('a', '1', 'PX', 1, 'NX'); probe(); } f();`,
    ],
    [
      'kept and not looked at',
      `${PG} async function f() { const { rows } = await db.query('SELECT pg_try_advisory_lock(1) AS ok'); probe(); } f();`,
    ],
    ['failed', `${LOCK} async function f() { try { await redlock.acquire(['a'], 1); } catch { probe(); } } f();`],
    ['one of two callers', `${LOCK} function work() { probe(); } redlock.using(['a'], 1, () => { work(); }); work();`],
    [
      'a lock of this process',
      "import { Mutex } from 'async-mutex'; const m = new Mutex(); m.runExclusive(() => { probe(); });",
    ],
    [
      'a flag of this process',
      'let running = false; function f() { if (running) return; running = true; probe(); running = false; } f();',
    ],
    ['the first of this machine', "import cluster from 'cluster'; if (cluster.isPrimary) probe();"],
    ['a worker of this machine', "import cluster from 'cluster'; if (cluster.worker.id === 1) probe();"],
    [
      'a wrapper that does not always lock',
      `${LOCK} const maybe = (work) => { work(); redlock.using(['a'], 1, work); }; maybe(() => { probe(); });`,
    ],
    [
      'an insert that may fail for any reason',
      `${PG} const work = async () => { try { await db.query('INSERT INTO runs (slot) VALUES (1)'); } catch (e) { log(e); } probe(); }; work();`,
    ],
  ])('is not there: %s', async (_, text) => {
    expect(await guards(text)).toEqual([]);
  });
});

/** The effects of the function `job` that nothing keeps to one instance. */
async function left(text: string): Promise<string[]> {
  const program = await programOf(text);
  return program
    .unguarded(fnOf(program, 'job'))
    .effects.filter(({ writes }) => writes)
    .map(({ kind, idempotent }) => (idempotent ? `${kind} (again)` : kind));
}

describe('effects that nothing keeps to one instance', () => {
  const MAIL =
    "import nodemailer from 'nodemailer'; const mail = nodemailer.createTransport({}); const send = () => mail.sendMail({});";
  it.each<[string, string, string[]]>([
    ['all', 'await send();', ['mail']],
    ['none under a lock', "await redlock.using(['a'], 1, send);", []],
    ['none under a lock of a function handed on', "await redlock.using(['a'], 1, async () => { await send(); });", []],
    ['what stands beside the lock', "await redlock.using(['a'], 1, async () => {}); await send();", ['mail']],
    ['one way of two', "if (a) await redlock.using(['a'], 1, send); else await send();", ['mail']],
    [
      'none after a claim',
      "const { rows } = await db.query(\"UPDATE j SET status = 'busy' WHERE status = 'new' RETURNING id\"); for (const row of rows) await send(row);",
      [],
    ],
    [
      'none after rows taken with SKIP LOCKED',
      "const { rows } = await db.query('SELECT id FROM j FOR UPDATE SKIP LOCKED'); for (const row of rows) await send(row);",
      [],
    ],
    [
      'all after rows only looked at',
      "const { rows } = await db.query('SELECT id FROM j'); for (const row of rows) await send(row);",
      ['mail'],
    ],
    [
      'all where the update tests nothing of a claim',
      "const { rows } = await db.query('UPDATE j SET seen = 1 WHERE id = 1 RETURNING id'); await send();",
      ['mail', 'database'],
    ],
    [
      'none where the number of rows decides',
      "const { rowCount } = await db.query(\"UPDATE j SET status = 'busy' WHERE id = 1 AND status = 'new'\"); if (rowCount !== 1) return; await send();",
      [],
    ],
    [
      'none where the insert decides',
      "const { rowCount } = await db.query('INSERT INTO runs VALUES (1) ON CONFLICT DO NOTHING'); if (!rowCount) return; await send();",
      [],
    ],
    [
      'all where the insert decides nothing',
      "await db.query('INSERT INTO runs VALUES (1) ON CONFLICT DO NOTHING'); await send();",
      ['mail', 'database (again)'],
    ],
  ])('%s', async (_, body, expected) => {
    expect(await left(`${LOCK} ${PG} ${MAIL} export async function job(a) { ${body} } job();`)).toEqual(expected);
  });

  it('are none where a document is claimed', async () => {
    const head = "import mongoose from 'mongoose'; const Job = mongoose.model('Job', {});";
    const claim =
      "const one = await Job.findOneAndUpdate({ status: 'new' }, { status: 'busy' }); if (!one) return; await fetch('a', { method: 'POST' });";
    expect(await left(`${head} export async function job() { ${claim} } job();`)).toEqual([]);
  });

  it('are none where rows are counted', async () => {
    const head = "import { PrismaClient } from '@prisma/client'; const prisma = new PrismaClient();";
    const claim =
      "const { count } = await prisma.job.updateMany({ where: { id: 1, status: 'new' }, data: { status: 'busy' } }); if (count === 0) return; await fetch('a', { method: 'POST' });";
    expect(await left(`${head} export async function job() { ${claim} } job();`)).toEqual([]);
  });

  it('are none in a method whose decorator locks', async () => {
    const text = `${LOCK} ${MAIL}
      function WithLock(name) { return (target, key, descriptor) => { const work = descriptor.value; descriptor.value = async function (...args) { const lock = await redlock.acquire([name], 1); try { return await work.apply(this, args); } finally { await lock.release(); } }; }; }
      function Logged() { return (target, key, descriptor) => { console.log(key); }; }
      class Jobs { @WithLock('a') async locked() { await send(); } @Logged() async free() { await send(); } }
      export async function job() { await new Jobs().locked(); } export async function other() { await new Jobs().free(); } job(); other();`;
    const program = await programOf(text);
    expect(program.unguarded(fnOf(program, 'job')).effects).toEqual([]);
    expect(program.unguarded(fnOf(program, 'other')).effects.map(({ kind }) => kind)).toEqual(['mail']);
  });
});

describe('what a test is asked for', () => {
  const take = "await r.set('a', '1', 'PX', 1, 'NX')";
  it.each<[string, string, boolean]>([
    ['goes on where it was not taken', `const ok = ${take}; if (ok) return; probe();`, false],
    ['goes on where it was taken', `const ok = ${take}; if (!ok) return; probe();`, true],
    ['not OK', `if ((${take}) !== 'OK') probe();`, false],
    ['nothing', `if ((${take}) === null) return; probe();`, true],
    ['nothing, the other way round', `if ((${take}) === null) probe();`, false],
    ['more than none', "if ((await r.setnx('a', '1')) > 0) probe();", true],
    ['less than one', "if ((await r.setnx('a', '1')) < 1) probe();", false],
    ['both', `const ok = ${take}; if (!ok || b) return; probe();`, true],
    ['a function that says when to stop', 'if (await busy()) return; probe();', true],
    ['a function that says when to stop, the other way round', 'if (!(await busy())) return; probe();', false],
    ['not the leader', 'if (leader.isLeader()) return; probe();', false],
    ['the numbers but one', "if (process.env.NODE_APP_INSTANCE === '0') return; probe();", false],
    ['the numbers but one, without an end', "if (process.env.NODE_APP_INSTANCE !== '0') probe();", false],
    ['a number that is given', "if (process.env.POD_INDEX && process.env.POD_INDEX !== '0') return; probe();", true],
    ['a part of a name', "if (process.env.POD_NAME.endsWith('-0')) probe();", true],
  ])('%s', async (_, body, expected) => {
    const busy =
      "async function busy() { const ok = await r.set('a', '1', 'PX', 1, 'NX'); if (ok) return false; return true; }";
    const found = await guards(`${REDIS} ${busy} async function f(leader, b) { ${body} } f();`);
    expect(found.length > 0).toBe(expected);
  });
});

describe('packages that keep work to one instance', () => {
  it.each<[string, string, string, string]>([
    [
      'etcd3',
      "import { Etcd3 } from 'etcd3'; const c = new Etcd3(); const lock = c.lock('a');",
      'await lock.acquire(); probe();',
      'await lock.leaseId(); probe();',
    ],
    [
      'etcd3, elections',
      "import { Etcd3 } from 'etcd3'; const c = new Etcd3(); const run = c.election('a').campaign('b');",
      "run.on('elected', () => { probe(); });",
      "c.election('a').campaign('b'); probe();",
    ],
    [
      'etcd3, watching',
      "import { Etcd3 } from 'etcd3'; const c = new Etcd3();",
      "await c.lock('a').ttl(1).do(() => { probe(); });",
      "c.watch().on('put', () => { probe(); });",
    ],
    [
      'consul',
      "import Consul from 'consul'; const c = new Consul();",
      "if (await c.kv.set({ key: 'a', value: 'b', acquire: 's' })) probe();",
      "if (await c.kv.set({ key: 'a', value: 'b' })) probe();",
    ],
    [
      'node-zookeeper-client',
      "import { createClient, CreateMode } from 'node-zookeeper-client'; const c = createClient('z');",
      "c.create('/lead', null, CreateMode.EPHEMERAL, (error) => { if (error) return; probe(); });",
      "c.once('connected', () => { probe(); });",
    ],
    [
      '@codedependant/kubernetes-leader-election',
      "import { Elector, EVENTS } from '@codedependant/kubernetes-leader-election'; const e = new Elector({});",
      'e.on(EVENTS.LEADERSHIP_ACQUIRED, () => { probe(); });',
      'e.on(EVENTS.LEADERSHIP_LOST, () => { probe(); });',
    ],
    [
      'redis-leader',
      "import Leader from 'redis-leader'; const l = new Leader({}, {});",
      'l.isLeader((error, yes) => { if (!yes) return; probe(); });',
      "l.on('revoked', () => { probe(); });",
    ],
    [
      'redis-leader, made',
      "import Leader from 'redis-leader'; const l = new Leader({}, {});",
      "l.on('elected', () => { probe(); });",
      'new Leader({}, {}); probe();',
    ],
    [
      'ts-safe-redis-leader',
      "import { SafeRedisLeader } from 'ts-safe-redis-leader'; const l = new SafeRedisLeader({}, 1, 1, 'a');",
      "l.emitter.on('elected', () => { probe(); });",
      "l.emitter.on('notElected', () => { probe(); });",
    ],
    [
      'mongo-leader',
      "import { Leader } from 'mongo-leader'; const l = new Leader({});",
      'if (await l.isLeader()) probe();',
      'await l.start(); probe();',
    ],
    [
      'mongodb-lock',
      "import mongoLock from 'mongodb-lock'; const l = mongoLock({}, 'a');",
      'l.acquire((error, code) => { if (!code) return; probe(); });',
      'l.acquire((error, code) => {}); probe();',
    ],
    [
      'redis-semaphore',
      "import { Mutex } from 'redis-semaphore'; const m = new Mutex({}, 'a');",
      'if (!(await m.tryAcquire())) return; probe();',
      'if (await m.tryAcquire()) return; probe();',
    ],
    [
      'simple-redis-mutex',
      "import { tryLock } from 'simple-redis-mutex';",
      "const [mine, release] = await tryLock({}, 'a'); if (mine) probe();",
      "await tryLock({}, 'a'); probe();",
    ],
    [
      '@upstash/lock',
      "import { Lock } from '@upstash/lock'; const l = new Lock({});",
      'if (await l.acquire()) probe();',
      'await l.acquire(); probe();',
    ],
    [
      'redlock, version 4',
      "import Redlock from 'redlock'; const r = new Redlock([]);",
      "r.lock('a', 1, (error, lock) => { if (error) return; probe(); });",
      "r.lock('a', 1, (error, lock) => {}); probe();",
    ],
    [
      'redlock, version 5',
      "import { Redlock } from '@sesamecare-oss/redlock'; const r = new Redlock([]);",
      "await r.using(['a'], 1, async () => { probe(); });",
      'await r.quit(async () => { probe(); });',
    ],
    [
      'advisory-lock',
      "import createMutex from 'advisory-lock'; const m = createMutex('')('a');",
      'await m.withLock(async () => { probe(); });',
      'const unlock = await m.tryLock(); probe();',
    ],
    [
      'redis, its condition',
      "import { createClient } from 'redis'; const c = createClient();",
      "if (await c.set('a', '1', { condition: 'NX' })) probe();",
      "if (await c.set('a', '1', { condition: 'XX' })) probe();",
    ],
    [
      'an advisory lock of a transaction',
      "import { Pool } from 'pg'; const p = new Pool();",
      "const c = await p.connect(); await c.query('BEGIN'); await c.query('SELECT pg_advisory_xact_lock(1)'); probe();",
      "await p.query('SELECT pg_advisory_xact_lock(1)'); probe();",
    ],
    [
      'bullmq, beside its job',
      "import { Queue } from 'bullmq'; import { JoSk } from 'josk'; const q = new Queue('a'); const j = new JoSk({});",
      "j.setInterval(() => { probe(); }, 1, 'a');",
      "await q.upsertJobScheduler('a', { every: 1 }); probe();",
    ],
    [
      'agenda and pg-boss, beside their jobs',
      "import { Agenda } from 'agenda'; import PgBoss from 'pg-boss'; import Redlock from 'redlock'; const a = new Agenda(); const b = new PgBoss(''); const r = new Redlock([]);",
      "await r.acquire(['a'], 1); probe();",
      "const job = await a.every('1 hour', 'a'); await b.schedule('a', '* * * * *'); if (job) probe();",
    ],
    [
      'graphile-worker, beside its crontab',
      "import { run } from 'graphile-worker'; import Redlock from 'redlock'; const r = new Redlock([]);",
      "await r.lock('a', 1); probe();",
      "const runner = await run({ crontab: '* * * * * a' }); setInterval(() => { probe(); }, 1);",
    ],
  ])('%s', async (_, head, yes, no) => {
    expect(await guards(`${head} async function f() { ${yes} } f();`), 'guarded').not.toEqual([]);
    expect(await guards(`${head} async function f() { ${no} } f();`), 'not guarded').toEqual([]);
  });
});
