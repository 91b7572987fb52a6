import { ApiTable } from '../../knowledge/api-table.js';
import { decorators } from '../../knowledge/decorators.js';
import { rowDecorators } from '../../knowledge/models.js';
import type { AccessFact, Expr } from '../../model/facts.js';
import type { Call, Cls, Phase, Unit } from '../../model/program.js';
import type { Place } from '../../model/span.js';
import { forEachCall } from './expressions.js';
import type { Phases } from '../phases/phases.js';
import { add, type Tables, text } from '../tables.js';
import type { Values } from '../values/values.js';

const PER_USE: ReadonlySet<Phase> = new Set<Phase>(['request', 'socket', 'job', 'consumer']);

/** `moduleRef.get(Users)`, `container.resolve(Users)`. */
const ASKS_CONTAINER = /^(?:get|resolve|create|make)\w*$/;

const ERROR = /^global:\w*Error$/;

const ROWS = new ApiTable(rowDecorators.map((entry) => ({ patterns: [entry.api], entry })));

/** Classes of which a process has one object (or one for each use at boot), so that a field is shared by requests. */
export class Singletons {
  /** Each with the place that makes it one: its decorator, or where the one object is made. */
  private readonly singletons = new Map<Cls, Place>();
  private readonly made = new Map<Cls, Set<Call>>();
  /** Classes of which requests make objects of their own, and what these extend. */
  private readonly perUse = new Set<Cls>();
  /** Those that are made as they are, and not only by way of a class that extends them. */
  private readonly asTheyAre = new Set<Cls>();
  /** Calls in the initial values of fields: they are made as often as the objects are. */
  private readonly fieldCalls = new Map<Call, Cls>();
  private readonly assigned = new Map<Unit, ReadonlyMap<number, readonly AccessFact[]>>();

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly phases: Phases,
  ) {
    this.findSingletons();
  }

  isServed(unit: Unit): boolean {
    return unit.roles.has('server') || unit.roles.has('worker');
  }

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
          if (!isSingleton || this.isScoped(call)) continue;
          this.asTheyAre.add(cls);
          this.singletons.set(cls, { file: unit.file, span: call.fact.span });
        }
      }
    }
    const byItself = new Set<Cls>();
    for (const unit of this.tables.served) {
      for (const cls of unit.classes) {
        const place = this.keptByItself(cls);
        if (!place) continue;
        byItself.add(cls);
        this.addSingleton(cls, place);
      }
    }
    for (const { cls, lifetime, place } of this.values.registry.registered)
      if (lifetime === 'singleton') this.addSingleton(cls, place);
    const { fieldCalls } = this;
    for (const unit of this.tables.units) {
      for (const cls of unit.classes) {
        for (const member of cls.fact.members) {
          if (member.value && !member.static)
            forEachCall(member.value, (id) => fieldCalls.set(this.tables.call(unit, id), cls));
        }
      }
    }
    const calls = this.tables.served.flatMap((unit) => unit.calls);
    const perUse = this.madePerUse(calls, fieldCalls, byItself);
    // What they inherit is theirs as well.
    for (const cls of perUse) for (const one of [cls, ...this.values.bases(cls)]) this.perUse.add(one);
    this.dropUnused(perUse);
    for (let round = 0; round < 4; round++) {
      const before = this.singletons.size;
      for (const call of calls) {
        if (!call.fact.new) continue;
        const owner = fieldCalls.get(call);
        if (owner ? !this.singletons.has(owner) : !this.runsOnce(call)) continue;
        for (const { value } of this.values.of(call.unit, call.fact.callee))
          if (value.kind === 'class' && !perUse.has(value.cls) && !this.isError(value.cls) && !this.isRow(value.cls)) {
            this.addSingleton(value.cls, { file: call.unit.file, span: call.fact.span }, this.perUse);
            this.noteMaker(value.cls, call);
          }
      }
      if (this.singletons.size === before) break;
    }
  }

  /**
   * Classes of which requests make objects of their own. One that is made at the start as well says nothing of whose field it is
   * that a method writes.
   */
  private madePerUse(
    calls: readonly Call[],
    fieldCalls: ReadonlyMap<Call, Cls>,
    byItself: ReadonlySet<Cls>,
  ): ReadonlySet<Cls> {
    const found = new Set<Cls>();
    const made: (readonly [Cls, Cls])[] = [];
    for (const call of calls) {
      if (!call.fact.new || fieldCalls.has(call) || this.runsOnce(call)) continue;
      const { kind, cls } = call.fn.fact;
      const by = kind === 'constructor' && cls !== undefined ? this.tables.cls(call.unit, cls) : undefined;
      if (!by && !this.phases.of(call.fn).some((phase) => PER_USE.has(phase))) continue;
      for (const { value } of this.values.of(call.unit, call.fact.callee)) {
        if (value.kind !== 'class') continue;
        if (byItself.has(value.cls)) continue;
        if (by) made.push([by, value.cls]);
        else found.add(value.cls);
      }
    }
    // What such an object makes for itself is made as often.
    for (let before = -1; before < found.size; ) {
      before = found.size;
      for (const [by, cls] of made) if (found.has(by)) found.add(cls);
    }
    return found;
  }

  private isRow({ unit, fact }: Cls): boolean {
    return (fact.decorators ?? []).some((id) =>
      this.values.calleeApis(this.tables.call(unit, id)).some((api) => ROWS.first(api)),
    );
  }

  /**
   * A container would make one of each class that is decorated so. Where requests make their own by hand, and nobody is given the one
   * of the container, theirs are the only ones in use.
   */
  private dropUnused(perUse: ReadonlySet<Cls>): void {
    const dropped = [...perUse].filter((cls) => cls.fact.decorators?.length && this.singletons.has(cls));
    if (dropped.length === 0) return;
    const used = this.inject();
    for (const cls of dropped) {
      if (used.has(cls)) continue;
      this.singletons.delete(cls);
      this.asTheyAre.delete(cls);
    }
  }

  /** The classes that constructors, fields and calls of the container ask for. */
  private inject(): ReadonlySet<Cls> {
    const used = new Set<Cls>();
    const note = (unit: Unit, expr: Expr) => {
      for (const { value } of this.values.of(unit, expr)) if (value.kind === 'class') used.add(value.cls);
    };
    for (const unit of this.tables.units) {
      const { bindings, functions, classes, calls } = unit.facts;
      for (const { kind, fn, type } of bindings)
        if (kind === 'param' && type && functions[fn]?.kind === 'constructor') note(unit, type.ref);
      for (const { members } of classes) for (const { type } of members) if (type) note(unit, type.ref);
      for (const { callee, args } of calls)
        if (callee.k === 'member' && ASKS_CONTAINER.test(callee.name)) for (const arg of args) note(unit, arg);
    }
    return used;
  }

  /** `constructor() { if (Jobs.one) return Jobs.one; Jobs.one = this; }`: whoever makes another one gets the first. */
  private keptByItself({ unit, id }: Cls): Place | undefined {
    const { functions, accesses } = unit.facts;
    const maker = functions.findIndex(({ kind, cls }) => kind === 'constructor' && cls === id);
    if (maker < 0) return undefined;
    const kept = accesses.find(
      ({ fn, op, value, target }) =>
        fn === maker &&
        op === 'assign' &&
        value?.k === 'this' &&
        this.isOnePlace(unit, target) &&
        functions[maker]?.returns.some((given) => given.value && text(unit, given.value) === text(unit, target)),
    );
    return kept && { file: unit.file, span: kept.span };
  }

  /** One is made each time that something goes wrong, and be it while the process starts. */
  private isError(cls: Cls): boolean {
    return [cls, ...this.values.bases(cls)].some((one) =>
      this.values.baseOf(one).some(({ value }) => value.kind === 'external' && ERROR.test(value.api)),
    );
  }

  private addSingleton(cls: Cls, place: Place, except: ReadonlySet<Cls> = new Set()): void {
    this.asTheyAre.add(cls);
    for (const one of [cls, ...this.values.bases(cls)])
      if (!this.singletons.has(one) && (one === cls || !except.has(one))) this.singletons.set(one, place);
  }

  private noteMaker(cls: Cls, call: Call): void {
    for (const one of [cls, ...this.values.bases(cls)]) {
      const known = this.made.get(one);
      if (known) known.add(call);
      else this.made.set(one, new Set([call]));
    }
  }

  /** The calls that make the objects; none where a container does. */
  makers(cls: Cls): readonly Call[] {
    const place = this.singletons.get(cls);
    const calls = [...(this.made.get(cls) ?? [])];
    return calls.some(({ unit, fact }) => unit.file === place?.file && fact.span === place.span) ? calls : [];
  }

  holder(cls: Cls): Place | undefined {
    const own = this.singletons.get(cls);
    const sub = own ? undefined : this.singletonBelow(cls);
    return own ?? (sub && this.singletons.get(sub));
  }

  /** The singleton that extends a class; where objects for each use extend it too, only one that nobody makes by hand. */
  private singletonBelow(cls: Cls): Cls | undefined {
    return this.values
      .subclassesOf(cls)
      .find((sub) => this.singletons.has(sub) && !(this.perUse.has(cls) && this.made.has(sub)));
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
    if (this.phases.isOnlyStart(fn)) return true;
    const assigning = this.assigning(unit).get(call.id) ?? [];
    return assigning.some((access) => access.fn === fn.id && this.isOnePlace(unit, access.target));
  }

  /** The assignments of a file, by the calls in what they assign. */
  private assigning(unit: Unit): ReadonlyMap<number, readonly AccessFact[]> {
    let known = this.assigned.get(unit);
    if (!known) {
      const found = new Map<number, AccessFact[]>();
      for (const access of unit.facts.accesses)
        if (access.op === 'assign' && access.value) forEachCall(access.value, (id) => add(found, id, access));
      known = found;
      this.assigned.set(unit, known);
    }
    return known;
  }

  private isOnePlace(unit: Unit, target: Expr): boolean {
    if (target.k === 'id') {
      const fn = unit.facts.bindings[target.b]?.fn;
      return fn !== undefined && (fn === 0 || this.phases.isOnlyStart(this.tables.fn(unit, fn)));
    }
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

  /** What the call makes is there once in a process. */
  isMadeOnce(call: Call): boolean {
    const owner = this.fieldCalls.get(call);
    return owner ? this.holder(owner) !== undefined : this.runsOnce(call);
  }

  /** There is one object of the class itself, not only of one that extends it. */
  isMadeItself(cls: Cls): boolean {
    return this.asTheyAre.has(cls);
  }

  isSingleton(cls: Cls): boolean {
    return this.singletons.has(cls) || this.singletonBelow(cls) !== undefined;
  }
}
