import { aliases, passThrough } from '../knowledge/aliases.js';
import { typeAliases } from '../knowledge/type-aliases.js';
import type { BindingFact, Expr, MemberFact, TypeFact } from '../model/facts.js';
import type { Alternative, Call, Cls, Condition, Fn, Unit, Value } from '../model/program.js';
import { ApiTable, called, expand, member, parameter } from '../knowledge/api-table.js';
import { add, type Linked, type Tables } from './tables.js';

const MOST = 12;
const DEEPEST = 24;
const UNKNOWN: readonly Alternative[] = [{ value: { kind: 'unknown' }, when: [] }];
const UNDEFINED: readonly Alternative[] = [{ value: { kind: 'undefined' }, when: [] }];

/** Where a function value is handed to a call that is not of this project, by itself or under a name in the argument's options. */
export interface Handed {
  readonly call: Call;
  readonly argument: number;
  readonly path: readonly string[];
}

/**
 * Says what expressions can be, without types and without running anything: follows bindings, imports and re-exports, fields,
 * returns and — once the call graph is known — parameters. Conditions on the way are kept with each alternative.
 */
export class Values {
  private memo = new WeakMap<Expr, readonly Alternative[]>();
  private properties = new WeakMap<Expr, Map<string, readonly Alternative[]>>();
  private readonly active = new Set<Expr>();
  private depth = 0;
  private readonly alias = new ApiTable(aliases.map((entry) => ({ patterns: [entry.api], entry })));
  private readonly through = new ApiTable(passThrough.map((entry) => ({ patterns: [entry.api], entry })));
  private readonly typeAlias = new Map<string, string>();
  private readonly subclasses = new Map<Cls, Cls[]>();
  private readonly byInterface = new Map<string, Cls[]>();
  private readonly exportMemo = new Map<string, readonly Alternative[]>();
  private readonly activeExports = new Set<string>();
  private callers: ReadonlyMap<Fn, readonly Call[]> = new Map();
  private handed: ReadonlyMap<Fn, readonly Handed[]> = new Map();

  constructor(private readonly tables: Tables) {
    for (const { type, api } of typeAliases) for (const from of expand(type)) this.typeAlias.set(from, api);
    for (const unit of tables.units) {
      for (const cls of unit.classes) {
        for (const type of cls.fact.implements ?? []) add(this.byInterface, this.typeName(unit, type), cls);
      }
    }
    for (const unit of tables.units) {
      for (const cls of unit.classes) for (const base of this.bases(cls)) add(this.subclasses, base, cls);
    }
  }

  /** Takes in who calls whom, so that parameters have values; what was said before is forgotten. */
  learn(callers: ReadonlyMap<Fn, readonly Call[]>, handed: ReadonlyMap<Fn, readonly Handed[]>): void {
    this.callers = callers;
    this.handed = handed;
    this.memo = new WeakMap();
    this.properties = new WeakMap();
    this.exportMemo.clear();
  }

  of(unit: Unit, expr: Expr): readonly Alternative[] {
    const known = this.memo.get(expr);
    if (known) return known;
    if (this.active.has(expr) || this.depth > DEEPEST) return UNKNOWN;
    this.active.add(expr);
    this.depth++;
    const found = distinct(this.find(unit as Linked, expr));
    this.depth--;
    this.active.delete(expr);
    this.memo.set(expr, found);
    return found;
  }

  private find(unit: Linked, expr: Expr): readonly Alternative[] {
    switch (expr.k) {
      case 'lit':
        return one({ kind: 'literal', value: expr.v });
      case 'undefined':
        return UNDEFINED;
      case 'id':
        return this.binding(unit, expr.b);
      case 'global':
        if (expr.name === 'module' || expr.name === 'exports') return one({ kind: 'module', unit });
        return one({ kind: 'external', api: expr.name === 'globalThis' ? 'global:' : `global:${expr.name}` });
      case 'this':
        if (expr.cls === undefined) {
          const object = expr.object && unit.objects.get(expr.object.join(':'));
          return object ? one({ kind: 'object', unit, expr: object }) : UNKNOWN;
        }
        return one({ kind: expr.static ? 'class' : 'instance', cls: this.tables.cls(unit, expr.cls) });
      case 'super':
        return expr.cls === undefined ? UNKNOWN : this.baseOf(this.tables.cls(unit, expr.cls));
      case 'member':
        return this.memberOfExpr(unit, expr);
      case 'index':
        return this.index(unit, expr.of, expr.key);
      case 'call':
        return this.result(this.tables.call(unit, expr.c));
      case 'fn':
        return one({ kind: 'function', fn: this.tables.fn(unit, expr.f) });
      case 'class':
        return one({ kind: 'class', cls: this.tables.cls(unit, expr.c) });
      case 'object':
        return one({ kind: 'object', unit, expr });
      case 'array':
        return one({ kind: 'array', unit, items: expr.items });
      case 'text': {
        const parts = expr.parts.map((part) => this.of(unit, part));
        if (parts.some((part) => part.length !== 1 || part[0]?.value.kind !== 'literal')) return UNKNOWN;
        const whole = parts
          .map((part) => (part[0]?.value.kind === 'literal' ? String(part[0].value.value) : ''))
          .join('');
        return one({ kind: 'literal', value: whole });
      }
      case 'choose':
        return [
          ...under(this.of(unit, expr.yes), [branch(unit, expr.test, true)]),
          ...under(this.of(unit, expr.no), [branch(unit, expr.test, false)]),
        ];
      case 'logic': {
        const left = this.of(unit, expr.left);
        const right = this.of(unit, expr.right);
        if (expr.op === '&&') {
          const failed: Alternative = { value: { kind: 'undefined' }, when: [branch(unit, expr.left, false)] };
          return [...under(right, [branch(unit, expr.left, true)]), failed];
        }
        const kept = left.filter(
          ({ value }) => value.kind !== 'undefined' && !(value.kind === 'literal' && !value.value),
        );
        // A variable of the environment may be missing, and a global is empty at first: `globalThis.sessions ?? new Map()`.
        const isSet = (value: Value) =>
          isSolid(value) && !(value.kind === 'external' && /^(?:global|env):/.test(value.api));
        if (kept.length === left.length && left.every(({ value }) => isSet(value))) return left;
        return [...kept, ...under(right, [branch(unit, expr.left, false)])];
      }
      case 'await':
      case 'spread':
        return this.of(unit, expr.of);
      default:
        return UNKNOWN;
    }
  }

