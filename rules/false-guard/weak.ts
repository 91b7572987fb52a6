import type { Call, Confidence, Evidence, Place, Severity } from '../../src/api/index.js';

/** A guard that does not hold, and why. */
export interface Weak {
  /** Where it is. */
  readonly call: Call;
  /** If it is no call: the test. */
  readonly place?: Place;
  readonly message: string;
  readonly hint: string;
  readonly confidence: Confidence;
  readonly severity?: Severity;
  readonly consequence?: string;
  readonly doubts?: readonly string[];
  readonly more?: readonly Evidence[];
  /** The call that makes it one. */
  readonly because?: Call;
}
