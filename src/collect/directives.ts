import { ts } from 'ts-morph';
import type { DirectiveFact } from '../model/facts.js';

const WORD = 'mi-audit-';

/** Comments that begin with `mi-audit-`. Text inside strings and templates is never taken for a comment. */
export function collectDirectives(source: ts.SourceFile): DirectiveFact[] {
  const text = source.text;
  if (!text.includes(WORD)) return [];
  const comments = new Map<number, ts.CommentRange>();
  const texts: ts.Node[] = [];
  // Comments hang before or after some token; every token's full start and end are looked at, so none is missed.
  const visit = (node: ts.Node): void => {
    const ranges = [ts.getLeadingCommentRanges(text, node.pos), ts.getTrailingCommentRanges(text, node.end)];
    if (node.kind === ts.SyntaxKind.JsxText) texts.push(node);
    else for (const range of ranges.flatMap((some) => some ?? [])) comments.set(range.pos, range);
    for (const child of node.getChildren(source)) visit(child);
  };
  visit(source);
  const found: DirectiveFact[] = [];
  for (const range of [...comments.values()].sort((a, b) => a.pos - b.pos)) {
    const inner = text
      .slice(range.pos, range.end)
      .replace(/^\/[/*]+|\*\/$/g, '')
      .trim();
    // The text of a JSX element begins where a tag ends, so that what looks like a comment there seems to trail the tag.
    if (!inner.startsWith(WORD) || texts.some(({ pos, end }) => pos <= range.pos && range.pos < end)) continue;
    const from = source.getLineAndCharacterOfPosition(range.pos);
    const to = source.getLineAndCharacterOfPosition(range.end);
    const lineStart = source.getPositionOfLineAndCharacter(from.line, 0);
    found.push({
      text: inner,
      span: [from.line + 1, from.character + 1, to.line + 1, to.character + 1],
      ownLine: text.slice(lineStart, range.pos).trim() === '',
    });
  }
  return found;
}
