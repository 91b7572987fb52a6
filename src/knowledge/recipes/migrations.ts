import type { Recipe } from './recipe.js';

const STEP =
  'Run migrations once a deploy, before the new instances start (a release command, an init job, a step of the pipeline):';
const SYNC = 'Write migrations instead, and run them once a deploy, before the new instances start:';

/** The step of a release that runs migrations, by the tool. */
export const migrationRecipes: readonly Recipe[] = [
  {
    api: 'script',
    text: 'Take it out of the script `{script}`, and run it once a deploy, before the new instances start (a release command, an init job, a step of the pipeline): `{command}`.',
    source: 'https://12factor.net/admin-processes',
  },
  {
    api: 'Prisma',
    text: `${STEP} \`npx prisma migrate deploy\`.`,
    source: 'prisma@7.10.1 build/index.js "migrate deploy"',
  },
  { api: 'Prisma sync', text: `${SYNC} \`npx prisma migrate deploy\`.`, source: 'prisma@7.10.1 build/index.js' },
  {
    api: 'TypeORM',
    needs: { version: ['typeorm', '<0.3'] },
    text: `${STEP} \`npx typeorm migration:run\`.`,
    source: 'typeorm@0.2.45 commands/MigrationRunCommand.js',
  },
  {
    api: 'TypeORM',
    text: `${STEP} \`npx typeorm migration:run -d dist/data-source.js\`, and leave \`migrationsRun\` out.`,
    source: 'typeorm@1.1.1 commands/MigrationRunCommand.js',
  },
  {
    api: 'TypeORM sync',
    text: `Set \`synchronize: false\`, write migrations, and run them once a deploy, before the new instances start: \`npx typeorm migration:run -d dist/data-source.js\`.`,
    source: 'typeorm@1.1.1 commands/MigrationRunCommand.js',
  },
  {
    api: '{Umzug,sequelize-cli}',
    needs: { package: 'sequelize-cli' },
    text: `${STEP} \`npx sequelize-cli db:migrate\`.`,
    source: 'sequelize-cli@6.6.5 README.md',
  },
  {
    api: '{Umzug,sequelize-cli}',
    needs: { database: 'postgres', orm: 'sequelize' },
    text: `${STEP} a script of its own with \`await umzug.up();\`; until then put \`SELECT pg_advisory_lock(1)\` of one connection around it.`,
    source: 'umzug@3.8.3 lib/umzug.js',
  },
  {
    api: '{Umzug,sequelize-cli}',
    text: `${STEP} a script of its own with \`await umzug.up();\`.`,
    source: 'umzug@3.8.3 lib/umzug.js',
  },
  {
    api: '{Sequelize,Sequelize sync}',
    text: `${SYNC} \`npx sequelize-cli db:migrate\`, with \`sync()\` left to tests.`,
    source: 'sequelize-cli@6.6.5 README.md',
  },
  { api: 'Knex', text: `${STEP} \`npx knex migrate:latest\`.`, source: 'knex@3.3.0 bin/cli.js "migrate:latest"' },
  { api: 'Drizzle', text: `${STEP} \`npx drizzle-kit migrate\`.`, source: 'drizzle-kit@0.31.11 bin.cjs "migrate"' },
  {
    api: 'Drizzle sync',
    text: `${SYNC} \`npx drizzle-kit migrate\`.`,
    source: 'drizzle-kit@0.31.11 bin.cjs "migrate"',
  },
  {
    api: 'MikroORM',
    text: `${STEP} \`npx mikro-orm migration:up\`.`,
    source: 'unchecked: @mikro-orm/cli@6 documentation',
  },
  {
    api: 'MikroORM sync',
    text: `${SYNC} \`npx mikro-orm migration:up\`.`,
    source: 'unchecked: @mikro-orm/cli@6 documentation',
  },
  {
    api: 'Kysely',
    text: `${STEP} \`npx kysely migrate:latest\` of \`kysely-ctl\`.`,
    source: 'unchecked: kysely-ctl@0.20 README.md',
  },
  {
    api: 'node-pg-migrate',
    text: `${STEP} \`npx node-pg-migrate up\`.`,
    source: 'node-pg-migrate@9.0.0 bin/node-pg-migrate.js',
  },
  { api: 'migrate-mongo', text: `${STEP} \`npx migrate-mongo up\`.`, source: 'migrate-mongo@14.0.7 README.md' },
  { api: 'db-migrate', text: `${STEP} \`npx db-migrate up\`.`, source: 'db-migrate@0.11.14 README.md' },
  {
    api: 'Postgrator',
    text: `${STEP} \`npx postgrator\` of \`postgrator-cli\`.`,
    source: 'unchecked: postgrator-cli@9 README.md',
  },
  {
    api: 'Lucid',
    text: `${STEP} \`node ace migration:run --force\`.`,
    source: 'unchecked: @adonisjs/lucid@21 documentation',
  },
  {
    api: 'marv',
    text: `${STEP} a script of its own that calls \`marv.migrate\`.`,
    source: 'unchecked: marv@6 README.md',
  },
  {
    api: 'graphile-migrate',
    text: `${STEP} \`npx graphile-migrate migrate\`.`,
    source: 'unchecked: graphile-migrate@1 README.md',
  },
  {
    api: 'by hand',
    needs: { database: 'postgres' },
    text: "Move it into a migration that runs once a deploy, before the new instances start (a release command, an init job); until then let one instance at a time do it: `await client.query('SELECT pg_advisory_lock(1)');` first, on the connection that does the work.",
    source: 'PostgreSQL manual 17 9.28.10',
  },
  {
    api: 'by hand',
    text: 'Move it into a migration that runs once a deploy, before the new instances start: a script of its own in a release command, an init job or a step of the pipeline.',
    source: 'https://12factor.net/admin-processes',
  },
  {
    text: `${STEP} a script of its own, that the server does not call.`,
    source: 'https://12factor.net/admin-processes',
  },
];
