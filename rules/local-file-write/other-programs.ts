import {
  type Evidence,
  type Fn,
  isOnlyStart,
  type Program,
  type Reach,
  type WrittenFile,
} from '../../src/api/index.js';

/**
 * A folder of the host by its whole name, where data and settings of daemons lie; not what is a device, a log or gone at the next start,
 * nor the home of a user, where a program that is started for the request finds its own.
 */
const OF_THE_HOST = /^\/(?!(?:tmp|dev|proc|sys|run|home|root|Users|var\/(?:log|tmp|run|cache))\/)[^/*<]+\/[^/*<]+/;
const HIGHEST = 6;
const MOST = 60;

/** For whom a file is that nothing here reads: the request that has it written also starts a program, which finds it under its whole name. */
export function programBehind(
  program: Program,
  write: WrittenFile,
): { readonly reach: Reach; readonly started: Evidence } | undefined {
  const reach = write.reaches.find(({ phase, weak }) => !weak && (phase === 'request' || phase === 'socket'));
  if (!reach || !OF_THE_HOST.test(write.place)) return undefined;
  const started = startedAround(program, write.call.fn);
  return started && { reach, started };
}

/** Where the function that writes, or whoever calls it, starts another program. */
function startedAround(program: Program, fn: Fn): Evidence | undefined {
  const seen = new Set<Fn>([fn]);
  let level: readonly Fn[] = [fn];
  for (let height = 0; height < HIGHEST && level.length > 0 && seen.size < MOST; height++) {
    const above: Fn[] = [];
    for (const one of level) {
      const effect = program.effects(one).effects.find(({ kind }) => kind === 'process');
      const place = effect?.path.at(-1);
      if (place) return { ...place, role: 'effect', note: 'another program is started here' };
      const around = program.fn(one.unit, one.fact.parent);
      for (const caller of [around, ...program.callers(one).map((call) => call.fn)])
        if (!isOnlyStart(program, caller) && !seen.has(caller)) {
          seen.add(caller);
          above.push(caller);
        }
    }
    level = above;
  }
  return undefined;
}
