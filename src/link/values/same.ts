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
