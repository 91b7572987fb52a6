import { type ParseError, type ParseOptions, parse, printParseErrorCode, visit } from 'jsonc-parser';
import type { Span } from '../model/span.js';

/** What a JSON text holds: all that could be understood of it, and the first place where it is wrong. */
export interface Json {
  readonly value: unknown;
  readonly flaw?: Flaw;
}

export interface Flaw {
  readonly span: Span;
  readonly words: string;
}

const STRICT: ParseOptions = { allowTrailingComma: false, disallowComments: true };
/** As TypeScript reads its configuration. */
const RELAXED: ParseOptions = { allowTrailingComma: true, disallowComments: false };

export function readJson(text: string, dialect: 'strict' | 'relaxed'): Json {
  const options = dialect === 'strict' ? STRICT : RELAXED;
  const errors: ParseError[] = [];
  try {
    const value: unknown = parse(text, errors, options);
    return errors.length === 0 ? { value } : { value, flaw: firstFlaw(text, options) };
  } catch {
    // The parser calls itself for every level.
    return { value: undefined, flaw: { span: [1, 1, 1, 1], words: 'it is nested too deeply' } };
  }
}

function firstFlaw(text: string, options: ParseOptions): Flaw {
  let flaw: Flaw | undefined;
  visit(
    text,
    {
      onError(error, offset, length, startLine, startCharacter) {
        const line = startLine + 1;
        const column = startCharacter + 1;
        flaw ??= {
          span: [line, column, line, column + length],
          words:
            WORDS[printParseErrorCode(error)] ??
            `\`${text.slice(offset, offset + Math.min(length, 20))}\` does not belong here`,
        };
      },
    },
    options,
  );
  return flaw ?? { span: [1, 1, 1, 1], words: 'it is not valid JSON' };
}

const WORDS: Readonly<Partial<Record<ReturnType<typeof printParseErrorCode>, string>>> = {
  PropertyNameExpected: 'a property name in double quotes is expected here',
  ValueExpected: 'a value is expected here',
  ColonExpected: 'a colon is missing here',
  CommaExpected: 'a comma is missing here',
  CloseBraceExpected: 'a closing brace is missing here',
  CloseBracketExpected: 'a closing bracket is missing here',
  EndOfFileExpected: 'nothing more is expected here',
  InvalidCommentToken: 'comments are not allowed here',
  UnexpectedEndOfComment: 'this comment does not end',
  UnexpectedEndOfString: 'this string does not end',
};

/** A value as an object, or an empty one: a field of the wrong type is read as if it were absent. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function asStrings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
