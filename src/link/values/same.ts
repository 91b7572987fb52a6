import type { Fed } from '../calls/feeding.js';
import type { Handed } from './values.js';

/** Two lists with the same in the same order; none is not the same as an empty one. */
export function isSameList<T>(
  a: readonly T[] | undefined,
  b: readonly T[] | undefined,
  isSame: (a: T, b: T) => boolean = (one, other) => one === other,
): boolean {
  if (a === b) return true;
  if (!a || !b || a.length !== b.length) return false;
  return a.every((one, at) => isSame(one, b[at] as T));
}

export function isSameFed(a: Fed, b: Fed): boolean {
  return a.call === b.call && isSameList(a.args, b.args);
}

export function isSameHanded(a: Handed, b: Handed): boolean {
  return a.call === b.call && a.argument === b.argument && a.skip === b.skip && isSameList(a.path, b.path);
}
