import { ANY_REDIS, IOREDIS, type Recipe } from './recipe.js';

const EXPRESS = 'express-{rate-limit,slow-down}';
const FLEXIBLE = 'rate-limiter-flexible';
const SHARED = 'Give it a store that all instances share, with a prefix of its own:';
const IN_REDIS = 'of `rate-limit-redis`, with the `{redis}` client this project has';
const RATE_LIMIT_REDIS = 'rate-limit-redis@6.0.1 readme.md "sendCommand"';
const FLEX = 'rate-limiter-flexible@11.4.0 README.md, types.d.ts';
const NO_STORE = 'Let `rate-limiter-flexible` count where all instances do:';

/** Where limiters can count, by the limiter and what the project has. `{name}` is a prefix that keeps two limiters apart. */
export const limitRecipes: readonly Recipe[] = [
  {
    api: EXPRESS,
    needs: { redis: ['ioredis', 'iovalkey'], typescript: true },
    text: `${SHARED} \`store: new RedisStore({ prefix: '{name}:', sendCommand: (command, ...args) => redis.call(command, ...args) as Promise<RedisReply> })\` of \`rate-limit-redis\`, with its type \`RedisReply\` and the \`{redis}\` client this project has.`,
    source: RATE_LIMIT_REDIS,
  },
  {
    api: EXPRESS,
    needs: { redis: ['ioredis', 'iovalkey'] },
    text: `${SHARED} \`store: new RedisStore({ prefix: '{name}:', sendCommand: (command, ...args) => redis.call(command, ...args) })\` ${IN_REDIS}.`,
    source: RATE_LIMIT_REDIS,
  },
  {
    api: EXPRESS,
    needs: { redis: ['redis'], version: ['redis', '>=4'] },
    text: `${SHARED} \`store: new RedisStore({ prefix: '{name}:', sendCommand: (...args) => client.sendCommand(args) })\` ${IN_REDIS}.`,
    source: RATE_LIMIT_REDIS,
  },
  {
    api: EXPRESS,
    needs: { database: 'mongodb', package: 'mongoose' },
    text: "Give it a store that all instances share: `store: new RateLimitMongoStore({ collection: mongoose.connection.collection('{name}'), expireTimeMs: 60_000 })` with `RateLimitMongoStore` being what `rate-limit-mongo` exports, on the MongoDB this project has, with `expireTimeMs` as long as the window.",
    source: 'rate-limit-mongo@2.3.2 README.md "collection"; mongoose@9.12.1 types/connection.d.ts',
  },
  {
    api: EXPRESS,
    needs: { database: 'mongodb' },
    text: "Give it a store that all instances share: `store: new RateLimitMongoStore({ collection: db.collection('{name}'), expireTimeMs: 60_000 })` with `RateLimitMongoStore` being what `rate-limit-mongo` exports, on the MongoDB this project has, with `expireTimeMs` as long as the window.",
    source: 'rate-limit-mongo@2.3.2 README.md "collection"',
  },
  {
    api: EXPRESS,
    needs: { database: 'postgres' },
    text: "Give it a store that all instances share: `store: new PostgresStore({ connectionString: process.env.DATABASE_URL }, '{name}')` of `@acpr/rate-limit-postgresql`, on the PostgreSQL this project has.",
    source: '@acpr/rate-limit-postgresql@1.4.1 readme.md, "Usage"',
  },
  {
    api: EXPRESS,
    text: `${SHARED} \`store: new RedisStore({ prefix: '{name}:', sendCommand: (...args) => client.sendCommand(args) })\` of \`rate-limit-redis\`, with a client of \`redis\`.`,
    source: RATE_LIMIT_REDIS,
  },
  {
    api: 'express-brute',
    text: '`express-brute` is no longer maintained: let `new RateLimiterRedis({ storeClient: client, points: 5, duration: 60 })` of `rate-limiter-flexible` count, with a client of `ioredis`.',
    source: FLEX,
  },
  {
    api: FLEXIBLE,
    needs: { redis: ['iovalkey'] },
    text: 'Count where all instances do: `new RateLimiterValkey({ storeClient: valkey, points: 5, duration: 60 })`, with the `iovalkey` client this project has.',
    source: FLEX,
  },
  {
    api: FLEXIBLE,
    needs: { redis: ['redis'], version: ['redis', '>=4'] },
    text: 'Count where all instances do: `new RateLimiterRedis({ storeClient: client, useRedisPackage: true, points: 5, duration: 60 })`, with the `redis` client this project has.',
    source: `${FLEX} "useRedisPackage"`,
  },
  {
    api: FLEXIBLE,
    needs: { redis: ['ioredis', 'redis'] },
    text: 'Count where all instances do: `new RateLimiterRedis({ storeClient: redis, points: 5, duration: 60 })`, with the `{redis}` client this project has.',
    source: FLEX,
  },
  {
    api: FLEXIBLE,
    needs: { orm: '@prisma/client' },
    text: 'Count where all instances do: `new RateLimiterPrisma({ storeClient: prisma, points: 5, duration: 60 })`, in the database this project has.',
    source: FLEX,
  },
  {
    api: FLEXIBLE,
    needs: { database: 'postgres' },
    text: 'Count where all instances do: `new RateLimiterPostgres({ storeClient: pool, points: 5, duration: 60 })`, in the PostgreSQL this project has.',
    source: FLEX,
  },
  {
    api: FLEXIBLE,
    needs: { database: 'mysql' },
    text: 'Count where all instances do: `new RateLimiterMySQL({ storeClient: pool, dbName, points: 5, duration: 60 })`, in the MySQL this project has.',
    source: FLEX,
  },
  {
    api: FLEXIBLE,
    needs: { orm: 'mongoose' },
    text: 'Count where all instances do: `new RateLimiterMongo({ storeClient: mongoose.connection, points: 5, duration: 60 })`, in the MongoDB this project has.',
    source: FLEX,
  },
  {
    api: FLEXIBLE,
    text: 'Count where all instances do: `new RateLimiterRedis({ storeClient: redis, points: 5, duration: 60 })`, with a client of `ioredis`; a `RateLimiterMemory` may stay as its `insuranceLimiter`.',
    source: FLEX,
  },
  {
    api: '{@fastify/rate-limit,fastify-rate-limit}',
    needs: { redis: ['ioredis'] },
    text: 'Give it the `ioredis` client this project has: `redis`, among the options of `@fastify/rate-limit`.',
    source: '@fastify/rate-limit@11.2.0 README.md:153',
  },
  {
    api: '{@fastify/rate-limit,fastify-rate-limit}',
    text: 'Give it a Redis, which must be a client of `ioredis`: `redis: new Redis(process.env.REDIS_URL)`.',
    source: '@fastify/rate-limit@11.2.0 README.md:153',
  },
  {
    api: '@nestjs/throttler',
    needs: { version: ['@nestjs/throttler', '<5'] },
    text: 'Give it a storage that all instances share: `storage: new ThrottlerStorageRedisService(process.env.REDIS_URL)` of `nestjs-throttler-storage-redis`.',
    source: 'nestjs-throttler-storage-redis@0.5.1 README.md',
  },
  {
    api: '@nestjs/throttler',
    needs: { redis: ['ioredis'] },
    text: 'Give it a storage that all instances share: `{ throttlers: [{ limit: 10, ttl: 60_000 }], storage: new ThrottlerStorageRedisService(redis) }` with `ThrottlerStorageRedisService` of `@nest-lab/throttler-storage-redis` and the `ioredis` client this project has.',
    source: '@nest-lab/throttler-storage-redis@1.2.0 README.md',
  },
  {
    api: '@nestjs/throttler',
    text: 'Give it a storage that all instances share: `{ throttlers: [{ limit: 10, ttl: 60_000 }], storage: new ThrottlerStorageRedisService(process.env.REDIS_URL) }` with `ThrottlerStorageRedisService` of `@nest-lab/throttler-storage-redis`.',
    source: '@nest-lab/throttler-storage-redis@1.2.0 README.md',
  },
  {
    api: '@orpc/experimental-ratelimit/memory',
    needs: { redis: ['ioredis', 'iovalkey'] },
    text: 'Let it count in Redis: `new RedisRatelimiter({ eval: redis.eval.bind(redis), maxRequests: 10, window: 60_000 })` of `@orpc/experimental-ratelimit/redis`, with the `{redis}` client this project has.',
    source: '@orpc/experimental-ratelimit@1.15.0 dist/adapters/redis.d.mts',
  },
  {
    api: '@orpc/experimental-ratelimit/memory',
    text: 'Let it count in Redis: `new RedisRatelimiter({ eval: redis.eval.bind(redis), maxRequests: 10, window: 60_000 })` of `@orpc/experimental-ratelimit/redis`, where `redis` is a client of `ioredis`.',
    source: '@orpc/experimental-ratelimit@1.15.0 dist/adapters/redis.d.mts',
  },
  {
    api: 'nestjs-rate-limiter',
    text: "Let it count in Redis: `type: 'Redis', storeClient: new Redis(process.env.REDIS_URL)` of `ioredis`.",
    source: 'nestjs-rate-limiter@3.1.0 README.md, "Redis"',
  },
  {
    api: 'koa-ratelimit',
    text: "Let it count in Redis: `driver: 'redis', db: new Redis(process.env.REDIS_URL)` of `ioredis`.",
    source: 'koa-ratelimit@6.0.0 README.md "With a Redis driver"',
  },
  {
    api: 'koa2-ratelimit',
    needs: { orm: 'sequelize' },
    text: 'Let it count in the database this project has: `store: new Stores.Sequelize(sequelize)` of `koa2-ratelimit`.',
    source: 'koa2-ratelimit@1.1.3 README.md',
  },
  {
    api: 'koa2-ratelimit',
    text: "Let it count in Redis: `store: new Stores.Redis({ socket: { host: 'redis', port: 6379 } })` of `koa2-ratelimit`.",
    source: 'koa2-ratelimit@1.1.3 README.md',
  },
  {
    api: '{hapi-rate-limit,hapi-rate-limitor}',
    text: "Provision the server's cache with Redis: `Hapi.server({ cache: [{ name: 'limits', provider: { constructor: CatboxRedis.Engine } }] })` of `@hapi/catbox-redis`, and name it in `userCache`, `pathCache`, `userPathCache` and `authCache`.",
    source: '@hapi/catbox-redis@7.1.0 README.md; hapi-rate-limit@8.0.0 README.md',
  },
  {
    api: 'hono-rate-limiter',
    needs: { version: ['hono-rate-limiter', '<0.5'] },
    text: 'Give it a store that all instances share: `store: new RedisStore({ client })` of `@hono-rate-limiter/redis`.',
    source: '@hono-rate-limiter/redis@0.1.4 README.md',
  },
  {
    api: 'hono-rate-limiter',
    text: 'Give it a store that all instances share: `store: new RedisStore({ client })`, which `hono-rate-limiter` exports.',
    source: 'hono-rate-limiter@0.5.4 dist/index.d.ts:418',
  },
  {
    api: 'elysia-rate-limit',
    text: 'Give it a `context` of your own that counts in Redis: an object with `init`, `increment`, `decrement`, `reset` and `kill`.',
    source: 'elysia-rate-limit@4.6.3 README.md, "context"',
  },
  {
    api: 'restify',
    text: 'Give it a `tokensTable` whose `get` and `put` go to Redis, or limit at the load balancer.',
    source: 'restify@11.1.0 lib/plugins/throttle.js',
  },
  {
    api: '{graphql-rate-limit,@envelop/rate-limiter}',
    text: 'Give it a store that all instances share: `store: new RedisStore(client)`, which the package exports.',
    source: 'graphql-rate-limit@3.3.0 README.md "RedisStore"',
  },
  {
    api: 'graphql-rate-limit-directive',
    needs: { redis: ANY_REDIS },
    text: 'Let it count in Redis, with the `{redis}` client this project has: `limiterClass: RateLimiterRedis, limiterOptions: { storeClient: redis }` of `rate-limiter-flexible`.',
    source: 'graphql-rate-limit-directive@2.0.6 README.md; rate-limiter-flexible@11.4.0 types.d.ts',
  },
  {
    api: 'graphql-rate-limit-directive',
    text: 'Let it count in Redis: `limiterClass: RateLimiterRedis, limiterOptions: { storeClient: redis }` of `rate-limiter-flexible` and a client of `ioredis`.',
    source: 'graphql-rate-limit-directive@2.0.6 README.md; rate-limiter-flexible@11.4.0 types.d.ts',
  },
  {
    api: '@trpc-limiter/{memory,redis}',
    text: 'Count in Redis: `createTrpcRedisLimiter({ redisClient })` of `@trpc-limiter/redis`.',
    source: '@trpc-limiter/redis@0.0.2 README.md',
  },
  {
    api: '@grammyjs/ratelimiter',
    text: 'Let it count in Redis: `storageClient: new Redis(process.env.REDIS_URL)` of `ioredis`.',
    source: '@grammyjs/ratelimiter@1.2.1 README.md',
  },
  {
    api: 'bottleneck',
    text: "Let all limiters of one `id` share one count: `id: '{name}', datastore: 'ioredis', clientOptions: { host: 'redis', port: 6379 }`.",
    source: 'bottleneck@2.19.5 README.md "Clustering"',
  },
  {
    api: 'outbound',
    text: "Count in one place: `new Bottleneck({ id: '{name}', datastore: 'ioredis', clientOptions: { host: 'redis', port: 6379 } })` of `bottleneck`; or give each instance its share of the quota by a setting.",
    source: 'bottleneck@2.19.5 README.md "Clustering"',
  },
  // Counted by hand, or by what has no store to give.
  {
    needs: { redis: IOREDIS },
    text: "Count where all instances do, with the `{redis}` client this project has: `const count = await redis.incr('{name}:' + key); if (count === 1) await redis.expire('{name}:' + key, 60);`, with the window in seconds.",
    source: 'Redis command reference, INCR "Pattern: Rate limiter"; ioredis@6.0.0',
  },
  {
    needs: { redis: ['redis'], version: ['redis', '>=4'] },
    text: "Count where all instances do, with the `redis` client this project has: `const count = await client.incr('{name}:' + key); if (count === 1) await client.expire('{name}:' + key, 60);`, with the window in seconds.",
    source: 'Redis command reference, INCR "Pattern: Rate limiter"; @redis/client@6.3.1',
  },
  {
    needs: { orm: '@prisma/client' },
    text: `${NO_STORE} \`const limiter = new RateLimiterPrisma({ storeClient: prisma, points: 5, duration: 60 }); await limiter.consume(key);\`, in the database this project has.`,
    source: FLEX,
  },
  {
    needs: { database: 'postgres', orm: ['knex', 'objection', 'bookshelf'] },
    text: `${NO_STORE} \`const limiter = new RateLimiterPostgres({ storeClient: knex, storeType: 'knex', points: 5, duration: 60 }); await limiter.consume(key);\`, in the PostgreSQL this project has.`,
    source: `${FLEX}; lib/RateLimiterPostgres.js storeType`,
  },
  {
    needs: { database: 'postgres' },
    text: `${NO_STORE} \`const limiter = new RateLimiterPostgres({ storeClient: pool, points: 5, duration: 60 }); await limiter.consume(key);\`, in the PostgreSQL this project has.`,
    source: FLEX,
  },
  {
    needs: { database: 'mysql' },
    text: `${NO_STORE} \`const limiter = new RateLimiterMySQL({ storeClient: pool, dbName, points: 5, duration: 60 }); await limiter.consume(key);\`, in the MySQL this project has.`,
    source: FLEX,
  },
  {
    needs: { orm: 'mongoose' },
    text: `${NO_STORE} \`const limiter = new RateLimiterMongo({ storeClient: mongoose.connection, points: 5, duration: 60 }); await limiter.consume(key);\`, in the MongoDB this project has.`,
    source: FLEX,
  },
  {
    text: `${NO_STORE} \`const limiter = new RateLimiterRedis({ storeClient: redis, points: 5, duration: 60 }); await limiter.consume(key);\`, with a Redis and a client of \`ioredis\`.`,
    source: FLEX,
  },
];
