import { ts } from 'ts-morph';
import type { Expr, ReturnFact } from '../model/facts.js';
import { declareEnum, declarePattern, declareVariables, kindOfList, lowerClass } from './declarations.js';
import { lower, lowerPath } from './expressions.js';
import { classOf, lowerConstructor } from './prototypes.js';
import type { Walk } from './walk.js';

const S = ts.SyntaxKind;

/** What a function's body gives back, gathered while it is walked. */
interface Returns {
  readonly list: ReturnFact[];
  readonly open: boolean;
}

/** Walks a function's body and gathers its returns. */
export function visitBody(walk: Walk, statements: ts.NodeArray<ts.Statement>): Returns {
  const outer = walk.returns;
  walk.returns = [];
  const open = !visitList(walk, statements);
  const list = walk.returns;
  walk.returns = outer;
  return { list, open };
}

/**
 * Walks statements in order. What follows an `if` that always leaves runs only when its test failed, so the rest of the list
 * stands under that condition. Returns whether the end of the list cannot be reached.
 */
export function visitList(walk: Walk, statements: readonly ts.Statement[]): boolean {
  hoist(walk, statements);
  let conditions = 0;
  let leaves = false;
  for (const statement of statements) {
    if (ts.isIfStatement(statement)) {
      const test = lower(walk, statement.expression);
      const span = walk.span(statement.expression);
      let yes = false;
      let no = false;
      walk.under(test, true, 'if', span, () => {
        yes = visit(walk, statement.thenStatement);
      });
      if (statement.elseStatement) {
        const otherwise = statement.elseStatement;
        walk.under(test, false, 'if', span, () => {
          no = visit(walk, otherwise);
        });
      }
      if (yes && no) leaves = true;
      else if (yes || no) {
        walk.push(test, no, 'exit', span);
        conditions++;
      }
    } else if (visit(walk, statement)) {
      leaves = true;
    }
  }
  walk.pop(conditions);
  return leaves;
}

/** Function declarations can be called before they stand; classes and the rest are walked where they are. */
function hoist(walk: Walk, statements: readonly ts.Statement[]): void {
  for (const statement of statements) {
    if (!ts.isFunctionDeclaration(statement) || !statement.body || !statement.name) continue;
    walk.declare(statement.name.text, { kind: 'function', span: walk.span(statement.name) });
    classOf(walk, statement, statement.name.text);
  }
}

