import { socketAliases } from './socket-aliases.js';
import type { PassThrough, PathAlias } from './types.js';

const EXPRESS = 'express@5.3.0 lib/express.js, lib/application.js';
const FASTIFY = 'fastify@5.12.8 fastify.js:1056-1060 (exports), lib/plugin-override.js';
const KOA = '@koa/router@15.7.0 dist/index.d.ts:1018 (exports); koa itself unchecked';
const HAPI = '@hapi/hapi@21.4.10 lib/index.js:9-11 (Server, server)';
const NODE = 'Node.js API documentation';
const MONGOOSE = 'mongoose@9.12.1 types/models.d.ts, types/query.d.ts, types/connection.d.ts';
const MONGODB = 'mongodb@7.8.0 mongodb.d.ts (callbacks before version 5)';
const TYPEORM =
  'typeorm@1.1.1 data-source/DataSource.d.ts, repository/*.d.ts (createConnection, getRepository … before version 1)';
const SEQUELIZE = 'sequelize@6.37.8 lib/sequelize.js, lib/model.js';
const MIKRO = 'unchecked: MikroORM documentation';
const KYSELY = 'kysely@0.28.18 dist/cjs/kysely.d.ts';
const KNEX = 'knex@3.3.0 types/index.d.ts';

/** Paths that mean the same thing: fluent APIs, other names of the same export, and packages that copy another's API. */
export const aliases: readonly PathAlias[] = [
  // Express and look-alikes. `express:().get/1.0` is any request, `express:().get/1.1` any response.
  { api: 'express:{express,application}', is: 'express:', source: EXPRESS },
  { api: 'express:{(),Router()}.route()', is: 'express:Router()', source: EXPRESS },
  {
    api: 'express:().{get,post,put,patch,delete,del,head,options,all,use,param,set,enable,disable,engine}()',
    is: 'express:()',
    source: EXPRESS,
  },
  {
    api: 'express:Router().{get,post,put,patch,delete,del,head,options,all,use,param}()',
    is: 'express:Router()',
    source: EXPRESS,
  },
  {
    api: 'express:{(),Router()}.{post,put,patch,delete,del,options,all}/{0,1,2,3,4,5}.0',
    is: 'express:().get/1.0',
    source: EXPRESS,
  },
  {
    api: 'express:{(),Router()}.{post,put,patch,delete,del,options,all}/{0,1,2,3,4,5}.1',
    is: 'express:().get/1.1',
    source: EXPRESS,
  },
  { api: 'express:{().use,Router().get,Router().use}/{0,1,2,3,4,5}.0', is: 'express:().get/1.0', source: EXPRESS },
  { api: 'express:{().use,Router().get,Router().use}/{0,1,2,3,4,5}.1', is: 'express:().get/1.1', source: EXPRESS },
  { api: 'express:().get/{0,2,3,4,5}.0', is: 'express:().get/1.0', source: EXPRESS },
  { api: 'express:().get/{0,2,3,4,5}.1', is: 'express:().get/1.1', source: EXPRESS },
  { api: 'express:().get/1.{0,1}.app', is: 'express:()', source: EXPRESS },
  { api: 'express:().get/1.0.res', is: 'express:().get/1.1', source: EXPRESS },
  { api: 'express:().get/1.1.req', is: 'express:().get/1.0', source: EXPRESS },
  {
    api: 'express:().get/1.1.{status,set,header,type,cookie,clearCookie,vary,links,location,append,attachment}()',
    is: 'express:().get/1.1',
    source: EXPRESS,
  },
  { api: 'express:().listen()', is: 'http:createServer()', source: EXPRESS },
  { api: 'express-ws:().app', is: 'express:()', source: 'unchecked: express-ws README.md' },
  { api: 'express-ws:().getWss()', is: 'ws:WebSocketServer()', source: 'unchecked: express-ws README.md' },
  {
    api: '{express-promise-router:(),express-async-router:AsyncRouter()}',
    is: 'express:Router()',
    source: 'unchecked: express-promise-router README.md',
  },
  {
    api: 'polka:().{get,post,put,patch,delete,head,options,all,use}()',
    is: 'polka:()',
    source: 'unchecked: polka README.md',
  },

  {
    api: 'awilix:createContainer().{createScope,register,loadModules}()',
    is: 'awilix:createContainer()',
    source: 'awilix@13.0.5 README.md',
  },
  { api: 'awilix:{asClass,asFunction}/0.0', is: 'awilix:createContainer().cradle', source: 'awilix@13.0.5 README.md' },
  { api: 'redbean-node:R.knex', is: 'knex:()', source: 'redbean-node README.md, R.setup(knex)' },

  // Node's own
  { api: '{http,https,http2}:{Server,createSecureServer}', is: 'http:createServer', source: NODE },
  { api: '{https,http2}:createServer', is: 'http:createServer', source: NODE },
  { api: 'http:createServer().{listen,on,once,setTimeout,close}()', is: 'http:createServer()', source: NODE },
  {
    api: 'global:process.{on,once,off,addListener,prependListener,removeListener,removeAllListeners}()',
    is: 'global:process',
    source: NODE,
  },
  {
    api: 'process:{on,once,off,addListener,prependListener,removeListener,removeAllListeners}()',
    is: 'process:',
    source: NODE,
  },
  { api: 'net:Server', is: 'net:createServer', source: NODE },
  { api: 'tls:{Server,createServer}', is: 'net:createServer', source: NODE },
  { api: 'net:createServer().{listen,on,once}()', is: 'net:createServer()', source: NODE },
  { api: 'events:()', is: 'events:EventEmitter()', source: NODE },
  {
    api: 'events:EventEmitter().{on,once,addListener,prependListener,off,removeListener}()',
    is: 'events:EventEmitter()',
    source: NODE,
  },
  {
    api: 'eventemitter3:{(),EventEmitter()}',
    is: 'events:EventEmitter()',
    source: 'unchecked: eventemitter3 README.md',
  },
  { api: 'eventemitter2:()', is: 'eventemitter2:EventEmitter2()', source: 'unchecked: eventemitter2 README.md' },
  {
    api: '@nestjs/event-emitter:EventEmitter2',
    is: 'eventemitter2:EventEmitter2',
    source: 'unchecked: @nestjs/event-emitter README.md',
  },
  { api: 'graceful-fs:', is: 'fs:', source: 'unchecked: graceful-fs README.md' },
  { api: 'rxjs:{interval,timer}().pipe()', is: 'rxjs:interval()', source: 'unchecked: RxJS documentation' },
  { api: 'rxjs:timer()', is: 'rxjs:interval()', source: 'unchecked: RxJS documentation' },

  // Fastify
  { api: 'fastify:fastify', is: 'fastify:', source: FASTIFY },
  {
    api: 'fastify:().{register,addHook,decorate,decorateRequest,decorateReply,route,withTypeProvider,after,ready}()',
    is: 'fastify:()',
    source: FASTIFY,
  },
  {
    api: 'fastify:().{get,post,put,patch,delete,head,options,all,setErrorHandler,setNotFoundHandler}()',
    is: 'fastify:()',
    source: FASTIFY,
  },
  { api: 'fastify:().register/0.0', is: 'fastify:()', source: FASTIFY },
  { api: 'fastify-plugin:/0.0', is: 'fastify:()', source: 'fastify-plugin@6.0.1 index.js' },
  { api: 'fastify:().after/0.1', is: 'fastify:()', source: FASTIFY },
  { api: 'fastify:().{post,put,patch,delete,head,options,all}/{1,2}.0', is: 'fastify:().get/1.0', source: FASTIFY },
  { api: 'fastify:().{post,put,patch,delete,head,options,all}/{1,2}.1', is: 'fastify:().get/1.1', source: FASTIFY },
  {
    api: 'fastify:().{get/2,addHook/1,route/0.handler,route/0.preHandler}.0',
    is: 'fastify:().get/1.0',
    source: FASTIFY,
  },
  {
    api: 'fastify:().{get/2,addHook/1,route/0.handler,route/0.preHandler}.1',
    is: 'fastify:().get/1.1',
    source: FASTIFY,
  },
  { api: 'fastify:().get/1.{0,1}.server', is: 'fastify:()', source: FASTIFY },
  { api: 'fastify:().io', is: 'socket.io:Server()', source: 'unchecked: fastify-socket.io README.md' },
  { api: 'fastify:().websocketServer', is: 'ws:WebSocketServer()', source: 'unchecked: @fastify/websocket README.md' },

  // Koa
  { api: 'koa:().use()', is: 'koa:()', source: KOA },
  { api: 'koa:().listen()', is: 'http:createServer()', source: KOA },
  { api: 'koa:().use/0.0.app', is: 'koa:()', source: KOA },
  { api: 'koa-router:', is: '@koa/router:', source: KOA },
  { api: '@koa/router:Router', is: '@koa/router:', source: KOA },
  {
    api: '@koa/router:().{get,post,put,patch,delete,del,head,options,all,use,prefix,param}()',
    is: '@koa/router:()',
    source: KOA,
  },
  { api: '@koa/router:().{get,post,put,patch,delete,del,all,use}/{0,1,2,3}.0', is: 'koa:().use/0.0', source: KOA },

  // Hapi
  { api: '{@hapi/hapi,hapi,@hapi/glue}:{server,Server,compose}', is: '@hapi/hapi:Server', source: HAPI },
  {
    api: '@hapi/hapi:Server().register/0.{register,plugin.register,plugin.plugin.register}.0',
    is: '@hapi/hapi:Server()',
    source: HAPI,
  },
  { api: '@hapi/hapi:Server().route/0.{handler,options.handler}.0.server', is: '@hapi/hapi:Server()', source: HAPI },

  // Nest
  {
    api: '@nestjs/core:NestFactory.{createMicroservice,createApplicationContext}',
    is: '@nestjs/core:NestFactory.create',
    source: '@nestjs/core@12.5.1 nest-factory.d.ts:53-63',
  },
  {
    api: '@nestjs/core:NestFactory.create().getHttpAdapter().getInstance()',
    is: 'express:()',
    source: 'unchecked: Nest documentation',
  },
  {
    api: '@nestjs/core:NestFactory.create().getHttpServer()',
    is: 'http:createServer()',
    source: 'unchecked: Nest documentation',
  },

  // Other servers
  { api: '{hono/quick,hono/tiny}:Hono', is: 'hono:Hono', source: 'unchecked: Hono documentation' },
  { api: '@hono/zod-openapi:OpenAPIHono', is: 'hono:Hono', source: 'unchecked: @hono/zod-openapi README.md' },
  {
    api: 'hono:Hono().{get,post,put,patch,delete,options,all,on,use,route,basePath,mount,openapi,notFound,onError}()',
    is: 'hono:Hono()',
    source: 'unchecked: Hono documentation',
  },
  { api: 'elysia:{(),Elysia()}.*()', is: 'elysia:Elysia()', source: 'unchecked: Elysia documentation' },
  {
    api: '@trpc/server:initTRPC.{context,meta}()',
    is: '@trpc/server:initTRPC',
    source: 'unchecked: tRPC documentation',
  },
  {
    api: '@trpc/server:initTRPC.create().procedure.{input,output,use,meta,concat,unstable_concat}()',
    is: '@trpc/server:initTRPC.create().procedure',
    source: 'unchecked: tRPC documentation',
  },

  // Sockets
  ...socketAliases,
  { api: 'socket.io:', is: 'socket.io:Server', source: 'unchecked: Socket.IO 2 documentation' },
  {
    api: 'socket.io:Server.Server',
    is: 'socket.io:Server',
    source: 'socket.io@4.8.4 dist/index.js:836-839 (exports), dist/socket.d.ts, dist/broadcast-operator.d.ts',
  },
  {
    api: 'socket.io:Server.Socket',
    is: 'socket.io:Socket',
    source: 'socket.io@4.8.4 dist/index.js:836-839 (exports), dist/socket.d.ts, dist/broadcast-operator.d.ts',
  },
  {
    api: 'socket.io:Server().{of,on,attach,listen,adapter,use,sockets,to,in,except,timeout,compress,bind}()',
    is: 'socket.io:Server()',
    source: 'socket.io@4.8.4 dist/index.js:836-839 (exports), dist/socket.d.ts, dist/broadcast-operator.d.ts',
  },
  {
    api: 'socket.io:Server().{sockets,volatile}',
    is: 'socket.io:Server()',
    source: 'socket.io@4.8.4 dist/index.js:836-839 (exports), dist/socket.d.ts, dist/broadcast-operator.d.ts',
  },
  {
    api: 'socket.io:Server().once/1.0',
    is: 'socket.io:Server().on/1.0',
    source: 'socket.io@4.8.4 dist/index.js:836-839 (exports), dist/socket.d.ts, dist/broadcast-operator.d.ts',
  },
  {
    api: 'socket.io:Server().use/0.0',
    is: 'socket.io:Server().on/1.0',
    source: 'socket.io@4.8.4 dist/index.js:836-839 (exports), dist/socket.d.ts, dist/broadcast-operator.d.ts',
  },
  {
    api: 'socket.io:Server().on/1.0.{to,in,except}()',
    is: 'socket.io:Server()',
    source: 'socket.io@4.8.4 dist/index.js:836-839 (exports), dist/socket.d.ts, dist/broadcast-operator.d.ts',
  },
  {
    api: 'socket.io:Server().on/1.0.volatile',
    is: 'socket.io:Server().on/1.0',
    source: 'socket.io@4.8.4 dist/index.js:836-839 (exports), dist/socket.d.ts, dist/broadcast-operator.d.ts',
  },
  {
    api: 'socket.io:Server().on/1.0.{nsp,server,broadcast}',
    is: 'socket.io:Server()',
    source: 'socket.io@4.8.4 dist/index.js:836-839 (exports), dist/socket.d.ts, dist/broadcast-operator.d.ts',
  },
  {
    api: 'ws:{Server,WebSocket.Server,WebSocket.WebSocketServer}',
    is: 'ws:WebSocketServer',
    source: 'ws@8.23.0 index.js (WebSocket.Server, WebSocket.WebSocketServer)',
  },
  { api: 'ws:WebSocket', is: 'ws:', source: 'ws@8.23.0 index.js (WebSocket.Server, WebSocket.WebSocketServer)' },
  {
    api: 'ws:WebSocketServer().{on,once}/1.0',
    is: 'ws:()',
    source: 'ws@8.23.0 index.js (WebSocket.Server, WebSocket.WebSocketServer)',
  },
  {
    api: 'ws:WebSocketServer().{on,once}()',
    is: 'ws:WebSocketServer()',
    source: 'ws@8.23.0 index.js (WebSocket.Server, WebSocket.WebSocketServer)',
  },
  { api: 'ws:().{on,once}()', is: 'ws:()', source: 'ws@8.23.0 index.js (WebSocket.Server, WebSocket.WebSocketServer)' },

  // SQL drivers
  { api: 'pg:native', is: 'pg:', source: 'pg@8.23.1 lib/index.js:53' },
  { api: 'pg-pool:', is: 'pg:Pool', source: 'unchecked: pg-pool README.md' },
  {
    api: '{@neondatabase/serverless,@vercel/postgres}:{Pool,createPool}',
    is: 'pg:Pool',
    source: 'unchecked: @neondatabase/serverless README.md',
  },
  {
    api: '{@neondatabase/serverless,@vercel/postgres}:{Client,createClient}',
    is: 'pg:Client',
    source: 'unchecked: @neondatabase/serverless README.md',
  },
  { api: 'pg:Pool().connect()', is: 'pg:Client()', source: 'pg@8.23.1 lib/client.js' },
  { api: 'pg:Pool().connect/0.1', is: 'pg:Client()', source: 'pg@8.23.1 lib/client.js' },
  {
    api: 'pg-promise:()().{task,tx,taskIf,txIf}/{0,1}.0',
    is: 'pg-promise:()()',
    source: 'unchecked: pg-promise README.md',
  },
  { api: 'postgres:().begin/{0,1}.0', is: 'postgres:()', source: 'unchecked: postgres README.md' },
  { api: 'postgres:().reserve()', is: 'postgres:()', source: 'unchecked: postgres README.md' },
  {
    api: 'slonik:createPool().{connect,transaction}/0.0',
    is: 'slonik:createPool()',
    source: 'unchecked: slonik README.md',
  },
  {
    api: '{mysql,mysql2,mysql2/promise,promise-mysql,mariadb,serverless-mysql}:{createPool,createConnection,createPoolCluster}',
    is: 'mysql2:createPool',
    source: 'unchecked: mysql2 documentation',
  },
  {
    api: 'mysql2:createPool().{promise,getConnection,of}()',
    is: 'mysql2:createPool()',
    source: 'unchecked: mysql2 documentation',
  },
  {
    api: 'mysql2:createPool().getConnection/0.1',
    is: 'mysql2:createPool()',
    source: 'unchecked: mysql2 documentation',
  },
  {
    api: 'mssql:{ConnectionPool(),connect()}.{request,connect,transaction}()',
    is: 'mssql:Request()',
    source: 'unchecked: mssql README.md',
  },
  { api: 'mssql:Request().{input,output,request}()', is: 'mssql:Request()', source: 'unchecked: mssql README.md' },
  {
    api: 'oracledb:{createPool(),getPool()}.getConnection()',
    is: 'oracledb:getConnection()',
    source: 'unchecked: node-oracledb documentation',
  },
  { api: 'sqlite3:verbose().Database', is: 'sqlite3:Database', source: 'unchecked: sqlite3 README.md' },

  // MongoDB and Mongoose. A query, its result and a document share one path: `mongoose:model()()`.
  { api: 'mongodb:{MongoClient.connect,connect}()', is: 'mongodb:MongoClient()', source: MONGODB },
  { api: 'mongodb:MongoClient().connect()', is: 'mongodb:MongoClient()', source: MONGODB },
  { api: 'mongodb:{MongoClient.,}connect/{1,2}.1', is: 'mongodb:MongoClient()', source: MONGODB },
  { api: 'mongodb:MongoClient().db()', is: 'mongodb:Db()', source: MONGODB },
  { api: 'mongodb:Db().{collection,createCollection}()', is: 'mongodb:Collection()', source: MONGODB },
  {
    api: 'mongodb:MongoClient().{withSession/0.0,withSession/1.0,startSession()}',
    is: 'mongodb:ClientSession()',
    source: MONGODB,
  },
  { api: 'mongoose:mongoose', is: 'mongoose:', source: MONGOOSE },
  { api: 'mongoose:Mongoose()', is: 'mongoose:', source: MONGOOSE },
  { api: 'mongoose:connect()', is: 'mongoose:', source: MONGOOSE },
  { api: 'mongoose:{createConnection(),connections.*}', is: 'mongoose:connection', source: MONGOOSE },
  { api: 'mongoose:connection.{asPromise,useDb,openUri}()', is: 'mongoose:connection', source: MONGOOSE },
  { api: 'mongoose:connection.model()', is: 'mongoose:model()', source: MONGOOSE },
  { api: 'mongoose:{,connection.}models.*', is: 'mongoose:model()', source: MONGOOSE },
  { api: 'mongoose:connection.{db,getClient().db()}', is: 'mongodb:Db()', source: MONGOOSE },
  { api: 'mongoose:connection.collection()', is: 'mongodb:Collection()', source: MONGOOSE },
  { api: 'mongoose:connection.collections.*', is: 'mongodb:Collection()', source: MONGOOSE },
  { api: 'mongoose:model().collection', is: 'mongodb:Collection()', source: MONGOOSE },
  { api: 'mongoose:model().discriminator()', is: 'mongoose:model()', source: MONGOOSE },
  {
    api: 'mongoose:model().{create,find,findById,findOne,findByIdAndUpdate,findOneAndUpdate,findOneAndReplace,findOneAndDelete,findByIdAndDelete,where,hydrate}()',
    is: 'mongoose:model()()',
    source: MONGOOSE,
  },
  {
    api: 'mongoose:model()().{sort,limit,skip,select,populate,where,equals,gt,lt,in,or,and,session,exec,orFail,setOptions,collation,save,set,find,findOne,toObject}()',
    is: 'mongoose:model()()',
    source: MONGOOSE,
  },
  {
    api: '{@typegoose/typegoose,typegoose}:getModelForClass()',
    is: 'mongoose:model()',
    source: 'unchecked: Typegoose documentation',
  },

  // TypeORM
  {
    api: 'typeorm:{createConnection,getConnection,createConnections,Connection}()',
    is: 'typeorm:DataSource()',
    source: TYPEORM,
  },
  { api: 'typeorm:DataSource().{initialize,connect}()', is: 'typeorm:DataSource()', source: TYPEORM },
  {
    api: 'typeorm:DataSource().{manager,mongoManager,createEntityManager()}',
    is: 'typeorm:EntityManager()',
    source: TYPEORM,
  },
  { api: 'typeorm:{getManager,getMongoManager}()', is: 'typeorm:EntityManager()', source: TYPEORM },
  { api: 'typeorm:{DataSource,EntityManager}().transaction/{0,1}.0', is: 'typeorm:EntityManager()', source: TYPEORM },
  { api: 'typeorm:QueryRunner().manager', is: 'typeorm:EntityManager()', source: TYPEORM },
  { api: 'typeorm:Repository().manager', is: 'typeorm:EntityManager()', source: TYPEORM },
  { api: 'typeorm:EntityManager().connection', is: 'typeorm:DataSource()', source: TYPEORM },
  {
    api: 'typeorm:{DataSource().,EntityManager().,}{getRepository,getTreeRepository,getMongoRepository,getCustomRepository,withRepository}()',
    is: 'typeorm:Repository()',
    source: TYPEORM,
  },
  { api: 'typeorm:{TreeRepository,MongoRepository}', is: 'typeorm:Repository', source: TYPEORM },
  { api: 'typeorm:Repository().extend()', is: 'typeorm:Repository()', source: TYPEORM },
  { api: 'typeorm:BaseEntity.getRepository()', is: 'typeorm:Repository()', source: TYPEORM },
  {
    api: 'typeorm:{DataSource(),EntityManager(),Repository(),QueryRunner(),BaseEntity}.createQueryBuilder()',
    is: 'typeorm:QueryBuilder()',
    source: TYPEORM,
  },
  {
    api: 'typeorm:QueryBuilder().{select,addSelect,from,where,andWhere,orWhere,whereInIds,leftJoin,innerJoin,leftJoinAndSelect,orderBy,groupBy,take,skip,limit,setLock,setOnLocked,set,values,into,insert,update,delete,softDelete,relation,of,orIgnore,orUpdate,onConflict,returning,setParameter,setParameters}()',
    is: 'typeorm:QueryBuilder()',
    source: TYPEORM,
  },
  {
    api: 'typeorm:{DataSource().createQueryRunner(),EntityManager().queryRunner}',
    is: 'typeorm:QueryRunner()',
    source: TYPEORM,
  },
  {
    api: 'typeorm:BaseEntity.{create,findOne,findOneBy,findOneOrFail,findOneByOrFail}()',
    is: 'typeorm:BaseEntity()',
    source: TYPEORM,
  },

  // Sequelize. A model is `sequelize:Model`, a row `sequelize:Model()`.
  { api: 'sequelize:{(),Sequelize.Sequelize()}', is: 'sequelize:Sequelize()', source: SEQUELIZE },
  {
    api: '{sequelize-typescript,@sequelize/core}:Sequelize',
    is: 'sequelize:Sequelize',
    source: 'unchecked: sequelize-typescript README.md',
  },
  {
    api: '{sequelize-typescript,@sequelize/core}:Model',
    is: 'sequelize:Model',
    source: 'unchecked: sequelize-typescript README.md',
  },
  { api: 'sequelize:Sequelize().{define,model}()', is: 'sequelize:Model', source: SEQUELIZE },
  { api: 'sequelize:Sequelize().models.*', is: 'sequelize:Model', source: SEQUELIZE },
  {
    api: 'sequelize:Model.{build,create,findOne,findByPk,scope,schema,unscoped}()',
    is: 'sequelize:Model()',
    source: SEQUELIZE,
  },
  { api: 'sequelize:Sequelize().transaction/{0,1}.0', is: 'sequelize:Transaction()', source: SEQUELIZE },

  // Prisma
  {
    api: '@prisma/client:PrismaClient().{$extends,$on,$use}()',
    is: '@prisma/client:PrismaClient()',
    source: 'unchecked: Prisma documentation',
  },
  {
    api: '@prisma/client:PrismaClient().{$transaction,$extends}/0.0',
    is: '@prisma/client:PrismaClient()',
    source: 'unchecked: Prisma documentation',
  },
  {
    api: '@prisma/client/{edge,extension,wasm}:PrismaClient',
    is: '@prisma/client:PrismaClient',
    source: 'unchecked: Prisma documentation',
  },

  // Knex and what is built on it
  { api: 'knex:{knex,Knex}', is: 'knex:', source: KNEX },
  { api: 'knex:()()', is: 'knex:()', source: KNEX },
  {
    api: 'knex:().{table,from,into,queryBuilder,withSchema,where,andWhere,orWhere,whereIn,whereNotIn,whereNull,whereNotNull,whereRaw,whereBetween,whereExists,join,leftJoin,innerJoin,select,distinct,orderBy,orderByRaw,groupBy,having,limit,offset,transacting,onConflict,forUpdate,skipLocked,noWait,with,modify,clone,fromRaw,as,returning,insert,update}()',
    is: 'knex:()',
    source: KNEX,
  },
  { api: 'knex:().{transaction/0.0,transaction(),transactionProvider()()}', is: 'knex:()', source: KNEX },
  {
    api: 'objection:Model.{query,relatedQuery}()',
    is: 'objection:Model.query()',
    source: 'unchecked: Objection documentation',
  },
  {
    api: 'objection:Model().{$query,$relatedQuery}()',
    is: 'objection:Model.query()',
    source: 'unchecked: Objection documentation',
  },
  {
    api: 'objection:Model.query().{where,whereIn,andWhere,orWhere,whereNull,whereNotNull,joinRelated,withGraphFetched,orderBy,limit,offset,select,context,forUpdate,skipLocked,findById,findOne}()',
    is: 'objection:Model.query()',
    source: 'unchecked: Objection documentation',
  },

  // Drizzle, Kysely, MikroORM
  {
    api: 'drizzle-orm/{node-postgres,postgres-js,pg-proxy,neon-http,neon-serverless,vercel-postgres,aws-data-api/pg,pglite,mysql2,mysql-proxy,planetscale-serverless,tidb-serverless,singlestore,better-sqlite3,bun-sqlite,bun-sql,libsql,sqlite-proxy,d1,durable-sqlite,xata-http}:drizzle',
    is: 'drizzle-orm:drizzle',
    source: 'drizzle-orm@0.45.4 */driver.d.ts',
  },
  {
    api: 'drizzle-orm:drizzle().transaction/0.0',
    is: 'drizzle-orm:drizzle()',
    source: 'drizzle-orm@0.45.4 */driver.d.ts',
  },
  { api: 'drizzle-orm:drizzle().with()', is: 'drizzle-orm:drizzle()', source: 'drizzle-orm@0.45.4 */driver.d.ts' },
  {
    api: 'kysely:Kysely().{withSchema,withPlugin,with,withTables,$extendTables,withoutPlugins}()',
    is: 'kysely:Kysely()',
    source: KYSELY,
  },
  {
    api: 'kysely:Kysely().{transaction(),connection(),transaction().setIsolationLevel()}.execute/0.0',
    is: 'kysely:Kysely()',
    source: KYSELY,
  },
  {
    api: '@mikro-orm/{postgresql,mysql,mariadb,mongodb,sqlite,better-sqlite,libsql,mssql,knex}:MikroORM',
    is: '@mikro-orm/core:MikroORM',
    source: MIKRO,
  },
  {
    api: '@mikro-orm/{postgresql,mysql,mariadb,mongodb,sqlite,better-sqlite,libsql,mssql,knex}:{EntityManager,SqlEntityManager}',
    is: '@mikro-orm/core:EntityManager',
    source: MIKRO,
  },
  {
    api: '@mikro-orm/{postgresql,mysql,mariadb,mongodb,sqlite,better-sqlite,libsql,mssql,knex}:EntityRepository',
    is: '@mikro-orm/core:EntityRepository',
    source: MIKRO,
  },
  { api: '@mikro-orm/core:{MikroORM.init,MikroORM.initSync}()', is: '@mikro-orm/core:MikroORM()', source: MIKRO },
  { api: '@mikro-orm/core:MikroORM().em', is: '@mikro-orm/core:EntityManager()', source: MIKRO },
  { api: '@mikro-orm/core:EntityManager().fork()', is: '@mikro-orm/core:EntityManager()', source: MIKRO },
  {
    api: '@mikro-orm/core:{MikroORM().em,EntityManager()}.{transactional,begin}/0.0',
    is: '@mikro-orm/core:EntityManager()',
    source: MIKRO,
  },
  { api: '@mikro-orm/core:EntityManager().getRepository()', is: '@mikro-orm/core:EntityRepository()', source: MIKRO },
  {
    api: '@mikro-orm/core:EntityRepository().getEntityManager()',
    is: '@mikro-orm/core:EntityManager()',
    source: MIKRO,
  },

  // Redis
  {
    api: 'ioredis:{Redis,Cluster}',
    is: 'ioredis:',
    source: 'ioredis@6.0.0 built/index.d.ts, built/Redis.d.ts:128 duplicate',
  },
  { api: 'iovalkey:{,Redis,Cluster}', is: 'ioredis:', source: 'unchecked: iovalkey README.md' },
  {
    api: 'ioredis:().{duplicate,multi,pipeline}()',
    is: 'ioredis:()',
    source: 'ioredis@6.0.0 built/index.d.ts, built/Redis.d.ts:128 duplicate',
  },
  {
    api: 'redis:{createCluster,createSentinel,createClientPool}',
    is: 'redis:createClient',
    source: 'redis@6.3.1 dist/index.d.ts:2486-2499 createClient, createClientPool, createCluster, createSentinel',
  },
  {
    api: '@redis/client:{createClient,createCluster}',
    is: 'redis:createClient',
    source: 'redis@6.3.1 dist/index.d.ts:2486-2499 createClient, createClientPool, createCluster, createSentinel',
  },
  {
    api: 'redis:createClient().{duplicate,multi,connect,on}()',
    is: 'redis:createClient()',
    source: 'redis@6.3.1 dist/index.d.ts:2486-2499 createClient, createClientPool, createCluster, createSentinel',
  },
  { api: 'redis:createClient().v4', is: 'redis:createClient()', source: 'unchecked: redis v4 legacy mode' },
  {
    api: '@upstash/redis:Redis.fromEnv()',
    is: '@upstash/redis:Redis()',
    source: 'unchecked: @upstash/redis README.md',
  },

  // Document stores and search
  {
    api: 'firebase-admin:{firestore,initializeApp().firestore}()',
    is: '@google-cloud/firestore:Firestore()',
    source: 'unchecked: firebase-admin documentation',
  },
  {
    api: 'firebase-admin/firestore:getFirestore()',
    is: '@google-cloud/firestore:Firestore()',
    source: 'unchecked: firebase-admin documentation',
  },
  {
    api: '@google-cloud/firestore:()',
    is: '@google-cloud/firestore:Firestore()',
    source: 'unchecked: @google-cloud/firestore README.md',
  },
  {
    api: '@google-cloud/firestore:Firestore().{collection,doc,collectionGroup,where,orderBy,limit}()',
    is: '@google-cloud/firestore:Firestore()',
    source: 'unchecked: firebase-admin documentation',
  },
  {
    api: '@google-cloud/firestore:Firestore().{batch(),bulkWriter(),runTransaction/0.0}',
    is: '@google-cloud/firestore:Firestore()',
    source: 'unchecked: firebase-admin documentation',
  },
  {
    api: '{firebase-admin/database:getDatabase,firebase-admin:database}().ref()',
    is: 'firebase-admin:database.ref()',
    source: 'unchecked: firebase-admin documentation',
  },
  {
    api: 'firebase-admin:database.ref().{child,push}()',
    is: 'firebase-admin:database.ref()',
    source: 'unchecked: firebase-admin documentation',
  },
  {
    api: '{firebase-admin/messaging:getMessaging,firebase-admin:initializeApp().messaging}',
    is: 'firebase-admin:messaging',
    source: 'unchecked: firebase-admin documentation',
  },
  {
    api: '@opensearch-project/opensearch:Client',
    is: '@elastic/elasticsearch:Client',
    source: 'unchecked: @opensearch-project/opensearch README.md',
  },
  {
    api: '@supabase/{supabase-js,ssr}:{createClient,createServerClient}().from()',
    is: '@supabase/supabase-js:createClient().from()',
    source: 'unchecked: supabase-js documentation',
  },

  // Queues and brokers
  { api: 'bull:Queue', is: 'bull:', source: 'unchecked: Bull REFERENCE.md' },
  {
    api: 'amqplib/callback_api:connect',
    is: 'amqplib:connect',
    source: 'amqplib@2.3.1 lib/channel_model.js:33 createConfirmChannel, callback_api.js',
  },
  {
    api: 'amqplib:connect/{1,2}.1',
    is: 'amqplib:connect()',
    source: 'amqplib@2.3.1 lib/channel_model.js:33 createConfirmChannel, callback_api.js',
  },
  {
    api: 'amqplib:connect().createConfirmChannel()',
    is: 'amqplib:connect().createChannel()',
    source: 'amqplib@2.3.1 lib/channel_model.js:33 createConfirmChannel, callback_api.js',
  },
  {
    api: 'amqplib:connect().{createChannel,createConfirmChannel}/0.1',
    is: 'amqplib:connect().createChannel()',
    source: 'amqplib@2.3.1 lib/channel_model.js:33 createConfirmChannel, callback_api.js',
  },
  {
    api: 'amqp-connection-manager:connect().createChannel/0.setup.0',
    is: 'amqplib:connect().createChannel()',
    source: 'unchecked: amqp-connection-manager README.md',
  },
  {
    api: '{agenda,@hokify/agenda}:{,Agenda}()',
    is: 'agenda:Agenda()',
    source: 'agenda@6.2.6 dist/index.d.ts:117 `export declare class Agenda` (default export before version 6)',
  },
  { api: 'pg-boss:()', is: 'pg-boss:PgBoss()', source: 'pg-boss@10.4.2 types.d.ts:377 `export = PgBoss`' },
  {
    api: '@google-cloud/pubsub:PubSub().createSubscription()',
    is: '@google-cloud/pubsub:PubSub().subscription()',
    source: 'unchecked: @google-cloud/pubsub README.md',
  },
  {
    api: '@google-cloud/pubsub:PubSub().topic().subscription()',
    is: '@google-cloud/pubsub:PubSub().subscription()',
    source: 'unchecked: @google-cloud/pubsub README.md',
  },
  { api: 'mqtt:connectAsync', is: 'mqtt:connect', source: 'unchecked: mqtt README.md' },
  {
    api: '@nestjs/microservices:ClientProxyFactory.create()',
    is: '@nestjs/microservices:ClientProxy()',
    source: 'unchecked: Nest documentation',
  },
  {
    api: '@nestjs/microservices:{ClientKafka,ClientRMQ,ClientRedis,ClientMqtt,ClientNats,ClientTCP}',
    is: '@nestjs/microservices:ClientProxy',
    source: 'unchecked: Nest documentation',
  },

  // HTTP clients, mail, payment
  { api: 'axios:{create(),Axios()}', is: 'axios:', source: 'unchecked: axios README.md' },
  { api: '{got:extend(),got:got}', is: 'got:', source: 'unchecked: got documentation' },
  { api: 'ky:{create,extend}()', is: 'ky:', source: 'unchecked: ky readme.md' },
  {
    api: '{node-fetch,cross-fetch,isomorphic-fetch,node-fetch-native,isomorphic-unfetch}:{,fetch}',
    is: 'global:fetch',
    source: 'unchecked: node-fetch README.md',
  },
  { api: 'undici:fetch', is: 'global:fetch', source: 'unchecked: undici documentation' },
  { api: 'global:$fetch', is: 'ofetch:ofetch', source: 'unchecked: ofetch README.md' },
  { api: 'ofetch:{$fetch,ofetch.create()}', is: 'ofetch:ofetch', source: 'unchecked: ofetch README.md' },
  {
    api: '{request-promise,request-promise-native,postman-request}:',
    is: 'request:',
    source: 'unchecked: request README.md',
  },
  { api: 'request:defaults()', is: 'request:', source: 'unchecked: request README.md' },
  { api: 'superagent:agent()', is: 'superagent:', source: 'unchecked: superagent documentation' },
  {
    api: 'nodemailer:createTransport().{use,on}()',
    is: 'nodemailer:createTransport()',
    source: 'unchecked: Nodemailer documentation',
  },
  { api: 'stripe:Stripe', is: 'stripe:', source: 'unchecked: stripe README.md' },
  { api: 'twilio:Twilio', is: 'twilio:', source: 'unchecked: twilio README.md' },
];

