import { ApiTable, expand } from '../../knowledge/api-table.js';
import {
  containerReads,
  containerWraps,
  containerWrites,
  injectionsByName,
  providerLists,
} from '../../knowledge/containers.js';
import type { ContainerWrite, Lifetime } from '../../knowledge/types.js';
import type { Expr } from '../../model/facts.js';
import type { Call, Cls, Fn, Unit, Value } from '../../model/program.js';
import type { Place } from '../../model/span.js';
import type { Linked, Tables } from '../tables.js';
import type { Values } from './values.js';
import { isSameList } from './same.js';
import type { Put } from './heap.js';

const WRITES = new ApiTable(containerWrites.map((entry) => ({ patterns: [entry.api], entry })));
const READS = new ApiTable(containerReads.map((entry) => ({ patterns: [entry.api], entry })));
const WRAPS = new ApiTable(containerWraps.map((entry) => ({ patterns: [entry.api], entry })));
const INJECTIONS = new ApiTable(injectionsByName.map((entry) => ({ patterns: [entry.api], entry })));
const STORES: ReadonlySet<string> = new Set(containerWrites.map(({ into }) => into));

/** The last names of what writes, for a cheap look. */
const WRITING: ReadonlySet<string> = new Set(
  containerWrites.flatMap(({ api }) => expand(api).map((path) => path.slice(path.lastIndexOf('.') + 1))),
);

type Note = (into: string, name: string, put: Put) => void;

/** A class that a container makes objects of, where that is said, and how long they live. */
export interface Registered {
  readonly cls: Cls;
  readonly lifetime: Lifetime;
  readonly place: Place;
}

/** What is registered under names: in containers of services, on applications. A name is a text, a symbol, a class or a token. */
export class Registry {
  readonly registered: Registered[] = [];
  /** Constructors and functions that get what is registered, and where that is kept. */
  private readonly injects = new Map<Fn, string>();
  /** Factories of providers, and the names of what they are given. */
  private readonly factories = new Map<Fn, { readonly from: string; readonly names: readonly (readonly string[])[] }>();
  private readonly decorators = new Map<Linked, Map<string, Call>>();
  private readonly puts: { readonly into: string; readonly name: string; readonly put: Put }[] = [];

  constructor(
    private readonly values: Values,
    private readonly tables: Tables,
  ) {}

  gather(note: Note): void {
    for (const { into, name, put } of this.puts) note(into, name, put);
  }

  mayWrite(method: string): boolean {
    return WRITING.has(method);
  }

  noteCall(call: Call, api: string): void {
    for (const entry of WRITES.find(api)) {
      const { args } = call.fact;
      if (entry.name === 'files' || entry.value === 'files') {
        this.loaded(call, entry);
        continue;
      }
      const named = entry.name === 'receiver' ? this.receiver(call)?.fact.args[0] : args[entry.name];
      const value = entry.value === 'receiver' ? this.receiver(call)?.fact.args[0] : args[entry.value];
      if (!named) continue;
      if (value) {
        for (const name of this.names(call.unit, named)) this.put(call, entry, name, call.unit, value);
        continue;
      }
      // One object for all: `register({ users: asClass(Users) })`; of providers, `set({ id, value })`.
      for (const { value: all } of this.values.of(call.unit, named)) this.all(call, entry, all);
    }
  }

  private all(call: Call, entry: ContainerWrite, value: Value): void {
    if (value.kind === 'array' && entry.provider) {
      for (const item of value.items)
        for (const { value: one } of this.values.of(value.unit, item))
          if (one.kind === 'object') this.all(call, entry, one);
    }
    if (value.kind !== 'object') return;
    if (entry.provider) return this.provided(value.unit, value.expr, entry.into);
    for (const { name, value: held } of value.expr.props)
      if (name !== undefined && name !== '*') this.put(call, entry, name, value.unit, held);
  }

