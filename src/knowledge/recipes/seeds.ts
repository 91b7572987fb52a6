import type { Recipe } from './recipe.js';

const DECIDE = 'Let the database decide, by a unique constraint and one statement that puts up with what is there:';

/** First data that every instance would insert. */
export const seedRecipes: readonly Recipe[] = [
  {
    needs: { orm: '@prisma/client', embedded: true },
    text: `${DECIDE} \`await prisma.user.upsert({ where: { email }, update: {}, create: { email } });\`.`,
    source: '@prisma/client@7.10.0 runtime/client.d.ts, upsert',
  },
  {
    needs: { orm: 'typeorm', embedded: true },
    text: `${DECIDE} \`await repository.upsert(row, ['email']);\`.`,
    source: 'typeorm@1.1.1 repository/Repository.d.ts, upsert',
  },
  {
    needs: { orm: 'sequelize', embedded: true },
    text: `${DECIDE} \`await User.findOrCreate({ where: { email } });\` on a unique column.`,
    source: 'sequelize@6.37.8 types/model.d.ts, findOrCreate',
  },
  {
    needs: { orm: 'mongoose' },
    text: `${DECIDE} \`await User.updateOne({ email }, { $setOnInsert: user }, { upsert: true });\` on a unique index.`,
    source: 'mongoose@9.12.1 types/models.d.ts, updateOne',
  },
  {
    needs: { orm: ['knex', 'objection'], embedded: true },
    text: `${DECIDE} \`await knex('users').insert(row).onConflict('email').ignore();\`.`,
    source: 'knex@3.3.0 types/index.d.ts, onConflict',
  },
  {
    needs: { orm: 'drizzle-orm', database: 'mysql' },
    text: `${DECIDE} \`await db.insert(users).ignore().values(row);\`.`,
    source: 'drizzle-orm@0.45.4 mysql-core/query-builders/insert.d.ts, ignore',
  },
  {
    needs: { orm: 'drizzle-orm', embedded: true },
    text: `${DECIDE} \`await db.insert(users).values(row).onConflictDoNothing();\`.`,
    source: 'drizzle-orm@0.45.4 pg-core/query-builders/insert.d.ts',
  },
  {
    needs: { orm: 'kysely', database: 'mysql' },
    text: `${DECIDE} \`await db.insertInto('users').ignore().values(row).execute();\`.`,
    source: 'kysely@0.29.9 dist/query-builder/insert-query-builder.d.ts, ignore',
  },
  {
    needs: { orm: 'kysely', embedded: true },
    text: `${DECIDE} \`await db.insertInto('users').values(row).onConflict((c) => c.doNothing()).execute();\`.`,
    source: 'kysely@0.29.9 dist/query-builder/insert-query-builder.d.ts, onConflict',
  },
  {
    needs: { orm: '@mikro-orm/core', embedded: true },
    text: `${DECIDE} \`await em.upsert(User, row);\`.`,
    source: 'unchecked: MikroORM@6 documentation, upsert',
  },
  {
    needs: { database: 'mongodb' },
    text: `${DECIDE} \`await users.updateOne({ email }, { $setOnInsert: user }, { upsert: true });\` on a unique index.`,
    source: 'mongodb@7.8.0 mongodb.d.ts, updateOne',
  },
  {
    needs: { database: 'mysql' },
    text: `${DECIDE} \`await pool.query('INSERT IGNORE INTO users SET ?', row);\`.`,
    source: 'MySQL manual 8.4, INSERT; mysql2@3.24.6 README.md',
  },
  {
    text: `${DECIDE} \`await pool.query('INSERT INTO users (email) VALUES ($1) ON CONFLICT DO NOTHING', [email]);\`.`,
    source: 'PostgreSQL manual 17, INSERT; pg@8.23.0',
  },
];
