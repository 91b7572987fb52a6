/*
 * Small applications, each with a hazard, and with what a hint shows in its place.
 */

/** A job that sends mail: the snippet stands at its start, or is the job and calls `work`. */
export const job = (pasted?: string) => `
  import cron from 'node-cron';
  import nodemailer from 'nodemailer';
  const transport = nodemailer.createTransport(process.env.SMTP_URL);
  async function work() { await transport.sendMail({ to: 'all@example.com', subject: 'Weekly' }); }
  cron.schedule('*/5 * * * *', async function sendDigest() {
    ${pasted ?? ''}
    ${pasted?.includes('work(') ? '' : 'await work();'}
  });
`;
/** A job that the queue's scheduler takes over. */
export const scheduled = (pasted?: string) => `
  import cron from 'node-cron';
  import nodemailer from 'nodemailer';
  const transport = nodemailer.createTransport(process.env.SMTP_URL);
  async function work() { await transport.sendMail({ to: 'all@example.com', subject: 'Weekly' }); }
  ${pasted ?? "cron.schedule('*/5 * * * *', async function sendDigest() { await work(); });"}
`;

export const limited = (pasted?: string) => `
  import express from 'express';
  import { rateLimit } from 'express-rate-limit';
  const app = express();
  app.use(rateLimit({ windowMs: 60_000, limit: 10${pasted ? `, ${pasted}` : ''} }));
  app.get('/', (req, res) => res.send('ok'));
  app.listen(3000);
`;
export const withSession = (pasted?: string) => `
  import express from 'express';
  import session from 'express-session';
  const app = express();
  app.use(session({ secret: process.env.SESSION_SECRET, resave: false${pasted ? `, ${pasted}` : ''} }));
  app.get('/', (req, res) => { req.session.views = 1; res.send('ok'); });
  app.listen(3000);
`;
export const chat = (pasted?: string) => `
  import { Server } from 'socket.io';
  const io = new Server(3000);
  ${pasted ?? ''}
  io.on('connection', (socket) => socket.on('say', (text) => io.emit('said', text)));
`;
export const plain = (pasted?: string) => `
  import express from 'express';
  const app = express();
  ${pasted?.startsWith('app.get') ? pasted : ''}
  app.get('/users', (req, res) => res.send('ok'));
  const server = app.listen(3000);
  ${pasted?.startsWith('process') ? pasted : ''}
`;
export const fast = (pasted?: string) => `
  import fastify from 'fastify';
  const app = fastify();
  ${pasted?.startsWith('app.get') ? pasted : ''}
  app.get('/users', async () => 'ok');
  ${pasted?.startsWith('process') ? pasted : ''}
  await app.listen({ port: 3000 });
`;
export const koa = (pasted?: string) => `
  import Koa from 'koa';
  import Router from '@koa/router';
  const app = new Koa();
  const router = new Router();
  ${pasted?.startsWith('router.get') ? pasted : ''}
  router.get('/users', async (ctx) => { ctx.body = 'ok'; });
  app.use(router.routes());
  const server = app.listen(3000);
  ${pasted?.startsWith('process') ? pasted : ''}
`;
export const hapi = (pasted?: string) => `
  import Hapi from '@hapi/hapi';
  const server = Hapi.server({ port: 3000 });
  server.route({ method: 'GET', path: '/users', handler: async () => 'ok' });
  ${pasted?.startsWith('server.route') ? pasted : ''}
  ${pasted?.startsWith('process') ? pasted : ''}
  await server.start();
`;
export const nest = (pasted?: string) => `
  import { NestFactory } from '@nestjs/core';
  import { Controller, Get, Module } from '@nestjs/common';
  @Controller() class Users { @Get('users') list() { return 'ok'; } }
  ${pasted?.startsWith('@Controller') ? pasted : ''}
  @Module({ controllers: [Users${pasted?.startsWith('@Controller') ? ', Health' : ''}] }) class AppModule {}
  async function bootstrap() {
    const app = await NestFactory.create(AppModule);
    ${pasted?.startsWith('app.') ? pasted : ''}
    await app.listen(3000);
  }
  bootstrap();
`;
export const upload = (pasted?: string) => `
  import express from 'express';
  import multer from 'multer';
  import multerS3 from 'multer-s3';
  import { randomUUID } from 'node:crypto';
  const app = express();
  const upload = multer({ ${pasted ?? "dest: 'uploads'"} });
  app.post('/avatar', upload.single('avatar'), (req, res) => res.send('ok'));
  app.listen(3000);
`;
export const signed = (pasted?: string) => `
  import express from 'express';
  import crypto from 'node:crypto';
  import jwt from 'jsonwebtoken';
  ${pasted ?? "const secret = crypto.randomBytes(32).toString('hex');"}
  const app = express();
  app.post('/login', (req, res) => res.send(jwt.sign({ id: 1 }, secret)));
  app.get('/me', (req, res) => res.send(jwt.verify(req.headers.authorization, secret)));
  app.listen(3000);
`;
/** First data: the statement takes the place of the question and the insert. */
export const seeded = (plainly: string) => (pasted?: string) =>
  `
  import express from 'express';
  const app = express();
  const email = 'admin@example.com';
  const row = { email };
  async function seedAdmin() { ${pasted ?? plainly} }
  await seedAdmin();
  app.get('/', (req, res) => res.send('ok'));
  app.listen(3000);
`;
export const embedded = (before: string) => (pasted?: string) =>
  `
  import express from 'express';
  ${pasted ?? before}
  const app = express();
  app.get('/', async (req, res) => res.send(await sequelize.query('SELECT 1')));
  app.post('/', async (req, res) => res.send(await sequelize.query('INSERT INTO notes VALUES (1)')));
  app.listen(3000);
`;

