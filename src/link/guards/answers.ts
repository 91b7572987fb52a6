import type { AccessFact, ConditionFact, ConditionId, Expr } from '../../model/facts.js';
import type { Fn, Guard, Unit } from '../../model/program.js';
import type { Span } from '../../model/span.js';
import type { Conditions } from '../settings/conditions.js';
import type { CallGraph } from '../calls/graph.js';
import { type Locks, nameOf, type Taken } from './locks.js';
import { type Tables, text } from '../tables.js';
import type { Values } from '../values/values.js';

const DEEPEST = 14;
/** A leader tells by its name that it is one, whoever elected it. */
const LEADER_NAME = /^(?:is|am|has|was)?_?(?:the|current)?_?(?:leader|leading|elected|lead)(?:ship|node|instance)?$/i;
/** Names that may as well ask whether somebody else has the lock. */
const ASKS_EITHER = /^(?:is|has|get|check|find|are|was)/i;
/** Answers that say yes. */
const YES = new Set<unknown>(['OK', 'ok', true, 1, '1', 'true', 't']);
/** What the first parameter of a callback is called where it is the failure. */
const FAILURE = /^_?(?:e|err|error)$/i;

/** A place in a function, with the conditions it stands under there. */
export interface Site {
  readonly unit: Unit;
  readonly fn: Fn;
  readonly when: readonly ConditionId[];
  readonly span: Span;
}

/** A guard that an expression asks, and which answer means that this instance is the one; absent: not known. */
interface Told {
  readonly guard: Guard;
  readonly yes?: boolean;
  /** It says nothing until it is compared with what this instance has written. */
  readonly settles?: true;
}

