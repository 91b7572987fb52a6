import type { Expr } from '../../model/facts.js';
import type { Call, Unit } from '../../model/program.js';
import { add, type Tables } from '../tables.js';
import type { Values } from '../values/values.js';

const MOUNTS = /^(?:use|route|register|mount)$/;

/** Where routers are mounted, by the calls that make them: `app.use('/orders', router)`. */
export class Mounts {
  private mounted: Map<Call, Call[]> | undefined;

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
  ) {}

  of(router: Call): readonly Call[] {
    return this.all().get(router) ?? [];
  }

  /** The calls that made a router; `router.routes()` and `router.route('/path')` are of that router. */
  makers(unit: Unit, expr: Expr): readonly Call[] {
    if (expr.k === 'call') {
      const call = this.tables.call(unit, expr.c);
      const through = call.fact.callee.k === 'member' ? this.makers(unit, call.fact.callee.of) : [];
      if (through.length > 0) return through;
    }
    return this.values
      .of(unit, expr)
      .flatMap(({ value }) => (value.kind === 'external' && value.call ? [value.call] : []));
  }

  private all(): ReadonlyMap<Call, readonly Call[]> {
    if (this.mounted) return this.mounted;
    this.mounted = new Map();
    for (const unit of this.tables.served)
      for (const call of unit.calls) {
        if (call.fact.callee.k !== 'member' || !MOUNTS.test(call.fact.callee.name)) continue;
        for (const arg of call.fact.args)
          if (arg.k !== 'fn') for (const router of this.makers(unit, arg)) add(this.mounted, router, call);
      }
    return this.mounted;
  }
}
