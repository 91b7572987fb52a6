import type { Expr } from '../../model/facts.js';
import type { Call, Fn, StateAccess, StateCell, Unit } from '../../model/program.js';
import type { Phases } from '../phases/phases.js';
import { add } from '../tables.js';
import { type Parts, serving } from './accesses.js';

/*
 * What a process does once, however late that is, and every instance by itself.
 */

/** Functions looked at on the way up; of a longer way nothing is concluded. */
const MOST = 80;
const MOST_CALLERS = 12;

/**
 * Filled by a function that looks whether it has done so, and says that it has: `if (loaded) return; … loaded = true`; or by one that
 * all others call only after such a look, or while the process starts. Nothing ever takes that back, so that every instance loads the
 * same once.
 */
export function isLoadedOnce(_cell: StateCell, writes: readonly StateAccess[], parts: Parts): boolean {
  if (writes.length === 0) return false;
  const known = new Map<Fn, boolean>();
  const once = (fn: Fn): boolean => {
    const before = known.get(fn);
    if (before !== undefined) return before;
    const found = runsOnce(fn, parts, new Set());
    known.set(fn, found);
    return found;
  };
  return writes.every(({ unit, fn, fact }) => isBehindFlag(unit, fn, fact.when, parts, new Set()) || once(fn));
}

/** Every way to the function is part of the start, or leads through a call that is made once. */
function runsOnce(fn: Fn, parts: Parts, seen: Set<Fn>): boolean {
  if (fn.id === 0 || !serving(parts.phases, fn)) return parts.phases.of(fn).length > 0;
  if (seen.has(fn)) return true;
  seen.add(fn);
  if (seen.size > MOST || parts.phases.isEntry(fn)) return false;
  // What scripts and the start do, they do once.
  const isServed = (by: Fn) => serving(parts.phases, by);
  const callers: readonly Call[] = (parts.graph.callersOf.get(fn) ?? []).filter((call) => isServed(call.fn));
  const handers = (handersIn(parts.phases).get(fn) ?? []).filter(isServed);
  if (callers.length + handers.length === 0 || callers.length + handers.length > MOST_CALLERS) return false;
  const isOnce = (unit: Unit, by: Fn, when: readonly number[]) =>
    isBehindFlag(unit, by, when, parts, seen) || runsOnce(by, parts, seen);
  return (
    callers.every((call) => isOnce(call.unit, call.fn, call.fact.when)) &&
    handers.every((by) => isOnce(fn.unit, by, by.unit === fn.unit ? fn.fact.when : []))
  );
}

const handersOf = new WeakMap<Phases, ReadonlyMap<Fn, readonly Fn[]>>();

/** Who hands a callback over that nothing registers: it runs when they do. */
function handersIn(phases: Phases): ReadonlyMap<Fn, readonly Fn[]> {
  const known = handersOf.get(phases);
  if (known) return known;
  const found = new Map<Fn, Fn[]>();
  for (const [by, list] of phases.children) for (const fn of list) add(found, fn, by);
  handersOf.set(phases, found);
  return found;
}

function isBehindFlag(unit: Unit, fn: Fn, when: readonly number[], parts: Parts, seen: Set<Fn>): boolean {
  return parts.tables
    .conditions(unit, when)
    .some((one) => one.unit === unit && isDone(unit, fn, one.fact.test, one.fact.sense, parts, seen));
}

/** The test asks for a flag that the function (or one that it calls) sets, and that is never set to anything else. */
function isDone(unit: Unit, fn: Fn, test: Expr, sense: boolean, parts: Parts, seen: Set<Fn>): boolean {
  if (test.k === 'unary' && test.op === '!') return isDone(unit, fn, test.of, !sense, parts, seen);
  if (test.k === 'logic')
    return isDone(unit, fn, test.left, sense, parts, seen) || isDone(unit, fn, test.right, sense, parts, seen);
  if (sense) return false;
  const linked = parts.tables.linked(unit);
  const given =
    test.k === 'id'
      ? linked.assigned.get(test.b)
      : test.k === 'member' && test.of.k === 'this' && test.of.cls !== undefined
        ? linked.fields.get(`${test.of.cls}.${test.name}`)
        : undefined;
  if (!given) return false;
  const isStart = (by: number) => by === 0 || unit.facts.functions[by]?.kind === 'constructor';
  // What the function itself has begun stands for it: `if (!loading) loading = load()`.
  const isSet = (value: Expr | undefined, by: number) =>
    (value?.k === 'lit' && value.v === true) || (value?.k === 'call' && by === fn.id);
  return (
    given.every(({ value, fn: by }) => isSet(value, by) || (isStart(by) && value?.k === 'lit')) &&
    given.some(({ value, fn: by }) => isSet(value, by) && (by === fn.id || isCalled(unit, fn, by, parts))) &&
    isOfProcess(unit, test, parts, seen)
  );
}

function isCalled(unit: Unit, fn: Fn, id: number, parts: Parts): boolean {
  return parts.tables
    .callsIn(fn)
    .some((call) => parts.graph.callees(call).some((callee) => callee.unit === unit && callee.id === id));
}

/** A variable of one request's function begins anew with each request. */
function isOfProcess(unit: Unit, test: Expr, parts: Parts, seen: Set<Fn>): boolean {
  if (test.k !== 'id') return true;
  const fact = unit.facts.bindings[test.b];
  return fact?.fn === 0 || (fact !== undefined && runsOnce(parts.tables.fn(unit, fact.fn), parts, seen));
}
