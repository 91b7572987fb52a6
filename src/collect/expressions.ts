import { ts } from 'ts-morph';
import type { Expr, Prop, TypeFact } from '../model/facts.js';
import type { Span } from '../model/span.js';
import { lowerClass, lowerFunction, type Owner } from './declarations.js';
import { assignPrototype, lowerConstructor, lowerMembers, prototypeIn } from './prototypes.js';
import type { Walk } from './walk.js';

const S = ts.SyntaxKind;

/** Reduces an expression, recording the calls and accesses in it. */
export function lower(walk: Walk, node: ts.Expression): Expr {
  const use = walk.use;
  walk.use = 'used';
  switch (node.kind) {
    case S.StringLiteral:
    case S.NoSubstitutionTemplateLiteral:
      return { k: 'lit', v: (node as ts.StringLiteralLike).text };
    case S.NumericLiteral:
      return { k: 'lit', v: Number((node as ts.NumericLiteral).text) };
    case S.TrueKeyword:
      return { k: 'lit', v: true };
    case S.FalseKeyword:
      return { k: 'lit', v: false };
    case S.NullKeyword:
      return { k: 'lit', v: null };
    case S.ThisKeyword:
    case S.SuperKeyword:
    case S.Identifier:
    case S.PropertyAccessExpression:
    case S.ElementAccessExpression: {
      const target = lowerPath(walk, node);
      if (target.k !== 'undefined') walk.access({ op: 'read', target, span: walk.span(node) });
      return target;
    }
    case S.ParenthesizedExpression:
    case S.AsExpression:
    case S.SatisfiesExpression:
    case S.TypeAssertionExpression:
    case S.NonNullExpression:
      walk.use = use;
      return lower(walk, (node as ts.ParenthesizedExpression).expression);
    case S.CallExpression:
    case S.NewExpression:
      return lowerCall(walk, node as ts.CallExpression | ts.NewExpression, use);
    case S.TaggedTemplateExpression: {
      const tagged = node as ts.TaggedTemplateExpression;
      const callee = lowerPath(walk, tagged.tag);
      const text = lower(walk, tagged.template);
      return { k: 'call', c: walk.call({ callee, args: [text], use, span: walk.span(node) }) };
    }
    case S.AwaitExpression:
      walk.use = use === 'used' || use === 'dropped' ? 'awaited' : use;
      return { k: 'await', of: lower(walk, (node as ts.AwaitExpression).expression) };
    case S.YieldExpression: {
      const inner = (node as ts.YieldExpression).expression;
      return inner ? { k: 'await', of: lower(walk, inner) } : { k: 'undefined' };
    }
    case S.VoidExpression:
      walk.use = 'voided';
      return other(lower(walk, (node as ts.VoidExpression).expression));
    case S.ArrowFunction:
      return { k: 'fn', f: lowerFunction(walk, node as ts.ArrowFunction) };
    case S.FunctionExpression:
      return lowerConstructor(walk, node as ts.FunctionExpression, '');
    case S.ClassExpression:
      return { k: 'class', c: lowerClass(walk, node as ts.ClassExpression) };
    case S.ObjectLiteralExpression:
      return lowerObject(walk, node as ts.ObjectLiteralExpression);
    case S.ArrayLiteralExpression:
      return { k: 'array', items: (node as ts.ArrayLiteralExpression).elements.map((item) => lower(walk, item)) };
    case S.SpreadElement:
      return { k: 'spread', of: lower(walk, (node as ts.SpreadElement).expression) };
    case S.OmittedExpression:
      return { k: 'undefined' };
    case S.TemplateExpression: {
      const template = node as ts.TemplateExpression;
      const parts: Expr[] = [{ k: 'lit', v: template.head.text }];
      for (const span of template.templateSpans)
        parts.push(lower(walk, span.expression), { k: 'lit', v: span.literal.text });
      return { k: 'text', parts };
    }
    case S.ConditionalExpression: {
      const choice = node as ts.ConditionalExpression;
      const test = lower(walk, choice.condition);
      const span = walk.span(choice.condition);
      const branch = (sense: boolean, part: ts.Expression) => {
        let value: Expr = { k: 'undefined' };
        walk.under(test, sense, 'choose', span, () => {
          walk.use = use;
          value = lower(walk, part);
        });
        return value;
      };
      return { k: 'choose', test, yes: branch(true, choice.whenTrue), no: branch(false, choice.whenFalse) };
    }
    case S.BinaryExpression:
      return lowerBinary(walk, node as ts.BinaryExpression, use);
    case S.PrefixUnaryExpression:
    case S.PostfixUnaryExpression: {
      const unary = node as ts.PrefixUnaryExpression | ts.PostfixUnaryExpression;
      const operator = ts.tokenToString(unary.operator) ?? '';
      if (unary.operator === S.PlusPlusToken || unary.operator === S.MinusMinusToken) {
        const target = lowerPath(walk, unary.operand);
        walk.access({ op: 'update', target, operator, span: walk.span(node) });
        // Its value is used as well: a counter handed out is a counter read.
        if (use !== 'dropped') walk.access({ op: 'read', target, span: walk.span(node) });
        return other(target);
      }
      const of = lower(walk, unary.operand);
      if (operator === '-' && of.k === 'lit' && typeof of.v === 'number') return { k: 'lit', v: -of.v };
      return { k: 'unary', op: operator, of };
    }
    case S.TypeOfExpression:
      return { k: 'unary', op: 'typeof', of: lower(walk, (node as ts.TypeOfExpression).expression) };
    case S.DeleteExpression: {
      const target = lowerPath(walk, (node as ts.DeleteExpression).expression);
      walk.access({ op: 'delete', target, span: walk.span(node) });
      return other(target);
    }
    case S.MetaProperty:
      return (node as ts.MetaProperty).keywordToken === S.ImportKeyword
        ? { k: 'global', name: 'import.meta' }
        : other();
    case S.JsxElement:
    case S.JsxSelfClosingElement:
    case S.JsxFragment:
      walk.jsx = true;
      return lowerParts(walk, node);
    default:
      return lowerParts(walk, node);
  }
}

