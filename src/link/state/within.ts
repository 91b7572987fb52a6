import type { Fn, StateAccess, StateCell } from '../../model/program.js';
import { isSize, type Parts, SERVING } from './accesses.js';
import { isAskedWhetherIdle } from './own-work.js';

/*
 * Which piece of work an access belongs to: the handler that a function is part of, and what runs nowhere but within it.
 */

/** Up at the start of a piece of work and down at its end, and looked at by that work alone: how much this process does at once. */
export function isOwnWorkload(cell: StateCell, parts: Parts): boolean {
  const step = ({ fact }: StateAccess) => ('operator' in fact ? fact.operator : undefined);
  const up = cell.writes.filter((write) => step(write) === '++' || step(write) === '+=');
  const down = cell.writes.filter((write) => step(write) === '--' || step(write) === '-=');
  if (up.length === 0 || down.length === 0 || up.length + down.length < cell.writes.length) return false;
  const turns = new Set(up.map(({ fn }) => turnOf(fn, parts)));
  const isOwn = (fn: Fn): boolean => {
    const parent = parts.tables.parent(fn);
    return turns.has(fn) || (parent !== undefined && parent.id !== 0 && parent !== fn && isOwn(parent));
  };
  return down.every(({ fn }) => isOwn(fn)) && cell.reads.every((read) => isOwn(read.fn) || isAskedWhetherIdle(read));
}

/** Others than the work that put an entry in ask for it: to cancel it, to list it, to tell how far it is. */
export function isLookedUpElsewhere(cell: StateCell, inserts: readonly StateAccess[], parts: Parts): boolean {
  const own = new Set(inserts.map(({ fn }) => outermost(fn, parts)));
  return cell.reads.some(
    (read) =>
      !isSize(read) &&
      isAsked(read.fn, parts) &&
      !runsOnlyWithin(read.fn, own, parts) &&
      !isGiven(read, cell, own, parts),
  );
}

/** Who calls one of the functions gets it from there, and looks up nothing. */
export function isGiven(read: StateAccess, cell: StateCell, own: ReadonlySet<Fn>, parts: Parts): boolean {
  if (read.unit === cell.unit && !isOfLocal(read, parts)) return false;
  for (let fn: Fn | undefined = read.fn; fn && fn.id !== 0; fn = parts.tables.parent(fn))
    for (const call of parts.tables.callsIn(fn))
      if (parts.graph.callees(call).some((callee) => own.has(outermost(callee, parts)))) return true;
  return false;
}

/** Read through a variable of the function, and not by the cell's own name: `const found = await settings(); found.url`. */
function isOfLocal({ unit, fact }: StateAccess, parts: Parts): boolean {
  let root = 'target' in fact ? fact.target : 'callee' in fact ? fact.callee : undefined;
  while (root && (root.k === 'member' || root.k === 'index')) root = root.of;
  const declaring = root?.k === 'id' ? unit.facts.bindings[root.b]?.fn : undefined;
  return declaring !== undefined && !parts.phases.isOnlyStart(parts.tables.fn(unit, declaring));
}

/** Runs while serving on one instance; a message to all of them finds the one that has the entry. */
function isAsked(fn: Fn, parts: Parts): boolean {
  return parts.phases.reaches(fn).some(({ phase, everyInstance }) => SERVING.includes(phase) && !everyInstance);
}

/** The handler that a function is a part of. */
function turnOf(fn: Fn, parts: Parts): Fn {
  const parent = parts.tables.parent(fn);
  return parts.phases.isEntry(fn) || !parent || parent.id === 0 ? fn : turnOf(parent, parts);
}

/** The function around; one that sets everything up when the process starts is around all of them, as the file is. */
function outermost(fn: Fn, parts: Parts): Fn {
  const parent = parts.tables.parent(fn);
  return parent && !parts.phases.isOnlyStart(parent) ? outermost(parent, parts) : fn;
}

/** Every known way to a function leads through one of these. */
export function runsOnlyWithin(fn: Fn, within: ReadonlySet<Fn>, parts: Parts, seen = new Set<Fn>()): boolean {
  if (within.has(fn) || within.has(outermost(fn, parts)) || seen.has(fn)) return true;
  seen.add(fn);
  if (parts.phases.isEntry(fn)) return false;
  const parent = fn.fact.kind === 'arrow' ? parts.tables.parent(fn) : undefined;
  const callers = (parts.graph.callersOf.get(fn) ?? []).map((call) => call.fn);
  if (parent && parent.id !== 0) callers.push(parent);
  return callers.every((caller) => runsOnlyWithin(caller, within, parts, seen));
}
