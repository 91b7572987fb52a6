import type { MigrationCall, MigrationCommand, MigrationMethod, MigrationOption, SchemaCall } from './types.js';

/** The facts of a tool, said once. */
const TYPEORM = {
  tool: 'TypeORM',
  does: 'migrate',
  ownLock: 'none',
  words: 'TypeORM takes no lock: two instances run the same migration at the same time',
  source: 'typeorm@1.1.1 migration/MigrationExecutor.js (no lock in it); typeorm/typeorm#4588',
} as const;
const TYPEORM_SYNC = {
  ...TYPEORM,
  does: 'sync',
  words:
    'TypeORM alters the tables to fit the entities at every start, without a lock, and drops what an older version still uses',
  source: 'typeorm@1.1.1 data-source/DataSource.js:156 "if (this.options.synchronize) await this.synchronize()"',
} as const;
const SEQUELIZE_SYNC = {
  tool: 'Sequelize',
  does: 'sync',
  ownLock: 'none',
  words: 'Sequelize takes no lock: two instances create and alter the same tables at the same time',
  source: 'sequelize@6.37.8 lib/sequelize.js, sync (no lock in it)',
} as const;
const UMZUG = {
  tool: 'Umzug',
  does: 'migrate',
  ownLock: 'none',
  words: 'Umzug takes no lock: two instances run the same migration at the same time',
  source: 'umzug@3.8.3 lib/umzug.js (FileLocker locks on one host only); sequelize/umzug#518',
} as const;
const SEQUELIZE_CLI = {
  ...UMZUG,
  tool: 'sequelize-cli',
  words: 'sequelize-cli takes no lock: two instances run the same migration at the same time',
} as const;
const KNEX = {
  tool: 'Knex',
  does: 'migrate',
  ownLock: 'fails',
  words:
    'Knex locks its migrations table: the second instance fails with "Migration table is already locked" and does not start, and a killed instance leaves the lock behind',
  source: 'knex@3.3.0 lib/migrations/migrate/Migrator.js:463 "Migration table is already locked"',
} as const;
const DRIZZLE = {
  tool: 'Drizzle',
  does: 'migrate',
  ownLock: 'none',
  words: 'Drizzle takes no lock: two instances run the same migration at the same time',
  source:
    'drizzle-orm@0.45.4 pg-core/dialect.js, mysql-core/dialect.js (no lock in them); drizzle-team/drizzle-orm#874',
} as const;
const DRIZZLE_PUSH = {
  ...DRIZZLE,
  does: 'sync',
  words: '`drizzle-kit push` changes the tables to fit the code, without a lock and without history',
  source: 'drizzle-kit@0.31.11 bin.cjs (no advisory lock in it)',
} as const;
const PRISMA = {
  tool: 'Prisma',
  does: 'migrate',
  ownLock: 'waits',
  words: 'Prisma takes an advisory lock, so the others wait, but only 10 seconds; then they fail and do not start',
  source:
    'Prisma error P1002 "Timed out trying to acquire a postgres advisory lock … Elapsed: 10000ms"; documentation of Prisma Migrate, advisory locking',
} as const;
const PRISMA_PUSH = {
  ...PRISMA,
  does: 'sync',
  ownLock: 'none',
  words: '`prisma db push` changes the tables to fit the schema file, without a lock and without history',
  source: 'unchecked: Prisma documentation, db push',
} as const;
const MIKRO = {
  tool: 'MikroORM',
  does: 'migrate',
  ownLock: 'none',
  words: 'MikroORM takes no lock: two instances run the same migration at the same time',
  source: '@mikro-orm/migrations@6.6.16 Migrator.js (no lock in it)',
} as const;
const MIKRO_SYNC = {
  ...MIKRO,
  does: 'sync',
  words: 'MikroORM changes the tables to fit the entities, without a lock',
  source: 'unchecked: MikroORM documentation, schema generator',
} as const;
const KYSELY = {
  tool: 'Kysely',
  does: 'migrate',
  ownLock: 'waits',
  words: 'Kysely takes an advisory lock, so the others wait, but every instance still alters tables before it serves',
  source:
    'kysely@0.28.18 dist/cjs/dialect/postgres/postgres-adapter.js:24 pg_advisory_lock, dist/cjs/dialect/mysql/mysql-adapter.js:22 get_lock (none for SQLite)',
} as const;
const NODE_PG_MIGRATE = {
  tool: 'node-pg-migrate',
  does: 'migrate',
  ownLock: 'fails',
  words:
    'node-pg-migrate takes an advisory lock and fails where another instance holds it, unless `advisoryLockMode` is `wait`',
  source:
    "node-pg-migrate@9.0.0 dist/bundle/index.d.ts \"type AdvisoryLockMode = 'fail' | 'wait'\", dist/bundle/index.js",
} as const;
const MIGRATE_MONGO = {
  tool: 'migrate-mongo',
  does: 'migrate',
  ownLock: 'none',
  words: 'migrate-mongo takes no lock unless `lockTtl` is set, and then looks before it locks',
  source:
    'migrate-mongo@14.0.7 README.md "lockTtl: 0 … Value of 0 will disable the feature", lib/utils/lock.js (find, then insertOne)',
} as const;
const DB_MIGRATE = {
  tool: 'db-migrate',
  does: 'migrate',
  ownLock: 'none',
  words: 'db-migrate takes no lock: two instances run the same migration at the same time',
  source: 'db-migrate@0.11.14 lib (no lock in it); db-migrate/node-db-migrate#464',
} as const;
const POSTGRATOR = {
  tool: 'Postgrator',
  does: 'migrate',
  ownLock: 'none',
  words: 'Postgrator takes no lock: two instances run the same migration at the same time',
  source: 'postgrator@8.0.0 postgrator.js (no lock in it)',
} as const;
const POSTGRES_MIGRATIONS = {
  tool: 'postgres-migrations',
  does: 'migrate',
  ownLock: 'waits',
  words:
    'postgres-migrations takes an advisory lock, so the others wait, but every instance still alters tables before it serves',
  source: 'postgres-migrations@5.3.0 README.md, "advisory locks are used to control concurrency"',
} as const;
const SLONIK = {
  ...POSTGRES_MIGRATIONS,
  tool: '@slonik/migrator',
  words: '@slonik/migrator takes an advisory lock, so the others wait',
  source: '@slonik/migrator@0.12.0 dist/index.js, pg_advisory_lock',
} as const;
const GRAPHILE = {
  ...POSTGRES_MIGRATIONS,
  tool: 'graphile-migrate',
  ownLock: 'fails',
  words: 'graphile-migrate takes an advisory lock, and an instance that does not get it stops with an error',
  source: 'graphile-migrate@1.4.1 dist/pgReal.js:113 `throw new Error("Failed to get exclusive lock")`',
} as const;
const MIGRATE = {
  ...DB_MIGRATE,
  tool: 'migrate',
  words: '`migrate` takes no lock: two instances run the same migration at the same time',
  source: 'migrate@2.1.0 lib/migrate.js (no lock in it)',
} as const;
const MARV = {
  ...POSTGRES_MIGRATIONS,
  tool: 'marv',
  words: 'marv locks its migrations table, so the others wait, but every instance still alters tables before it serves',
  source: 'marv@6.0.0 lib/migrate.js, lockMigrations',
} as const;
const OTHERS = (tool: string, source = `unchecked: ${tool} documentation`) =>
  ({
    ...DB_MIGRATE,
    tool,
    words: `${tool} takes no lock: two instances run the same migration at the same time`,
    source,
  }) as const;
