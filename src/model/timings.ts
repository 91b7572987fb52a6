/** Told how long the parts of a run took, in milliseconds; told several times of one part, the times add up. */
export interface Stopwatch {
  readonly now: () => number;
  took(stage: string, milliseconds: number, rule?: true): void;
}

/** For whoever does not want to know. */
export const UNTIMED: Stopwatch = { now: () => 0, took() {} };

export function timed<T>(watch: Stopwatch, stage: string, work: () => T, rule?: true): T {
  const began = watch.now();
  try {
    return work();
  } finally {
    watch.took(stage, watch.now() - began, rule);
  }
}
