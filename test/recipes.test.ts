import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.js';
import { audit } from '../src/audit.js';
import type { Finding } from '../src/model/finding.js';
import { projectOf } from './in-memory.js';
import {
  chat,
  codes,
  embedded,
  events,
  fast,
  hapi,
  job,
  koa,
  limited,
  locked,
  nest,
  plain,
  room,
  scheduled,
  seeded,
  signed,
  told,
  upload,
  withSession,
} from './recipe-apps.js';

/*
 * What a hint shows is pasted where it says, and the finding must be gone: a tool that goes on complaining after its own
 * advice was taken is not believed again.
 */

interface Case {
  readonly rule: string;
  /** Packages with the version that the manifest allows. */
  readonly needs: Readonly<Record<string, string>>;
  /** Imports and clients, under the names that the snippet uses. */
  readonly setup: string;
  /** The application, with what is there in the place of the snippet before it is pasted. */
  readonly app: (pasted?: string) => string;
}

/** The first piece of code between backticks that is more than a name, and no statement of SQL. */
function snippetOf({ hint }: Finding): string {
  const code = [...hint.matchAll(/`([^`]+)`/g)]
    .map(([, text]) => text as string)
    .find((text) => /[({]/.test(text) && !text.startsWith('SELECT'));
  if (!code) throw new Error(`no snippet in: ${hint}`);
  return code;
}

async function findingsOf({ rule, needs, setup, app }: Case, pasted?: string): Promise<readonly Finding[]> {
  const { findings, problems } = await audit(
    await projectOf({
      'package.json': { name: 'app', type: 'module', scripts: { start: 'node server.ts' }, dependencies: needs },
      'server.ts': `${setup}\n${app(pasted)}`,
    }),
    rules.filter(({ meta }) => meta.id === rule),
  );
  expect(problems).toEqual([]);
  return findings.filter(({ confidence }) => confidence !== 'low');
}

const IOREDIS = "import Redis from 'ioredis';\nconst redis = new Redis(process.env.REDIS_URL);";
const VALKEY = "import Valkey from 'iovalkey';\nconst redis = new Valkey(process.env.REDIS_URL);";
const NODE_REDIS =
  "import { createClient } from 'redis';\nconst client = createClient({ url: process.env.REDIS_URL });";
const PG = "import pg from 'pg';\nconst pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });";
const PRISMA = "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();";
const TYPEORM =
  "import { DataSource } from 'typeorm';\nconst dataSource = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL });";
const SEQUELIZE =
  "import { Sequelize } from 'sequelize';\nconst sequelize = new Sequelize(process.env.DATABASE_URL, { dialect: 'postgres' });";
const knexOf = (client: string) =>
  `import Knex from 'knex';\nconst knex = Knex({ client: '${client}', connection: process.env.DATABASE_URL });`;
const DRIZZLE =
  "import { drizzle } from 'drizzle-orm/node-postgres';\nimport { sql } from 'drizzle-orm';\nconst db = drizzle(process.env.DATABASE_URL);";
const KYSELY =
  "import { Kysely, PostgresDialect, sql } from 'kysely';\nimport pg from 'pg';\nconst db = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool() }) });";
const MONGO =
  "import { MongoClient } from 'mongodb';\nconst client = new MongoClient(process.env.MONGODB_URI);\nconst db = client.db();";
const MONGOOSE = "import mongoose from 'mongoose';\nmongoose.connect(process.env.MONGODB_URI);";

const CASES: Readonly<Record<string, Case>> = {
  'a job, ioredis': { rule: 'unguarded-cron', needs: { ioredis: '^6' }, setup: IOREDIS, app: job },
  'a job, iovalkey': { rule: 'unguarded-cron', needs: { iovalkey: '*' }, setup: VALKEY, app: job },
  'a job, redis 6': { rule: 'unguarded-cron', needs: { redis: '^6' }, setup: NODE_REDIS, app: job },
  'a job, redis 4': { rule: 'unguarded-cron', needs: { redis: '^4' }, setup: NODE_REDIS, app: job },
  'a job, redis 3': {
    rule: 'unguarded-cron',
    needs: { redis: '^3' },
    setup: NODE_REDIS,
    app: job,
  },
  'a job, Prisma': { rule: 'unguarded-cron', needs: { '@prisma/client': '*', pg: '*' }, setup: PRISMA, app: job },
  'a job, TypeORM': { rule: 'unguarded-cron', needs: { typeorm: '*', pg: '*' }, setup: TYPEORM, app: job },
  'a job, Sequelize': { rule: 'unguarded-cron', needs: { sequelize: '*', pg: '*' }, setup: SEQUELIZE, app: job },
  'a job, Knex': { rule: 'unguarded-cron', needs: { knex: '*', pg: '*' }, setup: knexOf('pg'), app: job },
  'a job, Knex on MySQL': {
    rule: 'unguarded-cron',
    needs: { knex: '*', mysql2: '*' },
    setup: knexOf('mysql2'),
    app: job,
  },
  'a job, Drizzle': { rule: 'unguarded-cron', needs: { 'drizzle-orm': '*', pg: '*' }, setup: DRIZZLE, app: job },
  'a job, Kysely': { rule: 'unguarded-cron', needs: { kysely: '*', pg: '*' }, setup: KYSELY, app: job },
  'a job, pg': {
    rule: 'unguarded-cron',
    needs: { pg: '*' },
    setup: `${PG}\nconst client = await pool.connect();`,
    app: job,
  },
  'a job, mysql2': {
    rule: 'unguarded-cron',
    needs: { mysql2: '*' },
    setup:
      "import mysql from 'mysql2/promise';\nconst connection = await mysql.createConnection(process.env.DATABASE_URL);",
    app: job,
  },
  'a job, mongodb': { rule: 'unguarded-cron', needs: { mongodb: '*' }, setup: MONGO, app: job },
  'a job, Mongoose': { rule: 'unguarded-cron', needs: { mongoose: '*' }, setup: MONGOOSE, app: job },
  'a job, BullMQ': {
    rule: 'unguarded-cron',
    needs: { bullmq: '^6' },
    setup: "import { Queue } from 'bullmq';\nconst queue = new Queue('jobs');",
    app: scheduled,
  },
  'a job, Bull': {
    rule: 'unguarded-cron',
    needs: { bull: '^4' },
    setup: "import Bull from 'bull';\nconst queue = new Bull('jobs');\nqueue.process(() => work());",
    app: scheduled,
  },
  'a job, pg-boss': {
    rule: 'unguarded-cron',
    needs: { 'pg-boss': '^10' },
    setup:
      "import PgBoss from 'pg-boss';\nconst boss = new PgBoss(process.env.DATABASE_URL);\nboss.work('sendDigest', () => work());",
    app: scheduled,
  },
  'a job, agenda': {
    rule: 'unguarded-cron',
    needs: { agenda: '*' },
    setup: "import { Agenda } from 'agenda';\nconst agenda = new Agenda();",
    app: scheduled,
  },
  'a job, graphile-worker': {
    rule: 'unguarded-cron',
    needs: { 'graphile-worker': '*' },
    setup:
      "import { run } from 'graphile-worker';\nconst connectionString = process.env.DATABASE_URL;\nconst taskList = { sendDigest: () => work() };",
    app: scheduled,
  },

  'a limiter, ioredis': {
    rule: 'in-memory-rate-limit',
    needs: { express: '*', ioredis: '*' },
    setup: `${IOREDIS}\nimport { RedisStore } from 'rate-limit-redis';`,
    app: limited,
  },
  'a limiter, redis': {
    rule: 'in-memory-rate-limit',
    needs: { express: '*', redis: '*' },
    setup: `${NODE_REDIS}\nimport { RedisStore } from 'rate-limit-redis';`,
    app: limited,
  },
  'a limiter, mongodb': {
    rule: 'in-memory-rate-limit',
    needs: { express: '*', mongodb: '*' },
    setup: `${MONGO}\nimport RateLimitMongoStore from 'rate-limit-mongo';`,
    app: limited,
  },
  'a limiter, pg': {
    rule: 'in-memory-rate-limit',
    needs: { express: '*', pg: '*' },
    setup: "import { PostgresStore } from '@acpr/rate-limit-postgresql';",
    app: limited,
  },

  'sessions, redis': {
    rule: 'in-memory-session',
    needs: { express: '*', redis: '^5' },
    setup: `${NODE_REDIS}\nimport { RedisStore } from 'connect-redis';`,
    app: withSession,
  },
  'sessions, redis 3': {
    rule: 'in-memory-session',
    needs: { express: '*', redis: '^3' },
    setup: `${NODE_REDIS}\nimport connectRedis from 'connect-redis';`,
    app: withSession,
  },
  'sessions, Mongoose': {
    rule: 'in-memory-session',
    needs: { express: '*', mongoose: '*' },
    setup: `${MONGOOSE}\nimport MongoStore from 'connect-mongo';`,
    app: withSession,
  },
  'sessions, pg': {
    rule: 'in-memory-session',
    needs: { express: '*', pg: '*' },
    setup: `${PG}\nimport connectPgSimple from 'connect-pg-simple';`,
    app: withSession,
  },
  'sessions, Prisma': {
    rule: 'in-memory-session',
    needs: { express: '*', '@prisma/client': '*' },
    setup: `${PRISMA}\nimport { PrismaSessionStore } from '@quixo3/prisma-session-store';`,
    app: withSession,
  },

  'sockets, ioredis': {
    rule: 'local-websocket-fanout',
    needs: { 'socket.io': '*', ioredis: '*' },
    setup: `${IOREDIS}\nimport { createAdapter } from '@socket.io/redis-adapter';`,
    app: chat,
  },
  'sockets, redis': {
    rule: 'local-websocket-fanout',
    needs: { 'socket.io': '*', redis: '*' },
    setup: "import { createClient } from 'redis';\nimport { createAdapter } from '@socket.io/redis-adapter';",
    app: chat,
  },
  'sockets, pg': {
    rule: 'local-websocket-fanout',
    needs: { 'socket.io': '*', pg: '*' },
    setup: `${PG}\nimport { createAdapter } from '@socket.io/postgres-adapter';`,
    app: chat,
  },
  'sockets, nothing': {
    rule: 'local-websocket-fanout',
    needs: { 'socket.io': '*' },
    setup: "import { Redis } from 'ioredis';\nimport { createAdapter } from '@socket.io/redis-adapter';",
    app: chat,
  },

  'shutdown, express': { rule: 'missing-graceful-shutdown', needs: { express: '*', pg: '*' }, setup: PG, app: plain },
  'shutdown, fastify': { rule: 'missing-graceful-shutdown', needs: { fastify: '*' }, setup: '', app: fast },
  'shutdown, koa': { rule: 'missing-graceful-shutdown', needs: { koa: '*' }, setup: '', app: koa },
  'shutdown, hapi': { rule: 'missing-graceful-shutdown', needs: { '@hapi/hapi': '*' }, setup: '', app: hapi },
  'shutdown, Nest': {
    rule: 'missing-graceful-shutdown',
    needs: { '@nestjs/core': '*', '@nestjs/common': '*' },
    setup: '',
    app: nest,
  },
  'health, express': { rule: 'missing-health-check', needs: { express: '*', pg: '*' }, setup: PG, app: plain },
  'health, fastify': { rule: 'missing-health-check', needs: { fastify: '*' }, setup: '', app: fast },
  'health, koa': { rule: 'missing-health-check', needs: { koa: '*', '@koa/router': '*' }, setup: '', app: koa },
  'health, hapi': { rule: 'missing-health-check', needs: { '@hapi/hapi': '*' }, setup: '', app: hapi },
  'health, Nest': {
    rule: 'missing-health-check',
    needs: { '@nestjs/core': '*', '@nestjs/common': '*' },
    setup: '',
    app: nest,
  },

  'uploads, S3': {
    rule: 'local-file-upload',
    needs: { express: '*', multer: '*', '@aws-sdk/client-s3': '*' },
    setup: "import { S3Client } from '@aws-sdk/client-s3';\nconst s3 = new S3Client();",
    app: upload,
  },
  'uploads, nothing': {
    rule: 'local-file-upload',
    needs: { express: '*', multer: '*' },
    setup: "import { S3Client } from '@aws-sdk/client-s3';",
    app: upload,
  },
  'a secret': { rule: 'per-instance-secret', needs: { express: '*' }, setup: '', app: signed },
  'first data, Prisma': {
    rule: 'seed-at-boot',
    needs: { express: '*', '@prisma/client': '*' },
    setup: PRISMA,
    app: seeded(
      'if (!(await prisma.user.findFirst({ where: { email } }))) await prisma.user.create({ data: { email } });',
    ),
  },
  'first data, Knex': {
    rule: 'seed-at-boot',
    needs: { express: '*', knex: '*', pg: '*' },
    setup: knexOf('pg'),
    app: seeded("if (!(await knex('users').where({ email }).first())) await knex('users').insert(row);"),
  },
  'first data, pg': {
    rule: 'seed-at-boot',
    needs: { express: '*', pg: '*' },
    setup: PG,
    app: seeded(
      "const { rows } = await pool.query('SELECT 1 FROM users WHERE email = $1', [email]); if (rows.length === 0) await pool.query('INSERT INTO users (email) VALUES ($1)', [email]);",
    ),
  },
  'a database in a file, Sequelize': {
    rule: 'embedded-database',
    needs: { express: '*', sequelize: '*', sqlite3: '*' },
    setup: "import { Sequelize } from 'sequelize';",
    app: embedded("const sequelize = new Sequelize({ dialect: 'sqlite', storage: 'data.sqlite' });"),
  },
  'a cache that is told, pg': {
    rule: 'in-memory-cache',
    needs: { express: '*', pg: '*' },
    setup: `${PG}\nconst client = await pool.connect();`,
    app: told("await pool.query('SELECT pg_notify($1, $2)', ['names', req.params.id]);"),
  },
  'events, ioredis': {
    rule: 'in-memory-pubsub',
    needs: { express: '*', ioredis: '*' },
    setup: IOREDIS,
    app: events("await redis.publish('events', JSON.stringify(req.body.news));"),
  },
  'events, redis': {
    rule: 'in-memory-pubsub',
    needs: { express: '*', redis: '*' },
    setup: NODE_REDIS,
    app: events("await client.publish('events', JSON.stringify(req.body.news));"),
  },
  'events, redis 3': {
    rule: 'in-memory-pubsub',
    needs: { express: '*', redis: '^3' },
    setup: NODE_REDIS,
    app: events("client.publish('events', JSON.stringify(req.body.news));"),
  },
  'events, pg': {
    rule: 'in-memory-pubsub',
    needs: { express: '*', pg: '*' },
    setup: `${PG}\nconst client = await pool.connect();`,
    app: events("await pool.query('SELECT pg_notify($1, $2)', ['events', JSON.stringify(req.body.news)]);"),
  },
  'events, postgres': {
    rule: 'in-memory-pubsub',
    needs: { express: '*', postgres: '*' },
    setup: "import postgres from 'postgres';\nconst sql = postgres(process.env.DATABASE_URL);",
    app: events("await sql.notify('events', JSON.stringify(req.body.news));"),
  },
  'clients of ws, ioredis': {
    rule: 'local-websocket-fanout',
    needs: { ws: '*', ioredis: '*' },
    setup: IOREDIS,
    app: room("await redis.publish('messages', text);"),
  },
  'clients of ws, redis': {
    rule: 'local-websocket-fanout',
    needs: { ws: '*', redis: '*' },
    setup: NODE_REDIS,
    app: room("await client.publish('messages', text);"),
  },
  'clients of ws, pg': {
    rule: 'local-websocket-fanout',
    needs: { ws: '*', pg: '*' },
    setup: `${PG}\nconst client = await pool.connect();`,
    app: room("await pool.query('SELECT pg_notify($1, $2)', ['messages', text]);"),
  },

  'a lock, ioredis': { rule: 'in-memory-lock', needs: { ioredis: '*' }, setup: IOREDIS, app: locked },
  'a lock, redis': { rule: 'in-memory-lock', needs: { redis: '*' }, setup: NODE_REDIS, app: locked },
  'a lock, redis 4': { rule: 'in-memory-lock', needs: { redis: '^4' }, setup: NODE_REDIS, app: locked },
  'a lock, redlock': {
    rule: 'in-memory-lock',
    needs: { ioredis: '*', redlock: '^4' },
    setup: `${IOREDIS}\nimport Redlock from 'redlock';\nconst redlock = new Redlock([redis]);`,
    app: locked,
  },
  'a lock, Prisma': { rule: 'in-memory-lock', needs: { '@prisma/client': '*', pg: '*' }, setup: PRISMA, app: locked },
  'a lock, TypeORM': { rule: 'in-memory-lock', needs: { typeorm: '*', pg: '*' }, setup: TYPEORM, app: locked },
  'a lock, Sequelize': { rule: 'in-memory-lock', needs: { sequelize: '*', pg: '*' }, setup: SEQUELIZE, app: locked },
  'a lock, Knex': { rule: 'in-memory-lock', needs: { knex: '*', pg: '*' }, setup: knexOf('pg'), app: locked },
  'a lock, Drizzle': { rule: 'in-memory-lock', needs: { 'drizzle-orm': '*', pg: '*' }, setup: DRIZZLE, app: locked },
  'a lock, Kysely': { rule: 'in-memory-lock', needs: { kysely: '*', pg: '*' }, setup: KYSELY, app: locked },
  'codes, ioredis': { rule: 'in-memory-token-store', needs: { ioredis: '*' }, setup: IOREDIS, app: codes },
  'codes, Prisma': { rule: 'in-memory-token-store', needs: { '@prisma/client': '*' }, setup: PRISMA, app: codes },
};

describe('a hint that is followed', () => {
  it.each(Object.entries(CASES))('ends the finding: %s', async (_, one) => {
    const [finding] = await findingsOf(one);
    expect(finding?.ruleId).toBe(one.rule);
    const snippet = snippetOf(finding as Finding);
    expect((await findingsOf(one, snippet)).map(({ message, hint }) => ({ message, hint, snippet }))).toEqual([]);
  });
});
