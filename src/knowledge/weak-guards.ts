import type { Source } from './types.js';

/*
 * Calls that look like a guard and are none, or none that holds on more than one host.
 */

/** A call that sends a statement over whichever connection of a pool is free. */
export const pooledStatements: readonly { readonly api: string; readonly source: Source }[] = [
  {
    api: 'pg:Pool().query',
    source:
      'https://node-postgres.com/apis/pool: "the pool will dispatch every query … to the first available idle client"',
  },
  {
    api: '@prisma/client:PrismaClient().{$queryRaw,$executeRaw,$queryRawUnsafe,$executeRawUnsafe}',
    source:
      'unchecked: https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/databases-connections/connection-pool',
  },
  { api: 'typeorm:DataSource().query', source: 'unchecked: TypeORM documentation, a query runner is one connection' },
  { api: 'knex:().raw', source: 'unchecked: Knex documentation, a transaction is one connection' },
  { api: 'sequelize:Sequelize().query', source: 'unchecked: Sequelize documentation, a transaction is one connection' },
  { api: 'drizzle-orm:drizzle().execute', source: 'unchecked: Drizzle documentation' },
  { api: 'mysql2:createPool().{query,execute}', source: 'unchecked: mysql2 documentation, "Using connection pools"' },
];

/** Calls that make the store of a lock library keep its locks in this process. */
export const memoryLockStores: readonly { readonly api: string; readonly source: Source }[] = [
  {
    api: '@verrou/core/drivers/memory:memoryStore',
    source: '@verrou/core@0.5.2 README.md:33, build/src/drivers/memory.d.ts (a mutex of async-mutex for each key)',
  },
  { api: '@adonisjs/lock:stores.memory', source: '@adonisjs/lock@1.1.1 build/index.d.ts' },
];

/** Clients of Redis and the methods that matter for a lock: `SET`, `SETNX`, `GET`, `DEL`. */
export const redisMethods: readonly {
  readonly api: string;
  readonly does: 'set' | 'setnx' | 'get' | 'del' | 'expire';
  readonly source: Source;
}[] = [
  {
    api: '{ioredis:(),redis:createClient(),@upstash/redis:Redis()}.set',
    does: 'set',
    source: 'https://redis.io/docs/latest/commands/set/',
  },
  {
    api: '{ioredis:().setnx,redis:createClient().{setNX,setnx},@upstash/redis:Redis().setnx}',
    does: 'setnx',
    source: 'https://redis.io/docs/latest/commands/setnx/',
  },
  {
    api: '{ioredis:(),redis:createClient(),@upstash/redis:Redis()}.{get,exists}',
    does: 'get',
    source: 'https://redis.io/docs/latest/commands/get/',
  },
  {
    api: '{ioredis:(),redis:createClient(),@upstash/redis:Redis()}.{del,unlink}',
    does: 'del',
    source: 'https://redis.io/docs/latest/commands/del/',
  },
  {
    api: '{ioredis:(),redis:createClient(),@upstash/redis:Redis()}.{expire,pexpire,pExpire,expireat,expireAt}',
    does: 'expire',
    source: 'https://redis.io/docs/latest/commands/expire/',
  },
];
