import { roleSwitchVariables } from '../../knowledge/guards.js';
import type { ConditionFact, ConditionId, Expr } from '../../model/facts.js';
import type { Call, EffectsInReach, Fn, Guard, Unit } from '../../model/program.js';
import { isBefore } from '../../model/span.js';
import { Answers, type Site } from './answers.js';
import type { Conditions } from '../settings/conditions.js';
import type { Effects } from '../effects/effects.js';
import type { Guarded, Held } from '../effects/ways.js';
import type { CallGraph } from '../calls/graph.js';
import { holds, saysDuplicate } from './duplicates.js';
import { type Locks, nameOf, type Taken } from './locks.js';
import type { Phases } from '../phases/phases.js';
import { type Tables, text } from '../tables.js';
import type { Values } from '../values/values.js';

const DEEPEST = 14;
const FARTHEST = 8;
const RELEASES = /^(?:release|unlock|free|relinquish|giveUp|resign|del|delete)(?:Lock|Mutex|Lease|Job)?$/i;

/** A call behind which a lock is held, or, without a guard, given back. */
interface Turn {
  readonly call: Call;
  readonly guard?: Guard;
}

/** Of the calls in a function those of which something runs on one instance only, and why. */
interface HeldIn {
  readonly left: Held;
  readonly met: readonly { readonly call: Call; readonly guard: Guard }[];
}

const NOTHING_HELD: HeldIn = { left: new Map(), met: [] };

/** What a function does outside the process on every instance, and what keeps the rest to one. */
type Free = EffectsInReach & { readonly guards: readonly Guard[] };

/** Finds what makes a place run on one instance only. */
export class Guards {
  private readonly roleSwitches = new Set<string>(roleSwitchVariables);
  private readonly nearby = new Map<Call, Guard | undefined>();
  private readonly summaries = new Map<Fn, Guard | undefined>();
  private readonly wrappers = new Map<Fn, Guard | undefined>();
  private readonly turns = new Map<Fn, readonly Turn[]>();
  private readonly held = new Map<Fn, HeldIn>();
  private readonly free = new Map<Fn, Free>();
  private readonly answers: Answers;

  constructor(
    private readonly tables: Tables,
    values: Values,
    private readonly graph: CallGraph,
    private readonly phases: Phases,
    private readonly conditions: Conditions,
    private readonly effects: Effects,
    private readonly locks: Locks,
  ) {
    this.answers = new Answers(tables, values, graph, conditions, locks, (site, depth) => this.around(site, depth));
  }

  /** Guards on the way to a call, and in the functions it runs. */
  of(call: Call, inside: readonly Fn[] = []): Guard[] {
    const found: Guard[] = [];
    for (const { unit, fact } of this.conditions.of(call)) {
      const place = { file: unit.file, span: fact.span };
      for (const name of this.conditions.settings(unit, fact.test))
        if (this.roleSwitches.has(name)) found.push(this.roleSwitch(unit, fact, name, place));
      const guard = this.answers.inTest(unit, fact);
      if (guard) found.push(guard);
    }
    const way = this.onEveryWay(call, 0, new Set());
    if (way) found.push(way);
    for (const fn of inside) found.push(...this.unguarded(fn).guards);
    return found;
  }

  /** What a function does outside the process that nothing keeps to one instance, and the guards met on the way. */
  unguarded(fn: Fn, among?: (call: Call) => boolean): Free {
    const known = among ? undefined : this.free.get(fn);
    if (known) return known;
    const guards: Guard[] = [];
    const decorated = this.decorated(fn);
    if (decorated) return { effects: [], unknown: false, unresolved: [], guards: [decorated] };
    const note = (guard: Guard) => {
      if (!guards.some((one) => one.label === guard.label)) guards.push(guard);
    };
    const guarded = (at: Fn) => {
      const { left, met } = this.heldIn(at);
      for (const { call, guard } of met) if (at !== fn || !among || among(call)) note(guard);
      return left;
    };
    const found = { ...this.effects.of(fn, guarded, among), guards };
    if (!among) this.free.set(fn, found);
    return found;
  }

  /** The calls in a function of which something is kept to one instance, and by what. */
  private heldIn(fn: Fn): HeldIn {
    const known = this.held.get(fn);
    if (known) return known;
    const met: { call: Call; guard: Guard }[] = [];
    const left = new Map<Call, Guarded>();
    const calls = this.tables.callsIn(fn);
    for (const call of calls) {
      const all = this.near(call) ?? this.own(call) ?? this.locks.keepsBook(call, calls);
      const guard = all ?? this.wraps(call);
      if (!guard) continue;
      left.set(call, all ? 'all' : 'handed');
      met.push({ call, guard });
    }
    const found = met.length === 0 ? NOTHING_HELD : { left, met };
    this.held.set(fn, found);
    return found;
  }

