import type { TypeAlias } from './types.js';

/**
 * Type names that stand for something other than an instance of a class of that name (which needs no entry: `pg:Pool` as a
 * type is `pg:Pool()`). Where `phase` is given, a function with such a parameter runs in that phase.
 */
export const typeAliases: readonly TypeAlias[] = [
  // Express
  { type: 'express:{Express,Application,IApplication}', api: 'express:()' },
  { type: 'express:{Router,IRouter,IRoute}', api: 'express:Router()' },
  { type: 'express:{Request}', api: 'express:().get/1.0', phase: 'request' },
  { type: 'express:{Response}', api: 'express:().get/1.1', phase: 'request' },
  { type: 'express-serve-static-core:{Application,Express}', api: 'express:()' },
  { type: 'express-serve-static-core:Request', api: 'express:().get/1.0', phase: 'request' },
  { type: 'express-serve-static-core:Response', api: 'express:().get/1.1', phase: 'request' },

  // Fastify
  { type: 'fastify:{FastifyInstance,FastifyBaseInstance}', api: 'fastify:()' },
  { type: 'fastify:FastifyRequest', api: 'fastify:().get/1.0', phase: 'request' },
  { type: 'fastify:FastifyReply', api: 'fastify:().get/1.1', phase: 'request' },

  // Koa
  {
    type: 'koa:{Context,ParameterizedContext,BaseContext,DefaultContext,ExtendableContext}',
    api: 'koa:().use/0.0',
    phase: 'request',
  },
  { type: 'koa:Request', api: 'koa:().use/0.0.request', phase: 'request' },
  {
    type: '{@koa/router,koa-router}:{RouterContext,IRouterContext,IRouterParamContext}',
    api: 'koa:().use/0.0',
    phase: 'request',
  },

  // Hapi
  { type: '@hapi/hapi:{Server,ServerInstance}', api: '@hapi/hapi:Server()' },
  { type: '@hapi/hapi:Request', api: '@hapi/hapi:Server().route/0.handler.0', phase: 'request' },
  { type: '@hapi/hapi:ResponseToolkit', api: '@hapi/hapi:Server().route/0.handler.1', phase: 'request' },

  // Nest
  {
    type: '@nestjs/common:{INestApplication,INestApplicationContext,INestMicroservice}',
    api: '@nestjs/core:NestFactory.create()',
  },
  { type: '@nestjs/platform-express:NestExpressApplication', api: '@nestjs/core:NestFactory.create()' },
  { type: '@nestjs/platform-fastify:NestFastifyApplication', api: '@nestjs/core:NestFactory.create()' },
  {
    type: '@nestjs/common:{ExecutionContext,ArgumentsHost}',
    api: '@nestjs/common:ExecutionContext()',
    phase: 'request',
  },

  // Next and other servers
  { type: 'next:{NextApiRequest,GetServerSidePropsContext}', api: 'next:NextApiRequest()', phase: 'request' },
  { type: 'next/server:NextRequest', api: 'next/server:NextRequest()', phase: 'request' },
  { type: 'hono:Context', api: 'hono:Hono().get/1.0', phase: 'request' },
  { type: 'restify:Server', api: 'restify:createServer()' },
  { type: 'restify:Request', api: 'restify:createServer().get/1.0', phase: 'request' },
  { type: 'polka:Polka', api: 'polka:()' },
  { type: '@sveltejs/kit:RequestEvent', api: '@sveltejs/kit:RequestEvent()', phase: 'request' },
  {
    type: '{@remix-run/node,@remix-run/server-runtime,react-router}:{LoaderFunctionArgs,ActionFunctionArgs,LoaderArgs,ActionArgs}',
    api: 'react-router:LoaderFunctionArgs()',
    phase: 'request',
  },
  {
    type: 'aws-lambda:{APIGatewayProxyEvent,APIGatewayProxyEventV2,APIGatewayEvent}',
    api: 'aws-lambda:APIGatewayProxyEvent()',
    phase: 'request',
  },
  { type: 'graphql:GraphQLResolveInfo', api: 'graphql:GraphQLResolveInfo()', phase: 'request' },

  // Node and sockets
  { type: 'http:IncomingMessage', api: 'http:createServer/0.0', phase: 'request' },
  { type: 'http:ServerResponse', api: 'http:createServer/0.1', phase: 'request' },
  { type: '{http,https,http2}:{Server,Http2Server,Http2SecureServer}', api: 'http:createServer()' },
  { type: 'net:Server', api: 'net:createServer()' },
  { type: 'net:Socket', api: 'net:createServer/0.0', phase: 'socket' },
  { type: 'events:EventEmitter', api: 'events:EventEmitter()' },
  { type: 'socket.io:{Server,Namespace}', api: 'socket.io:Server()' },
  { type: 'socket.io:Socket', api: 'socket.io:Server().on/1.0', phase: 'socket' },
  { type: 'ws:{WebSocketServer,Server}', api: 'ws:WebSocketServer()' },

  // Databases
  { type: 'pg:{PoolClient,ClientBase}', api: 'pg:Client()' },
  { type: 'postgres:{Sql,TransactionSql}', api: 'postgres:()' },
  { type: 'pg-promise:{IDatabase,ITask}', api: 'pg-promise:()()' },
  { type: 'slonik:{DatabasePool,DatabaseTransactionConnection,CommonQueryMethods}', api: 'slonik:createPool()' },
  { type: '{mysql,mysql2,mysql2/promise,mariadb}:{Pool,Connection,PoolConnection}', api: 'mysql2:createPool()' },
  { type: 'mssql:{ConnectionPool,config}', api: 'mssql:ConnectionPool()' },
  {
    type: 'mongoose:{Model,ReturnModelType,PaginateModel,AggregatePaginateModel,SoftDeleteModel}',
    api: 'mongoose:model()',
  },
  { type: 'mongoose:{Document,HydratedDocument}', api: 'mongoose:model()()' },
  { type: 'mongoose:Connection', api: 'mongoose:connection' },
  { type: '@typegoose/typegoose:{ReturnModelType,ModelType}', api: 'mongoose:model()' },
  { type: 'typeorm:Connection', api: 'typeorm:DataSource()' },
  {
    type: 'typeorm:{SelectQueryBuilder,UpdateQueryBuilder,DeleteQueryBuilder,InsertQueryBuilder}',
    api: 'typeorm:QueryBuilder()',
  },
  { type: 'sequelize:{ModelStatic,ModelCtor}', api: 'sequelize:Model' },
  { type: 'knex:{Knex,QueryBuilder,Transaction}', api: 'knex:()' },
  {
    type: 'drizzle-orm/{node-postgres,postgres-js,mysql2,better-sqlite3,libsql,neon-http,neon-serverless}:{NodePgDatabase,PostgresJsDatabase,MySql2Database,BetterSQLite3Database,LibSQLDatabase,NeonHttpDatabase,NeonDatabase}',
    api: 'drizzle-orm:drizzle()',
  },
  { type: 'kysely:{Kysely,Transaction}', api: 'kysely:Kysely()' },
  { type: 'better-sqlite3:Database', api: 'better-sqlite3:()' },
  { type: '@supabase/supabase-js:SupabaseClient', api: '@supabase/supabase-js:createClient()' },

  // Redis, queues, brokers
  { type: 'redis:{RedisClientType,RedisClient,RedisClusterType}', api: 'redis:createClient()' },
  { type: '@redis/client:{RedisClientType,RedisClusterType}', api: 'redis:createClient()' },
  { type: 'bull:Queue', api: 'bull:()' },
  { type: 'bull:Job', api: 'bull:Job()', phase: 'consumer' },
  { type: 'bullmq:Job', api: 'bullmq:Job()', phase: 'consumer' },
  { type: 'amqplib:{Channel,ConfirmChannel}', api: 'amqplib:connect().createChannel()' },
  { type: 'amqplib:{Connection,ChannelModel}', api: 'amqplib:connect()' },
  { type: 'amqplib/callback_api:{Channel,ConfirmChannel}', api: 'amqplib:connect().createChannel()' },
  { type: 'amqplib/callback_api:Connection', api: 'amqplib:connect()' },
  { type: 'amqp-connection-manager:ChannelWrapper', api: 'amqp-connection-manager:connect().createChannel()' },
  { type: 'kafkajs:Producer', api: 'kafkajs:Kafka().producer()' },
  { type: 'kafkajs:Consumer', api: 'kafkajs:Kafka().consumer()' },
  { type: '{nats,@nats-io/transport-node}:NatsConnection', api: 'nats:connect()' },
  { type: 'mqtt:MqttClient', api: 'mqtt:connect()' },

  // Mail and HTTP clients
  { type: 'nodemailer:Transporter', api: 'nodemailer:createTransport()' },
  { type: 'axios:{AxiosInstance,AxiosStatic}', api: 'axios:' },
  { type: 'got:Got', api: 'got:' },
  { type: 'ky:KyInstance', api: 'ky:' },
];