/** Reads tests: does one say that this instance is the one that has the lock, the lead or the number? */
export class Answers {
  private readonly keeping = new Set<readonly AccessFact[]>();
  private readonly answering = new Map<Fn, Told | undefined>();

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly graph: CallGraph,
    private readonly conditions: Conditions,
    private readonly locks: Locks,
    private readonly around: (site: Site, depth: number) => Guard | undefined,
  ) {}

  /** A test that only one instance passes: not one that all pass but the one. */
  inTest(unit: Unit, { test, sense, kind, span }: ConditionFact): Guard | undefined {
    // What comes after a failure did not come because of the lock.
    if (kind === 'catch') return undefined;
    const place = { file: unit.file, span };
    const [name] = this.conditions.instanceIndex(unit, test);
    const told: Told | undefined = name
      ? {
          guard: { kind: 'instance-index', label: `only where ${name} says so`, place },
          ...this.whichNumber(unit, test, 0),
        }
      : this.tells(unit, test, place, 0);
    return told && !told.settles && (told.yes === undefined || told.yes === sense) ? told.guard : undefined;
  }

  /** `=== '0'` picks one instance, `!== '0'` all the others. */
  private whichNumber(unit: Unit, expr: Expr, depth: number): { readonly yes?: boolean } {
    if (depth > 4) return {};
    switch (expr.k) {
      case 'unary':
        return expr.op === '!' ? turned(this.whichNumber(unit, expr.of, depth + 1), true) : {};
      case 'binary': {
        const isNothing = [expr.left, expr.right].some(
          (side) => side.k === 'undefined' || (side.k === 'lit' && (side.v === null || side.v === '')),
        );
        if (isNothing) return {};
        if (/^[=!]==?$/.test(expr.op)) return { yes: !expr.op.startsWith('!') };
        if (expr.right.k !== 'lit') return {};
        return /^<=?$/.test(expr.op) ? { yes: true } : /^>=?$/.test(expr.op) ? { yes: false } : {};
      }
      case 'logic': {
        for (const side of [expr.left, expr.right]) {
          if (this.conditions.instanceIndex(unit, side).length === 0) continue;
          const which = this.whichNumber(unit, side, depth + 1);
          if (which.yes !== undefined) return which;
        }
        return {};
      }
      case 'id': {
        const init = unit.facts.bindings[expr.b]?.init;
        return init ? this.whichNumber(unit, init, depth + 1) : {};
      }
      default:
        return {};
    }
  }

  /** An expression that tells whether this instance has the lock or the lead. */
  private tells(unit: Unit, expr: Expr, place: Guard['place'], depth: number): Told | undefined {
    if (depth > DEEPEST) return undefined;
    const further = (part: Expr) => this.tells(unit, part, place, depth + 1);
    const first = (parts: readonly Expr[]): Told | undefined => {
      for (const part of parts) {
        const told = further(part);
        if (told) return told;
      }
      return undefined;
    };
    switch (expr.k) {
      case 'unary': {
        const told = further(expr.of);
        return told && expr.op === '!' ? turned(told, true) : told;
      }
      case 'await':
      case 'spread':
        return further(expr.of);
      case 'binary': {
        const left = further(expr.left);
        const told = left ?? further(expr.right);
        return told && compared(told, expr.op, left ? expr.right : expr.left, left !== undefined);
      }
      case 'logic':
        return first([expr.left, expr.right]);
      case 'choose': {
        const told = first([expr.test, expr.yes, expr.no]);
        return told && { guard: told.guard };
      }
      case 'index':
        return further(expr.of);
      case 'member': {
        const told = this.leaderNamed(unit, expr.name, expr, place) ?? this.kept(unit, expr, depth) ?? further(expr.of);
        // `lastErrorObject.updatedExisting` says whether there was one before.
        return told && /^(?:updatedExisting|exist(?:s|ed|ing)|err(?:or)?|upserted)$/i.test(expr.name)
          ? { guard: told.guard }
          : told;
      }
      case 'id': {
        const fact = unit.facts.bindings[expr.b];
        if (!fact) return undefined;
        const named = this.leaderNamed(unit, fact.name, expr, place);
        if (named) return named;
        if (fact.param) {
          const guard = this.handedByLock(unit, fact.fn);
          return guard && { guard, yes: !FAILURE.test(fact.name) };
        }
        return (fact.init && this.tells(unit, fact.init, place, depth + 1)) ?? this.kept(unit, expr, depth);
      }
      case 'call': {
        const call = this.tables.call(unit, expr.c);
        if (this.values.calleeApis(call).includes('os:hostname'))
          return { guard: { kind: 'instance-index', label: 'only on the host of that name', place } };
        const taken = this.locks.taken(call);
        if (taken) return saidBy(taken, nameOf(call));
        const named = this.leaderNamed(unit, nameOf(call), call.fact.callee, place);
        if (named) return named;
        for (const fn of this.graph.callees(call)) {
          const told = this.answers(fn, depth + 1);
          if (told) return told;
        }
        const { callee, args } = call.fact;
        // `Boolean(locked)`, `rows.some(…)`: what is asked about the answer.
        if (callee.k === 'member' && this.graph.callees(call).length === 0)
          return callee.name === 'parse' ? first([callee.of, ...args]) : further(callee.of);
        return callee.k === 'global' ? first(args) : undefined;
      }
      default:
        return undefined;
    }
  }

  private leaderNamed(unit: Unit, name: string, expr: Expr, place: Guard['place']): Told | undefined {
    return LEADER_NAME.test(name)
      ? { guard: { kind: 'leader', label: `\`${text(unit, expr)}\``, place }, yes: true }
      : undefined;
  }

  /** The parameter of a callback that a lock calls back with its answer: `client.set(key, id, 'NX', (err, ok) => …)`. */
  private handedByLock(unit: Unit, id: number): Guard | undefined {
    const fn = this.tables.fn(unit, id);
    const by =
      fn.id === 0
        ? undefined
        : this.tables
            .callsIn(this.tables.parent(fn) as Fn)
            .find(({ fact }) => fact.args.some((arg) => arg.k === 'fn' && arg.f === id));
    if (!by) return undefined;
    const { callee } = by.fact;
    const taken =
      this.locks.taken(by) ??
      (callee.k === 'member' && callee.name === 'then' && callee.of.k === 'call'
        ? this.locks.taken(this.tables.call(unit, callee.of.c))
        : undefined);
    return taken?.hold === 'schedules' ? undefined : taken?.guard;
  }

  /** A variable or field that some election or lock sets: `leading = (await redis.set(…, 'NX')) === 'OK'`. */
  private kept(unit: Unit, expr: Expr, depth: number): Told | undefined {
    if (depth > 4) return undefined;
    const linked = this.tables.linked(unit);
    const writes =
      expr.k === 'id'
        ? (linked.assigned.get(expr.b) ?? [])
        : expr.k === 'member' && expr.of.k === 'this' && expr.of.cls !== undefined
          ? (linked.fields.get(`${expr.of.cls}.${expr.name}`) ?? [])
          : [];
    // A flag that is tested on the way to where it is set says nothing of itself.
    if (this.keeping.has(writes) || this.keeping.size > DEEPEST) return undefined;
    this.keeping.add(writes);
    const found = this.setByLock(unit, writes, depth);
    this.keeping.delete(writes);
    return found;
  }

  private setByLock(unit: Unit, writes: readonly AccessFact[], depth: number): Told | undefined {
    for (const { value, fn, when, span } of writes) {
      const place = { file: unit.file, span };
      const told = value && this.tells(unit, value, place, depth + 2);
      if (told) return told;
      const isYes = value?.k === 'lit' && value.v === true;
      const around = isYes ? this.around({ unit, fn: this.tables.fn(unit, fn), when, span }, 4) : undefined;
      if (around) return { guard: around, yes: true };
    }
    return undefined;
  }

  /** A function of the project whose answer is that of a lock, or that says yes only where it has one. */
  private answers(fn: Fn, depth: number): Told | undefined {
    if (this.answering.has(fn)) return this.answering.get(fn);
    if (depth > DEEPEST) return undefined;
    this.answering.set(fn, undefined);
    let found: Told | undefined;
    // What is given back on success says more than that nothing is given back otherwise.
    const returns = [...fn.fact.returns].sort((a, b) => Number(isNo(a.value)) - Number(isNo(b.value)));
    for (const { value, when, span } of returns) {
      if (!value) continue;
      const place = { file: fn.unit.file, span };
      // `return { locked }`
      const parts = value.k === 'object' ? value.props.map((prop) => prop.value) : [value];
      for (const part of parts) found ??= this.tells(fn.unit, part, place, depth + 1);
      if (!found && (value.k === 'lit' || isYes(value))) {
        // `if (taken) return true`, or, of a function that says when to stop, `return false`.
        const guard = this.around({ unit: fn.unit, fn, when, span }, 4);
        if (value.k === 'lit') found = guard && { guard, yes: Boolean(value.v) };
        // `if (taken) return token`, and nothing is given back otherwise.
        else if (guard && fn.fact.returns.every((other) => other.value === value || isNo(other.value)))
          found = { guard, yes: true };
      }
      if (found) break;
    }
    this.answering.set(fn, found);
    return found;
  }
}

