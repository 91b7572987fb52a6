import type { Source } from './types.js';

/*
 * How many connections a pool may open, and how many a database takes.
 */

/** A call that makes a pool. */
export interface PoolKnowledge {
  readonly api: string;
  /** Which argument holds the options. */
  readonly options: number;
  /** Paths of the options that bound the pool: the first that is given counts. */
  readonly max: readonly string[];
  /** Which database; absent where an option says so. */
  readonly database?: Database;
  /** The option that names the database. */
  readonly dialect?: string;
  /** Paths at which a bound is not seen by the library, and where it belongs. */
  readonly ignored?: readonly { readonly path: string; readonly instead: string }[];
  readonly source: Source;
}

export type Database = 'postgres' | 'mysql';

/** What a database takes as it is installed, and what it keeps for administrators. */
export const databaseLimits: Readonly<
  Record<Database, { words: string; max: number; reserved: number; source: Source }>
> = {
  postgres: {
    words: 'PostgreSQL',
    max: 100,
    reserved: 3,
    source:
      'https://www.postgresql.org/docs/current/runtime-config-connection.html (max_connections, superuser_reserved_connections)',
  },
  mysql: {
    words: 'MySQL',
    max: 151,
    reserved: 1,
    source: 'https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_max_connections',
  },
};

/** How a database's own container is told another limit: the end of its image's name, and an argument of its command. */
export const limitArguments: readonly {
  readonly database: Database;
  readonly images: RegExp;
  /** Of one word; its group is the number. */
  readonly argument: RegExp;
  readonly source: Source;
}[] = [
  {
    database: 'postgres',
    images: /(?:^|\/)(?:postgres|postgresql|postgis|pgvector|timescaledb|timescaledb-ha)(?::|@|$)/,
    argument: /^(?:-c|--)?max[_-]connections=(\d+)$/,
    source: 'https://www.postgresql.org/docs/current/app-postgres.html (-c name=value, --name=value)',
  },
  {
    database: 'mysql',
    images: /(?:^|\/)(?:mysql|mysql-server|mariadb|percona)(?::|@|$)/,
    argument: /^--max[_-]connections=(\d+)$/,
    source: 'https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_max_connections',
  },
];

export const pools: readonly PoolKnowledge[] = [
  {
    api: 'pg:Pool',
    options: 0,
    max: ['max', 'poolSize'],
    database: 'postgres',
    source: 'pg-pool@3.14.0 index.js:89 "max || poolSize || 10"',
  },
  { api: 'postgres:', options: 0, max: ['max'], database: 'postgres', source: 'postgres@3.4.9 src/index.js:449' },
  {
    api: 'slonik:createPool',
    options: 1,
    max: ['maximumPoolSize'],
    database: 'postgres',
    source: 'slonik@47.3.2 README.md',
  },
  {
    api: 'pg-promise:()',
    options: 0,
    max: ['max'],
    database: 'postgres',
    source: 'pg-promise@12.7.1 README.md (options of pg-pool)',
  },
  {
    api: '@prisma/adapter-pg:PrismaPg',
    options: 0,
    max: ['max'],
    database: 'postgres',
    source: '@prisma/adapter-pg@7.10.1 README.md (options of pg-pool)',
  },
  {
    api: 'mysql2:createPool',
    options: 0,
    max: ['connectionLimit'],
    database: 'mysql',
    source: 'mysql2@3.24.6 lib/pool_config.js:15; mariadb@3.5.4 lib/config/pool-options.js:29',
  },
  {
    api: 'knex:',
    options: 0,
    max: ['pool.max'],
    dialect: 'client',
    ignored: [{ path: 'connection.pool.max', instead: '`pool` beside `connection`' }],
    source: 'knex@3.3.0 lib/client.js:230 (config.pool)',
  },
  {
    api: 'sequelize:Sequelize',
    options: 0,
    max: ['pool.max'],
    dialect: 'dialect',
    source: 'sequelize@6.37.8 lib/dialects/abstract/connection-manager.js',
  },
  {
    api: '{typeorm:DataSource,typeorm:createConnection,@nestjs/typeorm:TypeOrmModule.forRoot,@nestjs/typeorm:TypeOrmModule.forRootAsync}',
    options: 0,
    max: ['poolSize', 'extra.max', 'extra.connectionLimit'],
    dialect: 'type',
    source: 'typeorm@1.1.1 driver/postgres/PostgresDriver.js:1380, driver/mysql/MysqlDriver.js:953',
  },
  {
    api: '@mikro-orm/core:MikroORM.{init,initSync}',
    options: 0,
    max: ['pool.max'],
    dialect: 'type',
    source: '@mikro-orm/core@6.6.16 utils/Configuration.d.ts',
  },
];
