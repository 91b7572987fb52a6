import type { Recipe } from './recipe.js';

const COUNT = 'Let the database count, in one statement, and put a limit into its condition:';

/** Numbers in a row that is read, changed and written back. */
export const countingRecipes: readonly Recipe[] = [
  {
    needs: { orm: '@prisma/client', embedded: true },
    text: `${COUNT} \`await prisma.item.update({ where: { id }, data: { {field}: { increment: 1 } } });\`.`,
    source: '@prisma/client@7.10.0 runtime/client.d.ts, increment',
  },
  {
    needs: { orm: 'typeorm', embedded: true },
    text: `${COUNT} \`await repository.increment({ id }, '{field}', 1);\`.`,
    source: 'typeorm@1.1.1 repository/Repository.d.ts, increment',
  },
  {
    needs: { orm: 'sequelize', embedded: true },
    text: `${COUNT} \`await Item.increment({ {field}: 1 }, { where: { id } });\`.`,
    source: 'sequelize@6.37.8 types/model.d.ts, increment',
  },
  {
    needs: { orm: 'mongoose' },
    text: `${COUNT} \`await Item.updateOne({ _id }, { $inc: { {field}: 1 } });\`.`,
    source: 'mongoose@9.12.1 types/models.d.ts, updateOne',
  },
  {
    needs: { orm: ['knex', 'objection', 'bookshelf'], embedded: true },
    text: `${COUNT} \`await knex('items').where({ id }).increment('{field}', 1);\`.`,
    source: 'knex@3.3.0 types/index.d.ts, increment',
  },
  {
    needs: { orm: 'drizzle-orm', embedded: true },
    text: `${COUNT} a statement of its own with \`sql\`, \`UPDATE items SET {field} = {field} + 1\`.`,
    source: 'drizzle-orm@0.45.4 sql/sql.d.ts',
  },
  {
    needs: { database: 'mongodb' },
    text: `${COUNT} \`await items.updateOne({ _id }, { $inc: { {field}: 1 } });\`.`,
    source: 'mongodb@7.8.0 mongodb.d.ts, updateOne',
  },
  {
    text: `${COUNT} \`UPDATE items SET {field} = {field} + 1\`, and look at the number of changed rows.`,
    source: 'PostgreSQL manual 17, UPDATE',
  },
];