  /**
   * The expression that something is defined by, where there is just one: through constants, imports, properties of object
   * literals and functions that only return it.
   */
  definition(unit: Unit, expr: Expr, depth = 0): { readonly unit: Unit; readonly expr: Expr } | undefined {
    if (depth > 8) return undefined;
    const linked = unit as Linked;
    const further = (where: Unit, inner: Expr) =>
      this.definition(where, inner, depth + 1) ?? { unit: where, expr: inner };
    if (expr.k === 'id') {
      const fact = unit.facts.bindings[expr.b] as BindingFact;
      if (fact.from) return this.exportDefinition(unit, fact.from.specifier, fact.from.name, depth);
      if (!fact.init || fact.param || linked.assigned.has(expr.b)) return undefined;
      return fact.init.k === 'object' || fact.init.k === 'fn' || fact.init.k === 'class'
        ? undefined
        : further(unit, fact.init);
    }
    if (expr.k === 'member') {
      for (const { value } of this.of(unit, expr.of)) {
        if (value.kind === 'object') {
          const prop = value.expr.props.findLast(({ name }) => name === expr.name);
          if (prop) return further(value.unit, prop.value);
        } else if (value.kind === 'module') {
          return this.exportOf(value.unit as Linked, expr.name, depth);
        } else if (value.kind === 'instance') {
          const member = value.cls.fact.members.find(
            ({ name, value: init }) => name === expr.name && init !== undefined,
          );
          if (member?.value && !(value.cls.unit as Linked).fields.has(`${value.cls.id}.${expr.name}`))
            return further(value.cls.unit, member.value);
        }
      }
      return undefined;
    }
    if (expr.k === 'call') {
      const call = this.tables.call(unit, expr.c);
      for (const { value } of this.of(unit, call.fact.callee)) {
        const only =
          value.kind === 'function' && value.fn.fact.returns.length === 1 ? value.fn.fact.returns[0]?.value : undefined;
        if (value.kind === 'function' && only) return further(value.fn.unit, only);
      }
    }
    return undefined;
  }

  private exportDefinition(
    unit: Unit,
    specifier: string,
    name: string,
    depth: number,
  ): { readonly unit: Unit; readonly expr: Expr } | undefined {
    const target = this.tables.target(unit, specifier);
    const to = target.kind === 'file' ? this.tables.byFile.get(target.file) : undefined;
    return to && this.exportOf(to, name, depth);
  }

  private exportOf(to: Linked, name: string, depth: number): { readonly unit: Unit; readonly expr: Expr } | undefined {
    for (const fact of to.facts.exports) {
      if (fact.name !== name && fact.name !== '*' && !(name === 'default' && fact.name === '=')) continue;
      if (fact.from)
        return this.exportDefinition(to, fact.from.specifier, fact.name === '*' ? name : fact.from.name, depth + 1);
      if (fact.value)
        return (
          this.definition(to, fact.value, depth + 1) ??
          (fact.value.k === 'id' ? undefined : { unit: to, expr: fact.value })
        );
    }
    return undefined;
  }

  // Bindings

