// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources that are read here hold templates.
import { describe, expect, it } from 'vitest';
import { probed, programOf, type Sources } from '../../../test/in-memory.js';

/** What the argument of the only `probe(…)` can be. */
async function values(sources: Sources | string): Promise<string[]> {
  return probed(await programOf(sources));
}

describe('what a package gives', () => {
  it.each<[string, string]>([
    ["import express from 'express'; probe(express);", 'express:'],
    ["import express from 'express'; probe(express());", 'express:()'],
    ["import * as express from 'express'; probe(express.Router());", 'express:Router()'],
    ["import { Router as R } from 'express'; probe(R());", 'express:Router()'],
    ["const express = require('express'); probe(express());", 'express:()'],
    ["const { Router } = require('express'); probe(Router());", 'express:Router()'],
    ["probe(require('express').Router());", 'express:Router()'],
    ["const m = await import('express'); probe(m.default());", 'express:()'],
    ["const { Router } = await import('express'); probe(new Router());", 'express:Router()'],
    ["import express = require('express'); probe(express());", 'express:()'],
    ["import pg from 'pg'; const { Pool } = pg; probe(new Pool());", 'pg:Pool()'],
    ["import * as fs from 'node:fs/promises'; probe(fs.readFile);", 'fs/promises:readFile'],
    ["import { EventEmitter } from 'node:events'; probe(new EventEmitter().on('a', b));", 'events:EventEmitter()'],
    ["import a from 'a'; probe(a.b.c().d['e']);", 'a:b.c().d.e'],
    ["import a from 'a'; probe((a as any)!.b);", 'a:b'],
    ["import a from 'a'; const b = a; const c = b; probe(c);", 'a:'],
    ["import a from 'a'; const { b: { c } } = a; probe(c);", 'a:b.c'],
    ["import a from 'a'; const b = (a); probe(await b());", 'a:()'],
    ["import a from 'a'; const b = __importDefault(require('a')); probe(b.default());", 'a:()'],
    ['probe(new Map());', 'global:Map()'],
    ['probe(globalThis.fetch);', 'global:fetch'],
    ['probe(process.env.A);', 'env:A'],
    ["probe(process.env['A']);", 'env:A'],
    ['const { A: b } = process.env; probe(b);', 'env:A'],
    ["import { env } from 'node:process'; probe(env.A);", 'env:A'],
    ["import { DatabaseSync } from 'node:sqlite'; probe(DatabaseSync);", 'sqlite:DatabaseSync'],
    ["import { Database } from 'bun:sqlite'; probe(Database);", 'bun/sqlite:Database'],
    ["import process from 'process'; probe(process.env.A);", 'env:A'],
    ['const env = process.env; probe(env.A);', 'env:A'],
  ])('`%s`', async (text, expected) => {
    expect(await values(text)).toEqual([expected]);
  });

  it.each<[string, string]>([
    ["import a from 'a'; a.b('c', (d) => probe(d));", 'a:b/1.0'],
    ["import a from 'a'; a.b({ c: { d(e, f) { probe(f); } } });", 'a:b/0.c.d.1'],
    ["import a from 'a'; function b({ c }) { probe(c); } a(b);", 'a:/0.0.c'],
    ["import express from 'express'; express().get('/', (req) => probe(req));", 'express:().get/1.0'],
    [
      "import express from 'express'; express.Router().post('/', async (req, res) => { probe(res); });",
      'express:().get/1.1',
    ],
  ])('is known inside a callback: `%s`', async (text, expected) => {
    expect(await values(text)).toEqual([expected]);
  });

  it.each<[string, string]>([
    ["import type { Express } from 'express'; function f(app: Express) { probe(app); }", 'express:()'],
    ["import { Pool } from 'pg'; function f(db: Pool) { probe(db.query); }", 'pg:Pool().query'],
    [
      "import type { FastifyInstance } from 'fastify'; export default async (app: FastifyInstance) => probe(app);",
      'fastify:()',
    ],
    ["import type * as e from 'express'; let r: e.Router; probe(r);", 'express:Router()'],
    [
      "import { Pool } from 'pg'; function f({ db }: { db: Pool }) {} let p: Promise<Pool>; probe(await p);",
      'pg:Pool()',
    ],
  ])('is known by its type: `%s`', async (text, expected) => {
    expect(await values(text)).toEqual([expected]);
  });
});

