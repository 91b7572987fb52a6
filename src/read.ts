import type { FileFacts } from './model/facts.js';
import type { Input, Problem } from './model/input.js';
import type { Memory, Reading } from './model/memory.js';
import type { Collector } from './model/plugin.js';
import type { Stopwatch } from './model/timings.js';

export interface ReadOptions {
  readonly collectors: readonly Collector[];
  readonly watch: Stopwatch;
  readonly memory?: Memory;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What reading all files came to, in their order. */
export interface Readings {
  readonly facts: readonly FileFacts[];
  readonly problems: readonly Problem[];
  readonly skipped: number;
}

/**
 * Turns texts into facts. What an earlier run has read is taken from `memory`; only where something is new, the compiler is loaded, which
 * takes longer than everything else together where little has changed.
 */
export async function read(inputs: readonly Input[], options: ReadOptions): Promise<Readings> {
  const { memory, watch, onProgress } = options;
  const facts: FileFacts[] = [];
  const problems: Problem[] = [];
  let skipped = 0;
  let done = 0;
  let fresh: ((input: Input) => Reading) | undefined;
  for (const input of inputs) {
    onProgress?.(done++, inputs.length);
    const began = watch.now();
    let reading = memory?.recall(input);
    if (memory) watch.took('recall', watch.now() - began);
    if (!reading) {
      fresh ??= await reader(options);
      reading = fresh(input);
      if (memory) {
        const since = watch.now();
        memory.keep(input, reading);
        watch.took('remember', watch.now() - since);
      }
    }
    if (reading.facts) facts.push(reading.facts);
    problems.push(...reading.problems);
    if (reading.skipped) skipped++;
  }
  return { facts, problems, skipped };
}

async function reader({ collectors, watch }: ReadOptions): Promise<(input: Input) => Reading> {
  const began = watch.now();
  const { readFile } = await import('./read-file.js');
  watch.took('load compiler', watch.now() - began);
  return (input) => readFile(input, collectors, watch);
}