  private binding(unit: Linked, id: number): readonly Alternative[] {
    const fact = unit.facts.bindings[id] as BindingFact;
    if (fact.from) return this.imported(unit, fact.from.specifier, fact.from.name);
    if (fact.param) return this.param(unit, id, fact);
    const found: Alternative[] = [];
    if (fact.init) extend(found, this.of(unit, fact.init));
    const assigned = unit.assigned.get(id) ?? [];
    for (const access of assigned) {
      if (access.value) extend(found, under(this.of(unit, access.value), this.tables.conditions(unit, access.when)));
    }
    if (!fact.init && fact.kind !== 'catch') extend(found, this.unassigned(unit, assigned));
    // What a container or a cast gives is known by the type it is declared as.
    if (
      fact.type &&
      !found.some(({ value }) => value.kind === 'instance' || value.kind === 'object' || value.kind === 'array')
    )
      extend(found, this.typed(unit, fact.type));
    return found.length ? found : UNKNOWN;
  }

  /** `let store; if (url) store = …` leaves it undefined where no branch assigns. */
  private unassigned(unit: Linked, assigned: readonly { readonly when: readonly number[] }[]): readonly Alternative[] {
    const lists = assigned.map(({ when }) => this.tables.conditions(unit, when));
    if (lists.length === 0 || lists.some((list) => list.length === 0)) return [];
    const opposite = (a: Condition, b: Condition) => a.fact.test === b.fact.test && a.fact.sense !== b.fact.sense;
    for (const list of lists)
      for (const other of lists) if (list.some((a) => other.some((b) => opposite(a, b)))) return [];
    const first = (lists[0] as Condition[])[0] as Condition;
    if (first.fact.kind === 'catch' || first.fact.kind === 'loop') return [];
    return [{ value: { kind: 'undefined' }, when: [{ unit, fact: { ...first.fact, sense: !first.fact.sense } }] }];
  }

  private param(unit: Linked, id: number, fact: BindingFact): readonly Alternative[] {
    const { index, path = [], rest } = fact.param as NonNullable<BindingFact['param']>;
    const fn = this.tables.fn(unit, fact.fn);
    const found: Alternative[] = [];
    for (const call of this.callers.get(fn) ?? []) {
      const args = call.fact.args;
      if (rest) {
        for (const arg of args.slice(index)) extend(found, this.of(call.unit, arg));
        continue;
      }
      const arg = args[index];
      if (arg && arg.k !== 'spread') extend(found, this.along(this.of(call.unit, arg), path));
      else if (fact.init) extend(found, this.of(unit, fact.init));
      if (found.length > MOST * 2) break;
    }
    for (const { call, argument, path: names } of this.handed.get(fn) ?? []) {
      const { callee } = call.fact;
      if (callee.k === 'member' && callee.name === 'then' && argument === 0 && index === 0 && names.length === 0) {
        const promised = this.of(call.unit, callee.of).filter(
          ({ value }) => isSolid(value) && value.kind !== 'external',
        );
        if (promised.length) {
          extend(found, this.along(promised, path));
          continue;
        }
      }
      const each =
        callee.k === 'member' &&
        (callee.name === 'reduce'
          ? index === 1
          : index === 0 && /^(?:forEach|map|filter|find|some|every|flatMap|sort)$/.test(callee.name));
      if (each && callee.k === 'member') {
        const elements = this.elements(call.unit as Linked, callee.of);
        if (elements.length) {
          extend(found, this.along(elements, path));
          continue;
        }
      }
      for (const api of this.calleeApis(call)) {
        const own =
          api.endsWith('.then') && argument === 0 && index === 0
            ? api.slice(0, -5)
            : parameter(api, argument, names, index);
        extend(found, this.along(one({ kind: 'external', api: this.same(own) }), path));
      }
    }
    if (!found.some(({ value }) => isSolid(value))) {
      if (fact.type) extend(found, this.along(this.typed(unit, fact.type), path));
      if (fact.init && !found.length) extend(found, this.of(unit, fact.init));
    }
    for (const access of unit.assigned.get(id) ?? []) {
      if (access.value) extend(found, under(this.of(unit, access.value), this.tables.conditions(unit, access.when)));
    }
    return found.length ? found : UNKNOWN;
  }

  private along(values: readonly Alternative[], path: readonly string[]): readonly Alternative[] {
    return path.reduce<readonly Alternative[]>(
      (at, name) => at.flatMap((alternative) => under(this.memberOf(alternative.value, name), alternative.when)),
      values,
    );
  }

  // Modules

  imported(unit: Unit, specifier: string, name: string): readonly Alternative[] {
    const target = this.tables.target(unit, specifier);
    if (target.kind === 'package') {
      const root = `${target.name}:`;
      return one({ kind: 'external', api: this.same(name === '*' || name === 'default' ? root : member(root, name)) });
    }
    if (target.kind !== 'file') return UNKNOWN;
    const to = this.tables.byFile.get(target.file);
    if (!to) return UNKNOWN;
    return name === '*' ? this.namespace(to) : this.exported(to, name);
  }

  /** What `require` or `import * as` gives: the value of `module.exports = …` where there is one. */
  private namespace(unit: Linked): readonly Alternative[] {
    const whole = unit.facts.exports.filter(({ name }) => name === '=');
    if (whole.length === 0) return one({ kind: 'module', unit });
    return whole.flatMap(({ value }) => (value ? this.of(unit, value) : []));
  }

