import type { SqlDialect } from '../model/schema.js';

/*
 * Splits SQL into statements, and these into tokens with their places. Dialects differ most here: what quotes a name and what a
 * string, what a comment is, and where a statement ends. Nothing is thrown; what does not end is a flaw.
 */

export interface SqlToken {
  /** `body` is between dollar quotes; `hole` is filled in by a template. */
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'sign' | 'body' | 'hole';
  /** Without quotes. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

export interface SqlStatement {
  readonly tokens: readonly SqlToken[];
  readonly from: number;
  readonly to: number;
}

export interface SqlText {
  readonly statements: readonly SqlStatement[];
  /** Line comments, without their marks. */
  readonly comments: readonly { readonly text: string; readonly from: number; readonly to: number }[];
  /** A quote, comment or body that never ends: what follows could not be told apart. */
  readonly flaw?: { readonly at: number; readonly words: string };
}

const WORD = /[\p{L}_@][\p{L}\p{N}_$@]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy;
const DOLLAR = /\$(?:[A-Za-z_]\w*)?\$/y;
const TEMPLATE: readonly (readonly [string, string])[] = [
  ['${', '}'],
  ['{{', '}}'],
  ['<%', '%>'],
];
/** What begins a statement on a line of its own where nobody writes semicolons. */
const BEGINS =
  /(?:(?:alter|create|drop)\s+(?:table|index|unique|view|procedure|function|trigger|schema|type)|exec(?:ute)?\s|insert\s+into|update\s+\S+\s+set|print\s)/iy;
const ROUTINE = /^(?:function|procedure|trigger|event)$/i;

export function sqlTokens(text: string, dialect: SqlDialect | undefined): SqlText {
  return new Splitter(text, dialect).run();
}

class Splitter {
  private at = 0;
  private delimiter = ';';
  private tokens: SqlToken[] = [];
  /** Of `BEGIN … END` in a routine: semicolons within are its own. */
  private depth = 0;
  private brackets = 0;
  private readonly statements: SqlStatement[] = [];
  private readonly comments: { text: string; from: number; to: number }[] = [];
  private flaw: { at: number; words: string } | undefined;

  constructor(
    private readonly text: string,
    private readonly dialect: SqlDialect | undefined,
  ) {}

  run(): SqlText {
    while (this.at < this.text.length && !this.flaw) this.step();
    this.end();
    return { statements: this.statements, comments: this.comments, ...(this.flaw ? { flaw: this.flaw } : {}) };
  }

  private step(): void {
    const { text, at } = this;
    const sign = text[at] as string;
    if (/\s/.test(sign)) this.at++;
    else if (this.isLineStart() && this.command()) return;
    else if (text.startsWith(this.delimiter, at) && (this.depth === 0 || this.delimiter !== ';')) {
      this.end();
      this.at = at + this.delimiter.length;
      this.skipCopied();
    } else if (this.comment() || this.template() || this.quoted()) return;
    else this.plain(sign);
  }

  private isLineStart(): boolean {
    const before = this.text.slice(this.text.lastIndexOf('\n', this.at - 1) + 1, this.at);
    return before.trim() === '';
  }

  /** Lines for the client, not for the database; where nothing else ends a statement, the line that begins the next. */
  private command(): boolean {
    const { text, at } = this;
    const lineEnd = endOfLine(text, at);
    const line = text.slice(at, lineEnd).trim();
    const [, delimiter] = /^delimiter\s+(\S+)$/i.exec(line) ?? [];
    if (delimiter !== undefined) {
      this.end();
      this.delimiter = delimiter;
    } else if (/^\\\w/.test(line) && this.tokens.length === 0) {
      this.end();
    } else if (/^go(?:\s+\d+)?$/i.test(line) && this.dialect !== 'mysql' && this.dialect !== 'postgresql') {
      this.end();
    } else {
      if (this.dialect === 'mssql' && this.tokens.length > 0 && this.brackets === 0 && this.depth === 0) {
        BEGINS.lastIndex = at;
        if (BEGINS.test(text)) this.end();
      }
      return false;
    }
    this.at = lineEnd;
    return true;
  }

  private comment(): boolean {
    const { text, at, dialect } = this;
    // A `#` is an operator elsewhere; where the dialect is not known, a line that begins with it is a comment.
    const isHash = text[at] === '#' && (dialect === 'mysql' || (dialect === undefined && this.isLineStart()));
    if (text.startsWith('--', at) || isHash) {
      const to = endOfLine(text, at);
      const content = text.slice(at + (isHash ? 1 : 2), to).trim();
      this.comments.push({ text: content, from: at, to });
      if (/^>\s*statement-breakpoint/.test(content)) this.end();
      this.at = to;
      return true;
    }
    if (!text.startsWith('/*', at)) return false;
    let depth = 1;
    let to = at + 2;
    for (; to < text.length && depth > 0; to++) {
      if (text.startsWith('*/', to)) depth--;
      else if (dialect === 'postgresql' && text.startsWith('/*', to)) depth++;
      else continue;
      to++;
    }
    if (depth > 0) this.fail(at, 'a comment that never ends');
    this.at = to;
    return true;
  }

  private template(): boolean {
    const { text, at } = this;
    const found = TEMPLATE.find(([open]) => text.startsWith(open, at));
    if (!found) return false;
    const to = text.indexOf(found[1], at + 2);
    if (to < 0) {
      this.fail(at, 'a template that never ends');
      return true;
    }
    this.push('hole', '?', at, to + found[1].length);
    return true;
  }

