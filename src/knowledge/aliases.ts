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
    api: 'express:{(),Router()}.{post,put,patch,delete,del,options,all,[]}/{0,1,2,3,4,5}.0',
    is: 'express:().get/1.0',
    source: EXPRESS,
  },
  {
    api: 'express:{(),Router()}.{post,put,patch,delete,del,options,all,[]}/{0,1,2,3,4,5}.1',
    is: 'express:().get/1.1',
    source: EXPRESS,
  },
  { api: 'express:{().use,Router().get,Router().use}/{0,1,2,3,4,5}.0', is: 'express:().get/1.0', source: EXPRESS },
  { api: 'express:{().use,Router().get,Router().use}/{0,1,2,3,4,5}.1', is: 'express:().get/1.1', source: EXPRESS },
  { api: 'express:().get/{0,2,3,4,5}.0', is: 'express:().get/1.0', source: EXPRESS },
  { api: 'express:().get/{0,2,3,4,5}.1', is: 'express:().get/1.1', source: EXPRESS },
  { api: 'express:().get/1.{0,1}.app', is: 'express:()', source: EXPRESS },
  { api: 'express:().get/1.0.res', is: 'express:().get/1.1', source: EXPRESS },
  {
    api: 'express:().get/1.0.busboy',
    is: 'busboy:()',
    source: 'connect-busboy@1.0.0 README.md "req.busboy.on(\'file\', (name, file, info) => {"',
  },
  { api: 'express:().get/1.1.req', is: 'express:().get/1.0', source: EXPRESS },
  {
    api: 'express:().get/1.1.{status,set,header,type,cookie,clearCookie,vary,links,location,append,attachment}()',
    is: 'express:().get/1.1',
    source: EXPRESS,
  },
  { api: 'express:().listen()', is: 'http:createServer()', source: EXPRESS },
  { api: 'express-ws:().app', is: 'express:()', source: 'express-ws@5.0.2 lib/index.js:99' },
  { api: 'express-ws:().getWss()', is: 'ws:WebSocketServer()', source: 'express-ws@5.0.2 lib/index.js:100' },
  {
    api: '{express-promise-router:(),express-async-router:AsyncRouter()}',
    is: 'express:Router()',
    source: 'express-async-router@0.1.15 index.d.ts:20',
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
  {
    api: '{httpolyglot,@httptoolkit/httpolyglot,spdy}:createServer',
    is: 'http:createServer',
    source: '@httptoolkit/httpolyglot@3.1.0 README.md:39, spdy@4.0.2 README.md:52; httpolyglot@0.1.2 lib/index.js',
  },
  { api: 'micro:', is: 'http:createServer', source: 'micro@9.4.1 lib/index.js "new http.Server"' },
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
    source: 'eventemitter3@5.0.4 index.d.ts:5',
  },
  {
    api: 'eventemitter-strict:EventEmitter',
    is: 'events:EventEmitter',
    source: 'eventemitter-strict@1.0.1 lib/index.d.ts',
  },
  { api: 'eventemitter2:()', is: 'eventemitter2:EventEmitter2()', source: 'eventemitter2@6.4.9 package.json' },
  {
    api: '@nestjs/event-emitter:EventEmitter2',
    is: 'eventemitter2:EventEmitter2',
    source: '@nestjs/event-emitter@12.0.1 dist/index.d.ts:1',
  },
  { api: 'graceful-fs:', is: 'fs:', source: 'graceful-fs@4.2.12 package.json' },
  {
    api: '{mz/fs:,mz:fs}',
    is: 'fs:',
    source: 'mz@2.7.0 fs.js:43, index.js; thenify-all@1.6.0 index.js:58 (the rest as it is)',
  },
  {
    api: 'fs-promise:',
    is: 'fs-extra:',
    source: 'fs-promise@2.0.3 index.js:10-67; thenify-all@1.6.0 index.js:58 (the rest as it is)',
  },
  { api: 'rxjs:{interval,timer}().pipe()', is: 'rxjs:interval()', source: 'rxjs@7.8.2 dist/types/index.d.ts:22' },
  { api: 'rxjs:timer()', is: 'rxjs:interval()', source: 'rxjs@7.8.2 dist/types/index.d.ts:58' },

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
  { api: 'fastify:().{post,put,patch,delete,head,options,all,[]}/{1,2}.0', is: 'fastify:().get/1.0', source: FASTIFY },
  { api: 'fastify:().{post,put,patch,delete,head,options,all,[]}/{1,2}.1', is: 'fastify:().get/1.1', source: FASTIFY },
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
    source: '@nestjs/core@12.5.1 adapters/http-adapter.d.ts:258',
  },
  {
    api: '@nestjs/core:NestFactory.create().getHttpServer()',
    is: 'http:createServer()',
    source: '@nestjs/core@12.5.1 nest-application.d.ts:44',
  },

  // Other servers
  { api: '{hono/quick,hono/tiny}:Hono', is: 'hono:Hono', source: 'hono@4.13.19 dist/types/hono.d.ts:1' },
  { api: '@hono/zod-openapi:OpenAPIHono', is: 'hono:Hono', source: '@hono/zod-openapi@1.6.3 dist/index.d.cts:141' },
  {
    api: 'hono:Hono().{get,post,put,patch,delete,options,all,on,use,route,basePath,mount,openapi,notFound,onError}()',
    is: 'hono:Hono()',
    source: 'unchecked: Hono documentation',
  },
  { api: 'elysia:{(),Elysia()}.*()', is: 'elysia:Elysia()', source: 'elysia@1.4.30 dist/error.d.ts:168' },
  {
    api: '@trpc/server:initTRPC.{context,meta}()',
    is: '@trpc/server:initTRPC',
    source: '@trpc/server@11.25.2 dist/adapters/next-app-dir.d.cts:16',
  },
  {
    api: '@orpc/server:os.{$context,$config,$meta,$route,$input,errors,use,meta,route,input,output,prefix,tag}()',
    is: '@orpc/server:os',
    source: '@orpc/server@1.16.1 dist/index.d.ts:485-583',
  },
  {
    api: '@orpc/server:implement(){,.*,.*.*,.*.*.*}.{$context,$config,use}()',
    is: '@orpc/server:implement()',
    source: '@orpc/server@1.16.1 dist/index.d.ts:683-757',
  },
  {
    api: 'next-safe-action:createSafeActionClient().{use,useValidated,metadata,schema,inputSchema,outputSchema,bindArgsSchemas}()',
    is: 'next-safe-action:createSafeActionClient()',
    source: 'next-safe-action@8.7.3 dist/index.types-BHm65NPq.d.mts',
  },
  {
    api: '{@tanstack/react-start,@tanstack/solid-start,@tanstack/start,@tanstack/start-client-core}:createServerFn().{middleware,validator,inputValidator,type}()',
    is: '@tanstack/start-client-core:createServerFn()',
    source: '@tanstack/start-client-core@1.131.50 dist/esm/createServerFn.d.ts:91-108',
  },
  {
    api: '@trpc/server:initTRPC.create().procedure.{input,output,use,meta,concat,unstable_concat}()',
    is: '@trpc/server:initTRPC.create().procedure',
    source: '@trpc/server@11.25.2 dist/unstable-core-do-not-import-CzDUc5m2.d.mts:1692',
  },

  // Sockets
  ...socketAliases,
  { api: 'socket.io:', is: 'socket.io:Server', source: 'socket.io@4.8.4 package.json' },
  {
    api: 'socket.io:Server.Server',
    is: 'socket.io:Server',
    source: 'socket.io@4.8.4 dist/index.js:836-839 (exports), dist/socket.d.ts, dist/broadcast-operator.d.ts',
  },
  {
    api: 'socket.io:Server.listen',
    is: 'socket.io:Server',
    source: 'socket.io@2.5.1 lib/index.js:529 "Server.listen = Server"',
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
    api: 'socket.io:Server().{sockets,volatile,json}',
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
    api: 'socket.io:Server().on/1.0.{volatile,json}',
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
  { api: 'pg-pool:', is: 'pg:Pool', source: 'pg-pool@3.14.0 package.json' },
  {
    api: '{@neondatabase/serverless,@vercel/postgres}:{Pool,createPool}',
    is: 'pg:Pool',
    source: '@vercel/postgres@0.10.0 dist/index.d.ts:46',
  },
  {
    api: '{@neondatabase/serverless,@vercel/postgres}:{Client,createClient}',
    is: 'pg:Client',
    source: '@vercel/postgres@0.10.0 dist/index.d.ts:23',
  },
  { api: 'pg:Pool().connect()', is: 'pg:Client()', source: 'pg@8.23.1 lib/client.js' },
  { api: 'pg:Pool().connect/0.1', is: 'pg:Client()', source: 'pg@8.23.1 lib/client.js' },
  {
    api: 'pg-promise:()().{task,tx,taskIf,txIf}/{0,1}.0',
    is: 'pg-promise:()()',
    source: 'pg-promise@12.7.1 typescript/pg-promise.d.ts:440',
  },
  { api: 'postgres:().begin/{0,1}.0', is: 'postgres:()', source: 'postgres@3.4.9 types/index.d.ts:717' },
  { api: 'postgres:().reserve()', is: 'postgres:()', source: 'postgres@3.4.9 types/index.d.ts:720' },
  {
    api: 'slonik:createPool().{connect,transaction}/0.0',
    is: 'slonik:createPool()',
    source: 'slonik@47.3.2 dist/types.d.ts:98',
  },
  {
    api: '{mysql,mysql2,mysql2/promise,promise-mysql,mariadb,serverless-mysql}:{createPool,createConnection,createPoolCluster}',
    is: 'mysql2:createPool',
    source: 'serverless-mysql@2.1.0 package.json',
  },
  {
    api: 'mysql2:createPool().{promise,getConnection,of}()',
    is: 'mysql2:createPool()',
    source: 'mysql2@3.24.6 promise.d.ts:126',
  },
  {
    api: 'mysql2:createPool().getConnection/0.1',
    is: 'mysql2:createPool()',
    source: 'mysql2@3.24.6 promise.d.ts:93',
  },
  {
    api: 'mssql:{ConnectionPool(),connect()}.{request,connect,transaction}()',
    is: 'mssql:Request()',
    source: 'mssql@12.7.14 lib/base/connection-pool.js:664',
  },
  {
    api: 'mssql:Request().{input,output,request}()',
    is: 'mssql:Request()',
    source: 'mssql@12.7.14 lib/base/transaction.js:256',
  },
  {
    api: 'oracledb:{createPool(),getPool()}.getConnection()',
    is: 'oracledb:getConnection()',
    source: 'oracledb@26.0.0 lib/pool.js:147',
  },
  { api: 'sqlite3:verbose().Database', is: 'sqlite3:Database', source: 'sqlite3@6.0.1 lib/sqlite3.d.ts:62' },

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
    source: 'typegoose@5.9.1 lib/typegoose.d.ts:18',
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
    source: '@sequelize/core@7.0.0-alpha.48 lib/model.d.ts:35',
  },
  {
    api: '{sequelize-typescript,@sequelize/core}:Model',
    is: 'sequelize:Model',
    source: '@sequelize/core@7.0.0-alpha.48 lib/index.d.ts:6',
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
    source: '@prisma/client@7.10.0 runtime/client.d.ts:467',
  },
  {
    api: '@prisma/client:PrismaClient().{$transaction,$extends}/0.0',
    is: '@prisma/client:PrismaClient()',
    source: '@prisma/client@7.10.0 runtime/client.d.ts:30',
  },
  {
    api: '@prisma/client/{edge,extension,wasm}:PrismaClient',
    is: '@prisma/client:PrismaClient',
    source: '@prisma/client@7.10.0 runtime/client.d.ts:2069',
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
    source: 'objection@3.1.5 typings/objection/index.d.ts:1476',
  },
  {
    api: 'objection:Model().{$query,$relatedQuery}()',
    is: 'objection:Model.query()',
    source: 'objection@3.1.5 typings/objection/index.d.ts:1666',
  },
  {
    api: 'objection:Model.query().{where,whereIn,andWhere,orWhere,whereNull,whereNotNull,joinRelated,withGraphFetched,orderBy,limit,offset,select,context,forUpdate,skipLocked,findById,findOne}()',
    is: 'objection:Model.query()',
    source: 'objection@3.1.5 typings/objection/index.d.ts:1043',
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
  { api: 'iovalkey:{,Redis,Cluster}', is: 'ioredis:', source: 'iovalkey@0.4.0 built/Redis.d.ts:31' },
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
    source: '@upstash/redis@1.39.0 nodejs.d.ts:237',
  },

  // Document stores and search
  {
    api: 'firebase-admin:{firestore,initializeApp().firestore}()',
    is: '@google-cloud/firestore:Firestore()',
    source: 'firebase-admin@13.10.0 lib/app/firebase-namespace.d.ts:19',
  },
  {
    api: 'firebase-admin/firestore:getFirestore()',
    is: '@google-cloud/firestore:Firestore()',
    source: 'firebase-admin@13.10.0 lib/firestore/index.d.ts:34',
  },
  {
    api: '@google-cloud/firestore:()',
    is: '@google-cloud/firestore:Firestore()',
    source: '@google-cloud/firestore@8.7.1 package.json',
  },
  {
    api: '@google-cloud/firestore:Firestore().{collection,doc,collectionGroup,where,orderBy,limit}()',
    is: '@google-cloud/firestore:Firestore()',
    source: '@google-cloud/firestore@8.7.1 types/firestore.d.ts:1780',
  },
  {
    api: '@google-cloud/firestore:Firestore().{batch(),bulkWriter(),runTransaction/0.0}',
    is: '@google-cloud/firestore:Firestore()',
    source: '@google-cloud/firestore@8.7.1 types/firestore.d.ts:714',
  },
  {
    api: '{firebase-admin/database:getDatabase,firebase-admin:database}().ref()',
    is: 'firebase-admin:database.ref()',
    source: 'firebase-admin@13.10.0 lib/storage/index.d.ts:53',
  },
  {
    api: 'firebase-admin:database.ref().{child,push}()',
    is: 'firebase-admin:database.ref()',
    source: 'firebase-admin@13.10.0 lib/utils/jwt.js:198',
  },
  {
    api: '{firebase-admin/messaging:getMessaging,firebase-admin:initializeApp().messaging}',
    is: 'firebase-admin:messaging',
    source: 'firebase-admin@13.10.0 lib/app/core.d.ts:160',
  },
  {
    api: '@opensearch-project/opensearch:Client',
    is: '@elastic/elasticsearch:Client',
    source: '@opensearch-project/opensearch@3.9.0 index.d.ts:47',
  },
  {
    api: '@supabase/{supabase-js,ssr}:{createClient,createServerClient}().from()',
    is: '@supabase/supabase-js:createClient().from()',
    source: '@supabase/ssr@0.12.7 src/cookies.ts:157',
  },

  // Queues and brokers
  { api: 'bull:Queue', is: 'bull:', source: 'bull@4.16.5 index.d.ts:564' },
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
    source: 'amqp-connection-manager@5.0.0 dist/types/AmqpConnectionManager.d.ts:117',
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
    source: '@google-cloud/pubsub@5.3.1 build/src/topic.d.ts:142',
  },
  {
    api: '@google-cloud/pubsub:PubSub().topic().subscription()',
    is: '@google-cloud/pubsub:PubSub().subscription()',
    source: '@google-cloud/pubsub@5.3.1 build/src/iam.d.ts:82',
  },
  { api: 'mqtt:connectAsync', is: 'mqtt:connect', source: 'mqtt@5.16.0 build/mqtt.d.ts:5' },
  {
    api: '@nestjs/microservices:ClientProxyFactory.create()',
    is: '@nestjs/microservices:ClientProxy()',
    source: '@nestjs/microservices@12.1.1 context/rpc-proxy.d.ts:4',
  },
  {
    api: '@nestjs/microservices:{ClientKafka,ClientRMQ,ClientRedis,ClientMqtt,ClientNats,ClientTCP}',
    is: '@nestjs/microservices:ClientProxy',
    source: '@nestjs/microservices@12.1.1 client/client-tcp.d.ts:11',
  },

  // HTTP clients, mail, payment
  { api: 'axios:{create(),Axios()}', is: 'axios:', source: 'axios@1.21.1 index.d.ts:664' },
  { api: '{got:extend(),got:got}', is: 'got:', source: 'got@14.6.6 dist/source/index.d.ts:1' },
  { api: 'ky:{create,extend}()', is: 'ky:', source: 'ky@1.14.3 distribution/types/ky.d.ts:73' },
  {
    api: '{node-fetch,cross-fetch,isomorphic-fetch,node-fetch-native,isomorphic-unfetch}:{,fetch}',
    is: 'global:fetch',
    source: 'isomorphic-unfetch@4.0.2 index.js:4',
  },
  { api: 'undici:fetch', is: 'global:fetch', source: 'undici@7.30.2 types/fetch.d.ts:14' },
  { api: 'global:$fetch', is: 'ofetch:ofetch', source: 'ofetch@1.5.1 dist/node.d.ts:15' },
  {
    api: 'ofetch:{$fetch,ofetch.create()}',
    is: 'ofetch:ofetch',
    source: 'ofetch@1.5.1 dist/shared/ofetch.BbrTaNPp.d.ts:7',
  },
  {
    api: '{request-promise,request-promise-native,postman-request}:',
    is: 'request:',
    source: 'postman-request@2.88.1-postman.8-beta.1 package.json',
  },
  { api: 'request:defaults()', is: 'request:', source: 'request@2.88.2 index.js:104' },
  { api: 'superagent:agent()', is: 'superagent:', source: 'superagent@10.4.2 lib/client.js:649' },
  {
    api: 'nodemailer:createTransport().{use,on}()',
    is: 'nodemailer:createTransport()',
    source: 'nodemailer@10.6.0 dist/cjs/mailer/index.d.ts:133',
  },
  { api: 'stripe:Stripe', is: 'stripe:', source: 'stripe@23.1.0 cjs/Types.d.ts:6' },
  { api: 'twilio:Twilio', is: 'twilio:', source: 'twilio@6.2.0 lib/index.d.ts:20' },
];