const FLYWAY = (tool: string) =>
  ({
    ...PRISMA,
    tool,
    words: `${tool} locks its history table, so the others wait, but every instance still alters tables before it serves`,
    source: `unchecked: ${tool} documentation`,
  }) as const;
const MONGOOSE_INDEXES = {
  tool: 'Mongoose',
  does: 'sync',
  ownLock: 'none',
  words: '`syncIndexes` drops the indexes that this version does not name, and the other version builds them again',
  source: 'mongoose@9.12.1 lib/model.js, syncIndexes',
} as const;
const FRAMEWORK_SYNC = (tool: string, words: string) =>
  ({ tool, does: 'sync', ownLock: 'none', words, source: `unchecked: ${tool} documentation` }) as const;
const LUCID = {
  ...PRISMA,
  tool: 'Lucid',
  words: 'Lucid takes an advisory lock unless `disableLocks` is set',
  source: '@adonisjs/lucid@22.4.2 build/src/migration/runner.js:64',
} as const;

/** Calls that change tables one by one, as a migration written by hand does. */
export const schemaCalls: readonly SchemaCall[] = [
  {
    api: 'knex:().schema.{createTable,alterTable,table,dropTable,renameTable,createSchema}',
    source: 'knex@3.3.0 types/index.d.ts, interface SchemaBuilder',
  },
  {
    api: 'knex:().schema.{createTableIfNotExists,dropTableIfExists,createSchemaIfNotExists}',
    looksFirst: true,
    source: 'knex@3.3.0 types/index.d.ts, interface SchemaBuilder',
  },
  {
    api: 'sequelize:Sequelize().getQueryInterface().{createTable,addColumn,changeColumn,removeColumn,renameColumn,renameTable,dropTable}',
    source: 'sequelize@6.37.8 lib/dialects/abstract/query-interface.js',
  },
  {
    api: 'typeorm:QueryRunner().{createTable,dropTable,addColumn,addColumns,dropColumn,changeColumn,renameTable,renameColumn}',
    source: 'unchecked: TypeORM documentation, QueryRunner API',
  },
  {
    api: 'kysely:Kysely().schema.{createTable,alterTable,dropTable}',
    source: 'unchecked: Kysely documentation, SchemaModule',
  },
];

