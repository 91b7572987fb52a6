import { ApiTable } from '../../knowledge/api-table.js';
import { connectionCalls } from '../../knowledge/connection-calls.js';
import { pools } from '../../knowledge/pools.js';
import { modeVariables, platformVariables } from '../../knowledge/settings.js';
import type { BindingFact, Expr } from '../../model/facts.js';
import type { Fn, Unit, Value } from '../../model/program.js';
import { Functions } from './functions.js';
import { Members } from './members.js';
import { Schemas } from './schemas.js';
import {
  choose,
  compare,
  constant,
  derived,
  type Frame,
  logic,
  NONE,
  not,
  type Term,
  type Thing,
  UNKNOWN_TERM,
} from './terms.js';
import type { Linked, Tables } from '../tables.js';
import type { Values } from '../values/values.js';

const DEEPEST = 40;
/** Steps for one question that goes through functions, whose answers depend on the call and are not remembered. */
const MOST_STEPS = 4000;
const MOST_CALLERS = 3;
const MODES = new Set<string>(modeVariables.map(({ name }) => name));
const PLATFORM = new Map(platformVariables.map(({ name, value }) => [name, value]));
/** What only browsers have: code that runs on a server asks for it to learn that it does. */
const BROWSER_ONLY = new Set(['window', 'document']);

/** Clients and pools: what makes them gives one or throws. */
const CLIENTS = new ApiTable([...pools, ...connectionCalls].map((entry) => ({ patterns: [entry.api], entry })));

function isMade({ api, call }: Value & { kind: 'external' }): boolean {
  if (call?.fact.new) return true;
  return call !== undefined && api.endsWith('()') && CLIENTS.first(api.slice(0, -2)) !== undefined;
}

/**
 * Reduces expressions to what they are of the settings an operator makes: through constants, imports, objects of settings,
 * helpers over the environment with the arguments of their call, and schemas. Nothing flows through other calls: what
 * `existsSync(process.env.DIR)` says is no setting.
 */