describe('modules', () => {
  it.each<[string, Sources, string[]]>([
    ['a named export', { 'server.ts': "import { a } from './a'; probe(a);", 'a.ts': 'export const a = 1;' }, ['1']],
    [
      'a renamed one',
      { 'server.ts': "import { b as c } from './a'; probe(c);", 'a.ts': 'const a = 1; export { a as b };' },
      ['1'],
    ],
    ['a default', { 'server.ts': "import a from './a'; probe(a);", 'a.ts': 'export default 1;' }, ['1']],
    [
      'a default class',
      { 'server.ts': "import A from './a'; probe(new A());", 'a.ts': 'export default class A {}' },
      ['new A'],
    ],
    ['a namespace', { 'server.ts': "import * as a from './a'; probe(a.b);", 'a.ts': 'export const b = 1;' }, ['1']],
    [
      'a namespace itself',
      { 'server.ts': "import * as a from './a'; probe(a);", 'a.ts': 'export const b = 1;' },
      ['module a.ts'],
    ],
    [
      'a barrel',
      {
        'server.ts': "import { a } from './lib'; probe(a);",
        'lib/index.ts': "export * from './a';",
        'lib/a.ts': 'export const a = 1;',
      },
      ['1'],
    ],
    [
      'two barrels',
      {
        'server.ts': "import { a } from './x'; probe(a);",
        'x.ts': "export * from './y'; export * from './z';",
        'y.ts': 'export const b = 2;',
        'z.ts': "export * from './a';",
        'a.ts': 'export const a = 1;',
      },
      ['1'],
    ],
    [
      'an own export before a barrel',
      {
        'server.ts': "import { a } from './x'; probe(a);",
        'x.ts': "export * from './y'; export const a = 1;",
        'y.ts': 'export const a = 2;',
      },
      ['1'],
    ],
    [
      'a named re-export',
      {
        'server.ts': "import { c } from './x'; probe(c);",
        'x.ts': "export { a as c } from './y';",
        'y.ts': 'export const a = 1;',
      },
      ['1'],
    ],
    [
      'a default re-export',
      {
        'server.ts': "import { c } from './x'; probe(c);",
        'x.ts': "export { default as c } from './y';",
        'y.ts': 'export default 1;',
      },
      ['1'],
    ],
    [
      'a namespace re-export',
      {
        'server.ts': "import { c } from './x'; probe(c.a);",
        'x.ts': "export * as c from './y';",
        'y.ts': 'export const a = 1;',
      },
      ['1'],
    ],
    [
      'a package through a file',
      { 'server.ts': "import { Redis } from './x'; probe(new Redis());", 'x.ts': "export { Redis } from 'ioredis';" },
      ['ioredis:()'],
    ],
    [
      'a package through a barrel',
      { 'server.ts': "import { Pool } from './x'; probe(new Pool());", 'x.ts': "export * from 'pg';" },
      ['pg:Pool()'],
    ],
    [
      'import and export',
      {
        'server.ts': "import { a } from './x'; probe(a);",
        'x.ts': "import { a } from './y'; export { a };",
        'y.ts': 'export const a = 1;',
      },
      ['1'],
    ],
    [
      'a circle',
      {
        'server.ts': "import { a } from './x'; probe(a);",
        'x.ts': "export * from './y';",
        'y.ts': "export * from './x'; export const a = 1;",
      },
      ['1'],
    ],
    [
      'a circle without end',
      {
        'server.ts': "import { a } from './x'; probe(a);",
        'x.ts': "export * from './y';",
        'y.ts': "export * from './x';",
      },
      ['unknown'],
    ],
    [
      'a circle of values',
      {
        'server.ts': "import { a } from './x'; probe(a);",
        'x.ts': "import { b } from './y'; export const a = b;",
        'y.ts': "import { a } from './x'; export const b = a;",
      },
      ['unknown'],
    ],
    [
      'a missing export',
      { 'server.ts': "import { b } from './a'; probe(b);", 'a.ts': 'export const a = 1;' },
      ['unknown'],
    ],
    ['a missing file', { 'server.ts': "import { b } from './a'; probe(b);" }, ['unknown']],

    ['module.exports', { 'server.js': "const a = require('./a'); probe(a);", 'a.js': 'module.exports = 1;' }, ['1']],
    [
      'a property of module.exports',
      { 'server.js': "const { a } = require('./a'); probe(a);", 'a.js': 'const a = 1; module.exports = { a };' },
      ['1'],
    ],
    ['require().x', { 'server.js': "probe(require('./a').a);", 'a.js': 'exports.a = 1;' }, ['1']],
    [
      'module.exports.x',
      { 'server.js': "const a = require('./a'); probe(a.b);", 'a.js': 'module.exports.b = 1;' },
      ['1'],
    ],
    [
      'default of CommonJS',
      { 'server.js': "import a from './a'; probe(a.b);", 'a.js': 'module.exports = { b: 1 };' },
      ['1'],
    ],
    [
      'a name of CommonJS',
      { 'server.js': "import { b } from './a'; probe(b);", 'a.js': 'module.exports = { b: 1 };' },
      ['1'],
    ],
    [
      '.default of a required ES module',
      { 'server.js': "const a = require('./a').default; probe(a);", 'a.ts': 'export default 1;' },
      ['1'],
    ],
    [
      'an instance',
      { 'server.js': "const a = require('./a'); probe(a);", 'a.js': 'class A {} module.exports = new A();' },
      ['new A'],
    ],
    ['export =', { 'server.ts': "import a = require('./a'); probe(a);", 'a.ts': 'const a = 1; export = a;' }, ['1']],
    [
      'a dynamic import',
      { 'server.ts': "const { a } = await import('./a'); probe(a);", 'a.ts': 'export const a = 1;' },
      ['1'],
    ],
    [
      'a barrel of CommonJS',
      {
        'server.js': "const { A } = require('./lib'); probe(new A());",
        'lib/index.js': "module.exports = { ...require('./a') };",
        'lib/a.js': 'class A {} module.exports = { A };',
      },
      ['new A'],
    ],
    [
      'a handle that its file sets later',
      {
        'server.ts': "import { db } from './db'; probe(db.client);",
        'db.ts': 'export const db = { client: null }; export function init() { db.client = new Map(); }',
      },
      ['global:Map()', 'null'],
    ],
    [
      'createRequire',
      {
        'server.mjs':
          "import { createRequire } from 'module'; const require = createRequire(import.meta.url); probe(require('./a.cjs').b);",
        'a.cjs': 'exports.b = 1;',
      },
      ['1'],
    ],
    [
      'a workspace package',
      {
        'server.ts': "import { a } from '@x/lib'; probe(a);",
        'lib/package.json': { name: '@x/lib', main: 'dist/index.js' },
        'lib/src/index.ts': 'export const a = 1;',
      },
      ['1'],
    ],
  ])('%s', async (_, sources, expected) => {
    expect(await values(sources)).toEqual(expected);
  });
});

