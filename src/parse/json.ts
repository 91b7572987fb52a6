import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { Lines } from './lines.js';
import type { Parsed, Tree } from './tree.js';

/** A JSON text, comments and trailing commas allowed, with the places of its parts. */
export function parseJson(text: string): Parsed {
  const lines = new Lines(text);
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, {
      allowTrailingComma: true,
      disallowComments: false,
      allowEmptyContent: true,
    });
    const first = errors[0];
    return {
      trees: root ? [toTree(root, lines)] : [],
      ...(first && {
        flaw: {
          span: lines.span(first.offset, first.offset + Math.max(1, first.length)),
          words: wordsOf(printParseErrorCode(first.error)),
        },
      }),
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { trees: [], flaw: { span: [1, 1, 1, 1], words: 'it is nested too deeply' } };
  }
}

function toTree(node: Node, lines: Lines): Tree {
  const raw = { from: node.offset, to: node.offset + node.length };
  const place = { span: lines.span(raw.from, raw.to), raw };
  if (node.type === 'array')
    return { kind: 'list', items: (node.children ?? []).map((child) => toTree(child, lines)), ...place };
  if (node.type !== 'object')
    return { kind: 'value', value: (node.value ?? null) as string | number | boolean | null, ...place };
  const entries = (node.children ?? []).flatMap(({ children = [] }) => {
    const [key, value] = children;
    if (!key || !value) return [];
    return [
      {
        key: String(key.value),
        keySpan: lines.span(key.offset, key.offset + key.length),
        value: toTree(value, lines),
      },
    ];
  });
  return { kind: 'map', entries, ...place };
}

/** `CommaExpected` → "comma expected". */
function wordsOf(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