  /** Taking the lock is no effect of its own; nor is what it runs. */
  private own(call: Call): Guard | undefined {
    const taken = this.locks.taken(call);
    if (taken) return taken.hold !== 'claims' || this.locks.isLookedAt(call) ? taken.guard : undefined;
    for (const fn of this.graph.callees(call)) {
      const guard = this.decorated(fn);
      if (guard) return guard;
    }
    return undefined;
  }

  /** A function of the project that runs what it is handed under a lock: `withLock('name', work)`. */
  private wraps(call: Call): Guard | undefined {
    if (call.fact.args.length === 0) return undefined;
    for (const fn of this.graph.callees(call)) {
      const guard = this.runsItsArgument(fn, 0);
      if (guard) return guard;
    }
    return undefined;
  }

  /** Every use of a parameter as a function, in the function or one written in it, stands under a lock. */
  private runsItsArgument(fn: Fn, depth: number): Guard | undefined {
    if (this.wrappers.has(fn)) return this.wrappers.get(fn);
    this.wrappers.set(fn, undefined);
    const { bindings } = fn.unit.facts;
    const isOwn = (expr: Expr) =>
      expr.k === 'id' && bindings[expr.b]?.param !== undefined && bindings[expr.b]?.fn === fn.id;
    let first: Guard | undefined;
    let isFree = false;
    for (const inner of this.tables.within(fn)) {
      for (const call of this.tables.callsIn(inner)) {
        const { callee, args } = call.fact;
        const isCalled =
          isOwn(callee) || (callee.k === 'member' && /^(?:call|apply)$/.test(callee.name) && isOwn(callee.of));
        const hands = !isCalled && args.some((arg) => isOwn(arg));
        if (!isCalled && !hands) continue;
        const guard =
          this.near(call) ?? this.runs(call) ?? (hands && depth < 4 ? this.passedOn(call, depth) : undefined);
        if (guard) first ??= guard;
        else if (isCalled) isFree = true;
      }
    }
    const found = isFree ? undefined : first;
    this.wrappers.set(fn, found);
    return found;
  }

  private passedOn(call: Call, depth: number): Guard | undefined {
    for (const to of this.graph.callees(call)) {
      const guard = this.runsItsArgument(to, depth + 1);
      if (guard) return guard;
    }
    return undefined;
  }

  /** A switch that is off unless an operator gives this process the role keeps the work in the processes that have it. */
  private roleSwitch(unit: Unit, fact: ConditionFact, name: string, place: Guard['place']): Guard {
    const known = this.conditions.known(unit, fact.test);
    const isOff = known !== undefined && Boolean(known.value) !== fact.sense;
    return {
      kind: isOff ? 'worker-process' : 'role-switch',
      label: `only in processes that ${name} gives the role`,
      place,
    };
  }

  /** A guard on each way that leads to a call: where only one of two callers has the lock, the other has none. */
  private onEveryWay(call: Call, depth: number, seen: Set<Fn>): Guard | undefined {
    const near = this.near(call);
    if (near) return near;
    const { fn } = call;
    if (depth > FARTHEST || seen.has(fn) || fn.id === 0) return undefined;
    seen.add(fn);
    const decorated = this.decorated(fn);
    if (decorated) return decorated;
    const callers = (this.graph.callersOf.get(fn) ?? []).filter((by) => by.fn !== fn && !isOnlyTest(by.unit));
    if (callers.length === 0 || this.phases.isEntry(fn)) return undefined;
    let first: Guard | undefined;
    for (const by of callers) {
      const guard = this.onEveryWay(by, depth + 1, new Set(seen));
      if (!guard) return undefined;
      first ??= guard;
    }
    return first;
  }

  /** A guard around a call within the function that it stands in, or within those around that. */
  near(call: Call): Guard | undefined {
    if (this.nearby.has(call)) return this.nearby.get(call);
    this.nearby.set(call, undefined);
    const { unit, fn, fact } = call;
    const found = this.around({ unit, fn, when: fact.when, span: fact.span }, 0);
    this.nearby.set(call, found);
    return found;
  }

