import path from 'node:path';
import { decode, type Disk, LARGEST, TooLarge } from '../disk/index.js';
import type { Problem } from '../model/input.js';

/** Reads the text files of one project, each once, and keeps account of those that it could not read. */
export class Files {
  readonly problems: Problem[] = [];
  private readonly known = new Map<string, Outcome>();
  private readonly told = new Set<string>();

  constructor(
    private readonly root: string,
    private readonly disk: Pick<Disk, 'read'>,
  ) {}

  text(file: string): string | undefined {
    const { text, error } = this.read(file);
    if (text === undefined) this.tell(file, error);
    return text;
  }

  /** Like {@link text}, for a file that need not exist. */
  textIfAny(file: string): string | undefined {
    const { text, error } = this.read(file);
    if (text === undefined && !ABSENT.has(codeOf(error))) this.tell(file, error);
    return text;
  }

  private read(file: string): Outcome {
    const known = this.known.get(file);
    if (known) return known;
    const outcome = this.readOnce(path.join(this.root, file));
    this.known.set(file, outcome);
    return outcome;
  }

  private readOnce(absolute: string): Outcome {
    try {
      return { text: decode(this.disk.read(absolute)) };
    } catch (error) {
      return { error };
    }
  }

  private tell(file: string, error: unknown): void {
    if (this.told.has(file)) return;
    this.told.add(file);
    this.problems.push(unread(file, error));
  }
}

/** What reading a file came to. */
interface Outcome {
  readonly text?: string;
  readonly error?: unknown;
}

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

export class TooDeep extends Error {
  readonly code = 'TOO_DEEP';

  constructor(readonly folders: number) {
    super(`${folders} folders`);
  }
}

export function unread(file: string, error: unknown): Problem {
  if (error instanceof TooDeep) {
    const message = `was not looked into: it lies more than ${error.folders} folders deep. If it is generated, name it in "ignores".`;
    return { kind: 'unreadable', level: 'error', file, message };
  }
  if (error instanceof TooLarge) {
    const size = Math.round(error.size / 1024 / 1024);
    return {
      kind: 'too-large',
      level: 'note',
      file,
      message: `was not read: it has ${size} MB, and ${LARGEST / 1024 / 1024} MB is the limit. Name it in "ignores" if that is right.`,
    };
  }
  return {
    kind: 'unreadable',
    level: 'error',
    file,
    message: `cannot be read: ${reasonOf(error)}. Make it readable, or name it in "ignores".`,
  };
}

/** Why the disk said no, in words and with its code. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const words = REASONS[code];
  if (words) return `${words} (${code})`;
  return code || (error instanceof Error ? error.message.split('\n', 1)[0]! : String(error));
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'it is no longer there',
  EISDIR: 'it is a folder',
  EMFILE: 'too many files are open',
  EIO: 'the disk failed',
  ELOOP: 'its links lead in a circle',
};
