import { ApiTable } from '../../knowledge/api-table.js';
import { temporaryFolders, temporaryPaths } from '../../knowledge/uploads.js';
import type { Expr } from '../../model/facts.js';
import type { Program, Unit } from '../../model/program.js';

const TEMPORARY = new ApiTable(temporaryFolders.map((entry) => ({ patterns: [entry.api], entry })));
const TEMPORARY_PATHS = temporaryPaths.map((source) => new RegExp(source));
const TEMPORARY_NAME = /(?:^|[^a-z])te?mp(?:orary)?(?:dir|path|file|folder|name)?(?![a-z])/i;

/** A path below the temporary folder, told from where it comes or what it is called. */
export function isTemporary(program: Program, unit: Unit, expr: Expr, depth = 0): boolean {
  if (depth > 6) return false;
  const inner = (part: Expr) => isTemporary(program, unit, part, depth + 1);
  const values = program.values(unit, expr);
  // A name counts only where the path itself is not known: `const tmp = './storage'` is a folder like any other.
  const isNamedSo = (name: string) =>
    TEMPORARY_NAME.test(name) &&
    !values.some(({ value }) => value.kind === 'literal' && value.value) &&
    !isBelowKept(program, unit, expr);
  for (const { value } of values) {
    if (value.kind === 'external' && TEMPORARY.first(value.api)) return true;
    if (value.kind === 'literal' && typeof value.value === 'string') {
      const path = value.value;
      if (TEMPORARY_PATHS.some((pattern) => pattern.test(path))) return true;
    }
  }
  switch (expr.k) {
    case 'call': {
      const call = unit.facts.calls[expr.c];
      return Boolean(call?.args.some(inner)) || (call?.callee.k === 'member' && inner(call.callee.of));
    }
    case 'id': {
      const binding = unit.facts.bindings[expr.b];
      if (binding && isNamedSo(binding.name)) return true;
      const init = binding?.init;
      return init !== undefined && init.k !== 'fn' && inner(init);
    }
    case 'member':
      return isNamedSo(expr.name) || inner(expr.of);
    case 'text':
      return expr.parts.some(inner);
    case 'logic':
      return inner(expr.left) && inner(expr.right);
    case 'await':
      return inner(expr.of);
    default:
      return false;
  }
}

