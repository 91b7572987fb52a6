import { globbySync } from 'globby';
import picomatch from 'picomatch';
import { type Disk, realDisk } from '../disk/index.js';
import { asFileSystem, NEVER, withContents } from './list.js';

/** Those of the patterns that leave out nothing: whatever they match is not there, or not looked at anyway. */
export function unmatchedIgnores(root: string, ignores: readonly string[], disk: Disk = realDisk): string[] {
  if (ignores.length === 0) return [];
  const found = globbySync(ignores.flatMap(withContents), {
    cwd: root,
    dot: true,
    gitignore: true,
    followSymbolicLinks: false,
    expandDirectories: false,
    ignore: NEVER.map((name) => `**/${name}/**`),
    suppressErrors: true,
    fs: asFileSystem(disk),
  });
  return ignores.filter((ignore) => {
    const matches = picomatch(withContents(ignore), { dot: true });
    return !found.some((file) => matches(file));
  });
}
