import type { Expr } from '../../model/facts.js';
import type { Call, Value } from '../../model/program.js';
import type { Values } from '../values/values.js';

const STORES = /^(?:store|save|update|persist)$/;
const CLOCK = /^(?:dayjs|moment|moment-timezone|luxon|date-fns|global:Date|@date-fns\/[\w-]+)[:(.]/;

/**
 * An object that is there already is stored after nothing of it was set but times and constants: `this.lastRun = now(); save(this)`.
 * A second instance that does the same at the same moment changes nothing more.
 */
export function onlyMarks(call: Call, values: Values): boolean {
  const { callee, args } = call.fact;
  if (callee.k !== 'member' || !STORES.test(callee.name)) return false;
  const stored = args.length === 0 ? callee.of : args.length === 1 ? args[0] : undefined;
  if (!stored || !isGiven(call, stored)) return false;
  const set = call.unit.facts.accesses.filter(
    ({ fn, op, target }) =>
      fn === call.fn.id &&
      op === 'assign' &&
      target.k === 'member' &&
      isSame(target.of, stored) &&
      !isPrivate(target.name),
  );
  return (
    set.length > 0 &&
    set.every(({ value }) => {
      if (!value) return false;
      const known = values.of(call.unit, value);
      return known.length > 0 && known.every((one) => isMark(one.value));
    })
  );
}

/** The object whose method it is, or one that was handed over: not one that is made here. */
function isGiven({ unit }: Call, expr: Expr): boolean {
  if (expr.k === 'this') return true;
  return expr.k === 'id' && unit.facts.bindings[expr.b]?.param !== undefined;
}

function isSame(a: Expr, b: Expr): boolean {
  return (a.k === 'this' && b.k === 'this') || (a.k === 'id' && b.k === 'id' && a.b === b.b);
}

function isPrivate(name: string): boolean {
  return name.startsWith('_') || name.startsWith('#');
}

function isMark(value: Value): boolean {
  return value.kind === 'literal' || (value.kind === 'external' && CLOCK.test(value.api));
}
