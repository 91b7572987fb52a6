import type { Expr } from '../../model/facts.js';
import type { Call, Fn, Unit } from '../../model/program.js';
import type { Cells, OpenCell } from './cells.js';
import type { CallGraph } from '../calls/graph.js';
import type { Tables } from '../tables.js';
import type { Values } from '../values/values.js';

/** A call that passes the object, and whether what it passes can be others as well. */
export interface Source {
  readonly call: Call;
  readonly isOneOfMany?: true;
}

/** A helper that more places than these use changes what it is given, whatever that is: nothing follows for one of them. */
const MOST = 24;
const FAR = 3;

/**
 * Who passed the object that a function changes through its parameter. It is the caller that changes it: the function is run by
 * others too, with objects of their own.
 */
export class Sources {
  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly graph: CallGraph,
    private readonly cells: Cells,
  ) {}

  /** `undefined` if the target does not lead through a parameter, or nothing is known of who gives it. */
  of(unit: Unit, target: Expr, cell: OpenCell): readonly Source[] | undefined {
    // Fields and what hangs on an application are of one object, whoever passes that on.
    if (cell.kind !== 'module' && cell.kind !== 'closure') return undefined;
    const param = this.parameter(unit, target);
    if (!param) return undefined;
    const callers = this.graph.callersOf.get(param.fn) ?? [];
    return callers.length === 0 ? undefined : this.passing(param, cell, 0);
  }

  private passing(param: Parameter, cell: OpenCell, depth: number): Source[] {
    const callers = this.graph.callersOf.get(param.fn) ?? [];
    if (depth > FAR || callers.length > MOST) return [];
    const found: Source[] = [];
    for (const call of callers) {
      const arg = call.fact.args[param.index];
      if (!arg) continue;
      const further = this.parameter(call.unit, arg);
      if (further) {
        for (const source of this.passing(further, cell, depth + 1)) found.push(source);
      } else {
        const objects = this.objects(call.unit, arg);
        if (objects.has(cell)) found.push({ call, ...(objects.size > 1 ? { isOneOfMany: true } : {}) });
      }
    }
    return found.slice(0, MOST);
  }

  /** What the argument can be: the cells of the objects it is, or something else. */
  private objects(unit: Unit, arg: Expr): ReadonlySet<OpenCell | undefined> {
    return new Set(
      this.values
        .of(unit, arg)
        .filter(({ value }) => value.kind !== 'undefined')
        .map(({ value }) => (value.kind === 'object' ? this.cells.ofObject(value.expr) : undefined)),
    );
  }

  private parameter(unit: Unit, expr: Expr): Parameter | undefined {
    let root = expr;
    while (root.k === 'member' || root.k === 'index') root = root.of;
    const fact = root.k === 'id' ? unit.facts.bindings[root.b] : undefined;
    if (fact?.kind !== 'param' || !fact.param || fact.param.rest) return undefined;
    return { fn: this.tables.fn(unit, fact.fn), index: fact.param.index };
  }
}

interface Parameter {
  readonly fn: Fn;
  readonly index: number;
}
