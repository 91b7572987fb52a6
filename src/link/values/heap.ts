import { ApiTable, member } from '../../knowledge/api-table.js';
import { collections, copiers } from '../../knowledge/collections.js';
import { prototypes } from '../../knowledge/containers.js';
import type { AccessFact, Expr } from '../../model/facts.js';
import type { Call, Condition, Unit, Value } from '../../model/program.js';
import { add, type Linked, type Tables } from '../tables.js';
import type { Answers, Grounds, Question } from './answers.js';
import type { Values } from './values.js';
import { Registry } from './registry.js';
import { none } from './alternatives.js';
import { isSameList } from './same.js';

/** Something that is put into a thing after that was made, with its key where it has one. */
export interface Put {
  readonly unit: Unit;
  readonly value: Expr;
  readonly key?: Expr;
  readonly when: readonly Condition[];
  /** A class stands for an object of it, a function for what it gives. */
  readonly made?: true;
}

/** Objects that have the properties of another as well. */
const INHERITED: ReadonlyMap<string, string> = new Map(prototypes.map(({ of, api }) => [of, api]));

/** What stands for a thing wherever it is met: the literal or call that makes it; its API path where that is all there is. */
type Thing = object | string;

/** Of a thing that gets more than this, what one reader finds tells nothing. */
const MOST_PUTS = 60;
const NONE = none<Put>();
const NAMELESS: ReadonlyMap<string, readonly Put[]> = new Map();
const PUTTING = /^(?:push|unshift|add|set|put|splice)$/;

/**
 * What the project puts into things, in whatever file: entries of collections, properties of objects, functions and modules,
 * names hung on the process. A thing is known by where it is made, so that its content follows it through variables, exports
 * and parameters.
 */
export class Heap {
  private entries = new Map<Thing, Put[]>();
  private named = new Map<Thing, Map<string, Put[]>>();
  private merged = new Map<Thing, Put[]>();
  private readonly collections = new ApiTable(collections.map((entry) => ({ patterns: [entry.api], entry })));
  private readonly copiers = new ApiTable(copiers.map((entry) => ({ patterns: [entry.api], entry })));

  private readonly onThings: Grounds<Thing> = new Map();

  registry: Registry;

  constructor(
    private readonly values: Values,
    private readonly tables: Tables,
    private readonly answers: Answers,
  ) {
    this.registry = new Registry(values, tables);
  }

  /**
   * Looks at every place that puts something in. What those places mean is taken from what is known by now. Gives the questions
   * whose answers rest on something that is not what it was.
   */
  gather(): readonly (readonly Question[])[] {
    const next = new Heap(this.values, this.tables, this.answers);
    for (const unit of this.tables.units) {
      // Tests, build files and browser code put nothing into what serves.
      if (unit.roles.size > 0 && [...unit.roles].every((role) => /^(?:test|build|browser)$/.test(role))) continue;
      next.noteUnit(unit);
    }
    next.registry.gather((into, name, put) => next.noteNamed(into, name, put));
    const changed: (readonly Question[])[] = [];
    for (const [thing, questions] of this.onThings) if (!this.keepsSame(thing, next)) changed.push(questions);
    this.entries = next.entries;
    this.registry = next.registry;
    this.named = next.named;
    this.merged = next.merged;
    return changed;
  }

  private keepsSame(thing: Thing, next: Heap): boolean {
    return (
      isSameList(this.entries.get(thing), next.entries.get(thing), isSamePut) &&
      isSameList(this.merged.get(thing), next.merged.get(thing), isSamePut) &&
      hasSameNames(this.named.get(thing), next.named.get(thing))
    );
  }

  private noteUnit(unit: Linked): void {
    for (const access of unit.facts.accesses) if (access.op === 'assign') this.noteAccess(unit, access);
    for (const call of unit.calls) this.noteCall(call);
    this.registry.noteUnit(unit);
  }

  private noteAccess(unit: Unit, { target, value, when }: AccessFact): void {
    if (!value || (target.k !== 'member' && target.k !== 'index')) return;
    // What a class's own methods set is found by the class.
    if (target.of.k === 'this' && target.of.cls !== undefined && target.k === 'member') return;
    const put = { unit, value, when: this.tables.conditions(unit, when) };
    for (const { value: thing } of this.values.of(unit, target.of)) {
      if (target.k === 'member') this.putNamed(thing, target.name, put);
      else this.putEntry(thing, { ...put, key: target.key });
    }
  }

  private noteCall(call: Call): void {
    const { callee, args } = call.fact;
    const { unit } = call;
    const first = args[0];
    if (call.fact.decorates) return;
    if (callee.k === 'member' && this.registry.mayWrite(callee.name))
      for (const api of this.values.calleeApis(call)) this.registry.noteCall(call, api);
    if (!first) return;
    const put = (value: Expr): Put => ({ unit, value, when: this.tables.conditions(unit, call.fact.when) });
    if (callee.k === 'member' && PUTTING.test(callee.name)) {
      const keyed = (callee.name === 'set' || callee.name === 'put') && args[1];
      for (const { value: thing } of this.values.of(unit, callee.of)) {
        if (keyed) this.putEntry(thing, { ...put(keyed), key: first });
        else for (const arg of callee.name === 'splice' ? args.slice(2) : args) this.putEntry(thing, put(arg));
      }
      return;
    }
    for (const api of this.values.calleeApis(call)) {
      const copier = this.copiers.first(api);
      const to = copier && args[copier.to];
      if (!copier || !to) continue;
      const from = copier.from === undefined ? args.slice(copier.to + 1) : args.slice(copier.from, copier.from + 1);
      for (const { value: thing } of this.values.of(unit, to)) {
        const known = this.thingOf(thing);
        if (known !== undefined) for (const value of from) this.note(this.merged, known, put(value));
      }
    }
  }

