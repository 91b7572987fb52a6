import type { AccessFact } from '../model/facts.js';
import type { StateAccess, Value } from '../model/program.js';

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

export function operation(method: string): StateAccess['op'] {
  if (INSERT.test(method)) return 'insert';
  if (REMOVE.test(method)) return 'remove';
  if (CLEAR.test(method)) return 'clear';
  if (REORDER.test(method)) return 'update';
  return LOOKUP.test(method) ? 'lookup' : 'read';
}