/** Calls whose result is, or runs, what they were handed. */
export const passThrough: readonly PassThrough[] = [
  { api: 'fastify-plugin:', arg: 0, source: 'fastify-plugin@6.0.1 index.js' },
  {
    api: '{express-async-handler,express-async-wrap,async-middleware,koa-convert}:{,asyncHandler,wrap}',
    arg: 0,
    source: 'unchecked: express-async-handler README.md',
  },
  { api: 'util:{promisify,callbackify,deprecate}', arg: 0, source: NODE },
  {
    api: '{stoppable,killable}:',
    arg: 0,
    source: 'stoppable@1.1.0 readme.md, killable@1.0.1 README.md: returns the server',
  },
  { api: 'global:Object.{freeze,seal,preventExtensions}', arg: 0, source: 'ECMAScript: returns its argument' },
  { api: 'vue:{markRaw,toRaw}', arg: 0, source: 'unchecked: Vue documentation' },
  { api: 'bluebird:promisify', arg: 0, source: 'unchecked: Bluebird documentation' },
  { api: '{lodash,underscore}:{once,bind,partial}', arg: 0, source: 'unchecked: lodash documentation' },
  {
    api: '{lodash,underscore,lodash-es}:{debounce,throttle,memoize,ary,unary,flip,negate,partialRight,curry}',
    arg: 0,
    source: 'unchecked: lodash documentation (each gives a function that calls its first argument)',
  },
  {
    api: '{lodash.debounce,lodash.throttle,lodash.memoize,p-debounce,p-memoize,mem,memoizee,moize,fast-memoize}:',
    arg: 0,
    source: 'unchecked: readme of the package',
  },
  {
    api: '{lodash,underscore,lodash-es}:{after,before}',
    arg: 1,
    source: 'unchecked: lodash documentation',
  },
  { api: '{lodash.once,onetime,once}:', arg: 0, source: 'unchecked: onetime readme.md' },
  { api: 'async_hooks:AsyncResource.bind', arg: 0, source: NODE },
];
