import type { Stack } from '../../model/program.js';
import { type Needs, type Recipe, fits } from './recipe.js';

/** How to ask the database of a project whether it is there. */
const QUESTIONS: readonly { readonly needs: Needs; readonly code: string; readonly source: string }[] = [
  {
    needs: { orm: '@prisma/client', database: 'mongodb' },
    code: 'prisma.$runCommandRaw({ ping: 1 })',
    source: '@prisma/client@7.10.0 runtime/client.d.ts',
  },
  {
    // A template cannot stand within backticks.
    needs: { orm: '@prisma/client', embedded: true },
    code: "prisma.$queryRawUnsafe('SELECT 1')",
    source: '@prisma/client@7.10.0 runtime/client.d.ts',
  },
  { needs: { orm: 'mongoose' }, code: 'mongoose.connection.db.admin().ping()', source: 'mongoose@9.12.1' },
  { needs: { orm: 'typeorm', embedded: true }, code: "dataSource.query('SELECT 1')", source: 'typeorm@1.1.1' },
  { needs: { orm: 'sequelize', embedded: true }, code: 'sequelize.authenticate()', source: 'sequelize@6.37.8' },
  {
    needs: { orm: ['knex', 'objection', 'bookshelf'], embedded: true },
    code: "knex.raw('SELECT 1')",
    source: 'knex@3.3.0',
  },
  {
    needs: { orm: 'drizzle-orm', embedded: true },
    code: "db.execute('SELECT 1')",
    source: 'drizzle-orm@0.45.4 pg-core/db.d.ts',
  },
  { needs: { orm: '@mikro-orm/core', embedded: true }, code: 'orm.isConnected()', source: 'unchecked: MikroORM' },
  { needs: { database: ['postgres', 'mysql'] }, code: "pool.query('SELECT 1')", source: 'pg@8.23.0; mysql2@3.24.6' },
  { needs: { package: 'mongodb' }, code: 'db.command({ ping: 1 })', source: 'mongodb@7.8.0 mongodb.d.ts' },
  { needs: { redis: ['ioredis', 'iovalkey'] }, code: 'redis.ping()', source: 'ioredis@6.0.0' },
  { needs: { redis: ['redis'], version: ['redis', '>=4'] }, code: 'client.ping()', source: '@redis/client@6.3.1' },
];

const TERMINUS: Readonly<Record<string, string>> = {
  '@prisma/client': "this.prisma.pingCheck('database', this.client)",
  typeorm: "this.typeorm.pingCheck('database')",
  sequelize: "this.sequelize.pingCheck('database')",
  mongoose: "this.mongoose.pingCheck('database')",
  '@mikro-orm/core': "this.mikro.pingCheck('database')",
};

/** What a rule puts into these recipes: `{asks}` waits for the database, `{check}` is the same for Nest's Terminus. */
export function healthWords(stack: Stack): { readonly asks: string; readonly check: string } {
  const found = QUESTIONS.find(({ needs }) => fits(needs, stack, false));
  const check = stack.orm ? TERMINUS[stack.orm] : undefined;
  return { asks: found ? `await ${found.code}; ` : '', check: check ? `() => ${check}` : '' };
}

const EARLY = 'before sessions and sign-in';

/** A route for probes, by the server. */
export const healthRecipes: readonly Recipe[] = [
  {
    api: 'Nest',
    needs: {
      version: ['@nestjs/core', '>=9'],
      package: ['@nestjs/typeorm', '@nestjs/mongoose', '@nestjs/sequelize', '@mikro-orm/nestjs', '@prisma/client'],
    },
    text: "Add `@nestjs/terminus` and a controller for `/health` that pings the database: `@Get('health') @HealthCheck() health() { return this.checks.check([{check}]); }`, with `checks: HealthCheckService` and the indicator among the parameters of its constructor.",
    source: '@nestjs/terminus@12.1.0 dist/health-check/health-check.service.d.ts',
  },
  {
    api: 'Nest',
    text: "Add a controller for probes: `@Controller() class Health { @Get('healthz') ok() { return { status: 'ok' }; } }`, and `@nestjs/terminus` where it is to ask what the instance cannot do without.",
    source: '@nestjs/common@12.5.1 decorators; @nestjs/terminus@12.1.0 README.md',
  },
  {
    api: 'Fastify',
    text: "Add a route for probes: `app.get('/healthz', async () => { {asks}return { status: 'ok' }; });`.",
    source: 'fastify@5.12.8 docs/Reference/Routes.md',
  },
  {
    api: 'Koa',
    needs: { package: ['@koa/router', 'koa-router'] },
    text: `Add a route for probes, ${EARLY}: \`router.get('/healthz', async (ctx) => { {asks}ctx.body = 'ok'; });\`.`,
    source: '@koa/router@15.7.0 dist/index.d.ts',
  },
  {
    api: 'Koa',
    text: `Answer probes, ${EARLY}: \`app.use(async (ctx, next) => { if (ctx.path !== '/healthz') return next(); {asks}ctx.body = 'ok'; });\`.`,
    source: 'koa@3.3.0 lib/application.js',
  },
  {
    api: 'hapi',
    text: "Add a route for probes: `server.route({ method: 'GET', path: '/healthz', options: { auth: false }, handler: async () => { {asks}return 'ok'; } });`.",
    source: '@hapi/hapi@21.4.10 API.md',
  },
  {
    api: 'Hono',
    text: `Add a route for probes, ${EARLY}: \`app.get('/healthz', async (c) => { {asks}return c.text('ok'); });\`.`,
    source: 'unchecked: hono@4 documentation, routing',
  },
  {
    api: 'Elysia',
    text: "Add a route for probes: `app.get('/healthz', async () => { {asks}return 'ok'; });`.",
    source: 'elysia@1.4.30 dist/index.d.ts',
  },
  {
    api: 'plain',
    text: "Answer probes at the start of the request handler: `if (req.url === '/healthz') { {asks}res.end('ok'); return; }`.",
    source: 'Node.js 24 API documentation, http',
  },
  {
    text: `Add a route for probes, ${EARLY}: \`app.get('/healthz', async (req, res) => { {asks}res.send('ok'); });\`.`,
    source: 'express@5.3.0 lib/application.js',
  },
];
