import type { Stack } from '../../model/program.js';
import { expand } from '../api-table.js';
import type { Source } from '../types.js';

/** What a project must have for a recipe to fit it. */
export interface Needs {
  /** One of these Redis clients. */
  readonly redis?: readonly NonNullable<Stack['redis']>[];
  readonly database?: NonNullable<Stack['database']>;
  readonly orm?: string;
  readonly framework?: string;
  readonly package?: string;
}

/** How to mend one thing with the parts that a project has. */
export interface Recipe {
  /** API paths of what is to be mended; absent: whatever it is. */
  readonly api?: string;
  readonly needs?: Needs;
  /** The sentence, with one snippet in backticks that can be pasted. `{redis}` is the project's client. */
  readonly text: string;
  readonly source: Source;
}

/** The first recipe of a list that is for this API path (or pattern) and fits the project; the last one of a list should fit all. */
export function recipeFor(recipes: readonly Recipe[], api: string, stack: Stack): string {
  const found = recipes.find((recipe) => isFor(recipe, api) && fits(recipe.needs ?? {}, stack));
  if (!found) throw new Error(`no recipe for ${api}`);
  return found.text.replaceAll('{redis}', stack.redis ?? 'redis');
}

function isFor({ api: pattern }: Recipe, api: string): boolean {
  if (pattern === undefined) return true;
  const meant = expand(pattern);
  return expand(api).some((one) => meant.includes(one));
}

function fits({ redis, database, orm, framework, package: name }: Needs, stack: Stack): boolean {
  return (
    (redis === undefined || (stack.redis !== undefined && redis.includes(stack.redis))) &&
    (database === undefined || stack.database === database) &&
    (orm === undefined || stack.orm === orm) &&
    (framework === undefined || stack.framework === framework) &&
    (name === undefined || stack.has(name))
  );
}
