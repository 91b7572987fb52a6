import { lastingStoreOf, type Stack } from '../../src/api/index.js';

/** What to use instead, with the packages that are there. */
export function hint(stack: Stack, name: string): string {
  const mysql = stack.database === 'mysql';
  const server = mysql ? 'MySQL' : 'PostgreSQL';
  if (/TypeORM/.test(name))
    return `Use a database server in production: \`type: '${mysql ? 'mysql' : 'postgres'}'\` with \`url: process.env.DATABASE_URL\`; entities and repositories stay as they are. Write the migrations anew for it.`;
  if (/Sequelize/.test(name))
    return `Use a database server in production: \`new Sequelize(process.env.DATABASE_URL)\` with the driver \`${mysql ? 'mysql2' : 'pg'}\` installed; the models stay as they are.`;
  if (/Knex/.test(name))
    return `Use a database server in production: \`client: '${mysql ? 'mysql2' : 'pg'}'\` with \`connection: process.env.DATABASE_URL\`; most queries stay as they are.`;
  if (/MikroORM/.test(name))
    return `Use a database server in production: \`${mysql ? '@mikro-orm/mysql' : '@mikro-orm/postgresql'}\` with \`clientUrl: process.env.DATABASE_URL\`; the entities stay as they are.`;
  if (/Prisma/.test(name))
    return `Use a database server in production: \`provider = "${mysql ? 'mysql' : 'postgresql'}"\` in schema.prisma with \`DATABASE_URL\` pointing to it, and migrations made for it.`;
  if (/Drizzle on SQLite/.test(name) || /libsql/.test(name))
    return 'Point it at a server in production: a `libsql://` address (Turso, sqld) for the same queries, or `drizzle-orm/node-postgres` with tables of `pg-core`.';
  if (/PGlite/.test(name))
    return 'Use the PostgreSQL server itself in production, with `pg` and `DATABASE_URL`: the statements stay as they are.';
  if (/mongodb-memory-server/.test(name))
    return 'Connect to a MongoDB server in production (`MONGODB_URI`), and keep `mongodb-memory-server` among the development dependencies.';
  if (/redis-memory-server/.test(name)) return 'Connect to a Redis server in production (`REDIS_URL`).';
  if (/DuckDB/.test(name))
    return 'Keep the data in a database server or as Parquet files in object storage, and let DuckDB only compute on it, in memory.';
  if (/Lance|vectra|hnswlib|faiss/.test(name))
    return `Keep the vectors on a server that all instances ask, for example in ${stack.database === 'postgres' ? 'the PostgreSQL this project has, with `pgvector`' : 'PostgreSQL with `pgvector`, or in Qdrant'}.`;
  if (/keyv/.test(name))
    return stack.redis
      ? 'Give keyv the store `@keyv/redis`, on the Redis this project has.'
      : 'Give keyv a store that all instances share, such as `@keyv/redis` or `@keyv/postgres`.';
  if (/beside itself/.test(name))
    return `Run the database as a service of its own, and let all instances connect to it by an address from the environment.`;
  if (/sqlite/i.test(name))
    return stack.database && stack.database !== 'sqlite'
      ? `Keep this data in ${lastingStoreOf(stack)} as well.`
      : `Use a database server that all instances connect to, such as ${server} (\`${mysql ? 'mysql2' : 'pg'}\`); where it must stay SQLite, put it behind a server (libsql, rqlite).`;
  return `Keep this data in ${lastingStoreOf(stack)}.`;
}
