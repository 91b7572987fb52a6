import type { FileConvention, FunctionType, LifecycleMethod } from './types.js';

const NEST = '@nestjs/core@12.5.1 hooks/*.hook.js';
const NEST_PARTS = 'unchecked: Nest documentation, request lifecycle';

/** Methods a framework calls by their names. Paths in `of` are those of the class, interface or decorator itself. */
export const lifecycleMethods: readonly LifecycleMethod[] = [
  { method: 'onModuleInit', phase: 'boot', label: 'onModuleInit', source: NEST },
  { method: 'onApplicationBootstrap', phase: 'boot', label: 'onApplicationBootstrap', source: NEST },
  { method: 'onModuleDestroy', phase: 'shutdown', label: 'onModuleDestroy', source: NEST },
  { method: 'beforeApplicationShutdown', phase: 'shutdown', label: 'beforeApplicationShutdown', source: NEST },
  { method: 'onApplicationShutdown', phase: 'shutdown', label: 'onApplicationShutdown', source: NEST },
  { method: 'configure', phase: 'boot', of: ['@nestjs/common:{NestModule,Module}'], label: 'configure', source: NEST_PARTS },
  { method: 'use', phase: 'request', of: ['@nestjs/common:{NestMiddleware,Injectable}'], label: 'middleware', source: NEST_PARTS },
  { method: 'canActivate', phase: 'request', label: 'a guard', source: NEST_PARTS },
  { method: 'intercept', phase: 'request', of: ['@nestjs/common:{NestInterceptor,Injectable}'], label: 'an interceptor', source: NEST_PARTS },
  { method: 'transform', phase: 'request', of: ['@nestjs/common:PipeTransform'], label: 'a pipe', source: NEST_PARTS },
  { method: 'catch', phase: 'request', of: ['@nestjs/common:{ExceptionFilter,Catch}', '@nestjs/core:BaseExceptionFilter'], label: 'an exception filter', source: NEST_PARTS },
  { method: 'validate', phase: 'request', of: ['@nestjs/passport:PassportStrategy()'], label: 'sign-in', source: NEST_PARTS },
  { method: 'handleRequest', phase: 'request', of: ['@nestjs/passport:AuthGuard()'], label: 'sign-in', source: NEST_PARTS },
  { method: 'shouldSkip', phase: 'request', of: ['@nestjs/throttler:ThrottlerGuard'], label: 'a guard', source: NEST_PARTS },
  { method: 'getTracker', phase: 'request', of: ['@nestjs/throttler:ThrottlerGuard'], label: 'a guard', source: NEST_PARTS },
  { method: 'afterInit', phase: 'boot', of: ['@nestjs/websockets:{OnGatewayInit,WebSocketGateway}'], label: 'gateway start', source: NEST_PARTS },
  { method: 'handleConnection', phase: 'socket', of: ['@nestjs/websockets:{OnGatewayConnection,WebSocketGateway}'], label: 'a socket connection', source: NEST_PARTS },
  { method: 'handleDisconnect', phase: 'socket', of: ['@nestjs/websockets:{OnGatewayDisconnect,WebSocketGateway}'], label: 'a socket disconnect', source: NEST_PARTS },
  { method: 'process', phase: 'consumer', of: ['@nestjs/bullmq:{WorkerHost,Processor}'], label: 'a queued job', source: 'unchecked: @nestjs/bullmq documentation' },
  { method: 'execute', phase: 'request', of: ['@nestjs/cqrs:{CommandHandler,ICommandHandler,QueryHandler,IQueryHandler}'], label: 'a command', source: 'unchecked: @nestjs/cqrs documentation' },
  { method: 'handle', phase: 'event', of: ['@nestjs/cqrs:{EventsHandler,IEventHandler}'], label: 'an event', source: 'unchecked: @nestjs/cqrs documentation' },
  { method: 'use', phase: 'request', of: ['routing-controllers:{ExpressMiddlewareInterface,KoaMiddlewareInterface,Middleware}', 'type-graphql:MiddlewareInterface'], label: 'middleware', source: 'unchecked: routing-controllers README.md' },
  { method: 'error', phase: 'request', of: ['routing-controllers:{ExpressErrorMiddlewareInterface,Middleware}'], label: 'an error handler', source: 'unchecked: routing-controllers README.md' },
  { method: 'intercept', phase: 'request', of: ['routing-controllers:{InterceptorInterface,Interceptor}'], label: 'an interceptor', source: 'unchecked: routing-controllers README.md' },
  { method: 'use', phase: 'request', of: ['@tsed/platform-middlewares:{Middleware,MiddlewareMethods}', '@tsed/common:{Middleware,MiddlewareMethods}'], label: 'middleware', source: 'unchecked: Ts.ED documentation' },
  { method: '$onInit', phase: 'boot', label: '$onInit', source: 'unchecked: Ts.ED documentation, hooks' },
  { method: '$onReady', phase: 'boot', label: '$onReady', source: 'unchecked: Ts.ED documentation, hooks' },
  { method: '$onDestroy', phase: 'shutdown', label: '$onDestroy', source: 'unchecked: Ts.ED documentation, hooks' },
];

