import { ApiTable } from '../../knowledge/api-table.js';
import type { Expr } from '../../model/facts.js';
import type { Call, Fn, Program, Unit } from '../../model/program.js';
import { isOnlyStart } from '../within.js';
import { onceOf } from '../once.js';

/*
 * Copies on disk of what another service gives: fetched when there is none, or when it has grown old. Another instance fetches its own.
 */

const LOOKS = new ApiTable([
  {
    patterns: ['{fs:{,promises.},fs/promises:,fs-extra:}{stat,statSync,lstatSync,readFile,readFileSync}'],
    entry: true,
  },
]);
const CLOCK = new ApiTable([{ patterns: ['global:{Date,Date.now}'], entry: true }]);
/** Steps from a function to the call in it that asks: what lies farther away is something else. */
const NEAR = 3;
const DEEP = 6;

/** What is written was asked of another service right there, and the same file asks how old such a copy is. */
export function isAgedCopyOnDisk(program: Program, write: Call, content: readonly Expr[]): boolean {
  const maker = outermost(program, write.fn);
  return (
    maker.id !== 0 &&
    !content.some((expr) => isHandedIn(write.unit, expr, maker.id, 0)) &&
    program.effects(maker).effects.some(({ kind, path }) => kind === 'http' && path.length <= NEAR) &&
    asksForAge(program, write.unit)
  );
}

function outermost(program: Program, fn: Fn): Fn {
  let at = fn;
  for (let depth = 0; depth < DEEP && at.fact.parent !== 0 && at.id !== 0; depth++) {
    const around = program.fn(at.unit, at.fact.parent);
    if (isOnlyStart(program, around)) break;
    at = around;
  }
  return at;
}

/** What the caller hands in, as it is or put into words. */
function isHandedIn(unit: Unit, expr: Expr, fn: number, depth: number): boolean {
  if (depth > DEEP) return false;
  switch (expr.k) {
    case 'id': {
      const fact = unit.facts.bindings[expr.b];
      if (fact?.param) return fact.fn === fn;
      return fact?.init !== undefined && isHandedIn(unit, fact.init, fn, depth + 1);
    }
    case 'member':
      return isHandedIn(unit, expr.of, fn, depth + 1);
    case 'call':
      return (unit.facts.calls[expr.c]?.args ?? []).some((arg) => isHandedIn(unit, arg, fn, depth + 1));
    case 'object':
      return expr.props.some(({ value }) => isHandedIn(unit, value, fn, depth + 1));
    default:
      return false;
  }
}

/** A function looks at a file and at the clock, and compares. */
const asksForAge = onceOf((program: Program, unit: Unit): boolean =>
  unit.facts.functions.some((fact, id) => {
    const compares = fact.returns.some(
      ({ value, when }) =>
        isComparison(value) || when.some((condition) => isComparison(unit.facts.conditions[condition]?.test)),
    );
    if (!compares) return false;
    const apis = program.callsIn(program.fn(unit, id)).flatMap((call) => program.apis(call));
    return apis.some((api) => LOOKS.first(api)) && apis.some((api) => CLOCK.first(api));
  }),
);

function isComparison(expr: Expr | undefined): boolean {
  if (expr?.k === 'logic') return isComparison(expr.left) || isComparison(expr.right);
  if (expr?.k === 'unary') return isComparison(expr.of);
  return expr?.k === 'binary' && /^[<>]=?$/.test(expr.op);
}