/** Walks one statement; true when control never goes on after it. */
export function visit(walk: Walk, node: ts.Statement): boolean {
  switch (node.kind) {
    case S.Block: {
      let leaves = false;
      walk.inBlock(() => {
        leaves = visitList(walk, (node as ts.Block).statements);
      });
      return leaves;
    }
    case S.IfStatement: {
      let leaves = false;
      walk.inBlock(() => {
        leaves = visitList(walk, [node]);
      });
      return leaves;
    }
    case S.ExpressionStatement: {
      const inner = (node as ts.ExpressionStatement).expression;
      walk.use = 'dropped';
      lower(walk, inner);
      return endsProcess(inner);
    }
    case S.VariableStatement:
      declareVariables(walk, (node as ts.VariableStatement).declarationList, isExported(node));
      return false;
    case S.ReturnStatement: {
      const inner = (node as ts.ReturnStatement).expression;
      walk.use = 'returned';
      const value = inner ? lower(walk, inner) : undefined;
      walk.use = 'used';
      walk.returns.push({ when: walk.when(), span: walk.span(node), ...(value ? { value } : {}) });
      return true;
    }
    case S.ThrowStatement:
      walk.throws.push({ fn: walk.fn, span: walk.span(node) });
      lower(walk, (node as ts.ThrowStatement).expression);
      return true;
    case S.BreakStatement:
    case S.ContinueStatement:
      return true;
    case S.FunctionDeclaration:
      visitFunctionDeclaration(walk, node as ts.FunctionDeclaration);
      return false;
    case S.ClassDeclaration:
      visitClassDeclaration(walk, node as ts.ClassDeclaration);
      return false;
    case S.EnumDeclaration: {
      const b = declareEnum(walk, node as ts.EnumDeclaration);
      if (isExported(node))
        walk.exports.push({
          name: (node as ts.EnumDeclaration).name.text,
          value: { k: 'id', b },
          span: walk.span(node),
        });
      return false;
    }
    case S.ForStatement:
    case S.ForInStatement:
    case S.ForOfStatement:
    case S.WhileStatement:
    case S.DoStatement:
      visitLoop(walk, node as ts.IterationStatement);
      return false;
    case S.TryStatement:
      return visitTry(walk, node as ts.TryStatement);
    case S.SwitchStatement:
      return visitSwitch(walk, node as ts.SwitchStatement);
    case S.WithStatement:
      lower(walk, (node as ts.WithStatement).expression);
      return visit(walk, (node as ts.WithStatement).statement);
    case S.LabeledStatement:
      visit(walk, (node as ts.LabeledStatement).statement);
      return false;
    case S.ImportDeclaration:
      visitImport(walk, node as ts.ImportDeclaration);
      return false;
    case S.ImportEqualsDeclaration:
      visitImportEquals(walk, node as ts.ImportEqualsDeclaration);
      return false;
    case S.ExportDeclaration:
      visitExport(walk, node as ts.ExportDeclaration);
      return false;
    case S.ExportAssignment: {
      const exported = node as ts.ExportAssignment;
      const value = lower(walk, exported.expression);
      walk.exports.push({ name: exported.isExportEquals ? '=' : 'default', value, span: walk.span(node) });
      return false;
    }
    case S.ModuleDeclaration:
      visitNamespace(walk, node as ts.ModuleDeclaration);
      return false;
    default:
      return false;
  }
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return Boolean(ts.canHaveModifiers(node) && node.modifiers?.some((modifier) => modifier.kind === kind));
}

function isExported(node: ts.Node): boolean {
  return hasModifier(node, S.ExportKeyword);
}

function isDeclared(node: ts.Node): boolean {
  return hasModifier(node, S.DeclareKeyword);
}

/** `process.exit(…)` ends what follows as `return` does. */
function endsProcess(node: ts.Expression): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { expression, name } = node.expression;
  return name.text === 'exit' && ts.isIdentifier(expression) && expression.text === 'process';
}

function visitFunctionDeclaration(walk: Walk, node: ts.FunctionDeclaration): void {
  if (!node.body) return;
  const value = lowerConstructor(walk, node, node.name?.text ?? 'default');
  if (node.name) {
    const binding = walk.scope.own(node.name.text);
    const open = binding === undefined ? undefined : walk.bindings[binding];
    if (open) open.init = value;
  }
  exportDeclaration(walk, node, node.name, value);
}

function visitClassDeclaration(walk: Walk, node: ts.ClassDeclaration): void {
  if (isDeclared(node)) return;
  const name = node.name;
  const b = name ? walk.declare(name.text, { kind: 'class', span: walk.span(name) }) : undefined;
  const value: Expr = { k: 'class', c: walk.classes.length };
  const open = b === undefined ? undefined : walk.bindings[b];
  if (open) open.init = value;
  lowerClass(walk, node, 'default');
  exportDeclaration(walk, node, name, value);
}

function exportDeclaration(walk: Walk, node: ts.Node, name: ts.Identifier | undefined, value: Expr): void {
  if (!isExported(node)) return;
  const isDefault = hasModifier(node, S.DefaultKeyword);
  if (isDefault || name)
    walk.exports.push({ name: isDefault || !name ? 'default' : name.text, value, span: walk.span(name ?? node) });
}

