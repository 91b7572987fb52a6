import type { PathAlias } from './types.js';

/** Other ways to the servers and connections of `ws`, and to applications that sockets are added to. */
export const socketAliases: readonly PathAlias[] = [
  { api: 'koa-websocket:()', is: 'koa:()', source: 'koa-websocket@7.0.0 index.js (gives back the application)' },
  { api: 'koa:().ws.server', is: 'ws:WebSocketServer()', source: 'koa-websocket@7.0.0 index.js (a ws.Server)' },
  { api: 'koa:().ws.use/0.0', is: 'koa:().use/0.0', source: 'koa-websocket@7.0.0 README.md' },
  { api: 'koa:().use/0.0.websocket', is: 'ws:()', source: 'koa-websocket@7.0.0 README.md `ctx.websocket`' },
  {
    api: 'express:{(),Router()}.ws/1.0',
    is: 'ws:()',
    source: 'express-ws@5.0.2 README.md `app.ws(path, (ws, req) => …)`',
  },
  {
    api: '@feathersjs/{express,koa}:()',
    is: '@feathersjs/feathers:()',
    source: 'unchecked: Feathers documentation (both give back a Feathers application)',
  },
  {
    api: '@feathersjs/feathers:feathers',
    is: '@feathersjs/feathers:',
    source: '@feathersjs/feathers@5 lib/index.d.ts',
  },
  {
    api: '@feathersjs/feathers:().configure()',
    is: '@feathersjs/feathers:()',
    source: '@feathersjs/feathers@5 lib/application.d.ts',
  },
];
