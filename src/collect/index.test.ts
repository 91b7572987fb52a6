import { describe, expect, it } from 'vitest';
import { exprText, read } from '../../test/in-memory.js';

const calls = (text: string, file?: string): string[] => {
  const { facts } = read(text, file);
  return facts ? facts.calls.map(({ callee }) => exprText(facts, callee)) : ['no facts'];
};

describe('collect', () => {
  it('goes around a syntax error', () => {
    const { facts, problems } = read('a();\nif (b {\n c();\n}\nd();');
    expect(problems.map(({ kind, level, span }) => [kind, level, span?.[0]])).toEqual([['unparsable', 'error', 2]]);
    expect(facts?.calls.map(({ callee }) => exprText(facts, callee))).toEqual(['a', 'c', 'd']);
  });

  it.each<[string, string, string[]]>([
    ['Flow types', 'function f(a: ?string, b: {| c: number |}): d { e(); }', ['e']],
    ['a merge conflict', '<<<<<<< HEAD\na();\n=======\nb();\n>>>>>>> other\n', ['a']],
    ['an end that is missing', 'function f() { a(', ['a']],
    ['a class without an end', 'class A { b() { c();', ['c']],
    ['names that are missing', 'const = a(); export { , }; import from "b"; class { c() { d(); } }', ['d']],
    ['TypeScript in a JavaScript file', 'interface A { b: c } enum D { E } f(<g>h);', ['f']],
    ['JSX that is not closed', 'a(<b><c></b>);', ['a']],
    ['markup', '<template><p>{{ a() }}</p></template>', []],
    ['JSON', '{ "a": [1, 2] }', []],
    ['with', 'with (a) { b(); }', ['b']],
    ['legacy octals and delete of a name', 'a(010); delete b; c: { break c; }', ['a']],
    ['control characters', '\u0000\u0001a();\u0002', ['a']],
    ['half of a surrogate pair', "a('\uD800');", ['a']],
    ['keywords for names', 'a.new.class(); ({ delete() { b(); } });', ['a.new.class', 'b']],
    ['await outside of a module', 'var await = a(); await(b);', ['a', 'await@1']],
    ['patterns in catch, and optional catch', 'try {} catch ({ a = b() }) {} try {} catch { c(); }', ['b', 'c']],
    ['an empty file', '', []],
    ['comments alone', '// a()', []],
  ])('never throws: %s', (_, text, expected) => {
    expect(calls(text, 'file.js')).toEqual(expected);
  });

  const LEVELS = 10_000;
  it.each<[string, string]>([
    ['chains of calls', `a${'.b()'.repeat(LEVELS)};`],
    ['sums', `x = a${' + "b"'.repeat(LEVELS)};`],
    ['alternatives', `x = ${'a ? b : '.repeat(LEVELS)}c;`],
    ['conditions', `if (a) b();${' else if (c) d();'.repeat(LEVELS)}`],
    ['functions', `x = ${'() => '.repeat(LEVELS)}a;`],
    ['operators', `x = ${'!'.repeat(LEVELS)}a;`],
    ['templates', `x = ${'`${'.repeat(LEVELS)}a${'}`'.repeat(LEVELS)};`],
    ['patterns', `const ${'{ a: '.repeat(LEVELS)}b${' }'.repeat(LEVELS)} = c;`],
    ['objects around a directive', `x = ${'{ a: '.repeat(LEVELS)}/* mi-audit-disable */ b${' }'.repeat(LEVELS)};`],
  ])('makes a problem of %s 10,000 levels deep', (_, text) => {
    expect(read(text)).toEqual({
      problems: [
        {
          kind: 'unparsable',
          level: 'error',
          file: 'file.ts',
          message: 'cannot be parsed: its code is nested too deeply. If it is generated, name it in "ignores".',
        },
      ],
    });
  });

  it('reads 10,000 statements in a row', () => {
    expect(calls('a();\n'.repeat(LEVELS))).toHaveLength(LEVELS);
  });

  it('describes the file', () => {
    const { facts } = read("#!/usr/bin/env node\n'use strict';\na();\n", 'bin/a.js');
    expect(facts?.file).toBe('bin/a.js');
    expect(facts?.shebang).toBe(true);
    expect(facts?.jsx).toBeUndefined();
    expect(facts?.functions).toEqual([
      {
        name: 'bin/a.js',
        kind: 'module',
        parent: 0,
        params: [],
        returns: [],
        when: [],
        span: [1, 1, 4, 1],
        nameSpan: [1, 1, 1, 1],
        directive: 'use strict',
      },
    ]);
  });

  it('makes plain JSON', () => {
    const { facts } = read('import a from "b"; class C { d = a ?? (() => this.d); }\nif (a) module.exports = { C };');
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });
});
