import type { Finding, Severity } from '../model/finding.js';
import type { Report } from '../model/report.js';
import type { Span } from '../model/span.js';
import { answer, plural, QUESTION } from './answer.js';
import { where } from './layout.js';
import { inRepository } from './places.js';
import { visible } from './visible.js';
import { worstFirst } from './words.js';

/** GitHub shows this many annotations of each type for a step, and drops the rest without a word. */
const MOST_ANNOTATIONS = 10;

const COMMANDS: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };

/** Workflow commands, from which GitHub makes annotations beside the code. What it would drop is listed in the log. */
export function github(report: Report): string {
  const shown: string[] = [];
  const dropped: Finding[] = [];
  const counts = { error: 0, warning: 0, info: 0 };
  for (const problem of report.problems.filter(({ level }) => level === 'error')) {
    if (counts.error++ >= MOST_ANNOTATIONS) continue;
    const { file, span, message } = problem;
    const place = file === undefined ? '' : placeOf(inRepository(file, report), span);
    shown.push(`::error ${place}title=${property('mi-audit: not audited')}::${data(visible(message))}`);
  }
  for (const finding of worstFirst(report.findings)) {
    if (counts[finding.severity]++ < MOST_ANNOTATIONS) shown.push(annotation(finding, report));
    else dropped.push(finding);
  }
  return `${[...shown, ...droppedLines(dropped), plain(`${QUESTION} ${answer(report).text}`)].join('\n')}\n`;
}

function annotation(finding: Finding, report: Report): string {
  const { ruleId, severity, file, span, message, consequence, hint, docs } = finding;
  const text = [message, consequence, hint].map(visible).join('\n');
  const place = placeOf(inRepository(file, report), span);
  return `::${COMMANDS[severity]} ${place}title=${property(`mi-audit: ${ruleId}`)}::${data(`${text}\n${docs}`)}`;
}

function placeOf(file: string, span: Span | undefined): string {
  const parts = [`file=${property(visible(file))}`];
  if (span) {
    const [line, column, endLine, endColumn] = span;
    parts.push(`line=${line}`, `endLine=${endLine}`);
    // Columns are taken into account within one line only.
    if (line === endLine) parts.push(`col=${column}`, `endColumn=${endColumn}`);
  }
  return `${parts.join(',')},`;
}

function droppedLines(dropped: readonly Finding[]): string[] {
  if (dropped.length === 0) return [];
  const are = dropped.length === 1 ? 'is' : 'are';
  return [
    `::group::${plural(dropped.length, 'more finding')}: GitHub annotates ${MOST_ANNOTATIONS} of each severity in a step`,
    ...dropped.map((finding) =>
      plain(`${finding.severity} ${where(finding)} ${finding.ruleId}: ${visible(finding.message)}`),
    ),
    '::endgroup::',
    `${plural(dropped.length, 'finding')} ${are} listed above without an annotation, and in the job summary: GitHub shows ${MOST_ANNOTATIONS} of each severity in a step.`,
  ];
}

/** The runner obeys `::name::` at the start of a line, where there is always a word of ours, and `##[name]` anywhere in it. */
function plain(text: string): string {
  return text.replaceAll('##[', '## [');
}

function data(text: string): string {
  return plain(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
