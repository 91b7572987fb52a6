import { describe, expect, it } from 'vitest';
import { parse } from '../../parse/index.js';
import type { Stack } from '../../model/program.js';
import { type Recipe, recipeFor } from './recipe.js';
import { sessionRecipes } from './sessions.js';

const tables: Readonly<Record<string, readonly Recipe[]>> = { sessionRecipes };
const nothing: Stack = { has: () => false, isVersion: () => false };

/** A snippet is an expression, a statement, or a property of an options object. */
function isCode(snippet: string): boolean {
  return [snippet, `const options = { ${snippet} };`].some(
    (text) => parse({ file: 'snippet.ts', language: 'typescript', text }).problems.length === 0,
  );
}

describe.each(Object.entries(tables))('%s', (_, recipes) => {
  it('end with one that fits every project', () => {
    const last = recipes.at(-1);
    expect([last?.api, last?.needs]).toEqual([undefined, undefined]);
  });

  it.each(recipes.map(({ text, source }) => ({ text, source })))(
    'shows code that can be pasted: $text',
    ({ text, source }) => {
      const snippets = [...text.matchAll(/`([^`]+)`/g)]
        .map(([, code]) => code as string)
        .filter((code) => /[({]/.test(code));
      expect(snippets.filter((snippet) => !isCode(snippet))).toEqual([]);
      expect(source).toMatch(/@\d/);
    },
  );
});

describe('recipeFor', () => {
  it('takes the client that the project has', () => {
    expect(recipeFor(sessionRecipes, 'express-session:', { ...nothing, redis: 'iovalkey' })).toContain(
      '`iovalkey` client',
    );
    expect(recipeFor(sessionRecipes, 'express-session:', { ...nothing, redis: 'redis' })).not.toContain(
      'connect-redis@8',
    );
  });

  it('goes by what is to be mended before anything else', () => {
    expect(recipeFor(sessionRecipes, 'koa-generic-session:', { ...nothing, redis: 'ioredis' })).toContain('koa-redis');
    expect(recipeFor(sessionRecipes, 'express-session:', { ...nothing, orm: 'mongoose' })).toContain('connect-mongo');
  });

  it('says the smallest sound choice where a project has nothing', () => {
    expect(recipeFor(sessionRecipes, 'express-session:', nothing)).toContain('connect-redis');
  });
});
