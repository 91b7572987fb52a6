import type { Place, Span } from './span.js';

export type Severity = 'error' | 'warning' | 'info';
export type Confidence = 'high' | 'medium' | 'low';
/** Which event bites: two at once for good, two for minutes, a planned restart, a crash. */
export type Trigger = 'scale-out' | 'rolling-deploy' | 'restart' | 'crash';
/** `default-config`: an operator's setting turns it off; `optional-config`: it takes one to turn it on. */
export type When = 'always' | 'default-config' | 'optional-config';

export type EvidenceRole =
  | 'primary'
  | 'declared'
  | 'written'
  | 'read'
  | 'registered'
  | 'reached'
  | 'entry'
  | 'effect'
  | 'guard'
  | 'condition'
  | 'option'
  | 'started';

/** One step of why a finding is believed. The first of a finding's list is the primary place. */
export interface Evidence extends Place {
  readonly role: EvidenceRole;
  /** In words, without the place: "written by `login`, reached from POST /login". */
  readonly note: string;
  /** The step was guessed from a name alone. */
  readonly guessed?: true;
}

/** What a rule says. Evaluation adds rule id, fingerprint and order. */
export interface RawFinding extends Place {
  readonly severity?: Severity;
  readonly confidence: Confidence;
  readonly when: When;
  /** In words, where `when` is not `always`: "safe when REDIS_URL is set". */
  readonly condition?: string;
  readonly triggers?: readonly Trigger[];
  /** What is there. One sentence. */
  readonly message: string;
  /** What a user sees at two instances. */
  readonly consequence: string;
  /** How to fix it in this project. */
  readonly hint: string;
  readonly evidence: readonly Evidence[];
  /** What keeps the confidence from being high, in words: "a call on the way was guessed from a method's name". */
  readonly doubts?: readonly string[];
  /** Name of what is declared or of the enclosing function, for the fingerprint. */
  readonly symbol: string;
}

/** A candidate a rule looked at and did not report, with the reason. */
export interface SafeCandidate extends Place {
  readonly ruleId: string;
  readonly reason: string;
  /** Where the reason stands, if it has a place of its own. */
  readonly because?: Place;
}

/** Whether a finding bites as production runs today, by the descriptors or the configuration. */
export interface Live {
  /** `yes` where one of its events happens today; `no` where none does; `unknown` where nobody says. */
  readonly is: 'yes' | 'no' | 'unknown';
  /** Those of its triggers that happen today. A process is restarted and crashes however many there are. */
  readonly at: readonly Trigger[];
  /** Those of which nobody says whether they happen. */
  readonly open: readonly Trigger[];
  /** In words: "`web` runs 3 instances". */
  readonly why: string;
  readonly place?: Place;
}

export interface Finding extends RawFinding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly triggers: readonly Trigger[];
  readonly fingerprint: string;
  readonly docs: string;
  /** Absent where no event matters. */
  readonly live?: Live;
}

/** A finding after judgement. */
export interface Verdict {
  readonly finding: Finding;
  readonly status: 'open' | 'silenced' | 'baselined' | 'below-confidence' | 'outside-paths' | 'unchanged';
  /** Why it is silenced: the reason of the directive or of the baseline's entry. An open one has it under `--no-ignores`. */
  readonly reason?: string;
  /** The directive; an entry of the baseline has no place of its own. */
  readonly by?: { readonly file: string; readonly span: Span };
}
