/** A finding that was there when the baseline was made, and is accepted for the time being. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  readonly symbol: string;
  readonly message: string;
  readonly reason: string;
  readonly owner?: string;
  /** The day it was taken in, `2026-11-21`. */
  readonly date: string;
  /** The last day on which it counts. */
  readonly expires?: string;
  /** How many findings with this fingerprint it stands for; 1 if it does not say. */
  readonly count?: number;
}

export type Baseline = readonly BaselineEntry[];
