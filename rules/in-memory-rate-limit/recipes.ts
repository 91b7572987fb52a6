import type { Stack } from '../../src/api/index.js';

/*
 * How to give each limiter a store that all instances share, with what the project has.
 */

type Recipe = (stack: Stack, client: string) => string;

const RECIPES: readonly [RegExp, Recipe][] = [
  [/^express-(?:rate-limit|slow-down):/, express],
  [
    /^express-brute:/,
    (_, client) =>
      `\`express-brute\` is no longer maintained: use \`RateLimiterRedis\` of \`rate-limiter-flexible\` with the \`${client}\` client (\`storeClient\`).`,
  ],
  [/^rate-limiter-flexible:/, flexible],
  [
    /fastify/,
    (stack) =>
      `Give it \`redis: new Redis(process.env.REDIS_URL)\` (the client must be \`ioredis\`${stack.redis === 'ioredis' ? ', which this project has' : ''}), or a \`store\` of your own over the database.`,
  ],
  [
    /^@nestjs\/throttler:/,
    (stack) =>
      stack.isVersion('@nestjs/throttler', '<5')
        ? 'Give it `storage: new ThrottlerStorageRedisService(url)` of `nestjs-throttler-storage-redis`.'
        : 'Give it `{ throttlers: […], storage: new ThrottlerStorageRedisService(url) }`, from `@nest-lab/throttler-storage-redis`.',
  ],
  [/^nestjs-rate-limiter:/, () => "Give it `type: 'Redis'` and a `storeClient` of `ioredis`."],
  [/^koa-ratelimit:/, () => "Use `driver: 'redis'` with `db: new Redis(process.env.REDIS_URL)` of `ioredis`."],
  [
    /^koa2-ratelimit:/,
    (stack) =>
      stack.orm === 'sequelize'
        ? 'Give it `store: new Stores.Sequelize(sequelize)`, on the database this project has.'
        : 'Give it `store: new Stores.Redis({ socket: { host, port } })`.',
  ],
  [
    /^hapi-rate-limit:/,
    () =>
      'Provision a cache over `@hapi/catbox-redis` in the `cache` option of the server and name it in `userCache`, `pathCache`, `userPathCache` and `authCache`.',
  ],
  [
    /^hono-rate-limiter:/,
    (stack) =>
      stack.isVersion('hono-rate-limiter', '<0.5')
        ? 'Give it `store: new RedisStore({ client })` of `@hono-rate-limiter/redis`.'
        : 'Give it `store: new RedisStore({ client })`, which `hono-rate-limiter` exports.',
  ],
  [/^elysia-rate-limit:/, () => 'Give it a `context` of your own that counts in Redis.'],
  [/^restify:/, () => 'Give it a `tokensTable` whose `get` and `put` go to Redis, or limit at the load balancer.'],
  [/^graphql-rate-limit:|^@envelop\//, () => 'Give it `store: new RedisStore(client)`, which the package exports.'],
  [
    /^graphql-rate-limit-directive:/,
    () =>
      'Give it `limiterClass: RateLimiterRedis` of `rate-limiter-flexible` and `limiterOptions: { storeClient: client }`.',
  ],
  [/^@trpc-limiter\//, () => 'Use `createTrpcRedisLimiter({ redisClient })` of `@trpc-limiter/redis`.'],
  [/^@grammyjs\/ratelimiter:/, () => 'Give it `storageClient: new Redis(process.env.REDIS_URL)` of `ioredis`.'],
  [
    /^bottleneck:/,
    () =>
      "Give it an `id`, `datastore: 'ioredis'` and `clientOptions`: limiters with the same `id` then share one count.",
  ],
];

export function recipe(api: string, stack: Stack, outbound: boolean | undefined): string {
  const client = stack.redis ?? 'ioredis';
  const known = RECIPES.find(([pattern]) => pattern.test(api));
  if (known) return known[1](stack, client);
  if (outbound)
    return "Count in one place: `bottleneck` with `datastore: 'ioredis'` and an `id`; or give each instance its share of the quota by a setting.";
  return `Count where all instances can: ${flexible(stack, client)}`;
}

function express(stack: Stack, client: string): string {
  if (stack.redis === undefined && (stack.database === 'mongodb' || stack.orm === 'mongoose'))
    return 'Give it a store that all instances share: `store: new MongoStore({ uri })` of `rate-limit-mongo`, on the MongoDB this project has.';
  if (stack.redis === undefined && stack.database === 'postgres')
    return "Give it a store that all instances share: `store: new PostgresStore(connection, 'prefix')` of `@acpr/rate-limit-postgresql`, on the PostgreSQL this project has.";
  const send =
    client === 'redis'
      ? 'sendCommand: (...args) => client.sendCommand(args)'
      : 'sendCommand: (command, ...args) => client.call(command, ...args)';
  return `Give it a store that all instances share, with a prefix of its own: \`store: new RedisStore({ prefix: 'limit:', ${send} })\` of \`rate-limit-redis\`${stack.redis ? `, on the Redis this project has (\`${stack.redis}\`)` : ` and a client of \`${client}\``}.`;
}

function flexible(stack: Stack, client: string): string {
  if (stack.redis === 'iovalkey') return '`RateLimiterValkey` of `rate-limiter-flexible` with `storeClient`.';
  if (stack.redis)
    return `\`RateLimiterRedis\` of \`rate-limiter-flexible\` with \`storeClient\`, the \`${client}\` client this project has.`;
  if (stack.orm === '@prisma/client')
    return '`RateLimiterPrisma` of `rate-limiter-flexible` with `storeClient: prisma`.';
  if (stack.database === 'postgres')
    return '`RateLimiterPostgres` of `rate-limiter-flexible` with `storeClient: pool`.';
  if (stack.database === 'mysql') return '`RateLimiterMySQL` of `rate-limiter-flexible` with `storeClient: pool`.';
  if (stack.database === 'mongodb' || stack.orm === 'mongoose')
    return '`RateLimiterMongo` of `rate-limiter-flexible` with `storeClient: connection`.';
  return `\`RateLimiterRedis\` of \`rate-limiter-flexible\` with \`storeClient\`, a client of \`${client}\`; a \`RateLimiterMemory\` may stay as its \`insuranceLimiter\`.`;
}
