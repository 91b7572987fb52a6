import { describe, expect, it } from 'vitest';
import { probed, programOf, type Sources } from '../../../test/in-memory.js';

const AWILIX =
  "import { createContainer, asClass, asFunction, asValue } from 'awilix'; const c = createContainer(); class A { b = 1; } ";
const NEST = "import { Inject, Module } from '@nestjs/common'; class A { b = 1; } ";

describe('what is registered under a name', () => {
  it.each<[string, string[]]>([
    [`${AWILIX} c.register({ a: asClass(A).singleton() }); probe(c.resolve('a').b);`, ['1']],
    [`${AWILIX} c.register('a', asClass(A)); probe(c.cradle.a);`, ['new A']],
    [`${AWILIX} c.register({ a: asValue(1) }); const { a } = c.cradle; probe(a);`, ['1']],
    [`${AWILIX} c.register({ a: asFunction(() => new A()) }); probe(c.resolve('a').b);`, ['1']],
    [
      `${AWILIX} class D { constructor({ a }) { this.a = a; } f() { probe(this.a.b); } } c.register({ a: asClass(A), d: asClass(D) });`,
      ['1'],
    ],
    [
      `${AWILIX} class D { constructor(a) { this.a = a; } f() { probe(this.a.b); } } c.register({ a: asClass(A), d: asClass(D).classic() });`,
      ['1'],
    ],
    [
      `${AWILIX} class D { constructor(deps) { this.a = deps.a; } f() { probe(this.a.b); } } c.register({ a: asClass(A), d: asClass(D) });`,
      ['1'],
    ],
    [`${AWILIX} const d = ({ a }) => { probe(a.b); }; c.register({ a: asClass(A), d: asFunction(d) });`, ['1']],
    [`${AWILIX} c.register({ a: asClass(A) }); probe(c.resolve('e'));`, ['awilix:createContainer().resolve()']],
    [
      "import { Container, inject } from 'inversify'; const c = new Container(); const T = { A: Symbol.for('A') }; class A { b = 1; } c.bind(T.A).to(A).inSingletonScope(); probe(c.get(Symbol.for('A')).b);",
      ['1'],
    ],
    [
      "import { Container, inject } from 'inversify'; const c = new Container(); const T = { A: Symbol('A') }; class A { b = 1; } c.bind<I>(T.A).to(A); class D { constructor(@inject(T.A) private a: I) {} f() { probe(this.a.b); } }",
      ['1'],
    ],
    [
      "import { Container } from 'inversify'; const c = new Container(); c.bind('A').toConstantValue(1); c.bind('B').toConstantValue(2); probe(c.get('B'));",
      ['2'],
    ],
    [
      "import { container, inject } from 'tsyringe'; class A { b = 1; } container.register('I', { useClass: A }); class D { constructor(@inject('I') private a: I) {} f() { probe(this.a.b); } }",
      ['1'],
    ],
    [
      "import { container } from 'tsyringe'; class A {} container.registerSingleton('I', A); probe(container.resolve('I'));",
      ['new A'],
    ],
    ["import { container } from 'tsyringe'; container.registerInstance('I', 1); probe(container.resolve('I'));", ['1']],
    ["import { Container } from 'typedi'; Container.set('a', 1); probe(Container.get('a'));", ['1']],
    [
      "import { Container, Inject } from 'typedi'; Container.set([{ id: 'a', value: 1 }]); class D { @Inject('a') a; f() { probe(this.a); } }",
      ['1'],
    ],
    [
      `${NEST} @Module({ providers: [{ provide: 'A', useClass: A }] }) class M {} class D { constructor(@Inject('A') private a: I) {} f() { probe(this.a.b); } }`,
      ['1'],
    ],
    [
      `${NEST} const T = Symbol('A'); @Module({ providers: [A, { provide: T, useExisting: A }] }) class M {} class D { constructor(@Inject(T) private a: I) {} f() { probe(this.a.b); } }`,
      ['1'],
    ],
    [
      `${NEST} const providers = [{ provide: 'A', useFactory: () => new A() }]; class D { @Inject('A') a: I; f() { probe(this.a.b); } }`,
      ['1'],
    ],
    [
      `${NEST} const providers = [{ provide: 'A', useValue: { b: 1 } }]; class D { @Inject('B') a; f() { probe(this.a); } }`,
      ['unknown'],
    ],
    ["import fastify from 'fastify'; const app = fastify(); app.decorate('a', 1); probe(app.a);", ['1']],
    [
      "import fastify from 'fastify'; const app = fastify(); app.decorate('a', 1); app.get('/', (req) => { probe(req.server.a); });",
      ['1'],
    ],
    [
      "import fastify from 'fastify'; const app = fastify(); app.decorateRequest('a', 1); app.get('/', (req) => { probe(req.a); });",
      ['1'],
    ],
    [
      "import express from 'express'; const app = express(); app.set('a', 1); app.get('/', (req) => { probe(req.app.get('a')); });",
      ['1'],
    ],
    [
      "import express from 'express'; const app = express(); app.locals.a = 1; app.get('/', (req) => { probe(req.app.locals.a); });",
      ['express:().locals.a', '1'],
    ],
    [
      "import Koa from 'koa'; const app = new Koa(); app.context.a = 1; app.use((ctx) => { probe(ctx.a); });",
      ['koa:().use/0.0.a', '1'],
    ],
    [
      "import Hapi from '@hapi/hapi'; const s = Hapi.server(); s.method('a', () => 1); s.route({ handler: (req) => { probe(req.server.methods.a()); } });",
      ['1'],
    ],
  ])('`%s`', async (text, expected) => {
    expect(probed(await programOf(text))).toEqual(expected);
  });

  it.each<[string, Sources, string[]]>([
    [
      'modules by their files',
      {
        'server.js':
          "const { createContainer } = require('awilix'); const c = createContainer(); c.loadModules(['services/*.js'], { formatName: 'camelCase' }); probe(c.resolve('userStore').b);",
        'services/user-store.js': 'module.exports = class UserStore { constructor({ dep }) { this.b = dep.a; } };',
        'services/dep.js': 'module.exports = () => ({ a: 1 });',
      },
      ['1'],
    ],
    [
      'the context of a request',
      {
        'server.js':
          "const Koa = require('koa'); const { createContainer, asClass } = require('awilix'); const app = new Koa(); const c = createContainer(); class A { b() {} } c.register({ a: asClass(A).scoped() }); app.use((ctx, next) => { ctx.state.container = c.createScope(); return next(); }); app.use((ctx) => { probe(ctx.state.container.cradle.a.b); });",
      },
      ['koa:().use/0.0.state.container.cradle.a.b', 'function A.b'],
    ],
  ])('%s', async (_, sources, expected) => {
    expect(probed(await programOf(sources))).toEqual(expected);
  });
});
