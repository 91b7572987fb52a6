import type { Finding, SafeCandidate, Severity, Verdict } from './finding.js';
import type { Count } from './deployment.js';
import type { Problem } from './input.js';
import type { Picture } from './picture.js';
import type { RuleMeta } from './rule.js';
import type { Place } from './span.js';

/** A workload of production; what is absent nobody says. */
export interface Runs {
  readonly name: string;
  /** `max` is absent where there is no upper bound. */
  readonly instances?: Count;
  /** Whether a deploy lets old and new version run side by side. */
  readonly overlap?: boolean;
  /** Where it is said how many there are, or where it is described. */
  readonly place?: Place;
  /** The configuration says how many. */
  readonly isDeclared?: true;
}

/** How production runs, and how many of the open findings that makes bite. Each is counted once, by the first that fits. */
export interface DeploymentSummary {
  readonly runs: readonly Runs[];
  /** All the time, since several instances run. */
  readonly always: number;
  /** At each deploy, while two versions run side by side. */
  readonly atDeploy: number;
  /** At a restart or a crash. */
  readonly atRestart: number;
  /** At no event that happens today. */
  readonly latent: number;
  /** Nobody says. */
  readonly unknown: number;
}

export interface Summary {
  /** `error` findings that are open. */
  readonly blockers: number;
  /** `warning` findings that are open. */
  readonly risks: number;
  /** `info` findings that are open. */
  readonly notes: number;
  readonly silenced: number;
  /** Findings that the baseline holds. */
  readonly baselined?: number;
  /** Findings none of whose evidence changed, where only changes were asked for. */
  readonly unchanged?: number;
  /** False when a problem of level `error` left something unaudited. */
  readonly complete: boolean;
  /** No blocker is open, the audit is complete, and something that serves was found. */
  readonly ready: boolean;
  readonly deployment: DeploymentSummary;
}

export interface Stats {
  readonly files: number;
  readonly parsed: number;
  readonly skipped: number;
  readonly lowConfidence: number;
  readonly unresolvedImports: number;
  /** Loads by a path made at run time of which too little is known to tell what they load. */
  readonly unresolvedLoads: number;
  /** Servers that are opened, and functions that requests, messages, sockets or schedules run. */
  readonly serving: number;
  readonly rules: number;
}

/** Lines around a finding, for code frames; `start` is the 1-based number of the first. */
export interface Excerpt {
  readonly file: string;
  readonly start: number;
  readonly lines: readonly string[];
}

/** A rule that ran, for reports that list them. */
export interface RuleInfo extends RuleMeta {
  /** Address of its page. */
  readonly docs: string;
  /** The page itself, in Markdown; only for formats that carry it along. */
  readonly page?: string;
}

/** Where the audited files stand under version control, as far as it can be told without asking a program. */
export interface Source {
  /** Where the working directory stands in the repository: `apps/api/`; empty at its root, or where there is none. */
  readonly base: string;
  /** The name of the working directory. Where it stands on this machine is nobody's business. */
  readonly name: string;
  /** Address of the repository, and the revision; a pipeline says both. */
  readonly repository?: string;
  readonly revision?: string;
  readonly branch?: string;
}

/** What there is to say of the baseline in use. */
export interface BaselineReport {
  /** As the user would write it. */
  readonly file: string;
  readonly entries: number;
  /** The day of the oldest entry, `2026-11-21`, and how many days ago that was. */
  readonly oldest?: { readonly date: string; readonly days: number };
  /** What `--update-baseline` did. */
  readonly updated?: { readonly added: number; readonly removed: number };
}

/** How long a run took, in milliseconds. */
export interface Timings {
  readonly total: number;
  readonly stages: Readonly<Record<string, number>>;
  readonly rules: Readonly<Record<string, number>>;
}

/** What reporters print. Paths are relative to the working directory, with `/`. */
export interface Report {
  readonly tool: { readonly name: 'mi-audit'; readonly version: string };
  readonly summary: Summary;
  readonly findings: readonly Finding[];
  readonly verdicts: readonly Verdict[];
  readonly safe: readonly SafeCandidate[];
  readonly problems: readonly Problem[];
  readonly stats: Stats;
  readonly failOn: Severity | 'never';
  /** So many warnings pass. */
  readonly maxWarnings?: number;
  readonly baseline?: BaselineReport;
  /** Since what, where only what changed was asked for: "since main". */
  readonly since?: string;
  /** What the command ends with; see `judge/`. */
  readonly exitCode: 0 | 1 | 3;
  /** Rules that were switched off or not selected. */
  readonly notRun: readonly string[];
  /** By `file:line` of a finding's primary place. */
  readonly excerpts: Readonly<Record<string, Excerpt>>;
  /** Only where somebody asked. */
  readonly timings?: Timings;
  /** Rules that ran. */
  readonly rules: readonly RuleInfo[];
  readonly source: Source;
  /** The application as a picture; only for formats that draw it. */
  readonly picture?: Picture;
}
