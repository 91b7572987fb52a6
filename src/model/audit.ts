import type { DirectiveFact } from './facts.js';
import type { Finding, SafeCandidate } from './finding.js';
import type { Problem } from './input.js';
import type { Program } from './program.js';
import type { Runs, Stats } from './report.js';

/** What the pipeline hands to judgement: everything found, nothing silenced yet. */
export interface Audit {
  readonly program: Program;
  readonly findings: readonly Finding[];
  readonly safe: readonly SafeCandidate[];
  readonly problems: readonly Problem[];
  readonly directives: readonly { readonly file: string; readonly fact: DirectiveFact }[];
  readonly stats: Omit<Stats, 'lowConfidence'>;
  /** What is known of how often production runs what, each workload as it is described, relative to the root. */
  readonly runs: readonly Runs[];
  /** Source lines by file, for excerpts. */
  readonly lines: (file: string) => readonly string[];
  /** Files whose text decided nothing but that they need not be read. */
  readonly unread: readonly string[];
}

/** What was found, without what it was found in: all that judgement needs, and all that can be kept for the next run. */
export type Audited = Omit<Audit, 'program'>;
