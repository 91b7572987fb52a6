import path from 'node:path';
import { getDefaultSearchPlaces } from 'cosmiconfig';
import { type Disk, realDisk } from '../disk/index.js';
import { UserError } from '../model/user-error.js';
import { type Content, type Kinds, load } from './load.js';

/** Where a configuration may stand, seen from its folder. */
export const PLACES: readonly string[] = [
  ...getDefaultSearchPlaces('mi-audit'),
  'mi-audit.config.jsonc',
  'mi-audit.config.json',
];

/**
 * The configuration in force at a folder: the first that is found in any of cosmiconfig's places, from there upward to the
 * folder of the git repository.
 *
 * The places are cosmiconfig's and the search is not: its own gives up on a broken `package.json` in the working directory,
 * which here is a problem to report while the rest is audited; it passes over files that it may not read; and it runs a
 * `.config/config.js` that was not written for this tool.
 */
export async function findContent(cwd: string, disk: Disk, kinds?: Kinds, from = cwd): Promise<Content | undefined> {
  for (const folder of upToRepository(from, disk)) {
    for (const place of PLACES) {
      const content = await load(path.join(folder, place), cwd, disk, kinds);
      if (content) return content;
    }
  }
  return undefined;
}

/** The file of the configuration that is nearest to a folder. */
export async function nearestConfig(folder: string, cwd: string, kinds?: Kinds): Promise<string | undefined> {
  return (await findContent(cwd, realDisk, kinds, folder))?.file;
}

/** The configuration that the user named; that there is none is a mistake then. */
export async function namedContent(name: string, cwd: string, disk: Disk, kinds?: Kinds): Promise<Content> {
  const content = await load(path.resolve(cwd, name), cwd, disk, kinds);
  if (content) return content;
  if (path.basename(name) === 'package.json' && disk.exists(path.resolve(cwd, name))) {
    throw new UserError(`${name} has no "mi-audit" key, or is not valid JSON.`, 'Add the key, or name another file.');
  }
  throw new UserError(`no such configuration file: ${name}.`, 'Name a file, relative to the working directory.');
}

function upToRepository(folder: string, disk: Disk): string[] {
  const parent = path.dirname(folder);
  if (parent === folder || disk.exists(path.join(folder, '.git'))) return [folder];
  return [folder, ...upToRepository(parent, disk)];
}
