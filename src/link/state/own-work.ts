import type { Expr } from '../../model/facts.js';
import type { Fn, StateAccess, StateCell } from '../../model/program.js';
import type { Span } from '../../model/span.js';
import { type Parts, serving } from './accesses.js';
import { isReset } from './lazy.js';
import { text } from '../tables.js';
import { within } from './observed.js';

/*
 * State that is about this process's own work and nobody else's.
 */

/** The number of things under way is asked for only to learn whether this process has anything to do. */
export function isAskedWhetherIdle({ unit, place }: StateAccess): boolean {
  const tests = unit.facts.conditions.filter(({ span }) => within(place.span, span));
  return (
    tests.length > 0 &&
    tests.every(
      ({ test }) =>
        test.k === 'binary' &&
        [test.left, test.right].some((side) => side.k === 'lit' && (side.v === 0 || side.v === 1)) &&
        /^(?:[<>]=?|[!=]==?)$/.test(test.op),
    )
  );
}

/** Nothing is ever put in: it begins empty, and all that happens to it is that something is left out. */
export function isNeverFilled(cell: StateCell, parts: Parts): boolean {
  if (!isEmptyList(cell.init) || cell.writes.length === 0) return false;
  const name = cell.name.replace(/^.*\./, '');
  const isShrunk = ({ op, unit, value, fact }: StateAccess): boolean => {
    if (op === 'remove' || op === 'clear') return true;
    if (op !== 'assign' || !value) return false;
    if (isReset({ value } as StateAccess) || isEmptyList(value)) return true;
    if (value.k !== 'call' || !('target' in fact)) return false;
    const { callee } = parts.tables.call(unit, value.c).fact;
    return callee.k === 'member' && callee.name === 'filter' && text(unit, callee.of) === text(unit, fact.target);
  };
  if (!cell.writes.every(isShrunk)) return false;
  const owners = new Set(
    [...cell.writes, ...cell.reads].flatMap(({ unit, fact }) =>
      'target' in fact && fact.target.k === 'member' ? [text(unit, fact.target.of)] : [],
    ),
  );
  // Under another name of the same object it may be filled all the same.
  return !parts.tables.units.some((unit) =>
    unit.facts.calls.some(
      ({ callee, args }) =>
        (callee.k === 'member' &&
          /^(?:push|unshift|splice|add|concat)$/.test(callee.name) &&
          callee.of.k === 'member' &&
          callee.of.name === name) ||
        args.some((arg) => arg.k === 'member' && arg.name === name && owners.has(text(unit, arg.of))),
    ),
  );
}

function isEmptyList(expr: Expr | undefined): boolean {
  return expr?.k === 'array' && expr.items.length === 0;
}

/** What is held back only tidies up in this process: the same test lets functions run that have no effect outside of it. */
export function isOwnTidying(cell: StateCell, parts: Parts): boolean {
  const writes = cell.writes.filter(({ fn }) => serving(parts.phases, fn));
  return (
    writes.length > 0 &&
    writes.every(({ fn, fact }) => {
      const held = parts.tables
        .callsIn(fn)
        .filter((call) => fact.when.length > 0 && fact.when.every((condition) => call.fact.when.includes(condition)));
      const runs = held.flatMap((call) => parts.graph.callees(call));
      return (
        runs.length > 0 &&
        runs.every((run) => staysHere(run, parts)) &&
        held.every((call) => parts.graph.callees(call).length > 0 || !parts.effects.ofCall(call))
      );
    })
  );
}

/** What lets go of an entry, or asks it something. */
const LETS_GO = /^(?:dispose|destroy|close|end|terminate|abort|cancel|unref|get[A-Z]\w*|is[A-Z]\w*|has[A-Z]\w*)$/;

function staysHere(run: Fn, parts: Parts): boolean {
  const { effects, unresolved, isCut } = parts.effects.of(run);
  return (
    effects.length === 0 &&
    !isCut &&
    unresolved.every(({ fact: { callee } }) => callee.k === 'member' && LETS_GO.test(callee.name))
  );
}

const MOST_CALLERS = 24;

/**
 * Whoever has an entry put in has it taken out before being done: `const room = roomFor(id); try { … } finally { leave(id); }`, in every
 * function that calls the one which puts it in. No later request finds it.
 */
export function isTakenBack(
  cell: StateCell,
  inserts: readonly StateAccess[],
  removes: readonly StateAccess[],
  parts: Parts,
): boolean {
  const puts = new Set(inserts.map(({ fn }) => fn));
  const takes = new Set(removes.map(({ fn }) => fn).filter((fn) => !puts.has(fn)));
  if (puts.size === 0 || takes.size === 0) return false;
  const isOwn = (fn: Fn) =>
    puts.has(fn) || takes.has(fn) || (parts.graph.callersOf.get(fn) ?? []).every((call) => puts.has(call.fn));
  if (!cell.reads.every(({ fn }) => isOwn(fn))) return false;
  return [...puts].every((put) => {
    const callers = (parts.graph.callersOf.get(put) ?? []).filter((call) => serving(parts.phases, call.fn));
    return (
      !parts.phases.isEntry(put) &&
      callers.length > 0 &&
      callers.length <= MOST_CALLERS &&
      callers.every((call) =>
        parts.tables
          .callsIn(call.fn)
          .some(
            (other) =>
              isAfter(other.fact.span, call.fact.span) &&
              other.fact.when.every((condition) => call.fact.when.includes(condition)) &&
              parts.graph.callees(other).some((callee) => takes.has(callee)),
          ),
      )
    );
  });
}

function isAfter(a: Span, b: Span): boolean {
  return a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
}

/** Only messages of a socket put it there and ask for it: the socket is one of this process. */
export function isOfSocketsOnly(cell: StateCell, parts: Parts): boolean {
  const served = [...cell.writes, ...cell.reads].filter(({ fn }) => serving(parts.phases, fn));
  return (
    served.length > 0 &&
    served.every(({ fn }) =>
      parts.phases.of(fn).every((phase) => phase === 'socket' || phase === 'shutdown' || phase === 'event'),
    ) &&
    served.some(({ fn }) => parts.phases.has(fn, 'socket'))
  );
}

/** A path put together from what is the same wherever the program is installed, or set before it starts. */
export function isFixedPath(parts: Parts, access: StateAccess): boolean {
  const { unit, value } = access;
  if (value?.k !== 'call') return false;
  const call = parts.tables.call(unit, value.c);
  const isJoin = parts.values.calleeApis(call).some((api) => /^path:(?:join|resolve|normalize)$/.test(api));
  return isJoin && call.fact.args.length > 0 && call.fact.args.every(isFixed);
}

function isFixed(expr: Expr): boolean {
  switch (expr.k) {
    case 'lit':
    case 'global':
      return true;
    case 'member':
      return isFixed(expr.of);
    case 'text':
      return expr.parts.every(isFixed);
    default:
      return false;
  }
}

/** One number or flag about the attempts of this process to connect anew, which no other process makes for it: `reconnectAttempts`. */
export function isOfOwnConnection({ name, init, writes }: StateCell): boolean {
  const isScalar = init === undefined || init.k === 'undefined' || init.k === 'lit';
  return (
    isScalar &&
    /(?:^|[^a-z])(?:is)?_?re_?connect/i.test(name.replace(/^.*\./, '')) &&
    writes.every(({ op, key }) => (op === 'assign' || op === 'update') && key === undefined)
  );
}
