import { expand } from '../../knowledge/api-table.js';
import { observers } from '../../knowledge/observers.js';
import type { CallFact, Expr } from '../../model/facts.js';
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
  if (isCountedForLog(cell, read, logs)) return true;
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

/**
 * What is read goes into a variable that is put back, and decides only how soon the function is left: before something is logged
 * or after, and with the same answer.
 */
function isCountedForLog(
  cell: StateCell,
  { unit, fn, place }: StateAccess,
  logs: readonly { readonly fact: CallFact }[],
): boolean {
  const { facts } = unit;
  const id = facts.bindings.findIndex(
    ({ fn: of, span, init }) => of === fn.id && init !== undefined && span[0] === place.span[0],
  );
  if (id < 0) return false;
  const mentions = (expr: Expr): boolean => {
    switch (expr.k) {
      case 'id':
        return expr.b === id;
      case 'call':
        return facts.calls[expr.c]?.args.some(mentions) ?? false;
      case 'unary':
      case 'member':
      case 'await':
        return mentions(expr.of);
      case 'binary':
      case 'logic':
        return mentions(expr.left) || mentions(expr.right);
      case 'other':
        return expr.parts.some(mentions);
      default:
        return false;
    }
  };
  const tests = new Set(facts.conditions.flatMap(({ test }, at) => (mentions(test) ? [at] : [])));
  const behind = logs.filter(({ fact }) => fact.fn === fn.id && fact.when.some((when) => tests.has(when)));
  if (tests.size === 0 || behind.length === 0) return false;
  const answers = new Set(fn.fact.returns.map(({ value }) => (value ? text(unit, value) : '')));
  const others = facts.calls.filter(
    (call) =>
      call.fn === fn.id &&
      call.when.some((when) => tests.has(when)) &&
      !behind.some(({ fact }) => fact === call || within(call.span, fact.span)) &&
      !cell.writes.some((write) => write.unit === unit && within(call.span, write.fact.span)) &&
      !answers.has(text(unit, { k: 'call', c: facts.calls.indexOf(call) })),
  );
  return answers.size <= 1 && others.length === 0;
}

export function within(inner: Span, outer: Span): boolean {
  const starts = inner[0] > outer[0] || (inner[0] === outer[0] && inner[1] >= outer[1]);
  const ends = inner[2] < outer[2] || (inner[2] === outer[2] && inner[3] <= outer[3]);
  return starts && ends;
}