/** An access path, without recording that it is read: the callee of a call, the target of a write. */
export function lowerPath(walk: Walk, node: ts.Expression): Expr {
  switch (node.kind) {
    case S.Identifier:
      return walk.refer((node as ts.Identifier).text);
    case S.ThisKeyword:
      return walk.self;
    case S.SuperKeyword:
      return walk.self.k === 'this' && walk.self.cls !== undefined
        ? { k: 'super', cls: walk.self.cls }
        : { k: 'super' };
    case S.PropertyAccessExpression: {
      const access = node as ts.PropertyAccessExpression;
      return { k: 'member', of: lowerPath(walk, access.expression), name: access.name.text };
    }
    case S.ElementAccessExpression: {
      const access = node as ts.ElementAccessExpression;
      const of = lowerPath(walk, access.expression);
      const key = lower(walk, access.argumentExpression);
      return key.k === 'lit' && typeof key.v === 'string' ? { k: 'member', of, name: key.v } : { k: 'index', of, key };
    }
    case S.ParenthesizedExpression:
    case S.AsExpression:
    case S.SatisfiesExpression:
    case S.TypeAssertionExpression:
    case S.NonNullExpression:
      return lowerPath(walk, (node as ts.ParenthesizedExpression).expression);
    case S.BinaryExpression: {
      // (0, module.name)(…), as compilers write it
      const binary = node as ts.BinaryExpression;
      if (binary.operatorToken.kind === S.CommaToken && binary.left.kind === S.NumericLiteral)
        return lowerPath(walk, binary.right);
      return lower(walk, node);
    }
    default:
      return lower(walk, node);
  }
}

