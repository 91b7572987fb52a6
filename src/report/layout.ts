import type { ChalkInstance } from 'chalk';
import type { Severity, When } from '../model/finding.js';
import type { Place } from '../model/span.js';
import { visible, width, wrap } from './visible.js';

/* What the reports for people look like, whatever they tell. */

export interface Setting {
  /** Colours are its matter: with level 0 the report is plain text. */
  readonly chalk: ChalkInstance;
  /** Cells of a line. */
  readonly width: number;
}

export const INDENT = '  ';

export const MARKS: Record<Severity, string> = { error: '✖', warning: '▲', info: '●' };

export function severityColor(chalk: ChalkInstance, severity: Severity): ChalkInstance {
  return severity === 'error' ? chalk.red : severity === 'warning' ? chalk.yellow : chalk.cyan;
}

export const WHEN_WORDS: Record<Exclude<When, 'always'>, string> = {
  'default-config': 'in the default configuration',
  'optional-config': 'in one possible configuration',
};

export type Content = (cells: number) => string[];

export function paragraph(text: string, chalk: ChalkInstance): Content {
  return (cells) => linesColored(wrap(visible(text), cells), chalk);
}

/** Code in a sentence stands out by colour, where there is any; the backticks stay for copying into a terminal without. */
export function codeColored(text: string, chalk: ChalkInstance): string {
  return text.replace(/`[^`]+`/g, (code) => chalk.green(code));
}

/** The same for the lines of one text: code that is longer than a line goes on in the next one. */
export function linesColored(lines: readonly string[], chalk: ChalkInstance): string[] {
  return lines.length === 0 ? [] : codeColored(lines.join('\n'), chalk).split('\n');
}

/** `file:line:column`, which terminals and editors make a link of. */
export function where({ file, span }: Place): string {
  return `${visible(file)}:${span[0]}:${span[1]}`;
}

export function hanging(first: string, cells: number, lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === 0 ? first : ' '.repeat(cells)) + line);
}

export function heading({ chalk, width: cells }: Setting, text: string): string {
  return `${chalk.dim('──')} ${chalk.bold(text)} ${chalk.dim('─'.repeat(Math.max(0, cells - width(text) - 4)))}`;
}

/** A place and what it has to do with the matter. */
export interface Step extends Place {
  readonly note: string;
  readonly guessed?: true;
}

const MOST_STEPS = 12;

/** Places with their notes, beside them where there is room. */
export function stepLines(steps: readonly Step[], cells: number, chalk: ChalkInstance): string[] {
  if (steps.length === 0) return [];
  const shown = steps.slice(0, MOST_STEPS);
  const places = shown.map(where);
  const column = Math.max(...places.map(width));
  // Notes stand beside their places where there is room for a readable column, else below.
  const beside = cells - column - 2 >= 30;
  const lines = shown.flatMap((step, index) => {
    const place = places[index]!;
    const note = linesColored(wrap(visible(noteOf(step)), beside ? cells - column - 2 : cells - 2), chalk);
    if (!beside) return [chalk.cyan(place), ...note.map((line) => `  ${line}`)];
    return note.map(
      (line, row) =>
        (row === 0 ? chalk.cyan(place) + ' '.repeat(column - width(place)) : ' '.repeat(column)) + `  ${line}`,
    );
  });
  return steps.length > MOST_STEPS
    ? [...lines, chalk.dim(`and ${steps.length - MOST_STEPS} more steps (--format json has all)`)]
    : lines;
}

function noteOf({ note, guessed }: Step): string {
  return guessed ? `${note} (guessed from the name)` : note;
}
