import { Lines, type Raw } from './lines.js';
import type { Flaw } from './tree.js';

/** `Key=Value` below `[Section]`, as systemd's units have it: a key may come several times, and a value go on over lines. */
export interface SectionLine {
  readonly section: string;
  readonly key: string;
  /** Its lines joined, continuation marks as blanks, so that its characters stand where `raw` says. */
  readonly value: string;
  readonly raw: Raw;
  /** Of key and value together. */
  readonly whole: Raw;
}

export function parseSections(text: string): { readonly lines: readonly SectionLine[]; readonly flaw?: Flaw } {
  const places = new Lines(text);
  const found: SectionLine[] = [];
  let flaw: Flaw | undefined;
  let section = '';
  let at = 0;
  while (at < text.length) {
    const from = at;
    let to = endOfLine(text, at);
    const line = text.slice(from, to);
    at = to + 1;
    if (/^\s*(?:[#;].*)?\r?$/.test(line)) continue;
    const header = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1];
    if (header !== undefined) {
      section = header;
      continue;
    }
    const equals = line.indexOf('=');
    if (equals <= 0) {
      flaw ??= { span: places.span(from, to), words: '`[Section]` or `Key=Value` is expected here' };
      continue;
    }
    // Comments may stand between the lines of a value.
    while (/\\\r?$/.test(text.slice(from, to)) && to < text.length) to = endOfLine(text, to + 1);
    at = to + 1;
    const lead = /^\s*/.exec(line.slice(equals + 1))?.[0].length ?? 0;
    const start = from + equals + 1 + lead;
    const value = text
      .slice(start, to)
      .split('\n')
      .map((part, index) => (index > 0 && /^\s*[#;]/.test(part) ? ' '.repeat(part.length) : part))
      .join(' ')
      .replace(/\\(?=\r? |\r?$)/g, ' ')
      .replace(/\r/g, ' ');
    const key = line.slice(0, equals).trim();
    const whole = { from: from + line.search(/\S/), to: start + value.trimEnd().length };
    found.push({ section, key, value: value.trimEnd(), raw: { from: start, to: whole.to }, whole });
  }
  return flaw ? { lines: found, flaw } : { lines: found };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
