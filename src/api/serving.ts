import type { Phase, Program, Reach, StateAccess } from '../model/program.js';

/** An access to state and the surest way it is reached while serving. */
export interface Served {
  readonly access: StateAccess;
  readonly reach: Reach;
}

/** Phases in which somebody outside waits for the outcome. */
export const USER_PHASES: readonly Phase[] = ['request', 'socket', 'consumer'];
const SERVING: readonly Phase[] = [...USER_PHASES, 'job', 'event'];

/** The accesses reached while serving. */
export function served(program: Program, accesses: readonly StateAccess[]): Served[] {
  const found: Served[] = [];
  for (const access of accesses) {
    const ways = program.reaches(access.fn).filter(({ phase }) => SERVING.includes(phase));
    const best = surest(ways.map((reach) => ({ access, reach })));
    if (best) found.push(best);
  }
  return found;
}

/** The access reached most surely, user phases first. */
export function surest(list: readonly Served[]): Served | undefined {
  return [...list].sort((a, b) => rank(a) - rank(b))[0];
}

function rank({ access, reach }: Served): number {
  return (access.isOneOfMany ? 20 : 0) + (reach.weak ? 10 : 0) + SERVING.indexOf(reach.phase);
}
