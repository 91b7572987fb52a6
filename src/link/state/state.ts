import type { AccessFact, Expr, FunctionId } from '../../model/facts.js';
import type { Call, Cls, Fn, StateAccess, StateCell, Unit } from '../../model/program.js';
import { serving } from './accesses.js';
import { isLazyPart } from './lazy.js';
import { Cells, type OpenCell } from './cells.js';
import {
  accessOperation,
  clearsMemo,
  isCollection,
  isDeclaredOtherwise,
  knownCollection,
  namedStore,
  operation,
  operationsOf,
} from './collections.js';
import type { Effects } from '../effects/effects.js';
import type { CallGraph } from '../calls/graph.js';
import type { Phases } from '../phases/phases.js';
import { isCountOfEntries, isNumberOfChild, isNumberOfObjects, isNumberWithin, isTurnNumber } from './numbers.js';
import { isRoundRobin } from './rounds.js';
import { within } from './observed.js';
import { partsOf } from './parts.js';
import { isOwnNumbering } from './promises.js';
import { isCopyOfElsewhere, shapeOf } from './shapes.js';
import { Receivers } from './receivers.js';
import { Singletons } from './singletons.js';
import { Sources } from './sources.js';
import { type Spot, Spots } from './spots.js';
import { isEmptyStart, isLoader, isWiring } from './wiring.js';
import type { Place } from '../../model/span.js';
import { add, type Linked, type Tables } from '../tables.js';
import type { Values } from '../values/values.js';

/** Two processes that load the same file have a cell each: a read where nothing writes does not see what another wrote. */
function keepShared(cell: OpenCell, shared: (a: Unit, b: Unit) => boolean): void {
  // What is declared in a file is there in the processes that load it: another may have a variable of its own under the same name.
  if (cell.kind === 'module' || cell.kind === 'closure') {
    cell.reads = cell.reads.filter(({ unit }) => shared(cell.unit, unit));
    cell.writes = cell.writes.filter(({ unit }) => shared(cell.unit, unit));
  }
  const units = new Set([...cell.writes, ...cell.reads].map(({ unit }) => unit));
  if (units.size < 2) return;
  cell.reads = cell.reads.filter((read) => cell.writes.some((write) => shared(write.unit, read.unit)));
  if (cell.reads.length === 0) return;
  cell.writes = cell.writes.filter((write) => cell.reads.some((read) => shared(write.unit, read.unit)));
}

