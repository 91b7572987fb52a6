import { basename, relative, resolve, sep } from 'node:path';
import type { Audited } from '../model/audit.js';
import type { Config } from '../model/config.js';
import type { Finding, SafeCandidate, Severity, Verdict } from '../model/finding.js';
import type { Problem } from '../model/input.js';
import type { Picture } from '../model/picture.js';
import type { BaselineReport, Excerpt, Report, RuleInfo, Source } from '../model/report.js';
import { deploymentOf } from './deployment.js';
import { isOn, isWithin } from './scope.js';

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];
const CONTEXT_LINES = 2;

export interface ReportSetting {
  readonly version: string;
  /** Absolute. Findings come relative to the root and are shown relative to the working directory. */
  readonly root: string;
  readonly cwd: string;
  readonly config: Config;
  readonly reportPaths: readonly string[];
  readonly knownRuleIds: readonly string[];
  /** Rules that ran; reports that list no rules do without. */
  readonly rules?: readonly RuleInfo[];
  readonly source?: Source;
  readonly baseline?: BaselineReport;
  /** Since what, where only changes are shown. */
  readonly since?: string;
  /** What there is to say besides what the audit said. */
  readonly notes?: readonly Problem[];
  readonly picture?: Picture;
}

/** Everything a reporter needs, with the paths a reader can use from where he stands. */
export function toReport(audit: Audited, verdicts: readonly Verdict[], setting: ReportSetting): Report {
  const shown = pathsFor(setting.root, setting.cwd);
  const { config, reportPaths } = setting;
  const moved = verdicts.map((verdict) => movedVerdict(verdict, shown));
  const open = moved.filter(({ status }) => status === 'open').map(({ finding }) => finding);
  const count = (severity: Severity) => open.filter((finding) => finding.severity === severity).length;
  const problems = [...audit.problems.map((problem) => movedProblem(problem, shown)), ...(setting.notes ?? [])].sort(
    byLevelAndFile,
  );
  const among = (status: Verdict['status']) => moved.filter((verdict) => verdict.status === status).length;
  const { baseline, since } = setting;
  // What is put off is still there.
  const blocked = moved.some(
    ({ status, finding }) =>
      finding.severity === 'error' && (status === 'open' || status === 'baselined' || status === 'unchanged'),
  );
  const complete = !problems.some(({ level }) => level === 'error');
  return {
    tool: { name: 'mi-audit', version: setting.version },
    summary: {
      blockers: count('error'),
      risks: count('warning'),
      notes: count('info'),
      silenced: among('silenced'),
      ...(baseline ? { baselined: among('baselined') } : {}),
      ...(since === undefined ? {} : { unchanged: among('unchanged') }),
      complete,
      deployment: deploymentOf(audit, open, shown),
      ready: complete && !blocked && audit.stats.files > 0 && audit.stats.serving > 0,
    },
    findings: open,
    verdicts: moved,
    safe: audit.safe
      .filter(({ file, ruleId }) => isWithin(file, reportPaths) && isOn(config, ruleId))
      .map((candidate) => movedSafe(candidate, shown)),
    problems,
    stats: { ...audit.stats, lowConfidence: among('below-confidence') },
    failOn: config.failOn,
    ...(config.maxWarnings === undefined ? {} : { maxWarnings: config.maxWarnings }),
    ...(baseline ? { baseline } : {}),
    ...(since === undefined ? {} : { since }),
    exitCode: exitCode({
      problems,
      findings: open,
      failOn: config.failOn,
      ...(config.maxWarnings === undefined ? {} : { maxWarnings: config.maxWarnings }),
    }),
    notRun: setting.knownRuleIds.filter((id) => !isOn(config, id)),
    excerpts: excerptsOf(verdicts, audit.lines, shown),
    rules: setting.rules ?? [],
    source: setting.source ?? { base: '', name: basename(setting.cwd) },
    ...(setting.picture ? { picture: movedPicture(setting.picture, shown) } : {}),
  };
}

/**
 * What the command ends with; 2 is not a matter of the report. A budget of warnings decides for them alone: so many pass
 * although they reach the threshold, and more fail although they do not.
 */
export function exitCode({
  problems,
  findings,
  failOn,
  maxWarnings,
}: Pick<Report, 'problems' | 'findings' | 'failOn' | 'maxWarnings'>): 0 | 1 | 3 {
  if (problems.some(({ level }) => level === 'error')) return 3;
  if (failOn === 'never') return 0;
  const counted = maxWarnings === undefined ? findings : findings.filter(({ severity }) => severity !== 'warning');
  if (maxWarnings !== undefined && findings.length - counted.length > maxWarnings) return 1;
  return counted.some(({ severity }) => SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(failOn)) ? 1 : 0;
}

type Shown = (file: string) => string;

function pathsFor(root: string, cwd: string): Shown {
  const known = new Map<string, string>();
  return (file) => {
    let path = known.get(file);
    if (path === undefined) {
      path = relative(cwd, resolve(root, file)) || '.';
      if (sep === '\\') path = path.replaceAll('\\', '/');
      known.set(file, path);
    }
    return path;
  };
}

function movedVerdict({ finding, ...verdict }: Verdict, shown: Shown): Verdict {
  return {
    ...verdict,
    finding: movedFinding(finding, shown),
    ...(verdict.by ? { by: { ...verdict.by, file: shown(verdict.by.file) } } : {}),
  };
}

function movedFinding(finding: Finding, shown: Shown): Finding {
  return {
    ...finding,
    file: shown(finding.file),
    evidence: finding.evidence.map((step) => ({ ...step, file: shown(step.file) })),
    ...(finding.live?.place
      ? { live: { ...finding.live, place: { ...finding.live.place, file: shown(finding.live.place.file) } } }
      : {}),
  };
}

function movedSafe(candidate: SafeCandidate, shown: Shown): SafeCandidate {
  return {
    ...candidate,
    file: shown(candidate.file),
    ...(candidate.because ? { because: { ...candidate.because, file: shown(candidate.because.file) } } : {}),
  };
}

function movedProblem(problem: Problem, shown: Shown): Problem {
  return problem.file === undefined ? problem : { ...problem, file: shown(problem.file) };
}

function movedPicture({ processes, holders, ...picture }: Picture, shown: Shown): Picture {
  return {
    ...picture,
    processes: processes.map(({ entry, items, instances, ...process }) => ({
      ...process,
      entry: shown(entry),
      ...(instances ? { instances: { ...instances, file: shown(instances.file) } } : {}),
      items: items.map((item) => ({ ...item, place: { ...item.place, file: shown(item.place.file) } })),
    })),
    holders: Object.fromEntries(Object.entries(holders).map(([file, indexes]) => [shown(file), indexes])),
  };
}

function byLevelAndFile(a: Problem, b: Problem): number {
  const key = ({ level, file = '', span, kind, message }: Problem) =>
    [level, file, String(span?.[0] ?? 0).padStart(9, '0'), kind, message].join('\0');
  return key(a) < key(b) ? -1 : 1;
}

function excerptsOf(verdicts: readonly Verdict[], lines: Audited['lines'], shown: Shown): Record<string, Excerpt> {
  const excerpts: Record<string, Excerpt> = {};
  for (const { finding, status } of verdicts) {
    if (status !== 'open') continue;
    const [line] = finding.span;
    const text = lines(finding.file);
    if (line > text.length) continue;
    const start = Math.max(1, line - CONTEXT_LINES);
    const file = shown(finding.file);
    excerpts[`${file}:${line}`] = { file, start, lines: text.slice(start - 1, line + CONTEXT_LINES) };
  }
  return excerpts;
}
