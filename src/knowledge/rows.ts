/*
 * How rows are put into a database, in the words of drivers and mappers: which method makes a row rather than changing one,
 * and what makes a second row of the same kind do no harm.
 */

/** Names of methods that make a row, or store one that may be new. */
export const insertMethods: ReadonlySet<string> = new Set([
  ...['insert', 'insertOne', 'insertMany', 'insertAndFetch', 'insertGraph', 'insertGraphAndFetch', 'insertInto'],
  ...['create', 'createMany', 'createManyAndReturn', 'bulkCreate', 'batchInsert', 'bulkSave', 'bulkWrite'],
  ...['save', 'saveAll', 'store', 'storeAll', 'persistAndFlush', 'nativeInsert', 'flush', 'add', 'put', 'items.create'],
]);

/** A call behind an insert that makes a second one do nothing, or the same: `.insert(row).onConflict('email').ignore()`. */
export const conflictMethods: ReadonlySet<string> = new Set([
  // Knex: https://knexjs.org/guide/query-builder.html#onconflict, Kysely: dist/cjs/query-builder/insert-query-builder.d.ts
  ...['onConflict', 'ignore', 'onDuplicateKeyUpdate'],
  // Drizzle: https://orm.drizzle.team/docs/insert#upserts-and-conflicts
  ...['onConflictDoNothing', 'onConflictDoUpdate'],
  // TypeORM: https://typeorm.io/docs/query-builder/insert-query-builder
  ...['orIgnore', 'orUpdate'],
]);

/** An option of an insert that does so, if it is set; `false` where it must be switched off: `{ ordered: false }`. */
export const conflictOptions: Readonly<Record<string, 'set' | 'off'>> = {
  // Sequelize: https://sequelize.org/api/v6/class/src/model.js~model#static-method-bulkCreate
  ignoreDuplicates: 'set',
  updateOnDuplicate: 'set',
  // Prisma: https://www.prisma.io/docs/orm/reference/prisma-client-reference#createmany
  skipDuplicates: 'set',
  // MongoDB, Mongoose: https://mongoosejs.com/docs/api/model.html#Model.insertMany() goes on behind a duplicate
  ordered: 'off',
  // Parse, Firestore, DynamoDB: a write that asks for what is there
  ConditionExpression: 'set',
  upsert: 'set',
};

/** SQL that inserts and puts up with a row that is there already. */
export const tolerantInsert =
  /\bon\s+conflict\b|\bon\s+duplicate\s+key\b|\binsert\s+(?:or\s+)?(?:ignore|replace)\b|\bwhere\s+not\s+exists\b|^\s*merge\b|^\s*replace\b/i;

/** Names of decorators, and of options of theirs or of a schema's field, that let a value be there once. */
export const uniqueDecorators: ReadonlySet<string> = new Set([...['Unique', 'PrimaryColumn', 'PrimaryKey']]);
export const uniqueOptions: readonly string[] = ['unique', 'primaryKey', 'primary'];

/** What settings call a database that is a file of the instance: `if (config.type === 'sqlite')`. */
export const ownFileDialects: ReadonlySet<string> = new Set([
  'sqlite',
  'sqlite3',
  'better-sqlite3',
  'better-sqlite',
  'sqljs',
  'pglite',
  'nedb',
  'lowdb',
]);