function lowerCall(walk: Walk, node: ts.CallExpression | ts.NewExpression, use: Walk['use']): Expr {
  const isNew = node.kind === S.NewExpression;
  const first = node.arguments?.[0];
  if (!isNew && node.expression.kind === S.ImportKeyword) {
    const args = first ? [lower(walk, first)] : [];
    const specifier = args[0];
    if (specifier?.k === 'lit' && typeof specifier.v === 'string') walk.import(specifier.v, 'dynamic', walk.span(node));
    return { k: 'call', c: walk.call({ callee: { k: 'global', name: 'import' }, args, use, span: walk.span(node) }) };
  }
  const callee = lowerPath(walk, node.expression);
  const cls = prototypeIn(walk, node);
  const args = (node.arguments ?? []).map((arg) =>
    cls !== undefined && ts.isObjectLiteralExpression(arg) ? lowerMembers(walk, arg, cls) : lower(walk, arg),
  );
  if (callee.k === 'global' && callee.name === 'require' && args[0]?.k === 'lit' && typeof args[0].v === 'string') {
    walk.import(args[0].v, 'require', walk.span(node));
  }
  const c = walk.call({ callee, args, use, span: callSpan(walk, node), ...(isNew ? { new: true as const } : {}) });
  return { k: 'call', c };
}

/** A chained call is pointed at from its own name on: in `a\n.b()\n.c()`, `c()` is not at the line of `a`. */
function callSpan(walk: Walk, node: ts.CallExpression | ts.NewExpression): Span {
  const callee = node.expression;
  if (callee.kind === S.PropertyAccessExpression) {
    const access = callee as ts.PropertyAccessExpression;
    let receiver: ts.Expression = access.expression;
    while (
      ts.isPropertyAccessExpression(receiver) ||
      ts.isAwaitExpression(receiver) ||
      ts.isParenthesizedExpression(receiver)
    ) {
      receiver = receiver.expression;
    }
    if (ts.isCallExpression(receiver)) return walk.range(access.name.getStart(walk.source), node.end);
  }
  return walk.span(node);
}

/** An object literal; with an owner, its functions are methods of a class. */
export function lowerObject(walk: Walk, node: ts.ObjectLiteralExpression, owner?: Owner): Expr & { k: 'object' } {
  const props: Prop[] = [];
  const outer = walk.object;
  const whole = walk.span(node);
  for (const property of node.properties) {
    const span = walk.span(property);
    walk.object = whole;
    switch (property.kind) {
      case S.PropertyAssignment:
        props.push({
          name: propertyName(walk, property.name),
          value:
            owner && ts.isFunctionExpression(property.initializer)
              ? { k: 'fn', f: lowerFunction(walk, property.initializer, property.name.getText(walk.source), owner) }
              : lower(walk, property.initializer),
          span,
        });
        break;
      case S.ShorthandPropertyAssignment:
        props.push({ name: property.name.text, value: lower(walk, property.name), span });
        break;
      case S.SpreadAssignment:
        props.push({ value: lower(walk, property.expression), span });
        break;
      case S.GetAccessor:
      case S.MethodDeclaration:
      case S.SetAccessor:
        props.push({
          name: propertyName(walk, property.name),
          value: { k: 'fn', f: lowerFunction(walk, property, '', owner) },
          span,
        });
        break;
    }
  }
  walk.object = outer;
  return { k: 'object', props: fitted(props), span: whole };
}

/** The text of a property's name; `*` when only running the code could tell. */
export function propertyName(walk: Walk, name: ts.PropertyName): string {
  if (!ts.isComputedPropertyName(name)) return name.text;
  const key = lower(walk, name.expression);
  return key.k === 'lit' ? String(key.v) : '*';
}

const ASSIGNMENTS = new Map<ts.SyntaxKind, string>([
  [S.PlusEqualsToken, '+='],
  [S.MinusEqualsToken, '-='],
  [S.AsteriskEqualsToken, '*='],
  [S.SlashEqualsToken, '/='],
  [S.PercentEqualsToken, '%='],
  [S.AsteriskAsteriskEqualsToken, '**='],
  [S.AmpersandEqualsToken, '&='],
  [S.BarEqualsToken, '|='],
  [S.CaretEqualsToken, '^='],
  [S.LessThanLessThanEqualsToken, '<<='],
  [S.GreaterThanGreaterThanEqualsToken, '>>='],
  [S.GreaterThanGreaterThanGreaterThanEqualsToken, '>>>='],
  [S.BarBarEqualsToken, '||='],
  [S.QuestionQuestionEqualsToken, '??='],
  [S.AmpersandAmpersandEqualsToken, '&&='],
]);

