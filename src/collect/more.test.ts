import { describe, expect, it } from 'vitest';
import type { Input } from '../model/input.js';
import type { Collector, SourceNode, SourceView } from '../model/plugin.js';
import { parse } from '../parse/index.js';
import { collect } from './index.js';
import { collectMore } from './more.js';

function collected(text: string, collectors: readonly Collector[]) {
  const input: Input = { file: 'src/app.ts', language: 'typescript', text };
  return collect(input, parse(input).syntax!, collectors);
}

function collector(look: Collector['collect'], more: Partial<Collector> = {}): Collector {
  return { name: 'acme/calls', version: 1, collect: look, ...more };
}

const calls = collector((source, emit) => {
  for (const call of source.find('CallExpression'))
    emit(call, {
      callee: call.part('expression')?.text ?? '',
      arguments: call.parts('arguments').map(({ kind }) => kind),
    });
});

describe('a collector of a plugin', () => {
  it('writes down what it sees, in the order of the text', () => {
    const { facts, problems } = collected("start(\n  first(1),\n  'two',\n);\n", [calls]);
    expect(problems).toEqual([]);
    expect(facts?.more).toEqual({
      'acme/calls': [
        { span: [1, 1, 4, 2], value: { callee: 'start', arguments: ['CallExpression', 'StringLiteral'] } },
        { span: [2, 3, 2, 11], value: { callee: 'first', arguments: ['NumericLiteral'] } },
      ],
    });
  });

  it('leaves no trace where it writes nothing', () => {
    expect(collected('const a = 1;', [calls]).facts).not.toHaveProperty('more');
  });

  it('sees kinds, text, places, parents and parts, and nothing of the compiler', () => {
    let view: SourceView | undefined;
    collected('// a comment\nconst limit: number = 3;\n', [collector((source) => (view = source))]);
    const [declaration] = view!.find('VariableDeclaration') as [SourceNode];
    expect(view).toMatchObject({ file: 'src/app.ts', root: { kind: 'SourceFile', parent: undefined } });
    expect(declaration.text).toBe('limit: number = 3');
    expect(declaration.span).toEqual([2, 7, 2, 24]);
    expect(declaration.parent?.kind).toBe('VariableDeclarationList');
    expect(declaration.part('initializer')?.kind).toBe('NumericLiteral');
    expect(declaration.part('initializer')).toBe(declaration.children.at(-1));
    for (const name of ['parent', 'flags', 'statements', 'constructor']) {
      expect(declaration.part(name)).toBeUndefined();
      expect(declaration.parts(name)).toEqual([]);
    }
  });

  it.each<[string, Collector['text'], boolean]>([
    ['a string that is there', ['nothing', 'setTimeout'], true],
    ['strings that are not', ['setInterval'], false],
    ['an expression that fits', /set\w+out/i, true],
    ['one that remembers where it was', /setTimeout/g, true],
    ['one that does not fit', /^setInterval/, false],
  ])('is shown a file for %s', (_, text, shown) => {
    const seen: string[] = [];
    const one = collector(({ file }) => seen.push(file), text === undefined ? {} : { text });
    for (let run = 0; run < 2; run++) collected('setTimeout(() => {}, 1);', [one]);
    expect(seen.length).toBe(shown ? 2 : 0);
  });

  it.each<[string, Collector['collect'], string]>([
    [
      'throws',
      () => {
        throw new Error('no such part');
      },
      'no such part',
    ],
    ['gives what is no JSON', ({ root }, emit) => emit(root, new Map() as never), 'that is not JSON'],
    ['gives what goes round', ({ root }, emit) => emit(root, round()), 'that is not JSON'],
    ['gives no place', (_, emit) => emit([0, 1, 2] as never, 1), 'a node or a span'],
    [
      'does not end',
      ({ root }, emit) => {
        for (;;) emit(root, 1);
      },
      'more than 10000 facts',
    ],
  ])('that %s costs its own facts of the file', (_, look, words) => {
    const { facts, problems } = collected('start();', [collector(look, { name: 'acme/broken' }), calls]);
    expect(problems).toEqual([
      {
        kind: 'collector-crash',
        level: 'error',
        file: 'src/app.ts',
        message: expect.stringMatching(new RegExp(`the collector acme/broken .*${words}`)),
      },
    ]);
    expect(Object.keys(facts?.more ?? {})).toEqual(['acme/calls']);
    expect(facts?.calls.length).toBe(1);
  });

  it('is ended where it does not end, and not asked again', () => {
    const endless = collector(() => {
      for (;;);
    });
    const input: Input = { file: 'a.ts', language: 'typescript', text: 'start();' };
    const ask = () => collectMore(input, parse(input).syntax!, [endless, { ...calls, name: 'acme/others' }], 200);
    for (const reason of ['it took more than 0.2 seconds', 'it did not end in another file']) {
      const { facts, problems } = ask();
      expect(Object.keys(facts.more ?? {})).toEqual(['acme/others']);
      expect(problems).toMatchObject([{ kind: 'collector-crash', message: expect.stringContaining(reason) }]);
    }
  });

  it('looks through code that is nested deeply', () => {
    const { problems } = collected(`${'['.repeat(500)}f()${']'.repeat(500)}`, [calls]);
    expect(problems).toEqual([]);
  });
});

function round(): never {
  const value: Record<string, unknown> = {};
  value['self'] = value;
  return value as never;
}
