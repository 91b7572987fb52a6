// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources that are read here hold templates.
import { describe, expect, it } from 'vitest';
import { exprText, factsOf, whenText } from '../../test/in-memory.js';

const imports = (text: string): string[] => {
  const facts = factsOf(text);
  return facts.imports.map(({ specifier, kind, typeOnly, fn, when }) =>
    [kind, specifier, typeOnly && 'type', fn > 0 && `in ${facts.functions[fn]?.name}`, ...whenText(facts, when)]
      .filter(Boolean)
      .join(' '),
  );
};

const exports = (text: string): string[] => {
  const facts = factsOf(text);
  return facts.exports.map(
    ({ name, value, from }) => `${name} ${from ? `${from.name} of ${from.specifier}` : exprText(facts, value)}`,
  );
};

describe('imports', () => {
  it.each<[string, string[]]>([
    [
      "import a, { b as c } from './m'; import * as d from 'e'; import './f';",
      ['import ./m', 'import e', 'import ./f'],
    ],
    ["import type { A } from './a'; import { type B, type C } from './b';", ['import ./a type', 'import ./b type']],
    ["import { type A, b } from './a'; import c, { type D } from './c';", ['import ./a', 'import ./c']],
    ["import a = require('./a');", ['require ./a']],
    ["const a = require('./a'); if (b) { require('./c'); }", ['require ./a', 'require ./c if b']],
    ["function f() { return import('./a'); }", ['dynamic ./a in f']],
    ['import(`./a`);', ['dynamic ./a']],
    ['import(a); require(b); require(`./${c}`);', []],
    [
      "export * from './a'; export { b } from './b'; export type { C } from './c';",
      ['reexport ./a', 'reexport ./b', 'reexport ./c type'],
    ],
    ["const require = createRequire(import.meta.url); require('./a');", ['require ./a']],
    ["define(function (require) { require('./a'); });", ['require ./a in ']],
    ["a.require('./b'); require.resolve('./c');", []],
  ])('of `%s`', (text, expected) => {
    expect(imports(text)).toEqual(expected);
  });

  it('bind names', () => {
    const { bindings } = factsOf(
      "import a, { b as c, default as d, type E } from 'm';\nimport * as f from 'n';\nimport type G from 'o';\nimport h = require('p');",
    );
    expect(
      bindings.map(
        ({ name, kind, from }) => `${name} ${kind} ${from?.name} of ${from?.specifier}${from?.typeOnly ? ' type' : ''}`,
      ),
    ).toEqual([
      'a import default of m',
      'c import b of m',
      'd import default of m',
      'E import E of m type',
      'f import * of n',
      'G import default of o type',
      'h import * of p',
    ]);
  });
});

describe('exports', () => {
  it.each<[string, string[]]>([
    ['export const a = 1, { b, c: [d] } = e;', ['a a@1', 'b b@1', 'd d@1']],
    ['export function f() {}\nexport class A {}\nexport enum E { B }', ['f fn f', 'A class A', 'E E@3']],
    ['export default function () {}', ['default fn default']],
    ['export default class A {}', ['default class A']],
    ['export default () => 1;', ['default fn ']],
    ['export default { a: 1 };', ['default {a: 1}']],
    ['const a = 1;\nexport { a, a as b, a as default };', ['a a@1', 'b a@1', 'default a@1']],
    ['export { a };\nconst a = 1;', ['a a@2']],
    ["export * from './a';\nexport * as b from './b';", ['* * of ./a', 'b * of ./b']],
    [
      "export { a, b as c, default } from './m';\nexport { default as d } from './n';",
      ['a a of ./m', 'c b of ./m', 'default default of ./m', 'd default of ./n'],
    ],
    ['export = f;\nfunction f() {}', ['= f@2']],
    ['export namespace N { export const a = 1; }', ['N N@1']],
    [
      'export interface A {}\nexport type B = 1;\nexport declare class C {}\nexport abstract class D { abstract a(): void }',
      ['D class D'],
    ],
    ['module.exports = { a, b: 1 };', ['= {a: a, b: 1}']],
    ['module.exports = class A {};', ['= class A']],
    ["module.exports.a = b; exports.c = d; exports['e'] = f;", ['a b', 'c d', 'e f']],
    ['module.exports = exports = f;', ['= f', '= f']],
    ['exports.a = exports.b = c;', ['b c', 'a c']],
    ['a.exports = b; a.module.exports = c;', []],
  ])('of %j', (text, expected) => {
    expect(exports(text)).toEqual(expected);
  });
});
