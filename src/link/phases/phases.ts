import { ApiTable } from '../../knowledge/api-table.js';
import { passThrough } from '../../knowledge/aliases.js';
import { baseClasses } from '../../knowledge/lifecycle.js';
import type { Evidence } from '../../model/finding.js';
import type { Expr } from '../../model/facts.js';
import type { Registration } from '../../model/knowledge.js';
import type { Call, Fn, Phase, Reach, Unit } from '../../model/program.js';
import type { CallGraph } from '../calls/graph.js';
import { Callbacks, type Handing } from './callbacks.js';
import { commandCalls, startingServers } from './opening.js';
import { Seeds, type Seed } from './seeds.js';
import { add, type Tables } from '../tables.js';
import type { Values } from '../values/values.js';

/** One step back towards the registration: the function before, and the call that leads from it. */
interface Step {
  /** What began it all. */
  readonly seed: Seed;
  readonly weak: boolean;
  /** `runs` is the call that runs the function, where `call` only hands it over. */
  readonly from?: { readonly fn: Fn; readonly call?: Call; readonly runs?: Call };
}

/** How many steps next to a function its path tells; of longer ones the middle is left out. */
const LONGEST = 18;

const BASES = new ApiTable(baseClasses.map((entry) => ({ patterns: [entry.api], entry })));
const THROUGH = new ApiTable(passThrough.map((entry) => ({ patterns: [entry.api], entry })));

/** What happens while a process serves. */
const SERVED: ReadonlySet<Phase> = new Set<Phase>(['request', 'socket', 'consumer', 'job']);

/**
 * When functions run. From the seeds, phases follow the call graph. A callback that nothing registers runs when the function it
 * is written in does.
 */
