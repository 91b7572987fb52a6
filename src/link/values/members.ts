import type { AccessFact, Expr, MemberFact } from '../../model/facts.js';
import type { Alternative, Cls, Condition, Value } from '../../model/program.js';
import type { Linked, Tables } from '../tables.js';
import { called } from '../../knowledge/api-table.js';
import { platformNames } from '../../knowledge/platform.js';
import type { Values } from './values.js';
import {
  CIRCLE,
  extended,
  external,
  instance,
  none,
  NOTHING,
  ITSELF,
  isSolid,
  joined,
  MOST,
  one,
  UNDEFINED,
  UNKNOWN,
  under,
} from './alternatives.js';
import { Question } from './answers.js';
import type { Heap } from './heap.js';

/** Something is given whatever holds: under no condition, or under one and under its opposite. */
function isCertain(given: readonly Alternative[]): boolean {
  return given.some(
    ({ when }) =>
      when.length === 0 ||
      (when.length === 1 &&
        given.some((other) => other.when.length === 1 && isOpposite(when[0] as Condition, other.when[0] as Condition))),
  );
}

function isOpposite(a: Condition, b: Condition): boolean {
  return a.fact.test === b.fact.test && a.fact.sense !== b.fact.sense;
}

/** `...(store && { store })`: spread only where there is one, so that what it gives is never missing. */
function isAskedFor(spread: Expr, value: Value, name: string): boolean {
  const asked =
    spread.k === 'logic' && spread.op === '&&' ? spread.left : spread.k === 'choose' ? spread.test : undefined;
  if (asked?.k !== 'id' || value.kind !== 'object') return false;
  // On the other way of a choice it stands for nothing.
  const given = spread.k === 'choose' ? spread.yes : undefined;
  if (given && given !== value.expr) return false;
  return value.expr.props.some((prop) => prop.name === name && prop.value.k === 'id' && prop.value.b === asked.b);
}

/** The conditions of the first way with the fewest on which there is nothing. */
function leastMissing(values: readonly Alternative[]): readonly Condition[] {
  let least: readonly Condition[] | undefined;
  for (const { value, when } of values)
    if (value.kind === 'undefined' && (!least || when.length < least.length)) least = when;
  return least ?? [];
}

function isFalsy(value: Value): boolean {
  return value.kind === 'undefined' || (value.kind === 'literal' && !value.value);
}

const UNTOUCHED = none<AccessFact>();

/** What the properties of values are. */
export class Members {
  private readonly properties = new Map<Expr, Map<string, Question>>();

  constructor(
    private readonly values: Values,
    private readonly tables: Tables,
    private readonly heap: Heap,
  ) {}

  memberOfExpr(unit: Linked, expr: Expr & { k: 'member' }): readonly Alternative[] {
    let found = expr.of.k === 'id' ? this.assignedLater(unit, expr.of.b, expr.name) : NOTHING;
    // What is always assigned later is never absent.
    const always = found.some(({ when }) => when.length === 0);
    if (expr.of.k === 'global' && (expr.of.name === 'module' || expr.of.name === 'exports')) {
      return expr.name === 'exports' ? one({ kind: 'module', unit }) : this.values.exported(unit, expr.name);
    }
    if (expr.of.k === 'super' && expr.of.cls !== undefined)
      found = extended(found, this.inherited(this.tables.cls(unit, expr.of.cls), expr.name));
    // In a static method `super` is the base class itself, of whose statics only those are meant that no method hides.
    const isMethod = expr.of.k === 'super' && found.some(({ value }) => value.kind === 'function');
    // `(isLocal && settings).pool`: nothing hangs on what is not so.
    const mayFail = expr.of.k === 'logic' && expr.of.op === '&&';
    for (const alternative of isMethod ? [] : this.values.of(unit, expr.of)) {
      if (mayFail && alternative.value.kind === 'undefined') {
        if (!always) found = extended(found, [alternative]);
        continue;
      }
      const values = under(this.memberOf(alternative.value, expr.name), alternative.when);
      found = extended(found, always ? values.filter(({ value }) => value.kind !== 'undefined') : values);
    }
    // In a static method `this` is whichever class it was called on.
    if (expr.of.k === 'this' && expr.of.static && expr.of.cls !== undefined)
      found = extended(found, this.overridden(this.tables.cls(unit, expr.of.cls), expr.name, true));
    if (found.length > 0 && !found.some(({ value }) => value.kind === 'unknown')) return found;
    const solid = found.filter(({ value }) => value.kind !== 'unknown');
    if (solid.length) return solid;
    return found.length > 0 && found.every(({ value }) => value === ITSELF) ? CIRCLE : UNKNOWN;
  }