  private around(site: Site, depth: number): Guard | undefined {
    const { unit, fn } = site;
    for (const { fact } of this.tables.conditions(unit, site.when)) {
      const guard = this.answers.inTest(unit, fact);
      if (guard) return guard;
    }
    const before = this.before(site);
    if (before) return before;
    if (fn.id === 0 || depth > DEEPEST) return undefined;
    const parent = this.tables.parent(fn) as Fn;
    const by = this.tables
      .callsIn(parent)
      .find(({ fact }) =>
        fact.args.some(
          (arg) =>
            isFunction(arg, fn.id) || (arg.k === 'object' && arg.props.some(({ value }) => isFunction(value, fn.id))),
        ),
      );
    if (by) {
      const run = this.runs(by) ?? this.wraps(by);
      if (run) return run;
    }
    // A method, or a function called from elsewhere, owes nothing to where it is written but the conditions there.
    const where = by ? { when: by.fact.when, span: by.fact.span } : { when: fn.fact.when, span: fn.fact.span };
    if (by && !this.phases.isEntry(fn)) return this.around({ unit, fn: parent, ...where }, depth + 1);
    for (const { fact } of this.tables.conditions(unit, where.when)) {
      const guard = this.answers.inTest(unit, fact);
      if (guard) return guard;
    }
    return undefined;
  }

  /** The call runs the functions it is handed under a lock, or once elected. */
  private runs(call: Call): Guard | undefined {
    const elected = this.locks.elects(call);
    if (elected) return elected;
    const taken = this.locks.taken(call);
    if (taken && taken.hold !== 'answers' && taken.hold !== 'claims') return taken.guard;
    // `mutex.acquire().then(() => …)`
    const { callee } = call.fact;
    if (callee.k !== 'member' || callee.name !== 'then' || callee.of.k !== 'call') return undefined;
    const first = this.locks.taken(this.tables.call(call.unit, callee.of.c));
    return first?.hold === 'waits' ? first.guard : undefined;
  }

  /** A lock taken earlier in the same function, on the same branch, and not given back since. */
  private before({ fn, when, span }: Site): Guard | undefined {
    const turns = this.turnsIn(fn);
    for (let at = turns.length - 1; at >= 0; at--) {
      const { call, guard } = turns[at] as Turn;
      if (!isBefore(call.fact.span, span) || !call.fact.when.every((id) => when.includes(id))) continue;
      if (!guard) return undefined;
      // A failure to take it that is caught is none to what comes in the catch.
      if (!this.isCaught(call, when)) return guard;
    }
    return undefined;
  }

  /** The calls in a function behind which a lock is held or given back: few, and asked for from each call there is. */
  private turnsIn(fn: Fn): readonly Turn[] {
    const known = this.turns.get(fn);
    if (known) return known;
    const found = this.tables.callsIn(fn).flatMap((call): Turn[] => {
      if (this.gives(call)) return [{ call }];
      const guard = this.leaves(call);
      return guard ? [{ call, guard }] : [];
    });
    this.turns.set(fn, found);
    return found;
  }

  private gives(call: Call): boolean {
    return (
      RELEASES.test(nameOf(call)) &&
      /lock|mutex|lease|leader|redlock|release|semaphore/i.test(text(call.unit, call.fact.callee)) &&
      this.graph.callees(call).every((fn) => !this.leavesFn(fn, 0))
    );
  }

  private isCaught(call: Call, when: readonly ConditionId[]): boolean {
    return when.some((id) => call.unit.facts.conditions[id]?.kind === 'catch' && !call.fact.when.includes(id));
  }

  /** What follows the call has the lock. */
  private leaves(call: Call): Guard | undefined {
    const taken = this.locks.taken(call);
    if (taken) return this.isHeldAfter(call, taken) ? taken.guard : undefined;
    for (const fn of this.graph.callees(call)) {
      const guard = this.leavesFn(fn, 0);
      if (guard) return guard;
    }
    return this.uniqueInsert(call);
  }

  private isHeldAfter(call: Call, { hold, isCounted }: Taken): boolean {
    // What is handed a callback calls it once it has the lock, and what follows does not wait for that.
    if (hold === 'waits' || hold === 'any') return !call.fact.args.some((arg) => arg.k === 'fn');
    // A count keeps back only what stands behind a test of it, which is asked for there.
    if (hold === 'claims') return !isCounted && this.locks.isLookedAt(call);
    // `while (!(await take())) await sleep(50);`
    return (
      hold === 'answers' &&
      call.unit.facts.conditions.some(
        ({ kind, test }) => kind === 'loop' && holds(test, (part) => part.k === 'call' && part.c === call.id),
      )
    );
  }

