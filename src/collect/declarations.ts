import { ts } from 'ts-morph';
import type {
  BindingFact,
  BindingId,
  CallId,
  ClassId,
  Expr,
  FunctionFact,
  FunctionId,
  MemberFact,
} from '../model/facts.js';
import { lower, lowerPath, lowerType, lowerTypeNamed, propertyName } from './expressions.js';
import { classOf, lowerConstructor, namePrototype } from './prototypes.js';
import type { Mutable } from './scope.js';
import { visitBody } from './statements.js';
import type { Walk } from './walk.js';

type FunctionNode = ts.FunctionLikeDeclaration | ts.ClassStaticBlockDeclaration;

export interface Owner {
  readonly cls: ClassId;
  readonly static: boolean;
  /** What a plain function is in the class it belongs to. */
  readonly as?: 'constructor' | 'method';
}

/** Adds a function and walks its inside. `name` serves functions that have none of their own. */
export function lowerFunction(walk: Walk, node: FunctionNode, name = '', owner?: Owner): FunctionId {
  const own =
    owner?.as === 'constructor'
      ? 'constructor'
      : 'name' in node && node.name
        ? ts.isIdentifier(node.name)
          ? node.name.text
          : propertyName(walk, node.name as ts.PropertyName)
        : name;
  const id = walk.functions.length;
  const params: BindingId[] = [];
  const fact: Mutable<FunctionFact> = {
    name: own,
    kind: owner?.as && (ts.isFunctionExpression(node) || ts.isFunctionDeclaration(node)) ? owner.as : kindOf(node),
    parent: walk.fn,
    params,
    returns: [],
    when: walk.when(),
    span: walk.span(node),
    nameSpan: 'name' in node && node.name ? walk.span(node.name) : walk.span(node),
  };
  if (owner) fact.cls = owner.cls;
  if (owner?.static) fact.static = true;
  if (ts.canHaveModifiers(node) && node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword))
    fact.async = true;
  const returnType = 'type' in node ? lowerType(walk, node.type) : undefined;
  if (returnType) fact.returnType = returnType;
  walk.functions.push(fact);
  const self: Expr | undefined = owner
    ? { k: 'this', cls: owner.cls, ...(owner.static ? { static: true as const } : {}) }
    : ts.isArrowFunction(node)
      ? undefined
      : { k: 'this', ...(walk.object ? { object: walk.object } : {}) };
  walk.inFunction(id, self, () => {
    if (ts.isFunctionExpression(node) && node.name) {
      const init: Expr = owner?.as === 'constructor' ? { k: 'class', c: owner.cls } : { k: 'fn', f: id };
      walk.declare(node.name.text, { kind: 'function', span: walk.span(node.name), init });
    }
    if ('parameters' in node) node.parameters.forEach((param, index) => params.push(lowerParam(walk, param, index)));
    const body = node.body;
    if (!body) return;
    if (ts.isBlock(body)) {
      const directive = directiveOf(body.statements);
      if (directive) fact.directive = directive;
      const returns = visitBody(walk, body.statements);
      fact.returns = returns.list;
      if (returns.open) fact.open = true;
    } else {
      walk.use = 'returned';
      fact.returns = [{ value: lower(walk, body), when: [], span: walk.span(body) }];
    }
  });
  return id;
}

function kindOf(node: FunctionNode): FunctionFact['kind'] {
  if (ts.isArrowFunction(node)) return 'arrow';
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (ts.isGetAccessor(node)) return 'getter';
  if (ts.isSetAccessor(node)) return 'setter';
  if (ts.isMethodDeclaration(node)) return 'method';
  if (ts.isClassStaticBlockDeclaration(node)) return 'static-block';
  return 'function';
}

export function directiveOf(statements: ts.NodeArray<ts.Statement>): FunctionFact['directive'] {
  const first = statements[0];
  if (!first || !ts.isExpressionStatement(first) || !ts.isStringLiteral(first.expression)) return undefined;
  const text = first.expression.text;
  return text === 'use server' || text === 'use client' || text === 'use strict' ? text : undefined;
}

function lowerParam(walk: Walk, param: ts.ParameterDeclaration, index: number): BindingId {
  const init = param.initializer ? lower(walk, param.initializer) : undefined;
  const type = lowerType(walk, param.type);
  const shared = { kind: 'param' as const, ...(init ? { init } : {}), ...(type ? { type } : {}) };
  const rest = param.dotDotDotToken ? { rest: true as const } : {};
  if (ts.isIdentifier(param.name)) {
    return walk.declare(param.name.text, { ...shared, span: walk.span(param.name), param: { index, ...rest } });
  }
  declarePattern(walk, param.name, { kind: 'param', index, path: [] });
  return -1;
}

type PatternSource =
  | { readonly kind: 'param'; readonly index: number; readonly path: readonly string[]; readonly init?: Expr }
  | { readonly kind: 'const' | 'let' | 'var' | 'catch'; readonly value: Expr };

