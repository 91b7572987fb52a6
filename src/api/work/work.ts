import type {
  Call,
  Effect,
  EffectKind,
  EffectsInReach,
  Fn,
  Guard,
  Phase,
  Program,
  Reach,
} from '../../model/program.js';
import { isBefore, type Span } from '../../model/span.js';
import { USER_PHASES } from '../serving.js';

/*
 * What work does that another instance could see, and how it comes to be done.
 */

/** Effects on what all instances share; files and programs are each instance's own. */
const SHARED: ReadonlySet<EffectKind> = new Set<EffectKind>(['mail', 'database', 'http', 'publish', 'enqueue']);

/** Changes something outside that two instances could change at once. */
export function isShared({ kind, writes }: Effect): boolean {
  return writes && SHARED.has(kind);
}

export type Work = EffectsInReach & { readonly guards: readonly Guard[] };

/** The shared effects of several pieces of work, strongest first, and the guards met in them. */
export function combined(works: readonly Work[]): {
  readonly effects: readonly Effect[];
  readonly guards: readonly Guard[];
  readonly unknown: boolean;
} {
  return {
    effects: works.flatMap(({ effects }) => effects.filter(isShared)).sort((a, b) => rank(a) - rank(b)),
    guards: works.flatMap(({ guards }) => guards),
    unknown: works.some(({ unknown }) => unknown),
  };
}

function rank(effect: Effect): number {
  return (
    (effect.idempotent ? 10 : 0) +
    (effect.confidence === 'high' ? 0 : effect.confidence === 'medium' ? 3 : 6) +
    ['mail', 'database', 'http', 'publish', 'enqueue'].indexOf(effect.kind) / 10
  );
}

/** The unguarded work that follows a place in a function, up to another place. */
export function workAfter(program: Program, fn: Fn, after: Span, until?: Span): Work {
  return program.unguarded(
    fn,
    (call: Call) => isBefore(after, call.fact.span) && (!until || isBefore(call.fact.span, until)),
  );
}

/** The surest way in which somebody outside brings a function to run. */
export function askedBy(program: Program, fn: Fn, phases: readonly Phase[] = USER_PHASES): Reach | undefined {
  const ways = program.reaches(fn).filter(({ phase }) => phases.includes(phase));
  return ways.find(({ weak }) => !weak) ?? ways[0];
}