/** Calls whose result is, or runs, what they were handed. */
export const passThrough: readonly PassThrough[] = [
  { api: 'fastify-plugin:', arg: 0, source: 'fastify-plugin@6.0.1 index.js' },
  {
    api: '{express-async-handler,express-async-wrap,async-middleware,koa-convert}:{,asyncHandler,wrap}',
    arg: 0,
    source: 'koa-convert@2.0.0 package.json',
  },
  { api: 'util:{promisify,callbackify,deprecate}', arg: 0, source: NODE },
  {
    api: '{stoppable,killable}:',
    arg: 0,
    source: 'stoppable@1.1.0 readme.md, killable@1.0.1 README.md: returns the server',
  },
  { api: 'global:Object.{freeze,seal,preventExtensions}', arg: 0, source: 'ECMAScript: returns its argument' },
  { api: 'vue:{markRaw,toRaw}', arg: 0, source: 'vue@3.5.45 dist/vue.global.js:1186' },
  { api: 'bluebird:promisify', arg: 0, source: 'bluebird@3.7.2 js/browser/bluebird.js:27' },
  { api: '{lodash,underscore}:{once,bind,partial}', arg: 0, source: 'underscore@1.13.8 amd/once.js:5' },
  {
    api: '{lodash,underscore,lodash-es}:{debounce,throttle,memoize,ary,unary,flip,negate,partialRight,curry}',
    arg: 0,
    source: 'lodash-es@4.18.1 curry.js:32',
  },
  {
    api: '{lodash/debounce,lodash/throttle,lodash/debounce.js,lodash/throttle.js,lodash.debounce,lodash.throttle,lodash.memoize,p-debounce,p-memoize,mem,memoizee,moize,fast-memoize}:',
    arg: 0,
    source: 'fast-memoize@2.5.2 package.json',
  },
  {
    api: '{lodash,underscore,lodash-es}:{after,before}',
    arg: 1,
    source: 'lodash-es@4.18.1 once.js:22',
  },
  { api: '{lodash.once,onetime,once}:', arg: 0, source: 'once@1.4.0 package.json' },
  { api: 'async_hooks:AsyncResource.bind', arg: 0, source: NODE },
  { api: '@orpc/openapi:oo.spec', arg: 0, source: '@orpc/openapi@1.16.1 dist/index.d.ts:113' },
];
