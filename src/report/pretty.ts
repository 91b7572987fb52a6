import type { ChalkInstance } from 'chalk';
import type { Evidence, Finding, SafeCandidate, Verdict } from '../model/finding.js';
import type { Problem } from '../model/input.js';
import type { Report } from '../model/report.js';
import type { Place } from '../model/span.js';
import { answer, exitReason, lookedAt, plural, QUESTION } from './answer.js';
import { deployed } from './deployed.js';
import { codeFrame } from './frame.js';
import {
  type Content,
  hanging,
  heading,
  INDENT,
  MARKS,
  paragraph,
  type Setting,
  severityColor,
  stepLines,
  WHEN_WORDS,
  where,
} from './layout.js';
import { visible, width, wrap } from './visible.js';
import { today, TRIGGER_WORDS } from './words.js';

export interface PrettySetting extends Setting {
  readonly showSafe?: boolean;
}

/** What people read: the answer first, then every finding with its code, its consequence, its remedy and its reasons. */
export function pretty(report: Report, setting: PrettySetting): string {
  const sections = [
    `${deploymentLines(report, setting)}${answerLine(report, setting.chalk)}`,
    ...groupByFile(report.findings).map(([file, findings]) => fileSection(file, findings, report, setting)),
    ...(report.problems.length > 0 ? [problemSection(report.problems, setting)] : []),
    ...(setting.showSafe ? safeSections(report, setting) : []),
    summarySection(report, setting),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** One line a finding, for logs, and the answer. */
export function brief(report: Report, { chalk }: Pick<PrettySetting, 'chalk'>): string {
  const lines = [
    ...report.findings.map(
      (finding) =>
        `${where(finding)} ${severityColor(chalk, finding.severity)(finding.severity)} ${finding.ruleId}  ${visible(finding.message)}`,
    ),
    ...report.problems
      .filter(({ level }) => level === 'error')
      .map((problem) => `${problemPlace(problem)}${chalk.red('problem')}  ${visible(problem.message)}`),
    answerLine(report, chalk),
  ];
  return `${lines.join('\n')}\n`;
}

/** How production runs says how much the answer matters; where nothing runs there is nothing to say of it. */
function deploymentLines(report: Report, setting: PrettySetting): string {
  if (report.stats.serving === 0 && report.summary.deployment.runs.length === 0) return '';
  return wrap(visible(deployed(report)), setting.width)
    .map((line) => `${line}\n`)
    .join('');
}

export function answerLine(report: Report, chalk: ChalkInstance): string {
  const { short, text } = answer(report);
  const color = short === 'No' ? chalk.red : short === 'Yes' ? chalk.green : chalk.yellow;
  return `${chalk.bold(QUESTION)} ${color.bold(text)}`;
}

function groupByFile(findings: readonly Finding[]): [string, Finding[]][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.file);
    if (group) group.push(finding);
    else groups.set(finding.file, [finding]);
  }
  return [...groups];
}

function fileSection(file: string, findings: readonly Finding[], report: Report, setting: PrettySetting): string {
  const { chalk } = setting;
  const name = visible(file);
  const rule = '─'.repeat(Math.max(0, setting.width - width(name) - 4));
  const head = `${chalk.dim('──')} ${chalk.bold(name)} ${chalk.dim(rule)}`;
  return [head, ...findings.map((finding) => findingBlock(finding, report, setting))].join('\n\n');
}

function findingBlock(finding: Finding, report: Report, setting: PrettySetting): string {
  const { chalk } = setting;
  const color = severityColor(chalk, finding.severity);
  const certainty = [
    `${finding.confidence} confidence`,
    ...(finding.when === 'always' ? [] : [WHEN_WORDS[finding.when]]),
  ].join(', ');
  const kind = `${MARKS[finding.severity]} ${finding.severity}`;
  const fits = `${kind}  ${finding.ruleId}  ${certainty}`.length <= setting.width;
  const head = `${color(kind)}  ${chalk.bold(finding.ruleId)}${fits ? '  ' : `\n${INDENT}`}${chalk.dim(certainty)}`;
  const excerpt = report.excerpts[`${finding.file}:${finding.span[0]}`];
  const frame = excerpt
    ? codeFrame(excerpt, finding.span, { chalk, width: setting.width - INDENT.length, mark: color })
    : [];
  const body = [
    `${INDENT}${chalk.cyan(where(finding))}`,
    ...(frame.length > 0 ? ['', ...frame.map((line) => INDENT + line)] : []),
    '',
    ...wrap(visible(finding.message), setting.width - INDENT.length).map((line) => `${INDENT}${chalk.bold(line)}`),
    '',
    ...details(finding, setting),
  ];
  return [head, ...body].join('\n');
}

