import type { Call, Fn, LocalLock, Place, Program, StateAccess, StateCell, Unit, Work } from '../../src/api/index.js';

/** A place where a lock of one process or host is taken, and what is done under it. */
export interface Taking {
  readonly unit: Unit;
  readonly fn: Fn;
  readonly place: Place;
  /** The call or write itself, for its conditions. */
  readonly site: Call | StateAccess;
  readonly works: readonly Work[];
  /** The functions that the work stands in, as far as they are in sight. */
  readonly fns: readonly Fn[];
}

/** A lock with all places that take it. */
export interface Lock {
  readonly place: Place;
  readonly unit: Unit;
  /** How it is called in the code. */
  readonly name: string;
  /** What it is: "`Mutex` of `async-mutex`", "the flag". */
  readonly kind: string;
  readonly holds: LocalLock['holds'];
  /** It rather limits how much runs at once. */
  readonly limiter?: true;
  readonly takings: readonly Taking[];
  readonly cell?: StateCell;
}

export function work(program: Program, fns: readonly Fn[]): Work[] {
  return fns.map((fn) => program.unguarded(fn));
}
