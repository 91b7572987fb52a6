import type { Expr } from '../../model/facts.js';
import type { StateAccess, StateCell } from '../../model/program.js';
import type { Parts } from './accesses.js';
import { DEEPEST, expressionsOf, isStep, piecesOf } from './numbers.js';

/**
 * Counts how often something was done here, for what is to be done every so many times, and is looked at for nothing else:
 * `if (++writes >= 100) { writes = 0; await tidyUp(); }`, `if (++rounds % 10 === 0) tidyUp()`.
 */
export function isPace(cell: StateCell, parts: Parts): boolean {
  const steps = cell.writes.filter(isStep);
  const resets = cell.writes.filter((write) => !isStep(write));
  if (steps.length === 0 || !resets.every(isToZero)) return false;
  const accesses = [...cell.reads, ...cell.writes];
  const own = new Set<Expr>();
  for (const { fact } of accesses) {
    if (!('target' in fact)) return false;
    own.add(fact.target);
  }
  const holds = (expr: Expr, depth = 0): boolean =>
    own.has(expr) || (depth < DEEPEST && piecesOf(expr).some((piece) => holds(piece, depth + 1)));
  const isTest = (test: Expr) =>
    test.k === 'binary' && /^(?:[<>]=?|===?)$/.test(test.op) && (resets.length > 0 || hasRest(test)) && holds(test);
  const isUnderTest = ({ unit, fact }: StateAccess) =>
    fact.when.some((id) => {
      const condition = unit.facts.conditions[id];
      return condition?.sense === true && isTest(condition.test);
    });
  if (!resets.every(isUnderTest)) return false;
  const fns = [...new Set(accesses.map((access) => access.fn))];
  return (
    fns.some(({ unit }) => unit.facts.conditions.some(({ test }) => isTest(test))) &&
    fns.every(
      (fn) =>
        !expressionsOf(fn, parts).some((expr) => holds(expr)) &&
        fn.unit.facts.conditions.every(({ test }) => !holds(test) || isTest(test)),
    )
  );
}

function isToZero({ op, value }: StateAccess): boolean {
  return op === 'assign' && value?.k === 'lit' && value.v === 0;
}

/** `n % 10` */
function hasRest(test: Expr): boolean {
  return test.k === 'binary' && (test.op === '%' || hasRest(test.left));
}
