import { ts } from 'ts-morph';
import type { ClassFact, ClassId, Expr, MemberFact } from '../model/facts.js';
import { lowerFunction } from './declarations.js';
import { lower, lowerObject, lowerPath } from './expressions.js';
import type { Mutable } from './scope.js';
import type { Walk } from './walk.js';

/*
 * Classes as they were written before there was `class`: a function that is called with `new`, and a prototype that methods are put
 * on. A function is one if the file puts something on its prototype, or if it assigns fields of `this` and is called with `new`
 * or has a class's name. One that merely mentions `this`, as a handler does, is a function.
 */

type Constructor = ts.FunctionDeclaration | ts.FunctionExpression;

/** The class that a function makes; made when first asked for, so that methods can be put on it before it is walked. */
export function classOf(walk: Walk, node: Constructor, name: string): ClassId | undefined {
  const known = walk.constructors.get(node);
  if (known !== undefined && name) walk.scope.declareClass(name, known);
  if (known !== undefined || !isConstructor(walk, node, name)) return known;
  const id = walk.classes.length;
  walk.classes.push({
    name: node.name?.text ?? lastName(name),
    fn: walk.fn,
    byFunction: true,
    members: [],
    span: walk.span(node),
    nameSpan: node.name ? walk.span(node.name) : walk.span(node),
  });
  walk.constructors.set(node, id);
  if (name) walk.scope.declareClass(name, id);
  return id;
}

/** Walks a function that may be a class; gives the one or the other. */
export function lowerConstructor(walk: Walk, node: Constructor, name: string): Expr {
  const cls = classOf(walk, node, name);
  if (cls === undefined) return { k: 'fn', f: lowerFunction(walk, node, lastName(name)) };
  const ctor = lowerFunction(walk, node, name, { cls, static: false, as: 'constructor' });
  (walk.classes[cls] as Mutable<ClassFact>).ctor = ctor;
  return { k: 'class', c: cls };
}

/** The `a` of `exports.a`, which may be written over several lines. */
function lastName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).trim();
}

function isConstructor(walk: Walk, node: Constructor, name: string): boolean {
  const own = node.name?.text ?? lastName(name);
  if (!own || !node.body || node.asteriskToken) return false;
  if (node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)) return false;
  if (walk.named.withPrototype.has(own)) return true;
  return (/^[A-Z]/.test(own) || walk.named.made.has(own)) && setsFields(node.body);
}

/** `this.x = …` in a function itself, not in one inside it. */
function setsFields(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const { left } = node;
    if (ts.isPropertyAccessExpression(left) && left.expression.kind === ts.SyntaxKind.ThisKeyword) return true;
  }
  if (ts.isClassLike(node) || (ts.isFunctionLike(node) && !ts.isArrowFunction(node))) return false;
  return ts.forEachChild(node, setsFields) ?? false;
}

/** The names that a file calls with `new`, and those whose prototype it touches: a cheap look that spares a second walk. */
export function namesIn(text: string): {
  readonly made: ReadonlySet<string>;
  readonly withPrototype: ReadonlySet<string>;
} {
  const all = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] as string);
  return {
    made: new Set(all(/\bnew\s+([\w$]+)/g)),
    withPrototype: new Set([
      // Most files have none, and the pattern tries each name.
      ...(text.includes('.prototype') ? all(/(?<![\w$])([\w$]+)\.prototype\b/g) : []),
      ...all(/\binherits\(\s*([\w$]+)\s*,/g),
    ]),
  };
}

/** The class whose prototype an expression is: `A.prototype`, or a name given to it. */
function prototypeOf(walk: Walk, node: ts.Node): ClassId | undefined {
  if (ts.isIdentifier(node)) return walk.scope.findClass(`${node.text}=prototype`);
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'prototype') return undefined;
  return walk.scope.findClass(written(node.expression));
}

/** A path of names as it is written; empty for anything else. */
function written(node: ts.Node): string {
  if (ts.isIdentifier(node)) return node.text;
  if (!ts.isPropertyAccessExpression(node)) return '';
  const of = written(node.expression);
  return of && `${of}.${node.name.text}`;
}

/** `const proto = A.prototype`. */
export function namePrototype(walk: Walk, name: string, init: ts.Expression): void {
  const cls = prototypeOf(walk, init);
  if (cls !== undefined) walk.scope.declareClass(`${name}=prototype`, cls);
}

