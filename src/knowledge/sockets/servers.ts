import type { SocketServerKnowledge } from '../types.js';

const IO = 'socket.io@4.8.4 dist/index.d.ts, dist/namespace.d.ts, dist/broadcast-operator.d.ts, dist/socket.d.ts';
const IO_NOTE =
  'Without an adapter Socket.IO keeps rooms in the memory of the process: an event reaches the sockets of this one only';

/** What a Socket.IO server, namespace or room says to others; `socket.emit` answers only the one that asked. */
const IO_REACHES = [
  'socket.io:Server().{emit,send,write,emitWithAck,fetchSockets,allSockets,socketsJoin,socketsLeave,disconnectSockets,serverSideEmit,clients}',
];

const WS = 'ws@8.23.0 README.md, "Server broadcast"; lib/websocket-server.js (clients)';
const WS_NOTE = '`clients` are the connections of this process';
const WS_RECIPE =
  'publish the message on a channel that all instances subscribe to (Redis `PUBLISH`/`SUBSCRIBE`, PostgreSQL `NOTIFY`), and send it to `clients` where it is received';
/** Of the `clients` of a server of `ws`, and of those that lists made of them hold. */
const WS_REACHES = ['ws:WebSocketServer().clients.{forEach/0.0,[],values().[]}.send'];

const UWS = 'unchecked: uWebSockets.js documentation (not on the registry)';

