// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources that are read here hold templates.
import { describe, expect, it } from 'vitest';
import { callOf, fnOf, programOf, type Sources } from '../../../test/in-memory.js';

/** The functions that the only call written so can run. */
async function callees(sources: Sources | string, written: string): Promise<string[]> {
  const program = await programOf(sources);
  return program.callees(callOf(program, written)).map(({ name }) => name);
}

describe('what a call runs', () => {
  it.each<[string, string, string[]]>([
    ['function f() {} f();', 'f', ['f']],
    ['const f = () => {}; const g = f; g();', 'g', ['f']],
    ['(() => {})();', 'a function', ['a function']],
    ['const a = { b() {}, c: () => {} }; a.b();', 'a.b', ['b']],
    ['let f = g; if (a) f = h; f(); function g() {} function h() {}', 'f', ['g', 'h']],
    ['const f = a ? g : h; f(); function g() {} function h() {}', 'f', ['g', 'h']],
    ['class A { b() { this.c(); } c() {} }', 'this.c', ['A.c']],
    ['class A { b = () => { this.c(); }; c = () => {}; }', 'this.c', ['A.c']],
    ['class A { constructor() {} } new A();', 'A', ['A.constructor']],
    ['class A { constructor() {} } class B extends A {} new B();', 'B', ['A.constructor']],
    ['class A { constructor() {} } class B extends A { constructor() { super(); } }', 'super', ['A.constructor']],
    ['class A { static b() {} } A.b();', 'A.b', ['A.b']],
    ['class A { b() { this.c(); } c() {} } class B extends A { c() {} }', 'this.c', ['A.c', 'B.c']],
    ['class A { constructor(private b: B) {} c() { this.b.d(); } } class B { d() {} }', 'this.b.d', ['B.d']],
    [
      'interface I { d(): void } class B implements I { d() {} } class A { constructor(private b: I) {} c() { this.b.d(); } }',
      'this.b.d',
      ['B.d'],
    ],
    ['function f(g) { g(); } f(() => {}); f(function h() {});', 'g', ['a function', 'h']],
    ['function f({ g }) { g(); } f({ g: () => {} });', 'g', ['a function']],
    ['const wrap = (fn) => (...args) => fn(...args); function h() {} wrap(h)();', 'fn', ['h']],
    ['function make() { return { b() {} }; } make().b();', 'make().b', ['b']],
    ['function f() {} f.call(a);', 'f.call', ['f']],
    ['const jobs = { a() {}, b() {} }; for (const key of c) jobs[key]();', 'jobs[key]', ['a', 'b']],
    ['const jobs = []; jobs.push({ run() {} }); for (const job of jobs) job.run();', 'job.run', ['run']],
    ['const jobs = [a, b]; jobs.forEach((job) => job()); function a() {} function b() {}', 'job', ['a', 'b']],
    ['const handlers = new Map(); handlers.set("a", f); handlers.get(b)(); function f() {}', 'handlers.get(…)', ['f']],
    [
      'class R { private all = []; add(fn) { this.all.push(fn); } run() { for (const fn of this.all) fn(); } } const r = new R(); r.add(f); r.run(); function f() {}',
      'fn',
      ['f'],
    ],
    ["import a from 'a'; a.b(() => {});", 'a.b', []],
    ['f();', 'f', []],
  ])('`%s`: %s', async (text, written, expected) => {
    expect(await callees(text, written)).toEqual(expected);
  });

  it.each<[string, Sources, string, string[]]>([
    ['an import', { 'server.ts': "import { f } from './f'; f();", 'f.ts': 'export function f() {}' }, 'f', ['f']],
    [
      'a namespace',
      { 'server.ts': "import * as m from './f'; m.f();", 'f.ts': 'export function f() {}' },
      'm.f',
      ['f'],
    ],
    [
      'require()()',
      { 'server.js': "require('./f')(a);", 'f.js': 'module.exports = function f() {};' },
      'require(…)',
      ['f'],
    ],
    [
      'a function of module.exports',
      { 'server.js': "const m = require('./f'); m.g();", 'f.js': 'module.exports = { g() {} };' },
      'm.g',
      ['g'],
    ],
    [
      'an object that is exported',
      { 'server.ts': "import a from './a'; a.b();", 'a.ts': 'class A { b() {} } export default new A();' },
      'a.b',
      ['A.b'],
    ],
    [
      'a callback of another file',
      { 'server.ts': "import { f } from './f'; f(() => {});", 'f.ts': 'export function f(g) { g(); }' },
      'g',
      ['a function'],
    ],
    [
      'a circle of imports',
      {
        'server.ts': "import { f } from './f'; export function h() {} f();",
        'f.ts': "import { h } from './server'; export function f() { h(); }",
      },
      'h',
      ['h'],
    ],
  ])('through %s', async (_, sources, written, expected) => {
    expect(await callees(sources, written)).toEqual(expected);
  });
});