describe('expressions', () => {
  it.each<[string, string[]]>([
    ['probe("a" + `b${1}`);', ['"ab1"']],
    ["const a = 'x'; probe(`${a}/y`);", ['"x/y"']],
    ['probe(`${a}b`);', ['unknown']],
    ['probe(-1);', ['-1']],
    ['probe(undefined);', ['undefined']],

    // Choices
    ['probe(a ? 1 : 2);', ['1 if a', '2 unless a']],
    ['probe(a ? 1 : b ? 2 : 3);', ['1 if a', '2 unless a if b', '3 unless a unless b']],
    ['const c = a ? 1 : 2; const d = { e: c }; probe(d.e);', ['1 if a', '2 unless a']],
    ['probe(a && 1);', ['1 if a', 'undefined unless a']],
    ['probe(undefined ?? 1);', ['1 unless undefined']],
    ['probe(1 || 2);', ['1']],

    // Variables
    ['let c = 1; if (a) c = 2; probe(c);', ['1', '2 if a']],
    ['let c; if (a) c = 1; else c = 2; probe(c);', ['1 if a', '2 unless a']],
    ['let c; if (a) { c = 1; } probe(c);', ['1 if a', 'undefined unless a']],
    ['let c; c = 1; probe(c);', ['1']],
    ['let c; try { c = 1; } catch {} probe(c);', ['1']],
    ['var c = 1; var c = 2; probe(c);', ['1', '2']],
    ['const [a, b] = [1, 2]; probe(b);', ['2']],
    ['const { a = 2 } = {}; probe(a);', ['2 unless ….a']],
    ['const { a = 2 } = { a: 1 }; probe(a);', ['1']],
    ['enum A { B = "c" } probe(A.B);', ['"c"']],
    ['probe(N.a); namespace N { export const a = 1; }', ['1']],

    // Objects
    ['const a = { b: { c: 1 } }; probe(a.b.c);', ['1']],
    ["const a = { b: 1 }; probe(a['b']);", ['1']],
    ['const a = { b: 1 }; probe(a.c);', ['undefined']],
    ['const a = { b: 1, b: 2 }; probe(a.b);', ['2']],
    ['const a = { b: 1 }; const c = { ...a, d: 2 }; probe(c.b);', ['1']],
    ['const a = { b: 1 }; const c = { b: 2, ...a }; probe(c.b);', ['1']],
    ['const a = { b: 1 }; const c = { ...a, b: 2 }; probe(c.b);', ['2']],
    ['const c = { b: 2, ...(a && { b: 1 }) }; probe(c.b);', ['1 if a', '2 unless a']],
    ['const c = { ...(a ? { b: 1 } : {}) }; probe(c.b);', ['1 if a', 'undefined unless a']],
    ['const a = {}; a.b = 1; probe(a.b);', ['1']],
    ['const c = { b: 1 }; if (a) c.b = 2; probe(c.b);', ['2 if a', '1']],
    ['const c = {}; if (a) c.b = 2; probe(c.b);', ['2 if a', 'undefined']],
    ['const c = { [a]: 1 }; probe(c.b);', ['unknown']],
    ['const a = { b() { return 1; } }; probe(a.b());', ['1']],
    ['let a = { b: 1 }; a = { ...a, c: 2 }; probe(a.c);', ['undefined', '2']],
    ['const a = Object.freeze({ b: 1 }); probe(a.b);', ['1']],
    ['const a = { get b() { return 1; } }; probe(a.b);', ['1']],
    ['const a = { set b(c) {} }; probe(a.b);', ['undefined']],
    ['const c = { ...(a ? { b: 1 } : { b: 2 }) }; probe(c.b);', ['1 if a', '2 unless a']],
    ['probe(process.env.A || 1);', ['env:A', '1 unless process.env.A']],

    // Functions
    ['function f() { return 1; } probe(f());', ['1']],
    ['const f = () => ({ a: 1 }); probe(f().a);', ['1']],
    ['async function f() { return 1; } probe(await f());', ['1']],
    ['function f() { if (a) return 1; return 2; } probe(f());', ['1 if a', '2 unless a']],
    ['function f() { if (a) return 1; } probe(f());', ['1 if a', 'undefined unless a']],
    [
      'function f() { switch (a) { case "x": return 1; default: return 2; } } probe(f());',
      ["1 if a === 'x'", "2 unless a === 'x'"],
    ],
    ['function f() { return f(); } probe(f());', ['unknown']],
    ['let c; function get() { if (!c) c = new Map(); return c; } probe(get());', ['global:Map() if !c']],
    ['let c; function get() { c ??= new Map(); return c; } probe(get());', ['global:Map()']],
    ['let c; function get() { if (c) return c; c = new Map(); return c; } probe(get());', ['global:Map() unless c']],
    ['let c = null; function get() { if (!c) c = new Map(); return c; } probe(get());', ['null', 'global:Map() if !c']],
    ['f().then((a) => probe(a)); async function f() { return 1; }', ['1']],
    ['const a = await f().catch(() => null); async function f() { return 1; } probe(a);', ['1', 'null']],
    ['function f(a) { probe(a); } f(1); f("b");', ['1', '"b"']],
    ['function f(a = 1) { probe(a); } f();', ['1']],
    ['function f({ a }) { probe(a); } f({ a: 1 });', ['1']],
    ['function f({ a = 2 } = {}) { probe(a); } f();', ['2']],
    ['const f = (a) => a; probe(f(1));', ['1']],
    ['const f = (a) => () => a; probe(f(1)());', ['1']],
    ['function f() {} probe(f.bind(null));', ['function f']],
    ['const make = () => new A(); class A {} probe(make());', ['new A']],

    // Collections
    ['const a = [1, 2]; probe(a[1]);', ['2']],
    ['const a = [1, 2]; for (const b of a) probe(b);', ['1', '2']],
    ['const a = [1, 2]; a.forEach((b) => probe(b));', ['1', '2']],
    ['const a = []; a.push(1); a.push(2); for (const b of a) probe(b);', ['1', '2']],
    ['const a = [1]; probe(a.find((b) => b));', ['1']],
    ['const a = new Map(); a.set("b", 1); probe(a.get(c));', ['1']],
    ['const a = new Set(); a.add(1); a.forEach((b) => probe(b));', ['1']],
    ['const a = {}; a[b] = 1; probe(a[c]);', ['1']],
    ['const a = { b: 1, c: 2 }; probe(a[d]);', ['1', '2']],
    ['const a = [{ b: 1 }, { b: 2 }]; a.map(({ b }) => probe(b));', ['1', '2']],
    ['[1, 2].filter(Boolean).forEach((a) => probe(a));', ['1', '2']],
  ])('`%s`', async (text, expected) => {
    expect(await values(text)).toEqual(expected);
  });
});

