import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../model/input.js';

/** Gives the bytes of a file, by its absolute path. */
export type Reader = (absolute: string) => Promise<Uint8Array>;

/** Far above any source; so much at once is a video, a dump or a data set that happens to be called like one. */
const LIMIT = 32 * 1024 * 1024;

/** One after the other: handing thousands of small files to other threads takes many times as long as reading them. */
export const readFromDisk: Reader = async (absolute) => {
  const { size } = statSync(absolute);
  if (size > LIMIT) throw new TooLarge(size);
  return readFileSync(absolute);
};

class TooLarge extends Error {
  constructor(readonly size: number) {
    super(`${size} bytes`);
  }
}

/** Reads the text files of one project, each once, and keeps account of those that it could not read. */
export class Files {
  readonly problems: Problem[] = [];
  private readonly known = new Map<string, Promise<Outcome>>();
  private readonly told = new Set<string>();

  constructor(
    private readonly root: string,
    private readonly reader: Reader,
  ) {}

  async text(file: string): Promise<string | undefined> {
    const { text, error } = await this.read(file);
    if (text === undefined) this.tell(file, error);
    return text;
  }

  /** Like {@link text}, for a file that need not exist. */
  async textIfAny(file: string): Promise<string | undefined> {
    const { text, error } = await this.read(file);
    if (text === undefined && !ABSENT.has(codeOf(error))) this.tell(file, error);
    return text;
  }

  private read(file: string): Promise<Outcome> {
    const known = this.known.get(file);
    if (known) return known;
    const reading = this.reader(path.join(this.root, file)).then(
      (bytes): Outcome => ({ text: decode(bytes) }),
      (error: unknown): Outcome => ({ error }),
    );
    this.known.set(file, reading);
    return reading;
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

/** UTF-8 unless a byte-order mark says UTF-16. The mark itself goes. */
export function decode(bytes: Uint8Array): string {
  const mark = bytes.length >= 2 ? (bytes[0]! << 8) | bytes[1]! : 0;
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

export function unread(file: string, error: unknown): Problem {
  if (error instanceof TooLarge) {
    const size = Math.round(error.size / 1024 / 1024);
    return {
      kind: 'too-large',
      level: 'note',
      file,
      message: `was not read: it has ${size} MB, and ${LIMIT / 1024 / 1024} MB is the limit. Name it in "ignores" if that is right.`,
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
