import type { LocalViewKnowledge } from '../types.js';

const LOCAL = 'https://socket.io/docs/v4/server-api/ (sockets, adapter); socket.io@4.8.4 dist/namespace.d.ts';

/** Paths of what can be published to and subscribed to across processes: code of the project that does joins them by itself. */
export const brokerCalls: readonly string[] = [
  'ioredis:().{publish,subscribe,psubscribe}',
  'redis:createClient().{publish,subscribe,pSubscribe,psubscribe}',
  'nats:connect().{publish,subscribe}',
  'pg-listen:().{notify,listenTo}',
  'pg-pubsub:().{publish,addChannel}',
];

/** Ways of looking at the connections of this process, whatever joins the instances. */
export const localViews: readonly LocalViewKnowledge[] = [
  {
    api: 'socket.io:Server().{values,keys,entries,forEach}',
    words: 'walks through the sockets',
    instead:
      'ask all instances: `await io.fetchSockets()`, or `io.in(room).disconnectSockets()`, `io.in(room).socketsJoin(…)`, which an adapter passes on',
    source: LOCAL,
  },
  {
    api: 'socket.io:Server().{get,has}',
    words: 'looks a socket up',
    instead:
      'address the socket through its own room: `io.to(socketId).emit(…)`, `io.in(socketId).disconnectSockets()`',
    source: LOCAL,
  },
  {
    api: 'socket.io:Server().adapter.{rooms,sids}.{get,has,keys,values,entries,forEach}',
    words: 'looks into the rooms',
    instead: 'ask all instances: `(await io.in(room).fetchSockets()).length`',
    source: LOCAL,
  },
];