/** Calls that migrate. */
export const migrationCalls: readonly MigrationCall[] = [
  { api: 'typeorm:DataSource().runMigrations', ...TYPEORM },
  { api: 'typeorm:MigrationExecutor().executePendingMigrations', ...TYPEORM },
  { api: 'typeorm:DataSource().synchronize', ...TYPEORM_SYNC },
  { api: 'sequelize:Sequelize().sync', ...SEQUELIZE_SYNC },
  { api: 'sequelize:Model.sync', ...SEQUELIZE_SYNC },
  { api: 'umzug:{(),Umzug()}.{up,execute,runAsCLI}', ...UMZUG },
  { api: 'knex:().migrate.{latest,up}', ...KNEX },
  {
    api: 'drizzle-orm/{node-postgres,postgres-js,pg-proxy,neon-http,neon-serverless,vercel-postgres,pglite,aws-data-api/pg,mysql2,mysql-proxy,planetscale-serverless,tidb-serverless,singlestore,singlestore-proxy,better-sqlite3,bun-sqlite,bun-sql,libsql,sqlite-proxy,sql-js,d1,durable-sqlite,expo-sqlite,op-sqlite,xata-http,gel,netlify-db}/migrator:migrate',
    ...DRIZZLE,
  },
  { api: 'drizzle-orm:migrate', ...DRIZZLE },
  { api: '@mikro-orm/core:MikroORM().{migrator,getMigrator()}.up', ...MIKRO },
  {
    api: '@mikro-orm/core:MikroORM().{schema,getSchemaGenerator()}.{update,updateSchema,create,createSchema,ensureDatabase,refresh,refreshDatabase}',
    ...MIKRO_SYNC,
  },
  { api: 'kysely:Migrator().{migrateToLatest,migrateTo,migrateUp}', ...KYSELY },
  {
    api: 'node-pg-migrate:{,runner}',
    ...NODE_PG_MIGRATE,
    lockOption: { arg: 0, path: 'advisoryLockMode', value: 'wait', lock: 'waits' },
  },
  { api: 'graphile-migrate:{migrate,runMigrations}', ...GRAPHILE },
  { api: 'migrate-mongo:up', ...MIGRATE_MONGO },
  { api: 'db-migrate:getInstance().{up,sync}', ...DB_MIGRATE },
  { api: 'postgrator:().migrate', ...POSTGRATOR },
  { api: 'postgres-migrations:migrate', ...POSTGRES_MIGRATIONS },
  {
    api: '@databases/pg-migrations:{,applyMigrations}',
    ...POSTGRES_MIGRATIONS,
    tool: '@databases/pg-migrations',
    ownLock: 'unknown',
    source: 'unchecked: @databases/pg-migrations documentation',
  },
  { api: '@slonik/migrator:SlonikMigrator().{up,runAsCLI}', ...SLONIK },
  { api: 'migrate:load/1.1.up', ...MIGRATE },
  { api: 'marv/api/{promise,callback}:migrate', ...MARV },
  {
    api: 'mongo-migrate-ts:mongoMigrateCli',
    ...OTHERS('mongo-migrate-ts', 'mongo-migrate-ts@2.0.0 lib (no lock in it)'),
  },
  {
    api: 'ts-migrate-mongoose:{Migrator.connect().run,Migrator().run}',
    ...OTHERS('ts-migrate-mongoose', 'ts-migrate-mongoose@5.3.3 dist (no lock in it)'),
  },
  { api: 'east:MigrationManager().migrate', ...OTHERS('east', 'east@2.0.3 lib (no lock in it)') },
  { api: 'node-flywaydb:Flyway().migrate', ...FLYWAY('Flyway') },
  { api: 'liquibase:{(),Liquibase()}.update', ...FLYWAY('Liquibase') },
  { api: 'mongoose:{model().,connection.,}syncIndexes', ...MONGOOSE_INDEXES },
  { api: '@adonisjs/lucid/migration:MigrationRunner().run', ...LUCID },
];

