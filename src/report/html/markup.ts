import { wellFormed } from '../places.js';
import { visible } from '../visible.js';

/** HTML that is ours. Whatever else is put into a template is text, and stays text. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | undefined | readonly Markup[];

/** A template of HTML: every string put in is escaped, a list is joined, `undefined` is nothing. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((own, index) => own + (index < parts.length ? textOf(parts[index]) : '')).join(''));
}

export const NOTHING = new Markup('');

function textOf(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return escaped(String(part));
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => NAMED[character]!);
}

/** A sentence in which backticks mark code. */
export function sentence(text: string): Markup {
  const parts = visible(text).split(/`([^`]+)`/);
  return markup`${parts.map((part, index) => (index % 2 === 1 ? markup`<code>${part}</code>` : markup`${part}`))}`;
}

/** Code of one line, blanks kept. */
export function code(text: string): Markup {
  return markup`${text.replaceAll('\t', '    ')}`;
}

/** Only addresses of the web become links: a rule of somebody else could name any. */
export function link(address: string | undefined, content: Markup): Markup {
  return address !== undefined && /^https?:\/\//.test(address)
    ? markup`<a href="${address.replace(/[^\x21-\x7e]/gu, encodeSafely)}" rel="noreferrer">${content}</a>`
    : content;
}

function encodeSafely(character: string): string {
  return encodeURIComponent(wellFormed(character));
}
