import type { Fn, Program, StateAccess, StateCell } from '../../model/program.js';
import { runWith } from '../within.js';
import { once } from '../once.js';

const SHAPES: ReadonlySet<StateCell['shape']> = new Set(['map', 'value', 'snapshot']);

/** Functions that throw entries out of a cache that is kept by hand. */
const emptying = once((program: Program) => {
  const found = new Map<Fn, StateCell>();
  for (const cell of program.cells)
    if (cell.shape === 'cache') for (const write of cell.writes) if (isRemoval(write)) found.set(write.fn, cell);
  return found;
});

/**
 * The cache whose keys this cell lists: whatever takes an entry out of it throws one out of the cache as well. What is wrong
 * with such a list is wrong with the cache, which is looked at for itself.
 */
export function indexedCache(program: Program, cell: StateCell): StateCell | undefined {
  if (!SHAPES.has(cell.shape) || !cell.writes.some(isRemoval)) return undefined;
  const removals = new Set(cell.writes.filter(({ op }) => op !== 'insert').map(({ fn }) => outermost(program, fn)));
  // What is put back by who takes something out is what was left.
  const isPlain = ({ op, value, fn }: StateAccess) =>
    op !== 'insert' || !value || isKey(value) || removals.has(outermost(program, fn));
  if (!cell.writes.every(isPlain)) return undefined;
  const caches = [...removals].map((fn) => cacheEmptiedWith(program, fn));
  return caches.every((cache) => cache && cache !== cell) ? caches[0] : undefined;
}

function isRemoval({ op }: StateAccess): boolean {
  return op === 'remove' || op === 'clear';
}

function isKey({ k }: NonNullable<StateAccess['value']>): boolean {
  return k === 'id' || k === 'lit' || k === 'logic' || k === 'text' || k === 'array' || k === 'choose';
}

/** The function or method that a callback is written in. */
function outermost(program: Program, fn: Fn): Fn {
  let at = fn;
  while (at.id !== 0 && at.name.startsWith('a function in ')) at = parentOf(program, at);
  return at;
}

function parentOf(program: Program, { unit, fact }: Fn): Fn {
  return program.fn(unit, fact.parent);
}

function cacheEmptiedWith(program: Program, fn: Fn): StateCell | undefined {
  for (const at of [fn, ...program.callers(fn).map((call) => outermost(program, call.fn))])
    for (const run of runWith(program, at, 1)) {
      const cache = emptying(program).get(run);
      if (cache) return cache;
    }
  return undefined;
}
