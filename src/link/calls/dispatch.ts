import type { Expr } from '../../model/facts.js';
import type { Alternative, Call, Cls, Fn, Unit, Value } from '../../model/program.js';
import type { Linked, Tables } from '../tables.js';
import { instance, none } from '../values/alternatives.js';
import type { Values } from '../values/values.js';

/** What a table of handlers may hold before it is no longer followed. */
const MOST = 200;
const DEEPEST = 6;
const NOTHING = none<Value>();
/** Values keep no more alternatives than a dozen: so many may not be all. */
const MOST_NAMES = 12;

/**
 * Calls whose target is chosen at run time: an entry of a registry by a computed key, a method that subclasses override. Values
 * keep a dozen alternatives at most; a table of sixty commands leads to all sixty.
 */
export class Dispatch {
  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
  ) {}

  /** Functions and constructors beyond those that the callee's own values tell. */
  targets(call: Call): readonly Value[] {
    const { callee } = call.fact;
    const found = this.chosen(call.unit as Linked, callee, DEEPEST) ?? NOTHING;
    const more =
      callee.k === 'id'
        ? this.handedIn(call.unit as Linked, callee.b)
        : callee.k === 'member'
          ? this.overrides(call.unit, callee)
          : NOTHING;
    return more.length === 0 ? found : [...found, ...more];
  }

  /** The functions and classes that a parameter gets from more callers than values keep: `wrap(handler)` in a hundred places. */
  private handedIn(unit: Linked, binding: number): readonly Value[] {
    const fact = unit.facts.bindings[binding];
    if (!fact?.param || fact.param.path || fact.param.rest) return NOTHING;
    const { index } = fact.param;
    const { fed } = this.values.givenTo(this.tables.fn(unit, fact.fn));
    if (fed.length <= 12) return NOTHING;
    const found: Value[] = [];
    for (const { call, args } of fed) {
      const arg = args[index];
      if (!arg || arg.k === 'spread' || found.length >= MOST) continue;
      for (const { value } of this.values.of(call.unit, arg))
        if (value.kind === 'function' || value.kind === 'class') found.push(value);
    }
    return found;
  }

  /** All that a look-up by a computed key can give; nothing for what is no look-up. */
  private chosen(unit: Linked, expr: Expr, depth: number): Value[] | undefined {
    if (depth === 0) return undefined;
    switch (expr.k) {
      case 'index':
        return expr.key.k === 'lit' ? undefined : this.entries(unit, expr.of, expr.key);
      case 'id': {
        const fact = unit.facts.bindings[expr.b];
        if (!fact?.init || fact.param || fact.from || unit.assigned.has(expr.b)) return undefined;
        return this.chosen(unit, fact.init, depth - 1);
      }
      case 'logic':
        return this.chosen(unit, expr.left, depth - 1) ?? this.chosen(unit, expr.right, depth - 1);
      case 'choose':
        return this.chosen(unit, expr.yes, depth - 1) ?? this.chosen(unit, expr.no, depth - 1);
      case 'await':
        return this.chosen(unit, expr.of, depth - 1);
      case 'member':
        return this.chosen(unit, expr.of, depth - 1)?.flatMap((value) => only(this.values.memberOf(value, expr.name)));
      case 'call': {
        const call = this.tables.call(unit, expr.c);
        if (!call.fact.new) return undefined;
        return this.chosen(unit, call.fact.callee, depth - 1)?.flatMap((value): Value[] =>
          value.kind === 'class' ? [instance(value.cls, call)] : [],
        );
      }
      default:
        return undefined;
    }
  }

  private entries(unit: Linked, of: Expr, key: Expr): Value[] {
    const found: Value[] = [];
    const { names, isAll, areMore } = this.names(unit, key);
    if (isAll) {
      for (const { value } of this.values.of(unit, of))
        for (const name of names) found.push(...only(this.values.memberOf(value, name)));
      return found;
    }
    const prefix = key.k === 'text' && key.parts[0]?.k === 'lit' ? String(key.parts[0].v) : '';
    for (const { value } of this.values.of(unit, of)) {
      if (value.kind !== 'instance' || names.length === 0) this.inside(value, prefix, found, 3);
      else if (areMore) this.methods(value.cls, '', found);
      else for (const name of names) found.push(...only(this.values.memberOf(value, name)));
    }
    return found;
  }

  /**
   * What the key can be: `log(level)` that is only ever called with 'warn' and 'error'. Of a table with more names than values keep
   * (`{ action: 'place', path: '/orders' }`) it can be any.
   */
  private names(unit: Unit, key: Expr) {
    const names: string[] = [];
    const all = this.values.of(unit, key);
    for (const { value } of all)
      if (value.kind === 'literal' && typeof value.value === 'string') names.push(value.value);
    const areMore = all.length >= MOST_NAMES;
    return { names, areMore, isAll: names.length > 0 && names.length === all.length && !areMore };
  }

  /** The functions, classes and objects that a value keeps under names. */
  private inside(value: Value, prefix: string, found: Value[], depth: number): void {
    const keep = (more: readonly Alternative[]) => {
      for (const one of more) if (found.length < MOST) found.push(one.value);
    };
    if (value.kind === 'object') {
      for (const prop of value.expr.props) {
        if (prop.name === undefined) {
          if (depth > 0)
            for (const spread of this.values.of(value.unit, prop.value))
              this.inside(spread.value, prefix, found, depth - 1);
        } else if (prop.name === '*' || prop.name.startsWith(prefix)) keep(this.values.of(value.unit, prop.value));
      }
    } else if (value.kind === 'module') {
      for (const fact of value.unit.facts.exports) {
        if (fact.name === '*' && fact.from) {
          if (depth > 0)
            for (const through of this.values.imported(value.unit, fact.from.specifier, '*'))
              this.inside(through.value, prefix, found, depth - 1);
        } else if (fact.name !== '=' && fact.name.startsWith(prefix)) {
          keep(this.values.exported(this.tables.linked(value.unit), fact.name));
        }
      }
    } else if (value.kind === 'array') {
      for (const item of value.items) keep(this.values.of(value.unit, item));
    } else if (value.kind === 'instance' && prefix) {
      // `this[name]()` without any known part of the name could be every method there is.
      this.methods(value.cls, prefix, found);
    }
  }

  private methods(of: Cls, prefix: string, found: Value[]): void {
    for (const cls of [of, ...this.values.bases(of)])
      for (const member of cls.fact.members)
        if (member.kind === 'method' && member.fn !== undefined && member.name.startsWith(prefix))
          found.push({ kind: 'function', fn: this.tables.fn(cls.unit, member.fn) });
  }

  /** The same method of all subclasses, where there are more than values keep. */
  private overrides(unit: Unit, callee: Expr & { readonly k: 'member' }): readonly Value[] {
    if (callee.of.k === 'super') return NOTHING;
    const found: Value[] = [];
    for (const { value } of this.values.of(unit, callee.of)) {
      if (value.kind !== 'instance' || (value.call && !this.isAbstract(value.cls))) continue;
      const subclasses = this.values.subclassesOf(value.cls);
      if (subclasses.length <= 12) continue;
      for (const sub of subclasses) {
        const member = sub.fact.members.find(({ name, kind }) => name === callee.name && kind === 'method');
        if (member?.fn !== undefined && found.length < MOST)
          found.push({ kind: 'function', fn: this.tables.fn(sub.unit, member.fn) });
      }
    }
    return found;
  }

  private isAbstract(cls: Cls): boolean {
    return this.values.subclassesOf(cls).length > 0;
  }
}

