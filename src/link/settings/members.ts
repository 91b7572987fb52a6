import type { Expr } from '../../model/facts.js';
import type { Cls, Unit, Value } from '../../model/program.js';
import type { Settings } from './settings.js';
import type { Linked, Tables } from '../tables.js';
import type { Values } from '../values/values.js';
import {
  choose,
  compare,
  type Constant,
  constant,
  derived,
  type Frame,
  logic,
  not,
  NONE,
  oneOf,
  type Term,
  type Thing,
  UNKNOWN_TERM,
} from './terms.js';

const ENVIRONMENT = /^(?:global:process\.env|process:env|global:Bun\.env|global:import\.meta\.env)$/;
/** How settings of the environment are written, and little else. */
const VARIABLE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const MOST_KEYS = 12;
const DEEPEST = 12;

/** What stands under a name in objects of settings: literals, modules, classes of the project, the environment itself. */
export class Members {
  private depth = 0;
  private defaults: Map<string, Constant> | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly tables: Tables,
    private readonly values: Values,
  ) {}

  of(term: Term, name: string, site?: { readonly unit: Unit; readonly expr: Expr }, frame?: Frame): Term {
    const found = this.find(term, name, 0);
    if (found && found.k !== 'unknown') return found;
    if (site && !frame) {
      const value = this.settings.fromValues(site.unit, site.expr, name);
      if (value.k !== 'unknown') return value;
    }
    // A configuration that could not be followed: only its names are known.
    if (VARIABLE.test(name) && (term.k === 'unknown' || term.k === 'thing') && this.isOpaque(term))
      return this.byDefault(name);
    return { k: 'unknown', name };
  }

  /** What a table says that is called so: `const defaultValues = { MAIL_ENABLED: true, … }`, laid under the environment by a loop. */
  byDefault(name: string): Term {
    this.defaults ??= this.tabled();
    return byDefault(name, this.defaults.get(name));
  }

  private tabled(): Map<string, Constant> {
    const found = new Map<string, Constant>();
    const told = new Set<string>();
    for (const unit of this.tables.served)
      for (const { name: table, fn, kind, init } of unit.facts.bindings) {
        if (fn !== 0 || kind !== 'const' || init?.k !== 'object' || !/default/i.test(table)) continue;
        for (const { name, value } of init.props) {
          if (name === undefined || !VARIABLE.test(name)) continue;
          // Of two tables that differ neither counts.
          if (value.k === 'lit' && (!told.has(name) || found.get(name) === value.v)) found.set(name, value.v);
          else found.delete(name);
          told.add(name);
        }
      }
    return found;
  }

  private isOpaque(term: Term): boolean {
    if (term.k !== 'thing') return true;
    const { value } = term;
    return (
      value.kind === 'unknown' ||
      (value.kind === 'external' && !value.api.startsWith('global:') && /\(\)|env|config|settings/i.test(value.api))
    );
  }

  private find(term: Term, name: string, depth: number): Term | undefined {
    if (depth > 6) return undefined;
    const inner = (part: Term) => this.find(part, name, depth + 1) ?? UNKNOWN_TERM;
    switch (term.k) {
      case 'choose':
        return choose(term.test, inner(term.yes), inner(term.no));
      case 'and':
        return logic('and', term.left, inner(term.right));
      case 'or':
      case 'nullish':
        return term.left.k === 'thing' ? inner(term.left) : undefined;
      case 'setting':
        if (term.typed && name !== 'length')
          return { k: 'setting', name: `${term.name}.${name}`, typed: true, ...this.under(term.fallback, name) };
        return derived([term]);
      case 'thing':
        return this.ofThing(term, name);
      default:
        return undefined;
    }
  }

  private under(fallback: Term | undefined, name: string): { fallback?: Term } {
    if (!fallback) return {};
    return { fallback: fallback.k === 'unknown' ? fallback : this.of(fallback, name) };
  }

  /** An object spread into itself (`state = { ...state, x }`) has no end. */
  private ofThing(term: Thing, name: string): Term | undefined {
    if (this.depth > DEEPEST || !this.settings.goesOn()) return this.settings.cutShort();
    this.depth++;
    const found = this.inThing(term, name);
    this.depth--;
    return found;
  }

  private inThing(term: Thing, name: string): Term | undefined {
    const { value } = term;
    switch (value.kind) {
      case 'object':
        return this.ofObject(value, name, term.frame) ?? undefined;
      case 'module':
        return this.settings.exported(value.unit as Linked, name);
      case 'class':
        return this.ofClass(value.cls, name, true, undefined);
      case 'instance':
        return this.ofClass(value.cls, name, false, value);
      case 'external': {
        if (ENVIRONMENT.test(value.api)) return this.variable(name, value.api.includes('import.meta'));
        const known = this.settings.schemas.member(value, name);
        if (known) return known;
        const [next] = this.values.memberOf(value, name);
        return next ? this.settings.thing(next.value, name) : undefined;
      }
      default:
        return undefined;
    }
  }

  /** `import.meta.env.DEV` and its kin are put in by a bundler. */
  private variable(name: string, isBundled: boolean): Term {
    const mode = this.settings.variable('NODE_ENV');
    if (isBundled && name === 'MODE') return mode;
    const isProduction = compare('===', mode, constant('production'));
    if (isBundled && name === 'PROD') return isProduction;
    return isBundled && name === 'DEV' ? not(isProduction) : this.settings.variable(name);
  }

  /** From the last property to the first. Undefined where the object does not say. */
  private ofObject(value: Value & { kind: 'object' }, name: string, frame: Frame | undefined): Term | undefined {
    const unit = value.unit as Linked;
    const owner = unit.ownerOf.get(value.expr);
    const own = this.declared(unit, value.expr, name, frame, value.expr.props.length - 1);
    if (owner === undefined) return own;
    const later = (unit.properties.get(owner) ?? []).filter(
      ({ target }) => target.k === 'member' && target.name === name,
    );
    let found = own ?? (later.length > 0 ? NONE : undefined);
    for (const access of later) {
      // What is written while the program runs is state, and no setting.
      if (access.fn !== unit.facts.bindings[owner]?.fn || !access.value) return UNKNOWN_TERM;
      found = choose(
        this.conditions(unit, access.when, frame),
        this.settings.term(unit, access.value, frame),
        found ?? NONE,
      );
    }
    // `for (const name in settings) settings[name] = process.env[name] ?? …`: what was written is only where nothing is set.
    const isLaidOver =
      found?.k === 'const' &&
      VARIABLE.test(name) &&
      unit.facts.accesses.some(
        ({ op, target }) =>
          op === 'assign' &&
          target.k === 'index' &&
          target.of.k === 'id' &&
          target.of.b === owner &&
          target.key.k !== 'lit',
      );
    return isLaidOver ? byDefault(name, (found as Term & { k: 'const' }).value) : found;
  }

  private declared(
    unit: Linked,
    expr: Expr & { k: 'object' },
    name: string,
    frame: Frame | undefined,
    from: number,
  ): Term | undefined {
    for (let i = from; i >= 0; i--) {
      const prop = expr.props[i];
      if (!prop || (prop.name !== undefined && prop.name !== name && prop.name !== '*')) continue;
      if (prop.name === '*') return UNKNOWN_TERM;
      if (prop.name === name) {
        const value = this.settings.term(unit, prop.value, frame);
        if (prop.value.k !== 'fn' || unit.facts.functions[prop.value.f]?.kind !== 'getter') return value;
        return this.settings.apply(value, [], frame);
      }
      let before: { readonly term: Term | undefined } | undefined;
      // Looked up once, however many ways lead to it.
      const rest = () => {
        before ??= { term: this.declared(unit, expr, name, frame, i - 1) };
        return before.term;
      };
      const spread = this.spread(this.settings.term(unit, prop.value, frame), name, rest);
      if (spread) return spread;
    }
    return undefined;
  }

  /** What a spread gives under a name: `...(url ? { store } : {})`; where it gives nothing, what stands before counts. */
  private spread(term: Term, name: string, rest: () => Term | undefined): Term | undefined {
    if (term.k === 'choose')
      return choose(
        term.test,
        this.spread(term.yes, name, rest) ?? rest() ?? NONE,
        this.spread(term.no, name, rest) ?? rest() ?? NONE,
      );
    if (term.k === 'and')
      return choose(term.left, this.spread(term.right, name, rest) ?? rest() ?? NONE, rest() ?? NONE);
    if (term.k === 'const') return undefined;
    if (term.k !== 'thing') return UNKNOWN_TERM;
    if (term.value.kind === 'external' && ENVIRONMENT.test(term.value.api) && !VARIABLE.test(name)) return undefined;
    const found = this.ofThing(term, name);
    if (found) return found.k === 'unknown' && term.value.kind === 'object' ? undefined : found;
    return term.value.kind === 'object' ? undefined : UNKNOWN_TERM;
  }

  private conditions(unit: Unit, when: readonly number[], frame: Frame | undefined): Term {
    return this.tables
      .conditions(unit, when)
      .map(({ fact }) =>
        fact.kind === 'loop' || fact.kind === 'catch'
          ? UNKNOWN_TERM
          : fact.sense
            ? this.settings.term(unit, fact.test, frame)
            : not(this.settings.term(unit, fact.test, frame)),
      )
      .reduce<Term>((all, one) => logic('and', all, one), constant(true));
  }

  private ofClass(
    cls: Cls,
    name: string,
    isStatic: boolean,
    self: (Value & { kind: 'instance' }) | undefined,
  ): Term | undefined {
    for (const at of [cls, ...this.values.bases(cls)]) {
      const unit = at.unit as Linked;
      const assigned = (unit.fields.get(`${at.id}.${name}`) ?? []).filter(
        ({ target }) => target.k === 'member' && target.of.k === 'this' && Boolean(target.of.static) === isStatic,
      );
      const fact = at.fact.members.find((member) => member.name === name && Boolean(member.static) === isStatic);
      if (!fact && assigned.length === 0) continue;
      if (fact?.fn !== undefined) {
        const method = this.settings.thing({ kind: 'function', fn: this.tables.fn(unit, fact.fn) }, name);
        return fact.kind === 'getter' ? this.settings.apply(method, []) : method;
      }
      const frame = self && this.made(at, self);
      let found: Term = fact?.value ? this.settings.term(unit, fact.value, frame) : NONE;
      if (fact?.param !== undefined)
        found = frame?.values.get(fact.param) ?? this.settings.term(unit, { k: 'id', b: fact.param });
      if (!fact?.value && fact?.param === undefined && assigned.length === 0)
        return this.settings.schemas.field(at, fact) ?? UNKNOWN_TERM;
      for (const access of assigned) {
        if (access.fn !== at.fact.ctor || !access.value) return UNKNOWN_TERM;
        found = choose(this.conditions(unit, access.when, frame), this.settings.term(unit, access.value, frame), found);
      }
      return found;
    }
    return undefined;
  }

  /** The constructor's parameters in the call that made the object. */
  private made(cls: Cls, self: Value & { kind: 'instance' }): Frame | undefined {
    const { ctor } = cls.fact;
    if (ctor === undefined || !self.call || self.cls !== cls) return undefined;
    const { call } = self;
    return this.settings.frame(
      this.tables.fn(cls.unit, ctor),
      call.fact.args.map((arg) => (arg.k === 'spread' ? UNKNOWN_TERM : this.settings.term(call.unit, arg))),
    );
  }

  /** `name in object` */
  has(object: Term, key: Term): Term {
    if (key.k !== 'const' || typeof key.value !== 'string' || object.k !== 'thing') return UNKNOWN_TERM;
    if (object.value.kind !== 'external' || !ENVIRONMENT.test(object.value.api)) return UNKNOWN_TERM;
    return not(compare('===', this.settings.variable(key.value), NONE));
  }

  /** `hosts[process.env.REGION]`: what the key chooses. */
  chosen(object: Term, key: Term): Term {
    if (object.k !== 'thing' || object.value.kind !== 'object' || key.k === 'unknown' || key.k === 'thing')
      return UNKNOWN_TERM;
    const { expr, unit } = object.value;
    if (expr.props.length > MOST_KEYS || expr.props.some(({ name }) => name === undefined || name === '*'))
      return UNKNOWN_TERM;
    return expr.props.reduceRight<Term>(
      (rest, { name, value }) =>
        choose(oneOf(key, [constant(name as string)]), this.settings.term(unit, value, object.frame), rest),
      NONE,
    );
  }
}

function byDefault(name: string, value: Constant): Term {
  if (value === undefined) return { k: 'setting', name };
  return { k: 'setting', name, fallback: constant(value), ...(typeof value === 'boolean' ? { typed: true } : {}) };
}