/** Finds what outlives a request in one process, with everything that writes or reads it. */
export class State {
  readonly cells: readonly StateCell[];
  private readonly places: Cells;
  private readonly singletons: Singletons;
  private readonly spots: Spots;
  private readonly sources: Sources;
  private readonly receivers: Receivers;
  private kept?: ReadonlySet<Call>;

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly graph: CallGraph,
    private readonly phases: Phases,
    effects: Effects,
    shared: (a: Unit, b: Unit) => boolean,
  ) {
    const singletons = new Singletons(tables, values, phases);
    this.singletons = singletons;
    this.places = new Cells(tables, values, phases, singletons);
    this.receivers = new Receivers(tables, values, graph, singletons, phases);
    this.spots = new Spots(tables, values, graph, this.places);
    this.sources = new Sources(tables, values, graph, this.places);
    const served = tables.units.filter((unit) => singletons.isServed(unit));
    for (const unit of served) this.gatherAccesses(unit);
    for (const unit of served) for (const call of unit.calls) this.gatherCall(call);
    this.places.settleEnvironment();
    const parts = { values, graph, phases, effects, tables };
    for (const cell of this.places.all())
      cell.writes = cell.writes.filter(
        (write) => !isLazyPart(write, parts) && !isWiring(write, tables) && !isEmptyStart(write),
      );
    for (const cell of this.places.all()) cell.reads = cell.reads.filter((read) => !isOwnPast(read, cell));
    for (const cell of this.places.all()) keepShared(cell, shared);
    const cells = this.places
      .all()
      .filter((cell) => cell.writes.length > 0 && !isLoader(cell, parts))
      .flatMap((cell) => partsOf(cell, (fn) => serving(phases, fn)));
    for (const cell of cells) cell.shape = shapeOf(cell, parts);
    for (const cell of cells) if (cell.shape === 'cache' && isCopyOfElsewhere(cell, parts)) cell.isCopy = true;
    for (const cell of cells)
      if (
        cell.shape === 'counter' &&
        (isOwnNumbering(cell, cells) ||
          isNumberWithin(cell, parts) ||
          isTurnNumber(cell, parts) ||
          isNumberOfObjects(cell, parts) ||
          isNumberOfChild(cell, parts) ||
          isCountOfEntries(cell, cells))
      )
        cell.shape = 'handle';
    for (const cell of cells)
      if ((cell.shape === 'counter' || cell.shape === 'snapshot') && isRoundRobin(cell, parts)) cell.shape = 'handle';
    for (const cell of cells) this.places.settlePlace(cell);
    this.cells = cells.sort((a, b) =>
      a.place.file === b.place.file
        ? a.place.span[0] - b.place.span[0] || a.place.span[1] - b.place.span[1]
        : a.place.file < b.place.file
          ? -1
          : 1,
    );
  }

  /** The calls that make the objects of a class which is kept; none where a container makes them. */
  makers(cls: Cls): readonly Call[] {
    return this.singletons.makers(cls);
  }

  /** What a call makes is there once in a process, or is put where later requests find it. */
  keeps(call: Call): boolean {
    this.kept ??= this.findKept();
    return this.singletons.isMadeOnce(call) || this.kept.has(call);
  }

  private findKept(): ReadonlySet<Call> {
    const found = new Set<Call>();
    for (const { writes } of this.cells)
      for (const { unit, value } of writes)
        for (const one of value ? this.values.of(unit, value) : [])
          if ('call' in one.value && one.value.call) found.add(one.value.call);
    return found;
  }

  private gatherAccesses(unit: Linked): void {
    // What says the same is one object in all functions of a file.
    const targets = new Map<Expr, FunctionId[]>();
    for (const access of unit.facts.accesses) {
      add(targets, access.target, access.fn);
      this.gatherAccess(unit, access);
    }
    // `const { open } = server.app` reads each part; only the whole is an access of its own.
    for (const { init, fn, span, kind } of unit.facts.bindings) {
      if (fn === 0 || kind === 'param' || !init) continue;
      const part = init.k === 'logic' ? init.left : init;
      if (part.k === 'member' && !targets.get(part)?.includes(fn))
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
    // Where a regular expression goes on is no state of the application.
    if (access.target.k === 'member' && access.target.name === 'lastIndex') return;
    const place = { file: unit.file, span: access.span };
    const fn = this.tables.fn(unit, access.fn);
    const spots =
      access.op !== 'read' && access.target.k === 'member'
        ? this.spots.locateMember(unit, access.target, place, 0, true)
        : this.spots.locate(unit, access.target, place);
    for (const spot of spots) {
      if (this.isInitial(spot, access, fn)) {
        if (access.op === 'assign' && !spot.deep && access.value) spot.cell.init ??= access.value;
        continue;
      }
      if (this.isOwnCopy(spot, access, unit) || this.receivers.isOfAnother(access.target, spot.cell, fn)) continue;
      const known = {
        unit,
        fn,
        place,
        op: accessOperation(access, spot.deep),
        path: spot.path,
        fact: access,
        ...(access.value ? { value: access.value } : {}),
        ...(spot.key ? { key: spot.key } : {}),
      };
      const sources = access.op === 'read' ? undefined : this.sources.of(unit, access.target, spot.cell);
      if (!sources) this.record(spot, known);
      // What is written there says nothing about the place that passed the object.
      for (const { call, isOneOfMany } of sources ?? [])
        this.record(spot, {
          unit: call.unit,
          fn: call.fn,
          place: { file: call.unit.file, span: call.fact.span },
          op: known.op,
          path: spot.path,
          fact: call.fact,
          ...(isOneOfMany ? { isOneOfMany } : {}),
        });
    }
  }

  /** A constructor setting up its own object, or a module its own variable, is the beginning and no change. */
  private isInitial(spot: Spot, access: AccessFact, fn: Fn): boolean {
    if (access.op === 'read') return false;
    if (
      (spot.cell.kind === 'field' || spot.cell.kind === 'static') &&
      (fn.fact.kind === 'constructor' || this.isPartOfConstructor(fn) || this.startsWith(spot, access, fn)) &&
      spot.cell.cls &&
      fn.fact.cls !== undefined
    ) {
      const own = this.tables.cls(fn.unit, fn.fact.cls);
      return own === spot.cell.cls || this.values.bases(own).includes(spot.cell.cls);
    }
    return fn.id === 0 && fn.unit === spot.cell.unit;
  }

  /** `async start() { this.seen = new Set(); … }`, where nothing but the start of the process calls it. */
  private startsWith({ cell, deep }: Spot, { op, when, value }: AccessFact, fn: Fn): boolean {
    return (
      op === 'assign' &&
      !deep &&
      when.length === 0 &&
      (!cell.init || cell.init === value) &&
      this.phases.isOnlyStart(fn)
    );
  }

  /** A method that nobody but its own class's constructor calls. */
  private isPartOfConstructor(fn: Fn): boolean {
    const { unit, fact } = fn;
    if (fact.kind !== 'method' || fact.cls === undefined || fact.static) return false;
    const callers = this.graph.callersOf.get(fn) ?? [];
    return (
      callers.length > 0 &&
      callers.every(
        (call) => call.unit === unit && call.fn.fact.kind === 'constructor' && call.fn.fact.cls === fact.cls,
      )
    );
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
      const spots = this.spots
        .locate(call.unit, callee.of, place)
        .filter(({ cell }) => !this.receivers.isOfAnother(callee.of, cell, call.fn));
      // A method of the project's own class changes its fields by itself; those are seen there.
      const known = spots.length > 0 ? knownCollection(this.values, call.unit, callee.of) : undefined;
      const isMethod = this.graph.callees(call).length > 0;
      const own = isMethod || !(this.isCollection(call, callee.of) || spots.some((spot) => this.keepsCollection(spot)));
      for (const spot of spots) {
        const operations = known
          ? operationsOf(known, callee.name)
          : [own ? 'read' : operation(callee.name, args.length)];
        // What a method of the object looks at is seen in the method: to call it is to read the method alone.
        const at = isMethod && !known ? { ...spot, path: [...spot.path, callee.name] } : spot;
        for (const op of operations) this.recordCall(at, op, call);
        // `if (!codes.delete(code)) …` asks whether it was there.
        if (
          operations.includes('remove') &&
          !known &&
          callee.name === 'delete' &&
          /^(?:used|stored)$/.test(call.fact.use)
        )
          this.recordCall(spot, 'lookup', call);
      }
    }
    this.gatherMemo(call, place);
    this.gatherNamed(call, place);
    const first = args[0];
    if (first && this.changesItsArgument(call)) {
      for (const spot of this.spots.locate(call.unit, first, place))
        this.record(spot, { ...shared, op: 'update', path: spot.path, ...(args[1] ? { value: args[1] } : {}) });
    }
  }

  private recordCall(spot: Spot, op: StateAccess['op'], call: Call): void {
    const { args } = call.fact;
    if (op !== 'read' && op !== 'lookup' && call.fn.id === 0 && call.unit === spot.cell.unit) return;
    const isPut = op === 'insert' || op === 'assign';
    const value = isPut
      ? args[args.length > 1 && knownCollection(this.values, call.unit, receiverOf(call)) ? 1 : args.length - 1]
      : undefined;
    const key = args.length > 0 && (isPut ? args.length > 1 : true) ? args[0] : spot.key;
    this.record(spot, {
      unit: call.unit,
      fn: call.fn,
      place: { file: call.unit.file, span: call.fact.span },
      fact: call.fact,
      op,
      path: spot.path,
      ...(value ? { value } : {}),
      ...(key ? { key } : {}),
    });
  }

  /** Calling a memoised function looks up what it gave before and keeps what it gives now. */
  private gatherMemo(call: Call, place: Place): void {
    const { callee, args } = call.fact;
    if (callee.k !== 'id' && callee.k !== 'member') return;
    const first = args[0];
    const apis = this.values.calleeApis(call);
    if (first && apis.some(clearsMemo))
      for (const spot of this.spots.locate(call.unit, first, place)) this.recordCall(spot, 'clear', call);
    if (!knownCollection(this.values, call.unit, callee)?.fill?.includes('()')) return;
    for (const spot of this.spots.locate(call.unit, callee, place))
      for (const op of ['lookup', 'insert'] as const) this.recordCall({ ...spot, deep: true }, op, call);
  }

  private gatherNamed(call: Call, place: Place): void {
    if (call.fact.callee.k !== 'member' || call.fact.args[0]?.k !== 'lit') return;
    const named = namedStore(this.values.calleeApis(call), call.fact.args);
    if (!named) return;
    const cell = this.places.namedCell(call.unit, named.label, place);
    if (cell) this.recordCall({ cell, deep: false, path: [] }, named.op, call);
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
    if (isDeclaredOtherwise(this.values, call.unit, receiver)) return false;
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

function receiverOf({ fact: { callee } }: Call): Expr {
  return callee.k === 'member' ? callee.of : callee;
}

/** `list = list.filter(…)` looks at the old value to make the new one: nobody gets to see it. */
function isOwnPast({ fn, place: { span } }: StateAccess, { writes }: OpenCell): boolean {
  return writes.some(
    (write) =>
      write.fn === fn &&
      write.op === 'assign' &&
      write.value?.k !== 'await' &&
      span !== write.place.span &&
      within(span, write.place.span),
  );
}
