import type { Count, Environment } from './deployment.js';
import type { Deployed, Process } from './program.js';
import type { Place } from './span.js';

/*
 * What is known of production: how often each process runs, how it is replaced and what is set there, by the descriptors or by
 * what the configuration says instead.
 */

/** Something that is said, in words that follow the name of the workload, and where. */
export interface Told<T> {
  readonly value: T;
  /** "runs 3 instances", "starts the new version before the old one stops". */
  readonly words: string;
  readonly place?: Place;
}

/** A workload of production that runs this project's servers or workers. */
export interface Operation {
  readonly name: string;
  /** Absent where the configuration alone speaks of it. */
  readonly deployed?: Deployed;
  readonly processes: readonly Process[];
  /** Absent where nobody says. */
  readonly instances?: Told<Count>;
  /** Whether old and new version run side by side while a deploy replaces it; absent where nobody says. */
  readonly overlap?: Told<boolean>;
  /** How many there may be at once then; absent where nobody says. */
  readonly peak?: number;
  /** Variables whose values are given; what else is set is not known. */
  readonly environment: Environment;
}

/** What the configuration says of production; it goes before the descriptors. */
export interface Declaration {
  /** How many instances run: of everything, or by the name of a workload or process. */
  readonly instances?: number | Readonly<Record<string, number>>;
  readonly strategy?: 'rolling' | 'recreate';
  /** Folders that every instance sees: in the container, or relative to the root of the project. */
  readonly sharedVolumes?: readonly string[];
  readonly databaseMaxConnections?: number;
  /** Variables in force. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The configuration file, relative to the root of the project. */
  readonly place?: Place;
}

/** A command that sets the number of instances. */
export interface Scaling {
  readonly name?: string;
  readonly count: number;
  readonly place: Place;
  readonly file: string;
}
