import { aliases } from '../../knowledge/aliases.js';
import { ApiTable, member } from '../../knowledge/api-table.js';
import type { Expr, TypeFact } from '../../model/facts.js';
import type { Alternative, Call, Cls, Fn, Unit, Value } from '../../model/program.js';
import type { Fed } from '../calls/feeding.js';
import type { Linked, Tables } from '../tables.js';
import { Answers, type Grounds, Question } from './answers.js';
import { settingGetters } from '../../knowledge/settings.js';
import {
  branch,
  distinct,
  external,
  instance,
  none,
  NOTHING,
  isSolid,
  one,
  UNDEFINED,
  UNKNOWN,
  under,
} from './alternatives.js';
import { Bindings } from './bindings.js';
import { Calls } from './calls.js';
import { Collections } from './collections.js';
import { Definitions } from './definitions.js';
import { Exports } from './exports.js';
import { Heap, type Put } from './heap.js';
import { Members } from './members.js';
import type { Registry } from './registry.js';
import { isSameFed, isSameHanded, isSameList } from './same.js';
import { Promised } from './promised.js';
import { Trees } from './trees.js';
import { Types } from './types.js';

export { isSolid };

/** Where a function value is handed to a call that is not of this project, by itself or under a name in the argument's options. */
export interface Handed {
  readonly call: Call;
  readonly argument: number;
  readonly path: readonly string[];
  /** Parameters that were given before, by `bind`. */
  readonly skip?: number;
}

const UNFED = none<Fed>();
const UNHANDED = none<Handed>();

/**
 * Says what expressions can be, without types and without running anything: follows bindings, imports and re-exports, fields,
 * returns and — once the call graph is known — parameters. Conditions on the way are kept with each alternative. The parts in
 * `values/` answer for one kind of expression each, and ask here for what they need of the others.
 */
export class Values {
  callers: ReadonlyMap<Fn, readonly Fed[]> = new Map();
  handed: ReadonlyMap<Fn, readonly Handed[]> = new Map();
  private readonly answers = new Answers();
  private readonly questions = new Map<Expr, Question>();
  private readonly onParameters: Grounds<Fn> = new Map();
  private readonly toldBases = new Map<Cls, { readonly reading: number; readonly bases: readonly Cls[] }>();
  private readonly spelling = new Map<string, string>();
  private readonly memberSpelling = new Map<string, Map<string, string>>();
  private readonly alias = new ApiTable(aliases.map((entry) => ({ patterns: [entry.api], entry })));
  private readonly bindings: Bindings;
  private readonly calls: Calls;
  private readonly collections: Collections;
  private readonly definitions: Definitions;
  private readonly exports: Exports;
  private readonly heap: Heap;
  private readonly members: Members;
  readonly promised: Promised;
  private readonly types: Types;
  readonly trees: Trees;

  constructor(private readonly tables: Tables) {
    this.bindings = new Bindings(this, tables);
    this.calls = new Calls(this, tables);
    this.heap = new Heap(this, tables, this.answers);
    this.collections = new Collections(this, this.heap, this.answers);
    this.definitions = new Definitions(this, tables);
    this.exports = new Exports(this, tables, this.answers);
    this.members = new Members(this, tables, this.heap);
    this.promised = new Promised(this);
    this.types = new Types(this, tables, this.answers);
    this.trees = new Trees(this, tables);
    this.learn(this.callers, this.handed);
    this.types.learnBases();
  }

  /** Takes in who calls whom, so that parameters have values; what rests on something else now is forgotten. */
  learn(callers: ReadonlyMap<Fn, readonly Fed[]>, handed: ReadonlyMap<Fn, readonly Handed[]>): void {
    const { registry } = this;
    const changed = [...this.heap.gather()];
    for (const [fn, questions] of this.onParameters) {
      const isSame =
        isSameList(this.callers.get(fn), callers.get(fn), isSameFed) &&
        isSameList(this.handed.get(fn), handed.get(fn), isSameHanded) &&
        registry.givesSame(fn, this.registry);
      if (!isSame) changed.push(questions);
    }
    this.callers = callers;
    this.handed = handed;
    this.answers.change(changed);
  }

