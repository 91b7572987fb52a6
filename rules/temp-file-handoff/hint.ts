import { fileRecipes, recipeFor, type Stack } from '../../src/api/index.js';

const KEY = {
  worker: 'Hand the job a key instead of a path',
  database: 'Keep a key in the database instead of a path',
  request: 'Do all of the work in one request, or give the next one a key instead of a path',
} as const;

/** Where the content can go instead of its path. */
export function hint(stack: Stack, to: keyof typeof KEY): string {
  const put = recipeFor(fileRecipes, '', stack, { body: 'content' });
  return `${KEY[to]}: ${put.charAt(0).toLowerCase()}${put.slice(1)}`;
}
