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

/** A call that opens a database which lives in this process and its files. */
export interface EmbeddedDatabase {
  readonly api: string;
  /** Only where the file names one of these modules, since the API path is the same for all of them. */
  readonly from?: readonly string[];
  /** To follow "kept by": the package, in words. */
  readonly name: string;
  /** Only with one of these as driver: an option's value, or what a package gave. */
  readonly driver?: {
    readonly arg: number;
    readonly path: string;
    readonly in: readonly string[];
    readonly apis?: readonly string[];
  };
  /** Where the file (folder, address) stands; the first that is given counts. */
  readonly file?: readonly Given[];
  /** What it is without a file: in memory, in a file of its own, or something else entirely. */
  readonly otherwise: 'memory' | 'file' | 'elsewhere';
  /** Regular expression: only an address like this is local, as the same call reaches servers too. */
  readonly local?: string;
  /** In memory it is a tool for computing, as engines for analysis are, and nothing is kept. */
  readonly computes?: true;
  /** It holds what can be had again. */
  readonly cache?: true;
  /** Stands in for a server where programs are tried out: behind an option that nobody need set, it is meant for that. */
  readonly standsIn?: true;
  /** With one of these values there it cannot be written to; absent `in`: with any that is true. */
  readonly readOnly?: Given & { readonly in?: readonly string[] };
  readonly source: Source;
}

/** A program that is a database server, started as a child process. */
export interface DatabaseProgram {
  readonly commands: readonly string[];
  readonly source: Source;
}

/** A call that reads what is in files: one of them, or those of a folder. */
export interface FileRead {
  readonly api: string;
  readonly path: Given;
  /** An option that the path is relative to. */
  readonly root?: Given;
  /** It serves or lists what lies below. */
  readonly folder?: true;
  /** Clients read it, whatever request it is registered by. */
  readonly serves?: true;
  /** What it gives is an object, and no text. */
  readonly parsed?: true;
  readonly source: Source;
}

/** A call that leaves its result in a file or folder. */
export interface FileOutput {
  readonly api: string;
  readonly path: Given;
  /** Many files below the path. */
  readonly folder?: true;
  readonly source: Source;
}

/** A method that does so, on receivers that cannot be resolved to a package. */
export interface FileOutputMethod {
  readonly method: string;
  readonly path: Given;
  /** Regular expression (case-insensitive) the receiver's text must match. */
  readonly receiver: string;
  readonly source: Source;
}