  /** What the files that it loads export, each under the file's name, in camel case as well. */
  private loaded(call: Call, entry: ContainerWrite): void {
    for (const { facts } of this.tables.loads(call.unit as Linked).loaded) {
      const unit = this.tables.byFile.get(facts.file);
      const exported = facts.exports.find(({ name, value }) => value && (name === '=' || name === 'default'));
      if (!unit || !exported?.value) continue;
      const name = facts.file.replace(/^.*\//, '').replace(/\.\w+$/, '');
      const camel = name.replace(/[^A-Za-z0-9]+(.)?/g, (_, next?: string) => next?.toUpperCase() ?? '');
      for (const one of new Set([name, camel, camel.charAt(0).toLowerCase() + camel.slice(1)]))
        this.put(call, entry, one, unit, exported.value);
    }
  }

  /** `bind(NAME)` of `bind(NAME).to(C)`. */
  private receiver({ unit, fact: { callee } }: Call): Call | undefined {
    return callee.k === 'member' && callee.of.k === 'call' ? this.tables.call(unit, callee.of.c) : undefined;
  }

  private put(call: Call, entry: ContainerWrite, name: string, unit: Unit, value: Expr): void {
    const when = this.tables.conditions(call.unit, call.fact.when);
    if (entry.provider && value.k === 'object' && this.use(entry.into, name, unit, value)) return;
    const wrapped = this.unwrapped(unit, value);
    const made = wrapped ? wrapped.made : entry.made === true;
    const put: Put = { unit, value: wrapped?.value ?? value, when, ...(made ? { made: true as const } : {}) };
    this.puts.push({ into: entry.into, name, put });
    if (!made) return;
    const told = wrapped?.methods ?? this.after(call);
    const lifetime = lifetimeOf(told) ?? entry.lifetime ?? 'transient';
    for (const { value: known } of this.values.of(put.unit, put.value)) {
      const fn =
        known.kind === 'function'
          ? known.fn
          : known.kind === 'class' && known.cls.fact.ctor !== undefined
            ? this.tables.fn(known.cls.unit, known.cls.fact.ctor)
            : undefined;
      if (fn && entry.injects) this.injects.set(fn, entry.into);
      if (known.kind === 'class')
        this.registered.push({ cls: known.cls, lifetime, place: { file: call.unit.file, span: call.fact.span } });
    }
  }

  /** The methods that follow a call: `bind(A).to(B).inSingletonScope()`. */
  private after(call: Call): readonly string[] {
    const next = (call.unit as Linked).calls.find(
      ({ fact: { callee } }) => callee.k === 'member' && callee.of.k === 'call' && callee.of.c === call.id,
    );
    return next?.fact.callee.k === 'member' ? [next.fact.callee.name] : [];
  }

  /** `asClass(Users).singleton()`: the class, how it is registered and what follows. */
  private unwrapped(
    unit: Unit,
    expr: Expr,
  ): { readonly value: Expr; readonly made: boolean; readonly methods: readonly string[] } | undefined {
    const methods: string[] = [];
    let at = expr;
    for (let depth = 0; depth < 8 && at.k === 'call'; depth++) {
      const call = this.tables.call(unit, at.c);
      for (const api of this.values.calleeApis(call)) {
        const wrap = WRAPS.first(api);
        const value = wrap && call.fact.args[0];
        if (value) return { value, made: wrap.made === true, methods: [...methods, ...options(call.fact.args[1])] };
      }
      const { callee, args } = call.fact;
      if (callee.k !== 'member') return undefined;
      methods.push(callee.name, ...args.flatMap((arg) => (arg.k === 'member' ? [arg.name] : [])));
      at = callee.of;
    }
    return undefined;
  }

  /** `{ useClass: C }`, `{ useValue: v }`, …, with the words of several packages. */
  private use(into: string, name: string, unit: Unit, object: Expr & { readonly k: 'object' }): boolean {
    for (const { name: how, value } of object.props) {
      const made = how === 'useClass' || how === 'useFactory' || how === 'type' || how === 'factory';
      if (!made && how !== 'useValue' && how !== 'value' && how !== 'useExisting' && how !== 'useToken') continue;
      if (how === 'useExisting' || how === 'useToken') {
        // Another name for the same: its class, or what is registered under it.
        const classes = this.values.of(unit, value).some(({ value: known }) => known.kind === 'class');
        if (classes) this.puts.push({ into, name, put: { unit, value, when: [], made: true } });
        else for (const other of this.names(unit, value)) this.sameAs(into, name, other);
        return true;
      }
      this.puts.push({ into, name, put: { unit, value, when: [], ...(made ? { made: true as const } : {}) } });
      return true;
    }
    return false;
  }

  private sameAs(into: string, name: string, other: string): void {
    for (const known of this.puts.filter((one) => one.into === into && one.name === other))
      this.puts.push({ into, name, put: known.put });
  }

  private provided(unit: Unit, object: Expr & { readonly k: 'object' }, into: string): void {
    const token = object.props.find(({ name }) => name === 'provide' || name === 'id' || name === 'token');
    if (token) for (const name of this.names(unit, token.value)) this.use(into, name, unit, object);
    const prop = (wanted: string) => object.props.find(({ name }) => name === wanted)?.value;
    const [factory, inject] = [prop('useFactory'), prop('inject')];
    if (!factory || inject?.k !== 'array') return;
    const names = inject.items.map((item) => this.names(unit, item));
    for (const { value } of this.values.of(unit, factory))
      if (value.kind === 'function') this.factories.set(value.fn, { from: into, names });
  }

  /** Provider objects, wherever a file that uses the package writes them. */
  noteUnit(unit: Linked): void {
    for (const list of providerLists) {
      const isUsed = unit.facts.imports.some(({ specifier }) => specifier === list.package);
      if (!isUsed && unit.manifest?.dependencies[list.package] === undefined) continue;
      const visit = (expr: Expr | undefined): void => {
        if (expr?.k === 'object') {
          if (expr.props.some(({ name }) => name === 'provide')) this.provided(unit, expr, list.into);
          else for (const { value } of expr.props) visit(value);
        } else if (expr?.k === 'array') expr.items.forEach(visit);
        else if (expr?.k === 'spread') visit(expr.of);
        else if (expr?.k === 'choose') {
          visit(expr.yes);
          visit(expr.no);
        }
      };
      for (const { args } of unit.facts.calls) args.forEach(visit);
      for (const { init } of unit.facts.bindings) visit(init);
      for (const { returns } of unit.facts.functions) for (const { value } of returns) visit(value);
      for (const { members } of unit.facts.classes) for (const { value } of members) visit(value);
    }
  }

  /** How a name is told from others; nothing for what is not known. */
  names(unit: Unit, expr: Expr): string[] {
    const found: string[] = [];
    for (const { value } of this.values.of(unit, expr)) {
      if (value.kind === 'literal') found.push(String(value.value));
      else if (value.kind === 'class') found.push(`class ${value.cls.unit.file} ${value.cls.id}`);
      else if (value.kind === 'external') {
        const first = value.call?.fact.args[0];
        if (value.api === 'global:Symbol.for()' && first?.k === 'lit') found.push(`symbol ${first.v}`);
        else if (value.call) found.push(`made ${value.call.unit.file} ${value.call.id}`);
        else if (!/^(?:global|env|unknown):/.test(value.api)) found.push(`api ${value.api}`);
      }
    }
    return found;
  }

  /** The names that a call asks for, and where. */
  asked(call: Call, api: string): { readonly from: string; readonly names: readonly string[] } | undefined {
    const entry = READS.first(api);
    const name = entry && call.fact.args[entry.name];
    return entry && name && { from: entry.from, names: this.names(call.unit, name) };
  }

  /** What a decorator names: `@Inject(TOKEN)`. */
  injected(call: Call): { readonly from: string; readonly names: readonly string[] } | undefined {
    const first = call.fact.args[0];
    if (!first) return undefined;
    for (const api of this.values.calleeApis(call)) {
      const entry = INJECTIONS.first(api);
      // `@Inject(() => Users)`, `@Inject(forwardRef(() => Users))` name a class lazily.
      if (entry) return { from: entry.from, names: this.names(call.unit, first) };
    }
    return undefined;
  }

  /** What a constructor's parameter is named by its decorator. */
  injectedParameter(fn: Fn, index: number): ReturnType<Registry['injected']> {
    const factory = this.factories.get(fn);
    const given = factory?.names[index];
    if (factory && given) return { from: factory.from, names: given };
    if (fn.fact.kind !== 'constructor') return undefined;
    const unit = fn.unit as Linked;
    let known = this.decorators.get(unit);
    if (!known) {
      known = new Map();
      for (const call of unit.calls) {
        const { cls, fn: method, param } = call.fact.decorates ?? {};
        if (param !== undefined && method === undefined) known.set(`${cls}:${param}`, call);
      }
      this.decorators.set(unit, known);
    }
    const call = known.get(`${fn.fact.cls}:${index}`);
    return call && this.injected(call);
  }

  /** Where the first parameter of a function, or each by its name, is taken from. */
  injectsInto(fn: Fn): string | undefined {
    return this.injects.get(fn);
  }

  /** A function gets the same from here as from another registry. */
  givesSame(fn: Fn, other: Registry): boolean {
    const [a, b] = [this.factories.get(fn), other.factories.get(fn)];
    const isSame = isSameList(a?.names, b?.names, (one, another) => isSameList(one, another));
    return isSame && a?.from === b?.from && this.injects.get(fn) === other.injects.get(fn);
  }

  /** Its properties are only what the project puts there. */
  isStore(api: string): boolean {
    return STORES.has(api);
  }
}

/** `{ lifetime: Lifetime.SINGLETON }`. */
function options(expr: Expr | undefined): readonly string[] {
  const lifetime = expr?.k === 'object' ? expr.props.find(({ name }) => name === 'lifetime')?.value : undefined;
  return lifetime?.k === 'member' ? [lifetime.name] : lifetime?.k === 'lit' ? [String(lifetime.v)] : [];
}

function lifetimeOf(words: readonly string[]): Lifetime | undefined {
  for (const word of words) {
    if (/^(?:singleton|inSingletonScope)$/i.test(word)) return 'singleton';
    if (/^(?:scoped|inRequestScope)$/i.test(word)) return 'scoped';
    if (/^(?:transient|inTransientScope)$/i.test(word)) return 'transient';
  }
  return undefined;
}
