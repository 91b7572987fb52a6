import type { KeeperKnowledge, StoreKnowledge } from '../../model/knowledge.js';
import type { MemoryKnowledge } from '../types.js';

/* Calls that set up a cache, and where it keeps its entries. What their methods do stands in memory-collections.ts. */

const NAMES = { memory: 'memory', none: 'cookie', redis: 'shared' } as const;
const HAPI = '@hapi/hapi:Server()';
const HAPI_CACHE = [{ api: '@hapi/hapi:{server,Server}', arg: 0, path: 'cache' }] as const;

const cache = (entry: Omit<KeeperKnowledge, 'concern'>): KeeperKnowledge => ({ concern: 'cache', ...entry });
/** A package whose caches are always in memory. */
const inMemory = (api: string, source: string, ttl?: NonNullable<KeeperKnowledge['cache']>['ttl']): KeeperKnowledge =>
  cache({
    api,
    options: 0,
    default: 'memory',
    ...(ttl ? { cache: { ttl } } : {}),
    note: `\`${api.slice(0, api.indexOf(':')).replace(/^\{|,.*/g, '')}\` keeps its entries in the memory of this process`,
    source,
  });

export const caches: readonly KeeperKnowledge[] = [
  inMemory('node-cache:', 'node-cache@5.1.2 README.md', { path: 'stdTTL', unit: 's' }),
  inMemory('lru-cache:{,LRUCache}', 'lru-cache@11.5.3 dist/esm/index.d.ts', { path: 'ttl', unit: 'ms' }),
  inMemory('quick-lru:', 'quick-lru@7.3.0 index.d.ts', { path: 'maxAge', unit: 'ms' }),
  inMemory('tiny-lru:{lru,LRU}', 'tiny-lru@13.1.0 types/lru.d.ts', { arg: 1, unit: 'ms' }),
  inMemory('lru.min:createLRU', 'lru.min@1.1.5 lib/index.d.ts'),
  inMemory('toad-cache:{Lru,LruMap,LruObject,Fifo,FifoMap,FifoObject}', 'toad-cache@3.7.4 toad-cache.d.ts', {
    arg: 1,
    unit: 'ms',
  }),
  inMemory('@isaacs/ttlcache:{,TTLCache}', '@isaacs/ttlcache@2.1.5 dist/esm/index.d.ts', { path: 'ttl', unit: 'ms' }),
  inMemory('memory-cache:Cache', 'memory-cache@0.2.0 README.md'),
  inMemory('mnemonist:{LRUCache,LRUMap,LRUMapWithDelete,LRUCacheWithDelete}', 'mnemonist@0.40.8 lru-map.d.ts'),
  inMemory('stale-lru-cache:', 'stale-lru-cache@5.1.1 lib/stale-lru-cache.js', { path: 'maxAge', unit: 's' }),
  inMemory('dataloader:', 'dataloader@2.2.3 README.md "DataLoader caching does not replace Redis, Memcache"'),
  inMemory('memoizee:', 'memoizee@0.4.17 README.md', { arg: 1, path: 'maxAge', unit: 'ms' }),

  cache({
    api: 'keyv:{,Keyv}',
    options: 0,
    stores: ['store'],
    default: 'memory',
    cache: { ttl: { path: 'ttl', unit: 'ms' } },
    note: '`keyv` keeps its entries in a Map unless a `store` is given',
    source: 'keyv@5.6.0 README.md',
  }),
  cache({
    api: 'cacheable:Cacheable',
    options: 0,
    stores: ['secondary', 'primary'],
    default: 'memory',
    note: '`cacheable` keeps its entries in memory unless it has a `secondary` store',
    source: 'cacheable@2.5.0 README.md "To enable layer 1 and layer 2 caching you can use the `secondary` property"',
  }),
  cache({
    api: 'cache-manager:createCache',
    options: 0,
    stores: ['stores'],
    default: 'memory',
    cache: { ttl: { path: 'ttl', unit: 'ms' } },
    note: '`cache-manager` keeps its entries in memory unless `stores` are given',
    source: 'cache-manager@7.2.9 dist/index.d.mts "stores?: Keyv[]"',
  }),
  cache({
    api: 'cache-manager:caching',
    versions: '>=5',
    options: 0,
    stores: [''],
    named: NAMES,
    default: 'memory',
    note: "`caching('memory')` keeps its entries in memory",
    source: 'cache-manager@5.7.6 dist/caching.d.ts "caching(name: \'memory\', arguments_?: MemoryConfig)"',
  }),
  cache({
    api: 'cache-manager:caching',
    versions: '<5',
    options: 0,
    stores: ['store'],
    named: NAMES,
    default: 'memory',
    cache: { ttl: { path: 'ttl', unit: 's' } },
    note: '`caching` keeps its entries in memory unless a `store` is given',
    source: 'cache-manager@4.1.0 lib/caching.js "bundledStores = {memory, none}"',
  }),
  cache({
    api: '{@nestjs/cache-manager,@nestjs/common}:CacheModule.{register,registerAsync}',
    options: 0,
    stores: ['stores', 'store'],
    named: NAMES,
    default: 'memory',
    cache: { object: 'cache-manager:Cache()', answers: true, ttl: { path: 'ttl', unit: 'ms' } },
    note: "Nest's `CacheModule` keeps its entries in memory unless `stores` are given",
    docs: 'https://docs.nestjs.com/techniques/caching#using-alternative-cache-stores',
    source:
      '@nestjs/cache-manager@12.0.0 dist/cache.providers.js:48 "options.stores ? … : createCache({"; 2.3.0 dist/cache.providers.js:48 "options.store"; @nestjs/common@9.4.3 cache/cache.providers.js',
  }),
  cache({
    api: 'async-cache-dedupe:createCache',
    options: 0,
    switches: [{ path: 'storage.type', is: ['redis', 'custom'], home: 'shared' }],
    default: 'memory',
    cache: { ttl: { path: 'ttl', unit: 's' } },
    note: "`async-cache-dedupe` keeps its entries in memory unless `storage` is of type `'redis'`",
    source: 'async-cache-dedupe@3.4.0 README.md:61 "default is `{ type: \\"memory\\" }`"',
  }),
  cache({
    api: 'layered-loader:{Loader,GroupLoader,ManualCache,ManualGroupCache}',
    options: 0,
    only: ['inMemoryCache'],
    switches: [{ path: 'notificationConsumer', home: 'shared' }],
    default: 'memory',
    cache: { ttl: { path: 'inMemoryCache.ttlInMsecs', unit: 'ms' } },
    note: "`layered-loader` keeps its first layer in memory; without `notificationConsumer` other instances' layers are not emptied",
    source:
      'layered-loader@14.2.2 README.md:307 "this will transparently invalidate cache across all instances of your application"',
  }),
  cache({
    api: 'unstorage:createStorage',
    options: 0,
    stores: ['driver'],
    default: 'memory',
    note: '`unstorage` keeps its entries in memory unless a `driver` is given',
    source: 'unstorage@1.17.6 README.md:21 "Default [in-memory] storage"',
  }),

  // Whole answers
  cache({
    api: 'apicache:{middleware,options().middleware,newInstance().middleware}',
    options: -1,
    later: [{ api: 'apicache:{options,newInstance}', arg: 0, path: 'redisClient' }],
    default: 'memory',
    cache: { answers: true, once: true, emptied: ['apicache:{clear,newInstance().clear,options().clear}'] },
    note: '`apicache` keeps answers in memory unless it is given a `redisClient`',
    source: 'apicache@1.6.3 src/apicache.js:47 "redisClient: false", :265',
  }),
  cache({
    api: 'route-cache:cacheSeconds',
    options: -1,
    later: [{ api: 'route-cache:config', arg: 0, path: 'cacheStore' }],
    default: 'memory',
    cache: {
      answers: true,
      once: true,
      emptied: ['route-cache:{removeCache,clearCache}'],
      ttl: { arg: 0, unit: 's' },
    },
    note: '`route-cache` keeps answers in memory unless it is given a `cacheStore`',
    source: 'route-cache@0.7.1 index.js:16 "let cacheStore = new LruStore(defaults)"',
  }),
  cache({
    api: `${HAPI}.method`,
    options: 2,
    only: ['cache'],
    stores: ['cache.cache'],
    later: HAPI_CACHE,
    default: 'memory',
    cache: {
      answers: true,
      emptied: [`${HAPI}.methods.*.cache.drop`],
      ttl: { arg: 2, path: 'cache.expiresIn', unit: 'ms' },
    },
    note: 'a server method with `cache` keeps what it gave in the cache of the server, and that is memory unless the server is given another',
    docs: 'https://hapi.dev/tutorials/caching',
    source: '@hapi/hapi@21.4.10 lib/core.js:172 "Defaults to memory-based"',
  }),
  cache({
    api: `${HAPI}.cache`,
    options: 0,
    stores: ['cache'],
    later: HAPI_CACHE,
    default: 'memory',
    cache: { ttl: { path: 'expiresIn', unit: 'ms' } },
    note: 'a cache of the server is in memory unless the server is given another',
    docs: 'https://hapi.dev/tutorials/caching',
    source: '@hapi/hapi@21.4.10 lib/core.js:172 "Defaults to memory-based"',
  }),
  cache({
    api: '@apollo/server-plugin-response-cache:',
    options: 0,
    stores: ['cache'],
    later: [{ api: '@apollo/server:ApolloServer', arg: 0, path: 'cache' }],
    named: { bounded: 'memory' },
    default: 'memory',
    cache: { answers: true },
    note: 'the response cache of Apollo Server keeps answers in memory unless the server has a `cache`',
    docs: 'https://www.apollographql.com/docs/apollo-server/performance/cache-backends',
    source:
      '@apollo/server-plugin-response-cache dist/esm/ApolloServerPluginResponseCache.d.ts:4 "cache?: KeyValueCache"',
  }),
  cache({
    api: '{@graphql-yoga/plugin-response-cache,@envelop/response-cache}:useResponseCache',
    options: 0,
    stores: ['cache'],
    default: 'memory',
    cache: { answers: true, emptiesItself: true, ttl: { path: 'ttl', unit: 'ms' } },
    note: 'the response cache keeps answers in memory unless a `cache` is given, and a mutation empties the copy of its own instance only',
    source: '@envelop/response-cache typings/plugin.d.ts:26 "cache?: Cache", :85 "invalidateViaMutation"',
  }),
  cache({
    api: 'mercurius-cache:',
    plugin: 'fastify',
    options: 1,
    switches: [{ path: 'storage.type', is: ['redis'], home: 'shared' }],
    default: 'memory',
    cache: { answers: true, ttl: { arg: 1, path: 'ttl', unit: 's' } },
    note: "`mercurius-cache` keeps answers in memory unless `storage` is of type `'redis'`",
    source: 'mercurius-cache@8.0.0 README.md:107 "default cache is in `memory`, but a `redis` storage can be used"',
  }),
];

