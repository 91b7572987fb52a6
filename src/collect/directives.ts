import { ts } from 'ts-morph';
import type { DirectiveFact } from '../model/facts.js';

const WORD = 'mi-audit-';

/** Comments that begin with `mi-audit-`. Text inside strings and templates is never taken for a comment. */
export function collectDirectives(source: ts.SourceFile): DirectiveFact[] {
  const text = source.text;
  if (!text.includes(WORD)) return [];
  const found: DirectiveFact[] = [];
  const seen = new Set<number>();
  const take = (ranges: readonly ts.CommentRange[] | undefined): void => {
    for (const range of ranges ?? []) {
      if (seen.has(range.pos)) continue;
      seen.add(range.pos);
      const inner = text
        .slice(range.pos, range.end)
        .replace(/^\/[/*]+|\*\/$/g, '')
        .trim();
      if (!inner.startsWith(WORD)) continue;
      const from = source.getLineAndCharacterOfPosition(range.pos);
      const to = source.getLineAndCharacterOfPosition(range.end);
      const lineStart = source.getPositionOfLineAndCharacter(from.line, 0);
      found.push({
        text: inner,
        span: [from.line + 1, from.character + 1, to.line + 1, to.character + 1],
        ownLine: text.slice(lineStart, range.pos).trim() === '',
      });
    }
  };
  // Comments hang before or after some token; every token's full start and end are looked at, so none is missed.
  const visit = (node: ts.Node): void => {
    if (node.kind !== ts.SyntaxKind.JsxText) {
      take(ts.getLeadingCommentRanges(text, node.pos));
      take(ts.getTrailingCommentRanges(text, node.end));
    }
    for (const child of node.getChildren(source)) visit(child);
  };
  visit(source);
  return found.sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]);
}
