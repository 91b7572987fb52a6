import type { ContainerRead, ContainerWrap, ContainerWrite, InjectionByName } from './types.js';

/*
 * Things that are kept under a name in one place and asked for by it in another: containers of services, what is hung on an
 * application. `into` and `from` are API paths (of the object that has the names as properties where there is one, of the
 * container's package where there is none), and a name put into one is found in the same.
 */

const AWILIX = 'awilix@13.0.5 README.md';
const CRADLE = 'awilix:createContainer().cradle';
const INVERSIFY = 'unchecked: https://inversify.io/docs/api/binding-syntax/';
const TSYRINGE = 'tsyringe@4.10.0 README.md';
const TYPEDI = 'typedi@0.10.0 types/container.class.d.ts';
const NEST = 'unchecked: https://docs.nestjs.com/fundamentals/custom-providers';
const FASTIFY = 'unchecked: https://fastify.dev/docs/latest/Reference/Decorators/';
const HAPI = 'unchecked: https://hapi.dev/api/ (server.decorate, server.method)';

/** Calls that put something under a name; with an object in the name's place, every property of it. */
export const containerWrites: readonly ContainerWrite[] = [
  { api: 'awilix:createContainer().register', name: 0, value: 1, into: CRADLE, injects: true, source: AWILIX },
  {
    api: 'awilix:createContainer().loadModules',
    name: 'files',
    value: 'files',
    made: true,
    into: CRADLE,
    injects: true,
    source: AWILIX,
  },

  {
    api: 'inversify:Container().bind().to',
    name: 'receiver',
    value: 0,
    made: true,
    into: 'inversify:',
    source: INVERSIFY,
  },
  {
    api: 'inversify:Container().bind().toSelf',
    name: 'receiver',
    value: 'receiver',
    made: true,
    into: 'inversify:',
    source: INVERSIFY,
  },
  {
    api: 'inversify:Container().bind().toConstantValue',
    name: 'receiver',
    value: 0,
    into: 'inversify:',
    source: INVERSIFY,
  },
  {
    api: 'inversify:Container().bind().{toDynamicValue,toResolvedValue}',
    name: 'receiver',
    value: 0,
    made: true,
    into: 'inversify:',
    source: INVERSIFY,
  },

  { api: 'tsyringe:container.register', name: 0, value: 1, provider: true, into: 'tsyringe:', source: TSYRINGE },
  {
    api: 'tsyringe:container.registerSingleton',
    name: 0,
    value: 1,
    made: true,
    lifetime: 'singleton',
    into: 'tsyringe:',
    source: TSYRINGE,
  },
  { api: 'tsyringe:container.registerInstance', name: 0, value: 1, into: 'tsyringe:', source: TSYRINGE },
  { api: 'tsyringe:container.registerType', name: 0, value: 1, made: true, into: 'tsyringe:', source: TSYRINGE },

  {
    api: 'typedi:Container.set',
    name: 0,
    value: 1,
    provider: true,
    into: 'typedi:',
    lifetime: 'singleton',
    source: TYPEDI,
  },

  { api: 'fastify:().decorate', name: 0, value: 1, into: 'fastify:()', source: FASTIFY },
  { api: 'fastify:().decorateRequest', name: 0, value: 1, into: 'fastify:().get/1.0', source: FASTIFY },
  { api: 'fastify:().decorateReply', name: 0, value: 1, into: 'fastify:().get/1.1', source: FASTIFY },
  { api: '@hapi/hapi:Server().method', name: 0, value: 1, into: '@hapi/hapi:Server().methods', source: HAPI },
  {
    api: 'express:().set',
    name: 0,
    value: 1,
    into: 'express:().settings',
    source: 'express@5.3.0 lib/express.js:44',
  },
];

/** Calls that give what is kept under a name. */
export const containerReads: readonly ContainerRead[] = [
  { api: 'awilix:createContainer().{resolve,build}', name: 0, from: CRADLE, source: AWILIX },
  { api: 'inversify:Container().{get,getAsync,resolve}', name: 0, from: 'inversify:', source: INVERSIFY },
  { api: 'tsyringe:container.resolve', name: 0, from: 'tsyringe:', source: TSYRINGE },
  { api: 'typedi:Container.get', name: 0, from: 'typedi:', source: TYPEDI },
  {
    api: '@nestjs/core:{NestFactory.create(),ModuleRef()}.{get,resolve}',
    name: 0,
    from: '@nestjs/common:',
    source: '@nestjs/core@12.5.1 injector/module-ref.d.ts:67',
  },
  {
    api: 'express:().get',
    name: 0,
    from: 'express:().settings',
    source: 'express@5.3.0 lib/request.js:47',
  },
];

/** What stands around a value that is registered, and says how it is made. Methods after it say how long it lives. */
export const containerWraps: readonly ContainerWrap[] = [
  { api: 'awilix:{asClass,asFunction}', made: true, source: AWILIX },
  { api: 'awilix:asValue', source: AWILIX },
];

/** Decorators that name what a parameter or a field gets. */
export const injectionsByName: readonly InjectionByName[] = [
  { api: 'inversify:inject', from: 'inversify:', source: INVERSIFY },
  { api: 'tsyringe:inject', from: 'tsyringe:', source: TSYRINGE },
  { api: 'typedi:Inject', from: 'typedi:', source: TYPEDI },
  { api: '@nestjs/common:Inject', from: '@nestjs/common:', source: NEST },
];

/** Packages whose modules list providers as objects, `{ provide: TOKEN, useClass: C }`, wherever these are written. */
export const providerLists: readonly { readonly package: string; readonly into: string; readonly source: string }[] = [
  { package: '@nestjs/common', into: '@nestjs/common:', source: NEST },
];

/** Objects that every object of a package's kind has as its prototype. */
export const prototypes: readonly { readonly api: string; readonly of: string; readonly source: string }[] = [
  {
    api: 'koa:().context',
    of: 'koa:().use/0.0',
    source: 'koa@3.3.0 lib/application.js:21',
  },
];
