import type { ChalkInstance } from 'chalk';
import { visible, width, wrap } from '../report/visible.js';

export interface PageSetting {
  readonly chalk: ChalkInstance;
  readonly width: number;
}

/** A rule's Markdown page as text for the terminal. It knows what such pages use: headings, paragraphs, lists, code, tables. */
export function renderPage(markdown: string, setting: PageSetting): string {
  const { chalk } = setting;
  const out: string[] = [];
  let paragraph: string[] = [];
  let fenced = false;
  const flush = () => {
    if (paragraph.length > 0) out.push(...renderParagraph(paragraph, setting));
    paragraph = [];
  };
  for (const line of markdown.trim().split(/\r?\n/)) {
    if (/^\s*(```|~~~)/.test(line)) {
      flush();
      fenced = !fenced;
    } else if (fenced) out.push(chalk.cyan(`    ${sourceText(line)}`).trimEnd());
    else if (/^#+ /.test(line)) {
      flush();
      out.push(renderHeading(line, chalk));
    } else if (line.trim() === '') {
      flush();
      if (out.at(-1) !== '') out.push('');
    } else if (/^\s*\|/.test(line)) {
      flush();
      out.push(`  ${inline(line.trim(), chalk)}`);
    } else if (/^\s*([-*]|\d+\.) /.test(line)) {
      flush();
      paragraph = [line];
    } else paragraph.push(line);
  }
  flush();
  return `${out.join('\n').trimEnd()}\n`;
}

function renderHeading(line: string, chalk: ChalkInstance): string {
  const text = plain(line.replace(/^#+ /, ''));
  return line.startsWith('# ') ? chalk.bold.underline(text) : chalk.bold(text);
}

function renderParagraph(lines: readonly string[], { chalk, width: cells }: PageSetting): string[] {
  const [, space = '', mark = ''] = /^(\s*)((?:[-*]|\d+\.) )?/.exec(lines[0]!) ?? [];
  const lead = mark === '' ? '' : `  ${space}${/\d/.test(mark) ? mark : '• '}`;
  const hang = ' '.repeat(width(lead));
  const text = lines
    .map((line) => line.trim())
    .join(' ')
    .slice(mark.length);
  // Wrapped with its marks still on, which is at most a few cells short; colours could not be broken across lines.
  const wrapped = wrap(inlineLinks(visible(text)), cells - width(lead));
  return styledAcrossLines(wrapped, chalk).map((line, index) => (index === 0 ? lead : hang) + line);
}

function sourceText(line: string): string {
  return visible(line.replaceAll('\t', '  '));
}

function plain(text: string): string {
  return visible(inlineLinks(text))
    .replace(/`([^`]+)`/g, '$1')
    .replace(/\*\*([^*]+)\*\*/g, '$1');
}

function inline(text: string, chalk: ChalkInstance): string {
  return styledAcrossLines([inlineLinks(visible(text))], chalk).join('');
}

/** `[text](address)` becomes `text (address)`. */
function inlineLinks(text: string): string {
  return text.replace(/\[([^[\]]+)\]\(([^()\s]+)\)/g, (_, label: string, address: string) =>
    label === address ? address : `${label} (${address})`,
  );
}

/** Turns `code` and **strong** into colour, where a mark may open on one line and close on the next. */
function styledAcrossLines(lines: readonly string[], chalk: ChalkInstance): string[] {
  let code = false;
  let strong = false;
  return lines.map((line) =>
    line
      .split(/(`|\*\*)/)
      .map((part) => {
        if (part === '`') code = !code;
        else if (part === '**' && !code) strong = !strong;
        else if (part !== '') return code ? chalk.cyan(part) : strong ? chalk.bold(part) : part;
        return '';
      })
      .join(''),
  );
}
