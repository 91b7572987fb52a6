import { ApiTable, type Expr, type Program, temporaryFolders, temporaryPaths, type Unit } from '../../src/api/index.js';

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
    TEMPORARY_NAME.test(name) && !values.some(({ value }) => value.kind === 'literal' && value.value);
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
  const value = program.values(unit, expr).find((one) => one.value.kind === 'literal')?.value;
  return value?.kind === 'literal' ? String(value.value) : undefined;
}
