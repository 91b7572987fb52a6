import { describe, expect, it } from 'vitest';
import { callOf, fnOf, programOf, type Sources } from '../../../test/in-memory.js';

/** When the function called `f` runs: phases with their labels, guesses marked. */
async function reaches(sources: Sources | string, name = 'f'): Promise<string[]> {
  const program = await programOf(sources);
  return program
    .reaches(fnOf(program, name))
    .map(({ phase, label, weak }) => `${phase}: ${label}${weak ? ' (guessed)' : ''}`);
}

const BOOT = 'boot: the start of the process';

describe('registrations', () => {
  it.each<[string, string, string[]]>([
    // Express
    [
      'a route of Express',
      "import express from 'express'; const app = express(); app.get('/a', f); function f() {}",
      ['request: GET /a'],
    ],
    [
      'a route of a router',
      "import { Router } from 'express'; const r = Router(); r.post('/a', f); function f() {}",
      ['request: POST /a'],
    ],
    ['CommonJS', "const express = require('express'); express().put('/a', f); function f() {}", ['request: PUT /a']],
    [
      'several handlers',
      "import express from 'express'; express().get('/a', a, [b, f], c); function f() {}",
      ['request: GET /a'],
    ],
    [
      'a chain',
      "import express from 'express'; express().use(a).get('/a', b).delete('/b', f); function f() {}",
      ['request: DELETE /b'],
    ],
    [
      'route()',
      "import express from 'express'; express().route('/a').get(a).post(f); function f() {}",
      ['request: POST /a'],
    ],
    [
      'middleware',
      "import express from 'express'; express().use('/a', f); function f() {}",
      ['request: middleware /a'],
    ],
    [
      'mounted on another application, at start',
      "import express from 'express'; const app = express(); app.on('mount', f); function f() {}",
      ['boot: once the application is mounted'],
    ],
    [
      'another event of an application',
      "import express from 'express'; const app = express(); app.on('other', f); function f() {}",
      ['event: event other'],
    ],
    [
      'a wrapper of a package',
      "import express from 'express'; import wrap from 'express-async-handler'; express().get('/a', wrap(f)); function f() {}",
      ['request: a request handler'],
    ],
    [
      'a wrapper of the project',
      "import express from 'express'; const wrap = (fn) => (q, s, n) => fn(q, s).catch(n); express().get('/a', wrap(f)); function f() {}",
      ['request: GET /a'],
    ],
    [
      'a method',
      "import express from 'express'; class A { f() {} } const a = new A(); express().get('/a', a.f); ",
      ['request: GET /a'],
    ],
    [
      'an application handed over',
      "import express from 'express'; function routes(app) { app.get('/a', f); } routes(express()); function f() {}",
      ['request: GET /a'],
    ],
    [
      'a name that is a constant',
      "import express from 'express'; const path = '/a'; express().get(path, f); function f() {}",
      ['request: GET /a'],
    ],
    [
      'once it listens',
      "import express from 'express'; express().listen(80, f); function f() {}",
      ['boot: once the server listens'],
    ],

    // Other frameworks
    [
      'a route of Fastify',
      "import Fastify from 'fastify'; Fastify().get('/a', f); function f() {}",
      ['request: GET /a'],
    ],
    [
      'a route of Fastify with options',
      "import Fastify from 'fastify'; Fastify().get('/a', { preHandler: f }, a); function f() {}",
      ['request: GET /a'],
    ],
    [
      'route() of Fastify',
      "import Fastify from 'fastify'; Fastify().route({ method: 'GET', url: '/a', handler: f }); function f() {}",
      ['request: a route'],
    ],
    [
      'a hook',
      "import Fastify from 'fastify'; Fastify().addHook('onRequest', f); function f() {}",
      ['request: hook onRequest'],
    ],
    [
      'a hook at the end',
      "import Fastify from 'fastify'; Fastify().addHook('onClose', f); function f() {}",
      ['shutdown: hook onClose'],
    ],
    ['a plugin', "import Fastify from 'fastify'; Fastify().register(f); function f() {}", ['boot: a plugin']],
    [
      'a route in a plugin',
      "import Fastify from 'fastify'; Fastify().register(async (app) => { app.get('/a', f); }); function f() {}",
      ['request: GET /a'],
    ],
    ['middleware of Koa', "import Koa from 'koa'; new Koa().use(f); function f() {}", ['request: middleware']],
    [
      'a route of Koa',
      "const Router = require('koa-router'); const r = new Router(); r.get('/a', f); function f() {}",
      ['request: GET /a'],
    ],
    [
      'a route of Hapi',
      "const Hapi = require('@hapi/hapi'); const s = Hapi.server(); s.route({ path: '/a', handler: f }); function f() {}",
      ['request: a route'],
    ],
    [
      'routes of Hapi',
      "import { Server } from '@hapi/hapi'; new Server().route([{ options: { handler: f } }]); function f() {}",
      ['request: a route'],
    ],
    [
      'an extension of Hapi',
      "const Hapi = require('@hapi/hapi'); Hapi.server().ext('onPreStart', f); function f() {}",
      ['boot: onPreStart'],
    ],
    [
      'a server of Node',
      "import http from 'node:http'; http.createServer(f).listen(80); function f() {}",
      ['request: an HTTP request'],
    ],

    // Sockets
    [
      'a connection of ws',
      "import { WebSocketServer } from 'ws'; new WebSocketServer().on('connection', f); function f() {}",
      ['socket: a websocket connection'],
    ],
    [
      'a message of ws',
      "import { WebSocketServer } from 'ws'; new WebSocketServer().on('connection', (ws) => ws.on('message', f)); function f() {}",
      ['socket: websocket message'],
    ],
    [
      'a message of socket.io',
      "import { Server } from 'socket.io'; const io = new Server(); io.on('connection', (socket) => { socket.on('a', f); }); function f() {}",
      ['socket: socket message a'],
    ],

    [
      'rows of a table',
      "import express from 'express'; const app = express(); const rows = [{ method: 'put', path: '/a', run: f }, { method: 'get', path: '/b', run() {} }]; for (const row of rows) app[row.method](row.path, row.run); function f() {}",
      ['request: PUT /a'],
    ],
    [
      'rows of one method, under a mount',
      "import express from 'express'; const app = express(); const router = express.Router(); app.use('/api', router); [{ at: '/b', run() {} }, { at: '/a', run: f }].forEach((row) => router.get(row.at, row.run)); function f() {}",
      ['request: GET /api/a'],
    ],

    // Timers and events
    ['an interval', 'setInterval(f, 1000); function f() {}', ['job: a timer']],
    ['a delay runs when it is set', 'setTimeout(f, 1000); function f() {}', [BOOT]],
    [
      'a delay in a request',
      "import express from 'express'; express().get('/a', () => { setTimeout(f, 1); }); function f() {}",
      ['request: GET /a'],
    ],
    ['cron', "import cron from 'node-cron'; cron.schedule('* * * * *', f); function f() {}", ['job: cron * * * * *']],
    [
      'cron in an option',
      "import { CronJob } from 'cron'; CronJob.from({ cronTime: '* * * * *', onTick: f }); function f() {}",
      ['job: a cron job'],
    ],
    [
      'an emitter',
      "import { EventEmitter } from 'events'; const e = new EventEmitter(); e.on('a', f); function f() {}",
      ['event: event a'],
    ],
    [
      'an emitter of the project',
      "import { EventEmitter } from 'events'; class A extends EventEmitter {} new A().once('a', f); function f() {}",
      ['event: event a'],
    ],
    ['a signal', "process.on('SIGTERM', f); function f() {}", ['shutdown: process SIGTERM']],
    ['a failure', "process.on('uncaughtException', f); function f() {}", ['event: process uncaughtException']],
    ['a queue', "import { Worker } from 'bullmq'; new Worker('a', f); function f() {}", ['consumer: job of queue a']],

    // Where the receiver is not known, the shape tells
    ['a path', "export default (app) => { app.get('/a', f); }; function f() {}", ['request: GET /a']],
    ['an event', "export default (bus) => { bus.on('a', f); }; function f() {}", ['event: event a']],
    ['a message', "export default (socket) => { socket.on('a', f); }; function f() {}", ['socket: socket message a']],
    ['no path', "export default (cache) => { cache.get('a', f); }; function f() {}", []],
  ])('%s', async (_, text, expected) => {
    const program = await programOf(text);
    const name = text.includes('f() {} }') ? 'A.f' : 'f';
    const found = program.reaches(fnOf(program, name)).map(({ phase, label }) => `${phase}: ${label}`);
    expect(found).toEqual(expected);
  });
});