describe('what is chosen at run time', () => {
  const names = Array.from({ length: 30 }, (_, i) => `f${i}`);
  const functions = names.map((name) => `function ${name}() {}`).join(' ');

  it.each<[string, string, string, string[]]>([
    ['a large table', `const table = { ${names.join(', ')} }; table[a](); ${functions}`, 'table[a]', names],
    [
      'a handler kept in a variable',
      `const table = { ${names.join(', ')} }; const h = table[a]; h(); ${functions}`,
      'h',
      names,
    ],
    [
      'a table with a default',
      `const table = { ${names.join(', ')} }; const h = table[a] || f0; h(); ${functions}`,
      'h',
      names,
    ],
    [
      'a table made of others',
      'const a = { f }; const b = { ...a, g }; b[c](); function f() {} function g() {}',
      'b[c]',
      ['f', 'g'],
    ],
    [
      'classes',
      `const table = { ${names.map((name) => `${name}: class ${name} { run() {} }`).join(', ')} }; const C = table[a]; const c = new C(); c.run();`,
      'c.run',
      names.map((name) => `${name}.run`),
    ],
    [
      'methods by the beginning of their names',
      'class A { run(e) { this[`on${e}`](); } onA() {} onB() {} other() {} }',
      'this[`on${e}`]',
      ['A.onA', 'A.onB'],
    ],
    ['a method by any name', 'class A { run(e) { this[e](); } onA() {} }', 'this[e]', []],
    [
      'an entry by a constant key',
      "const table = { f, g }; table['f'](); function f() {} function g() {}",
      'table.f',
      ['f'],
    ],
    [
      'many subclasses',
      `class A { run() { this.work(); } } ${names.map((name) => `class ${name} extends A { work() {} }`).join(' ')}`,
      'this.work',
      names.map((name) => `${name}.work`),
    ],
  ])('%s', async (_, text, written, expected) => {
    expect((await callees(text, written)).sort()).toEqual([...expected].sort());
  });

  it('the exports of a module', async () => {
    const sources = {
      'server.ts': "import * as commands from './commands'; commands[a]();",
      'commands.ts': "export function f() {} export * from './more';",
      'more.ts': 'export const g = () => {}; export const limit = 1;',
    };
    expect(await callees(sources, 'commands[a]')).toEqual(['f', 'g']);
  });
});