/** What is assigned to a prototype or one of its properties becomes the class's; undefined for any other assignment. */
export function assignPrototype(walk: Walk, node: ts.BinaryExpression): Expr | undefined {
  const { left, right } = node;
  if (!ts.isPropertyAccessExpression(left) && !isNamedElement(left)) return undefined;
  const of = prototypeOf(walk, left.expression);
  if (of !== undefined) {
    const name = ts.isPropertyAccessExpression(left) ? left.name.text : left.argumentExpression.text;
    if (name === '__proto__') return extendFrom(walk, of, right);
    if (name === 'constructor') return lower(walk, right);
    return put(walk, of, name, right, node);
  }
  const whole = prototypeOf(walk, left);
  if (whole === undefined) return undefined;
  return ts.isObjectLiteralExpression(right) ? lowerMembers(walk, right, whole) : extendFrom(walk, whole, right);
}

function isNamedElement(
  node: ts.Node,
): node is ts.ElementAccessExpression & { readonly argumentExpression: ts.StringLiteral } {
  return ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression);
}

function put(walk: Walk, cls: ClassId, name: string, right: ts.Expression, node: ts.Node): Expr {
  const span = walk.span(node);
  const value: Expr = ts.isFunctionExpression(right)
    ? { k: 'fn', f: lowerFunction(walk, right, name, { cls, static: false, as: 'method' }) }
    : lower(walk, right);
  addMember(walk, cls, { name, span, ...memberOf(walk, value, cls) });
  return value;
}

/** A method is what was written for this class; what stands elsewhere is a field that holds it. */
function memberOf(walk: Walk, value: Expr, cls: ClassId): Pick<MemberFact, 'kind' | 'fn' | 'value'> {
  const fact = value.k === 'fn' ? walk.functions[value.f] : undefined;
  if (value.k !== 'fn' || fact?.cls !== cls) return { kind: 'field', value };
  return { kind: fact.kind === 'getter' || fact.kind === 'setter' ? fact.kind : 'method', fn: value.f };
}

function addMember(walk: Walk, cls: ClassId, member: MemberFact): void {
  const { members } = walk.classes[cls] as ClassFact;
  (members as MemberFact[]).push(member);
}

/** The properties of an object literal as members of a class. */
export function lowerMembers(walk: Walk, node: ts.ObjectLiteralExpression, cls: ClassId, isStatic = false): Expr {
  const object = lowerObject(walk, node, { cls, static: isStatic, as: 'method' });
  for (const { name, value, span } of object.props) {
    if (name === undefined || name === '*' || name === 'constructor') continue;
    addMember(walk, cls, { name, span, ...(isStatic ? { static: true as const } : {}), ...memberOf(walk, value, cls) });
  }
  return object;
}

/** `Object.create(Base.prototype)`, `new Base()`, `Base.prototype`. */
function extendFrom(walk: Walk, cls: ClassId, node: ts.Expression): Expr {
  const value = lower(walk, node);
  const first = ts.isCallExpression(node) && node.arguments[0] ? node.arguments[0] : node;
  const base = ts.isNewExpression(first)
    ? first.expression
    : ts.isPropertyAccessExpression(first) && first.name.text === 'prototype'
      ? first.expression
      : undefined;
  if (base) extend(walk, cls, base);
  return value;
}

function extend(walk: Walk, cls: ClassId, base: ts.Expression): void {
  const fact = walk.classes[cls] as Mutable<ClassFact>;
  fact.extends ??= lowerPath(walk, base);
}

/**
 * The class that a call is about: `Object.assign(A.prototype, { … })`, whose objects become members, and `util.inherits(A, B)` or
 * `Object.setPrototypeOf(A.prototype, B.prototype)`, which say what it extends.
 */
export function prototypeIn(walk: Walk, node: ts.CallExpression | ts.NewExpression): ClassId | undefined {
  const [first, second] = node.arguments ?? [];
  if (!first || !second) return undefined;
  const { expression } = node;
  const name = ts.isPropertyAccessExpression(expression)
    ? expression.name.text
    : ts.isIdentifier(expression)
      ? expression.text
      : '';
  if (name === 'inherits') {
    const cls = walk.scope.findClass(written(first));
    if (cls !== undefined) extend(walk, cls, second);
    return undefined;
  }
  const cls = prototypeOf(walk, first);
  if (cls === undefined) return undefined;
  if (name === 'setPrototypeOf' && ts.isPropertyAccessExpression(second) && second.name.text === 'prototype')
    extend(walk, cls, second.expression);
  return /^(?:assign|extend|mixin|merge|assignIn)$/.test(name) ? cls : undefined;
}