  exported(unit: Linked, name: string): readonly Alternative[] {
    const key = `${unit.file}\0${name}`;
    const known = this.exportMemo.get(key);
    if (known) return known;
    if (this.activeExports.has(key)) return UNKNOWN;
    this.activeExports.add(key);
    const found = this.findExport(unit, name);
    this.activeExports.delete(key);
    this.exportMemo.set(key, found);
    return found;
  }

  private findExport(unit: Linked, name: string): readonly Alternative[] {
    const found: Alternative[] = [];
    for (const fact of unit.facts.exports) {
      if (fact.name !== name) continue;
      if (fact.from) extend(found, this.imported(unit, fact.from.specifier, fact.from.name));
      else if (fact.value) extend(found, this.of(unit, fact.value));
    }
    if (found.length) return distinct(found);
    const whole = unit.facts.exports.filter((fact) => fact.name === '=');
    for (const { value } of whole) {
      if (!value) continue;
      if (name === 'default') extend(found, this.of(unit, value));
      else for (const alternative of this.of(unit, value)) extend(found, this.memberOf(alternative.value, name));
    }
    if (found.length) return distinct(found);
    for (const fact of unit.facts.exports) {
      if (fact.name !== '*' || !fact.from || name === 'default') continue;
      const through = this.imported(unit, fact.from.specifier, name);
      if (through.some(({ value }) => value.kind !== 'unknown' && value.kind !== 'undefined')) return through;
    }
    // CommonJS without a default: `import x from` gives the whole of it.
    if (name === 'default' && unit.facts.exports.length) return one({ kind: 'module', unit });
    return UNKNOWN;
  }

  // Members

  private memberOfExpr(unit: Linked, expr: Expr & { k: 'member' }): readonly Alternative[] {
    const found: Alternative[] = expr.of.k === 'id' ? [...this.assignedLater(unit, expr.of.b, expr.name)] : [];
    // What is always assigned later is never absent.
    const always = found.some(({ when }) => when.length === 0);
    if (expr.of.k === 'global' && (expr.of.name === 'module' || expr.of.name === 'exports')) {
      return expr.name === 'exports' ? one({ kind: 'module', unit }) : this.exported(unit, expr.name);
    }
    for (const alternative of this.of(unit, expr.of)) {
      const values = under(this.memberOf(alternative.value, expr.name), alternative.when);
      extend(found, always ? values.filter(({ value }) => value.kind !== 'undefined') : values);
    }
    if (expr.of.k === 'super' && expr.of.cls !== undefined)
      extend(found, this.inherited(this.tables.cls(unit, expr.of.cls), expr.name));
    const solid = found.filter(({ value }) => value.kind !== 'unknown');
    return solid.length ? solid : UNKNOWN;
  }

  /** `super.save()`: the base class's own, whatever overrides it. */
  private inherited(cls: Cls, name: string): readonly Alternative[] {
    return this.baseOf(cls).flatMap(({ value }) =>
      value.kind === 'class'
        ? this.fieldOrMethod(value.cls, name, false, new Set([cls]))
        : value.kind === 'external'
          ? one({ kind: 'external', api: this.same(member(this.same(called(value.api)), name)) })
          : [],
    );
  }

  /** `options.store = …` after `const options = { … }`. */
  private assignedLater(unit: Linked, binding: number, name: string): readonly Alternative[] {
    const found: Alternative[] = [];
    for (const access of unit.properties.get(binding) ?? []) {
      const target = access.target as Expr & { k: 'member' };
      if (target.name !== name || !access.value) continue;
      extend(found, under(this.of(unit, access.value), this.tables.conditions(unit, access.when)));
    }
    return found;
  }

  /** What `.name` of a value can be. */
  memberOf(value: Value, name: string): readonly Alternative[] {
    // An object spread into itself (`state = { ...state, x }`) has no end.
    if (this.depth > DEEPEST) return UNKNOWN;
    this.depth++;
    const found = this.findMember(value, name);
    this.depth--;
    return found;
  }

  private findMember(value: Value, name: string): readonly Alternative[] {
    switch (value.kind) {
      case 'external':
        return one({
          kind: 'external',
          api: this.same(member(value.api, name)),
          ...(value.call ? { call: value.call } : {}),
        });
      case 'module':
        return this.exported(this.tables.linked(value.unit), name);
      case 'object': {
        const unit = value.unit as Linked;
        const owner = unit.ownerOf.get(value.expr);
        const later = owner === undefined ? [] : this.assignedLater(unit, owner, name);
        const own = this.propertyOf(unit, value.expr, name);
        if (later.length === 0) return own;
        return later.some(({ when }) => when.length === 0)
          ? [...later, ...own.filter((one) => one.value.kind !== 'undefined')]
          : [...later, ...own];
      }
      case 'instance':
        return this.fieldOrMethod(value.cls, name, false);
      case 'class':
        return name === 'prototype'
          ? one({ kind: 'instance', cls: value.cls })
          : this.fieldOrMethod(value.cls, name, true);
      case 'function':
        return name === 'bind' || name === 'call' || name === 'apply' ? one(value) : UNKNOWN;
      default:
        return UNKNOWN;
    }
  }

