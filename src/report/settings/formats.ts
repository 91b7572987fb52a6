import type { Finding } from '../../model/finding.js';
import type { Place } from '../../model/span.js';
import { codeSpan, markdownText, tableCode } from '../markdown-text.js';
import { visible } from '../visible.js';
import type { Choice, Entry, Sheet, Wanted } from './sheet.js';

/* The sheet of settings for people (text, Markdown), for programs (JSON), and as the beginning of an environment file. */

export const SHEET_FORMATS = ['text', 'markdown', 'json', 'env'] as const;
export type SheetFormat = (typeof SHEET_FORMATS)[number];

const NONE = 'No finding depends on a setting.';

export function sheetText(sheet: Sheet, format: SheetFormat): string {
  if (format === 'json') return `${JSON.stringify(inJson(sheet), undefined, 2)}\n`;
  return `${(format === 'env' ? inEnv : format === 'markdown' ? inMarkdown : inText)(sheet).join('\n')}\n`;
}

// For people

function inText(sheet: Sheet): readonly string[] {
  const lines: string[] = [];
  if (sheet.set.length > 0) lines.push('Set before a second instance runs', '');
  for (const entry of sheet.set) lines.push(...textEntry(entry), '');
  if (sheet.leave.length > 0) lines.push('Leave as it is: this would turn findings on', '');
  for (const entry of sheet.leave) lines.push(...textEntry(entry), '');
  if (sheet.others.length > 0) lines.push('Settings without a name that could be told', '');
  for (const { words, finding } of sheet.others) lines.push(`  ${visible(words)}`, `      ${named(finding)}`, '');
  if (lines.length === 0) lines.push(NONE, '');
  return [...lines, ...ending(sheet)];
}

function textEntry({ choices, reads, findings }: Entry): readonly string[] {
  const [first] = choices;
  const head =
    choices.length === 1 && first
      ? first.map((wanted) => `  ${assignment(wanted)}`)
      : [
          '  one of these:',
          ...choices.map((choice, index) => `    ${index + 1}. ${choice.map(assignment).join('  and  ')}`),
        ];
  return [
    ...head,
    ...(reads.length > 0 ? [`      read at  ${reads.slice(0, 4).map(spot).join(', ')}${more(reads.length - 4)}`] : []),
    ...findings.slice(0, 6).map((finding, index) => `      ${index === 0 ? 'decides ' : '        '} ${named(finding)}`),
    ...(findings.length > 6 ? [`               and ${findings.length - 6} more`] : []),
  ];
}

function ending({ contradictions, remaining }: Sheet): readonly string[] {
  return [
    ...contradictions.map((name) => `${visible(name)} is asked to be two things at once: see the findings.`),
    remaining === 0
      ? 'No finding is left that these do not decide.'
      : `${remaining} ${remaining === 1 ? 'finding depends' : 'findings depend'} on no setting: \`mi-audit\` lists ${remaining === 1 ? 'it' : 'them'}.`,
  ];
}

function inMarkdown(sheet: Sheet): readonly string[] {
  const lines = ['# Settings for two instances', ''];
  const table = (title: string, entries: readonly Entry[]) => {
    if (entries.length === 0) return;
    lines.push(`## ${title}`, '', '| setting | read at | decides |', '| :-- | :-- | :-- |');
    for (const { choices, reads, findings } of entries)
      lines.push(
        `| ${choices.map((choice) => choice.map((one) => tableCode(assignment(one))).join(' and ')).join('<br>or ')} | ${reads
          .slice(0, 4)
          .map((one) => tableCode(spot(one)))
          .join('<br>')} | ${findings.map((one) => tableCode(named(one))).join('<br>')} |`,
      );
    lines.push('');
  };
  table('Set', sheet.set);
  table('Leave as it is', sheet.leave);
  if (sheet.others.length > 0)
    lines.push(
      '## Others',
      '',
      ...sheet.others.map(({ words, finding }) => `- ${markdownText(words)}: ${codeSpan(named(finding))}`),
      '',
    );
  if (sheet.set.length + sheet.leave.length + sheet.others.length === 0) lines.push(NONE, '');
  return [...lines, ...ending(sheet).map(markdownText)];
}

