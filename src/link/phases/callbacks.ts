import type { Expr } from '../../model/facts.js';
import type { Call, Fn, Unit } from '../../model/program.js';
import type { CallGraph } from '../calls/graph.js';
import type { Tables } from '../tables.js';

/** That a function is written as an argument of a call (`by`), and run by the helper called (`runs`) before that is done. */
export interface Handing {
  readonly writer: Fn;
  readonly by: Call;
  readonly runs: Call;
}

/** What runs a function given to it at once, or when the promise is fulfilled that its caller gets. */
const AT_ONCE = /^(?:map|forEach|flatMap|filter|reduce|some|every|find|then|catch|finally|Promise)$/;
/** Gives back the thing that is listened to, or a way to stop. */
const LISTENS = /^(?:on|once|use|add\w*|set\w*|subscribe|listen|register|schedule|debounce|throttle|memoize)$/;
const DEEP = 4;

/**
 * Functions written where they are handed to a helper of the project that calls its parameter. The call graph knows one helper
 * for all who use it, so that each would seem to run what the others hand over.
 */
export class Callbacks {
  private readonly written = new Map<Fn, { readonly writer: Fn; readonly by: Call } | undefined>();

  constructor(
    private readonly tables: Tables,
    private readonly graph: CallGraph,
    /** Something starts it by itself. */
    private readonly isRegistered: (fn: Fn) => boolean,
    /** Where a parameter is called or handed on. */
    private readonly usesOf: (unit: Unit, param: number) => readonly Call[],
  ) {}

  handing(to: Fn, runs: Call): Handing | undefined {
    if (to.fact.kind !== 'arrow' && to.fact.kind !== 'function') return undefined;
    if (!this.runsParameter(runs)) return undefined;
    const known = this.writtenAt(to);
    return known && !this.isKept(known.by, to) ? { ...known, runs } : undefined;
  }

  /** `before.then(work)` in a helper: what is run at once is what the helper was handed, which its writer hands it for itself. */
  isHandedOn({ unit, fn, fact }: Call, arg: Expr, to: Fn): boolean {
    const binding = arg.k === 'id' ? unit.facts.bindings[arg.b] : undefined;
    if (binding?.kind !== 'param' || !binding.param || binding.param.rest || binding.param.path) return false;
    if (!AT_ONCE.test(nameOf(fact.callee)) || !this.runsWithin(fn, binding.fn)) return false;
    if (to.fact.kind !== 'arrow' && to.fact.kind !== 'function') return false;
    const known = this.writtenAt(to);
    const isHelper = (helper: Fn) => helper.unit === unit && helper.id === binding.fn;
    return known !== undefined && this.graph.callees(known.by).some(isHelper) && !this.isKept(known.by, to);
  }

  /** `endpoint(shape)(handler)`: what is called only makes something that will use the function, and does not run it itself. */
  private isKept(by: Call, fn: Fn): boolean {
    const index = by.fact.args.findIndex((arg) => arg.k === 'fn' && arg.f === fn.id);
    return this.graph.callees(by).some((callee) => {
      const param = callee.fact.params[index];
      const uses = param === undefined || param < 0 ? [] : this.usesOf(callee.unit, param);
      return uses.length > 0 && !uses.some((use) => this.runsWithin(use.fn, callee.id));
    });
  }

  private writtenAt(fn: Fn): { readonly writer: Fn; readonly by: Call } | undefined {
    if (this.written.has(fn)) return this.written.get(fn);
    const writer = this.tables.parent(fn);
    const by =
      writer &&
      this.tables.callsIn(writer).find(({ fact }) => fact.args.some((arg) => arg.k === 'fn' && arg.f === fn.id));
    const found = by && this.graph.callees(by).length > 0 ? { writer, by } : undefined;
    this.written.set(fn, found);
    return found;
  }

  /** `work()` where `work` is a parameter of the function, or of one around it that runs it at once. */
  private runsParameter({ unit, fn, fact }: Call): boolean {
    const { callee } = fact;
    const binding = callee.k === 'id' ? unit.facts.bindings[callee.b] : undefined;
    if (binding?.kind !== 'param' || !binding.param || binding.param.rest || binding.param.path) return false;
    return this.runsWithin(fn, binding.fn);
  }

  /** It is the function, or written in it and run at once. */
  private runsWithin(fn: Fn, around: number): boolean {
    let at: Fn | undefined = fn;
    for (let depth = 0; at && depth < DEEP; depth++) {
      if (at.id === around) return true;
      at = this.runsAtOnce(at) ? this.tables.parent(at) : undefined;
    }
    return false;
  }

  /** `return db.transaction((trx) => work(trx))`: whoever gets the promise has to wait for what was handed in. */
  private isWaitedFor(fn: Fn, { use, callee }: Call['fact']): boolean {
    if (use !== 'awaited' && use !== 'returned') return false;
    return !LISTENS.test(nameOf(callee)) && !this.isRegistered(fn);
  }

  private runsAtOnce(fn: Fn): boolean {
    const parent = fn.id === 0 ? undefined : this.tables.parent(fn);
    return (
      parent !== undefined &&
      this.tables
        .callsIn(parent)
        .some(
          ({ fact }) =>
            (AT_ONCE.test(nameOf(fact.callee)) || this.isWaitedFor(fn, fact)) &&
            fact.args.some((arg) => arg.k === 'fn' && arg.f === fn.id),
        )
    );
  }
}

function nameOf(expr: Expr): string {
  return expr.k === 'member' || expr.k === 'global' ? expr.name : '';
}
