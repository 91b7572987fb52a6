import type { PluginStyle, Source } from './types.js';

/*
 * How servers are opened and closed: the calls that listen, those that close what listens, what runs when the process is told to
 * stop, and what closes the server by itself.
 */

/** A call that opens a server. */
export interface ListenKnowledge {
  readonly api: string;
  /** What it is, for messages. */
  readonly server: string;
  /** It closes itself when the process gets SIGTERM; `unless` names an option that says otherwise when it is false. */
  readonly closesItself?: true;
  readonly unless?: { readonly arg: number; readonly path: string };
  /** It answers probes by itself, under this path. */
  readonly health?: string;
  readonly source: Source;
}

/** A call that closes a server, or begins to. */
export interface ClosingKnowledge {
  readonly api: string;
  readonly source: Source;
}

/** A call that keeps a function for the moment the process is told to stop. */
export interface StopHandlerKnowledge {
  readonly api: string;
  /** The argument that names the signal; absent where SIGTERM is always meant. */
  readonly signal?: number;
  /** Where the function stands; absent: any argument. */
  readonly callback?: { readonly arg: number; readonly path?: string };
  readonly source: Source;
}

/** A call that closes the server on SIGTERM without more. */
export interface StopHelperKnowledge {
  readonly api: string;
  readonly plugin?: PluginStyle;
  /** Which argument holds the options; -1 for none. */
  readonly options: number;
  /** An option (or with an empty path the argument itself) that lists the signals it listens to; without it SIGTERM is one. */
  readonly signals?: string;
  /** An option that switches it off when it is false. */
  readonly unless?: string;
  /** Options that name what it closes: without one of them it closes no server. */
  readonly closes?: readonly string[];
  readonly source: Source;
}

const NODE = 'Node.js API documentation, http.Server';