  /** `super.save()`: the base class's own, whatever overrides it. */
  private inherited(cls: Cls, name: string): readonly Alternative[] {
    return this.values
      .baseOf(cls)
      .flatMap(({ value }) =>
        value.kind === 'class'
          ? this.fieldOrMethod(value.cls, name, false, new Set([cls]))
          : value.kind === 'external'
            ? one(external(this.values.sameMember(this.values.same(called(value.api)), name)))
            : [],
      );
  }

  /** `options.store = …` after `const options = { … }`. */
  private assignedLater(unit: Linked, binding: number, name: string): readonly Alternative[] {
    let found: readonly Alternative[] = NOTHING;
    for (const access of unit.properties.get(binding) ?? UNTOUCHED) {
      const target = access.target as Expr & { k: 'member' };
      if (target.name !== name || !access.value) continue;
      found = extended(found, under(this.values.of(unit, access.value), this.tables.conditions(unit, access.when)));
    }
    return found;
  }

  /** What `.name` of a value can be: what it is made with, and what is assigned to it anywhere. */
  memberOf(value: Value, name: string): readonly Alternative[] {
    if (name === 'promise' && value.kind === 'external' && value.call) {
      const settled = this.values.promised.deferred(value.api, value.call);
      if (settled.length) return settled;
    }
    const later = value.kind === 'module' ? NOTHING : this.assigned(value, name);
    const own = this.ownMember(value, name);
    if (value.kind === 'object' && later.length === 0 && own.some((one) => one.value.kind === 'undefined')) {
      const keyed = this.values.keyed(value, name);
      return keyed.length ? [...own, ...keyed] : own;
    }
    if (later.length === 0) return own;
    const isAlways = later.some(({ when }) => when.length === 0);
    if (value.kind === 'external') {
      // Names on the process that are none of the platform's are only what the project hangs there; what `JSON.parse` gives has its own.
      const api = own[0]?.value.kind === 'external' ? own[0].value.api : '';
      if (this.values.registry.isStore(value.api) && later.some((one) => isSolid(one.value))) return later;
      const isPlatform = api.startsWith('global:') && !api.includes('(');
      return isPlatform && !platformNames.has(name) ? later : [...own, ...later];
    }
    return [
      ...later,
      ...own.filter((one) => one.value.kind !== 'unknown' && !(isAlways && one.value.kind === 'undefined')),
    ];
  }

  assigned(value: Value, name: string): readonly Alternative[] {
    let found: readonly Alternative[] = NOTHING;
    for (const put of this.heap.assignedTo(value, name)) found = extended(found, under(this.values.put(put), put.when));
    return found.length > 0 ? found : this.copied(value, name);
  }

  /** What is copied into an object under a name. */
  private copied(value: Value, name: string): readonly Alternative[] {
    let found: readonly Alternative[] = NOTHING;
    for (const { unit, value: from } of this.heap.mergedInto(value)) {
      for (const { value: source, when } of this.values.of(unit, from)) {
        if (source.kind === 'external' || source.kind === 'literal' || source === value) continue;
        const given = this.values.answer(this.keyOf(from, `from ${name}`), () => this.memberOf(source, name));
        found = extended(
          found,
          under(
            given.filter(({ value: known }) => isSolid(known) && known.kind !== 'undefined'),
            when,
          ),
        );
      }
    }
    return found;
  }

