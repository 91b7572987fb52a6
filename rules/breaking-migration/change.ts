import type { Place, SchemaChange } from '../../src/api/index.js';

/** What a statement or a call does to the schema. */
export interface Change extends Omit<SchemaChange, 'span'> {
  /** How the code writes a table's name that it works out, and a new name: the same variable is the same table. */
  readonly written?: string;
  readonly toWritten?: string;
}

/** A change, and the statement or call that makes it. */
export interface Made {
  readonly place: Place;
  readonly change: Change;
}

/** Names without quotes and schema. */
export function plain(name: string): string {
  return (name.split('.').at(-1) ?? name).replace(/["`[\]]/g, '').toLowerCase();
}
