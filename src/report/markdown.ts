import type { Finding, Severity } from '../model/finding.js';
import type { Report } from '../model/report.js';
import type { Place } from '../model/span.js';
import { answer, plural, QUESTION } from './answer.js';
import { deployed } from './deployed.js';
import { where } from './layout.js';
import { codeBlock, codeSpan, markdownText, tableCode } from './markdown-text.js';
import { browserLink } from './places.js';
import { visible } from './visible.js';
import { certaintyOf, consequenceLabel, today, whenItBites, worstFirst } from './words.js';

/** What a comment on GitHub may hold. */
const MOST_CHARACTERS = 65_536;
/** Kept free for the end, which says what did not fit. */
const ENDING = 1_000;
const MOST_STEPS = 12;
const MOST_PROBLEMS = 20;

const SIGNS: Record<Severity, string> = { error: '🛑', warning: '⚠️', info: 'ℹ️' };

/** For a comment on a change, or the page of a run: the answer, a table, and every finding folded up. It always fits into a comment. */
export function markdown(report: Report): string {
  const head = [headline(report), ...ruleTable(report), ...problemList(report)];
  const blocks: string[] = [];
  const findings = worstFirst(report.findings);
  let left = MOST_CHARACTERS - ENDING - head.join('\n\n').length;
  let shown = 0;
  for (const finding of findings) {
    const block = folded(finding, report);
    if (block.length + 2 > left) break;
    left -= block.length + 2;
    shown++;
    blocks.push(block);
  }
  const rest = findings.length - shown;
  const omitted =
    rest > 0
      ? [
          `**${plural(rest, 'more finding')} did not fit into a comment.** \`mi-audit --format html=report.html\` shows all.`,
        ]
      : [];
  return `${[...head, ...blocks, ...omitted, footer(report)].join('\n\n')}\n`;
}

function headline(report: Report): string {
  const { short, text } = answer(report);
  const sign = short === 'No' ? '🛑' : short === 'Yes' ? '✅' : '❔';
  const runs = report.stats.serving > 0 ? deployed(report) : '';
  return `## ${sign} ${QUESTION}\n\n**${markdownText(text)}**${runs === '' ? '' : `\n\n${markdownText(runs)}`}`;
}

function ruleTable({ findings }: Report): string[] {
  if (findings.length === 0) return [];
  const rules = [...new Set(worstFirst(findings).map(({ ruleId }) => ruleId))];
  const rows = rules.map((rule) => {
    const of = findings.filter(({ ruleId }) => ruleId === rule);
    const count = (severity: Severity) => of.filter((finding) => finding.severity === severity).length || '';
    return `| ${linked(tableCode(rule), of[0]!.docs)} | ${count('error')} | ${count('warning')} | ${count('info')} |`;
  });
  return [['| rule | blockers | risks | notes |', '| :-- | --: | --: | --: |', ...rows].join('\n')];
}

function problemList({ problems }: Report): string[] {
  const errors = problems.filter(({ level }) => level === 'error');
  if (errors.length === 0) return [];
  const lines = errors
    .slice(0, MOST_PROBLEMS)
    .map(
      ({ file, message }) => `- ${file === undefined ? '' : `${codeSpan(cut(file))} `}${markdownText(cut(message))}`,
    );
  const more = errors.length - MOST_PROBLEMS;
  return ['### What could not be audited', [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n')];
}

function folded(finding: Finding, report: Report): string {
  const { severity, ruleId, message, consequence, hint, evidence, docs, file, span } = finding;
  const excerpt = report.excerpts[`${file}:${span[0]}`];
  const steps = evidence.filter((step, index) => index > 0 || step.note !== message);
  const when = whenItBites(finding);
  const now = today(finding);
  return [
    '<details>',
    // Within the summary Markdown is not read everywhere, so that what it holds is plain.
    `<summary>${SIGNS[severity]} <b>${html(visible(ruleId))}</b> <code>${html(where(finding))}</code></summary>`,
    '',
    `${markdownText(message)} <sub>${certaintyOf(finding)}</sub>`,
    ...(excerpt ? ['', codeBlock(excerpt.lines.map(cut), languageOf(file))] : []),
    '',
    `**${consequenceLabel(finding)}:** ${markdownText(consequence)}`,
    '',
    `**Fix:** ${markdownText(hint)}`,
    ...(when === '' ? [] : ['', `**When:** ${markdownText(when)}`]),
    ...(now === '' ? [] : ['', `**Today:** ${markdownText(now)}`]),
    ...(steps.length === 0
      ? []
      : [
          '',
          '**Why:**',
          '',
          ...steps.slice(0, MOST_STEPS).map((step) => `- ${spot(step, report)} ${markdownText(step.note)}`),
        ]),
    '',
    `${linked(`About ${codeSpan(ruleId)}`, docs)} · ${spot(finding, report)}`,
    '',
    '</details>',
  ].join('\n');
}

function footer({ tool, stats, summary: { silenced: accepted, baselined = 0 } }: Report): string {
  const silenced = `${accepted > 0 ? ` ${plural(accepted, 'finding')} accepted.` : ''}${baselined > 0 ? ` ${plural(baselined, 'finding')} in the baseline.` : ''}`;
  return `<sub>mi-audit ${tool.version} looked at ${plural(stats.files, 'file')} with ${plural(stats.rules, 'rule')}.${silenced}</sub>`;
}

function spot(place: Place, report: Report): string {
  const link = browserLink(place, report);
  const text = codeSpan(where(place));
  return link === undefined ? text : linked(text, link);
}

function linked(text: string, address: string): string {
  return `[${text}](<${address.replace(/[\s<>\\]/g, encodeURIComponent)}>)`;
}

function languageOf(file: string): string {
  return (
    /\.([cm]?[jt]sx?|ya?ml|json|toml)$/i
      .exec(file)?.[1]
      ?.toLowerCase()
      .replace(/^[cm](?=[jt]s)/, '') ?? ''
  );
}

/** Of a very long line, what a comment can show. */
function cut(line: string): string {
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
