import type { Source } from './types.js';

/** A global object that a framework fills from the files of a folder, under their names. */
export interface GlobalTree {
  /** The API path of the object. */
  readonly of: string;
  /** The folder, relative to the application's manifest; folders in it are objects in the object. */
  readonly folder: string;
  /** The property of what a file exports that is run; without one its export is called when the application starts, and gives the object. */
  readonly runs?: string;
  readonly source: Source;
}

export const globalTrees: readonly GlobalTree[] = [
  {
    of: 'global:sails.helpers',
    folder: 'api/helpers',
    runs: 'fn',
    source: 'https://sailsjs.com/documentation/concepts/helpers',
  },
  {
    of: 'global:sails.hooks',
    folder: 'api/hooks',
    source: 'https://sailsjs.com/documentation/concepts/extending-sails/hooks',
  },
];
