import { createRequire } from 'node:module';
import path from 'node:path';
import { UserError } from '../model/user-error.js';
import type { Disk } from '../disk/index.js';
import { type Content, type Kinds, load } from './load.js';

/** A configuration and those that it extends, each before the one that builds upon it. */
export async function layersOf(content: Content, cwd: string, disk: Disk, kinds?: Kinds): Promise<readonly Content[]> {
  const layers: Content[] = [];
  const add = async (layer: Content, below: readonly Content[]): Promise<void> => {
    const way = [...below, layer];
    for (const name of extendsOf(layer.value)) {
      const file = addressOf(name, layer, disk);
      const circle = way.find((one) => one.file === file);
      if (circle) {
        throw new UserError(
          `${circle.name} extends itself: ${[...way.slice(way.indexOf(circle)), circle].map((one) => one.name).join(' → ')}.`,
          'Take one of them out of "extends".',
        );
      }
      const next = await load(file, cwd, disk, kinds);
      if (!next) throw new UserError(`${layer.name}: "extends" names ${name}, and there is no such file.`, HOW);
      await add(next, way);
    }
    // Two that build upon the same one have it once, where it is first needed.
    if (!layers.some((one) => one.file === layer.file)) layers.push(layer);
  };
  await add(content, []);
  return layers;
}

const HOW = 'Name a path that begins with ./ or ../, or a package that is installed.';

/** What is no name or list of names is left to the check of the configuration to say. */
function extendsOf(value: unknown): string[] {
  const names = typeof value === 'object' && value !== null && 'extends' in value ? value.extends : [];
  const list = typeof names === 'string' ? [names] : names;
  return Array.isArray(list) && list.every((name) => typeof name === 'string' && name !== '') ? list : [];
}

function addressOf(name: string, layer: Content, disk: Disk): string {
  if (/^\.{1,2}[\\/]/.test(name) || path.isAbsolute(name)) return path.resolve(path.dirname(layer.file), name);
  // Node looks for packages in many places.
  disk.beyond();
  try {
    return createRequire(layer.file).resolve(name);
  } catch {
    throw new UserError(`${layer.name}: "extends" names ${name}, which cannot be found.`, HOW);
  }
}
