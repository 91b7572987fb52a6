import type { KeeperKnowledge, StoreKnowledge } from '../../model/knowledge.js';

/* Calls that count how often somebody does something, and where they count. */

const FLEXIBLE_STORES =
  'rate-limiter-flexible:{RateLimiterRedis,RateLimiterRedisNonAtomic,RateLimiterValkey,RateLimiterValkeyGlide,RateLimiterMongo,RateLimiterMySQL,RateLimiterPostgres,RateLimiterPrisma,RateLimiterDrizzle,RateLimiterDrizzleNonAtomic,RateLimiterDynamo,RateLimiterMemcache,RateLimiterEtcd,RateLimiterEtcdNonAtomic}';
const INSURANCE = [{ api: FLEXIBLE_STORES, path: 'insuranceLimiter' }] as const;

const limit = (entry: Omit<KeeperKnowledge, 'concern'>): KeeperKnowledge => ({ concern: 'rate-limit', ...entry });

export const limits: readonly KeeperKnowledge[] = [
  // Express
  limit({
    api: 'express-rate-limit:{,rateLimit}',
    options: 0,
    stores: ['store'],
    default: 'memory',
    note: '`express-rate-limit` counts in its own MemoryStore unless a `store` is given',
    docs: 'https://express-rate-limit.mintlify.app/reference/stores',
    source:
      'express-rate-limit@8.7.4 dist/index.cjs:866 "notUndefinedOptions.store ?? new MemoryStore(validations2)"; 5.5.1 lib/express-rate-limit.js:41 "options.store || new MemoryStore(options.windowMs)"',
  }),
  limit({
    api: 'express-slow-down:{,slowDown}',
    options: 0,
    stores: ['store'],
    default: 'memory',
    note: '`express-slow-down` counts in the MemoryStore of express-rate-limit unless a `store` is given',
    source: 'express-slow-down@3.1.1 dist/index.mjs "return rateLimit(erlOptions)"',
  }),
  limit({
    api: 'express-brute:',
    options: 0,
    stores: [''],
    default: 'none',
    note: '`express-brute` counts in the store that it is handed',
    source: 'express-brute@1.0.1 index.js:4 "ExpressBrute = module.exports = function (store, options)"',
  }),
  limit({
    api: 'express-limiter:',
    options: -1,
    default: 'shared',
    note: '`express-limiter` counts in the Redis it is handed',
    source: 'express-limiter@1.6.1 README.md "Rate limiting middleware for Express applications built on redis"',
  }),

  // rate-limiter-flexible
  limit({
    api: 'rate-limiter-flexible:RateLimiterMemory',
    options: 0,
    standIn: INSURANCE,
    default: 'memory',
    note: '`RateLimiterMemory` counts in the memory of this process',
    docs: 'https://github.com/animir/node-rate-limiter-flexible/wiki/Memory',
    source:
      'rate-limiter-flexible@11.4.0 README.md "works in Cluster or PM2 without additional software"; lib/RateLimiterMemory.js',
  }),
  limit({
    api: 'rate-limiter-flexible:{RateLimiterCluster,RateLimiterClusterMaster,RateLimiterClusterMasterPM2}',
    options: 0,
    standIn: INSURANCE,
    default: 'host',
    note: '`RateLimiterCluster` counts for the processes of one host',
    docs: 'https://github.com/animir/node-rate-limiter-flexible/wiki/Cluster',
    source: 'rate-limiter-flexible@11.4.0 lib/RateLimiterCluster.js, messages between a cluster and its workers',
  }),
  limit({
    api: 'rate-limiter-flexible:RateLimiterSQLite',
    options: 0,
    standIn: INSURANCE,
    default: 'file',
    note: '`RateLimiterSQLite` counts in an SQLite file of this instance',
    source:
      'rate-limiter-flexible@11.4.0 lib/RateLimiterSQLite.js:24 "storeClient: sqliteClient, // SQLite database instance"',
  }),
  limit({
    api: FLEXIBLE_STORES,
    options: 0,
    default: 'shared',
    note: 'this limiter counts in the store of its `storeClient`',
    source: 'rate-limiter-flexible@11.4.0 README.md, types.d.ts',
  }),

  // Fastify
  limit({
    api: '{@fastify/rate-limit,fastify-rate-limit}:{,fastifyRateLimit}',
    plugin: 'fastify',
    options: 1,
    stores: ['store'],
    switches: [{ path: 'redis', home: 'shared' }],
    default: 'memory',
    note: '`@fastify/rate-limit` counts in memory unless it is given `redis` or a `store`',
    docs: 'https://github.com/fastify/fastify-rate-limit#options',
    source:
      '@fastify/rate-limit@11.2.0 index.js:152 "new LocalStore(...)"; README.md "by default, this plugin uses an in-memory store, but if an application runs on multiple servers, an external store will be needed"',
  }),

  // Nest
  limit({
    api: '@nestjs/throttler:ThrottlerModule.{forRoot,forRootAsync}',
    options: 0,
    stores: ['storage'],
    default: 'memory',
    note: '`@nestjs/throttler` counts in memory unless a `storage` is given',
    docs: 'https://docs.nestjs.com/security/rate-limiting#storages',
    source:
      '@nestjs/throttler@6.7.1 dist/throttler.providers.js:19 "!Array.isArray(options) && options.storage ? options.storage : new ThrottlerStorageService()"',
  }),
  limit({
    api: 'nestjs-rate-limiter:RateLimiterModule.{register,registerAsync}',
    options: 0,
    switches: [{ path: 'storeClient', home: 'shared' }],
    default: 'memory',
    note: '`nestjs-rate-limiter` counts in memory unless it has a `type` and `storeClient`',
    source: 'nestjs-rate-limiter@3.1.0 dist/default-options.js:6 "type: \'Memory\'"',
  }),

  // oRPC
  limit({
    api: '@orpc/experimental-ratelimit/memory:MemoryRatelimiter',
    options: -1,
    default: 'memory',
    note: '`MemoryRatelimiter` of oRPC counts in the memory of this process',
    source: '@orpc/experimental-ratelimit@1.15.0 dist/adapters/memory.mjs:10 "this.store = new Map()"',
  }),
  limit({
    api: '@orpc/experimental-ratelimit/{redis:RedisRatelimiter,upstash-ratelimit:UpstashRatelimiter}',
    options: -1,
    default: 'shared',
    note: '`RedisRatelimiter` and `UpstashRatelimiter` of oRPC count in Redis',
    source: '@orpc/experimental-ratelimit@1.15.0 dist/adapters/redis.d.mts, dist/adapters/upstash-ratelimit.d.mts',
  }),

  // Koa
  limit({
    api: 'koa-ratelimit:',
    options: 0,
    switches: [{ path: 'driver', is: ['memory'], home: 'memory' }],
    default: 'shared',
    note: "`koa-ratelimit` counts in Redis, or with `driver: 'memory'` in a Map of this process",
    source: 'koa-ratelimit@6.0.0 index.js:19 "driver redis or memory [redis]"',
  }),
  limit({
    api: 'koa2-ratelimit:RateLimit.middleware',
    options: 0,
    stores: ['store'],
    later: [{ api: 'koa2-ratelimit:RateLimit.defaultOptions', arg: 0, path: 'store' }],
    default: 'memory',
    note: '`koa2-ratelimit` counts in its MemoryStore unless a `store` is given',
    source: 'koa2-ratelimit@1.1.3 src/RateLimit.js:21 "store: new MemoryStore()"',
  }),

  // hapi
  limit({
    api: 'hapi-rate-limit:{,plugin}',
    plugin: 'hapi',
    options: 0,
    stores: ['userCache.cache', 'pathCache.cache', 'userPathCache.cache', 'authCache.cache'],
    later: [{ api: '@hapi/hapi:{server,Server}', arg: 0, path: 'cache' }],
    default: 'memory',
    note: '`hapi-rate-limit` counts in the default cache of the server, and that is memory unless the server is given another',
    source:
      'hapi-rate-limit@8.0.0 README.md "Optional cache name configured in server.cache. Defaults to the default cache."; @hapi/hapi@21.4.10 lib/core.js:172 "Defaults to memory-based"',
  }),
  limit({
    api: 'hapi-rate-limitor:',
    plugin: 'hapi',
    options: 0,
    default: 'shared',
    note: '`hapi-rate-limitor` counts in Redis',
    source: 'hapi-rate-limitor@4.0.0 lib/rate-limiter.js:3 "require(\'ioredis\')"',
  }),

  // Others that serve HTTP
  limit({
    api: 'hono-rate-limiter:{rateLimiter,webSocketLimiter}',
    options: 0,
    stores: ['store'],
    switches: [{ path: 'binding', home: 'shared' }],
    default: 'memory',
    note: '`hono-rate-limiter` counts in its MemoryStore unless a `store` is given',
    source: 'hono-rate-limiter@0.5.4 dist/index.js:226 "store = new MemoryStore()", dist/index.d.ts:88 "binding"',
  }),
  limit({
    api: 'elysia-rate-limit:rateLimit',
    options: 0,
    stores: ['context'],
    default: 'memory',
    note: '`elysia-rate-limit` counts in an LRU cache of this process unless a `context` is given',
    source:
      'elysia-rate-limit@4.6.3 README.md "By default, context implementation, caching will be an LRU cache with a maximum of 5,000 entries"',
  }),
  limit({
    api: 'restify:plugins.throttle',
    options: 0,
    switches: [{ path: 'tokensTable', home: 'shared' }],
    default: 'memory',
    note: "restify's `throttle` counts in a table of this process unless a `tokensTable` is given",
    source: 'restify@11.1.0 lib/plugins/throttle.js:256 "options.tokensTable || new TokenTable(...)"',
  }),
  limit({
    api: 'sveltekit-rate-limiter/server:{RateLimiter,RetryAfterRateLimiter}',
    options: 0,
    stores: ['store'],
    default: 'memory',
    note: '`sveltekit-rate-limiter` counts in memory unless a `store` is given',
    source: 'sveltekit-rate-limiter@0.7.0 dist/server/rateLimiter.d.ts, README.md',
  }),
  limit({
    api: 'lambda-rate-limiter:',
    options: 0,
    default: 'memory',
    note: '`lambda-rate-limiter` counts in an LRU cache of this process',
    source: 'lambda-rate-limiter@4.0.2 README.md "Limits are not shared between function instantiations"',
  }),

  // GraphQL and tRPC
  limit({
    api: 'graphql-rate-limit:{createRateLimitDirective,createRateLimitRule,getGraphQLRateLimiter}',
    options: 0,
    stores: ['store'],
    default: 'memory',
    note: '`graphql-rate-limit` counts in its InMemoryStore unless a `store` is given',
    source: 'graphql-rate-limit@3.3.0 README.md "An optional key as it defaults to an InMemoryStore"',
  }),
  limit({
    api: 'graphql-rate-limit-directive:{rateLimitDirective,createRateLimitDirective}',
    options: 0,
    stores: ['limiterClass'],
    default: 'memory',
    note: '`graphql-rate-limit-directive` counts with RateLimiterMemory unless a `limiterClass` is given',
    source:
      'graphql-rate-limit-directive@2.0.6 dist/index.js:91 "limiterClass = rate_limiter_flexible_1.RateLimiterMemory"; 1.2.1 dist/index.js:79',
  }),
  limit({
    api: '@envelop/rate-limiter:useRateLimiter',
    options: 0,
    stores: ['store'],
    default: 'memory',
    note: '`@envelop/rate-limiter` counts in its InMemoryStore unless a `store` is given',
    source: '@envelop/rate-limiter@10.2.1 esm/get-graphql-rate-limiter.js:45 "store: new InMemoryStore()"',
  }),
  limit({
    api: '@trpc-limiter/memory:createTRPCStoreLimiter',
    options: 0,
    default: 'memory',
    note: '`@trpc-limiter/memory` counts in the memory of this process',
    source: '@trpc-limiter/memory@0.0.3 README.md "Memory store adapter for tRPC limiter."',
  }),
  limit({
    api: '@trpc-limiter/redis:createTrpcRedisLimiter',
    options: 0,
    default: 'shared',
    note: '`@trpc-limiter/redis` counts in Redis',
    source: '@trpc-limiter/redis@0.0.2 dist/index.d.ts',
  }),

  // Bots
  limit({
    api: '@grammyjs/ratelimiter:limit',
    options: 0,
    stores: ['storageClient'],
    default: 'memory',
    note: '`@grammyjs/ratelimiter` counts in a Map unless a `storageClient` is given',
    source: '@grammyjs/ratelimiter@1.2.1 out/typesAndDefaults.d.ts:29 "@default MEMORY_STORE"',
  }),
  limit({
    api: 'telegraf-ratelimit:',
    options: 0,
    default: 'memory',
    note: '`telegraf-ratelimit` counts in the memory of this process',
    source: 'telegraf-ratelimit@2.0.0 lib/memory-store.js',
  }),

  // Services that count elsewhere
  limit({
    api: '{@upstash/ratelimit:Ratelimit,async-ratelimiter:,ratelimiter:}',
    options: 0,
    default: 'shared',
    note: 'this limiter counts in the Redis it is given',
    source:
      '@upstash/ratelimit@2.2.0 README.md; async-ratelimiter@1.6.10 README.md "db"; ratelimiter@3.4.1 Readme.md "redis connection instance"',
  }),
  limit({
    api: '{@arcjet/node,@arcjet/next,@arcjet/bun,@arcjet/nest,@arcjet/fastify}:',
    options: 0,
    default: 'shared',
    note: 'Arcjet counts in its own service',
    source: 'unchecked: https://docs.arcjet.com/rate-limiting/quick-start',
  }),

  // What the application sends out, or takes on
  limit({
    api: 'bottleneck:{,Group}',
    options: 0,
    only: ['minTime', 'reservoir'],
    switches: [
      { path: 'datastore', is: ['redis', 'ioredis'], home: 'shared' },
      { path: 'connection', home: 'shared' },
    ],
    outbound: {},
    default: 'memory',
    note: "`bottleneck` counts in the limiter itself unless `datastore` is `'redis'` or `'ioredis'`",
    docs: 'https://github.com/SGrondin/bottleneck#clustering',
    source: 'bottleneck@2.19.5 README.md:803 "The default (`\\"local\\"`) keeps the state in the limiter itself"',
  }),
  limit({
    api: 'p-throttle:',
    options: 0,
    outbound: {},
    default: 'memory',
    note: '`p-throttle` counts the calls of this process',
    source: 'p-throttle@8.1.1 readme.md',
  }),
  limit({
    api: 'limiter:RateLimiter',
    versions: '>=2',
    options: 0,
    outbound: { unless: 'fireImmediately', refusing: ['limiter:RateLimiter().tryRemoveTokens'] },
    default: 'memory',
    note: '`limiter` counts in the object itself; it knows no store',
    source: 'limiter@4.1.0 dist/esm/RateLimiter.d.ts; limiter@2.1.0 dist/cjs/RateLimiter.d.ts',
  }),
  limit({
    api: 'limiter:RateLimiter',
    versions: '<2',
    options: 2,
    outbound: { unless: '', refusing: ['limiter:RateLimiter().tryRemoveTokens'] },
    default: 'memory',
    note: '`limiter` counts in the object itself; it knows no store',
    source: 'limiter@1.1.5 lib/rateLimiter.js "function(tokensPerInterval, interval, fireImmediately)"',
  }),
  limit({
    api: 'limiter:TokenBucket',
    options: -1,
    outbound: { refusing: ['limiter:TokenBucket().tryRemoveTokens'] },
    default: 'memory',
    note: '`limiter` counts in the object itself; it knows no store',
    source: 'limiter@4.1.0 dist/esm/TokenBucket.d.ts',
  }),
];

