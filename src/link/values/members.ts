import type { Expr, MemberFact } from '../../model/facts.js';
import type { Alternative, Cls, Condition, Value } from '../../model/program.js';
import type { Linked, Tables } from '../tables.js';
import { called, member } from '../../knowledge/api-table.js';
import type { Values } from '../values.js';
import { DEEPEST, extend, isSolid, joined, MOST, one, UNDEFINED, UNKNOWN, under } from './alternatives.js';
import type { Answer } from './progress.js';

/** What the properties of values are. */
export class Members {
  private properties = new WeakMap<Expr, Map<string, Answer>>();
  private readonly active = new Map<Expr, Map<string, number>>();

  constructor(
    private readonly values: Values,
    private readonly tables: Tables,
  ) {}

  forget(): void {
    this.properties = new WeakMap();
  }

  memberOfExpr(unit: Linked, expr: Expr & { k: 'member' }): readonly Alternative[] {
    const found: Alternative[] = expr.of.k === 'id' ? [...this.assignedLater(unit, expr.of.b, expr.name)] : [];
    // What is always assigned later is never absent.
    const always = found.some(({ when }) => when.length === 0);
    if (expr.of.k === 'global' && (expr.of.name === 'module' || expr.of.name === 'exports')) {
      return expr.name === 'exports' ? one({ kind: 'module', unit }) : this.values.exported(unit, expr.name);
    }
    for (const alternative of this.values.of(unit, expr.of)) {
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
    return this.values
      .baseOf(cls)
      .flatMap(({ value }) =>
        value.kind === 'class'
          ? this.fieldOrMethod(value.cls, name, false, new Set([cls]))
          : value.kind === 'external'
            ? one({ kind: 'external', api: this.values.same(member(this.values.same(called(value.api)), name)) })
            : [],
      );
  }

  /** `options.store = …` after `const options = { … }`. */
  private assignedLater(unit: Linked, binding: number, name: string): readonly Alternative[] {
    const found: Alternative[] = [];
    for (const access of unit.properties.get(binding) ?? []) {
      const target = access.target as Expr & { k: 'member' };
      if (target.name !== name || !access.value) continue;
      extend(found, under(this.values.of(unit, access.value), this.tables.conditions(unit, access.when)));
    }
    return found;
  }

  /** What `.name` of a value can be. */
  memberOf(value: Value, name: string): readonly Alternative[] {
    // An object spread into itself (`state = { ...state, x }`) has no end.
    const { progress } = this.values;
    if (progress.depth > DEEPEST) {
      progress.cut(0);
      return UNKNOWN;
    }
    progress.depth++;
    const found = this.findMember(value, name);
    progress.depth--;
    return found;
  }

  private findMember(value: Value, name: string): readonly Alternative[] {
    switch (value.kind) {
      case 'external':
        return one({
          kind: 'external',
          api: this.values.same(member(value.api, name)),
          ...(value.call ? { call: value.call } : {}),
        });
      case 'module':
        return this.values.exported(this.tables.linked(value.unit), name);
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
    const { progress } = this.values;
    const earlier = progress.recall(known.get(name));
    if (earlier) return earlier;
    let active = this.active.get(expr);
    if (!active) {
      active = new Map();
      this.active.set(expr, active);
    }
    // An object spread into itself (`state = { ...state, x }`) asks for itself; it adds nothing.
    const open = active.get(name);
    if (open !== undefined) {
      progress.cut(open);
      return [];
    }
    const answer = progress.answer((level) => {
      active.set(name, level);
      const found = this.findProperty(unit, expr, name);
      active.delete(name);
      return found;
    });
    known.set(name, answer);
    return answer.found;
  }

  /** From the last property to the first; a conditional spread leaves it to what stands before. */
  private findProperty(unit: Linked, expr: Expr & { k: 'object' }, name: string): readonly Alternative[] {
    const found: Alternative[] = [];
    let absent: readonly Condition[] = [];
    for (let i = expr.props.length - 1; i >= 0; i--) {
      const prop = expr.props[i];
      if (!prop || (prop.name !== undefined && prop.name !== name)) continue;
      if (prop.name === name) {
        extend(found, under(this.values.of(unit, prop.value), absent));
        return found;
      }
      const spread = this.values
        .of(unit, prop.value)
        .flatMap(({ value, when }) => under(value.kind === 'undefined' ? UNDEFINED : this.memberOf(value, name), when));
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
        extend(found, this.values.of(unit, access.value));
    }
    if (isStatic) extend(found, this.assignedStatics(cls, name));
    const solid = found.filter(({ value }) => isSolid(value));
    if (!isStatic && seen.size === 1) {
      for (const sub of this.values.subclassesOf(cls).slice(0, MOST)) {
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
    for (const alternative of this.values.baseOf(cls)) {
      if (alternative.value.kind === 'class' && alternative.value.cls !== cls)
        return this.fieldOrMethod(alternative.value.cls, name, isStatic, seen);
      if (alternative.value.kind === 'external') {
        const base = isStatic ? alternative.value.api : this.values.same(called(alternative.value.api));
        return one({ kind: 'external', api: this.values.same(member(base, name)) });
      }
    }
    return UNKNOWN;
  }

  private memberValue(unit: Linked, fact: MemberFact): readonly Alternative[] {
    if (fact.kind === 'method') return one({ kind: 'function', fn: this.tables.fn(unit, fact.fn as number) });
    if (fact.kind === 'getter') return this.values.returned(this.tables.fn(unit, fact.fn as number));
    if (fact.kind === 'setter') return [];
    const found: Alternative[] = [];
    if (fact.value) extend(found, this.values.of(unit, fact.value));
    if (fact.param !== undefined) extend(found, this.values.binding(unit, fact.param));
    if (fact.type && !found.some(({ value }) => isSolid(value) && value.kind !== 'undefined'))
      extend(found, this.values.typed(unit, fact.type));
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
          extend(found, this.values.of(unit, access.value));
      }
    });
    return found;
  }
}