export const listenCalls: readonly ListenKnowledge[] = [
  { api: 'http:createServer().listen', server: 'an HTTP server', source: NODE },
  { api: 'express:().listen', server: 'Express', source: 'express@5.3.0 lib/application.js' },
  { api: 'connect:().listen', server: 'Connect', source: 'connect@3.7.0 index.js' },
  { api: 'koa:().listen', server: 'Koa', source: 'koa@3.3.0 lib/application.js' },
  { api: 'polka:().listen', server: 'Polka', source: 'polka@0.5.2 index.js' },
  { api: 'restify:createServer().listen', server: 'Restify', source: 'restify@11.1.0 lib/server.js' },
  { api: 'fastify:().listen', server: 'Fastify', source: 'fastify@5.12.8 lib/server.js' },
  {
    api: '@nestjs/core:NestFactory.create().{listen,listenAsync}',
    server: 'Nest',
    source: '@nestjs/core@12.5.1 nest-application.d.ts',
  },
  { api: '@hapi/hapi:Server().start', server: 'hapi', source: '@hapi/hapi@21.4.10 lib/server.js' },
  { api: '@hono/node-server:serve', server: 'Hono', source: '@hono/node-server@2.1.8 dist/server.d.ts' },
  {
    api: 'uWebSockets.js:{App,SSLApp}().{listen,listen_unix}',
    server: 'uWebSockets.js',
    source: 'uwebsockets.js@19 docs/index.d.ts, TemplatedApp.listen',
  },
  { api: 'elysia:Elysia().listen', server: 'Elysia', source: 'elysia@1.4.30 dist/index.d.ts' },
  { api: '{global:Bun.,bun:}serve', server: 'Bun', source: 'https://bun.com/docs/api/http (unchecked)' },
  { api: 'global:Deno.serve', server: 'Deno', source: 'https://docs.deno.com/api/deno/~/Deno.serve (unchecked)' },
  {
    api: '@feathersjs/{feathers:(),express:express(),koa:koa()}.listen',
    server: 'Feathers',
    source: '@feathersjs/express@5.0.50 lib/index.js, @feathersjs/koa@5.0.50 lib/index.js',
  },
  {
    api: 'routing-controllers:{createExpressServer,createKoaServer,useExpressServer,useKoaServer}().listen',
    server: 'routing-controllers',
    source: 'routing-controllers@0.11.3 README.md',
  },
  {
    api: '@slack/bolt:App().start',
    server: 'Bolt',
    source: '@slack/bolt@5.1.0 dist/receivers/HTTPReceiver.js: no signal is handled',
  },
  { api: 'vite-express:{listen,default.listen}', server: 'Express', source: 'vite-express@0.22.1 README.md' },
  {
    api: 'socket.io:Server().{listen,attach}',
    server: 'Socket.IO',
    source: 'socket.io@4.8.4 dist/index.d.ts: listen(srv: http.Server | number)',
  },
  {
    api: '{apollo-server,apollo-server-express,apollo-server-koa}:ApolloServer().listen',
    server: 'Apollo Server',
    closesItself: true,
    health: '/.well-known/apollo/server-health',
    source: 'apollo-server-core@3.13.0 src/ApolloServer.ts:541 (stopOnTerminationSignals, on by default outside tests)',
  },
  {
    api: '@apollo/server/standalone:startStandaloneServer',
    server: 'Apollo Server',
    closesItself: true,
    source: '@apollo/server@5.5.1 src/standalone/index.ts:143 (drains its HTTP server), src/ApolloServer.ts:570-600',
  },
  {
    api: '@hocuspocus/server:{Server,Hocuspocus,Server.configure}().listen',
    server: 'Hocuspocus',
    closesItself: true,
    unless: { arg: 0, path: 'stopOnSignals' },
    health: '/',
    source: '@hocuspocus/server@3.4.4 dist/hocuspocus-server.cjs:2623 "stopOnSignals: true"; answers any request',
  },
  {
    api: 'hyper-express:Server().listen',
    server: 'HyperExpress',
    closesItself: true,
    source: 'hyper-express@6.18.0 src/components/Server.js:107 _bind_auto_close (option auto_close, on by default)',
  },
  {
    api: 'srvx:{serve,serve().serve}',
    server: 'srvx',
    closesItself: true,
    source: 'srvx@1.0.8 dist/_chunks/_plugins.mjs: gracefulShutdownPlugin on SIGINT and SIGTERM',
  },
  {
    api: 'h3:serve',
    server: 'h3',
    closesItself: true,
    source: 'h3@2.0.8 serves through srvx, which closes on SIGTERM',
  },
  {
    api: 'sails:{lift,Sails().lift}',
    server: 'Sails',
    closesItself: true,
    source: 'sails@1.5.18 lib/app/private/initialize.js:60 (SIGINT and SIGTERM lower the app)',
  },
  {
    api: 'parse-server:ParseServer.startApp',
    server: 'Parse Server',
    closesItself: true,
    health: '/health',
    source: 'parse-server@9.10.0 lib/ParseServer.js:622 (handleShutdown on SIGTERM), :323 "/health"',
  },
  {
    api: 'actionhero:Process().start',
    server: 'Actionhero',
    closesItself: true,
    source: 'actionhero@29.3.5 src/classes/process.ts:411 (registerProcessSignals)',
  },
  {
    api: '{@grpc/grpc-js,grpc}:Server().{bindAsync,bind}',
    server: 'a gRPC server',
    source: '@grpc/grpc-js@1.14.7 build/src/server.d.ts: no signal is handled',
  },
];

