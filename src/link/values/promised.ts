import type { CallFact, Expr } from '../../model/facts.js';
import type { Alternative, Call } from '../../model/program.js';
import type { Linked } from '../tables.js';
import type { Values } from './values.js';

/** What gives a promise together with the functions that settle it. Source: https://github.com/kriskowal/q/wiki/API-Reference, MDN `Promise.withResolvers`. */
const DEFERRED = new Set(['global:Promise.withResolvers()', 'q:defer()', 'bluebird:defer()', 'p-defer:()']);

/** What promises come to that are made by hand: what their `resolve` is given. */
export class Promised {
  /** By unit: the calls of a binding itself, and of its `resolve`. */
  private readonly calls = new Map<Linked, ReadonlyMap<number, readonly CallFact[]>>();

  constructor(private readonly values: Values) {}

  /** `new Promise((resolve) => … resolve(server) …)`. */
  executed({ unit, fact }: Call): readonly Alternative[] {
    const [executor] = fact.args;
    if (!fact.new || !executor) return [];
    return this.values.of(unit, executor).flatMap(({ value }) => {
      const resolve = value.kind === 'function' ? value.fn.fact.params[0] : undefined;
      return value.kind === 'function' && resolve !== undefined && resolve >= 0
        ? this.given(value.fn.unit as Linked, resolve)
        : [];
    });
  }

  /** `const later = Q.defer(); later.resolve(server); … later.promise`. */
  deferred(api: string, { unit, id }: Call): readonly Alternative[] {
    if (!DEFERRED.has(api)) return [];
    const isIt = (expr: Expr | undefined) => expr?.k === 'call' && expr.c === id;
    return unit.facts.bindings.flatMap(({ init }, binding) =>
      isIt(init) || (init?.k === 'member' && init.name === 'resolve' && isIt(init.of))
        ? this.given(unit as Linked, binding)
        : [],
    );
  }

  private given(unit: Linked, binding: number): readonly Alternative[] {
    const calls = this.callsOf(unit).get(binding) ?? [];
    return calls.flatMap(({ args: [first] }) => (first && first.k !== 'spread' ? this.values.of(unit, first) : []));
  }

  private callsOf(unit: Linked): ReadonlyMap<number, readonly CallFact[]> {
    const known = this.calls.get(unit);
    if (known) return known;
    const found = new Map<number, CallFact[]>();
    for (const fact of unit.facts.calls) {
      const { callee } = fact;
      const of = callee.k === 'member' && callee.name === 'resolve' ? callee.of : callee;
      if (of.k !== 'id') continue;
      const list = found.get(of.b);
      if (list) list.push(fact);
      else found.set(of.b, [fact]);
    }
    this.calls.set(unit, found);
    return found;
  }
}
