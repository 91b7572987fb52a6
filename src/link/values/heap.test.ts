import { describe, expect, it } from 'vitest';
import { probed, programOf, type Sources } from '../../../test/in-memory.js';

describe('what is put into things', () => {
  it.each<[string, string[]]>([
    // Properties
    ['const o = {}; o.a = {}; o.a.b = 1; probe(o.a.b);', ['1']],
    ['const o = { a: {} }; const p = o.a; p.b = 1; probe(o.a.b);', ['1']],
    ['const a = Object.assign({}, { b: 1 }); probe(a.b);', ['1']],
    ['const a = { b: 1 }; Object.assign(a, { c: 2 }); probe(a.c);', ['2']],
    ['const a = { b: 1 }; Object.assign(a, f()); probe(a.b);', ['1']],
    ['function f() {} f.a = 1; probe(f.a);', ['1']],
    ['class A {} new A().b = 1; probe(new A().b);', ['1']],
    ['function set(o) { o.a = 1; } const o = {}; set(o); probe(o.a);', ['1']],
    ['const o = { a: 1 }; o.a = o.a; probe(o.a);', ['1']],
    ["const k = 'a'; const o = { a: 1, b: 2 }; probe(o[k]);", ['1']],

    // Collections
    ["const m = new Map([['a', 1]]); probe(m.get(b));", ['1']],
    ["const m = new Map(); m.set('a', 1); m.set('b', 2); probe(m.get('b'));", ['2']],
    ["const m = new Map().set('a', 1); probe(m.get(b));", ['1']],
    ['const m = new Map(load()); m.set(a, 1); probe(m.get(b));', ['unknown', '1']],
    ['const m = new Map(); probe(m.get(b));', ['global:Map().get()']],
    ['for (const a of new Set([1])) probe(a);', ['1']],
    ['const s = new Set([1]); probe([...s][0]);', ['1']],
    ['for (const [k, a] of Object.entries({ b: 1 })) probe(a);', ['1']],
    ['for (const [k, a] of Object.entries({ b: 1 })) probe(k);', ['"b"']],
    ['for (const k of Object.keys({ b: 1, c: 2 })) probe(k);', ['"b"', '"c"']],
    ['for (const [k, a] of new Map([["b", 1]])) probe(a);', ['1']],
    ['const m = new Map(); m.set("b", 1); for (const [k, a] of m.entries()) probe(k);', ['"b"']],
    ['const m = new Map(); m.set("b", 1); m.forEach((a, k) => probe(a));', ['1']],
    ['const a = new Map(); a.set("b", 1); for (const c of a.values()) probe(c);', ['1']],
    ['const a = { b: 1, c: 2 }; for (const d of Object.values(a)) probe(d);', ['1', '2']],
    ['const a = Object.fromEntries([["b", 1]]); probe(a.b);', ['1']],
    ['const a = Object.fromEntries(Object.entries({ b: 1 }).map(([k, v]) => [k, v])); probe(a.b);', ['1']],
    ['const a = [...[1], 2]; for (const b of a) probe(b);', ['1', '2']],
    ['const a = Array.from(new Set([1])); probe(a[0]);', ['1']],
    ['const a = [1, 2].map((b) => ({ c: b })); probe(a[0].c);', ['1', '2']],
    ['const a = [1, 2, 3].filter((b) => b > 1); probe(a[0]);', ['1', '2', '3']],
    ['const a = [1].concat([2], 3); for (const b of a) probe(b);', ['1', '2', '3']],
    ['const a = []; a[0] = 1; a[1] = 2; probe(a[1]);', ['2']],
    ['const a = [...f(), 1]; for (const b of a) probe(b);', ['unknown', '1']],
    ['function f(...a) { probe(a[0]); } f(1);', ['1']],
    ['function f(...a) { probe(a[1]); } f(1, 2);', ['2']],
    ['const f = (...a) => g(...a); function g(b) { probe(b); } f(1);', ['unknown']],
    ["import LRU from 'lru-cache'; const c = new LRU({ max: 1 }); c.set('a', 1); probe(c.get(b));", ['1']],
    ["import Redis from 'ioredis'; const c = new Redis(); c.set('a', 1); probe(c.get('a'));", ['ioredis:().get()']],
    ['let list = []; list = [...list, 1]; probe(list[0]);', ['1']],
    ['class A { static all = []; constructor() { A.all.push(this); } } for (const a of A.all) probe(a);', ['new A']],

    // Promises
    [
      'const [a, b] = await Promise.all([f(), g()]); function f() { return 1; } function g() { return 2; } probe(b);',
      ['2'],
    ],
    ['const all = await Promise.all([1, 2].map(async (a) => ({ b: a }))); probe(all[0].b);', ['1', '2']],
    ['const a = await Promise.resolve(1); probe(a);', ['1']],
    ['const a = await new Promise((ok) => { setTimeout(() => ok(1)); }); probe(a);', ['1']],
    ['const f = () => new Promise((ok) => ok(1)); f().then((a) => probe(a));', ['1']],
    [
      "import Q from 'q'; const f = () => { const d = Q.defer(); d.resolve(1); return d.promise; }; probe(await f());",
      ['1'],
    ],
    ['const { promise, resolve } = Promise.withResolvers(); resolve(1); probe(await promise);', ['1']],
  ])('`%s`', async (text, expected) => {
    expect(probed(await programOf(text))).toEqual(expected);
  });

  it.each<[string, Sources, string[]]>([
    [
      'entries from another file',
      {
        'server.ts': "import { list } from './list'; list.push(1); for (const a of list) probe(a);",
        'list.ts': 'export const list = [2];',
      },
      ['2', '1'],
    ],
    [
      'a registry that other files fill through a function',
      {
        'server.ts': "import './b'; import { get } from './registry'; probe(get('b'));",
        'b.ts': "import { register } from './registry'; export class B {} register('b', new B());",
        'registry.ts':
          'const all = new Map(); export function register(name, value) { all.set(name, value); } export const get = (name) => all.get(name);',
      },
      ['new B'],
    ],
    [
      'a property from another file',
      {
        'server.ts': "import { config } from './config'; config.store = new Map(); probe(config.store);",
        'config.ts': 'export const config = {};',
      },
      ['global:Map()'],
    ],
    [
      'a property beside module.exports',
      {
        'server.js': "const a = require('./a'); probe(a.b);",
        'a.js': 'module.exports = f; module.exports.b = 1; function f() {}',
      },
      ['1'],
    ],
    ['a chain of exports', { 'server.js': "probe(require('./a').c);", 'a.js': 'exports.b = exports.c = 1;' }, ['1']],
    [
      'Object.assign(exports, …)',
      {
        'server.js': "probe(require('./lib').a);",
        'lib.js': "Object.assign(exports, require('./a'));",
        'a.js': 'exports.a = 1;',
      },
      ['1'],
    ],
    [
      '__exportStar',
      {
        'server.js': "probe(require('./lib').a);",
        'lib.js': "__exportStar(require('./a'), exports);",
        'a.js': 'exports.a = 1;',
      },
      ['1'],
    ],
    [
      'a circle of copies',
      {
        'server.js': "probe(require('./lib').a);",
        'lib.js': "Object.assign(exports, require('./a'));",
        'a.js': "Object.assign(exports, require('./lib'));",
      },
      ['unknown'],
    ],
  ])('%s', async (_, sources, expected) => {
    expect(probed(await programOf(sources))).toEqual(expected);
  });
});