describe('decorators, types and conventions', () => {
  it.each<[string, string, string, string[]]>([
    [
      'a route of Nest',
      "import { Controller, Get } from '@nestjs/common'; @Controller('a') class A { @Get('b') f() {} }",
      'A.f',
      ['request: GET /a/b'],
    ],
    [
      'a job of Nest',
      "import { Cron } from '@nestjs/schedule'; class A { @Cron('0 * * * *') f() {} }",
      'A.f',
      ['job: cron 0 * * * *'],
    ],
    [
      'a message of Nest',
      "import { SubscribeMessage } from '@nestjs/websockets'; class A { @SubscribeMessage('a') f() {} }",
      'A.f',
      ['socket: socket message a'],
    ],
    [
      'a hook of Nest',
      "import { Injectable } from '@nestjs/common'; @Injectable() class A { onModuleInit() {} }",
      'A.onModuleInit',
      ['boot: onModuleInit'],
    ],
    ['a hook without decorator', 'class A { onModuleInit() {} }', 'A.onModuleInit', []],
    [
      'a queue of Nest',
      "import { Processor, WorkerHost } from '@nestjs/bullmq'; @Processor('a') class A extends WorkerHost { process() {} }",
      'A.process',
      ['consumer: a queued job'],
    ],
    [
      'a service behind a route',
      "import { Controller, Get } from '@nestjs/common'; @Controller() class A { constructor(private b: B) {} @Get('c') d() { this.b.f(); } } class B { f() {} }",
      'B.f',
      ['request: GET /c'],
    ],
    [
      'the types of the parameters',
      "import type { Request } from 'express'; export function f(req: Request) {}",
      'f',
      ['request: the handler f'],
    ],
    [
      'its own type',
      "import type { RequestHandler } from 'express'; export const f: RequestHandler = () => {};",
      'f',
      ['request: a request handler'],
    ],
  ])('%s', async (_, text, name, expected) => {
    expect(await reaches(text, name)).toEqual(expected);
  });

  const next = { name: 'a', dependencies: { next: '15' } };
  it.each<[string, string[]]>([
    ["'use server'; export async function f() {}", ['request: server action f']],
    ["export async function f() { 'use server'; }", ['request: a server action']],
    ["'use server'; async function f() {}", []],
  ])('Next: `%s`', async (text, expected) => {
    expect(await reaches({ 'package.json': next, 'lib/a.ts': text })).toEqual(expected);
  });

  it.each<[string, string, string, string[]]>([
    ['app/api/a/route.ts', 'export async function GET() {}', 'GET', ['request: GET of app/api/a/route.ts']],
    ['src/app/a/route.ts', 'export const POST = () => {};', 'POST', ['request: POST of src/app/a/route.ts']],
    ['pages/api/a.ts', 'export default function f() {}', 'f', ['request: API route pages/api/a.ts']],
    [
      'pages/a.tsx',
      'export async function getServerSideProps() {}',
      'getServerSideProps',
      ['request: getServerSideProps of pages/a.tsx'],
    ],
    ['middleware.ts', 'export function middleware() {}', 'middleware', ['request: middleware']],
    [
      'instrumentation.ts',
      'export function register() {}',
      'register',
      ['boot: the start of the server (instrumentation)'],
    ],
    ['lib/api.ts', 'export function GET() {}', 'GET', []],
  ])('Next: %s', async (file, text, name, expected) => {
    expect(await reaches({ 'package.json': next, [file]: text }, name)).toEqual(expected);
    expect(await reaches({ 'package.json': { name: 'a' }, [file]: text }, name)).toEqual([]);
  });
});

