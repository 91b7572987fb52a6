import type { DecoratorKnowledge } from './types.js';

const NEST = 'unchecked: Nest documentation';
const SCHEDULE = '@nestjs/schedule@12.0.2 dist/decorators/*.d.ts';
const ROUTING = 'unchecked: routing-controllers README.md';
const TYPE_GRAPHQL = 'unchecked: TypeGraphQL documentation';

/** Decorators that make a class a singleton or a method run in a phase. `api` is the path of the decorator itself. */
export const decorators: readonly DecoratorKnowledge[] = [
  // Nest
  {
    api: '@nestjs/common:{Injectable,Controller,Module,Global}',
    on: 'class',
    singleton: true,
    label: 'Nest {name}',
    source: NEST,
  },
  { api: '@nestjs/common:Catch', on: 'class', singleton: true, label: 'Nest exception filter', source: NEST },
  { api: '@nestjs/websockets:WebSocketGateway', on: 'class', singleton: true, label: 'Nest gateway', source: NEST },
  { api: '@nestjs/graphql:Resolver', on: 'class', singleton: true, label: 'Nest resolver', source: NEST },
  {
    api: '{@nestjs/bull,@nestjs/bullmq}:Processor',
    on: 'class',
    singleton: true,
    label: 'Nest queue processor',
    source: NEST,
  },
  {
    api: '@nestjs/cqrs:{CommandHandler,QueryHandler,EventsHandler,Saga}',
    on: 'class',
    singleton: true,
    label: 'Nest handler',
    source: NEST,
  },
  {
    api: '@nestjs/common:{Get,Post,Put,Patch,Delete,Options,Head,All,Search,Sse}',
    on: 'method',
    phase: 'request',
    label: '{name} {path}',
    source: NEST,
  },
  {
    api: '@nestjs/microservices:{MessagePattern,EventPattern,GrpcMethod,GrpcStreamMethod,GrpcStreamCall}',
    on: 'method',
    phase: 'consumer',
    label: 'message {0}',
    source: NEST,
  },
  {
    api: '@nestjs/websockets:SubscribeMessage',
    on: 'method',
    phase: 'socket',
    label: 'socket message {0}',
    source: NEST,
  },
  {
    api: '@nestjs/graphql:{Query,Mutation,Subscription,ResolveField,ResolveReference}',
    on: 'method',
    phase: 'request',
    label: 'GraphQL {name} {0}',
    source: NEST,
  },
  { api: '@nestjs/schedule:Cron', on: 'method', phase: 'job', label: 'cron {0}', source: SCHEDULE },
  { api: '@nestjs/schedule:Interval', on: 'method', phase: 'job', label: 'a timer', source: SCHEDULE },
  { api: '@nestjs/schedule:Timeout', on: 'method', phase: 'job', label: 'some time after the start', source: SCHEDULE },
  {
    api: '{@anchan828/nest-bull,@anchan828/nest-bullmq}:{BullWorker,BullMQWorker}',
    on: 'class',
    singleton: true,
    label: 'Nest queue worker',
    source: NEST,
  },
  { api: '@nestjs/event-emitter:OnEvent', on: 'method', phase: 'event', label: 'event {0}', source: NEST },
  { api: '@nestjs/bull:Process', on: 'method', phase: 'consumer', label: 'a queued job', source: NEST },
  {
    api: '@nestjs/bull:{OnQueueActive,OnQueueCompleted,OnQueueFailed,OnQueueError,OnQueueWaiting,OnQueueStalled,OnQueueProgress,OnQueueDrained,OnQueuePaused,OnQueueResumed,OnQueueCleaned,OnQueueRemoved}',
    on: 'method',
    phase: 'event',
    label: 'queue event',
    source: NEST,
  },
  {
    api: '@nestjs/bullmq:{OnWorkerEvent,OnQueueEvent}',
    on: 'method',
    phase: 'event',
    label: 'queue event {0}',
    source: NEST,
  },
  {
    api: '@golevelup/nestjs-rabbitmq:{RabbitSubscribe,RabbitRPC,RabbitHandler}',
    on: 'method',
    phase: 'consumer',
    label: 'a RabbitMQ message',
    source: '@golevelup/nestjs-rabbitmq@9.0.2 lib/rabbitmq.decorators.d.ts:5',
  },
  {
    api: '@ssut/nestjs-sqs:SqsMessageHandler',
    on: 'method',
    phase: 'consumer',
    label: 'an SQS message',
    source: '@ssut/nestjs-sqs@3.0.1 dist/sqs.decorators.d.ts:2',
  },
  {
    api: 'nestjs-telegraf:{Update,Scene,Wizard}',
    on: 'class',
    singleton: true,
    label: 'bot',
    source: 'nestjs-telegraf@2.9.1 dist/decorators/core/wizard.decorator.d.ts:2',
  },
  {
    api: 'nestjs-telegraf:{On,Start,Help,Command,Hears,Action,Settings,InlineQuery}',
    on: 'method',
    phase: 'consumer',
    label: 'bot {name} {0}',
    source: 'nestjs-telegraf@2.9.1 dist/decorators/listeners/inline-query.decorator.d.ts:6',
  },
  {
    api: 'agenda:JobsController',
    on: 'class',
    singleton: true,
    label: 'job controller',
    source: 'agenda@6.2.6 dist/decorators/index.d.ts',
  },
  {
    api: 'agenda:{Define,Every}',
    on: 'method',
    phase: 'consumer',
    label: 'a queued job',
    source: 'agenda@6.2.6 dist/decorators/index.d.ts',
  },
  {
    api: 'nest-commander:{Command,SubCommand}',
    on: 'class',
    singleton: true,
    label: 'command {0}',
    source: 'nest-commander@3.21.0 src/command.decorators.d.ts:5',
  },

  // routing-controllers
  {
    api: 'routing-controllers:{Controller,JsonController,Middleware,Interceptor}',
    on: 'class',
    singleton: true,
    label: '{name}',
    source: ROUTING,
  },
  {
    api: 'routing-controllers:{Get,Post,Put,Patch,Delete,Head,All,Method}',
    on: 'method',
    phase: 'request',
    label: '{name} {path}',
    source: ROUTING,
  },
  {
    api: 'socket-controllers:SocketController',
    on: 'class',
    singleton: true,
    label: 'socket controller',
    source: 'socket-controllers@0.3.1 decorators/SocketController.d.ts:1',
  },
  {
    api: 'socket-controllers:{OnMessage,OnConnect,OnDisconnect}',
    on: 'method',
    phase: 'socket',
    label: 'socket {name} {0}',
    source: 'socket-controllers@0.3.1 decorators/OnDisconnect.d.ts:1',
  },

  // TypeGraphQL
  { api: 'type-graphql:Resolver', on: 'class', singleton: true, label: 'GraphQL resolver', source: TYPE_GRAPHQL },
  {
    api: 'type-graphql:{Query,Mutation,Subscription,FieldResolver}',
    on: 'method',
    phase: 'request',
    label: 'GraphQL {name}',
    source: TYPE_GRAPHQL,
  },

  // Containers
  {
    api: 'inversify:injectable',
    on: 'class',
    label: 'injectable',
    source: 'inversify@8.2.3 lib/index.d.ts:3',
  },
  {
    api: 'inversify-express-utils:controller',
    on: 'class',
    label: 'controller {0}',
    source: 'inversify-express-utils@6.5.0 lib/esm/index.d.ts:13',
  },
  {
    api: 'inversify-express-utils:{httpGet,httpPost,httpPut,httpPatch,httpDelete,httpHead,all,httpMethod}',
    on: 'method',
    phase: 'request',
    label: '{name} {path}',
    source: 'inversify-express-utils@6.5.0 lib/esm/index.d.ts:232',
  },
  {
    api: 'inversify-binding-decorators:{fluentProvide,provide}',
    on: 'class',
    label: 'injectable',
    source: 'inversify-binding-decorators@4.0.0 dts/index.d.ts:6',
  },
  {
    api: 'typedi:Service',
    on: 'class',
    singleton: true,
    label: 'service',
    source: 'typedi@0.10.0 types/decorators/service.decorator.d.ts:6',
  },
  {
    api: 'tsyringe:singleton',
    on: 'class',
    singleton: true,
    label: 'singleton',
    source: 'tsyringe@4.10.0 dist/typings/decorators/index.d.ts:5',
  },
  {
    api: 'tsyringe:{injectable,autoInjectable,scoped}',
    on: 'class',
    label: 'injectable',
    source: 'tsyringe@4.10.0 dist/typings/decorators/index.d.ts:9',
  },

  // Ts.ED, tsoa, LoopBack, Midway
  {
    api: '{@tsed/di,@tsed/common}:{Injectable,Service,Controller,Module}',
    on: 'class',
    singleton: true,
    label: 'Ts.ED {name}',
    source: '@tsed/common@8.38.0 package.json',
  },
  {
    api: '@tsed/{schema,common}:{Get,Post,Put,Patch,Delete,Head,Options,All}',
    on: 'method',
    phase: 'request',
    label: '{name} {path}',
    source: '@tsed/common@8.38.0 lib/types/index.d.ts:12',
  },
  {
    api: 'tsoa:{Get,Post,Put,Patch,Delete,Head,Options}',
    on: 'method',
    phase: 'request',
    label: '{name} {path}',
    source: 'unchecked: tsoa documentation (a new controller for each request)',
  },
  {
    api: '@loopback/rest:{get,post,put,patch,del,operation}',
    on: 'method',
    phase: 'request',
    label: '{name} {path}',
    source: 'unchecked: LoopBack 4 documentation',
  },
  {
    api: '@loopback/cron:cronJob',
    on: 'class',
    label: 'a cron job',
    source: '@loopback/cron@0.13.15 dist/decorators/cron-job.decorator.d.ts:17',
  },
  {
    api: '@midwayjs/core:{Get,Post,Put,Patch,Del,Delete,Head,Options,All}',
    on: 'method',
    phase: 'request',
    label: '{name} {path}',
    source: 'unchecked: Midway documentation',
  },
  {
    api: '@midwayjs/core:Singleton',
    on: 'class',
    singleton: true,
    label: 'singleton',
    source: '@midwayjs/core@4.0.0 dist/interface.d.ts:47',
  },

  // Egg
  {
    api: '{egg,@eggjs/tegg}:{SingletonProto,HTTPController}',
    on: 'class',
    singleton: true,
    label: 'Egg {name}',
    source:
      '@eggjs/controller-decorator@3.88.1 dist/src/decorator/http/HTTPController.js (a SingletonProto); egg 4 exports the same',
  },
  {
    api: '{egg,@eggjs/tegg}:Event',
    on: 'class',
    singleton: true,
    label: 'Egg {name}',
    source: '@eggjs/eventbus-decorator@3.88.1 dist/src/Event.js (a SingletonProto)',
  },
  {
    api: '{egg,@eggjs/tegg}:HTTPMethod',
    on: 'method',
    phase: 'request',
    label: 'HTTP {path}',
    source: '@eggjs/controller-decorator@3.88.1 dist/src/decorator/http/HTTPMethod.d.ts',
  },
  {
    api: '{egg,@eggjs/tegg}/schedule:Schedule',
    on: 'class',
    singleton: true,
    label: 'Egg schedule',
    source: '@eggjs/tegg@3.79.2 schedule.d.ts, @eggjs/tegg-schedule-plugin@3.79.2 lib/SchedulePrototypeHook.js',
  },

  // Nest, further parts
  {
    api: '@nestjs/common:Module',
    on: 'class',
    phase: 'boot',
    property: 'providers.useFactory',
    label: 'a provider',
    source: '@nestjs/common@12.5.1 decorators/modules/module.decorator.d.ts:16',
  },
  {
    api: '{nestjs-cron,nest-schedule,nestjs-schedule}:{Cron,Interval,Timeout}',
    on: 'method',
    phase: 'job',
    label: 'on a schedule',
    source: 'nestjs-schedule@0.1.8 dist/decorators/timeout.decorator.d.ts:2',
  },
  {
    api: '{nest-bull,@nestjs/bullmq}:Process',
    on: 'method',
    phase: 'consumer',
    label: 'a queued job',
    source: '@nestjs/bullmq@12.0.0 package.json',
  },
  {
    api: 'nestjs-slack-bolt:{Message,Command,Action,Event,Shortcut,View}',
    on: 'method',
    phase: 'request',
    label: 'Slack {name} {0}',
    source: 'nestjs-slack-bolt@1.5.0 dist/decorators/view.decorator.d.ts:4',
  },
  {
    api: 'necord:{On,Once,SlashCommand,TextCommand,Button,Modal,StringSelect,Subcommand}',
    on: 'method',
    phase: 'consumer',
    label: 'bot {name}',
    source: 'necord@6.14.0 dist/commands/slash-commands/decorators/subcommand.decorator.d.ts:9',
  },

  // Models
  {
    api: 'sequelize-typescript:{BeforeValidate,AfterValidate,ValidationFailed,BeforeCreate,AfterCreate,BeforeDestroy,AfterDestroy,BeforeRestore,AfterRestore,BeforeUpdate,AfterUpdate,BeforeSave,AfterSave,BeforeUpsert,AfterUpsert,BeforeBulkCreate,AfterBulkCreate,BeforeBulkDestroy,AfterBulkDestroy,BeforeBulkUpdate,AfterBulkUpdate,BeforeFind,AfterFind,BeforeCount,BeforeBulkRestore,AfterBulkRestore,BeforeSync,AfterSync,BeforeBulkSync,AfterBulkSync,BeforeConnect,AfterConnect,BeforeDefine,AfterDefine,BeforeInit,AfterInit,BeforeFindAfterExpandIncludeAll,BeforeFindAfterOptions}',
    on: 'method',
    phase: 'event',
    label: 'model hook {name}',
    source: 'sequelize-typescript@2.1.6 dist/hooks/{single,bulk}/*.d.ts',
  },
  {
    api: 'typeorm:{AfterInsert,AfterLoad,AfterRecover,AfterRemove,AfterSoftRemove,AfterUpdate,BeforeInsert,BeforeRecover,BeforeRemove,BeforeSoftRemove,BeforeUpdate}',
    on: 'method',
    phase: 'event',
    label: 'model hook {name}',
    source: 'typeorm@0.3.31 decorator/listeners/*.d.ts',
  },
  {
    api: '@mikro-orm/{core,decorators/legacy}:{BeforeCreate,AfterCreate,BeforeUpdate,AfterUpdate,BeforeUpsert,AfterUpsert,BeforeDelete,AfterDelete,OnInit,OnLoad}',
    on: 'method',
    phase: 'event',
    label: 'model hook {name}',
    source: '@mikro-orm/decorators@7.2.1 es/hooks.d.ts:16',
  },
  {
    api: 'typeorm:EventSubscriber',
    on: 'class',
    singleton: true,
    label: 'model subscriber',
    source: 'typeorm@0.3.31 decorator/listeners/EventSubscriber.d.ts',
  },
  {
    api: '@typegoose/typegoose:{pre,post}',
    on: 'class',
    phase: 'event',
    label: 'model hook {0}',
    source: '@typegoose/typegoose@13.4.0 lib/hooks.d.ts:51',
  },

  // Others
  { api: '@adonisjs/core:inject', on: 'class', label: 'injectable', source: '@adonisjs/core@7.5.2 build/index.d.ts:7' },
  {
    api: '@midwayjs/core:{OnWSMessage,OnWSConnection,OnWSDisConnection}',
    on: 'method',
    phase: 'socket',
    label: 'socket {name}',
    source: '@midwayjs/core@4.0.0 dist/decorator/ws/webSocketEvent.d.ts:38',
  },
  {
    api: '@midwayjs/cron:Job',
    on: 'class',
    label: 'a cron job',
    source: '@midwayjs/cron@3.20.22 dist/decorator.d.ts:2',
  },
];
