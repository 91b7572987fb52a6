import {
  ApiTable,
  type Call,
  type Effect,
  type Evidence,
  once,
  processNames,
  type Program,
} from '../../src/api/index.js';

const NAMES = new ApiTable(processNames.map((api) => ({ patterns: [api], entry: api })));

/** All that is written is looked for by the name of this process: a sign of life, which each instance gives for itself. */
export function isOfOwnRows(program: Program, effects: readonly Effect[]): boolean {
  return (
    effects.length > 0 && effects.every(({ kind, path }) => kind === 'database' && namesItself(program, path.at(-1)))
  );
}

const writesByPlace = once((program: Program): ReadonlyMap<string, Call> => {
  const found = new Map<string, Call>();
  for (const call of program.calls)
    if (call.fact.args.length > 0 && call.fact.callee.k === 'member')
      found.set(keyOf(call.unit.file, call.fact.span), call);
  return found;
});

function keyOf(file: string, span: Evidence['span']): string {
  return `${file}:${span.join(':')}`;
}

function namesItself(program: Program, place: Evidence | undefined): boolean {
  const call = place && writesByPlace(program).get(keyOf(place.file, place.span));
  // `updateOne(filter, change)`: what is looked for comes first.
  const filter = call?.fact.args[0];
  return (
    call !== undefined &&
    filter !== undefined &&
    program
      .origins(call.unit, filter, call.fact.span)
      .some(({ unit, expr }) =>
        program
          .values(unit, expr)
          .some(({ value }) => value.kind === 'external' && NAMES.first(value.api) !== undefined),
      )
  );
}
