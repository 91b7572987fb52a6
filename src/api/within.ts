import type { Call, Fn, Phase, Program, Reach } from '../model/program.js';
import { USER_PHASES } from './serving.js';

/*
 * What stands in a function: in itself, in the callbacks written in it, and in the functions that it calls.
 */

const MOST = 300;

/** The function and those written inside it. */
export function withNested(program: Program, fn: Fn): readonly Fn[] {
  if (fn.id === 0) return [fn];
  const found = [fn];
  const { functions } = fn.unit.facts;
  const inside = new Set([fn.id]);
  // Functions are listed outer ones first.
  for (let id = fn.id + 1; id < functions.length; id++) {
    const fact = functions[id];
    if (!fact || !inside.has(fact.parent)) continue;
    inside.add(id);
    found.push(program.fn(fn.unit, id));
  }
  return found;
}

/** Nothing but the start of the process runs it: what is written in it and runs later is no part of its work. */
export function isOnlyStart(program: Program, fn: Fn): boolean {
  const reaches = program.reaches(fn);
  return fn.id === 0 || (reaches.length > 0 && reaches.every(({ phase }) => phase === 'boot'));
}

/** Functions that run when this one does, to some depth. */
export function runWith(program: Program, fn: Fn, depth: number): ReadonlySet<Fn> {
  const seen = new Set<Fn>(withNested(program, fn));
  let level = [...seen];
  for (let i = 0; i < depth && seen.size < MOST; i++) {
    const next: Fn[] = [];
    for (const at of level)
      for (const call of program.callsIn(at))
        for (const callee of program.callees(call))
          for (const one of withNested(program, callee)) {
            if (seen.has(one)) continue;
            seen.add(one);
            next.push(one);
          }
    level = next;
  }
  return seen;
}

/** Calls in the function and in the callbacks that are written in it. */
export function callsWithin(program: Program, fn: Fn): readonly Call[] {
  return withNested(program, fn).flatMap((one) => program.callsIn(one));
}

/** How a user comes to make it run, if one does: directly, or as a callback that is written where one does. */
export function userReach(program: Program, fn: Fn, phases: readonly Phase[] = USER_PHASES): Reach | undefined {
  for (let at: Fn | undefined = fn, steps = 0; at && steps < 8; steps++) {
    const reaches = program.reaches(at).filter(({ phase, everyInstance }) => phases.includes(phase) && !everyInstance);
    const found = reaches.find(({ weak }) => !weak) ?? reaches[0];
    if (found) return found;
    at = at.id === 0 ? undefined : program.fn(at.unit, at.fact.parent);
  }
  return undefined;
}
