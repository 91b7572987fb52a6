import {
  type Alias,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node as YamlNode,
  parseAllDocuments,
} from 'yaml';
import type { Span } from '../model/span.js';
import { Lines } from './lines.js';
import type { Flaw, Parsed, Tree, TreeEntry, TreeMap } from './tree.js';

/** Nodes of a document; one of more is data. */
const MOST = 200_000;
const DEEPEST = 200;

/** What stands for a template in a text that was made readable: see templates.ts. */
const TEMPLATE = /[\uE000-\uE0FF]/;

/** The documents of a YAML text, anchors and merge keys resolved. `original` is the text that was written, for places and words. */
export function parseYaml(text: string, original = text): Parsed {
  const lines = new Lines(original);
  const trees: Tree[] = [];
  let flaw: Flaw | undefined;
  try {
    const documents = parseAllDocuments(text, {
      lineCounter: new LineCounter(),
      prettyErrors: false,
      uniqueKeys: false,
      merge: true,
      logLevel: 'silent',
    });
    for (const document of 'empty' in documents ? [] : documents) {
      const error = document.errors[0];
      if (error) {
        const said = (error.message.split('\n', 1)[0] ?? '').replace(/(?<![.:])[.:]+$/, '');
        const words = /call stack/.test(said) ? 'it is nested too deeply' : said;
        flaw ??= { span: lines.span(error.pos[0], Math.max(error.pos[1], error.pos[0] + 1)), words };
      }
      const reader = new Reader(lines, original);
      const tree = reader.tree(document.contents as YamlNode | null);
      if (tree) trees.push(tree);
      flaw ??= reader.flaw;
    }
  } catch (error) {
    // The parser calls itself for every level, and refuses aliases that unfold without end.
    const words = error instanceof RangeError ? 'it is nested too deeply' : String(error).split('\n', 1)[0]!;
    return { trees, flaw: flaw ?? { span: [1, 1, 1, 1], words } };
  }
  return { trees, ...(flaw ? { flaw } : {}) };
}

class Reader {
  /** An alias of nothing. */
  flaw?: Flaw;
  private left = MOST;
  /** What anchors stand for. A tree is never changed, so that many aliases can share it, however they unfold. */
  private readonly anchors = new Map<string, Tree>();
  private readonly open = new Set<string>();

  constructor(
    private readonly lines: Lines,
    private readonly original: string,
  ) {}

  tree(node: YamlNode | null | undefined, depth = 0): Tree | undefined {
    if (!node) return undefined;
    if (isAlias(node)) return this.alias(node);
    const { anchor } = node;
    if (anchor === undefined) return this.built(node, depth);
    this.open.add(anchor);
    const built = this.built(node, depth);
    this.open.delete(anchor);
    if (built) this.anchors.set(anchor, built);
    return built;
  }

  private alias(node: Alias): Tree {
    const [from, to] = this.range(node);
    const span = this.lines.span(from, to);
    const known = this.anchors.get(node.source);
    if (known) return this.moved(known, span);
    // Within what it names it would never end.
    if (!this.open.has(node.source)) this.flaw ??= { span, words: `nothing is called \`${node.source}\`` };
    return { kind: 'unknown', text: node.source, span, raw: { from, to } };
  }

  private built(node: Exclude<YamlNode, Alias>, depth: number): Tree | undefined {
    const [from, to] = this.range(node);
    const place = { span: this.lines.span(from, to), raw: { from, to } };
    if (this.left-- <= 0 || depth > DEEPEST) return { kind: 'unknown', text: '', ...place };
    if (node.tag && /^!/.test(node.tag))
      return { kind: 'unknown', text: this.original.slice(from, to), tag: node.tag.slice(1), ...place };
    if (isMap(node)) return { kind: 'map', entries: this.entries(node.items, depth), ...place };
    if (isSeq(node)) {
      const items = node.items.map((item) => (isPair(item) ? undefined : this.tree(item as YamlNode, depth + 1)));
      return { kind: 'list', items: items.filter((item) => item !== undefined), ...place };
    }
    if (!isScalar(node)) return undefined;
    const written = String(node.value ?? '');
    if (TEMPLATE.test(written)) return { kind: 'unknown', text: this.original.slice(from, to), ...place };
    // A number that is written `0644` or `3.10` is meant as it is written wherever names and versions are.
    const value = node.value;
    if (typeof value === 'number' && node.source !== undefined && String(value) !== node.source)
      return { kind: 'value', value: /^-?\d+$/.test(node.source) ? value : node.source, ...place };
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return { kind: 'value', value: plain ? value : value === null ? null : written, ...place };
  }

  private entries(pairs: readonly unknown[], depth: number): TreeEntry[] {
    const found: TreeEntry[] = [];
    const merged: TreeEntry[] = [];
    for (const pair of pairs) {
      if (!isPair(pair)) continue;
      const key = pair.key as YamlNode | null;
      const value = this.tree(pair.value as YamlNode | null, depth + 1);
      const name = isScalar(key) ? String(isMergeKey(key.value) ? '<<' : key.value) : '';
      const [from, to] = key ? this.range(key) : [0, 0];
      const keySpan = this.lines.span(from, to);
      if (name === '<<' && value) merged.push(...this.mergedFrom(value));
      else found.push({ key: name, keySpan, value: value ?? nothing(keySpan, to) });
    }
    // What a map says itself goes before what it takes over.
    const own = new Set(found.map(({ key }) => key));
    return [...merged.filter(({ key }) => !own.has(key)), ...found];
  }

  private mergedFrom(value: Tree): readonly TreeEntry[] {
    if (value.kind === 'map') return value.entries;
    return value.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'map' ? item.entries : [])) : [];
  }

  /** What an alias stands for is said where it is written down; the alias is where it is used. */
  private moved(tree: Tree, span: Span): Tree {
    return tree.kind === 'value' || tree.kind === 'unknown' ? { ...tree, span } : tree;
  }

  private range(node: YamlNode): readonly [number, number] {
    const [from = 0, end = 0] = node.range ?? [];
    if (!isCollection(node)) return [from, end];
    // A block collection ends with the blank lines and comments below it.
    let to = end;
    while (to > from && /\s/.test(this.original[to - 1] ?? '')) to--;
    return [from, to];
  }
}

function isMergeKey(value: unknown): boolean {
  return typeof value === 'symbol' || value === '<<';
}

function nothing(span: Span, at: number): Tree {
  return { kind: 'value', value: null, span, raw: { from: at, to: at } };
}

/** All documents that are maps. */
export function mapsOf({ trees }: Parsed): readonly TreeMap[] {
  return trees.filter((tree) => tree.kind === 'map');
}
