import type { Finding, RawFinding, SafeCandidate } from '../model/finding.js';
import type { Problem } from '../model/input.js';
import { limited } from '../model/limit.js';
import type { Program } from '../model/program.js';
import type { Rule, RuleMeta } from '../model/rule.js';
import { type Stopwatch, UNTIMED } from '../model/timings.js';
import { withLive } from './live.js';
import { settle, type Lines, type Reported } from './settle.js';
import { byPlace, byText } from './order.js';

/** What running the rules over a program gave. */
export interface Evaluated {
  readonly findings: Finding[];
  readonly safe: SafeCandidate[];
  readonly problems: Problem[];
}

/** What keeps the harm that a rule does to itself. */
export interface Containment {
  /** Makes the program once more. */
  readonly relink?: () => Program;
  /** In milliseconds, for one rule. */
  readonly limit?: number;
}

/** In milliseconds. The slowest rule takes a second for some thousand files. */
const LONGEST = 10 * 60_000;

/**
 * Runs every rule over the linked program. A rule that throws costs its own remaining findings only: it becomes a problem
 * and the others still run, on a program linked anew: questions that were cut off in the middle would answer them wrongly. The answer does
 * not depend on the order in which rules are run or report.
 */
export function evaluate(
  linked: Program,
  rules: readonly Rule[],
  lines: Lines,
  watch: Stopwatch = UNTIMED,
  { relink = () => linked, limit = LONGEST }: Containment = {},
): Evaluated {
  let program = linked;
  const reported: Reported[] = [];
  const safe: SafeCandidate[] = [];
  const problems: Problem[] = [];
  for (const rule of rules) {
    const { meta } = rule;
    const began = watch.now();
    const context = {
      program,
      report: (raw: RawFinding) => {
        if (typeof raw !== 'object' || raw === null) throw new TypeError('`report` takes a finding');
        reported.push({ meta, raw });
      },
      safe: (candidate: Omit<SafeCandidate, 'ruleId'>) => {
        if (!isPlace(candidate)) throw new TypeError('`safe` takes a file, a span and a reason');
        safe.push({ ...candidate, ruleId: meta.id });
      },
    };
    try {
      const result: unknown = limited(limit, () => rule.check(context));
      // Nobody waits for it: what it reports later is lost, and what it throws would end the process.
      if (result instanceof Promise) {
        result.catch(() => {});
        throw new TypeError('its `check` is asynchronous, and must not be');
      }
    } catch (error) {
      problems.push(ruleCrash(meta, error));
      program = relink();
    }
    watch.took(meta.id, watch.now() - began, true);
  }
  const settled = settle(reported, lines);
  return {
    findings: settled.findings.map((finding) => {
      try {
        return withLive(finding, program);
      } catch (error) {
        // The finding stands; only whether it is live today is not known.
        problems.push(ruleCrash({ id: finding.ruleId }, error, 'whether what it found is live'));
        return finding;
      }
    }),
    safe: settleSafe(safe, settled.findings),
    problems: [...problems, ...settled.problems],
  };
}

/** Rules of plugins may be written without types. */
function isPlace(candidate: unknown): boolean {
  if (typeof candidate !== 'object' || candidate === null) return false;
  const { file, span, reason } = candidate as Partial<Record<string, unknown>>;
  return typeof file === 'string' && Array.isArray(span) && typeof reason === 'string';
}

function ruleCrash(meta: Pick<RuleMeta, 'id'>, error: unknown, cost = 'what it would have found'): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  const file =
    typeof error === 'object' && error && 'file' in error && typeof error.file === 'string' ? error.file : undefined;
  return {
    kind: 'rule-crash',
    level: 'error',
    rule: meta.id,
    ...(file === undefined ? {} : { file }),
    message: `the rule ${meta.id} failed (${reason}), so ${cost} is missing. This is a bug of the rule; please report it.`,
  };
}

/** A candidate that a rule both reported and called safe counts as reported: the hazard must not be talked away. */
function settleSafe(safe: readonly SafeCandidate[], findings: readonly Finding[]): SafeCandidate[] {
  const spot = (item: { ruleId: string } & Pick<SafeCandidate, 'file' | 'span'>) =>
    JSON.stringify([item.ruleId, item.file, item.span[0], item.span[1]]);
  const taken = new Set(findings.map(spot));
  const kept = new Map<string, SafeCandidate>();
  for (const candidate of safe) {
    if (!taken.has(spot(candidate))) kept.set(`${spot(candidate)} ${candidate.reason}`, candidate);
  }
  return [...kept.values()].sort((a, b) => byPlace(a, b) || byText(a.ruleId, b.ruleId) || byText(a.reason, b.reason));
}
