import type {
  Confidence,
  EvidenceRole,
  Finding,
  Live,
  SafeCandidate,
  Severity,
  Trigger,
  Verdict,
  When,
} from '../model/finding.js';
import type { Problem } from '../model/input.js';
import type { Report, Timings } from '../model/report.js';
import type { Place } from '../model/span.js';
import { deployed } from './deployed.js';

/*
 * The shape of `--format json`, version 1. It is a promise: within version 1 fields are added, never renamed, removed or given
 * another meaning. It has its own types, and a converter field by field, so that the tool's insides can change freely.
 */

/** A stretch of a file. Lines and columns are 1-based, columns count UTF-16 units, the end is exclusive. */
export interface JsonPlaceV1 {
  /** Relative to the working directory, with `/`. */
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export interface JsonEvidenceV1 {
  /** What the place has to do with the finding; the first step's role is `primary`. */
  role: EvidenceRole;
  file: string;
  line: number;
  column: number;
  /** In words, without the place. */
  note: string;
  /** Guessed from a name alone. */
  guessed?: true;
}

export interface JsonFindingV1 extends JsonPlaceV1 {
  ruleId: string;
  severity: Severity;
  confidence: Confidence;
  /** Whether an operator's setting matters: `default-config` is turned off by one, `optional-config` is turned on by one. */
  when: When;
  /** What keeps the confidence from being high, in words; only where something does. */
  doubts?: string[];
  /** The setting in words; only where `when` is not `always`. */
  condition?: string;
  /** The events at which it bites. */
  triggers: Trigger[];
  /** Whether it bites as production runs today, by the deployment descriptors or the configuration; absent where no event matters. */
  live?: JsonLiveV1;
  /** What is there. */
  message: string;
  /** What users see at two instances. */
  consequence: string;
  /** How to fix it in this project. */
  hint: string;
  /** Why it is believed, step by step. */
  evidence: JsonEvidenceV1[];
  /** The same for the same finding as long as rule, file, enclosing name and marked text stay; edits around it do not matter. */
  fingerprint: string;
  /** Address of the rule's page. */
  docs: string;
}

export interface JsonLiveV1 {
  /** `yes` where one of its triggers happens today; `no` where none does; `unknown` where nothing says. */
  is: 'yes' | 'no' | 'unknown';
  /** The triggers that happen today. */
  at: Trigger[];
  /** The triggers of which nothing says whether they happen. */
  open: Trigger[];
  /** In words. */
  why: string;
  file?: string;
  line?: number;
  column?: number;
}

/** How production runs. Of the open findings each is counted once. */
export interface JsonDeploymentV1 {
  /** In words, as the report says it. */
  text: string;
  /** The workloads of production; what is absent nothing says. */
  workloads: {
    name: string;
    /** `max` is absent where there is no upper bound. */
    instances?: { min: number; max?: number };
    /** Whether a deploy lets old and new version run side by side. */
    overlap?: boolean;
    file?: string;
    line?: number;
    column?: number;
  }[];
  /** Findings that bite all the time, at each deploy, at a restart or crash, at nothing that happens today, and unknown. */
  always: number;
  atDeploy: number;
  atRestart: number;
  latent: number;
  unknown: number;
}

/** A finding that a directive accepts. */
export interface JsonSilencedV1 extends JsonFindingV1 {
  reason: string;
  /** Where the directive stands. */
  by: { file: string; line: number; column: number };
}

/** A finding that the baseline holds. */
export interface JsonBaselinedV1 extends JsonFindingV1 {
  reason: string;
}

export interface JsonBaselineV1 {
  file: string;
  /** Entries of the file, whether or not their findings are still there. */
  entries: number;
  /** The day of the oldest entry, and its age. */
  oldest?: { date: string; days: number };
  /** What `--update-baseline` did. */
  updated?: { added: number; removed: number };
}

/** A candidate that a rule looked at and found harmless. */
export interface JsonSafeV1 extends JsonPlaceV1 {
  ruleId: string;
  reason: string;
  /** Where the reason stands, if it has a place of its own. */
  because?: { file: string; line: number; column: number };
}

/** Something the tool could not do; level `error` makes the audit incomplete. */
export interface JsonProblemV1 {
  kind: Problem['kind'];
  level: 'error' | 'note';
  message: string;
  file?: string;
  line?: number;
  column?: number;
  rule?: string;
}

export interface JsonReportV1 {
  version: 1;
  tool: { name: 'mi-audit'; version: string };
  summary: {
    /** No blocker is open, in the baseline or outside of what changed, and the audit is complete. */
    ready: boolean;
    /** False when something could not be audited. */
    complete: boolean;
    /** Findings of severity `error`. */
    blockers: number;
    /** Findings of severity `warning`. */
    risks: number;
    /** Findings of severity `info`. */
    notes: number;
    /** Findings that a directive accepts. */
    silenced: number;
    /** Findings that the baseline holds; only where there is one. */
    baselined?: number;
    /** Findings none of whose evidence changed; only with `--since`, `--changed` or `--staged`. */
    unchanged?: number;
    /** So many warnings pass; only where a number was given. */
    maxWarnings?: number;
    /** The threshold (`--fail-on`), and what the command ends with because of it. */
    failOn: Severity | 'never';
    exitCode: 0 | 1 | 3;
    deployment: JsonDeploymentV1;
  };
  /** By file, line, column and rule. */
  findings: JsonFindingV1[];
  silenced: JsonSilencedV1[];
  /** Only where there is a baseline. */
  baselined?: JsonBaselinedV1[];
  baseline?: JsonBaselineV1;
  /** Since what, where only what changed was asked for. */
  since?: string;
  /** Only with `--show-safe`. */
  safe?: JsonSafeV1[];
  problems: JsonProblemV1[];
  stats: {
    /** Source files found, read in full, and passed over: tests that no other code names, and what is empty, minified or no source. */
    files: number;
    parsed: number;
    skipped: number;
    /** Findings below `--min-confidence`. */
    lowConfidence: number;
    unresolvedImports: number;
    /** `require` and `import` of a path made at run time of which too little is known. */
    unresolvedLoads: number;
    serving: number;
    /** Rules that ran, and those that were switched off or not selected. */
    rules: number;
    notRun: string[];
  };
  /** Only with `--timings`: milliseconds, which differ from run to run. */
  timings?: { total: number; stages: Record<string, number>; rules: Record<string, number> };
}

export function json(report: Report, { showSafe = false }: { showSafe?: boolean } = {}): string {
  return `${escapeUnsafe(JSON.stringify(toJsonReport(report, showSafe), undefined, 2))}\n`;
}

function toJsonReport(report: Report, showSafe: boolean): JsonReportV1 {
  const { tool, summary, stats } = report;
  return {
    version: 1,
    tool: { name: tool.name, version: tool.version },
    summary: {
      ready: summary.ready,
      complete: summary.complete,
      blockers: summary.blockers,
      risks: summary.risks,
      notes: summary.notes,
      silenced: summary.silenced,
      ...(summary.baselined === undefined ? {} : { baselined: summary.baselined }),
      ...(summary.unchanged === undefined ? {} : { unchanged: summary.unchanged }),
      ...(report.maxWarnings === undefined ? {} : { maxWarnings: report.maxWarnings }),
      failOn: report.failOn,
      exitCode: report.exitCode,
      deployment: toJsonDeployment(report),
    },
    findings: report.findings.map(toJsonFinding),
    silenced: report.verdicts.flatMap(toJsonSilenced),
    ...(report.baseline
      ? { baselined: report.verdicts.flatMap(toJsonBaselined), baseline: { ...report.baseline } }
      : {}),
    ...(report.since === undefined ? {} : { since: report.since }),
    ...(showSafe ? { safe: report.safe.map(toJsonSafe) } : {}),
    problems: report.problems.map(toJsonProblem),
    stats: {
      files: stats.files,
      parsed: stats.parsed,
      skipped: stats.skipped,
      lowConfidence: stats.lowConfidence,
      unresolvedImports: stats.unresolvedImports,
      unresolvedLoads: stats.unresolvedLoads,
      serving: stats.serving,
      rules: stats.rules,
      notRun: [...report.notRun],
    },
    ...(report.timings ? { timings: timingsOf(report.timings) } : {}),
  };
}

function timingsOf({ total, stages, rules }: Timings): NonNullable<JsonReportV1['timings']> {
  return { total, stages: { ...stages }, rules: { ...rules } };
}

function toJsonFinding(finding: Finding): JsonFindingV1 {
  return {
    ruleId: finding.ruleId,
    severity: finding.severity,
    confidence: finding.confidence,
    ...(finding.doubts?.length ? { doubts: [...finding.doubts] } : {}),
    when: finding.when,
    ...(finding.condition === undefined ? {} : { condition: finding.condition }),
    triggers: [...finding.triggers],
    ...(finding.live ? { live: toJsonLive(finding.live) } : {}),
    ...toJsonPlace(finding),
    message: finding.message,
    consequence: finding.consequence,
    hint: finding.hint,
    evidence: finding.evidence.map((step) => ({
      role: step.role,
      ...toJsonSpot(step),
      note: step.note,
      ...(step.guessed ? { guessed: step.guessed } : {}),
    })),
    fingerprint: finding.fingerprint,
    docs: finding.docs,
  };
}

function toJsonLive({ is, at, open, why, place }: Live): JsonLiveV1 {
  return { is, at: [...at], open: [...open], why, ...(place ? toJsonSpot(place) : {}) };
}

function toJsonDeployment(report: Report): JsonDeploymentV1 {
  const { runs, always, atDeploy, atRestart, latent, unknown } = report.summary.deployment;
  return {
    text: deployed(report),
    workloads: runs.map(({ name, instances, overlap, place }) => ({
      name,
      ...(instances ? { instances: { ...instances } } : {}),
      ...(overlap === undefined ? {} : { overlap }),
      ...(place ? toJsonSpot(place) : {}),
    })),
    always,
    atDeploy,
    atRestart,
    latent,
    unknown,
  };
}

function toJsonSilenced({ finding, status, reason, by }: Verdict): JsonSilencedV1[] {
  if (status !== 'silenced' || reason === undefined || by === undefined) return [];
  return [{ ...toJsonFinding(finding), reason, by: toJsonSpot(by) }];
}

function toJsonBaselined({ finding, status, reason = '' }: Verdict): JsonBaselinedV1[] {
  return status === 'baselined' ? [{ ...toJsonFinding(finding), reason }] : [];
}

function toJsonSafe(candidate: SafeCandidate): JsonSafeV1 {
  return {
    ruleId: candidate.ruleId,
    ...toJsonPlace(candidate),
    reason: candidate.reason,
    ...(candidate.because ? { because: toJsonSpot(candidate.because) } : {}),
  };
}

function toJsonProblem({ kind, level, message, file, span, rule }: Problem): JsonProblemV1 {
  return {
    kind,
    level,
    message,
    ...(file === undefined ? {} : { file }),
    ...(span === undefined ? {} : { line: span[0], column: span[1] }),
    ...(rule === undefined ? {} : { rule }),
  };
}

function toJsonPlace({ file, span: [line, column, endLine, endColumn] }: Place): JsonPlaceV1 {
  return { file, line, column, endLine, endColumn };
}

function toJsonSpot({ file, span: [line, column] }: Place): { file: string; line: number; column: number } {
  return { file, line, column };
}

/** Characters that JSON allows as they are, but that steer a terminal or reorder what it shows. */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

export function escapeUnsafe(json: string): string {
  return json.replace(UNSAFE, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
