import type { RawFinding, SafeCandidate, Severity, Trigger } from './finding.js';
import type { Program } from './program.js';

export interface RuleMeta {
  /** Kebab-case, equal to the name of its folder. Reads well after "allow …". */
  readonly id: string;
  /** One line: what it finds. */
  readonly title: string;
  readonly category: 'state' | 'disk' | 'jobs' | 'lifecycle' | 'deployment' | 'directives';
  /** Default at high confidence. */
  readonly severity: Severity;
  readonly triggers: readonly Trigger[];
}

export interface RuleContext {
  readonly program: Program;
  report(finding: RawFinding): void;
  /** Records a candidate that was looked at and found safe, for `--show-safe`. */
  safe(candidate: Omit<SafeCandidate, 'ruleId'>): void;
}

export interface Rule {
  readonly meta: RuleMeta;
  /** Looks at the linked program and reports. Pure but for the context's two calls. */
  check(context: RuleContext): void;
}
