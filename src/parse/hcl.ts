import type { Span } from '../model/span.js';
import { Lines } from './lines.js';
import type { Parsed, Tree, TreeEntry } from './tree.js';

/*
 * HCL, the language of Terraform and Nomad, as far as its structure goes: blocks with labels, attributes, and values that are
 * literals. Everything that would have to be evaluated stays unknown, with its text. The parsers there are for JavaScript are
 * the Go one compiled, of four megabytes, and give no places.
 */

const DEEPEST = 100;

export function parseHcl(text: string): Parsed {
  const reader = new Reader(text);
  try {
    const entries = reader.body(0);
    const raw = { from: 0, to: text.length };
    return { trees: [{ kind: 'map', entries, span: reader.lines.span(0, text.length), raw }] };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    // What stands before the mistake still counts.
    const raw = { from: 0, to: error.at };
    const tree: Tree = { kind: 'map', entries: reader.top, span: reader.lines.span(0, error.at), raw };
    return { trees: [tree], flaw: { span: reader.lines.span(error.at, error.at + 1), words: error.message } };
  }
}

class Mistake extends Error {
  constructor(
    readonly at: number,
    words: string,
  ) {
    super(words);
  }
}

const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const HEREDOC = /<<(-?)([\w-]+)(?![\w-])[^\n]*\n/y;

class Reader {
  readonly lines: Lines;
  readonly top: TreeEntry[] = [];
  private at = 0;

  constructor(private readonly text: string) {
    this.lines = new Lines(text);
  }

  /** Attributes and blocks up to the closing brace, or to the end of the file. */
  body(depth: number): TreeEntry[] {
    if (depth > DEEPEST) throw new Mistake(this.at, 'it is nested too deeply');
    const found: TreeEntry[] = depth === 0 ? this.top : [];
    for (;;) {
      this.skip(true);
      if (this.at >= this.text.length) {
        if (depth > 0) throw new Mistake(this.at, 'a block is not closed');
        return found;
      }
      if (this.text[this.at] === '}') {
        if (depth === 0) throw new Mistake(this.at, '`}` closes nothing');
        this.at++;
        return found;
      }
      found.push(this.attributeOrBlock(depth));
    }
  }

  private attributeOrBlock(depth: number): TreeEntry {
    const from = this.at;
    const key = this.take(NAME) ?? (this.text[this.at] === '"' ? this.quoted() : undefined);
    if (key === undefined) throw new Mistake(this.at, 'a name is expected here');
    const keySpan = this.lines.span(from, this.at);
    this.skip(false);
    if (this.text[this.at] === '=' && this.text[this.at + 1] !== '=') {
      this.at++;
      this.skip(false);
      return { key, keySpan, value: this.expression(depth) };
    }
    const labels: string[] = [];
    for (;;) {
      const label = this.text[this.at] === '"' ? this.quoted() : this.take(NAME);
      if (label === undefined) break;
      labels.push(label);
      this.skip(false);
    }
    if (this.text[this.at] !== '{') throw new Mistake(this.at, '`=` or `{` is expected here');
    this.at++;
    const entries = this.body(depth + 1);
    return { key, keySpan, value: { kind: 'map', entries, ...this.since(from) }, labels };
  }

  private since(from: number): { readonly span: Span; readonly raw: { readonly from: number; readonly to: number } } {
    return { span: this.lines.span(from, this.at), raw: { from, to: this.at } };
  }