function details(finding: Finding, setting: PrettySetting): string[] {
  const { chalk } = setting;
  const bites = finding.triggers.map((trigger) => TRIGGER_WORDS[trigger]).join(', ');
  const steps = stepsToShow(finding);
  return labelled(setting, [
    // Only what bites at some event can be told as a story of two instances.
    [finding.triggers.length > 0 ? 'At two instances' : 'Consequence', paragraph(finding.consequence, chalk)],
    ['Fix', paragraph(finding.hint, chalk)],
    ['When', paragraph([bites, finding.condition ?? ''].filter((part) => part !== '').join('; '), chalk)],
    ['Today', paragraph(today(finding), chalk)],
    ['Why', (cells) => stepLines(steps, cells, chalk)],
    ['More', () => [chalk.dim(`mi-audit explain ${finding.ruleId}`)]],
  ]);
}

const LABEL_CELLS = 'At two instances:  '.length;
/** Below this, labels stand on lines of their own, or the text beside them would be a thin column. */
const NARROW = 70;

function labelled(
  { chalk, width: cells }: PrettySetting,
  parts: readonly (readonly [label: string, content: Content])[],
): string[] {
  const narrow = cells < NARROW;
  const hang = narrow ? `${INDENT}${INDENT}` : `${INDENT}${' '.repeat(LABEL_CELLS)}`;
  const lines: string[] = [];
  for (const [label, content] of parts) {
    const shown = content(cells - hang.length);
    if (shown.length === 0) continue;
    const name = chalk.bold(`${label}:`);
    if (narrow) lines.push(`${INDENT}${name}`, ...shown.map((line) => hang + line));
    else
      lines.push(
        `${INDENT}${name}${' '.repeat(LABEL_CELLS - label.length - 1)}${shown[0]}`,
        ...shown.slice(1).map((line) => hang + line),
      );
  }
  return lines;
}

/** The primary step is the finding itself; it is worth a line only if it says more than the message does. */
function stepsToShow({ evidence, message }: Finding): readonly Evidence[] {
  return evidence.filter((step, index) => index > 0 || step.note !== message);
}

function problemPlace({ file, span }: Problem): string {
  // The project itself is no place to go to.
  if (file === undefined || file === '.') return '';
  return `${span ? where({ file, span }) : visible(file)}  `;
}

const MOST_NOTES = 10;

function problemSection(problems: readonly Problem[], setting: PrettySetting): string {
  const { chalk } = setting;
  const errors = problems.filter(({ level }) => level === 'error');
  const notes = problems.filter(({ level }) => level === 'note');
  const hidden = notes.length - MOST_NOTES;
  return [
    heading(setting, headingOf(problems)),
    '',
    ...errors.flatMap((problem) => problemLines(problem, chalk.red('✖'), setting)),
    ...notes.slice(0, MOST_NOTES).flatMap((problem) => problemLines(problem, chalk.dim('●'), setting)),
    ...(hidden > 0
      ? [
          `${INDENT}${chalk.dim(`and ${hidden} more that ${hidden === 1 ? 'was' : 'were'} left out (--format json has all)`)}`,
        ]
      : []),
  ].join('\n');
}

function headingOf(problems: readonly Problem[]): string {
  if (problems.some(({ level }) => level === 'error')) return 'What could not be audited';
  return problems.every(({ kind }) => kind === 'configuration' || kind === 'baseline') ? 'Notes' : 'What was left out';
}

function problemLines(problem: Problem, mark: string, { chalk, width: cells }: PrettySetting): string[] {
  const place = problemPlace(problem).trimEnd();
  const text = visible(problem.message);
  if (place === '') return hanging(`${INDENT}${mark} `, 4, wrap(text, cells - 4));
  if (width(place) + width(text) + 6 <= cells) return [`${INDENT}${mark} ${chalk.cyan(place)}  ${text}`];
  return [`${INDENT}${mark} ${chalk.cyan(place)}`, ...wrap(text, cells - 4).map((line) => `    ${line}`)];
}

function safeSections(report: Report, setting: PrettySetting): string[] {
  const silenced = report.verdicts.filter(({ status }) => status === 'silenced');
  const safe =
    report.safe.length > 0
      ? report.safe.flatMap((candidate) => safeLines(candidate, setting))
      : [`${INDENT}Nothing: no rule met a candidate that it had to weigh.`];
  const baselined = report.verdicts.filter(({ status }) => status === 'baselined');
  return [
    [heading(setting, 'Looked at and found safe'), '', ...safe].join('\n'),
    ...(silenced.length > 0
      ? [
          [
            heading(setting, 'Silenced by directives'),
            '',
            ...silenced.flatMap((verdict) => silencedLines(verdict, setting)),
          ].join('\n'),
        ]
      : []),
    ...(baselined.length > 0
      ? [
          [
            heading(setting, 'Held by the baseline'),
            '',
            ...baselined.flatMap((verdict) => silencedLines(verdict, setting)),
          ].join('\n'),
        ]
      : []),
  ];
}

