import type { Finding } from '../model/finding.js';
import type { Report } from '../model/report.js';
import { visible } from './visible.js';
import { element, xmlDocument } from './xml.js';

/** The report of Checkstyle, which many build servers read. */
export function checkstyle(report: Report): string {
  const files = [...new Set(report.findings.map(({ file }) => file))];
  return xmlDocument(
    element(
      'checkstyle',
      { version: '4.3' },
      files.map((file) =>
        element('file', { name: file }, report.findings.filter((finding) => finding.file === file).map(errorOf)),
      ),
    ),
  );
}

function errorOf({ ruleId, severity, span: [line, column], message, consequence, hint }: Finding): string {
  return element('error', {
    line,
    column,
    severity,
    message: visible(`${message} ${consequence} ${hint}`),
    source: `mi-audit.${ruleId}`,
  });
}
