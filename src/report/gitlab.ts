import type { Severity } from '../model/finding.js';
import type { Report } from '../model/report.js';
import { escapeUnsafe } from './json.js';
import { inRepository, uniqueFingerprints, wellFormed } from './places.js';
import { visible } from './visible.js';

/** What GitLab reads of a report of Code Quality. */
interface CodeQualityIssue {
  type: 'issue';
  check_name: string;
  description: string;
  content: { body: string };
  categories: string[];
  severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  /** Findings of equal fingerprints are shown once. */
  fingerprint: string;
  location: { path: string; lines: { begin: number; end: number } };
}

const SEVERITIES: Record<Severity, CodeQualityIssue['severity']> = {
  error: 'critical',
  warning: 'major',
  info: 'info',
};

export function gitlab(report: Report): string {
  const fingerprints = uniqueFingerprints(report.findings);
  const issues = report.findings.map(
    ({ ruleId, message, consequence, hint, docs, severity, file, span }, index): CodeQualityIssue => ({
      type: 'issue',
      check_name: ruleId,
      description: visible(message),
      content: { body: `${visible(consequence)}\n\n${visible(hint)}\n\n${docs}` },
      categories: ['Bug Risk'],
      severity: SEVERITIES[severity],
      fingerprint: fingerprints[index]!,
      location: { path: wellFormed(inRepository(file, report)), lines: { begin: span[0], end: span[2] } },
    }),
  );
  return `${escapeUnsafe(JSON.stringify(issues, undefined, 2))}\n`;
}
