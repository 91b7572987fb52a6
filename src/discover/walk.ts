import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import picomatch from 'picomatch';
import type { Disk, Entry, Kind } from '../disk/index.js';
import { fromRoot } from './paths.js';
import { codeOf } from './read.js';

/** Folders that never hold the source of the project, wherever they stand. */
export const NEVER = [
  'node_modules',
  'bower_components',
  '.git',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  '.turbo',
  '.cache',
  '.yarn',
  'storybook-static',
];
/** Besides these, Yarn's resolver, which is generated and large. */
const NEVER_NAMES = new Set([...NEVER, '.pnp.cjs', '.pnp.loader.mjs']);

/** What stands somewhere and nothing leaves out. */
export interface Found {
  /** Relative to the root. */
  readonly path: string;
  readonly entry: Pick<Entry, 'isFile' | 'isDirectory' | 'isSymbolicLink'>;
}

export interface WalkOptions {
  /** The folder or file to begin with, relative to the root; what the folders above it are called does not count. */
  readonly under: string;
  readonly ignores: readonly string[];
  /** `above`: `.gitignore` files of the folders above count too, as they do for git. `below`: only those under `under`. */
  readonly gitignore: 'above' | 'below';
  /** Told of what cannot be read, besides what is not there. */
  readonly tell?: (absolute: string, error: unknown) => void;
  /** What counts of an ignore file. */
  readonly ignoresOf?: (absolute: string, text: string) => string;
}

/**
 * Everything below a folder that neither git nor the configuration leaves out. Each folder is looked into once, and none that is left out:
 * as for git, nothing in it can come back. Links are not followed.
 */
export function walk(root: string, options: WalkOptions, disk: Disk): Found[] {
  const { under, ignores, gitignore, tell = () => {}, ignoresOf = (_, text) => text } = options;
  const asked = <T>(absolute: string, ask: () => T): T | undefined => {
    try {
      return ask();
    } catch (error) {
      if (!GONE.has(codeOf(error))) tell(absolute, error);
      return undefined;
    }
  };
  const patternsOf = (absolute: string) =>
    asked(absolute, () =>
      ignoresOf(absolute, new TextDecoder('utf-8', { ignoreBOM: true }).decode(disk.read(absolute))),
    ) ?? '';
  const isNamed = namedBy(ignores);
  const found: Found[] = [];

  const start = under === '.' ? '' : under;
  if (start !== '') {
    const entry = isNamed(start)
      ? undefined
      : asked(path.join(root, start), () => standing(disk.entry(path.join(root, start))));
    if (!entry) return [];
    found.push({ path: start, entry });
    if (!entry.isDirectory()) return found;
  }
  const above = gitignore === 'above' ? rulesAbove(root, disk, patternsOf) : new Rules('');
  if (above.leavesOutAll()) return [];
  const waiting: (readonly [folder: string, rules: Rules])[] = [[start, above]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [folder, inherited] = next;
    const absolute = path.join(root, folder);
    const entries = asked(absolute, () => disk.list(absolute)) ?? [];
    const own = entries.some((entry) => entry.name === IGNORE_FILE && entry.isFile());
    const rules = own ? inherited.with(folder, patternsOf(path.join(absolute, IGNORE_FILE))) : inherited;
    for (const entry of entries) {
      if (NEVER_NAMES.has(entry.name)) continue;
      const at = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (isNamed(at)) continue;
      if (entry.isDirectory()) {
        if (!rules.leaveOut(`${at}/`)) waiting.push([at, rules]);
      } else if (!rules.leaveOut(at) && !(leadsToFolder(path.join(root, at), entry, disk) && rules.leaveOut(`${at}/`)))
        found.push({ path: at, entry });
    }
  }
  return found;
}

const IGNORE_FILE = '.gitignore';
const GONE = new Set(['ENOENT', 'ENOTDIR']);

/** A pattern that names a folder means all of it. */
export function withContents(pattern: string): string[] {
  const plain = pattern.replace(/^\.?\/+/, '').replace(/(?<!\/)\/+$/, '');
  return plain === '' ? [] : [plain, `${plain}/**`];
}

function namedBy(ignores: readonly string[]): (at: string) => boolean {
  const patterns = ignores.flatMap(withContents);
  return patterns.length === 0 ? () => false : picomatch(patterns, { dot: true });
}

function leadsToFolder(absolute: string, entry: Entry, disk: Disk): boolean {
  if (!entry.isSymbolicLink()) return false;
  try {
    return disk.kind(absolute) === 'folder';
  } catch {
    return false;
  }
}

/** In the words of `node:fs`. */
function standing(kind: Kind | 'link'): Found['entry'] {
  return {
    isFile: () => kind === 'file',
    isDirectory: () => kind === 'folder',
    isSymbolicLink: () => kind === 'link',
  };
}

/** The ignore files of the repository that the root is in, from its folder down to the one above the root. */
function rulesAbove(root: string, disk: Disk, patternsOf: (absolute: string) => string): Rules {
  const folders: string[] = [];
  for (let folder = root; ; folder = path.dirname(folder)) {
    if (hasRepository(folder, disk)) break;
    const parent = path.dirname(folder);
    if (parent === folder) return new Rules('');
    folders.unshift(parent);
  }
  const [repository = root] = folders;
  return folders.reduce(
    (rules, folder) => rules.with(fromTop(repository, folder), patternsOf(path.join(folder, IGNORE_FILE)), true),
    new Rules(fromTop(repository, root)),
  );
}

const fromTop = (top: string, folder: string) => (folder === top ? '' : fromRoot(top, folder));

function hasRepository(folder: string, disk: Disk): boolean {
  try {
    return disk.kind(path.join(folder, '.git')) !== 'other';
  } catch {
    return false;
  }
}

/** The lines of all ignore files above a place, each as if it stood in the topmost of them, so that the last that fits counts. */
class Rules {
  private readonly matcher: Ignore;

  /** `way`: from the folder of the topmost to the root. */
  constructor(
    private readonly way: string,
    private readonly lines: readonly string[] = [],
  ) {
    this.matcher = ignore().add([...lines]);
  }

  with(folder: string, text: string, fromTheTop = false): Rules {
    const base = fromTheTop ? folder : [this.way, folder].filter((part) => part !== '').join('/');
    const lines = linesOf(text).map((line) => moved(line, base));
    return lines.length === 0 ? this : new Rules(this.way, [...this.lines, ...lines]);
  }

  leaveOut(at: string): boolean {
    return this.lines.length > 0 && this.matcher.test(this.way === '' ? at : `${this.way}/${at}`).ignored;
  }

  leavesOutAll(): boolean {
    return this.way !== '' && this.lines.length > 0 && this.matcher.test(`${this.way}/`).ignored;
  }
}

/** Without comments and blanks at the end, of which one that is escaped counts. */
function linesOf(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => {
      const kept = line.trimEnd();
      const slashes = kept.length - kept.replace(/(?<!\\)\\+$/, '').length;
      return kept !== line && slashes % 2 === 1 ? `${kept} ` : kept;
    })
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** A line of an ignore file in a folder, as it would be written further up. */
function moved(line: string, folder: string): string {
  if (folder === '') return line;
  const not = line.startsWith('!') ? '!' : '';
  const pattern = line.slice(not.length);
  const base = `/${folder.replace(/[\\*?[\]]/g, '\\$&')}`;
  const slash = pattern.indexOf('/');
  // One without a slash, but for one at its end, may be on any level.
  const isAnywhere = slash === -1 || slash === pattern.length - 1;
  return `${not}${base}${isAnywhere ? '/**/' : slash === 0 ? '' : '/'}${pattern}`;
}
