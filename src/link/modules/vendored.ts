import { posix } from 'node:path';

const LICENSE = /^(?:un)?licen[cs]e(?:[.-][\w.-]+)?$/i;
/** An enterprise edition lies under a licence of its own too, but in no such folder. */
const LIBRARIES = /(?:^|\/)(?:libs?|vendors?|third[-_]?party|external|deps)\/[^/]/i;
const ALWAYS = /(?:^|\/)(?:third[-_]?party|bower_components)\//i;

/**
 * Tells copies of libraries inside the sources: a folder among libraries with a licence of its own that is no package of this
 * repository. The folder's name alone is not enough, since `lib/` is where many projects keep their own code.
 */
export function vendoredBy(files: readonly string[], packages: readonly string[]): (file: string) => boolean {
  const own = new Set(packages);
  const roots = new Set<string>();
  for (const file of files) {
    const dir = posix.dirname(file);
    if (LICENSE.test(posix.basename(file)) && LIBRARIES.test(`${dir}/`) && !own.has(dir)) roots.add(dir);
  }
  return (file) => {
    if (ALWAYS.test(file)) return true;
    if (roots.size === 0) return false;
    for (let dir = posix.dirname(file); dir !== '.' && dir !== '/'; dir = posix.dirname(dir))
      if (roots.has(dir)) return true;
    return false;
  };
}
