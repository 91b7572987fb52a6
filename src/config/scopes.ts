import path from 'node:path';
import { type Disk, realDisk } from '../disk/index.js';
import type { Config, Override, Scope } from '../model/config.js';
import type { Problem } from '../model/input.js';
import { layersOf } from './layers.js';
import { type Kinds, load } from './load.js';
import { merged } from './merge.js';
import { PLACES } from './places.js';
import { overrideOf, present } from './said.js';

export interface ScopesOptions {
  /** The project's root, and every file below it. */
  readonly root: string;
  readonly files: readonly string[];
  readonly cwd: string;
  /** The configuration of the run. */
  readonly main?: string | undefined;
  readonly config: Config;
  readonly ruleIds: readonly string[];
  readonly kinds?: Kinds | undefined;
  /** Given on the command line, where it counts for all files. */
  readonly minConfidence?: Config['minConfidence'] | undefined;
  readonly disk?: Disk | undefined;
}

export interface Scopes {
  /** With what the configurations of packages say of their folders. */
  readonly config: Config;
  /** Whether files are to be left out that were not before. */
  readonly ignoresMore: boolean;
  readonly notes: readonly Problem[];
}

/** What counts for a run as a whole, and can therefore not be said by a part of it. */
const OF_THE_RUN = ['failOn', 'maxWarnings', 'enforce', 'baseline', 'plugins', 'knowledge', 'migrations', 'deployment'];

/**
 * Configurations further down in the project, in packages of a monorepo, say. For the files of its folder the nearest one alone
 * counts: it takes from others what it names in `extends`, so that a package is judged the same from its own folder and from above.
 */
export async function scopesOf(options: ScopesOptions): Promise<Scopes> {
  const { root, cwd, config, ruleIds, kinds, main, disk = realDisk } = options;
  const scopes: Scope[] = [];
  const notes: Problem[] = [];
  const [ignores, guards, sharedStores]: [string[], string[], string[]] = [[], [], []];
  for (const [folder, places] of foldersOf(options)) {
    const content = await contentIn(path.join(root, folder), places, cwd, disk, kinds);
    if (!content || content.file === main) continue;
    const { checked } = await import('./checked.js');
    const layers = await layersOf(content, cwd, disk, kinds);
    for (const layer of layers) checked(layer.value, layer.name, ruleIds);
    const { value } = merged(layers);
    const said = checked(value, content.name, ruleIds);
    const inFolder = (pattern: string) => `${folder}/${pattern.replace(/^\.?\/+/, '')}`;
    const within = ({ files, rules }: Override): Override => ({ files: files.map(inFolder), rules });
    scopes.push({
      folder,
      rules: present(said.rules),
      overrides: (said.overrides ?? []).map(overrideOf).map(within),
      minConfidence: options.minConfidence ?? said.minConfidence,
    });
    ignores.push(...said.ignores.map(inFolder));
    const named = (name: string) => (options.files.includes(inFolder(name.split('#', 1)[0]!)) ? inFolder(name) : name);
    guards.push(...said.guards.map(named));
    sharedStores.push(...said.sharedStores.map(named));
    const idle = OF_THE_RUN.filter((key) => key in (content.value as object));
    if (idle.length > 0) notes.push(idleNote(content.name, idle));
  }
  if (scopes.length === 0) return { config, ignoresMore: false, notes };
  return {
    config: {
      ...config,
      scopes,
      ignores: [...config.ignores, ...ignores],
      guards: [...config.guards, ...guards],
      sharedStores: [...config.sharedStores, ...sharedStores],
    },
    ignoresMore: ignores.length > 0,
    notes,
  };
}

function idleNote(name: string, keys: readonly string[]): Problem {
  const list = keys.map((key) => `"${key}"`).join(', ');
  return {
    kind: 'configuration',
    level: 'note',
    message: `${name}: ${list} ${keys.length === 1 ? 'counts' : 'count'} for a run as a whole, and not when it begins above this folder.`,
  };
}

/** Folders below the root with what may be a configuration there, in the order of the search. */
function foldersOf({ files }: ScopesOptions): [folder: string, places: string[]][] {
  const names = new Set(PLACES);
  const folders = new Map<string, string[]>();
  for (const file of files) {
    const parts = file.split('/');
    let name = parts.pop()!;
    if (parts.at(-1) === '.config') name = `${parts.pop()}/${name}`;
    if (parts.length === 0 || !names.has(name)) continue;
    const folder = parts.join('/');
    const list = folders.get(folder);
    if (list) list.push(name);
    else folders.set(folder, [name]);
  }
  for (const list of folders.values()) list.sort((a, b) => PLACES.indexOf(a) - PLACES.indexOf(b));
  return [...folders].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function contentIn(folder: string, places: readonly string[], cwd: string, disk: Disk, kinds?: Kinds) {
  for (const place of places) {
    const content = await load(path.join(folder, place), cwd, disk, kinds);
    if (content) return content;
  }
  return undefined;
}
