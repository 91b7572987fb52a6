import type { Expr } from '../../model/facts.js';
import type { Cls, Condition, Unit } from '../../model/program.js';
import type { Span } from '../../model/span.js';
import { add, type Tables } from '../tables.js';
import type { Values } from '../values/values.js';

/** How deep modules stand in one another, and lists in lists. */
const DEEPEST = 6;
/** What a module makes, and the modules that are made with it. */
const LISTS: readonly string[] = ['imports', 'providers', 'controllers'];

interface Listing {
  /** The module whose list it is. */
  readonly by: Cls;
  readonly when: readonly Condition[];
}

/**
 * Conditions under which a container of Nest makes a class at all: `imports: [...(isPrimary ? [JobsModule] : [])]`. Whoever is
 * listed without one somewhere is made always.
 */
export class Listings {
  private listed: Map<Cls, Listing[]> | undefined;

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
  ) {}

  of(cls: Cls, depth = 0): readonly Condition[] {
    if (depth > DEEPEST) return [];
    const ways = (this.all().get(cls) ?? []).map(({ by, when }) => [...when, ...this.of(by, depth + 1)]);
    return ways.length > 0 && ways.every((list) => list.length > 0) ? (ways[0] as Condition[]) : [];
  }

  private all(): ReadonlyMap<Cls, readonly Listing[]> {
    if (this.listed) return this.listed;
    this.listed = new Map();
    for (const unit of this.tables.served)
      for (const cls of unit.classes)
        for (const id of cls.fact.decorators ?? []) {
          const call = this.tables.call(unit, id);
          const [options] = call.fact.args;
          if (options?.k !== 'object' || !this.values.calleeApis(call).includes('@nestjs/common:Module')) continue;
          for (const { name, value } of options.props)
            if (name !== undefined && LISTS.includes(name)) this.collect(unit, value, cls, call.fact.span, [], 0);
        }
    return this.listed;
  }

  private collect(unit: Unit, expr: Expr, by: Cls, at: Span, when: readonly Condition[], depth: number): void {
    if (depth > DEEPEST) return;
    const inner = (of: Expr) => this.collect(unit, of, by, at, when, depth + 1);
    if (expr.k === 'array') return expr.items.forEach(inner);
    if (expr.k === 'spread') return inner(expr.of);
    if (expr.k === 'call') {
      // `[…].filter(Boolean)`, `JobsModule.forRoot(…)`, `forwardRef(() => JobsModule)`.
      const { callee, args } = this.tables.call(unit, expr.c).fact;
      if (callee.k === 'member') return inner(callee.of);
      return args.forEach(inner);
    }
    for (const { value, when: and } of this.values.of(unit, expr)) {
      const all = [...when, ...and.map((condition) => placed(condition, at))];
      if (value.kind === 'class') add(this.listed as Map<Cls, Listing[]>, value.cls, { by, when: all });
      else if (value.kind === 'array')
        for (const item of value.items) this.collect(value.unit, item, by, at, all, depth + 1);
      else if (value.kind === 'function')
        for (const { value: given } of value.fn.fact.returns)
          if (given) this.collect(value.fn.unit, given, by, at, all, depth + 1);
    }
  }
}

/** An expression has no place of its own; that of the module's metadata is near enough. */
function placed(condition: Condition, at: Span): Condition {
  return condition.fact.span[0] > 0 ? condition : { ...condition, fact: { ...condition.fact, span: at } };
}
