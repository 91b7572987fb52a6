import type { Expr } from '../../model/facts.js';
import type { Call, Fn, Unit } from '../../model/program.js';
import type { CallGraph } from '../calls/graph.js';
import { add, type Linked, type Tables } from '../tables.js';
import type { Values } from '../values/values.js';

/** A function that was handed to a wrapper of the project, and the call inside of the wrapper that runs it. */
export interface Wrapped {
  readonly to: Fn;
  readonly from: { readonly fn: Fn; readonly call: Call };
}

/** An expression that something is given, and where it stands. */
interface Written {
  readonly unit: Unit;
  readonly expr: Expr;
}

/** How deep wrappers are looked for inside one another: `signedIn(limited(wrap(handler)))`. */
const DEEPEST = 4;

/**
 * Functions that a wrapper of the project runs when what it made is run: `wrap(handler)` gives a function that calls `handler`.
 * One wrapper serves a hundred routes, so that the call inside leads to all of them; which one a route means, only the call that
 * made its function tells.
 */
export class Wrappers {
  /** The calls of each parameter, in the function itself or one inside it, and those that it is handed on to. */
  private readonly uses = new Map<Unit, { readonly runs: Map<number, Call[]>; readonly passes: Map<number, Call[]> }>();

  constructor(
    private readonly tables: Tables,
    private readonly graph: CallGraph,
    private readonly values: Values,
  ) {}

  of(unit: Unit, expr: Expr, depth = 0): readonly Wrapped[] {
    if (depth > DEEPEST) return [];
    if (expr.k === 'array') return expr.items.flatMap((item) => this.of(unit, item, depth + 1));
    if (expr.k === 'id' || expr.k === 'member')
      return this.behind(unit, expr).flatMap((one) => this.of(one.unit, one.expr, depth + 1));
    if (expr.k !== 'call') return [];
    const call = this.tables.call(unit, expr.c);
    const module = this.required(call);
    if (module) return module.flatMap((one) => this.of(one.unit, one.expr, depth + 1));
    const found: Wrapped[] = [];
    for (const wrapper of this.graph.callees(call)) {
      call.fact.args.forEach((arg, index) => {
        const param = wrapper.fact.params[index];
        const inside = param === undefined || param < 0 ? [] : this.runsOf(wrapper.unit, param);
        // What the wrapper runs itself, it runs when it is called.
        const later = inside.filter(({ fn }) => fn !== wrapper);
        const [first] = later;
        if (!first) return;
        for (const to of this.graph.functions(unit, arg)) found.push({ to, from: { fn: first.fn, call: first } });
        found.push(...this.of(unit, arg, depth + 1));
      });
    }
    return found;
  }

  /** What a name or a property is given where it is declared, with no call seen through: `{ remove: wrap(remove) }` in another file. */
  private behind(unit: Unit, expr: Expr & { k: 'id' | 'member' }): readonly Written[] {
    if (expr.k === 'id') {
      const fact = unit.facts.bindings[expr.b];
      if (fact?.from) return this.exported(unit, fact.from.specifier, fact.from.name, 0);
      const isSettled = fact?.init && !fact.param && !(unit as Linked).assigned.has(expr.b);
      return isSettled && isWritten(fact.init) ? [{ unit, expr: fact.init as Expr }] : [];
    }
    return this.values.of(unit, expr.of).flatMap(({ value }): readonly Written[] => {
      if (value.kind === 'module') return this.exportOf(value.unit as Linked, expr.name, 0);
      const given =
        value.kind === 'object'
          ? value.expr.props.findLast(({ name }) => name === expr.name)?.value
          : value.kind === 'instance' || value.kind === 'class'
            ? value.cls.fact.members.find(({ name }) => name === expr.name)?.value
            : undefined;
      const where = value.kind === 'object' ? value.unit : 'cls' in value ? value.cls.unit : unit;
      return given && isWritten(given) ? [{ unit: where, expr: given }] : [];
    });
  }

  /** `require('./remove')`, where that file has `module.exports = wrap(…)`. */
  private required({ unit, fact: { callee, args } }: Call): readonly Written[] | undefined {
    const [specifier] = args;
    if (callee.k !== 'global' || callee.name !== 'require' || specifier?.k !== 'lit') return undefined;
    return this.exported(unit, String(specifier.v), '=', 0);
  }

