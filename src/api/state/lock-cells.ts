import type { Cls, Fn, Program, StateAccess, StateCell, Unit } from '../../model/program.js';
import { isBefore } from '../../model/span.js';

/*
 * State that is used as a lock, whatever it is called.
 */

/** A set of keys or a flag that is looked at, set, and cleared when the work is done. */
export function isLock(cell: StateCell): boolean {
  return (cell.shape === 'lock' && cell.writes.some((write) => isTaken(cell, write))) || isBusyFlag(cell);
}

/** On while work is done, and off again by the same function: `if (busy) return; busy = true; try { … } finally { busy = false; }`. */
function isBusyFlag(cell: StateCell): boolean {
  const set = (value: boolean) =>
    cell.writes.filter(({ op, value: given }) => op === 'assign' && given?.k === 'lit' && given.v === value);
  const [on, off] = [set(true), set(false)];
  return (
    on.length > 0 &&
    on.length + off.length === cell.writes.length &&
    on.some((write) => isTaken(cell, write) && off.some(({ fn }) => isWithin(fn, write.fn)))
  );
}

/** The function, or one written in it. */
function isWithin({ unit, id }: Fn, outer: Fn): boolean {
  if (unit !== outer.unit) return false;
  let at = id;
  for (; at !== outer.id && at !== 0; at = unit.facts.functions[at]?.parent ?? 0);
  return at === outer.id;
}

/** Set to something, after it was looked at in the same function. */
export function isTaken(cell: StateCell, { op, fn, place, value }: StateAccess): boolean {
  const sets =
    op === 'insert' ||
    op === 'update' ||
    // What it is set to is kept for its own sake, unless it is a plain yes: the row of a lock in the database is no lock itself.
    (op === 'assign' && value?.k === 'lit' && Boolean(value.v));
  return (
    sets && !isRowOfLock(cell) && cell.reads.some((read) => read.fn === fn && !isBefore(place.span, read.place.span))
  );
}

/** The copy of a row that all instances see, which is the lock: assigned as a call gave it, and with parts of its own. */
export function isRowOfLock({ shape, writes }: StateCell): boolean {
  const isPart = ({ op, path }: StateAccess) => op === 'update' || (op === 'assign' && path.length > 0);
  return (
    shape === 'lock' &&
    writes.some(isPart) &&
    writes.some(
      ({ op, path, value }) => op === 'assign' && path.length === 0 && (value?.k === 'call' || value?.k === 'await'),
    )
  );
}

const LOCK_CLASS = /(?:Lock|Mutex|Semaphore|Mutexes|Locks)(?:er|Manager|Map|Service|Pool|Registry)?$/;
const PROCESS_ONLY = /^(?:global|events|timers|timers\/promises|async_hooks|perf_hooks|util|assert):/;

/** A class of the project that is a lock: named so, and made of nothing that others could see: maps, promises, timers, and what it is handed. */
export function isLockClass(program: Program, { unit, id, fact }: Cls): boolean {
  if (!LOCK_CLASS.test(fact.name) || fact.extends) return false;
  const calls = methodsOf(program, unit, id).flatMap((fn) => program.callsIn(fn));
  return calls.every((call) => {
    if (program.effect(call)) return false;
    return (
      program.apis(call).every((api) => PROCESS_ONLY.test(api) || /^(?:\w+:)?$/.test(api)) &&
      !/redis|client|\bdb\b|repo|prisma|knex|query/i.test(program.text(unit, call.fact.callee))
    );
  });
}

export function methodsOf(program: Program, unit: Unit, id: number): Fn[] {
  return unit.facts.functions.flatMap((fact, fn) => (fact.cls === id ? [program.fn(unit, fn)] : []));
}
