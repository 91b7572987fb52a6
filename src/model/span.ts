/** A stretch of text: `[line, column, endLine, endColumn]`, all 1-based, columns in UTF-16 units, end exclusive. */
export type Span = readonly [line: number, column: number, endLine: number, endColumn: number];

/** A span in a file of the audited project; `file` is relative to the project root and uses `/`. */
export interface Place {
  readonly file: string;
  readonly span: Span;
}

/** One begins before the other in the same file. */
export function isBefore(a: Span, b: Span): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

/** They are the same stretch. */
export function isSame(a: Span, b: Span): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3];
}
