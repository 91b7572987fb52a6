import type { Setting } from '../../model/program.js';
import type { Place } from '../../model/span.js';

/** Why something does not happen in production, in words: what production sets, where that decides, or what the rule says. */
export function idleBecause({ settled }: Setting, otherwise: string): string {
  return settled ? `production has ${settled.words} (${at(settled.place)})` : otherwise;
}

function at({ file, span }: Place): string {
  return `${file}:${span[0]}`;
}