/** A namespace is an object whose properties are what it exports; the file exports none of them. */
function visitNamespace(walk: Walk, node: ts.ModuleDeclaration): void {
  const { body, name } = node;
  if (!body || !ts.isModuleBlock(body) || isDeclared(node)) return;
  const before = walk.exports.length;
  walk.inBlock(() => void visitList(walk, body.statements));
  const props = walk.exports
    .splice(before)
    .flatMap(({ name: own, value, span }) => (value ? [{ name: own, value, span }] : []));
  if (!ts.isIdentifier(name) || props.length === 0 || walk.scope.own(name.text) !== undefined) return;
  const b = walk.declare(name.text, {
    kind: 'const',
    span: walk.span(name),
    init: { k: 'object', props, span: walk.span(node) },
  });
  if (isExported(node)) walk.exports.push({ name: name.text, value: { k: 'id', b }, span: walk.span(name) });
}

function visitLoop(walk: Walk, node: ts.IterationStatement): void {
  walk.inBlock(() => {
    let test: Expr | undefined;
    if (ts.isForStatement(node)) {
      if (node.initializer) {
        if (ts.isVariableDeclarationList(node.initializer)) declareVariables(walk, node.initializer, false);
        else lower(walk, node.initializer);
      }
      // `for (;;)` is `while (true)`.
      test = node.condition ? lower(walk, node.condition) : { k: 'lit', v: true };
    } else if (ts.isForInStatement(node) || ts.isForOfStatement(node)) {
      const over = lower(walk, node.expression);
      // One of its items, whichever; for `in`, one of its keys.
      const item: Expr = ts.isForOfStatement(node)
        ? { k: 'index', of: over, key: { k: 'other', parts: [] } }
        : { k: 'other', parts: [] };
      if (ts.isVariableDeclarationList(node.initializer)) {
        const kind = kindOfList(node.initializer);
        for (const declaration of node.initializer.declarations)
          declarePattern(walk, declaration.name, { kind, value: item });
      } else {
        walk.access({
          op: 'assign',
          target: lowerPath(walk, node.initializer),
          value: item,
          span: walk.span(node.initializer),
        });
      }
    } else if (ts.isWhileStatement(node) || ts.isDoStatement(node)) {
      test = lower(walk, node.expression);
    }
    walk.looping(() => {
      if (test && !ts.isDoStatement(node))
        walk.under(test, true, 'loop', walk.span(node), () => void visit(walk, node.statement));
      else visit(walk, node.statement);
      if (ts.isForStatement(node) && node.incrementor) {
        walk.use = 'dropped';
        lower(walk, node.incrementor);
      }
    });
  });
}

function visitTry(walk: Walk, node: ts.TryStatement): boolean {
  const leaves = visit(walk, node.tryBlock);
  let recovers = false;
  if (node.catchClause) {
    const { variableDeclaration, block } = node.catchClause;
    walk.inBlock(() => {
      if (variableDeclaration)
        declarePattern(walk, variableDeclaration.name, { kind: 'catch', value: { k: 'other', parts: [] } });
      walk.under({ k: 'other', parts: [] }, true, 'catch', walk.span(block), () => {
        recovers = !visit(walk, block);
      });
    });
    walk.tries.push({
      fn: walk.fn,
      block: walk.span(node.tryBlock),
      handler: walk.span(block),
      ...(recovers ? {} : { leaves: true as const }),
    });
  }
  const ends = node.finallyBlock ? visit(walk, node.finallyBlock) : false;
  return ends || (leaves && !recovers);
}

/**
 * A clause runs if one of its tests holds, or one of those before that fall through into it. Control never goes on after a
 * switch that has a default, and that neither its end nor a `break` leads out of.
 */
function visitSwitch(walk: Walk, node: ts.SwitchStatement): boolean {
  const { clauses } = node.caseBlock;
  const subject = lower(walk, node.expression);
  const span = walk.span(node.expression);
  const either = (left: Expr | undefined, right: Expr): Expr => (left ? { k: 'logic', op: '||', left, right } : right);
  let leaves = false;
  walk.inBlock(() => {
    const tests = clauses.map((clause): Expr | undefined =>
      ts.isCaseClause(clause)
        ? { k: 'binary', op: '===', left: subject, right: lower(walk, clause.expression) }
        : undefined,
    );
    const all = tests.reduce((left, right) => (right ? either(left, right) : left), undefined);
    let falling: Expr | undefined;
    clauses.forEach((clause, index) => {
      const own = tests[index];
      const test: Expr | undefined = own ?? (all && { k: 'unary', op: '!', of: all });
      const body = () => {
        leaves = visitList(walk, clause.statements);
      };
      if (!test || clause.statements.length === 0) body();
      else if (own || falling) walk.under(either(falling, test), true, 'case', span, body);
      else walk.under(all as Expr, false, 'case', span, body);
      falling = leaves || !test ? undefined : either(falling, test);
    });
  });
  return leaves && clauses.some(ts.isDefaultClause) && !clauses.some(({ statements }) => statements.some(breaksOut));
}

