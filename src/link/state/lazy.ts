import type { Expr } from '../../model/facts.js';
import type { Condition, Fn, StateAccess, StateCell } from '../../model/program.js';
import { last, makesHandle, type Parts } from './accesses.js';
import { text } from '../tables.js';

/*
 * What is made when it is first needed: assigned only where nothing is there yet.
 */

/** A configuration that is read when something is first asked of it has a function for each question. */
const MOST_CALLERS = 16;

/** Set back to nothing: `x = null`, `x = undefined`. */
export function isReset(access: StateAccess): boolean {
  return access.value?.k === 'undefined' || (access.value?.k === 'lit' && access.value.v === null);
}

/** Assigned only where it is still empty: `x ??= …`, `if (!x) x = …`. */
export function isLazy(name: string, access: StateAccess, parts: Parts): boolean {
  if ('operator' in access.fact && (access.fact.operator === '??=' || access.fact.operator === '||=')) return true;
  const own = name.replace(/^.*\./, '');
  // `x = x || make()`
  if (
    access.value?.k === 'logic' &&
    access.value.op !== '&&' &&
    text(access.unit, access.value.left).replace(/^.*\./, '') === own
  )
    return true;
  const conditions = around(access.fn, access.fact.when, parts);
  const isEmpty = (found: readonly Condition[]) =>
    found.some(({ unit, fact }) => isEmptyTest(fact.test, fact.sense, (expr) => last(unit, expr) === own));
  if (isEmpty(conditions)) return true;
  // A setter is as lazy as all who call it.
  const callers = parts.graph.callersOf.get(access.fn) ?? [];
  return (
    callers.length > 0 &&
    callers.length <= MOST_CALLERS &&
    callers.every((call) => isEmpty(around(call.fn, call.fact.when, parts)))
  );
}

/** The conditions of a place in a function, and of where the function is written when it is a callback. */
function around(fn: Fn, when: readonly number[], parts: Parts): readonly Condition[] {
  const found = [...parts.tables.conditions(fn.unit, when)];
  for (let at: Fn | undefined = fn; at && at.id !== 0 && at.fact.kind === 'arrow'; at = parts.tables.parent(at))
    found.push(...parts.tables.conditions(at.unit, at.fact.when));
  return found;
}

/** The condition says that the thing is empty. */
function isEmptyTest(test: Expr, sense: boolean, isOwn: (expr: Expr) => boolean): boolean {
  if (test.k === 'unary' && test.op === '!') return isEmptyTest(test.of, !sense, isOwn);
  if (test.k === 'logic') return isEmptyTest(test.left, sense, isOwn) || isEmptyTest(test.right, sense, isOwn);
  if (test.k === 'binary' && /^[!=]==?$/.test(test.op)) {
    const empty = (expr: Expr) =>
      expr.k === 'undefined' || (expr.k === 'lit' && (expr.v === null || expr.v === 'undefined'));
    const of = empty(test.right) ? test.left : empty(test.left) ? test.right : undefined;
    const subject = of?.k === 'unary' && of.op === 'typeof' ? of.of : of;
    // `list.length === 0`, `map.size === 0`
    const zero = (expr: Expr) => expr.k === 'lit' && expr.v === 0;
    const counted = zero(test.right) ? test.left : zero(test.left) ? test.right : undefined;
    if (counted?.k === 'member' && (counted.name === 'length' || counted.name === 'size')) {
      return isOwn(counted.of) && test.op.startsWith('=') === sense;
    }
    return subject !== undefined && isOwn(subject) && test.op.startsWith('=') === sense;
  }
  if (test.k === 'binary' && /^[<>]/.test(test.op)) return false;
  return !sense && isOwn(test);
}

/** A handle made when it is first needed, as a part of what the cell keeps: `if (!config.keys) config.keys = createKeySet(…)`. */
export function isLazyPart(access: StateAccess, parts: Parts): boolean {
  const { fact, value, op } = access;
  if (op !== 'update' || !value || !('target' in fact) || fact.target.k !== 'member') return false;
  const made = parts.values.of(access.unit, value).map((known) => known.value);
  return made.length > 0 && made.every((known) => makesHandle(known, parts)) && isLazy(fact.target.name, access, parts);
}

/** `db.client = await connect(options)`, where what the project's own function gives is not known: the names alone say it. */
export function isConnected(cell: StateCell, { unit, value }: StateAccess, parts: Parts): boolean {
  if (!/(?:client|connection|conn|pool|subscriber|publisher)$/i.test(cell.name)) return false;
  const made = value?.k === 'await' ? value.of : value;
  if (made?.k !== 'call') return false;
  const { callee } = parts.tables.call(unit, made.c).fact;
  const name =
    callee.k === 'member' ? callee.name : callee.k === 'id' ? (unit.facts.bindings[callee.b]?.name ?? '') : '';
  if (!/^(?:connect|createClient|createPool|createConnection|openConnection|getConnection)/.test(name)) return false;
  return parts.values
    .of(unit, made)
    .every(({ value: known }) => known.kind === 'unknown' || known.kind === 'undefined' || known.kind === 'external');
}

/** Names of what is set up once in each process. */
const SETS_UP =
  /(?:connect|initiali[sz]|init|loaded|loading|ready|set_?up|start|open|regist|install|attach|bound|prepar|warm|mount|configured)/i;

/** On from the start, asked by one function only, and switched off for good by what it lets through: `if (this.create) { await mkdir(dir); this.create = false; }`. */
export function isSpent(cell: StateCell, parts: Parts): boolean {
  const own = cell.name.replace(/^.*\./, '');
  return (
    cell.reads.every((read) => cell.writes.some(({ fn }) => fn === read.fn)) &&
    cell.writes.every(
      (write) =>
        write.op === 'assign' &&
        write.value?.k === 'lit' &&
        write.value.v === false &&
        around(write.fn, write.fact.when, parts).some(({ unit, fact }) =>
          isOnTest(fact.test, fact.sense, (expr) => last(unit, expr) === own),
        ),
    )
  );
}

/** The condition says that the switch is on. */
function isOnTest(test: Expr, sense: boolean, isOwn: (expr: Expr) => boolean): boolean {
  if (test.k === 'unary' && test.op === '!') return isOnTest(test.of, !sense, isOwn);
  if (test.k === 'logic')
    return (test.op === '&&') === sense && [test.left, test.right].some((part) => isOnTest(part, sense, isOwn));
  return sense && isOwn(test);
}

/** Asked only by the function that sets it, before this process sets something up for itself: `if (!this.connected) { this.connected = true; … }`. */
export function isSetUpFlag(cell: StateCell, parts: Parts): boolean {
  const isOn = ({ value }: StateAccess) => value?.k === 'lit' && value.v === true;
  const on = cell.writes.filter(isOn);
  return (
    SETS_UP.test(cell.name.replace(/^.*\./, '')) &&
    on.length > 0 &&
    cell.writes.every(({ op, value }) => op === 'assign' && value?.k === 'lit' && typeof value.v === 'boolean') &&
    on.some((write) => isLazy(cell.name, write, parts)) &&
    cell.reads.every((read) => on.some((write) => write.fn === read.fn))
  );
}
