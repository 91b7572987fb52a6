import type { PluginStyle, Source } from './types.js';

/*
 * What takes the sender of a request from its connection, unless the application is told to trust the proxy in front of it.
 */

/** A call that asks who or how somebody connected. */
export interface ClientAddressKnowledge {
  readonly api: string;
  readonly plugin?: PluginStyle;
  /** Which argument holds the options (for a plugin: of `register`); -1 for none. */
  readonly options: number;
  /** What it asks: the sender's address, or whether the connection is encrypted. */
  readonly asks: 'address' | 'encryption';
  /** An option without which it does not ask for encryption. */
  readonly needs?: string;
  /** An option that tells it what to go by instead. */
  readonly unless?: string;
  /** A method that a class of the project overrides to the same end. */
  readonly override?: string;
  readonly source: Source;
}

export const clientAddressCalls: readonly ClientAddressKnowledge[] = [
  {
    api: 'express-rate-limit:{,rateLimit}',
    options: 0,
    asks: 'address',
    unless: 'keyGenerator',
    source: 'express-rate-limit@8.7.4 dist/index.cjs:840 "const ip = request.ip"',
  },
  {
    api: 'express-slow-down:{,slowDown}',
    options: 0,
    asks: 'address',
    unless: 'keyGenerator',
    source: 'express-slow-down@3.1.1 is built on express-rate-limit',
  },
  {
    api: 'express-brute:',
    options: -1,
    asks: 'address',
    source: 'express-brute@1.0.1 index.js:49 "ExpressBrute._getKey([req.ip, this.name, key])"',
  },
  {
    api: '{@fastify/rate-limit,fastify-rate-limit}:{,fastifyRateLimit}',
    plugin: 'fastify',
    options: 1,
    asks: 'address',
    unless: 'keyGenerator',
    source: '@fastify/rate-limit@11.2.0 index.js:58 "defaultKeyGenerator = (req, ipv6Subnet) => normalizeIP(req.ip"',
  },
  {
    api: '@nestjs/throttler:ThrottlerModule.{forRoot,forRootAsync}',
    options: 0,
    asks: 'address',
    unless: 'getTracker',
    override: 'getTracker',
    source: '@nestjs/throttler@6.7.1 dist/throttler.guard.js:150 "getTracker(req)", normalizeIp(req.ip)',
  },
  {
    api: 'koa-ratelimit:',
    options: 0,
    asks: 'address',
    unless: 'id',
    source: 'koa-ratelimit@6.0.0 index.js:43 "id: (ctx) => ctx.ip"',
  },
  {
    api: 'koa2-ratelimit:RateLimit.middleware',
    options: 0,
    asks: 'address',
    unless: 'keyGenerator',
    source: 'koa2-ratelimit@1.1.3 src/RateLimit.js:88 "ctx.request.ip"',
  },
  {
    api: 'express-session:',
    options: 0,
    asks: 'encryption',
    needs: 'cookie.secure',
    unless: 'proxy',
    source: 'express-session@1.19.0 index.js:242 "if (req.session.cookie.secure && !issecure(req, trustProxy))"',
  },
];

/** Names of the setting, wherever it stands: Express and Nest, Fastify, files of settings. */
export const TRUST_PROXY = /^trust[ _-]?proxy(?: fn)?$/i;

/** Headers by which an application looks at what the proxy says by itself. */
export const FORWARDED_HEADER =
  /^(?:x-forwarded-\w+|x-real-ip|x-client-ip|forwarded|cf-connecting-ip|true-client-ip|fastly-client-ip|fly-client-ip)$/i;

/**
 * Parts of a request that follow from the setting. Express: lib/request.js (protocol, secure, ip, ips, hostname) of express@5.3.0;
 * Koa: lib/request.js of koa@3.3.0; Fastify: lib/request.js of fastify@5.12.8.
 */
export const CLIENT_PART = /^(?:ip|ips|protocol|secure)$/;

/** What the request is called: the first parameter of handlers, the second of those for errors, and what Nest hands out. */
export const CLIENT_REQUEST =
  /^(?:(?:express|fastify):[^/]*\/\d+(?:\.[a-zA-Z]\w*)*\.[01]|(?:koa|@koa\/router|koa-router):[^/]*\/\d+(?:\.[a-zA-Z]\w*)*\.0(?:\.request|\.req)?|@nestjs\/common:(?:Req|Request)\(\)|@nestjs\/common:ExecutionContext\(\)\.switchToHttp\(\)\.getRequest\(\))$/;

/** A decorator of Nest that hands over the sender's address. */
export const CLIENT_DECORATOR = '@nestjs/common:Ip';
