import { IOREDIS, type Recipe } from './recipe.js';

const PG = 'PostgreSQL manual 9.28.10, pg_advisory_xact_lock';
const WAIT = "SELECT pg_advisory_xact_lock(hashtext('{name}'))";
const IN_DATABASE =
  'Take the lock in PostgreSQL, where all instances see it; the end of the transaction gives it back:';
const IN_REDIS = 'Take the lock in Redis, where all instances see it, and';
const MINE = 'delete the key at the end, only while it still holds `token`';

/** Keeping all instances from doing the same thing at once. `{name}` names the lock. */
export const lockRecipes: readonly Recipe[] = [
  {
    needs: { package: 'redlock', version: ['redlock', '<5.0.0-0'] },
    text: "Take the lock with the `redlock` this project has, where all instances see it: `const lock = await redlock.lock('lock:{name}', 30_000); try { await work(); } finally { await lock.unlock(); }`.",
    source: 'redlock@4.2.0 README.md "Usage (promise style)"',
  },
  {
    needs: { package: 'redlock' },
    text: "Take the lock with the `redlock` this project has, where all instances see it: `await redlock.using(['lock:{name}'], 30_000, async () => { await work(); });`.",
    source: 'redlock@5.0.0-beta.2 README.md',
  },
  {
    needs: { redis: IOREDIS },
    text: `${IN_REDIS} go on only with it: \`if ((await redis.set('lock:{name}', token, 'PX', 30_000, 'NX')) !== 'OK') throw new Error('busy');\` with \`token = randomUUID()\` and the \`{redis}\` client this project has; ${MINE}.`,
    source: 'ioredis@6.0.0 built/utils/RedisCommander.d.ts, set; iovalkey@0.4.0',
  },
  {
    needs: { redis: ['redis'], version: ['redis', '<4'] },
    text: `${IN_REDIS} go on only with it: \`client.set('lock:{name}', token, 'PX', 30_000, 'NX', (error, reply) => { if (reply === 'OK') work(); });\` with \`token = randomUUID()\` and the \`redis\` client this project has; ${MINE}.`,
    source: 'redis@3.1.2 README.md, SET',
  },
  {
    needs: { redis: ['redis'], version: ['redis', '<5'] },
    text: `${IN_REDIS} go on only with it: \`if ((await client.set('lock:{name}', token, { NX: true, PX: 30_000 })) !== 'OK') throw new Error('busy');\` with \`token = randomUUID()\` and the \`redis\` client this project has; ${MINE}.`,
    source: 'redis@4.7.1 README.md, SET',
  },
  {
    needs: { redis: ['redis'] },
    text: `${IN_REDIS} go on only with it: \`if ((await client.set('lock:{name}', token, { condition: 'NX', expiration: { type: 'PX', value: 30_000 } })) !== 'OK') throw new Error('busy');\` with \`token = randomUUID()\` and the \`redis\` client this project has; ${MINE}.`,
    source: '@redis/client@6.3.1 dist/lib/commands/SET.d.ts',
  },
  {
    needs: { database: 'postgres', orm: '@prisma/client' },
    text: `${IN_DATABASE} \`await prisma.$transaction(async (tx) => { await tx.$executeRawUnsafe("${WAIT}"); await work(tx); });\`.`,
    source: `${PG}; @prisma/client@7.10.0 runtime/client.d.ts`,
  },
  {
    needs: { database: 'postgres', orm: 'typeorm' },
    text: `${IN_DATABASE} \`await dataSource.transaction(async (manager) => { await manager.query("${WAIT}"); await work(manager); });\`.`,
    source: `${PG}; typeorm@1.1.1 entity-manager/EntityManager.d.ts`,
  },
  {
    needs: { database: 'postgres', orm: 'sequelize' },
    text: `${IN_DATABASE} \`await sequelize.transaction(async (transaction) => { await sequelize.query("${WAIT}", { transaction }); await work(transaction); });\`.`,
    source: `${PG}; sequelize@6.37.8 types/sequelize.d.ts`,
  },
  {
    needs: { database: 'postgres', orm: ['knex', 'objection', 'bookshelf'] },
    text: `${IN_DATABASE} \`await knex.transaction(async (trx) => { await trx.raw("${WAIT}"); await work(trx); });\`.`,
    source: `${PG}; knex@3.3.0 types/index.d.ts`,
  },
  {
    needs: { database: 'postgres', orm: 'drizzle-orm' },
    text: `${IN_DATABASE} \`await db.transaction(async (tx) => { await tx.execute(sql.raw("${WAIT}")); await work(tx); });\`.`,
    source: `${PG}; drizzle-orm@0.45.4 sql/sql.d.ts`,
  },
  {
    needs: { database: 'postgres', orm: 'kysely' },
    text: `${IN_DATABASE} \`await db.transaction().execute(async (trx) => { await sql.raw("${WAIT}").execute(trx); await work(trx); });\`.`,
    source: `${PG}; kysely@0.29.9 dist/raw-builder/sql.d.ts`,
  },
  {
    needs: { database: 'postgres', orm: '@mikro-orm/core' },
    text: `${IN_DATABASE} \`await em.transactional(async (own) => { await own.execute("${WAIT}"); await work(own); });\`.`,
    source: `${PG}; unchecked: MikroORM documentation, SqlEntityManager.execute`,
  },
  {
    needs: { database: 'postgres' },
    text: `${IN_DATABASE} \`await client.query("${WAIT}");\` right after \`BEGIN\`, on the one connection that does the work (\`const client = await pool.connect()\`).`,
    source: PG,
  },
  {
    needs: { database: 'mysql' },
    text: 'Take the lock in MySQL, where all instances see it, on the one connection that does the work: `const [[{ won }]] = await connection.query("SELECT GET_LOCK(\'{name}\', 10) AS won");`, and go on only if it is 1; `RELEASE_LOCK` gives it back.',
    source: 'MySQL manual 14.14, GET_LOCK; mysql2@3.24.6 promise.d.ts',
  },
  {
    needs: { orm: 'mongoose' },
    text: 'Let MongoDB decide, by claiming the document in one step: `const claimed = await Model.findOneAndUpdate({ _id, lockedAt: null }, { lockedAt: new Date() });`, and go on only if there is one.',
    source: 'mongoose@9.12.1 types/models.d.ts, findOneAndUpdate',
  },
  {
    needs: { database: 'mongodb' },
    text: 'Let MongoDB decide, by claiming the document in one step: `const claimed = await collection.findOneAndUpdate({ _id, lockedAt: null }, { $set: { lockedAt: new Date() } });`, and go on only if there is one.',
    source: 'mongodb@7.8.0 mongodb.d.ts, findOneAndUpdate',
  },
  {
    needs: { database: 'mssql' },
    text: "Take the lock in SQL Server, where all instances see it, as the first statement of the transaction that does the work: `await request.query(\"EXEC sp_getapplock @Resource = '{name}', @LockMode = 'Exclusive'\");`.",
    source: 'Transact-SQL reference, sp_getapplock',
  },
  {
    needs: { orm: '@prisma/client' },
    text: 'Let the database decide, by claiming the row in one step: `const { count } = await prisma.job.updateMany({ where: { id, lockedAt: null }, data: { lockedAt: new Date() } });`, and go on only if `count` is 1.',
    source: '@prisma/client@7.10.0 runtime/client.d.ts, updateMany',
  },
  {
    text: "Take a lock that all instances see: with a database server, an advisory lock or a row claimed by one `UPDATE … WHERE locked_at IS NULL`; or add Redis and `if ((await redis.set('lock:{name}', token, 'PX', 30_000, 'NX')) !== 'OK') throw new Error('busy');` with `ioredis`.",
    source: 'ioredis@6.0.0 built/utils/RedisCommander.d.ts, set',
  },
];
