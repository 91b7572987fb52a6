import type { Expr } from '../../model/facts.js';
import type { Call, Fn, Unit, Value } from '../../model/program.js';
import { add, type Linked } from '../tables.js';
import type { Handed, Values } from '../values/values.js';

/** The arguments that a function's parameters get at one place, in the order of the parameters. */
export interface Fed {
  readonly call: Call;
  readonly args: readonly Expr[];
}

/** What is a function, or can have one in it: most arguments are neither. */
const HOLDS: ReadonlySet<Value['kind']> = new Set(['function', 'object', 'module', 'array']);

/** A function that a call hands over, and where. */
export interface HandedOver {
  readonly fn: Fn;
  readonly at: Handed;
}

/** What is given to each function: by calls, by `bind`, and by packages that it is handed to. */
export class Feeding {
  readonly fed = new Map<Fn, Fed[]>();
  readonly handed = new Map<Fn, Handed[]>();

  /** The arguments of a call, moved to where they arrive: `f.call(self, a)`, `f.apply(self, [a])`. */
  called(fn: Fn, call: Call): void {
    add(this.fed, fn, { call, args: arrivesAt(fn, call) });
  }

  give(fn: Fn, call: Call, args: readonly Expr[]): void {
    add(this.fed, fn, { call, args });
  }

  /** `handler.bind(null, dependency)`: the first parameters are given where it is bound. */
  bound(call: Call, fns: readonly Fn[]): void {
    for (const fn of fns) this.give(fn, call, call.fact.args.slice(1));
  }

  hand(list: readonly HandedOver[]): void {
    for (const { fn, at } of list) add(this.handed, fn, at);
  }
}

/** The functions that a call of `bind` gives parameters to. */
export function boundBy(values: Values, { unit, fact: { callee, args } }: Call): readonly Fn[] {
  if (callee.k !== 'member' || args.length < 2) return [];
  return values.of(unit, callee.of).flatMap(({ value }) => (value.kind === 'function' ? [value.fn] : []));
}

/** The functions among the arguments of a call, by themselves, in lists or under names. */
export function handedBy(values: Values, call: Call): HandedOver[] {
  const found: HandedOver[] = [];
  call.fact.args.forEach((arg, argument) => {
    let at: Handed | undefined;
    for (const { value } of values.of(call.unit, arg)) {
      if (!HOLDS.has(value.kind)) continue;
      if (!at) {
        const skip = boundArguments(call.unit, arg);
        at = { call, argument, path: [], ...(skip ? { skip } : {}) };
      }
      handValue(values, at, value, found);
    }
  });
  return found;
}

/** Functions handed over by themselves, in a list, or under names in options and plugin modules. */
function handValue(values: Values, at: Handed, value: Value, found: HandedOver[]): void {
  if (value.kind === 'function') {
    found.push({ fn: value.fn, at });
    return;
  }
  if (at.path.length > 2) return;
  const inside = (unit: Unit, name: string, expr: Expr) => {
    if (expr.k !== 'fn' && expr.k !== 'object' && expr.k !== 'id' && expr.k !== 'member') return;
    for (const inner of values.of(unit, expr))
      handValue(values, { ...at, path: [...at.path, name] }, inner.value, found);
  };
  if (value.kind === 'object') {
    for (const prop of value.expr.props)
      if (prop.name !== undefined && prop.name !== '*') inside(value.unit, prop.name, prop.value);
  } else if (value.kind === 'module') {
    for (const fact of value.unit.facts.exports)
      if (fact.value && fact.name !== '=' && fact.name !== '*') inside(value.unit, fact.name, fact.value);
  } else if (value.kind === 'array' && at.path.length === 0) {
    for (const item of value.items) {
      const skip = boundArguments(value.unit, item);
      const linked = value.unit as Linked;
      const inners = item.k === 'spread' ? values.elements(linked, item.of) : values.of(linked, item);
      for (const inner of inners)
        if (inner.value.kind !== 'array') handValue(values, skip ? { ...at, skip } : at, inner.value, found);
    }
  }
}

function arrivesAt(fn: Fn, call: Call): readonly Expr[] {
  const { callee, args } = call.fact;
  // A method of the project may itself be called `call`.
  if (callee.k !== 'member' || fn.fact.name === callee.name) return args;
  if (callee.name === 'call') return args.slice(1);
  if (callee.name !== 'apply') return args;
  return args[1]?.k === 'array' ? args[1].items : [];
}

/** How many of a function's parameters are already given: one for `f.bind(self, a)`. */
function boundArguments(unit: Unit, expr: Expr): number {
  const call = expr.k === 'call' ? unit.facts.calls[expr.c] : undefined;
  if (call?.callee.k !== 'member' || call.callee.name !== 'bind') return 0;
  return Math.max(0, call.args.length - 1);
}