describe('the way through the program', () => {
  const server = "import express from 'express'; import { a } from './a'; express().get('/x', (req, res) => a(req));";

  it.each<[string, Sources, string[]]>([
    [
      'calls',
      {
        'server.ts': server,
        'a.ts': "import { f } from './f'; export const a = () => f();",
        'f.ts': 'export function f() {}',
      },
      ['request: GET /x'],
    ],
    [
      'callbacks that nothing registers',
      { 'server.ts': server, 'a.ts': 'export const a = (list) => list.map(f); function f() {}' },
      ['request: GET /x'],
    ],
    [
      'promises',
      { 'server.ts': server, 'a.ts': 'export const a = async () => { await b().then(f); }; function f() {}' },
      ['request: GET /x'],
    ],
    [
      'callbacks of the project',
      {
        'server.ts': server,
        'a.ts': 'export const a = () => twice(f); function twice(g) { g(); g(); } function f() {}',
      },
      ['request: GET /x'],
    ],
    [
      'a method that only one class has',
      {
        'server.ts': server,
        'a.ts':
          'export const a = (req, prices) => prices.refreshPrices(); export class P { refreshPrices() { f(); } } function f() {}',
      },
      ['request: GET /x (guessed)'],
    ],
    [
      'a method of a row',
      {
        'server.ts': server,
        'a.ts':
          "import { Model, Sequelize } from 'sequelize'; class P extends Model { refreshPrices() { f(); } } class Q { refreshPrices() {} } export const a = async () => { const p = await new Sequelize().models.p.findOne(); p.refreshPrices(); }; function f() {}",
      },
      ['request: GET /x (guessed)'],
    ],
    [
      'several ways',
      {
        'server.ts': server,
        'a.ts': "import { f } from './f'; export const a = () => f(); setInterval(a, 1);",
        'f.ts': 'export function f() {}',
      },
      ['job: a timer', 'request: GET /x'],
    ],
    ['nothing', { 'server.ts': server, 'a.ts': 'export const a = () => {}; function f() {}' }, []],
    ['the start', { 'server.ts': server, 'a.ts': 'export const a = () => {}; f(); function f() {}' }, [BOOT]],
    ['a script', { 'scripts/a.ts': 'f(); function f() {}' }, ['script: a script']],
    ['a test', { 'a.test.ts': 'f(); function f() {}' }, []],
    [
      'a circle',
      { 'server.ts': server, 'a.ts': 'export const a = () => f(); function f() { a(); }' },
      ['request: GET /x'],
    ],
  ])('%s', async (_, sources, expected) => {
    expect(await reaches(sources)).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    [
      'a bound method',
      "import express from 'express'; class A { constructor() { express().get('/a', this.f.bind(this)); } f() {} } new A();",
      ['request: GET /a'],
    ],
    [
      'a list of functions',
      "import express from 'express'; import async from 'async'; express().get('/a', () => async.series([g, f])); function f() {} function g() {}",
      ['request: GET /a'],
    ],
    [
      'a function that waits for calls to end',
      "import express from 'express'; import { debounce } from 'lodash'; const later = debounce(f, 9); express().get('/a', () => later()); function f() {}",
      ['request: GET /a'],
    ],
    [
      'a getter',
      "import express from 'express'; class A { get b() { return f(); } } express().get('/a', () => new A().b); function f() {}",
      ['request: GET /a'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await reaches(text, text.includes('f() {} }') ? 'A.f' : 'f')).toEqual(expected);
  });

  it('does not overflow on long chains and large circles', async () => {
    const length = 10_000;
    const functions = Array.from({ length }, (_, i) => `function f${i}() { f${(i + 1) % length}(); }`);
    const program = await programOf(`import express from 'express'; express().get('/x', f0); ${functions.join('\n')}`);
    const [reach] = program.reaches(fnOf(program, `f${length - 1}`));
    expect(reach?.label).toBe('GET /x');
    expect(reach?.path[0]?.note).toBe('registered for GET /x');
    expect(reach?.path.length).toBeLessThan(25);
  });

  it('is kept as evidence, from the registration on', async () => {
    const program = await programOf({
      'server.ts': server,
      'a.ts': 'export const a = () => {\n  f();\n};\nfunction f() {}',
    });
    expect(program.reaches(fnOf(program, 'f'))[0]?.path).toEqual([
      { role: 'registered', file: 'server.ts', span: [1, 67, 1, 98], note: 'registered for GET /x' },
      { role: 'reached', file: 'server.ts', span: [1, 91, 1, 97], note: '`a function` calls `a`' },
      { role: 'reached', file: 'a.ts', span: [2, 3, 2, 6], note: '`a` calls `f`' },
    ]);
  });

  it('knows the calls that register a function', async () => {
    const program = await programOf(
      "import cron from 'node-cron'; cron.schedule('a', f); cron.schedule('b', f); function f() {}",
    );
    expect(program.registrations(fnOf(program, 'f')).map(({ fact }) => fact.args[0])).toEqual([
      { k: 'lit', v: 'a' },
      { k: 'lit', v: 'b' },
    ]);
  });
});

describe('events of the project', () => {
  const express = "import express from 'express'; express().get('/x', () => a()); ";
  const bus = "import { EventEmitter } from 'events'; const bus = new EventEmitter(); ";

  it.each<[string, Sources | string, string[]]>([
    [
      'an emitter',
      `${express}${bus} bus.on('a', f); function a() { bus.emit('a'); } function f() {}`,
      ['request: GET /x'],
    ],
    [
      'another event',
      `${express}${bus} bus.on('b', f); function a() { bus.emit('a'); } function f() {}`,
      ['event: event b'],
    ],
    [
      'another emitter',
      `${express}${bus} const other = new EventEmitter(); other.on('a', f); function a() { bus.emit('a'); } function f() {}`,
      ['event: event a'],
    ],
    ['nobody emits', `${express}${bus} bus.on('a', f); function a() {} function f() {}`, ['event: event a']],
    [
      'who emits is not known to run',
      `${express}${bus} bus.on('a', f); function a() {} export function g() { bus.emit('a'); } function f() {}`,
      ['event: event a'],
    ],
    [
      'an event that is chosen at run time',
      `${express}${bus} bus.on('a', f); function a() { bus.emit(b); } function f() {}`,
      ['request: GET /x (guessed)'],
    ],
    [
      'one of many listeners',
      `${express}${bus} bus.on('a', f); bus.on('b', g); bus.on('c', g); bus.on('d', g); function a() { bus.emit(b); } function f() {} function g() {}`,
      ['event: event a'],
    ],
    [
      'a class that is one',
      `${express} import { EventEmitter } from 'events'; class A extends EventEmitter { b() { this.emit('a'); } } const one = new A(); one.once('a', f); function a() { one.b(); } function f() {}`,
      ['request: GET /x'],
    ],
    [
      'an emitter of another file',
      {
        'server.ts': `${express} import { bus } from './bus'; import './listen'; function a() { bus.emit('a'); }`,
        'bus.ts': "import EventEmitter from 'eventemitter3'; export const bus = new EventEmitter();",
        'listen.ts': "import { bus } from './bus'; bus.on('a', f); function f() {}",
      },
      ['request: GET /x'],
    ],
    [
      'a field',
      `${express} import { EventEmitter } from 'events'; class A { events = new EventEmitter(); listen() { this.events.on('a', f); } b() { this.events.emit('a'); } } const one = new A(); one.listen(); function a() { one.b(); } function f() {}`,
      ['request: GET /x'],
    ],
    [
      'mitt',
      `${express} import mitt from 'mitt'; const bus = mitt(); bus.on('a', f); function a() { bus.emit('a'); } function f() {}`,
      ['request: GET /x'],
    ],
    [
      'a subject',
      `${express} import { Subject } from 'rxjs'; const bus = new Subject(); bus.subscribe(f); function a() { bus.next(1); } function f() {}`,
      ['request: GET /x'],
    ],
    [
      'a socket is no emitter of the project',
      `${express} import { Server } from 'socket.io'; const io = new Server(); io.on('connection', (s) => s.on('a', f)); function a() { io.emit('a'); } function f() {}`,
      ['socket: socket message a'],
    ],
  ])('%s', async (_, sources, expected) => {
    expect(await reaches(sources)).toEqual(expected);
  });

  it.each([
    ["'order.created'", "'order.created'", ['request: POST /']],
    ["'order.*'", "'order.created'", ['request: POST /']],
    ["'order.**'", "'order.created.now'", ['request: POST /']],
    ["'order.*'", "'user.created'", ['event: event order.*']],
  ])('of Nest: %s hears %s', async (heard, emitted, expected) => {
    const text = `import { Controller, Post } from '@nestjs/common'; import { OnEvent, EventEmitter2 } from '@nestjs/event-emitter';
      @Controller() class A { constructor(private events: EventEmitter2) {} @Post() b() { this.events.emit(${emitted}); } }
      class B { @OnEvent(${heard}) f() {} }`;
    expect(await reaches(text, 'B.f')).toEqual(expected);
  });
});
describe('frameworks, brokers and models', () => {
  it.each<[string, string, string, string[]]>([
    [
      'a route of uWebSockets.js',
      "import uWS from 'uWebSockets.js'; uWS.App().get('/a', f); function f() {}",
      'f',
      ['request: GET /a'],
    ],
    [
      'a message of uWebSockets.js',
      "import { App } from 'uWebSockets.js'; App().ws('/*', { message: f, maxBackpressure: 1 }); function f() {}",
      'f',
      ['socket: a websocket'],
    ],
    [
      'a gRPC service',
      "import * as grpc from '@grpc/grpc-js'; const server = new grpc.Server(); server.addService(definition, { get: f }); function f() {}",
      'f',
      ['request: a gRPC call'],
    ],
    [
      'a method of Meteor',
      "import { Meteor } from 'meteor/meteor'; Meteor.methods({ 'a.b'() { f(); } }); function f() {}",
      'f',
      ['request: a method'],
    ],
    ['a publication of Meteor', "Meteor.publish('a', f); function f() {}", 'f', ['socket: publication a']],
    [
      'a controller of Strapi',
      "import { factories } from '@strapi/strapi'; export default factories.createCoreController('api::a.a', ({ strapi }) => ({ async find(ctx) { f(); } })); function f() {}",
      'f',
      ['request: a controller of api::a.a'],
    ],
    [
      'a function of Azure',
      "import { app } from '@azure/functions'; app.http('a', { handler: f }); function f() {}",
      'f',
      ['request: function a'],
    ],
    [
      'a timer of Azure',
      "import { app } from '@azure/functions'; app.timer('a', { schedule: '0 * * * * *', handler: f }); function f() {}",
      'f',
      ['job: function a'],
    ],
    [
      'a schedule of Firebase',
      "import * as functions from 'firebase-functions'; export const a = functions.pubsub.schedule('every 5 minutes').onRun(f); function f() {}",
      'f',
      ['job: on a schedule'],
    ],
    [
      'resolvers in parts',
      "import { ApolloServer } from '@apollo/server'; const users = { Query: { user: f } }; new ApolloServer({ resolvers: { ...users, Mutation: {} } }); function f() {}",
      'f',
      ['request: a GraphQL resolver'],
    ],
    [
      'merged resolvers',
      "import { makeExecutableSchema } from '@graphql-tools/schema'; import { merge } from 'lodash'; makeExecutableSchema({ resolvers: merge({}, a, b) }); const a = { Query: { user: f } }; const b = {}; function f() {}",
      'f',
      ['request: a GraphQL resolver'],
    ],
    [
      'a field of Pothos',
      "import SchemaBuilder from '@pothos/core'; const builder = new SchemaBuilder({}); builder.queryField('a', (t) => t.field({ resolve: f })); function f() {}",
      'f',
      ['request: a GraphQL resolver'],
    ],
    [
      'a message of Primus',
      "import Primus from 'primus'; new Primus(server).on('connection', (spark) => spark.on('data', f)); function f() {}",
      'f',
      ['socket: socket message data'],
    ],
    [
      'a hook of Hocuspocus',
      "import { Server } from '@hocuspocus/server'; new Server({ onConnect: f }); function f() {}",
      'f',
      ['socket: a collaboration message'],
    ],
    [
      'a message of rhea',
      "import rhea from 'rhea'; rhea.on('message', f); function f() {}",
      'f',
      ['consumer: an AMQP message'],
    ],
    [
      'an event of rhea that is no message',
      "import rhea from 'rhea'; rhea.on('connection_open', f); function f() {}",
      'f',
      ['boot: the start of the process'],
    ],
    [
      'a change stream',
      "import { MongoClient } from 'mongodb'; new MongoClient(url).db().collection('a').watch().on('change', f); function f() {}",
      'f',
      ['consumer: a changed document'],
    ],
    [
      'a hook of Sequelize',
      "import { Sequelize } from 'sequelize'; const s = new Sequelize(); const User = s.define('user', {}, { hooks: { afterCreate: f } }); function f() {}",
      'f',
      ['event: model hook'],
    ],
    [
      'a job of rxjs',
      "import { timer } from 'rxjs'; import { switchMap } from 'rxjs/operators'; timer(0, 1000).pipe(switchMap(() => f())).subscribe(); function f() {}",
      'f',
      ['job: a timer'],
    ],
    [
      'an asynchronous provider',
      "import { TypeOrmModule } from '@nestjs/typeorm'; TypeOrmModule.forRootAsync({ useFactory: f }); function f() {}",
      'f',
      ['boot: a provider'],
    ],
    [
      'a provider of Nest',
      "import { Module } from '@nestjs/common'; const providers = [{ provide: 'A', useFactory: f }]; @Module({ providers }) class M {} function f() {}",
      'f',
      ['boot: a provider'],
    ],
    [
      'a hook of a model',
      "import { Model, AfterCreate } from 'sequelize-typescript'; class A extends Model { @AfterCreate static async told() {} }",
      'A.told',
      ['event: model hook AfterCreate'],
    ],
    [
      'a subscriber',
      "import { EventSubscriber, EntitySubscriberInterface } from 'typeorm'; @EventSubscriber() class A implements EntitySubscriberInterface { afterUpdate() {} other() {} }",
      'A.afterUpdate',
      ['event: model hook afterUpdate'],
    ],
    [
      'another method of a subscriber',
      "import { EventSubscriber } from 'typeorm'; @EventSubscriber() class A { afterUpdate() {} other() {} }",
      'A.other',
      [],
    ],
    ['the same name elsewhere', 'class A { afterUpdate() {} }', 'A.afterUpdate', []],
    [
      'an extension of Hocuspocus',
      "import type { Extension } from '@hocuspocus/server'; class A implements Extension { async onChange() {} }",
      'A.onChange',
      ['socket: collaboration onChange'],
    ],
    [
      'a stream of the project',
      "import express from 'express'; import { Transform } from 'stream'; class T extends Transform { _transform() {} } express().get('/a', () => new T());",
      'T._transform',
      ['request: GET /a'],
    ],
  ])('%s', async (_, text, name, expected) => {
    expect(await reaches(text, name)).toEqual(expected);
  });

  it.each<[string, object, string, string, string, string[]]>([
    [
      'Next at build time',
      { next: '15' },
      'app/a/page.tsx',
      'export function generateStaticParams() {}',
      'generateStaticParams',
      ['script: the build (app/a/page.tsx)'],
    ],
    [
      'handlers from elsewhere',
      { next: '15' },
      'app/api/a/route.ts',
      "export { handle as GET } from '../../../lib';",
      'handle',
      ['request: GET of app/api/a/route.ts'],
    ],
    [
      'lifecycles of Strapi',
      { '@strapi/strapi': '5' },
      'src/api/a/content-types/a/lifecycles.js',
      'module.exports = { handle() {} };',
      'handle',
      ['event: model hook default of src/api/a/content-types/a/lifecycles.js'],
    ],
    [
      'cron tasks of Strapi',
      { '@strapi/strapi': '5' },
      'config/cron-tasks.js',
      "module.exports = { '0 * * * *': handle }; function handle() {}",
      'handle',
      ['job: cron task of config/cron-tasks.js'],
    ],
    [
      'controllers of Adonis',
      { '@adonisjs/core': '6' },
      'app/controllers/users_controller.ts',
      'export default class Users { handle() {} }',
      'Users.handle',
      ['request: app/controllers/users_controller.ts'],
    ],
    [
      'services of Moleculer',
      { moleculer: '0' },
      'services/a.service.js',
      'module.exports = { actions: { handle(ctx) {} } };',
      'handle',
      ['request: action of services/a.service.js'],
    ],
    [
      'functions of a cloud',
      { '@types/aws-lambda': '8' },
      'src/functions/a.ts',
      'export const handler = handle; function handle() {}',
      'handle',
      ['request: Lambda handler src/functions/a.ts'],
    ],
    [
      'a worker of Cloudflare',
      { wrangler: '4' },
      'src/index.ts',
      'export default { scheduled: handle }; function handle() {}',
      'handle',
      ['job: on a schedule'],
    ],
  ])('%s', async (_, dependencies, file, text, name, expected) => {
    const lib = 'export function handle() {}';
    const sources = { [file]: text, ...(text.includes('lib') ? { 'lib.ts': lib } : {}) };
    expect(await reaches({ 'package.json': { name: 'a', dependencies }, ...sources }, name)).toEqual(expected);
    expect(await reaches({ 'package.json': { name: 'a' }, ...sources }, name)).toEqual([]);
  });
});

describe('functions that a wrapper of the project runs', () => {
  const WRAP =
    "import express from 'express'; const app = express(); const wrap = (fn) => async (req, res, next) => fn(req, res).catch(next); ";
  const routes = Array.from(
    { length: 20 },
    (_, i) => `app.get('/${i}', wrap(h${i})); async function h${i}() { probe${i}(); }`,
  );

  it('run in the phase of their own registration, however many there are', async () => {
    const program = await programOf(WRAP + routes.join(' '));
    for (const i of [0, 5, 13, 19])
      expect(program.reaches(fnOf(program, `h${i}`)).map(({ phase, label }) => `${phase} ${label}`)).toEqual([
        `request GET /${i}`,
      ]);
  });

  it('run at no other time, where there are more than a parameter is followed for', async () => {
    const many = Array.from(
      { length: 300 },
      (_, i) => `app.get('/${i}', wrap(async function h${i}() { probe${i}(); }));`,
    );
    const program = await programOf(WRAP + many.join(' '));
    for (const i of [0, 150, 299])
      expect(program.reaches(fnOf(program, `h${i}`)).map(({ phase, label }) => `${phase} ${label}`)).toEqual([
        `request GET /${i}`,
      ]);
  });

  it('are found inside of one another, and keep the call that runs them', async () => {
    const program = await programOf(
      `${WRAP} const limited = (fn) => (req, res, next) => fn(req, res, next); app.get('/a', limited(wrap(one))); app.post('/b', limited(wrap(two))); async function one() {} async function two() {}`,
    );
    const [reach] = program.reaches(fnOf(program, 'two'));
    expect(reach?.label).toBe('POST /b');
    expect(reach?.path.map(({ note }) => note)).toEqual([
      'registered for POST /b',
      '`a function in limited` calls `a function in wrap`',
      '`a function in wrap` calls `two`',
    ]);
  });

  it('are not registered by what runs them at once', async () => {
    const program = await programOf(
      "import express from 'express'; const app = express(); const make = (fn) => { const value = fn(); return () => value; }; app.get('/a', make(build)); function build() {}",
    );
    expect(program.reaches(fnOf(program, 'build')).map(({ phase }) => phase)).toEqual(['boot']);
  });

  it('stay behind the lock that runs them', async () => {
    const program = await programOf(
      "import cron from 'node-cron'; import Redlock from 'redlock'; const lock = new Redlock([]); const alone = (fn) => () => lock.using(['a'], 1000, () => fn()); cron.schedule('* * * * *', alone(bill)); async function bill() { probe(); }",
    );
    expect(program.guards(callOf(program, 'probe')).map(({ kind }) => kind)).toEqual(['lock']);
  });
});