function only(list: readonly Alternative[]): Value[] {
  return list.map(({ value }) => value);
}

/** Getters and setters run without a call; these are the places that read or write under their names. */
export class Accessors {
  private readonly getters = new Map<string, true>();
  private readonly setters = new Map<string, true>();

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
  ) {
    for (const unit of tables.served)
      for (const cls of unit.classes)
        for (const { kind, name } of cls.fact.members) {
          if (kind === 'getter') this.getters.set(name, true);
          if (kind === 'setter') this.setters.set(name, true);
        }
  }

  /** Each run of an accessor in a file, as a call without arguments (of a setter: with the value). */
  runs(unit: Linked): { readonly to: Fn; readonly call: Call }[] {
    const found: { to: Fn; call: Call }[] = [];
    if (this.getters.size === 0 && this.setters.size === 0) return found;
    const seen = new Set<string>();
    const run = (at: Expr, fact: Pick<Call['fact'], 'fn' | 'when' | 'span'>, value?: Expr) => {
      if (at.k !== 'member') return;
      if ((value ? this.setters : this.getters).has(at.name)) {
        for (const to of this.accessor(unit, at, value ? 'setter' : 'getter')) {
          const key = `${to.unit.file} ${to.id} ${fact.fn} ${value ? 'w' : ''}`;
          if (seen.has(key)) continue;
          seen.add(key);
          const { fn, when, span } = fact;
          const call: Call = {
            unit,
            id: -1,
            fact: { callee: at, args: value ? [value] : [], fn, when, use: 'used', span },
            fn: this.tables.fn(unit, fn),
          };
          found.push({ to, call });
        }
      }
      run(at.of, fact);
    };
    for (const access of unit.facts.accesses) {
      if (access.op === 'assign' && access.target.k === 'member' && access.value) {
        run(access.target, access, access.value);
      } else run(access.target, access);
    }
    for (const fact of unit.facts.calls) if (fact.callee.k === 'member') run(fact.callee.of, fact);
    return found;
  }

  private accessor(unit: Linked, at: Expr & { readonly k: 'member' }, kind: 'getter' | 'setter'): Fn[] {
    const found: Fn[] = [];
    for (const { value } of this.values.of(unit, at.of)) {
      if (value.kind !== 'instance' && value.kind !== 'class') continue;
      for (const cls of [value.cls, ...this.values.bases(value.cls)]) {
        const member = cls.fact.members.find(
          (one) => one.name === at.name && one.kind === kind && Boolean(one.static) === (value.kind === 'class'),
        );
        if (member?.fn === undefined) continue;
        found.push(this.tables.fn(cls.unit, member.fn));
        break;
      }
    }
    return found;
  }
}
