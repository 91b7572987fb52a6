import type { Expr } from '../../model/facts.js';
import type { Call, Fn, Program, Reach, StateAccess, Unit } from '../../model/program.js';
import type { Place } from '../../model/span.js';
import { USER_PHASES } from '../serving.js';

/*
 * Whether a copy of something is changed by those who change the original: then the other instances' copies are old.
 */

/** A place that reads or writes something kept here: an access to a cell, or a call of a package's method. */
export interface Touch {
  readonly fn: Fn;
  readonly place: Place;
  readonly op: StateAccess['op'];
}

const FAR = 2;

/**
 * Of some writes those that are made because the original was changed: an entry thrown out, or put in beside a write to the
 * database. What the filling function throws out has only grown old, and what it puts in was missing.
 */
export function changing<T extends Touch>(program: Program, touches: readonly Touch[], writes: readonly T[]): T[] {
  const filling = new Set(touches.filter(({ op }) => op === 'insert').map(({ fn }) => fn));
  const reading = new Set(touches.filter(({ op }) => op === 'lookup' || op === 'read').map(({ fn }) => fn));
  const isAmong = (fns: ReadonlySet<Fn>, fn: Fn): boolean =>
    fns.has(fn) ||
    program.callsIn(fn).some((call) => program.callees(call).some((callee) => fns.has(callee))) ||
    (fn.id !== 0 && fn.fact.kind === 'arrow' && isAmong(fns, program.fn(fn.unit, fn.fact.parent)));
  const isHeard = touches.some(({ op, fn }) => op !== 'lookup' && op !== 'read' && isListener(program, fn));
  return writes.filter((write) => {
    const { op, fn } = write;
    if (isHeard && isAnnounced(program, fn)) return false;
    if (op === 'remove' || op === 'clear')
      return !isAmong(filling, fn) && !(reading.has(fn) && isOfAge(program, write));
    return op === 'insert' && isWrittenThrough(program, fn, (one) => isAmong(reading, one), FAR);
  });
}

/** Thrown out by who looks it up, where the clock says so: `if (hit.until <= Date.now()) known.delete(key)`. */
function isOfAge(program: Program, { fn, place }: Touch): boolean {
  const { unit } = fn;
  const call = program.callsIn(fn).find(({ fact }) => fact.span === place.span);
  return (call?.fact.when ?? []).some((id) => {
    const test = unit.facts.conditions[id]?.test;
    return test !== undefined && mentionsClock(program, unit, test, 0);
  });
}

const CLOCK = /^global:(?:Date\.now|performance\.now|Date)\(\)/;

function mentionsClock(program: Program, unit: Unit, expr: Expr, depth: number): boolean {
  if (depth > 5) return false;
  const within = (...parts: readonly Expr[]) => parts.some((part) => mentionsClock(program, unit, part, depth + 1));
  switch (expr.k) {
    case 'binary':
    case 'logic':
      return within(expr.left, expr.right);
    case 'unary':
      return within(expr.of);
    case 'id':
    case 'call':
      return program.values(unit, expr).some(({ value }) => value.kind === 'external' && CLOCK.test(value.api));
    default:
      return false;
  }
}

/** The function, those it is written in, and those of its file that call it. */
function around(program: Program, fn: Fn): Fn[] {
  const found: Fn[] = [];
  const enclose = (one: Fn) => {
    for (let at = one; at.id !== 0 && !found.includes(at); at = program.fn(at.unit, at.fact.parent)) found.push(at);
  };
  enclose(fn);
  for (const { unit, fn: caller } of [...found].flatMap((one) => program.callers(one)).slice(0, 50))
    if (unit === fn.unit) enclose(caller);
  return found;
}

/** Others are told of the change: `pubsub.publish('dropped', key)` beside it. An emitter of the process tells nobody else. */
function isAnnounced(program: Program, fn: Fn): boolean {
  return around(program, fn).some((one) =>
    program
      .callsIn(one)
      .some(({ fact: { callee } }) => callee.k === 'member' && /^(?:publish|broadcast|notifyAll)$/i.test(callee.name)),
  );
}

/** Runs when it is told: handed to an `on` or `subscribe`. */
function isListener(program: Program, fn: Fn): boolean {
  const fns = around(program, fn);
  return fns.some((one) =>
    program
      .callsIn(program.fn(one.unit, one.fact.parent))
      .some(
        ({ fact: { callee, args } }) =>
          callee.k === 'member' &&
          /^(?:on|p?subscribe|onMessage|listen)$/.test(callee.name) &&
          args.some((arg) => arg.k === 'fn' && arg.f === one.id),
      ),
  );
}

/** Put in by who has just written the database, without having looked whether it is there. */
function isWrittenThrough(program: Program, fn: Fn, looksUp: (fn: Fn) => boolean, far: number): boolean {
  if (looksUp(fn)) return false;
  if (program.callsIn(fn).some((call) => isWrite(program, call))) return true;
  return far > 0 && program.callers(fn).some((call) => isWrittenThrough(program, call.fn, looksUp, far - 1));
}

function isWrite(program: Program, call: Call): boolean {
  const own = program.effect(call);
  if (own) return own.kind === 'database' && own.writes;
  return program
    .callees(call)
    .some((callee) => program.effects(callee).effects.some(({ kind, writes }) => kind === 'database' && writes));
}

/** How a place comes to run for users, unless a message makes it run on every instance. */
export function reachedByUser(program: Program, fn: Fn): Reach | undefined {
  const reaches = program.reaches(fn);
  if (reaches.some(({ everyInstance }) => everyInstance)) return undefined;
  return reaches.filter(({ phase }) => USER_PHASES.includes(phase)).sort((a, b) => Number(a.weak) - Number(b.weak))[0];
}
