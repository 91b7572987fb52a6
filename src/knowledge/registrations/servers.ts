import type { Registration } from '../types.js';

const NEST = '@nestjs/core@12.5.1 nest-factory.d.ts';

/** Other servers and full-stack frameworks. */
export const serverRegistrations: readonly Registration[] = [
  // Nest, beside its decorators
  { api: '@nestjs/core:NestFactory.create().use', phase: 'request', label: 'middleware {0}', source: NEST },
  { api: '@nestjs/core:NestFactory.create().listen', phase: 'boot', label: 'once the server listens', source: NEST },

  // Next and other servers
  {
    api: 'hono:Hono().{get,post,put,patch,delete,options,all,on,use,openapi}',
    phase: 'request',
    label: '{name} {0}',
    source: 'unchecked: Hono documentation',
  },
  { api: 'hono:Hono().{notFound,onError}', phase: 'request', label: '{name}', source: 'unchecked: Hono documentation' },
  {
    api: 'hono/factory:{createMiddleware,createFactory().{createMiddleware,createHandlers}}',
    phase: 'request',
    label: 'middleware',
    source: 'unchecked: Hono documentation',
  },
  {
    api: '@hono/node-server:serve',
    phase: 'boot',
    args: [1],
    label: 'once the server listens',
    source: 'unchecked: @hono/node-server README.md',
  },
  {
    api: 'elysia:{(),Elysia()}.{get,post,put,patch,delete,options,all,onRequest,onBeforeHandle,onAfterHandle,onError,derive,resolve}',
    phase: 'request',
    label: '{name} {0}',
    source: 'unchecked: Elysia documentation',
  },
  {
    api: '{h3,nitropack/runtime}:{eventHandler,defineEventHandler,lazyEventHandler,defineCachedEventHandler,cachedEventHandler,defineWebSocketHandler}',
    phase: 'request',
    label: 'a request handler',
    source: 'unchecked: h3 documentation',
  },
  {
    api: 'global:{eventHandler,defineEventHandler,defineCachedEventHandler,cachedEventHandler}',
    phase: 'request',
    label: 'a request handler',
    source: 'unchecked: Nitro documentation (auto-imports)',
  },
  {
    api: '{global:,nitropack/runtime:,nitropack:}{defineNitroPlugin,definePlugin}',
    phase: 'boot',
    args: [0],
    label: 'a Nitro plugin',
    source: 'unchecked: Nitro documentation',
  },
  {
    api: '{global:,nitropack/runtime:}defineTask',
    phase: 'job',
    args: [0],
    property: 'run',
    label: 'a Nitro task',
    source: 'unchecked: Nitro documentation',
  },
  {
    api: '@adonisjs/core/services/router:{get,post,put,patch,delete,any,route}',
    phase: 'request',
    args: [1],
    label: '{name} {0}',
    source: 'unchecked: AdonisJS documentation',
  },
  {
    api: '@trpc/server:initTRPC.create().procedure.{query,mutation,subscription}',
    phase: 'request',
    label: 'tRPC {name}',
    source: 'unchecked: tRPC documentation',
  },
  {
    api: '@trpc/server:initTRPC.create().{middleware,procedure.use}',
    phase: 'request',
    label: 'tRPC middleware',
    source: 'unchecked: tRPC documentation',
  },
  {
    api: '{next-auth,next-auth/next,@auth/express,@auth/core}:{,NextAuth,ExpressAuth,Auth}',
    phase: 'request',
    property: '{callbacks,events,providers,authorize}',
    label: 'authentication',
    source: 'unchecked: Auth.js documentation',
  },
  {
    api: 'next-auth/providers/credentials:',
    phase: 'request',
    args: [0],
    property: 'authorize',
    label: 'authentication',
    source: 'unchecked: Auth.js documentation',
  },
  {
    api: 'next/server:after',
    phase: 'request',
    args: [0],
    label: 'after the response',
    source: 'unchecked: Next.js documentation',
  },
  {
    api: 'next/cache:unstable_cache',
    phase: 'request',
    args: [0],
    label: 'a cached function',
    source: 'unchecked: Next.js documentation',
  },
  {
    api: 'next:().getRequestHandler()',
    phase: 'request',
    label: 'a request',
    source: 'unchecked: Next.js documentation',
  },
  {
    api: '@middy/core:',
    phase: 'request',
    args: [0],
    label: 'a Lambda handler',
    source: 'unchecked: middy documentation',
  },
  {
    api: '@google-cloud/functions-framework:{http,cloudEvent}',
    phase: 'request',
    args: [1],
    label: 'function {0}',
    source: 'unchecked: functions-framework README.md',
  },
  {
    api: 'firebase-functions{,/v1,/v2,/v2/https}:{https.,}{onRequest,onCall}',
    phase: 'request',
    label: 'function',
    source: 'unchecked: Firebase documentation',
  },
  {
    api: 'firebase-functions/v2/scheduler:onSchedule',
    phase: 'job',
    args: [1],
    label: 'on a schedule',
    source: 'unchecked: Firebase documentation',
  },
];