/** What closes a server: no new connections, those that are open may finish. */
export const closingCalls: readonly ClosingKnowledge[] = [
  {
    api: 'http:createServer().{close,closeIdleConnections,closeAllConnections}',
    source: 'Node.js API documentation, server.close([callback])',
  },
  {
    api: 'http:createServer().{stop,destroy,shutdown,forceShutdown,kill}',
    source:
      'stoppable@1.1.0 readme.md (stop), server-destroy@1.0.1 README.md (destroy), http-shutdown@1.2.2 (shutdown), killable@1.0.1 README.md (kill)',
  },
  { api: 'stoppable:().{stop,close}', source: 'stoppable@1.1.0 readme.md' },
  { api: '{http-shutdown,http-close}:().{shutdown,forceShutdown,close}', source: 'http-shutdown@1.2.2 index.js' },
  { api: '{server-destroy,killable}:().{destroy,kill,close}', source: 'killable@1.0.1 README.md' },
  {
    api: '{http-terminator,lil-http-terminator}:{,createHttpTerminator,HttpTerminator}().terminate',
    source: 'http-terminator@3.2.0 README.md',
  },
  {
    api: '@moebius/http-graceful-shutdown:GracefulShutdownManager().terminate',
    source: '@moebius/http-graceful-shutdown@1.1.0 README.md',
  },
  {
    api: 'express-graceful-exit:gracefulExitHandler',
    source: 'express-graceful-exit@0.5.2 lib/graceful-exit.js (gracefulExitHandler closes the server)',
  },
  { api: '{connect,polka,express}:().{close,server.close}', source: 'polka@0.5.2 index.js (app.server)' },
  { api: 'restify:createServer().{close,server.close}', source: 'restify@11.1.0 lib/server.js' },
  { api: 'fastify:().{close,server.close}', source: 'fastify@5.12.8 docs/Reference/Server.md, close' },
  {
    api: '@nestjs/core:NestFactory.create().close',
    source: '@nestjs/core@12.5.1 nest-application-context.d.ts',
  },
  { api: '@hapi/hapi:Server().stop', source: '@hapi/hapi@21.4.10 API.md, server.stop' },
  { api: '@hapi/hapi:Server().listener.close', source: '@hapi/hapi@21.4.10 API.md, server.listener' },
  { api: '@hono/node-server:serve().close', source: '@hono/node-server@2.1.8 dist/types.d.ts (an http.Server)' },
  {
    api: 'uWebSockets.js:{us_listen_socket_close,App().close,SSLApp().close}',
    source: 'uwebsockets.js@19 docs/index.d.ts',
  },
  { api: 'elysia:Elysia().stop', source: 'elysia@1.4.30 dist/index.d.ts' },
  { api: '{global:Bun.,bun:}serve().stop', source: 'https://bun.com/docs/api/http (unchecked)' },
  { api: 'global:Deno.serve().shutdown', source: 'https://docs.deno.com/api/deno/~/Deno.serve (unchecked)' },
  {
    api: '@feathersjs/{feathers:(),express:express(),koa:koa()}.{teardown,listen().close}',
    source: '@feathersjs/express@5.0.50 lib/index.js (teardown closes the server)',
  },
  {
    api: 'routing-controllers:{createExpressServer,createKoaServer,useExpressServer,useKoaServer}().listen().close',
    source: 'routing-controllers@0.11.3 README.md (an Express or Koa application)',
  },
  { api: '@slack/bolt:App().stop', source: '@slack/bolt@5.1.0 dist/App.d.ts' },
  { api: 'socket.io:Server().close', source: 'socket.io@4.8.4 dist/index.js close(): this.httpServer.close(fn)' },
  {
    api: '{@apollo/server,apollo-server,apollo-server-core,apollo-server-express,apollo-server-koa}:ApolloServer().stop',
    source: '@apollo/server@5.5.1 src/plugin/drainHttpServer/index.ts',
  },
  { api: '@hocuspocus/server:{Server,Hocuspocus}().destroy', source: '@hocuspocus/server@3.4.4 dist/index.d.ts' },
  { api: 'hyper-express:Server().{close,shutdown}', source: 'hyper-express@6.18.0 src/components/Server.js' },
  { api: 'srvx:serve().close', source: 'srvx@1.0.8 dist/_chunks/types.d.mts' },
  { api: 'sails:{lower,Sails().lower}', source: 'sails@1.5.18 lib/app/lower.js' },
  { api: 'parse-server:ParseServer().handleShutdown', source: 'parse-server@9.10.0 lib/ParseServer.js:233' },
  {
    api: '{@grpc/grpc-js,grpc}:Server().{tryShutdown,forceShutdown}',
    source: '@grpc/grpc-js@1.14.7 build/src/server.d.ts',
  },
  { api: 'actionhero:Process().stop', source: 'actionhero@29.3.5 src/classes/process.ts' },
];

