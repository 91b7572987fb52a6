import { decorators } from '../knowledge/decorators.js';
import type { AccessFact, Expr } from '../model/facts.js';
import type { Call, Cls, Fn, StateAccess, StateCell, StateKind, Unit, Value } from '../model/program.js';
import type { Place } from '../model/span.js';
import { ApiTable } from '../knowledge/api-table.js';
import type { Effects } from './effects.js';
import type { CallGraph } from './graph.js';
import type { Phases } from './phases.js';
import { isLazyPart, shapeOf } from './shapes.js';
import type { Linked, Tables } from './tables.js';
import type { Values } from './values.js';

type OpenCell = { -readonly [K in keyof StateCell]: StateCell[K] } & {
  writes: StateAccess[];
  reads: StateAccess[];
  declaredIn?: number;
};

/** A name that was hung on a framework's object for all to use. */
interface Hung {
  readonly unit: Unit;
  readonly name: string;
  readonly label: string;
  readonly value?: Expr;
  readonly place: Place;
}

/** Where an expression leads: a cell, and whether it means something inside of it. */
interface Spot {
  readonly cell: OpenCell;
  readonly deep: boolean;
  readonly key?: Expr;
}

const INSERT = /^(?:set|add|push|unshift|append|put|enqueue|setex|mset|insert|prepend|upsert|setItem)$/;
const REMOVE = /^(?:delete|remove|pop|shift|splice|del|unset|evict|invalidate|dequeue|removeItem)$/;
const CLEAR = /^(?:clear|flush|flushAll|reset|empty|removeAll)$/;
const REORDER = /^(?:sort|reverse|fill|copyWithin)$/;
const LOOKUP = /^(?:get|has|find|findIndex|includes|indexOf|at|peek|some|getItem|filter|findLast)$/;
const STEP_IN = /^(?:get|at|find|peek|getItem|values|entries|filter|slice|pop|shift|findLast)$/;
const FAR = 8;

