import { ts } from 'ts-morph';
import { type Input, MAY_BE_MISSING, type Problem } from '../model/input.js';

/** The syntax of one source file; lives no longer than its collection. */
export type Syntax = ts.SourceFile;

/** Comments for documentation are text to whoever collects; without them parsing takes a tenth less time. */
const OPTIONS = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone } as const;

const KINDS = {
  typescript: ts.ScriptKind.TS,
  tsx: ts.ScriptKind.TSX,
  javascript: ts.ScriptKind.JS,
  jsx: ts.ScriptKind.JSX,
} as const;

/**
 * What older scripts may write and the parser reads as it is meant, though the compiler forbids it: `010`, `'\033[0m'`, `'\8'` and `08`.
 * Nothing is missing then.
 */
const OLD_BUT_READ: ReadonlySet<number> = new Set([1121, 1487, 1488, 1489]);

/**
 * Parses a file with the compiler that ts-morph carries. The parser recovers from errors, so a file with a syntax error
 * still yields what could be read of it, beside the problem that says so.
 */
export function parse(input: Input): { syntax?: Syntax; problems: Problem[] } {
  try {
    const syntax = ts.createSourceFile(input.file, input.text, OPTIONS, false, KINDS[input.language]);
    // The list is there on every parsed file, but the public types leave it out; asking a Program for it would bind and check.
    const errors = (syntax as ts.SourceFile & { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] })
      .parseDiagnostics;
    const first = errors?.find(({ code }) => !OLD_BUT_READ.has(code));
    if (!first) return { syntax, problems: [] };
    const at = syntax.getLineAndCharacterOfPosition(first.start);
    const end = syntax.getLineAndCharacterOfPosition(first.start + first.length);
    const reason = ts.flattenDiagnosticMessageText(first.messageText, ' ');
    return {
      syntax,
      problems: [
        {
          kind: 'unparsable',
          level: 'error',
          file: input.file,
          span: [at.line + 1, at.character + 1, end.line + 1, end.character + 1],
          message: `cannot be parsed: ${reason} ${MAY_BE_MISSING}`,
        },
      ],
    };
  } catch (error) {
    if (error instanceof RangeError) return { problems: [tooDeep(input.file)] };
    const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    return {
      problems: [
        {
          kind: 'unparsable',
          level: 'error',
          file: input.file,
          message: `cannot be parsed: the compiler failed (${reason}). Name it in "ignores" if nothing in it matters.`,
        },
      ],
    };
  }
}

/** The problem of a file nested deeper than the call stack. */
export function tooDeep(file: string): Problem {
  return {
    kind: 'unparsable',
    level: 'error',
    file,
    message: 'cannot be parsed: its code is nested too deeply. If it is generated, name it in "ignores".',
  };
}
