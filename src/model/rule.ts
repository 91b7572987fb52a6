import type { RawFinding, SafeCandidate, Severity, Trigger } from './finding.js';
import type { Collector } from './plugin.js';
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
  /** The address of its page, for a rule of a plugin; those of the rules here are known. */
  readonly docs?: string;
  /** Its page itself, in Markdown, for `explain`; for a rule of a plugin. */
  readonly page?: string;
}

export interface RuleContext {
  readonly program: Program;
  report(finding: RawFinding): void;
  /** Records a candidate that was looked at and found safe, for `--show-safe`. */
  safe(candidate: Omit<SafeCandidate, 'ruleId'>): void;
}

export interface Rule {
  readonly meta: RuleMeta;
  /** What writes down the facts that it asks for with `program.facts`. */
  readonly collectors?: readonly Collector[];
  /** Looks at the linked program and reports. Pure but for the context's two calls. */
  check(context: RuleContext): void;
}
