import type { Trigger } from './finding.js';
import type { Place } from './span.js';

/*
 * The application as a picture: its processes, what each keeps to itself, what runs in it by itself, and what all of its
 * instances share. Made from the program; how it is drawn is the report's affair.
 */

/** Something beside or inside a process. */
export interface PictureItem {
  readonly id: string;
  readonly kind: 'state' | 'job' | 'consumer' | 'disk' | 'socket' | 'volume';
  readonly label: string;
  /** A second line: what it is for, how often it runs. */
  readonly detail?: string;
  readonly place?: Place;
  /** Rules with an open finding about it. */
  readonly findings: readonly string[];
}

export interface PictureProcess {
  readonly id: string;
  readonly name: string;
  readonly role: 'server' | 'worker';
  readonly place: Place;
  /** How many of it run, in words, where a descriptor of production says so: "3 instances". */
  readonly instances?: string;
  readonly files: number;
  readonly items: readonly PictureItem[];
  /** What was left out of `items`, so that the picture stays one. */
  readonly more: number;
  /** Shared stores that it reaches. */
  readonly uses: readonly string[];
  readonly findings: number;
  readonly triggers: readonly Trigger[];
}

/** What all instances see: a database, a Redis, a bucket, a shared volume. */
export interface PictureStore {
  readonly id: string;
  readonly kind: 'database' | 'redis' | 'queue' | 'objects' | 'mail' | 'http' | 'volume';
  readonly label: string;
}

export interface Picture {
  readonly processes: readonly PictureProcess[];
  readonly stores: readonly PictureStore[];
  /** Processes that were left out. */
  readonly more: number;
}
