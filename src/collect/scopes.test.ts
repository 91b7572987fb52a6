// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources that are read here hold templates.
import { describe, expect, it } from 'vitest';
import { exprText, factsOf } from '../../test/in-memory.js';

/** The arguments of every `use(…)`, a name followed by the line of its declaration; names without a line are not declared. */
function used(text: string, file?: string): string[] {
  const facts = factsOf(text, file);
  const calls = facts.calls.filter(({ callee }) => callee.k === 'global' && callee.name === 'use');
  return calls.map(({ args }) => args.map((arg) => exprText(facts, arg)).join(', '));
}

/** What every binding is declared as. */
function declared(text: string): Record<string, string> {
  const facts = factsOf(text);
  return Object.fromEntries(facts.bindings.map((binding) => [binding.name, exprText(facts, binding.init)]));
}

describe('scopes', () => {
  it.each<[string, string, string[]]>([
    ['a block hides what is outside of it', 'const a = 1;\n{ const a = 2;\n use(a); }\nuse(a);', ['a@2', 'a@1']],
    ['a parameter hides too', 'const a = 1;\nfunction f(\na) { use(a); }', ['a@3']],
    ['var rises to its function', 'use(a);\nif (b) {\n var a = 1; }', ['a@3']],
    ['var stays in its function', 'function f() { var a = 1; }\nuse(a);', ['a']],
    ['let does not rise', 'if (b) { let a = 1; }\nuse(a);', ['a']],
    ['functions are there before they stand', 'use(f);\nfunction f() {}', ['f@2']],
    ['functions in blocks stay there', '{ function f() {} }\nuse(f);', ['f']],
    ['a function expression knows its own name', 'const f =\nfunction g() { use(f, g); };\nuse(g);', ['f@1, g@2', 'g']],
    ['loop variables stay in the loop', 'for (const a of b) use(a);\nuse(a);', ['a@1', 'a']],
    ['a loop variable that is var rises', 'for (var a in b) {}\nuse(a);', ['a@1']],
    ['a caught error stays in its clause', 'try {} catch (e) { use(e); }\nuse(e);', ['e@1', 'e']],
    ['a class can be used below and inside', 'class A { m() { use(A); } }\nuse(A);', ['A@1', 'A@1']],
    ['closures see later declarations', 'const f = () => use(a);\nconst a = 1;', ['a@2']],
    [
      'imports are names of the module',
      "function f() { use(a, b, c); }\nimport a, { x as b } from 'm';\nimport * as c from 'n';",
      ['a@2, b@2, c@3'],
    ],
    [
      'enums and namespaces are names',
      'use(E.A, N.b);\nenum E { A }\nnamespace N { export const b = 1; }',
      ['E@2.A, N@3.b'],
    ],
    ['what a namespace holds is not outside', 'namespace N { const b = 1; }\nuse(b);', ['b']],
    ['cases share one scope', 'switch (a) { case 1: const b = 1;\n case 2: use(b); }\nuse(b);', ['b@1', 'b']],
    ['labels and property names are no names', 'a: for (;;) { use({ b: 1 }.b); break a; }', ['{b: 1}.b']],
    ['undefined is a value', 'use(undefined, void 0);', ['undefined, other(0)']],
  ])('%s', (_, text, expected) => {
    expect(used(text)).toEqual(expected);
  });

  it('tells the function a name belongs to and whether a block is around it', () => {
    const { bindings } = factsOf(
      'const a = 1;\nif (a) { const b = 2; }\nfunction f(c) { let d; { let e; } }\ntry {} catch (g) {}',
    );
    expect(bindings.map(({ name, kind, fn, nested }) => `${name} ${kind} ${fn}${nested ? ' nested' : ''}`)).toEqual([
      'f function 0',
      'a const 0',
      'b const 0 nested',
      'c param 1',
      'd let 1',
      'e let 1 nested',
      'g catch 0 nested',
    ]);
  });

  it('lists names that nothing declares, and no names of types that are written in place', () => {
    const { globals } = factsOf('window.a = process.env.B; const c: { d: string } = e; f`g`; c.h;');
    expect(globals).toEqual(['e', 'f', 'process', 'window']);
  });

  it('takes no JSX attribute, HTML element or meta property for a name', () => {
    const { globals, jsx } = factsOf(
      'const a = <div document={b} {...c}><Part window="x" /><d.e>{f}</d.e></div>; import.meta.url; new.target;',
      'file.tsx',
    );
    expect(globals).toEqual(['Part', 'b', 'c', 'd', 'f']);
    expect(jsx).toBe(true);
  });
});

