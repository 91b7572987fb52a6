import { Lines, type Raw } from './lines.js';
import type { Flaw } from './tree.js';

/** One variable of an `.env` file; its value is never to be shown. */
export interface EnvLine {
  readonly name: string;
  readonly value: string;
  /** Put together from other variables. */
  readonly computed?: true;
  readonly raw: Raw;
}

const LINE = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*[=:][ \t]*/;

/** The libraries for this format give names and values without places. */
export function parseDotenv(text: string): { readonly variables: readonly EnvLine[]; readonly flaw?: Flaw } {
  const lines = new Lines(text);
  const variables: EnvLine[] = [];
  let flaw: Flaw | undefined;
  let at = 0;
  while (at < text.length) {
    const lineEnd = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
    const line = text.slice(at, lineEnd).replace(/\r$/, '');
    const found = LINE.exec(line);
    if (!found) {
      if (line.trim() !== '' && !/^\s*#/.test(line) && !/^\s*export\s+[\w.-]+\s*$/.test(line))
        flaw ??= { span: lines.span(at, at + line.length), words: 'a name and `=` are expected here' };
      at = lineEnd + 1;
      continue;
    }
    const start = at + found[0].indexOf(found[1] as string);
    const from = at + found[0].length;
    const quote = text[from];
    let to = at + line.length;
    let value = line.slice(found[0].length);
    // A quoted value may go on over lines.
    const close = quote === '"' || quote === "'" || quote === '`' ? closing(text, from, quote) : -1;
    if (close > 0) {
      value = text.slice(from + 1, close);
      to = close + 1;
    } else value = value.replace(/(?<!\s)\s+#.*/, '').trim();
    const computed = quote !== "'" && /\$(?:\{|[A-Za-z_(])/.test(value);
    const raw = { from: start, to: close > 0 ? to : from + value.length };
    variables.push({ name: found[1] as string, value, ...(computed ? { computed } : {}), raw });
    const next = text.indexOf('\n', Math.max(to, at));
    at = next < 0 ? text.length : next + 1;
  }
  return flaw ? { variables, flaw } : { variables };
}

function closing(text: string, open: number, quote: string): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}
