import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input, Project } from '../model/input.js';
import type { Reading } from '../model/memory.js';
import type { Collector } from '../model/plugin.js';
import { type Answer, Cache, keysOfAll } from './index.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mi-audit-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const input = (file: string, text = 'a();'): Input => ({ file, language: 'javascript', text });
const reading = (message: string): Reading => ({ problems: [{ kind: 'minified', level: 'note', message }] });
const collector = (version: number): Collector => ({ name: 'c', version, collect() {} });
const open = (version = '1', collectors: readonly Collector[] = []) => new Cache({ folder, version, collectors });
const packs = (kind = 'facts') => readdirSync(join(folder, kind));

function kept(...files: readonly string[]): void {
  const cache = open();
  for (const file of files) cache.keep(input(file), reading(file));
  cache.save();
}

describe('what was read', () => {
  it('is known to the next run', () => {
    kept('a.js', 'b.js');
    expect(open().recall(input('a.js'))).toEqual(reading('a.js'));
    expect(open().recall(input('b.js'))).toEqual(reading('b.js'));
  });

  it.each<[string, () => Cache, Input]>([
    ['another text', open, input('a.js', 'b();')],
    ['another path', open, input('b.js')],
    ['another language', open, { ...input('a.js'), language: 'typescript' }],
    ['another version of the tool', () => open('2'), input('a.js')],
    ['a further collector', () => open('1', [collector(1)]), input('a.js')],
  ])('is not known for %s', (_, cache, asked) => {
    kept('a.js');
    expect(cache().recall(asked)).toBeUndefined();
  });

  it('is forgotten with the version of a collector', () => {
    const cache = open('1', [collector(1)]);
    cache.keep(input('a.js'), reading('a'));
    cache.save();
    expect(open('1', [collector(1)]).recall(input('a.js'))).toEqual(reading('a'));
    expect(open('1', [collector(2)]).recall(input('a.js'))).toBeUndefined();
    const edited: Collector = { ...collector(1), collect: (_, emit) => emit([1, 1, 1, 2], 'more') };
    expect(open('1', [edited]).recall(input('a.js'))).toBeUndefined();
  });

  it('is not written again', () => {
    kept('a.js');
    const before = packs();
    const cache = open();
    cache.recall(input('a.js'));
    cache.save();
    expect(packs()).toEqual(before);
  });

  it('of runs side by side is kept of both', () => {
    const [one, other] = [open(), open()];
    one.keep(input('a.js'), reading('a'));
    other.keep(input('b.js'), reading('b'));
    one.save();
    other.save();
    expect(open().recall(input('a.js'))).toEqual(reading('a'));
    expect(open().recall(input('b.js'))).toEqual(reading('b'));
  });

  it('is still there where others have put packs together meanwhile', () => {
    kept('a.js');
    const slow = open();
    expect(slow.recall(input('a.js'))).toEqual(reading('a.js'));
    rmSync(join(folder, 'facts'), { recursive: true });
    slow.keep(input('b.js'), reading('b'));
    slow.save();
    expect(open().recall(input('b.js'))).toEqual(reading('b'));
  });
});

