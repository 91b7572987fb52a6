import type { Expr } from '../../model/facts.js';
import type { Unit } from '../../model/program.js';
import { called, member } from '../../knowledge/api-table.js';
import type { Linked, Tables } from '../tables.js';

/*
 * What is known before values are: which package's function a name in a file stands for, and which function of the project.
 * It looks at the file itself and, for the project's functions, at one import; roles need no more, and values need roles.
 */

const DEEPEST = 6;

/** The API path of an expression, as far as its own file tells. */
export function apiOf(tables: Tables, unit: Unit, expr: Expr, depth = 0): string | undefined {
  if (depth > DEEPEST) return undefined;
  switch (expr.k) {
    case 'global':
      return `global:${expr.name}`;
    case 'id': {
      const fact = unit.facts.bindings[expr.b];
      if (fact?.from) {
        const target = tables.target(unit, fact.from.specifier);
        if (target.kind !== 'package') return undefined;
        const root = `${target.name}:`;
        return fact.from.name === '*' || fact.from.name === 'default' ? root : member(root, fact.from.name);
      }
      const settled = fact?.init && !fact.param && !(unit as Linked).assigned.has(expr.b);
      return settled && fact.init ? apiOf(tables, unit, fact.init, depth + 1) : undefined;
    }
    case 'member': {
      const of = apiOf(tables, unit, expr.of, depth + 1);
      if (of !== undefined) return member(of, expr.name);
      // `module.exports = { path, root }`, and `site.path` elsewhere
      const specifier = expr.of.k === 'id' ? moduleNamed(unit as Linked, expr.of.b) : undefined;
      const found = specifier === undefined ? undefined : exported(tables, unit as Linked, specifier, expr.name);
      return found && apiOf(tables, found.unit, found.expr, depth + 1);
    }
    case 'await':
      return apiOf(tables, unit, expr.of, depth);
    case 'call': {
      const call = unit.facts.calls[expr.c];
      if (!call) return undefined;
      const { callee, args } = call;
      const specifier = args[0];
      if (callee.k === 'global' && (callee.name === 'require' || callee.name === 'import')) {
        if (specifier?.k !== 'lit' || typeof specifier.v !== 'string') return undefined;
        const target = tables.target(unit, specifier.v);
        return target.kind === 'package' ? `${target.name}:` : undefined;
      }
      const of = apiOf(tables, unit, callee, depth + 1);
      return of === undefined ? undefined : called(of);
    }
    default:
      return undefined;
  }
}

/** A function of the project and the file it stands in. */
export interface Named {
  readonly unit: Linked;
  readonly fn: number;
}

/** The function of the project that an expression names: of its own file, or imported from another. */
export function functionNamed(tables: Tables, unit: Linked, expr: Expr, depth = 0): Named | undefined {
  if (depth > DEEPEST) return undefined;
  if (expr.k === 'fn') return { unit, fn: expr.f };
  if (expr.k === 'member') {
    if (expr.of.k === 'this' && expr.of.cls !== undefined) {
      const method = unit.facts.classes[expr.of.cls]?.members.find(({ name }) => name === expr.name)?.fn;
      return method === undefined ? undefined : { unit, fn: method };
    }
    const specifier = expr.of.k === 'id' ? moduleNamed(unit, expr.of.b) : undefined;
    return specifier === undefined ? undefined : functionExported(tables, unit, specifier, expr.name, depth);
  }
  if (expr.k !== 'id') return undefined;
  const fact = unit.facts.bindings[expr.b];
  if (!fact) return undefined;
  if (fact.from) return functionExported(tables, unit, fact.from.specifier, fact.from.name, depth);
  if (!fact.init || fact.param || unit.assigned.has(expr.b)) return undefined;
  // const { load } = require('./load')
  if (fact.init.k === 'member' && fact.init.of.k === 'call') {
    const specifier = required(unit, fact.init.of);
    if (specifier !== undefined) return functionExported(tables, unit, specifier, fact.init.name, depth);
  }
  const whole = required(unit, fact.init);
  if (whole !== undefined) return functionExported(tables, unit, whole, 'default', depth);
  return fact.init.k === 'fn' || fact.init.k === 'id' ? functionNamed(tables, unit, fact.init, depth + 1) : undefined;
}

function moduleNamed(unit: Linked, binding: number): string | undefined {
  const fact = unit.facts.bindings[binding];
  if (fact?.from) return fact.from.name === '*' || fact.from.name === 'default' ? fact.from.specifier : undefined;
  return fact?.init ? required(unit, fact.init) : undefined;
}

/** The specifier of `require('…')`. */
export function required(unit: Unit, expr: Expr): string | undefined {
  const call = expr.k === 'call' ? unit.facts.calls[expr.c] : undefined;
  const first = call?.callee.k === 'global' && call.callee.name === 'require' ? call.args[0] : undefined;
  return first?.k === 'lit' && typeof first.v === 'string' ? first.v : undefined;
}

function functionExported(
  tables: Tables,
  unit: Linked,
  specifier: string,
  name: string,
  depth: number,
): Named | undefined {
  const found = exported(tables, unit, specifier, name);
  return found && functionNamed(tables, found.unit, found.expr, depth + 1);
}

/** What a file of the project exports under a name, through one re-export after another. */
export function exported(
  tables: Tables,
  unit: Linked,
  specifier: string,
  name: string,
  depth = 0,
): { readonly unit: Linked; readonly expr: Expr } | undefined {
  const target = tables.target(unit, specifier);
  const to = target.kind === 'file' ? tables.byFile.get(target.file) : undefined;
  if (!to || depth > DEEPEST) return undefined;
  for (const fact of to.facts.exports) {
    if (fact.name === name || (fact.name === '=' && name === 'default')) {
      if (fact.from) return exported(tables, to, fact.from.specifier, fact.from.name, depth + 1);
      return fact.value && { unit: to, expr: fact.value };
    }
    const object = fact.name === '=' ? objectNamed(to, fact.value) : undefined;
    const prop = object?.props.find((one) => one.name === name);
    if (prop) return { unit: to, expr: prop.value };
  }
  for (const fact of to.facts.exports) {
    if (fact.name !== '*' || !fact.from) continue;
    const found = exported(tables, to, fact.from.specifier, name, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** `module.exports = { … }`, or the name of such an object. */
function objectNamed(unit: Linked, expr: Expr | undefined): (Expr & { readonly k: 'object' }) | undefined {
  if (expr?.k === 'object') return expr;
  if (expr?.k !== 'id' || unit.assigned.has(expr.b)) return undefined;
  const init = unit.facts.bindings[expr.b]?.init;
  return init?.k === 'object' ? init : undefined;
}