/** Declares every name of a pattern with the access that gives its value. */
export function declarePattern(walk: Walk, name: ts.BindingName, source: PatternSource): void {
  if (ts.isIdentifier(name)) {
    const span = walk.span(name);
    if (source.kind === 'param') {
      const { index, path, init } = source;
      walk.declare(name.text, { kind: 'param', span, param: { index, path }, ...(init ? { init } : {}) });
    } else walk.declare(name.text, { kind: source.kind, span, init: source.value });
    return;
  }
  name.elements.forEach((element, index) => {
    if (ts.isOmittedExpression(element)) return;
    const fallback = element.initializer ? lower(walk, element.initializer) : undefined;
    const key = ts.isArrayBindingPattern(name)
      ? String(index)
      : element.propertyName
        ? propertyName(walk, element.propertyName)
        : ts.isIdentifier(element.name)
          ? element.name.text
          : '*';
    if (source.kind === 'param') {
      const path = element.dotDotDotToken ? source.path : source.path.concat(key);
      declarePattern(walk, element.name, {
        kind: 'param',
        index: source.index,
        path,
        ...(fallback ? { init: fallback } : {}),
      });
      return;
    }
    const part: Expr = element.dotDotDotToken
      ? source.value
      : ts.isArrayBindingPattern(name)
        ? { k: 'index', of: source.value, key: { k: 'lit', v: index } }
        : { k: 'member', of: source.value, name: key };
    const value: Expr = fallback ? { k: 'logic', op: '??', left: part, right: fallback } : part;
    declarePattern(walk, element.name, { kind: source.kind, value });
  });
}

/** `const`, `let`, `var` and `using` lists; exported ones are exported name by name. */
export function declareVariables(walk: Walk, list: ts.VariableDeclarationList, exported: boolean): void {
  const kind = kindOfList(list);
  for (const declaration of list.declarations) {
    walk.use = 'stored';
    const value = declaration.initializer ? lowerNamed(walk, declaration.initializer, declaration.name) : undefined;
    const first = walk.bindings.length;
    if (ts.isIdentifier(declaration.name)) {
      const type = lowerType(walk, declaration.type);
      const known = kind === 'var' ? walk.scope.functionScope().own(declaration.name.text) : undefined;
      const id = walk.declare(declaration.name.text, {
        kind,
        span: walk.span(declaration.name),
        ...(value ? { init: value } : {}),
        ...(type ? { type } : {}),
      });
      if (known !== undefined && value)
        walk.access({ op: 'assign', target: { k: 'id', b: id }, value, span: walk.span(declaration) });
    } else if (value) {
      declarePattern(walk, declaration.name, { kind, value });
    }
    if (!exported) continue;
    for (let id = first; id < walk.bindings.length; id++) {
      const binding = walk.bindings[id] as BindingFact;
      if (binding.fn === walk.fn)
        walk.exports.push({ name: binding.name, value: { k: 'id', b: id }, span: binding.span });
    }
  }
}

export function kindOfList(list: ts.VariableDeclarationList): 'const' | 'let' | 'var' {
  return list.flags & ts.NodeFlags.Let ? 'let' : list.flags & ts.NodeFlags.BlockScoped ? 'const' : 'var';
}

/** Lowers an initializer, giving a function or class without a name that of what it is assigned to. */
function lowerNamed(walk: Walk, node: ts.Expression, name: ts.BindingName): Expr {
  if (ts.isIdentifier(name)) {
    if (ts.isFunctionExpression(node)) return lowerConstructor(walk, node, name.text);
    if (ts.isArrowFunction(node)) return { k: 'fn', f: lowerFunction(walk, node, name.text) };
    if (ts.isClassExpression(node)) return { k: 'class', c: lowerClass(walk, node, name.text) };
  }
  if (ts.isIdentifier(name)) {
    namePrototype(walk, name.text, node);
    // `const Drafts = exports.Drafts = function () { … }`
    const inner = assignedLast(node);
    if (inner !== node && ts.isFunctionExpression(inner)) classOf(walk, inner, name.text);
  }
  return lower(walk, node);
}

function assignedLast(node: ts.Expression): ts.Expression {
  if (ts.isParenthesizedExpression(node)) return assignedLast(node.expression);
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken
    ? assignedLast(node.right)
    : node;
}

