import type { Registration } from './types.js';

const REQUEST_EVENTS = ['onRequest', 'preParsing', 'preValidation', 'preHandler', 'preSerialization', 'onError', 'onSend', 'onResponse', 'onTimeout', 'onRequestAbort'];
const HAPI_REQUEST = ['onRequest', 'onPreAuth', 'onCredentials', 'onPostAuth', 'onPreHandler', 'onPostHandler', 'onPreResponse', 'onPostResponse'];
const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGUSR2', 'beforeExit', 'exit'];

const EXPRESS = 'express@5.3.0 lib/application.js: every method of node:http, all, use, param, listen (`del` before version 5)';
const FASTIFY = 'fastify@5.12.8 lib/hooks.js:3-21 (hooks), fastify.js:153-165 (methods), lib/route.js';
const KOA = '@koa/router@15.7.0 dist/index.d.ts; koa itself unchecked';
const HAPI = '@hapi/hapi@21.4.10 lib/core.js:88 (onPre/onPost), lib/server.js (ext, method, register, route), lib/config.js';
const NODE = 'Node.js API documentation';
const NEST = '@nestjs/core@12.5.1 nest-factory.d.ts';
const SOCKET_IO = 'socket.io@4.8.4 dist/namespace.d.ts (connect, connection, new_namespace), dist/index.js';
const WS = 'ws@8.23.0 index.js, lib/websocket-server.js';

/**
 * Calls that hand functions to a framework, and when those functions run. `api` is the path of what is called. In a label,
 * `{0}` is the text of argument 0 if it is a literal, and left out otherwise.
 */
