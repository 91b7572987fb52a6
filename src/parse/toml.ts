import { type AST, parseTOML } from 'toml-eslint-parser';
import type { Span } from '../model/span.js';
import { Lines } from './lines.js';
import type { Parsed, Tree, TreeEntry } from './tree.js';

/** A TOML text with the places of its parts; tables stand where their path says, wherever they are written. */
export function parseToml(text: string): Parsed {
  try {
    const lines = new Lines(text);
    const top: Building = { entries: [], span: lines.span(0, text.length), raw: { from: 0, to: text.length } };
    for (const part of parseTOML(text).body[0].body) {
      if (part.type === 'TOMLKeyValue') put(top, part, lines);
      else {
        const table = tableAt(top, part, lines);
        for (const pair of part.body) put(table, pair, lines);
      }
    }
    return { trees: [finished(top)] };
  } catch (error) {
    if (error instanceof RangeError)
      return { trees: [], flaw: { span: [1, 1, 1, 1], words: 'it is nested too deeply' } };
    const { lineNumber, column, message } = error as { lineNumber?: number; column?: number; message?: string };
    if (lineNumber === undefined || column === undefined) throw error;
    const words = String(message).split('\n', 1)[0]!.replace(/\.?$/, '');
    return { trees: [], flaw: { span: [lineNumber, column + 1, lineNumber, column + 2], words } };
  }
}

interface Building {
  readonly entries: { key: string; keySpan: Span; value: Building | Building[] | Tree }[];
  readonly span: Span;
  readonly raw: { readonly from: number; readonly to: number };
}

function isTree(value: Building | Building[] | Tree): value is Tree {
  return !Array.isArray(value) && 'kind' in value;
}

function finished(building: Building): Tree {
  const { span, raw } = building;
  const entries: TreeEntry[] = building.entries.map(({ key, keySpan, value }) => {
    if (isTree(value)) return { key, keySpan, value };
    if (!Array.isArray(value)) return { key, keySpan, value: finished(value) };
    return { key, keySpan, value: { kind: 'list', items: value.map(finished), span: keySpan, raw } };
  });
  return { kind: 'map', entries, span, raw };
}

function placeOf(node: { range: readonly [number, number] }, lines: Lines) {
  const [from, to] = node.range;
  return { span: lines.span(from, to), raw: { from, to } };
}

type Key = AST.TOMLBare | AST.TOMLQuoted;

function nameOf(key: Key): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}

function tableAt(top: Building, table: AST.TOMLTable, lines: Lines): Building {
  let at = top;
  table.key.keys.forEach((key: Key, index: number) => {
    const last = index === table.key.keys.length - 1;
    at = below(at, nameOf(key), placeOf(key, lines).span, placeOf(table, lines), last && table.kind === 'array');
  });
  return at;
}

function below(
  at: Building,
  key: string,
  keySpan: Span,
  place: Pick<Building, 'span' | 'raw'>,
  one: boolean,
): Building {
  const found = at.entries.find((entry) => entry.key === key)?.value;
  const next: Building = { entries: [], ...place };
  if (Array.isArray(found)) {
    if (one) found.push(next);
    return found.at(-1) as Building;
  }
  if (found && !isTree(found)) return found;
  at.entries.push({ key, keySpan, value: one ? [next] : next });
  return next;
}

function put(table: Building, { key, value }: AST.TOMLKeyValue, lines: Lines): void {
  let at = table;
  key.keys.slice(0, -1).forEach((part: Key) => {
    at = below(at, nameOf(part), placeOf(part, lines).span, placeOf(value, lines), false);
  });
  const last = key.keys.at(-1);
  if (last) at.entries.push({ key: nameOf(last), keySpan: placeOf(last, lines).span, value: toTree(value, lines) });
}

function toTree(node: AST.TOMLContentNode, lines: Lines): Tree {
  const place = placeOf(node, lines);
  if (node.type === 'TOMLArray')
    return {
      kind: 'list',
      items: node.elements.map((element: AST.TOMLContentNode) => toTree(element, lines)),
      ...place,
    };
  if (node.type === 'TOMLInlineTable') {
    const table: Building = { entries: [], ...place };
    for (const pair of node.body) put(table, pair, lines);
    return finished(table);
  }
  const { value } = node;
  return { kind: 'value', value: value instanceof Date ? value.toISOString() : value, ...place };
}