const at = (keeps: StoreKnowledge['keeps'], api: string, source: string): StoreKnowledge => ({ api, keeps, source });

export const limitStores: readonly StoreKnowledge[] = [
  at('memory', 'express-rate-limit:MemoryStore()', 'express-rate-limit@8.7.4 dist/index.mjs:1074'),
  at('memory', 'express-brute:MemoryStore()', 'express-brute@1.0.1 index.js:205'),
  at('memory', 'hono-rate-limiter:MemoryStore()', 'hono-rate-limiter@0.5.4 dist/index.d.ts'),
  at('memory', 'elysia-rate-limit:DefaultContext()', 'elysia-rate-limit@4.6.3 dist/index.d.ts:93'),
  at('memory', 'koa2-ratelimit:Stores.Memory()', 'koa2-ratelimit@1.1.3 src/index.js'),
  at('memory', '@nestjs/throttler:ThrottlerStorageService()', '@nestjs/throttler@6.7.1 dist/throttler.service.js'),
  at('memory', 'graphql-rate-limit:InMemoryStore()', 'graphql-rate-limit@3.3.0 README.md'),
  at('memory', '@envelop/rate-limiter:InMemoryStore()', '@envelop/rate-limiter@10.2.1 typings/index.d.ts:81'),
  at('memory', 'rate-limiter-flexible:RateLimiterMemory()', 'rate-limiter-flexible@11.4.0 lib/RateLimiterMemory.js'),
  at('host', 'rate-limiter-flexible:RateLimiterCluster()', 'rate-limiter-flexible@11.4.0 lib/RateLimiterCluster.js'),
  at('file', 'rate-limiter-flexible:RateLimiterSQLite()', 'rate-limiter-flexible@11.4.0 lib/RateLimiterSQLite.js'),

  at(
    'shared',
    'rate-limit-redis:{(),RedisStore()}',
    'rate-limit-redis@6.0.1 dist/index.d.ts:133 "export { RedisStore, RedisStore as default }"',
  ),
  at('shared', 'rate-limit-mongo:()', 'rate-limit-mongo@2.3.2 README.md "require(\'rate-limit-mongo\')"'),
  at('shared', 'rate-limit-memcached:{(),MemcachedStore()}', 'rate-limit-memcached@1.0.1 dist/index.d.ts:126'),
  at(
    'shared',
    '{@acpr/rate-limit-postgresql,rate-limit-postgresql}:{PostgresStore(),PostgresStoreIndividualIP(),PostgresStoreAggregatedIP()}',
    '@acpr/rate-limit-postgresql@1.4.1 readme.md "new postgresStores.PostgresStore("',
  ),
  at(
    'shared',
    '{express-brute-redis,express-brute-mongo,express-brute-memcached}:()',
    'express-brute-redis@0.0.1, express-brute-mongo@1.0.0, express-brute-memcached@0.0.1 README.md',
  ),
  at(
    'shared',
    '{@nest-lab/throttler-storage-redis,nestjs-throttler-storage-redis}:ThrottlerStorageRedisService()',
    '@nest-lab/throttler-storage-redis@1.2.0 README.md; nestjs-throttler-storage-redis@0.5.1 README.md',
  ),
  at(
    'shared',
    '{@hono-rate-limiter/redis,hono-rate-limiter}:RedisStore()',
    '@hono-rate-limiter/redis@0.1.4 README.md; hono-rate-limiter@0.5.4 dist/index.js',
  ),
  at('shared', 'koa2-ratelimit:Stores.{Redis,Sequelize,Mongodb}()', 'koa2-ratelimit@1.1.3 src/index.js'),
  at('shared', 'graphql-rate-limit:RedisStore()', 'graphql-rate-limit@3.3.0 README.md'),
  at('shared', '@envelop/rate-limiter:RedisStore()', '@envelop/rate-limiter@10.2.1 typings/index.d.ts:82'),
  at('shared', `${FLEXIBLE_STORES}()`, 'rate-limiter-flexible@11.4.0 index.js'),
];