  private putNamed(thing: Value, name: string, put: Put): void {
    if (thing.kind === 'external') {
      if (thing.call) this.noteNamed(thing.call, member(thing.api, name), put);
      this.noteNamed(thing.api, name, put);
      return;
    }
    const known = this.thingOf(thing);
    if (known !== undefined) this.noteNamed(known, name, put);
    // `module.exports = f; module.exports.x = …` puts it on f.
    if (thing.kind !== 'module') return;
    for (const fact of this.tables.exportsOf(thing.unit, '=')) {
      if (!fact.value) continue;
      for (const { value } of this.values.of(thing.unit, fact.value))
        if (value.kind !== 'module') this.putNamed(value, name, put);
    }
  }

  private noteNamed(thing: Thing, name: string, put: Put): void {
    let names = this.named.get(thing);
    if (!names) {
      names = new Map();
      this.named.set(thing, names);
    }
    this.note(names, name, put);
  }

  private putEntry(thing: Value, put: Put): void {
    if (thing.kind === 'external' && !this.isCollection(thing)) return;
    const known = this.thingOf(thing);
    if (known !== undefined) this.note(this.entries, known, put);
  }

  private note<K>(into: Map<K, Put[]>, key: K, put: Put): void {
    if ((into.get(key)?.length ?? 0) < MOST_PUTS) add(into, key, put);
  }

  private thingOf(value: Value): Thing | undefined {
    switch (value.kind) {
      case 'external':
        return value.call;
      case 'array':
        return value.items;
      case 'object':
        return value.expr;
      case 'function':
        return value.fn;
      case 'class':
        return value.cls;
      case 'instance':
        return value.cls.fact;
      case 'module':
        return value.unit;
      default:
        return undefined;
    }
  }

  /** An object of a package that gives back what it was given: a Map, a Set, an LRU cache. */
  isCollection(value: Value): value is Value & { kind: 'external'; call: Call } {
    return value.kind === 'external' && value.call !== undefined && this.collections.first(value.api) !== undefined;
  }

  /** It is walked through in pairs of key and value, as a Map is. */
  isKeyed(value: Value): boolean {
    return value.kind === 'external' && this.collections.first(value.api)?.keyed === true;
  }

  entriesOf(value: Value): readonly Put[] {
    const thing = this.thingOf(value);
    if (thing === undefined) return NONE;
    this.answers.restOn(this.onThings, thing);
    return this.entries.get(thing) ?? NONE;
  }

  /** All that is assigned to properties, by name. */
  propertiesOf(value: Value): ReadonlyMap<string, readonly Put[]> {
    const thing = value.kind === 'external' ? undefined : this.thingOf(value);
    if (thing === undefined) return NAMELESS;
    this.answers.restOn(this.onThings, thing);
    return this.named.get(thing) ?? NAMELESS;
  }

  /** What is assigned to one property. Of an object of a package that is met where it was not made, what any such object gets. */
  assignedTo(value: Value, name: string): readonly Put[] {
    if (value.kind !== 'external') {
      const thing = this.thingOf(value);
      if (thing === undefined) return NONE;
      this.answers.restOn(this.onThings, thing);
      return this.named.get(thing)?.get(name) ?? NONE;
    }
    if (value.call) this.answers.restOn<Thing>(this.onThings, value.call);
    this.answers.restOn<Thing>(this.onThings, value.api);
    const own = value.call && this.named.get(value.call)?.get(member(value.api, name));
    const inherited = INHERITED.get(value.api) ?? '';
    if (inherited !== '') this.answers.restOn<Thing>(this.onThings, inherited);
    return own ?? this.named.get(value.api)?.get(name) ?? this.named.get(inherited)?.get(name) ?? NONE;
  }

  /** What containers keep under a name: of an API path. */
  keptIn(api: string, name: string): readonly Put[] {
    this.answers.restOn<Thing>(this.onThings, api);
    return this.named.get(api)?.get(name) ?? NONE;
  }

  /** The objects whose properties are copied into this one. */
  mergedInto(value: Value): readonly Put[] {
    const thing = this.thingOf(value);
    if (thing === undefined) return NONE;
    this.answers.restOn(this.onThings, thing);
    return this.merged.get(thing) ?? NONE;
  }
}

function isSamePut(a: Put, b: Put): boolean {
  return a.value === b.value && a.unit === b.unit && a.key === b.key && a.made === b.made && isSameList(a.when, b.when);
}

function hasSameNames(
  a: ReadonlyMap<string, readonly Put[]> = NAMELESS,
  b: ReadonlyMap<string, readonly Put[]> = NAMELESS,
): boolean {
  return a.size === b.size && [...a].every(([name, puts]) => isSameList(puts, b.get(name), isSamePut));
}
