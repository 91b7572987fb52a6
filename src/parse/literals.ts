import { ts } from 'ts-morph';
import { Lines } from './lines.js';
import type { Parsed, Tree, TreeEntry } from './tree.js';

const MOST = 20_000;

/**
 * What a module of JavaScript or TypeScript exports, as far as it is written down: objects, lists and constants, and the
 * variables of the same file that hold them. Everything else is unknown.
 */
export function parseLiterals(file: string, text: string): Parsed {
  const lines = new Lines(text);
  let source: ts.SourceFile;
  try {
    source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { trees: [] };
  }
  const values = new Map<string, ts.Expression>();
  let exported: ts.Expression | undefined;
  const parts: TreeEntry[] = [];
  const reader = new Reader(source, lines, values);
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations)
        if (ts.isIdentifier(name) && initializer) values.set(name.text, initializer);
    } else if (ts.isExportAssignment(statement)) exported = statement.expression;
    else if (ts.isExpressionStatement(statement) && ts.isBinaryExpression(statement.expression)) {
      const { left, operatorToken, right } = statement.expression;
      if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(left)) continue;
      const target = left.getText(source);
      if (target === 'module.exports') exported = right;
      const [, name] = /^(?:module\.)?exports\.(\w+)$/.exec(target) ?? [];
      if (name) {
        const keySpan = lines.span(left.name.getStart(source), left.name.end);
        parts.push({ key: name, keySpan, value: reader.tree(right) });
      }
    }
  }
  if (exported) return { trees: [reader.tree(exported)] };
  const raw = { from: 0, to: text.length };
  return { trees: parts.length ? [{ kind: 'map', entries: parts, span: lines.span(0, text.length), raw }] : [] };
}

class Reader {
  private left = MOST;

  constructor(
    private readonly source: ts.SourceFile,
    private readonly lines: Lines,
    private readonly values: ReadonlyMap<string, ts.Expression>,
  ) {}

  tree(written: ts.Expression, depth = 0): Tree {
    const node = bare(written);
    const raw = { from: node.getStart(this.source), to: node.end };
    const place = { span: this.lines.span(raw.from, raw.to), raw };
    const unknown: Tree = { kind: 'unknown', text: node.getText(this.source), ...place };
    if (this.left-- <= 0 || depth > 50) return unknown;
    if (ts.isObjectLiteralExpression(node)) {
      const entries = node.properties.flatMap((property): TreeEntry[] => {
        if (ts.isSpreadAssignment(property)) {
          const spread = this.tree(property.expression, depth + 1);
          return spread.kind === 'map' ? [...spread.entries] : [];
        }
        const name = property.name;
        const key =
          ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : '*';
        const value = ts.isPropertyAssignment(property)
          ? property.initializer
          : ts.isShorthandPropertyAssignment(property)
            ? property.name
            : undefined;
        if (!value) return [];
        const keySpan = this.lines.span(name.getStart(this.source), name.end);
        return [{ key, keySpan, value: this.tree(value, depth + 1) }];
      });
      return { kind: 'map', entries, ...place };
    }
    if (ts.isArrayLiteralExpression(node)) {
      const items = node.elements.flatMap((element): readonly Tree[] => {
        if (!ts.isSpreadElement(element)) return [this.tree(element, depth + 1)];
        const spread = this.tree(element.expression, depth + 1);
        return spread.kind === 'list' ? spread.items : [spread];
      });
      return { kind: 'list', items, ...place };
    }
    if (ts.isStringLiteralLike(node)) return { kind: 'value', value: node.text, ...place };
    if (ts.isNumericLiteral(node)) return { kind: 'value', value: Number(node.text), ...place };
    if (node.kind === ts.SyntaxKind.TrueKeyword) return { kind: 'value', value: true, ...place };
    if (node.kind === ts.SyntaxKind.FalseKeyword) return { kind: 'value', value: false, ...place };
    if (node.kind === ts.SyntaxKind.NullKeyword) return { kind: 'value', value: null, ...place };
    if (
      ts.isPrefixUnaryExpression(node) &&
      node.operator === ts.SyntaxKind.MinusToken &&
      ts.isNumericLiteral(node.operand)
    )
      return { kind: 'value', value: -Number(node.operand.text), ...place };
    const named = ts.isIdentifier(node) ? this.values.get(node.text) : undefined;
    return named ? this.tree(named, depth + 1) : unknown;
  }
}

/** Without parentheses, assertions, and calls that hand on what they are given: `defineConfig({ … })`. */
function bare(node: ts.Expression): ts.Expression {
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node)
  )
    return bare(node.expression);
  return node;
}
