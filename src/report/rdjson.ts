import type { Finding, Severity } from '../model/finding.js';
import type { Report } from '../model/report.js';
import type { Place } from '../model/span.js';
import { escapeUnsafe } from './json.js';
import { wellFormed } from './places.js';
import { visible } from './visible.js';

/** Lines start at 1; columns do, too, and count bytes of UTF-8. */
interface RdPosition {
  line: number;
  column?: number;
}

interface RdLocation {
  path: string;
  range: { start: RdPosition; end?: RdPosition };
}

interface Diagnostic {
  message: string;
  location: RdLocation;
  severity: 'ERROR' | 'WARNING' | 'INFO';
  code: { value: string; url: string };
  related_locations: { message: string; location: RdLocation }[];
}

const SEVERITIES: Record<Severity, Diagnostic['severity']> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' };

/** The diagnostic format of reviewdog; paths are relative to where it is started, which is where the tool was. */
export function rdjson(report: Report): string {
  const result = {
    source: { name: 'mi-audit', url: 'https://github.com/mi-audit/mi-audit' },
    diagnostics: report.findings.map((finding) => diagnostic(finding, report)),
  };
  return `${escapeUnsafe(JSON.stringify(result, undefined, 2))}\n`;
}

function diagnostic(finding: Finding, report: Report): Diagnostic {
  return {
    message: `${visible(finding.message)}\n${visible(finding.consequence)}\n${visible(finding.hint)}`,
    location: locationOf(finding, report),
    severity: SEVERITIES[finding.severity],
    code: { value: finding.ruleId, url: finding.docs },
    related_locations: finding.evidence
      .slice(1)
      .map((step) => ({ message: visible(step.note), location: locationOf(step, report) })),
  };
}

function locationOf(place: Place, report: Report): RdLocation {
  const [line, column, endLine, endColumn] = place.span;
  const start = position(place.file, line, column, report);
  const end = position(place.file, endLine, endColumn, report);
  const complete = start.column !== undefined && end.column !== undefined;
  return { path: wellFormed(place.file), range: complete ? { start, end } : { start } };
}

/** Bytes can only be counted where the text is at hand; elsewhere the line has to do. */
function position(file: string, line: number, column: number, { excerpts }: Report): RdPosition {
  const near = excerpts[`${file}:${line}`];
  const text = near?.lines[line - near.start];
  if (text === undefined) return { line };
  return { line, column: Buffer.byteLength(text.slice(0, column - 1)) + 1 };
}
