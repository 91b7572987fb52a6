import type { FileFacts } from './facts.js';
import type { Input, Problem } from './input.js';

/** What came of reading one file. It depends on nothing but the file's path, language and text. */
export interface Reading {
  /** None where the file was left out, or could not be read. */
  readonly facts?: FileFacts;
  readonly problems: readonly Problem[];
  /** Left out without a look at its syntax. */
  readonly skipped?: true;
}

/** A reading as bytes, and the tables that they refer to, which many readings share. */
export interface Encoded {
  readonly bytes: Uint8Array;
  readonly dictionary: { readonly strings: readonly string[]; readonly shapes: readonly (readonly string[])[] };
}

/** What earlier runs have read. */
export interface Memory {
  recall(input: Input): Reading | undefined;
  /** Where `encoded` is given it says the same as the reading, and spares whoever writes it down the work. */
  keep(input: Input, reading: Reading, encoded?: Encoded): void;
}