  private expression(depth: number): Tree {
    if (depth > DEEPEST) throw new Mistake(this.at, 'it is nested too deeply');
    const from = this.at;
    const simple = this.operand(depth);
    const end = this.at;
    this.skip(false);
    // Alone up to the end of its line, list or call it is what it looks like; otherwise a part of something larger.
    const next = this.text[this.at];
    if (simple && (next === undefined || /[\n\r,\]})]/.test(next))) {
      this.at = end;
      return simple;
    }
    this.at = from;
    this.passExpression();
    return { kind: 'unknown', text: this.text.slice(from, this.at), ...this.since(from) };
  }

  private operand(depth: number): Tree | undefined {
    const from = this.at;
    const char = this.text[from];
    if (char === '"') {
      const value = this.quoted();
      const place = this.since(from);
      return /(?<!\$)\$\{|(?<!%)%\{/.test(this.text.slice(from, this.at))
        ? { kind: 'unknown', text: this.text.slice(from, this.at), ...place }
        : { kind: 'value', value, ...place };
    }
    if (char === '[') {
      this.at++;
      const list: Tree[] = [];
      for (;;) {
        this.skip(true);
        if (this.text[this.at] === ']') break;
        if (this.at >= this.text.length) throw new Mistake(from, 'a list is not closed');
        if (/^for\b/.test(this.text.slice(this.at, this.at + 4))) {
          this.at = from;
          return undefined;
        }
        list.push(this.expression(depth + 1));
        this.separator(']');
      }
      this.at++;
      return { kind: 'list', items: list, ...this.since(from) };
    }
    if (char === '{') return this.object(depth);
    if (char === '<') return this.heredoc();
    const number = this.take(NUMBER);
    if (number !== undefined) return { kind: 'value', value: Number(number), ...this.since(from) };
    const name = this.take(NAME);
    if (name === 'true' || name === 'false') return { kind: 'value', value: name === 'true', ...this.since(from) };
    if (name === 'null') return { kind: 'value', value: null, ...this.since(from) };
    if (name === 'jsonencode' && this.text[this.at] === '(') {
      this.at++;
      this.skip(true);
      const inner = this.expression(depth + 1);
      this.skip(true);
      if (this.text[this.at] !== ')') return undefined;
      this.at++;
      return inner;
    }
    if (name === undefined) return undefined;
    this.at = from;
    this.passExpression();
    return { kind: 'unknown', text: this.text.slice(from, this.at), ...this.since(from) };
  }

  private object(depth: number): Tree | undefined {
    const from = this.at++;
    const entries: TreeEntry[] = [];
    for (;;) {
      this.skip(true);
      if (this.text[this.at] === '}') break;
      if (this.at >= this.text.length) throw new Mistake(from, 'an object is not closed');
      const start = this.at;
      const key = this.text[this.at] === '"' ? this.quoted() : (this.take(NAME) ?? this.take(NUMBER));
      const keySpan = this.lines.span(start, this.at);
      this.skip(false);
      if (key === undefined || !/[=:]/.test(this.text[this.at] ?? '')) {
        // A computed key, or a `for`.
        this.at = from;
        return undefined;
      }
      this.at++;
      this.skip(true);
      entries.push({ key, keySpan, value: this.expression(depth + 1) });
      this.separator('}');
    }
    this.at++;
    return { kind: 'map', entries, ...this.since(from) };
  }

  private separator(close: string): void {
    const before = this.at;
    this.skip(true);
    if (this.text[this.at] === ',') this.at++;
    else if (this.text[this.at] !== close && !/\n/.test(this.text.slice(before, this.at)))
      throw new Mistake(this.at, `\`,\` or \`${close}\` is expected here`);
  }

  private heredoc(): Tree | undefined {
    const from = this.at;
    HEREDOC.lastIndex = from;
    const [opening, , word] = HEREDOC.exec(this.text) ?? [];
    if (opening === undefined || word === undefined) return undefined;
    const start = from + opening.length;
    const close = new RegExp(`^[ \\t]*${word}[ \\t]*$`, 'm');
    const found = close.exec(this.text.slice(start));
    if (!found) throw new Mistake(from, `\`${word}\` does not end`);
    const value = this.text.slice(start, start + found.index);
    this.at = start + found.index + found[0].length;
    const place = this.since(from);
    const raw = { from: start, to: start + found.index };
    return /(?<!\$)\$\{/.test(value)
      ? { kind: 'unknown', text: value, ...place }
      : { kind: 'value', value, span: place.span, raw };
  }

  /** Passes an expression that is not looked into: up to the end of the line, or of the list or call it stands in. */
  private passExpression(): void {
    let open = 0;
    while (this.at < this.text.length) {
      const char = this.text[this.at] as string;
      if (char === '"') {
        this.quoted();
        continue;
      }
      if (this.comment()) continue;
      if (/[([{]/.test(char)) open++;
      else if (/[)\]}]/.test(char)) {
        if (open === 0) return;
        open--;
      } else if (open === 0 && /[\n\r,]/.test(char)) return;
      this.at++;
    }
  }

  /** A string in quotes, its escapes resolved and its templates as they are written. */
  private quoted(): string {
    const from = this.at++;
    let value = '';
    let templates = 0;
    while (this.at < this.text.length) {
      const char = this.text[this.at] as string;
      if (templates === 0 && char === '"') {
        this.at++;
        return value;
      }
      if (templates === 0 && char === '\n') break;
      if (char === '\\') {
        const next = this.text[this.at + 1] ?? '';
        value += next === 'n' ? '\n' : next === 't' ? '\t' : next;
        this.at += 2;
        continue;
      }
      if (/[$%]/.test(char) && this.text[this.at + 1] === '{') templates++;
      else if (char === '}' && templates > 0) templates--;
      value += char;
      this.at++;
    }
    throw new Mistake(from, 'a string is not closed');
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private skip(lineEnds: boolean): void {
    while (this.at < this.text.length) {
      const char = this.text[this.at] as string;
      if (/[ \t]/.test(char) || (lineEnds && /[\n\r]/.test(char))) this.at++;
      else if (!this.comment()) return;
    }
  }

  /** A comment up to, not including, the end of its line. */
  private comment(): boolean {
    const two = this.text.slice(this.at, this.at + 2);
    if (two === '/*') {
      const end = this.text.indexOf('*/', this.at + 2);
      this.at = end < 0 ? this.text.length : end + 2;
      return true;
    }
    if (two[0] !== '#' && two !== '//') return false;
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.text.length : end;
    return true;
  }
}
