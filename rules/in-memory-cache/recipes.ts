import { broadcastOf, type Stack } from '../../src/api/index.js';

/*
 * How to give each cache a store that all instances share, or tell them all of a change, with what the project has.
 */

const RECIPES: readonly [RegExp, (stack: Stack) => string][] = [
  [
    /CacheModule/,
    (stack) =>
      stack.isVersion('@nestjs/cache-manager', '<3')
        ? 'Give it a shared store: `CacheModule.registerAsync({ useFactory: async () => ({ store: await redisStore({ url }) }) })`, from `cache-manager-redis-yet`.'
        : 'Give it a shared store: `CacheModule.register({ stores: [new KeyvRedis(process.env.REDIS_URL)] })`, from `@keyv/redis`.',
  ],
  [
    /^(?:keyv|cacheable):/,
    () => 'Give it a store: `new Keyv({ store: new KeyvRedis(process.env.REDIS_URL) })`, from `@keyv/redis`.',
  ],
  [
    /^cache-manager:createCache/,
    () => 'Give it a store: `createCache({ stores: [new Keyv({ store: new KeyvRedis(process.env.REDIS_URL) })] })`.',
  ],
  [/^cache-manager:/, () => 'Give it a store: `caching(await redisStore({ url }))`, from `cache-manager-redis-yet`.'],
  [/^apicache:/, () => 'Give it Redis: `apicache.options({ redisClient })`.'],
  [/^route-cache:/, () => 'Give it Redis: `routeCache.config({ cacheStore: new IoRedisStore(client) })`.'],
  [
    /^@hapi\/hapi:/,
    () =>
      'Provision the server with `@hapi/catbox-redis` (`cache: [{ provider: { constructor: CatboxRedis, options } }]`); a named one is chosen by `cache: { cache: name }`.',
  ],
  [
    /^@apollo\/server/,
    () =>
      'Give the server a shared `cache`: `new KeyvAdapter(new Keyv({ store: new KeyvRedis(url) }))`, of `@apollo/utils.keyvadapter`.',
  ],
  [/response-cache:/, () => 'Give it `cache: createRedisCache({ redis })`, of `@envelop/response-cache-redis`.'],
  [
    /^(?:async-cache-dedupe|mercurius-cache):/,
    () => "Give it `storage: { type: 'redis', options: { client, invalidation: true } }`.",
  ],
  [
    /^layered-loader:/,
    () =>
      'Give it the `notificationConsumer` and `notificationPublisher` of `createNotificationPair`, so that an entry thrown out here is thrown out everywhere.',
  ],
  [
    /^unstorage:/,
    () => 'Give it a `driver` that all instances share: `redisDriver({ url })` of `unstorage/drivers/redis`.',
  ],
];

export function recipe(api: string, stack: Stack): string {
  const known = RECIPES.find(([pattern]) => pattern.test(api));
  if (known) return known[1](stack);
  const keep = stack.redis
    ? `keep the entries in Redis (\`${stack.redis}\`) with an expiry`
    : 'keep the entries in a store that all instances share, with an expiry';
  return `Tell every instance to drop the entry, over ${broadcastOf(stack)}, or ${keep}.`;
}
