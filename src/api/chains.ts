import type { Expr } from '../model/facts.js';
import type { Call, Program, Unit } from '../model/program.js';
import { once } from './once.js';

/*
 * Calls that hang on one another: `db.insert(t).values(v)`, `send(mail).catch(fail)`.
 */

/** Builders chain a call for every column. */
const LONGEST = 80;

/** Of every unit its calls by id, and by the id of the call that each hangs on. Indexed once, since files have thousands. */
const index = once((program: Program) => {
  const units = new Map<Unit, { byId: Map<number, Call>; behind: Map<number, Call> }>();
  for (const call of program.calls) {
    const { unit, id, fact } = call;
    const own = units.get(unit) ?? { byId: new Map<number, Call>(), behind: new Map<number, Call>() };
    units.set(unit, own);
    own.byId.set(id, call);
    const { callee } = fact;
    if (callee.k === 'member' && callee.of.k === 'call' && !own.behind.has(callee.of.c))
      own.behind.set(callee.of.c, call);
  }
  return units;
});

export const callAt = (program: Program, unit: Unit, id: number): Call | undefined =>
  index(program).get(unit)?.byId.get(id);

/** The call that an expression is, behind `await`. */
export function callIn(program: Program, unit: Unit, expr: Expr | undefined): Call | undefined {
  const inner = expr?.k === 'await' ? expr.of : expr;
  return inner?.k === 'call' ? callAt(program, unit, inner.c) : undefined;
}

/** Calls chained behind one: of `db.insert(t).values(v).onConflictDoNothing()` the later two. */
export function chainedBehind(program: Program, call: Call): Call[] {
  const behind = index(program).get(call.unit)?.behind;
  const found: Call[] = [];
  for (let at = behind?.get(call.id); at && found.length < LONGEST; at = behind?.get(at.id)) found.push(at);
  return found;
}

/** The calls that one is chained to: its receivers, nearest first. */
export function chainedBefore(program: Program, call: Call): Call[] {
  const found: Call[] = [];
  for (let at: Call | undefined = call; at && found.length < LONGEST; ) {
    const { callee }: Call['fact'] = at.fact;
    at = callee.k === 'member' ? callIn(program, call.unit, callee.of) : undefined;
    if (at) found.push(at);
  }
  return found;
}

/** A call and what is hung on its promise: `send(mail).then(…).catch(…)`, from the first on. */
export function promiseChain(program: Program, call: Call): readonly Call[] {
  const behind = chainedBehind(program, call);
  const end = behind.findIndex(
    ({ fact }) => fact.callee.k !== 'member' || !/^(?:then|catch|finally)$/.test(fact.callee.name),
  );
  return [call, ...(end < 0 ? behind : behind.slice(0, end))];
}
