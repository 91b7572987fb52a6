import type { Finding } from '../model/finding.js';
import type { Report } from '../model/report.js';
import { wellFormed } from './places.js';
import { visible } from './visible.js';

const COLUMNS: Readonly<Record<string, (finding: Finding) => string | number>> = {
  severity: ({ severity }) => severity,
  confidence: ({ confidence }) => confidence,
  rule: ({ ruleId }) => ruleId,
  file: ({ file }) => wellFormed(file),
  line: ({ span }) => span[0],
  column: ({ span }) => span[1],
  message: ({ message }) => message,
  consequence: ({ consequence }) => consequence,
  fix: ({ hint }) => hint,
  when: ({ when }) => when,
  condition: ({ condition = '' }) => condition,
  triggers: ({ triggers }) => triggers.join(' '),
  live: ({ live }) => live?.is ?? '',
  fingerprint: ({ fingerprint }) => fingerprint,
  docs: ({ docs }) => docs,
};

/** RFC 4180: a line for the names, one for each finding, CRLF behind each. */
export function csv({ findings }: Report): string {
  const rows = [Object.keys(COLUMNS), ...findings.map((finding) => Object.values(COLUMNS).map((of) => of(finding)))];
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** What a spreadsheet would take for the start of a formula; also in the wide forms, which some read alike. */
const FORMULA = /^[\s'"]*[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/** Every cell is quoted, so that no list separator of any country divides it; a formula is made text by an apostrophe. */
function cell(value: string | number): string {
  const text = visible(String(value));
  return `"${(typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
