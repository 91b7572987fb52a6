import { collect } from './collect/index.js';
import type { Input } from './model/input.js';
import type { Reading } from './model/memory.js';
import type { Collector } from './model/plugin.js';
import { type Stopwatch, timed } from './model/timings.js';
import { parse } from './parse/index.js';
import { skim } from './skim/index.js';

/** From one file's text to its facts: skim, parse, collect. Its syntax is gone when this returns. */
export function readFile(input: Input, collectors: readonly Collector[], watch: Stopwatch): Reading {
  const skimmed = timed(watch, 'skim', () => skim(input));
  const problems = skimmed.problem ? [skimmed.problem] : [];
  if (!skimmed.parse) return { problems, skipped: true };
  const parsed = timed(watch, 'parse', () => parse(input));
  problems.push(...parsed.problems);
  const { syntax } = parsed;
  if (!syntax) return { problems };
  const collected = timed(watch, 'collect', () => collect(input, syntax, collectors));
  problems.push(...collected.problems);
  return { problems, ...(collected.facts ? { facts: collected.facts } : {}) };
}
