import path, { posix } from 'node:path';
import { type Disk, realDisk } from '../disk/index.js';
import type { Problem } from '../model/input.js';
import { isBounded } from '../model/patterns.js';
import { languageOf } from './languages.js';
import { fromRoot, isInside } from './paths.js';
import { codeOf, TooDeep, unread } from './read.js';
import { type WalkOptions, walk } from './walk.js';

export interface Listing {
  /** Regular files, and links to files, relative to the root and in order. */
  readonly files: readonly string[];
  /** Those of {@link files} that are links, and so are not read: what they lead to is, in its own place. */
  readonly links: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

export type ListOptions = Pick<WalkOptions, 'under' | 'ignores' | 'gitignore'>;

/** Lists a folder of the project without reading any file but `.gitignore`. Links are not followed, so none can go in a circle. */
export function list(root: string, options: ListOptions, disk: Disk = realDisk): Listing {
  const problems: Problem[] = [];
  const entries = walk(
    root,
    {
      ...options,
      tell: (absolute, error) => problems.push(unread(fromRoot(root, absolute), error)),
      ignoresOf(absolute, text) {
        const { kept, left } = boundedLines(text);
        problems.push(...left.map((line) => unbounded(fromRoot(root, absolute), line, text)));
        return kept;
      },
    },
    bounded(root, disk),
  );
  const files: string[] = [];
  const links = new Set<string>();
  for (const { path: file, entry } of entries) {
    if (entry.isDirectory()) continue;
    if (entry.isFile()) {
      files.push(file);
    } else if (entry.isSymbolicLink()) {
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

function unbounded(file: string, line: number, text: string): Problem {
  const length = text.split('\n')[line - 1]?.length ?? 0;
  const message = 'was passed over: the pattern has more wildcards than it needs. Make several of it.';
  return { kind: 'unbounded-pattern', level: 'note', file, span: [line, 1, line, length + 1], message };
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
