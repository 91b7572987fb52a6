import { relative, sep } from 'node:path';
import { languageOf } from '../discover/languages.js';
import { decode } from '../disk/index.js';
import type { Input, Project } from '../model/input.js';
import { skim, type Surroundings, surroundingsIn, unread } from '../skim/index.js';

/*
 * Files that an audit leaves unread can change without another answer, as long as they remain what need not be read. What else decides
 * that is written down with the answer: the packages around them, in letters.
 */

/** The files that could be left unread, with what decides that besides their text. */
export function spareable({ inputs, manifests, descriptors, schemas, settings }: Project): Map<string, Surroundings> {
  const around = surroundingsIn(manifests);
  // Somebody else has read these.
  const read = new Set([...(descriptors ?? []), ...(schemas ?? []), ...(settings ?? [])].map(({ file }) => file));
  const able = inputs.filter((input) => !read.has(input.file) && isSpared(input, around(input.file)));
  return new Map(able.map(({ file }) => [file, around(file)]));
}

/** Whether a file that has changed is still left unread, if it was. */
export function remainsSpared(root: string, path: string, bytes: Uint8Array, around: string): boolean {
  const file = relative(root, path).split(sep).join('/');
  // What has no ending that says so is a command.
  const input: Input = { file, language: languageOf(file) ?? 'javascript', text: decode(bytes) };
  return isSpared(input, around as Surroundings);
}

/** In silence as well: what is said of it could be another thing next time. */
function isSpared(input: Input, around: Surroundings): boolean {
  return unread(input, around) !== undefined && skim(input).problem === undefined;
}
