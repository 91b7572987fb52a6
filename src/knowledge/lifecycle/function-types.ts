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
    source: 'unchecked: Hono documentation',
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
    source: 'unchecked: React Router documentation',
  },
  {
    type: 'aws-lambda:{Handler,APIGatewayProxyHandler,APIGatewayProxyHandlerV2,ALBHandler,SQSHandler,SNSHandler,S3Handler,ScheduledHandler,DynamoDBStreamHandler}',
    phase: 'request',
    label: 'a Lambda handler',
    source: 'unchecked: @types/aws-lambda',
  },
];