it('ends where many things are spread into one another', async () => {
  const names = Array.from({ length: 40 }, (_, i) => `o${i}`);
  const made = names.map((name) => `const ${name} = {};`).join(' ');
  const merged = names.map(
    (name) => `Object.assign(${name}, ${names.filter((n) => n !== name).map((n) => `{ ...${n} }`)});`,
  );
  const text = `${made} ${merged.join(' ')} o7.a = 1; for (const a of Object.values(o0)) f(a); probe(o7.a);`;
  expect(probed(await programOf(text))).toEqual(['1']);
}, 5000);

describe('what hangs on the process', () => {
  it.each<[string, Sources, string[]]>([
    [
      'by one name',
      { 'server.ts': "import './a'; probe(global.db);", 'a.ts': 'global.db = new Map();' },
      ['global:Map()'],
    ],
    ['bare', { 'server.ts': "import './a'; probe(db);", 'a.ts': 'globalThis.db = new Map();' }, ['global:Map()']],
    ['a part of it', { 'server.ts': "import './a'; probe(cfg.port);", 'a.ts': 'global.cfg = { port: 1 };' }, ['1']],
    ['what nobody sets', { 'server.ts': 'probe(global.db);' }, ['global:db']],
    [
      'what the platform has too',
      { 'server.ts': "import f from 'node-fetch'; globalThis.fetch = f; probe(fetch);" },
      ['global:fetch'],
    ],
    [
      'a handle kept over reloads',
      {
        'server.ts': "import { prisma } from './db'; probe(prisma);",
        'db.ts':
          "import { PrismaClient } from '@prisma/client'; export const prisma = globalThis.prisma || new PrismaClient(); if (process.env.NODE_ENV !== 'production') globalThis.prisma = prisma;",
      },
      ['@prisma/client:PrismaClient() unless globalThis.prisma'],
    ],
    [
      'a helper that keeps what is made',
      {
        'server.ts': "import { prisma } from './db'; probe(prisma);",
        'db.ts':
          "import { PrismaClient } from '@prisma/client'; import { keep } from './keep'; export const prisma = keep('prisma', () => new PrismaClient());",
        'keep.ts':
          'export const keep = (name, make) => { const all = globalThis; all.kept ??= new Map(); if (!all.kept.has(name)) all.kept.set(name, make()); return all.kept.get(name); };',
      },
      ['@prisma/client:PrismaClient() if !all.kept.has(…)'],
    ],
    [
      'a helper that keeps it under a name',
      {
        'server.ts': "import { prisma } from './db'; probe(prisma);",
        'db.ts':
          "import { PrismaClient } from '@prisma/client'; import { once } from './keep'; export const prisma = once('prisma', () => new PrismaClient());",
        'keep.ts':
          'export function once(name, make) { const g = global; g.kept ??= {}; g.kept[name] ??= make(); return g.kept[name]; }',
      },
      ['undefined', '@prisma/client:PrismaClient()'],
    ],
  ])('%s', async (_, sources, expected) => {
    expect(probed(await programOf(sources))).toEqual(expected);
  });
});
