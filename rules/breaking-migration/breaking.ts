import type { Place } from '../../src/api/index.js';
import type { Change, Made } from './change.js';
import { told } from './told.js';

export interface Breaking {
  readonly place: Place;
  readonly change: Change;
  /** What it does, to follow "this migration". */
  readonly words: string;
  readonly consequence: string;
  readonly hint: string;
  readonly isUnsure?: true;
}

/** What was there before a migration, as far as it can be told. */
export interface Before {
  /** The columns of a table; those of one that is not known are unknown, and not none. */
  columns(table: string): ReadonlySet<string> | undefined;
  /** The values of an enumeration. */
  values(type: string): readonly string[] | undefined;
  /** Those before it say nothing of the table, although they are all there. */
  isLeftover(table: string): boolean;
}

const TEMPORARY = /^_*(?:temporary|temp|tmp|new|old|backup)(?:_|$)|_(?:temporary|temp|tmp|new|old|backup)$/;
/** Types that hold what any narrower one does. */
const WIDE =
  /^(?:(?:tiny|medium|long)?text|varchar|character|bigint|int8|double|numeric|decimal|timestamptz|nvarchar\(\)|longblob)$/;

/** The changes that another version can meet; those of tables that this migration makes itself are nobody else's. */
export function breakingOf(made: readonly Made[], before: Before): Breaking[] {
  const created = new Set<string>();
  const defaults = new Set<string>();
  const changes = made.map(({ change }) => change);
  const rebuilt = new Set(
    changes.flatMap(({ does, table, to }) => (does === 'renames-table' && to && TEMPORARY.test(table) ? [to] : [])),
  );
  const found: Breaking[] = [];
  const report = (place: Place, change: Change, isUnsure: boolean) =>
    found.push({ place, change, ...told(change), ...(isUnsure || change.maybe ? { isUnsure: true as const } : {}) });
  for (const [at, { place, change }] of made.entries()) {
    const { does, table, column, to, written } = change;
    const key = `${table}.${column ?? ''}`;
    const later = changes.slice(at + 1);
    if (does === 'creates-table') {
      if (table !== '?') created.add(table);
      if (written !== undefined) created.add(written);
    }
    if (written !== undefined && created.has(written)) continue;
    // It is there again when the migration is done: built anew, or with another that takes its place.
    if (does === 'drops-table' && later.some((one) => takesPlace(one, change, created))) continue;
    // A view under the old name is what the version before goes on with.
    if (does === 'renames-table' && later.some((one) => one.view && one.table === table)) continue;
    // Two tables change places: the one that comes may lack columns.
    if (
      does === 'renames-table' &&
      table !== '?' &&
      later.some((one) => one.does === 'renames-table' && one.to === table)
    ) {
      for (const one of lost(table, changes, before)) report(place, { ...one, ...shownOf(change) }, false);
      continue;
    }
    if (does === 'drops-column' && later.some((one) => isAdded(one) && one.table === table && one.column === column)) {
      defaults.add(key);
      continue;
    }
    // A table whose name is not known may be anybody's.
    if (table === '?' && /-table$/.test(does)) continue;
    if (does === 'sets-default') defaults.add(key);
    if (does === 'sets-default' || does === 'adds-column' || does === 'creates-table') continue;
    if (/-type$|-value$/.test(does)) {
      const narrowed = narrowedBy(change, changes, before);
      if (narrowed) report(place, narrowed, narrowed.values?.length === 0);
      continue;
    }
    if (created.has(table)) continue;
    // SQLite changes a table by making another, copying, and taking the old one's place.
    if (rebuilt.has(table) && does === 'drops-table') {
      for (const one of lost(table, changes, before)) report(place, { ...one, ...shownOf(change) }, false);
      continue;
    }
    if (does === 'renames-table' && to && TEMPORARY.test(table)) continue;
    if (does === 'drops-table' && TEMPORARY.test(table)) continue;
    if (does === 'requires-column' && (defaults.has(key) || later.some((one) => isDefaultOf(one, change)))) continue;
    if (does === 'drops-default') {
      // It was added with a default only so that there is a value in the rows that are there.
      const isNew = changes.slice(0, at).some((one) => one.filled && isAdded(one) && isOf(one, change));
      if (isNew) report(place, { ...change, does: 'requires-column', added: true }, false);
      else if (!changes.some((one) => isAdded(one) && isOf(one, change))) report(place, change, true);
      continue;
    }
    if (does === 'requires-column' && !change.added) {
      // Of a column that was there the version before knows, and it may fill it: this is how one is made mandatory in two releases.
      const isNew = changes.slice(0, at).some((one) => isAdded(one) && isOf(one, change));
      report(place, isNew ? { ...change, added: true } : change, !isNew);
      continue;
    }
    if (does === 'limits-rows' && !isLimit(change, changes)) continue;
    if (does === 'frees-rows' || isWider(change)) continue;
    const isLeftover = change.ifExists === true && before.isLeftover(table);
    const isUnsure = /^(?:converts-column|unsets-field|limits-rows)$/.test(does) || table === '?' || isLeftover;
    report(place, change, isUnsure);
  }
  return found;
}

