import path, { posix } from 'node:path';
import { convertPathToPattern, globbySync } from 'globby';
import { type Disk, type Entry, type Kind, realDisk } from '../disk/index.js';
import type { Problem } from '../model/input.js';
import { isBounded } from '../model/patterns.js';
import { languageOf } from './languages.js';
import { fromRoot, isInside } from './paths.js';
import { codeOf, TooDeep, unread } from './read.js';

/** Folders that never hold the source of the project, wherever they stand. */
export const NEVER = [
  'node_modules',
  'bower_components',
  // Declarations of packages, for Flow.
  'flow-typed',
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
/** Yarn's resolver, which is generated and large. */
const NEVER_FILES = ['.pnp.cjs', '.pnp.loader.mjs'];

export interface Listing {
  /** Regular files, and links to files, relative to the root and in order. */
  readonly files: readonly string[];
  /** Those of {@link files} that are links, and so are not read: what they lead to is, in its own place. */
  readonly links: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

export interface ListOptions {
  /** The folder or file to list, relative to the root. */
  readonly under: string;
  readonly ignores: readonly string[];
  /** `above`: `.gitignore` files of the folders above count too, as they do for git. `below`: only those under `under`. */
  readonly gitignore: 'above' | 'below';
}

/** Lists a folder of the project without reading any file but `.gitignore`. Links are not followed, so none can go in a circle. */
export function list(root: string, options: ListOptions, disk: Disk = realDisk): Listing {
  const { under, ignores, gitignore } = options;
  const problems: Problem[] = [];
  const base = under === '.' ? '' : convertPathToPattern(under);
  const told = new Set<string>();
  const below = (pattern: string) => (base === '' ? pattern : `${base}/${pattern}`);
  const entries = globbySync(base === '' ? ['**'] : [base, `${base}/**`], {
    cwd: root,
    dot: true,
    objectMode: true,
    onlyFiles: false,
    followSymbolicLinks: false,
    expandDirectories: false,
    ...(gitignore === 'above' ? { gitignore: true } : { ignoreFiles: below('**/.gitignore') }),
    ignore: [
      ...NEVER.map((name) => below(`**/${name}/**`)),
      ...NEVER_FILES.map((name) => below(`**/${name}`)),
      ...ignores.flatMap(withContents),
    ],
    // The glob library either fails as a whole on a folder that it may not read, or says nothing of it.
    suppressErrors: true,
    fs: asFileSystem(
      bounded(root, disk),
      (absolute, error) => problems.push(unread(fromRoot(root, absolute), error)),
      (absolute, text, entriesOf) => {
        // Git's own configuration names further ignore files.
        if (/config$/.test(absolute)) return text;
        const { kept, left } = boundedLines(text);
        if (!told.has(absolute)) problems.push(...left.map((line) => unbounded(fromRoot(root, absolute), line, text)));
        told.add(absolute);
        return isInside(absolute, root) ? withoutAbsent(kept, path.dirname(absolute), entriesOf) : kept;
      },
    ),
  });
  const files: string[] = [];
  const links = new Set<string>();
  for (const { path: file, dirent } of entries) {
    if (dirent.isDirectory()) continue;
    if (dirent.isFile()) {
      files.push(file);
    } else if (dirent.isSymbolicLink()) {
      const { kind, problem } = follow(root, file, disk);
      if (problem) problems.push(problem);
      if (kind !== 'file') continue;
      files.push(file);
      links.add(file);
    } else if (languageOf(file)) {
      problems.push({
        kind: 'not-source',
        level: 'note',
        file,
        message: 'was not read: it is a pipe, a socket or a device, not a file.',
      });
    }
  }
  return { files: files.sort(), links, problems };
}

/** Patterns try each way to share a path's folders among them; nobody works this deep. */
const DEEPEST = 100;

function bounded(root: string, disk: Disk): Disk {
  return {
    ...disk,
    list(folder) {
      if (fromRoot(root, folder).split('/').length > DEEPEST) throw new TooDeep(DEEPEST);
      return disk.list(folder);
    },
  };
}

/** An ignore file without the lines that would take too long, since who wrote it is not trusted; their numbers from 1. */
function boundedLines(text: string): { readonly kept: string; readonly left: readonly number[] } {
  const left: number[] = [];
  const lines = text.split('\n').map((line, at) => {
    if (line.startsWith('#') || isBounded(line.trim())) return line;
    left.push(at + 1);
    return '';
  });
  return { kept: lines.join('\n'), left };
}

/** From so many names on, each file of the project would be held against so many patterns that it shows. */
const MANY_NAMES = 200;
/** A path from the folder of the ignore file on, without anything that could mean more than one. */
const PLAIN_NAME = /^\/?[\w@.-]+(?:\/[\w@.-]+)+\/?$/;

/**
 * An ignore file without the lines that name what is not there, if it holds very many: of compiled files, say, that nobody has compiled.
 * Such a line changes nothing, whatever stands around it.
 */
function withoutAbsent(text: string, folder: string, entriesOf: (folder: string) => readonly Entry[]): string {
  const lines = text.split(/\r?\n/);
  if (lines.filter((line) => PLAIN_NAME.test(line)).length < MANY_NAMES) return text;
  const stands = (at: string, [name, ...below]: readonly string[]): boolean => {
    if (name === undefined) return true;
    try {
      // Patterns are held against names in any case.
      const found = entriesOf(at).filter((entry) => entry.name.toLowerCase() === name.toLowerCase());
      return found.some((entry) => !entry.isDirectory() || stands(path.join(at, entry.name), below));
    } catch {
      return true;
    }
  };
  const isKept = (line: string) => !PLAIN_NAME.test(line) || stands(folder, line.split('/').filter(Boolean));
  return lines.filter(isKept).join('\n');
}

function unbounded(file: string, line: number, text: string): Problem {
  const length = text.split('\n')[line - 1]?.length ?? 0;
  const message = 'was passed over: the pattern has more wildcards than it needs. Make several of it.';
  return { kind: 'unbounded-pattern', level: 'note', file, span: [line, 1, line, length + 1], message };
}

/** A pattern that names a folder means all of it. */
export function withContents(ignore: string): string[] {
  const pattern = ignore.replace(/^\.?\/+/, '').replace(/(?<!\/)\/+$/, '');
  return pattern === '' ? [] : [pattern, `${pattern}/**`];
}

/** What the glob library asks of a file system. */
type FileSystem = NonNullable<NonNullable<Parameters<typeof globbySync>[1]>['fs']>;

/**
 * The disk as the glob library asks it, with every failure to read a folder or an ignore file told before the library swallows it. It
 * walks the tree twice, for ignore files first, and then asks of each entry whether it is a folder: all of that is answered from one
 * look into each folder.
 */
export function asFileSystem(
  disk: Disk,
  tell: (absolute: string, error: unknown) => void = () => {},
  ignoresOf: (absolute: string, text: string, entriesOf: (folder: string) => readonly Entry[]) => string = (_, text) =>
    text,
): FileSystem {
  const told = new Set<string>();
  const telling = <T>(absolute: string, ask: () => T): T => {
    try {
      return ask();
    } catch (error) {
      if (!GONE.has(codeOf(error)) && !told.has(absolute)) {
        told.add(absolute);
        tell(absolute, error);
      }
      throw error;
    }
  };
  const listed = new Map<string, readonly Entry[]>();
  const known = new Map<string, Entry>();
  const readdirSync = (folder: string) => {
    let entries = listed.get(folder);
    if (!entries) {
      entries = telling(folder, () => disk.list(folder));
      listed.set(folder, entries);
      for (const entry of entries) known.set(path.join(folder, entry.name), entry);
    }
    return entries;
  };
  const lstatSync = (file: string) => known.get(path.normalize(file)) ?? standing(disk.entry(file));
  // Of a link it is asked what it leads to.
  const statSync = (file: string) => {
    const entry = known.get(path.normalize(file));
    return entry && !entry.isSymbolicLink() ? entry : standing(disk.kind(file));
  };
  const readFileSync = (file: string) =>
    telling(file, () => {
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(disk.read(file));
      return ignoresOf(file, text, readdirSync);
    });
  return { readdirSync, lstatSync, statSync, readFileSync } as unknown as FileSystem;
}

/** In the words of `node:fs`. */
function standing(kind: Kind | 'link') {
  const no = () => false;
  return {
    isFile: () => kind === 'file',
    isDirectory: () => kind === 'folder',
    isSymbolicLink: () => kind === 'link',
    isBlockDevice: no,
    isCharacterDevice: no,
    isFIFO: no,
    isSocket: no,
  };
}

const GONE = new Set(['ENOENT', 'ENOTDIR']);

function follow(root: string, file: string, disk: Disk): { kind?: 'file' | 'folder'; problem?: Problem } {
  // A link called like a picture or a text is no source, wherever it leads.
  const matters = languageOf(file) !== undefined || posix.extname(file) === '';
  const left = (kind: 'broken-link' | 'outside-root', message: string) =>
    matters ? { problem: { kind, level: 'note' as const, file, message } } : {};
  try {
    const target = disk.realpath(path.join(root, file));
    if (!isInside(target, root)) {
      return left(
        'outside-root',
        'was not followed: it is a link to a place outside of the project. To audit that too, name both places on the command line.',
      );
    }
    return { kind: disk.kind(target) === 'folder' ? 'folder' : 'file' };
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'ELOOP' && !GONE.has(code)) return { problem: unread(file, error) };
    const why = code === 'ELOOP' ? 'goes in a circle' : 'leads to nothing';
    return left('broken-link', `was not followed: it is a link that ${why}. Mend or remove it.`);
  }
}
