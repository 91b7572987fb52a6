import { type Call, callsWith, type Program, type Reach } from '../../src/api/index.js';

const TIMER = /^(?:global:|timers:)set(?:Interval|Timeout)$/;
const CLEARS = /^(?:global:|timers:)clear(?:Interval|Timeout)$/;
/** Timers within timers that are looked at. */
const DEEPEST = 3;

/** A job or an event that belongs to the process, and not the timer of a request or a connection. */
export function isOfTheProcess(program: Program, { phase, path }: Reach, depth = 0): boolean {
  if (phase !== 'job' && phase !== 'event') return false;
  const [start] = path;
  const timer = callsWith(program, (api) => TIMER.test(api)).find(
    ({ unit, fact }) =>
      start?.role === 'registered' &&
      unit.file === start.file &&
      fact.span[0] === start.span[0] &&
      fact.span[1] <= start.span[1] &&
      isBehind(fact.span, start.span),
  );
  if (!timer) return true;
  const reaches = program.reaches(timer.fn);
  return (
    reaches.length === 0 ||
    reaches.some((reach) => reach.phase === 'boot' || (depth < DEEPEST && isOfTheProcess(program, reach, depth + 1)))
  );
}

function isBehind([, , line, column]: Call['fact']['span'], [, , endLine, endColumn]: Call['fact']['span']): boolean {
  return line > endLine || (line === endLine && column >= endColumn);
}

/** `const timer = setInterval(…)` in a function that clears it as well, when what it watches over is done. */
export function endsWithItsWork(program: Program, { unit, fn, id }: Call): boolean {
  const timer = unit.facts.bindings.findIndex(
    ({ init, fn: scope }) => scope === fn.id && init?.k === 'call' && init.c === id,
  );
  if (timer < 0 || fn.id === 0) return false;
  return callsWith(program, (api) => CLEARS.test(api)).some(
    (call) => call.unit === unit && call.fact.args.some((arg) => arg.k === 'id' && arg.b === timer),
  );
}