  private propertyOf(unit: Linked, expr: Expr & { k: 'object' }, name: string): readonly Alternative[] {
    let known = this.properties.get(expr);
    if (!known) {
      known = new Map();
      this.properties.set(expr, known);
    }
    const earlier = known.get(name);
    if (earlier) return earlier;
    // An object spread into itself (`state = { ...state, x }`) asks for itself; it adds nothing.
    known.set(name, []);
    const found = this.findProperty(unit, expr, name);
    known.set(name, found);
    return found;
  }

  /** From the last property to the first; a conditional spread leaves it to what stands before. */
  private findProperty(unit: Linked, expr: Expr & { k: 'object' }, name: string): readonly Alternative[] {
    const found: Alternative[] = [];
    let absent: readonly Condition[] = [];
    for (let i = expr.props.length - 1; i >= 0; i--) {
      const prop = expr.props[i];
      if (!prop || (prop.name !== undefined && prop.name !== name)) continue;
      if (prop.name === name) {
        extend(found, under(this.of(unit, prop.value), absent));
        return found;
      }
      const spread = this.of(unit, prop.value).flatMap(({ value, when }) =>
        under(value.kind === 'undefined' ? UNDEFINED : this.memberOf(value, name), when),
      );
      const given = spread.filter(({ value }) => value.kind !== 'undefined');
      if (given.length === 0) continue;
      extend(found, under(given, absent));
      if (given.length === spread.length && given.every(({ when }) => when.length === 0)) return found;
      absent = joined(absent, spread.find(({ value }) => value.kind === 'undefined')?.when ?? []);
    }
    if (expr.props.some((prop) => prop.name === '*')) extend(found, UNKNOWN);
    else found.push({ value: { kind: 'undefined' }, when: absent });
    return found;
  }

  private fieldOrMethod(cls: Cls, name: string, isStatic: boolean, seen = new Set<Cls>()): readonly Alternative[] {
    if (seen.has(cls)) return UNKNOWN;
    seen.add(cls);
    const unit = cls.unit as Linked;
    const found: Alternative[] = [];
    for (const fact of cls.fact.members) {
      if (fact.name === name && Boolean(fact.static) === isStatic) extend(found, this.memberValue(unit, fact));
    }
    for (const access of unit.fields.get(`${cls.id}.${name}`) ?? []) {
      const self = (access.target as Expr & { k: 'member' }).of;
      if (access.value && self.k === 'this' && Boolean(self.static) === isStatic)
        extend(found, this.of(unit, access.value));
    }
    if (isStatic) extend(found, this.assignedStatics(cls, name));
    const solid = found.filter(({ value }) => isSolid(value));
    if (!isStatic && seen.size === 1) {
      for (const sub of (this.subclasses.get(cls) ?? []).slice(0, MOST)) {
        const overrides = sub.fact.members.some((fact) => fact.name === name && fact.kind === 'method');
        if (overrides)
          solid.push(
            ...this.fieldOrMethod(sub, name, false, new Set([cls])).filter(({ value }) => value.kind === 'function'),
          );
      }
    }
    if (solid.length) return solid;
    const own = cls.fact.members.some((fact) => fact.name === name);
    if (own || found.length) return found.length ? found : UNKNOWN;
    for (const alternative of this.baseOf(cls)) {
      if (alternative.value.kind === 'class' && alternative.value.cls !== cls)
        return this.fieldOrMethod(alternative.value.cls, name, isStatic, seen);
      if (alternative.value.kind === 'external') {
        const base = isStatic ? alternative.value.api : this.same(called(alternative.value.api));
        return one({ kind: 'external', api: this.same(member(base, name)) });
      }
    }
    return UNKNOWN;
  }

  private memberValue(unit: Linked, fact: MemberFact): readonly Alternative[] {
    if (fact.kind === 'method') return one({ kind: 'function', fn: this.tables.fn(unit, fact.fn as number) });
    if (fact.kind === 'getter') return this.returned(this.tables.fn(unit, fact.fn as number));
    if (fact.kind === 'setter') return [];
    const found: Alternative[] = [];
    if (fact.value) extend(found, this.of(unit, fact.value));
    if (fact.param !== undefined) extend(found, this.binding(unit, fact.param));
    if (fact.type && !found.some(({ value }) => isSolid(value) && value.kind !== 'undefined'))
      extend(found, this.typed(unit, fact.type));
    return found;
  }

  /** `Server.instance = new Server()` in the class's own file. */
  private assignedStatics(cls: Cls, name: string): readonly Alternative[] {
    const unit = cls.unit as Linked;
    const found: Alternative[] = [];
    unit.facts.bindings.forEach((binding, id) => {
      if (binding.init?.k !== 'class' || binding.init.c !== cls.id) return;
      for (const access of unit.properties.get(id) ?? []) {
        if (access.value && (access.target as Expr & { k: 'member' }).name === name)
          extend(found, this.of(unit, access.value));
      }
    });
    return found;
  }