describe('classes', () => {
  it.each<[string, string[]]>([
    ['class A {} probe(new A());', ['new A']],
    ['class A { b = 1; } probe(new A().b);', ['1']],
    ['class A { b = 1; c() { probe(this.b); } }', ['1']],
    ['class A { b; constructor() { this.b = 1; } } probe(new A().b);', ['1']],
    ['class A { static b = 1; } probe(A.b);', ['1']],
    ['class A { static b = 1; static c() { probe(this.b); } }', ['1']],
    ['class A {} A.b = 1; probe(A.b);', ['1']],
    ['class A { get b() { return 1; } } probe(new A().b);', ['1']],
    ['class A { get b() { return this.c; } c = 1; } probe(new A().b);', ['1']],
    ['class A { b() { return 1; } } probe(new A().b());', ['1']],
    ['class A { b() { return this; } c = 1; } probe(new A().b().c);', ['1']],
    ['class A { static i; static get() { return A.i ??= new A(); } } probe(A.get());', ['new A']],
    ['class A { static make() { return new this(); } } probe(A.make());', ['new A']],
    ['class A { constructor(b) { this.b = b; } } new A(1); probe(new A(1).b);', ['1']],
    ['class A { constructor(private b: C) {} d() { probe(this.b); } } class C {}', ['new C']],
    ['class A { b: C; d() { probe(this.b); } } class C {}', ['new C']],

    // Inheritance
    ['class A { b() { return 1; } } class C extends A { b() { return 2; } d() { probe(super.b()); } }', ['1']],
    ['class A { static b() { return 1; } } class C extends A { static d() { probe(super.b()); } }', ['1']],
    ['class A { b = 1; } class C extends A {} probe(new C().b);', ['1']],
    ['class A { b() { return 1; } } class C extends A { b() { return 2; } } probe(new C().b());', ['2']],
    ['class A { static b = 1; } class C extends A {} probe(C.b);', ['1']],
    ["import { E } from 'e'; class A extends E {} probe(new A().b);", ['e:E().b']],
    [
      "import { EventEmitter } from 'events'; class A extends EventEmitter { b() { probe(this.on); } }",
      ['events:EventEmitter().on'],
    ],
    ['class A extends A { b() { probe(this.c); } }', ['unknown']],
    ['abstract class A { b() { probe(this.c()); } abstract c(); } class D extends A { c() { return 1; } }', ['1']],

    ['const mix = (B) => class extends B { c = 1; }; class A extends mix(Object) {} probe(new A().c);', ['1']],
    ['class A { static #i; static get i() { return (this.#i ??= new A()); } } probe(A.i);', ['new A']],

    // Injection
    [
      'interface I {} class A implements I {} class B { constructor(private i: I) {} c() { probe(this.i); } }',
      ['new A'],
    ],
    [
      'interface I {} class A implements I {} class B implements I {} function f(i: I) { probe(i); }',
      ['new A', 'new B'],
    ],
    ['interface I<T> {} class A implements I<string> {} function f(i: I<string>) { probe(i); }', ['new A']],
    ['abstract class A {} class B extends A {} function f(a: A) { probe(a); }', ['new A', 'new B']],
    ['class A {} probe(container.get(A));', ['new A']],
    ['class A {} probe(container.resolve(A));', ['new A']],
    [
      "import { NestFactory } from '@nestjs/core'; class A {} const app = await NestFactory.create(B); probe(app.get(A));",
      ['new A'],
    ],
    ['class A {} function f(cache, a) { probe(cache.get(a)); }', ['unknown']],
  ])('`%s`', async (text, expected) => {
    expect(await values(text)).toEqual(expected);
  });

  it.each<[string, Sources, string[]]>([
    [
      'an interface of another file',
      {
        'server.ts': "import type { I } from './i'; function f(i: I) { probe(i); }",
        'i.ts': 'export interface I {}',
        'a.ts': "import { I } from './i'; export class A implements I {}",
      },
      ['new A'],
    ],
    [
      'a class of another file by its type',
      {
        'server.ts': "import { A } from './a'; class B { constructor(private a: A) {} c() { probe(this.a); } }",
        'a.ts': 'export class A {}',
      },
      ['new A'],
    ],
    [
      'a base of another file',
      {
        'server.ts': "import { A } from './a'; class B extends A {} probe(new B().c);",
        'a.ts': 'export class A { c = 1; }',
      },
      ['1'],
    ],
    [
      'a singleton',
      { 'server.ts': "import { a } from './a'; probe(a.b);", 'a.ts': 'class A { b = 1; } export const a = new A();' },
      ['1'],
    ],
  ])('%s', async (_, sources, expected) => {
    expect(await values(sources)).toEqual(expected);
  });
});
