// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources that are read here hold templates.
import { describe, expect, it } from 'vitest';
import { fnOf, programOf, type Sources } from '../../../test/in-memory.js';

/** What the function `job` does outside: `mail`, `database (again)` for what a second run does not change; `?` for what is not known. */
async function effects(sources: Sources | string): Promise<string> {
  const program = await programOf(sources);
  const found = program.effects(fnOf(program, 'job'));
  const words = found.effects
    .filter(({ writes }) => writes)
    .map(({ kind, idempotent, confidence }) =>
      [kind, idempotent && '(again)', confidence !== 'high' && confidence].filter(Boolean).join(' '),
    );
  return [...words, ...(found.unknown ? ['?'] : [])].join(', ');
}

const job = (body: string, head = '') => `${head}\nexport async function job(a, b) { ${body} }\njob();`;

describe('effects of a function', () => {
  it.each<[string, string, string]>([
    ['nothing', '', ''],
    ['counting', 'let n = 0; n += Math.max(1, 2); return JSON.stringify({ n });', ''],
    ['its own map', 'cache.delete("a"); for (const [k] of cache) cache.delete(k);', ''],
    ['logging', 'console.log("a"); logger.info("b");', ''],
    ['a timer of its own', 'clearTimeout(timer); setTimeout(() => { timer = undefined; }, 10);', ''],
    ['texts and lists', '[1].map(String).filter(Boolean).forEach((x) => x.toFixed(2).split("."));', ''],
    ['a promise', 'await new Promise((resolve) => setTimeout(resolve, 10));', ''],
    ['making a transport', 'const mail = nodemailer.createTransport({}); return mail;', ''],
    ['making clients', 'new Pool(); new Redis(); createClient(); return mongoose.model("A", {});', ''],
  ])('only its own process: %s', async (_, body, expected) => {
    const head =
      "import pino from 'pino'; import nodemailer from 'nodemailer'; import { Pool } from 'pg'; import Redis from 'ioredis'; import mongoose from 'mongoose'; import { createClient } from 'redis'; const logger = pino(); const cache = new Map(); let timer; ";
    expect(await effects(job(body, head))).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['a parameter that is never fed', 'a();', 'a'],
    ['a method of such a parameter', 'a.run();', 'a.run'],
    ['a handler out of a map', "handlers.get('a')();", 'handlers.get(…)'],
    ['a method of what a map holds', "handlers.get('a').run();", 'handlers.get(…).run'],
    ['a computed call', 'table[Math.random()]();', 'table[Math.random()]'],
    ['a package of which nothing is known', "import('x'); thing.doIt();", 'thing.doIt'],
    ['an emitter', "emitter.emit('a');", 'emitter.emit'],
    ['a global that nothing declares', 'notify();', 'notify'],
  ])('unknown: %s', async (_, body, written) => {
    const head =
      "import thing from 'some-unheard-of-thing'; import { EventEmitter } from 'events'; const emitter = new EventEmitter(); const handlers = new Map(); const table = load();";
    const program = await programOf(`${head} export async function job(a) { ${body} } start(job);`);
    const found = program.effects(fnOf(program, 'job'));
    expect(found.unknown).toBe(true);
    expect(found.unresolved.map((call) => program.text(call.unit, call.fact.callee))).toContain(written);
  });

  it.each<[string, string, string]>([
    ['pg', "import { Pool } from 'pg'; const db = new Pool();", "await db.query('INSERT INTO a VALUES (1)');"],
    [
      'mysql2',
      "import mysql from 'mysql2/promise'; const db = mysql.createPool('');",
      "await db.execute('UPDATE a SET b = 1');",
    ],
    [
      'mongodb',
      "import { MongoClient } from 'mongodb'; const c = new MongoClient('');",
      "await c.db().collection('a').insertOne({});",
    ],
    [
      'prisma',
      "import { PrismaClient } from '@prisma/client'; const p = new PrismaClient();",
      'await p.user.update({});',
    ],
    [
      'a Prisma transaction',
      "import { PrismaClient } from '@prisma/client'; const p = new PrismaClient();",
      'await p.$transaction(async (tx) => { await tx.user.create({}); });',
    ],
    ['knex', "import knex from 'knex'; const k = knex({});", "await k('a').where('b', 1).update({ c: 2 });"],
    ['mongoose', "import mongoose from 'mongoose'; const M = mongoose.model('a', {});", 'await M.updateMany({}, {});'],
    [
      'drizzle',
      "import { drizzle } from 'drizzle-orm/node-postgres'; const d = drizzle('');",
      'await d.insert(t).values({});',
    ],
  ])('writes a database: %s', async (_, head, body) => {
    expect(await effects(job(body, `${head} const t = 1;`))).toBe('database');
  });

  it.each<[string, string, string]>([
    ['SELECT', "db.query('SELECT * FROM a')", ''],
    ['a comment first', "db.query('/* a */ SELECT 1')", ''],
    ['WITH that reads', "db.query('WITH a AS (SELECT 1) SELECT * FROM a')", ''],
    ['WITH that writes', "db.query('WITH a AS (DELETE FROM b RETURNING *) INSERT INTO c SELECT * FROM a')", 'database'],
    ['DELETE', "db.query('DELETE FROM a WHERE b < 1')", 'database (again)'],
    ['DDL that looks first', "db.query('CREATE TABLE IF NOT EXISTS a (b int)')", 'database (again)'],
    ['DDL', "db.query('CREATE TABLE a (b int)')", 'database'],
    ['a template', 'db.query(`UPDATE ${a} SET b = 1`)', 'database'],
    ['a constant', 'db.query(FIND)', ''],
    ['a template in a constant', 'const q = `SELECT ${a}`; db.query(q)', ''],
    ['a query object', "db.query({ text: 'SELECT 1', values: [] })", ''],
    ['two statements', "db.query('SELECT 1; DELETE FROM a')", 'database'],
    ['INSERT that gives way', "db.query('INSERT INTO a VALUES (1) ON CONFLICT DO NOTHING')", 'database (again)'],
    ['a text that is not known', 'db.query(a)', 'database medium'],
  ])('SQL: %s', async (_, body, expected) => {
    const head = "import { Pool } from 'pg'; const db = new Pool(); const FIND = 'SELECT 1';";
    expect(
      await effects(job(`await ${body};`.replace('await const', 'const').replace('; db', '; await db'), head)),
    ).toBe(expected);
  });

  it.each<[string, string, string, string]>([
    [
      'mail',
      "import nodemailer from 'nodemailer'; const m = nodemailer.createTransport({});",
      'await m.sendMail({});',
      'mail',
    ],
    [
      'a message to a queue',
      "import { Queue } from 'bullmq'; const q = new Queue('a');",
      "await q.add('a', {});",
      'enqueue',
    ],
    [
      'a message to a queue, the same from every instance',
      "import { Queue } from 'bullmq'; const q = new Queue('a');",
      "await q.add('a', {}, { jobId: `clean-${a.id}` });",
      'enqueue (again)',
    ],
    [
      'a message to a queue under a name made up each time',
      "import { Queue } from 'bullmq'; import { randomUUID } from 'node:crypto'; const q = new Queue('a');",
      "await q.add('a', {}, { jobId: randomUUID() });",
      'enqueue',
    ],
    [
      'a message to a channel',
      "import Redis from 'ioredis'; const r = new Redis();",
      "await r.publish('a', 'b');",
      'publish',
    ],
    ['a call that changes something', '', "await fetch('a', { method: 'POST' });", 'http'],
    ['a call that asks', '', "await (await fetch('a')).json();", ''],
    ['a file', "import fs from 'fs/promises';", "await fs.writeFile('a', 'b');", 'file'],
    ['a file that is only read', "import fs from 'fs/promises';", "await fs.readFile('a');", ''],
  ])('%s', async (_, head, body, expected) => {
    expect(await effects(job(body, head))).toBe(expected);
  });

  it('are found through the calls, with the path as evidence', async () => {
    const program = await programOf({
      'server.ts': "import { step } from './step'; export async function job() { await step(); } job();",
      'step.ts':
        "import nodemailer from 'nodemailer'; const m = nodemailer.createTransport({}); export async function step() { await m.sendMail({}); }",
    });
    const [mail] = program.effects(fnOf(program, 'job')).effects;
    expect(mail?.path.map(({ file, note }) => `${file} ${note}`)).toEqual([
      'server.ts `job` calls `step`',
      'step.ts sends mail (`m.sendMail`)',
    ]);
  });

  it('end with a chain too deep to follow, and say so', async () => {
    const chain = Array.from({ length: 30 }, (_, at) => `function f${at}() { f${at + 1}(); }`).join('\n');
    expect(await effects(`${chain} function f30() {} export function job() { f0(); } job();`)).toBe('?');
  });

  it('end on a cycle', async () => {
    expect(await effects('export function job() { other(); } function other() { job(); } job();')).toBe('');
  });
});

