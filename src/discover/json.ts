import { type ParseError, ParseErrorCode, parse, type ParseOptions, visit } from 'jsonc-parser';
import type { Span } from '../model/span.js';

/** What a JSON text holds: all that could be understood of it, and the first place where it is wrong. */
export interface Json {
  readonly value: unknown;
  readonly flaw?: { readonly span: Span; readonly words: string };
}

const STRICT: ParseOptions = { allowTrailingComma: false, disallowComments: true };
/** As TypeScript reads its configuration. */
const RELAXED: ParseOptions = { allowTrailingComma: true, disallowComments: false };

export function readJson(text: string, dialect: 'strict' | 'relaxed'): Json {
  const options = dialect === 'strict' ? STRICT : RELAXED;
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, options);
  if (errors.length === 0) return { value };
  return { value, flaw: firstFlaw(text, options) };
}

function firstFlaw(text: string, options: ParseOptions): { span: Span; words: string } {
  let flaw: { span: Span; words: string } | undefined;
  visit(
    text,
    {
      onError(error, offset, length, startLine, startCharacter) {
        const line = startLine + 1;
        const column = startCharacter + 1;
        flaw ??= {
          span: [line, column, line, column + length],
          words: WORDS.get(error) ?? `"${text.slice(offset, offset + Math.min(length, 20))}" is not expected here`,
        };
      },
    },
    options,
  );
  return flaw ?? { span: [1, 1, 1, 1], words: 'it is not valid JSON' };
}

const WORDS = new Map<number, string>([
  [ParseErrorCode.PropertyNameExpected, 'a property name in double quotes is expected here'],
  [ParseErrorCode.ValueExpected, 'a value is expected here'],
  [ParseErrorCode.ColonExpected, 'a colon is missing here'],
  [ParseErrorCode.CommaExpected, 'a comma is missing here'],
  [ParseErrorCode.CloseBraceExpected, 'a closing brace is missing here'],
  [ParseErrorCode.CloseBracketExpected, 'a closing bracket is missing here'],
  [ParseErrorCode.EndOfFileExpected, 'nothing more is expected here'],
  [ParseErrorCode.InvalidCommentToken, 'comments are not allowed here'],
  [ParseErrorCode.UnexpectedEndOfComment, 'this comment does not end'],
  [ParseErrorCode.UnexpectedEndOfString, 'this string does not end'],
]);

/** A value as an object, or an empty one: manifests with fields of the wrong type are read as if these were absent. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function asStrings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
