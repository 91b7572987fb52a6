import { hash } from 'node:crypto';
import { type Disk, type Entry, realDisk, TooLarge } from './disk.js';

/** Questions to the disk with what it answered, in short: each question is followed by its answer. */
export interface Trace {
  readonly list: readonly string[];
  readonly kind: readonly string[];
  readonly entry: readonly string[];
  readonly realpath: readonly string[];
  readonly exists: readonly string[];
  readonly read: readonly string[];
}

type Question = keyof Trace;

const QUESTIONS: readonly Question[] = ['list', 'kind', 'entry', 'realpath', 'exists', 'read'];

export interface Recording {
  readonly disk: Disk;
  /**
   * Nothing where not all that was decided was decided by these answers. Of a file whose text did not matter, `noteOf` says what did:
   * it is written down with the answer.
   */
  trace(noteOf?: (file: string) => string | undefined): Trace | undefined;
}

/** A disk that writes down what it is asked and what it answers. */
export function recording(disk: Disk = realDisk): Recording {
  const told = new Map<Question, Map<string, string>>(QUESTIONS.map((question) => [question, new Map()]));
  let isWhole = true;
  const note = (question: Question, path: string, answer: string | undefined) => {
    const answers = told.get(question)!;
    const before = answers.get(path);
    // Somebody is at work in the project: which of two answers counted, nobody could say.
    if (answer === undefined || (before !== undefined && before !== answer)) isWhole = false;
    else answers.set(path, answer);
  };
  const ask = <Q extends Question>(question: Q, path: string): ReturnType<Disk[Q]> => {
    try {
      const answer = disk[question](path) as ReturnType<Disk[Q]>;
      note(question, path, inShort[question](answer as never));
      return answer;
    } catch (error) {
      note(question, path, failure(error));
      throw error;
    }
  };
  return {
    disk: {
      read: (file) => ask('read', file),
      list: (folder) => ask('list', folder),
      kind: (path) => ask('kind', path),
      entry: (path) => ask('entry', path),
      realpath: (path) => ask('realpath', path),
      exists: (path) => ask('exists', path),
      beyond() {
        isWhole = false;
      },
    },
    trace(noteOf = () => undefined) {
      const flat = (question: Question) => [...told.get(question)!].flat();
      if (!isWhole) return undefined;
      const withNote = ([file, answer]: readonly [string, string]) => {
        const note = noteOf(file);
        return [file, note === undefined ? answer : `${answer}${NOTE}${note}`];
      };
      return {
        list: flat('list'),
        kind: flat('kind'),
        entry: flat('entry'),
        realpath: flat('realpath'),
        exists: flat('exists'),
        read: [...told.get('read')!].flatMap(withNote),
      };
    },
  };
}

/** Between an answer and a note; no answer holds one. */
const NOTE = '~';

export interface Holding {
  /** Shown what stands in each file on the way. */
  readonly take?: (file: string, bytes: Uint8Array) => void;
  /** Whether a file that says something else than it did is all the same to whoever wrote this note about it; it never is by default. */
  readonly isAllTheSame?: (file: string, bytes: Uint8Array, note: string) => boolean;
}

/** Whether the disk still answers everything as it did, as far as it matters. */
export function holds(trace: Trace, disk: Disk = realDisk, { take, isAllTheSame }: Holding = {}): boolean {
  const isSame = (question: Question, path: string, told: string) => {
    try {
      const answer = disk[question](path);
      const short = inShort[question](answer as never);
      if (question !== 'read') return short === told;
      const bytes = answer as Uint8Array;
      take?.(path, bytes);
      const [before, note] = told.split(NOTE) as [string, string?];
      return short === before || (note !== undefined && isAllTheSame?.(path, bytes, note) === true);
    } catch (error) {
      return failure(error) === told;
    }
  };
  return QUESTIONS.every((question) => {
    const list = trace[question];
    for (let at = 0; at < list.length; at += 2) if (!isSame(question, list[at]!, list[at + 1]!)) return false;
    return true;
  });
}

const inShort: { readonly [Q in Question]: (answer: ReturnType<Disk[Q]>) => string } = {
  list: (entries) => digest(entries.map(entryInShort).sort().join('\0')),
  kind: (kind) => kind,
  entry: (kind) => kind,
  realpath: (path) => path,
  exists: (is) => (is ? 'yes' : 'no'),
  read: digest,
};

function entryInShort(entry: Entry): string {
  const kind = entry.isFile() ? 'f' : entry.isDirectory() ? 'd' : entry.isSymbolicLink() ? 'l' : 'o';
  return kind + entry.name;
}

function digest(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'base64').slice(0, 27);
}

/** Every failure is told by its code, and by nothing else. */
function failure(error: unknown): string | undefined {
  if (error instanceof TooLarge) return `!${error.code} ${error.size}`;
  return error instanceof Error && 'code' in error ? `!${String(error.code)}` : undefined;
}
