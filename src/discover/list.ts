import nodeFs from 'node:fs';
import path, { posix } from 'node:path';
import { convertPathToPattern, globby } from 'globby';
import type { Problem } from '../model/input.js';
import { isBounded } from '../model/patterns.js';
import { languageOf } from './languages.js';
import { fromRoot, isInside } from './paths.js';
import { codeOf, unread } from './read.js';

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

/** Tests stand in for a disk that fails. */
type Disk = typeof nodeFs;

/** Lists a folder of the project without reading any file but `.gitignore`. Links are not followed, so none can go in a circle. */
export async function list(root: string, options: ListOptions, disk: Disk = nodeFs): Promise<Listing> {
  const { under, ignores, gitignore } = options;
  const problems: Problem[] = [];
  const base = under === '.' ? '' : convertPathToPattern(under);
  const told = new Set<string>();
  const below = (pattern: string) => (base === '' ? pattern : `${base}/${pattern}`);
  const entries = await globby(base === '' ? ['**'] : [base, `${base}/**`], {
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
    fs: watched(
      disk,
      (absolute, error) => problems.push(unread(fromRoot(root, absolute), error)),
      (absolute, text) => {
        // Git's own configuration names further ignore files.
        if (/config$/.test(absolute)) return text;
        const { kept, left } = boundedLines(text);
        if (!told.has(absolute)) problems.push(...left.map((line) => unbounded(fromRoot(root, absolute), line, text)));
        told.add(absolute);
        return kept;
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
      const { kind, problem } = await follow(root, file);
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

/**
 * The disk, with every failure to read a folder or an ignore file told before the glob library swallows it. The library walks the tree
 * twice, for ignore files first, and then asks of each entry whether it is a folder: both are answered from the first walk.
 */
function watched(
  disk: Disk,
  tell: (absolute: string, error: unknown) => void,
  ignoresOf: (absolute: string, text: string) => string,
): Disk {
  const told = new Set<string>();
  const tellOnce = (absolute: string, error: unknown) => {
    if (GONE.has(codeOf(error)) || told.has(absolute)) return;
    told.add(absolute);
    tell(absolute, error);
  };
  type Callback = (error: NodeJS.ErrnoException | null, entries?: unknown) => void;
  const listed = new Map<string, unknown>();
  const kinds = new Map<string, nodeFs.Dirent>();
  const readdir = (folder: string, ...rest: unknown[]) => {
    const done = rest.pop() as Callback;
    const key = `${folder}\0${JSON.stringify(rest)}`;
    if (listed.has(key)) {
      setImmediate(() => done(null, listed.get(key)));
      return;
    }
    const heard: Callback = (error, entries) => {
      if (error) tellOnce(folder, error);
      else {
        listed.set(key, entries);
        for (const entry of entries as readonly (string | nodeFs.Dirent)[])
          if (typeof entry !== 'string') kinds.set(path.join(folder, entry.name), entry);
      }
      done(error, entries);
    };
    (disk.readdir as (...given: unknown[]) => void)(folder, ...rest, heard);
  };
  const readFile = async (file: string, encoding: BufferEncoding) => {
    try {
      return ignoresOf(file, await disk.promises.readFile(file, encoding));
    } catch (error) {
      tellOnce(file, error);
      throw error;
    }
  };
  // Of a link it is asked what it leads to.
  const stat = async (file: string) => {
    const known = kinds.get(file);
    return known && !known.isSymbolicLink() ? known : disk.promises.stat(file);
  };
  return {
    ...disk,
    readdir: readdir as unknown as Disk['readdir'],
    promises: {
      ...disk.promises,
      readFile: readFile as typeof disk.promises.readFile,
      stat: stat as unknown as typeof disk.promises.stat,
    },
  };
}

const GONE = new Set(['ENOENT', 'ENOTDIR']);

async function follow(root: string, file: string): Promise<{ kind?: 'file' | 'folder'; problem?: Problem }> {
  // A link called like a picture or a text is no source, wherever it leads.
  const matters = languageOf(file) !== undefined || posix.extname(file) === '';
  const left = (kind: 'broken-link' | 'outside-root', message: string) =>
    matters ? { problem: { kind, level: 'note' as const, file, message } } : {};
  try {
    const target = await nodeFs.promises.realpath(path.join(root, file));
    if (!isInside(target, root)) {
      return left(
        'outside-root',
        'was not followed: it is a link to a place outside of the project. To audit that too, name both places on the command line.',
      );
    }
    return { kind: (await nodeFs.promises.stat(target)).isDirectory() ? 'folder' : 'file' };
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'ELOOP' && !GONE.has(code)) return { problem: unread(file, error) };
    const why = code === 'ELOOP' ? 'goes in a circle' : 'leads to nothing';
    return left('broken-link', `was not followed: it is a link that ${why}. Mend or remove it.`);
  }
}