/** What is read and written of caches that something else than a call hands out. */
export const cacheObjects: readonly MemoryKnowledge[] = [
  {
    api: 'cache-manager:{Cache(),caching()}',
    insert: ['set', 'mset'],
    remove: ['del', 'mdel'],
    clear: ['clear', 'reset'],
    lookup: ['get', 'mget'],
    fill: ['wrap'],
    source: 'cache-manager@5.7.6 dist/caching.d.ts; cache-manager@7.2.9 dist/index.d.mts',
  },
  {
    api: `${HAPI}.cache()`,
    insert: ['set'],
    remove: ['drop'],
    lookup: ['get'],
    source: '@hapi/hapi API.md, server.cache; @hapi/catbox API.md, Policy',
  },
  {
    api: 'unstorage:createStorage()',
    insert: ['setItem', 'set', 'setItems', 'setItemRaw'],
    remove: ['removeItem', 'remove', 'del'],
    clear: ['clear'],
    lookup: ['getItem', 'get', 'has', 'hasItem', 'getItems', 'getItemRaw'],
    source: 'unstorage@1.17.6 dist/index.d.ts',
  },
  {
    api: 'layered-loader:{Loader(),GroupLoader(),ManualCache(),ManualGroupCache()}',
    insert: ['set', 'setForKey'],
    remove: ['invalidateCacheFor', 'invalidateCacheForMany', 'invalidateCacheForGroup'],
    clear: ['invalidateCache'],
    fill: ['get', 'getMany'],
    source: 'layered-loader@14.2.2 README.md:217',
  },
  {
    api: 'async-cache-dedupe:createCache()',
    remove: ['invalidate', 'invalidateAll'],
    clear: ['clear'],
    lookup: ['get'],
    insert: ['set'],
    source: 'async-cache-dedupe@3.4.0 README.md:184',
  },
];