/** What runs when the process is told to stop. */
export const stopHandlers: readonly StopHandlerKnowledge[] = [
  {
    api: '{global:process.,process:}{on,once,addListener,prependListener,prependOnceListener}',
    signal: 0,
    callback: { arg: 1 },
    source: 'Node.js API documentation, signal events',
  },
  {
    api: 'close-with-grace:{,closeWithGrace}',
    source: 'close-with-grace@2.5.0 index.js, events/signal.events.js (SIGTERM)',
  },
  { api: 'exit-hook:{,exitHook,asyncExitHook}', callback: { arg: 0 }, source: 'exit-hook@5.1.0 index.js (SIGTERM)' },
  { api: 'async-exit-hook:', callback: { arg: 0 }, source: 'async-exit-hook@2.0.1 index.js:93 (SIGTERM)' },
  {
    api: 'lightship:createLightship().registerShutdownHandler',
    callback: { arg: 0 },
    source: 'lightship@9.0.3 README.md:101 "Default: [SIGTERM]"',
  },
  {
    api: 'node-graceful-shutdown:{onShutdown,onSignal}',
    source: 'node-graceful-shutdown@1.1.5 index.js:1 (SIGINT, SIGTERM, SIGQUIT)',
  },
  { api: 'death:{,()}', source: 'death@1.1.0 lib/death.js:3-6 (SIGTERM)' },
  { api: 'signal-exit:{,onExit}', callback: { arg: 0 }, source: 'signal-exit@4.1.0 dist/cjs/signals.js (SIGTERM)' },
  { api: 'prexit:{,prexit}', source: 'prexit@2.3.0 index.js:23 (SIGTERM)' },
  { api: 'node-cleanup:{,nodeCleanup}', callback: { arg: 0 }, source: 'node-cleanup@2.1.2 node-cleanup.js:117' },
  { api: 'shutdown-hook:().add', source: 'shutdown-hook@1.1.8 lib/shutdown.hook.js:20 (SIGTERM)' },
  {
    api: '@cloudnative/health{,-connect}:{ShutdownCheck,HealthChecker().registerShutdownCheck}',
    source: '@cloudnative/health@2.1.2 README.md: on SIGTERM the shutdown checks run',
  },
];

