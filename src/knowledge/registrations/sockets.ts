import type { Registration } from '../types.js';

const SOCKET_IO = 'socket.io@4.8.4 dist/namespace.d.ts (connect, connection, new_namespace), dist/index.js';
const WS = 'ws@8.23.0 index.js, lib/websocket-server.js';

/** Websockets and what is built on them. */
export const socketRegistrations: readonly Registration[] = [
  {
    api: 'socket.io:Server().{on,once}',
    phase: 'socket',
    args: [1],
    when: { arg: 0, in: ['connection', 'connect', 'new_namespace'] },
    label: 'a socket connection',
    source: SOCKET_IO,
  },
  { api: 'socket.io:Server().use', phase: 'socket', label: 'socket middleware', source: SOCKET_IO },
  {
    api: 'socket.io:Server().on/1.0.{on,once,onAny,prependAny,use}',
    phase: 'socket',
    label: 'socket message {0}',
    source: SOCKET_IO,
  },
  {
    api: 'ws:WebSocketServer().{on,once}',
    phase: 'socket',
    args: [1],
    when: { arg: 0, in: ['connection'] },
    label: 'a websocket connection',
    source: WS,
  },
  {
    api: 'ws:WebSocketServer().{on,once}',
    phase: 'boot',
    args: [1],
    when: { arg: 0, in: ['listening'] },
    label: 'once the server listens',
    source: WS,
  },
  { api: 'ws:WebSocketServer().handleUpgrade', phase: 'socket', label: 'a websocket upgrade', source: WS },
  { api: 'ws:().{on,once,addEventListener}', phase: 'socket', args: [1], label: 'websocket {0}', source: WS },
  {
    api: 'sockjs:createServer().on{,/1.0.on}',
    phase: 'socket',
    args: [1],
    label: 'socket {0}',
    source: 'unchecked: sockjs README.md',
  },
];