describe('what parameters are given', () => {
  it.each<[string, string, string[]]>([
    ['call', 'function f(g) { g(); } f.call(a, h); function h() {}', ['h']],
    ['apply', 'function f(g) { g(); } f.apply(a, [h]); function h() {}', ['h']],
    ['a method called call', 'class A { call(g) { g(); } } new A().call(h); function h() {}', ['h']],
    ['bind', "import x from 'x'; function f(g, req) { g(); } x.on('a', f.bind(null, h)); function h() {}", ['h']],
    [
      'bind without arguments',
      "import x from 'x'; function f(g) { g(); } x.on('a', f.bind(null)); function h() {}",
      [],
    ],
    [
      'an event',
      "import { EventEmitter } from 'events'; const e = new EventEmitter(); e.on('a', (g) => g()); e.emit('a', h); function h() {}",
      ['h'],
    ],
    ['a setter', 'class A { set on(g) { g(); } } new A().on = h; function h() {}', ['h']],
    [
      'a guess where nothing else is known',
      'class A { refreshAll(g) { g(); } } export const b = (a) => a.refreshAll(h); function h() {}',
      ['h'],
    ],
    [
      'no guess where calls are known',
      'class A { refreshAll(g) { g(); } } new A().refreshAll(i); export const b = (a) => a.refreshAll(h); function h() {} function i() {}',
      ['i'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await callees(text, 'g')).toEqual(expected);
  });

  it('moves what a package gives behind what is bound', async () => {
    const program = await programOf(
      "import express from 'express'; function f(db, req, res) { probe(req); } express().get('/a', f.bind(null, 1));",
    );
    expect(program.values(callOf(program, 'probe').unit, callOf(program, 'probe').fact.args[0]!)).toMatchObject([
      { value: { kind: 'external', api: 'express:().get/1.0' } },
    ]);
  });
});

describe('getters and setters', () => {
  it.each<[string, string, string, string[]]>([
    ['a getter', 'class A { get f() { return 1; } } function g() { return new A().f; }', 'A.f', ['g']],
    ['an own getter', 'class A { get f() { return 1; } g() { return this.f.length; } }', 'A.f', ['A.g']],
    [
      'a getter of the base',
      'class B { get f() { return 1; } } class A extends B { g() { this.f.h(); } }',
      'B.f',
      ['A.g'],
    ],
    ['a static getter', 'class A { static get f() { return 1; } } function g() { return A.f; }', 'A.f', ['g']],
    [
      'an overridden getter',
      'class B { get f() { return 1; } } class A extends B { get f() { return 2; } g() { return this.f; } }',
      'B.f',
      [],
    ],
    ['a setter', 'class A { set f(v) {} } function g() { new A().f = 1; }', 'A.f', ['g']],
    [
      'a field of the same name',
      'class A { get f() { return 1; } } class B { f = 1; } function g() { return new B().f; }',
      'A.f',
      [],
    ],
  ])('%s', async (_, text, name, expected) => {
    const program = await programOf(text);
    expect(program.callers(fnOf(program, name)).map(({ fn }) => fn.name)).toEqual(expected);
  });
});

describe('who calls a function', () => {
  it.each<[string, string, string[]]>([
    ['function f() {} f(); function g() { f(); }', 'f', ['server.ts', 'g']],
    ['class A { b() {} c() { this.b(); } }', 'A.b', ['A.c']],
    ['function f(g) { g(); } f(h); function h() {}', 'h', ['f']],
    ['function f() {}', 'f', []],
  ])('`%s`: %s', async (text, name, expected) => {
    const program = await programOf(text);
    expect(program.callers(fnOf(program, name)).map(({ fn }) => fn.name)).toEqual(expected);
  });
});

describe('the functions that an expression can be', () => {
  it.each<[string, string[]]>([
    ['probe(f); function f() {}', ['f']],
    ['probe([f, g]); function f() {} function g() {}', ['f', 'g']],
    ['probe({ a: f, b: () => {} }); function f() {}', ['f', 'a function']],
    ['probe(f.bind(a)); function f() {}', ['f']],
    ["import wrap from 'wrap'; probe(wrap(f)); function f() {}", ['f']],
    ['probe(a(b(f))); function f() {}', ['f']],
    ['const wrap = (fn) => (req) => fn(req); probe(wrap(f)); function f() {}', ['a function in wrap']],
    ['class A { constructor() { probe(this.b); } b() {} }', ['A.b']],
    ['probe(a);', []],
  ])('`%s`', async (text, expected) => {
    const program = await programOf(text);
    const { unit, fact } = callOf(program, 'probe');
    expect(program.functions(unit, fact.args[0]!).map(({ name }) => name)).toEqual(expected);
  });
});
