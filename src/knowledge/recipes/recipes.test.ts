import { describe, expect, it } from 'vitest';
import type { Stack } from '../../model/program.js';
import { parse } from '../../parse/index.js';
import * as recipes from './index.js';
import {
  cacheRecipes,
  closingWords,
  jobRecipes,
  limitRecipes,
  NO_STACK,
  type Recipe,
  recipeFor,
  secretRecipes,
  seedRecipes,
  sessionRecipes,
  shutdownRecipes,
  tokenRecipes,
} from './index.js';
import { wordOf } from '../advice.js';

const tables = Object.entries(recipes).filter(
  (entry): entry is [string, readonly Recipe[]] => Array.isArray(entry[1]) && entry[0].endsWith('Recipes'),
);

/** What rules put in the place of the words in braces, so that what is tried is what users see. */
const WORDS: Readonly<Record<string, string>> = {
  act: 'drops it',
  after: 'await pool.end(); ',
  asks: "await pool.query('SELECT 1'); ",
  body: 'req.file.buffer',
  bull: "cron: '0 * * * *'",
  cache: 'users',
  callback: '() => process.exit(0)',
  check: "() => this.typeorm.pingCheck('database')",
  client: 'redis',
  command: 'npx knex migrate:latest',
  cron: '0 * * * *',
  database: 'PostgreSQL',
  delay: ', { delay: 5000 }',
  driver: 'pg',
  every: '60_000',
  field: 'stock',
  keep: 'Close',
  lasting: 'PostgreSQL',
  lead: 'Tell every instance',
  lease: '50_000',
  made: 'new Pool()',
  mikro: '@mikro-orm/postgresql',
  name: 'cleanUp',
  prisma: 'postgresql',
  redis: 'ioredis',
  saver: 'flush',
  schedule: "pattern: '0 * * * *'",
  script: 'start',
  server: 'postgres',
  setting: 'JWT_SECRET',
  store: 'PostgreSQL',
};

/** Commands, SQL and lines of other files are shown as well. */
const OTHER = /^(?:npx|npm|node|SELECT|UPDATE|CREATE|INSERT|GENERATED|@default|provider =)/;

/** A snippet is statements, an expression, an argument's properties, or a member of a class. */
function isCode(snippet: string): boolean {
  return [
    `async () => { ${snippet} };`,
    `const options = { ${snippet} };`,
    `class Sample { ${snippet} }`,
    `const value = ${snippet};`,
  ].some((text) => parse({ file: 'snippet.ts', language: 'typescript', text }).problems.length === 0);
}

function shown({ text }: Recipe): string {
  return recipeFor([{ text, source: '' }], '', NO_STACK, WORDS);
}

describe.each(tables)('%s', (_, table) => {
  it('holds recipes', () => expect(table.length).toBeGreaterThan(0));

  it('end with one that fits every project', () => {
    const last = table.at(-1);
    expect([last?.api, last?.needs]).toEqual([undefined, undefined]);
  });

  it.each(table.map((recipe) => ({ recipe, text: shown(recipe) })))(
    'shows code that can be pasted: $text',
    ({ recipe, text }) => {
      // A backtick within a snippet would end it.
      expect(text.split('`').length % 2).toBe(1);
      expect(text).not.toMatch(/\{\w+\}(?!`)/);
      const snippets = [...text.matchAll(/`([^`]+)`/g)]
        .map(([, code]) => code as string)
        .filter((code) => /[({]/.test(code) && !OTHER.test(code) && !code.includes('…'));
      expect(snippets.filter((snippet) => !isCode(snippet))).toEqual([]);
      expect(recipe.source).toMatch(/@\d|manual|[Rr]eference|^https:|^Node\.js|^unchecked:/);
    },
  );
});

describe('recipeFor', () => {
  const stack = (parts: Partial<Stack>): Stack => ({ ...NO_STACK, ...parts });

  it('takes the client that the project has, in its version', () => {
    expect(recipeFor(sessionRecipes, 'express-session:', stack({ redis: 'iovalkey' }))).toContain('`iovalkey` client');
    expect(recipeFor(sessionRecipes, 'express-session:', stack({ redis: 'redis' }))).not.toContain('connect-redis@');
    const old = stack({ redis: 'redis', isVersion: (name, range) => name === 'redis' && range === '<5' });
    expect(recipeFor(sessionRecipes, 'express-session:', old)).toContain('connect-redis@8');
    expect(recipeFor(jobRecipes, '', old, { name: 'cleanUp', lease: '50_000' })).toContain('{ NX: true, PX: 50_000 }');
  });

  it('goes by what is to be mended before anything else', () => {
    const ioredis = stack({ redis: 'ioredis' });
    expect(recipeFor(sessionRecipes, 'koa-generic-session:', ioredis)).toContain('koa-redis');
    expect(recipeFor(sessionRecipes, 'express-session:', stack({ orm: 'mongoose' }))).toContain('connect-mongo');
    expect(recipeFor(limitRecipes, 'koa-ratelimit:', ioredis)).toContain("driver: 'redis'");
    expect(recipeFor(shutdownRecipes, 'Fastify', ioredis, closingWords(ioredis))).toContain(
      'await app.close(); process.exit(0)',
    );
  });

  it('says the smallest sound choice where a project has nothing', () => {
    expect(recipeFor(sessionRecipes, 'express-session:', NO_STACK)).toContain('connect-redis');
  });

  it('sends nobody to a database that is a file', () => {
    const file = stack({ database: 'sqlite', orm: 'knex', has: (name) => name === 'knex' });
    expect(recipeFor(sessionRecipes, 'express-session:', file)).toContain('connect-redis');
    expect(recipeFor(tokenRecipes, '', file, { name: 'codes' })).toContain('ioredis');
    expect(recipeFor(seedRecipes, '', file)).toContain('onConflict');
    expect(closingWords(file).callback).toContain('knex.destroy()');
  });

  it('types what must be typed, and only there', () => {
    const ioredis = stack({ redis: 'ioredis' });
    const given = (file: string) => recipeFor(limitRecipes, 'express-rate-limit:rateLimit', ioredis, { file });
    expect(given('src/limit.ts')).toContain('as Promise<RedisReply>');
    expect(given('src/limit.mjs')).not.toContain('RedisReply');
    const secret = recipeFor(secretRecipes, '', NO_STACK, { file: 'src/auth.ts', setting: 'JWT_SECRET' });
    expect(secret).toContain('const secret = process.env.JWT_SECRET;');
    const cache = (file: string) => recipeFor(cacheRecipes, 'keyv:', NO_STACK, { file });
    expect(cache('src/cache.ts')).toContain('process.env.REDIS_URL!)');
    expect(cache('src/cache.js')).toContain('process.env.REDIS_URL)');
  });
});

describe('the words of a hint', () => {
  it('leave out what says nothing', () => {
    expect(wordOf('UserService.cache')).toBe('cache');
    expect(wordOf('LoginGuard.constructor')).toBe('LoginGuard');
    expect(wordOf('src/app.js')).toBe('app');
    expect(wordOf('a function in job > #sweep')).toBe('sweep');
    expect(wordOf('(…)', 'job')).toBe('job');
  });
});
