import type { DirectiveFact } from './facts.js';
import type { Finding, SafeCandidate } from './finding.js';
import type { Problem } from './input.js';
import type { Program } from './program.js';
import type { Stats } from './report.js';

/** What the pipeline hands to judgement: everything found, nothing silenced yet. */
export interface Audit {
  readonly program: Program;
  readonly findings: readonly Finding[];
  readonly safe: readonly SafeCandidate[];
  readonly problems: readonly Problem[];
  readonly directives: readonly { readonly file: string; readonly fact: DirectiveFact }[];
  readonly stats: Omit<Stats, 'lowConfidence'>;
  /** Source lines by file, for excerpts. */
  readonly lines: (file: string) => readonly string[];
}
