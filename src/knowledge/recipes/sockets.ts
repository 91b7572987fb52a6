import { IOREDIS, type Recipe } from './recipe.js';

const IO = '{socket.io:Server,fastify-socket.io}';
const ADAPTER = 'Give the server an adapter that reaches the other instances:';
const NEST = '@nestjs/websockets';
const NEST_ADAPTER =
  'Extend `IoAdapter` of `@nestjs/platform-socket.io`, and hand it to `app.useWebSocketAdapter`; in its `createIOServer` the server gets an adapter:';
const REDIS_ADAPTER = '@socket.io/redis-adapter@8.3.0 README.md';

/** How the servers of one kind are joined over all instances. */
export const socketRecipes: readonly Recipe[] = [
  {
    api: IO,
    needs: { redis: ['redis'], version: ['redis', '>=4'] },
    text: `${ADAPTER} \`const pub = createClient({ url: process.env.REDIS_URL }); const sub = pub.duplicate(); await Promise.all([pub.connect(), sub.connect()]); io.adapter(createAdapter(pub, sub));\`, with \`createAdapter\` of \`@socket.io/redis-adapter\` and the \`redis\` client this project has.`,
    source: `${REDIS_ADAPTER} "With the redis package"`,
  },
  {
    api: IO,
    needs: { redis: ['ioredis', 'iovalkey', 'redis'] },
    text: `${ADAPTER} \`io.adapter(createAdapter({client}, {client}.duplicate()));\`, with \`createAdapter\` of \`@socket.io/redis-adapter\` and the \`{redis}\` client this project has.`,
    source: `${REDIS_ADAPTER} "With the ioredis package"`,
  },
  {
    api: IO,
    needs: { database: 'postgres' },
    text: `${ADAPTER} \`io.adapter(createAdapter(pool));\`, with \`createAdapter\` of \`@socket.io/postgres-adapter\` and a pool of \`pg\` on the PostgreSQL this project has.`,
    source: '@socket.io/postgres-adapter@0.5.0 README.md:68',
  },
  {
    api: IO,
    needs: { database: 'mongodb' },
    text: `${ADAPTER} \`io.adapter(createAdapter(collection));\`, with \`createAdapter\` of \`@socket.io/mongo-adapter\` and a capped collection of the MongoDB this project has (a replica set is needed).`,
    source: '@socket.io/mongo-adapter@0.4.0 README.md:72',
  },
  {
    api: IO,
    text: `${ADAPTER} \`const pub = new Redis(process.env.REDIS_URL); io.adapter(createAdapter(pub, pub.duplicate()));\`, with \`createAdapter\` of \`@socket.io/redis-adapter\` and \`Redis\` of \`ioredis\`.`,
    source: `${REDIS_ADAPTER} "With the ioredis package"`,
  },
  {
    api: NEST,
    needs: { package: '@nestjs/platform-ws' },
    text: "Send what is meant for all clients over a channel that every instance subscribes to, and to `server.clients` where it arrives: `await redis.publish('messages', JSON.stringify(data));` with `ioredis`.",
    source: 'ioredis@6.0.0 README.md "Pub/Sub"; unchecked: @nestjs/platform-ws',
  },
  {
    api: NEST,
    text: `${NEST_ADAPTER} \`const server = super.createIOServer(port, options); server.adapter(createAdapter(pub, sub));\`, with \`createAdapter\` of \`@socket.io/redis-adapter\`.`,
    source: `${REDIS_ADAPTER}; https://docs.nestjs.com/websockets/adapter`,
  },
  {
    api: 'crossws/adapters/{node,bun,deno,uws,sse}',
    text: 'Give crossws a backplane: `sync: redis({ url: process.env.REDIS_URL })`, with `redis` of `crossws/sync`.',
    source: 'crossws@0.4.17 dist/_chunks/adapter.d.mts',
  },
  {
    api: '@hocuspocus/server',
    text: "Join the instances through Redis: `extensions: [new Redis({ host: 'redis', port: 6379 })]`, with `Redis` of `@hocuspocus/extension-redis`.",
    source: '@hocuspocus/extension-redis@4.7.0 dist/index.d.ts',
  },
  {
    api: 'sharedb',
    text: 'Join the instances through Redis: `new ShareDB({ db, pubsub: sharedbRedisPubSub({ client }) })`, with `sharedbRedisPubSub` of `sharedb-redis-pubsub`.',
    source: 'sharedb@7.0.0 lib/backend.js:27; sharedb-redis-pubsub@5.1.0 README.md:17',
  },
  {
    api: '{colyseus,@colyseus/core}',
    text: 'Join the instances through Redis: `new Server({ presence: new RedisPresence(process.env.REDIS_URL), driver: new RedisDriver(process.env.REDIS_URL) })`, of `@colyseus/redis-presence` and `@colyseus/redis-driver`.',
    source:
      '@colyseus/redis-presence@0.17.8 build/index.d.ts:9; @colyseus/redis-driver@0.17.7 build/RedisDriver.d.ts:5',
  },
  {
    api: 'faye',
    text: "Join the instances through Redis: `engine: { type: require('faye-redis'), host: 'redis' }`.",
    source: 'faye@1.4.3 src/engines/proxy.js:22; faye-redis@0.2.0 README.md:36',
  },
  {
    api: '@feathersjs/{socketio,primus}',
    text: 'Join the instances through Redis, before the services are registered: `app.configure(sync({ uri: process.env.REDIS_URL }));`, with `sync` of `feathers-sync`.',
    source: 'feathers-sync@3.1.1 README.md:48',
  },
  // Whatever has a list of clients: the message goes to all instances, and each passes it to its own.
  {
    needs: { redis: IOREDIS },
    text: "Send what is meant for all clients over Redis with the `{redis}` client this project has, `redis.publish`, and hand it to the clients where each instance hears it: `const sub = redis.duplicate(); await sub.subscribe('messages'); sub.on('message', (channel, text) => { for (const client of wss.clients) client.send(text); });`.",
    source: 'ioredis@6.0.0 README.md "Pub/Sub"; ws@8.23.0 README.md "Server broadcast"',
  },
  {
    needs: { redis: ['redis'], version: ['redis', '>=4'] },
    text: "Send what is meant for all clients over Redis with the `redis` client this project has, `client.publish`, and hand it to the clients where each instance hears it: `const sub = client.duplicate(); await sub.connect(); await sub.subscribe('messages', (text) => { for (const client of wss.clients) client.send(text); });`.",
    source: 'redis@6.3.1 README.md; ws@8.23.0 README.md "Server broadcast"',
  },
  {
    needs: { database: 'postgres' },
    text: "Send what is meant for all clients with `SELECT pg_notify('messages', $1)` through the PostgreSQL this project has, and hand it to the clients where each instance hears it: `await client.query('LISTEN messages'); client.on('notification', ({ payload = '' }) => { for (const socket of wss.clients) socket.send(payload); });`.",
    source: 'PostgreSQL manual 17, NOTIFY; pg@8.23.0 lib/client.js notification; ws@8.23.0 README.md',
  },
  {
    text: "Send what is meant for all clients over a Redis (`redis.publish` of `ioredis`), and hand it to the clients where each instance hears it: `const sub = redis.duplicate(); await sub.subscribe('messages'); sub.on('message', (channel, text) => { for (const client of wss.clients) client.send(text); });`.",
    source: 'ioredis@6.0.0 README.md "Pub/Sub"; ws@8.23.0 README.md "Server broadcast"',
  },
];