export class Settings {
  private readonly memo = new WeakMap<Expr, Term>();
  /** What is the same for all calls of the function that it stands in. */
  private readonly inAnyFrame = new WeakMap<Expr, Term>();
  private readonly active = new Set<Expr>();
  private depth = 0;
  private steps = 0;
  /** How often a question was cut short, and how often a frame was asked or put into an answer. */
  private cuts = 0;
  private given = 0;
  private most = MOST_STEPS;
  private readonly members: Members;
  private readonly functions: Functions;
  readonly schemas: Schemas;

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
  ) {
    this.members = new Members(this, tables, values);
    this.functions = new Functions(this, tables, values);
    this.schemas = new Schemas(this, values, tables);
  }

  term(unit: Unit, expr: Expr, frame?: Frame): Term {
    const memo = frame ? this.inAnyFrame : this.memo;
    const known = memo.get(expr);
    if (known) return known;
    if (this.depth === 0) this.steps = 0;
    if (this.depth > DEEPEST || !this.goesOn() || (!frame && this.active.has(expr))) return this.cutShort();
    if (expr.k === 'lit') return constant(expr.v);
    this.depth++;
    if (!frame) this.active.add(expr);
    const { cuts, given } = this;
    const found = this.find(unit as Linked, expr, frame);
    if (!frame) this.active.delete(expr);
    this.depth--;
    // What was cut short, or made of what a call gave, says nothing of another question.
    const isWhole = this.cuts === cuts || (!frame && (this.depth === 0 || found.k !== 'unknown'));
    if (isWhole && (!frame || this.given === given) && !this.isHurried()) memo.set(expr, found);
    return found;
  }

  /**
   * The same for a question that is asked of nearly every test and answered close by, or not at all: what is told within so many
   * steps, and whether that is all. A few tests in a hundred lead through half of the program, and take more time than all others.
   */
  nearTerm(unit: Unit, expr: Expr, most: number): { readonly term: Term; readonly isAll: boolean } {
    this.steps = 0;
    this.most = most;
    const term = this.term(unit, expr);
    const isAll = !this.isHurried();
    this.most = MOST_STEPS;
    return { term, isAll };
  }

  /** What is said where a question goes too far, or leads back to itself. */
  cutShort(): Term {
    this.cuts++;
    return UNKNOWN_TERM;
  }

  /** Cut short before others would be: that is not to be remembered for them. */
  private isHurried(): boolean {
    return this.steps > this.most && this.most < MOST_STEPS;
  }

  /** Whether the question may go on: each may take so many steps, however they branch. */
  goesOn(): boolean {
    return ++this.steps <= this.most;
  }

  private find(unit: Linked, expr: Expr, frame: Frame | undefined): Term {
    const inner = (part: Expr) => this.term(unit, part, frame);
    switch (expr.k) {
      case 'lit':
        return constant(expr.v);
      case 'undefined':
        return NONE;
      case 'id':
        return this.binding(unit, expr, frame);
      case 'global':
        return this.fromValues(unit, expr, expr.name);
      case 'member':
        return this.members.of(inner(expr.of), expr.name, { unit, expr }, frame);
      case 'index':
        return this.index(unit, expr, frame);
      case 'call':
        return this.functions.result(this.tables.call(unit, expr.c), expr, frame);
      case 'object':
      case 'fn':
      case 'class':
      case 'array':
      case 'this':
        return this.fromValues(unit, expr, undefined, frame);
      case 'await':
        return inner(expr.of);
      case 'text': {
        const parts = expr.parts.map(inner);
        return parts.every((part) => part.k === 'const')
          ? constant(parts.map((part) => String((part as { value?: unknown }).value)).join(''))
          : derived(parts);
      }
      case 'unary':
        if (expr.op === '!') return not(inner(expr.of));
        return expr.op === '+' ? { k: 'convert', how: 'number', of: inner(expr.of) } : UNKNOWN_TERM;
      case 'logic':
        return logic(
          expr.op === '&&' ? 'and' : expr.op === '||' ? 'or' : 'nullish',
          inner(expr.left),
          inner(expr.right),
        );
      case 'choose':
        return choose(inner(expr.test), inner(expr.yes), inner(expr.no));
      case 'binary':
        return this.binary(expr, inner);
      default:
        return UNKNOWN_TERM;
    }
  }

  private binary(expr: Expr & { k: 'binary' }, inner: (part: Expr) => Term): Term {
    const { op, left, right } = expr;
    if (op === 'in') return this.members.has(inner(right), inner(left));
    if (!/^(?:[!=]==?|[<>]=?)$/.test(op)) return reckoned(op, inner(left), inner(right));
    // `typeof x === 'undefined'`
    for (const [a, b] of [
      [left, right],
      [right, left],
    ] as const) {
      if (a.k !== 'unary' || a.op !== 'typeof' || b.k !== 'lit') continue;
      const missing =
        a.of.k === 'global' && BROWSER_ONLY.has(a.of.name) ? constant(true) : compare('===', inner(a.of), NONE);
      if (a.of.k === 'global' && BROWSER_ONLY.has(a.of.name) && b.v !== 'undefined')
        return constant(!op.startsWith('='));
      if (b.v !== 'undefined' && b.v !== 'string') return UNKNOWN_TERM;
      return op.startsWith('=') === (b.v === 'undefined') ? missing : not(missing);
    }
    return compare(op, inner(left), inner(right));
  }

  // Names

  private binding(unit: Linked, expr: Expr & { k: 'id' }, frame: Frame | undefined): Term {
    for (let at = frame; at; at = at.outer) {
      const given = at.fn.unit === unit ? at.values.get(expr.b) : undefined;
      if (!given) continue;
      this.given++;
      return given;
    }
    const fact = unit.facts.bindings[expr.b] as BindingFact;
    if (fact.from) return this.imported(unit, expr, fact.from.specifier, fact.from.name);
    if (fact.param) return this.parameter(unit, expr, fact);
    if (
      fact.kind === 'function' ||
      fact.kind === 'class' ||
      fact.kind === 'catch' ||
      (!fact.init && !unit.assigned.has(expr.b))
    )
      return this.fromValues(unit, expr, fact.name);
    const assigned = unit.assigned.get(expr.b);
    if (!assigned && !this.functions.isUpdated(unit, expr.b))
      return this.named(this.term(unit, fact.init as Expr, frame), fact.name, unit, expr);
    return this.named(this.functions.assigned(unit, expr.b, frame), fact.name, unit, expr);
  }

  /** What could not be followed here may still be known as a value; and its name tells something. */
  private named(term: Term, name: string, unit: Unit, expr: Expr): Term {
    if (term.k !== 'unknown') return term;
    const value = this.fromValues(unit, expr, name);
    return value.k === 'thing' ? value : { k: 'unknown', name };
  }

  private parameter(unit: Linked, expr: Expr & { k: 'id' }, fact: BindingFact): Term {
    const { index, path = [], rest } = fact.param as NonNullable<BindingFact['param']>;
    const fn = this.tables.fn(unit, fact.fn);
    const callers = this.values.callers.get(fn) ?? [];
    const injected = path.length === 0 && !rest ? this.injected(fn, index) : undefined;
    if (injected) return injected;
    const found: Term[] = [];
    // What packages call it with is not known.
    const isOwn = !rest && callers.length <= MOST_CALLERS && !this.values.handed.has(fn);
    if (isOwn && !unit.assigned.has(expr.b)) {
      for (const { call, args } of callers) {
        if (call.fact.decorates) return this.fromValues(unit, expr, fact.name);
        const arg = args[index];
        const given = arg && arg.k !== 'spread' ? this.term(call.unit, arg) : arg ? UNKNOWN_TERM : NONE;
        const part = path.reduce((at, name) => this.members.of(at, name), given);
        found.push(fact.init ? logic('nullish', part, this.term(unit, fact.init)) : part);
      }
    }
    const [first] = found;
    const isSame = first && found.every((other) => same(first, other));
    const term = isSame && first.k !== 'unknown' ? first : this.fromValues(unit, expr, fact.name);
    const isGiven = callers.length > 0 && !unit.assigned.has(expr.b) && !this.values.handed.has(fn);
    return term.k === 'thing' && term.truthy && isGiven ? { ...term, given: true } : term;
  }

  /** What a container makes by another factory: `{ provide: FILES, useFactory: (config) => …, inject: [CONFIG] }`. */
  private injected(fn: Fn, index: number): Term | undefined {
    const named = this.values.registry.injectedParameter(fn, index);
    const [put, ...others] = named ? this.values.keptAs(named) : [];
    if (!put?.made || others.length > 0) return undefined;
    const target = this.functionOf(this.term(put.unit, put.value));
    if (!target || target.fn === fn) return undefined;
    const args = target.fn.fact.params.map((b) => (b < 0 ? UNKNOWN_TERM : this.term(target.fn.unit, { k: 'id', b })));
    const given = this.apply(this.term(put.unit, put.value), args);
    return given.k === 'unknown' ? undefined : given;
  }

  private imported(unit: Linked, expr: Expr, specifier: string, name: string): Term {
    const target = this.tables.target(unit, specifier);
    const to = target.kind === 'file' ? this.tables.byFile.get(target.file) : undefined;
    const found = to && name !== '*' ? this.exported(to, name) : undefined;
    return found && found.k !== 'unknown'
      ? found
      : this.fromValues(unit, expr, found?.k === 'unknown' && found.name ? found.name : name);
  }

  /** What a module exports under a name. */
  exported(unit: Linked, name: string, depth = 0): Term {
    if (depth > 8) return UNKNOWN_TERM;
    const facts = unit.facts.exports;
    const own = facts.filter((fact) => fact.name === name);
    if (own.length > 1) return UNKNOWN_TERM;
    for (const fact of own) {
      if (fact.value) return this.term(unit, fact.value);
      if (fact.from) return this.reexported(unit, fact.from, fact.from.name, depth);
    }
    const whole = facts.filter((fact) => fact.name === '=');
    if (whole.length === 1 && whole[0]?.value) {
      const value = this.term(unit, whole[0].value);
      return name === 'default' ? value : this.members.of(value, name);
    }
    for (const fact of facts) {
      if (fact.name !== '*' || !fact.from || name === 'default') continue;
      const found = this.reexported(unit, fact.from, name, depth);
      if (found.k !== 'unknown') return found;
    }
    return UNKNOWN_TERM;
  }

  private reexported(unit: Linked, from: { readonly specifier: string }, name: string, depth: number): Term {
    const target = this.tables.target(unit, from.specifier);
    const to = target.kind === 'file' ? this.tables.byFile.get(target.file) : undefined;
    if (to) return name === '*' ? this.thing({ kind: 'module', unit: to }) : this.exported(to, name, depth + 1);
    return target.kind === 'package'
      ? this.fromAlternatives(this.values.imported(unit, from.specifier, name), name)
      : UNKNOWN_TERM;
  }

  /** `process.env[name]`, `defaults[key]`. */
  private index(unit: Linked, expr: Expr & { k: 'index' }, frame: Frame | undefined): Term {
    const key = this.term(unit, expr.key, frame);
    if (key.k === 'const' && (typeof key.value === 'string' || typeof key.value === 'number'))
      return this.members.of(this.term(unit, expr.of, frame), String(key.value), { unit, expr }, frame);
    return this.members.chosen(this.term(unit, expr.of, frame), key);
  }

  // Values

  /** What the lookup of values says, where that is one thing. */
  fromValues(unit: Unit, expr: Expr, name?: string, frame?: Frame): Term {
    return this.fromAlternatives(this.values.of(unit, expr), name, frame);
  }

  fromAlternatives(alternatives: readonly { readonly value: Value }[], name?: string, frame?: Frame): Term {
    const values = alternatives.map(({ value }) => value);
    const only = values.length === 1 ? values[0] : undefined;
    if (only) return this.thing(only, name, frame);
    const isTruthy =
      values.length > 0 && values.every(({ kind }) => kind === 'function' || kind === 'instance' || kind === 'object');
    if (isTruthy && values[0])
      return { k: 'thing', value: { kind: 'unknown' }, truthy: true, ...(name ? { name } : {}) };
    return name ? { k: 'unknown', name } : UNKNOWN_TERM;
  }

  thing(value: Value, name?: string, frame?: Frame): Term {
    switch (value.kind) {
      case 'literal':
        return constant(value.value);
      case 'undefined':
        return NONE;
      case 'unknown':
        return name ? { k: 'unknown', name } : UNKNOWN_TERM;
      case 'external': {
        if (/^env:\w+$/.test(value.api)) return this.variable(value.api.slice('env:'.length));
        const setting = this.schemas.named(value);
        if (setting) return setting;
        const last = lastName(value.api) ?? name;
        return { k: 'thing', value, truthy: isMade(value), ...(last ? { name: last } : {}) };
      }
      default:
        if (frame) this.given++;
        return { k: 'thing', value, truthy: true, ...(frame ? { frame } : {}), ...(name ? { name } : {}) };
    }
  }

  variable(name: string): Term {
    if (MODES.has(name)) return { k: 'setting', name, mode: true };
    if (PLATFORM.has(name)) return constant(PLATFORM.get(name));
    return { k: 'setting', name };
  }

  /** A setting of which the name is all that is known here. */
  byName(name: string): Term {
    return this.members.byDefault(name);
  }

  memberOf(term: Term, name: string): Term {
    return this.members.of(term, name);
  }

  apply(term: Term, args: readonly Term[], frame?: Frame): Term {
    return this.functions.apply(term, args, frame);
  }

  frame(fn: Fn, args: readonly Term[]): Frame {
    return this.functions.frame(fn, args);
  }

  /** The function a term is, to be called. */
  functionOf(term: Term): { readonly fn: Fn; readonly frame?: Frame } | undefined {
    const thing = term as Thing;
    return term.k === 'thing' && thing.value.kind === 'function'
      ? { fn: thing.value.fn, ...(thing.frame ? { frame: thing.frame } : {}) }
      : undefined;
  }
}