export class Phases {
  private readonly steps = new Map<Fn, Map<Phase, Step>>();
  private readonly told = new Map<Fn, readonly Reach[]>();
  private readonly seeds: Seeds;
  /** Callbacks that run when the function that hands them over does. */
  readonly children = new Map<Fn, Fn[]>();
  private readonly handedOver = new Set<Fn>();
  private readonly callbacks: Callbacks;
  /** Callbacks whose writer has not been reached yet in a phase, by the writer. */
  private readonly waiting = new Map<Fn, { readonly to: Fn; readonly handing: Handing; readonly phase: Phase }[]>();
  /** What is done instead of opening the server, where the command line asks for it. */
  private readonly commands: ReadonlySet<Call>;
  /** Functions of the start that open the server, by themselves or through a few others. */
  private starting: ReadonlySet<Fn> = new Set();

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly graph: CallGraph,
    registrations: readonly Registration[],
    /** Whether some process that serves holds both files. */
    private readonly shared: (a: Unit, b: Unit) => boolean = () => true,
  ) {
    this.seeds = new Seeds(tables, values, graph, registrations);
    this.callbacks = new Callbacks(
      tables,
      graph,
      (fn) => this.seeds.registered.has(fn),
      (unit, param) => this.seeds.wrappers.usesOf(unit, param),
    );
    for (const unit of tables.served) {
      for (const call of unit.calls) {
        this.inherit(call);
        if (call.fact.new) this.runByBase(call);
      }
    }
    this.commands = commandCalls(tables, values, graph);
    this.propagate(
      this.seeds.seeds.filter(([, { phase }]) => phase === 'boot'),
      this.seeds.wrapped.filter(({ seed }) => seed.phase === 'boot'),
    );
    this.starting = startingServers(tables, values, graph, (fn) => this.has(fn, 'boot'));
    this.propagate(
      this.seeds.seeds.filter(([, { phase }]) => phase !== 'boot'),
      this.seeds.wrapped.filter(({ seed }) => seed.phase !== 'boot'),
    );
    // Somebody emits it, and nothing tells when: the event is all that is known.
    this.propagate(
      this.seeds.listeners.filter(([fn]) =>
        this.graph.emittedBy.get(fn)?.some(({ emit }) => !this.steps.get(emit.fn)?.size),
      ),
    );
  }

  /** How many functions of serving code are run by something that comes from outside or by a schedule. */
  get handlers(): number {
    const found = new Set<Fn>();
    for (const [fn, { phase }] of this.seeds.seeds)
      if (SERVED.has(phase) && (fn.unit.roles.has('server') || fn.unit.roles.has('worker'))) found.add(fn);
    return found.size;
  }

  /** The calls that register each function, for rules that look at schedules and routes. */
  get registrationsOf(): ReadonlyMap<Fn, readonly Call[]> {
    return this.seeds.registrationsOf;
  }

  /**
   * A callback that nothing registers is run by the function that hands it over, by itself or in a list, unless the project's
   * own function it is handed to calls it: then the call graph knows better. What only hands a function back (`debounce`) does
   * not run it.
   */
  private inherit(call: Call): void {
    if (call.fact.decorates) return;
    const isOwn = this.graph.callees(call).length > 0;
    if (!isOwn && answers(call)) return;
    for (const arg of call.fact.args) if (arg.k === 'fn') this.handedOver.add(this.tables.fn(call.unit, arg.f));
    const through = new Set<number>();
    for (const api of this.values.calleeApis(call)) for (const { arg } of THROUGH.find(api)) through.add(arg);
    call.fact.args.forEach((arg, index) => {
      if (isOwn && (this.seeds.wrappers.runsLater(call, index) || this.seeds.wrappers.keepsUnderName(call, index)))
        return;
      if (!through.has(index)) this.inheritArgument(call, call.unit, arg, isOwn, 0);
    });
  }

  private inheritArgument(call: Call, unit: Unit, arg: Expr, isOwn: boolean, depth: number): void {
    if (arg.k === 'array') {
      if (depth < 2) for (const item of arg.items) this.inheritArgument(call, unit, item, isOwn, depth + 1);
      return;
    }
    // The project's own code keeps a bound method as often as it runs it, and a call of it would be known.
    if (arg.k !== 'fn' && arg.k !== 'id' && arg.k !== 'member' && (isOwn || !isBound(unit, arg))) return;
    for (const { value } of this.values.of(unit, arg)) {
      if (value.kind === 'array' && arg.k === 'id' && depth < 2) {
        for (const item of value.items) this.inheritArgument(call, value.unit, item, isOwn, depth + 1);
        continue;
      }
      if (value.kind !== 'function' || this.seeds.registered.has(value.fn) || value.fn === call.fn) continue;
      if (isOwn && (this.graph.callersOf.get(value.fn)?.length ?? 0) > 0) continue;
      if (!isOwn && this.callbacks.isHandedOn(call, arg, value.fn)) continue;
      const list = this.children.get(call.fn);
      if (!list) this.children.set(call.fn, [value.fn]);
      else if (!list.includes(value.fn)) list.push(value.fn);
    }
  }

  /** A stream of the project runs its `_transform` when it is used: where it is made, as far as is known. */
  private runByBase(call: Call): void {
    for (const { value } of this.values.of(call.unit, call.fact.callee)) {
      if (value.kind !== 'class') continue;
      for (const cls of [value.cls, ...this.values.bases(value.cls)]) {
        const methods = this.values
          .baseOf(cls)
          .flatMap((base) => (base.value.kind === 'external' ? BASES.find(base.value.api) : []))
          .flatMap((entry) => entry.methods);
        for (const member of methods.length > 0 ? value.cls.fact.members : [])
          if (member.fn !== undefined && methods.includes(member.name))
            add(this.children, call.fn, this.tables.fn(value.cls.unit, member.fn));
      }
    }
  }

  private propagate(seeds: readonly (readonly [Fn, Seed])[], wrapped: Seeds['wrapped'] = []): void {
    let queue: [Fn, Step][] = [];
    for (const [fn, seed] of seeds) {
      const step: Step = { seed, weak: seed.weak };
      if (this.record(fn, step)) queue.push([fn, step]);
    }
    // Before the wrapper's own, whose call inside leads to all that it was ever handed.
    for (const { to, seed, from } of wrapped) {
      const step: Step = { seed, weak: seed.weak, from };
      if (this.isWithin(seed, to) && this.record(to, step)) queue.push([to, step]);
    }
    while (queue.length) {
      const next: [Fn, Step][] = [];
      for (const [fn, step] of queue) {
        const pass = (to: Fn, weak: boolean, call?: Call) => {
          // A wizard that goes on to start the server it has set up: from there on it is the start, and runs once.
          if (step.seed.phase === 'request' && call && this.starting.has(to)) return;
          if (!this.isWithin(step.seed, to)) return;
          if (step.seed.phase === 'boot' && call && this.commands.has(call)) return;
          // The start either goes on or goes there.
          if (step.seed.phase !== 'script' && this.tables.isAside(to.unit)) return;
          const further: Step = {
            seed: step.seed,
            weak: step.weak || weak,
            from: { fn, ...(call ? { call } : {}) },
          };
          if (this.record(to, further)) next.push([to, further]);
        };
        for (const { to, call, weak } of this.graph.edges.get(fn) ?? []) {
          const handing = this.handing(to, call);
          if (!handing) pass(to, weak, call);
          else if (this.has(handing.writer, step.seed.phase)) this.handBack(to, handing, step.seed.phase, next);
          else add(this.waiting, handing.writer, { to, handing, phase: step.seed.phase });
        }
        for (const child of this.children.get(fn) ?? []) pass(child, false);
        for (const { to, handing, phase } of this.waiting.get(fn) ?? [])
          if (phase === step.seed.phase) this.handBack(to, handing, phase, next);
      }
      queue = next;
    }
  }

  /**
   * What is written where it is handed over runs for its writer, in whatever phases that is reached, and not for all others who
   * use the same helper.
   */
  handing(to: Fn, call: Call): Handing | undefined {
    return this.seeds.registered.has(to) ? undefined : this.callbacks.handing(to, call);
  }

  private handBack(to: Fn, { writer, by, runs }: Handing, phase: Phase, next: [Fn, Step][]): void {
    const step = this.steps.get(writer)?.get(phase);
    if (!step || !this.isWithin(step.seed, to)) return;
    const further: Step = { seed: step.seed, weak: step.weak, from: { fn: writer, call: by, runs } };
    if (this.record(to, further)) next.push([to, further]);
  }

  /** Two applications use one library, and each hands it functions of its own: what begins in one of them runs nothing of the other. */
  private isWithin({ phase, place }: Seed, to: Fn): boolean {
    if (!place || place.file === to.unit.file || phase === 'script' || phase === 'test') return true;
    const from = this.tables.byFile.get(place.file);
    return !from || this.shared(from, to.unit);
  }

  /** Keeps the first way a function is reached in a phase; a sure way replaces a guessed one, and one on a single instance one on all. */
  private record(fn: Fn, step: Step): boolean {
    let phases = this.steps.get(fn);
    if (!phases) {
      phases = new Map();
      this.steps.set(fn, phases);
    }
    const known = phases.get(step.seed.phase);
    const isBetter =
      !known || (known.weak === step.weak ? known.seed.everyInstance && !step.seed.everyInstance : known.weak);
    if (!isBetter) return false;
    phases.set(step.seed.phase, step);
    return true;
  }

  reaches(fn: Fn): readonly Reach[] {
    const known = this.told.get(fn);
    if (known) return known;
    const found = [...(this.steps.get(fn)?.values() ?? [])].map((step): Reach => {
      const { phase, label, everyInstance } = step.seed;
      return { phase, label, weak: step.weak, path: this.path(fn, step), ...(everyInstance ? { everyInstance } : {}) };
    });
    this.told.set(fn, found);
    return found;
  }

  /** Something starts the function by itself: a registration, a decorator, a convention. */
  isEntry(fn: Fn): boolean {
    return this.seeds.registered.has(fn);
  }

  /** The function is only ever a callback handed to a call, so it is done when that call is, as far as is known. */
  runsInTurn(fn: Fn): boolean {
    return !this.seeds.registered.has(fn) && this.handedOver.has(fn);
  }

  /** The phases a function runs in, without the ways. */
  of(fn: Fn): Phase[] {
    return [...(this.steps.get(fn)?.keys() ?? [])];
  }

  /** Nothing but the start of a process runs it, so that its variables live as long as the process, and are there once. */
  isOnlyStart(fn: Fn): boolean {
    if (fn.id === 0) return true;
    const phases = this.of(fn).filter((phase) => phase !== 'test' && phase !== 'script');
    return phases.length > 0 && phases.every((phase) => phase === 'boot');
  }

  /** The call that registers what leads to a function in a phase. */
  registration(fn: Fn, phase: Phase): Call | undefined {
    return this.steps.get(fn)?.get(phase)?.seed.call;
  }

  has(fn: Fn, phase: Phase): boolean {
    return this.steps.get(fn)?.has(phase) ?? false;
  }

  /** The calls on the way from where a function is registered (or the process starts) to it, in that order. */
  callsOnPath(fn: Fn, phase: Phase): Call[] {
    const found: Call[] = [];
    let at = this.steps.get(fn)?.get(phase);
    while (at?.from) {
      if (at.from.runs) found.push(at.from.runs);
      if (at.from.call) found.push(at.from.call);
      at = this.steps.get(at.from.fn)?.get(phase);
    }
    return found.reverse();
  }

  private path(fn: Fn, last: Step): Evidence[] {
    const { phase, label, place } = last.seed;
    const found: Evidence[] = [];
    let at: Step | undefined = last;
    let here = fn;
    while (at?.from && found.length < LONGEST) {
      if (at.from.call) {
        found.push({
          role: 'reached',
          file: at.from.call.unit.file,
          span: at.from.call.fact.span,
          note: at.from.runs
            ? `\`${at.from.fn.name}\` hands it to \`${at.from.runs.fn.name}\`, which runs it`
            : `\`${at.from.fn.name}\` calls \`${here.name}\``,
          ...(at.weak && !this.steps.get(at.from.fn)?.get(phase)?.weak ? { guessed: true as const } : {}),
        });
      }
      here = at.from.fn;
      at = this.steps.get(here)?.get(phase);
    }
    if (place)
      found.push({
        role: phase === 'boot' ? 'entry' : 'registered',
        file: place.file,
        span: place.span,
        note: phase === 'boot' ? label : `registered for ${label}`,
      });
    return found.reverse();
  }
}

/**
 * Of an unknown framework a module builds an answer to requests at its top: `procedure.input(schema).handler(answer)`. When that
 * runs is not known, but not while the module loads. An `action` may be that of a command, which is the start of all.
 */
function answers({ fn, fact: { callee } }: Call): boolean {
  return (
    fn.id === 0 &&
    callee.k === 'member' &&
    /^(?:handler|query|mutation|subscription|procedure|endpoint|resolver)$/.test(callee.name)
  );
}

/** `handler.bind(this)` handed over. */
function isBound(unit: Unit, arg: Expr): boolean {
  const call = arg.k === 'call' ? unit.facts.calls[arg.c] : undefined;
  return call?.callee.k === 'member' && call.callee.name === 'bind';
}
