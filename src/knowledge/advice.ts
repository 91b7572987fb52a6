import type { Stack } from '../model/program.js';
import { broadcastRecipes } from './recipes/broadcast.js';
import { lockRecipes } from './recipes/locks.js';
import { queueRecipes } from './recipes/queues.js';
import { recipeFor } from './recipes/recipe.js';

/*
 * How to say, in this project's own parts, where something shared can live.
 */

const REDIS: Record<NonNullable<Stack['redis']>, string> = {
  ioredis: 'Redis through the `ioredis` client this project has',
  redis: 'Redis through the `redis` client this project has',
  iovalkey: 'Valkey through the `iovalkey` client this project has',
};

/** A database that is a file shares nothing: it is no place to send anybody to. */
const DATABASE: Partial<Record<NonNullable<Stack['database']>, string>> = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  mongodb: 'MongoDB',
  mssql: 'SQL Server',
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
  bookshelf: 'Bookshelf',
};

/** The database in words: "PostgreSQL through Prisma"; none where there is none that instances can share. */
export function databaseOf(stack: Stack): string | undefined {
  if (stack.database === 'sqlite') return undefined;
  const orm = stack.orm ? ORMS[stack.orm] : undefined;
  const database = stack.database ? DATABASE[stack.database] : undefined;
  if (!database) return orm ? `the database through ${orm}` : undefined;
  return orm ? `${database} through ${orm}` : database;
}

/** Where shared state that comes and goes fits best: the project's Redis, else its database, else a Redis to add. */
export function sharedStoreOf(stack: Stack): string {
  if (stack.redis) return REDIS[stack.redis];
  return databaseOf(stack) ?? 'Redis (for example with `ioredis`)';
}

/** Where state that must last fits best: the project's database, else its Redis. */
export function lastingStoreOf(stack: Stack): string {
  const database = databaseOf(stack);
  if (database) return database;
  if (stack.redis) return REDIS[stack.redis];
  return stack.database === 'sqlite' ? 'a database server' : 'a database that all instances share';
}

/** The last part of a name that says something, as it can stand in a key, a channel or a job's name; of a file the name before the dot. */
export function wordOf(name: string, otherwise = 'work'): string {
  const parts = name
    .replace(/^.*\/|\.[cm]?[jt]sx?$/g, '')
    .split(/[.>\s]+/)
    .filter((part) => /^[#_$A-Za-z][\w$]*$/.test(part) && part !== 'constructor');
  return parts.at(-1)?.replace(/\W/g, '') || otherwise;
}

/** How this project can tell all its instances something: what the sentence begins with, a name for the channel, and what each does on hearing it. */
export function broadcastOf(stack: Stack, lead: string, name: string, act: string): string {
  return recipeFor(broadcastRecipes, '', stack, { lead, name: wordOf(name), act });
}

/** How this project can keep all its instances from doing the same at once. */
export function exclusionOf(stack: Stack, name: string): string {
  return recipeFor(lockRecipes, '', stack, { name: wordOf(name) });
}

/** Where this project can put work that must outlive the instance that accepted it, with the call that does; `later` is a delay in milliseconds. */
export function queueOf(stack: Stack, name: string, later?: string): string {
  return recipeFor(queueRecipes, '', stack, {
    name: wordOf(name),
    delay: later === undefined ? '' : `, { delay: ${later} }`,
  });
}