  /** A property of an object literal that nothing changes: not assigned, by no computed name, and in nothing that is copied over it. */
  isFixed(value: Value & { readonly kind: 'object' }, name: string): boolean {
    if (this.heap.assignedTo(value, name).length > 0 || this.heap.entriesOf(value).length > 0) return false;
    const { props } = value.expr;
    const own = props.findIndex((prop) => prop.name === name);
    if (own < 0 || props.slice(own + 1).some((prop) => prop.name === undefined || prop.name === '*')) return false;
    return this.heap.mergedInto(value).every((put) => {
      const sources = this.values.of(put.unit, put.value).map((source) => source.value);
      return sources.length > 0 && sources.every((source) => source === value || this.lacks(source, value.expr, name));
    });
  }

  /** Copied over another object, it leaves a property as it was. */
  private lacks(source: Value, over: Expr, name: string): boolean {
    if (source.kind === 'undefined') return true;
    if (source.kind === 'instance')
      return (
        !source.cls.fact.members.some((fact) => fact.name === name) && this.heap.assignedTo(source, name).length === 0
      );
    if (source.kind !== 'object') return false;
    return (
      source.expr === over ||
      (source.expr.props.every((prop) => prop.name !== undefined && prop.name !== '*' && prop.name !== name) &&
        this.heap.assignedTo(source, name).length === 0)
    );
  }

  private ownMember(value: Value, name: string): readonly Alternative[] {
    switch (value.kind) {
      case 'external': {
        const api = this.values.sameMember(value.api, name);
        const given = this.values.trees.at(api);
        return given.length ? given : one(external(api, value.call, value.model));
      }
      case 'module':
        return this.values.exported(this.tables.linked(value.unit), name);
      case 'object':
        return this.values.answer(this.keyOf(value.expr, name), () =>
          this.findProperty(value.unit as Linked, value.expr, name),
        );
      case 'instance':
        return this.fieldOrMethod(value.cls, name, false);
      case 'class':
        if (name === 'prototype') return one(instance(value.cls));
        // `Base.call(this)` in a constructor that is a function runs the base's.
        if (value.cls.fact.byFunction && /^(?:call|apply|bind)$/.test(name)) return one(value);
        return this.fieldOrMethod(value.cls, name, true);
      case 'function':
        if (name === 'with' && this.values.trees.isOne(value.fn)) return one(value);
        return name === 'bind' || name === 'call' || name === 'apply' ? one(value) : UNKNOWN;
      case 'array':
        return this.itemOf(value, name);
      default:
        return UNKNOWN;
    }
  }

  private itemOf(value: Value & { readonly kind: 'array' }, name: string): readonly Alternative[] {
    const item = /^\d+$/.test(name) ? this.values.item(value, Number(name)) : NOTHING;
    return item.length ? item : UNKNOWN;
  }

  /** A property of an object literal is a question of its own: an object spread into itself asks for itself. */
  private keyOf(expr: Expr, name: string): Question {
    let names = this.properties.get(expr);
    if (!names) {
      names = new Map();
      this.properties.set(expr, names);
    }
    let key = names.get(name);
    if (!key) {
      key = new Question();
      names.set(name, key);
    }
    return key;
  }

  /** From the last property to the first; a conditional spread leaves it to what stands before. */
  private findProperty(unit: Linked, expr: Expr & { k: 'object' }, name: string): readonly Alternative[] {
    this.values.look(expr);
    let found: readonly Alternative[] = NOTHING;
    let absent: readonly Condition[] = [];
    for (let i = expr.props.length - 1; i >= 0; i--) {
      const prop = expr.props[i];
      if (!prop || (prop.name !== undefined && prop.name !== name)) continue;
      if (prop.name === name) {
        const accessor = prop.value.k === 'fn' ? this.tables.fn(unit, prop.value.f) : undefined;
        if (accessor?.fact.kind === 'setter') continue;
        const held =
          accessor?.fact.kind === 'getter' ? this.values.returned(accessor) : this.values.of(unit, prop.value);
        found = extended(found, under(held, absent));
        return found;
      }
      const spread = this.spread(unit, prop.value, name);
      const given = spread.filter(({ value }) => value.kind !== 'undefined');
      if (given.length === 0) continue;
      found = extended(found, under(given, absent));
      if (given.length === spread.length && isCertain(given)) return found;
      // The way with the fewest conditions: `...(store && { store })` asks for nothing but that there is no store.
      absent = joined(absent, leastMissing(spread));
    }
    if (expr.props.some((prop) => prop.name === '*')) found = extended(found, UNKNOWN);
    else found = extended(found, [{ value: { kind: 'undefined' }, when: absent }]);
    return found;
  }