export const registrations: readonly Registration[] = [
  // Express and look-alikes
  { api: 'express:{(),Router()}.{get,post,put,patch,delete,del,head,options,all,search}', phase: 'request', label: '{name} {0}', source: EXPRESS },
  { api: 'express:{(),Router()}.use', phase: 'request', label: 'middleware {0}', source: EXPRESS },
  { api: 'express:{(),Router()}.param', phase: 'request', args: [0, 1], label: 'route parameter {0}', source: EXPRESS },
  { api: 'express:().listen', phase: 'boot', label: 'once the server listens', source: EXPRESS },
  { api: 'express:{(),Router()}.ws', phase: 'socket', label: 'websocket {0}', source: 'unchecked: express-ws README.md' },
  { api: '{express-async-handler,express-async-wrap}:', phase: 'request', args: [0], label: 'a request handler', source: 'unchecked: express-async-handler README.md' },
  { api: 'polka:().{get,post,put,patch,delete,head,options,all,use,add}', phase: 'request', label: '{name} {0}', source: 'unchecked: polka README.md' },
  { api: 'polka:().listen', phase: 'boot', label: 'once the server listens', source: 'unchecked: polka README.md' },
  { api: 'restify:createServer().{get,post,put,patch,del,head,opts,use,pre}', phase: 'request', label: '{name} {0}', source: 'unchecked: restify docs' },
  { api: 'restify:createServer().listen', phase: 'boot', label: 'once the server listens', source: 'unchecked: restify docs' },
  { api: '{router,find-my-way}:().{get,post,put,patch,delete,head,options,all,use,on}', phase: 'request', label: '{name} {0}', source: 'unchecked: router README.md' },
  { api: 'connect:().use', phase: 'request', label: 'middleware {0}', source: 'unchecked: connect README.md' },

  // Fastify
  { api: 'fastify:().{get,head,post,put,patch,delete,options,all,trace,propfind,report}', phase: 'request', args: [1, 2], label: '{name} {0}', source: FASTIFY },
  {
    api: 'fastify:().{get,head,post,put,patch,delete,options,all}',
    phase: 'request',
    args: [1],
    property: '{handler,onRequest,preParsing,preValidation,preHandler,preSerialization,onSend,onResponse,onError,wsHandler}',
    label: '{name} {0}',
    source: FASTIFY,
  },
  {
    api: 'fastify:().route',
    phase: 'request',
    args: [0],
    property: '{handler,onRequest,preParsing,preValidation,preHandler,preSerialization,onSend,onResponse,onError,wsHandler}',
    label: 'a route',
    source: FASTIFY,
  },
  { api: 'fastify:().addHook', phase: 'request', args: [1], when: { arg: 0, in: REQUEST_EVENTS }, label: 'hook {0}', source: FASTIFY },
  { api: 'fastify:().addHook', phase: 'boot', args: [1], when: { arg: 0, in: ['onReady', 'onListen', 'onRoute', 'onRegister'] }, label: 'hook {0}', source: FASTIFY },
  { api: 'fastify:().addHook', phase: 'shutdown', args: [1], when: { arg: 0, in: ['onClose', 'preClose'] }, label: 'hook {0}', source: FASTIFY },
  { api: 'fastify:().{setErrorHandler,setNotFoundHandler}', phase: 'request', label: '{name}', source: FASTIFY },
  { api: 'fastify:().addContentTypeParser', phase: 'request', args: [1, 2], label: 'body parser', source: FASTIFY },
  { api: 'fastify:().register', phase: 'boot', args: [0], label: 'a plugin', source: FASTIFY },
  { api: 'fastify-plugin:', phase: 'boot', args: [0], label: 'a plugin', source: 'fastify-plugin@6.0.1 index.js `function plugin (fn, options)`' },
  { api: 'fastify:().{after,ready,listen}', phase: 'boot', label: '{name}', source: FASTIFY },

  // Koa
  { api: 'koa:().use', phase: 'request', label: 'middleware', source: KOA },
  { api: 'koa:().listen', phase: 'boot', label: 'once the server listens', source: KOA },
  { api: '@koa/router:().{get,post,put,patch,delete,del,head,options,all,link,unlink}', phase: 'request', label: '{name} {0}', source: KOA },
  { api: '@koa/router:().{use,param,register}', phase: 'request', label: 'middleware {0}', source: KOA },
  { api: 'koa-route:{get,post,put,patch,delete,del,head,options,all}', phase: 'request', args: [1], label: '{name} {0}', source: 'unchecked: koa-route README.md' },
  { api: 'koa-compose:', phase: 'request', args: [0], label: 'middleware', source: 'unchecked: koa-compose Readme.md' },

  // Hapi
  {
    api: '@hapi/hapi:Server().route',
    phase: 'request',
    args: [0],
    property: '{handler,options.handler,config.handler,options.pre,config.pre}',
    label: 'a route',
    source: HAPI,
  },
  { api: '@hapi/hapi:Server().ext', phase: 'request', args: [1], when: { arg: 0, in: HAPI_REQUEST }, label: '{0}', source: HAPI },
  { api: '@hapi/hapi:Server().ext', phase: 'request', args: [0], property: 'method', label: 'a server extension', source: HAPI },
  { api: '@hapi/hapi:Server().ext', phase: 'boot', args: [1], when: { arg: 0, in: ['onPreStart', 'onPostStart'] }, label: '{0}', source: HAPI },
  { api: '@hapi/hapi:Server().ext', phase: 'shutdown', args: [1], when: { arg: 0, in: ['onPreStop', 'onPostStop'] }, label: '{0}', source: HAPI },
  { api: '@hapi/hapi:Server().method', phase: 'request', args: [1], label: 'server method {0}', source: HAPI },
  { api: '@hapi/hapi:Server().auth.{strategy,scheme}', phase: 'request', args: [1, 2], property: 'validate', label: 'authentication', source: HAPI },
  { api: '@hapi/hapi:Server().register', phase: 'boot', args: [0], property: '{register,plugin.register}', label: 'a plugin', source: HAPI },
  { api: '@hapi/hapi:Server().events.on', phase: 'event', args: [1], label: 'server event {0}', source: HAPI },

  // Nest, beside its decorators
  { api: '@nestjs/core:NestFactory.create().use', phase: 'request', label: 'middleware {0}', source: NEST },
  { api: '@nestjs/core:NestFactory.create().listen', phase: 'boot', label: 'once the server listens', source: NEST },

  // Next and other servers
  { api: 'hono:Hono().{get,post,put,patch,delete,options,all,on,use,openapi}', phase: 'request', label: '{name} {0}', source: 'unchecked: Hono documentation' },
  { api: 'hono:Hono().{notFound,onError}', phase: 'request', label: '{name}', source: 'unchecked: Hono documentation' },
  { api: 'hono/factory:{createMiddleware,createFactory().{createMiddleware,createHandlers}}', phase: 'request', label: 'middleware', source: 'unchecked: Hono documentation' },
  { api: '@hono/node-server:serve', phase: 'boot', args: [1], label: 'once the server listens', source: 'unchecked: @hono/node-server README.md' },
  { api: 'elysia:{(),Elysia()}.{get,post,put,patch,delete,options,all,onRequest,onBeforeHandle,onAfterHandle,onError,derive,resolve}', phase: 'request', label: '{name} {0}', source: 'unchecked: Elysia documentation' },
  { api: '{h3,nitropack/runtime}:{eventHandler,defineEventHandler,lazyEventHandler,defineCachedEventHandler,cachedEventHandler,defineWebSocketHandler}', phase: 'request', label: 'a request handler', source: 'unchecked: h3 documentation' },
  { api: 'global:{eventHandler,defineEventHandler,defineCachedEventHandler,cachedEventHandler}', phase: 'request', label: 'a request handler', source: 'unchecked: Nitro documentation (auto-imports)' },
  { api: '{global:,nitropack/runtime:,nitropack:}{defineNitroPlugin,definePlugin}', phase: 'boot', args: [0], label: 'a Nitro plugin', source: 'unchecked: Nitro documentation' },
  { api: '{global:,nitropack/runtime:}defineTask', phase: 'job', args: [0], property: 'run', label: 'a Nitro task', source: 'unchecked: Nitro documentation' },
  { api: '@adonisjs/core/services/router:{get,post,put,patch,delete,any,route}', phase: 'request', args: [1], label: '{name} {0}', source: 'unchecked: AdonisJS documentation' },
  { api: '@trpc/server:initTRPC.create().procedure.{query,mutation,subscription}', phase: 'request', label: 'tRPC {name}', source: 'unchecked: tRPC documentation' },
  { api: '@trpc/server:initTRPC.create().{middleware,procedure.use}', phase: 'request', label: 'tRPC middleware', source: 'unchecked: tRPC documentation' },
  { api: '{next-auth,next-auth/next,@auth/express,@auth/core}:{,NextAuth,ExpressAuth,Auth}', phase: 'request', property: '{callbacks,events,providers,authorize}', label: 'authentication', source: 'unchecked: Auth.js documentation' },
  { api: 'next-auth/providers/credentials:', phase: 'request', args: [0], property: 'authorize', label: 'authentication', source: 'unchecked: Auth.js documentation' },
  { api: 'next/server:after', phase: 'request', args: [0], label: 'after the response', source: 'unchecked: Next.js documentation' },
  { api: 'next/cache:unstable_cache', phase: 'request', args: [0], label: 'a cached function', source: 'unchecked: Next.js documentation' },
  { api: 'next:().getRequestHandler()', phase: 'request', label: 'a request', source: 'unchecked: Next.js documentation' },
  { api: '@middy/core:', phase: 'request', args: [0], label: 'a Lambda handler', source: 'unchecked: middy documentation' },
  { api: '@google-cloud/functions-framework:{http,cloudEvent}', phase: 'request', args: [1], label: 'function {0}', source: 'unchecked: functions-framework README.md' },
  { api: 'firebase-functions{,/v1,/v2,/v2/https}:{https.,}{onRequest,onCall}', phase: 'request', label: 'function', source: 'unchecked: Firebase documentation' },
  { api: 'firebase-functions/v2/scheduler:onSchedule', phase: 'job', args: [1], label: 'on a schedule', source: 'unchecked: Firebase documentation' },

  // GraphQL
  { api: '{@apollo/server,apollo-server,apollo-server-express,apollo-server-koa,apollo-server-fastify,apollo-server-micro,apollo-server-hapi}:ApolloServer', phase: 'request', args: [0], property: '{resolvers,context,dataSources,formatError}', label: 'a GraphQL resolver', source: 'unchecked: Apollo Server documentation' },
  { api: '@as-integrations/{next,fastify,koa,hapi}:{startServerAndCreateNextHandler,fastifyApolloHandler,koaMiddleware}', phase: 'request', args: [1], property: 'context', label: 'GraphQL context', source: 'unchecked: Apollo Server documentation' },
  { api: '{@apollo/server/express4,@as-integrations/express4,@as-integrations/express5}:expressMiddleware', phase: 'request', args: [1], property: 'context', label: 'GraphQL context', source: 'unchecked: Apollo Server documentation' },
  { api: '{@graphql-tools/schema,graphql-tools}:makeExecutableSchema', phase: 'request', args: [0], property: 'resolvers', label: 'a GraphQL resolver', source: 'unchecked: graphql-tools documentation' },
  { api: 'graphql-yoga:{createSchema,createYoga}', phase: 'request', args: [0], property: '{resolvers,context}', label: 'a GraphQL resolver', source: 'unchecked: GraphQL Yoga documentation' },
  { api: 'fastify:().register', phase: 'request', args: [1], property: '{resolvers,context}', label: 'a GraphQL resolver', source: 'unchecked: mercurius docs' },
  { api: 'graphql:{GraphQLObjectType,GraphQLInterfaceType}', phase: 'request', args: [0], property: 'fields', label: 'a GraphQL resolver', source: 'unchecked: graphql-js documentation' },
  { api: 'express-graphql:{,graphqlHTTP}', phase: 'request', args: [0], property: '{rootValue,context}', label: 'a GraphQL resolver', source: 'unchecked: express-graphql README.md' },
  { api: 'graphql-http/lib/use/{express,http,fastify,koa}:createHandler', phase: 'request', args: [0], property: '{rootValue,context}', label: 'a GraphQL resolver', source: 'unchecked: graphql-http README.md' },

  // Authentication
  {
    api: '{passport-local,passport-jwt,passport-google-oauth20,passport-google-oauth,passport-google-oidc,passport-github,passport-github2,passport-gitlab2,passport-facebook,passport-twitter,passport-oauth2,passport-oauth1,passport-oauth,passport-http,passport-http-bearer,passport-openidconnect,passport-saml,@node-saml/passport-saml,passport-ldapauth,passport-azure-ad,passport-custom,passport-apple,passport-discord,passport-steam,passport-auth0,passport-microsoft,passport-linkedin-oauth2,passport-magic-link,passport-magic-login,passport-twitch-new,passport-slack,passport-spotify,passport-bitbucket-oauth2,passport-headerapikey,passport-unique-token,passport-remember-me,passport-anonymous}:{,Strategy,OAuth2Strategy,BasicStrategy,DigestStrategy,BearerStrategy,OIDCStrategy,MultiSamlStrategy,HeaderAPIKeyStrategy,UniqueTokenStrategy}',
    phase: 'request',
    label: 'sign-in',
    source: 'unchecked: Passport documentation',
  },
  { api: 'passport:{serializeUser,deserializeUser,transformAuthInfo}', phase: 'request', label: '{name}', source: 'unchecked: Passport documentation' },
  { api: 'passport:{authenticate,authorize}', phase: 'request', label: 'sign-in', source: 'unchecked: Passport documentation' },

  // Node's own servers and processes
  { api: 'http:createServer', phase: 'request', label: 'an HTTP request', source: NODE },
  { api: 'http:createServer().{on,once,addListener}', phase: 'request', args: [1], when: { arg: 0, in: ['request', 'checkContinue', 'stream'] }, label: 'an HTTP request', source: NODE },
  { api: 'http:createServer().{on,once,addListener}', phase: 'socket', args: [1], when: { arg: 0, in: ['upgrade', 'connection', 'secureConnection', 'connect'] }, label: 'server event {0}', source: NODE },
  { api: 'http:createServer().{on,once,addListener}', phase: 'boot', args: [1], when: { arg: 0, in: ['listening'] }, label: 'once the server listens', source: NODE },
  { api: 'http:createServer().listen', phase: 'boot', label: 'once the server listens', source: NODE },
  { api: 'http:createServer().close', phase: 'shutdown', label: 'once the server is closed', source: NODE },
  { api: 'net:createServer', phase: 'socket', label: 'a TCP connection', source: NODE },
  { api: 'net:createServer().{on,once}', phase: 'socket', args: [1], when: { arg: 0, in: ['connection', 'secureConnection'] }, label: 'a TCP connection', source: NODE },
  { api: 'net:createServer().listen', phase: 'boot', label: 'once the server listens', source: NODE },
  { api: 'dgram:createSocket().on', phase: 'socket', args: [1], when: { arg: 0, in: ['message'] }, label: 'a UDP message', source: NODE },
  { api: '{global:Bun.,bun:}serve', phase: 'request', args: [0], property: '{fetch,routes}', label: 'an HTTP request', source: 'unchecked: Bun documentation' },
  { api: '{global:Bun.,bun:}serve', phase: 'socket', args: [0], property: 'websocket', label: 'a websocket', source: 'unchecked: Bun documentation' },
  { api: 'global:Deno.serve', phase: 'request', label: 'an HTTP request', source: 'unchecked: Deno documentation' },
  { api: '{global:process.,process:}{on,once,addListener,prependListener}', phase: 'shutdown', args: [1], when: { arg: 0, in: STOP_SIGNALS }, label: 'process {0}', source: NODE },
  { api: '{global:process.,process:}{on,once,addListener,prependListener}', phase: 'event', args: [1], when: { arg: 0, in: ['uncaughtException', 'unhandledRejection', 'warning', 'message', 'disconnect', 'multipleResolves', 'rejectionHandled'] }, label: 'process {0}', source: NODE },
  { api: 'cluster:{on,once}', phase: 'event', args: [1], label: 'cluster {0}', source: NODE },
  { api: 'worker_threads:{parentPort,Worker()}.{on,once}', phase: 'event', args: [1], label: 'worker message', source: NODE },
  { api: 'child_process:{fork,spawn,exec,execFile}().{on,once}', phase: 'event', args: [1], label: 'child process {0}', source: NODE },
  { api: 'fs:{watch,watchFile}', phase: 'event', label: 'a changed file', source: NODE },
  { api: 'chokidar:watch().{on,once}', phase: 'event', args: [1], label: 'a changed file', source: 'unchecked: chokidar README.md' },

  // Shutdown helpers
  { api: '{async-exit-hook,exit-hook,close-with-grace,death,signal-exit}:{,asyncExitHook,onExit,gracefulExit}', phase: 'shutdown', label: 'exit', source: 'unchecked: README of the package' },
  { api: 'node-graceful-shutdown:onShutdown', phase: 'shutdown', label: 'exit', source: 'unchecked: node-graceful-shutdown README.md' },
  { api: '@godaddy/terminus:createTerminus', phase: 'shutdown', args: [1], property: '{onSignal,beforeShutdown,onShutdown,onSendFailureDuringShutdown}', label: 'exit', source: 'unchecked: @godaddy/terminus README.md' },
  { api: '@godaddy/terminus:createTerminus', phase: 'request', args: [1], property: 'healthChecks', label: 'a health check', source: 'unchecked: @godaddy/terminus README.md' },
  { api: 'lightship:createLightship().registerShutdownHandler', phase: 'shutdown', label: 'exit', source: 'unchecked: lightship README.md' },
  { api: 'http-graceful-shutdown:', phase: 'shutdown', args: [1], property: '{onShutdown,preShutdown,finally}', label: 'exit', source: 'unchecked: http-graceful-shutdown README.md' },

  // Timers
  { api: '{global:,timers:}setTimeout', phase: 'event', args: [0], label: 'after a delay', source: NODE },
  { api: '{global:,timers:}{setImmediate,queueMicrotask}', phase: 'event', args: [0], label: 'a moment later', source: NODE },
  { api: '{global:process.,process:}nextTick', phase: 'event', args: [0], label: 'a moment later', source: NODE },
  { api: '{global:,timers:}setInterval', phase: 'job', args: [0], label: 'on an interval', source: NODE },
  { api: 'rxjs:interval().subscribe', phase: 'job', label: 'on an interval', source: 'unchecked: RxJS documentation' },

  // Schedulers; what makes them safe stands in schedulers.ts
  { api: 'node-cron:{schedule,createTask}', phase: 'job', args: [1], label: 'cron {0}', source: 'node-cron@4.6.0 dist/node-cron.d.ts `schedule(expression, func, options?)`' },
  { api: 'cron:{CronJob,job}', phase: 'job', args: [1, 2], label: 'cron {0}', source: 'cron@4.4.0 dist/job.d.ts (`job` before version 4)' },
  { api: 'cron:{CronJob,CronJob.from,job}', phase: 'job', args: [0], property: 'onTick', label: 'a cron job', source: 'cron@4.4.0 dist/job.d.ts (`job` before version 4)' },
  { api: 'cron:CronJob().addCallback', phase: 'job', args: [0], label: 'a cron job', source: 'cron@4.4.0 dist/job.d.ts (`job` before version 4)' },
  { api: 'node-schedule:{scheduleJob,Job,Scheduler().scheduleJob}', phase: 'job', args: [0, 1, 2], label: 'cron {0}', source: 'node-schedule@2.1.1 lib/schedule.js:23 scheduleJob([name], spec, method), lib/Job.js:24 Job([name], job, callback)' },
  { api: 'croner:{,Cron,CronJob}', phase: 'job', args: [1, 2], label: 'cron {0}', source: 'croner@11.0.1 dist/croner.d.ts `new Cron(pattern, fnOrOptions1?, fnOrOptions2?)`' },
  { api: 'croner:{(),Cron()}.schedule', phase: 'job', args: [0], label: 'a cron job', source: 'croner@11.0.1 dist/croner.d.ts `new Cron(pattern, fnOrOptions1?, fnOrOptions2?)`' },
  { api: 'toad-scheduler:{Task,AsyncTask}', phase: 'job', args: [1], label: 'task {0}', source: 'toad-scheduler@4.1.0 dist/lib/common/Task.d.ts `constructor(id, handler, errorHandler?)`' },
  { api: '{later,@breejs/later}:{setInterval,setTimeout}', phase: 'job', args: [0], label: 'on a schedule', source: 'unchecked: later README.md' },
  { api: '{set-interval-async,set-interval-async/dynamic,set-interval-async/fixed}:{,setIntervalAsync}', phase: 'job', args: [0], label: 'on an interval', source: 'set-interval-async@3.0.3 package.json exports, README.md' },
  { api: 'node-crontab:scheduleJob', phase: 'job', args: [1], label: 'cron {0}', source: 'unchecked: node-crontab README.md' },
  { api: 'cron-job-manager:{,().add}', phase: 'job', args: [1, 2], label: 'a cron job', source: 'unchecked: cron-job-manager README.md' },
  { api: 'cron-async:CronJob', phase: 'job', args: [1], label: 'cron {0}', source: 'unchecked: cron-async README.md' },
  { api: 'cronosjs:{scheduleTask,CronosTask().on}', phase: 'job', args: [1], label: 'cron {0}', source: 'unchecked: cronosjs README.md' },
  { api: 'fastify:().register', phase: 'job', args: [1], property: 'jobs', label: 'a cron job', source: 'unchecked: fastify-cron README.md' },
  { api: '@elysiajs/cron:{,cron}', phase: 'job', args: [0], property: 'run', label: 'a cron job', source: 'unchecked: @elysiajs/cron README.md' },

  // Websockets
  { api: 'socket.io:Server().{on,once}', phase: 'socket', args: [1], when: { arg: 0, in: ['connection', 'connect', 'new_namespace'] }, label: 'a socket connection', source: SOCKET_IO },
  { api: 'socket.io:Server().use', phase: 'socket', label: 'socket middleware', source: SOCKET_IO },
  { api: 'socket.io:Server().on/1.0.{on,once,onAny,prependAny,use}', phase: 'socket', label: 'socket message {0}', source: SOCKET_IO },
  { api: 'ws:WebSocketServer().{on,once}', phase: 'socket', args: [1], when: { arg: 0, in: ['connection'] }, label: 'a websocket connection', source: WS },
  { api: 'ws:WebSocketServer().{on,once}', phase: 'boot', args: [1], when: { arg: 0, in: ['listening'] }, label: 'once the server listens', source: WS },
  { api: 'ws:WebSocketServer().handleUpgrade', phase: 'socket', label: 'a websocket upgrade', source: WS },
  { api: 'ws:().{on,once,addEventListener}', phase: 'socket', args: [1], label: 'websocket {0}', source: WS },
  { api: 'sockjs:createServer().on{,/1.0.on}', phase: 'socket', args: [1], label: 'socket {0}', source: 'unchecked: sockjs README.md' },

  // Event emitters
  { api: 'events:EventEmitter().{on,once,addListener,prependListener,prependOnceListener}', phase: 'event', args: [1], label: 'event {0}', source: NODE },
  { api: 'eventemitter2:EventEmitter2().{on,once,onAny,many}', phase: 'event', label: 'event {0}', source: 'unchecked: eventemitter2 README.md' },
  { api: '{mitt,emittery}:().{on,once}', phase: 'event', args: [1], label: 'event {0}', source: 'unchecked: mitt README.md' },
  { api: 'rxjs:{Subject,BehaviorSubject,ReplaySubject}().subscribe', phase: 'event', label: 'event', source: 'unchecked: RxJS documentation' },

  // Queues, brokers and their consumers
  { api: 'bullmq:Worker', phase: 'consumer', args: [1], label: 'job of queue {0}', source: 'bullmq@6.7.0 dist/esm/classes/worker.d.ts:152 `constructor(name, processor, opts)`' },
  { api: 'bullmq:{Worker,QueueEvents,Queue}().{on,once}', phase: 'event', args: [1], label: 'queue event {0}', source: 'bullmq@6.7.0 dist/esm/classes/worker.d.ts, dist/esm/classes/queue-events.d.ts' },
  { api: '{bull,bee-queue}:().process', phase: 'consumer', label: 'a queued job', source: 'unchecked: Bull REFERENCE.md' },
  { api: '{bull,bee-queue}:().{on,once}', phase: 'event', args: [1], label: 'queue event {0}', source: 'unchecked: Bull REFERENCE.md' },
  { api: 'kue:createQueue().process', phase: 'consumer', label: 'job {0}', source: 'unchecked: kue Readme.md' },
  { api: 'agenda:Agenda().define', phase: 'consumer', label: 'job {0}', source: 'agenda@6.2.6 dist/index.d.ts:317 `define(name, processor, options?)`' },
  { api: 'pg-boss:PgBoss().{work,subscribe}', phase: 'consumer', label: 'job {0}', source: 'pg-boss@10.4.2 types.d.ts:317 `work(name, options?, handler)`' },
  { api: 'graphile-worker:{run,runOnce}', phase: 'consumer', args: [0], property: 'taskList', label: 'a queued job', source: 'unchecked: graphile-worker README.md' },
  { api: 'node-resque:{Worker,MultiWorker}', phase: 'consumer', args: [1], label: 'a queued job', source: 'unchecked: node-resque README.md' },
  { api: 'amqplib:connect().createChannel().consume', phase: 'consumer', args: [1], label: 'message of queue {0}', source: 'amqplib@2.3.1 lib/channel_model.js:135 `consume(queue, callback, options)`' },
  { api: 'amqp-connection-manager:connect().createChannel', phase: 'boot', args: [0], property: 'setup', label: 'once connected', source: 'unchecked: amqp-connection-manager README.md' },
  { api: 'amqp-connection-manager:connect().createChannel().consume', phase: 'consumer', args: [1], label: 'message of queue {0}', source: 'unchecked: amqp-connection-manager README.md' },
  { api: 'rascal:{Broker,BrokerAsPromised}.create().subscribe().on', phase: 'consumer', args: [1], label: 'message', source: 'unchecked: rascal README.md' },
  { api: '{kafkajs:Kafka,@confluentinc/kafka-javascript:KafkaJS.Kafka}().consumer().run', phase: 'consumer', args: [0], property: '{eachMessage,eachBatch}', label: 'a Kafka message', source: 'kafkajs@2.2.4 types/index.d.ts:1022 eachBatch, eachMessage' },
  { api: 'kafka-node:{Consumer,ConsumerGroup}().on', phase: 'consumer', args: [1], when: { arg: 0, in: ['message'] }, label: 'a Kafka message', source: 'unchecked: kafka-node README.md' },
  { api: 'node-rdkafka:KafkaConsumer().on', phase: 'consumer', args: [1], when: { arg: 0, in: ['data'] }, label: 'a Kafka message', source: 'unchecked: node-rdkafka README.md' },
  { api: 'sqs-consumer:{Consumer,Consumer.create}', phase: 'consumer', args: [0], property: '{handleMessage,handleMessageBatch}', label: 'an SQS message', source: 'unchecked: sqs-consumer README.md' },
  { api: '@google-cloud/pubsub:PubSub().subscription().on', phase: 'consumer', args: [1], when: { arg: 0, in: ['message'] }, label: 'a Pub/Sub message', source: 'unchecked: @google-cloud/pubsub README.md' },
  { api: '@azure/service-bus:ServiceBusClient().createReceiver().subscribe', phase: 'consumer', args: [0], property: '{processMessage,processError}', label: 'a Service Bus message', source: 'unchecked: @azure/service-bus README.md' },
  { api: 'mqtt:connect().on', phase: 'consumer', args: [1], when: { arg: 0, in: ['message'] }, label: 'an MQTT message', source: 'unchecked: mqtt README.md' },
  { api: 'mqtt:connect().on', phase: 'event', args: [1], when: { arg: 0, in: ['connect', 'reconnect', 'close', 'offline', 'error'] }, label: 'MQTT {0}', source: 'unchecked: mqtt README.md' },
  { api: '{nats,@nats-io/transport-node}:connect().subscribe', phase: 'consumer', args: [1], property: 'callback', label: 'a NATS message', source: 'unchecked: nats.js README.md' },
  { api: 'redis:createClient().{subscribe,pSubscribe,sSubscribe}', phase: 'consumer', args: [1], label: 'message of channel {0}', source: 'redis@6.3.1, @redis/client `subscribe(channels, listener)`: unchecked in its source' },
  { api: 'redis:createClient().on', phase: 'consumer', args: [1], when: { arg: 0, in: ['message', 'pmessage'] }, label: 'a Redis message', source: 'unchecked: redis 3 README.md' },
  { api: 'ioredis:().{on,once}', phase: 'consumer', args: [1], when: { arg: 0, in: ['message', 'pmessage', 'messageBuffer', 'smessage'] }, label: 'a Redis message', source: 'ioredis@6.0.0 README.md:211-250 message, messageBuffer, pmessage' },
  { api: 'ioredis:().subscribe', phase: 'event', label: 'once subscribed', source: 'ioredis@6.0.0 README.md:211-250 message, messageBuffer, pmessage' },
  { api: 'pg:{Client,Pool}().on', phase: 'consumer', args: [1], when: { arg: 0, in: ['notification'] }, label: 'a database notification', source: 'pg@8.23.1 lib/client.js:536 `this.emit(\'notification\', msg)`' },
  { api: 'pg-listen:().notifications.on', phase: 'consumer', args: [1], label: 'database notification {0}', source: 'unchecked: pg-listen README.md' },
  { api: 'inngest:Inngest().createFunction', phase: 'consumer', args: [1, 2], label: 'an Inngest function', source: 'unchecked: Inngest documentation' },
  { api: '@trigger.dev/sdk{,/v3}:{task,schedules.task,schemaTask}', phase: 'consumer', args: [0], property: 'run', label: 'a Trigger.dev task', source: 'unchecked: Trigger.dev documentation' },
  { api: '@temporalio/worker:Worker.create', phase: 'consumer', args: [0], property: 'activities', label: 'a Temporal activity', source: 'unchecked: Temporal documentation' },
  { api: 'graphql-subscriptions:PubSub().subscribe', phase: 'event', args: [1], label: 'event {0}', source: 'unchecked: graphql-subscriptions README.md' },

  // Bots and agents
  { api: 'telegraf:Telegraf().{on,command,hears,action,use,start,help,settings,inlineQuery,catch}', phase: 'consumer', label: 'bot {name} {0}', source: 'unchecked: Telegraf documentation' },
  { api: 'grammy:Bot().{on,command,hears,use,callbackQuery,inlineQuery,filter,reaction,catch}', phase: 'consumer', label: 'bot {name} {0}', source: 'unchecked: grammY documentation' },
  { api: 'node-telegram-bot-api:().{on,onText,onReplyToMessage}', phase: 'consumer', label: 'bot {name} {0}', source: 'unchecked: node-telegram-bot-api doc/api.md' },
  { api: '{discord.js,eris}:Client().{on,once}', phase: 'consumer', args: [1], label: 'bot event {0}', source: 'unchecked: discord.js documentation' },
  { api: '@slack/bolt:App().{message,command,event,action,view,shortcut,options,use,function}', phase: 'request', label: 'Slack {name} {0}', source: 'unchecked: Bolt documentation' },
  { api: '@modelcontextprotocol/sdk/server/{mcp,index}{.js,}:{McpServer,Server}().{tool,registerTool,resource,registerResource,prompt,registerPrompt,setRequestHandler}', phase: 'request', label: 'MCP {name} {0}', source: 'unchecked: @modelcontextprotocol/sdk README.md' },

  // Data hooks
  { api: 'mongoose:Schema().{pre,post,method,static}', phase: 'event', args: [1, 2, 3], label: 'model hook {0}', source: 'unchecked: Mongoose documentation' },
  { api: 'mongoose:connection.{on,once}', phase: 'event', args: [1], label: 'database {0}', source: 'unchecked: Mongoose documentation' },
];
