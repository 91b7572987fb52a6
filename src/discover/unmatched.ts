import { globby } from 'globby';
import picomatch from 'picomatch';
import { NEVER, withContents } from './list.js';

/** Those of the patterns that leave out nothing: whatever they match is not there, or not looked at anyway. */
export async function unmatchedIgnores(root: string, ignores: readonly string[]): Promise<string[]> {
  if (ignores.length === 0) return [];
  const found = await globby(ignores.flatMap(withContents), {
    cwd: root,
    dot: true,
    gitignore: true,
    followSymbolicLinks: false,
    expandDirectories: false,
    ignore: NEVER.map((name) => `**/${name}/**`),
    suppressErrors: true,
  });
  return ignores.filter((ignore) => {
    const matches = picomatch(withContents(ignore), { dot: true });
    return !found.some((file) => matches(file));
  });
}
