import { broadcastRecipes } from './broadcast.js';
import { ANY_REDIS, type Recipe } from './recipe.js';

const GRAPHQL = '{graphql-subscriptions,apollo-server,apollo-server-express,apollo-server-koa}';

/** What to use in the place of brokers that pass events on within the process; for others, the words of `broadcastRecipes` are needed. */
export const pubsubRecipes: readonly Recipe[] = [
  {
    api: GRAPHQL,
    needs: { redis: ['ioredis'] },
    text: 'Use a broker that all instances share in its place: `new RedisPubSub({ publisher: redis, subscriber: redis.duplicate() })` of `graphql-redis-subscriptions`, with the `ioredis` client this project has.',
    source: 'graphql-redis-subscriptions@2.7.0 README.md',
  },
  {
    api: GRAPHQL,
    needs: { redis: ANY_REDIS },
    text: 'Use a broker that all instances share in its place: `new RedisPubSub({ connection: process.env.REDIS_URL })` of `graphql-redis-subscriptions` (with `ioredis`), on the Redis this project has.',
    source: 'graphql-redis-subscriptions@2.7.0 dist/redis-pubsub.d.ts, connection',
  },
  {
    api: GRAPHQL,
    needs: { database: 'postgres' },
    text: 'Use a broker that all instances share in its place: `new PostgresPubSub({ client })` of `graphql-postgres-subscriptions`, with a `pg` client of its own on the PostgreSQL this project has.',
    source: 'graphql-postgres-subscriptions@1.0.5 README.md',
  },
  {
    api: GRAPHQL,
    text: 'Use a broker that all instances share in its place: `new RedisPubSub({ connection: process.env.REDIS_URL })` of `graphql-redis-subscriptions` (with `ioredis`).',
    source: 'graphql-redis-subscriptions@2.7.0 dist/redis-pubsub.d.ts, connection',
  },
  {
    api: '{@graphql-yoga/subscription,graphql-yoga}',
    needs: { redis: ['ioredis'] },
    text: 'Let it publish through Redis: `eventTarget: createRedisEventTarget({ publishClient: redis, subscribeClient: redis.duplicate() })` of `@graphql-yoga/redis-event-target`, with the `ioredis` client this project has.',
    source: '@graphql-yoga/redis-event-target@3.0.4 typings/index.d.ts',
  },
  {
    api: '{@graphql-yoga/subscription,graphql-yoga}',
    text: 'Let it publish through Redis: `eventTarget: createRedisEventTarget({ publishClient: new Redis(process.env.REDIS_URL), subscribeClient: new Redis(process.env.REDIS_URL) })` of `@graphql-yoga/redis-event-target` and `ioredis`.',
    source: '@graphql-yoga/redis-event-target@3.0.4 typings/index.d.ts',
  },
  {
    api: 'mercurius',
    text: "Let it publish through Redis: `subscription: { emitter: redisEmitter({ host: 'redis', port: 6379 }) }`, with `redisEmitter` of `mqemitter-redis`.",
    source: 'mercurius@16.10.1 docs/subscriptions.md; mqemitter-redis@7.2.1 README.md',
  },
  {
    api: 'aedes',
    text: "Let the instances share messages and sessions through Redis: `mq: redisEmitter({ host: 'redis' }), persistence: redisPersistence({ host: 'redis' })` of `mqemitter-redis` and `aedes-persistence-redis`; or use a broker of its own such as Mosquitto, EMQX or NATS.",
    source: 'mqemitter-redis@7.2.1 README.md; aedes-persistence-redis@12.0.0 README.md',
  },
  ...broadcastRecipes,
];
