import { posix } from 'node:path';
import type { Manifest } from '../model/input.js';

/**
 * Files without an extension that Node is told to run: by `bin`, or in a script by `node bin/www`. Others without one are no
 * sources, or nobody could say in which language.
 */
export function plainCommands(files: readonly string[], manifests: readonly Manifest[]): ReadonlySet<string> {
  const plain = new Set(files.filter((file) => !posix.basename(file).includes('.')));
  const found = new Set<string>();
  if (plain.size === 0) return found;
  for (const { dir, bin, main, scripts } of manifests) {
    const run = Object.values(scripts).flatMap((script) =>
      /\b(?:node|nodemon|pm2|forever|supervisor)\b/.test(script) ? script.split(/[\s"';&|]+/) : [],
    );
    for (const path of [...Object.values(bin), ...(main ? [main] : []), ...run]) {
      const file = posix.normalize(posix.join(dir, path));
      if (plain.has(file)) found.add(file);
    }
  }
  return found;
}
