import { ApiTable } from '../../knowledge/api-table.js';
import { connectCalls } from '../../knowledge/connections.js';
import { listenCalls } from '../../knowledge/servers.js';
import type { ConnectCall } from '../../knowledge/connections.js';
import type { Expr, TryFact } from '../../model/facts.js';
import type { Call, Fn, Program, Reach, Unit } from '../../model/program.js';
import { isBefore, type Span } from '../../model/span.js';
import { callsAmong, callsKnown, callsOfMember, handing, inOrder } from '../calls.js';
import { once } from '../once.js';
import { contains, endsProcess } from './handlers.js';
import { chainedBehind } from '../chains.js';

/*
 * The order in which a process starts: what it connects to, and when it begins to listen.
 */

const LISTENS = new ApiTable(listenCalls.map((entry) => ({ patterns: [entry.api], entry })));
const CONNECTS = new ApiTable<ConnectCall>(connectCalls.map((entry) => ({ patterns: [entry.api], entry })));
const LISTENER = /^(?:this\.)?(?:\w*(?:app|server|http|https|express|fastify|koa))$/i;
const DEEPEST = 12;

/** A call on the boot path of a server. */
export interface Starting {
  readonly call: Call;
  readonly boot: Reach;
}

function booting(program: Program, call: Call): Starting | undefined {
  if (!call.unit.roles.has('server')) return undefined;
  const boot = program.reaches(call.fn).find(({ phase }) => phase === 'boot');
  return boot ? { call, boot } : undefined;
}

/** The calls by which servers begin to take requests. */
export const listens = once((program: Program): readonly Starting[] => {
  const known = callsKnown(program, LISTENS).map(({ call }) => call);
  const named = callsOfMember(program, ['listen']).filter(
    (call) =>
      program.apis(call).length === 0 &&
      call.fact.callee.k === 'member' &&
      LISTENER.test(program.text(call.unit, call.fact.callee.of)),
  );
  return inOrder(program, [...known, ...named]).flatMap((call) => booting(program, call) ?? []);
});

/** The calls that connect, on the boot path of a server. */
export function connects(program: Program): (Starting & { readonly entry: ConnectCall })[] {
  return callsKnown(program, CONNECTS).flatMap(({ call, entry }) => {
    const starting = booting(program, call);
    return starting ? { ...starting, entry } : [];
  });
}

/** A call, and the calls by which it is reached: each in the function that the one before stands in was called from. */
interface Site {
  readonly call: Call;
  /** The one before stands in a function that is handed over here. */
  readonly hands?: true;
}

function sites(program: Program, { call, boot }: Starting): Site[] {
  const found: Site[] = [{ call }];
  const steps = boot.path.filter(({ role }) => role === 'reached').reverse();
  let at = call;
  for (let depth = 0; depth < DEEPEST && at.fn.id !== 0; depth++) {
    const { fn } = at;
    const handing = handedTo(program, fn);
    const next = handing ?? calling(program, fn, steps);
    if (!next || next === at) break;
    found.push(handing ? { call: next, hands: true } : { call: next });
    at = next;
  }
  return found;
}

/** The call that a function is handed to, written there or by its name. */
function handedTo(program: Program, fn: Fn): Call | undefined {
  return (
    handing(program, fn) ??
    callsAmong(program, [fn.unit]).find(
      (one) =>
        one.fact.callee.k === 'member' &&
        /^(?:then|once|on)$/.test(one.fact.callee.name) &&
        one.fact.args.some((arg) => arg.k === 'id' && program.functions(one.unit, arg).includes(fn)),
    )
  );
}

function calling(program: Program, fn: Fn, steps: Reach['path']): Call | undefined {
  const callers = program.callers(fn);
  return (
    callers.find((one) =>
      steps.some(({ file, span }) => file === one.unit.file && String(span) === String(one.fact.span)),
    ) ?? (callers.length === 1 ? callers[0] : undefined)
  );
}

/** `before`: it is over when listening begins; `open`: nobody waits for it; `after`: it begins once the server listens. */
export type Order = 'before' | 'open' | 'after';

/** How connecting stands to listening, where that can be told. */
export function orderOf(program: Program, connect: Starting, listen: Starting): Order | undefined {
  const [left, right] = [sites(program, connect), sites(program, listen)];
  for (const [i, own] of left.entries()) {
    const j = right.findIndex(({ call }) => call.fn === own.call.fn);
    const other = right[j];
    if (!other) continue;
    // Handed to something that may run it whenever it likes, `then` aside.
    const unknown = (list: readonly Site[], to: number) =>
      list.slice(0, to + 1).some((site) => site.hands && !isThen(site.call) && site.call !== listen.call);
    if (unknown(left, i) || unknown(right, j)) return undefined;
    if (own.call === other.call) return i > 0 && j === 0 ? 'after' : undefined;
    const chain = chainedBehind(program, own.call);
    if (chain.includes(other.call)) return isThen(other.call) ? 'before' : undefined;
    if (comesBefore(other.call.fact.span, own.call.fact.span)) return 'after';
    return settled(program, left.slice(0, i + 1));
  }
  // At the top of two modules: what nobody awaits there nobody can wait for.
  const top = left.at(-1);
  const known = left.every(({ hands, call }) => !hands || isThen(call));
  if (top?.call.fn.id !== 0 || !known || isElsewhere(program, top.call.unit, listen.call.unit)) return undefined;
  return settled(program, left) === 'open' ? 'open' : undefined;
}