  private quoted(): boolean {
    const { text, at, dialect } = this;
    const sign = text[at] as string;
    if (sign === '$' && dialect !== 'mysql' && dialect !== 'sqlite') {
      DOLLAR.lastIndex = at;
      const [tag] = DOLLAR.exec(text) ?? [];
      if (tag === undefined) return false;
      const to = text.indexOf(tag, at + tag.length);
      if (to < 0) this.fail(at, 'a body in dollar quotes that never ends');
      else this.push('body', text.slice(at + tag.length, to), at, to + tag.length);
      return true;
    }
    if (sign === "'" || sign === '"' || sign === '`') {
      const before = this.tokens.at(-1);
      const isEscaped =
        dialect === 'mysql' || (before?.kind === 'word' && before.to === at && /^e$/i.test(before.text));
      this.until(sign, isEscaped && sign !== '`', sign === "'" ? 'string' : 'name');
      return true;
    }
    // Brackets behind a word are an array's elsewhere.
    const isName =
      dialect === 'mssql' || dialect === 'sqlite' || (dialect === undefined && !/\w/.test(text[at - 1] ?? ''));
    if (sign !== '[' || !isName || !/^\[[\w $.-]+\]/.test(text.slice(at, at + 130))) return false;
    this.until(']', false, 'name');
    return true;
  }

  private until(close: string, isEscaped: boolean, kind: 'string' | 'name'): void {
    const { text, at } = this;
    let content = '';
    let to = at + 1;
    for (; to < text.length; to++) {
      const sign = text[to] as string;
      if (isEscaped && sign === '\\') content += text[++to] ?? '';
      else if (sign !== close) content += sign;
      else if (text[to + 1] === close) content += text[++to];
      else break;
    }
    if (to >= text.length) this.fail(at, 'a quote that is never closed');
    else this.push(kind, content, at, to + 1);
  }

  private plain(sign: string): void {
    WORD.lastIndex = this.at;
    NUMBER.lastIndex = this.at;
    const [word] = WORD.exec(this.text) ?? [];
    if (word !== undefined) {
      this.routine(word);
      this.push('word', word, this.at, this.at + word.length);
      return;
    }
    const [number] = NUMBER.exec(this.text) ?? [];
    if (number !== undefined) {
      // `2fa_secret` without quotes is a name to some.
      WORD.lastIndex = this.at + number.length;
      const [rest = ''] = WORD.exec(this.text) ?? [];
      this.push(rest ? 'word' : 'number', number + rest, this.at, this.at + number.length + rest.length);
      return;
    }
    if (sign === '(') this.brackets++;
    if (sign === ')') this.brackets--;
    this.push('sign', sign, this.at, this.at + 1);
  }

  private routine(word: string): void {
    const first = this.tokens[0]?.text ?? '';
    if (
      !/^create$/i.test(first) ||
      !this.tokens.slice(0, 12).some(({ kind, text }) => kind === 'word' && ROUTINE.test(text))
    )
      return;
    const before = this.tokens.at(-1)?.text ?? '';
    if (/^begin$/i.test(word) || (/^case$/i.test(word) && !/^end$/i.test(before) && this.depth > 0)) this.depth++;
    if (!/^end$/i.test(word)) return;
    const rest = this.text.slice(this.at + word.length, this.at + word.length + 20);
    if (!/^\s+(?:if|loop|while|repeat)\b/i.test(rest)) this.depth = Math.max(0, this.depth - 1);
  }

  /** The rows behind `COPY … FROM stdin;` are data. */
  private skipCopied(): void {
    const tokens = this.statements.at(-1)?.tokens ?? [];
    const isCopy = /^copy$/i.test(tokens[0]?.text ?? '') && tokens.some(({ text }) => /^stdin$/i.test(text));
    if (!isCopy || this.statements.at(-1)?.to !== this.at - this.delimiter.length) return;
    const end = /^\\\.\s*$/m.exec(this.text.slice(this.at));
    this.at = end ? this.at + end.index + end[0].length : this.text.length;
  }

  private push(kind: SqlToken['kind'], text: string, from: number, to: number): void {
    this.tokens.push({ kind, text, from, to });
    this.at = to;
  }

  private fail(at: number, words: string): void {
    this.flaw = { at, words };
    this.at = this.text.length;
    // The statement that it stands in is not whole.
    this.tokens = [];
  }

  private end(): void {
    const [first] = this.tokens;
    const last = this.tokens.at(-1);
    if (first && last) this.statements.push({ tokens: this.tokens, from: first.from, to: last.to });
    this.tokens = [];
    this.depth = 0;
    this.brackets = 0;
  }
}

function endOfLine(text: string, at: number): number {
  const to = text.indexOf('\n', at);
  if (to < 0) return text.length;
  return text[to - 1] === '\r' ? to - 1 : to;
}

/** The dialect that a text's own words speak of, where only one has them. */
export function dialectOf(text: string): SqlDialect | undefined {
  const shown = text.slice(0, 20_000).replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
  if (/\bauto_increment\b|\bengine\s*=\s*\w|^[ \t]*delimiter\s|\bunsigned\b|\bmodify\s+column\b/im.test(shown))
    return 'mysql';
  if (/\bautoincrement\b|^[ \t]*pragma\s/im.test(shown)) return 'sqlite';
  if (/\bnvarchar\b|^[ \t]*go[ \t]*\r?$|\bsp_rename\b|\bidentity\s*\(|\[dbo\]|\bdatetime2\b/im.test(shown))
    return 'mssql';
  if (
    /\$\w*\$|::\w|\bserial\b|\bbigserial\b|\btimestamptz\b|\bjsonb\b|\bbytea\b|\bplpgsql\b|\buuid\b|"public"|\bset data type\b|\bas enum\b|\bconcurrently\b/i.test(
      shown,
    )
  )
    return 'postgresql';
  if (/`\w+`/.test(shown)) return 'mysql';
  return undefined;
}