describe('declarations', () => {
  it.each<[string, Record<string, string>]>([
    ['const { a, b: c, ...d } = x', { a: 'x.a', c: 'x.b', d: 'x' }],
    ['const { a: { b = 1 } = y } = x', { b: '((x.a ?? y).b ?? 1)' }],
    ['const [a, , b = 2, ...c] = x()', { a: 'x()[0]', b: '(x()[2] ?? 2)', c: 'x()' }],
    ["const { 'a-b': c, [d]: e, ['f']: g } = x", { c: 'x.a-b', e: 'x.*', g: 'x.f' }],
    ['for (const { a } of x) {}', { a: 'x[other()].a' }],
    ['for (const [a, b] of x) {}', { a: 'x[other()][0]', b: 'x[other()][1]' }],
    ['let a, b: string', { a: '-', b: '-' }],
    ['using a = x(); ', { a: 'x()' }],
    ["enum A { B = 'c', D = 2, E }", { A: '{B: "c", D: 2, E: other()}' }],
    ['namespace A { export const b = x; const c = 1; }', { b: 'x', c: '1', A: '{b: b@1}' }],
    ['const a = x as B, b = <C>x, c = x!, d = x satisfies D, e = (x)', { a: 'x', b: 'x', c: 'x', d: 'x', e: 'x' }],
    [
      "const a = `b${c}d`, e = 'f' + g + 'h', i = j + k",
      { a: 'text("b", c, "d")', e: 'text(text("f", g), "h")', i: '(j + k)' },
    ],
    [
      'const a = -1, b = !c, d = typeof e, f = await g, h = 10n',
      { a: '-1', b: '!(c)', d: 'typeof(e)', f: 'await g', h: 'other()' },
    ],
    ["const a = b?.c?.['d'][e]![0]", { a: 'b.c.d[e][0]' }],
    ['const a = (b(), c)', { a: 'c' }],
    [
      'const a = { b, c: 1, ...d, [e]: 2, f() {}, get g() { return 1 } }',
      { a: '{b: b, c: 1, ...d, *: 2, f: fn f, g: fn g}' },
    ],
    ['const a = b ? c : d, e = f ?? g, h = i || j && k', { a: '(b ? c : d)', e: '(f ?? g)', h: '(i || (j && k))' }],
    ['const a = function () {}, b = () => {}, c = class {}', { a: 'fn a', b: 'fn b', c: 'class c' }],
  ])('of `%s`', (text, expected) => {
    expect(declared(text)).toEqual(expected);
  });

  it('gives parameters their position, path and default', () => {
    const facts = factsOf('function f({ a, b: [c = 1], ...d }, [e], g = 2, ...h) {}');
    expect(facts.functions[1]?.params.map((id) => facts.bindings[id]?.name)).toEqual([undefined, undefined, 'g', 'h']);
    const params = facts.bindings.filter(({ param }) => param);
    expect(params.map(({ name, param, init }) => [name, param, exprText(facts, init)])).toEqual([
      ['a', { index: 0, path: ['a'] }, '-'],
      ['c', { index: 0, path: ['b', '0'] }, '1'],
      ['d', { index: 0, path: [] }, '-'],
      ['e', { index: 1, path: ['0'] }, '-'],
      ['g', { index: 2 }, '2'],
      ['h', { index: 3, rest: true }, '-'],
    ]);
  });

  it.each<[string, string]>([
    ['A', 'A'],
    ['Promise<A>', 'A'],
    ['A | null', 'A'],
    ['null | A', 'A'],
    ['(A)', 'A'],
    ['ns.A<B, C<D>>', 'ns.A<B, C<D>>'],
    ['Readonly<A>', 'A'],
    ['string', '-'],
    ['{ a: A }', '-'],
    ['A[]', '-'],
  ])('names the type `%s`', (type, expected) => {
    const facts = factsOf(`let a: ${type};`);
    const words = (fact: NonNullable<(typeof facts.bindings)[number]['type']>): string =>
      exprText(facts, fact.ref) + (fact.args ? `<${fact.args.map(words).join(', ')}>` : '');
    const found = facts.bindings[0]?.type;
    expect(found ? words(found) : '-').toBe(expected);
  });
});

describe('accesses', () => {
  const accesses = (text: string): string[] => {
    const facts = factsOf(text);
    return facts.accesses.map(({ op, target, operator, value, fn }) =>
      [fn, op, exprText(facts, target), operator, value && exprText(facts, value)]
        .filter((word) => word !== undefined)
        .join(' '),
    );
  };

  it.each<[string, string[]]>([
    ['let a;\nfunction f() { a = 1; }', ['1 assign a@1 1']],
    ['let a = 0;\nfunction f() { a++; }', ['1 update a@1 ++']],
    ['let a = 0;\nfunction f() { return ++a; }', ['1 update a@1 ++', '1 read a@1']],
    ['let a = 0;\nfunction f() { a += 2; }', ['1 update a@1 += 2']],
    ['let a;\nfunction f() { a ??= b(); }', ['1 assign a@1 ??= b()']],
    ['const a = {};\nfunction f(k) { a[k] = 1; delete a.b; }', ['1 assign a@1[k@2] 1', '1 delete a@1.b']],
    ['const a = {};\nfunction f() { return a.b; }', ['1 read a@1.b']],
    ['function f() { const a = 1; return a; }', []],
    ['({ a: b.c, d = 1, ...e } = x);', ['0 assign b.c x.a', '0 assign d (x.d ?? 1)', '0 assign e x']],
    ['[a, , b.c = 2, ...d] = x;', ['0 assign a x[0]', '0 assign b.c (x[2] ?? 2)', '0 assign d x']],
    ['var a = 1;\nvar a = 2;', ['0 assign a@1 2']],
    ['process.env.A = 1; globalThis.b ||= 2;', ['0 assign process.env.A 1', '0 assign globalThis.b ||= 2']],
    ['for (a.b of c) {}', ['0 assign a.b c[other()]']],
    ['a = b = c;', ['0 assign b c', '0 assign a c']],
  ])('of %j', (text, expected) => {
    expect(accesses(text)).toEqual(expected);
  });
});
