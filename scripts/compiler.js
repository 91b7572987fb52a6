// The part of the compiler that is used, as one module that a bundler can take to pieces.
//
// ts-morph carries the compiler as one script of nine megabytes, a parser, a checker, an emitter and a language service, and loading it
// took longer than parsing a small project with it. Its authors wrote it as modules; what put these into one script left every statement
// on the outermost level, and whatever a bundler could think has an effect there. Here each such statement is told for what it is:
// a value that nobody misses who does not ask for it. What is not recognized is kept as it is: that costs room, and nothing else.
// `test/compiler.test.ts` holds the result against the whole.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** @import ts from 'typescript' */

const require = createRequire(import.meta.url);
/** Required, since importing it takes a second more: its names are looked for. @type {typeof ts} */
const parser = require('typescript');
export const compilerFile = createRequire(require.resolve('ts-morph')).resolve('@ts-morph/common/dist/typescript.js');

/** Said by `PURE`: a call that is left out when nobody uses what it gives. */
const PURE = '/* @__PURE__ */ ';

/**
 * What the classes of nodes are is set by a call that brings the whole language service along; these are the six of them that a parser
 * makes.
 */
const NODE_CLASSES = ['Node', 'Token', 'Identifier', 'PrivateIdentifier', 'SourceFile', 'SourceMapSource'];

/**
 * Statements that only fill what nobody has asked for: lists of fixes and refactorings, namespaces for other programs, and what is
 * made of the environment when the compiler is a program of its own.
 */