  /** Nothing more will be learnt. */
  settle(): void {
    this.onParameters.clear();
    this.answers.settle(this.questions.values());
  }

  /** What a function is given, for whoever answers a question. */
  givenTo(fn: Fn): { readonly fed: readonly Fed[]; readonly handed: readonly Handed[] } {
    this.answers.restOn(this.onParameters, fn);
    return { fed: this.callers.get(fn) ?? UNFED, handed: this.handed.get(fn) ?? UNHANDED };
  }

  of(unit: Unit, expr: Expr): readonly Alternative[] {
    // What stands for itself is no question: to make it anew costs less than to find what was said of it.
    switch (expr.k) {
      case 'other':
        return this.collections.standsFor(expr) ?? UNKNOWN;
      case 'binary':
      case 'unary':
        return UNKNOWN;
      case 'undefined':
        return UNDEFINED;
      case 'lit':
        return one({ kind: 'literal', value: expr.v });
    }
    const question = this.questionOf(expr);
    const known = this.answers.known(question);
    if (known) return known;
    const outer = this.answers.begin(question);
    return this.answers.end(question, outer, distinct(this.find(unit as Linked, expr)));
  }

  private questionOf(expr: Expr): Question {
    let question = this.questions.get(expr);
    if (!question) {
      question = new Question();
      this.questions.set(expr, question);
    }
    return question;
  }

  /** Answers a question that is about no expression; asked again, it gives the same. */
  answer(question: Question, find: () => readonly Alternative[]): readonly Alternative[] {
    const known = this.answers.known(question);
    if (known) return known;
    const outer = this.answers.begin(question);
    return this.answers.end(question, outer, distinct(find()));
  }

  /** Something else that is found by asking; `question` stands for it, so that it can be told whether it {@link holds}. */
  during<T>(question: Question, find: () => T): T {
    question.taken = [];
    this.answers.enter(question);
    const found = find();
    this.answers.leave(question);
    return found;
  }

  /** All that was found {@link during} it is what would be found now. */
  holds(question: Question): boolean {
    return this.answers.holds(question);
  }

  private find(unit: Linked, expr: Expr): readonly Alternative[] {
    switch (expr.k) {
      case 'id':
        return this.bindings.binding(unit, expr.b);
      case 'global':
        if (expr.name === 'module' || expr.name === 'exports') return one({ kind: 'module', unit });
        if (expr.name === 'globalThis' || expr.name === 'global') return one(external('global:'));
        return this.members.memberOf(external('global:'), expr.name);
      case 'this':
        return this.self(unit, expr);
      case 'super':
        return expr.cls === undefined ? UNKNOWN : this.baseOf(this.tables.cls(unit, expr.cls));
      case 'member':
        return this.members.memberOfExpr(unit, expr);
      case 'index':
        return this.collections.index(unit, expr.of, expr.key);
      case 'call':
        return this.calls.result(this.tables.call(unit, expr.c));
      case 'fn':
        return one({ kind: 'function', fn: this.tables.fn(unit, expr.f) });
      case 'class':
        return one({ kind: 'class', cls: this.tables.cls(unit, expr.c) });
      case 'object':
        return one({ kind: 'object', unit, expr });
      case 'array':
        return one({ kind: 'array', unit, items: expr.items });
      case 'text':
        return this.whole(unit, expr);
      case 'choose':
        return [
          ...under(this.of(unit, expr.yes), [branch(unit, expr.test, true)]),
          ...under(this.of(unit, expr.no), [branch(unit, expr.test, false)]),
        ];
      case 'logic':
        return this.either(unit, expr);
      case 'await':
      case 'spread':
        return this.of(unit, expr.of);
      default:
        return UNKNOWN;
    }
  }

  // Each in a function of its own: what is seldom met would have the long one above compiled anew.