function lowerBinary(walk: Walk, node: ts.BinaryExpression, use: Walk['use']): Expr {
  const operator = node.operatorToken.kind;
  if (operator === S.EqualsToken) {
    const ofClass = assignPrototype(walk, node);
    if (ofClass) return ofClass;
    walk.use = use === 'dropped' ? 'stored' : use;
    const value = lowerAssigned(walk, node);
    assign(walk, node.left, value, walk.span(node));
    return value;
  }
  const compound = ASSIGNMENTS.get(operator);
  if (compound) {
    const target = lowerPath(walk, node.left);
    const logical = compound === '??=' || compound === '||=' || compound === '&&=';
    if (logical) walk.push(target, compound === '&&=', 'logic', walk.span(node.left));
    walk.use = 'stored';
    const value = lower(walk, node.right);
    if (logical) walk.pop();
    walk.access({ op: logical ? 'assign' : 'update', target, value, operator: compound, span: walk.span(node) });
    if (use !== 'dropped') walk.access({ op: 'read', target, span: walk.span(node) });
    return logical
      ? { k: 'logic', op: compound === '??=' ? '??' : '||', left: target, right: value }
      : other(target, value);
  }
  if (operator === S.CommaToken) {
    lower(walk, node.left);
    walk.use = use;
    return lower(walk, node.right);
  }
  if (operator === S.AmpersandAmpersandToken || operator === S.BarBarToken || operator === S.QuestionQuestionToken) {
    const left = lower(walk, node.left);
    let right: Expr = { k: 'undefined' };
    walk.under(left, operator === S.AmpersandAmpersandToken, 'logic', walk.span(node.left), () => {
      walk.use = use;
      right = lower(walk, node.right);
    });
    return {
      k: 'logic',
      op: operator === S.AmpersandAmpersandToken ? '&&' : operator === S.BarBarToken ? '||' : '??',
      left,
      right,
    };
  }
  const left = lower(walk, node.left);
  const right = lower(walk, node.right);
  if (operator === S.PlusToken && (isText(left) || isText(right))) return { k: 'text', parts: [left, right] };
  return { k: 'binary', op: ts.tokenToString(operator) ?? '', left, right };
}

/** A function that is assigned takes the name of what it is assigned to; one that is put on `this` is a method there. */
function lowerAssigned(walk: Walk, { left, right }: ts.BinaryExpression): Expr {
  if (!ts.isFunctionExpression(right) || !ts.isPropertyAccessExpression(left)) return lower(walk, right);
  const { self } = walk;
  if (left.expression.kind === S.ThisKeyword && self.k === 'this' && self.cls !== undefined) {
    const owner = { cls: self.cls, static: Boolean(self.static) };
    return { k: 'fn', f: lowerFunction(walk, right, left.name.text, owner) };
  }
  return lowerConstructor(walk, right, left.getText(walk.source));
}

function isText(expr: Expr): boolean {
  return expr.k === 'text' || (expr.k === 'lit' && typeof expr.v === 'string');
}

/** Records an assignment, part by part when the target is a pattern, and what it exports by CommonJS. */
function assign(walk: Walk, left: ts.Expression, value: Expr, span: Span): void {
  if (ts.isParenthesizedExpression(left)) return assign(walk, left.expression, value, span);
  const withDefault = (fallback: ts.Expression | undefined, part: Expr): Expr =>
    fallback ? { k: 'logic', op: '??', left: part, right: lower(walk, fallback) } : part;
  if (ts.isBinaryExpression(left) && left.operatorToken.kind === S.EqualsToken) {
    return assign(walk, left.left, withDefault(left.right, value), span);
  }
  if (ts.isObjectLiteralExpression(left)) {
    for (const property of left.properties) {
      if (ts.isShorthandPropertyAssignment(property)) {
        const part = withDefault(property.objectAssignmentInitializer, {
          k: 'member',
          of: value,
          name: property.name.text,
        });
        walk.access({ op: 'assign', target: walk.refer(property.name.text), value: part, span: walk.span(property) });
      } else if (ts.isPropertyAssignment(property)) {
        const part: Expr = { k: 'member', of: value, name: propertyName(walk, property.name) };
        assign(walk, property.initializer, part, walk.span(property));
      } else if (ts.isSpreadAssignment(property)) {
        assign(walk, property.expression, value, walk.span(property));
      }
    }
    return;
  }
  if (ts.isArrayLiteralExpression(left)) {
    left.elements.forEach((element, index) => {
      if (ts.isOmittedExpression(element)) return;
      if (ts.isSpreadElement(element)) return assign(walk, element.expression, value, walk.span(element));
      assign(walk, element, { k: 'index', of: value, key: { k: 'lit', v: index } }, walk.span(element));
    });
    return;
  }
  const target = lowerPath(walk, left);
  walk.access({ op: 'assign', target, value, span });
  exportByAssignment(walk, target, value, span);
}

