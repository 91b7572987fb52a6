import type { SqlToken } from './sql-tokens.js';

/** A name, as SQL looks it up and as it was written. */
export interface SqlName {
  readonly name: string;
  readonly shown: string;
  readonly token: SqlToken;
}

/** Reads the tokens of a statement one after the other. */
export class SqlCursor {
  private at = 0;

  constructor(private readonly tokens: readonly SqlToken[]) {}

  get token(): SqlToken | undefined {
    return this.tokens[this.at];
  }

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  /** Takes these words, if they come next. */
  take(words: string): boolean {
    const list = words.split(' ');
    if (!list.every((word, index) => isWord(this.tokens[this.at + index], word))) return false;
    this.at += list.length;
    return true;
  }

  /** Takes the first of several sequences of words that comes next. */
  takeAny(...choices: readonly string[]): boolean {
    return choices.some((words) => this.take(words));
  }

  isNext(...words: readonly string[]): boolean {
    return words.some((word) => isWord(this.token, word));
  }

  sign(text: string): boolean {
    if (this.token?.kind !== 'sign' || this.token.text !== text) return false;
    this.at++;
    return true;
  }

  /** `schema.table`, quoted or not, with the parts that a template fills in: the last part names it. */
  name(): SqlName | undefined {
    let last: SqlToken | undefined;
    for (;;) {
      const { token } = this;
      if (!token || !(token.kind === 'word' || token.kind === 'name' || token.kind === 'hole')) break;
      this.at++;
      // `{{prefix}}users`, `${prefix}_users`: what is put together is known in part only.
      const parts = [token];
      while (this.token && this.token.from === parts.at(-1)?.to && /^(?:word|hole|number)$/.test(this.token.kind)) {
        parts.push(this.token);
        this.at++;
      }
      last = parts.length === 1 ? token : { ...token, kind: 'hole', text: '?', to: parts.at(-1)?.to ?? token.to };
      if (!this.sign('.')) break;
    }
    if (!last) return undefined;
    const text = last.kind === 'hole' || /\$\{|\{\{/.test(last.text) ? '?' : last.text;
    return { name: text.toLowerCase(), shown: text, token: last };
  }

  /** `(a, b DESC)`: the names that its parts begin with; a part that is an expression is `?`. */
  names(): SqlName[] {
    return this.parts().flatMap((part) => {
      const cursor = new SqlCursor(part);
      const name = cursor.name();
      if (!name) return [];
      const isExpression = cursor.sign('(') || cursor.sign(':');
      return [isExpression ? { ...name, name: '?', shown: '?' } : name];
    });
  }

  /** The tokens between brackets, split at commas; none where no bracket comes next. */
  parts(): readonly (readonly SqlToken[])[] {
    return this.sign('(') ? this.until(')') : [];
  }

  /** All that is left, split at commas outside of brackets. */
  rest(): readonly (readonly SqlToken[])[] {
    return this.until(undefined);
  }

  /** Everything that is left, without moving on. */
  ahead(): readonly SqlToken[] {
    return this.tokens.slice(this.at);
  }

  skip(): void {
    this.at++;
  }

  private until(close: string | undefined): readonly (readonly SqlToken[])[] {
    const parts: SqlToken[][] = [[]];
    let depth = 0;
    for (; this.token; this.at++) {
      const { kind, text } = this.token;
      if (kind === 'sign') {
        if (depth === 0 && text === close) break;
        if (text === '(') depth++;
        if (text === ')') depth--;
        if (text === ',' && depth === 0) {
          parts.push([]);
          continue;
        }
      }
      parts.at(-1)?.push(this.token);
    }
    this.at++;
    return parts.filter((part) => part.length > 0);
  }
}

export function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}

/** Whether these words stand one after the other somewhere, outside of brackets. */
export function says(tokens: readonly SqlToken[], words: string): boolean {
  const list = words.split(' ');
  let depth = 0;
  return tokens.some((token, at) => {
    if (token.kind === 'sign' && token.text === '(') depth++;
    if (token.kind === 'sign' && token.text === ')') depth--;
    return depth === 0 && list.every((word, index) => isWord(tokens[at + index], word));
  });
}
