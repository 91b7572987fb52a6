import { describe, expect, it } from 'vitest';
import { callOf, type Declared, probed, programOf, type Sources } from '../../../test/in-memory.js';

async function guards(sources: Sources | string, declared: Partial<Declared>): Promise<string[]> {
  const program = await programOf(sources, declared);
  return [...new Set(program.guards(callOf(program, 'probe')).map(({ kind }) => kind))];
}

describe('declared guards', () => {
  const locks = 'export const withLock = (name, work) => queue(work); export const tryIt = async () => ask();';
  it.each<[string, string, string, string[]]>([
    [
      'a function of a file',
      'src/locks.ts#withLock',
      "import { withLock } from './locks'; withLock('a', () => { probe(); });",
      ['declared'],
    ],
    [
      'without the ending',
      './src/locks#withLock',
      "import { withLock } from './locks'; withLock('a', () => { probe(); });",
      ['declared'],
    ],
    [
      'one that answers',
      'src/locks.ts#tryIt',
      "import { tryIt } from './locks'; async function f() { if (!(await tryIt())) return; probe(); } f();",
      ['declared'],
    ],
    [
      'one that comes back',
      'src/locks.ts#tryIt',
      "import { tryIt } from './locks'; async function f() { await tryIt(); probe(); } f();",
      ['declared'],
    ],
    [
      'a function of a package',
      '@acme/locks#runOnce',
      "import { runOnce } from '@acme/locks'; runOnce('a', () => { probe(); });",
      ['declared'],
    ],
    [
      'a method of what a package gives',
      '@acme/locks#Lock.run',
      "import { Lock } from '@acme/locks'; new Lock('a').run(() => { probe(); });",
      ['declared'],
    ],
    [
      'a method of a class, wherever it is',
      'Leader.mine',
      'class Leader { async mine() { return ask(); } } const l = new Leader(); async function f() { if (await l.mine()) probe(); } f();',
      ['declared'],
    ],
    [
      'another function of the file',
      'src/locks.ts#other',
      "import { withLock } from './locks'; withLock('a', () => { probe(); });",
      [],
    ],
    [
      'the same name in another file',
      'src/other.ts#withLock',
      "import { withLock } from './locks'; withLock('a', () => { probe(); });",
      [],
    ],
    [
      'the same name of another package',
      '@acme/other#runOnce',
      "import { runOnce } from '@acme/locks'; runOnce('a', () => { probe(); });",
      [],
    ],
  ])('%s', async (_, name, text, expected) => {
    const sources = { 'src/server.ts': text, 'src/locks.ts': locks };
    expect(await guards(sources, { guards: [name] })).toEqual(expected);
  });
});

describe('declared stores', () => {
  const store =
    'export class Store { private kept = new Map(); set(a, b) { this.kept.set(a, b); } } export function make() { return { set() {} }; }';
  it.each<[string, string, string, boolean]>([
    ['a class of a file', 'src/store.ts#Store', "import { Store } from './store'; probe(new Store());", true],
    ['a class by its name', 'Store', "import { Store } from './store'; probe(new Store());", true],
    ['what a function makes', 'src/store.ts#make', "import { make } from './store'; probe(make());", true],
    ['a package', '@acme/store', "import { Store } from '@acme/store'; probe(new Store());", true],
    ['one export of a package', '@acme/store#Store', "import { Store } from '@acme/store'; probe(new Store());", true],
    ['another export of it', '@acme/store#Other', "import { Store } from '@acme/store'; probe(new Store());", false],
    ['another class', 'src/store.ts#Other', "import { Store } from './store'; probe(new Store());", false],
  ])('%s', async (_, name, text, expected) => {
    const sources = { 'src/server.ts': text, 'src/store.ts': store };
    const program = await programOf(sources, { sharedStores: [name] });
    expect(probed(program)).toHaveLength(1);
    const { unit, fact } = callOf(program, 'probe');
    const values = fact.args.flatMap((arg) => program.values(unit, arg));
    expect(values.map(({ value }) => program.isShared(value))).toEqual([expected]);
  });

  it('keep no state of this process', async () => {
    const sources = {
      'src/server.ts': "import { Store } from './store'; export const s = new Store();",
      'src/store.ts': store,
    };
    expect((await programOf(sources)).cells.map(({ name }) => name)).toContain('Store.kept');
    expect((await programOf(sources, { sharedStores: ['Store'] })).cells.map(({ name }) => name)).not.toContain(
      'Store.kept',
    );
  });
});

it('what is found nowhere is told', async () => {
  const sources = { 'src/server.ts': "import { a } from '@acme/locks'; export class Leader { mine() {} } a();" };
  const declared = {
    guards: ['@acme/locks#a', '@acme/locks#b', 'Leader.mine', 'Leader.yours', 'src/server.ts#gone'],
    sharedStores: ['Leader', '@acme/locks', '@acme/gone'],
  };
  expect((await programOf(sources, declared)).unmatched).toEqual([
    '@acme/locks#b',
    'Leader.yours',
    'src/server.ts#gone',
    '@acme/gone',
  ]);
});