/** `path.join(__dirname, 'uploads', name)`: below a folder of the project, whatever the variable is called. */
function isBelowKept(program: Program, unit: Unit, expr: Expr): boolean {
  const init = expr.k === 'id' ? unit.facts.bindings[expr.b]?.init : undefined;
  const call = init?.k === 'call' ? unit.facts.calls[init.c] : undefined;
  if (!call || !/(?:^|\.)(?:join|resolve)$/.test(program.text(unit, call.callee))) return false;
  const [root, ...names] = call.args;
  const isOwn =
    root !== undefined &&
    (/^__dirname$|^process\.cwd\(/.test(program.text(unit, root)) ||
      program
        .values(unit, root)
        .some(({ value }) => value.kind === 'external' && /^global:(?:__dirname|process\.cwd\(\))$/.test(value.api)));
  const known = names.map((name) => literal(program, unit, name) ?? '');
  return isOwn && known.some((name) => name !== '') && !known.some((name) => /te?mp/i.test(name));
}

/** A path in words: its value where it is known, else the parts that are: `uploads/…` for `path.join(root, 'uploads', name)`. */
export function pathInWords(program: Program, unit: Unit, expr: Expr): string {
  const known = literal(program, unit, expr);
  if (known !== undefined) return `\`${known}\``;
  const definition = expr.k === 'id' ? unit.facts.bindings[expr.b]?.init : expr;
  const call = definition?.k === 'call' ? unit.facts.calls[definition.c] : undefined;
  const name = program.text(unit, expr);
  if (!call || !/(?:^|\.)(?:join|resolve)$/.test(program.text(unit, call.callee))) return `\`${name}\``;
  const parts = call.args.map((arg) => literal(program, unit, arg) ?? '…');
  const path = parts
    .join('/')
    .replace(/^…\//, '')
    .replace(/(?:…\/)+…/g, '…');
  return /[^.…/]/.test(path) ? `\`${path}\`` : `\`${name}\``;
}

function literal(program: Program, unit: Unit, expr: Expr): string | undefined {
  const value = program
    .values(unit, expr)
    .find((one) => one.value.kind === 'literal' && typeof one.value.value === 'string')?.value;
  return value?.kind === 'literal' ? String(value.value) : undefined;
}

const DEEPEST = 8;

/**
 * A path as far as it is known, with `…` for the parts that are not: `…/logs/app-….log`. Unlike a value it is never
 * unknown as a whole where one of its parts can be told.
 */
export function pathText(program: Program, unit: Unit, expr: Expr, depth = 0): string {
  if (depth > DEEPEST) return '…';
  const inner = (part: Expr) => pathText(program, unit, part, depth + 1);
  const known = new Set(
    program
      .values(unit, expr)
      .flatMap(({ value }) => (value.kind === 'literal' && value.value !== null ? [String(value.value)] : [])),
  );
  if (known.size === 1 && expr.k !== 'logic') return [...known].join('');
  switch (expr.k) {
    case 'text':
      return shortened(expr.parts.map(inner).join(''));
    case 'await':
      return inner(expr.of);
    case 'logic': {
      // What is given otherwise is what is known: `process.env.LOG_FILE || 'app.log'`.
      const right = inner(expr.right);
      return right === '…' || right === '' ? inner(expr.left) : right;
    }
    case 'choose': {
      const yes = inner(expr.yes);
      return yes === '…' ? inner(expr.no) : yes;
    }
    case 'id': {
      const init = unit.facts.bindings[expr.b]?.init;
      return init && init.k !== 'fn' && init.k !== 'class' ? inner(init) : '…';
    }
    case 'member': {
      const held = heldBy(program, unit, expr);
      return held ? pathText(program, held.unit, held.expr, depth + 1) : '…';
    }
    case 'call': {
      const call = unit.facts.calls[expr.c];
      if (!call) return '…';
      const name = call.callee.k === 'member' || call.callee.k === 'id' ? program.text(unit, call.callee) : '';
      if (/(?:^|\.)(?:join|resolve)$/.test(name)) return shortened(call.args.map(inner).join('/'));
      const first = call.args[0];
      if (/(?:^|\.)(?:URL|fileURLToPath|normalize|toNamespacedPath|String)$/.test(name) && first) return inner(first);
      return '…';
    }
    default:
      return '…';
  }
}

/** Where a field or a property of an object was given its one value: `Database.folder`, `this.file`, `config.paths.data`. */
export function heldBy(
  program: Program,
  unit: Unit,
  expr: Expr & { readonly k: 'member' },
): { readonly unit: Unit; readonly expr: Expr } | undefined {
  for (const { value } of program.values(unit, expr.of)) {
    if (value.kind === 'object') {
      const prop = value.expr.props.find(({ name }) => name === expr.name);
      if (prop) return { unit: value.unit, expr: prop.value };
    }
    if (value.kind === 'instance' || value.kind === 'class') {
      const { cls } = value;
      const member = cls.fact.members.find(({ name, kind }) => name === expr.name && kind === 'field');
      if (member?.value && member.param === undefined) return { unit: cls.unit, expr: member.value };
      const assigned = cls.unit.facts.accesses.filter(
        ({ op, target, value: given }) =>
          op === 'assign' && given && target.k === 'member' && target.name === expr.name && target.of.k === 'this',
      );
      const [only] = assigned;
      if (assigned.length === 1 && only?.value) return { unit: cls.unit, expr: only.value };
    }
  }
  return undefined;
}

function shortened(path: string): string {
  return path
    .replace(/(?:…\/)+…/g, '…')
    .replace(/…{2,}/g, '…')
    .replace(/([^:])\/{2,}/g, '$1/');
}

/** `…/app.log`, `app.log.jsonl`, `logs/today.txt`. */
const LOG_FILE = /\.log(?:\.[a-z0-9]+)?$|(?:^|\/)logs?\/[^/]*$/i;

/** Whether a file is a log: its path says so, or at least the name of the variable. */
export function isLog(program: Program, unit: Unit, expr: Expr): 'path' | 'name' | undefined {
  if (LOG_FILE.test(pathText(program, unit, expr))) return 'path';
  return isCalledLog(program.text(unit, expr)) ? 'name' : undefined;
}

/** `logFile`, `ACCESS_LOG_PATH`; not `blogFile`, `dialogPath`, `loginFile`. */
function isCalledLog(name: string): boolean {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return /(?:^|[^a-z])logs?[^a-z]*(?:file|path)[^a-z]*(?:name)?$/.test(words);
}