/** Adds a class and walks its members. */
export function lowerClass(walk: Walk, node: ts.ClassLikeDeclaration, name = ''): ClassId {
  const id = walk.classes.length;
  const members: MemberFact[] = [];
  const heritage = (token: ts.SyntaxKind) =>
    node.heritageClauses?.find((clause) => clause.token === token)?.types ?? [];
  const base = heritage(ts.SyntaxKind.ExtendsKeyword)[0];
  const interfaces = heritage(ts.SyntaxKind.ImplementsKeyword).map((type) =>
    lowerTypeNamed(walk, type.expression, type.typeArguments),
  );
  walk.classes.push({
    name: node.name?.text ?? name,
    fn: walk.fn,
    members,
    span: walk.span(node),
    nameSpan: node.name ? walk.span(node.name) : walk.span(node),
    ...(base ? { extends: lowerPath(walk, base.expression) } : {}),
    ...(interfaces.length ? { implements: interfaces } : {}),
  });
  if (node.name && ts.isClassDeclaration(node)) walk.scope.declareClass(node.name.text, id);
  const fact = walk.classes[id] as Mutable<(typeof walk.classes)[number]>;
  const decorators = lowerDecorators(walk, node, { cls: id });
  if (decorators.length) fact.decorators = decorators;
  for (const member of node.members) {
    const isStatic =
      ts.canHaveModifiers(member) &&
      member.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword);
    const owner = { cls: id, static: Boolean(isStatic) };
    if (ts.isConstructorDeclaration(member)) {
      if (!member.body) continue;
      fact.ctor = lowerFunction(walk, member, 'constructor', owner);
      parameterProperties(walk, member, fact.ctor, members);
      member.parameters.forEach((param, index) => void lowerDecorators(walk, param, { cls: id, param: index }));
    } else if (ts.isPropertyDeclaration(member)) {
      lowerField(walk, member, id, owner, members);
    } else if (ts.isMethodDeclaration(member) || ts.isAccessor(member)) {
      if (!member.body) continue;
      const fn = lowerFunction(walk, member, '', owner);
      member.parameters.forEach((param, index) => void lowerDecorators(walk, param, { cls: id, fn, param: index }));
      const own = lowerDecorators(walk, member, { cls: id, fn, member: walk.functions[fn]?.name ?? '' });
      if (own.length) (walk.functions[fn] as Mutable<FunctionFact>).decorators = own;
      const kind = ts.isMethodDeclaration(member) ? 'method' : ts.isGetAccessor(member) ? 'getter' : 'setter';
      members.push({
        name: walk.functions[fn]?.name ?? '',
        kind,
        fn,
        span: walk.span(member),
        ...(isStatic ? { static: true as const } : {}),
        ...(own.length ? { decorators: own } : {}),
      });
    } else if (ts.isClassStaticBlockDeclaration(member)) {
      lowerFunction(walk, member, 'static', { cls: id, static: true });
    }
  }
  return id;
}

function lowerField(
  walk: Walk,
  member: ts.PropertyDeclaration,
  cls: ClassId,
  owner: Owner,
  members: MemberFact[],
): void {
  const saved = walk.self;
  walk.self = { k: 'this', cls, ...(owner.static ? { static: true as const } : {}) };
  const name = propertyName(walk, member.name);
  const init = member.initializer;
  const value = !init
    ? undefined
    : ts.isArrowFunction(init) || ts.isFunctionExpression(init)
      ? ({ k: 'fn', f: lowerFunction(walk, init, name, ts.isArrowFunction(init) ? owner : undefined) } as const)
      : lower(walk, init);
  walk.self = saved;
  const type = lowerType(walk, member.type);
  const decorators = lowerDecorators(walk, member, { cls, member: name });
  members.push({
    name,
    kind: 'field',
    span: walk.span(member.name),
    ...(owner.static ? { static: true as const } : {}),
    ...(member.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ReadonlyKeyword)
      ? { readonly: true as const }
      : {}),
    ...(value ? { value } : {}),
    ...(type ? { type } : {}),
    ...(decorators.length ? { decorators } : {}),
  });
}

/** `constructor(private readonly users: UserService)` declares a field. */
function parameterProperties(
  walk: Walk,
  node: ts.ConstructorDeclaration,
  ctor: FunctionId,
  members: MemberFact[],
): void {
  node.parameters.forEach((param, index) => {
    if (!ts.isParameterPropertyDeclaration(param, node) || !ts.isIdentifier(param.name)) return;
    const binding = walk.functions[ctor]?.params[index];
    if (binding === undefined || binding < 0) return;
    const type = walk.bindings[binding]?.type;
    members.push({
      name: param.name.text,
      kind: 'field',
      param: binding,
      span: walk.span(param.name),
      ...(type ? { type } : {}),
    });
  });
}

/** Decorators are calls that say what they decorate; one without parentheses is a call without arguments. */
function lowerDecorators(
  walk: Walk,
  node: ts.Node,
  decorates: { fn?: FunctionId; cls?: ClassId; member?: string; param?: number },
): CallId[] {
  const list = ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
  return list.map((decorator) => {
    const inner = decorator.expression;
    const span = walk.span(decorator);
    if (!ts.isCallExpression(inner)) return walk.call({ callee: lowerPath(walk, inner), args: [], decorates, span });
    const args = inner.arguments.map((arg) => lower(walk, arg));
    return walk.call({ callee: lowerPath(walk, inner.expression), args, decorates, span });
  });
}

/** `enum` members are constants; the enum itself is a name that never changes. */
export function declareEnum(walk: Walk, node: ts.EnumDeclaration): BindingId {
  const props = node.members.map((member) => ({
    name: propertyName(walk, member.name),
    value: member.initializer ? lower(walk, member.initializer) : ({ k: 'other', parts: [] } as const),
    span: walk.span(member),
  }));
  return walk.declare(node.name.text, {
    kind: 'enum',
    span: walk.span(node.name),
    init: { k: 'object', props, span: walk.span(node) },
  });
}
