import { databaseRecipes, lastingStoreOf, recipeFor, type Stack } from '../../src/api/index.js';

/** What is opened, by the words of the message; the first that fits. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/TypeORM/, 'TypeORM'],
  [/Sequelize/, 'Sequelize'],
  [/Knex/, 'Knex'],
  [/MikroORM/, 'MikroORM'],
  [/Prisma/, 'Prisma'],
  [/Drizzle on SQLite/, 'Drizzle'],
  [/libsql/, 'libsql'],
  [/PGlite/, 'PGlite'],
  [/mongodb-memory-server/, 'mongodb-memory-server'],
  [/redis-memory-server/, 'redis-memory-server'],
  [/DuckDB/, 'DuckDB'],
  [/Lance|vectra|hnswlib|faiss/, 'vectors'],
  [/keyv/, 'keyv'],
  [/beside itself/, 'own server'],
  [/sqlite/i, 'sqlite'],
];

/** What to use instead, with the packages that are there. */
export function hint(stack: Stack, name: string, file: string): string {
  const mysql = stack.database === 'mysql';
  return recipeFor(databaseRecipes, KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? '', stack, {
    file,
    server: mysql ? 'mysql' : 'postgres',
    driver: mysql ? 'mysql2' : 'pg',
    mikro: mysql ? '@mikro-orm/mysql' : '@mikro-orm/postgresql',
    prisma: mysql ? 'mysql' : 'postgresql',
    lasting: lastingStoreOf(stack),
  });
}
