import type { FileFacts } from '../model/facts.js';
import { type Input, isPassing, type Manifest, type Problem } from '../model/input.js';
import type { Encoded, Memory, Reading } from '../model/memory.js';
import type { Collector } from '../model/plugin.js';
import { type Stopwatch, timed } from '../model/timings.js';
import { skim, type Unread, unreadIn } from '../skim/index.js';

export interface ReadOptions {
  readonly collectors: readonly Collector[];
  readonly watch: Stopwatch;
  readonly memory?: Memory;
  readonly onProgress?: (done: number, total: number) => void;
  /** The packages around the files, which tell what need not be read; without them all is. */
  readonly manifests?: readonly Manifest[];
  /** The files that facts name, in imports for instance: what was left unread among them is read after all. */
  readonly named?: (facts: readonly FileFacts[]) => ReadonlySet<string>;
  /** One by default. */
  readonly threads?: Threads;
  /** Files that are read all the same. */
  readonly isWanted?: (file: string) => boolean;
}

/** How many threads read, this one among them, where there is so much to read (in characters). */
export interface Threads {
  readonly most: number;
  readonly from: number;
}

/** What reading all files came to, in their order. */
export interface Readings {
  readonly facts: readonly FileFacts[];
  readonly problems: readonly Problem[];
  readonly skipped: number;
  /** The files that were left unread, and nothing is said of: what stands in them did not matter. */
  readonly unread: readonly string[];
}

/**
 * Turns texts into facts. What an earlier run has read is taken from `memory`; only where something is new, the compiler is loaded, which
 * takes longer than everything else together where little has changed. What need not be read is left out, but for what other code names.
 */
export async function read(inputs: readonly Input[], options: ReadOptions): Promise<Readings> {
  const { named, onProgress } = options;
  const unread: Unreading = options.manifests ? unreadIn(options.manifests) : () => undefined;
  const left = timed(options.watch, 'skim', () => leftUnread(inputs, unread, options));
  const readings = new Map<Input, Reading>();
  let done = left.size;
  let next = inputs.filter(({ file }) => !left.has(file));
  const reader = new Reader(options);
  do {
    const facts: FileFacts[] = [];
    await reader.read(next, (input, reading) => {
      onProgress?.(done++, inputs.length);
      readings.set(input, reading);
      if (reading.facts) facts.push(reading.facts);
    });
    next = [];
    for (const file of left.size > 0 && named ? named(facts) : []) {
      const input = left.get(file);
      if (input) next.push(input);
      left.delete(file);
    }
    done -= next.length;
  } while (next.length > 0);
  const all = inputs.map((input) => readings.get(input) ?? notRead(input, unread));
  const silent = inputs.filter((input, at) => !readings.has(input) && all[at]?.problems.length === 0);
  return { ...together(all), unread: silent.map(({ file }) => file) };
}

type Unreading = (input: Input) => Unread | undefined;

/** Of what is no test it is said where it is no source, or not made to be read. */
function notRead(input: Input, unread: Unreading): Reading {
  const { problem } = unread(input) === 'test' ? {} : skim(input);
  return { problems: problem ? [problem] : [], skipped: true };
}

/** Collectors of plugins may be after anything. */
function leftUnread(
  inputs: readonly Input[],
  unread: Unreading,
  { collectors, isWanted }: ReadOptions,
): Map<string, Input> {
  const isLeft = (input: Input) => unread(input) !== undefined && !isWanted?.(input.file);
  const left = collectors.length > 0 ? [] : inputs.filter(isLeft);
  return new Map(left.map((input) => [input.file, input]));
}

function together(readings: readonly Reading[]): Omit<Readings, 'unread'> {
  return {
    facts: readings.flatMap(({ facts }) => facts ?? []),
    problems: readings.flatMap(({ problems }) => problems),
    skipped: readings.filter(({ skipped }) => skipped).length,
  };
}

type Take = (input: Input, reading: Reading) => void;

/** Gives what is known of files from before, or else what is read now; the compiler is loaded for the first that nobody knows. */
class Reader {
  private fresh: ((input: Input) => Reading) | undefined;

  constructor(private readonly options: ReadOptions) {}

  async read(inputs: readonly Input[], take: Take): Promise<void> {
    const unknown = inputs.filter((input) => !this.recalled(input, take));
    if (unknown.length === 0) return;
    const { threads = ALONE, collectors, memory, watch } = this.options;
    const keep = (input: Input, reading: Reading, encoded?: Encoded) => {
      const since = watch.now();
      if (!reading.problems.some(isPassing)) memory?.keep(input, reading, encoded);
      if (memory) watch.took('remember', watch.now() - since);
      take(input, reading);
    };
    // Collectors are functions, which cannot be sent.
    const isMuch = unknown.reduce((sum, { text }) => sum + text.length, 0) >= threads.from;
    if (threads.most > 1 && isMuch && collectors.length === 0) {
      const { readParallel } = await import('./parallel.js');
      await readParallel(unknown, { threads: threads.most, watch, here: () => this.here(), onReading: keep });
    } else {
      const here = await this.here();
      for (const input of unknown) keep(input, here(input));
    }
  }

  private recalled(input: Input, take: Take): boolean {
    const { memory, watch } = this.options;
    if (!memory) return false;
    const began = watch.now();
    const known = memory.recall(input);
    watch.took('recall', watch.now() - began);
    if (known) take(input, known);
    return known !== undefined;
  }

  private async here(): Promise<(input: Input) => Reading> {
    const { collectors, watch } = this.options;
    if (!this.fresh) {
      const began = watch.now();
      const { readFile } = await import('./file.js');
      watch.took('load compiler', watch.now() - began);
      this.fresh = (input) => readFile(input, collectors, watch);
    }
    return this.fresh;
  }
}

const ALONE: Threads = { most: 1, from: 0 };