function isAdded({ does, added }: Change): boolean {
  return does === 'adds-column' || (does === 'requires-column' && added === true);
}

function isDefaultOf(one: Change, change: Change): boolean {
  return one.does === 'sets-default' && isOf(one, change);
}

function isOf(one: Change, other: Change): boolean {
  return one.table === other.table && one.column === other.column;
}

function shownOf({ shown }: Change): Pick<Change, 'shown'> {
  return shown?.table === undefined ? {} : { shown: { table: shown.table } };
}

function isWider({ does, type, using, values }: Change): boolean {
  return does === 'converts-column' && !using && !values && type !== undefined && WIDE.test(type);
}

/** Rows of the version before may not meet it, unless it is only about what that version does not fill. */
function isLimit({ table, columns = [], limit, name }: Change, changes: readonly Change[]): boolean {
  // It was there already, and is made anew.
  if (name !== undefined && changes.some((one) => one.does === 'frees-rows' && one.name === name)) return false;
  const isNew = (column: string) => changes.some((one) => isAdded(one) && one.table === table && one.column === column);
  // Nothing is said of columns for an expression; a new one that is empty meets any of these.
  return limit === 'unique' || limit === 'foreign' ? !columns.some(isNew) : !columns.some(isNew) && columns.length > 0;
}

/** An enumeration that loses values: made anew without some of them, or with one under another name. */
function narrowedBy(change: Change, changes: readonly Change[], before: Before): Change | undefined {
  const { does, table, to } = change;
  if (does === 'renames-value') return change;
  const isAnew = does === 'makes-type' && changes.some((one) => one.does === 'drops-type' && one.table === table);
  const isTaken = does === 'renames-type' && changes.some((one) => one.does === 'makes-type' && one.table === table);
  const type = isAnew ? table : isTaken ? to : undefined;
  if (type === undefined) return undefined;
  const now = changes.find((one) => one.does === 'makes-type' && one.table === table)?.values ?? [];
  const were = before.values(type);
  const gone = were?.filter((value) => !now.includes(value)) ?? [];
  // What it was before is not known: made anew it is mostly because values go, since others can be added.
  if (were && gone.length === 0) return undefined;
  return {
    does: 'makes-type',
    table: type,
    values: gone,
    ...(change.shown?.to ? { shown: { table: change.shown.to } } : {}),
  };
}

function takesPlace(one: Change, dropped: Change, created: ReadonlySet<string>): boolean {
  const isIt = (name: string | undefined, written: string | undefined) =>
    (name !== undefined && name !== '?' && name === dropped.table) ||
    (written !== undefined && written === dropped.written);
  if (one.does === 'creates-table') return isIt(one.table, one.written);
  // What SQL says of the new table's columns is looked at apart.
  return (
    one.does === 'renames-table' &&
    !TEMPORARY.test(one.table) &&
    (created.has(one.table) || (one.written !== undefined && created.has(one.written))) &&
    isIt(one.to, one.toWritten)
  );
}

/** Columns that were there before and are not in the table that takes the place, and those that are new and mandatory. */
function lost(table: string, changes: readonly Change[], before: Before): Change[] {
  const now = [...changes].reverse().find((one) => {
    if (one.does !== 'creates-table' || !one.columns?.length) return false;
    return one.table === table || one.table.replace(TEMPORARY, '') === table;
  });
  const were = before.columns(table);
  if (!now?.columns || !were) return [];
  const gone = [...were].filter((column) => !now.columns?.includes(column));
  const [required] = (now.required ?? []).filter((column) => !were.has(column));
  return [
    ...(gone.length > 0 ? [{ does: 'drops-column' as const, table, column: gone.join('`, `') }] : []),
    ...(required === undefined ? [] : [{ does: 'requires-column' as const, table, column: required }]),
  ];
}
