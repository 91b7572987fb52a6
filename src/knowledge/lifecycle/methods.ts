import type { BaseClass, LifecycleMethod } from '../types.js';

const NEST = '@nestjs/core@12.5.1 hooks/*.hook.js';
const NEST_PARTS = 'unchecked: Nest documentation, request lifecycle';

/** Methods a framework calls by their names. Paths in `of` are those of the class, interface or decorator itself. */
export const lifecycleMethods: readonly LifecycleMethod[] = [
  { method: 'onModuleInit', phase: 'boot', label: 'onModuleInit', source: NEST },
  {
    method: 'run',
    phase: 'boot',
    of: ['@oclif/{core,command}:Command'],
    label: 'a command',
    source: 'unchecked: oclif documentation, commands',
  },
  { method: 'onApplicationBootstrap', phase: 'boot', label: 'onApplicationBootstrap', source: NEST },
  { method: 'onModuleDestroy', phase: 'shutdown', label: 'onModuleDestroy', source: NEST },
  { method: 'beforeApplicationShutdown', phase: 'shutdown', label: 'beforeApplicationShutdown', source: NEST },
  { method: 'onApplicationShutdown', phase: 'shutdown', label: 'onApplicationShutdown', source: NEST },
  {
    method: 'configure',
    phase: 'boot',
    of: ['@nestjs/common:{NestModule,Module}'],
    label: 'configure',
    source: NEST_PARTS,
  },
  {
    method: 'use',
    phase: 'request',
    of: ['@nestjs/common:{NestMiddleware,Injectable}'],
    label: 'middleware',
    source: NEST_PARTS,
  },
  { method: 'canActivate', phase: 'request', label: 'a guard', source: NEST_PARTS },
  {
    method: 'intercept',
    phase: 'request',
    of: ['@nestjs/common:{NestInterceptor,Injectable}'],
    label: 'an interceptor',
    source: NEST_PARTS,
  },
  { method: 'transform', phase: 'request', of: ['@nestjs/common:PipeTransform'], label: 'a pipe', source: NEST_PARTS },
  {
    method: 'catch',
    phase: 'request',
    of: ['@nestjs/common:{ExceptionFilter,Catch}', '@nestjs/core:BaseExceptionFilter'],
    label: 'an exception filter',
    source: NEST_PARTS,
  },
  {
    method: 'validate',
    phase: 'request',
    of: ['@nestjs/passport:PassportStrategy()'],
    label: 'sign-in',
    source: NEST_PARTS,
  },
  {
    method: 'handleRequest',
    phase: 'request',
    of: ['@nestjs/passport:AuthGuard()'],
    label: 'sign-in',
    source: NEST_PARTS,
  },
  {
    method: 'shouldSkip',
    phase: 'request',
    of: ['@nestjs/throttler:ThrottlerGuard'],
    label: 'a guard',
    source: NEST_PARTS,
  },
  {
    method: 'getTracker',
    phase: 'request',
    of: ['@nestjs/throttler:ThrottlerGuard'],
    label: 'a guard',
    source: NEST_PARTS,
  },
  {
    method: 'afterInit',
    phase: 'boot',
    of: ['@nestjs/websockets:{OnGatewayInit,WebSocketGateway}'],
    label: 'gateway start',
    source: NEST_PARTS,
  },
  {
    method: 'handleConnection',
    phase: 'socket',
    of: ['@nestjs/websockets:{OnGatewayConnection,WebSocketGateway}'],
    label: 'a socket connection',
    source: NEST_PARTS,
  },
  {
    method: 'handleDisconnect',
    phase: 'socket',
    of: ['@nestjs/websockets:{OnGatewayDisconnect,WebSocketGateway}'],
    label: 'a socket disconnect',
    source: NEST_PARTS,
  },
  {
    method: 'process',
    phase: 'consumer',
    of: ['@nestjs/bullmq:{WorkerHost,Processor}'],
    label: 'a queued job',
    source: 'unchecked: @nestjs/bullmq documentation',
  },
  {
    method: 'execute',
    phase: 'request',
    of: ['@nestjs/cqrs:{CommandHandler,ICommandHandler,QueryHandler,IQueryHandler}'],
    label: 'a command',
    source: 'unchecked: @nestjs/cqrs documentation',
  },
  {
    method: 'handle',
    phase: 'event',
    of: ['@nestjs/cqrs:{EventsHandler,IEventHandler}'],
    label: 'an event',
    source: 'unchecked: @nestjs/cqrs documentation',
  },
  {
    method: 'use',
    phase: 'request',
    of: [
      'routing-controllers:{ExpressMiddlewareInterface,KoaMiddlewareInterface,Middleware}',
      'type-graphql:MiddlewareInterface',
    ],
    label: 'middleware',
    source: 'unchecked: routing-controllers README.md',
  },
  {
    method: 'error',
    phase: 'request',
    of: ['routing-controllers:{ExpressErrorMiddlewareInterface,Middleware}'],
    label: 'an error handler',
    source: 'unchecked: routing-controllers README.md',
  },
  {
    method: 'intercept',
    phase: 'request',
    of: ['routing-controllers:{InterceptorInterface,Interceptor}'],
    label: 'an interceptor',
    source: 'unchecked: routing-controllers README.md',
  },
  {
    method: 'use',
    phase: 'request',
    of: ['@tsed/platform-middlewares:{Middleware,MiddlewareMethods}', '@tsed/common:{Middleware,MiddlewareMethods}'],
    label: 'middleware',
    source: 'unchecked: Ts.ED documentation',
  },
  { method: '$onInit', phase: 'boot', label: '$onInit', source: 'unchecked: Ts.ED documentation, hooks' },
  { method: '$onReady', phase: 'boot', label: '$onReady', source: 'unchecked: Ts.ED documentation, hooks' },
  { method: '$onDestroy', phase: 'shutdown', label: '$onDestroy', source: 'unchecked: Ts.ED documentation, hooks' },
  {
    method:
      '{connected,onConnect,onAuthenticate,onTokenSync,onCreateDocument,onLoadDocument,afterLoadDocument,beforeHandleMessage,beforeSync,onStateless,beforeBroadcastStateless,onChange,onStoreDocument,afterStoreDocument,onAwarenessUpdate,onDisconnect,beforeUnloadDocument,afterUnloadDocument,onUpgrade}',
    phase: 'socket',
    of: ['@hocuspocus/server:Extension'],
    label: 'collaboration {name}',
    source: '@hocuspocus/server@3.4.4 dist/packages/server/src/types.d.ts, interface Extension',
  },
  {
    method: '{onConfigure,onListen}',
    phase: 'boot',
    of: ['@hocuspocus/server:Extension'],
    label: 'the start of the collaboration server',
    source: '@hocuspocus/server@3.4.4 dist/packages/server/src/types.d.ts, interface Extension',
  },
  {
    method: 'onRequest',
    phase: 'request',
    of: ['@hocuspocus/server:Extension'],
    label: 'a request',
    source: '@hocuspocus/server@3.4.4 dist/packages/server/src/types.d.ts, interface Extension',
  },
  {
    method: 'onDestroy',
    phase: 'shutdown',
    of: ['@hocuspocus/server:Extension'],
    label: 'the end of the collaboration server',
    source: '@hocuspocus/server@3.4.4 dist/packages/server/src/types.d.ts, interface Extension',
  },
  {
    method:
      '{afterLoad,beforeInsert,afterInsert,beforeUpdate,afterUpdate,beforeRemove,afterRemove,beforeSoftRemove,afterSoftRemove,beforeRecover,afterRecover,beforeTransactionStart,afterTransactionStart,beforeTransactionCommit,afterTransactionCommit,beforeTransactionRollback,afterTransactionRollback}',
    phase: 'event',
    of: ['typeorm:{EntitySubscriberInterface,EventSubscriber}'],
    label: 'model hook {name}',
    source: 'typeorm@0.3.31 subscriber/EntitySubscriberInterface.d.ts',
  },
  {
    method:
      '{beforeCreate,afterCreate,beforeUpdate,afterUpdate,beforeUpsert,afterUpsert,beforeDelete,afterDelete,onInit,onLoad,beforeFlush,onFlush,afterFlush}',
    phase: 'event',
    of: ['@mikro-orm/core:EventSubscriber'],
    label: 'model hook {name}',
    source: 'unchecked: MikroORM documentation, event subscribers',
  },
  {
    method:
      '{$afterDelete,$afterFind,$afterInsert,$afterUpdate,$afterValidate,$beforeDelete,$beforeInsert,$beforeUpdate,$beforeValidate}',
    phase: 'event',
    of: ['objection:Model'],
    label: 'model hook {name}',
    source: 'objection@3.1.5 typings/objection/index.d.ts',
  },
  {
    method: '{find,get,create,update,patch,remove}',
    phase: 'request',
    of: ['@feathersjs/feathers:{ServiceMethods,Service}'],
    label: '{name} of a service',
    source: 'unchecked: Feathers documentation',
  },
  {
    method: '{serializeUser,deserializeUser}',
    phase: 'request',
    of: ['@nestjs/passport:PassportSerializer'],
    label: 'sign-in',
    source: 'unchecked: Nest documentation',
  },
  {
    method: 'validate',
    phase: 'request',
    of: ['class-validator:{ValidatorConstraintInterface,ValidatorConstraint}'],
    label: 'validation',
    source: 'unchecked: class-validator README.md',
  },
];

/** Classes of packages whose methods run when what extends them is used: in the turn of whoever makes one. */
export const baseClasses: readonly BaseClass[] = [
  {
    api: 'stream:{Readable,Writable,Duplex,Transform,PassThrough}',
    methods: ['_read', '_write', '_writev', '_transform', '_flush', '_final', '_destroy', '_construct'],
    source: 'Node.js API documentation, stream',
  },
];
