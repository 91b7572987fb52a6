import type { KeeperKnowledge, StoreKnowledge } from '../../model/knowledge.js';

const GRAPHQL =
  'graphql-subscriptions@3.0.0 dist/pubsub.js:26 `options.eventEmitter || new EventEmitter()`; README.md:98 "For production usage … backed by an external store"';

/** Brokers within an application: who publishes, and who subscribes for a client that waits. */
export const pubsubs: readonly KeeperKnowledge[] = [
  {
    concern: 'pubsub',
    api: '{graphql-subscriptions,apollo-server,apollo-server-express,apollo-server-koa}:PubSub',
    options: -1,
    default: 'memory',
    note: '`PubSub` passes events on within the process, by an EventEmitter',
    source: GRAPHQL,
  },
  {
    concern: 'pubsub',
    api: '{@graphql-yoga/subscription,graphql-yoga}:createPubSub',
    options: 0,
    stores: ['eventTarget'],
    default: 'memory',
    note: '`createPubSub` passes events on within the process unless it is given an `eventTarget`',
    source: '@graphql-yoga/subscription@5.1.1 typings/create-pub-sub.d.ts:16 `eventTarget?: PubSubEventTarget`',
  },
  {
    concern: 'pubsub',
    api: 'mercurius:',
    plugin: 'fastify',
    options: 1,
    stores: ['subscription.emitter', 'subscription.pubsub'],
    switches: [{ path: 'subscription', is: [true], home: 'memory' }],
    default: 'none',
    note: '`subscription: true` makes mercurius use its own emitter, in memory',
    source: 'mercurius@16.10.1 index.js:185-201 `subscriptionOpts.emitter || mq()`',
  },
  {
    concern: 'pubsub',
    api: 'aedes:{,Aedes,createBroker,Aedes.createBroker}',
    options: 0,
    stores: ['mq'],
    default: 'memory',
    note: 'the broker passes messages on within the process unless it is given `mq`',
    source: 'aedes@1.2.0 aedes.js:66 `opts.mq || mqemitter(…)`',
  },
  {
    concern: 'pubsub',
    api: 'better-sse:createChannel',
    options: -1,
    default: 'memory',
    note: 'a channel knows the sessions of this process only',
    source: 'better-sse@0.16.1 README.md:127',
  },
  {
    concern: 'pubsub',
    api: '{express-sse,express-sse-ts,sse-channel}:',
    options: -1,
    default: 'memory',
    note: 'it knows the responses that this process keeps open only',
    source: 'express-sse@1.0.0 README.md:25-41; sse-channel@4.0.2 lib/sse-channel.js; express-sse-ts unchecked',
  },
];

/** What passes events on between processes, or does not. */
export const pubsubStores: readonly StoreKnowledge[] = [
  {
    api: '@graphql-yoga/redis-event-target:createRedisEventTarget()',
    keeps: 'shared',
    source: '@graphql-yoga/redis-event-target@3.0.4 typings/index.d.ts',
  },
  { api: 'global:EventTarget()', keeps: 'memory', source: 'Node.js documentation: EventTarget' },
  { api: 'mqemitter:()', keeps: 'memory', source: 'mqemitter@7.1.0 mqemitter.js:140' },
  { api: 'mqemitter-redis:()', keeps: 'shared', source: 'mqemitter-redis@7.2.1 mqemitter-redis.js:206' },
  {
    api: 'mqemitter-{mongodb,cs,p2p}:()',
    keeps: 'shared',
    source: 'unchecked: README.md of each',
  },
  {
    api: '{graphql-redis-subscriptions:RedisPubSub,graphql-postgres-subscriptions:PostgresPubSub,graphql-mqtt-subscriptions:MQTTPubSub,graphql-kafka-subscriptions:KafkaPubSub,@axelspringer/graphql-google-pubsub:GooglePubSub}()',
    keeps: 'shared',
    source: 'graphql-redis-subscriptions@2.7.0, graphql-postgres-subscriptions@1.0.5 README.md; the others unchecked',
  },
];
