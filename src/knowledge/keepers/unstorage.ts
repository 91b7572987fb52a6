/** Drivers of `unstorage` by their names, as the configurations of Nitro and of what is built on it say them. */
export const UNSTORAGE = {
  memory: 'memory',
  'lru-cache': 'memory',
  lruCache: 'memory',
  fs: 'file',
  'fs-lite': 'file',
  redis: 'shared',
  upstash: 'shared',
  mongodb: 'shared',
  'vercel-kv': 'shared',
  'cloudflare-kv-binding': 'shared',
  s3: 'shared',
} as const;
