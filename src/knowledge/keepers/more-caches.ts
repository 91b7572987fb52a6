import type { KeeperKnowledge, StoreKnowledge } from '../../model/knowledge.js';
import type { MemoryKnowledge } from '../types.js';

/*
 * Further caches: of functions, of answers from other services, in layers. As with all caches, what only grows old is not
 * reported: a memory of pure results, or of what another service said a minute ago, is the same on every instance.
 */

const cache = (entry: Omit<KeeperKnowledge, 'concern'>): KeeperKnowledge => ({ concern: 'cache', ...entry });
const memo = (api: string, source: string, ttl?: NonNullable<KeeperKnowledge['cache']>['ttl']): KeeperKnowledge =>
  cache({
    api,
    options: 1,
    default: 'memory',
    ...(ttl ? { cache: { ttl } } : {}),
    note: `\`${api.slice(0, api.indexOf(':'))}\` keeps what the function gave in the memory of this process`,
    source,
  });

export const moreCaches: readonly KeeperKnowledge[] = [
  memo('moize:{,moize}', 'moize@6.1.7 index.d.ts', { arg: 1, path: 'maxAge', unit: 'ms' }),
  memo('micro-memoize:{,memoize}', 'micro-memoize@5.2.0 README.md'),
  memo('nano-memoize:{,nanomemoize}', 'nano-memoize@3.0.16 README.md', { arg: 1, path: 'maxAge', unit: 'ms' }),
  cache({
    api: 'p-memoize:',
    options: 1,
    stores: ['cache'],
    default: 'memory',
    note: '`p-memoize` keeps what the function gave in a Map unless a `cache` is given',
    remedy: 'Give it a `cache` whose `get`, `set` and `has` go to Redis.',
    source: 'p-memoize@8.0.0 index.d.ts "Use a different cache storage"',
  }),
  cache({
    api: 'bentocache:bentostore().useL1Layer',
    options: -1,
    later: [
      { api: 'bentocache:bentostore().useL1Layer().useBus', arg: 0 },
      { api: 'bentocache:bentostore().useL1Layer().useL2Layer().useBus', arg: 0 },
    ],
    default: 'memory',
    cache: { object: 'bentocache:BentoCache()', answers: true },
    note: "`bentocache` keeps its first layer in memory; without `useBus` other instances' layers are not emptied",
    remedy: 'Tell the layers of all instances of a change: `.useBus(redisBusDriver({ connection }))`.',
    docs: 'https://bentocache.dev/docs/multi-tier',
    source: 'bentocache@1.6.1 README.md:50 "synchronize different local in-memory caches of your instances via a Bus"',
  }),
  cache({
    api: 'node-ts-cache:CacheContainer',
    options: 0,
    stores: [''],
    default: 'none',
    note: '`node-ts-cache` keeps its entries in the storage it is handed',
    remedy: 'Hand it `new IoRedisStorage(() => client)` of `node-ts-cache-storage-ioredis`.',
    source: 'node-ts-cache@4.4.0 README.md:54 "new CacheContainer(new MemoryStorage())"',
  }),
  cache({
    api: '{axios-cache-interceptor:setupCache,axios-cache-adapter:{setup,setupCache}}',
    options: 1,
    stores: ['storage', 'store'],
    default: 'memory',
    note: 'answers of the services that are asked are kept in the memory of this process unless a `storage` is given',
    remedy: 'Give it a `storage` over Redis: `buildStorage({ find, set, remove })`.',
    source: 'axios-cache-interceptor@1.12.3 dist/index.d.ts "buildMemoryStorage"; axios-cache-adapter@2.7.3 README.md',
  }),
];

/** What is read and written of these. */
export const moreCacheObjects: readonly MemoryKnowledge[] = [
  {
    api: 'bentocache:BentoCache()',
    insert: ['set', 'setForever'],
    remove: ['delete', 'deleteMany', 'deleteByTag', 'expire', 'expireByTag'],
    clear: ['clear', 'clearAll'],
    lookup: ['get', 'has', 'missing'],
    fill: ['getOrSet', 'getOrSetForever'],
    source: 'bentocache@1.6.1 build/bento_cache-KhHDdh3u.d.ts',
  },
  {
    api: 'moize:{(),moize()}',
    fill: ['()'],
    insert: ['add', 'set', 'update'],
    remove: ['remove'],
    clear: ['clear'],
    source: 'moize@6.1.7 index.d.ts',
  },
  {
    api: '{micro-memoize:{(),memoize()},nano-memoize:{(),nanomemoize()}}',
    fill: ['()'],
    clear: ['clear'],
    source: 'nano-memoize@3.0.16 README.md ".clear()"; micro-memoize@5.2.0 README.md',
  },
  {
    api: 'node-ts-cache:CacheContainer()',
    insert: ['setItem'],
    clear: ['clear'],
    lookup: ['getItem'],
    source: 'node-ts-cache@4.4.0 README.md',
  },
];

export const moreCacheStores: readonly StoreKnowledge[] = [
  {
    api: '{bentocache/drivers/redis:redisBusDriver,@rlanz/bentocache-rabbitmq:rabbitmqBusDriver}()',
    keeps: 'shared',
    source: 'bentocache@1.6.1 package.json exports "./drivers/redis"',
  },
  {
    api: '{node-ts-cache-storage-memory:MemoryStorage,node-ts-cache-storage-node-cache:NodeCacheStorage,node-ts-cache-storage-lru:LRUStorage}()',
    keeps: 'memory',
    source: 'node-ts-cache@4.4.0 README.md:52',
  },
  {
    api: '{node-ts-cache-storage-redis:RedisStorage,node-ts-cache-storage-redisio:RedisIOStorage,node-ts-cache-storage-ioredis:IoRedisStorage}()',
    keeps: 'shared',
    source: 'node-ts-cache@4.4.0 README.md',
  },
];
/** What RxDB and Transmit are given. */
export const platformStores: readonly StoreKnowledge[] = [
  {
    api: 'rxdb/plugins/storage-memory:getRxStorageMemory()',
    keeps: 'memory',
    source: 'rxdb@17.6.0 dist/types/plugins/storage-memory/index.d.ts:2',
  },
  {
    api: 'rxdb/plugins/storage-mongodb:getRxStorageMongoDB()',
    keeps: 'shared',
    source: 'rxdb@17.6.0 package.json exports "./plugins/storage-mongodb"',
  },
  {
    api: '@adonisjs/transmit/transports{,/redis,/mqtt}:{redis,mqtt}()',
    keeps: 'shared',
    source: '@adonisjs/transmit@3.0.2 transports/redis.ts, transports/mqtt.ts',
  },
];

/** Storages of Payload, which take the files of its collections. */
export const uploadStores: readonly StoreKnowledge[] = [
  {
    api: '{@payloadcms/storage-s3:s3Storage,@payloadcms/storage-gcs:gcsStorage,@payloadcms/storage-azure:azureStorage,@payloadcms/storage-vercel-blob:vercelBlobStorage,@payloadcms/storage-r2:r2Storage,@payloadcms/storage-uploadthing:uploadthingStorage,@payloadcms/plugin-cloud-storage:{cloudStorage,cloudStoragePlugin}}()',
    keeps: 'shared',
    source:
      '@payloadcms/storage-s3@3.90.1 dist/index.d.ts; @payloadcms/plugin-cloud-storage@3.90.1 dist/plugin.js:150 "disableLocalStorage … : true"',
  },
];
