import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Answer, Cache, keysOfAll, openShard, writeShard } from '../cache/index.js';
import type { Audited } from '../model/audit.js';
import { type Input, isPassing, linesOf, type Project } from '../model/input.js';
import type { Memory, Reading } from '../model/memory.js';
import type { Collector } from '../model/plugin.js';
import type { Rule } from '../model/rule.js';
import { UserError } from '../model/user-error.js';
import type { AuditRequest } from './arguments.js';
import { type Io, print } from './io.js';
import { packageRoot } from './package.js';
import { spareable } from './spared.js';

/**
 * Where earlier runs are remembered: in the folder that is asked for, or where tools keep such things, in the project's `node_modules`.
 * Where there is none, or the sources are run without a build, nothing is.
 */
export function openCache(request: AuditRequest, root: string, rules: readonly Rule[], cwd: string): Cache | undefined {
  if (request.cache === false) return undefined;
  const version = toolVersion();
  const folder = request.cacheDir === undefined ? usualFolder(root) : resolve(cwd, request.cacheDir);
  if (version === undefined || folder === undefined) return undefined;
  return new Cache({ folder, version, collectors: collectorsOf(rules) });
}

/** What shards have read, and where that has nothing, what earlier runs have. */
export function memoryOf(
  { facts = [] }: AuditRequest,
  cache: Cache | undefined,
  rules: readonly Rule[],
  cwd: string,
): Memory | undefined {
  if (facts.length === 0) return cache;
  const shards = facts.map((file) => {
    const shard = openShard(resolve(cwd, file), { version: toolVersion() ?? '', collectors: collectorsOf(rules) });
    if (shard) return shard;
    throw new UserError(
      existsSync(resolve(cwd, file)) ? `${file} holds no facts that this tool can use.` : `no such file: ${file}.`,
      'Let each part be read by the same version of mi-audit: mi-audit --shard 1/2 --output facts-1.',
    );
  });
  return {
    recall: (input) => shards.map((shard) => shard.recall(input)).find((reading) => reading) ?? cache?.recall(input),
    keep: (input, reading, encoded) => cache?.keep(input, reading, encoded),
  };
}

/** Writes what a shard has read; the folder must be there. */
export function saveShard(
  file: string,
  readings: readonly (readonly [Input, Reading])[],
  rules: readonly Rule[],
): void {
  writeShard(file, readings, { version: toolVersion() ?? '', collectors: collectorsOf(rules) });
}

function collectorsOf(rules: readonly Rule[]): Collector[] {
  return rules.flatMap((rule) => rule.collectors ?? []);
}

/** Never above the project: nothing is written where nobody has asked for an audit. */
export function usualFolder(root: string): string | undefined {
  const modules = join(root, 'node_modules');
  return existsSync(modules) ? join(modules, '.cache', 'mi-audit') : undefined;
}

/** What this tool is made of: its own code, told by the build, and the versions of the libraries that it runs with. */
export function toolVersion(): string | undefined {
  version ??= readVersion();
  return version;
}

let version: string | undefined;

function readVersion(): string | undefined {
  try {
    const build = readFileSync(fileURLToPath(new URL('../build.json', import.meta.url)), 'utf8');
    const { dependencies } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const libraries = Object.keys(dependencies).map((name) => [name, installedVersion(name)]);
    return JSON.stringify([build, libraries, process.version]);
  } catch {
    return undefined;
  }
}

function installedVersion(name: string): string {
  for (let at = packageRoot; ; at = dirname(at)) {
    const manifest = join(at, 'node_modules', name, 'package.json');
    if (existsSync(manifest)) return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
    if (dirname(at) === at) throw new Error(`${name} is not installed`);
  }
}

/** What an audit is asked, for whoever looks for an answer from before. */
export interface Asked {
  /** Files whose text may not matter, with what does. */
  readonly spareable: ReadonlyMap<string, string>;
  /** Of the question and answer, if of some files only that mattered. */
  key(spared: ReadonlyMap<string, string>): string;
}

/** What plugins do can change from one day to the next without a word: what rules of theirs found is not remembered. */
export function askedOf(
  project: Project,
  selected: readonly Rule[],
  builtIn: readonly Rule[],
  config: unknown,
): Asked | undefined {
  const own = new Set(builtIn);
  if (!selected.every((rule) => own.has(rule))) return undefined;
  const ids = selected.map(({ meta }) => meta.id);
  try {
    return { spareable: spareable(project), key: keysOfAll(project, ids, config) };
  } catch {
    return undefined;
  }
}

/** A cache that cannot be written is no reason to fail, nor to speak. */
export async function saveCache(cache: Cache, io: Io, debug: boolean): Promise<void> {
  try {
    cache.save();
  } catch (error) {
    if (!debug) return;
    const reason = error instanceof Error ? error.message : String(error);
    await print(io.stderr, `mi-audit: nothing was remembered for the next run: ${reason}\n`);
  }
}

/** An answer, and under which key it is kept, if it is. */
export interface Remembered {
  readonly found: Audited;
  readonly key?: string;
}

/**
 * What an earlier run found where nothing has changed that matters; otherwise what `audit` finds, which is then kept. Which texts do not
 * matter is known when they were left unread; so that is kept first, by all the other ones.
 */
export async function remembered(
  cache: Cache | undefined,
  asked: Asked | undefined,
  project: Project,
  audit: () => Promise<Audited>,
): Promise<Remembered> {
  if (!cache || !asked) return { found: await audit() };
  const others = asked.key(asked.spareable);
  const before = cache.unread(others);
  const known = before && cache.answer(keyWithout(asked, before));
  if (before && known) return { found: { ...known, lines: linesOf(project) }, key: keyWithout(asked, before) };
  const { lines, ...found } = await audit();
  const key = keyWithout(asked, found.unread);
  if (!found.problems.some(isPassing)) {
    cache.keepUnread(others, found.unread);
    cache.keepAnswer(key, withoutProgram(found));
  }
  return { found: { ...found, lines }, key };
}

function keyWithout({ spareable, key }: Asked, unread: readonly string[]): string {
  return key(new Map(unread.flatMap((file) => (spareable.has(file) ? [[file, spareable.get(file) as string]] : []))));
}

function withoutProgram(found: Answer & { readonly program?: unknown }): Answer {
  const { program: _, ...answer } = found;
  return answer;
}
