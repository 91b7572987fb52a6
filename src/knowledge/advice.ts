import type { Stack } from '../model/program.js';

/*
 * How to say, in this project's own parts, where something shared can live.
 */

const REDIS: Record<NonNullable<Stack['redis']>, string> = {
  ioredis: 'Redis through the `ioredis` client this project has',
  redis: 'Redis through the `redis` client this project has',
  iovalkey: 'Valkey through the `iovalkey` client this project has',
};

const DATABASE: Record<NonNullable<Stack['database']>, string> = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  mongodb: 'MongoDB',
  mssql: 'SQL Server',
  sqlite: 'a database server (SQLite is a file of one instance)',
};

const ORMS: Record<string, string> = {
  '@prisma/client': 'Prisma',
  typeorm: 'TypeORM',
  sequelize: 'Sequelize',
  '@mikro-orm/core': 'MikroORM',
  mongoose: 'Mongoose',
  objection: 'Objection',
  'drizzle-orm': 'Drizzle',
  kysely: 'Kysely',
  knex: 'Knex',
};

/** The database in words: "PostgreSQL through Prisma"; without one, the smallest sound choice. */
export function databaseOf(stack: Stack): string | undefined {
  const orm = stack.orm ? ORMS[stack.orm] : undefined;
  const database = stack.database ? DATABASE[stack.database] : stack.orm === 'mongoose' ? 'MongoDB' : undefined;
  if (!database) return orm ? `the database through ${orm}` : undefined;
  return orm && stack.database !== 'sqlite' ? `${database} through ${orm}` : database;
}

/** Where shared state that comes and goes fits best: the project's Redis, else its database, else a Redis to add. */
export function sharedStoreOf(stack: Stack): string {
  if (stack.redis) return REDIS[stack.redis];
  return databaseOf(stack) ?? 'Redis (for example with `ioredis`)';
}

/** Where state that must last fits best: the project's database, else its Redis. */
export function lastingStoreOf(stack: Stack): string {
  const database = databaseOf(stack);
  if (database && stack.database !== 'sqlite') return database;
  return stack.redis ? REDIS[stack.redis] : (database ?? 'a database that all instances share');
}

/** How this project can tell all its instances something. */
export function broadcastOf(stack: Stack): string {
  if (stack.redis)
    return `a ${stack.redis === 'iovalkey' ? 'Valkey' : 'Redis'} channel (\`${stack.redis}\` publish/subscribe)`;
  if (stack.database === 'postgres') return 'PostgreSQL LISTEN/NOTIFY';
  return 'a Redis channel';
}

/** How this project can keep all its instances from doing the same at once. */
export function exclusionOf(stack: Stack): string {
  if (stack.redis === 'redis')
    return 'Take the lock in Redis, where all instances see it: `client.set(key, token, { NX: true, PX: 30_000 })` with a random token, do the work only if it answers `OK`, and delete the key only while it still holds the token';
  if (stack.redis)
    return `Take the lock in ${stack.redis === 'iovalkey' ? 'Valkey' : 'Redis'}, where all instances see it: \`${stack.redis}\`'s \`set(key, token, 'PX', 30_000, 'NX')\` with a random token, do the work only if it answers \`OK\`, and delete the key only while it still holds the token`;
  if (stack.database === 'postgres')
    return 'Take the lock in PostgreSQL, where all instances see it: `SELECT pg_advisory_xact_lock(hashtext($1))` as the first statement of the transaction that does this work';
  if (stack.database === 'mysql')
    return 'Take the lock in MySQL, where all instances see it: `SELECT … FOR UPDATE` on the row that is fought over, or `GET_LOCK(name, seconds)` and `RELEASE_LOCK(name)` on one connection';
  if (stack.database === 'mongodb' || stack.orm === 'mongoose')
    return 'Let MongoDB decide: claim the document with one `findOneAndUpdate` that asks for its old state, or let a unique index refuse the second insert';
  if (stack.database === 'mssql')
    return 'Take the lock in SQL Server, where all instances see it: `sp_getapplock` in the transaction that does this work';
  if (stack.orm && stack.database !== 'sqlite')
    return 'Let the database decide: lock the row in a transaction, or let a unique constraint refuse the second write';
  return 'Take a lock that all instances see (a row, an advisory lock or a unique constraint of a database server, or `SET key token NX PX` in Redis)';
}

/** Where this project can put work that must outlive the instance that accepted it. */
export function queueOf(stack: Stack): string {
  if (stack.has('bullmq')) return 'the BullMQ this project has (`await queue.add(name, data)`)';
  if (stack.has('bull')) return 'the Bull queue this project has (`await queue.add(data)`)';
  if (stack.queue === 'agenda') return 'the Agenda this project has (`await agenda.now(name, data)`)';
  if (stack.queue) return `\`${stack.queue}\`, which this project has`;
  if (stack.redis) return `a queue in Redis (\`bullmq\`, on the Redis this project has)`;
  if (stack.database === 'postgres') return 'a queue in PostgreSQL (`pg-boss` or `graphile-worker`)';
  if (stack.database === 'mongodb' || stack.orm === 'mongoose') return 'a queue in MongoDB (`agenda`)';
  return 'a queue that lasts (`bullmq` on Redis, `pg-boss` on PostgreSQL), or a table of jobs';
}
