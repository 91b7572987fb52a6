import type { Stack } from '../../model/program.js';
import { expand } from '../api-table.js';
import type { Source } from '../types.js';

/** What a project must have for a recipe to fit it; of a list, one is enough. */
export interface Needs {
  readonly redis?: readonly NonNullable<Stack['redis']>[];
  readonly database?: NonNullable<Stack['database']> | readonly NonNullable<Stack['database']>[];
  readonly orm?: string | readonly string[];
  readonly framework?: string | readonly string[];
  readonly package?: string | readonly string[];
  /** A package and a range that its version must be in; one that the manifest does not name counts as the newest. */
  readonly version?: readonly [name: string, range: string];
  /** Fits a project whose database is a file, too; any other recipe for a database or ORM would share nothing there. */
  readonly embedded?: true;
  readonly typescript?: boolean;
}

/** How to mend one thing with the parts that a project has. */
export interface Recipe {
  /** What is to be mended: an API path or its package, or the rule's own word for it; absent: whatever it is. */
  readonly api?: string;
  readonly needs?: Needs;
  /**
   * The sentence, with one snippet in backticks that can be pasted. `{redis}` is the project's client; other words in braces are
   * what the rule hands over.
   */
  readonly text: string;
  readonly source: Source;
}

/** What a rule can put into a recipe; `file` says which language the snippet goes into. */
export type Words = Readonly<Record<string, string>>;

export const ANY_REDIS = ['ioredis', 'redis', 'iovalkey'] as const;
/** Clients with the methods of ioredis. */
export const IOREDIS = ['ioredis', 'iovalkey'] as const;
export const S3 = ['@aws-sdk/client-s3', '@aws-sdk/lib-storage'] as const;

/** A project of which nothing is known. */
export const NO_STACK: Stack = { has: () => false, isVersion: () => false };

/** The first recipe of a list that is for this API path (or word) and fits the project; the last one of a list should fit all. */
export function recipeFor(recipes: readonly Recipe[], api: string, stack: Stack, words: Words = {}): string {
  const typescript = /\.[cm]?tsx?$/.test(words['file'] ?? '');
  const found = recipes.find((recipe) => isFor(recipe, api) && fits(recipe.needs ?? {}, stack, typescript));
  if (!found) throw new Error(`no recipe for ${api}`);
  const given: Words = { redis: stack.redis ?? 'redis', ...words };
  const text = found.text.replace(/\{(\w+)\}/g, (whole, name: string) => given[name] ?? whole);
  // A variable that is handed on must be there for the types; one that is asked for first (`;` follows) need not.
  return typescript ? text.replace(/\bprocess\.env\.[A-Z\d_]+(?=[\s,)}])/g, '$&!') : text;
}

function isFor({ api: pattern }: Recipe, api: string): boolean {
  if (pattern === undefined) return true;
  const meant = expand(pattern);
  return expand(api).some((one) => meant.includes(one) || meant.includes(one.replace(/:.*/s, '')));
}

export function fits(needs: Needs, stack: Stack, typescript: boolean): boolean {
  const { redis, database, orm, framework, package: names, version, embedded } = needs;
  if (stack.database === 'sqlite' && !embedded && (database !== undefined || orm !== undefined)) return false;
  return (
    (redis === undefined || (stack.redis !== undefined && redis.includes(stack.redis))) &&
    isOneOf(database, stack.database) &&
    isOneOf(orm, stack.orm) &&
    isOneOf(framework, stack.framework) &&
    (names === undefined || [names].flat().some((name) => stack.has(name))) &&
    (version === undefined || stack.isVersion(...version)) &&
    (needs.typescript === undefined || needs.typescript === typescript)
  );
}

function isOneOf(wanted: string | readonly string[] | undefined, had: string | undefined): boolean {
  return wanted === undefined || (had !== undefined && [wanted].flat().includes(had));
}
