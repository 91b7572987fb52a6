import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.js';
import { programOf, type Sources } from '../../test/in-memory.js';
import type { Program } from '../model/program.js';
import { evaluate } from './index.js';

/*
 * What rules do, counted: how often each asks the program something, and how much of its lists it goes through. A rule that
 * looks at all calls for each server, or at all servers for each call, takes a moment here and minutes in a large repository.
 */

/** So many applications beside one another, each with something for many rules, and what they share. */
function applications(count: number): Sources {
  const sources: Record<string, string | object> = {
    'package.json': { private: true, workspaces: ['packages/*'] },
    'packages/shared/package.json': { name: 'shared', main: 'index.js' },
    'packages/shared/index.js': [
      "const fs = require('node:fs');",
      "exports.log = (line) => fs.appendFileSync('./logs/all.log', line);",
      'exports.sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));',
    ].join('\n'),
  };
  const dependencies = { express: '5', 'express-session': '1', ioredis: '5', multer: '2', pg: '8', 'socket.io': '4' };
  for (let index = 0; index < count; index++) {
    const folder = `packages/p${index}`;
    sources[`${folder}/package.json`] = { name: `p${index}`, scripts: { start: 'node server.js' }, dependencies };
    sources[`${folder}/server.js`] = SERVER;
    sources[`${folder}/jobs.js`] = JOBS;
    sources[`${folder}/files.js`] = FILES;
  }
  return sources;
}

const SERVER = `
const express = require('express');
const session = require('express-session');
const http = require('node:http');
const { Server } = require('socket.io');
const jobs = require('./jobs');
const files = require('./files');
const app = express();
app.use(session({ secret: process.env.SECRET ?? require('node:crypto').randomBytes(32).toString('hex'), cookie: { secure: true } }));
app.use('/files', files.router);
const server = http.createServer(app);
const io = new Server(server);
io.on('connection', (socket) => socket.on('say', (text) => io.emit('said', text)));
app.get('/who', (req, res) => { jobs.greet(req.ip); res.json({ ip: req.ip }); });
process.on('SIGTERM', () => { if (process.env.NODE_APP_INSTANCE === '0') jobs.stop(); process.exit(0); });
jobs.start().then(() => server.listen(process.env.PORT));
`;

const JOBS = `
const { Pool } = require('pg');
const Redis = require('ioredis');
const { sleep } = require('../shared');
const pool = new Pool();
const redis = new Redis(process.env.REDIS_URL);
const queue = [];
let running = true;
async function work() {
  if ((await redis.set('lock', '1', 'NX')) !== 'OK') return;
  const job = queue.shift();
  if (job) await pool.query('INSERT INTO greetings (name) VALUES ($1)', [job]);
}
exports.greet = async (name) => {
  queue.push(name);
  const { rows } = await pool.query('SELECT count FROM totals WHERE name = $1', [name]);
  if (rows.length === 0) await pool.query('INSERT INTO totals (name, count) VALUES ($1, 1)', [name]);
  fetch(process.env.HOOK_URL, { method: 'POST', body: name });
};
exports.start = async () => {
  await pool.query('CREATE TABLE IF NOT EXISTS totals (name text, count int)');
  setInterval(work, 60_000);
  while (running) { await work(); await sleep(1000); }
};
exports.stop = () => { running = false; pool.end(); };
`;

const FILES = `
const { Router } = require('express');
const multer = require('multer');
const fs = require('node:fs');
const { log } = require('../shared');
const upload = multer({ dest: 'uploads/' });
const known = new Map();
const router = Router();
router.post('/', upload.single('file'), (req, res) => {
  known.set(req.file.filename, Date.now());
  fs.writeFileSync('./data/index.json', JSON.stringify([...known]));
  log(req.file.filename);
  res.sendStatus(201);
});
router.get('/:name', (req, res) => res.json(JSON.parse(fs.readFileSync('./data/index.json', 'utf8'))[req.params.name]));
exports.router = router;
`;

/** The same program, which counts what it is asked, and what of its lists is handed out. */
function counted(program: Program): { readonly program: Program; count(): number } {
  let work = 0;
  const properties = Object.entries(program).map(([name, value]: [string, unknown]): [string, PropertyDescriptor] => {
    if (typeof value === 'function') {
      const ask = (...given: unknown[]): unknown => {
        work++;
        return value(...given);
      };
      return [name, { value: ask }];
    }
    const get = (): unknown => {
      work += Array.isArray(value) ? value.length : 0;
      return value;
    };
    return [name, { get }];
  });
  return { program: Object.defineProperties({}, Object.fromEntries(properties)) as Program, count: () => work };
}

/** For each application: 2351 when this was written, most of them asked once for all rules. */
const QUESTIONS = 2900;

interface Work {
  readonly byRule: ReadonlyMap<string, number>;
  readonly findings: number;
}

async function workOf(count: number): Promise<Work> {
  const { program, count: work } = counted(await programOf(applications(count)));
  const byRule = new Map<string, number>();
  const watch = { now: work, took: (rule: string, done: number) => void byRule.set(rule, done) };
  const { findings, problems } = evaluate(program, rules, () => [], watch);
  expect(problems).toEqual([]);
  return { byRule, findings: findings.length };
}

describe('rules', () => {
  it('have twice as much to do where there is twice as much', async () => {
    const [small, large] = [await workOf(10), await workOf(20)];
    expect(small.findings).toBeGreaterThan(100);
    expect(large.findings).toBeGreaterThan(1.8 * small.findings);
    expect(small.byRule.size).toBe(rules.length);
    const quicklyGrown = [...large.byRule].flatMap(([rule, work]) => {
      const before = small.byRule.get(rule) ?? 0;
      return work > 2.2 * before + 20 ? [`${rule}: ${before} and ${work}`] : [];
    });
    expect(quicklyGrown).toEqual([]);
  });

  it('ask no more of a program than they did', async () => {
    const { byRule } = await workOf(10);
    const each = [...byRule.values()].reduce((sum, one) => sum + one, 0) / 10;
    expect(each).toBeGreaterThan(1000);
    expect(each).toBeLessThan(QUESTIONS);
  });
});
