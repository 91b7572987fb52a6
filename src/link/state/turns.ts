import type { Call, Fn, StateAccess, StateCell } from '../../model/program.js';
import { isBefore, type Span } from '../../model/span.js';
import { isDerived, type Parts, serving } from './accesses.js';

/*
 * State of one synchronous turn: set at its beginning and looked at before it ends. No other request comes between, so that
 * nothing of it is left for the next.
 */

/** Functions looked at on the way up from an access; of a longer way nothing is concluded. */
const MOST = 120;

/**
 * Something is put there afresh, whatever was there, and all that looks at it or changes it is done by the same function or its
 * callees afterwards, without waiting in between.
 */
export function isOneTurn(cell: StateCell, parts: Parts): boolean {
  const isServed = ({ fn }: StateAccess) => serving(parts.phases, fn);
  const resets = cell.writes.filter((write) => isServed(write) && isFresh(write, parts));
  if (resets.length === 0 || resets.length > 3) return false;
  const begins = resets.flatMap((reset) => beginnings(reset, parts));
  if (begins.length === 0 || begins.length > 12) return false;
  const others = [...cell.writes, ...cell.reads].filter(
    (access) => isServed(access) && !resets.includes(access as never),
  );
  return others.length > 0 && others.every((access) => followsOnly(access, begins, parts));
}

/** Set by a function of the start, and read only by what that function goes on to do: each run of it sets it anew. */
export function isInitialisation(cell: StateCell, parts: Parts): boolean {
  const [first] = cell.writes;
  if (!first || !cell.writes.every((write) => write.fn === first.fn && isSetAnew(write))) return false;
  if (!parts.phases.has(first.fn, 'boot') || cell.reads.length === 0) return false;
  const begins = [{ fn: first.fn, at: first.place.span }];
  return cell.reads.every((read) => followsOnly(read, begins, parts, true));
}

function isSetAnew(write: StateAccess): boolean {
  return (
    write.path.length === 0 &&
    write.op === 'assign' &&
    write.fact.when.length === 0 &&
    !('operator' in write.fact && write.fact.operator !== undefined)
  );
}

/** Where a turn begins: in which function, and after which place. */
interface Beginning {
  readonly fn: Fn;
  readonly at: Span;
}

function isFresh(write: StateAccess, parts: Parts): boolean {
  return (
    write.path.length === 0 &&
    (write.op === 'assign' || write.op === 'clear') &&
    !('operator' in write.fact && write.fact.operator !== undefined) &&
    write.fact.when.length === 0 &&
    !isDerived(write, parts)
  );
}

/** The function that sets it, and those that call a setter which does no more. */
function beginnings(reset: StateAccess, parts: Parts): Beginning[] {
  const own: Beginning = { fn: reset.fn, at: reset.place.span };
  const callers = (parts.graph.callersOf.get(reset.fn) ?? []).filter((call) => call.fact.when.length === 0);
  return [own, ...callers.map((call) => ({ fn: call.fn, at: call.fact.span }))].filter(({ fn, at }) =>
    isDoneAtOnce(fn, at, parts),
  );
}

/** Nothing is waited for after the place. */
function isDoneAtOnce(fn: Fn, at: Span, parts: Parts): boolean {
  if (!fn.fact.async) return true;
  return parts.tables.callsIn(fn).every((call) => call.fact.use !== 'awaited' || isBefore(call.fact.span, at));
}

/** Every way to the access leads through one of the beginnings, after its place. */
function followsOnly(access: StateAccess, begins: readonly Beginning[], parts: Parts, mayWait = false): boolean {
  const seen = new Set<Fn>();
  const follows = (fn: Fn, at: Span): boolean => {
    const begin = begins.filter((one) => one.fn === fn);
    if (begin.length > 0) return begin.some((one) => isBefore(one.at, at));
    if (seen.has(fn)) return true;
    seen.add(fn);
    if (seen.size > MOST || parts.phases.isEntry(fn) || fn.id === 0) return false;
    // Waiting on the way lets another turn in.
    if (fn.fact.async && !mayWait) return false;
    const callers: readonly Call[] = parts.graph.callersOf.get(fn) ?? [];
    const parent = parts.phases.runsInTurn(fn) ? parts.tables.parent(fn) : undefined;
    if (callers.length === 0 && !parent) return false;
    return (
      callers.every((call) => follows(call.fn, call.fact.span)) &&
      (!parent || callers.length > 0 || follows(parent, fn.fact.span))
    );
  };
  return follows(access.fn, access.place.span);
}
