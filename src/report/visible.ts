/*
 * Text of the audited project is not ours: a file name or a source line may hold terminal escapes or marks that reorder what is
 * shown. Everything that reaches a terminal passes through here.
 */

const CONTROL = /[\u0000-\u001f\u007f]/g;
/**
 * C1 controls, line and paragraph separators, marks of writing direction, invisible characters (among them the tags, in which
 * text can be written that only programs see), characters that are none, halves of surrogate pairs.
 */
const HIDDEN =
  /[\u0080-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

let segmenter: Intl.Segmenter | undefined;

const PLAIN = /^[\t\x20-\x7e]*$/;

/** The segmenter is made when a text needs it: it takes as long as loading all else that a short answer needs. */
function graphemesOf(text: string): Iterable<{ readonly segment: string; readonly index: number }> {
  if (PLAIN.test(text)) return Array.from(text, (segment, index) => ({ segment, index }));
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** One line of text with everything that a terminal would obey, or not show, made visible. Tabs become spaces. */
export function visible(text: string): string {
  return text
    .replace(/[\t\r\n]+/g, ' ')
    .replace(CONTROL, (character) =>
      character === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + character.charCodeAt(0)),
    )
    .replace(HIDDEN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** One character of a source line as shown: tabs reach to the next stop, wide characters take two cells. */
export interface ShownCharacter {
  readonly text: string;
  /** The cell of the terminal at which it starts, 0-based, and how many it takes. */
  readonly cell: number;
  readonly cells: number;
  /** Where it starts in the source line, in UTF-16 units, 0-based. */
  readonly offset: number;
}

const TAB = 4;

export function shownLine(line: string): ShownCharacter[] {
  const shown: ShownCharacter[] = [];
  let cell = 0;
  for (const { segment, index } of graphemesOf(line)) {
    const text = segment === '\t' ? ' '.repeat(TAB - (cell % TAB)) : visible(segment);
    const cells = width(text);
    shown.push({ text, cell, cells, offset: index });
    cell += cells;
  }
  return shown;
}

/** How many cells of a terminal a text takes. */
export function width(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let cells = 0;
  for (const { segment } of graphemesOf(text)) cells += graphemeWidth(segment);
  return cells;
}

const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}|^\p{Emoji}\ufe0f/u;

function graphemeWidth(grapheme: string): number {
  if (/^[\p{M}\u200c\u200d]+$/u.test(grapheme)) return 0;
  if (WIDE.test(grapheme)) return 2;
  return 1;
}

/**
 * Breaks a text into lines of at most so many cells, between words. What stands in backticks is code and stays on one line where
 * it fits; a word that is too long stays whole, for it may be a path to click.
 */
export function wrap(text: string, cells: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text, cells)) {
    if (line === '') line = word;
    else if (width(line) + 1 + width(word) <= cells) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

function wordsOf(text: string, cells: number): string[] {
  const words = text.match(/[^ `]*`[^`]+`[^ ]*|[^ ]+/g) ?? [];
  return words.flatMap((word) => (width(word) > cells ? word.split(/ +/) : [word]));
}