const FOR_OTHERS = [
  /^register(?:CodeFix|Refactor)\(/,
  /^__export\(/,
  /^if \(sys && sys\.(?:getEnvironmentVariable|debugMode)\)/,
  /^if \(typeof console !== "undefined"\) \{\s*Debug\.loggingHost =/,
];

/** @returns {{ compiler: string, diagnostics: string }} Two modules; the first imports the second as `compiler:diagnostics`. */
export function compilerModules() {
  const text = inner(readFileSync(compilerFile, 'utf8'));
  const source = parser.createSourceFile('compiler.js', text, parser.ScriptTarget.Latest, false, parser.ScriptKind.JS);
  /** @type {string[]} */
  const kept = [];
  const later = namespaces(source);
  let names = '';
  let diagnostics = '';
  for (const statement of source.statements) {
    const code = text.slice(statement.getStart(source), statement.end);
    if (code.startsWith('__export(typescript_exports,')) names = exported(statement, source);
    if (FOR_OTHERS.some((pattern) => pattern.test(code))) continue;
    if (code === 'setObjectAllocator(getServicesObjectAllocator());') kept.push(allocator());
    else if (/^function diag\(/.test(code)) diagnostics += `${code}\n`;
    else if (/^var Diagnostics = \{/.test(code)) {
      diagnostics += messages(statement, source);
      kept.push("import * as Diagnostics from 'compiler:diagnostics';");
    } else if (parser.isVariableStatement(statement)) kept.push(...variables(statement, source, later));
    else if (parser.isExpressionStatement(statement)) kept.push(effect(code, later));
    else kept.push(code);
  }
  if (!names || !diagnostics) throw new Error(`${compilerFile} is not written as it was: see scripts/compiler.js`);
  // Neither is there in a module, and what would be loaded is not used here.
  kept.unshift('const require = undefined, module = undefined;');
  return { compiler: `${kept.join('\n')}\nexport { ${names} };\n`, diagnostics };
}

/** What stands within the function that the script is. */
function inner(/** @type {string} */ script) {
  const from = /^var ts = \{\}; \(\(module\) => \{$/m.exec(script);
  const to = script.indexOf('// Annotate the CommonJS export names');
  if (!from || to < 0) throw new Error(`${compilerFile} is not written as it was: see scripts/compiler.js`);
  return script
    .slice(from.index + from[0].length, to)
    .replace('module.exports = __toCommonJS(typescript_exports);', '');
}

/** The names in `__export(…, { a: () => a, … })`: they are those of the declarations. */
function exported(/** @type {ts.Statement} */ statement, /** @type {ts.SourceFile} */ source) {
  return [...statement.getText(source).matchAll(/^ {2}(\w+): \(\) => (\w+),?$/gm)]
    .map(([, name, own]) => (name === own ? name : `${own} as ${name}`))
    .join(', ');
}

function allocator() {
  const entries = NODE_CLASSES.map((name) => `get${name}Constructor: () => ${name}Object`);
  return `Object.assign(objectAllocator, { ${entries.join(', ')} });`;
}

/** Every message is a name of its own, so that those are left out that only a checker says. */
function messages(/** @type {ts.Statement} */ statement, /** @type {ts.SourceFile} */ source) {
  const [declaration] = /** @type {ts.VariableStatement} */ (statement).declarationList.declarations;
  const value = declaration?.initializer;
  if (!value || !parser.isObjectLiteralExpression(value))
    throw new Error('the compiler says its messages in another way');
  return value.properties
    .map((property) => {
      const { name, initializer } = /** @type {ts.PropertyAssignment} */ (property);
      return `export const ${name.getText(source)} = ${PURE}${initializer.getText(source)};\n`;
    })
    .join('');
}

/**
 * Variables that a statement further down fills: namespaces, `var A; ((A2) => { … })(A || (A = {}));`, and other names of classes that
 * are given a property first, `_A.zero = …; var A = _A;`.
 * @returns {Map<string, string[]>} By name: what is done before, and empty for a namespace.
 */
function namespaces(/** @type {ts.SourceFile} */ source) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const statement of source.statements) {
    if (!parser.isExpressionStatement(statement)) continue;
    const code = statement.getText(source);
    const [, name] = namespace(code) ?? [];
    const [, of] = property(code) ?? [];
    // Filled in two parts, it stays as it is.
    if (name) found.has(name) ? found.delete(name) : found.set(name, []);
    if (of) found.set(of, [...(found.get(of) ?? []), code]);
  }
  return found;
}

const namespace = (/** @type {string} */ code) =>
  /^\(\(\w+\) => \{/.test(code) ? /\}\)\((\w+) \|\| \(\1 = \{\}\)\);$/.exec(code) : null;

const property = (/** @type {string} */ code) => /^_(\w+)\.\w+ = /.exec(code);

/** A statement that fills something, as the declaration of what it fills. */
function effect(/** @type {string} */ code, /** @type {Map<string, string[]>} */ later) {
  const [whole, name] = namespace(code) ?? [];
  if (whole && name && later.has(name)) {
    const [head = '', parameter] = /^\(\((\w+)\) => \{/.exec(code) ?? [];
    return `var ${name} = ${PURE}${head}${code.slice(head.length, -whole.length)}\nreturn ${parameter};\n})({});`;
  }
  const [, of] = property(code) ?? [];
  return of && later.has(of) ? '' : code;
}

/**
 * @param {ts.VariableStatement} statement
 * @param {ts.SourceFile} source
 * @param {Map<string, string[]>} later
 */
function variables(statement, source, later) {
  return statement.declarationList.declarations.map((declaration) => {
    const { name, initializer } = declaration;
    const whole = `var ${declaration.getText(source)};`;
    if (!parser.isIdentifier(name)) return whole;
    const before = later.get(name.text);
    if (!initializer) return before ? '' : whole;
    const value = initializer.getText(source);
    if (before && value === `_${name.text}`) return lazily(name.text, `${before.join(' ')} return ${value};`);
    const isPlain =
      parser.isFunctionExpression(initializer) || parser.isArrowFunction(initializer) || !/[(.]/.test(value);
    return isPlain ? whole : lazily(name.text, `return ${value};`);
  });
}

function lazily(/** @type {string} */ name, /** @type {string} */ body) {
  return `var ${name} = ${PURE}(() => { ${body} })();`;
}
