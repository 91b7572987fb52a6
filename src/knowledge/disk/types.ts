import type { Source } from '../types.js';

/*
 * The shape of what is known of the local disk.
 */

/** Where a call is told something: an argument, or an option in it. */
export interface Given {
  readonly arg: number;
  readonly path?: string;
}

/** A call that makes a log go to a file. */
export interface LogFileCall {
  readonly api: string;
  /** To follow "The log is written to a file of this instance by". */
  readonly what: string;
  /** Where the file's (or folder's) name stands; the first that is given counts. */
  readonly file: readonly Given[];
  /** What it does without a name: it logs to the standard output, or to a stream it was given. Absent: to a file all the same. */
  readonly otherwise?: 'stdout' | 'stream';
  readonly source: Source;
}

/** A list of places that a logger writes to, in its options. */
export interface LogFileOption {
  readonly api: string;
  readonly arg: number;
  /** Path of the items: `*` is each item of a list or each property of an object. */
  readonly items: string;
  /** Which option of an item says what it is, and for which of its values it is a file. Absent: any item with the file option. */
  readonly kind?: { readonly path: string; readonly in: readonly string[] };
  /** The option of an item that names the file. */
  readonly file: string;
  /** What it does without a name: it logs to the standard output, or to a stream it was given. Absent: to a file all the same. */
  readonly otherwise?: 'stdout' | 'stream';
  readonly what: string;
  readonly source: Source;
}

/** Where a logger is handed a stream it writes to. */
export interface LogSink {
  readonly api: string;
  readonly arg: number;
  /** Path of the stream in that argument, with `*` as above. */
  readonly path?: string;
  readonly source: Source;
}

/** A package that sends log entries to a place all instances share. */
export interface LogCollector {
  readonly packages: readonly string[];
  readonly source: Source;
}

/** Puts log entries on the standard output as well: by its call, or by a name in a logger's options. */
export interface LogToStdout {
  readonly api?: string;
  readonly kinds?: readonly string[];
  readonly source: Source;
}