  private index(unit: Linked, of: Expr, key: Expr): readonly Alternative[] {
    const found: Alternative[] = [];
    for (const { value, when } of this.of(unit, of)) {
      if (value.kind === 'array') {
        const items = key.k === 'lit' && typeof key.v === 'number' ? value.items.slice(key.v, key.v + 1) : value.items;
        for (const item of items.slice(0, MOST)) extend(found, under(this.of(value.unit, item), when));
      } else if (value.kind === 'object') {
        for (const prop of value.expr.props.slice(0, MOST)) extend(found, under(this.of(value.unit, prop.value), when));
      } else if (value.kind === 'external') {
        const api = value.api.startsWith('env:')
          ? value.api
          : member(value.api, key.k === 'lit' ? String(key.v) : '[]');
        found.push({ value: { kind: 'external', api: this.same(api) }, when });
      }
    }
    if (!found.length || key.k !== 'lit') extend(found, this.elements(unit, of));
    return found.length ? found : UNKNOWN;
  }

  /** What a collection holds: the items it is written with, and whatever is put in anywhere. */
  elements(unit: Linked, of: Expr, depth = 0): readonly Alternative[] {
    if (depth > 6) return [];
    const put = (where: Linked, key: string) =>
      (where.collected.get(key) ?? []).slice(0, MOST).flatMap((value) => this.of(where, value));
    if (of.k === 'id') {
      const fact = unit.facts.bindings[of.b] as BindingFact;
      if (fact.from) return this.exportedElements(unit, fact.from.specifier, fact.from.name, depth);
      const found = [...put(unit, `b${of.b}`)];
      if (fact.init?.k === 'array')
        for (const item of fact.init.items.slice(0, MOST)) extend(found, this.of(unit, item));
      else if (fact.init && fact.init.k !== 'object' && fact.init.k !== 'fn')
        extend(found, this.elements(unit, fact.init, depth + 1));
      return found;
    }
    if (of.k === 'await' || of.k === 'spread') return this.elements(unit, of.of, depth + 1);
    if (of.k === 'array')
      return of.items
        .slice(0, MOST)
        .flatMap((item) => (item.k === 'spread' ? this.elements(unit, item.of, depth + 1) : this.of(unit, item)));
    if (of.k === 'member') {
      const found: Alternative[] = [];
      for (const { value } of this.of(unit, of.of)) {
        if (value.kind === 'instance' || value.kind === 'class') {
          for (const cls of [value.cls, ...this.bases(value.cls)]) {
            extend(found, put(cls.unit as Linked, `c${cls.id}.${of.name}`));
            const init = cls.fact.members.find(({ name }) => name === of.name)?.value;
            if (init?.k === 'array') extend(found, this.elements(cls.unit as Linked, init, depth + 1));
          }
        } else if (value.kind === 'module') {
          extend(found, this.elementsOfExport(value.unit as Linked, of.name, depth));
        } else if (value.kind === 'object') {
          const inner = value.expr.props.find(({ name }) => name === of.name)?.value;
          if (inner) extend(found, this.elements(value.unit as Linked, inner, depth + 1));
        }
      }
      return found;
    }
    if (of.k === 'call') {
      const { callee, args } = this.tables.call(unit, of.c).fact;
      if (callee.k !== 'member') return [];
      if (
        /^(?:filter|slice|values|sort|reverse|concat|flat|toSorted|toReversed)$/.test(callee.name) &&
        callee.of.k !== 'global'
      )
        return this.elements(unit, callee.of, depth + 1);
      const first = args[0];
      const over = callee.of.k === 'global' && first && /^(?:values|from|of|entries|freeze)$/.test(callee.name);
      return over ? [...this.elements(unit, first, depth + 1), ...this.propertyValues(unit, first)] : [];
    }
    return [];
  }

  private propertyValues(unit: Linked, of: Expr): readonly Alternative[] {
    return this.of(unit, of).flatMap(({ value }) =>
      value.kind === 'object' ? value.expr.props.slice(0, MOST).flatMap((prop) => this.of(value.unit, prop.value)) : [],
    );
  }

  private exportedElements(unit: Unit, specifier: string, name: string, depth: number): readonly Alternative[] {
    const target = this.tables.target(unit, specifier);
    const to = target.kind === 'file' ? this.tables.byFile.get(target.file) : undefined;
    return to ? this.elementsOfExport(to, name, depth + 1) : [];
  }

  private elementsOfExport(to: Linked, name: string, depth: number): readonly Alternative[] {
    const found: Alternative[] = [];
    for (const fact of to.facts.exports) {
      const whole = fact.name === '=' && (name === '*' || name === 'default');
      if (fact.name !== name && !whole && fact.name !== '*' && fact.name !== '=') continue;
      if (fact.from)
        extend(found, this.exportedElements(to, fact.from.specifier, fact.name === '*' ? name : fact.from.name, depth));
      else if (fact.value && (whole || fact.name === name)) extend(found, this.elements(to, fact.value, depth + 1));
      else if (fact.name === '=' && fact.value?.k === 'object') {
        const inner = fact.value.props.find((prop) => prop.name === name)?.value;
        if (inner) extend(found, this.elements(to, inner, depth + 1));
      }
    }
    return found;
  }

