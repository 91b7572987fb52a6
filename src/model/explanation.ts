import type { Confidence, Severity, When, Verdict } from './finding.js';
import type { Phase, Role, StateShape } from './program.js';
import type { Excerpt } from './report.js';
import type { Place } from './span.js';

/*
 * All that is known of one line, for `mi-audit explain FILE:LINE`. Plain values in words: reporters only lay them out.
 */

/** A place and what it has to do with the line. */
export interface Remark extends Place {
  readonly note: string;
  /** Told from a name alone. */
  readonly guessed?: true;
}

/** What one rule says about the line. */
export interface RuleWord {
  readonly ruleId: string;
  /**
   * `open`, `silenced`, `baselined`, `below-confidence`, `outside-paths`, `unchanged` and `off` are findings and what became of them; `safe` is a candidate
   * that was looked at; `failed`: the rule crashed; `silent`: it met nothing here that it had to weigh.
   */
  readonly status: Verdict['status'] | 'off' | 'safe' | 'failed' | 'silent';
  /** What the finding or candidate has to do with the line, where it stands elsewhere: "`cache`, which this line writes". */
  readonly relation?: string;
  readonly place?: Place;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly doubts?: readonly string[];
  readonly when?: When;
  readonly condition?: string;
  /** The finding's message, the reason why it is safe, or what the rule looks for. */
  readonly message: string;
  readonly hint?: string;
  /** Why it is not reported: the directive's reason, the threshold. */
  readonly because?: string;
  readonly by?: Place;
}

export interface FileWord {
  readonly file: string;
  readonly roles: readonly Role[];
  /** The processes that have the file, in words; empty where no entry point leads to it. */
  readonly processes: readonly string[];
  /** From an entry point to this file, one import a step. */
  readonly way: readonly Remark[];
  /** Of a file that is no source: what it describes. */
  readonly described?: readonly Remark[];
  readonly application?: { readonly name?: string; readonly manifest: string };
}

/** A way in which a function comes to run. */
export interface PhaseWord {
  readonly phase: Phase;
  /** "for a request". */
  readonly words: string;
  /** "POST /login"; empty where the phase says it all. */
  readonly label: string;
  readonly guessed: boolean;
  readonly everyInstance: boolean;
  readonly path: readonly Remark[];
}

export interface FunctionWord {
  readonly name: string;
  readonly place: Place;
  /** Not a function but the file itself, which runs when it is loaded. */
  readonly isModule: boolean;
  readonly phases: readonly PhaseWord[];
  /** So many ways are not told. */
  readonly more: number;
}

export interface AccessWord extends Place {
  /** "sets", "adds to", "reads". */
  readonly does: string;
  readonly fn: string;
  readonly isModule: boolean;
  /** When that runs: "POST /login"; empty where no way to it is known. */
  readonly phases: readonly string[];
  /** It is the line asked about. */
  readonly here: boolean;
}

export interface StateWord extends Place {
  readonly name: string;
  readonly how: 'declares' | 'writes' | 'reads';
  /** "a module variable". */
  readonly kind: string;
  readonly shape: StateShape;
  /** What the shape means. */
  readonly meaning: string;
  /** What makes one object of it for the whole process. */
  readonly holder?: Remark;
  readonly writes: readonly AccessWord[];
  readonly reads: readonly AccessWord[];
  readonly moreWrites: number;
  readonly moreReads: number;
}

/** What a function or call does to the world. */
export interface EffectWord {
  /** "`sendReminders`", "the call `mailer.send`". */
  readonly of: string;
  readonly verdict: 'reaches' | 'only-reads' | 'own-process' | 'unknown';
  readonly effects: readonly {
    readonly label: string;
    readonly writes: boolean;
    readonly confidence: Confidence;
    readonly path: readonly Remark[];
  }[];
  /** Calls that could not be followed, so that more may happen than is told. */
  readonly unresolved: readonly Remark[];
}

export interface GuardWord extends Place {
  readonly kind: string;
  readonly label: string;
}

export interface ConditionsWord {
  readonly when: When;
  readonly developmentOnly: boolean;
  readonly words?: string;
  /** What must hold on the way, nearest first. */
  readonly tests: readonly Remark[];
  readonly more: number;
}

/** What an expression of the line is. */
export interface ValueWord extends Place {
  readonly text: string;
  /** In words; empty where it could not be resolved. */
  readonly is: readonly string[];
}

export interface Explanation {
  readonly place: Place;
  readonly excerpt: Excerpt;
  readonly rules: readonly RuleWord[];
  readonly file: FileWord;
  /** Outermost first; the module itself only where there is no other. */
  readonly functions: readonly FunctionWord[];
  readonly state: readonly StateWord[];
  readonly effects: readonly EffectWord[];
  readonly guards: readonly GuardWord[];
  readonly conditions?: ConditionsWord;
  readonly values: readonly ValueWord[];
}
