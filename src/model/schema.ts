import type { Problem } from './input.js';
import type { Span } from './span.js';

/*
 * What says how the database looks and how it changes: SQL files, Prisma schemas, and SQL in strings. Plain data, told from one
 * text alone.
 */

export type SqlDialect = 'postgresql' | 'mysql' | 'sqlite' | 'mssql';

/** A text that discovery found beside the sources. */
export interface SchemaFile {
  /** Relative to the project root. */
  readonly file: string;
  /** `lock` is Prisma's `migration_lock.toml`, `journal` Drizzle's list of migrations. */
  readonly kind: 'sql' | 'prisma' | 'lock' | 'journal';
  readonly text: string;
}

/** What one statement, or one part of it, does to the schema. Names go without quotes and schema, in lower case. */
export interface SchemaChange {
  readonly does:
    | 'creates-table'
    | 'drops-table'
    | 'renames-table'
    | 'adds-column'
    | 'drops-column'
    | 'renames-column'
    | 'requires-column'
    | 'converts-column'
    | 'sets-default'
    | 'drops-default'
    | 'limits-rows'
    | 'frees-rows'
    | 'makes-type'
    | 'drops-type'
    | 'renames-type'
    | 'adds-value'
    | 'renames-value'
    | 'unsets-field';
  /** The table; the type, where it is about one; `?` where it cannot be told. */
  readonly table: string;
  readonly column?: string;
  /** The new name. */
  readonly to?: string;
  /** As written, for messages. */
  readonly shown?: { readonly table?: string; readonly column?: string; readonly to?: string };
  /** Columns of a table that is made, or those that a constraint is about. */
  readonly columns?: readonly string[];
  /** Of a table that is made: columns that must be given. */
  readonly required?: readonly string[];
  /** Of an enumeration: its values; of a column its new type, in lower case. */
  readonly values?: readonly string[];
  readonly type?: string;
  /** How values become those of the new type is said: it is another type, not a wider one. */
  readonly using?: true;
  readonly limit?: 'unique' | 'check' | 'foreign';
  /** The constraint or index. */
  readonly name?: string;
  /** A column that is added is mandatory, with a default. */
  readonly filled?: true;
  /** A mandatory column is new. */
  readonly added?: true;
  readonly ifExists?: true;
  /** A view takes the name of a table. */
  readonly view?: true;
  /** It stands in a block that decides at run time. */
  readonly maybe?: true;
  readonly span: Span;
}

/** A statement about the schema that could not be read. */
export interface UnreadStatement {
  readonly words: string;
  readonly span: Span;
}

export interface SchemaChanges {
  readonly changes: readonly SchemaChange[];
  readonly unread: readonly UnreadStatement[];
}

/** How far a migration is likely to have been rolled out; `unknown` where its name does not say when it was written. */
export type MigrationAge = 'new' | 'recent' | 'old' | 'unknown';

/** A migration in SQL. */
export interface SqlMigration {
  readonly file: string;
  /** As its tool knows it: the name of the file, or of its folder. */
  readonly name: string;
  /** The folder whose migrations are run one after the other. */
  readonly group: string;
  readonly age: MigrationAge;
  readonly dialect?: SqlDialect;
}

/** A Prisma schema: its data source and models, with their places. */
export interface PrismaSchema {
  readonly file: string;
  readonly sources: readonly PrismaSource[];
  readonly models: readonly PrismaModel[];
}

export interface PrismaSource {
  readonly name: string;
  readonly provider?: PrismaValue;
  /** `file:./dev.db`, or nothing where it comes from a variable. */
  readonly url?: PrismaValue;
  readonly span: Span;
}

export interface PrismaValue {
  readonly text?: string;
  /** `env("DATABASE_URL")`. */
  readonly variable?: string;
  readonly span: Span;
}

export interface PrismaModel {
  readonly name: string;
  /** The table's own name, where it is another. */
  readonly table: string;
  readonly fields: readonly PrismaField[];
  readonly span: Span;
}

export interface PrismaField {
  readonly name: string;
  readonly column: string;
  readonly type: string;
  readonly span: Span;
}

/** A place in code or in a schema that names a table or column. */
export interface Mention {
  readonly file: string;
  readonly span: Span;
  /** What it is: `declared in the model`, `used in a query`. */
  readonly words: string;
}

export interface Schema {
  readonly migrations: readonly SqlMigration[];
  readonly prisma: readonly PrismaSchema[];
  /** Some word in it speaks of a change that can break something; told without reading it. */
  mayBreak(migration: SqlMigration): boolean;
  /** What a migration in SQL does on the way up, read when it is asked for. */
  changesIn(migration: SqlMigration): readonly SchemaChange[];
  /** What SQL in a string does. */
  changesOf(sql: string): readonly SchemaChange[];
  /** The ages of migrations by their files, those of a folder compared to one another. */
  agesOf(files: readonly string[]): ReadonlyMap<string, MigrationAge>;
  /** How far apart two migrations were made, where their files' names tell. */
  daysBetween(file: string, other: string): number | undefined;
  /** The columns of a table before a migration, as far as those before it in its folder say; nothing where none made it. */
  columnsBefore(migration: SqlMigration, table: string): ReadonlySet<string> | undefined;
  /** The values of an enumeration before a migration. */
  valuesBefore(migration: SqlMigration, type: string): readonly string[] | undefined;
  /** A migration that is as new, or newer, makes the table (and, if asked, the column). */
  isMadeLately(migration: SqlMigration, table: string, column?: string): boolean;
  /** Where the application's models and queries name a table, or a column of it. */
  mentions(table: string, column?: string): readonly Mention[];
  /** What of the files read so far could not be read. */
  problems(): readonly Problem[];
}