  // Calls

  private result(call: Call): readonly Alternative[] {
    const { fact, unit } = call;
    const first = fact.args[0];
    if (fact.callee.k === 'global' && (fact.callee.name === 'require' || fact.callee.name === 'import')) {
      return first?.k === 'lit' && typeof first.v === 'string' ? this.imported(unit, first.v, '*') : UNKNOWN;
    }
    const found: Alternative[] = [];
    for (const { value, when } of this.of(unit, fact.callee)) {
      if (value.kind === 'external') {
        const api = this.same(called(value.api));
        const through = this.through.first(value.api);
        const handed = through ? fact.args[through.arg] : undefined;
        if (handed) extend(found, under(this.of(unit, handed), when));
        else if (/(?:^global:__importDefault|^global:__importStar|^global:_interopRequire\w*)\(\)$/.test(api) && first)
          extend(found, this.of(unit, first));
        else extend(found, under(this.contained(call, one({ kind: 'external', api, call })), when));
      } else if (value.kind === 'class') {
        if (fact.new) found.push({ value: { kind: 'instance', cls: value.cls, call }, when });
      } else if (value.kind === 'function') {
        if (fact.callee.k === 'member' && fact.callee.name === 'bind') found.push({ value, when });
        else if (isImportHelper(value.fn) && first) extend(found, this.of(unit, first));
        else extend(found, under(this.returned(value.fn), when));
      } else if (value.kind === 'unknown') {
        extend(found, this.contained(call, UNKNOWN));
      }
    }
    if (found.every(({ value }) => !isSolid(value))) extend(found, this.promised(call));
    const elements = this.element(call);
    if (elements.length)
      return [...elements, ...found.filter(({ value }) => isSolid(value) && value.kind !== 'external')];
    return found.length ? found : UNKNOWN;
  }

  /** `work().catch(…)` gives what the work gives, `work().then(f)` what `f` gives. */
  private promised(call: Call): readonly Alternative[] {
    const { callee, args } = call.fact;
    if (callee.k !== 'member') return [];
    if (callee.name === 'catch' || callee.name === 'finally')
      return this.of(call.unit, callee.of).filter(({ value }) => isSolid(value));
    const first = callee.name === 'then' ? args[0] : undefined;
    if (!first) return [];
    return this.of(call.unit, first).flatMap(({ value }) => (value.kind === 'function' ? this.returned(value.fn) : []));
  }

  /** `jobs.find(…)`, `handlers.get(name)`: one of the things that were put in. */
  private element(call: Call): readonly Alternative[] {
    const { callee } = call.fact;
    if (callee.k !== 'member' || !/^(?:get|find|at|pop|shift|findLast)$/.test(callee.name)) return [];
    return this.elements(call.unit as Linked, callee.of);
  }

  /** `container.get(UserService)`, `app.get(UserService)`: a container gives an instance of the class it is asked for. */
  private contained(call: Call, otherwise: readonly Alternative[]): readonly Alternative[] {
    const { callee, args } = call.fact;
    const first = args[0];
    if (callee.k !== 'member' || !/^(?:get|resolve|inject|getService|select)$/.test(callee.name) || first?.k !== 'id')
      return otherwise;
    const values = this.of(call.unit, first);
    const classes = values.filter(({ value }) => value.kind === 'class');
    const external = values.flatMap(({ value }) =>
      value.kind === 'external' && /^[^:]+:[A-Z]\w*$/.test(value.api) && !value.api.startsWith('global:')
        ? [value.api]
        : [],
    );
    if (classes.length === 0 && external.length > 0)
      return external.flatMap((api) => one({ kind: 'external', api: this.same(called(api)) }));
    return classes.length
      ? classes.map(({ value }) => ({
          value: { kind: 'instance', cls: (value as Value & { kind: 'class' }).cls },
          when: [],
        }))
      : otherwise;
  }

  returned(fn: Fn): readonly Alternative[] {
    const { unit, fact } = fn;
    const found: Alternative[] = [];
    for (const { value, when } of fact.returns) {
      const conditions = this.tables.conditions(unit, when);
      extend(found, under(value ? this.of(unit, value) : UNDEFINED, conditions));
    }
    if (fact.open && fact.returns.some(({ value }) => value)) {
      const first = fact.returns.find(({ when }) => when.length > 0);
      const condition = first ? this.tables.conditions(unit, first.when)[0] : undefined;
      if (condition)
        found.push({
          value: { kind: 'undefined' },
          when: [{ unit, fact: { ...condition.fact, sense: !condition.fact.sense } }],
        });
    }
    if (fact.returnType && !found.some(({ value }) => isSolid(value)))
      extend(found, this.typed(unit as Linked, fact.returnType));
    return found.length ? found : UNKNOWN;
  }

