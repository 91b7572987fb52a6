import { describe, expect, it } from 'vitest';
import type { FileFacts, TypeFact } from '../model/facts.js';
import { exprText, factsOf } from '../../test/in-memory.js';

const typeText = (facts: FileFacts, { ref, args }: TypeFact): string =>
  exprText(facts, ref) + (args ? `<${args.map((arg) => typeText(facts, arg)).join(', ')}>` : '');

/** The members of the only class, each with what it is. */
function members(body: string): string[] {
  const facts = factsOf(`class A { ${body} }`);
  return (facts.classes[0]?.members ?? []).map(({ name, kind, static: isStatic, readonly, value, type, param, fn }) => {
    const words = [
      isStatic && 'static',
      readonly && 'readonly',
      kind,
      name,
      type && `: ${typeText(facts, type)}`,
      value && `= ${exprText(facts, value)}`,
    ];
    const parameter = param === undefined ? undefined : `from parameter ${facts.bindings[param]?.name}`;
    return [...words, parameter, fn === undefined ? undefined : facts.functions[fn]?.kind].filter(Boolean).join(' ');
  });
}

describe('members', () => {
  it.each<[string, string[]]>([
    [
      'a = 1; readonly b: B; static c = d; #e = 2;',
      ['field a = 1', 'readonly field b : B', 'static field c = d', 'field #e = 2'],
    ],
    ["'a-b' = 1; ['c'] = 2; [d] = 3;", ['field a-b = 1', 'field c = 2', 'field * = 3']],
    [
      'a() {} static b() {} async *c() {} #d() {}',
      ['method a method', 'static method b method', 'method c method', 'method #d method'],
    ],
    ['get a() { return 1; } set a(b) {}', ['getter a getter', 'setter a setter']],
    ['a = () => {}; b = function () {};', ['field a = fn a', 'field b = fn b']],
    [
      'constructor(private a: B, readonly c = d, e: F) {}',
      ['field a : B from parameter a', 'field c from parameter c'],
    ],
    ['constructor(a: B); constructor(private a: C<D>) {}', ['field a : C<D> from parameter a']],
    ['abstract a(): void; b?: B; declare c: C; d!: D<E>;', ['field b : B', 'field c : C', 'field d : D<E>']],
    ['static { this.a = 1; }', []],
  ])('of `%s`', (body, expected) => {
    expect(members(body)).toEqual(expected);
  });

  it('know their class by `this` and `super`', () => {
    const facts = factsOf(`class A extends B {
      a = this.c;
      static d = this.e;
      f = () => this.g;
      h() { super.i(); return () => this.j; }
      static k() { return this.l; }
      static { this.m(); }
      constructor() { super(this.n); function o() { return this.p; } }
    }`);
    expect(facts.accesses.map(({ target }) => exprText(facts, target))).toEqual([
      'this<A>.c',
      'this<static A>.e',
      'this<A>.g',
      'this<A>.j',
      'this<static A>.l',
      'this<A>.n',
      'this.p',
    ]);
    expect(facts.calls.map(({ callee }) => exprText(facts, callee))).toEqual([
      'super<A>.i',
      'this<static A>.m',
      'super<A>',
    ]);
  });

  it('belong to their class as functions', () => {
    const { functions, classes } = factsOf('class A { constructor() {} a() {} static b() {} static {} }');
    expect(functions.slice(1).map(({ name, kind, cls, static: isStatic }) => [name, kind, cls, isStatic])).toEqual([
      ['constructor', 'constructor', 0, undefined],
      ['a', 'method', 0, undefined],
      ['b', 'method', 0, true],
      ['static', 'static-block', 0, true],
    ]);
    expect(classes[0]?.ctor).toBe(1);
  });
});

