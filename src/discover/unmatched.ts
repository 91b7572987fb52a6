import picomatch from 'picomatch';
import { type Disk, realDisk } from '../disk/index.js';
import { walk, withContents } from './walk.js';

/** Those of the patterns that leave out nothing: whatever they match is not there, or not looked at anyway. */
export function unmatchedIgnores(root: string, ignores: readonly string[], disk: Disk = realDisk): string[] {
  if (ignores.length === 0) return [];
  const found = walk(root, { under: '.', ignores: [], gitignore: 'above' }, disk).filter(({ entry }) => entry.isFile());
  return ignores.filter((ignore) => {
    const matches = picomatch(withContents(ignore), { dot: true });
    return !found.some((file) => matches(file.path));
  });
}
