import { UserError } from '../model/user-error.js';

/** A place to print to. `process.stdout` is one. */
export interface Stream {
  write(text: string, done?: (error?: Error | null) => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** All that the command knows of the world around it, the file system aside. */
export interface Io {
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Who can be asked, if anybody. */
  readonly stdin?: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  /** Left out where the memory is what it is. */
  readonly room?: Room;
  /** The day, for what ends on one; tests choose it. */
  readonly today?: () => Date;
}

/** How much memory there is, in bytes, and the way to have more of it. */
export interface Room {
  /** Of this process. */
  readonly limit: number;
  /** Of the machine. */
  readonly total: number;
  /** Runs the same command in a process that may use so many megabytes; gives its exit code. */
  again(megabytes: number): number;
}

/** `2026-11-21`, the same all over the world. */
export function dayOf({ today = () => new Date() }: Io): string {
  return today().toISOString().slice(0, 10);
}

/** Resolves when the text has left. `mi-audit | head` closes the pipe early; that is no failure. */
export function print(stream: Stream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      const code = error && 'code' in error ? String(error.code) : undefined;
      if (!error || code === 'EPIPE') resolve();
      else
        reject(
          new UserError(
            `the report could not be printed (${code ?? error.message}).`,
            'Look at where the output goes.',
          ),
        );
    });
  });
}

const DEFAULT_WIDTH = 100;
/** Wider lines are hard to read, however wide the window. */
const MOST_WIDTH = 120;

export function widthOf(stream: Stream, env: Io['env']): number {
  const width = stream.columns || Number(env['COLUMNS']) || DEFAULT_WIDTH;
  return Math.min(MOST_WIDTH, Math.max(40, width));
}

/** Colours where a person looks, unless told otherwise. FORCE_COLOR wins over NO_COLOR, as in Node itself. */
export function colorLevel(stream: Stream, env: Io['env'], wanted: boolean): 0 | 1 | 2 | 3 {
  if (!wanted) return 0;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined)
    return forced === '0' || forced === 'false' ? 0 : forced === '2' ? 2 : forced === '3' ? 3 : 1;
  if (env['NO_COLOR']) return 0;
  return stream.isTTY === true && env['TERM'] !== 'dumb' ? 1 : 0;
}
