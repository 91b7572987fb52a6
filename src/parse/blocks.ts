import type { Span } from '../model/span.js';
import { Lines } from './lines.js';
import type { Flaw } from './tree.js';

/*
 * Configuration as nginx and Caddy write it: words, ended by a semicolon or by the line, or followed by a block in braces. The
 * parsers for nginx there are keep no places, and follow includes on disk.
 */

export interface Directive {
  readonly words: readonly string[];
  readonly span: Span;
  /** The places of its words, one each. */
  readonly spans: readonly Span[];
  readonly block?: readonly Directive[];
}

const DEEPEST = 60;
const MOST = 50_000;

/** `ends`: what ends a directive. For Caddy a brace belongs to a block only where blanks stand around it. */
export function parseBlocks(text: string, ends: ';' | 'line'): { directives: readonly Directive[]; flaw?: Flaw } {
  const reader = new Reader(text, ends);
  const directives = reader.block(0);
  return reader.flaw ? { directives, flaw: reader.flaw } : { directives };
}

interface Token {
  readonly kind: 'word' | 'open' | 'close' | 'end';
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

class Reader {
  flaw?: Flaw;
  private readonly lines: Lines;
  private at = 0;
  private left = MOST;

  constructor(
    private readonly text: string,
    private readonly ends: ';' | 'line',
  ) {
    this.lines = new Lines(text);
  }

  block(depth: number, opened = 0): readonly Directive[] {
    const found: Directive[] = [];
    let words: Token[] = [];
    const finish = (block?: readonly Directive[]) => {
      const [first] = words;
      const last = words.at(-1);
      if (first && last)
        found.push({
          words: words.map(({ value }) => value),
          span: this.lines.span(first.from, last.to),
          spans: words.map(({ from, to }) => this.lines.span(from, to)),
          ...(block ? { block } : {}),
        });
      else if (block) found.push({ words: [], span: [1, 1, 1, 1], spans: [], block });
      words = [];
    };
    while (this.left-- > 0) {
      const token = this.next();
      if (!token) {
        if (depth > 0) this.mistake(opened, 'a block is not closed');
        else if (words.length && this.ends === ';') this.mistake(words[0]!.from, 'a directive is not ended');
        finish();
        return found;
      }
      if (token.kind === 'word') words.push(token);
      else if (token.kind === 'end') finish();
      else if (token.kind === 'open') {
        if (depth >= DEEPEST) {
          this.mistake(token.from, 'it is nested too deeply');
          return found;
        }
        finish(this.block(depth + 1, token.from));
      } else {
        finish();
        if (depth > 0) return found;
        this.mistake(token.from, '`}` closes nothing');
      }
    }
    return found;
  }

  private mistake(at: number, words: string): void {
    this.flaw ??= { span: this.lines.span(at, at + 1), words };
  }

  private next(): Token | undefined {
    const { text } = this;
    for (;;) {
      const char = text[this.at];
      if (char === undefined) return undefined;
      if (char === '#') {
        const end = text.indexOf('\n', this.at);
        this.at = end < 0 ? text.length : end;
      } else if (char === '\n' && this.ends === 'line') {
        this.at++;
        return { kind: 'end', value: '', from: this.at - 1, to: this.at };
      } else if (char === '\\' && /\r?\n/y.test(text.slice(this.at + 1, this.at + 3))) this.at += 2;
      else if (/\s/.test(char)) this.at++;
      else break;
    }
    const from = this.at;
    const char = text[from] as string;
    if (char === ';' && this.ends === ';') return this.mark('end');
    if (char === '{' && this.stands(from)) return this.mark('open');
    if (char === '}' && this.stands(from)) return this.mark('close');
    if (char === '"' || char === "'" || char === '`') return this.quoted(char);
    let to = from;
    for (; to < text.length; to++) {
      const one = text[to] as string;
      if (one === '\\' && this.ends === ';') to++;
      else if (/\s/.test(one) || (this.ends === ';' && /[;{}]/.test(one) && !(one === '{' && text[to - 1] === '$')))
        break;
      else if (one === '{' && text[to - 1] === '$' && this.ends === ';') {
        const close = text.indexOf('}', to);
        if (close > 0) to = close;
      }
    }
    this.at = Math.max(to, from + 1);
    return { kind: 'word', value: text.slice(from, this.at), from, to: this.at };
  }

  /** Caddy's placeholders, `{args[0]}`, are words. */
  private stands(at: number): boolean {
    return this.ends === ';' || /^\s?$/.test(this.text[at + 1] ?? '');
  }

  private mark(kind: 'end' | 'open' | 'close'): Token {
    this.at++;
    return { kind, value: '', from: this.at - 1, to: this.at };
  }

  private quoted(quote: string): Token {
    const from = this.at++;
    let value = '';
    while (this.at < this.text.length && this.text[this.at] !== quote) {
      if (this.text[this.at] === '\\' && quote !== '`') this.at++;
      value += this.text[this.at] ?? '';
      this.at++;
    }
    if (this.at >= this.text.length) this.mistake(from, 'a string is not closed');
    this.at++;
    return { kind: 'word', value, from, to: Math.min(this.at, this.text.length) };
  }
}