/** `module.exports = …`, `exports.x = …`, `module.exports.x = …`. A file's own variable of that name is not meant, but does not occur. */
function exportByAssignment(walk: Walk, target: Expr, value: Expr, span: Span): void {
  const isExports = (expr: Expr): boolean =>
    (expr.k === 'global' && expr.name === 'exports') ||
    (expr.k === 'member' && expr.name === 'exports' && expr.of.k === 'global' && expr.of.name === 'module');
  if (isExports(target)) walk.exports.push({ name: '=', value, span });
  else if (target.k === 'member' && isExports(target.of)) walk.exports.push({ name: target.name, value, span });
}

function lowerParts(walk: Walk, node: ts.Node): Expr {
  const parts: Expr[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isTypeNode(child) && !ts.isExpressionWithTypeArguments(child)) return;
    if (isExpression(child)) parts.push(lower(walk, child));
    else inside(child);
  };
  // The names of attributes and of HTML elements are identifiers to the parser, but name nothing.
  const inside = (parent: ts.Node): void => {
    if (ts.isJsxClosingElement(parent)) return;
    if (ts.isJsxAttribute(parent)) return parent.initializer && visit(parent.initializer);
    if (!ts.isJsxOpeningElement(parent) && !ts.isJsxSelfClosingElement(parent)) return ts.forEachChild(parent, visit);
    const { tagName, attributes } = parent;
    if (!ts.isIdentifier(tagName) || !/^[a-z]/.test(tagName.text)) visit(tagName);
    visit(attributes);
  };
  inside(node);
  return { k: 'other', parts: fitted(parts) };
}

function isExpression(node: ts.Node): node is ts.Expression {
  // The parser puts an empty name where one is missing.
  return ts.isExpression(node) && !(ts.isIdentifier(node) && node.text === '');
}

/** A list that was pushed to has room for seventeen; facts stay for the whole run. */
function fitted<T>(list: readonly T[]): readonly T[] {
  return list.slice();
}

export function other(...parts: Expr[]): Expr {
  return { k: 'other', parts };
}

/** The named type of an annotation: promises and nullable unions are looked through, the rest has no name. */
export function lowerType(walk: Walk, node: ts.TypeNode | undefined): TypeFact | undefined {
  if (!node) return undefined;
  if (ts.isUnionTypeNode(node)) {
    for (const part of node.types) {
      const type = lowerType(walk, part);
      if (type) return type;
    }
    return undefined;
  }
  if (ts.isParenthesizedTypeNode(node)) return lowerType(walk, node.type);
  if (!ts.isTypeReferenceNode(node)) return undefined;
  const type = lowerTypeNamed(walk, node.typeName, node.typeArguments);
  const { ref, args } = type;
  if (ref.k === 'global' && (ref.name === 'Promise' || ref.name === 'Readonly' || ref.name === 'Partial'))
    return args?.[0];
  return type;
}

/** A type by its name, as in an annotation or after `implements`. */
export function lowerTypeNamed(
  walk: Walk,
  name: ts.EntityName | ts.Expression,
  given: readonly ts.TypeNode[] | undefined,
): TypeFact {
  const args = given?.map((arg) => lowerType(walk, arg)).filter((arg) => arg !== undefined);
  const ref = ts.isQualifiedName(name) ? lowerEntity(walk, name) : lowerPath(walk, name);
  return { ref, ...(args?.length ? { args } : {}) };
}

function lowerEntity(walk: Walk, name: ts.EntityName): Expr {
  if (ts.isIdentifier(name)) return walk.refer(name.text);
  return { k: 'member', of: lowerEntity(walk, name.left), name: name.right.text };
}
