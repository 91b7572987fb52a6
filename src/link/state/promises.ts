import type { Expr } from '../../model/facts.js';
import type { Fn, StateAccess, StateCell, Unit } from '../../model/program.js';
import type { Parts } from './accesses.js';

/*
 * Work on its way, kept so that others wait for it instead of doing it again; and what numbers such work.
 */

const MADE = /^global:Promise(?:\(\)|\.(?:all|race|allSettled|any)\(\)|\.withResolvers\(\)\.promise)$/;

/** What is put in is a promise: a call of an asynchronous function that nobody waits for here. */
export function isPromise({ unit, value }: StateAccess, parts: Parts): boolean {
  return value !== undefined && isPending(unit, value, parts, 0);
}

function isPending(unit: Unit, value: Expr, parts: Parts, depth: number): boolean {
  if (depth > 4) return false;
  if (value.k === 'id') {
    const fact = unit.facts.bindings[value.b];
    return fact?.init !== undefined && fact.fn !== 0 && isPending(unit, fact.init, parts, depth + 1);
  }
  if (value.k !== 'call') return false;
  const call = parts.tables.call(unit, value.c);
  const callees = parts.graph.callees(call);
  if (callees.length > 0) return callees.every((fn) => isAsynchronous(fn, parts, depth));
  if (parts.values.calleeApis(call).some((api) => MADE.test(`${api}()`))) return true;
  const { callee } = call.fact;
  return callee.k === 'member' && /^(?:then|catch|finally)$/.test(callee.name);
}

function isAsynchronous({ unit, fact }: Fn, parts: Parts, depth: number): boolean {
  if (fact.async) return true;
  const given = fact.returns.flatMap(({ value }) => (value ? [value] : []));
  return given.length > 0 && given.every((value) => isPending(unit, value, parts, depth + 1));
}

/** What a client gave is not known to be a promise; its name says so: `lockPromises`. */
export function isNamedPending({ name }: StateCell): boolean {
  return /promises?$/i.test(name);
}

/** Each function that puts something in, or everybody who calls it, has looked it up before. */
export function isLookedUpFirst(cell: StateCell, inserts: readonly StateAccess[], parts: Parts): boolean {
  const looks = new Set(cell.reads.filter(({ op }) => op === 'lookup').map(({ fn }) => fn));
  return (
    inserts.length > 0 &&
    inserts.every(({ fn }) => {
      const callers = parts.graph.callersOf.get(fn) ?? [];
      return looks.has(fn) || (callers.length > 0 && callers.some((call) => looks.has(call.fn)));
    })
  );
}

/**
 * Numbers that name only what waits here: each is the key of an entry that the same function puts into a collection of callbacks or
 * work of this process.
 */
export function isOwnNumbering(cell: StateCell, cells: readonly StateCell[]): boolean {
  const own = cells.filter((other) => other !== cell && /^(?:handle|single-flight|connections)$/.test(other.shape));
  const keys = own.flatMap((other) =>
    other.writes.flatMap((write) => (write.key ? [{ ...write, key: write.key }] : [])),
  );
  const isStep = ({ fact }: StateAccess) => cell.writes.some((write) => write.fact === fact);
  const reads = cell.reads.filter((read) => !isStep(read));
  const isKey = ({ unit, fact }: StateAccess) =>
    'target' in fact && keys.some((write) => write.unit === unit && names(unit, write.key, fact.target));
  // `const key = String(++last)`: nobody looks at it but the step itself.
  if (reads.length === 0) return cell.writes.every(isKey);
  return reads.every(({ fn }) => cell.writes.some((write) => isIn(write.fn, fn))) && reads.some(isKey);
}

function isIn(outer: Fn, { unit, id }: Fn): boolean {
  if (outer.unit !== unit) return false;
  let at = id;
  while (at !== outer.id && at !== 0) at = unit.facts.functions[at]?.parent ?? 0;
  return at === outer.id;
}

function names(unit: Unit, key: Expr, target: Expr): boolean {
  if (key === target) return true;
  const init = key.k === 'id' ? unit.facts.bindings[key.b]?.init : undefined;
  return init !== undefined && isMadeOf(init, target);
}

/** `n`, `++n`, `-n`, `at-${n++}`. */
function isMadeOf(expr: Expr, target: Expr): boolean {
  if (expr === target) return true;
  if (expr.k === 'unary') return expr.of === target;
  const parts = expr.k === 'text' || (expr.k === 'other' && expr.parts.length === 1) ? expr.parts : [];
  return parts.some((part) => isMadeOf(part, target));
}