describe('classes', () => {
  it.each<[string, string, string, string[]]>([
    ['class A {}', 'A', '-', []],
    ['class A extends b.C<D> {}', 'A', 'b.C', []],
    ['class A extends mixin(B) {}', 'A', 'mixin(B)', []],
    ['class A implements B, c.D<E> {}', 'A', '-', ['B', 'c.D<E>']],
    ['class A<T> extends B<T> implements C<T> {}', 'A', 'B', ['C<T>']],
    ['const A = class extends B {};', 'A', 'B', []],
    ['const A = class C {};', 'C', '-', []],
    ['f(class {});', '', '-', []],
    ['export default class {}', 'default', '-', []],
  ])('of `%s`', (text, name, base, interfaces) => {
    const facts = factsOf(text);
    expect(facts.classes).toHaveLength(1);
    expect(facts.classes[0]?.name).toBe(name);
    expect(exprText(facts, facts.classes[0]?.extends)).toBe(base);
    expect((facts.classes[0]?.implements ?? []).map((type) => typeText(facts, type))).toEqual(interfaces);
  });

  it('are not made of declarations alone', () => {
    expect(factsOf('declare class A {}\ninterface B {}\ntype C = {};').classes).toEqual([]);
  });
});

describe('decorators', () => {
  it('are calls that say what they decorate', () => {
    const facts = factsOf(`@A()
      @b.C({ d: 1 })
      class E {
        @F g = 1;
        constructor(@H('i') private j: K) {}
        @L('m') n(@O() p) {}
      }`);
    const found = facts.calls.map(({ callee, args, decorates }) => [
      exprText(facts, callee),
      args.map((arg) => exprText(facts, arg)),
      decorates,
    ]);
    expect(found.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))).toEqual([
      ['A', [], { cls: 0 }],
      ['F', [], { cls: 0, member: 'g' }],
      ['H', ['"i"'], { cls: 0, param: 0 }],
      ['L', ['"m"'], { cls: 0, fn: 2, member: 'n' }],
      ['O', [], { cls: 0, fn: 2, param: 0 }],
      ['b.C', ['{d: 1}'], { cls: 0 }],
    ]);
    const names = (ids: readonly number[] | undefined) => ids?.map((id) => exprText(facts, facts.calls[id]?.callee));
    expect(names(facts.classes[0]?.decorators)).toEqual(['A', 'b.C']);
    expect(names(facts.classes[0]?.members.find(({ name }) => name === 'g')?.decorators)).toEqual(['F']);
    expect(names(facts.functions[2]?.decorators)).toEqual(['L']);
  });
});

describe('functions with a prototype', () => {
  it.each<[string, string[], string]>([
    ['function A() {} A.prototype.b = function () {}; A.prototype.c = d;', ['method b', 'field c'], '-'],
    [
      'var A = function () {}; A.prototype = { b: function () {}, get c() {}, d: 1 };',
      ['method b', 'getter c', 'field d'],
      '-',
    ],
    ['function A() {} Object.assign(A.prototype, { b() {} });', ['method b'], '-'],
    ['function A() {} require("util").inherits(A, B);', [], 'B'],
    ['function A() {} A.prototype = Object.create(B.prototype); A.prototype.c = () => {};', ['field c'], 'B'],
    ['function A() {} Object.setPrototypeOf(A.prototype, B.prototype);', [], 'B'],
    ['function A() { this.b = 1; }', [], '-'],
  ])('`%s` is a class', (text, expected, base) => {
    const facts = factsOf(text, 'file.js');
    const [cls] = facts.classes;
    expect(cls?.members.map(({ kind, name }) => `${kind} ${name}`)).toEqual(expected);
    expect([cls?.name, exprText(facts, cls?.extends)]).toEqual(['A', base]);
  });

  it.each([
    'function handle(req) { this.b = 1; }',
    'function A() { return this.b; }',
    'const A = async function () { this.b = 1; };',
    'function* A() { this.body = 1; }',
    'function A() { return function () { this.b = 1; }; }',
  ])('`%s` is none', (text) => {
    expect(factsOf(text, 'file.js').classes).toEqual([]);
  });
});
