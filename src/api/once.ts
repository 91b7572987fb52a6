import type { Program } from '../model/program.js';

/** A function of an object that is asked often and answers once: what it found is kept as long as the object lives. */
export function once<K extends object, T>(make: (of: K) => T): (of: K) => T {
  const known = new WeakMap<K, { readonly found: T }>();
  return (of) => {
    const kept = known.get(of);
    if (kept) return kept.found;
    const found = make(of);
    known.set(of, { found });
    return found;
  };
}

/** The same for what is asked of one thing in a program, as of a file: what several servers hold is looked through once. */
export function onceOf<K extends object, T>(make: (program: Program, of: K) => T): (program: Program, of: K) => T {
  const known = once((program: Program) => once((of: K) => make(program, of)));
  return (program, of) => known(program)(of);
}
