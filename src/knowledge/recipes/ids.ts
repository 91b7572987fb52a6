import type { Recipe } from './recipe.js';

const ANY = 'Use `crypto.randomUUID()` where any id will do; where people are to read the number, let';

/** Ids that two instances cannot give twice. */
export const idRecipes: readonly Recipe[] = [
  {
    needs: { orm: '@prisma/client' },
    text: `${ANY} the database number it: \`@default(autoincrement())\` in the Prisma schema.`,
    source: 'unchecked: Prisma@7 schema reference, autoincrement',
  },
  {
    needs: { orm: 'typeorm' },
    text: `${ANY} the database number it: \`@PrimaryGeneratedColumn() id: number;\`.`,
    source: 'typeorm@1.1.1 decorator/columns/PrimaryGeneratedColumn.d.ts',
  },
  {
    needs: { orm: 'sequelize' },
    text: `${ANY} the database number it: \`id: { type: DataTypes.INTEGER, autoIncrement: true, primaryKey: true }\`.`,
    source: 'sequelize@6.37.8 types/model.d.ts, autoIncrement',
  },
  {
    needs: { orm: ['knex', 'objection', 'bookshelf'] },
    text: `${ANY} the database number it: \`table.increments('id')\` in a migration.`,
    source: 'knex@3.3.0 types/index.d.ts, increments',
  },
  {
    needs: { orm: 'drizzle-orm', database: 'postgres' },
    text: `${ANY} the database number it: \`id: integer().primaryKey().generatedAlwaysAsIdentity()\`.`,
    source: 'drizzle-orm@0.45.4 pg-core/columns/int.common.d.ts',
  },
  {
    needs: { database: 'mongodb' },
    text: `${ANY} MongoDB count: \`await counters.findOneAndUpdate({ _id: '{name}' }, { $inc: { count: 1 } }, { upsert: true, returnDocument: 'after' });\`.`,
    source: 'mongodb@7.8.0 mongodb.d.ts, FindOneAndUpdateOptions',
  },
  {
    needs: { database: 'postgres' },
    text: `${ANY} PostgreSQL number it: a column \`GENERATED ALWAYS AS IDENTITY\`.`,
    source: 'PostgreSQL manual 17, CREATE TABLE',
  },
  {
    needs: { database: 'mysql' },
    text: `${ANY} MySQL number it: a column \`AUTO_INCREMENT\`.`,
    source: 'MySQL manual 8.4, CREATE TABLE',
  },
  {
    needs: { redis: ['ioredis', 'iovalkey'] },
    text: `${ANY} the Redis this project has count: \`const id = await redis.incr('{name}');\` (\`{redis}\`).`,
    source: 'ioredis@6.0.0 built/utils/RedisCommander.d.ts, incr',
  },
  {
    needs: { redis: ['redis'] },
    text: `${ANY} the Redis this project has count: \`const id = await client.incr('{name}');\` (\`redis\`).`,
    source: '@redis/client@6.3.1 dist/lib/commands/INCR.d.ts',
  },
  {
    text: `${ANY} a database that all instances share number it (a sequence or an identity column).`,
    source: 'PostgreSQL manual 17, CREATE TABLE',
  },
];
