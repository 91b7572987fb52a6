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

/** What earlier runs have read. */
export interface Memory {
  recall(input: Input): Reading | undefined;
  keep(input: Input, reading: Reading): void;
}
