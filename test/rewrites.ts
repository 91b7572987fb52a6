import { ts } from 'ts-morph';

/*
 * Ways to write the same application: what means the same must be found the same, wherever a variable lives and however a handler
 * is handed over. Each takes the text of a file, and gives nothing where it has nothing to do there.
 */

export type Rewrite = (file: string, text: string) => string | undefined;

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Everything but imports stands in a function that is called at once, and variables of the module become its own. */
export function inMain(file: string, text: string): string | undefined {
  const body = bodyOf(file, text);
  return body && `${text.slice(0, body.from)} async function main() {${text.slice(body.from)}\n}\nmain();\n`;
}

/** Variables of the module become fields of an object that the process has once, set where it starts. */
export function asFields(file: string, text: string): string | undefined {
  const body = bodyOf(file, text);
  // What hangs on the global object is another variable besides.
  if (!body || /\bfunction\b|\bglobal\./.test(text)) return undefined;
  const names = new Set<string>();
  const edits: Edit[] = [];
  for (const statement of body.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const [declared, ...more] = statement.declarationList.declarations;
    const isPlain =
      declared?.initializer && ts.isIdentifier(declared.name) && !ts.isArrowFunction(declared.initializer);
    // What `var` declares at the top of a script is known to other files as well.
    if (!isPlain || more.length > 0 || !(statement.declarationList.flags & ts.NodeFlags.BlockScoped)) return undefined;
    names.add(declared.name.getText());
    edits.push({ from: statement.getStart(), to: declared.name.getStart(), text: '' });
    if (declared.type) edits.push({ from: declared.name.end, to: declared.type.end, text: '' });
  }
  for (const statement of body.statements)
    for (const name of namesIn(statement)) {
      if (!names.has(name.text)) continue;
      const { parent } = name;
      const isOwn =
        ts.isVariableDeclaration(parent) && parent.name === name && parent.parent.parent.parent === body.file;
      if (!isOwn && (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) && parent.name === name)
        return undefined;
      if (ts.isBindingElement(parent)) return undefined;
      const isShort = ts.isShorthandPropertyAssignment(parent);
      edits.push({ from: name.getStart(), to: name.end, text: `${isShort ? `${name.text}: ` : ''}this.${name.text}` });
    }
  const head = text.slice(0, body.from);
  return names.size > 0
    ? `${head} class Main { async start() {${edited(text, edits).slice(head.length)}\n}\n}\nnew Main().start();\n`
    : undefined;
}

/** What is made is put into a variable that was declared before. */
export function madeLater(file: string, text: string): string | undefined {
  const edits: Edit[] = [];
  for (const statement of ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true).statements) {
    if (
      isHead(statement) ||
      !ts.isVariableStatement(statement) ||
      /^(?:export|declare|var)\b/.test(statement.getText())
    )
      continue;
    const [declared, ...more] = statement.declarationList.declarations;
    const made = declared?.initializer;
    if (!made || more.length > 0 || !ts.isIdentifier(declared.name)) continue;
    if (!ts.isNewExpression(made) && !ts.isCallExpression(made) && !ts.isAwaitExpression(made)) continue;
    const name = declared.name.text;
    const type = declared.type ? `: ${declared.type.getText()}` : '';
    edits.push({ from: statement.getStart(), to: made.getStart(), text: `let ${name}${type}; ${name} = ` });
  }
  return edits.length > 0 ? edited(text, edits) : undefined;
}

/** Handlers of routes are handed to a function that catches what they throw. */
export function caught(file: string, text: string): string | undefined {
  if (!/\bexpress\b/.test(text)) return undefined;
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    const last = ts.isCallExpression(node) ? node.arguments.at(-1) : undefined;
    if (!ts.isCallExpression(node) || !last || !isRoute(node)) return ts.forEachChild(node, visit);
    if (ts.isArrowFunction(last) || ts.isFunctionExpression(last))
      edits.push({ from: last.getStart(), to: last.end, text: `caught(${last.getText()})` });
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  const wrapper =
    'function caught(handler) { return async (req, res, next) => { try { await handler(req, res, next); } catch (error) { next(error); } }; }';
  return edits.length > 0 ? `${edited(text, edits)}\n${wrapper}\n` : undefined;
}

function isRoute({ expression, arguments: [path, ...handlers] }: ts.CallExpression): boolean {
  return (
    ts.isPropertyAccessExpression(expression) &&
    /^(?:get|post|put|patch|delete)$/.test(expression.name.text) &&
    path !== undefined &&
    ts.isStringLiteral(path) &&
    handlers.length > 0
  );
}

interface Body {
  readonly file: ts.SourceFile;
  readonly from: number;
  readonly statements: readonly ts.Statement[];
}

/** What stands behind the imports, of a file that gives nothing to others and whose statements can stand in a function. */
function bodyOf(name: string, text: string): Body | undefined {
  if (/\bmodule\.exports\b|^\s*exports\.|^export /m.test(text)) return undefined;
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const at = file.statements.findIndex((statement) => !isHead(statement));
  const statements = at < 0 ? [] : file.statements.slice(at);
  const cannot = (statement: ts.Statement) =>
    isHead(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isModuleDeclaration(statement);
  if (statements.length === 0 || statements.some(cannot)) return undefined;
  return { file, from: file.statements[at - 1]?.end ?? 0, statements };
}

/** Imports, `require` and `'use strict'`. */
function isHead(statement: ts.Statement): boolean {
  if (ts.isImportDeclaration(statement)) return true;
  if (ts.isExpressionStatement(statement)) return ts.isStringLiteral(statement.expression);
  return (
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.every(({ initializer }) =>
      /^require\('[^']*'\)[\w.]*$/.test(initializer?.getText() ?? ''),
    )
  );
}

/** Names of variables, and not of members. */
function namesIn(node: ts.Node): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (at: ts.Node): void => {
    const { parent } = at;
    const isMember = (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === at;
    if (ts.isIdentifier(at) && !isMember) found.push(at);
    ts.forEachChild(at, visit);
  };
  visit(node);
  return found;
}

function edited(text: string, edits: readonly Edit[]): string {
  let made = text;
  for (const { from, to, text: put } of [...edits].sort((a, b) => b.from - a.from || b.to - a.to))
    made = made.slice(0, from) + put + made.slice(to);
  return made;
}
