import { decorators } from '../knowledge/decorators.js';
import { fileConventions, functionTypes, lifecycleMethods } from '../knowledge/lifecycle.js';
import { registrations } from '../knowledge/registrations.js';
import { typeAliases } from '../knowledge/type-aliases.js';
import type { Registration } from '../knowledge/types.js';
import type { Expr } from '../model/facts.js';
import type { Evidence } from '../model/finding.js';
import type { Call, Cls, Fn, Phase, Reach, Unit, Value } from '../model/program.js';
import type { Span } from '../model/span.js';
import { ApiTable, expand } from '../knowledge/api-table.js';
import type { CallGraph } from './graph.js';
import type { Linked, Tables } from './tables.js';
import type { Values } from './values.js';

/** One step back towards the registration: the function before, and the call that leads from it. */
interface Step {
  readonly phase: Phase;
  readonly label: string;
  readonly weak: boolean;
  readonly everyInstance?: true;
  readonly depth: number;
  readonly from?: { readonly fn: Fn; readonly call?: Call };
  /** Where the registration stands, and its call if it is one. */
  readonly place?: { readonly file: string; readonly span: Span };
  readonly call?: Call;
}

const TIMERS = new Set([
  'global:setTimeout',
  'global:setImmediate',
  'global:queueMicrotask',
  'process:nextTick',
  'global:process.nextTick',
  'timers:setTimeout',
]);

/**
 * When functions run. Registrations, decorators, conventions and module tops are the seeds; from there phases follow the call
 * graph. A callback that nothing registers runs when the function it is written in does.
 */
