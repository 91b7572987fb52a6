import type { ChalkInstance } from 'chalk';
import type { Excerpt } from '../model/report.js';
import type { Span } from '../model/span.js';
import { type ShownCharacter, shownLine } from './visible.js';

export interface FrameStyle {
  readonly chalk: ChalkInstance;
  /** Cells the whole frame may take. */
  readonly width: number;
  readonly mark: (text: string) => string;
}

interface FrameLine {
  readonly number: number;
  readonly characters: readonly ShownCharacter[];
}

/** Of a very long line (a bundle, say) only the surroundings of the span are looked at: no terminal shows more. */
const REACH_BEFORE = 200;
const REACH_AFTER = 1000;

/** The lines of an excerpt with their numbers, and a marker under the span. Shared indentation is taken away, long lines are cut. */
export function codeFrame(
  excerpt: Excerpt,
  [line, column, endLine, endColumn]: Span,
  { chalk, width, mark }: FrameStyle,
): string[] {
  const source = excerpt.lines[line - excerpt.start] ?? '';
  const skipped = source.length > REACH_BEFORE + REACH_AFTER ? Math.max(0, column - 1 - REACH_BEFORE) : 0;
  const lines = withoutBlankEnds(
    excerpt.lines.map(
      (text, index): FrameLine => ({
        number: excerpt.start + index,
        characters: shownLine(text.slice(skipped, skipped + REACH_BEFORE + REACH_AFTER)),
      }),
    ),
    line,
  );
  const primary = lines.find(({ number }) => number === line)?.characters ?? [];
  const indent = sharedIndent(lines);
  const lineEnd = endOf(primary);
  const from = cellAt(primary, column - 1 - skipped);
  const to = endLine === line ? cellAt(primary, endColumn - 1 - skipped) : lineEnd;
  const digits = String(lines.at(-1)?.number ?? line).length;
  const room = Math.max(20, width - digits - 5);
  const left = leftEdge(indent, from, to, lineEnd, room);

  const shown: string[] = [];
  for (const { number, characters } of lines) {
    const label = String(number).padStart(digits);
    const text = cut(characters, left, room, left > indent);
    const bar = chalk.dim('│');
    if (number !== line) {
      shown.push(`  ${chalk.dim(label)} ${bar} ${chalk.dim(text)}`.trimEnd());
      continue;
    }
    shown.push(`${mark('>')} ${chalk.bold(label)} ${bar} ${text}`.trimEnd());
    const start = Math.max(from, left);
    const marker = '^'.repeat(Math.max(1, Math.min(to, left + room) - start));
    shown.push(`  ${' '.repeat(digits)} ${bar} ${' '.repeat(start - left)}${mark(marker)}`);
  }
  return shown;
}

/** Blank lines at the edge of a frame tell nothing. */
function withoutBlankEnds(lines: readonly FrameLine[], primary: number): FrameLine[] {
  const tells = ({ number, characters }: FrameLine) =>
    number === primary || characters.some(({ text }) => text.trim() !== '');
  return lines.slice(lines.findIndex(tells), lines.findLastIndex(tells) + 1);
}

function sharedIndent(lines: readonly FrameLine[]): number {
  const indents = lines.flatMap(({ characters }) => {
    const first = characters.find(({ text }) => text.trim() !== '');
    return first ? [first.cell] : [];
  });
  return indents.length === 0 ? 0 : Math.min(...indents);
}

function endOf(characters: readonly ShownCharacter[]): number {
  const last = characters.at(-1);
  return last ? last.cell + last.cells : 0;
}

/** The cell at which a UTF-16 offset is shown; behind the end of the line, the end. */
function cellAt(characters: readonly ShownCharacter[], offset: number): number {
  const next = characters.findIndex((character) => character.offset > offset);
  const at = next === -1 ? characters.at(-1) : characters[next - 1];
  if (!at) return 0;
  return next === -1 && offset > at.offset ? endOf(characters) : at.cell;
}

/** The first cell to show: the shared indentation, unless the span would not be seen then. */
function leftEdge(indent: number, from: number, to: number, lineEnd: number, room: number): number {
  if (lineEnd - indent <= room || Math.min(to, from + room / 2) - indent <= room - 1) return indent;
  return Math.max(indent, from - Math.floor(room / 4));
}

function cut(characters: readonly ShownCharacter[], left: number, room: number, cutLeft: boolean): string {
  const end = endOf(characters);
  const right = left + room;
  const inside = characters.filter(
    ({ cell, cells }) => cell >= left + (cutLeft ? 1 : 0) && cell + cells <= (end > right ? right - 1 : right),
  );
  const text = inside.map((character) => character.text).join('');
  return `${cutLeft && end > left ? '…' : ''}${text}${end > right ? '…' : ''}`;
}