/** What a test takes for a yes: anything that is there, and of an object a part that says so. */
function isYes(value: Expr): boolean {
  if (value.k === 'object') return value.props.some((prop) => prop.value.k === 'lit' && prop.value.v === true);
  return value.k === 'id' || value.k === 'fn' || value.k === 'member';
}

function isNo(value: Expr | undefined): boolean {
  if (!value || value.k === 'undefined') return true;
  if (value.k === 'object') return value.props.some((prop) => prop.value.k === 'lit' && prop.value.v === false);
  return value.k === 'lit' && !value.v;
}

function turned<T extends { readonly yes?: boolean }>(told: T, isTurned: boolean): T {
  return told.yes === undefined || !isTurned ? told : { ...told, yes: !told.yes };
}

/** `(await take()) === 'OK'`, `count > 0`, `locked == null`. */
function compared(told: Told, op: string, other: Expr, isLeft: boolean): Told {
  const value = other.k === 'undefined' ? null : other.k === 'lit' ? other.v : undefined;
  if (told.settles) {
    const isSame = value === undefined && /^[=!]==?$/.test(op);
    return isSame ? { guard: told.guard, yes: !op.startsWith('!') } : told;
  }
  const unclear = { guard: told.guard };
  if (value === undefined) return unclear;
  if (/^[=!]==?$/.test(op)) {
    const isNo = value === null || value === 0 || value === false || value === '';
    // `'OK'` is a yes; what another word means is not known.
    return isNo || YES.has(value) ? turned(told, isNo !== op.startsWith('!')) : unclear;
  }
  const isMore = isLeft ? /^>=?$/.test(op) : /^<=?$/.test(op);
  const isLess = isLeft ? /^<=?$/.test(op) : /^>=?$/.test(op);
  const orEqual = op.endsWith('=');
  if (isMore && ((value === 0 && !orEqual) || (value === 1 && orEqual))) return told;
  if (isLess && ((value === 1 && !orEqual) || (value === 0 && orEqual))) return turned(told, true);
  return unclear;
}

function saidBy({ guard, hold, inverse, settles }: Taken, name: string): Told | undefined {
  if (hold === 'schedules') return undefined;
  if (settles) return { guard, settles };
  if (inverse || hold === 'any' || (ASKS_EITHER.test(name) && !LEADER_NAME.test(name))) return { guard };
  return { guard, yes: true };
}
