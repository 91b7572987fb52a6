import { DockerfileParser, type Instruction, type JSONArgument, JSONInstruction } from 'dockerfile-ast';
import type { Span } from '../model/span.js';
import { Lines, type Raw } from './lines.js';
import type { Flaw } from './tree.js';

/** An instruction of a Dockerfile. */
export interface DockerInstruction {
  /** In capitals: `FROM`, `CMD`. */
  readonly keyword: string;
  readonly span: Span;
  readonly raw: Raw;
  /** `--from=build`, by name without the dashes. */
  readonly flags: Readonly<Record<string, string>>;
  /** What follows the flags, as written with its places; continuation marks and comments among it are blanked out. */
  readonly text: string;
  readonly textAt: number;
  /** The strings of its JSON form. */
  readonly json?: readonly { readonly value: string; readonly span: Span; readonly raw: Raw }[];
  /** Documents that follow it: what `RUN <<EOF` runs. */
  readonly heredocs: readonly { readonly text: string; readonly at: number; readonly name: string }[];
}

const KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

export function parseDockerfile(text: string): {
  readonly instructions: readonly DockerInstruction[];
  readonly flaw?: Flaw;
} {
  const lines = new Lines(text);
  // A range that begins behind the end of the text: the parser gives up on some heredocs that are not closed.
  try {
    const found: readonly Instruction[] = DockerfileParser.parse(text).getInstructions();
    const instructions: readonly DockerInstruction[] = found.map((one: Instruction) => read(one, text, lines));
    const stranger = instructions.find(({ keyword }) => !KEYWORDS.has(keyword));
    const first = instructions.find(({ keyword }) => keyword !== 'ARG');
    const flawed = stranger ?? (first && first.keyword !== 'FROM' ? first : undefined);
    if (!flawed) return { instructions };
    const words = stranger ? `\`${flawed.keyword}\` is no instruction` : '`FROM` must come first';
    return { instructions, flaw: { span: flawed.span, words } };
  } catch (error) {
    return {
      instructions: [],
      flaw: { span: [1, 1, 1, 1], words: error instanceof Error ? error.message : String(error) },
    };
  }
}

function read(instruction: Instruction, text: string, lines: Lines): DockerInstruction {
  const range = instruction.getRange();
  const offset = (at: { line: number; character: number }) => lines.offset(at.line + 1, at.character + 1);
  const whole = { from: offset(range.start), to: offset(range.end) };
  const keywordEnd = offset(instruction.getInstructionRange().end);
  const flags: Record<string, string> = {};
  let textAt = keywordEnd;
  if ('getFlags' in instruction) {
    for (const flag of (instruction as JSONInstruction).getFlags()) {
      flags[flag.getName()] = flag.getValue() ?? '';
      textAt = Math.max(textAt, offset(flag.getRange().end));
    }
  }
  const heredocs = heredocsOf(instruction, text, offset);
  const end = heredocs.length ? lineEnd(text, textAt) : whole.to;
  const shown = masked(text.slice(textAt, end));
  const lead = shown.length - shown.trimStart().length;
  const json =
    instruction instanceof JSONInstruction && instruction.getOpeningBracket() && isJson(shown)
      ? instruction.getJSONStrings().map((string: JSONArgument) => {
          const at = string.getRange();
          const raw = { from: offset(at.start), to: offset(at.end) };
          // The library's own value lacks the blanks.
          return { value: String(JSON.parse(text.slice(raw.from, raw.to))), span: lines.span(raw.from, raw.to), raw };
        })
      : undefined;
  return {
    keyword: instruction.getKeyword(),
    span: lines.span(whole.from, whole.to),
    raw: whole,
    flags,
    text: shown.trim(),
    textAt: textAt + lead,
    ...(json ? { json } : {}),
    heredocs,
  };
}

/** A list that is no JSON is read by the shell. */
function isJson(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

function heredocsOf(
  instruction: Instruction,
  text: string,
  offset: (at: { line: number; character: number }) => number,
): DockerInstruction['heredocs'] {
  if (!('getHeredocs' in instruction) || !text.includes('<<')) return [];
  const found = (instruction as unknown as { getHeredocs(): readonly Heredoc[] }).getHeredocs();
  return found.flatMap((heredoc) => {
    const content = heredoc.getContentRange();
    if (!content) return [];
    const at = offset(content.start);
    return [{ text: text.slice(at, offset(content.end)), at, name: heredoc.getName() }];
  });
}

interface Heredoc {
  getName(): string;
  getContentRange(): { start: { line: number; character: number }; end: { line: number; character: number } } | null;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Continuation marks, and comments between the lines of an instruction, as blanks: the rest stays where it is. */
function masked(text: string): string {
  return text
    .replace(/\\[ \t]*(?=\r?\n)/g, (mark) => ' '.repeat(mark.length))
    .split('\n')
    .map((line, index) => (index > 0 && /^\s*#/.test(line) ? ' '.repeat(line.length) : line))
    .join('\n')
    .replace(/\n/g, ' ');
}
