import type { TryFact } from '../../model/facts.js';
import type { Call, Program } from '../../model/program.js';
import type { Span } from '../../model/span.js';
import { chainedBehind } from '../chains.js';

/** What fails in this call is dealt with in its own function, and work goes on behind it. */
export function isCaught(program: Program, call: Call): boolean {
  return handlerOf(call) !== undefined || catches(program, call);
}

/** The handler of the innermost `try` around a call, if control goes on behind it. */
export function handlerOf({ unit, fact }: Call): TryFact | undefined {
  let found: TryFact | undefined;
  for (const one of unit.facts.tries ?? []) {
    if (one.fn !== fact.fn || !contains(one.block, fact.span)) continue;
    if (!found || contains(found.block, one.block)) found = one;
  }
  return found?.leaves ? undefined : found;
}

/** `.catch(…)` behind the call, with something that does not end the process. */
function catches(program: Program, call: Call): boolean {
  return chainedBehind(program, call).some(({ unit, fact }) => {
    if (fact.callee.k !== 'member' || fact.callee.name !== 'catch' || !fact.args[0]) return false;
    const handlers = program.functions(unit, fact.args[0]);
    return handlers.length > 0 && handlers.every((fn) => !program.callsIn(fn).some((one) => endsProcess(program, one)));
  });
}

/** `process.exit()`, `throw` aside. */
export function endsProcess(program: Program, call: Call): boolean {
  return /^(?:process\.)?(?:exit|abort|kill)$/.test(program.text(call.unit, call.fact.callee));
}

export function contains(outer: Span, inner: Span): boolean {
  const [fromLine, fromColumn, toLine, toColumn] = outer;
  return (
    (fromLine < inner[0] || (fromLine === inner[0] && fromColumn <= inner[1])) &&
    (toLine > inner[2] || (toLine === inner[2] && toColumn >= inner[3]))
  );
}
