import type { Finding, Severity } from '../model/finding.js';
import type { Report } from '../model/report.js';

/** The question people come with, and what the audit can say to it. */
export interface Answer {
  readonly short: 'No' | 'Not yet' | 'Yes' | 'Not fully audited' | 'Nothing was audited' | 'Not known';
  readonly text: string;
}

export const QUESTION = 'Ready for a second instance?';

export function answer(report: Report): Answer {
  const { summary, stats, problems } = report;
  const errors = problems.filter(({ level }) => level === 'error').length;
  const counts = countsOf(summary);
  if (summary.blockers > 0) {
    return {
      short: 'No',
      text: `No: ${counts}${errors > 0 ? `, and not fully audited: ${plural(errors, 'problem')}` : ''}.`,
    };
  }
  if (stats.files === 0) return { short: 'Nothing was audited', text: 'Nothing was audited: no source files.' };
  if (!summary.complete)
    return {
      short: 'Not fully audited',
      text: `Not fully audited: ${plural(errors, 'problem')}. What could be read holds ${counts}.`,
    };
  // A yes would only mean that nothing was seen.
  if (stats.serving === 0)
    return {
      short: 'Not known',
      text: `Not known: nothing was recognised that answers requests, takes messages or runs on a schedule. What was looked at holds ${counts}.`,
    };
  const elsewhere = hiddenBlockers(report);
  if (elsewhere !== '') return { short: 'Not yet', text: `Not yet: no new blockers, but ${elsewhere}.` };
  const limits = limitsOf(report);
  return {
    short: 'Yes',
    text: `Yes, as far as this audit can see: ${counts}${limits.length > 0 ? ` (${limits.join(', ')})` : ''}.`,
  };
}

/** Blockers that do not fail this run: they are in the baseline, or nothing that changed had a part in them. */
function hiddenBlockers({ verdicts, since }: Report): string {
  const count = (status: string) =>
    verdicts.filter((verdict) => verdict.status === status && verdict.finding.severity === 'error').length;
  const [baselined, unchanged] = [count('baselined'), count('unchanged')];
  return [
    ...(baselined > 0 ? [`${baselined} in the baseline`] : []),
    ...(unchanged > 0 ? [`${unchanged} outside of what changed ${since}`] : []),
  ].join(' and ');
}

function countsOf({ blockers, risks, notes }: Report['summary']): string {
  const parts = [
    blockers > 0 ? plural(blockers, 'blocker') : '',
    risks > 0 ? plural(risks, 'risk') : '',
    notes > 0 ? plural(notes, 'note') : '',
  ].filter((part) => part !== '');
  if (blockers === 0) parts.unshift('no blockers');
  return parts.join(', ');
}

/** A yes that rests on part of the rules must say so. */
function limitsOf({ notRun, stats }: Report): string[] {
  return notRun.length > 0 ? [`only ${stats.rules} of ${stats.rules + notRun.length} rules ran`] : [];
}

/** Why the command ends as it does. */
export function exitReason({ exitCode, failOn, maxWarnings, findings, problems }: Report): string {
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  if (exitCode === 1 && maxWarnings !== undefined && warnings > maxWarnings)
    return `${plural(warnings, 'warning')}, and ${maxWarnings} may pass (--max-warnings)`;
  if (exitCode === 0 && maxWarnings !== undefined && warnings > 0 && failOn !== 'never')
    return `${plural(warnings, 'warning')} of ${maxWarnings} that may pass (--max-warnings)`;
  switch (exitCode) {
    case 3:
      return `${plural(problems.filter(({ level }) => level === 'error').length, 'problem')} left something unaudited`;
    case 1:
      return `${plural(findings.filter((finding) => reaches(finding, failOn)).length, 'finding')} at or above ${failOn} (--fail-on)`;
    default:
      return failOn === 'never'
        ? 'findings never fail this run (--fail-on never)'
        : `no finding at or above ${failOn} (--fail-on)`;
  }
}

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];

/** The finding makes the command fail. */
export function reaches({ severity }: Finding, failOn: Report['failOn']): boolean {
  return failOn !== 'never' && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(failOn);
}

/** How much was read, of how much there is. */
export function lookedAt({ files, skipped, rules }: Report['stats']): string {
  const read = skipped > 0 ? `${files - skipped} of ${plural(files, 'file')}` : plural(files, 'file');
  return `${read} looked at with ${plural(rules, 'rule')}`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
