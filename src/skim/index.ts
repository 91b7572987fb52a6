import type { Input, Problem } from '../model/input.js';

export { surroundingsIn, unread, unreadIn, type Surroundings, type Unread } from './unread.js';

export interface Skimmed {
  /** Whether the file is worth parsing. */
  readonly parse: boolean;
  readonly problem?: Problem;
  /** In a word, why it is not parsed. */
  readonly reason?: string;
}

/** In characters. Hand-written files stay far below; the compiler needs seconds and gigabytes for a few of this size. */
const LIMIT = 2 * 1024 * 1024;

/**
 * A cheap look at a text before it is parsed: what is no source, what no person reads, and what is too large is left out, and
 * never in silence. Every check is one pass over the characters; patterns that could backtrack have no place here.
 */
export function skim({ file, language, text }: Input): Skimmed {
  if (isBlank(text)) return { parse: false, reason: 'empty' };
  const other = otherContent(text, language);
  if (other) return leftOut('not-source', file, `it is ${other}, not source code`);
  if (isMinified(text, file))
    return leftOut('minified', file, 'it is minified or generated, and no place in it could be pointed at');
  if (text.length > LIMIT) {
    const size = (text.length / 1024 / 1024).toFixed(1);
    return leftOut('too-large', file, `it has ${size} MB, and ${LIMIT / 1024 / 1024} MB is the limit for a file`);
  }
  return { parse: true };
}

function leftOut(kind: 'not-source' | 'minified' | 'too-large', file: string, why: string): Skimmed {
  const message = `was not looked at: ${why}. Name it in "ignores" to silence this note.`;
  return { parse: false, reason: kind, problem: { kind, level: 'note', file, message } };
}

function isBlank(text: string): boolean {
  return firstVisible(text) === text.length;
}

function firstVisible(text: string): number {
  let at = 0;
  while (at < text.length && /\s/.test(text[at]!)) at++;
  return at;
}

/** What a file is that is only called like source: extensions have more than one owner. */
function otherContent(text: string, language: Input['language']): string | undefined {
  if (isBinary(text)) return 'binary data';
  const start = firstVisible(text);
  const head = text.slice(start, start + 80).toLowerCase();
  if (/^<!doctype ts\b/.test(head) || (language === 'typescript' && /^<ts[\s>]/.test(head))) return 'a Qt translation';
  if (head.startsWith('<?php')) return 'PHP';
  if (head.startsWith('<?') || head.startsWith('<!doctype')) return 'a markup document';
  if (head.startsWith('version https://git-lfs.github.com/'))
    return 'a pointer of Git LFS, whose content was not fetched';
  return undefined;
}

/**
 * Binary data shows in its first kilobytes, by a NUL or by control characters. Replacement characters alone prove nothing:
 * text in an old national encoding is full of them, and its code can be read all the same.
 */
function isBinary(text: string): boolean {
  const sample = Math.min(text.length, 8192);
  let controls = 0;
  let replaced = 0;
  for (let at = 0; at < sample; at++) {
    const code = text.charCodeAt(at);
    if (code === 0) return true;
    if (code === 0xfffd) replaced++;
    else if (code < 32 && !(code >= 8 && code <= 13) && code !== ESCAPE) controls++;
  }
  return controls > 0 && (controls + replaced) * 10 > sample;
}

const ESCAPE = 27;

/** Nobody writes lines longer than this by the dozen. */
const LONG_LINE = 250;

/**
 * Minified code is long lines dense with punctuation. Length alone would also leave out real source with an image or a text
 * embedded in it: measured on some thousand files, one character in ten of minified code is punctuation, and one in fifty
 * or less of embedded data.
 */
function isMinified(text: string, file: string): boolean {
  const saysSo = /[.-]min\.\w+$/.test(file);
  if (text.length < (saysSo ? 1024 : 4096)) return false;
  let dense = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const length = end - start;
    if (length > LONG_LINE && isDense(text, start, end)) dense += length;
    start = end + 1;
  }
  return dense > text.length * (saysSo ? 0.5 : 0.8);
}

/** More than every sixteenth character is punctuation; the rest of what has enough of it is not looked at. */
function isDense(text: string, start: number, end: number): boolean {
  const enough = (end - start) / 16;
  let count = 0;
  for (let at = start; at < end; at++) {
    if (PUNCTUATION[text.charCodeAt(at)] === 1 && ++count > enough) return true;
  }
  return false;
}

/** By the code of the character, since every one of megabytes is looked up. */
const PUNCTUATION = new Uint8Array(128);
for (const character of ';,{}()=') PUNCTUATION[character.charCodeAt(0)] = 1;
