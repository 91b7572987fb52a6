import type { Report } from '../model/report.js';
import { answer } from './answer.js';
import { where } from './layout.js';
import { visible } from './visible.js';

/**
 * One line a finding, in the form that compilers gave their messages and that editors have read ever since:
 * `src/server.js:6:9: error: Sessions are kept … [in-memory-session]`. The form is a promise, for the sake of problem matchers.
 */
export function unix(report: Report): string {
  const lines = [
    ...report.findings.map(
      (finding) => `${where(finding)}: ${finding.severity}: ${visible(finding.message)} [${finding.ruleId}]`,
    ),
    ...report.problems
      .filter(({ level }) => level === 'error')
      .map(
        ({ file = '.', span, kind, message }) =>
          `${where({ file, span: span ?? [1, 1, 1, 1] })}: error: not audited: ${visible(message)} [${kind}]`,
      ),
    answer(report).text,
  ];
  return `${lines.join('\n')}\n`;
}
