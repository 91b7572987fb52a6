import { availableParallelism } from 'node:os';
import type { Threads } from '../read/index.js';

/** What `--concurrency` asks for. */
export type Concurrency = number | 'auto' | 'off';

/** More read no faster: each has to load and warm up a compiler of its own, and what they read is taken over by one. */
const MOST = 4;
/** In characters: less is read sooner than other threads are ready. */
const MUCH = 1_000_000;

/**
 * How many threads read. Of two processors the second has enough to do with compiling and collecting garbage for the first, so that
 * another thread takes as much time as it saves.
 */
export function threadsFor(asked: Concurrency = 'auto', processors = availableParallelism()): Threads {
  if (asked === 'off') return { most: 1, from: 0 };
  if (asked === 'auto') return { most: processors < 4 ? 1 : Math.min(MOST, processors - 1), from: MUCH };
  return { most: asked, from: 0 };
}
