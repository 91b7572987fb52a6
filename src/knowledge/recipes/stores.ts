import { IOREDIS, type Recipe } from './recipe.js';

/** Entries that come and go and are looked up by a key: sessions, caches, marks. `{name}` is what keeps them today. */
export const expiringRecipes: readonly Recipe[] = [
  {
    needs: { redis: IOREDIS },
    text: "Keep `{name}` in Redis with the `{redis}` client this project has, with an expiry: `await redis.set('{name}:' + key, JSON.stringify(value), 'EX', 3600);`.",
    source: 'ioredis@6.0.0 built/utils/RedisCommander.d.ts, set; iovalkey@0.4.0',
  },
  {
    needs: { redis: ['redis'], version: ['redis', '<4'] },
    text: "Keep `{name}` in Redis with the `redis` client this project has, with an expiry: `client.set('{name}:' + key, JSON.stringify(value), 'EX', 3600);`.",
    source: 'redis@3.1.2 README.md, SET',
  },
  {
    needs: { redis: ['redis'] },
    text: "Keep `{name}` in Redis with the `redis` client this project has, with an expiry: `await client.setEx('{name}:' + key, 3600, JSON.stringify(value));`.",
    source: '@redis/client@6.3.1 dist/lib/commands/SETEX.d.ts',
  },
  {
    needs: { database: 'mongodb' },
    text: 'Keep `{name}` in a collection of the MongoDB this project has, which throws old entries out by itself: `await collection.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });`.',
    source: 'MongoDB manual, TTL indexes; mongodb@7.8.0 mongodb.d.ts',
  },
  {
    needs: { database: ['postgres', 'mysql', 'mssql'] },
    text: 'Keep `{name}` in a table of {database} with a column for its expiry, and look only at what has not expired.',
    source: 'ioredis@6.0.0 README.md',
  },
  {
    text: "Keep `{name}` where all instances look, with an expiry: in a Redis, `await redis.set('{name}:' + key, JSON.stringify(value), 'EX', 3600);` with `ioredis`.",
    source: 'ioredis@6.0.0 built/utils/RedisCommander.d.ts, set',
  },
];

/** Numbers that all instances count on together. `{name}` is what counts today. */
export const counterRecipes: readonly Recipe[] = [
  {
    needs: { redis: IOREDIS },
    text: "Count where all instances do, with the `{redis}` client this project has: `const count = await redis.incr('{name}');`.",
    source: 'ioredis@6.0.0 built/utils/RedisCommander.d.ts, incr; iovalkey@0.4.0',
  },
  {
    needs: { redis: ['redis'] },
    text: "Count where all instances do, with the `redis` client this project has: `const count = await client.incr('{name}');`.",
    source: '@redis/client@6.3.1 dist/lib/commands/INCR.d.ts; redis@3.1.2 (to a callback)',
  },
  {
    needs: { database: 'postgres' },
    text: "Count where all instances do, with a sequence of the PostgreSQL this project has: `SELECT nextval('{name}')`.",
    source: 'PostgreSQL manual, nextval',
  },
  {
    needs: { orm: 'mongoose' },
    text: "Count where all instances do, in the MongoDB this project has: `await Counter.findOneAndUpdate({ _id: '{name}' }, { $inc: { count: 1 } }, { upsert: true, returnDocument: 'after' });`.",
    source: 'mongoose@9.12.1 types/query.d.ts, returnDocument',
  },
  {
    needs: { database: 'mongodb' },
    text: "Count where all instances do, in the MongoDB this project has: `await counters.findOneAndUpdate({ _id: '{name}' }, { $inc: { count: 1 } }, { upsert: true, returnDocument: 'after' });`.",
    source: 'mongodb@7.8.0 mongodb.d.ts, FindOneAndUpdateOptions',
  },
  {
    needs: { database: ['mysql', 'mssql'] },
    text: 'Count where all instances do, in one statement on a row of {database}: `UPDATE counters SET count = count + 1`.',
    source: 'MySQL manual 8.4, UPDATE',
  },
  {
    text: "Count where all instances do: in one statement on a row of a database server, or in a Redis, `const count = await redis.incr('{name}');` with `ioredis`.",
    source: 'ioredis@6.0.0 built/utils/RedisCommander.d.ts, incr',
  },
];
