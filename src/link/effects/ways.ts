import type { Evidence } from '../../model/finding.js';
import type { Call, Effect, EffectKind, Fn } from '../../model/program.js';

/*
 * Ways from a function to what it does, and which of two effects is told first.
 */

const STRENGTH: readonly EffectKind[] = ['mail', 'database', 'http', 'publish', 'enqueue', 'process', 'file'];

/** What of a call runs on one instance only: all that it does, or just the functions that it is handed. */
export type Guarded = 'handed' | 'all';
/** Of a function those calls of which something does. */
export type Held = ReadonlyMap<Call, Guarded>;

export const NOTHING_HELD: Held = new Map();

export interface Acting {
  readonly call: Call;
  readonly effect: Effect;
}

/** A call of one function in another. */
export interface Onward {
  readonly to: Fn;
  readonly call: Call;
  readonly step: Evidence;
  readonly isWeak: boolean;
  /** Who wrote the function where it was handed over, to be run by this call. */
  readonly handing?: Fn;
}

export interface Way {
  readonly at: Fn;
  readonly from?: Way;
  readonly step?: Evidence;
  readonly weak: boolean;
  /** The call that leads there. */
  readonly by?: Call;
  /** The statement that is sent there stands at a call on the way, which has told what it does. */
  readonly isTold?: boolean;
}

export function pathTo(way: Way): Evidence[] {
  const found: Evidence[] = [];
  for (let at: Way | undefined = way; at; at = at.from) if (at.step) found.push(at.step);
  return found.reverse();
}

export function kept<K, T>(known: Map<K, T>, key: K, make: () => T): T {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = make();
  known.set(key, found);
  return found;
}

/** What was reached by a guessed step is believed less. */
export function believed({ confidence }: Effect, weak: boolean): Effect['confidence'] {
  if (!weak) return confidence;
  return confidence === 'high' ? 'medium' : 'low';
}

export function rank(effect: Effect, confidence = effect.confidence): number {
  return (
    (effect.writes ? 0 : 100) +
    (effect.idempotent ? 50 : 0) +
    (confidence === 'high' ? 0 : 20) +
    STRENGTH.indexOf(effect.kind)
  );
}
