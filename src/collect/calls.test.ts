// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources that are read here hold templates.
import { describe, expect, it } from 'vitest';
import { exprText, factsOf } from '../../test/in-memory.js';

describe('calls', () => {
  it.each<[string, string[]]>([
    ['a(b, ...c);', ['a(b, ...c)']],
    ['new A(b); new C;', ['new A(b)', 'new C()']],
    ['a.b(c)(d);', ['a.b(c)', 'a.b(c)(d)']],
    ['a?.b?.(c);', ['a.b(c)']],
    ["a['b'](); a[c]();", ['a.b()', 'a[c]()']],
    ['a`b${c()}d`;', ['c()', 'a(text("b", c(), "d"))']],
    ['(0, a.b)(c);', ['a.b(c)']],
    ['(a as B)(c); (<D>e).f(); g!();', ['a(c)', 'e.f()', 'g()']],
    ['(await a()).b();', ['a()', 'await a().b()']],
    ['import(a); require(b);', ['import(a)', 'require(b)']],
    ['void (async () => { a(); })();', ['a()', 'fn ()']],
  ])('of `%s`', (text, expected) => {
    // A module, where `await` is no name.
    const facts = factsOf(`${text} export {};`);
    const written = facts.calls.map(({ callee, args, new: isNew }) => {
      const list = args.map((arg) => exprText(facts, arg)).join(', ');
      return `${isNew ? 'new ' : ''}${exprText(facts, callee)}(${list})`;
    });
    expect(written).toEqual(expected);
  });

  it.each<[string, string]>([
    ['here();', 'dropped'],
    ['await here();', 'awaited'],
    ['void here();', 'voided'],
    ['const a = here();', 'stored'],
    ['const a = await here();', 'stored'],
    ['a = here();', 'stored'],
    ['a ??= here();', 'stored'],
    ['const f = () => here();', 'returned'],
    ['function f() { return here(); }', 'returned'],
    ['async function f() { return await here(); }', 'returned'],
    ['function f() { return (here() as A)!; }', 'returned'],
    ['function f() { return a ? b : here(); }', 'returned'],
    ['a(here());', 'used'],
    ['here().a();', 'used'],
    ['here()();', 'used'],
    ['if (here()) a();', 'used'],
    ['const a = { b: here() };', 'used'],
    ['const a = here().b;', 'used'],
    ['a && here();', 'dropped'],
    ['a ? here() : b();', 'dropped'],
    ['(here());', 'dropped'],
    ['a, here();', 'dropped'],
    ['for (;;) here();', 'dropped'],
    ['await Promise.all([here()]);', 'used'],
    ['(await here()).a();', 'awaited'],
  ])('`%s`: what becomes of the result is %s', (text, use) => {
    const { calls } = factsOf(`${text} export {};`);
    const found = calls.filter(({ callee }) => callee.k === 'global' && callee.name === 'here');
    expect(found.map((call) => call.use)).toEqual([use]);
  });

  it.each<[string, string, number[][]]>([
    ['one line', 'a(b);', [[1, 1, 1, 5]]],
    ['a method', 'a.b.c(d);', [[1, 1, 1, 9]]],
    ['new', 'new A(\n);', [[1, 1, 2, 2]]],
    [
      'a chain points at its last name',
      'a\n  .b()\n  .c(d);',
      [
        [1, 1, 2, 7],
        [3, 4, 3, 8],
      ],
    ],
    [
      'a chain through properties',
      'a()\n.b.c();',
      [
        [1, 1, 1, 4],
        [2, 4, 2, 7],
      ],
    ],
    [
      'a chain through await',
      '(await a())\n.b();',
      [
        [1, 8, 1, 11],
        [2, 2, 2, 5],
      ],
    ],
    [
      'a chain that starts with new',
      'new A()\n.b();',
      [
        [1, 1, 1, 8],
        [1, 1, 2, 5],
      ],
    ],
    [
      'lines of Windows',
      'a;\r\n  b();\r\nc();',
      [
        [2, 3, 2, 6],
        [3, 1, 3, 4],
      ],
    ],
    [
      'a byte-order mark',
      '\uFEFFa();\nb();',
      [
        [1, 2, 1, 5],
        [2, 1, 2, 4],
      ],
    ],
    [
      'columns count UTF-16 units',
      "f('\u{1F600}', g());",
      [
        [1, 9, 1, 12],
        [1, 1, 1, 13],
      ],
    ],
    [
      'other ends of lines',
      'a();\u2028b();\rc();',
      [
        [1, 1, 1, 4],
        [2, 1, 2, 4],
        [3, 1, 3, 4],
      ],
    ],
  ])('stand where they are: %s', (_, text, spans) => {
    expect(factsOf(`${text}\nexport {};`).calls.map(({ span }) => span)).toEqual(spans);
  });

  it('know the function and the loop they stand in', () => {
    const { calls } = factsOf('a(); function f() { b(); for (;;) { c(); g(() => d()); } } while (e()) h();');
    expect(calls.map(({ callee, fn, loop }) => [exprText(factsOf(''), callee), fn, loop ?? false])).toEqual([
      ['a', 0, false],
      ['b', 1, false],
      ['c', 1, true],
      ['d', 2, false],
      ['g', 1, true],
      ['e', 0, false],
      ['h', 0, true],
    ]);
  });
});

describe('functions', () => {
  it('are named, sorted and nested', () => {
    const { functions } = factsOf(`function a() { const b = () => {}; }
      const c = async function () {}; d(() => {}); const e = { f() {}, g: () => {}, get h() { return 1; } };
      const i = function j() {};`);
    const shown = functions
      .slice(1)
      .map(({ name, kind, parent, async: isAsync }) => `${name} ${kind} in ${parent}${isAsync ? ' async' : ''}`);
    expect(shown).toEqual([
      'a function in 0',
      'b arrow in 1',
      'c function in 0 async',
      ' arrow in 0',
      'f method in 0',
      ' arrow in 0',
      'h getter in 0',
      'j function in 0',
    ]);
  });

  it.each([
    ["'use server';\nexport async function a() {}", ['use server', undefined]],
    ["async function a() { 'use server'; }", [undefined, 'use server']],
    ['"use client"; "use strict"; const a = () => {};', ['use client', undefined]],
    ["const a = () => { 'use strict'; };", [undefined, 'use strict']],
    ["a(); 'use client';", [undefined]],
  ])('%j: directives at the start', (text, directives) => {
    expect(factsOf(text).functions.map(({ directive }) => directive)).toEqual(directives);
  });

  it('point at their names', () => {
    const { functions } = factsOf('function a() {}\nconst b = () => {};\nclass C { d() {} }');
    expect(functions.map(({ nameSpan }) => nameSpan)).toEqual([
      [1, 1, 1, 1],
      [1, 10, 1, 11],
      [2, 11, 2, 19],
      [3, 11, 3, 12],
    ]);
  });
});
