import { visible } from './visible.js';

/* Text of the audited project in Markdown: it stays text, whatever it looks like. */

/** A sentence in which backticks mark code, and nothing else means anything. */
export function markdownText(text: string): string {
  return visible(text)
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? codeSpan(part.slice(1, -1)) : escaped(part)))
    .join('');
}

/** Code within a line. */
export function codeSpan(text: string): string {
  const code = visible(text);
  const fence = '`'.repeat(longestRun(code) + 1);
  const edge = code.startsWith('`') || code.endsWith('`') || code.trim() === '' ? ' ' : '';
  return `${fence}${edge}${code}${edge}${fence}`;
}

/** The same in a cell of a table, which a bar would end even in code. */
export function tableCode(text: string): string {
  return codeSpan(text).replaceAll('|', '\\|');
}

/** A block of code. */
export function codeBlock(lines: readonly string[], language: string): string {
  const shown = lines.map((line) => visible(line.replaceAll('\t', '  ')));
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n')) + 1));
  return [`${fence}${language}`, ...shown, fence].join('\n');
}

/** Also what the services around Markdown obey: mentions, references to issues, addresses that become links, formulas. */
function escaped(text: string): string {
  return text
    .replace(/&(?=#?\w)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*[\]|~$]|(?<!\w)_|_(?!\w)/g, '\\$&')
    .replace(/@/g, '@<!-- -->')
    .replace(/#(?=\w)/g, '#<!-- -->')
    .replace(/\b(www|https?|ftp|mailto|xmpp)(?=[.:])/gi, '$1<!-- -->')
    .replace(/^([-+=>#]|\d+[.)])/, blockMark);
}

/** What begins a list, a heading or a quotation, where the sentence begins its line. */
function blockMark(mark: string): string {
  return mark.length === 1 ? `\\${mark}` : `${mark.slice(0, -1)}\\${mark.slice(-1)}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
