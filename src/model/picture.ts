import type { Severity } from './finding.js';
import type { RuleMeta } from './rule.js';
import type { Place } from './span.js';

/*
 * The application as a picture: its processes, what each instance of them has for itself, and what all instances share. Made from
 * the program and what was found; how it is drawn is the report's affair.
 */

/** All that one rule says of one process. */
export interface PictureItem {
  readonly ruleId: string;
  readonly category: RuleMeta['category'];
  /** The worst of its findings; `safe` where every candidate was found harmless. */
  readonly severity: Severity | 'safe';
  readonly count: number;
  /** The first place, and its name where it has one. */
  readonly place: Place;
  readonly name?: string;
}

export interface PictureProcess {
  /** In words: "npm start of apps/api". */
  readonly name: string;
  readonly role: 'server' | 'worker';
  readonly entry: string;
  readonly files: number;
  /** What descriptors of production say of the number of its instances, where one does. */
  readonly instances?: Place & { readonly min: number; readonly max?: number };
  readonly items: readonly PictureItem[];
}

/** Something that every instance sees. */
export interface PictureStore {
  readonly kind: 'database' | 'redis' | 'queue' | 'objects' | 'volume';
  readonly label: string;
}

export interface Picture {
  readonly processes: readonly PictureProcess[];
  /** Processes that were left out, so that the picture stays one. */
  readonly more: number;
  readonly stores: readonly PictureStore[];
  /** The processes that hold a file, by their index; for files with findings. */
  readonly holders: Readonly<Record<string, readonly number[]>>;
}