/** A `break` that leads out of the switch around it, rather than out of something inside; one with a label may lead anywhere. */
function breaksOut(node: ts.Node): boolean {
  if (ts.isBreakStatement(node)) return true;
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
  if (ts.isIterationStatement(node, false) || ts.isSwitchStatement(node)) return hasLabelledBreak(node);
  return ts.forEachChild(node, breaksOut) ?? false;
}

function hasLabelledBreak(node: ts.Node): boolean {
  if (ts.isBreakStatement(node)) return node.label !== undefined;
  return ts.isFunctionLike(node) ? false : (ts.forEachChild(node, hasLabelledBreak) ?? false);
}

function visitImport(walk: Walk, node: ts.ImportDeclaration): void {
  if (!ts.isStringLiteral(node.moduleSpecifier)) return;
  const specifier = node.moduleSpecifier.text;
  const clause = node.importClause;
  const named = clause?.namedBindings;
  const typeOnly = clause?.isTypeOnly === true;
  const onlyTypes = Boolean(
    clause &&
      (typeOnly ||
        (!clause.name &&
          named &&
          ts.isNamedImports(named) &&
          named.elements.length > 0 &&
          named.elements.every((e) => e.isTypeOnly))),
  );
  walk.import(specifier, 'import', walk.span(node), onlyTypes);
  const declare = (name: ts.Identifier, imported: string, type: boolean) =>
    walk.declare(name.text, {
      kind: 'import',
      span: walk.span(name),
      from: { specifier, name: imported, ...(type ? { typeOnly: true as const } : {}) },
    });
  if (clause?.name) declare(clause.name, 'default', typeOnly);
  if (named && ts.isNamespaceImport(named)) declare(named.name, '*', typeOnly);
  if (named && ts.isNamedImports(named)) {
    for (const element of named.elements)
      declare(element.name, (element.propertyName ?? element.name).text, typeOnly || element.isTypeOnly);
  }
}

function visitImportEquals(walk: Walk, node: ts.ImportEqualsDeclaration): void {
  const reference = node.moduleReference;
  if (!ts.isExternalModuleReference(reference) || !ts.isStringLiteral(reference.expression)) return;
  const specifier = reference.expression.text;
  walk.import(specifier, 'require', walk.span(node), node.isTypeOnly);
  walk.declare(node.name.text, { kind: 'import', span: walk.span(node.name), from: { specifier, name: '*' } });
}

function visitExport(walk: Walk, node: ts.ExportDeclaration): void {
  const specifier =
    node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : undefined;
  if (specifier !== undefined) walk.import(specifier, 'reexport', walk.span(node), node.isTypeOnly);
  const clause = node.exportClause;
  if (!clause) {
    if (specifier !== undefined)
      walk.exports.push({ name: '*', from: { specifier, name: '*' }, span: walk.span(node) });
  } else if (ts.isNamespaceExport(clause)) {
    if (specifier !== undefined)
      walk.exports.push({ name: clause.name.text, from: { specifier, name: '*' }, span: walk.span(node) });
  } else {
    for (const element of clause.elements) {
      const inner = (element.propertyName ?? element.name).text;
      const span = walk.span(element);
      if (specifier !== undefined)
        walk.exports.push({ name: element.name.text, from: { specifier, name: inner }, span });
      else walk.exports.push({ name: element.name.text, value: walk.refer(inner), span });
    }
  }
}
