import { describe, expect, it } from 'vitest';
import * as recipes from './index.js';
import type { Recipe } from './index.js';

/*
 * What the packages that recipes send to the registry give, read in the tarballs of these versions. A recipe that names
 * another package or export than these was not checked.
 */
const GIVES: Readonly<Record<string, { readonly version: string; readonly names: readonly string[] }>> = {
  '@acpr/rate-limit-postgresql': { version: '1.4.1', names: ['PostgresStore'] },
  '@apollo/utils.keyvadapter': { version: '4.0.1', names: ['KeyvAdapter'] },
  '@aws-sdk/client-s3': { version: '3.1169.0', names: ['PutObjectCommand', 'S3Client'] },
  '@colyseus/redis-driver': { version: '0.17.7', names: ['RedisDriver'] },
  '@colyseus/redis-presence': { version: '0.17.8', names: ['RedisPresence'] },
  '@envelop/response-cache-redis': { version: '4.2.4', names: ['createRedisCache'] },
  '@grammyjs/storage-redis': { version: '2.6.0', names: ['RedisAdapter'] },
  '@graphql-yoga/redis-event-target': { version: '3.0.4', names: ['createRedisEventTarget'] },
  '@hapi/catbox-redis': { version: '7.1.0', names: ['Engine'] },
  '@hocuspocus/extension-redis': { version: '4.7.0', names: ['Redis'] },
  '@hono-rate-limiter/redis': { version: '0.1.4', names: ['RedisStore'] },
  '@keyv/postgres': { version: '2.2.3', names: ['KeyvPostgres'] },
  '@keyv/redis': { version: '5.1.6', names: ['KeyvRedis'] },
  '@nest-lab/throttler-storage-redis': { version: '1.2.0', names: ['ThrottlerStorageRedisService'] },
  '@nestjs/platform-socket.io': { version: '12.1.1', names: ['IoAdapter'] },
  '@orpc/experimental-ratelimit/redis': { version: '1.15.0', names: ['RedisRatelimiter'] },
  '@quixo3/prisma-session-store': { version: '3.1.21', names: ['PrismaSessionStore'] },
  '@socket.io/mongo-adapter': { version: '0.4.0', names: ['createAdapter'] },
  '@socket.io/postgres-adapter': { version: '0.5.0', names: ['createAdapter'] },
  '@socket.io/redis-adapter': { version: '8.3.0', names: ['createAdapter'] },
  '@trpc-limiter/redis': { version: '0.0.2', names: ['createTrpcRedisLimiter'] },
  'aedes-persistence-redis': { version: '12.0.0', names: ['redisPersistence'] },
  bottleneck: { version: '2.19.5', names: ['Bottleneck'] },
  'cache-manager-redis-yet': { version: '5.1.5', names: ['redisStore'] },
  'connect-mongo': { version: '6.0.0', names: ['MongoStore'] },
  'connect-pg-simple': { version: '10.0.0', names: ['connectPgSimple'] },
  'connect-redis': { version: '9.0.0', names: ['RedisStore'] },
  'connect-redis@6': { version: '6.1.3', names: ['connectRedis'] },
  'connect-redis@8': { version: '8.1.0', names: ['RedisStore'] },
  'connect-session-knex': { version: '5.0.0', names: ['ConnectSessionKnexStore'] },
  'connect-session-sequelize': { version: '7.1.7', names: ['connectSessionSequelize'] },
  'connect-typeorm': { version: '2.0.0', names: ['TypeormStore'] },
  'drizzle-orm/node-postgres': { version: '0.45.4', names: ['drizzle'] },
  'express-mysql-session': { version: '3.0.3', names: ['MySQLStore'] },
  'feathers-sync': { version: '3.1.1', names: ['sync'] },
  'graphql-postgres-subscriptions': { version: '1.0.5', names: ['PostgresPubSub'] },
  'graphql-redis-subscriptions': { version: '2.7.0', names: ['RedisPubSub'] },
  ioredis: { version: '6.0.0', names: ['Redis', 'redis'] },
  'koa-redis': { version: '4.0.1', names: ['redisStore'] },
  'koa2-ratelimit': { version: '1.1.3', names: ['Stores'] },
  'kysely-ctl': { version: '0.20.0', names: ['kysely'] },
  'mqemitter-redis': { version: '7.2.1', names: ['redisEmitter'] },
  'multer-s3': { version: '3.0.1', names: ['multerS3'] },
  'multer-s3@2': { version: '2.10.0', names: ['multerS3'] },
  mysql2: { version: '3.24.6', names: ['RowDataPacket'] },
  'nestjs-throttler-storage-redis': { version: '0.5.1', names: ['ThrottlerStorageRedisService'] },
  pg: { version: '8.23.1', names: ['Pool', 'pool', 'client'] },
  'pg-boss': { version: '10.4.2', names: ['boss'] },
  'postgrator-cli': { version: '9.1.1', names: ['postgrator'] },
  'rate-limit-redis': { version: '6.0.1', names: ['RedisStore'] },
  'rate-limiter-flexible': { version: '11.4.0', names: ['RateLimiterRedis', 'limiterClass'] },
  sequelize: { version: '6.37.8', names: ['QueryTypes'] },
  'sharedb-redis-pubsub': { version: '5.1.0', names: ['sharedbRedisPubSub'] },
};

/** Seen in documentation only, as their sources say. */
const UNCHECKED = ['crossws/sync', 'route-cache/ioRedisStore', 'unstorage/drivers/redis'];

const tables = Object.entries(recipes).filter(
  (entry): entry is [string, readonly Recipe[]] => Array.isArray(entry[1]) && entry[0].endsWith('Recipes'),
);

describe.each(tables)('%s', (_, table) => {
  it('name packages and exports that were read', () => {
    const unknown = table.flatMap(({ text }) =>
      [...text.matchAll(/`(?:[^`]*)` (?:of|from) `(@?[a-z][\w./@-]*)`/g)].flatMap(([, name = '']) => {
        if (UNCHECKED.includes(name)) return [];
        const known = GIVES[name]?.names.some((one) => new RegExp(`\\b${one}\\b`).test(text));
        return known ? [] : [`${name} in: ${text}`];
      }),
    );
    expect(unknown).toEqual([]);
  });
});
