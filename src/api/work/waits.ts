import type { Call, Fn, Program } from '../../model/program.js';
import type { Span } from '../../model/span.js';

const DEEPEST = 4;

/**
 * The function does its work once, as soon as something is there, and sets the timer for as long as it is not:
 * `if (ready) save(); else setTimeout(attempt, 5)`.
 */
export function waitsForWork(program: Program, timer: Call): boolean {
  const { unit, fn } = timer;
  const tests = timer.fact.when.flatMap((id) => unit.facts.conditions[id] ?? []);
  const others = program
    .callsIn(fn)
    .filter((one) => one !== timer && !tests.some(({ span }) => isWithin(one.fact.span, span)));
  if (others.length === 0) return false;
  const isElsewhere = (one: Call) =>
    one.fact.when.some((id) => {
      const condition = unit.facts.conditions[id];
      return tests.some(({ test, sense }) => test === condition?.test && sense !== condition.sense);
    });
  return others.every((one) => isElsewhere(one) && !leadsTo(program, one, fn, timer));
}

/** Handed to `.catch(…)`, or second to `.then(…)`: it runs after a failure. */
export function isAfterFailure(program: Program, fn: Fn): boolean {
  return program.callsIn(program.fn(fn.unit, fn.fact.parent)).some(({ fact: { callee, args } }) => {
    if (callee.k !== 'member') return false;
    const handler = callee.name === 'catch' ? args[0] : callee.name === 'then' ? args[1] : undefined;
    return handler?.k === 'fn' && handler.f === fn.id;
  });
}

/** The work itself comes back to the function: then it goes round after all. */
function leadsTo(program: Program, call: Call, wanted: Fn, timer: Call, depth = DEEPEST): boolean {
  const handed = call.fact.args.flatMap((arg) => program.functions(call.unit, arg));
  const reached = [...program.callees(call), ...handed];
  if (reached.includes(wanted)) return true;
  if (depth === 0) return false;
  return reached.some((fn) =>
    program.callsIn(fn).some((inner) => inner !== timer && leadsTo(program, inner, wanted, timer, depth - 1)),
  );
}

function isWithin(inner: Span, outer: Span): boolean {
  const starts = inner[0] > outer[0] || (inner[0] === outer[0] && inner[1] >= outer[1]);
  return starts && (inner[2] < outer[2] || (inner[2] === outer[2] && inner[3] <= outer[3]));
}
