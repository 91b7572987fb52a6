import path from 'node:path';
import { decode, type Disk } from '../disk/index.js';
import { UserError } from '../model/user-error.js';
import { asObject, readJson } from './json.js';
import { commonFolder, isInside, upward } from './paths.js';
import { codeOf, reasonOf } from './read.js';

/** A path given by the user, found on the disk. */
export interface Named {
  readonly given: string;
  /** Where it really is, links resolved. */
  readonly absolute: string;
  /** The path itself if it is a folder, else the folder that it is in. */
  readonly folder: string;
}

export function locate(given: string, cwd: string, disk: Disk): Named {
  try {
    const absolute = disk.realpath(path.resolve(cwd, given));
    const kind = disk.kind(absolute);
    if (kind === 'folder') return { given, absolute, folder: absolute };
    if (kind === 'file') return { given, absolute, folder: path.dirname(absolute) };
  } catch (error) {
    throw notFound(given, error);
  }
  throw new UserError(`${given} is neither a file nor a folder.`, 'Name a folder, or files in it.');
}

function notFound(given: string, error: unknown): UserError {
  const code = codeOf(error);
  if (code === 'ELOOP')
    return new UserError(`${given} is a link that goes in a circle.`, 'Mend it, or name another path.');
  if (code !== 'ENOENT' && code !== 'ENOTDIR') {
    return new UserError(`${given} cannot be read: ${reasonOf(error)}.`, 'Make it readable, or name another path.');
  }
  if (/[*?[\]{}]/.test(given)) {
    return new UserError(`no such path: ${given}.`, 'Name folders or files; patterns are left to the shell.');
  }
  return new UserError(`no such path: ${given}.`, 'Name a file or a folder, relative to the working directory.');
}

/**
 * The folder that is read as one project: the nearest one at or above all named paths that has a `package.json`, because
 * what starts the code is told there. Without one it is the deepest folder that holds all paths.
 */
export function findRoot(named: readonly Named[], cwd: string, disk: Disk): string {
  const common = commonFolder(named.map(({ folder }) => folder));
  const together = named.map(({ given }) => given).join(' and ');
  if (common === undefined) throw new UserError(`${together} are on different drives.`, 'Audit them one by one.');
  const candidates = withinReach(common, cwd, disk);
  const manifests = candidates.map((folder) => manifestAt(folder, disk));
  const telling = candidates.find((_, index) => manifests[index] === 'telling');
  const root = telling ?? candidates.find((_, index) => manifests[index] === 'bare') ?? common;
  if (root === path.parse(root).root && !named.some(({ folder }) => folder === root)) {
    throw new UserError(`${together} have no folder in common but ${root}.`, 'Audit them one by one.');
  }
  return root;
}

/**
 * The folder and those above it that may be the root: up to the working directory; elsewhere up to the folder of the git
 * repository; without one, up to where the way to the working directory branches off, lest a stray `package.json` in a home
 * folder makes the whole of it the project.
 */
function withinReach(folder: string, cwd: string, disk: Disk): string[] {
  const above = upward(folder);
  if (isInside(folder, cwd)) return above.slice(0, above.indexOf(cwd) + 1);
  const repository = above.findIndex((candidate) => disk.exists(path.join(candidate, '.git')));
  if (repository !== -1) return above.slice(0, repository + 1);
  return above.filter((candidate) => candidate === folder || !isInside(cwd, candidate));
}

/** `bare` is a manifest that only tells Node how to read the modules beside it, as compilers leave in folders. */
function manifestAt(folder: string, disk: Disk): 'telling' | 'bare' | undefined {
  let text: string;
  try {
    text = decode(disk.read(path.join(folder, 'package.json')));
  } catch (error) {
    // One that cannot be read is still a sign of a project; discovery says so when it reads it.
    return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error)) ? undefined : 'telling';
  }
  const { value, flaw } = readJson(text, 'strict');
  const fields = Object.keys(asObject(value));
  return flaw || fields.some((field) => !BARE_FIELDS.has(field)) ? 'telling' : 'bare';
}

const BARE_FIELDS = new Set(['type', 'sideEffects', 'private', 'main', 'module', 'types', 'typings']);
