import { ts } from 'ts-morph';
import { isFlow, withoutType } from './flow.js';
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
    const syntax = read(input, input.text);
    const first = mistakeIn(syntax);
    if (!first) return { syntax, problems: [] };
    const mended = mayBeFlow(input) ? withoutFlow(input, first) : undefined;
    if (mended) return { syntax: mended, problems: [] };
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

function read({ file, language }: Input, text: string): Syntax {
  return ts.createSourceFile(file, text, OPTIONS, false, KINDS[language]);
}

function mistakeIn(syntax: Syntax): ts.DiagnosticWithLocation | undefined {
  // The list is there on every parsed file, but the public types leave it out; asking a Program for it would bind and check.
  const { parseDiagnostics } = syntax as Syntax & { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] };
  return parseDiagnostics?.find(({ code }) => !OLD_BUT_READ.has(code));
}

/** So many pieces of types a file may have that the compiler does not read. */
const MOST_PIECES = 100;

function mayBeFlow({ language, text }: Input): boolean {
  return (language === 'javascript' || language === 'jsx') && isFlow(text);
}

/** The syntax without Flow's types, if these are all that stood in the way. */
function withoutFlow(input: Input, first: ts.DiagnosticWithLocation): Syntax | undefined {
  let { text } = input;
  let mistake: ts.DiagnosticWithLocation | undefined = first;
  for (let pieces = 0; pieces < MOST_PIECES; pieces++) {
    const less = withoutType(text, mistake.start);
    if (less === undefined) return undefined;
    text = less;
    const syntax = read(input, text);
    mistake = mistakeIn(syntax);
    if (!mistake) return syntax;
  }
  return undefined;
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
