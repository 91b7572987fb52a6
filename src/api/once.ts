/** A function of an object that is asked often and answers once: what it found is kept as long as the object lives. */
export function once<K extends object, T>(make: (of: K) => T): (of: K) => T {
  const known = new WeakMap<K, { readonly found: T }>();
  return (of) => {
    const kept = known.get(of) ?? { found: make(of) };
    known.set(of, kept);
    return kept.found;
  };
}
