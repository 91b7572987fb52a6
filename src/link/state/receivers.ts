import type { Call, Cls, Fn, StateCell } from '../../model/program.js';
import type { Expr } from '../../model/facts.js';
import type { CallGraph } from '../calls/graph.js';
import type { Phases } from '../phases/phases.js';
import type { Tables } from '../tables.js';
import type { Values } from '../values/values.js';
import type { Singletons } from './singletons.js';

/** Methods looked at on the way up; of a longer way nothing is concluded. */
const MOST = 20;

/**
 * Whose field a method means by `this`. One that a class inherits runs on objects of all its siblings: where a process has one object of
 * a sibling, and the method is called on those that each request makes, nothing outlives the request.
 */
export class Receivers {
  private readonly known = new Map<Fn, boolean>();

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly graph: CallGraph,
    private readonly singletons: Singletons,
    private readonly phases: Phases,
  ) {}

  /** A field that is meant by `this` is, as far as all callers are known, never that of the object of which there is one. */
  isOfAnother(target: Expr, { kind, cls }: StateCell, fn: Fn): boolean {
    if (kind !== 'field' || !cls || target.k !== 'member' || target.of.k !== 'this') return false;
    const method = this.method(fn);
    return method !== undefined && !this.mayBeSingleton(method);
  }

  /** The method in which a function is written, whose `this` it has. */
  private method(fn: Fn): Fn | undefined {
    let at: Fn | undefined = fn;
    while (at?.fact.kind === 'arrow') at = this.tables.parent(at);
    return at?.fact.kind === 'method' && !at.fact.static ? at : undefined;
  }

  private mayBeSingleton(method: Fn): boolean {
    let known = this.known.get(method);
    if (known === undefined) {
      known = this.find(method, new Set());
      this.known.set(method, known);
    }
    return known;
  }

  private find(method: Fn, seen: Set<Fn>): boolean {
    // Methods that call one another add nothing to the answer.
    if (seen.has(method)) return false;
    seen.add(method);
    const { unit, fact } = method;
    const cls = fact.cls === undefined ? undefined : this.tables.cls(unit, fact.cls);
    if (!cls || seen.size > MOST || this.singletons.isMadeItself(cls)) return true;
    // What a schedule or a route runs, it runs on the object that there is one of.
    if (this.phases.isEntry(method)) return true;
    const callers = this.graph.callersOf.get(method) ?? [];
    return callers.length === 0 || callers.some((call) => this.isOnSingleton(call, cls, seen));
  }

  private isOnSingleton(call: Call, cls: Cls, seen: Set<Fn>): boolean {
    const { callee } = call.fact;
    if (callee.k !== 'member') return true;
    if (callee.of.k !== 'this' && callee.of.k !== 'super')
      return this.values
        .of(call.unit, callee.of)
        .some(({ value }) => value.kind !== 'instance' || this.singletons.isSingleton(value.cls));
    const caller = this.method(call.fn);
    const own = caller?.fact.cls === undefined ? undefined : this.tables.cls(caller.unit, caller.fact.cls);
    if (!caller || !own) return true;
    // A subclass speaks for itself and those below it.
    if (own !== cls && !this.singletons.isSingleton(own)) return false;
    return this.find(caller, seen);
  }
}
