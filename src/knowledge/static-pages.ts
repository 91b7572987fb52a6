import type { ValueKnowledge } from './types.js';

/*
 * Servers that give out pages and nothing else: what gives them out, and what may stand beside it without making the server
 * anything more.
 */

/** What gives out files or pages of documentation, the same to whoever asks. */
export const staticPages: readonly ValueKnowledge[] = [
  {
    api: 'swagger-ui-express:{serve,serveFiles,setup}',
    source: '@types/swagger-ui-express@4.1.8 index.d.ts: setup returns the generated page; serve is express.static',
  },
  { api: '{express:static,serve-static:}', source: 'https://expressjs.com/en/starter/static-files.html' },
  {
    api: '{redoc-express:,@scalar/express-api-reference:apiReference,sirv:,serve-handler:,koa-static:,@fastify/static:,@fastify/swagger-ui:,@hono/node-server/serve-static:serveStatic}',
    source: 'unchecked: the README.md of each',
  },
];

/** Packages of such a server that keep nothing and connect to nothing, besides those that touch their own process only. */
export const besidePages: ReadonlySet<string> = new Set([
  'http',
  'https',
  'fs',
  'fs/promises',
  'body-parser',
  'compression',
  'connect-history-api-fallback',
  'cors',
  'dotenv',
  'dotenv/config',
  'express',
  'fastify',
  'hono',
  'koa',
  'helmet',
  'morgan',
  'swagger-jsdoc',
  'swagger-ui-dist',
]);
