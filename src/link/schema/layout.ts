import { posix } from 'node:path';
import { migrationFiles } from '../../knowledge/schema-changes.js';
import type { MigrationAge, SchemaFile } from '../../model/schema.js';

/*
 * How tools lay out their migrations: which files are some, in which order they run, and which part of a file is the way up.
 */

/** Where a migration stands among those of its folder. */
export interface Placed {
  readonly name: string;
  readonly group: string;
  /** Only undoes another. */
  readonly isDown: boolean;
}

/** What one file in a folder of migrations may be called, when the folder has the migration's name. */
const IN_OWN_FOLDER = /^(?:migration|up|down)\.sql$/i;
const DOWN_NAME = /^\d+\.undo\.|(?:^|[._-])(?:down|undo|revert|rollback)\.sql$|^U\d[\w.]*__/i;
const UP_NAME = /[._-](?:up|do)\.sql$/i;
const NOT_UP = /(?:^|\/)(?:down|undo|reverts?|rollbacks?|verify|seeds?|snapshots?)\//i;
const FLYWAY = /^(?:V\d[\w.]*|R)__/i;

export function placeOfSql(file: string, journals: ReadonlySet<string>): Placed | undefined {
  const folder = posix.dirname(file);
  const base = posix.basename(file);
  const isFlyway = FLYWAY.test(base) || /^U\d[\w.]*__/i.test(base);
  if (!migrationFiles.test(file) && !isFlyway && !UP_NAME.test(base) && !journals.has(folder)) return undefined;
  const isDown = DOWN_NAME.test(base) || NOT_UP.test(file);
  if (IN_OWN_FOLDER.test(base) && !/(?:^|\/)migrations?$/i.test(folder))
    return { name: posix.basename(folder), group: posix.dirname(folder), isDown };
  return { name: base.replace(/\.sql$/i, ''), group: folder, isDown };
}

/** So many of a folder's migrations, by name from the end, may still be rolled out somewhere. */
const RECENT = 20;
const COLLATOR = new Intl.Collator('en', { numeric: true });

export interface Dated {
  readonly file: string;
  readonly name: string;
  readonly group: string;
  /** When it was made, in milliseconds, where a journal says so. */
  readonly time?: number;
}

/** By the names, which begin with a date or a number; `since` is a date or a name. */
export function agesOf(all: readonly Dated[], since: string | undefined): Map<string, MigrationAge> {
  const groups = new Map<string, Dated[]>();
  for (const one of all) {
    const group = groups.get(one.group);
    if (group) group.push(one);
    else groups.set(one.group, [one]);
  }
  const ages = new Map<string, MigrationAge>();
  const limit = since === undefined ? undefined : dateOf(since);
  for (const group of groups.values()) {
    const sorted = [...group].sort(compare);
    const isOrdered = sorted.filter(({ name }) => /^[a-z]?\d|\d{6}/i.test(name)).length * 2 >= sorted.length;
    const from = since === undefined || limit !== undefined ? -1 : lastOf(sorted, since);
    for (const [at, one] of sorted.entries()) ages.set(one.file, ageOf(one, at, sorted.length, isOrdered, limit, from));
  }
  return ages;
}

function ageOf(
  one: Dated,
  at: number,
  count: number,
  isOrdered: boolean,
  limit: number | undefined,
  from: number,
): MigrationAge {
  const time = one.time ?? timeOf(one.name);
  if (limit !== undefined && time !== undefined) return time >= limit ? 'new' : 'old';
  if (from >= 0) return at > from ? 'new' : 'old';
  if (!isOrdered && count > RECENT) return 'unknown';
  return at >= count - RECENT ? 'recent' : 'old';
}

/** Names are compared as tools do: by the number in front, then by the rest. */
function compare(a: Dated, b: Dated): number {
  if (a.time !== undefined && b.time !== undefined && a.time !== b.time) return a.time - b.time;
  return COLLATOR.compare(a.name, b.name) || (a.file < b.file ? -1 : 1);
}

/** The place of the migration that `since` names, by its whole name or what it begins with. */
export function lastOf(sorted: readonly { readonly name: string }[], since: string): number {
  const wanted = since.replace(/\.(?:sql|[cm]?[jt]s)$/i, '');
  const found = sorted.findIndex(({ name }) => name === wanted);
  if (found >= 0) return found;
  return sorted.findIndex(({ name }) => name.startsWith(wanted) && !/\d/.test(name[wanted.length] ?? ''));
}

/** A date, in milliseconds; none where it is something else. */
export function dateOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(?:$|T)/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

const EARLIEST = Date.UTC(2005, 0);
const LATEST = Date.UTC(2100, 0);

/** When a migration was made, by its name: `20250106070444_x`, `1672041273674-X`, `2025-02-17-2142-x`, `m1700000000_x`. */
export function timeOf(name: string): number | undefined {
  const plausible = (time: number) => (time >= EARLIEST && time < LATEST ? time : undefined);
  const digits = /(?:^|\D)(\d{10}|\d{13})(?!\d)/.exec(name)?.[1];
  const [, year, month, day] = /(?:^|\D)(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)/.exec(name) ?? [];
  if (year && month && day && digits === undefined)
    return plausible(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (digits === undefined) return undefined;
  // Ten digits are seconds, or a date with hours.
  if (digits.length === 10 && /^20\d\d[01]\d[0-3]\d[0-2]\d$/.test(digits))
    return plausible(Date.UTC(+digits.slice(0, 4), +digits.slice(4, 6) - 1, +digits.slice(6, 8)));
  return plausible(Number(digits) * (digits.length === 10 ? 1000 : 1));
}

/** Comments that divide a file: dbmate, goose, sql-migrate, node-pg-migrate, Play, MyBatis, and `-- Up`, `-- Down`. */
const MARK =
  /^[ \t]*(?:--|#)[ \t-]*(?:(?:migrate:|\+goose[ \t]+|\+migrate[ \t]+|!)(up|down)s?\b|(up|down)(?:[ \t]+migration)?[ \t-]*$|\/\/[ \t]*@(undo)\b).*$/gim;

/** The text with everything blanked that undoes, so that places stay. */
export function upOnly(text: string): string {
  const marks = [...text.matchAll(MARK)].map((match) => ({
    at: match.index,
    isDown: /down|undo/i.test(match[1] ?? match[2] ?? match[3] ?? ''),
  }));
  let shown = text;
  for (const [index, { at, isDown }] of marks.entries()) {
    if (!isDown) continue;
    const to = marks[index + 1]?.at ?? text.length;
    shown = shown.slice(0, at) + shown.slice(at, to).replace(/[^\r\n]/g, ' ') + shown.slice(to);
  }
  return shown;
}

interface Entry {
  readonly tag?: unknown;
  readonly when?: unknown;
}

/** Drizzle's journal: the dialect, and when each migration was made. */
export function journalOf({ text }: SchemaFile): {
  readonly dialect?: string;
  readonly times: ReadonlyMap<string, number>;
} {
  const times = new Map<string, number>();
  try {
    const { dialect, entries } = JSON.parse(text) as { dialect?: unknown; entries?: unknown };
    for (const { tag, when } of Array.isArray(entries) ? (entries as Entry[]) : [])
      if (typeof tag === 'string' && typeof when === 'number') times.set(tag, when);
    return { ...(typeof dialect === 'string' ? { dialect } : {}), times };
  } catch {
    return { times };
  }
}
