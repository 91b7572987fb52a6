import { IOREDIS, type Recipe } from './recipe.js';

const KEYV = '@keyv/redis@5.1.6 README.md';
const STORE = 'Give it a store that all instances share:';

/** Where caches of packages can keep their entries, or how they can tell all instances of a change. */
export const cacheRecipes: readonly Recipe[] = [
  {
    api: '{@nestjs/cache-manager,@nestjs/common}',
    needs: { version: ['@nestjs/cache-manager', '<3'] },
    text: `${STORE} \`CacheModule.registerAsync({ useFactory: async () => ({ store: await redisStore({ url: process.env.REDIS_URL }) }) })\`, with \`redisStore\` of \`cache-manager-redis-yet\`.`,
    source: 'cache-manager-redis-yet@5.1.5 README.md; @nestjs/cache-manager@2.3.0',
  },
  {
    api: '{@nestjs/cache-manager,@nestjs/common}',
    text: `${STORE} \`CacheModule.register({ stores: [new KeyvRedis(process.env.REDIS_URL)] })\`, with \`KeyvRedis\` of \`@keyv/redis\`.`,
    source: `${KEYV}; @nestjs/cache-manager@12.0.0 dist/interfaces/cache-manager.interface.d.ts`,
  },
  {
    api: 'keyv',
    needs: { database: 'postgres' },
    text: `${STORE} \`new Keyv({ store: new KeyvPostgres({ uri: process.env.DATABASE_URL }) })\`, with \`KeyvPostgres\` of \`@keyv/postgres\`, in the PostgreSQL this project has.`,
    source: '@keyv/postgres@2.2.3 README.md',
  },
  {
    api: '{keyv,cacheable}',
    text: `${STORE} \`new Keyv({ store: new KeyvRedis(process.env.REDIS_URL) })\`, with \`KeyvRedis\` of \`@keyv/redis\`.`,
    source: KEYV,
  },
  {
    api: 'cache-manager:createCache',
    text: `${STORE} \`createCache({ stores: [new Keyv({ store: new KeyvRedis(process.env.REDIS_URL) })] })\`, with \`KeyvRedis\` of \`@keyv/redis\`.`,
    source: `${KEYV}; cache-manager@7.2.9 dist/index.d.mts "stores?: Keyv[]"`,
  },
  {
    api: 'cache-manager',
    text: `${STORE} \`await caching(await redisStore({ url: process.env.REDIS_URL }))\`, with \`redisStore\` of \`cache-manager-redis-yet\`.`,
    source: 'cache-manager-redis-yet@5.1.5 README.md',
  },
  {
    api: 'apicache',
    text: 'Let it keep the answers in Redis: `apicache.options({ redisClient: client })`, with a client of `redis` before version 4.',
    source: 'apicache@1.6.3 src/apicache.js:265, README.md "redisClient"',
  },
  {
    api: 'route-cache',
    needs: { redis: ['ioredis'] },
    text: 'Let it keep the answers in Redis: `routeCache.config({ cacheStore: new IoRedisStore(redis) })`, with `IoRedisStore` of `route-cache/ioRedisStore` and the `ioredis` client this project has.',
    source: 'route-cache@0.7.1 README.md:76',
  },
  {
    api: 'route-cache',
    text: 'Let it keep the answers in Redis: `routeCache.config({ cacheStore: new IoRedisStore(redis) })`, with `IoRedisStore` of `route-cache/ioRedisStore` and a client of `ioredis`.',
    source: 'route-cache@0.7.1 README.md:76',
  },
  {
    api: '@hapi/hapi',
    text: "Provision the server's cache with Redis: `Hapi.server({ cache: [{ name: 'shared', provider: { constructor: CatboxRedis.Engine } }] })` of `@hapi/catbox-redis`, and choose it with `cache: { cache: 'shared' }`.",
    source: '@hapi/catbox-redis@7.1.0 README.md',
  },
  {
    api: '{@apollo/server,@apollo/server-plugin-response-cache}',
    text: 'Give the server a cache that all instances share: `cache: new KeyvAdapter(new Keyv({ store: new KeyvRedis(process.env.REDIS_URL) }))`, with `KeyvAdapter` of `@apollo/utils.keyvadapter`.',
    source: `@apollo/utils.keyvadapter@4.0.1 README.md; ${KEYV}`,
  },
  {
    api: '{@graphql-yoga/plugin-response-cache,@envelop/response-cache}',
    needs: { redis: ['ioredis'] },
    text: 'Give it a cache that all instances share: `cache: createRedisCache({ redis })` of `@envelop/response-cache-redis`, with the `ioredis` client this project has.',
    source: '@envelop/response-cache-redis@4.2.4 README.md',
  },
  {
    api: '{@graphql-yoga/plugin-response-cache,@envelop/response-cache}',
    text: 'Give it a cache that all instances share: `cache: createRedisCache({ redis: new Redis(process.env.REDIS_URL) })` of `@envelop/response-cache-redis` and `ioredis`.',
    source: '@envelop/response-cache-redis@4.2.4 README.md',
  },
  {
    api: '{async-cache-dedupe,mercurius-cache}',
    text: "Let it keep entries in Redis, and throw them out everywhere: `storage: { type: 'redis', options: { client: new Redis(process.env.REDIS_URL), invalidation: true } }`, with `Redis` of `ioredis`.",
    source: 'async-cache-dedupe@3.4.0 README.md:184; mercurius-cache@8.0.0 README.md',
  },
  {
    api: 'layered-loader',
    text: "Let all instances hear what is thrown out: `const { publisher, consumer } = createNotificationPair({ channel: 'cache', publisherRedis, consumerRedis });`, handed over as `notificationPublisher` and `notificationConsumer`.",
    source: 'layered-loader@14.2.2 README.md',
  },
  {
    api: 'unstorage',
    text: `${STORE} \`createStorage({ driver: redisDriver({ url: process.env.REDIS_URL }) })\`, with \`redisDriver\` of \`unstorage/drivers/redis\`.`,
    source: 'unstorage@1.17.6 drivers/redis.d.ts',
  },
  // What has no store to give: entries in Redis, or a word to all instances when one changes.
  {
    needs: { redis: IOREDIS },
    text: "Keep the entries in Redis with the `{redis}` client this project has, with an expiry: `await redis.set('{name}:' + key, JSON.stringify(value), 'EX', 3600);`, and drop one with `redis.del`.",
    source: 'ioredis@6.0.0 built/utils/RedisCommander.d.ts, set; iovalkey@0.4.0',
  },
  {
    needs: { redis: ['redis'], version: ['redis', '>=4'] },
    text: "Keep the entries in Redis with the `redis` client this project has, with an expiry: `await client.setEx('{name}:' + key, 3600, JSON.stringify(value));`, and drop one with `client.del`.",
    source: '@redis/client@6.3.1 dist/lib/commands/SETEX.d.ts',
  },
  {
    needs: { database: 'postgres' },
    text: `Tell every instance to drop the entry: send its key with \`SELECT pg_notify('{name}', $1)\` in the PostgreSQL this project has, and let \`await client.query('LISTEN "{name}"'); client.on('notification', ({ payload = '' }) => {cache}.delete(payload));\` drop it on each of them, on a \`pg\` connection of its own.`,
    source: 'PostgreSQL manual 17, NOTIFY; pg@8.23.0 lib/client.js notification',
  },
  {
    text: "Keep the entries where all instances look: in a Redis, with an expiry, `await redis.set('{name}:' + key, JSON.stringify(value), 'EX', 3600);` with `ioredis`, and drop one with `redis.del`.",
    source: 'ioredis@6.0.0 built/utils/RedisCommander.d.ts, set',
  },
];