// For an environment file

function inEnv(sheet: Sheet): readonly string[] {
  const lines = ['# What two instances need; made by `mi-audit settings --format env`.'];
  const seen = new Set<string>();
  for (const { choices, reads, findings } of sheet.set) {
    lines.push('');
    lines.push(...findings.slice(0, 6).map((finding) => `# for ${named(finding)}`));
    if (reads[0]) lines.push(`# read at ${spot(reads[0])}`);
    choices.forEach((choice, index) => {
      if (index > 0) lines.push('# or instead:');
      for (const wanted of choice) {
        const line = envLine(wanted);
        // Of several choices the first is written out; what stands above already is not set twice.
        const isOff = index > 0 || seen.has(wanted.name) || line.startsWith('#');
        if (index === 0) seen.add(wanted.name);
        lines.push(isOff && !line.startsWith('#') ? `# ${line}` : line);
      }
    });
  }
  for (const { choices } of sheet.leave)
    for (const wanted of choices.flat())
      lines.push('', `# leave as it is: ${assignment(wanted)} would turn findings on`);
  return lines;
}

function envLine(wanted: Wanted): string {
  const name = visible(wanted.name);
  if (!/^[A-Za-z_]\w*$/.test(wanted.name)) return `# ${assignment(wanted)} (in the configuration)`;
  const [value] = wanted.values;
  if (wanted.to === 'value' && value !== undefined) return `${name}=${quoted(value)}`;
  if (wanted.to === 'at most' && value !== undefined) return `${name}=${value}`;
  if (wanted.to === 'unset') return `# ${name} must not be set`;
  if (wanted.to === 'anything') return `${name}=`;
  return `# ${assignment(wanted)}`;
}

function quoted(value: string): string {
  return /^[\w./:@-]*$/.test(value) ? value : JSON.stringify(value);
}

// Words

function assignment({ name, to, values }: Wanted): string {
  const shown = visible(name);
  const list = values.map(visible).join(' or ');
  switch (to) {
    case 'value':
      return values.length > 0 ? `${shown}=${list}` : `${shown}=<value>`;
    case 'anything':
      return `${shown}=<value>${values.length > 0 ? `  (not ${list})` : ''}`;
    case 'unset':
      return `${shown} not set`;
    case 'other than':
      return `${shown}=<value>  (not ${list})`;
    case 'at most':
      return `${shown}=${list} or less`;
    case 'says':
      return `${shown}=<see where it is read>`;
  }
}

function named({ ruleId, file, span }: Finding): string {
  return `${ruleId} ${visible(file)}:${span[0]}`;
}

function spot({ file, span }: Place): string {
  return `${visible(file)}:${span[0]}`;
}

function more(count: number): string {
  return count > 0 ? ` and ${count} more` : '';
}

// For programs

function inJson(sheet: Sheet): object {
  const entry = ({ choices, reads, findings }: Entry) => ({
    choices: choices.map((choice: Choice) =>
      choice.map(({ name, to, values }) => ({ name, to, ...(values.length > 0 ? { values } : {}) })),
    ),
    readAt: reads.map(({ file, span }) => ({ file, line: span[0] })),
    findings: findings.map(inShort),
  });
  return {
    version: 1,
    set: sheet.set.map(entry),
    leave: sheet.leave.map(entry),
    others: sheet.others.map(({ words, finding }) => ({ words, finding: inShort(finding) })),
    contradictions: sheet.contradictions,
    remaining: sheet.remaining,
  };
}

function inShort({ ruleId, severity, file, span, fingerprint }: Finding): object {
  return { rule: ruleId, severity, file, line: span[0], fingerprint };
}
