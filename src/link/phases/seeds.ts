import { ApiTable, expand } from '../../knowledge/api-table.js';
import { decorators } from '../../knowledge/decorators.js';
import { fileConventions, functionTypes, lifecycleMethods } from '../../knowledge/lifecycle.js';
import { optionShapes } from '../../knowledge/registrations.js';
import { typeAliases } from '../../knowledge/type-aliases.js';
import type { LifecycleMethod, Registration } from '../../knowledge/types.js';
import type { Expr } from '../../model/facts.js';
import type { Call, Cls, Fn, Phase, Unit, Value } from '../../model/program.js';
import type { Span } from '../../model/span.js';
import { resolverMaps } from '../../knowledge/lifecycle/resolver-maps.js';
import { isListening } from '../calls/emitters.js';
import type { CallGraph } from '../calls/graph.js';
import { add, type Linked, type Tables, text } from '../tables.js';
import type { Values } from '../values/values.js';
import { resolversOf } from './resolver-maps.js';
import { Labels } from './labels.js';
import { routeRows } from './rows.js';
import { type Wrapped, Wrappers } from './wrappers.js';

/** That a function starts to run in a phase by itself, and where it says so. */
export interface Seed {
  readonly phase: Phase;
  readonly label: string;
  readonly weak: boolean;
  readonly everyInstance?: true;
  readonly place?: { readonly file: string; readonly span: Span };
  readonly call?: Call;
}

const CONVENTIONS = fileConventions.map((entry) => ({ ...entry, pattern: new RegExp(entry.files) }));
const LIFECYCLE = new Map<string, LifecycleMethod[]>();
for (const entry of lifecycleMethods) for (const method of expand(entry.method)) add(LIFECYCLE, method, entry);
const TIMERS = new Set([
  'global:setTimeout',
  'global:setImmediate',
  'global:queueMicrotask',
  'process:nextTick',
  'global:process.nextTick',
  'timers:setTimeout',
]);

