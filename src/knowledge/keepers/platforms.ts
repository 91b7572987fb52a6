import type { KeeperKnowledge } from '../../model/knowledge.js';
import { UNSTORAGE } from './unstorage.js';

/*
 * What platforms and frameworks keep by themselves: sessions, limits, caches and events, by the options that their configuration
 * files or their one big call hold.
 *
 * Left out, since a second instance does no harm: the persisted queries that Apollo Server and Yoga remember (a client that
 * meets another instance sends the query once more), parse-server's cache of users and roles (five seconds), and Meteor's
 * DDPRateLimiter (it counts by connection, and a connection stays where it is).
 */

const MEDUSA = '@medusajs/medusa:config';
const MODULES = 'modules.*.resolve';
const NITRO_CACHE = [
  { api: 'nuxt:config', arg: 0, path: 'nitro.storage.cache.driver' },
  { api: 'nuxt:config', arg: 0, path: 'nitro.storage./cache.driver' },
  { api: 'nitropack:config', arg: 0, path: 'storage.cache.driver' },
] as const;
const NEXT_CACHE = 'next/cache:{unstable_cache,revalidateTag,updateTag,unstable_expireTag}';

export const platforms: readonly KeeperKnowledge[] = [
  // Next.js and Nuxt
  {
    concern: 'cache',
    api: NEXT_CACHE,
    options: -1,
    later: [
      'cacheHandler',
      'cacheHandlers.*',
      'experimental.cacheHandlers.*',
      'experimental.incrementalCacheHandlerPath',
    ].map((path) => ({ api: 'next:config', arg: 0, path })),
    default: 'memory',
    cache: { answers: true, once: true, emptied: ['next/cache:{revalidateTag,updateTag,unstable_expireTag}'] },
    note: 'Next.js keeps what it caches in the memory and on the disk of each instance unless `next.config` names a `cacheHandler`',
    remedy:
      "Name a handler that keeps entries and tags where all instances look: `cacheHandler: require.resolve('./cache-handler.mjs')` and `cacheMaxMemorySize: 0` in `next.config`, with `@fortedigital/nextjs-cache-handler` over Redis; for `'use cache'`, `cacheHandlers`.",
    docs: 'https://nextjs.org/docs/app/guides/self-hosting#caching-and-isr',
    source: 'next@16.4.6 dist/server/config-shared.d.ts:1484 "cacheHandler?: string", :1490 "cacheHandlers"',
  },
  {
    concern: 'cache',
    api: '{global:,nitropack/runtime:,nitro/cache:}{defineCachedEventHandler,cachedEventHandler,defineCachedFunction,cachedFunction,defineCachedHandler}',
    options: 1,
    later: NITRO_CACHE,
    named: UNSTORAGE,
    default: 'memory',
    cache: { answers: true, once: true, ttl: { path: 'maxAge', unit: 's', otherwise: 1 } },
    note: 'Nitro keeps what it caches in the memory of each instance unless a driver is mounted at `storage.cache`',
    remedy: "Mount a shared driver in the configuration: `nitro: { storage: { cache: { driver: 'redis', url } } }`.",
    docs: 'https://nitro.build/guide/cache',
    source:
      'nitropack@2.13.6 dist/runtime/internal/cache.mjs:18 "maxAge: 1", :21 "defineCachedFunction"; dist/core/index.mjs:76 "storage: {}"',
  },
  {
    concern: 'rate-limit',
    api: 'nuxt:config',
    options: 0,
    only: ['security.rateLimiter'],
    off: [{ path: 'security.rateLimiter', is: [false] }],
    stores: ['security.rateLimiter.driver.name'],
    named: UNSTORAGE,
    default: 'memory',
    note: '`nuxt-security` counts requests in an LRU cache of this process unless `rateLimiter.driver` is another',
    remedy:
      "Give it a driver that all instances share: `rateLimiter: { driver: { name: 'redis', options: { url } } }`.",
    source: 'nuxt-security@2.5.1 dist/defaultConfig.mjs:52 `name: "lruCache"`',
  },

  // Authentication
  {
    concern: 'rate-limit',
    api: '{better-auth:,better-auth/minimal:}betterAuth',
    options: 0,
    off: [{ path: 'rateLimit.enabled', is: [false] }],
    switches: [
      { path: 'rateLimit.storage', is: ['database', 'secondary-storage'], home: 'shared' },
      { path: 'rateLimit.customStorage', home: 'shared' },
      { path: 'secondaryStorage', home: 'shared' },
    ],
    default: 'memory',
    note: 'Better Auth counts requests to sign in in the memory of this process unless `rateLimit.storage` or a `secondaryStorage` is given',
    remedy: "Count in the database it has: `rateLimit: { storage: 'database' }`, or in Redis by a `secondaryStorage`.",
    docs: 'https://www.better-auth.com/docs/concepts/rate-limit',
    source:
      'better-auth@1.7.25 dist/context/create-context.mjs:172 "enabled: options.rateLimit?.enabled ?? isProduction", :175 `storage || (secondaryStorage ? "secondary-storage" : "memory")`',
  },

  // Strapi
  {
    concern: 'rate-limit',
    api: '@strapi/strapi:config',
    options: 0,
    only: ['plugins'],
    off: [{ path: 'plugins.users-permissions.config.ratelimit.enabled', is: [false] }],
    stores: ['plugins.users-permissions.config.ratelimit.store'],
    default: 'memory',
    note: "Strapi's users-permissions plugin counts sign-ins and password resets in the MemoryStore of `koa2-ratelimit` unless `ratelimit.store` is given",
    remedy:
      "Give it a store that all instances share: `'users-permissions': { config: { ratelimit: { store: new Stores.Redis({ socket: { host, port } }) } } }`, of `koa2-ratelimit`.",
    docs: 'https://docs.strapi.io/cms/features/users-permissions',
    source:
      '@strapi/plugin-users-permissions@5.54.0 dist/server/middlewares/rateLimit.js `rateLimit.middleware({ interval, max: 5, ...rateLimitConfig })`; koa2-ratelimit@1.1.3 src/RateLimit.js:21 "store: new MemoryStore()"',
  },
  {
    concern: 'upload',
    api: '@strapi/strapi:config',
    options: 0,
    only: ['plugins'],
    stores: ['plugins.upload.config.provider'],
    named: { local: 'file', '@strapi/provider-upload-local': 'file' },
    default: 'file',
    note: 'Strapi keeps its media library in `public/uploads` unless `upload` has another `provider`',
    remedy:
      "Choose a provider of object storage: `upload: { config: { provider: 'aws-s3', providerOptions: { s3Options: { params: { Bucket } } } } }`, with `@strapi/provider-upload-aws-s3`.",
    docs: 'https://docs.strapi.io/cms/features/media-library#providers',
    source: "@strapi/upload@5.54.0 dist/server/config.js:6 `provider: 'local'`",
  },

  {
    concern: 'database',
    api: '@strapi/strapi:config',
    options: 0,
    only: ['database'],
    stores: ['database.connection.client'],
    named: {
      sqlite: 'file',
      sqlite3: 'file',
      'better-sqlite3': 'file',
      postgres: 'shared',
      mysql: 'shared',
      mysql2: 'shared',
    },
    default: 'none',
    note: 'Strapi keeps all its content in the database that `connection.client` names',
    remedy: "Use a database server, `client: 'postgres'`, for every environment that runs several instances.",
    docs: 'https://docs.strapi.io/cms/configurations/database',
    source: "@strapi/database@5.54.0 dist/dialects/index.js:29 `case 'sqlite'`",
  },

  // Medusa
  {
    concern: 'session',
    api: MEDUSA,
    options: 0,
    only: ['projectConfig'],
    switches: [
      { path: 'projectConfig.redisUrl', home: 'shared' },
      { path: 'projectConfig.sessionOptions.dynamodbOptions', home: 'shared' },
    ],
    default: 'memory',
    note: 'Medusa keeps the sessions of its admin in the MemoryStore of express-session unless `projectConfig.redisUrl` is given',
    remedy: 'Give it Redis: `projectConfig: { redisUrl: process.env.REDIS_URL }`.',
    docs: 'https://docs.medusajs.com/learn/configurations/medusa-config',
    source:
      '@medusajs/framework@2.21.2 dist/http/express-loader.js:63 "store: null", :75 `projectConfig?.redisUrl`; dist/config/config.js:105 "A fake redis instance will be used"',
  },
  {
    concern: 'queue',
    api: MEDUSA,
    options: 0,
    only: ['projectConfig'],
    switches: [
      {
        path: MODULES,
        is: ['@medusajs/medusa/event-bus-redis', '@medusajs/event-bus-redis'],
        home: 'shared',
      },
    ],
    default: 'memory',
    note: 'Medusa passes events to subscribers within the process (`event-bus-local`) unless the module `event-bus-redis` is listed',
    remedy:
      "List the modules over Redis: `{ resolve: '@medusajs/medusa/event-bus-redis', options: { redisUrl: process.env.REDIS_URL } }`, and `workflow-engine-redis`, `cache-redis` and `locking-redis` beside it.",
    docs: 'https://docs.medusajs.com/learn/production/worker-mode',
    source: '@medusajs/utils@2.21.2 dist/modules-sdk/definition.js:44 "@medusajs/medusa/event-bus-local"',
  },
  {
    concern: 'lock',
    api: MEDUSA,
    options: 0,
    only: ['projectConfig'],
    switches: [
      {
        path: 'modules.*.options.providers.*.resolve',
        is: [
          '@medusajs/medusa/locking-redis',
          '@medusajs/locking-redis',
          '@medusajs/medusa/locking-postgres',
          '@medusajs/locking-postgres',
        ],
        home: 'shared',
      },
    ],
    default: 'memory',
    note: 'Medusa takes its locks (on stock, carts and payments) in the memory of this process unless the locking module has another provider',
    remedy:
      "List the locking module with a provider that all instances ask: `{ resolve: '@medusajs/medusa/locking', options: { providers: [{ resolve: '@medusajs/medusa/locking-redis', id: 'locking-redis', is_default: true, options: { redisUrl: process.env.REDIS_URL } }] } }`.",
    docs: 'https://docs.medusajs.com/resources/infrastructure-modules/locking',
    source:
      '@medusajs/utils@2.21.2 dist/modules-sdk/definition.js:66; @medusajs/locking@2.21.2 dist/providers/in-memory.js',
  },
  {
    concern: 'upload',
    api: MEDUSA,
    options: 0,
    only: ['projectConfig'],
    switches: [
      {
        path: 'modules.*.options.providers.*.resolve',
        is: ['@medusajs/medusa/file-s3', '@medusajs/file-s3'],
        home: 'shared',
      },
      { path: 'modules.file', home: 'shared' },
    ],
    default: 'file',
    note: 'Medusa keeps uploaded files in `static` (`file-local`) unless the file module has another provider',
    remedy:
      "List the file module with a provider of object storage: `{ resolve: '@medusajs/medusa/file', options: { providers: [{ resolve: '@medusajs/medusa/file-s3', id: 's3', options }] } }`.",
    docs: 'https://docs.medusajs.com/resources/infrastructure-modules/file',
    source: '@medusajs/utils@2.21.2 dist/common/define-config.js:282 `resolve: "@medusajs/medusa/file-local"`',
  },

  // Payload and Keystone
  {
    concern: 'upload',
    api: 'payload:buildConfig',
    options: 0,
    only: ['collections.*.upload'],
    off: [{ path: 'collections.*.upload.disableLocalStorage', is: [true] }],
    stores: ['plugins.*'],
    default: 'file',
    note: 'Payload writes the files of a collection with `upload` to `staticDir` unless a storage plugin takes them',
    remedy:
      'Add a storage plugin: `s3Storage({ bucket, config, collections: { media: true } })` of `@payloadcms/storage-s3`.',
    docs: 'https://payloadcms.com/docs/upload/storage-adapters',
    source:
      'payload@3.90.2 dist/uploads/generateFileData.js:118 `if (!disableLocalStorage)`; @payloadcms/plugin-cloud-storage@3.90.1 dist/plugin.js:150',
  },
  {
    concern: 'upload',
    api: '@keystone-6/core:config',
    versions: '<7',
    options: 0,
    only: ['storage'],
    switches: [{ path: 'storage.*.kind', is: ['s3'], home: 'shared' }],
    default: 'file',
    note: "Keystone writes images and files to `storagePath` where the storage is of `kind: 'local'`",
    remedy: "Use `kind: 's3'` with a `bucketName`.",
    source: "@keystone-6/core@6.5.3 dist/declarations/src/types/config/index.d.ts:24 `kind: 'local'`, :176",
  },
];