  private exported(unit: Unit, specifier: string, name: string, depth: number): readonly Written[] {
    const target = this.tables.target(unit, specifier);
    const to = target.kind === 'file' ? this.tables.byFile.get(target.file) : undefined;
    return to && depth < DEEPEST ? this.exportOf(to, name, depth) : [];
  }

  private exportOf(to: Linked, name: string, depth: number): readonly Written[] {
    return this.tables.exportsOf(to, name).flatMap((fact): readonly Written[] => {
      if (fact.from) return this.exported(to, fact.from.specifier, fact.from.name, depth + 1);
      return fact.value && isWritten(fact.value) ? [{ unit: to, expr: fact.value }] : [];
    });
  }

  /**
   * A function of the project that is handed to runs it in something that it makes. A parameter of a wrapper that serves a
   * whole application has more values than are followed: that the call inside is not known to lead there means nothing then.
   */
  runsLater(call: Call, index: number): boolean {
    return this.graph.callees(call).some((wrapper) => {
      const param = wrapper.fact.params[index];
      return param !== undefined && param >= 0 && this.runsOf(wrapper.unit, param).some(({ fn }) => fn !== wrapper);
    });
  }

  /**
   * `router.post('api/reports', answer)` of the project's own: what is put under a name, and neither called there nor handed on, is
   * run by whoever asks for the name.
   */
  keepsUnderName(call: Call, index: number): boolean {
    const [name] = call.fact.args;
    const callees = this.graph.callees(call);
    if (index === 0 || name?.k !== 'lit' || typeof name.v !== 'string' || callees.length === 0) return false;
    return callees.every(({ unit, fact }) => {
      const param = fact.params[index];
      const isIt = (expr: Expr): boolean =>
        (expr.k === 'id' && expr.b === param) ||
        (expr.k === 'object' && expr.props.some(({ value }) => isIt(value))) ||
        (expr.k === 'array' && expr.items.some(isIt));
      return (
        param !== undefined &&
        param >= 0 &&
        (unit as Linked).calls.every(
          ({ fact: { callee, args } }) =>
            !(callee.k === 'id' && callee.b === param) &&
            !(callee.k === 'member' && callee.of.k === 'id' && callee.of.b === param) &&
            (!args.some(isIt) || (callee.k === 'member' && /^(?:push|unshift|set|add)$/.test(callee.name))),
        )
      );
    });
  }

  /** Calls of the parameter, and calls that are handed it. */
  usesOf(unit: Unit, param: number): readonly Call[] {
    const { runs, passes } = this.usesIn(unit);
    return [...(runs.get(param) ?? []), ...(passes.get(param) ?? [])];
  }

  /** The calls of a parameter, and those of helpers that call what they are handed: `answerWith(req, handler)`. */
  private runsOf(unit: Unit, param: number, depth = 0): readonly Call[] {
    const { runs, passes } = this.usesIn(unit);
    const passed = depth < DEEPEST ? (passes.get(param) ?? []) : [];
    return [...(runs.get(param) ?? []), ...passed.filter((call) => this.runsWhatItIsHanded(call, param, depth + 1))];
  }

  private runsWhatItIsHanded(call: Call, param: number, depth: number): boolean {
    return this.graph.callees(call).some(({ unit, fact }) =>
      call.fact.args.some((arg, index) => {
        const inner = arg.k === 'id' && arg.b === param ? fact.params[index] : undefined;
        return inner !== undefined && inner >= 0 && this.runsOf(unit, inner, depth).length > 0;
      }),
    );
  }

  private usesIn(unit: Unit) {
    const known = this.uses.get(unit);
    if (known) return known;
    const found = { runs: new Map<number, Call[]>(), passes: new Map<number, Call[]>() };
    const isParam = (expr: Expr): expr is Expr & { k: 'id' } =>
      expr.k === 'id' && unit.facts.bindings[expr.b]?.param !== undefined;
    for (const call of (unit as Linked).calls) {
      const { callee, args } = call.fact;
      const root = callee.k === 'member' && /^(?:call|apply)$/.test(callee.name) ? callee.of : callee;
      if (isParam(root)) add(found.runs, root.b, call);
      for (const arg of args) if (isParam(arg)) add(found.passes, arg.b, call);
    }
    this.uses.set(unit, found);
    return found;
  }
}

function isWritten(expr: Expr): boolean {
  return expr.k === 'call' || expr.k === 'array' || expr.k === 'id' || expr.k === 'member';
}
