import type { Effect, Reach } from '../model/program.js';

/** Why a way to a place is believed less, in words for a finding's `doubts`. */
export function doubtsOfReach(...reaches: readonly (Pick<Reach, 'weak' | 'path'> | undefined)[]): string[] {
  const found = reaches.flatMap((reach) => {
    if (!reach?.weak) return [];
    const step = reach.path.find(({ guessed }) => guessed);
    return [`the way to it was guessed from a method's name${step ? `: ${step.note}` : ''}`];
  });
  return [...new Set(found)];
}

/** Why an effect is believed less. */
export function doubtsOfEffect({ confidence, label, path }: Effect): string[] {
  if (confidence === 'high') return [];
  const step = path.find(({ guessed }) => guessed);
  return [
    step
      ? `the way to what it does was guessed from a method's name: ${step.note}`
      : `that it ${label} is told from the name of the method, since what it is called on could not be resolved`,
  ];
}
