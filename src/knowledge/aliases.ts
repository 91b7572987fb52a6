import type { PassThrough, PathAlias } from './types.js';

const EXPRESS = 'unchecked: express API reference';
const FASTIFY = 'unchecked: fastify docs/Reference';
const NODE = 'unchecked: Node.js API documentation';
const MONGOOSE = 'unchecked: Mongoose documentation';
const TYPEORM = 'unchecked: TypeORM documentation';
const SEQUELIZE = 'unchecked: Sequelize documentation';

/** Paths that mean the same thing: fluent APIs, other names of the same export, and packages that copy another's API. */
export const aliases: readonly PathAlias[] = [
  // Express and look-alikes
  { api: 'express:express()', is: 'express:()', source: EXPRESS },
  { api: 'express:{(),Router()}.route()', is: 'express:Router()', source: EXPRESS },
  { api: 'express:().{get,post,put,patch,delete,del,head,options,all,use,param,set,enable,disable,engine}()', is: 'express:()', source: EXPRESS },
  { api: 'express:Router().{get,post,put,patch,delete,del,head,options,all,use,param}()', is: 'express:Router()', source: EXPRESS },
  { api: 'express:{(),Router()}.{get,post,put,patch,delete,head,options,all,use,param}/{0,1,2,3,4,5}.{0,1}.app', is: 'express:()', source: EXPRESS },
  { api: 'express:{(),Router()}.{post,put,patch,delete,all}/{0,1,2,3,4,5}.0', is: 'express:().get/1.0', source: EXPRESS },
  { api: 'express:{(),Router()}.{post,put,patch,delete,all}/{0,1,2,3,4,5}.1', is: 'express:().get/1.1', source: EXPRESS },
  { api: 'express:Router().{get,use}/{0,1,2,3,4,5}.0', is: 'express:().get/1.0', source: EXPRESS },
  { api: 'express:Router().{get,use}/{0,1,2,3,4,5}.1', is: 'express:().get/1.1', source: EXPRESS },
  { api: 'express:().use/{0,1,2,3,4,5}.0', is: 'express:().get/1.0', source: EXPRESS },
  { api: 'express:().use/{0,1,2,3,4,5}.1', is: 'express:().get/1.1', source: EXPRESS },
  { api: 'express:().get/{0,2,3,4,5}.0', is: 'express:().get/1.0', source: EXPRESS },
  { api: 'express:().get/{0,2,3,4,5}.1', is: 'express:().get/1.1', source: EXPRESS },
  { api: 'express:().get/1.0.res', is: 'express:().get/1.1', source: EXPRESS },
  { api: 'express:().get/1.1.req', is: 'express:().get/1.0', source: EXPRESS },
  { api: 'express:().get/1.1.{status,set,header,type,cookie,clearCookie,vary,links,location,append,attachment}()', is: 'express:().get/1.1', source: EXPRESS },
  { api: 'express:().listen()', is: 'http:createServer()', source: EXPRESS },
  { api: 'express:application', is: 'express:()', source: EXPRESS },
  { api: 'express-ws:().app', is: 'express:()', source: 'unchecked: express-ws README.md' },
  { api: 'express-ws:().getWss()', is: 'ws:WebSocketServer()', source: 'unchecked: express-ws README.md' },
  { api: '{express-promise-router,express-async-router:AsyncRouter}:()', is: 'express:Router()', source: 'unchecked: express-promise-router README.md' },
  { api: 'polka:().{get,post,put,patch,delete,head,options,all,use}()', is: 'polka:()', source: 'unchecked: polka README.md' },
  { api: 'polka:().listen().server', is: 'http:createServer()', source: 'unchecked: polka README.md' },

  // Node's own
  { api: '{http,https,http2}:{Server,createServer,createSecureServer}()', is: 'http:createServer()', source: NODE },
  { api: 'http:createServer().{listen,on,once,setTimeout,close}()', is: 'http:createServer()', source: NODE },
  { api: '{net,tls}:{Server,createServer}()', is: 'net:createServer()', source: NODE },
  { api: 'events:()', is: 'events:EventEmitter()', source: NODE },
  { api: '{eventemitter3,eventemitter3:EventEmitter,eventemitter3.EventEmitter}:()', is: 'events:EventEmitter()', source: 'unchecked: eventemitter3 README.md' },
  { api: 'eventemitter3:EventEmitter()', is: 'events:EventEmitter()', source: 'unchecked: eventemitter3 README.md' },
  { api: 'eventemitter2:{(),EventEmitter2()}', is: 'eventemitter2:EventEmitter2()', source: 'unchecked: eventemitter2 README.md' },
  { api: '{@nestjs/event-emitter:EventEmitter2,@nestjs/event-emitter:EventEmitter}()', is: 'eventemitter2:EventEmitter2()', source: 'unchecked: @nestjs/event-emitter README.md' },
];