describe('packs', () => {
  it('are put together when there are many, with what is in use', () => {
    for (let run = 0; run < 30; run++) {
      const cache = open();
      for (let file = 0; file < run; file++) expect(cache.recall(input(`${file}.js`))).toEqual(reading(String(file)));
      cache.keep(input(`${run}.js`), reading(String(run)));
      cache.save();
      expect(packs().length).toBeLessThan(10);
    }
  });

  it('that nobody uses do not grow without end', () => {
    for (let run = 0; run < 40; run++) kept(`${run}.js`);
    expect(packs().length).toBeLessThan(20);
    expect(open().recall(input('39.js'))).toEqual(reading('39.js'));
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['is empty', () => Buffer.alloc(0)],
    ['is cut off', (bytes) => bytes.subarray(0, bytes.length - 5)],
    ['has one other byte', (bytes) => Buffer.from(bytes.map((byte, at) => (at === 200 ? byte ^ 1 : byte)))],
    ['is something else', () => Buffer.from('PK\u0003\u0004 not one of ours\n')],
    ['has no end of line', () => Buffer.from('mi-audit')],
  ])('are passed over where one %s', (_, change) => {
    kept('a.js');
    const [name] = packs();
    const file = join(folder, 'facts', name!);
    writeFileSync(file, change(readFileSync(file)));
    mkdirSync(join(folder, 'facts', 'folder.pack'));
    expect(open().recall(input('a.js'))).toBeUndefined();
    kept('a.js');
    expect(open().recall(input('a.js'))).toEqual(reading('a.js'));
  });

  it('leave nothing half written behind, and clear away what others left', () => {
    kept('a.js');
    const left = join(folder, 'facts', 'x.pack.123.tmp');
    writeFileSync(left, 'half');
    utimesSync(left, new Date(0), new Date(0));
    kept('b.js');
    expect(packs().filter((name) => !name.endsWith('.pack'))).toEqual([]);
  });

  it('fail to be saved, with the reason, where nothing can be written', () => {
    writeFileSync(join(folder, 'facts'), 'a file in the way');
    const cache = open();
    expect(cache.recall(input('a.js'))).toBeUndefined();
    cache.keep(input('a.js'), reading('a'));
    expect(() => cache.save()).toThrow(/EEXIST|ENOTDIR/);
  });
});

describe('a whole answer', () => {
  const project: Project = {
    root: '/p',
    inputs: [input('a.js'), input('b.js', 'b();')],
    manifests: [],
    tsconfigs: [],
    files: ['a.js', 'b.js'],
    problems: [],
  };
  const config = { guards: ['a#b'] };
  const answer = { findings: [], safe: [], problems: [], directives: [], stats: { files: 2 } } as unknown as Answer;

  it('is known as long as nothing changes', () => {
    const cache = open();
    const key = keysOfAll(project, ['r'], config)();
    expect(cache.answer(key)).toBeUndefined();
    cache.keepAnswer(key, answer);
    cache.save();
    expect(open().answer(keysOfAll({ ...project }, ['r'], { ...config })())).toEqual(answer);
    expect(open('2').answer(key)).toBeUndefined();
  });

  it.each<[string, Partial<Project>, readonly string[], unknown]>([
    ['a text', { inputs: [input('a.js', 'c();'), input('b.js', 'b();')] }, ['r'], config],
    ['where one text ends', { inputs: [input('a.js', 'a();b'), input('b.js', '();')] }, ['r'], config],
    ['a name', { inputs: [input('c.js'), input('b.js', 'b();')] }, ['r'], config],
    ['a file that is only listed', { files: ['a.js', 'b.js', 'c.txt'] }, ['r'], config],
    ['a descriptor', { descriptors: [{ file: 'Dockerfile', kind: 'dockerfile', text: 'FROM a' }] }, ['r'], config],
    ['the place', { root: '/q' }, ['r'], config],
    ['a problem', { problems: [{ kind: 'unreadable', level: 'error', message: '' }] }, ['r'], config],
    ['the rules', {}, ['r', 's'], config],
    ['the configuration', {}, ['r'], { guards: ['a#c'] }],
  ])('is another when %s changes', (_, change, rules, setting) => {
    expect(keysOfAll({ ...project, ...change }, rules, setting)()).not.toBe(keysOfAll(project, ['r'], config)());
  });

  it('is not looked for where a configuration holds more than plain values', () => {
    expect(() => keysOfAll(project, ['r'], { knowledge: { api: /a/ } })()).toThrow(TypeError);
  });

  it('is kept of the last few states only', () => {
    for (let run = 0; run < 30; run++) {
      const cache = open();
      cache.keepAnswer(`key${run}`, answer);
      cache.save();
    }
    expect(packs('answers').length).toBeLessThan(30);
    expect(open().answer('key29')).toEqual(answer);
  });
});
