import type { Span } from '../model/span.js';
import type { Raw } from './lines.js';

/*
 * What YAML, JSON, TOML, HCL and literals of JavaScript have in common, each node with its place. Readers of descriptors know
 * nothing else, so that `railway.json` and `railway.toml` are one format to them.
 */

export type Tree = TreeMap | TreeList | TreeValue | TreeUnknown;

interface Node {
  readonly span: Span;
  /** Of a value: its text within the file, quotes included. */
  readonly raw: Raw;
  /** Where it stands, when that is not the file being read: the values of a chart. */
  readonly file?: string;
}

export interface TreeMap extends Node {
  readonly kind: 'map';
  readonly entries: readonly TreeEntry[];
}

export interface TreeEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Tree;
  /** Of a block with labels (`resource "aws_instance" "web" { … }`): these. */
  readonly labels?: readonly string[];
}

export interface TreeList extends Node {
  readonly kind: 'list';
  readonly items: readonly Tree[];
}

export interface TreeValue extends Node {
  readonly kind: 'value';
  readonly value: string | number | boolean | null;
}

/** Something that only a tool could work out: a template, a reference, an expression. */
export interface TreeUnknown extends Node {
  readonly kind: 'unknown';
  readonly text: string;
  /** What it is made from, where that is known: `Ref`, `!Sub`. */
  readonly tag?: string;
}

/** A tree and what is wrong with its text; without a tree nothing could be read. */
export interface Parsed {
  readonly trees: readonly Tree[];
  readonly flaw?: Flaw;
}

export interface Flaw {
  readonly span: Span;
  readonly words: string;
}

/** The entries of a map; of anything else, none. */
export function entries(tree: Tree | undefined): readonly TreeEntry[] {
  return tree?.kind === 'map' ? tree.entries : [];
}

export function items(tree: Tree | undefined): readonly Tree[] {
  return tree?.kind === 'list' ? tree.items : [];
}

/** A list, or one thing in its place. */
export function itemsOrOne(tree: Tree | undefined): readonly Tree[] {
  return tree?.kind === 'list' ? tree.items : tree === undefined || isNull(tree) ? [] : [tree];
}

export function entry(tree: Tree | undefined, ...path: readonly string[]): TreeEntry | undefined {
  let at = tree;
  let found: TreeEntry | undefined;
  for (const name of path) {
    // What is said last counts, as most readers have it.
    found = entries(at).findLast(({ key }) => key === name);
    if (!found) return undefined;
    at = found.value;
  }
  return found;
}

export function get(tree: Tree | undefined, ...path: readonly string[]): Tree | undefined {
  return path.length === 0 ? tree : entry(tree, ...path)?.value;
}

export function isNull(tree: Tree | undefined): boolean {
  return tree?.kind === 'value' && tree.value === null;
}

/** A scalar as text; numbers and switches as they are written in most formats. */
export function textOf(tree: Tree | undefined): string | undefined {
  return tree?.kind === 'value' && tree.value !== null ? String(tree.value) : undefined;
}

export function numberOf(tree: Tree | undefined): number | undefined {
  if (tree?.kind !== 'value') return undefined;
  if (typeof tree.value === 'number') return tree.value;
  return typeof tree.value === 'string' && /^-?\d+(?:\.\d+)?$/.test(tree.value) ? Number(tree.value) : undefined;
}

export function booleanOf(tree: Tree | undefined): boolean | undefined {
  if (tree?.kind !== 'value') return undefined;
  if (typeof tree.value === 'boolean') return tree.value;
  return tree.value === 'true' ? true : tree.value === 'false' ? false : undefined;
}