  /** What an object that is spread into another has under a name. */
  private spread(unit: Linked, expr: Expr, name: string): readonly Alternative[] {
    return this.values.of(unit, expr).flatMap(({ value, when }) => {
      if (value.kind === 'undefined') return under(UNDEFINED, when);
      const held = this.memberOf(value, name);
      return under(isAskedFor(expr, value, name) ? held.filter((one) => !isFalsy(one.value)) : held, when);
    });
  }

  private fieldOrMethod(cls: Cls, name: string, isStatic: boolean, seen = new Set<Cls>()): readonly Alternative[] {
    if (seen.has(cls)) return UNKNOWN;
    seen.add(cls);
    const unit = cls.unit as Linked;
    let found: readonly Alternative[] = NOTHING;
    for (const fact of cls.fact.members) {
      if (fact.name === name && Boolean(fact.static) === isStatic)
        found = extended(found, this.memberValue(unit, fact));
    }
    for (const access of unit.fields.get(`${cls.id}.${name}`) ?? UNTOUCHED) {
      const self = (access.target as Expr & { k: 'member' }).of;
      if (access.value && self.k === 'this' && Boolean(self.static) === isStatic)
        found = extended(found, this.values.of(unit, access.value));
    }
    const solid = found.filter(({ value }) => isSolid(value));
    if (!isStatic && seen.size === 1) solid.push(...this.overridden(cls, name, false));
    if (solid.length) return solid;
    const own = cls.fact.members.some((fact) => fact.name === name);
    if (own || found.length) return found.length ? found : UNKNOWN;
    for (const alternative of this.values.baseOf(cls)) {
      if (alternative.value.kind === 'class' && alternative.value.cls !== cls)
        return this.fieldOrMethod(alternative.value.cls, name, isStatic, seen);
      if (alternative.value.kind === 'external') {
        const base = isStatic ? alternative.value.api : this.values.same(called(alternative.value.api));
        const [model] = seen;
        return one(external(this.values.sameMember(base, name), undefined, model));
      }
    }
    return UNKNOWN;
  }

  /** The methods of subclasses that override one. */
  private overridden(cls: Cls, name: string, isStatic: boolean): readonly Alternative[] {
    const subclasses = this.values.subclassesOf(cls);
    if (subclasses.length === 0) return NOTHING;
    return subclasses
      .slice(0, MOST)
      .filter((sub) =>
        sub.fact.members.some(
          (fact) => fact.name === name && fact.kind === 'method' && Boolean(fact.static) === isStatic,
        ),
      )
      .flatMap((sub) => this.fieldOrMethod(sub, name, isStatic, new Set([cls])))
      .filter(({ value }) => value.kind === 'function');
  }

  private memberValue(unit: Linked, fact: MemberFact): readonly Alternative[] {
    if (fact.kind === 'method') return one({ kind: 'function', fn: this.tables.fn(unit, fact.fn as number) });
    if (fact.kind === 'getter') return this.values.returned(this.tables.fn(unit, fact.fn as number));
    if (fact.kind === 'setter') return [];
    let found: readonly Alternative[] = NOTHING;
    if (fact.value) found = extended(found, this.values.of(unit, fact.value));
    if (fact.param !== undefined) found = extended(found, this.values.binding(unit, fact.param));
    for (const id of fact.decorators ?? [])
      found = extended(found, this.values.kept(this.values.registry.injected(this.tables.call(unit, id))));
    if (fact.type && !found.some(({ value }) => isSolid(value) && value.kind !== 'undefined'))
      found = extended(found, this.values.typed(unit, fact.type));
    return found;
  }
}
