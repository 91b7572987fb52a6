import type { FileFacts } from './model/facts.js';
import type { Input, Problem } from './model/input.js';
import type { Memory, Reading } from './model/memory.js';
import type { Collector } from './model/plugin.js';
import type { Stopwatch } from './model/timings.js';
import { isUnreadTest } from './skim/index.js';

export interface ReadOptions {
  readonly collectors: readonly Collector[];
  readonly watch: Stopwatch;
  readonly memory?: Memory;
  readonly onProgress?: (done: number, total: number) => void;
  /** The files that facts name, in imports for instance: tests among them are read after all. */
  readonly named?: (facts: readonly FileFacts[]) => ReadonlySet<string>;
  /** Tests that are read all the same. */
  readonly isWanted?: (file: string) => boolean;
}

/** What reading all files came to, in their order. */
export interface Readings {
  readonly facts: readonly FileFacts[];
  readonly problems: readonly Problem[];
  readonly skipped: number;
}

/**
 * Turns texts into facts. What an earlier run has read is taken from `memory`; only where something is new, the compiler is loaded, which
 * takes longer than everything else together where little has changed. Tests are left out, but for those that other code names.
 */
export async function read(inputs: readonly Input[], options: ReadOptions): Promise<Readings> {
  const { named, onProgress } = options;
  const left = unreadTests(inputs, options);
  const readings = new Map<Input, Reading>();
  let done = left.size;
  let next = inputs.filter(({ file }) => !left.has(file));
  const one = reader(options);
  do {
    const facts: FileFacts[] = [];
    for (const input of next) {
      onProgress?.(done++, inputs.length);
      const reading = await one(input);
      readings.set(input, reading);
      if (reading.facts) facts.push(reading.facts);
    }
    next = [];
    for (const file of left.size > 0 && named ? named(facts) : []) {
      const input = left.get(file);
      if (input) next.push(input);
      left.delete(file);
    }
    done -= next.length;
  } while (next.length > 0);
  return together(inputs.map((input) => readings.get(input) ?? UNREAD));
}

const UNREAD: Reading = { problems: [], skipped: true };

/** Collectors of plugins may be after tests. */
function unreadTests(inputs: readonly Input[], { collectors, isWanted }: ReadOptions): Map<string, Input> {
  const tests = collectors.length > 0 ? [] : inputs.filter((input) => isUnreadTest(input) && !isWanted?.(input.file));
  return new Map(tests.map((input) => [input.file, input]));
}

function together(readings: readonly Reading[]): Readings {
  return {
    facts: readings.flatMap(({ facts }) => facts ?? []),
    problems: readings.flatMap(({ problems }) => problems),
    skipped: readings.filter(({ skipped }) => skipped).length,
  };
}

/** What is known of a file from before, or else what is read now; the compiler is loaded for the first that nobody knows. */
function reader(options: ReadOptions): (input: Input) => Promise<Reading> {
  const { memory, watch } = options;
  let fresh: ((input: Input) => Reading) | undefined;
  return async (input) => {
    const began = watch.now();
    const known = memory?.recall(input);
    if (memory) watch.took('recall', watch.now() - began);
    if (known) return known;
    fresh ??= await freshReader(options);
    const reading = fresh(input);
    const since = watch.now();
    memory?.keep(input, reading);
    if (memory) watch.took('remember', watch.now() - since);
    return reading;
  };
}

async function freshReader({ collectors, watch }: ReadOptions): Promise<(input: Input) => Reading> {
  const began = watch.now();
  const { readFile } = await import('./read-file.js');
  watch.took('load compiler', watch.now() - began);
  return (input) => readFile(input, collectors, watch);
}
