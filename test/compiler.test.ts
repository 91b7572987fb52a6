// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources that are read here hold templates.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { ts } from 'ts-morph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compilerModules } from '../scripts/compiler.js';
import { ROOT } from './catalogue.js';

/*
 * The build takes the parser out of the compiler (scripts/compiler.js). Whatever is asked of it here, it says what the whole one says:
 * about every node of all sorts of files, and about files that are broken off anywhere.
 */

type Compiler = typeof ts;

/** What our own code uses; more than that the bundler leaves out. */
const used = [
  ...new Set(
    ['src/parse', 'src/collect']
      .flatMap((folder) => filesBelow(path.join(ROOT, folder)))
      .flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/\bts\.(\w+)/g)].map(([, name]) => name as keyof Compiler),
      ),
  ),
].filter((name) => name in ts);

const folder = mkdtempSync(path.join(tmpdir(), 'mi-audit-compiler-'));
let part: Compiler;
let size: number;

beforeAll(async () => {
  const { compiler, diagnostics } = compilerModules();
  const texts = new Map([
    ['entry', `export { ${used.join(', ')} } from 'compiler:compiler';`],
    ['compiler:compiler', compiler],
    ['compiler:diagnostics', diagnostics],
  ]);
  const bundle = await rolldown({
    input: 'entry',
    platform: 'node',
    treeshake: { propertyReadSideEffects: false },
    plugins: [
      {
        name: 'texts',
        resolveId: (source) => (texts.has(source) ? `\0${source}` : null),
        load: (id) => texts.get(id.slice(1)) ?? null,
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  const file = path.join(folder, 'compiler.mjs');
  writeFileSync(file, output[0].code);
  size = output[0].code.length;
  part = (await import(pathToFileURL(file).href)) as Compiler;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILES = ['src/collect', 'src/link/values', 'fixtures/apps', 'test/fuzz'].flatMap((name) =>
  filesBelow(path.join(ROOT, name)).filter((file) => /\.[cm]?[jt]sx?$/.test(file)),
);

/** Sorts of syntax that our own code and the applications have none of. */
const RARE = [
  '@a() export abstract class A<in out T extends B = C> extends D<T> implements E { declare readonly x?: 1; static #p = 1; accessor q; @b m(this: A, @c public d?: string): asserts d is string { return super.m!<T>`a${1}` } get [k]() {} set [k](v) {} static { await 1 } constructor(private readonly e = 1) { super() } [key: string]: any }',
  'enum E { A = 1 << 2, "b", C = "x".length } declare const enum F { G } namespace A.B { export import c = d.e } declare module "m" { export = x } declare global { var y: unique symbol } import f = require("f"); export as namespace G; import type { H } from "h" with { type: "json" }; export * as ns from "n"; export { default as i, type J } from "k"; import defer * as l from "l";',
  'type A = B extends infer C extends string ? { readonly [K in keyof C as `x${K}`]-?: C[K] } : [a?: number, ...rest: string[]]; type F = abstract new (...a: any[]) => asserts this is T; type G = typeof import("x", { with: {} }).y<z>; let v = <T,>(a: T): a is T => a satisfies U as const; let w = a?.b?.[c]?.(d)!.e ?? (f ||= g ** -h); function assertIsString(this: Window, val: any): asserts val {}',
  'const j = <div {...a} b="&amp;c" d={e} f:g>{/* x */}{...h}<></><i.j k/> text &lt; </div>;',
  'label: for await (const [a, , { b = 1, ...c }] of d) { if (a) continue label; else break; } do { try { throw x } catch { } finally { } } while (0); switch (a) { case 1: default: } with (o) { debugger } for (using x = y;;) { } await using z = 1; async function* g() { yield* new.target; import.meta.url; import("x") } var r = /[a-z]+(?<n>x)/giu, t = tag`a${b}c`, n = 0x1fn, o8 = 0o7, u = "\\u{1F600}\\x41"; a = b ? c => d : async e => { }; delete a.b, void 0, typeof x; get: set: 1;',
  '#!/usr/bin/env node\n/// <reference path="a" />\n"use strict"; // @ts-nocheck\n/** @param {string} a */ function f(a) { return a /* end */ } // trailing',
  'let a = 1;; const; function (; class { x: = 1 } import { from "x"; <<<<<<< a\n=======\n>>>>>>> b\n`${ /[/; "\n',
];

describe('the part of the compiler that parses', () => {
  it('is small', () => {
    expect(size).toBeLessThan(450_000);
    expect(used.length).toBeGreaterThan(60);
  });

  it('says of every node what the whole compiler says', () => {
    let nodes = 0;
    for (const file of FILES) nodes += same(path.basename(file), readFileSync(file, 'utf8'));
    for (const text of RARE) for (const name of ['a.ts', 'a.tsx', 'a.js', 'a.jsx']) nodes += same(name, text);
    expect(nodes).toBeGreaterThan(50_000);
  });

  it('says the same of files that are broken off, with the same words', () => {
    let errors = 0;
    for (const text of RARE)
      for (let at = 1; at < text.length; at += 3) {
        const name = at % 2 ? 'a.tsx' : 'a.js';
        same(name, text.slice(0, at));
        errors += parsed(ts, name, text.slice(0, at)).errors.length;
      }
    expect(errors).toBeGreaterThan(500);
  });
});

/** How many nodes were compared. */
function same(file: string, text: string): number {
  const [whole, own] = [parsed(ts, file, text), parsed(part, file, text)];
  expect(own.errors).toEqual(whole.errors);
  const [expected, got] = [described(ts, whole.source), described(part, own.source)];
  // Compared as text: a difference is rare, and looking for it in objects takes its time.
  if (JSON.stringify(got) !== JSON.stringify(expected)) expect(got).toEqual(expected);
  return expected.length;
}

function parsed(compiler: Compiler, file: string, text: string) {
  const options = {
    languageVersion: compiler.ScriptTarget.Latest,
    jsDocParsingMode: compiler.JSDocParsingMode.ParseNone,
  };
  const source = compiler.createSourceFile(file, text, options, false);
  const { parseDiagnostics } = source as ts.SourceFile & { parseDiagnostics: readonly ts.DiagnosticWithLocation[] };
  const errors = parseDiagnostics.map(({ start, length, messageText }) => {
    const at = source.getLineAndCharacterOfPosition(start);
    return [at.line, at.character, length, compiler.flattenDiagnosticMessageText(messageText, ' ')];
  });
  return { source, errors };
}

function described(compiler: Compiler, source: ts.SourceFile): unknown[] {
  const found: unknown[] = [];
  const questions = used.filter((name) => /^(?:is|can|get(?:Decorators))/.test(name));
  const visit = (node: ts.Node) => {
    const own = Object.entries(node).flatMap(([name, value]) =>
      value === null || typeof value !== 'object'
        ? [name, value]
        : [name, 'pos' in value ? [value.pos, value.end] : '…'],
    );
    const answers = questions.filter((name) =>
      (compiler[name] as (node: ts.Node, parent?: ts.Node) => unknown)(node, source),
    );
    const text = node.getText(source);
    const comments = compiler.getLeadingCommentRanges(source.text, node.pos) ?? [];
    found.push([compiler.SyntaxKind[node.kind], node.getStart(source), text.length, comments.length, own, answers]);
    compiler.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function filesBelow(where: string): string[] {
  return readdirSync(where, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
