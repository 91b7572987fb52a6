import type { Expr } from '../../model/facts.js';
import type { StateCell, Unit } from '../../model/program.js';
import type { Parts } from './accesses.js';
import { DEEPEST, expressionsOf, piecesOf } from './numbers.js';

/*
 * Whose turn it is among several that are all alike: connections, keys, mirrors. Each process goes round for itself, and the load is
 * spread all the same.
 */

const COMPARED = /^(?:[!=]==?|[<>]=?)$/;

/**
 * A number that only says which one of a list is next, and begins anew behind the last: `list[next++ % list.length]`. One that never
 * begins anew hands out each piece once, which two processes would do twice.
 */
export function isRoundRobin(cell: StateCell, parts: Parts): boolean {
  const accesses = [...cell.reads, ...cell.writes];
  if (accesses.some(({ fact, path }) => !('target' in fact) || path.length > 0)) return false;
  const own = new Set(accesses.flatMap(({ fact }) => ('target' in fact ? [fact.target] : [])));
  const uses = new Uses(own);
  for (const fn of new Set(accesses.map((access) => access.fn))) {
    for (const { op, target, value, fn: id } of parts.tables.linked(fn.unit).facts.accesses) {
      if (id !== fn.id || !own.has(target)) continue;
      if (op === 'assign' && value) uses.assigned(fn.unit, value);
    }
    const assigned = new Set(cell.writes.flatMap(({ fact }) => ('target' in fact && fact.value ? [fact.value] : [])));
    const callees = fn.unit.facts.calls.flatMap((call) => (call.fn === fn.id ? [call.callee] : []));
    for (const whole of [...expressionsOf(fn, parts), ...callees]) if (!assigned.has(whole)) uses.look(fn.unit, whole);
  }
  for (const unit of new Set(accesses.map((access) => access.unit)))
    for (const { test } of unit.facts.conditions) uses.look(unit, test);
  return uses.chooses && uses.beginsAnew && !uses.bare;
}

/** How a number is used. */
class Uses {
  /** It says which one of a list. */
  chooses = false;
  beginsAnew = false;
  /** It is of interest for itself. */
  bare = false;

  constructor(private readonly own: ReadonlySet<Expr>) {}

  assigned(unit: Unit, value: Expr): void {
    if (value.k === 'lit') this.beginsAnew ||= value.v === 0;
    else this.visit(unit, value, true, 0);
  }

  look(unit: Unit, whole: Expr): void {
    // What gets a name is looked at where the name is used.
    const isNamed = unit.facts.bindings.some(({ init, fn }) => init === whole && fn !== 0);
    if (isNamed && this.isOwn(unit, whole)) this.rest(whole);
    else this.visit(unit, whole, false, 0);
  }

  private visit(unit: Unit, expr: Expr, isPlace: boolean, depth: number): void {
    if (depth > DEEPEST) return;
    if (this.isOwn(unit, expr)) {
      this.rest(expr);
      if (!isPlace) this.bare = true;
      return;
    }
    if (expr.k === 'index') {
      if (this.holdsOwn(unit, expr.key, depth)) this.chooses = true;
      this.visit(unit, expr.of, false, depth + 1);
      this.visit(unit, expr.key, true, depth + 1);
      return;
    }
    if (expr.k === 'binary' && expr.op === '%' && this.holdsOwn(unit, expr.left, depth)) this.beginsAnew = true;
    const isCompared = expr.k === 'binary' && COMPARED.test(expr.op);
    for (const piece of piecesOf(expr)) this.visit(unit, piece, isPlace || isCompared, depth + 1);
  }

  /** The number, what it was before it was counted up, the rest of it, or a name of the function for one of these. */
  private isOwn(unit: Unit, expr: Expr, depth = 0): boolean {
    if (this.own.has(expr)) return true;
    if (depth > DEEPEST) return false;
    if (expr.k === 'other') return expr.parts.length === 1 && this.isOwn(unit, expr.parts[0] as Expr, depth + 1);
    if (expr.k === 'binary') return expr.op === '%' && this.isOwn(unit, expr.left, depth + 1);
    const named = expr.k === 'id' ? unit.facts.bindings[expr.b] : undefined;
    return (
      named?.init !== undefined && named.fn !== 0 && named.kind !== 'param' && this.isOwn(unit, named.init, depth + 1)
    );
  }

  private rest(expr: Expr): void {
    if (expr.k === 'binary') this.beginsAnew = true;
  }

  private holdsOwn(unit: Unit, expr: Expr, depth: number): boolean {
    if (this.isOwn(unit, expr)) return true;
    return depth <= DEEPEST && piecesOf(expr).some((piece) => this.holdsOwn(unit, piece, depth + 1));
  }
}
