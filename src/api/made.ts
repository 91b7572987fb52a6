import type { Call, Program } from '../model/program.js';

/** The call that made something, and what it is called where it is used. */
export interface Made {
  readonly made?: Call;
  readonly name: string;
}

/** What a call runs, or runs a method of: `limit` of `limit(work)` and of `this.limit(work)`, `mutex` of `mutex.acquire()`. */
export function madeBy(program: Program, { unit, fact: { callee } }: Call): Made {
  const places = callee.k === 'member' ? [callee, callee.of] : [callee];
  for (const place of places)
    for (const { value } of program.values(unit, place))
      if (value.kind === 'external' && value.call && value.api.endsWith('()'))
        return { made: value.call, name: program.text(unit, place) };
  return { name: program.text(unit, callee) };
}
