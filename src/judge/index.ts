import { docsOf as pageOf, settle } from '../evaluate/settle.js';
import { byPlaceAndRule } from '../evaluate/order.js';
import type { Audited } from '../model/audit.js';
import type { Baseline, BaselineEntry } from '../model/baseline.js';
import type { Changes } from '../model/changes.js';
import type { Config } from '../model/config.js';
import type { Confidence, Finding, RawFinding, Verdict } from '../model/finding.js';
import type { RuleMeta } from '../model/rule.js';
import { baselinedBy } from './baseline.js';
import { hasChanged } from './changed.js';
import { type Comment, type Flaw, readDirectives, type Silencer, UNSOUND_DIRECTIVE } from './directives.js';
import { isOn, isWithin, type Settings, settingsOf } from './scope.js';

export { baselineNotes, baselineText, readBaseline, type Seen, updateBaseline } from './baseline.js';
export { daysBetween } from './days.js';
export { UNSOUND_DIRECTIVE } from './directives.js';
export { directivePage } from './directive-page.js';
export { nearest } from './nearest.js';
export { exitCode, type ReportSetting, toReport } from './report.js';
export { isOn, isWithin, settingsOf } from './scope.js';

/** Directives are judged like anything else that is found: they can be remapped or switched off by this name. */
export const directiveRule: RuleMeta = {
  id: UNSOUND_DIRECTIVE,
  title: 'A directive that is misspelt, gives no reason or silences nothing',
  category: 'directives',
  severity: 'warning',
  triggers: [],
};

/** Address of what explains a rule. */
export function docsOf(meta: Pick<RuleMeta, 'id' | 'docs'>): string {
  return meta.id === UNSOUND_DIRECTIVE ? 'https://github.com/mi-audit/mi-audit#directives' : pageOf(meta);
}

const CONFIDENCES: readonly Confidence[] = ['low', 'medium', 'high'];
/** The narrower a directive reaches, the more it is meant for the finding at hand. */
const NARROWEST_FIRST: readonly Comment['word'][] = [
  'mi-audit-disable-next-line',
  'mi-audit-disable-line',
  'mi-audit-disable',
  'mi-audit-disable-file',
];

/** What else decides, besides the configuration. */
export interface Circumstances {
  readonly baseline?: Baseline;
  /** Only findings that these had a part in are shown. */
  readonly changes?: Changes;
  /** `2026-11-21`: what ends, has ended before this day. */
  readonly today?: string;
  /** Shows what directives and the baseline would hide. */
  readonly noIgnores?: boolean;
}

/**
 * Decides what becomes of every finding: the only place where one is silenced. Findings of rules that are switched off are
 * gone; all others keep their reason for not being shown. `reportPaths` are files and folders relative to the project root;
 * none, or `.`, means everything.
 */
export function judge(
  audit: Audited,
  config: Config,
  reportPaths: readonly string[],
  knownRuleIds: readonly string[],
  circumstances: Circumstances = {},
): Verdict[] {
  const { baseline = [], changes, today = FIRST_DAY, noIgnores = false } = circumstances;
  const enforced = config.enforce ?? [];
  const settings = settingsOf(config);
  const isOnFor = (ruleId: string, file: string) => isOn(config, ruleId) && settings.severity(ruleId, file) !== 'off';
  const { silencers, flaws } = readDirectives(audit, { knownRuleIds, enforced, today });
  const found = audit.findings.filter((finding) => isOnFor(finding.ruleId, finding.file));
  const silencing = new Map(found.map((finding) => [finding, silencersOf(finding, silencers)]));
  const used = new Set([...silencing.values()].flat());
  const unused = canTellUnused(audit)
    ? silencers.filter((silencer) => !used.has(silencer) && isOnFor(silencer.rule, silencer.comment.file))
    : [];
  const unsound = directiveFindings(audit, flaws, unused, found).filter(({ file }) => isOnFor(UNSOUND_DIRECTIVE, file));
  const all = [...found, ...unsound].sort(byPlaceAndRule);
  const held = baselinedBy(
    all.filter((finding) => !silencing.get(finding)?.length),
    baseline,
    today,
    enforced,
  );
  return all.map((finding) => {
    const shown = remapped(finding, settings);
    const accepted = acceptance(silencing.get(finding)?.[0], held.get(finding));
    const why = reasonToHide(shown, settings, reportPaths, changes);
    if (why === 'outside-paths') return { finding: shown, status: why };
    if (accepted && !noIgnores) return { finding: shown, ...accepted };
    if (why) return { finding: shown, status: why };
    return { finding: shown, ...accepted, status: 'open' };
  });
}

