import type { Expr } from '../../model/facts.js';
import type { Fn, StateAccess, StateCell, Value } from '../../model/program.js';
import { isSettling, methodOf, type Parts, SERVING, serving } from './accesses.js';
import { within } from './observed.js';

/*
 * The books that a process keeps of itself: what it calls back, what is connected to it, what it has counted and not yet passed on.
 */

/** `handlers.push({ name, run })`: an entry of a list is a callback with what is said of it. What is looked up by a name may be a task of somebody's. */
export function isCallbackEntry(cell: StateCell, insert: StateAccess, parts: Parts): boolean {
  const { unit, value, fact } = insert;
  if (value?.k !== 'object' || !/^(?:push|unshift|add)$/.test(methodOf(fact))) return false;
  // `waiting.push({ resolve, reject })`: who waits here for what this process does is told when it is done, and nothing else is kept.
  if (value.props.length > 0 && value.props.every((prop) => isSettling(unit, prop.value, parts))) return true;
  // `queue.push({ job, resolve })`, taken in turn: whoever put it in waits for the answer, and is told when this process stops.
  if (value.props.some((prop) => isSettling(unit, prop.value, parts)) && isTakenInTurn(cell)) return true;
  if (methodOf(fact) === 'add') return false;
  if (cell.reads.some((read) => /^(?:find|findIndex|some|includes|indexOf)$/.test(methodOf(read.fact)))) return false;
  const isFunction = (expr: Expr) => {
    const values = parts.values.of(unit, expr).map(({ value: known }) => known);
    const isOne = (known: Value) =>
      known.kind === 'function' || (known.kind === 'external' && /\.bind\(\)$/.test(known.api));
    return values.some(isOne) && values.every((known) => isOne(known) || /^(?:undefined|unknown)$/.test(known.kind));
  };
  const others = value.props.filter((prop) => !isFunction(prop.value));
  return others.length < value.props.length && others.every((prop) => prop.value.k === 'id' || prop.value.k === 'lit');
}

/** What a thread or child of this process says, or the process that began this one. */
const FROM_RELATIVES = /^(?:worker message|process message|child process message|cluster message)$/;

/** `waiting.set(number, { resolve, reject, timer })`, looked up only when a relative of this process answers: nobody else could. */
export function isAnsweredByRelatives(cell: StateCell, inserts: readonly StateAccess[], parts: Parts): boolean {
  const isWaiting = ({ unit, value }: StateAccess) =>
    value?.k === 'object' && value.props.some((prop) => isSettling(unit, prop.value, parts));
  const ways = cell.reads
    .filter(({ fn }) => !inserts.some((insert) => insert.fn === fn))
    .flatMap(({ fn }) => parts.phases.reaches(fn).filter(({ phase }) => SERVING.includes(phase)));
  return inserts.every(isWaiting) && ways.length > 0 && ways.every(({ label }) => FROM_RELATIVES.test(label));
}

/** Only ever the first or last of a list is taken, and nobody is looked for in it. */
function isTakenInTurn(cell: StateCell): boolean {
  return (
    cell.writes.some((write) => /^(?:shift|pop)$/.test(methodOf(write.fact))) &&
    !cell.reads.some((read) => /^(?:find\w*|filter|some|includes|forEach|map|indexOf)$/.test(methodOf(read.fact)))
  );
}

/** The sockets of a web server are counted and closed; nobody is sought by them. */
export function isServerSocket({ fn }: StateAccess, parts: Parts): boolean {
  return parts.phases.reaches(fn).some(({ label }) => /^server event (?:connection|secureConnection)$/.test(label));
}

/** Programs kept to be used again by whoever comes next: nobody asks for a certain one. */
export function isPool(cell: StateCell, inserts: readonly StateAccess[]): boolean {
  return (
    inserts.every((insert) => insert.key === undefined && /^(?:push|unshift|add)$/.test(methodOf(insert.fact))) &&
    !cell.reads.some((read) => /^(?:find|findIndex|findLast|get|has|filter|some)$/.test(methodOf(read.fact))) &&
    cell.writes.some((write) => /^(?:shift|pop|indexOf|splice|delete)$/.test(methodOf(write.fact)))
  );
}

/** Counted up while serving, and looked at only by this process's own job, which passes the sum on and begins anew (as it does before it stops). */
export function isTally(cell: StateCell, writes: readonly StateAccess[], parts: Parts): boolean {
  const isCount = (write: StateAccess) =>
    ('operator' in write.fact && /^(?:\+\+|\+=)$/.test(write.fact.operator ?? '')) ||
    // `counts[key] = counts[key] || 0`
    (write.value?.k === 'logic' && write.value.right.k === 'lit' && write.value.right.v === 0);
  const isOfJob = ({ fn }: { readonly fn: Fn }) => {
    const phases = parts.phases.of(fn).filter((phase) => SERVING.includes(phase));
    return phases.length > 0 && phases.every((phase) => phase === 'job' || phase === 'event');
  };
  const counts = writes.filter(isCount);
  const resets = writes.filter((write) => !isCount(write));
  const isInCount = (read: StateAccess) =>
    counts.some((write) => write.fn === read.fn && within(read.place.span, write.place.span));
  return (
    counts.length > 0 &&
    resets.length > 0 &&
    resets.every((write) => (write.op === 'assign' || write.op === 'clear') && isOfJob(write)) &&
    cell.reads.every((read) => isInCount(read) || !serving(parts.phases, read.fn) || isOfJob(read))
  );
}

/** Each function that puts something in is called only where its caller has asked for it before: `if (!has(key)) add(key, …)`. */
export function isAskedFirst(cell: StateCell, inserts: readonly StateAccess[], parts: Parts): boolean {
  const asks = new Set(cell.reads.filter(({ op }) => op === 'lookup').map(({ fn }) => fn));
  return inserts.every(({ fn }) => {
    const callers = (parts.graph.callersOf.get(fn) ?? []).filter((call) => serving(parts.phases, call.fn));
    return (
      callers.length > 0 &&
      callers.every((call) =>
        parts.tables
          .callsIn(call.fn)
          .some((other) => other !== call && parts.graph.callees(other).some((callee) => asks.has(callee))),
      )
    );
  });
}