function lastName(api: string): string | undefined {
  let from = api.length;
  while (from > 0 && /[\w$]/.test(api[from - 1] as string)) from--;
  return from === api.length ? undefined : api.slice(from);
}

function same(left: Term, right: Term): boolean {
  if (left === right) return true;
  if (left.k === 'const' && right.k === 'const') return left.value === right.value;
  if (left.k === 'setting' && right.k === 'setting')
    return left.name === right.name && left.fallback === right.fallback;
  if (left.k !== 'thing' || right.k !== 'thing' || left.value.kind !== right.value.kind) return false;
  const [a, b] = [left.value, right.value];
  return (
    (a.kind === 'object' && b.kind === 'object' && a.expr === b.expr) ||
    (a.kind === 'instance' && b.kind === 'instance' && a.cls === b.cls && a.call === b.call) ||
    (a.kind === 'module' && b.kind === 'module' && a.unit === b.unit) ||
    (a.kind === 'external' && b.kind === 'external' && a.api === b.api && a.call === b.call)
  );
}

/** `24 * 60 * 60 * 1000` is a constant as well. */
function reckoned(op: string, left: Term, right: Term): Term {
  const [a, b] = [left, right].map((term) => (term.k === 'const' ? term.value : undefined));
  if (typeof a !== 'number' || typeof b !== 'number') return derived([left, right]);
  if (op === '*') return constant(a * b);
  if (op === '/') return constant(a / b);
  if (op === '+') return constant(a + b);
  return op === '-' ? constant(a - b) : derived([left, right]);
}