  private self(unit: Linked, expr: Expr & { k: 'this' }): readonly Alternative[] {
    if (expr.cls === undefined) {
      const object = expr.object && this.tables.objectAt(unit, expr.object);
      return object ? one({ kind: 'object', unit, expr: object }) : UNKNOWN;
    }
    const cls = this.tables.cls(unit, expr.cls);
    return one(expr.static ? { kind: 'class', cls } : instance(cls));
  }

  private whole(unit: Linked, expr: Expr & { k: 'text' }): readonly Alternative[] {
    const parts = expr.parts.map((part) => this.of(unit, part));
    if (parts.some((part) => part.length !== 1 || part[0]?.value.kind !== 'literal')) return UNKNOWN;
    const whole = parts.map((part) => (part[0]?.value.kind === 'literal' ? String(part[0].value.value) : '')).join('');
    return one({ kind: 'literal', value: whole });
  }

  private either(unit: Linked, expr: Expr & { k: 'logic' }): readonly Alternative[] {
    const left = this.of(unit, expr.left);
    const right = this.of(unit, expr.right);
    if (expr.op === '&&') {
      const failed: Alternative = { value: { kind: 'undefined' }, when: [branch(unit, expr.left, false)] };
      return [...under(right, [branch(unit, expr.left, true)]), failed];
    }
    const kept = left.filter(({ value }) => value.kind !== 'undefined' && !(value.kind === 'literal' && !value.value));
    // A setting may be missing, and a global is empty at first: `globalThis.sessions ?? new Map()`.
    const isSet = (value: Value) =>
      isSolid(value) && !(value.kind === 'external' && (/^(?:global|env):/.test(value.api) || isAskedFor(value.api)));
    if (kept.length === left.length && left.every(({ value }) => isSet(value))) return left;
    return [...kept, ...under(right, [branch(unit, expr.left, false)])];
  }

  // What the parts are asked by others

  definition(unit: Unit, expr: Expr): { readonly unit: Unit; readonly expr: Expr } | undefined {
    return this.definitions.definition(unit, expr);
  }

  binding(unit: Linked, id: number): readonly Alternative[] {
    return this.bindings.binding(unit, id);
  }

  namespace(unit: Linked): readonly Alternative[] {
    return this.exports.namespace(unit);
  }

  imported(unit: Unit, specifier: string, name: string): readonly Alternative[] {
    return this.exports.imported(unit, specifier, name);
  }

  exported(unit: Linked, name: string): readonly Alternative[] {
    return this.exports.exported(unit, name);
  }

  memberOf(value: Value, name: string): readonly Alternative[] {
    return this.members.memberOf(value, name);
  }

  assigned(value: Value, name: string): readonly Alternative[] {
    return this.members.assigned(value, name);
  }

  /** What a place stands for where something is put: the value, or what a container makes of it. */
  put({ unit, value, made }: Pick<Put, 'unit' | 'value' | 'made'>): readonly Alternative[] {
    const found = this.of(unit, value);
    if (!made) return found;
    return found.flatMap((one): readonly Alternative[] => {
      if (one.value.kind === 'class') return [{ value: instance(one.value.cls), when: one.when }];
      return one.value.kind === 'function' ? under(this.returned(one.value.fn), one.when) : [one];
    });
  }

  /** What is kept under one of some names, in a container or on an application. */
  kept(at: { readonly from: string; readonly names: readonly string[] } | undefined): readonly Alternative[] {
    if (!at) return NOTHING;
    return at.names.flatMap((name) => this.heap.keptIn(at.from, name).flatMap((put) => under(this.put(put), put.when)));
  }

  /** What stands under a name in a container, as it was put there. */
  keptAs(at: { readonly from: string; readonly names: readonly string[] }): readonly Put[] {
    return at.names.flatMap((name) => this.heap.keptIn(at.from, name));
  }

  /** The objects whose properties were copied into this one. */
  mergedInto(value: Value): readonly Put[] {
    return this.heap.mergedInto(value);
  }