/** The way that is known begins in another process: a script that shares its setting up with the server. */
function isElsewhere(program: Program, a: Unit, b: Unit): boolean {
  const [one, other] = [program.processesOf(a), program.processesOf(b)];
  return other.length > 0 && !one.some((process) => other.includes(process));
}

function isThen(call: Call): boolean {
  return call.fact.callee.k === 'member' && call.fact.callee.name === 'then';
}

function comesBefore(a: Span, b: Span): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

/** Whether all that leads to a call is waited for. */
function settled(program: Program, list: readonly Site[]): Order | undefined {
  for (const [index, { call }] of list.entries()) {
    const ends = [call, ...chainedBehind(program, call)].at(-1) as Call;
    const isTop = index === list.length - 1;
    if (ends.fact.use === 'dropped' || ends.fact.use === 'voided') return 'open';
    if (ends.fact.use === 'awaited' || (ends.fact.use === 'returned' && !isTop)) continue;
    return undefined;
  }
  return 'before';
}

/** Why a failure of a call on the boot path does not end the process, and where. */
export interface Swallowed {
  /** The call whose failure is dealt with: the one in question, or one that leads to it. */
  readonly at: Call;
  readonly place: { readonly file: string; readonly span: Span };
  /** What stands in the same `try`, and so does not happen. */
  readonly block?: Span;
  /** What is set up behind it in the same `try` is left out too, and the start may well fail for want of it. */
  readonly leavesOut?: true;
}

/** Whether one call is on the way to another. */
export function leadsTo(program: Program, call: Call, target: Starting): boolean {
  return sites(program, target).some((site) => site.call === call);
}

/** A failure of this call is taken note of at most, and starting goes on. */
export function swallowed(program: Program, starting: Starting): Swallowed | undefined {
  for (const { call, hands } of sites(program, starting)) {
    if (hands && !isThen(call)) return undefined;
    if (call.fact.loop) return undefined;
    for (const next of chainedBehind(program, call)) {
      const { callee, args } = next.fact;
      const name = callee.k === 'member' ? callee.name : '';
      const handler = name === 'catch' ? args[0] : name === 'then' ? args[1] : undefined;
      if (!handler) continue;
      return takesNote(program, next, handler)
        ? { at: call, place: { file: next.unit.file, span: next.fact.span } }
        : undefined;
    }
    const around = innermost(call);
    if (!around) {
      // Nobody waits for it, so nobody above can catch it: the process ends by itself.
      if (call.fact.use === 'dropped' || call.fact.use === 'voided') return undefined;
      continue;
    }
    if (passesOn(program, call, around.handler)) return undefined;
    return {
      at: call,
      place: { file: call.unit.file, span: around.handler },
      block: around.block,
      ...(setsUpMore(call, around.block) ? { leavesOut: true } : {}),
    };
  }
  return undefined;
}

/** Fields of an object are given their values there, after the call. */
function setsUpMore({ unit, fact }: Call, block: Span): boolean {
  return unit.facts.accesses.some(
    ({ op, target, fn, span }) =>
      op === 'assign' && fn === fact.fn && target.k === 'member' && contains(block, span) && isBefore(fact.span, span),
  );
}

function innermost({ unit, fact }: Call): TryFact | undefined {
  let found: TryFact | undefined;
  for (const one of unit.facts.tries ?? [])
    if (one.fn === fact.fn && contains(one.block, fact.span) && (!found || contains(found.block, one.block)))
      found = one;
  return found;
}

/** Names of functions that hand an error on, try again, or end the process. */
const HANDS_ON =
  /^(?:reject|next|done|cb|callback|exit|fatal|abort|die|kill|shutdown|terminate|bail|retry\w*|re?connect\w*|setTimeout)$/i;

function isWayOut(program: Program, call: Call, from: Fn): boolean {
  const { callee } = call.fact;
  const name = callee.k === 'member' ? callee.name : program.text(call.unit, callee);
  return (
    HANDS_ON.test(name) ||
    endsProcess(program, call) ||
    program.callees(call).some((fn) => fn === from || program.callsIn(fn).some((one) => endsProcess(program, one)))
  );
}

function passesOn(program: Program, call: Call, handler: Span): boolean {
  const { unit, fn } = call;
  if ((unit.facts.throws ?? []).some(({ span }) => contains(handler, span))) return true;
  return callsAmong(program, [unit]).some((one) => contains(handler, one.fact.span) && isWayOut(program, one, fn));
}

function takesNote(program: Program, at: Call, handler: Expr): boolean {
  const fns = program.functions(at.unit, handler);
  if (fns.length === 0) return /^console\.\w+$|^(?:this\.)?log(?:ger)?\.\w+$/.test(program.text(at.unit, handler));
  return fns.every(
    (fn) =>
      !(fn.unit.facts.throws ?? []).some((one) => one.fn === fn.id) &&
      !callsAmong(program, [fn.unit]).some(
        (one) => contains(fn.fact.span, one.fact.span) && isWayOut(program, one, at.fn),
      ),
  );
}