/** What closes the server on SIGTERM without more. */
export const stopHelpers: readonly StopHelperKnowledge[] = [
  {
    api: '@godaddy/terminus:createTerminus',
    options: 1,
    source: '@godaddy/terminus@4.12.1 lib/terminus.js:177 (signal = "SIGTERM", stoppable inside)',
  },
  {
    api: 'http-graceful-shutdown:{,gracefulShutdown}',
    options: 1,
    signals: 'signals',
    source: 'http-graceful-shutdown@4.0.0 lib/index.js:40 "SIGINT SIGTERM"',
  },
  {
    api: '@ladjs/graceful:',
    options: 0,
    closes: ['servers', 'customHandlers'],
    source:
      '@ladjs/graceful@3.2.2 index.js:9-22, 109 (on SIGTERM it stops what its lists name: servers, jobs, connections)',
  },
  {
    api: 'fastify-graceful-shutdown:',
    plugin: 'fastify',
    options: 1,
    source: 'fastify-graceful-shutdown@5.0.0 index.js (SIGINT, SIGTERM: fastify.close())',
  },
  {
    api: '@gquittet/graceful-server:{,GracefulServer}',
    options: 1,
    source: '@gquittet/graceful-server@5.2.17 README.md',
  },
  { api: 'hapi-pulse:', plugin: 'hapi', options: 1, source: 'hapi-pulse@3.0.1 lib/lifecycle-handler.js:14' },
  { api: 'hapi-shutdown:', plugin: 'hapi', options: 1, source: 'hapi-shutdown@0.1.2 index.js:11 (SIGTERM)' },
  { api: 'exiting:{createManager,Manager}', options: 1, source: 'exiting@7.0.0 lib/index.js:12 (SIGTERM)' },
  {
    api: '{koa,express}-graceful-shutdown:',
    options: 1,
    source: 'koa-graceful-shutdown@1.2.1 index.js:13 (SIGTERM); express-graceful-shutdown unchecked',
  },
  {
    api: '@nestjs/core:NestFactory.create().enableShutdownHooks',
    options: 0,
    signals: '',
    source: 'https://docs.nestjs.com/fundamentals/lifecycle-events#application-shutdown',
  },
  {
    api: '{@apollo/server/plugin/drainHttpServer,apollo-server-core}:ApolloServerPluginDrainHttpServer',
    options: -1,
    source: '@apollo/server@5.5.1 src/ApolloServer.ts:570-600: stops on SIGTERM, and stopping drains this server',
  },
  {
    api: 'moleculer:ServiceBroker',
    options: 0,
    unless: 'skipProcessEventRegistration',
    source: 'moleculer@0.14.36 src/service-broker.js:333-338 (SIGTERM stops all services, the gateway among them)',
  },
  {
    api: '@loopback/{rest,core}:{RestApplication,Application}().start',
    options: -1,
    source: '@loopback/core@7.0.15 src/application.ts:143 (shutdown signals: SIGTERM)',
  },
  {
    api: '@strapi/strapi:{createStrapi,default,Strapi}().start',
    options: -1,
    source: '@strapi/core@5.54.0 dist/utils/signals.js (SIGTERM, SIGINT destroy)',
  },
  {
    api: '@adonisjs/core:Ignitor().tap/0.0.listen',
    options: -1,
    source: 'unchecked: AdonisJS starter kits, bin/server.ts (app.listen("SIGTERM", () => app.terminate()))',
  },
];

/** Packages that do it when they are imported. */
export const stopPackages: readonly { readonly name: string; readonly source: Source }[] = [
  { name: '@tsed/terminus', source: '@tsed/terminus@8.5.0 readme.md' },
];

/** Names by which an unknown package says that it is about stopping. */
export const STOPPING_PACKAGE =
  /graceful(?!-fs)|shutdown|terminus|terminator|exit-hook|exit-handler|stoppable|lifecycle-manager/i;

/** A method of this name, called on something called so, closes a server as far as can be told from names. */
export const CLOSES_BY_NAME =
  /^(?:close|stop|end|shutdown|shutDown|terminate|destroy|teardown|drain|dispose|kill|lower)/;
export const SERVER_BY_NAME =
  /(?:^|[.\s(_])(?:\w{0,40}server\w{0,40}|app|\w{0,40}App|api|http\w{0,40}|https|\w{0,40}listener|listening|fastify|express|terminator|\w{0,40}Terminator|nest\w{0,40}|koa|hapi|instance)(?:\(\))?$/;
/** A function of the name that could not be followed: `closeServer()`, `gracefulShutdown()`. */
export const CLOSING_FUNCTION =
  /(?:close|stop|shutdown|terminate|drain).*(?:server|http|app|gracefully)|graceful\w*(?:shutdown|exit|stop)|^(?:shutdown|drain)$/i;

/** Hooks for the end of a process whose promise the framework waits for before it goes on ending, by what a way to them is called. */
export const awaitedHooks: readonly { readonly label: string; readonly source: Source }[] = [
  ...['onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'].map((label) => ({
    label,
    source: '@nestjs/core@12.5.1 hooks/*.hook.js: each awaits what its hooks return',
  })),
  ...['hook onClose', 'hook preClose'].map((label) => ({
    label,
    source: 'https://fastify.dev/docs/latest/Reference/Hooks/#onclose (unchecked)',
  })),
];
