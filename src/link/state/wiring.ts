import type { CallFact, Expr } from '../../model/facts.js';
import type { StateAccess, StateCell, Unit } from '../../model/program.js';
import type { Tables } from '../tables.js';
import type { Parts } from './accesses.js';

/*
 * Writes that say nothing about the world outside: how the parts of one process find one another, and what is loaded once.
 */

/** What is put there is the same on every instance, whenever that happens: the object that does it, a module, a function that needs nothing from around it. */
export function isWiring(access: StateAccess, tables: Tables): boolean {
  const { unit, op, value } = access;
  if ((op !== 'assign' && op !== 'update') || !value) return false;
  switch (value.k) {
    case 'this':
      // An object literal is there once; of a class there may be an object for each request.
      return value.object !== undefined;
    case 'fn':
      return isClosed(unit, value.f) || isOwnSuccessor(access, tables);
    case 'id':
      return unit.facts.bindings[value.b]?.from?.name === '*';
    case 'call': {
      const call = unit.facts.calls[value.c];
      return call?.callee.k === 'global' && call.callee.name === 'require' && call.args[0]?.k === 'lit';
    }
    default:
      return false;
  }
}

/** A method that is asked nothing puts one in its own place which gives what it found out: `all() { const found = …; this.all = () => found; }`. */
function isOwnSuccessor({ unit, fn, fact }: StateAccess, tables: Tables): boolean {
  if (fn.fact.params.length > 0 || fn.fact.async || !('target' in fact) || fact.target.k !== 'member') return false;
  const { of, name } = fact.target;
  const object = of.k === 'this' && of.object ? tables.objectAt(tables.linked(unit), of.object) : undefined;
  return object?.props.some((prop) => prop.name === name && prop.value.k === 'fn' && prop.value.f === fn.id) ?? false;
}

/** A place for entries, made where there is none yet: it says nothing until something is put in. */
export function isEmptyStart({ unit, fn, fact, value }: StateAccess): boolean {
  if (!('operator' in fact) || fact.operator !== '??=' || !value) return false;
  const isEmpty =
    (value.k === 'array' && value.items.length === 0) || (value.k === 'object' && value.props.length === 0);
  // What follows in the same function may go into it under another name.
  return isEmpty && !unit.facts.calls.some((call) => call.fn === fn.id && fills(call));
}

function fills({ callee }: CallFact): boolean {
  return callee.k === 'member' && /^(?:push|unshift|add|set|splice|assign)$/.test(callee.name);
}

/** The function uses nothing of the functions it is written in. */
function isClosed(unit: Unit, id: number): boolean {
  const { functions, bindings, accesses, calls } = unit.facts;
  const within = new Set([id]);
  functions.forEach((fact, at) => {
    if (at !== 0 && within.has(fact.parent)) within.add(at);
  });
  const isForeign = (expr: Expr): boolean => {
    let root = expr;
    while (root.k === 'member' || root.k === 'index') root = root.of;
    if (root.k === 'this') return true;
    if (root.k !== 'id') return false;
    const fn = bindings[root.b]?.fn ?? 0;
    return fn !== 0 && !within.has(fn);
  };
  return (
    !accesses.some(({ fn, target }) => within.has(fn) && isForeign(target)) &&
    !calls.some(({ fn, callee, args }) => within.has(fn) && [callee, ...args].some(isForeign)) &&
    !functions.some((fact, at) => within.has(at) && fact.returns.some(({ value }) => value && isForeign(value)))
  );
}

/** `require`, made by hand: what hangs on it is what Node has loaded, which each process loads for itself. */
export function isLoader({ unit, init }: Pick<StateCell, 'unit' | 'init'>, { values }: Pick<Parts, 'values'>): boolean {
  return (
    init?.k === 'call' &&
    values.of(unit, init).some(({ value }) => value.kind === 'external' && value.api === 'module:createRequire()')
  );
}