/** Nothing has ended before it: who does not know the day lets everything count. */
const FIRST_DAY = '0000-01-01';

function acceptance(
  silencer: Silencer | undefined,
  entry: BaselineEntry | undefined,
): Omit<Verdict, 'finding'> | undefined {
  if (silencer) {
    const { file, span } = silencer.comment;
    return { status: 'silenced', reason: silencer.reason, by: { file, span } };
  }
  return entry ? { status: 'baselined', reason: entry.reason } : undefined;
}

function reasonToHide(
  finding: Finding,
  settings: Settings,
  reportPaths: readonly string[],
  changes: Changes | undefined,
): 'outside-paths' | 'below-confidence' | 'unchanged' | undefined {
  if (!isWithin(finding.file, reportPaths)) return 'outside-paths';
  if (CONFIDENCES.indexOf(finding.confidence) < CONFIDENCES.indexOf(settings.minConfidence(finding.file)))
    return 'below-confidence';
  return changes && !hasChanged(finding, changes) ? 'unchanged' : undefined;
}

function remapped(finding: Finding, settings: Settings): Finding {
  const severity = settings.severity(finding.ruleId, finding.file);
  return severity === undefined || severity === 'off' ? finding : { ...finding, severity };
}

/** All directives that accept a finding, the narrowest first. A finding belongs to the line on which it starts. */
function silencersOf(finding: Finding, silencers: readonly Silencer[]): Silencer[] {
  const line = finding.span[0];
  return silencers
    .filter(
      ({ rule, comment, from, to }) =>
        rule === finding.ruleId && comment.file === finding.file && from <= line && line <= to,
    )
    .sort((a, b) => NARROWEST_FIRST.indexOf(a.comment.word) - NARROWEST_FIRST.indexOf(b.comment.word));
}

/** An incomplete audit may have missed the very finding that a directive is for. */
function canTellUnused(audit: Audited): boolean {
  return !audit.problems.some((problem) => problem.level === 'error');
}

function directiveFindings(
  audit: Audited,
  flaws: readonly Flaw[],
  unused: readonly Silencer[],
  found: readonly Finding[],
): Finding[] {
  const byComment = new Map<Comment, Silencer[]>();
  for (const silencer of unused)
    byComment.set(silencer.comment, [...(byComment.get(silencer.comment) ?? []), silencer]);
  const all = [...flaws, ...[...byComment].map(([comment, silencers]) => unusedFlaw(comment, silencers, found))];
  const reported = all.map((flaw) => ({ meta: directiveRule, raw: rawFinding(flaw) }));
  const { findings } = settle(reported, audit.lines);
  return findings.map((finding) => ({ ...finding, docs: docsOf(directiveRule) }));
}

function rawFinding({ file, span, message, consequence, hint }: Flaw): RawFinding {
  return {
    file,
    span,
    confidence: 'high',
    when: 'always',
    message,
    consequence,
    hint,
    evidence: [],
    symbol: '',
  };
}

function unusedFlaw(comment: Comment, silencers: readonly Silencer[], found: readonly Finding[]): Flaw {
  const rules = silencers.map(({ rule }) => rule);
  const missed = nearestFinding(comment, rules, found);
  const names = rules.map((rule) => `\`${rule}\``).join(', ');
  return {
    file: comment.file,
    span: comment.span,
    message: `\`${comment.word}\` silences nothing: ${names} ${rules.length === 1 ? 'finds' : 'find'} nothing ${reachWords(comment, silencers[0]!)}.`,
    consequence: 'Readers take it for a risk that somebody has looked at and accepted.',
    hint: missed
      ? `The nearest \`${missed.ruleId}\` starts on line ${missed.span[0]}: move the directive directly above it, or remove it.`
      : `Remove ${rules.length === 1 ? 'it' : 'these rules from it'}.`,
  };
}

function reachWords(comment: Comment, { from, to }: Silencer): string {
  if (comment.word === 'mi-audit-disable-file') return 'in this file';
  if (comment.word === 'mi-audit-disable')
    return to === Number.POSITIVE_INFINITY ? `from line ${from} on` : `on lines ${from} to ${to}`;
  return `that starts on line ${from}`;
}

function nearestFinding(comment: Comment, rules: readonly string[], found: readonly Finding[]): Finding | undefined {
  const line = comment.span[0];
  const near = found.filter((finding) => finding.file === comment.file && rules.includes(finding.ruleId));
  return near.sort((a, b) => Math.abs(a.span[0] - line) - Math.abs(b.span[0] - line))[0];
}
