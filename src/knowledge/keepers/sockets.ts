import type { StoreKnowledge } from '../../model/knowledge.js';

const NEST =
  '@nestjs/platform-socket.io@12.1.1 adapters/io-adapter.js; @nestjs/platform-ws@12.1.1 adapters/ws-adapter.js';

/** What joins the clients of several instances, or pretends to. */
export const socketAdapters: readonly StoreKnowledge[] = [
  {
    api: '@socket.io/redis-adapter:{createAdapter,createShardedAdapter,RedisAdapter}()',
    keeps: 'shared',
    source: '@socket.io/redis-adapter@8.3.0 dist/index.d.ts, dist/sharded-adapter.d.ts',
  },
  {
    api: '@socket.io/redis-streams-adapter:createAdapter()',
    keeps: 'shared',
    source: '@socket.io/redis-streams-adapter@0.3.1 dist/adapter.d.ts',
  },
  {
    api: '@socket.io/postgres-adapter:createAdapter()',
    keeps: 'shared',
    source: '@socket.io/postgres-adapter@0.5.0 dist/index.d.ts',
  },
  {
    api: '@socket.io/mongo-adapter:createAdapter()',
    keeps: 'shared',
    source: '@socket.io/mongo-adapter@0.4.0 dist/index.d.ts',
  },
  {
    api: 'socket.io-redis:{,createAdapter,RedisAdapter}()',
    keeps: 'shared',
    source: 'socket.io-redis@6.1.1 README.md (the older name of @socket.io/redis-adapter)',
  },
  {
    api: '@socket.io/cluster-adapter:{createAdapter,NodeClusterAdapter}()',
    keeps: 'host',
    source: '@socket.io/cluster-adapter@0.3.0 README.md:7 "between the workers of the same Node.js cluster"',
  },
  {
    api: 'socket.io-adapter:{,Adapter,InMemoryAdapter,SessionAwareAdapter}{,()}',
    keeps: 'memory',
    source: 'unchecked: socket.io-adapter README.md (the default, in memory)',
  },
  { api: '@nestjs/platform-socket.io:IoAdapter()', keeps: 'memory', source: NEST },
  { api: '@nestjs/platform-ws:WsAdapter()', keeps: 'memory', source: NEST },
  {
    api: '@hocuspocus/extension-redis:Redis()',
    keeps: 'shared',
    source: '@hocuspocus/extension-redis@4.7.0 src/Redis.ts:127 `export class Redis implements Extension`',
  },
  {
    api: 'sharedb:MemoryPubSub()',
    keeps: 'memory',
    source: 'sharedb@7.0.0 lib/index.js:11 `Backend.MemoryPubSub`',
  },
  {
    api: 'sharedb-redis-pubsub:()',
    keeps: 'shared',
    source: 'sharedb-redis-pubsub@5.1.0 index.js:25',
  },
  {
    api: '{@colyseus/redis-presence:RedisPresence,@colyseus/redis-driver:RedisDriver,@colyseus/mongoose-driver:MongooseDriver,colyseus:RedisPresence}()',
    keeps: 'shared',
    source: '@colyseus/redis-presence@0.17.8, @colyseus/redis-driver@0.17.7 build/index.d.ts',
  },
  {
    api: '{colyseus,@colyseus/core}:{LocalPresence,LocalDriver}()',
    keeps: 'memory',
    source: '@colyseus/core@0.16.26 build/index.d.ts',
  },
  {
    api: '{metroplex,primus-cluster,primus-redis-rooms}:{,()}',
    keeps: 'shared',
    source: 'primus@8.0.9 README.md:1749 metroplex, :1871 primus-cluster',
  },
  {
    api: 'crossws/sync:{redis,pgsql}()',
    keeps: 'shared',
    source: 'crossws@0.4.17 dist/sync.d.mts `export { … broadcastChannel, cluster, pgsql, redis }`',
  },
  {
    api: 'crossws/sync:{cluster,broadcastChannel}()',
    keeps: 'host',
    source: 'crossws@0.4.17 dist/sync.d.mts `export { … broadcastChannel, cluster, pgsql, redis }`',
  },
  { api: 'ag-simple-broker:()', keeps: 'memory', source: 'socketcluster-server@20.0.1 server.js:7, :23' },
];
