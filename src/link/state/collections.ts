import { ApiTable } from '../../knowledge/api-table.js';
import { memoClearings, memoryCollections, namedStores } from '../../knowledge/memory-collections.js';
import type { MemoryKnowledge } from '../../knowledge/types.js';
import type { AccessFact, Expr } from '../../model/facts.js';
import type { Call, StateAccess, Unit, Value } from '../../model/program.js';
import type { Values } from '../values/values.js';

const KNOWN = new ApiTable(memoryCollections.map((entry) => ({ patterns: [entry.api], entry })));
const CLEARINGS = new ApiTable(memoClearings.map((entry) => ({ patterns: [entry.api], entry })));
const NAMED_WRITES = new ApiTable(namedStores.map((entry) => ({ patterns: [entry.write], entry })));
const NAMED_READS = new ApiTable(namedStores.map((entry) => ({ patterns: [entry.read], entry })));

const INSERT = /^(?:set|add|push|unshift|append|put|enqueue|setex|mset|insert|prepend|upsert|setItem)$/;
const REMOVE = /^(?:delete|remove|pop|shift|splice|del|unset|evict|invalidate|dequeue|removeItem)$/;
const CLEAR = /^(?:clear|flush|flushAll|reset|empty|removeAll)$/;
const REORDER = /^(?:sort|reverse|fill|copyWithin)$/;
const LOOKUP = /^(?:get|has|find|findIndex|includes|indexOf|at|peek|some|getItem|filter|findLast)$/;
/** What these hand out is a part of what is kept. */
export const STEP_IN = /^(?:get|at|find|peek|getItem|values|entries|filter|slice|pop|shift|findLast)$/;

export function isCollection(value: Value): boolean {
  if (value.kind === 'array' || value.kind === 'object') return true;
  return (
    value.kind === 'external' &&
    /^global:(?:(?:Map|Set|Array|Object|WeakMap|WeakSet|URLSearchParams)(?:\(\)|\.from\(\)|\.create\(\))|Map\(\)\.get\(\))$/.test(
      value.api,
    )
  );
}

/** `x = …` replaces the whole, `x[k] = …` puts an entry in, `x.y = …` changes a part of what is there. */
export function accessOperation(access: AccessFact, deep: boolean): StateAccess['op'] {
  if (access.op === 'read') return deep ? 'lookup' : 'read';
  if (access.op === 'delete') return 'remove';
  if (access.op === 'update') return 'update';
  if (!deep) return 'assign';
  return access.target.k === 'index' ? 'insert' : 'update';
}

export function operation(method: string, count: number): StateAccess['op'] {
  // `list.splice(at, 1, item)` puts one in the other's place.
  if (INSERT.test(method) || (method === 'splice' && count > 2)) return 'insert';
  if (REMOVE.test(method)) return 'remove';
  if (CLEAR.test(method)) return 'clear';
  if (REORDER.test(method)) return 'update';
  return LOOKUP.test(method) ? 'lookup' : 'read';
}

/** The entry for a collection of a package that keeps its things in this process. */
export function knownCollection(values: Values, unit: Unit, expr: Expr): MemoryKnowledge | undefined {
  for (const { value } of values.of(unit, expr)) {
    const entry = value.kind === 'external' ? KNOWN.first(value.api) : undefined;
    if (entry && value.kind === 'external' && !isKeptElsewhere(entry, value.call, values)) return entry;
  }
  return undefined;
}

/** `new Keyv('redis://…')`, `new Keyv({ store })`: anything that is not plainly an object without a store. */
function isKeptElsewhere({ unless }: MemoryKnowledge, call: Call | undefined, values: Values): boolean {
  if (!unless) return false;
  const first = call?.fact.args[0];
  if (!call) return true;
  if (!first) return false;
  return !values.of(call.unit, first).every(({ value }) => {
    if (value.kind !== 'object') return value.kind === 'undefined';
    return value.expr.props.every(({ name }) => name !== undefined && name !== '*' && !unless.includes(name));
  });
}

/** `private readonly cls: ClsService`: of a class of a package or of the project, whose methods are its own affair. */
export function isDeclaredOtherwise(values: Values, unit: Unit, receiver: Expr): boolean {
  let ref: Expr | undefined;
  if (receiver.k === 'id') ref = unit.facts.bindings[receiver.b]?.type?.ref;
  else if (receiver.k === 'member' && receiver.of.k === 'this' && receiver.of.cls !== undefined)
    ref = unit.facts.classes[receiver.of.cls]?.members.find(({ name }) => name === receiver.name)?.type?.ref;
  if (!ref) return false;
  return values.of(unit, ref).some(({ value }) => {
    if (value.kind === 'class') return true;
    return value.kind === 'external' && !/^(?:global|unknown):/.test(value.api) && !KNOWN.first(`${value.api}()`);
  });
}

/** What a method of a known collection does: one thing, or looking up and putting in what is missing. */
export function operationsOf(entry: MemoryKnowledge, method: string): readonly StateAccess['op'][] {
  if (entry.fill?.includes(method)) return ['lookup', 'insert'];
  const operations = (['assign', 'insert', 'remove', 'clear', 'lookup'] as const).filter((op) =>
    entry[op]?.includes(method),
  );
  return operations.length ? operations : ['read'];
}

export function clearsMemo(api: string): boolean {
  return CLEARINGS.first(api) !== undefined;
}

/** `app.set('x', value)` and `app.get('x')`: what is kept under which name, by a call of one of these paths. */
export function namedStore(apis: readonly string[], args: readonly Expr[]): NamedAccess | undefined {
  const [first] = args;
  if (first?.k !== 'lit' || typeof first.v !== 'string') return undefined;
  const table = args.length === 1 ? NAMED_READS : NAMED_WRITES;
  const entry = apis.map((api) => table.first(api)).find((found) => found !== undefined);
  return entry && { label: `${entry.label}.${first.v}`, name: first.v, op: args.length === 1 ? 'read' : 'assign' };
}

export interface NamedAccess {
  readonly label: string;
  readonly name: string;
  readonly op: 'read' | 'assign';
}
