import type { Fn, StateAccess, StateCell } from '../model/program.js';
import { isBefore } from './work.js';

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
  return sets && cell.reads.some((read) => read.fn === fn && !isBefore(place.span, read.place.span));
}