/** Where phases begin: the tops of modules, registrations, decorators, conventions, lifecycle methods and types. */
export class Seeds {
  readonly seeds: [Fn, Seed][] = [];
  /** Listeners of the project's own events: they run when these are emitted, and by themselves only where that is not known. */
  readonly listeners: [Fn, Seed][] = [];
  /** Callbacks that a registration takes over from the function they are written in. */
  readonly registered = new Set<Fn>();
  /** The calls that register each function, for rules that look at schedules and routes. */
  readonly registrationsOf = new Map<Fn, Call[]>();
  /** What a registered wrapper runs, with the registration of its own. */
  readonly wrapped: (Wrapped & { readonly seed: Seed })[] = [];
  readonly wrappers: Wrappers;
  private readonly labels: Labels;
  private readonly table: ApiTable<Registration>;
  private readonly decorated = new ApiTable(decorators.map((entry) => ({ patterns: [entry.api], entry })));
  private readonly paramTypes = new Map<string, Phase>();
  private readonly typed = new ApiTable(functionTypes.map((entry) => ({ patterns: [entry.type], entry })));

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly graph: CallGraph,
    registrations: readonly Registration[],
  ) {
    this.table = new ApiTable(registrations.map((entry) => ({ patterns: [entry.api], entry })));
    this.wrappers = new Wrappers(tables, graph, values);
    this.labels = new Labels(tables, values, this.decorated);
    for (const { type, phase } of typeAliases)
      if (phase) for (const one of expand(type)) this.paramTypes.set(one, phase);
    for (const unit of tables.served) {
      this.seedModule(unit);
      this.seedConventions(unit);
      for (const call of unit.calls) {
        if (call.fact.decorates) this.seedDecorator(call);
        else this.seedRegistration(call);
      }
      for (const cls of unit.classes) this.seedLifecycle(cls);
      for (const fn of unit.fns) this.seedTyped(fn);
      for (const { fn, span } of resolversOf(values, unit))
        if (!this.registered.has(fn)) this.seed(fn, 'request', resolverMaps.label, { file: unit.file, span });
    }
  }

  private seed(fn: Fn, phase: Phase, label: string, place?: Seed['place'], call?: Call, everyInstance?: true): void {
    const by = place && this.tables.byFile.get(place.file);
    const seed: Seed = {
      // An installer's pages are shown to one person, before there is an application.
      phase: by && this.tables.isAside(by) ? 'script' : phase,
      label: label.trim().replace(/\s+/g, ' '),
      weak: false,
      ...(place ? { place } : {}),
      ...(call ? { call } : {}),
      ...(everyInstance ? { everyInstance } : {}),
    };
    const joined = phase === 'event' && call && this.graph.emittedBy.has(fn);
    const list = joined && this.values.calleeApis(call).some(isListening) ? this.listeners : this.seeds;
    list.push([fn, seed]);
    this.registered.add(fn);
  }

  private seedModule(unit: Linked): void {
    const top = unit.fns[0] as Fn;
    const place = { file: unit.file, span: [1, 1, 1, 1] as const };
    const add = (phase: Phase, label: string) => this.seeds.push([top, { phase, label, weak: false, place }]);
    if (unit.roles.has('server') || unit.roles.has('worker')) add('boot', 'the start of the process');
    if (unit.roles.has('script') || unit.roles.has('build')) add('script', 'a script');
    if (unit.roles.has('test')) add('test', 'a test');
  }

  private seedConventions(unit: Linked): void {
    const { manifest } = unit;
    if (!manifest) return;
    const inside = manifest.dir === '.' ? unit.file : unit.file.slice(manifest.dir.length + 1);
    for (const convention of CONVENTIONS) {
      if (
        !convention.packages.some(
          (name) => manifest.dependencies[name] !== undefined || manifest.devDependencies[name] !== undefined,
        )
      )
        continue;
      if (!convention.pattern.test(inside)) continue;
      for (const fact of unit.facts.exports) {
        if (fact.name === '*') continue;
        const exported = fact.value ? this.values.of(unit, fact.value) : this.values.exported(unit, fact.name);
        for (const pattern of convention.exports) {
          const [name, property] = pattern.split('.');
          if (name !== '*' && name !== fact.name && !(name === 'default' && fact.name === '=')) continue;
          const label = convention.label
            .replace('{name}', fact.name === '=' ? 'default' : fact.name)
            .replace('{file}', inside);
          const place = { file: unit.file, span: fact.span };
          for (const { value } of exported)
            for (const fn of property ? this.under(value, property) : value.kind === 'function' ? [value.fn] : [])
              this.seed(fn, convention.phase, label, place);
        }
      }
    }
    if (unit.facts.functions[0]?.directive === 'use server') {
      for (const fact of unit.facts.exports) {
        if (!fact.value) continue;
        for (const fn of this.graph.functions(unit, fact.value))
          this.seed(fn, 'request', `server action ${fact.name}`, { file: unit.file, span: fact.span });
      }
    }
    for (const fn of unit.fns)
      if (fn.id > 0 && fn.fact.directive === 'use server')
        this.seed(fn, 'request', 'a server action', { file: unit.file, span: fn.fact.nameSpan });
  }

  /** The function, or the functions of the object, under a name; `*` for all methods there are. */
  private under(value: Value, property: string): readonly Fn[] {
    if (property !== '*')
      return this.values.memberOf(value, property).flatMap((inner) => {
        if (inner.value.kind === 'function') return [inner.value.fn];
        return inner.value.kind === 'object' ? this.graph.functions(inner.value.unit, inner.value.expr) : [];
      });
    if (value.kind === 'object') return this.graph.functions(value.unit, value.expr);
    if (value.kind !== 'class' && value.kind !== 'instance') return [];
    return value.cls.fact.members.flatMap((member) =>
      member.kind === 'method' && member.fn !== undefined && !member.static
        ? [this.tables.fn(value.cls.unit, member.fn)]
        : [],
    );
  }

  private seedDecorator(call: Call): void {
    const { decorates } = call.fact;
    if (decorates?.fn === undefined) return this.seedDecoratedClass(call);
    const fn = this.tables.fn(call.unit, decorates.fn);
    for (const api of this.values.calleeApis(call)) {
      for (const entry of this.decorated.find(api)) {
        if (entry.on === 'method' && entry.phase) {
          this.seed(
            fn,
            entry.phase,
            this.labels.of(entry.label, call, api),
            { file: call.unit.file, span: call.fact.span },
            call,
          );
          add(this.registrationsOf, fn, call);
        }
      }
    }
  }

  /** Functions handed to a class's decorator: `@Module({ providers: [{ useFactory }] })`, `@pre('save', function () {})`. */
  private seedDecoratedClass(call: Call): void {
    const place = { file: call.unit.file, span: call.fact.span };
    for (const api of this.values.calleeApis(call)) {
      for (const { on, phase, label, property } of this.decorated.find(api)) {
        if (on !== 'class' || !phase) continue;
        for (const arg of call.fact.args) {
          const fns = property
            ? this.inOptions(call.unit, arg, property.split('.'))
            : this.graph.functions(call.unit, arg);
          for (const fn of fns) this.seed(fn, phase, this.labels.of(label, call, api), place, call);
        }
      }
    }
  }

  private seedRegistration(call: Call): void {
    const { args } = call.fact;
    if (args.length === 0) return;
    const place = { file: call.unit.file, span: call.fact.span };
    let known = false;
    for (const api of this.values.calleeApis(call)) {
      if (TIMERS.has(api)) known = true;
      const entries = this.table.find(api);
      known ||= entries.length > 0;
      // What is known of one event goes before what is known of any.
      const named = entries.filter(({ when }) => when?.in.includes(this.labels.literal(call, when.arg) ?? ''));
      const any = named.length > 0 ? named : entries.filter(({ when }) => !when);
      const made = any.some((entry) => entry.made) && this.isOwnConnection(call);
      for (const entry of any.filter((one) => (one.made ?? false) === made)) {
        if (TIMERS.has(api)) continue;
        const label = this.labels.of(entry.label, call, api);
        const rows = this.labels.isRoute(entry.label) ? routeRows(call, this.values, this.graph) : [];
        const told = new Set(rows.flatMap(({ fns }) => fns));
        for (const row of rows)
          for (const fn of row.fns) this.seed(fn, entry.phase, this.labels.ofRow(row, call), row.place, call);
        for (const fn of this.handlers(call, entry)) {
          if (!told.has(fn)) this.seed(fn, entry.phase, label, place, call, entry.everyInstance);
          add(this.registrationsOf, fn, call);
        }
        if (!entry.property && !entry.returned)
          args.forEach((arg, index) => {
            if (!entry.args || entry.args.includes(index)) this.seedWrapped(call, arg, entry, label, place);
          });
      }
    }
    if (!known) this.seedByShape(call, place);
    const { callee } = call.fact;
    if (callee.k !== 'member') return;
    for (const { methods, property, phase, label } of optionShapes) {
      if (!methods.includes(callee.name)) continue;
      for (const arg of args)
        if (arg.k === 'object' || arg.k === 'id')
          for (const fn of this.inOptions(call.unit, arg, property.split('.')))
            this.seed(fn, phase, this.labels.of(label, call, callee.name), place, call);
    }
  }

  /** `new WebSocket(url).on(…)`, and none that came as a parameter. */
  private isOwnConnection({ unit, fact: { callee } }: Call): boolean {
    if (callee.k !== 'member') return false;
    return this.values
      .of(unit, callee.of)
      .some(
        ({ value }) => value.kind === 'external' && value.call?.fact.new === true && value.call.fact.args.length > 0,
      );
  }

  private seedWrapped(call: Call, arg: Expr, entry: Registration, label: string, place: Seed['place']): void {
    const { phase, everyInstance } = entry;
    for (const wrapped of this.wrappers.of(call.unit, arg)) {
      const seed: Seed = {
        phase,
        label: label.trim().replace(/\s+/g, ' '),
        weak: false,
        call,
        ...(place ? { place } : {}),
        ...(everyInstance ? { everyInstance } : {}),
      };
      this.wrapped.push({ ...wrapped, seed });
    }
  }

  private handlers(call: Call, entry: Registration): Fn[] {
    const found: Fn[] = [];
    call.fact.args.forEach((arg, index) => {
      if (entry.args && !entry.args.includes(index)) return;
      const deepest = entry.nested ? 6 : 2;
      if (!entry.property) found.push(...this.graph.functions(call.unit, arg, 0, deepest));
      else
        for (const path of expand(entry.property))
          found.push(...this.inOptions(call.unit, arg, path.split('.'), deepest));
    });
    if (!entry.returned) return found;
    return found.flatMap(({ unit, fact }) =>
      fact.returns.flatMap(({ value }) => (value ? this.graph.functions(unit, value) : [])),
    );
  }

  /** Functions under a property of an options object (or plugin module), or of each object in an array of them. */
  private inOptions(unit: Unit, expr: Expr, path: readonly string[], deepest = 2): Fn[] {
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
        return value.call.fact.args.flatMap((arg) => this.graph.functions(value.call?.unit ?? unit, arg, 0, deepest));
      return value.kind === 'object' ? this.graph.functions(value.unit, value.expr, 0, deepest) : [];
    });
  }

  /**
   * Where the receiver could not be resolved, the shape of a call still tells: `x.get('/path', handler)` registers a route,
   * `x.on('event', handler)` an event.
   */
  private seedByShape(call: Call, place: Seed['place']): void {
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
      /^(?:get|post|put|patch|delete|del|all|options|head)(?:Async)?$/.test(callee.name) &&
      ((isText && /^[/*:]/.test(String(first.v))) || /router|route|app$/i.test(receiver))
    ) {
      for (const arg of args.slice(1))
        for (const fn of this.graph.functions(call.unit, arg))
          this.seed(
            fn,
            'request',
            `${callee.name.replace('Async', '').toUpperCase()} ${isText ? first.v : ''}`,
            place,
            call,
          );
    } else if (/^(?:subscribe|addListener|on)$/.test(callee.name) && this.isEventClass(call, first)) {
      for (const arg of args.slice(1))
        for (const fn of this.graph.functions(call.unit, arg))
          this.seed(fn, 'event', `event ${text(call.unit, first)}`, place, call);
    } else if (/^(?:on|once|addListener|addEventListener|subscribe)$/.test(callee.name) && isText) {
      const isSocket = /socket|^ws$|^io$|client|conn(?:ection)?$|nsp|namespace/i.test(receiver);
      for (const arg of args.slice(1)) {
        for (const fn of this.graph.functions(call.unit, arg))
          this.seed(
            fn,
            isSocket ? 'socket' : 'event',
            `${isSocket ? 'socket message' : 'event'} ${first.v}`,
            place,
            call,
          );
      }
    }
  }

  /** `events.subscribe(OrderPlaced, handler)`: the event is named by its class. */
  private isEventClass(call: Call, first: Expr): boolean {
    if (first.k !== 'id' && first.k !== 'member') return false;
    const values = this.values.of(call.unit, first);
    return values.some(({ value }) => value.kind === 'class') || /Event$/.test(text(call.unit, first));
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

  private seedLifecycle(cls: Cls): void {
    for (const member of cls.fact.members) {
      if (member.kind !== 'method' || member.fn === undefined || member.static) continue;
      for (const entry of LIFECYCLE.get(member.name) ?? []) {
        if (!this.isOf(cls, entry.of)) continue;
        const label = entry.label.replace('{name}', member.name);
        const place = { file: cls.unit.file, span: member.span };
        this.seed(this.tables.fn(cls.unit, member.fn), entry.phase, label, place);
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
  private seedTyped(fn: Fn): void {
    const place = { file: fn.unit.file, span: fn.fact.nameSpan };
    for (const param of fn.fact.params) {
      const type = param >= 0 ? fn.unit.facts.bindings[param]?.type : undefined;
      if (!type) continue;
      for (const { value } of this.values.of(fn.unit, type.ref)) {
        const phase = value.kind === 'external' ? this.paramTypes.get(value.api) : undefined;
        if (phase) return this.seed(fn, phase, `the handler ${fn.name}`, place);
      }
    }
    const binding = this.tables.linked(fn.unit).boundTo.get(fn.id);
    const own = binding === undefined ? undefined : fn.unit.facts.bindings[binding]?.type;
    if (!own) return;
    for (const { value } of this.values.of(fn.unit, own.ref)) {
      const entry = value.kind === 'external' ? this.typed.first(value.api) : undefined;
      if (entry) return this.seed(fn, entry.phase, entry.label, place);
    }
  }
}