const FASTIFY = 'fastify@5.12.8 fastify.d.ts:226-245';
const NEXT = 'unchecked: Next.js documentation';
const STRAPI = 'unchecked: Strapi documentation';
const SAILS = 'unchecked: Sails documentation';

/** Types a function can be declared as, and when such a function runs. */
export const functionTypes: readonly FunctionType[] = [
  {
    type: 'express:{RequestHandler,ErrorRequestHandler,Handler,RequestParamHandler}',
    phase: 'request',
    parameters: ['express:().get/1.0', 'express:().get/1.1'],
    label: 'a request handler',
    source: 'unchecked: @types/express',
  },
  {
    type: 'express-serve-static-core:{RequestHandler,ErrorRequestHandler}',
    phase: 'request',
    parameters: ['express:().get/1.0', 'express:().get/1.1'],
    label: 'a request handler',
    source: 'unchecked: @types/express-serve-static-core',
  },
  {
    type: 'fastify:{FastifyPluginAsync,FastifyPluginCallback,FastifyPlugin,FastifyRegister}',
    phase: 'boot',
    parameters: ['fastify:()'],
    label: 'a plugin',
    source: FASTIFY,
  },
  {
    type: '@fastify/type-provider-{typebox,json-schema-to-ts}:{FastifyPluginAsyncTypebox,FastifyPluginCallbackTypebox,FastifyPluginAsyncJsonSchemaToTs,FastifyPluginCallbackJsonSchemaToTs}',
    phase: 'boot',
    parameters: ['fastify:()'],
    label: 'a plugin',
    source: 'unchecked: @fastify/type-provider-typebox README.md',
  },
  {
    type: 'fastify-type-provider-zod:{FastifyPluginAsyncZod,FastifyPluginCallbackZod}',
    phase: 'boot',
    parameters: ['fastify:()'],
    label: 'a plugin',
    source: 'unchecked: fastify-type-provider-zod README.md',
  },
  {
    type: 'fastify:{RouteHandlerMethod,RouteHandler,preHandlerHookHandler,preHandlerAsyncHookHandler,onRequestHookHandler,onRequestAsyncHookHandler,preValidationHookHandler,onSendHookHandler,onResponseHookHandler}',
    phase: 'request',
    parameters: ['fastify:().get/1.0', 'fastify:().get/1.1'],
    label: 'a request handler',
    source: FASTIFY,
  },
  { type: 'koa:{Middleware}', phase: 'request', parameters: ['koa:().use/0.0'], label: 'middleware', source: 'unchecked: @types/koa' },
  { type: '{@koa/router,koa-router}:{IMiddleware,RouterMiddleware,Middleware}', phase: 'request', parameters: ['koa:().use/0.0'], label: 'middleware', source: 'unchecked: @types/koa-router' },
  { type: '@hapi/hapi:Lifecycle.Method', phase: 'request', label: 'a request handler', source: 'unchecked: @hapi/hapi lib/types' },
  { type: 'hono:{Handler,MiddlewareHandler}', phase: 'request', label: 'a request handler', source: 'unchecked: Hono documentation' },
  {
    type: 'next:{NextApiHandler,GetServerSideProps,GetStaticProps,GetStaticPaths,NextMiddleware}',
    phase: 'request',
    label: 'a page or API route',
    source: NEXT,
  },
  { type: 'next/server:NextMiddleware', phase: 'request', label: 'middleware', source: NEXT },
  {
    type: '@sveltejs/kit:{RequestHandler,Handle,HandleFetch,HandleServerError,ServerLoad,Load,Actions}',
    phase: 'request',
    label: 'a request handler',
    source: 'unchecked: SvelteKit documentation',
  },
  {
    type: '{@remix-run/node,@remix-run/server-runtime,react-router}:{LoaderFunction,ActionFunction,MiddlewareFunction}',
    phase: 'request',
    label: 'a loader or action',
    source: 'unchecked: React Router documentation',
  },
  {
    type: 'aws-lambda:{Handler,APIGatewayProxyHandler,APIGatewayProxyHandlerV2,ALBHandler,SQSHandler,SNSHandler,S3Handler,ScheduledHandler,DynamoDBStreamHandler}',
    phase: 'request',
    label: 'a Lambda handler',
    source: 'unchecked: @types/aws-lambda',
  },
];

