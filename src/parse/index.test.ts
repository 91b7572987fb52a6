import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import type { Input } from '../model/input.js';
import { parse } from './index.js';

const input = (text: string, language: Input['language'] = 'typescript'): Input => ({
  file: 'src/a.ts',
  language,
  text,
});

describe('parse', () => {
  it.each<[Input['language'], string]>([
    ['typescript', 'const a = <string>b; enum E { A }'],
    ['tsx', 'const a: JSX.Element = <b>c</b>;'],
    ['javascript', 'const a = b ?? c?.d;'],
    ['jsx', 'const a = <b c={d} />;'],
    ['javascript', 'const a = <b />;'],
    ['javascript', '#!/usr/bin/env node\nwith (a) b();'],
    ['javascript', String.raw`chmod(010); log("\033[0mdone", "\8", 08);`],
    ['typescript', '\uFEFFimport a from "a";\r\na();'],
    ['typescript', ''],
  ])('reads %s without a word: %s', (language, text) => {
    const { syntax, problems } = parse(input(text, language));
    expect(problems).toEqual([]);
    expect(syntax?.text).toBe(text);
  });

  it.each([
    'type A = {|\n  ...$Exact<B>,\n  +c?: ?d,\n  e: f |}; g();',
    'const f = async ({ a }: { ...A<{ b: C }>, d: e }) => g();',
    'const f = ({ a }: { ...A }, b?: any => c): D => g();',
    'const f = <A: Array<*>, B: *>(c: any) => async (...d: A) => g();',
    'opaque type A = b; export type C = { ...A }; g();',
    'const f = ((a: any): B); (f: any).b(g());',
  ])('reads the types of Flow without a word: %s', (text) => {
    const { syntax, problems } = parse(input(`// @flow\n${text}`, 'javascript'));
    expect(problems).toEqual([]);
    const names: number[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && node.text === 'g') names.push(node.end);
      ts.forEachChild(node, visit);
    };
    if (syntax) visit(syntax);
    expect(names).toEqual(['// @flow\n'.length + text.indexOf('g()') + 1]);
  });

  it.each([
    ['without the word', 'type A = { ...B };', 1],
    ['that are broken', '// @flow\ntype A = { ...B };\nif (a {\n', 3],
  ])('says that types of Flow are not read %s', (_, text, line) => {
    expect(parse(input(text, 'javascript')).problems[0]?.span?.[0]).toBe(line === 3 ? 2 : line);
  });

  it.each<[string, Input['language'], readonly number[], string]>([
    ['if (a {\n f();', 'typescript', [1, 7, 1, 8], "')' expected."],
    ['f();\r\nconst = 1;', 'javascript', [2, 7, 2, 8], 'Variable declaration expected.'],
    ['const a = <b>;', 'tsx', [1, 12, 1, 13], "JSX element 'b' has no corresponding closing tag."],
    ['a();\n`${b', 'typescript', [2, 5, 2, 5], "'}' expected."],
  ])('says where the first mistake in %j stands, and goes on', (text, language, span, reason) => {
    const { syntax, problems } = parse(input(text, language));
    expect(problems).toEqual([
      {
        kind: 'unparsable',
        level: 'error',
        file: 'src/a.ts',
        span,
        message: `cannot be parsed: ${reason} Findings in it may be missing; mend it, or name it in "ignores".`,
      },
    ]);
    expect(syntax?.statements.length).toBeGreaterThan(0);
  });

  it.each([
    ['parentheses', `${'('.repeat(10_000)}1${')'.repeat(10_000)}`],
    ['arrays', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['blocks', `${'{'.repeat(10_000)}${'}'.repeat(10_000)}`],
    ['types', `let a: ${'A<'.repeat(10_000)}B${'>'.repeat(10_000)}`],
  ])('gives up on 10,000 nested %s in one sentence', (_, text) => {
    expect(parse(input(text))).toEqual({
      problems: [
        {
          kind: 'unparsable',
          level: 'error',
          file: 'src/a.ts',
          message: 'cannot be parsed: its code is nested too deeply. If it is generated, name it in "ignores".',
        },
      ],
    });
  });
});
