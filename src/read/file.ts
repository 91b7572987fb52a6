import { collect } from '../collect/index.js';
import type { Input } from '../model/input.js';
import { limited, TookTooLong } from '../model/limit.js';
import type { Reading } from '../model/memory.js';
import type { Collector } from '../model/plugin.js';
import { type Stopwatch, timed } from '../model/timings.js';
import { parse } from '../parse/index.js';
import { skim } from '../skim/index.js';

/** In characters: shorter files are read in no time, and a limit takes some. */
const LONG = 20_000;
/** In milliseconds. */
const LONGEST = 60_000;

/** From one file's text to its facts. A file that takes too long is named and left out. */
export function readFile(input: Input, collectors: readonly Collector[], watch: Stopwatch, limit = LONGEST): Reading {
  if (input.text.length < LONG) return whole(input, collectors, watch);
  try {
    return limited(limit, () => whole(input, collectors, watch));
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error;
    const message = `was not read: ${error.message}. If it is generated, name it in "ignores"; if not, please report it.`;
    return { problems: [{ kind: 'took-too-long', level: 'error', file: input.file, message }] };
  }
}

/** From one file's text to its facts: skim, parse, collect. Its syntax is gone when this returns. */
function whole(input: Input, collectors: readonly Collector[], watch: Stopwatch): Reading {
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
