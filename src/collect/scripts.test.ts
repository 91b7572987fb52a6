import { expect, it } from 'vitest';
import type { Manifest } from '../model/input.js';
import { collectScripts } from './scripts.js';

const manifest = (text?: string): Manifest => ({
  dir: '.',
  bin: {},
  scripts: {},
  dependencies: {},
  devDependencies: {},
  workspaces: [],
  ...(text === undefined ? {} : { text }),
});

it('finds the scripts with their commands and places', () => {
  const text =
    '{\n  "name": "a",\n  "scripts": {\n    "start": "node b.js && c",\n    "d\\"e": "f \\"g h\\""\n  }\n}\n';
  expect(collectScripts(manifest(text))).toEqual([
    { name: 'start', commands: [['node', 'b.js'], ['c']], span: [4, 15, 4, 29] },
    { name: 'd"e', commands: [['f', 'g h']], span: [5, 14, 5, 23] },
  ]);
});

it.each([
  ['no text', undefined],
  ['an empty text', ''],
  ['a list', '[]'],
  ['no scripts', '{ "name": "a" }'],
  ['scripts that are no object', '{ "scripts": ["a"] }'],
  ['a script that is no text', '{ "scripts": { "a": 1, "b": null } }'],
])('finds none in a manifest with %s', (_, text) => {
  expect(collectScripts(manifest(text))).toEqual([]);
});

it('finds what there is in a broken manifest', () => {
  expect(collectScripts(manifest('{ "scripts": { "a": "b", ')).map(({ name }) => name)).toEqual(['a']);
});