function safeLines(candidate: SafeCandidate, setting: PrettySetting): string[] {
  const because = candidate.because ? ` (${where(candidate.because)})` : '';
  return listed(candidate, visible(candidate.reason) + because, setting);
}

function silencedLines({ finding, reason = '', by }: Verdict, setting: PrettySetting): string[] {
  return listed(finding, visible(reason) + (by ? ` (${where(by)})` : ''), setting);
}

function listed(
  item: Place & { readonly ruleId: string },
  text: string,
  { chalk, width: cells }: PrettySetting,
): string[] {
  return [
    `${INDENT}${chalk.cyan(where(item))}  ${chalk.bold(item.ruleId)}`,
    ...wrap(text, cells - 4).map((line) => `    ${line}`),
  ];
}

function summarySection(report: Report, setting: PrettySetting): string {
  const { chalk } = setting;
  const { stats, summary, findings } = report;
  const files = new Set(findings.map(({ file }) => file)).size;
  const silenced = summary.silenced > 0 ? `${plural(summary.silenced, 'finding')} silenced by directives.` : '';
  const hidden =
    stats.lowConfidence > 0
      ? `${plural(stats.lowConfidence, 'finding')} of less confidence not shown; --min-confidence low shows all.`
      : '';
  const shown =
    findings.length > 0 ? `${plural(findings.length, 'finding')} in ${plural(files, 'file')}.` : 'No findings.';
  const sentences = [
    `${lookedAt(stats)}. ${shown}`,
    leftOut(stats),
    silenced,
    hidden,
    unresolved(stats),
    baselineWords(report),
    sinceWords(report),
    `Exit code ${report.exitCode}: ${exitReason(report)}.`,
  ];
  return [
    heading(setting, 'Summary'),
    '',
    ...countsByRule(findings, chalk),
    ...sentences.flatMap((sentence) => wrap(sentence, setting.width - INDENT.length)).map((line) => INDENT + line),
    '',
    answerLine(report, chalk),
  ].join('\n');
}

function baselineWords({ baseline, summary: { baselined = 0 } }: Report): string {
  if (!baseline) return '';
  const { file, entries, oldest, updated } = baseline;
  const days = oldest && oldest.days > 0 ? `, the oldest for ${plural(oldest.days, 'day')}` : '';
  const holds = `${plural(baselined, 'finding')} held by the baseline ${visible(file)} (${entriesOf(entries)}${days}).`;
  if (!updated) return holds;
  return `Baseline written: ${plural(updated.added, 'finding')} taken in, ${entriesOf(updated.removed)} dropped. ${holds}`;
}

function entriesOf(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}

function sinceWords({ since, summary: { unchanged = 0 } }: Report): string {
  if (since === undefined) return '';
  return `Only what changed ${visible(since)} is reported: ${plural(unchanged, 'other finding')} not shown.`;
}

/** A few modules that are not there are no news; many mean that the audit saw only part of the application. */
function leftOut({ skipped }: Report['stats']): string {
  if (skipped === 0) return '';
  return `The other ${skipped === 1 ? 'one is' : `${skipped} are`} for tests or pages, or no source; --print-files tells which.`;
}

function unresolved({ parsed, unresolvedImports, unresolvedLoads }: Report['stats']): string {
  const [imports, loads] = [unresolvedImports * 20 > parsed + 200, unresolvedLoads * 20 > parsed + 200];
  if (!imports && !loads) return '';
  const parts = [
    ...(imports ? [plural(unresolvedImports, 'import')] : []),
    ...(loads ? [`${plural(unresolvedLoads, 'load')} by a computed path`] : []),
  ];
  return `${parts.join(' and ')} could not be resolved: what lies behind was not followed.`;
}

function countsByRule(findings: readonly Finding[], chalk: ChalkInstance): string[] {
  const rules = [...new Set(findings.map(({ ruleId }) => ruleId))].sort();
  const column = Math.max(0, ...rules.map((rule) => rule.length));
  const lines = rules.map((rule) => {
    const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
      const count = findings.filter((finding) => finding.ruleId === rule && finding.severity === severity).length;
      return count > 0
        ? [severityColor(chalk, severity)(severity === 'info' ? plural(count, 'note') : plural(count, severity))]
        : [];
    });
    return `${INDENT}${rule.padEnd(column)}  ${counts.join(', ')}`;
  });
  return lines.length > 0 ? [...lines, ''] : [];
}
