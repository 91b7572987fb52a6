import nodePath, { type PlatformPath } from 'node:path';

/*
 * Paths of the disk are the platform's; all others are relative to the project root and use `/`. The last parameter stands
 * for the platform, so that tests on one can prove the other.
 */

/** The deepest folder that holds all the folders given; none if they lie on different drives. */
export function commonFolder(folders: readonly string[], path: PlatformPath = nodePath): string | undefined {
  return folders.reduce<string | undefined>((common, folder) => {
    let candidate = common;
    while (candidate !== undefined && !isInside(folder, candidate, path)) {
      const parent = path.dirname(candidate);
      candidate = parent === candidate ? undefined : parent;
    }
    return candidate;
  }, folders[0]);
}

/** Whether a path is a folder itself or anything below it. */
export function isInside(child: string, folder: string, path: PlatformPath = nodePath): boolean {
  const way = path.relative(folder, child);
  return way === '' || !(way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way));
}

/** A path as the rest of the program knows it: relative to the root, with `/`, and `.` for the root itself. */
export function fromRoot(root: string, absolute: string, path: PlatformPath = nodePath): string {
  const way = path.relative(root, absolute);
  return way === '' ? '.' : way.split(path.sep).join('/');
}

/** The folder itself and those above it, nearest first. */
export function upward(folder: string, path: PlatformPath = nodePath): string[] {
  const folders = [folder];
  for (let parent = path.dirname(folder); parent !== folders.at(-1); parent = path.dirname(parent))
    folders.push(parent);
  return folders;
}

/** The same as {@link isInside} for paths relative to the root. */
export function isUnder(file: string, folder: string): boolean {
  return folder === '.' || file === folder || file.startsWith(`${folder}/`);
}
