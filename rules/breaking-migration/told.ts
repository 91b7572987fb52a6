import type { Change } from './change.js';

/** A change in words. */
export interface Told {
  /** What it does, to follow "this migration". */
  readonly words: string;
  readonly consequence: string;
  readonly hint: string;
}

const LIMITS = { unique: 'unique', check: 'checked', foreign: 'a foreign key' };

export function told(change: Change): Told {
  const { does, limit, values = [] } = change;
  const table = change.shown?.table ?? change.table;
  const column = change.shown?.column ?? change.column;
  const to = change.shown?.to ?? change.to;
  const of = table === '?' ? '' : ` of \`${table}\``;
  const what = column === undefined ? 'a column' : `the column \`${column}\``;
  const fails = 'Until the last old instance is stopped, every request that meets it there fails';
  switch (does) {
    case 'drops-table':
      return {
        words: `drops the table \`${table}\``,
        consequence: `${fails}, since the old version still reads and writes the table.`,
        hint: 'Release code that does without the table first, and drop it one release later.',
      };
    case 'renames-table':
      return {
        words: `renames the table \`${table}\`${to ? ` to \`${to}\`` : ''}`,
        consequence: `${fails}, since the old version looks for the old name.`,
        hint: 'Leave a view under the old name for one release, or make the new table, write to both, and drop the old one later.',
      };
    case 'renames-column':
      return {
        words: `renames ${what}${of}`,
        consequence: `${fails}, since the old version looks for the old name.`,
        hint: 'Add the new column, write both, copy, read the new one, and drop the old one a release later.',
      };
    case 'requires-column':
      return {
        words: `makes ${what}${of} mandatory without a default`,
        consequence: change.added
          ? 'Until the last old instance is stopped, every row that it inserts is refused, since it does not fill the column.'
          : 'Until the last old instance is stopped, rows that it inserts without filling the column are refused.',
        hint: 'Give the column a default in the database, or make it mandatory one release after all instances fill it.',
      };
    case 'drops-default':
      return {
        words: `takes the default of ${what}${of} away`,
        consequence:
          'Until the last old instance is stopped, rows that it inserts and does not fill the column of are refused, or stay empty there.',
        hint: 'Release code that fills the column itself first, and take the default away one release later.',
      };
    case 'converts-column':
      return {
        words: `changes the type of ${what}${of}`,
        consequence: 'Instances of the old version read and write values of a type that is no longer there.',
        hint: 'Add a column of the new type, write both, copy, and drop the old one a release later.',
      };
    case 'limits-rows':
      return {
        words: `makes ${(change.columns ?? []).map((one) => `\`${one}\``).join(', ')}${of} ${LIMITS[limit ?? 'check']}`,
        consequence: 'Instances of the old version know nothing of it: rows that they write against it are refused.',
        hint: 'Release code that keeps to it first, and let the database insist on it one release later.',
      };
    case 'makes-type':
      return {
        words: `takes ${values.length === 0 ? 'values' : values.map((one) => `\`${one}\``).join(', ')} out of the enumeration \`${table}\``,
        consequence: 'Until the last old instance is stopped, rows that it writes with such a value are refused.',
        hint: 'Release code that no longer writes the value first, and take it out of the database one release later.',
      };
    case 'renames-value':
      return {
        words: `renames the value \`${values[0] ?? '?'}\` of the enumeration \`${table}\``,
        consequence: 'Until the last old instance is stopped, every query there that names the old value fails.',
        hint: 'Add the new value, write it, convert the rows, and leave the old one until no instance uses it.',
      };
    default:
      return {
        words: does === 'unsets-field' ? `removes the field \`${column}\`${of}` : `drops ${what}${of}`,
        consequence: `${fails}, since the old version still reads and writes it; with an ORM that names all columns, that is every query of the table.`,
        hint: 'Release code that does without it first (an ORM must no longer list it), and drop it one release later.',
      };
  }
}