/** Servers whose clients stay connected. */
export const socketServers: readonly SocketServerKnowledge[] = [
  {
    api: 'socket.io:Server',
    joins: [
      { arg: 0, path: 'adapter' },
      { arg: 1, path: 'adapter' },
    ],
    joinedBy: [{ api: 'socket.io:Server().adapter', arg: 0 }],
    reaches: IO_REACHES,
    what: 'a Socket.IO server',
    note: IO_NOTE,
    source: IO,
  },
  {
    api: 'fastify-socket.io:',
    plugin: 'fastify',
    joins: [{ arg: 1, path: 'adapter' }],
    joinedBy: [{ api: 'socket.io:Server().adapter', arg: 0 }],
    reaches: IO_REACHES,
    what: 'a Socket.IO server',
    note: IO_NOTE,
    source: 'fastify-socket.io@5.1.0 README.md "put your options here"',
  },
  {
    api: '@nestjs/websockets:WebSocketGateway',
    joinedBy: [
      { api: '@nestjs/core:NestFactory.create().useWebSocketAdapter', arg: 0 },
      { api: 'socket.io:Server().adapter', arg: 0 },
    ],
    reaches: [...IO_REACHES, ...WS_REACHES],
    what: 'a Nest gateway',
    note: 'The default adapter of Nest knows the sockets of this process only',
    source:
      '@nestjs/platform-socket.io@12.1.1 adapters/io-adapter.js; @nestjs/platform-ws@12.1.1 adapters/ws-adapter.js',
  },
  {
    api: 'ws:WebSocketServer',
    reaches: WS_REACHES,
    what: 'a WebSocket server',
    note: WS_NOTE,
    source: WS,
  },
  {
    api: '@fastify/websocket:',
    plugin: 'fastify',
    reaches: WS_REACHES,
    what: 'a WebSocket server',
    note: WS_NOTE,
    source: "@fastify/websocket@11.3.6 index.js:52 `fastify.decorate('websocketServer', wss)`",
  },
  {
    api: 'express-ws:',
    reaches: WS_REACHES,
    what: 'a WebSocket server',
    note: WS_NOTE,
    source: 'express-ws@5.0.2 README.md "wsInstance.getWss()"',
  },
  {
    api: 'koa-websocket:',
    reaches: WS_REACHES,
    what: 'a WebSocket server',
    note: WS_NOTE,
    source: 'koa-websocket@7.0.0 index.js (app.ws, its server a ws.Server)',
  },
  {
    api: 'websocket:server',
    reaches: [
      'websocket:server().{broadcast,broadcastUTF,broadcastBytes}',
      'websocket:server().connections.{forEach/0.0,[]}.{send,sendUTF,sendBytes}',
    ],
    what: 'a WebSocket server',
    note: '`broadcast` and `connections` are of this process',
    recipe: WS_RECIPE,
    source: 'websocket@1.0.35 lib/WebSocketServer.js (broadcast, broadcastUTF, connections)',
  },
  {
    api: 'nodejs-websocket:createServer',
    reaches: ['nodejs-websocket:createServer().connections.{forEach/0.0,[]}.{sendText,sendBinary,send}'],
    what: 'a WebSocket server',
    note: '`connections` are of this process',
    recipe: WS_RECIPE,
    source: 'nodejs-websocket@1.7.2 README.md "server.connections"',
  },
  {
    api: 'uWebSockets.js:{App,SSLApp}',
    reaches: [
      'uWebSockets.js:{App,SSLApp}().{publish,ws/1.open.0.publish,ws/1.message.0.publish,ws/1.close.0.publish}',
    ],
    what: 'a uWebSockets.js server',
    note: 'topics are kept in the process',
    recipe: WS_RECIPE.replace('send it to `clients`', 'call `app.publish`'),
    source: UWS,
  },
  {
    api: 'hyper-express:Server',
    reaches: ['hyper-express:Server().{publish,ws/1.0.publish,ws/2.0.publish}'],
    what: 'a hyper-express server',
    note: 'topics are kept in the process',
    recipe: WS_RECIPE.replace('send it to `clients`', 'call `server.publish`'),
    source: 'unchecked: hyper-express documentation',
  },
  {
    api: '{global:Bun.,bun:}serve',
    reaches: [
      '{global:Bun.,bun:}serve{().publish,/0.fetch.1.publish,/0.websocket.open.0.publish,/0.websocket.message.0.publish,/0.websocket.close.0.publish}',
    ],
    what: 'a Bun server',
    note: 'topics are kept in the process',
    recipe: WS_RECIPE.replace('send it to `clients`', 'call `server.publish`'),
    source: 'unchecked: https://bun.com/docs/runtime/http/websockets',
  },
  {
    api: '{h3:,nitropack/runtime:,nitro:,global:}defineWebSocketHandler',
    reaches: [
      '{h3:,nitropack/runtime:,nitro:,global:}defineWebSocketHandler/0.{open,message,close,error}.0.publish',
      '{h3:,nitropack/runtime:,nitro:,global:}defineWebSocketHandler/0.{open,message,close,error}.0.peers.{forEach/0.0,[]}.send',
    ],
    what: 'a websocket handler of Nitro',
    note: 'crossws keeps topics and peers in the process unless it is given `sync`',
    recipe: WS_RECIPE.replace('send it to `clients`', 'send it to the peers'),
    source: 'crossws@0.4.17 dist/_chunks/adapter.d.mts "when absent, pub/sub stays local to the instance"',
  },
  {
    api: 'crossws/adapters/{node,bun,deno,uws,sse}:',
    joins: [{ arg: 0, path: 'sync' }],
    reaches: [
      'crossws/adapters/{node,bun,deno,uws,sse}:().publish',
      'crossws/adapters/{node,bun,deno,uws,sse}:/0.hooks.{open,message,close,error}.0.publish',
    ],
    what: 'a crossws server',
    note: 'crossws keeps topics in the process unless it is given `sync`',
    source: 'crossws@0.4.17 dist/_chunks/adapter.d.mts "when absent, pub/sub stays local to the instance"',
  },
  {
    api: '@hocuspocus/server:{Server,Hocuspocus,Server.configure}',
    joins: [{ arg: 0, path: 'extensions', any: true }],
    joinedBy: [
      {
        api: '@hocuspocus/server:{Server,Hocuspocus,Hocuspocus(),Server()}.configure',
        arg: 0,
        path: 'extensions',
        any: true,
      },
      {
        api: '@hocuspocus/server:{Hocuspocus(),Server()}.configuration.extensions.{push,unshift}',
        arg: 0,
        any: true,
      },
    ],
    what: 'a Hocuspocus server',
    note: 'each process keeps its own copy of an open document',
    source:
      '@hocuspocus/server@3.4.4 dist/packages/server/src/types.d.ts; @hocuspocus/extension-redis@4.7.0 src/Redis.ts',
  },
  {
    api: '{y-websocket/bin/utils{,.js,.cjs},@y/websocket-server/utils,@y/websocket-server/src/utils.js}:setupWSConnection',
    what: 'a y-websocket server',
    note: 'each process keeps its own copy of an open document',
    recipe:
      'use a Yjs server that shares documents between processes: `@hocuspocus/server` with `@hocuspocus/extension-redis`, or `y-redis`',
    source: '@y/websocket-server@0.1.5 src/utils.js:231 (docs: a Map of the process)',
  },
  {
    api: 'sharedb:',
    joins: [{ arg: 0, path: 'pubsub' }],
    what: 'a ShareDB backend',
    note: 'without `pubsub` it uses its MemoryPubSub, so that operations reach the clients of this process only',
    source: 'sharedb@7.0.0 lib/backend.js:27 `this.pubsub = options.pubsub || new MemoryPubSub()`',
  },
  {
    api: '{colyseus,@colyseus/core}:{Server,defineServer}',
    joins: [
      { arg: 0, path: 'presence' },
      { arg: 0, path: 'driver' },
    ],
    what: 'a Colyseus server',
    note: 'without `presence` and `driver` each process knows its own rooms only',
    source: '@colyseus/core@0.16.26 build/Server.d.ts:10 (presence, driver)',
  },
  {
    api: 'primus:',
    joins: [{ arg: 1, path: 'plugin', any: true }],
    joinedBy: [{ api: 'primus:().{plugin,use}', arg: 1, any: true }],
    reaches: [
      'primus:().{write,send,forEach/0.0.write,room().write,room().send}',
      'primus:().on/1.0.room().{write,send}',
    ],
    what: 'a Primus server',
    note: '`write` and rooms reach the sparks of this process only',
    recipe: 'add the plugin `metroplex` (with `omega-supreme`), or publish the message on a Redis channel',
    source: 'primus@8.0.9 README.md:606 `primus.write`, :1537 `metroplex`',
  },
  {
    api: 'faye:NodeAdapter',
    joins: [{ arg: 0, path: 'engine' }],
    what: 'a Faye server',
    note: 'its default engine keeps channels in memory',
    source: 'faye@1.4.3 src/engines/proxy.js:22 `this._options.type || Memory`',
  },
  {
    api: 'socketcluster-server:attach',
    joins: [{ arg: 1, path: 'brokerEngine' }],
    joinedBy: [{ api: 'scc-broker-client:attach' }],
    what: 'a SocketCluster server',
    note: 'its simple broker passes messages on within the process',
    recipe: 'attach `scc-broker-client` to its `brokerEngine`, with an `scc-state` server',
    source:
      'socketcluster-server@20.0.1 server.js:23 `brokerEngine: new AGSimpleBroker()`; scc-broker-client@10.0.0 index.js',
  },
  {
    api: 'peer:{PeerServer,ExpressPeerServer}',
    what: 'a PeerJS server',
    note: 'it knows the peers that are connected to this process, and nothing can join several',
    recipe: 'run the PeerJS server as one process of its own, apart from what is to be scaled',
    source: 'peer@1.0.2 dist/peer.d.ts:57 ExpressPeerServer; no option for a store',
  },
  {
    api: '@feathersjs/{socketio,primus}:',
    joinedBy: [{ api: 'feathers-sync:' }],
    tells: ['@feathersjs/feathers:(){,.service()}.publish'],
    what: 'the real-time API of Feathers',
    note: 'service events are sent to the connections of this process only',
    source: 'feathers-sync@3.1.1 README.md:48; @feathersjs/socketio@5.0.50 lib/index.js',
  },
  {
    api: 'global:sails.sockets.{broadcast,blast,broadcastToAll,addRoomMembersToRooms,leaveAll}',
    joinedIn: [
      { files: '^config/sockets\\.[cm]?[jt]s$', path: ['sockets', 'adapter'] },
      { files: '^config/(?:env/production|local)\\.[cm]?[jt]s$', path: ['sockets', 'adapter'] },
    ],
    what: 'the sockets of Sails',
    note: 'without an `adapter` in `config/sockets.js` rooms are kept in the memory of the process',
    recipe:
      "set `sockets.adapter: '@sailshq/socket.io-redis'` and its `url` in `config/env/production.js`, for all environments that run several instances",
    source: 'sails-hook-sockets@3.0.2 lib/defaults.js:6 (adapter)',
  },
];
