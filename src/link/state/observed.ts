import { expand } from '../../knowledge/api-table.js';
import { observers } from '../../knowledge/observers.js';
import type { StateAccess, StateCell } from '../../model/program.js';
import type { Span } from '../../model/span.js';
import { type Parts, serving } from './accesses.js';
import { text } from '../tables.js';

const OBSERVERS = observers.flatMap(({ api }) => expand(api));
const LOGGER =
  /(?:^|\.)(?:log|logger|console|logging)\.(?:log|info|warn|warning|error|debug|trace|verbose|fatal|http|silly)$/i;

export function isObserver(api: string): boolean {
  return OBSERVERS.some(
    (known) => api.startsWith(known) && (known.endsWith(':') || /^(?:$|[.(])/.test(api.slice(known.length))),
  );
}

/** What is read goes into logs and metrics only, or decides whether something is logged. */
export function isOnlyObserved(cell: StateCell, parts: Parts): boolean {
  const reads = cell.reads.filter(({ fn }) => serving(parts.phases, fn));
  return reads.length > 0 && reads.every((read) => isLogged(cell, read, parts));
}

function isLogged(cell: StateCell, read: StateAccess, parts: Parts): boolean {
  const { facts } = read.unit;
  const logs = parts.tables.linked(read.unit).calls.filter((call) => {
    const isByName = LOGGER.test(text(call.unit, call.fact.callee));
    return isByName || parts.values.calleeApis(call).some(isObserver);
  });
  const isInLog = (span: Span) => logs.some(({ fact }) => within(span, fact.span));
  if (isInLog(read.place.span)) return true;
  const tests = facts.conditions.flatMap((condition, id) => (within(read.place.span, condition.span) ? [id] : []));
  const isUnder = ({ when }: { readonly when: readonly number[] }) => tests.some((id) => when.includes(id));
  const isOwnWrite = (fact: unknown) => cell.writes.some((write) => write.fact === fact);
  return (
    logs.some(({ fact }) => isUnder(fact)) &&
    facts.calls.every((call) => !isUnder(call) || isInLog(call.span) || isOwnWrite(call)) &&
    facts.accesses.every((access) => access.op === 'read' || !isUnder(access) || isOwnWrite(access)) &&
    // To leave empty-handed passes over the rest of the function, which is looked at here as well.
    !facts.functions.some((fn) => isUnder(fn) || fn.returns.some((exit) => isUnder(exit) && exit.value))
  );
}

export function within(inner: Span, outer: Span): boolean {
  const starts = inner[0] > outer[0] || (inner[0] === outer[0] && inner[1] >= outer[1]);
  const ends = inner[2] < outer[2] || (inner[2] === outer[2] && inner[3] <= outer[3]);
  return starts && ends;
}
