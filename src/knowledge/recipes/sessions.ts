import type { Recipe } from './recipe.js';

const KOA = 'koa-{generic-session,session,session-minimal}:{,createSession}';
const SHARED = 'Give it a store that all instances share:';

/** Where sessions can go instead, by what sets them up and what the project has. */
export const sessionRecipes: readonly Recipe[] = [
  {
    api: '@hapi/yar:{,plugin}',
    text: "Provision the server's cache with Redis and name it in yar's options: `Hapi.server({ cache: [{ name: 'sessions', provider: { constructor: CatboxRedis.Engine } }] })` from `@hapi/catbox-redis`, then `options: { cache: { cache: 'sessions' } }`.",
    source: '@hapi/catbox-redis@7.1.0 README.md; @hapi/yar@11.0.3 API.md',
  },
  {
    api: KOA,
    needs: { redis: ['ioredis'] },
    text: `${SHARED} \`store: redisStore({ client })\` from \`koa-redis\`, with the \`ioredis\` client this project has.`,
    source: 'koa-redis@4.0.1 README.md',
  },
  {
    api: KOA,
    text: `${SHARED} \`store: redisStore({ url: process.env.REDIS_URL })\` from \`koa-redis\`; or use \`koa-session\` without a \`store\`, which keeps the session in a signed cookie.`,
    source: 'koa-redis@4.0.1 README.md; koa-session@7.0.2 Readme.md',
  },
  {
    api: '{@remix-run/node,react-router,@react-router/node}:{createMemorySessionStorage,createFileSessionStorage}',
    text: 'Keep the session in a signed cookie, `createCookieSessionStorage({ cookie: { secrets: [process.env.SESSION_SECRET] } })`, or write `createSessionStorage({ cookie, createData, readData, updateData, deleteData })` over the database.',
    source: 'react-router@7.18.5 dist/development/index.d.ts',
  },
  {
    api: 'grammy:session',
    needs: { redis: ['ioredis'] },
    text: 'Give it a storage that all instances share: `session({ initial, storage: new RedisAdapter({ instance }) })` from `@grammyjs/storage-redis`, with the `ioredis` client this project has.',
    source: '@grammyjs/storage-redis@2.6.0 README.md',
  },
  {
    api: 'grammy:session',
    text: 'Give it a `storage` that all instances share, from one of the `@grammyjs/storage-…` packages: `@grammyjs/storage-redis`, `@grammyjs/storage-psql` and others.',
    source: '@grammyjs/storage-redis@2.6.0 README.md',
  },
  {
    api: 'telegraf:session',
    text: 'Give it a `store` that all instances share: an object whose `get`, `set` and `delete` read and write Redis or the database, `session({ store })`.',
    source: 'telegraf@4.16.3 typings/session.d.ts',
  },
  {
    needs: { redis: ['redis'], version: ['redis', '<4'] },
    text: `${SHARED} \`store: new (connectRedis(session))({ client })\` from \`connect-redis@6\`, with the \`redis\` client this project has (later versions take newer clients only).`,
    source: 'connect-redis@6.1.3 readme.md',
  },
  {
    needs: { redis: ['redis'], version: ['redis', '<5'] },
    text: `${SHARED} \`store: new RedisStore({ client })\` from \`connect-redis@8\`, with the \`redis\` client this project has (version 9 takes \`redis\` from version 5 on).`,
    source: 'connect-redis@8.1.0 readme.md, package.json; connect-redis@9.0.0 package.json',
  },
  {
    needs: { redis: ['redis'] },
    text: `${SHARED} \`store: new RedisStore({ client })\` from \`connect-redis\`, with the \`redis\` client this project has.`,
    source: 'connect-redis@9.0.0 readme.md',
  },
  {
    needs: { redis: ['ioredis', 'iovalkey'] },
    text: `${SHARED} \`store: new RedisStore({ client })\` from \`connect-redis@8\`, with the \`{redis}\` client this project has (version 9 takes the \`redis\` client only).`,
    source: 'connect-redis@8.1.0 readme.md; connect-redis@9.0.0 package.json',
  },
  {
    needs: { orm: 'mongoose' },
    text: `${SHARED} \`store: MongoStore.create({ client: mongoose.connection.getClient() })\` from \`connect-mongo\`, on the MongoDB this project has.`,
    source: 'connect-mongo@6.0.0 README.md',
  },
  {
    needs: { database: 'mongodb' },
    text: `${SHARED} \`store: MongoStore.create({ client })\` from \`connect-mongo\`, on the MongoDB this project has.`,
    source: 'connect-mongo@6.0.0 README.md',
  },
  {
    needs: { orm: '@prisma/client' },
    text: `${SHARED} \`store: new PrismaSessionStore(prisma, { checkPeriod: 120_000 })\` from \`@quixo3/prisma-session-store\`, in the database this project has.`,
    source: '@quixo3/prisma-session-store@3.1.21 README.md',
  },
  {
    needs: { orm: 'knex' },
    text: `${SHARED} \`store: new ConnectSessionKnexStore({ knex })\` from \`connect-session-knex\`, in the database this project has.`,
    source: 'connect-session-knex@5.0.0 Readme.md',
  },
  {
    needs: { orm: 'sequelize' },
    text: `${SHARED} \`store: new SequelizeStore({ db: sequelize })\` with \`const SequelizeStore = connectSessionSequelize(session.Store)\` from \`connect-session-sequelize\`, in the database this project has.`,
    source: 'connect-session-sequelize@7.1.7 README.md',
  },
  {
    needs: { orm: 'typeorm' },
    text: `${SHARED} \`store: new TypeormStore().connect(dataSource.getRepository(Session))\` from \`connect-typeorm\`, in the database this project has.`,
    source: 'connect-typeorm@2.0.0 README.md',
  },
  {
    needs: { database: 'postgres' },
    text: `${SHARED} \`store: new (connectPgSimple(session))({ pool, createTableIfMissing: true })\` from \`connect-pg-simple\`, on the PostgreSQL this project has.`,
    source: 'connect-pg-simple@10.0.0 README.md',
  },
  {
    needs: { database: 'mysql' },
    text: `${SHARED} \`store: new (MySQLStore(session))({}, pool)\` with \`MySQLStore\` from \`express-mysql-session\`, on the MySQL this project has.`,
    source: 'express-mysql-session@3.0.3 index.js',
  },
  {
    text: `${SHARED} \`store: new RedisStore({ client })\` from \`connect-redis\`, with a client of \`redis\`.`,
    source: 'connect-redis@9.0.0 readme.md',
  },
];
