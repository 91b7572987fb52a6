import { ApiTable, type Call, callsKnown, once, type Place, type Program, type Reach } from '../../src/api/index.js';

const TIMER = new ApiTable([{ patterns: ['{global:,timers:}{setInterval,setTimeout}'], entry: true }]);
const CLEARS = new ApiTable([{ patterns: ['{global:,timers:}{clearInterval,clearTimeout}'], entry: true }]);
/** Timers within timers that are looked at. */
const DEEPEST = 3;

const timersByPlace = once(
  (program: Program): ReadonlyMap<string, Call> =>
    new Map(
      callsKnown(program, TIMER).map(({ call }) => [keyOf({ file: call.unit.file, span: call.fact.span }), call]),
    ),
);

function keyOf({ file, span }: Place): string {
  return `${file}:${span.join(':')}`;
}

/** A job or an event that belongs to the process, and not the timer of a request or a connection. */
export function isOfTheProcess(program: Program, { phase, path }: Reach, depth = 0): boolean {
  if (phase !== 'job' && phase !== 'event') return false;
  const [start] = path;
  const timer = start && timersByPlace(program).get(keyOf(start));
  if (!timer) return true;
  const reaches = program.reaches(timer.fn);
  return (
    reaches.length === 0 ||
    reaches.some((reach) => reach.phase === 'boot' || (depth < DEEPEST && isOfTheProcess(program, reach, depth + 1)))
  );
}

const cleared = once((program: Program): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const { call } of callsKnown(program, CLEARS))
    for (const arg of call.fact.args) if (arg.k === 'id') found.add(`${call.unit.file}:${arg.b}`);
  return found;
});

/** `const timer = setInterval(…)` in a function that clears it as well, when what it watches over is done. */
export function endsWithItsWork(program: Program, { unit, fn, id }: Call): boolean {
  return (
    fn.id !== 0 &&
    unit.facts.bindings.some(
      ({ init, fn: scope }, binding) =>
        scope === fn.id && init?.k === 'call' && init.c === id && cleared(program).has(`${unit.file}:${binding}`),
    )
  );
}