const CONNECT_NEST = '@nestjs/typeorm:TypeOrmModule.{forRoot,forRootAsync}';
const WATERLINE_WORDS = 'Waterline alters the tables to fit the models at every start';

/** Options that make connecting or starting migrate. */
export const migrationOptions: readonly MigrationOption[] = [
  {
    api: 'typeorm:{DataSource,createConnection}',
    arg: 0,
    path: 'migrationsRun',
    value: 'truthy',
    ...TYPEORM,
    source: 'typeorm@1.1.1 data-source/DataSource.js:151 "if (this.options.migrationsRun)"',
  },
  { api: 'typeorm:{DataSource,createConnection}', arg: 0, path: 'synchronize', value: 'truthy', ...TYPEORM_SYNC },
  { api: CONNECT_NEST, arg: 0, path: 'migrationsRun', value: 'truthy', ...TYPEORM },
  { api: CONNECT_NEST, arg: 0, path: 'synchronize', value: 'truthy', ...TYPEORM_SYNC },
  {
    api: '@nestjs/sequelize:SequelizeModule.{forRoot,forRootAsync}',
    arg: 0,
    path: 'synchronize',
    value: 'truthy',
    ...SEQUELIZE_SYNC,
    source: '@nestjs/sequelize@12.0.0 dist/sequelize-core.module.js:123',
  },
  {
    api: 'payload:buildConfig',
    arg: 0,
    path: 'db.prodMigrations',
    value: 'given',
    ...FRAMEWORK_SYNC('Payload', 'Payload runs `prodMigrations` at every start, without a lock'),
  },
  {
    api: '@payloadcms/db-{postgres,sqlite,mongodb}:{postgresAdapter,sqliteAdapter,mongooseAdapter}',
    arg: 0,
    path: 'prodMigrations',
    value: 'given',
    ...FRAMEWORK_SYNC('Payload', 'Payload runs `prodMigrations` at every start, without a lock'),
  },
  {
    api: '@payloadcms/db-{postgres,sqlite}:{postgresAdapter,sqliteAdapter}',
    arg: 0,
    path: 'push',
    value: 'truthy',
    ...FRAMEWORK_SYNC('Payload', 'Payload pushes the schema to the database at start'),
  },
  {
    api: 'waterline:().{initialize,loadCollection}',
    arg: 0,
    path: 'migrate',
    value: ['alter', 'drop'],
    ...FRAMEWORK_SYNC('Waterline', WATERLINE_WORDS),
  },
  {
    api: 'sails:{lift,load}',
    arg: 0,
    path: 'models.migrate',
    value: ['alter', 'drop'],
    ...FRAMEWORK_SYNC('Sails', 'Sails alters the tables to fit the models at every start'),
  },
];

