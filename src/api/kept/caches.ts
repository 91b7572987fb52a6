import { ApiTable, expand } from '../../knowledge/api-table.js';
import { sharing } from '../sharing.js';
import { cacheObjects } from '../../knowledge/keepers/caches.js';
import { moreCacheObjects } from '../../knowledge/keepers/more-caches.js';
import { memoryCollections } from '../../knowledge/memory-collections.js';
import type { MemoryKnowledge } from '../../knowledge/types.js';
import type { Call, Program, Reach, StateCell } from '../../model/program.js';
import { type Kept, kept } from './kept.js';
import { once } from '../once.js';
import { option, optionsBehind } from './options.js';
import { changing, reachedByUser, type Touch } from '../state/touches.js';

/** A call that reads or changes a cache which a package keeps. */
export interface CacheUse extends Touch {
  readonly call: Call;
  /** The call of the package says by itself that entries are thrown out. */
  readonly told?: true;
}

export interface CacheChange {
  readonly use: CacheUse;
  readonly reach: Reach;
}

const OBJECTS = new ApiTable<MemoryKnowledge>(
  [...memoryCollections, ...cacheObjects, ...moreCacheObjects].map((entry) => ({ patterns: [entry.api], entry })),
);
const OPS = ['insert', 'remove', 'clear', 'lookup', 'fill'] as const;

/** The calls that read and write the cache which a call makes. */
export function usesOfCache(program: Program, { call, entry }: Kept): readonly CacheUse[] {
  const injected = entry.cache?.object;
  const paths = injected ? expand(injected) : program.apis(call).map((api) => `${api}()`);
  const found: CacheUse[] = [];
  for (const path of paths)
    for (const known of OBJECTS.find(path)) {
      for (const op of OPS)
        for (const { call: use } of program.callsTo(
          (known[op] ?? []).filter((name) => name !== '()').map((name) => `${path}.${name}`),
        )) {
          if (injected ? !program.sharedBy(call.unit, use.unit) : !isOn(program, use, call)) continue;
          const touch = { call: use, fn: use.fn, place: { file: use.unit.file, span: use.fact.span } };
          if (op === 'fill') found.push({ ...touch, op: 'lookup' }, { ...touch, op: 'insert' });
          else found.push({ ...touch, op });
        }
    }
  for (const { call: use } of sharing(program, call.unit, program.callsTo(entry.cache?.emptied ?? [])))
    found.push({
      call: use,
      fn: use.fn,
      place: { file: use.unit.file, span: use.fact.span },
      op: 'clear',
      told: true,
    });
  return found;
}

/** Of several calls that make the same in the branches of one function, a variable is known to be one of them. */
function isOn(program: Program, { unit, fact }: Call, made: Call): boolean {
  if (fact.callee.k !== 'member') return false;
  const apis = program.apis(made).map((api) => `${api}()`);
  return program
    .values(unit, fact.callee.of)
    .some(
      ({ value }) =>
        value.kind === 'external' && (value.call === made || (value.call?.fn === made.fn && apis.includes(value.api))),
    );
}

/** By the call that makes a package's cache the variable or field that holds it. */
export const cacheHolders = once((program: Program): ReadonlyMap<Call, StateCell> => {
  const made = new Set(kept(program, 'cache').map(({ call }) => call));
  const holders = new Map<Call, StateCell>();
  for (const cell of program.cells)
    for (const { unit, value: expr } of [
      { unit: cell.unit, value: cell.init },
      ...cell.writes.filter(({ op }) => op === 'assign'),
    ])
      for (const { value } of expr ? program.values(unit, expr) : [])
        if (value.kind === 'external' && value.call && made.has(value.call)) holders.set(value.call, cell);
  return holders;
});

const heldCells = once((program: Program) => new Set(cacheHolders(program).values()));

/** Nothing tells that the cache of a package is kept there for something else, as for codes, sessions or limits. */
export function isCacheHolder(program: Program, cell: StateCell): boolean {
  return HOLDERS.has(cell.shape) && heldCells(program).has(cell);
}

const HOLDERS: ReadonlySet<StateCell['shape']> = new Set([
  'cache',
  'handle',
  'registry',
  'constant',
  'current',
  'value',
  'snapshot',
]);

/** Of these the ones by which users change this instance's copy because the original was changed. */
export function changesOfCache(program: Program, uses: readonly CacheUse[]): readonly CacheChange[] {
  const told = uses.filter((use) => use.told);
  const others = changing(
    program,
    uses.filter((use) => !use.told),
    uses.filter((use) => !use.told && use.op !== 'lookup'),
  );
  return [...told, ...others].flatMap((use) => {
    const reach = reachedByUser(program, use.fn);
    return reach ? [{ use, reach }] : [];
  });
}

/** How many milliseconds an entry lives at most, where that can be told. */
export function lifetimeOfCache(program: Program, { call, entry }: Kept): number | undefined {
  const ttl = entry.cache?.ttl;
  if (!ttl) return undefined;
  const byDefault = ttl.otherwise === undefined ? undefined : ttl.unit === 's' ? ttl.otherwise * 1000 : ttl.otherwise;
  const expr = call.fact.args[ttl.arg ?? Math.max(entry.options, 0)];
  if (!expr) return byDefault;
  const options = optionsBehind(program, call.unit, expr);
  const given = option(program, options, ttl.path ?? '');
  if (given.every(({ value }) => value.kind === 'undefined')) return byDefault;
  const times = given.map(({ value }) =>
    value.kind === 'literal' && typeof value.value === 'number' ? value.value : undefined,
  );
  const direct = ttl.path === undefined ? program.known(call.unit, expr)?.value : undefined;
  const most =
    typeof direct === 'number'
      ? direct
      : times.includes(undefined) || times.length === 0
        ? undefined
        : Math.max(...(times as number[]));
  return most === undefined ? undefined : ttl.unit === 's' ? most * 1000 : most;
}