  get registry(): Registry {
    return this.heap.registry;
  }

  isFixed(value: Value & { readonly kind: 'object' }, name: string): boolean {
    return this.members.isFixed(value, name);
  }

  elements(unit: Linked, of: Expr): readonly Alternative[] {
    return this.collections.elements(unit, of);
  }

  contents(value: Value): readonly Alternative[] {
    return this.collections.contents(value);
  }

  keyed(value: Value, name: string): readonly Alternative[] {
    return this.collections.keyed(value, name);
  }

  item(array: Value & { readonly kind: 'array' }, index: number): readonly Alternative[] {
    return this.collections.item(array, index);
  }

  /** Somebody looks into an object: some are made by calls, and change with what these give. */
  look(thing: object): void {
    this.collections.look(thing);
  }

  rest(call: Call, args: readonly Expr[], from: number): readonly Alternative[] {
    return this.collections.rest(call, args, from);
  }

  method(call: Call): readonly Alternative[] | undefined {
    return this.collections.method(call);
  }

  builtin(call: Call, api: string): readonly Alternative[] | undefined {
    return this.collections.builtin(call, api);
  }

  list(call: Call, what: string, found: readonly Alternative[]): readonly Alternative[] {
    return this.collections.list(call, what, found);
  }

  returned(fn: Fn): readonly Alternative[] {
    return this.calls.returned(fn);
  }

  /** Asked of every call by every rule, so that even the look-ups behind it would show. */
  calleeApis(call: Call): readonly string[] {
    const { toldApis } = call.unit as Linked;
    const known = toldApis[call.id];
    if (known && known.reading === this.answers.current && this.answers.isIdle) return known.apis;
    const apis = this.calls.calleeApis(call);
    // One that stands for several places, as a getter's, has no number of its own.
    if (this.answers.isIdle && (call.unit as Linked).calls[call.id] === call)
      toldApis[call.id] = { reading: this.answers.current, apis };
    return apis;
  }

  baseOf(cls: Cls): readonly Alternative[] {
    return this.types.baseOf(cls);
  }

  bases(cls: Cls): readonly Cls[] {
    if (!cls.fact.extends || !this.answers.isIdle) return this.types.bases(cls);
    const known = this.toldBases.get(cls);
    if (known?.reading === this.answers.current) return known.bases;
    const bases = this.types.bases(cls);
    this.toldBases.set(cls, { reading: this.answers.current, bases });
    return bases;
  }

  subclassesOf(cls: Cls): readonly Cls[] {
    return this.types.subclassesOf(cls);
  }

  typed(unit: Linked, type: TypeFact): readonly Alternative[] {
    return this.types.typed(unit, type);
  }

  /** The spelling that knowledge uses for an API path. */
  same(api: string): string {
    let known = this.spelling.get(api);
    if (known === undefined) {
      known = this.respelled(api);
      this.spelling.set(api, known);
    }
    return known;
  }

  /** `same` of a member, without putting the path together once more: members are asked for by the hundred thousand. */
  sameMember(api: string, name: string): string {
    let names = this.memberSpelling.get(api);
    if (!names) {
      names = new Map();
      this.memberSpelling.set(api, names);
    }
    let known = names.get(name);
    if (known === undefined) {
      known = this.same(member(api, name));
      names.set(name, known);
    }
    return known;
  }

  private respelled(api: string): string {
    if (api.length > 160) return 'unknown:';
    const found = this.alias.first(api);
    if (found) return found.is === api ? api : this.same(found.is);
    const env = /^(?:global:process|process:|global:Bun)\.?env\.(\w+)$/.exec(api);
    return env ? `env:${env[1]}` : api;
  }
}

const GETTERS = new ApiTable(settingGetters.map((entry) => ({ patterns: [entry.api], entry })));

/** What a call gives that asks for a setting by its name. */
function isAskedFor(api: string): boolean {
  return api.endsWith('()') && GETTERS.first(api.slice(0, -2)) !== undefined;
}