export class Phases {
  private readonly steps = new Map<Fn, Map<Phase, Step>>();
  private readonly table = new ApiTable<Registration>(registrations.map((entry) => ({ patterns: [entry.api], entry })));
  private readonly decorated = new ApiTable(decorators.map((entry) => ({ patterns: [entry.api], entry })));
  private readonly paramTypes = new Map<string, Phase>();
  private readonly typed = new ApiTable(functionTypes.map((entry) => ({ patterns: [entry.type], entry })));
  /** Callbacks that a registration takes over from the function they are written in. */
  private readonly registered = new Set<Fn>();
  /** The calls that register each function, for rules that look at schedules and routes. */
  readonly registrationsOf = new Map<Fn, Call[]>();
  /** Callbacks that run when the function that hands them over does. */
  readonly children = new Map<Fn, Fn[]>();
  private readonly handedOver = new Set<Fn>();

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly graph: CallGraph,
  ) {
    for (const { type, phase } of typeAliases)
      if (phase) for (const one of expand(type)) this.paramTypes.set(one, phase);
    const seeds: [Fn, Step][] = [];
    const seed: Seed = (fn, phase, label, place, call, everyInstance) => {
      const words = label.trim().replace(/\s+/g, ' ');
      seeds.push([
        fn,
        {
          phase,
          label: words,
          weak: false,
          depth: 0,
          ...(place ? { place } : {}),
          ...(call ? { call } : {}),
          ...(everyInstance ? { everyInstance } : {}),
        },
      ]);
      this.registered.add(fn);
    };
    for (const unit of tables.served) {
      this.seedModule(unit, seeds);
      this.seedConventions(unit, seed);
      for (const call of unit.calls) {
        if (call.fact.decorates) this.seedDecorator(call, seed);
        else this.seedRegistration(call, seed);
      }
      for (const cls of unit.classes) this.seedLifecycle(cls, seed);
      for (const fn of unit.fns) this.seedTyped(fn, seed);
    }
    for (const unit of tables.served) for (const call of unit.calls) this.inherit(call);
    this.propagate(seeds);
  }

  private seedModule(unit: Linked, seeds: [Fn, Step][]): void {
    const top = unit.fns[0] as Fn;
    const place = { file: unit.file, span: [1, 1, 1, 1] as const };
    const add = (phase: Phase, label: string) => seeds.push([top, { phase, label, weak: false, depth: 0, place }]);
    if (unit.roles.has('server') || unit.roles.has('worker')) add('boot', 'the start of the process');
    if (unit.roles.has('script') || unit.roles.has('build')) add('script', 'a script');
    if (unit.roles.has('test')) add('test', 'a test');
  }

  private seedConventions(unit: Linked, seed: Seed): void {
    const { manifest } = unit;
    if (!manifest) return;
    const inside = manifest.dir === '.' ? unit.file : unit.file.slice(manifest.dir.length + 1);
    for (const convention of fileConventions) {
      if (
        !convention.packages.some(
          (name) => manifest.dependencies[name] !== undefined || manifest.devDependencies[name] !== undefined,
        )
      )
        continue;
      if (!new RegExp(convention.files).test(inside)) continue;
      for (const fact of unit.facts.exports) {
        if (!fact.value) continue;
        for (const pattern of convention.exports) {
          const [name, property] = pattern.split('.');
          if (name !== '*' && name !== fact.name && !(name === 'default' && fact.name === '=')) continue;
          const label = convention.label.replace('{name}', fact.name).replace('{file}', inside);
          const fns = property
            ? this.values.of(unit, fact.value).flatMap(({ value }) => this.values.memberOf(value, property))
            : this.values.of(unit, fact.value);
          for (const { value } of fns)
            if (value.kind === 'function')
              seed(value.fn, convention.phase, label, { file: unit.file, span: fact.span });
        }
      }
    }
    if (unit.facts.functions[0]?.directive === 'use server') {
      for (const fact of unit.facts.exports) {
        if (!fact.value) continue;
        for (const fn of this.graph.functions(unit, fact.value))
          seed(fn, 'request', `server action ${fact.name}`, { file: unit.file, span: fact.span });
      }
    }
    for (const fn of unit.fns)
      if (fn.id > 0 && fn.fact.directive === 'use server')
        seed(fn, 'request', 'a server action', { file: unit.file, span: fn.fact.nameSpan });
  }

  private seedDecorator(call: Call, seed: Seed): void {
    const { decorates } = call.fact;
    if (decorates?.fn === undefined) return;
    const fn = this.tables.fn(call.unit, decorates.fn);
    for (const api of this.values.calleeApis(call)) {
      for (const entry of this.decorated.find(api)) {
        if (entry.on === 'method' && entry.phase) {
          seed(
            fn,
            entry.phase,
            this.label(entry.label, call, api),
            { file: call.unit.file, span: call.fact.span },
            call,
          );
          this.remember(fn, call);
        }
      }
    }
  }

  private remember(fn: Fn, call: Call): void {
    const list = this.registrationsOf.get(fn);
    if (list) list.push(call);
    else this.registrationsOf.set(fn, [call]);
  }

  private seedRegistration(call: Call, seed: Seed): void {
    const { args } = call.fact;
    if (args.length === 0) return;
    const place = { file: call.unit.file, span: call.fact.span };
    let known = false;
    for (const api of this.values.calleeApis(call)) {
      if (TIMERS.has(api)) known = true;
      for (const entry of this.table.find(api)) {
        known = true;
        if (entry.when && !entry.when.in.includes(this.literal(call, entry.when.arg) ?? '')) continue;
        if (TIMERS.has(api)) continue;
        for (const fn of this.handlers(call, entry)) {
          seed(fn, entry.phase, this.label(entry.label, call, api), place, call, entry.everyInstance);
          this.remember(fn, call);
        }
      }
    }
    if (!known) this.seedByShape(call, seed, place);
  }

  private handlers(call: Call, entry: Registration): Fn[] {
    const found: Fn[] = [];
    call.fact.args.forEach((arg, index) => {
      if (entry.args && !entry.args.includes(index)) return;
      if (!entry.property) found.push(...this.graph.functions(call.unit, arg));
      else for (const path of expand(entry.property)) found.push(...this.inOptions(call.unit, arg, path.split('.')));
    });
    return found;
  }

  /** Functions under a property of an options object (or plugin module), or of each object in an array of them. */
  private inOptions(unit: Unit, expr: Expr, path: readonly string[]): Fn[] {
    let at: readonly Value[] = this.values
      .of(unit, expr)
      .flatMap(({ value }) =>
        value.kind === 'array'
          ? value.items.flatMap((item) => this.values.of(value.unit, item).map((one) => one.value))
          : [value],
      );
    for (const name of path) {
      at = at.flatMap((value) =>
        value.kind === 'object' || value.kind === 'module' || value.kind === 'instance'
          ? this.values.memberOf(value, name).map((one) => one.value)
          : [],
      );
      at = at.flatMap((value) =>
        value.kind === 'array'
          ? value.items.flatMap((item) => this.values.of(value.unit, item).map((one) => one.value))
          : [value],
      );
    }
    return at.flatMap((value) => {
      if (value.kind === 'function') return [value.fn];
      if (value.kind === 'external' && value.call)
        return value.call.fact.args.flatMap((arg) => this.graph.functions(value.call?.unit ?? unit, arg));
      return value.kind === 'object' ? this.graph.functions(value.unit, value.expr) : [];
    });
  }

  /**
   * Where the receiver could not be resolved, the shape of a call still tells: `x.get('/path', handler)` registers a route,
   * `x.on('event', handler)` an event.
   */
  private seedByShape(call: Call, seed: Seed, place: Step['place']): void {
    const { callee, args } = call.fact;
    if (callee.k !== 'member' || args.length < 2) return;
    const first = args[0] as Expr;
    const isText = first.k === 'lit' && typeof first.v === 'string';
    if (!this.unresolved(call)) return;
    const receiver =
      callee.of.k === 'member'
        ? callee.of.name
        : callee.of.k === 'id'
          ? (call.unit.facts.bindings[callee.of.b]?.name ?? '')
          : '';
    if (
      /^(?:get|post|put|patch|delete|del|all|options|head)$/.test(callee.name) &&
      ((isText && /^[/*:]/.test(String(first.v))) || /router|route|app$/i.test(receiver))
    ) {
      for (const arg of args.slice(1))
        for (const fn of this.graph.functions(call.unit, arg))
          seed(fn, 'request', `${callee.name.toUpperCase()} ${isText ? first.v : ''}`, place, call);
    } else if (/^(?:on|once|addListener|addEventListener|subscribe)$/.test(callee.name) && isText) {
      const isSocket = /socket|^ws$|^io$|client|conn(?:ection)?$|nsp|namespace/i.test(receiver);
      for (const arg of args.slice(1)) {
        for (const fn of this.graph.functions(call.unit, arg))
          seed(fn, isSocket ? 'socket' : 'event', `${isSocket ? 'socket message' : 'event'} ${first.v}`, place, call);
      }
    }
  }

  private unresolved(call: Call): boolean {
    const { callee } = call.fact;
    if (callee.k !== 'member') return false;
    return this.values
      .of(call.unit, callee.of)
      .every(
        ({ value }) =>
          value.kind === 'unknown' ||
          value.kind === 'undefined' ||
          (value.kind === 'external' && /^unknown:/.test(value.api)),
      );
  }

  private literal(call: Call, index: number): string | undefined {
    const arg = call.fact.args[index];
    if (!arg) return undefined;
    for (const { value } of this.values.of(call.unit, arg)) if (value.kind === 'literal') return String(value.value);
    return undefined;
  }

  private label(pattern: string, call: Call, api: string): string {
    const name = /([\w$]+)(?:\(\))?$/.exec(api)?.[1] ?? '';
    const words = pattern.replace(/\{(\d)\}/g, (_, index: string) => this.literal(call, Number(index)) ?? '').trim();
    const isRoute = /^\{name\} /.test(pattern) && /^(?:get|post|put|patch|delete|del|head|options|all)$/i.test(name);
    return words.replace('{name}', isRoute ? name.toUpperCase() : name);
  }

  private seedLifecycle(cls: Cls, seed: Seed): void {
    for (const member of cls.fact.members) {
      if (member.kind !== 'method' || member.fn === undefined || member.static) continue;
      for (const entry of lifecycleMethods) {
        if (entry.method !== member.name || !this.isOf(cls, entry.of)) continue;
        seed(this.tables.fn(cls.unit, member.fn), entry.phase, entry.label, { file: cls.unit.file, span: member.span });
      }
    }
  }

  /** The class extends, implements or is decorated with one of these; without a list: it is decorated at all. */
  private isOf(cls: Cls, of: readonly string[] | undefined): boolean {
    if (!of) return (cls.fact.decorators?.length ?? 0) > 0;
    const wanted = new Set(of.flatMap(expand));
    const apis = (expr: Expr) =>
      this.values.of(cls.unit, expr).flatMap(({ value }) => (value.kind === 'external' ? [value.api] : []));
    const bases = [cls, ...this.values.bases(cls)];
    const own = [
      ...bases.flatMap((base) =>
        base.fact.extends
          ? this.values
              .of(base.unit, base.fact.extends)
              .flatMap(({ value }) => (value.kind === 'external' ? [value.api] : []))
          : [],
      ),
      ...(cls.fact.implements ?? []).flatMap(({ ref }) => apis(ref)),
      ...(cls.fact.decorators ?? []).flatMap((id) => this.values.calleeApis(this.tables.call(cls.unit, id))),
    ];
    return own.some((api) => wanted.has(api));
  }

  /** `(req: Request, res: Response) => …` handles requests whoever registers it. */
  private seedTyped(fn: Fn, seed: Seed): void {
    const place = { file: fn.unit.file, span: fn.fact.nameSpan };
    for (const param of fn.fact.params) {
      const type = param >= 0 ? fn.unit.facts.bindings[param]?.type : undefined;
      if (!type) continue;
      for (const { value } of this.values.of(fn.unit, type.ref)) {
        const phase = value.kind === 'external' ? this.paramTypes.get(value.api) : undefined;
        if (phase) return seed(fn, phase, `the handler ${fn.name}`, place);
      }
    }
    const binding = this.tables.linked(fn.unit).boundTo.get(fn.id);
    const own = binding === undefined ? undefined : fn.unit.facts.bindings[binding]?.type;
    if (!own) return;
    for (const { value } of this.values.of(fn.unit, own.ref)) {
      const entry = value.kind === 'external' ? this.typed.first(value.api) : undefined;
      if (entry) return seed(fn, entry.phase, entry.label, place);
    }
  }

  /**
   * A callback that nothing registers is run by the function that hands it over, unless the project's own function it is handed
   * to calls it: then the call graph knows better.
   */
  private inherit(call: Call): void {
    if (call.fact.decorates) return;
    const isOwn = this.graph.callees(call).length > 0;
    for (const arg of call.fact.args) if (arg.k === 'fn') this.handedOver.add(this.tables.fn(call.unit, arg.f));
    for (const arg of call.fact.args) {
      if (arg.k !== 'fn' && arg.k !== 'id' && arg.k !== 'member') continue;
      for (const { value } of this.values.of(call.unit, arg)) {
        if (value.kind !== 'function' || this.registered.has(value.fn) || value.fn === call.fn) continue;
        if (isOwn && (this.graph.callersOf.get(value.fn)?.length ?? 0) > 0) continue;
        const list = this.children.get(call.fn);
        if (!list) this.children.set(call.fn, [value.fn]);
        else if (!list.includes(value.fn)) list.push(value.fn);
      }
    }
  }

  private propagate(seeds: [Fn, Step][]): void {
    let queue = seeds.filter(([fn, step]) => this.record(fn, step));
    while (queue.length) {
      const next: [Fn, Step][] = [];
      for (const [fn, step] of queue) {
        const pass = (to: Fn, weak: boolean, call?: Call) => {
          const { phase, label, everyInstance } = step;
          const further: Step = {
            phase,
            label,
            weak: step.weak || weak,
            depth: step.depth + 1,
            from: { fn, ...(call ? { call } : {}) },
            ...(everyInstance ? { everyInstance } : {}),
          };
          if (this.record(to, further)) next.push([to, further]);
        };
        for (const { to, call, weak } of this.graph.edges.get(fn) ?? []) pass(to, weak, call);
        for (const child of this.children.get(fn) ?? []) pass(child, false);
      }
      queue = next;
    }
  }

  /** Keeps the first way a function is reached in a phase; a sure way replaces a guessed one, and one on a single instance one on all. */
  private record(fn: Fn, step: Step): boolean {
    let phases = this.steps.get(fn);
    if (!phases) {
      phases = new Map();
      this.steps.set(fn, phases);
    }
    const known = phases.get(step.phase);
    const isBetter = !known || (known.weak === step.weak ? known.everyInstance && !step.everyInstance : known.weak);
    if (!isBetter) return false;
    phases.set(step.phase, step);
    return true;
  }

  reaches(fn: Fn): readonly Reach[] {
    const phases = this.steps.get(fn);
    if (!phases) return [];
    return [...phases.values()].map((step) => ({
      phase: step.phase,
      label: step.label,
      weak: step.weak,
      path: this.path(fn, step),
      ...(step.everyInstance ? { everyInstance: true as const } : {}),
    }));
  }

  /** Something starts the function by itself: a registration, a decorator, a convention. */
  isEntry(fn: Fn): boolean {
    return this.registered.has(fn);
  }

  /** The function is only ever a callback handed to a call, so it is done when that call is, as far as is known. */
  runsInTurn(fn: Fn): boolean {
    return !this.registered.has(fn) && this.handedOver.has(fn);
  }

  /** The phases a function runs in, without the ways. */
  of(fn: Fn): Phase[] {
    return [...(this.steps.get(fn)?.keys() ?? [])];
  }

  /** The call that registers what leads to a function in a phase. */
  registration(fn: Fn, phase: Phase): Call | undefined {
    let at = this.steps.get(fn)?.get(phase);
    while (at?.from) at = this.steps.get(at.from.fn)?.get(phase);
    return at?.call;
  }

  has(fn: Fn, phase: Phase): boolean {
    return this.steps.get(fn)?.has(phase) ?? false;
  }

  /** The calls on the way from where a function is registered (or the process starts) to it, in that order. */
  callsOnPath(fn: Fn, phase: Phase): Call[] {
    const found: Call[] = [];
    let at = this.steps.get(fn)?.get(phase);
    while (at?.from) {
      if (at.from.call) found.unshift(at.from.call);
      at = this.steps.get(at.from.fn)?.get(phase);
    }
    return found;
  }

  private path(fn: Fn, last: Step): Evidence[] {
    const found: Evidence[] = [];
    let at: Step | undefined = last;
    let here = fn;
    for (let i = 0; at && i < 20; i++) {
      if (!at.from) {
        if (at.place)
          found.push({
            role: last.phase === 'boot' ? 'entry' : 'registered',
            file: at.place.file,
            span: at.place.span,
            note: last.phase === 'boot' ? at.label : `registered for ${at.label}`,
          });
        break;
      }
      if (at.from.call) {
        found.push({
          role: 'reached',
          file: at.from.call.unit.file,
          span: at.from.call.fact.span,
          note: `\`${at.from.fn.name}\` calls \`${here.name}\``,
          ...(at.weak && !this.steps.get(at.from.fn)?.get(last.phase)?.weak ? { guessed: true as const } : {}),
        });
      }
      here = at.from.fn;
      at = this.steps.get(here)?.get(last.phase);
    }
    return found.reverse();
  }
}

type Seed = (fn: Fn, phase: Phase, label: string, place?: Step['place'], call?: Call, everyInstance?: true) => void;
