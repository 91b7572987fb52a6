import type { Expr } from '../../model/facts.js';
import type { Cls, Fn, Unit } from '../../model/program.js';
import type { Place } from '../../model/span.js';
import { type Cells, isEnvironment, type OpenCell } from './cells.js';
import { isDeclaredOtherwise, STEP_IN } from './collections.js';
import type { CallGraph } from '../calls/graph.js';
import type { Linked, Tables } from '../tables.js';
import { none } from '../values/alternatives.js';
import type { Values } from '../values/values.js';

/** Where an expression leads: a cell, and whether it means something inside of it. */
export interface Spot {
  readonly cell: OpenCell;
  readonly deep: boolean;
  readonly key?: Expr;
  /** The names that lead from the cell to what is meant; `*` is one that is computed. */
  readonly path: readonly string[];
}

const FAR = 8;
const NOWHERE = none<Spot>();

/** Finds the cells that an expression leads to: through names, exports, getters and what is taken out of collections. */
export class Spots {
  /** Of each binding, by how far from the start it is asked: names are met again and again, and stand for the same each time. */
  private readonly ofBindings = new Map<Unit, (readonly Spot[])[]>();
  private readonly ofParts = new Map<Expr, (readonly Spot[])[]>();
  /** Names of properties that a file sets, on whatever it is. */
  private readonly given = new Map<Unit, Set<string>>();
  private readonly accessors = new Map<Cls, Map<string, Fn | undefined>>();

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly graph: CallGraph,
    private readonly cells: Cells,
  ) {}

  locate(unit: Unit, expr: Expr, at: Place, depth = 0): readonly Spot[] {
    if (depth > FAR) return NOWHERE;
    switch (expr.k) {
      case 'id':
        return this.locateBinding(unit as Linked, expr.b, at, depth);
      case 'global': {
        const cell = this.cells.globalCell(unit, expr.name, at);
        return cell ? [{ cell, deep: false, path: [] }] : NOWHERE;
      }
      case 'member':
        return depth === 0 ? this.locateMember(unit, expr, at, 0) : this.locatePart(unit, expr, at, depth);
      case 'index': {
        const cell = this.isEnvironment(unit, expr.of) ? this.cells.anyVariable(unit, at) : undefined;
        if (cell) return [{ cell, deep: false, path: [] }];
        return within(this.locate(unit, expr.of, at, depth + 1), '*', expr.key);
      }
      case 'await':
      case 'spread':
        return this.locate(unit, expr.of, at, depth + 1);
      case 'logic':
        return [...this.locate(unit, expr.left, at, depth + 1), ...this.locate(unit, expr.right, at, depth + 1)];
      case 'call': {
        const call = this.tables.call(unit, expr.c);
        const { callee, args } = call.fact;
        const callees = this.graph.callees(call);
        const steps =
          callee.k === 'member' &&
          callees.length === 0 &&
          STEP_IN.test(callee.name) &&
          // No collection is asked for more than a key: that is a query.
          (callee.name !== 'get' || args.length < 2);
        if (callee.k === 'member' && steps && !isDeclaredOtherwise(this.values, unit, callee.of)) {
          const spots = this.locate(unit, callee.of, at, depth + 1);
          if (spots.length)
            return spots.map(({ cell, path }) => ({
              cell,
              deep: true,
              path: [...path, '*'],
              ...(args[0] ? { key: args[0] } : {}),
            }));
        }
        // A getter function hands out the thing itself.
        const found: Spot[] = [];
        for (const fn of callees.slice(0, 3)) {
          const only = fn.fact.returns.length <= 2 ? fn.fact.returns : [];
          for (const { value } of only)
            if (value && (value.k === 'id' || value.k === 'member' || value.k === 'index' || value.k === 'call'))
              found.push(...this.locate(fn.unit, value, at, depth + 2));
        }
        return found;
      }
      default:
        return NOWHERE;
    }
  }

  private isEnvironment(unit: Unit, expr: Expr): boolean {
    const isNamed = (expr.k === 'member' && expr.name === 'env') || expr.k === 'id';
    return (
      isNamed && this.values.of(unit, expr).some(({ value }) => value.kind === 'external' && isEnvironment(value.api))
    );
  }

  private locateBinding(unit: Linked, id: number, at: Place, depth: number): readonly Spot[] {
    let known = this.ofBindings.get(unit);
    if (!known) {
      known = [];
      this.ofBindings.set(unit, known);
    }
    const key = id * (FAR + 1) + depth;
    // The first place to lead somewhere is where the cell stands; for the others it is there.
    known[key] ??= this.findBinding(unit, id, at, depth);
    return known[key] as readonly Spot[];
  }

  private findBinding(unit: Linked, id: number, at: Place, depth: number): readonly Spot[] {
    const fact = unit.facts.bindings[id];
    if (!fact) return [];
    if (fact.from) return this.locateExport(unit, fact.from.specifier, fact.from.name, at, depth);
    // `let config = require('./config'); … config = req.body` is a variable that begins as what the module gives.
    const required = fact.init && !unit.assigned.has(id) ? this.requires(unit, fact.init) : undefined;
    if (required !== undefined) return this.locateExport(unit, required, '*', at, depth);
    // Another name for something that lives elsewhere: `const rooms = this.rooms`, `const room = rooms.get(id)`.
    const isAlias =
      fact.init &&
      (fact.init.k === 'member' ||
        fact.init.k === 'id' ||
        fact.init.k === 'index' ||
        fact.init.k === 'call' ||
        fact.init.k === 'await');
    if (isAlias && fact.init && fact.kind === 'const') {
      const spots = this.locate(unit, fact.init, at, depth + 1);
      if (spots.length) return spots;
    }
    // `let turn = turns.get(ip)`: what hangs on it is a part of the entry, as long as there is one.
    if (fact.kind === 'let' && fact.fn !== 0 && depth > 0 && (fact.init?.k === 'call' || fact.init?.k === 'index')) {
      const spots = this.locate(unit, fact.init, at, depth + 1).filter(({ deep }) => deep);
      if (spots.length) return spots;
    }
    const cell = this.cells.bindingCell(unit, id);
    return cell ? [{ cell, deep: false, path: [] }] : [];
  }

  /** What stands in an object or is handed out, as often as that is met: tables of tables would be gone through again for each entry. */
  private locatePart(unit: Unit, expr: Expr & { k: 'member' }, at: Place, depth: number): readonly Spot[] {
    let known = this.ofParts.get(expr);
    if (!known) {
      known = [];
      this.ofParts.set(expr, known);
    }
    known[depth] ??= this.locateMember(unit, expr, at, depth);
    return known[depth] as readonly Spot[];
  }

  /** `const db = require('./db')` names a module, as `import * as db` does. */
  private requires(unit: Unit, init: Expr): string | undefined {
    const call = init.k === 'call' ? unit.facts.calls[init.c] : undefined;
    const first = call?.callee.k === 'global' && call.callee.name === 'require' ? call.args[0] : undefined;
    return first?.k === 'lit' && typeof first.v === 'string' ? first.v : undefined;
  }

  private locateExport(unit: Unit, specifier: string, name: string, at: Place, depth: number): readonly Spot[] {
    const target = this.tables.target(unit, specifier);
    const to = target.kind === 'file' ? this.tables.byFile.get(target.file) : undefined;
    return to ? this.locateIn(to, name, at, depth + 1) : [];
  }

  private locateIn(unit: Linked, name: string, at: Place, depth: number): readonly Spot[] {
    if (depth > FAR) return NOWHERE;
    const found: Spot[] = [];
    const isWhole = name === '*' || name === 'default';
    for (const fact of this.tables.exportsNamed(unit, [...new Set([name, '*', ...(isWhole ? ['='] : [])])])) {
      const whole = fact.name === '=';
      if (fact.from)
        found.push(
          ...this.locateExport(unit, fact.from.specifier, fact.name === '*' ? name : fact.from.name, at, depth + 1),
        );
      else if (fact.value?.k === 'object') {
        const cell = this.cells.ofObject(fact.value);
        if (cell) found.push({ cell, deep: false, path: [] });
      } else if (fact.value && (whole || fact.name === name))
        found.push(...this.locate(unit, fact.value, at, depth + 1));
    }
    return found;
  }

  locateMember(
    unit: Unit,
    expr: Expr & { k: 'member' },
    at: Place,
    depth: number,
    isReplaced = false,
  ): readonly Spot[] {
    const found: Spot[] = [];
    for (const { value } of this.values.of(unit, expr.of)) {
      if (value.kind === 'instance') {
        const accessor = this.accessor(value.cls, expr.name);
        if (accessor) return this.throughAccessor(accessor, at, depth);
        const cell = this.cells.fieldCell(value.cls, expr.name, false);
        if (cell) found.push({ cell, deep: false, path: [] });
      } else if (value.kind === 'class') {
        const cell = this.cells.fieldCell(value.cls, expr.name, true);
        if (cell) found.push({ cell, deep: false, path: [] });
      } else if (value.kind === 'function') {
        const cell = this.cells.functionCell(value.fn, expr.name, at);
        if (cell) found.push({ cell, deep: false, path: [] });
      } else if (value.kind === 'module') {
        found.push(...this.locateIn(value.unit as Linked, expr.name, at, depth + 1));
      } else if (value.kind === 'object') {
        const cell = this.cells.ofObject(value.expr);
        const inner = value.expr.props.find(({ name }) => name === expr.name)?.value;
        if (!inner && expr.of.k === 'this' && !this.isGiven(value.unit, value.expr, expr.name)) continue;
        // What the property holds may live elsewhere: `module.exports = { sessions }`. Replacing it leaves that as it is.
        const elsewhere =
          inner && !isReplaced && (inner.k === 'id' || inner.k === 'member')
            ? this.locate(value.unit, inner, at, depth + 1)
            : NOWHERE;
        if (elsewhere.length) found.push(...elsewhere);
        else if (cell) found.push({ cell, deep: true, key: { k: 'lit', v: expr.name }, path: [expr.name] });
      } else if (value.kind === 'external') {
        const cell = this.cells.externalCell(unit, value.api, expr.name, at);
        if (cell) found.push({ cell, deep: false, path: [] });
      }
    }
    if (found.length) return found;
    return within(this.locate(unit, expr.of, at, depth + 1), expr.name);
  }

  /**
   * Whether an object that was not written with a property gets it later. Where nobody gives it one, `this.req` is of what a framework
   * calls the function on: an object made for each request, as actions are.
   */
  private isGiven(unit: Unit, object: Expr & { k: 'object' }, name: string): boolean {
    if (object.props.some((prop) => prop.name === undefined || prop.value.k === 'spread')) return true;
    let names = this.given.get(unit);
    if (!names) {
      names = new Set();
      for (const { op, target } of unit.facts.accesses)
        if (op !== 'read' && target.k === 'member') names.add(target.name);
      this.given.set(unit, names);
    }
    return names.has(name);
  }

  private accessor(cls: Cls, name: string): Fn | undefined {
    let names = this.accessors.get(cls);
    if (!names) {
      names = new Map();
      this.accessors.set(cls, names);
    }
    if (!names.has(name)) names.set(name, this.findAccessor(cls, name));
    return names.get(name);
  }

  private findAccessor(cls: Cls, name: string): Fn | undefined {
    for (const candidate of [cls, ...this.values.bases(cls)]) {
      const member = candidate.fact.members.find((fact) => fact.name === name && fact.kind === 'getter');
      if (member?.fn !== undefined) return this.tables.fn(candidate.unit, member.fn);
    }
    return undefined;
  }

  /** Reading or setting `settings.main` touches what its getter hands out. */
  private throughAccessor(getter: Fn, at: Place, depth: number): readonly Spot[] {
    return getter.fact.returns
      .flatMap(({ value }) => (value ? this.locate(getter.unit, value, at, depth + 1) : []))
      .map((spot) => ({ ...spot, deep: true }));
  }
}

/** A part of what is found there. */
function within(spots: readonly Spot[], step: string, key?: Expr): readonly Spot[] {
  if (spots.length === 0) return NOWHERE;
  const found: Spot[] = [];
  for (const { cell, path } of spots) found.push({ cell, deep: true, ...(key ? { key } : {}), path: [...path, step] });
  return found;
}
