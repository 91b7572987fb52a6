import { IOREDIS, type Recipe } from './recipe.js';

const TRY = "SELECT pg_try_advisory_xact_lock(hashtext('job:{name}')) AS won";
const PG = 'PostgreSQL manual 9.28.10, pg_try_advisory_xact_lock';
const FIRST =
  'Let one instance win each run, by a key that lives a little shorter than the time between two; the job begins with';
const TRIES = 'Let one instance win each run, by an advisory lock around what the job does (here `work`):';
const ONE = 'one instance takes each run';

/** Schedules that only one instance may follow. `{name}` names the job, `{schedule}` is its options for BullMQ, `{lease}` a time in milliseconds. */
export const jobRecipes: readonly Recipe[] = [
  // A scheduler that is there already.
  {
    needs: { package: 'bullmq', version: ['bullmq', '>=5.16'] },
    text: `Let the BullMQ this project has schedule it, with the work in a \`Worker\` of that queue, so that ${ONE}: \`await queue.upsertJobScheduler('{name}', { {schedule} }, { name: '{name}' });\`.`,
    source: 'bullmq@6.7.0 dist/esm/classes/queue.d.ts:206',
  },
  {
    needs: { package: 'bullmq' },
    text: `Let the BullMQ this project has schedule it, with the work in a \`Worker\` of that queue, so that ${ONE}: \`await queue.add('{name}', {}, { repeat: { {schedule} } });\`.`,
    source: 'bullmq@5.0.0 dist/esm/interfaces/repeat-options.d.ts',
  },
  {
    needs: { package: 'bull' },
    text: `Let the Bull queue this project has schedule it, with the work in \`queue.process\`, so that ${ONE}: \`await queue.add({}, { repeat: { {bull} } });\`.`,
    source: 'bull@4.16.5 index.d.ts, RepeatOptions',
  },
  {
    needs: { package: 'pg-boss' },
    text: `Let the \`pg-boss\` this project has schedule it, with the work in \`boss.work\`, so that ${ONE}: \`await boss.schedule('{name}', '{cron}');\`.`,
    source: 'pg-boss@10.4.2 types.d.ts:370',
  },
  {
    needs: { package: 'graphile-worker' },
    text: `Let the \`graphile-worker\` this project has schedule it, so that ${ONE}: \`await run({ connectionString, taskList, crontab: '{cron} {name}' });\`, with the work as the task of that name.`,
    source: 'graphile-worker@0.17.3 dist/interfaces.d.ts:646',
  },
  {
    needs: { package: 'agenda' },
    text: `Let the \`agenda\` this project has schedule it, so that ${ONE}: \`agenda.define('{name}', work); await agenda.every('{cron}', '{name}');\`.`,
    source: 'agenda@6.2.6 README.md:69-78',
  },
  // A key in Redis.
  {
    needs: { redis: IOREDIS },
    text: `${FIRST} \`if ((await redis.set('job:{name}', 'taken', 'PX', {lease}, 'NX')) !== 'OK') return;\`, with the \`{redis}\` client this project has.`,
    source: 'ioredis@6.0.0 built/utils/RedisCommander.d.ts, set; iovalkey@0.4.0',
  },
  {
    needs: { redis: ['redis'], version: ['redis', '<4'] },
    text: "Let one instance win each run, by a key that lives a little shorter than the time between two, before it does what the job does (here `work`): `client.set('job:{name}', 'taken', 'PX', {lease}, 'NX', (error, reply) => { if (reply === 'OK') work(); });`, with the `redis` client this project has.",
    source: 'redis@3.1.2 README.md, SET',
  },
  {
    needs: { redis: ['redis'], version: ['redis', '<5'] },
    text: `${FIRST} \`if ((await client.set('job:{name}', 'taken', { NX: true, PX: {lease} })) !== 'OK') return;\`, with the \`redis\` client this project has.`,
    source: 'redis@4.7.1 README.md, SET',
  },
  {
    needs: { redis: ['redis'] },
    text: `${FIRST} \`if ((await client.set('job:{name}', 'taken', { condition: 'NX', expiration: { type: 'PX', value: {lease} } })) !== 'OK') return;\`, with the \`redis\` client this project has.`,
    source: '@redis/client@6.3.1 dist/lib/commands/SET.d.ts',
  },
  // A lock in the database.
  {
    needs: { database: 'postgres', orm: '@prisma/client', typescript: true },
    text: `${TRIES} \`await prisma.$transaction(async (tx) => { const [lock] = await tx.$queryRawUnsafe<{ won: boolean }[]>("${TRY}"); if (lock?.won) await work(); }, { timeout: 60_000 });\`.`,
    source: `${PG}; @prisma/client@7.10.0 runtime/client.d.ts`,
  },
  {
    needs: { database: 'postgres', orm: '@prisma/client' },
    text: `${TRIES} \`await prisma.$transaction(async (tx) => { const [lock] = await tx.$queryRawUnsafe("${TRY}"); if (lock.won) await work(); }, { timeout: 60_000 });\`.`,
    source: `${PG}; @prisma/client@7.10.0 runtime/client.d.ts`,
  },
  {
    needs: { database: 'postgres', orm: 'typeorm' },
    text: `${TRIES} \`await dataSource.transaction(async (manager) => { const [lock] = await manager.query("${TRY}"); if (lock.won) await work(); });\`.`,
    source: `${PG}; typeorm@1.1.1 entity-manager/EntityManager.d.ts`,
  },
  {
    needs: { database: 'postgres', orm: 'sequelize', typescript: true },
    text: `${TRIES} \`await sequelize.transaction(async (transaction) => { const [lock] = await sequelize.query<{ won: boolean }>("${TRY}", { transaction, type: QueryTypes.SELECT }); if (lock?.won) await work(); });\`, with \`QueryTypes\` of \`sequelize\`.`,
    source: `${PG}; sequelize@6.37.8 types/sequelize.d.ts, query`,
  },
  {
    needs: { database: 'postgres', orm: 'sequelize' },
    text: `${TRIES} \`await sequelize.transaction(async (transaction) => { const [[lock]] = await sequelize.query("${TRY}", { transaction }); if (lock.won) await work(); });\`.`,
    source: `${PG}; sequelize@6.37.8 types/sequelize.d.ts`,
  },
  {
    needs: { database: 'postgres', orm: ['knex', 'objection', 'bookshelf'] },
    text: `${TRIES} \`await knex.transaction(async (trx) => { const { rows } = await trx.raw("${TRY}"); if (rows[0].won) await work(); });\`.`,
    source: `${PG}; knex@3.3.0 types/index.d.ts`,
  },
  {
    needs: { database: 'postgres', orm: 'drizzle-orm', package: 'pg' },
    text: `${TRIES} \`await db.transaction(async (tx) => { const { rows } = await tx.execute(sql.raw("${TRY}")); if (rows[0].won) await work(); });\`.`,
    source: `${PG}; drizzle-orm@0.45.4 node-postgres/session.d.ts`,
  },
  {
    needs: { database: 'postgres', orm: 'drizzle-orm' },
    text: `${TRIES} \`await db.transaction(async (tx) => { const [lock] = await tx.execute(sql.raw("${TRY}")); if (lock.won) await work(); });\`.`,
    source: `${PG}; drizzle-orm@0.45.4 postgres-js/session.d.ts`,
  },
  {
    needs: { database: 'postgres', orm: 'kysely', typescript: true },
    text: `${TRIES} \`await db.transaction().execute(async (trx) => { const { rows } = await sql.raw<{ won: boolean }>("${TRY}").execute(trx); if (rows[0]?.won) await work(); });\`.`,
    source: `${PG}; kysely@0.28.18 dist/esm/raw-builder/sql.d.ts`,
  },
  {
    needs: { database: 'postgres', orm: 'kysely' },
    text: `${TRIES} \`await db.transaction().execute(async (trx) => { const { rows } = await sql.raw("${TRY}").execute(trx); if (rows[0].won) await work(); });\`.`,
    source: `${PG}; kysely@0.29.9 dist/raw-builder/sql.d.ts`,
  },
  {
    needs: { database: 'postgres', orm: '@mikro-orm/core' },
    text: `${TRIES} \`await em.fork().transactional(async (own) => { const [lock] = await own.execute("${TRY}"); if (lock.won) await work(); });\`.`,
    source: `${PG}; unchecked: MikroORM documentation, SqlEntityManager.execute`,
  },
  {
    needs: { database: 'postgres' },
    text: `${TRIES} \`await client.query('BEGIN'); const { rows } = await client.query("${TRY}"); if (rows[0].won) await work(); await client.query('COMMIT');\`, on one connection (\`const client = await pool.connect()\`).`,
    source: PG,
  },
  {
    needs: { database: 'mysql', orm: ['knex', 'objection', 'bookshelf'] },
    text: 'Let one instance win each run, by a lock around what the job does (here `work`): `await knex.transaction(async (trx) => { const [[lock]] = await trx.raw("SELECT GET_LOCK(\'job:{name}\', 0) AS won"); if (lock.won === 1) await work(); await trx.raw("SELECT RELEASE_LOCK(\'job:{name}\')"); });`.',
    source: 'MySQL manual 14.14, GET_LOCK; knex@3.3.0 types/index.d.ts',
  },
  {
    needs: { database: 'mysql', typescript: true },
    text: 'Let one instance win each run, by a lock around what the job does (here `work`): `const [[lock]] = await connection.query<RowDataPacket[]>("SELECT GET_LOCK(\'job:{name}\', 0) AS won"); if (lock?.won !== 1) return;`, on one connection, which gives it back with `RELEASE_LOCK`; `RowDataPacket` is a type of `mysql2`.',
    source: 'MySQL manual 14.14, GET_LOCK; mysql2@3.24.6 promise.d.ts',
  },
  {
    needs: { database: 'mysql' },
    text: 'Let one instance win each run, by a lock around what the job does (here `work`): `const [[lock]] = await connection.query("SELECT GET_LOCK(\'job:{name}\', 0) AS won"); if (lock.won !== 1) return;`, on one connection, which gives it back with `RELEASE_LOCK`.',
    source: 'MySQL manual 14.14, GET_LOCK; mysql2@3.24.6 promise.d.ts',
  },
  {
    needs: { orm: 'mongoose', typescript: true },
    text: "Let one instance win each run, by a document that only one can insert; the job begins with `const { upsertedCount } = await mongoose.connection.collection<{ _id: string; at: Date }>('jobRuns').updateOne({ _id: '{name} ' + Math.floor(Date.now() / {every}) }, { $setOnInsert: { at: new Date() } }, { upsert: true }); if (upsertedCount !== 1) return;`.",
    source: 'mongodb@7.8.0 mongodb.d.ts, UpdateResult',
  },
  {
    needs: { orm: 'mongoose' },
    text: "Let one instance win each run, by a document that only one can insert; the job begins with `const { upsertedCount } = await mongoose.connection.collection('jobRuns').updateOne({ _id: '{name} ' + Math.floor(Date.now() / {every}) }, { $setOnInsert: { at: new Date() } }, { upsert: true }); if (upsertedCount !== 1) return;`.",
    source: 'mongodb@7.8.0 mongodb.d.ts, UpdateResult',
  },
  {
    needs: { database: 'mongodb', typescript: true },
    text: "Let one instance win each run, by a document that only one can insert; the job begins with `const { upsertedCount } = await db.collection<{ _id: string; at: Date }>('jobRuns').updateOne({ _id: '{name} ' + Math.floor(Date.now() / {every}) }, { $setOnInsert: { at: new Date() } }, { upsert: true }); if (upsertedCount !== 1) return;`.",
    source: 'mongodb@7.8.0 mongodb.d.ts, UpdateResult',
  },
  {
    needs: { database: 'mongodb' },
    text: "Let one instance win each run, by a document that only one can insert; the job begins with `const { upsertedCount } = await db.collection('jobRuns').updateOne({ _id: '{name} ' + Math.floor(Date.now() / {every}) }, { $setOnInsert: { at: new Date() } }, { upsert: true }); if (upsertedCount !== 1) return;`.",
    source: 'mongodb@7.8.0 mongodb.d.ts, UpdateResult',
  },
  {
    text: "Schedule it in one process of its own that is started once (a worker beside the web instances); or let the web instances compete for each run, with a Redis and `if ((await redis.set('job:{name}', 'taken', 'PX', {lease}, 'NX')) !== 'OK') return;` of `ioredis` at the start of the job.",
    source: 'ioredis@6.0.0 built/utils/RedisCommander.d.ts, set',
  },
];