  calleeApis(call: Call): readonly string[] {
    const found: string[] = [];
    for (const { value } of this.of(call.unit, call.fact.callee))
      if (value.kind === 'external' && !found.includes(value.api)) found.push(value.api);
    return found;
  }

  // Classes and types

  baseOf(cls: Cls): readonly Alternative[] {
    return cls.fact.extends ? this.of(cls.unit, cls.fact.extends) : [];
  }

  bases(cls: Cls): Cls[] {
    const found: Cls[] = [];
    const visit = (at: Cls) => {
      for (const { value } of this.baseOf(at)) {
        if (value.kind !== 'class' || found.includes(value.cls) || value.cls === cls) continue;
        found.push(value.cls);
        visit(value.cls);
      }
    };
    visit(cls);
    return found;
  }

  subclassesOf(cls: Cls): readonly Cls[] {
    return this.subclasses.get(cls) ?? [];
  }

  /** What something declared as a type can be: an instance of the class, of those that implement it, or what a package's type stands for. */
  private typed(unit: Linked, type: TypeFact): readonly Alternative[] {
    const found: Alternative[] = [];
    for (const { value } of this.of(unit, type.ref)) {
      if (value.kind === 'class') {
        found.push({ value: { kind: 'instance', cls: value.cls }, when: [] });
        for (const sub of (this.subclasses.get(value.cls) ?? []).slice(0, MOST))
          found.push({ value: { kind: 'instance', cls: sub }, when: [] });
      } else if (value.kind === 'external' && !value.api.startsWith('global:')) {
        extend(found, one({ kind: 'external', api: this.typeAlias.get(value.api) ?? this.same(called(value.api)) }));
      }
    }
    if (found.length) return found;
    const implementing = this.byInterface.get(this.typeName(unit, type)) ?? [];
    return implementing.slice(0, MOST).map((cls) => ({ value: { kind: 'instance', cls }, when: [] }));
  }

  private typeName(unit: Unit, type: TypeFact): string {
    const { ref } = type;
    if (ref.k === 'id') return unit.facts.bindings[ref.b]?.from?.name ?? unit.facts.bindings[ref.b]?.name ?? '';
    return ref.k === 'global' || ref.k === 'member' ? ref.name : '';
  }

  /** The spelling that knowledge uses for an API path. */
  private same(api: string): string {
    if (api.length > 160) return 'unknown:';
    const found = this.alias.first(api);
    if (found) return found.is === api ? api : this.same(found.is);
    const env = /^(?:global:process|process:|global:Bun)\.?env\.(\w+)$/.exec(api);
    return env ? `env:${env[1]}` : api;
  }
}

function isImportHelper(fn: Fn): boolean {
  return /^(?:__importDefault|__importStar|_interopRequire\w*)$/.test(fn.fact.name);
}

/** Adds alternatives up to a bound: what can be very many things tells nothing. */
function extend(found: Alternative[], more: readonly Alternative[]): void {
  for (const alternative of more) {
    if (found.length >= MOST * 5) return;
    found.push(alternative);
  }
}

function one(value: Value): readonly Alternative[] {
  return [{ value, when: [] }];
}

export function isSolid(value: Value): boolean {
  return value.kind !== 'unknown' && !(value.kind === 'external' && value.api.startsWith('unknown:'));
}

function branch(unit: Unit, test: Expr, sense: boolean): Condition {
  return { unit, fact: { test, sense, kind: 'choose', span: [0, 0, 0, 0] } };
}

function under(values: readonly Alternative[], when: readonly Condition[]): readonly Alternative[] {
  if (when.length === 0) return values;
  return values.map(({ value, when: own }) => ({ value, when: own.length ? joined(when, own) : when }));
}

/** Conditions along a chain of values; the nearest ones tell, and a chain may go through many. */
function joined(outer: readonly Condition[], inner: readonly Condition[]): readonly Condition[] {
  if (outer.length >= MOST) return outer;
  const more = inner.filter(
    ({ fact }) => !outer.some((known) => known.fact.test === fact.test && known.fact.sense === fact.sense),
  );
  return [...outer, ...more].slice(0, MOST);
}

function key(value: Value): unknown {
  switch (value.kind) {
    case 'external':
      return value.api;
    case 'function':
      return value.fn;
    case 'class':
      return value.cls;
    case 'instance':
      return `instance ${value.cls.unit.file} ${value.cls.id}`;
    case 'object':
      return value.expr;
    case 'array':
      return value.items;
    case 'module':
      return value.unit;
    case 'literal':
      return `literal ${typeof value.value} ${value.value}`;
    default:
      return value.kind;
  }
}

/** One alternative a value; the one with the fewest conditions stays. */
function distinct(values: readonly Alternative[]): readonly Alternative[] {
  if (values.length < 2) return values;
  const best = new Map<unknown, Alternative>();
  for (const alternative of values) {
    const id = key(alternative.value);
    const known = best.get(id);
    if (!known || alternative.when.length < known.when.length) best.set(id, alternative);
  }
  return [...best.values()].slice(0, MOST);
}