/** Commands that migrate. Runners (`npx`, `pnpm exec`, `yarn`, `bunx`, `node_modules/.bin/…`) are taken off before. */
export const migrationCommands: readonly MigrationCommand[] = [
  { command: ['prisma', 'migrate', 'deploy'], ...PRISMA },
  {
    command: ['prisma', 'migrate', 'dev'],
    ...PRISMA,
    words: '`prisma migrate dev` is for development: it can reset the database',
  },
  { command: ['prisma', 'db', 'push'], ...PRISMA_PUSH },
  { command: ['knex', 'migrate:latest'], ...KNEX },
  { command: ['knex', 'migrate:up'], ...KNEX },
  ...(['typeorm', 'typeorm-ts-node-commonjs', 'typeorm-ts-node-esm'] as const).flatMap(
    (program): MigrationCommand[] => [
      { command: [program, 'migration:run'], ...TYPEORM },
      { command: [program, 'schema:sync'], ...TYPEORM_SYNC },
    ],
  ),
  { command: ['sequelize', 'db:migrate'], ...SEQUELIZE_CLI },
  { command: ['sequelize-cli', 'db:migrate'], ...SEQUELIZE_CLI },
  { command: ['drizzle-kit', 'migrate'], ...DRIZZLE },
  { command: ['drizzle-kit', 'push'], ...DRIZZLE_PUSH },
  { command: ['drizzle-kit', 'push:pg'], ...DRIZZLE_PUSH },
  { command: ['drizzle-kit', 'push:mysql'], ...DRIZZLE_PUSH },
  { command: ['drizzle-kit', 'push:sqlite'], ...DRIZZLE_PUSH },
  { command: ['mikro-orm', 'migration:up'], ...MIKRO },
  { command: ['mikro-orm-esm', 'migration:up'], ...MIKRO },
  { command: ['mikro-orm', 'schema:update'], ...MIKRO_SYNC },
  { command: ['kysely', 'migrate:latest'], ...KYSELY },
  { command: ['kysely', 'migrate', 'latest'], ...KYSELY },
  { command: ['kysely-migration-cli'], ...KYSELY },
  { command: ['node-pg-migrate', 'up'], ...NODE_PG_MIGRATE },
  { command: ['graphile-migrate', 'migrate'], ...GRAPHILE },
  { command: ['migrate-mongo', 'up'], ...MIGRATE_MONGO },
  { command: ['db-migrate', 'up'], ...DB_MIGRATE },
  { command: ['migrate', 'up'], ...MIGRATE },
  { command: ['postgrator'], ...POSTGRATOR },
  {
    command: ['pg-migrations', 'apply'],
    ...POSTGRES_MIGRATIONS,
    tool: '@databases/pg-migrations',
    ownLock: 'unknown',
    source: 'unchecked: @databases/pg-migrations documentation',
  },
  { command: ['east', 'migrate'], ...OTHERS('east', 'east@2.0.3 lib (no lock in it)') },
  { command: ['marv', 'migrate'], ...MARV },
  { command: ['dbmate', 'up'], ...OTHERS('dbmate') },
  { command: ['dbmate', 'migrate'], ...OTHERS('dbmate') },
  { command: ['mongo-migrate-ts', 'up'], ...OTHERS('mongo-migrate-ts', 'mongo-migrate-ts@2.0.0 lib (no lock in it)') },
  { command: ['flyway', 'migrate'], ...FLYWAY('Flyway') },
  { command: ['liquibase', 'update'], ...FLYWAY('Liquibase') },
  { command: ['payload', 'migrate'], ...OTHERS('Payload') },
  { command: ['medusa', 'db:migrate'], ...OTHERS('Medusa') },
  { command: ['medusa', 'migrations', 'run'], ...OTHERS('Medusa') },
  { command: ['node', 'ace', 'migration:run'], ...LUCID },
  { command: ['directus', 'bootstrap'], ...OTHERS('Directus') },
  { command: ['directus', 'database', 'migrate:latest'], ...OTHERS('Directus') },
];

/** Methods that migrate by their name, on receivers that could not be resolved. */
export const migrationMethods: readonly MigrationMethod[] = [
  { method: 'runMigrations', receiver: '(?:data_?source|connection|conn|db|database|orm|manager)$', ...TYPEORM },
  { method: 'latest', receiver: '\\.migrate$', ...KNEX },
  { method: 'migrateToLatest', ...KYSELY },
  {
    method: 'sync',
    receiver: '(?:sequelize|sequelize\\w*|^db\\.sequelize|models\\.sequelize|database)$',
    ...SEQUELIZE_SYNC,
  },
  { method: 'up', receiver: '(?:umzug|migrator)$', ...UMZUG },
  { method: 'syncIndexes', ...MONGOOSE_INDEXES },
];
