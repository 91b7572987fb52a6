import type { Expr } from '../../model/facts.js';
import type { Unit } from '../../model/program.js';

/** Some part of an expression is one of these, functions written in it aside. */
export function holds(expr: Expr, is: (part: Expr) => boolean): boolean {
  if (is(expr)) return true;
  for (const part of Object.values(expr)) {
    if (Array.isArray(part)) {
      if (part.some((item) => (item?.k ? holds(item, is) : item?.value?.k ? holds(item.value, is) : false)))
        return true;
    } else if (part && typeof part === 'object' && 'k' in part && holds(part as Expr, is)) return true;
  }
  return false;
}

/** The codes by which databases say that a unique key is taken. */
export function saysDuplicate(unit: Unit, part: Expr): boolean {
  if (part.k === 'lit')
    return /^(?:23505|11000|11001|P2002|ER_DUP_ENTRY|1062|SQLITE_CONSTRAINT\w*|2627|2601)$/.test(String(part.v));
  const name = part.k === 'id' ? (unit.facts.bindings[part.b]?.name ?? '') : part.k === 'member' ? part.name : '';
  if (/unique|duplicate|dup_?(?:key|entry)/i.test(name)) return true;
  const init = part.k === 'id' ? unit.facts.bindings[part.b]?.init : undefined;
  return init?.k === 'lit' && saysDuplicate(unit, init);
}