describe('helpers that send statements', () => {
  const db = {
    'db.js':
      "import { Pool } from 'pg'; const pool = new Pool(); export const query = async (text, values) => { const got = await pool.query(text, values); return got.rows; };",
    'one.js': "import { query } from './db.js'; export const one = async (text) => (await query(text))[0];",
    'old.js':
      "import sqlite3 from 'sqlite3'; const db = new sqlite3.Database(''); export const run = (sql) => new Promise((done) => db.run(sql, [], done));",
    'other.js': "import { query } from './db.js'; query('SELECT 1'); query('DELETE FROM a');",
  };
  it.each<[string, string, string]>([
    [
      'a statement that reads',
      "import { query } from './db.js'; export const job = () => query('SELECT 1 FROM a');",
      '',
    ],
    [
      'a statement that writes',
      "import { query } from './db.js'; export const job = () => query('UPDATE a SET b = 1');",
      'database',
    ],
    [
      'a statement that a second run does not change',
      "import { query } from './db.js'; export const job = () => query('DELETE FROM a WHERE b');",
      'database (again)',
    ],
    [
      'through two of them, read',
      "import { one } from './one.js'; export const job = () => one('SELECT 1 FROM a');",
      '',
    ],
    [
      'through two of them, written',
      "import { one } from './one.js'; export const job = () => one('UPDATE a SET b = 1 RETURNING b');",
      'database',
    ],
    [
      'a promise within',
      "import { run } from './old.js'; export const job = async () => { await run('SELECT 1'); await run(`UPDATE a SET b = ${1}`); };",
      'database',
    ],
    [
      'what cannot be read may write',
      "import { query } from './db.js'; export const job = (a) => query(build(a));",
      'database medium',
    ],
  ])('%s', async (_, source, expected) => {
    expect((await effects({ ...db, 'app.js': `${source} job();` })).replace(/,? ?\?$/, '')).toBe(expected);
  });
});