const PAGE_EXTENSION = '\\.(?:ts|tsx|js|jsx|mts|mjs)$';

/** Files whose exports a framework runs. */
export const fileConventions: readonly FileConvention[] = [
  {
    packages: ['next'],
    files: `(?:^|/)app/(?:.+/)?route${PAGE_EXTENSION}`,
    exports: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
    phase: 'request',
    label: '{name} of {file}',
    source: NEXT,
  },
  { packages: ['next'], files: `(?:^|/)pages/api/.+${PAGE_EXTENSION}`, exports: ['default'], phase: 'request', label: 'API route {file}', source: NEXT },
  {
    packages: ['next'],
    files: `(?:^|/)app/(?:.+/)?(?:page|layout|template|loading|not-found|default|sitemap|robots|manifest|opengraph-image|twitter-image|icon)${PAGE_EXTENSION}`,
    exports: ['default', 'generateMetadata', 'generateStaticParams', 'generateViewport'],
    phase: 'request',
    label: 'page {file}',
    source: NEXT,
  },
  {
    packages: ['next'],
    files: `(?:^|/)pages/(?!api/).+${PAGE_EXTENSION}`,
    exports: ['getServerSideProps', 'getStaticProps', 'getStaticPaths', 'getInitialProps'],
    phase: 'request',
    label: '{name} of {file}',
    source: NEXT,
  },
  { packages: ['next'], files: `^(?:src/)?(?:middleware|proxy)${PAGE_EXTENSION}`, exports: ['middleware', 'proxy', 'default'], phase: 'request', label: 'middleware', source: NEXT },
  { packages: ['next'], files: `^(?:src/)?instrumentation${PAGE_EXTENSION}`, exports: ['register'], phase: 'boot', label: 'the start of the server (instrumentation)', source: NEXT },
  { packages: ['next'], files: `^(?:src/)?instrumentation${PAGE_EXTENSION}`, exports: ['onRequestError'], phase: 'request', label: 'a failed request', source: NEXT },

  {
    packages: ['nuxt', 'nitropack', 'nitro'],
    files: `(?:^|/)server/(?:api|routes|middleware)/.+${PAGE_EXTENSION}`,
    exports: ['default'],
    phase: 'request',
    label: 'route {file}',
    source: 'unchecked: Nitro documentation',
  },
  {
    packages: ['nuxt', 'nitropack', 'nitro'],
    files: `(?:^|/)server/plugins/.+${PAGE_EXTENSION}`,
    exports: ['default'],
    phase: 'boot',
    label: 'Nitro plugin {file}',
    source: 'unchecked: Nitro documentation',
  },
  {
    packages: ['@sveltejs/kit'],
    files: `(?:^|/)routes/(?:.+/)?\\+(?:server|page\\.server|layout\\.server)${PAGE_EXTENSION}`,
    exports: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'fallback', 'load', 'actions'],
    phase: 'request',
    label: '{name} of {file}',
    source: 'unchecked: SvelteKit documentation',
  },
  {
    packages: ['@sveltejs/kit'],
    files: `(?:^|/)hooks\\.server${PAGE_EXTENSION}`,
    exports: ['handle', 'handleFetch', 'handleError'],
    phase: 'request',
    label: 'hook {name}',
    source: 'unchecked: SvelteKit documentation',
  },
  { packages: ['@sveltejs/kit'], files: `(?:^|/)hooks\\.server${PAGE_EXTENSION}`, exports: ['init'], phase: 'boot', label: 'the start of the server', source: 'unchecked: SvelteKit documentation' },
  {
    packages: ['@remix-run/node', '@remix-run/react', '@remix-run/express', '@react-router/node'],
    files: `(?:^|/)app/(?:root|routes/.+)${PAGE_EXTENSION}`,
    exports: ['loader', 'action', 'headers', 'meta'],
    phase: 'request',
    label: '{name} of {file}',
    source: 'unchecked: React Router documentation',
  },
  {
    packages: ['astro'],
    files: `(?:^|/)src/pages/.+\\.(?:ts|js|mjs)$`,
    exports: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'ALL'],
    phase: 'request',
    label: '{name} of {file}',
    source: 'unchecked: Astro documentation',
  },
  { packages: ['astro'], files: `(?:^|/)src/middleware(?:/index)?\\.(?:ts|js|mjs)$`, exports: ['onRequest'], phase: 'request', label: 'middleware', source: 'unchecked: Astro documentation' },

  { packages: ['sails'], files: '(?:^|/)api/(?:controllers|policies|responses)/.+\\.(?:js|ts)$', exports: ['default', '*'], phase: 'request', label: '{name} of {file}', source: SAILS },
  { packages: ['sails'], files: '(?:^|/)api/controllers/.+\\.(?:js|ts)$', exports: ['default.fn'], phase: 'request', label: 'action {file}', source: SAILS },
  { packages: ['sails'], files: '(?:^|/)config/bootstrap\\.(?:js|ts)$', exports: ['bootstrap', 'default'], phase: 'boot', label: 'the start of the server', source: SAILS },
  { packages: ['sails'], files: '(?:^|/)api/hooks/.+\\.(?:js|ts)$', exports: ['default'], phase: 'boot', label: 'hook {file}', source: SAILS },

  {
    packages: ['@strapi/strapi', 'strapi'],
    files: '(?:^|/)src/(?:api|extensions|plugins)/.+/(?:controllers|middlewares|policies)/.+\\.(?:js|ts)$',
    exports: ['default', '*'],
    phase: 'request',
    label: '{name} of {file}',
    source: STRAPI,
  },
  {
    packages: ['@strapi/strapi', 'strapi'],
    files: '(?:^|/)src/index\\.(?:js|ts)$',
    exports: ['default.register', 'default.bootstrap', 'register', 'bootstrap'],
    phase: 'boot',
    label: 'the start of the server',
    source: STRAPI,
  },
  { packages: ['@strapi/strapi', 'strapi'], files: '(?:^|/)src/index\\.(?:js|ts)$', exports: ['default.destroy', 'destroy'], phase: 'shutdown', label: 'destroy', source: STRAPI },

  {
    packages: ['@feathersjs/feathers', '@feathersjs/express', '@feathersjs/koa'],
    files: '(?:^|/)hooks/.+\\.(?:js|ts)$',
    exports: ['default', '*'],
    phase: 'request',
    label: 'hook {file}',
    source: 'unchecked: Feathers documentation',
  },
  {
    packages: ['egg'],
    files: '(?:^|/)app/(?:controller|middleware)/.+\\.(?:js|ts)$',
    exports: ['default', '*'],
    phase: 'request',
    label: '{name} of {file}',
    source: 'unchecked: Egg documentation',
  },
  { packages: ['egg'], files: '(?:^|/)app/schedule/.+\\.(?:js|ts)$', exports: ['default.task', 'task'], phase: 'job', label: 'schedule {file}', source: 'unchecked: Egg documentation' },
  {
    packages: ['@vercel/node', 'vercel'],
    files: `^api/.+${PAGE_EXTENSION}`,
    exports: ['default', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    phase: 'request',
    label: 'function {file}',
    source: 'unchecked: Vercel documentation',
  },
];
