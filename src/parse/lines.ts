import type { Span } from '../model/span.js';

/** Turns offsets of one text into lines and columns. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(readonly text: string) {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      // A carriage return alone ends a line as well; before a line feed it belongs to that.
      if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) this.starts.push(at + 1);
    }
  }

  span(from: number, to: number): Span {
    const [line, column] = this.position(from);
    const [endLine, endColumn] = this.position(Math.max(from, to));
    return [line, column, endLine, endColumn];
  }

  offset(line: number, column: number): number {
    return (this.starts[line - 1] ?? this.text.length) + column - 1;
  }

  private position(offset: number): readonly [number, number] {
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= at) low = middle;
      else high = middle - 1;
    }
    return [low + 1, at - (this.starts[low] as number) + 1];
  }
}

/** A stretch of a text that holds a value, perhaps quoted, escaped, folded or continued over lines. */
export interface Raw {
  readonly from: number;
  readonly to: number;
}

const BLANK = /\s/;

/**
 * Where each character of a value stands in the text it was read from. A value is what is left of its text when quotes,
 * backslashes, indentation and continuation marks are taken away, so its characters are found there in the same order. Nothing is
 * given where they are not: then something was put in.
 */
export function aligned(text: string, { from, to }: Raw, value: string): Int32Array | undefined {
  const at = new Int32Array(value.length + 1);
  let source = from;
  for (let index = 0; index < value.length; index++) {
    const char = value[index] as string;
    if (BLANK.test(char)) {
      // Folding turns a line's end into a blank: where this one stands is decided by what follows.
      at[index] = source;
      if (BLANK.test(text[source] ?? '')) source++;
      continue;
    }
    while (source < to && text[source] !== char) source++;
    if (source >= to) return undefined;
    at[index] = source++;
  }
  at[value.length] = source;
  return at;
}
