import type { Expr } from '../../model/facts.js';
import type { Call } from '../../model/program.js';
import type { Linked, Tables } from '../tables.js';
import type { Values } from '../values/values.js';

const DEEPEST = 8;
const MOST_CALLERS = 3;

/**
 * Whether what a call runs is looked up under a name that only the moment tells: `hooks[name].forEach((one) => one.run())`. All
 * that was ever put in there can be run by it, and by one caller most of it is not.
 */
export function isChosen(tables: Tables, values: Values, { unit, fact }: Call): boolean {
  return isLookedUp(tables, values, unit as Linked, fact.callee, DEEPEST);
}

function isLookedUp(tables: Tables, values: Values, unit: Linked, expr: Expr, depth: number): boolean {
  if (depth === 0) return false;
  const further = (part: Expr) => isLookedUp(tables, values, unit, part, depth - 1);
  switch (expr.k) {
    case 'index':
      return (expr.key.k !== 'lit' && expr.key.k !== 'global') || further(expr.of);
    case 'member':
    case 'await':
    case 'spread':
      return further(expr.of);
    case 'logic':
      return further(expr.left) || further(expr.right);
    case 'other':
      return expr.parts.length === 1 && expr.parts.some(further);
    case 'call': {
      const { callee, args } = tables.call(unit, expr.c).fact;
      if (callee.k !== 'member') return false;
      return (callee.name === 'get' && args[0] !== undefined && args[0].k !== 'lit') || further(callee.of);
    }
    case 'id': {
      const fact = unit.facts.bindings[expr.b];
      if (fact?.init && further(fact.init)) return true;
      if (!fact?.param || fact.param.rest) return false;
      const { index } = fact.param;
      const fed = values.callers.get(tables.fn(unit, fact.fn)) ?? [];
      if (fed.length === 0 || fed.length > MOST_CALLERS) return false;
      return fed.every(({ call, args }) => {
        const arg = args[index];
        return arg !== undefined && isLookedUp(tables, values, call.unit as Linked, arg, depth - 1);
      });
    }
    default:
      return false;
  }
}
