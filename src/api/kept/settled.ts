import type { Setting } from '../../model/program.js';
import type { Kept } from './kept.js';

/** A setting decides: then the hint is to make it, and nothing has to be written. */
export function settledBy({ words }: Setting): string | undefined {
  const safe = words?.split('; ').find((part) => part.startsWith('safe when'));
  return safe && `A setting mends it: ${safe}. Make it so in production, and let the start fail otherwise.`;
}

/** The same for what a package keeps, if one of the places that a setting chooses from is shared by all instances. */
export function settledStore({ hazard, outcomes }: Kept): string | undefined {
  return hazard && outcomes.some(({ home }) => home === 'shared') ? settledBy(hazard.setting) : undefined;
}
