import type { Recipe } from './recipe.js';

const SERVER = 'Use a database server in production:';

/** What to use instead of a database in a file, by how it is opened; `{server}` is `postgres` or `mysql`, `{driver}` its driver. */
export const databaseRecipes: readonly Recipe[] = [
  {
    api: 'TypeORM',
    text: `${SERVER} \`type: '{server}', url: process.env.DATABASE_URL\`; entities and repositories stay as they are, migrations are written anew for it.`,
    source: 'typeorm@1.1.1 driver/postgres/PostgresConnectionOptions.d.ts',
  },
  {
    api: 'Sequelize',
    text: `${SERVER} \`const sequelize = new Sequelize(process.env.DATABASE_URL, { dialect: '{server}' });\` with the driver \`{driver}\` installed; the models stay as they are.`,
    source: 'sequelize@6.37.8 types/sequelize.d.ts',
  },
  {
    api: 'Knex',
    text: `${SERVER} \`client: '{driver}', connection: process.env.DATABASE_URL\`; most queries stay as they are.`,
    source: 'knex@3.3.0 types/index.d.ts',
  },
  {
    api: 'MikroORM',
    text: `${SERVER} \`clientUrl: process.env.DATABASE_URL\` with \`defineConfig\` of \`{mikro}\`; the entities stay as they are.`,
    source: 'unchecked: MikroORM@6 documentation, configuration',
  },
  {
    api: 'Prisma',
    text: `${SERVER} \`provider = "{prisma}"\` in schema.prisma, with \`DATABASE_URL\` pointing to it and migrations made for it.`,
    source: 'unchecked: Prisma@7 schema reference, datasource',
  },
  {
    api: 'Drizzle',
    text: 'Point it at a server in production: `const db = drizzle(process.env.DATABASE_URL);` of `drizzle-orm/node-postgres` with tables of `pg-core`, or a `libsql://` address (Turso, sqld) for the same queries.',
    source: 'drizzle-orm@0.45.4 node-postgres/driver.d.ts',
  },
  {
    api: 'libsql',
    text: 'Point it at a server in production, for the same queries: `createClient({ url: process.env.LIBSQL_URL, authToken: process.env.LIBSQL_TOKEN })`, with a `libsql://` address (Turso, sqld).',
    source: 'unchecked: @libsql/client@0.15 README.md',
  },
  {
    api: 'PGlite',
    text: `Use the PostgreSQL server itself in production: \`const pool = new Pool({ connectionString: process.env.DATABASE_URL });\` of \`pg\`; the statements stay as they are.`,
    source: 'pg@8.23.0 README.md',
  },
  {
    api: 'mongodb-memory-server',
    needs: { orm: 'mongoose', embedded: true },
    text: 'Connect to a MongoDB server in production, `await mongoose.connect(process.env.MONGODB_URI);`, and keep `mongodb-memory-server` among the development dependencies.',
    source: 'mongoose@9.12.1 types/connection.d.ts',
  },
  {
    api: 'mongodb-memory-server',
    text: 'Connect to a MongoDB server in production, `new MongoClient(process.env.MONGODB_URI)`, and keep `mongodb-memory-server` among the development dependencies.',
    source: 'mongodb@7.8.0 mongodb.d.ts',
  },
  {
    api: 'redis-memory-server',
    needs: { redis: ['ioredis'] },
    text: 'Connect to a Redis server in production: `new Redis(process.env.REDIS_URL)`.',
    source: 'ioredis@6.0.0 README.md',
  },
  {
    api: 'redis-memory-server',
    text: 'Connect to a Redis server in production: `createClient({ url: process.env.REDIS_URL })`.',
    source: 'redis@6.3.1 README.md',
  },
  {
    api: 'DuckDB',
    text: 'Keep the data in a database server or as Parquet files in object storage, and let DuckDB only compute on it, in memory.',
    source: 'unchecked: https://duckdb.org/docs/stable/connect/concurrency',
  },
  {
    api: 'vectors',
    needs: { database: 'postgres' },
    text: 'Keep the vectors where all instances ask, in the PostgreSQL this project has with `pgvector`: `CREATE EXTENSION vector`.',
    source: 'unchecked: pgvector@0.8 README.md',
  },
  {
    api: 'vectors',
    text: 'Keep the vectors on a server that all instances ask, for example in PostgreSQL with `pgvector`, or in Qdrant.',
    source: 'unchecked: pgvector@0.8 README.md',
  },
  {
    api: 'keyv',
    needs: { database: 'postgres' },
    text: 'Give keyv a store that all instances share: `new Keyv({ store: new KeyvPostgres({ uri: process.env.DATABASE_URL }) })`, with `KeyvPostgres` of `@keyv/postgres`, in the PostgreSQL this project has.',
    source: '@keyv/postgres@2.2.3 README.md',
  },
  {
    api: 'keyv',
    text: 'Give keyv a store that all instances share: `new Keyv({ store: new KeyvRedis(process.env.REDIS_URL) })`, with `KeyvRedis` of `@keyv/redis`.',
    source: '@keyv/redis@5.1.6 README.md',
  },
  {
    api: 'own server',
    text: 'Run the database as a service of its own, and let all instances connect to it by an address from the environment.',
    source: 'https://12factor.net/backing-services',
  },
  // SQLite by a driver, or some other file.
  {
    needs: { database: ['postgres', 'mysql', 'mongodb', 'mssql'] },
    text: 'Keep this data in {lasting}, too, where all instances see it.',
    source: 'https://12factor.net/backing-services',
  },
  {
    api: 'sqlite',
    text: 'Use a database server that all instances connect to: `const pool = new Pool({ connectionString: process.env.DATABASE_URL });` of `pg`; where it must stay SQLite, put it behind a server (libsql, rqlite).',
    source: 'pg@8.23.0 README.md',
  },
  {
    text: 'Keep this data in {lasting}, where all instances see it.',
    source: 'https://12factor.net/backing-services',
  },
];
