import { describe, expect, it } from 'vitest';
import { programOf } from '../../../test/in-memory.js';
import type { Program, StateAccess } from '../../model/program.js';

const SERVER = "import express from 'express'; const app = express(); app.listen(1);\n";

/** Each cell with its writes and reads and when they happen: `module rooms: insert request; lookup request`. */
async function cells(text: string): Promise<string[]> {
  const program = await programOf({
    'package.json': { name: 'a', scripts: { start: 'node server.ts' } },
    'server.ts': SERVER + text,
  });
  return program.cells.map(
    ({ kind, name, writes, reads }) => `${kind} ${name}: ${words(program, writes)}; ${words(program, reads)}`,
  );
}

function words(program: Program, accesses: readonly StateAccess[]): string {
  const said = accesses.map(
    ({ op, fn }) => `${op} ${[...new Set(program.reaches(fn).map(({ phase }) => phase))].join('+') || '-'}`,
  );
  return [...new Set(said)].join(', ') || '-';
}

const POST = (body: string) => `app.post('/a', (req, res) => { ${body} });`;
const GET = (body: string) => `app.get('/b', (req, res) => { ${body} });`;

describe('places where state lives', () => {
  it.each<[string, string, string]>([
    [
      'a module variable',
      `let n = 1; ${POST('n = req.body.n')} ${GET('res.json(n)')}`,
      'module n: assign request; read request',
    ],
    [
      'a closure of a function that is called once',
      `function store() { const m = new Map(); return { get: (k) => m.get(k), put: (k, v) => m.set(k, v) }; } const s = store(); ${POST('s.put(1, req.body)')} ${GET('res.json(s.get(1))')}`,
      'closure m: insert request; lookup request',
    ],
    [
      'a field of an object made once',
      `class A { items = []; add(x) { this.items.push(x); } all() { return this.items; } } const a = new A(); ${POST('a.add(req.body)')} ${GET('res.json(a.all())')}`,
      'field A.items: insert request; read request',
    ],
    [
      'a static field',
      `class A { static last = 1; } ${POST('A.last = req.body')} ${GET('res.json(A.last)')}`,
      'static A.last: assign request; read request',
    ],
    [
      'a property of a function',
      `function next() { next.calls += 1; return next.calls; } next.calls = 0; ${GET('res.json(next())')}`,
      'module next.calls: update request; read request',
    ],
    [
      'a property put on what a package exports',
      `import sdk from 'sdk'; ${POST('sdk.defaults.token = req.body.t')} ${GET('res.json(sdk.defaults.token)')}`,
      'global sdk.defaults.token: assign request; read request',
    ],
    [
      'a property of globalThis',
      `${POST('globalThis.mode = req.body.m')} ${GET('res.json(globalThis.mode)')}`,
      'global globalThis.mode: assign request; read request',
    ],
    [
      'application settings by name',
      `${POST("app.set('closed', req.body.on)")} ${GET("res.json(app.get('closed'))")}`,
      'app-locals app.settings.closed: assign request; read request',
    ],
    [
      'the environment',
      `${POST('process.env.TZ = req.body.tz')} ${GET('res.json(process.env.TZ)')}`,
      'environment process.env.TZ: assign request; read request',
    ],
  ])('%s', async (_, text, expected) => {
    expect(await cells(text)).toEqual([expected]);
  });

  it.each<[string, string]>([
    [
      'a closure of a function that requests call',
      `function store() { const m = new Map(); return { put: (k) => m.set(k, 1), get: (k) => m.get(k) }; } ${POST('const s = store(); s.put(1); res.json(s.get(1))')}`,
    ],
    [
      'a field of an object made by each request',
      `class A { items = []; add(x) { this.items.push(x); return this.items; } } ${POST('res.json(new A().add(1))')}`,
    ],
    ['a route, which is no setting', "app.get('x', (req, res) => res.end());"],
    [
      'what a package hands out for a request',
      `import sdk from 'sdk'; ${POST('const c = sdk.make(); c.token = 1; res.json(c.token)')}`,
    ],
  ])('not %s', async (_, text) => {
    expect(await cells(text)).toEqual([]);
  });
});

describe('parts of one object', () => {
  const paths = async (text: string): Promise<string[]> => {
    const program = await programOf(SERVER + text);
    return program.cells.map(
      ({ name, writes, reads }) =>
        `${name}: ${[...writes, ...reads].map(({ op, path }) => [op, ...path].join(' ')).join(', ')}`,
    );
  };

  it('are told apart by the names on the way', async () => {
    expect(
      await paths(
        `const config = { db: {} }; ${POST('config.db.url = 1; config.list[req.id] = 2')} ${GET('res.json(config.db); use(config.title.length, config)')}`,
      ),
    ).toEqual(['config.db: update url, read, read', 'config.list: insert *, read']);
  });
});

describe('collections of packages', () => {
  it.each<[string, string]>([
    [
      `import { LRUCache } from 'lru-cache'; const c = new LRUCache({ max: 9 }); ${POST('c.delete(req.body.id)')} ${GET('c.set(1, 2); res.json(c.get(1))')}`,
      'module c: remove request, insert request; lookup request',
    ],
    [
      `import NodeCache from 'node-cache'; const c = new NodeCache(); ${POST('c.set(req.body.mail, 1, 60)')} ${GET('res.json(c.take(req.query.mail))')}`,
      'module c: insert request, remove request; lookup request',
    ],
    [
      `import Keyv from 'keyv'; const c = new Keyv({ ttl: 9 }); ${POST('c.set(1, 2)')} ${GET('res.json(c.get(1))')}`,
      'module c: insert request; lookup request',
    ],
    [
      `import memoize from 'lodash/memoize'; const f = memoize((k) => k); ${GET('res.json(f(1))')} ${POST('f.cache.clear()')}`,
      'module f: insert request, clear request; lookup request',
    ],
    [
      `import pMemoize, { pMemoizeClear } from 'p-memoize'; const f = pMemoize((k) => k); ${GET('res.json(f(1))')} ${POST('pMemoizeClear(f)')}`,
      'module f: clear request; read request',
    ],
    [
      `import DataLoader from 'dataloader'; const users = new DataLoader((k) => k); ${GET('res.json(users.load(1))')}`,
      'module users: insert request; lookup request',
    ],
    [
      `import { BehaviorSubject } from 'rxjs'; const s = new BehaviorSubject(1); ${POST('s.next(req.body)')} ${GET('res.json(s.getValue())')}`,
      'module s: assign request; lookup request',
    ],
  ])('`%s`', async (text, expected) => {
    expect(await cells(text)).toEqual([expected]);
  });

  it.each([
    `import Keyv from 'keyv'; const c = new Keyv('redis://x'); ${POST('c.set(1, 2)')} ${GET('res.json(c.get(1))')}`,
    `import Keyv from 'keyv'; const c = new Keyv({ store: shared }); ${POST('c.set(1, 2)')} ${GET('res.json(c.get(1))')}`,
    `import DataLoader from 'dataloader'; ${GET('const users = new DataLoader((k) => k); res.json(users.load(1))')}`,
    `import { cache } from 'react'; const f = cache((k) => k); ${GET('res.json(f(1))')}`,
    `import { EventEmitter } from 'events'; const e = new EventEmitter(); ${GET("e.on('x', () => 1)")} ${POST("e.emit('x')")}`,
    `import { createClient } from 'redis'; const c = createClient(); ${POST('c.set(1, 2)')} ${GET('res.json(c.get(1))')}`,
  ])('not `%s`', async (text) => {
    expect(await cells(text)).toEqual([]);
  });
});
