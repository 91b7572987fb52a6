import type { FunctionType } from '../types.js';

const FASTIFY = 'fastify@5.12.8 fastify.d.ts:226-245';
const NEXT = 'unchecked: Next.js documentation';

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
    source: 'express-serve-static-core@0.1.1 express-serve-static-core.d.ts:28',
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
    source: '@fastify/type-provider-json-schema-to-ts@5.0.0 dist/index.d.ts:16',
  },
  {
    type: 'fastify-type-provider-zod:{FastifyPluginAsyncZod,FastifyPluginCallbackZod}',
    phase: 'boot',
    parameters: ['fastify:()'],
    label: 'a plugin',
    source: 'fastify-type-provider-zod@7.0.0 dist/esm/core.d.ts:41',
  },
  {
    type: 'fastify:{RouteHandlerMethod,RouteHandler,preHandlerHookHandler,preHandlerAsyncHookHandler,onRequestHookHandler,onRequestAsyncHookHandler,preValidationHookHandler,onSendHookHandler,onResponseHookHandler}',
    phase: 'request',
    parameters: ['fastify:().get/1.0', 'fastify:().get/1.1'],
    label: 'a request handler',
    source: FASTIFY,
  },
  {
    type: 'koa:{Middleware}',
    phase: 'request',
    parameters: ['koa:().use/0.0'],
    label: 'middleware',
    source: 'unchecked: @types/koa',
  },
  {
    type: '{@koa/router,koa-router}:{IMiddleware,RouterMiddleware,Middleware}',
    phase: 'request',
    parameters: ['koa:().use/0.0'],
    label: 'middleware',
    source: 'unchecked: @types/koa-router',
  },
  {
    type: '@hapi/hapi:Lifecycle.Method',
    phase: 'request',
    label: 'a request handler',
    source: 'unchecked: @hapi/hapi lib/types',
  },
  {
    type: 'hono:{Handler,MiddlewareHandler}',
    phase: 'request',
    label: 'a request handler',
    source: 'hono@4.13.19 dist/types/index.d.ts:1',
  },
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
    source: 'react-router@8.5.1 dist/production/index.d.ts:3',
  },
  {
    type: 'aws-lambda:{Handler,APIGatewayProxyHandler,APIGatewayProxyHandlerV2,ALBHandler,SQSHandler,SNSHandler,S3Handler,ScheduledHandler,DynamoDBStreamHandler}',
    phase: 'request',
    label: 'a Lambda handler',
    source: 'unchecked: @types/aws-lambda',
  },
];
