import { realpathSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { Cache, keyOfAsked, type Start } from '../cache/index.js';
import { decode, type Disk, holds, realDisk, without } from '../disk/index.js';
import type { Audited } from '../model/audit.js';
import { linesIn } from '../model/input.js';
import type { AuditRequest } from './arguments.js';
import { toolVersion, usualFolder } from './memory.js';
import { remainsSpared } from './spared.js';

/** An audit that is known already, with all that is needed to judge and report it. */
export interface Recalled {
  readonly start: Start;
  readonly found: Audited;
}

/**
 * The short way of a run where nothing has changed: an earlier run that was asked the same has written down each question that it put
 * to the disk, and the answer. Where all answers are the same again, so is what was found, and neither the configuration nor the
 * project has to be understood once more.
 */
export function recalled(request: AuditRequest, io: { readonly cwd: string }, cwd: string): Recalled | undefined {
  const version = canBeRecalled(request) ? toolVersion() : undefined;
  if (version === undefined) return undefined;
  const key = startKey(request, io.cwd, cwd);
  for (const folder of foldersFor(request, cwd)) {
    const cache = new Cache({ folder, version, collectors: [] });
    const start = cache.start(key);
    // What lies elsewhere was written for another project.
    if (!start || (request.cacheDir === undefined && usualFolder(start.root) !== folder)) continue;
    const lines = linesThatHold(start, diskFor(request, cwd));
    const answer = lines && cache.answer(start.answer);
    if (answer) return { start, found: { ...answer, lines } };
  }
  return undefined;
}

/** What shards have read must be looked at, and the index is not on the disk. */
export function canBeRecalled({ cache, facts = [], changes }: AuditRequest): boolean {
  return cache !== false && facts.length === 0 && changes?.kind !== 'staged';
}

/** The disk without what is kept on it: else each run would find something new. */
export function diskFor({ cacheDir }: AuditRequest, cwd: string): Disk {
  return cacheDir === undefined ? realDisk : without(resolve(cwd, cacheDir), realDisk);
}

/** All that decides what is asked of the disk first. */
export function startKey(request: AuditRequest, asGiven: string, cwd: string): string {
  const { paths, config, configFormat, only, failOn, minConfidence, maxWarnings } = request;
  const kinds = configFormat && [...configFormat];
  return keyOfAsked([asGiven, cwd, paths, config, kinds, only, failOn, minConfidence, maxWarnings]);
}

/** The folder of the cache is told by the root of the project, which is at or above what is audited, and not above where one stands. */
function foldersFor({ cacheDir, paths }: AuditRequest, cwd: string): string[] {
  if (cacheDir !== undefined) return [resolve(cwd, cacheDir)];
  const folders: string[] = [];
  const first = foundAt(resolve(cwd, paths[0] ?? '.'));
  for (let at = first; at === cwd || at.startsWith(`${cwd}${sep}`); at = dirname(at))
    folders.push(join(at, 'node_modules', '.cache', 'mi-audit'));
  return folders;
}

/** What is not there is told by whoever looks for the project. */
function foundAt(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

/** The lines that findings and directives stand in, if nothing has changed. */
function linesThatHold({ trace, root, quoted }: Start, disk: Disk): Audited['lines'] | undefined {
  const wanted = new Map(quoted.map((file) => [join(root, file), file]));
  const texts = new Map<string, string>();
  const take = (absolute: string, bytes: Uint8Array) => {
    const file = wanted.get(absolute);
    if (file !== undefined) texts.set(file, decode(bytes));
  };
  const isAllTheSame = (absolute: string, bytes: Uint8Array, note: string) =>
    remainsSpared(root, absolute, bytes, note);
  return holds(trace, disk, { take, isAllTheSame }) ? linesIn(texts) : undefined;
}