/** A change told to all: the one who makes it says so on the channel, and each instance does its part where it hears of it. */
export const told = (say: string) => (pasted?: string) =>
  `
  import express from 'express';
  const app = express();
  const names = new Map();
  async function nameOf(id) {
    const known = names.get(id);
    if (known) return known;
    const name = await (await fetch('https://users.example.com/' + id)).text();
    names.set(id, name);
    return name;
  }
  const receive = (id) => names.delete(id);
  ${pasted ? pasted.replace('names.delete(payload)', 'receive(payload)') : ''}
  app.get('/names/:id', async (req, res) => res.send(await nameOf(req.params.id)));
  app.put('/names/:id', async (req, res) => { ${pasted ? say : 'receive(req.params.id);'} res.send('ok'); });
  app.listen(3000);
`;
/** Events of one instance's emitter, that clients of all of them wait for. */
export const events = (say: string) => (pasted?: string) =>
  `
  import express from 'express';
  import { EventEmitter } from 'node:events';
  const app = express();
  const emitter = new EventEmitter();
  const receive = (news) => emitter.emit('news', news);
  ${pasted ?? ''}
  app.get('/events', (req, res) => { emitter.on('news', (news) => res.write('data: ' + news)); });
  app.post('/news', async (req, res) => { ${pasted ? say : 'receive(req.body.news);'} res.send('ok'); });
  app.listen(3000);
`;
/** Clients of ws: the message goes over the channel, and each instance hands it to its own. */
export const room = (say: string) => (pasted?: string) =>
  `
  import { WebSocketServer } from 'ws';
  const wss = new WebSocketServer({ port: 3000 });
  ${pasted ?? ''}
  wss.on('connection', (socket) => socket.on('message', async (text) => {
    ${pasted ? say : 'for (const one of wss.clients) one.send(text);'}
  }));
`;
/** A lock of this process around a write for users; the snippet calls \`work\` under a lock that all see. */
export const locked = (pasted?: string) => `
  import express from 'express';
  import nodemailer from 'nodemailer';
  import { Mutex } from 'async-mutex';
  import { randomUUID } from 'node:crypto';
  const app = express();
  const mutex = new Mutex();
  const token = randomUUID();
  const transport = nodemailer.createTransport(process.env.SMTP_URL);
  async function work() { await transport.sendMail({ to: 'all@example.com', subject: 'Sold' }); }
  app.post('/orders', async (req, res) => {
    await mutex.runExclusive(async () => {
      ${pasted ?? ''}
      ${pasted?.includes('work(') ? '' : 'await work();'}
    });
    res.send('ok');
  });
  app.listen(3000);
`;
export const codes = (pasted?: string) => `
  import express from 'express';
  import { randomInt } from 'node:crypto';
  const app = express();
  const codes = new Map();
  app.post('/code', async (req, res) => {
    const key = req.body.email;
    const value = { code: randomInt(1e6), expires: Date.now() + 60_000 };
    ${pasted ?? 'codes.set(key, value);'}
    res.send('ok');
  });
  app.post('/verify', async (req, res) => {
    const { email, token } = req.body;
    ${pasted ? '' : 'const known = codes.get(email); if (!known || known.expires < Date.now()) return res.status(403).end(); codes.delete(email);'}
    res.send('ok');
  });
  app.listen(3000);
`;
