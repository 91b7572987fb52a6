import type { MemoryKnowledge, MemoClearing, NamedStore } from './types.js';

/*
 * What packages keep in the memory of one process, and what their methods do to it. What is not listed here is no state by
 * its name: a client of a database has `set` and `delete` too.
 */

const LRU = {
  insert: ['set', 'add', 'prime'],
  remove: ['delete', 'del', 'pop'],
  clear: ['clear', 'reset'],
  lookup: ['get', 'has', 'peek', 'find'],
  fill: ['fetch', 'forceFetch', 'memo'],
} as const;

export const memoryCollections: readonly MemoryKnowledge[] = [
  { api: 'lru-cache:{(),LRUCache()}', ...LRU, source: 'lru-cache@11.5.3 dist/esm/index.d.ts' },
  {
    api: 'quick-lru:()',
    insert: ['set'],
    remove: ['delete', 'evict'],
    clear: ['clear'],
    lookup: ['get', 'has', 'peek'],
    source: 'quick-lru@7.3.0 index.d.ts',
  },
  {
    api: 'tiny-lru:{lru(),LRU()}',
    insert: ['set', 'setWithEvicted'],
    remove: ['delete', 'evict'],
    clear: ['clear'],
    lookup: ['get', 'has'],
    source: 'tiny-lru@13.1.0 types/lru.d.ts',
  },
  {
    api: 'lru.min:createLRU()',
    insert: ['set'],
    remove: ['delete', 'evict'],
    clear: ['clear'],
    lookup: ['get', 'has', 'peek'],
    source: 'lru.min@1.1.5 lib/index.d.ts',
  },
  {
    api: 'toad-cache:{Lru,LruMap,LruObject,Fifo,FifoMap,FifoObject}()',
    insert: ['set'],
    remove: ['delete', 'deleteMany', 'evict'],
    clear: ['clear'],
    lookup: ['get', 'getMany', 'keys'],
    source: 'toad-cache@3.7.4 toad-cache.d.ts',
  },
  {
    api: '@isaacs/ttlcache:{(),TTLCache()}',
    insert: ['set'],
    remove: ['delete'],
    clear: ['clear'],
    lookup: ['get', 'has'],
    source: '@isaacs/ttlcache@2.1.5 dist/esm/index.d.ts',
  },
  {
    api: 'mnemonist:{LRUCache,LRUMap,LRUMapWithDelete,LRUCacheWithDelete}()',
    insert: ['set', 'setpop'],
    remove: ['delete', 'remove'],
    clear: ['clear'],
    lookup: ['get', 'has', 'peek'],
    source: 'mnemonist@0.40.8 lru-map.d.ts',
  },
  {
    api: 'stale-lru-cache:()',
    insert: ['set'],
    remove: ['delete'],
    clear: ['reset'],
    lookup: ['get', 'has'],
    fill: ['wrap'],
    source: 'stale-lru-cache@5.1.1 lib/stale-lru-cache.js',
  },
  {
    api: 'cacheable:{Cacheable(),CacheableMemory()}',
    insert: ['set', 'setMany'],
    remove: ['delete', 'deleteMany', 'take', 'takeMany'],
    clear: ['clear'],
    lookup: ['get', 'getMany', 'has'],
    fill: ['getOrSet'],
    unless: ['secondary'],
    source: 'cacheable@2.5.0 README.md',
  },
  {
    api: 'memoizee:()',
    fill: ['()'],
    remove: ['delete'],
    clear: ['clear'],
    source: 'memoizee@0.4.17 README.md:301',
  },
  {
    api: 'node-cache:()',
    insert: ['set', 'mset'],
    remove: ['del', 'take'],
    clear: ['flushAll'],
    lookup: ['get', 'mget', 'has', 'take', 'keys'],
    source: 'node-cache@5.1.2 README.md',
  },
  {
    api: 'memory-cache:{,Cache()}',
    insert: ['put', 'importJson'],
    remove: ['del'],
    clear: ['clear'],
    lookup: ['get', 'keys', 'exportJson'],
    source: 'memory-cache@0.2.0 README.md',
  },
  {
    api: 'keyv:{(),Keyv()}',
    insert: ['set', 'setMany'],
    remove: ['delete', 'deleteMany'],
    clear: ['clear'],
    lookup: ['get', 'getMany', 'has'],
    unless: ['store'],
    source: 'keyv@5.6.0 README.md',
  },
  {
    api: 'cache-manager:createCache()',
    insert: ['set', 'mset'],
    remove: ['del', 'mdel'],
    clear: ['clear'],
    lookup: ['get', 'mget', 'ttl'],
    fill: ['wrap'],
    unless: ['stores'],
    source: 'cache-manager@7.2.9 README.md',
  },
  {
    api: 'dataloader:()',
    insert: ['prime'],
    remove: ['clear'],
    clear: ['clearAll'],
    fill: ['load', 'loadMany'],
    source: 'dataloader@2.2.3 README.md',
  },
  {
    api: 'rxjs:{BehaviorSubject,ReplaySubject}()',
    assign: ['next'],
    lookup: ['getValue', 'subscribe', 'pipe', 'asObservable'],
    source: 'rxjs@7.8.2 dist/types/index.d.ts:11',
  },
  {
    api: '{lodash:memoize(),lodash/memoize:(),memoize:()}',
    fill: ['()'],
    clear: ['clear'],
    remove: ['delete', 'remove'],
    source: 'memoize@11.0.0 package.json',
  },
  {
    api: '{lodash:memoize(),lodash/memoize:()}.cache',
    insert: ['set'],
    remove: ['delete'],
    clear: ['clear'],
    lookup: ['get', 'has'],
    source: 'lodash@4.18.1 lodash.js:3215',
  },
];

/** Calls that empty the memory of a function which another call of the package has wrapped. */
export const memoClearings: readonly MemoClearing[] = [
  { api: '{p-memoize:pMemoizeClear,memoize:memoizeClear,mem:memClear}', source: 'p-memoize@8.0.0 readme.md' },
];

/** What an application object keeps under names that are given as texts. */
export const namedStores: readonly NamedStore[] = [
  {
    write: 'express:().set',
    read: 'express:().get',
    label: 'app.settings',
    source: 'express@5.3.0 lib/express.js:44',
  },
];