const at = (keeps: StoreKnowledge['keeps'], api: string, source: string): StoreKnowledge => ({ api, keeps, source });
const UNSTORAGE =
  '{redis,upstash,mongodb,db0,azure-cosmos,azure-storage-table,azure-storage-blob,s3,vercel-kv,planetscale,cloudflare-kv-http}';

export const cacheStores: readonly StoreKnowledge[] = [
  { ...at('memory', 'keyv:{(),Keyv()}', 'keyv@5.6.0 README.md'), within: { option: 'store', otherwise: 'memory' } },
  at('memory', 'cacheable:{CacheableMemory(),KeyvCacheableMemory(),createKeyv()}', 'cacheable@2.5.0 README.md'),
  at('memory', '{lru-cache:{(),LRUCache()},quick-lru:()}', 'lru-cache@11.5.3; quick-lru@7.3.0'),
  at(
    'memory',
    '@apollo/utils.keyvaluecache:InMemoryLRUCache()',
    '@apollo/utils.keyvaluecache dist/InMemoryLRUCache.d.ts',
  ),
  at(
    'memory',
    '{@graphql-yoga/plugin-response-cache,@envelop/response-cache}:createInMemoryCache()',
    '@graphql-yoga/plugin-response-cache@3.26.1 typings/index.d.ts:26',
  ),
  at('memory', 'unstorage/drivers/{memory,lru-cache}:()', 'unstorage@1.17.6 drivers/'),
  at('file', 'unstorage/drivers/{fs,fs-lite}:()', 'unstorage@1.17.6 drivers/'),

  at(
    'shared',
    '{@keyv/redis,@keyv/valkey,@keyv/memcache,@keyv/postgres,@keyv/mysql,@keyv/mongo,@keyv/etcd,@keyv/dynamo}:{(),KeyvRedis(),KeyvValkey(),KeyvMemcache(),KeyvPostgres(),KeyvMysql(),KeyvMongo(),KeyvEtcd(),KeyvDynamo(),createKeyv(),createKeyvNonBlocking()}',
    '@keyv/redis dist/index.d.cts:346 "createKeyv, createKeyvNonBlocking, KeyvRedis as default"; unchecked: the other adapters',
  ),
  at(
    'shared',
    '{cache-manager-redis-store,cache-manager-redis-yet,cache-manager-ioredis-yet,cache-manager-ioredis,@tirke/node-cache-manager-ioredis,@tirke/node-cache-manager-mongo,cache-manager-mongodb}:{(),create(),redisStore(),ioRedisStore(),mongoDbStore(),redisInsStore(),ioRedisInsStore()}',
    'cache-manager-redis-store dist/index.d.ts:19 "redisStore"; cache-manager-ioredis-yet dist/index.d.ts:18; unchecked: the other stores',
  ),
  at('shared', `unstorage/drivers/${UNSTORAGE}:()`, 'unstorage@1.17.6 drivers/'),
  at(
    'shared',
    '{@apollo/utils.keyvadapter:KeyvAdapter(),apollo-server-cache-redis:RedisCache()}',
    'unchecked: Apollo Server documentation, cache backends',
  ),
  at(
    'shared',
    '@envelop/response-cache-redis:createRedisCache()',
    'unchecked: @envelop/response-cache-redis README.md',
  ),
  at('shared', 'route-cache/{ioRedisStore,nodeRedisStore}:()', 'route-cache@0.7.1 README.md:76'),
];