/** Finds what outlives a request in one process, with everything that writes or reads it. */
export class State {
  readonly cells: readonly StateCell[];
  private readonly byKey = new Map<string, OpenCell>();
  /** Each with the place that makes it one: its decorator, or where the one object is made. */
  private readonly singletons = new Map<Cls, Place>();
  private readonly owners = new Map<Expr, OpenCell>();
  /** By the API path that it is read by. */
  private readonly hung = new Map<string, Hung>();

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly graph: CallGraph,
    private readonly phases: Phases,
    effects: Effects,
  ) {
    this.findSingletons();
    for (const unit of tables.units) this.ownObjects(unit);
    const served = tables.units.filter((unit) => this.isServed(unit));
    for (const unit of served) this.findHung(unit);
    for (const unit of served) this.gatherAccesses(unit);
    for (const unit of served) for (const call of unit.calls) this.gatherCall(call);
    const parts = { values, graph, phases, effects, tables };
    for (const cell of this.byKey.values()) cell.writes = cell.writes.filter((write) => !isLazyPart(write, parts));
    const cells = [...this.byKey.values()].filter((cell) => cell.writes.length > 0);
    for (const cell of cells) cell.shape = shapeOf(cell, parts);
    for (const cell of cells) this.settlePlace(cell);
    this.cells = cells.sort((a, b) =>
      a.place.file === b.place.file
        ? a.place.span[0] - b.place.span[0] || a.place.span[1] - b.place.span[1]
        : a.place.file < b.place.file
          ? -1
          : 1,
    );
  }

  private isServed(unit: Unit): boolean {
    return unit.roles.has('server') || unit.roles.has('worker');
  }

  // Singletons: classes of which a process has one object (or one for each use at boot), so that a field is shared by requests.

  private findSingletons(): void {
    const decorated = new ApiTable(
      decorators
        .filter(({ on, singleton }) => on === 'class' && singleton)
        .map((entry) => ({ patterns: [entry.api], entry })),
    );
    for (const unit of this.tables.units) {
      for (const cls of unit.classes) {
        for (const id of cls.fact.decorators ?? []) {
          const call = this.tables.call(unit, id);
          const isSingleton = this.values.calleeApis(call).some((api) => decorated.first(api));
          if (isSingleton && !this.isScoped(call)) this.singletons.set(cls, { file: unit.file, span: call.fact.span });
        }
      }
    }
    const fieldCalls = new Map<Call, Cls>();
    for (const unit of this.tables.units) {
      for (const cls of unit.classes) {
        for (const member of cls.fact.members) {
          if (member.value && !member.static)
            forEachCall(member.value, (id) => fieldCalls.set(this.tables.call(unit, id), cls));
        }
      }
    }
    const calls = this.tables.served.flatMap((unit) => unit.calls);
    for (let round = 0; round < 4; round++) {
      const before = this.singletons.size;
      for (const call of calls) {
        if (!call.fact.new && call.fact.callee.k !== 'super') continue;
        const owner = fieldCalls.get(call);
        if (owner ? !this.singletons.has(owner) : !this.runsOnce(call)) continue;
        for (const { value } of this.values.of(call.unit, call.fact.callee))
          if (value.kind === 'class') this.addSingleton(value.cls, call);
      }
      if (this.singletons.size === before) break;
    }
  }

  private addSingleton(cls: Cls, call: Call): void {
    const place = { file: call.unit.file, span: call.fact.span };
    for (const one of [cls, ...this.values.bases(cls)]) if (!this.singletons.has(one)) this.singletons.set(one, place);
  }

  private holder(cls: Cls): Place | undefined {
    const sub = this.values.subclassesOf(cls).find((candidate) => this.singletons.has(candidate));
    return this.singletons.get(cls) ?? (sub && this.singletons.get(sub));
  }

  /** `@Injectable({ scope: Scope.REQUEST })`. */
  private isScoped(call: Call): boolean {
    return call.fact.args.some(
      (arg) =>
        arg.k === 'object' &&
        arg.props.some(
          ({ name, value }) =>
            name === 'scope' &&
            value.k === 'member' &&
            value.name !== 'DEFAULT' &&
            value.name !== 'Singleton' &&
            value.name !== 'SINGLETON',
        ),
    );
  }

  /** The object made here is made once in a process: while it starts, or by a singleton, or kept where there is one place for it. */
  private runsOnce(call: Call): boolean {
    const { fn, unit } = call;
    if (!this.isServed(unit)) return false;
    if (fn.id === 0) return true;
    if (
      fn.fact.kind === 'constructor' &&
      fn.fact.cls !== undefined &&
      this.singletons.has(this.tables.cls(unit, fn.fact.cls))
    )
      return true;
    if (this.runsAtBootOnly(fn)) return true;
    return this.tables
      .linked(unit)
      .facts.accesses.some(
        (access) =>
          access.op === 'assign' &&
          access.fn === fn.id &&
          holdsCall(access.value, call.id) &&
          this.isOnePlace(unit, access.target),
      );
  }

  private isOnePlace(unit: Unit, target: Expr): boolean {
    if (target.k === 'id') return unit.facts.bindings[target.b]?.fn === 0;
    if (target.k !== 'member') return false;
    return this.values
      .of(unit, target.of)
      .some(
        ({ value }) =>
          value.kind === 'class' ||
          (value.kind === 'instance' && this.singletons.has(value.cls)) ||
          (value.kind === 'external' && value.api === 'global:'),
      );
  }

  /** Its variables live as long as the process, and are there once. */
  private runsAtBootOnly(fn: Fn): boolean {
    if (fn.id === 0) return true;
    const phases = this.phases.of(fn).filter((phase) => phase !== 'test' && phase !== 'script');
    return phases.length > 0 && phases.every((phase) => phase === 'boot');
  }

  isSingleton(cls: Cls): boolean {
    return this.singletons.has(cls) || this.values.subclassesOf(cls).some((sub) => this.singletons.has(sub));
  }

  // Cells

  private cell(key: string, make: () => Omit<OpenCell, 'writes' | 'reads' | 'shape'>): OpenCell {
    let cell = this.byKey.get(key);
    if (!cell) {
      cell = { ...make(), writes: [], reads: [], shape: 'value' };
      this.byKey.set(key, cell);
    }
    return cell;
  }

  private bindingCell(unit: Linked, id: number): OpenCell | undefined {
    const fact = unit.facts.bindings[id];
    if (
      !fact ||
      fact.kind === 'import' ||
      fact.kind === 'param' ||
      fact.kind === 'function' ||
      fact.kind === 'class' ||
      fact.kind === 'enum' ||
      fact.kind === 'catch'
    )
      return undefined;
    if (!this.isServed(unit)) return undefined;
    // `const axios = require('axios')` names a package, as an import does.
    if (
      fact.init &&
      this.values
        .of(unit, fact.init)
        .some(({ value }) => value.kind === 'external' && value.api.endsWith(':') && value.api !== 'global:')
    )
      return undefined;
    const kind: StateKind = fact.fn === 0 ? 'module' : 'closure';
    if (kind === 'closure' && !this.runsAtBootOnly(this.tables.fn(unit, fact.fn))) return undefined;
    return this.cell(`b ${unit.file} ${id}`, () => ({
      kind,
      name: fact.name,
      unit,
      place: { file: unit.file, span: fact.span },
      declaredIn: fact.fn,
      ...(fact.init ? { init: fact.init } : {}),
    }));
  }

  private fieldCell(cls: Cls, name: string, isStatic: boolean, access: Place): OpenCell | undefined {
    const owner =
      [cls, ...this.values.bases(cls)].find((candidate) =>
        candidate.fact.members.some((member) => member.name === name && Boolean(member.static) === isStatic),
      ) ?? cls;
    const member = owner.fact.members.find(
      (candidate) => candidate.name === name && Boolean(candidate.static) === isStatic,
    );
    if (member && member.kind !== 'field') return undefined;
    if (!this.isServed(owner.unit)) return undefined;
    if (!isStatic && !this.isSingleton(cls) && !this.isSingleton(owner)) return undefined;
    const unit = owner.unit as Linked;
    const first = unit.fields.get(`${owner.id}.${name}`)?.[0];
    // A name the class itself never mentions belongs to something that was only taken for its object.
    if (!member && !first) return undefined;
    const place = member
      ? { file: unit.file, span: member.span }
      : first
        ? { file: unit.file, span: first.span }
        : access;
    const init = member?.value ?? first?.value;
    const holder = isStatic ? undefined : this.holder(owner);
    return this.cell(`f ${unit.file} ${owner.id} ${isStatic} ${name}`, () => ({
      kind: isStatic ? 'static' : 'field',
      name: `${owner.fact.name || 'class'}.${name}`,
      unit,
      place,
      cls: owner,
      ...(init ? { init } : {}),
      ...(holder ? { holder } : {}),
    }));
  }

  /** Objects that a module keeps under a name or exports whole: what is changed in them is changed in that one place. */
  private ownObjects(unit: Linked): void {
    if (!this.isServed(unit)) return;
    unit.facts.bindings.forEach((fact, id) => {
      if (fact.fn !== 0 || fact.init?.k !== 'object') return;
      const cell = this.bindingCell(unit, id);
      if (cell) this.owners.set(fact.init, cell);
    });
    for (const fact of unit.facts.exports) {
      if ((fact.name !== '=' && fact.name !== 'default') || fact.value?.k !== 'object') continue;
      const init = fact.value;
      this.owners.set(
        init,
        this.cell(`x ${unit.file}`, () => ({
          kind: 'module',
          name: 'module.exports',
          unit,
          place: { file: unit.file, span: fact.span },
          init,
        })),
      );
    }
  }

  private locate(unit: Unit, expr: Expr, at: Place, depth = 0): Spot[] {
    if (depth > FAR) return [];
    switch (expr.k) {
      case 'id':
        return this.locateBinding(unit as Linked, expr.b, at, depth);
      case 'member':
        return this.locateMember(unit, expr, at, depth);
      case 'index':
        return this.locate(unit, expr.of, at, depth + 1).map((spot) => ({
          cell: spot.cell,
          deep: true,
          key: expr.key,
        }));
      case 'await':
      case 'spread':
        return this.locate(unit, expr.of, at, depth + 1);
      case 'logic':
        return [...this.locate(unit, expr.left, at, depth + 1), ...this.locate(unit, expr.right, at, depth + 1)];
      case 'call': {
        const call = this.tables.call(unit, expr.c);
        const { callee, args } = call.fact;
        const callees = this.graph.callees(call);
        if (callee.k === 'member' && callees.length === 0 && STEP_IN.test(callee.name)) {
          const spots = this.locate(unit, callee.of, at, depth + 1);
          if (spots.length)
            return spots.map(({ cell }) => ({ cell, deep: true, ...(args[0] ? { key: args[0] } : {}) }));
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
        return [];
    }
  }

  private locateBinding(unit: Linked, id: number, at: Place, depth: number): Spot[] {
    const fact = unit.facts.bindings[id];
    if (!fact) return [];
    if (fact.from) return this.locateExport(unit, fact.from.specifier, fact.from.name, at, depth);
    const required = fact.init && this.requires(unit, fact.init);
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
    const cell = this.bindingCell(unit, id);
    return cell ? [{ cell, deep: false }] : [];
  }

  /** `const db = require('./db')` names a module, as `import * as db` does. */
  private requires(unit: Unit, init: Expr): string | undefined {
    const call = init.k === 'call' ? unit.facts.calls[init.c] : undefined;
    const first = call?.callee.k === 'global' && call.callee.name === 'require' ? call.args[0] : undefined;
    return first?.k === 'lit' && typeof first.v === 'string' ? first.v : undefined;
  }

  private locateExport(unit: Unit, specifier: string, name: string, at: Place, depth: number): Spot[] {
    const target = this.tables.target(unit, specifier);
    const to = target.kind === 'file' ? this.tables.byFile.get(target.file) : undefined;
    return to ? this.locateIn(to, name, at, depth + 1) : [];
  }

  private locateIn(unit: Linked, name: string, at: Place, depth: number): Spot[] {
    if (depth > FAR) return [];
    const found: Spot[] = [];
    for (const fact of unit.facts.exports) {
      const whole = fact.name === '=' && (name === '*' || name === 'default');
      if (fact.name !== name && !whole && fact.name !== '*') continue;
      if (fact.from)
        found.push(
          ...this.locateExport(unit, fact.from.specifier, fact.name === '*' ? name : fact.from.name, at, depth + 1),
        );
      else if (fact.value?.k === 'object') {
        const cell = this.owners.get(fact.value);
        if (cell) found.push({ cell, deep: false });
      } else if (fact.value && (whole || fact.name === name))
        found.push(...this.locate(unit, fact.value, at, depth + 1));
    }
    return found;
  }

  private locateMember(unit: Unit, expr: Expr & { k: 'member' }, at: Place, depth: number, isReplaced = false): Spot[] {
    const found: Spot[] = [];
    for (const { value } of this.values.of(unit, expr.of)) {
      if (value.kind === 'instance') {
        const accessor = this.accessor(value.cls, expr.name);
        if (accessor) return this.throughAccessor(accessor, at, depth);
        const cell = this.fieldCell(value.cls, expr.name, false, at);
        if (cell) found.push({ cell, deep: false });
      } else if (value.kind === 'class') {
        const cell = this.fieldCell(value.cls, expr.name, true, at);
        if (cell) found.push({ cell, deep: false });
      } else if (value.kind === 'module') {
        found.push(...this.locateIn(value.unit as Linked, expr.name, at, depth + 1));
      } else if (value.kind === 'object') {
        const cell = this.owners.get(value.expr);
        const inner = value.expr.props.find(({ name }) => name === expr.name)?.value;
        // What the property holds may live elsewhere: `module.exports = { sessions }`. Replacing it leaves that as it is.
        const elsewhere =
          inner && !isReplaced && (inner.k === 'id' || inner.k === 'member')
            ? this.locate(value.unit, inner, at, depth + 1)
            : [];
        if (elsewhere.length) found.push(...elsewhere);
        else if (cell) found.push({ cell, deep: true, key: { k: 'lit', v: expr.name } });
      } else if (value.kind === 'external') {
        const cell = this.externalCell(unit, value.api, expr.name, at);
        if (cell) found.push({ cell, deep: false });
      }
    }
    if (found.length) return found;
    return this.locate(unit, expr.of, at, depth + 1).map(({ cell }) => ({ cell, deep: true }));
  }

  private accessor(cls: Cls, name: string): Fn | undefined {
    for (const candidate of [cls, ...this.values.bases(cls)]) {
      const member = candidate.fact.members.find((fact) => fact.name === name && fact.kind === 'getter');
      if (member?.fn !== undefined) return this.tables.fn(candidate.unit, member.fn);
    }
    return undefined;
  }

  /** Reading or setting `settings.main` touches what its getter hands out. */
  private throughAccessor(getter: Fn, at: Place, depth: number): Spot[] {
    return getter.fact.returns
      .flatMap(({ value }) => (value ? this.locate(getter.unit, value, at, depth + 1) : []))
      .map((spot) => ({ ...spot, deep: true }));
  }

  /** `app.context.x = …` is read as `ctx.x`, and `app.decorate('x', …)` as `app.x`. */
  private findHung(unit: Linked): void {
    const apis = (expr: Expr) =>
      this.values.of(unit, expr).flatMap(({ value }) => (value.kind === 'external' ? [value.api] : []));
    for (const { op, target, value, span } of unit.facts.accesses) {
      if (op !== 'assign' || target.k !== 'member' || !apis(target.of).includes('koa:().context')) continue;
      const place = { file: unit.file, span };
      this.hung.set(`koa:().use/0.0.${target.name}`, {
        unit,
        name: target.name,
        label: `app.context.${target.name}`,
        place,
        ...(value ? { value } : {}),
      });
    }
    for (const call of unit.calls) {
      const [name, value] = call.fact.args;
      if (
        name?.k !== 'lit' ||
        !value ||
        value.k === 'fn' ||
        !this.values.calleeApis(call).includes('fastify:().decorate')
      )
        continue;
      this.hung.set(`fastify:().${name.v}`, {
        unit,
        name: String(name.v),
        label: `app.${name.v}`,
        value,
        place: { file: unit.file, span: call.fact.span },
      });
    }
  }

  /** What hangs on the process or the framework's application object. */
  private externalCell(unit: Unit, api: string, name: string, at: Place): OpenCell | undefined {
    if (!this.isServed(unit)) return undefined;
    const make = (kind: StateKind, label: string) =>
      this.cell(`${kind} ${name}`, () => ({ kind, name: label, unit, place: at }));
    if (api === 'global:' || api === 'global:global') return make('global', `globalThis.${name}`);
    if (api === 'global:process.env' || api === 'process:env') return make('environment', `process.env.${name}`);
    if (/^(?:express:\(\)|express:\(\)\.get\/1\.0\.app)\.locals$/.test(api))
      return make('app-locals', `app.locals.${name}`);
    if (/^koa:\(\)\.context$/.test(api)) return make('app-locals', `app.context.${name}`);
    const hung = this.hung.get(`${api}.${name}`);
    if (hung)
      return this.cell(`app-locals ${name}`, () => ({
        kind: 'app-locals',
        name: hung.label,
        unit: hung.unit,
        place: hung.place,
        ...(hung.value ? { init: hung.value } : {}),
      }));
    if (/^@hapi\/hapi:Server\(\)\.app$/.test(api)) return make('app-locals', `server.app.${name}`);
    return undefined;
  }

  /** What is made by being written (`app.locals.x`, `process.env.X`) stands where it is first written while serving. */
  private settlePlace(cell: OpenCell): void {
    if (cell.kind !== 'global' && cell.kind !== 'app-locals' && cell.kind !== 'environment') return;
    const write =
      cell.writes.find(({ fn }) => this.phases.has(fn, 'request') || this.phases.has(fn, 'socket')) ?? cell.writes[0];
    if (!write) return;
    cell.place = write.place;
    if (cell.unit === write.unit) return;
    cell.unit = write.unit;
    delete cell.init;
  }

  // Accesses

  private gatherAccesses(unit: Linked): void {
    const targets = new Set<Expr>();
    for (const access of unit.facts.accesses) {
      targets.add(access.target);
      this.gatherAccess(unit, access);
    }
    // `const { open } = server.app` reads each part; only the whole is an access of its own.
    for (const { init, fn, span, kind } of unit.facts.bindings) {
      if (fn === 0 || kind === 'param' || !init) continue;
      const part = init.k === 'logic' ? init.left : init;
      if (part.k === 'member' && !targets.has(part))
        this.gatherAccess(unit, { op: 'read', target: part, fn, when: [], span });
    }
  }

  private record(spot: Spot, access: StateAccess): void {
    const { cell } = spot;
    if (cell.kind === 'closure' && !this.outlives(cell, access.fn)) return;
    if (access.op === 'read' || access.op === 'lookup') cell.reads.push(access);
    else cell.writes.push(access);
  }

  /**
   * A variable of a function that runs once lives on only through functions that are kept: registered, returned or put into an
   * object. A callback handed to a call is part of the function's own turn.
   */
  private outlives(cell: OpenCell, fn: Fn): boolean {
    const declaring = cell.declaredIn;
    for (let at: Fn | undefined = fn; at && at.id !== 0 && at.id !== declaring; at = this.tables.parent(at)) {
      if (!this.phases.runsInTurn(at)) return true;
    }
    return false;
  }

  private gatherAccess(unit: Linked, access: AccessFact): void {
    const place = { file: unit.file, span: access.span };
    const fn = this.tables.fn(unit, access.fn);
    const spots =
      access.op !== 'read' && access.target.k === 'member'
        ? this.locateMember(unit, access.target, place, 0, true)
        : this.locate(unit, access.target, place);
    for (const spot of spots) {
      if (this.isInitial(spot, access, fn)) {
        if (access.op === 'assign' && !spot.deep && access.value) spot.cell.init ??= access.value;
        continue;
      }
      if (this.isOwnCopy(spot, access, unit)) continue;
      this.record(spot, {
        unit,
        fn,
        place,
        op: accessOperation(access, spot.deep),
        fact: access,
        ...(access.value ? { value: access.value } : {}),
        ...(spot.key ? { key: spot.key } : {}),
      });
    }
  }

  /** A constructor setting up its own object, or a module its own variable, is the beginning and no change. */
  private isInitial(spot: Spot, access: AccessFact, fn: Fn): boolean {
    if (access.op === 'read') return false;
    if (
      (spot.cell.kind === 'field' || spot.cell.kind === 'static') &&
      fn.fact.kind === 'constructor' &&
      spot.cell.cls &&
      fn.fact.cls !== undefined
    ) {
      const own = this.tables.cls(fn.unit, fn.fact.cls);
      return own === spot.cell.cls || this.values.bases(own).includes(spot.cell.cls);
    }
    return fn.id === 0 && fn.unit === spot.cell.unit;
  }

  /** Set on one request's context, a name hides what the application hung there and goes with the request. */
  private isOwnCopy(spot: Spot, { op, target }: AccessFact, unit: Unit): boolean {
    if (op === 'read' || spot.deep || spot.cell.kind !== 'app-locals' || target.k !== 'member') return false;
    return this.values
      .of(unit, target.of)
      .some(({ value }) => value.kind === 'external' && value.api === 'koa:().use/0.0');
  }

  private gatherCall(call: Call): void {
    const { callee, args } = call.fact;
    if (call.fact.decorates) return;
    const place = { file: call.unit.file, span: call.fact.span };
    const shared = { unit: call.unit, fn: call.fn, place, fact: call.fact };
    if (callee.k === 'member') {
      const spots = this.locate(call.unit, callee.of, place);
      // A method of the project's own class changes its fields by itself; those are seen there.
      const own =
        this.graph.callees(call).length > 0 ||
        !(this.isCollection(call, callee.of) || spots.some((spot) => this.keepsCollection(spot)));
      for (const spot of spots) {
        const op = own ? 'read' : operation(callee.name);
        if (op !== 'read' && op !== 'lookup' && call.fn.id === 0 && call.unit === spot.cell.unit) continue;
        const value = op === 'insert' ? args[args.length - 1] : undefined;
        const key = args.length > 0 && (op === 'insert' ? args.length > 1 : true) ? args[0] : spot.key;
        this.record(spot, { ...shared, op, ...(value ? { value } : {}), ...(key ? { key } : {}) });
      }
    }
    const first = args[0];
    if (first && this.changesItsArgument(call)) {
      for (const spot of this.locate(call.unit, first, place))
        this.record(spot, { ...shared, op: 'update', ...(args[1] ? { value: args[1] } : {}) });
    }
  }

  /** What hangs on a foreign object is known by what was hung there. */
  private keepsCollection({ cell, deep }: Spot): boolean {
    if (deep || (cell.kind !== 'app-locals' && cell.kind !== 'global')) return false;
    const assigned = cell.writes.flatMap(({ op, unit, value }) => (op === 'assign' && value ? [{ unit, value }] : []));
    if (cell.init) assigned.push({ unit: cell.unit, value: cell.init });
    return assigned.some(({ unit, value }) => this.values.of(unit, value).some((known) => isCollection(known.value)));
  }

  /** `set` or `delete` of a repository, a client or an object of the project's is its own affair; that of a Map or array is a change. */
  private isCollection(call: Call, receiver: Expr): boolean {
    const values = this.values.of(call.unit, receiver).map(({ value }) => value);
    if (values.some(isCollection)) return true;
    // Of a receiver that could not be resolved only a change whose outcome nobody waits for is one: `await model.add(…)` is a model's.
    if (call.fact.use !== 'dropped') return false;
    return !values.some(
      (value) =>
        value.kind === 'instance' ||
        value.kind === 'class' ||
        value.kind === 'function' ||
        (value.kind === 'external' && !value.api.startsWith('unknown:')),
    );
  }

  private changesItsArgument(call: Call): boolean {
    return this.values
      .calleeApis(call)
      .some((api) =>
        /^(?:global:Object\.assign|lodash:(?:merge|set|assign|unset|remove|pull|extend|defaults)|lodash\/(?:merge|set|assign):|global:Reflect\.set)$/.test(
          api,
        ),
      );
  }
}

function isCollection(value: Value): boolean {
  if (value.kind === 'array' || value.kind === 'object') return true;
  return (
    value.kind === 'external' &&
    /^global:(?:(?:Map|Set|Array|Object|WeakMap|WeakSet|URLSearchParams)(?:\(\)|\.from\(\)|\.create\(\))|Map\(\)\.get\(\))$/.test(
      value.api,
    )
  );
}

/** `x = …` replaces the whole, `x[k] = …` puts an entry in, `x.y = …` changes a part of what is there. */
function accessOperation(access: AccessFact, deep: boolean): StateAccess['op'] {
  if (access.op === 'read') return deep ? 'lookup' : 'read';
  if (access.op === 'delete') return 'remove';
  if (access.op === 'update') return 'update';
  if (!deep) return 'assign';
  return access.target.k === 'index' ? 'insert' : 'update';
}

function operation(method: string): StateAccess['op'] {
  if (INSERT.test(method)) return 'insert';
  if (REMOVE.test(method)) return 'remove';
  if (CLEAR.test(method)) return 'clear';
  if (REORDER.test(method)) return 'update';
  return LOOKUP.test(method) ? 'lookup' : 'read';
}

function holdsCall(expr: Expr | undefined, id: number): boolean {
  let found = false;
  if (expr) forEachCall(expr, (call) => (found ||= call === id));
  return found;
}

/** Every call that stands in an expression itself (not inside the functions in it). */
export function forEachCall(expr: Expr, visit: (id: number) => void): void {
  switch (expr.k) {
    case 'call':
      return visit(expr.c);
    case 'member':
    case 'await':
    case 'spread':
    case 'unary':
      return forEachCall(expr.of, visit);
    case 'index':
      forEachCall(expr.of, visit);
      return forEachCall(expr.key, visit);
    case 'object':
      for (const prop of expr.props) forEachCall(prop.value, visit);
      return;
    case 'array':
      for (const item of expr.items) forEachCall(item, visit);
      return;
    case 'text':
    case 'other':
      for (const part of expr.parts) forEachCall(part, visit);
      return;
    case 'choose':
      for (const part of [expr.test, expr.yes, expr.no]) forEachCall(part, visit);
      return;
    case 'logic':
    case 'binary':
      forEachCall(expr.left, visit);
      forEachCall(expr.right, visit);
      return;
    default:
  }
}
