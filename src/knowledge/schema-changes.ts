import type { Source } from './types.js';

/*
 * How migrations change a schema: methods of builders and runners by name, since what a migration is handed is made by a tool
 * that loads it, and is known by its parameter's name at most.
 */

export type SchemaChangeKind =
  | 'creates-table'
  | 'drops-table'
  | 'renames-table'
  | 'drops-column'
  | 'renames-column'
  | 'adds-column'
  | 'alters-column'
  | 'requires-column'
  | 'changes-documents'
  | 'sql';

export interface SchemaChangeMethod {
  readonly method: string;
  readonly does: SchemaChangeKind;
  readonly source: Source;
}

const KNEX = 'https://knexjs.org/guide/schema-builder.html';
const SEQUELIZE = 'sequelize@6.37.8 types/dialects/abstract/query-interface.d.ts';
const TYPEORM = 'typeorm@1.1.1 query-runner/QueryRunner.d.ts';
const PG_MIGRATE = 'node-pg-migrate@9.0.0 dist/bundle/index.d.ts, interface MigrationBuilder';
const DB_MIGRATE = 'db-migrate-base@2.3.1 index.js';
const KYSELY = 'kysely@0.28.18 dist/cjs/schema/alter-table-builder.d.ts';
const MONGO = 'mongodb@7.8.0 mongodb.d.ts, class Collection, class Db';

export const schemaChangeMethods: readonly SchemaChangeMethod[] = [
  { method: 'createTable', does: 'creates-table', source: `${KNEX}, ${SEQUELIZE}` },
  { method: 'createTableIfNotExists', does: 'creates-table', source: KNEX },
  { method: 'createTableLike', does: 'creates-table', source: KNEX },
  { method: 'createCollection', does: 'creates-table', source: MONGO },
  { method: 'dropTable', does: 'drops-table', source: `${KNEX}, ${SEQUELIZE}, ${TYPEORM}, ${PG_MIGRATE}` },
  { method: 'dropTableIfExists', does: 'drops-table', source: KNEX },
  { method: 'dropCollection', does: 'drops-table', source: MONGO },
  { method: 'renameTable', does: 'renames-table', source: `${KNEX}, ${SEQUELIZE}, ${TYPEORM}, ${PG_MIGRATE}` },
  { method: 'renameTo', does: 'renames-table', source: KYSELY },
  { method: 'renameCollection', does: 'renames-table', source: MONGO },
  { method: 'dropColumn', does: 'drops-column', source: `${KNEX}, ${TYPEORM}, ${PG_MIGRATE}, ${KYSELY}` },
  { method: 'dropColumns', does: 'drops-column', source: `${KNEX}, ${TYPEORM}, ${PG_MIGRATE}` },
  { method: 'removeColumn', does: 'drops-column', source: `${SEQUELIZE}, ${DB_MIGRATE}` },
  { method: 'dropTimestamps', does: 'drops-column', source: KNEX },
  {
    method: 'renameColumn',
    does: 'renames-column',
    source: `${KNEX}, ${SEQUELIZE}, ${TYPEORM}, ${PG_MIGRATE}, ${KYSELY}`,
  },
  {
    method: 'addColumn',
    does: 'adds-column',
    source: `${SEQUELIZE}, ${TYPEORM}, ${PG_MIGRATE}, ${DB_MIGRATE}, ${KYSELY}`,
  },
  { method: 'addColumns', does: 'adds-column', source: `${TYPEORM}, ${PG_MIGRATE}` },
  { method: 'alterColumn', does: 'alters-column', source: `${PG_MIGRATE}, ${KYSELY}` },
  { method: 'changeColumn', does: 'alters-column', source: `${SEQUELIZE}, ${TYPEORM}, ${DB_MIGRATE}` },
  { method: 'dropNullable', does: 'requires-column', source: KNEX },
  { method: 'notNullable', does: 'requires-column', source: KNEX },
  { method: 'updateMany', does: 'changes-documents', source: MONGO },
  { method: 'updateOne', does: 'changes-documents', source: MONGO },
  { method: 'query', does: 'sql', source: `${TYPEORM}, ${SEQUELIZE}` },
  { method: 'raw', does: 'sql', source: KNEX },
  { method: 'sql', does: 'sql', source: PG_MIGRATE },
  { method: 'runSql', does: 'sql', source: DB_MIGRATE },
  { method: 'addSql', does: 'sql', source: '@mikro-orm/migrations@6.6.16 Migration.d.ts' },
  { method: 'execute', does: 'sql', source: '@mikro-orm/migrations@6.6.16 Migration.d.ts' },
];

/** Calls around a function that describes a new table, or one that exists. */
export const newTableMethods: ReadonlySet<string> = new Set(['createTable', 'createTableIfNotExists']);
export const oldTableMethods: ReadonlySet<string> = new Set(['alterTable', 'table', 'editTable']);

/** Files that a migration tool loads one after the other. */
export const migrationFiles = /(?:^|\/)(?:\w*[_-])?migrations?(?:\/|[-_]\w+\/)|(?:^|\/)migrate\//i;
/** What a migration written as a class extends or implements. */
export const migrationClasses: ReadonlySet<string> = new Set([
  ...['MigrationInterface', 'Migration', 'BaseSchema', 'BaseMigration', 'IMigration'],
]);
