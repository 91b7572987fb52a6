import type { Expr } from '../../model/facts.js';
import type { Fn, StateAccess } from '../../model/program.js';
import type { OpenCell } from './cells.js';

/*
 * A large object that a whole application shares is many pieces of state under one name. What is written under one property,
 * who reads another does not see, and what each is for is told by its own writes and reads.
 */

/** An object of more parts than this is a table, whatever its keys are written like. */
const MOST = 60;

/**
 * One cell for each property that is changed while serving, where none of these changes is of the whole or under a computed name.
 */
export function partsOf(cell: OpenCell, isServed: (fn: Fn) => boolean): readonly OpenCell[] {
  const changed = cell.writes.filter(({ fn }) => isServed(fn));
  const names = new Set<string>();
  for (const { path } of changed) {
    const [first] = path;
    if (first === undefined || first === '*') return [cell];
    names.add(first);
  }
  if (names.size === 0 || names.size > MOST) return [cell];
  return [...names].map((name) => part(cell, name));
}

function part(cell: OpenCell, name: string): OpenCell {
  const init = cell.init?.k === 'object' ? propertyOf(cell.init, name) : undefined;
  const { init: _whole, ...rest } = cell;
  const within = (accesses: readonly StateAccess[]) => accesses.flatMap((access) => under(access, name));
  return {
    ...rest,
    name: `${cell.name}.${name}`,
    ...(init ? { init } : {}),
    writes: within(cell.writes),
    reads: within(cell.reads),
  };
}

function propertyOf(object: Expr & { k: 'object' }, name: string): Expr | undefined {
  return object.props.find((prop) => prop.name === name)?.value;
}

/** The access as one of the part; of the whole it is one of each part, and of another it is none. */
function under(access: StateAccess, name: string): readonly StateAccess[] {
  const [first, ...path] = access.path;
  if (first === undefined || first === '*') return [access];
  if (first !== name) return [];
  return [{ ...access, path, ...(path.length === 0 ? asWhole(access) : {}) }];
}

/** What changes the property of an object replaces the part itself. */
function asWhole({ op, fact }: StateAccess): Partial<StateAccess> {
  if (!('target' in fact)) return {};
  if (op === 'remove') return { op: 'assign', value: { k: 'undefined' } };
  if (op === 'update' && fact.op === 'assign') return { op: 'assign' };
  return op === 'lookup' ? { op: 'read' } : {};
}
