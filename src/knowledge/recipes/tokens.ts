import { IOREDIS, type Recipe } from './recipe.js';

const ONCE = 'go on only if one was deleted';
const IN_TABLE = 'Keep `{name}` as rows with an expiry in the database this project has, and use one up in one step:';

/** What was handed out and comes back once: codes, states, reset tokens. `{name}` is what keeps it today. */
export const tokenRecipes: readonly Recipe[] = [
  {
    needs: { redis: IOREDIS },
    text: "Keep `{name}` in Redis with the `{redis}` client this project has, with an expiry: `await redis.set('{name}:' + key, JSON.stringify(value), 'EX', 600);`, and take an entry that may be used once with `redis.getdel`, which one asker alone gets.",
    source: 'ioredis@6.0.0 built/utils/RedisCommander.d.ts, set, getdel; iovalkey@0.4.0',
  },
  {
    needs: { redis: ['redis'], version: ['redis', '<4'] },
    text: "Keep `{name}` in Redis with the `redis` client this project has, with an expiry: `client.set('{name}:' + key, JSON.stringify(value), 'EX', 600);`, and take an entry that may be used once with `GETDEL`, which one asker alone gets.",
    source: 'redis@3.1.2 README.md, SET',
  },
  {
    needs: { redis: ['redis'] },
    text: "Keep `{name}` in Redis with the `redis` client this project has, with an expiry: `await client.setEx('{name}:' + key, 600, JSON.stringify(value));`, and take an entry that may be used once with `client.getDel`, which one asker alone gets.",
    source: '@redis/client@6.3.1 dist/lib/commands/SETEX.d.ts, GETDEL.d.ts',
  },
  {
    needs: { orm: '@prisma/client' },
    text: `${IN_TABLE} \`const { count } = await prisma.token.deleteMany({ where: { token, expiresAt: { gt: new Date() } } });\`, and ${ONCE}.`,
    source: '@prisma/client@7.10.0 runtime/client.d.ts, deleteMany',
  },
  {
    needs: { orm: 'typeorm' },
    text: `${IN_TABLE} \`const { affected } = await repository.delete({ token, expiresAt: MoreThan(new Date()) });\`, and ${ONCE}.`,
    source: 'typeorm@1.1.1 repository/Repository.d.ts, delete',
  },
  {
    needs: { orm: 'sequelize' },
    text: `${IN_TABLE} \`const count = await Token.destroy({ where: { token, expiresAt: { [Op.gt]: new Date() } } });\`, and ${ONCE}.`,
    source: 'sequelize@6.37.8 types/model.d.ts, destroy',
  },
  {
    needs: { orm: ['knex', 'objection', 'bookshelf'] },
    text: `${IN_TABLE} \`const count = await knex('tokens').where({ token }).where('expires_at', '>', new Date()).del();\`, and ${ONCE}.`,
    source: 'knex@3.3.0 types/index.d.ts, del',
  },
  {
    needs: { orm: 'drizzle-orm' },
    text: `${IN_TABLE} \`const used = await db.delete(tokens).where(and(eq(tokens.token, token), gt(tokens.expiresAt, new Date())));\`, and ${ONCE}.`,
    source: 'drizzle-orm@0.45.4 pg-core/query-builders/delete.d.ts',
  },
  {
    needs: { orm: 'mongoose' },
    text: 'Keep `{name}` as documents with a TTL index in the MongoDB this project has, and use one up in one step: `const used = await Token.findOneAndDelete({ token, expiresAt: { $gt: new Date() } });`.',
    source: 'mongoose@9.12.1 types/models.d.ts, findOneAndDelete',
  },
  {
    needs: { database: 'mongodb' },
    text: "Keep `{name}` as documents with a TTL index in the MongoDB this project has, and use one up in one step: `const used = await db.collection('tokens').findOneAndDelete({ token, expiresAt: { $gt: new Date() } });`.",
    source: 'mongodb@7.8.0 mongodb.d.ts, findOneAndDelete',
  },
  {
    needs: { database: 'postgres' },
    text: `Keep \`{name}\` as rows with an expiry in the PostgreSQL this project has, and use one up in one step: \`const { rowCount } = await pool.query('DELETE FROM tokens WHERE token = $1 AND expires_at > now()', [token]);\`, and ${ONCE}.`,
    source: 'pg@8.23.0 lib/result.js rowCount',
  },
  {
    needs: { database: 'mysql' },
    text: `Keep \`{name}\` as rows with an expiry in the MySQL this project has, and use one up in one step: \`const [{ affectedRows }] = await pool.query('DELETE FROM tokens WHERE token = ? AND expires_at > NOW()', [token]);\`, and ${ONCE}.`,
    source: 'mysql2@3.24.6 promise.d.ts; typings/mysql/lib/protocol/packets/ResultSetHeader.d.ts',
  },
  {
    text: "Keep `{name}` where all instances look, with an expiry: in a Redis, `await redis.set('{name}:' + key, JSON.stringify(value), 'EX', 600);` with `ioredis`, and `redis.getdel` for what may be used once.",
    source: 'ioredis@6.0.0 built/utils/RedisCommander.d.ts, set, getdel',
  },
];
