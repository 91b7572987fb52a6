import type { Expr } from '../../model/facts.js';
import type { Call, Fn, Program, StateCell, Unit } from '../../model/program.js';
import { callsAmong } from '../calls.js';

/*
 * Numbers that nobody but the process itself ever sees: the key under which something is put into a Map of it, handed back so
 * that it can be taken out again. Another instance's numbers never meet them.
 */

const DEEPEST = 6;

/** Whether the number that a function counts is a key of its own collection and nothing else. */
export function isOwnKey(program: Program, fn: Fn, cell: StateCell): boolean {
  const { unit } = fn;
  const name = cell.name.replace(/^.*\./, '');
  const id = unit.facts.bindings.findIndex(
    ({ fn: of, init }) => of === fn.id && init?.k === 'other' && has(init, (one) => isNamed(unit, one, name)),
  );
  if (id < 0) return false;
  const isIt = (expr: Expr) => expr.k === 'id' && expr.b === id;
  const mentions = program.callsIn(fn).filter(({ fact }) => fact.args.some((arg) => has(arg, isIt)));
  const isKept = mentions.length > 0 && mentions.every((call) => isKey(program, call, isIt));
  if (!isKept || isPut(unit, isIt)) return false;
  const returned = fn.fact.returns.filter(({ value }) => value && has(value, isIt));
  if (!returned.every(({ value }) => value && isIt(value))) return false;
  return returned.length === 0 || program.callers(fn).every((call) => isHandedBack(program, call, unit));
}

/** `things.set(id, thing)`, where `things` is of this process and `thing` does not tell the number. */
function isKey(program: Program, { unit, fn, fact }: Call, isIt: (expr: Expr) => boolean): boolean {
  const { callee, args } = fact;
  const [first, ...others] = args;
  return (
    callee.k === 'member' &&
    /^(?:set|add|delete|get|has)$/.test(callee.name) &&
    first !== undefined &&
    isIt(first) &&
    !others.some((arg) => has(arg, isIt)) &&
    program.cells.some(({ writes }) => writes.some((write) => write.fn === fn && write.unit === unit))
  );
}

/** It is assigned to something, or is a part of what another variable holds. */
function isPut({ facts }: Unit, isIt: (expr: Expr) => boolean): boolean {
  return (
    facts.accesses.some(({ value, target }) => value && has(value, isIt) && target.k !== 'id') ||
    facts.bindings.some(({ init }) => init && has(init, isIt))
  );
}

/** What the caller gets goes into a variable, and from there only back to the file that counts. */
function isHandedBack(program: Program, call: Call, home: Unit): boolean {
  const { unit } = call;
  if (call.fact.use === 'dropped') return true;
  const isCall = (expr: Expr | undefined) => expr?.k === 'call' && expr.c === call.id;
  const assigned = unit.facts.accesses.find(({ op, value }) => op === 'assign' && isCall(value))?.target;
  const id = assigned?.k === 'id' ? assigned.b : unit.facts.bindings.findIndex(({ init }) => isCall(init));
  if (id < 0 || (assigned && assigned.k !== 'id')) return false;
  const isIt = (expr: Expr) => expr.k === 'id' && expr.b === id;
  const returned = unit.facts.functions.some(({ returns }) => returns.some(({ value }) => value && has(value, isIt)));
  if (returned || isPut(unit, isIt)) return false;
  return callsAmong(program, [unit]).every((one) => {
    if (!one.fact.args.some((arg) => has(arg, isIt))) return true;
    const callees = program.callees(one);
    return callees.length > 0 && callees.every((fn) => fn.unit === home);
  });
}

function isNamed(unit: Unit, expr: Expr, name: string): boolean {
  return expr.k === 'member' ? expr.name === name : expr.k === 'id' && unit.facts.bindings[expr.b]?.name === name;
}

function has(expr: Expr, isIt: (expr: Expr) => boolean, depth = 0): boolean {
  if (isIt(expr)) return true;
  if (depth > DEEPEST) return false;
  const inner = (...parts: readonly Expr[]) => parts.some((part) => has(part, isIt, depth + 1));
  switch (expr.k) {
    case 'text':
    case 'other':
      return inner(...expr.parts);
    case 'array':
      return inner(...expr.items);
    case 'object':
      return inner(...expr.props.map(({ value }) => value));
    case 'binary':
    case 'logic':
      return inner(expr.left, expr.right);
    case 'choose':
      return inner(expr.yes, expr.no);
    case 'unary':
    case 'await':
    case 'spread':
      return inner(expr.of);
    default:
      return false;
  }
}
