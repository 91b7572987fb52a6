import type { PluginStyle } from '../types.js';

/*
 * Servers and clients that fall back to long polling, in which one connection is several requests that only the instance that
 * began it can answer.
 */

export interface PollingKnowledge {
  readonly api: string;
  readonly plugin?: PluginStyle;
  /** The arguments that can hold the options. */
  readonly args: readonly number[];
  /** A package without which the same call opens another sort of server, and one with which it does. */
  readonly needs?: string;
  readonly without?: string;
  /** What it is, for messages. */
  readonly what: string;
  readonly source: string;
}

const STICKY = 'https://socket.io/docs/v4/using-multiple-nodes/#sticky-load-balancing';

export const pollingServers: readonly PollingKnowledge[] = [
  { api: 'socket.io:Server', args: [0, 1], what: 'Socket.IO', source: STICKY },
  { api: 'fastify-socket.io:', plugin: 'fastify', args: [1], what: 'Socket.IO', source: STICKY },
  {
    api: '@nestjs/websockets:WebSocketGateway',
    args: [0, 1],
    needs: '@nestjs/platform-socket.io',
    without: '@nestjs/platform-ws',
    what: 'the gateway, which Nest serves with Socket.IO,',
    source: '@nestjs/platform-socket.io@12.1.1 adapters/io-adapter.js',
  },
  {
    api: 'engine.io:{Server,attach,listen}',
    args: [0, 1],
    what: 'Engine.IO',
    source: `unchecked: ${STICKY}`,
  },
];

/** Clients that name their transports themselves; without it they begin with long polling. */
export const pollingClients: readonly PollingKnowledge[] = [
  { api: 'socket.io-client:', args: [0, 1], what: 'socket.io-client', source: STICKY },
  { api: 'socket.io-client:{io,connect,Manager}', args: [0, 1], what: 'socket.io-client', source: STICKY },
];