  /** A function of the project that comes back with the lock, or throws: it takes one on its main way and does not give it back. */
  private leavesFn(fn: Fn, depth: number): Guard | undefined {
    if (this.summaries.has(fn)) return this.summaries.get(fn);
    if (depth > 3) return undefined;
    this.summaries.set(fn, undefined);
    const calls = this.tables.callsIn(fn);
    let found: Guard | undefined;
    if (!calls.some((call) => RELEASES.test(nameOf(call)))) {
      for (const call of calls) {
        if (call.fact.when.some((id) => fn.unit.facts.conditions[id]?.kind !== 'exit')) continue;
        const taken = this.locks.taken(call);
        if (taken && taken.hold !== 'claims' && taken.hold !== 'runs' && taken.hold !== 'schedules')
          found = this.isHeldAfter(call, taken) || this.throwsWithout(fn, call) ? taken.guard : undefined;
        else if (!taken)
          for (const to of this.graph.callees(call)) found ??= to === fn ? undefined : this.leavesFn(to, depth + 1);
        if (found) break;
      }
    }
    this.summaries.set(fn, found);
    return found;
  }

  /** `if (!ok) throw new Error('locked')` */
  private throwsWithout(fn: Fn, lock: Call): boolean {
    const { conditions, calls } = fn.unit.facts;
    return calls.some(
      (call) =>
        call.fn === fn.id &&
        call.new &&
        /(?:Error|Exception)$/.test(text(fn.unit, call.callee)) &&
        call.when.some((id) => this.mentions(fn.unit, (conditions[id] as ConditionFact).test, lock)),
    );
  }

  private mentions(unit: Unit, test: Expr, lock: Call): boolean {
    return holds(test, (part) => {
      if (part.k === 'call') return part.c === lock.id;
      const init = part.k === 'id' ? unit.facts.bindings[part.b]?.init : undefined;
      return init !== undefined && holds(init, (inner) => inner.k === 'call' && inner.c === lock.id);
    });
  }

  /** An insert whose failure on a unique key ends the work: `catch (e) { if (e.code === '23505') return; throw e; }`. */
  private uniqueInsert(call: Call): Guard | undefined {
    if (!/^(?:insert\w*|create|add|save|query|execute|raw)$/.test(nameOf(call))) return undefined;
    if (this.effects.ofCall(call)?.kind !== 'database') return undefined;
    const ends = call.fn.fact.returns.some(({ when }) => {
      const tests = when.map((id) => call.unit.facts.conditions[id] as ConditionFact);
      return (
        tests.some(({ kind }) => kind === 'catch') &&
        tests.some(({ test }) => holds(test, (part) => saysDuplicate(call.unit, part)))
      );
    });
    return ends
      ? {
          kind: 'claim',
          label: `\`${text(call.unit, call.fact.callee)}\` fails for all but one`,
          place: { file: call.unit.file, span: call.fact.span },
        }
      : undefined;
  }

  /** The method carries a decorator that takes a lock, of a package or of the project. */
  private decorated(fn: Fn): Guard | undefined {
    for (const id of fn.fact.decorators ?? []) {
      const call = this.tables.call(fn.unit, id);
      const taken = this.locks.taken(call);
      if (taken) return taken.guard;
      for (const to of this.graph.functions(call.unit, call.fact.callee)) {
        const guard = this.takesSomewhere(to, 0);
        if (guard) return { ...guard, label: `\`@${text(call.unit, call.fact.callee)}\`, ${guard.label}` };
      }
    }
    return undefined;
  }

  /** In the function, those written in it, and what they call. */
  private takesSomewhere(fn: Fn, depth: number): Guard | undefined {
    if (depth > 3) return undefined;
    for (const inner of this.tables.within(fn)) {
      for (const call of this.tables.callsIn(inner)) {
        const taken = this.locks.taken(call);
        if (taken) return taken.guard;
        for (const to of this.graph.callees(call)) {
          const guard = to === fn ? undefined : this.takesSomewhere(to, depth + 1);
          if (guard) return guard;
        }
      }
    }
    return undefined;
  }
}

function isFunction(arg: Expr, id: number): boolean {
  return arg.k === 'fn' && arg.f === id;
}

function isOnlyTest({ roles }: Unit): boolean {
  return roles.size === 1 && roles.has('test');
}
