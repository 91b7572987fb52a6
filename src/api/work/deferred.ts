import type { CallFact, Expr } from '../../model/facts.js';
import type { Call, Fn, Program, Unit } from '../../model/program.js';
import { promiseChain } from '../chains.js';

/*
 * Whether somebody waits for what a call has begun.
 */

/** The result of a call is waited for, given back, kept, or answered in a callback: nobody goes on without it. */
export function isWaitedFor(program: Program, call: Call): boolean {
  const end = endOfChain(program, call);
  if (end.fact.use !== 'dropped' && end.fact.use !== 'voided') return true;
  return promiseChain(program, call).some(({ fact }) =>
    fact.args.some(
      (arg) =>
        (arg.k === 'fn' && answers(program, program.fn(call.unit, arg.f), 0)) ||
        // `.catch(fail)`: what it is called by stands nearby.
        (arg.k === 'id' && program.functions(call.unit, arg).some((fn) => answers(program, fn, 0))) ||
        isAnswer(call.unit, arg),
    ),
  );
}

/** The call, or an object that it is handed, gets what answers the user: `create(req, res)`, `run({ req, res })`, `res.send(body)`. */
export function isHandedTheAnswer(program: Program, call: Call): boolean {
  return promiseChain(program, call).some(({ unit, fact }) => {
    const isParam = (part: Expr, names: RegExp) => {
      const known = part.k === 'id' ? unit.facts.bindings[part.b] : undefined;
      return known?.kind === 'param' && names.test(known.name);
    };
    return (
      (fact.callee.k === 'member' && isParam(fact.callee.of, /^_?(?:res|response|reply)$/i)) ||
      fact.args.some((arg) =>
        (arg.k === 'object' ? arg.props.map(({ value }) => value) : [arg]).some((part) => isParam(part, ANSWERING)),
      )
    );
  });
}

const ANSWERING = /^_?(?:res|response|reply|ctx|context|next|done|cb|callback|resolve|reject)$/i;

/** `.then(resolve)`, `push(item, callback)`. */
function isAnswer(unit: Unit, arg: Expr): boolean {
  const fact = arg.k === 'id' ? unit.facts.bindings[arg.b] : undefined;
  return fact?.kind === 'param' && ANSWERS.test(fact.name);
}

function endOfChain(program: Program, call: Call): Call {
  return promiseChain(program, call).at(-1) ?? call;
}

/** The callback calls something that an enclosing function was handed: `res.json(…)`, `resolve()`, `next(error)`, `done()`. */
export function answers(program: Program, fn: Fn, depth: number): boolean {
  if (depth > 3) return false;
  const isHanded = (expr: Expr): boolean => {
    const root = rootOf(fn.unit, expr);
    if (root?.k !== 'id') return false;
    const fact = fn.unit.facts.bindings[root.b];
    return fact?.kind === 'param' && isOutside(fn.unit, fact.fn, fn);
  };
  return program
    .callsIn(fn)
    .some(
      ({ fact }) =>
        (ANSWERS.test(nameOf(fn.unit, fact)) && isHanded(fact.callee)) ||
        fact.args.some((arg) => isAnswer(fn.unit, arg)) ||
        fact.args.some((arg) => arg.k === 'fn' && answers(program, program.fn(fn.unit, arg.f), depth + 1)),
    );
}

const ANSWERS =
  /^(?:json|send|sendStatus|end|render|redirect|status|code|reply|write|next|resolve|reject|done|cb|callback|ack|fn|sendFile|download|jsonp|header|respond|response|acknowledge)$/i;

function nameOf(unit: Unit, { callee }: CallFact): string {
  return callee.k === 'member' ? callee.name : callee.k === 'id' ? (unit.facts.bindings[callee.b]?.name ?? '') : '';
}

function rootOf(unit: Unit, expr: Expr): Expr | undefined {
  let at: Expr | undefined = expr;
  for (let depth = 0; at && depth < 12; depth++) {
    if (at.k === 'member' || at.k === 'index') at = at.of;
    else if (at.k === 'call') at = unit.facts.calls[at.c]?.callee;
    else return at;
  }
  return undefined;
}

/** The binding belongs to a function around this one. */
function isOutside(unit: Unit, owner: number, fn: Fn): boolean {
  for (let at = unit.facts.functions[fn.id]?.parent ?? 0; at !== 0; at = unit.facts.functions[at]?.parent ?? 0)
    if (at === owner) return true;
  return false;
}

/** What runs its function once the answer is out of the way. */
const PUTS_OFF = new Set([
  'global:setImmediate',
  'timers:setImmediate',
  'global:process.nextTick',
  'process:nextTick',
  'global:queueMicrotask',
]);
const ALL = /^global:Promise\.(?:all|allSettled|race|any)$/;
const EACH = /^(?:forEach|map)$/;

/** It begins work that goes on after it has come back, and nobody waits for the end. */
export function beginsUnwaited(program: Program, call: Call): boolean {
  const { use } = call.fact;
  if (use === 'awaited' || use === 'returned' || use === 'stored' || isLaterLink(call)) return false;
  return isBegun(program, call) && !isWaitedFor(program, call);
}

/** A `.then` behind a call belongs to that call. */
function isLaterLink({ fact }: Call): boolean {
  return fact.callee.k === 'member' && /^(?:then|catch|finally)$/.test(fact.callee.name) && fact.callee.of.k === 'call';
}

/** It comes back before its work is done. */
function isBegun(program: Program, call: Call): boolean {
  const { unit, fact } = call;
  const apis = program.apis(call);
  const isAsync = fact.args.some((arg) => arg.k === 'fn' && unit.facts.functions[arg.f]?.async === true);
  if (apis.some((api) => PUTS_OFF.has(api) || ALL.test(api))) return true;
  if (fact.callee.k === 'member' && EACH.test(fact.callee.name) && isAsync) return true;
  const callees = program.callees(call);
  if (callees.some((fn) => fn.fact.async === true)) return true;
  // `void send(letter)`: something comes back, and nobody is to wait for it, whether it is a promise or wraps one.
  if (fact.use === 'voided' && callees.some((fn) => fn.fact.returns.some(({ value }) => value !== undefined)))
    return true;
  if (promiseChain(program, call).length > 1) return true;
  const effect = program.effect(call);
  // A query of a database that nobody waits for is not even sent by some.
  return effect !== undefined && (effect.kind === 'mail' || effect.kind === 'http' || effect.kind === 'enqueue');
}
