import type { Expr } from '../../model/facts.js';
import type { Fn, StateAccess, StateCell, Unit } from '../../model/program.js';
import { text } from '../tables.js';
import { isApi, serving, isSize, type Parts } from './accesses.js';
import { isGiven, runsOnlyWithin } from './within.js';

/*
 * Whether what is put in is a copy of something kept elsewhere, which each instance can fetch for itself, or the only place
 * where it is known. Both are looked up before they are put in.
 */

const CLOCK = /^global:(?:Date\.now|performance\.now|Date)\(\)/;
export const RANDOM =
  /^(?:global:(?:Math\.random|crypto\.(?:randomUUID|getRandomValues))|crypto:(?:randomBytes|randomInt|randomUUID|webcrypto\.getRandomValues)|(?:uuid|nanoid|cuid|@paralleldrive\/cuid2|ulid|ulidx|uid|uid-safe|randomstring|crypto-random-string|hat|shortid):[^/]*)\(\)/;
export const DEEP = 6;
const ARITHMETIC = /^[-+*]$/;

/** The new entry is made from the old one: `hits[key] = (hits[key] ?? 0) + 1`. What is counted here is known nowhere else. */
export function isAccumulated(cell: StateCell, { unit, value }: StateAccess, parts: Parts): boolean {
  const own = new Set<unknown>();
  for (const read of cell.reads) {
    if (read.unit !== unit || isSize(read)) continue;
    own.add('target' in read.fact ? read.fact.target : read.fact);
  }
  const isOld = (expr: Expr, depth: number): boolean => {
    if (own.has(expr) || (expr.k === 'call' && own.has(unit.facts.calls[expr.c]))) return true;
    if (depth > DEEP) return false;
    if (expr.k === 'logic' || (expr.k === 'binary' && ARITHMETIC.test(expr.op)))
      return isOld(expr.left, depth + 1) || isOld(expr.right, depth + 1);
    if (expr.k === 'member') return isOld(expr.of, depth + 1);
    if (expr.k === 'call') {
      const call = unit.facts.calls[expr.c];
      const counts = call && (call.callee.k === 'global' || /^Math\./.test(text(unit, call.callee)));
      return counts === true && call.args.some((arg) => isOld(arg, depth + 1));
    }
    return expr.k === 'id' && namedBy(unit, expr.b, parts).some((one) => isOld(one, depth + 1));
  };
  const isChanged = (expr: Expr, depth: number): boolean => {
    if (depth > DEEP) return false;
    switch (expr.k) {
      case 'binary':
        return ARITHMETIC.test(expr.op) && [expr.left, expr.right].some((part) => isOld(part, 0));
      case 'text':
        return expr.parts.some((part) => isOld(part, depth + 1));
      case 'logic':
        return isChanged(expr.left, depth + 1) || isChanged(expr.right, depth + 1);
      case 'choose':
        return isChanged(expr.yes, depth + 1) || isChanged(expr.no, depth + 1);
      case 'object':
        return expr.props.some((prop) => prop.name !== undefined && isChanged(prop.value, depth + 1));
      case 'id':
        return namedBy(unit, expr.b, parts).some((one) => isChanged(one, depth + 1));
      default:
        return false;
    }
  };
  return value !== undefined && isChanged(value, 0);
}

/** What a variable of a function is declared as and given later. */
export function namedBy(unit: Unit, id: number, parts: Parts): Expr[] {
  const fact = unit.facts.bindings[id];
  if (!fact || fact.fn === 0 || fact.kind === 'param') return [];
  const given = parts.tables.linked(unit).assigned.get(id) ?? [];
  return [...(fact.init ? [fact.init] : []), ...given.slice(0, 4).flatMap(({ value }) => (value ? [value] : []))];
}

/** What steps through a collection without looking for one entry. */
const WALKS = /^(?:keys|values|entries|next|from|sort|toSorted|reverse|toReversed|slice|map|at)$/;

/** What is taken out was met while looking through the collection, to keep it small: `seen.delete(seen.keys().next().value)`. */
export function isPickedFromThere({ unit, key, fact }: StateAccess, parts: Parts): boolean {
  if (!key || !('callee' in fact) || fact.callee.k !== 'member') return false;
  const owner = text(unit, fact.callee.of);
  const isWalk = (expr: Expr, depth: number): boolean => {
    if (depth > DEEP) return false;
    if (depth > 0 && text(unit, expr) === owner) return true;
    switch (expr.k) {
      case 'member':
      case 'index':
      case 'spread':
        return isWalk(expr.of, depth + 1);
      case 'array':
        return expr.items.some((item) => item.k === 'spread' && isWalk(item, depth + 1));
      case 'id':
        return namedBy(unit, expr.b, parts).some((one) => isWalk(one, depth + 1));
      case 'call': {
        const { callee, args } = parts.tables.call(unit, expr.c).fact;
        if (callee.k !== 'member' || !WALKS.test(callee.name)) return false;
        return isWalk(callee.of, depth + 1) || args.slice(0, 1).some((arg) => isWalk(arg, depth + 1));
      }
      default:
        return false;
    }
  };
  return isWalk(key, 0);
}

/** A part of an entry is counted up here and looked at: `window.count += 1; return window.count <= most`. */
export function isCounted(cell: StateCell, writes: readonly StateAccess[]): boolean {
  return writes.some(
    (write) =>
      'operator' in write.fact &&
      /^(?:\+\+|--|\+=|-=)$/.test(write.fact.operator ?? '') &&
      write.path.length > 0 &&
      cell.reads.some(
        (read) =>
          read.place.span[0] !== write.place.span[0] &&
          read.path.length > 0 &&
          read.path.at(-1) === write.path.at(-1) &&
          !isSize(read),
      ),
  );
}

/**
 * An entry is a list of times, of which the old ones are dropped: a sliding window. `set(key, [...recent, now])`, or
 * `recent.push(now)` before it is put in.
 */
export function isTimesKept(cell: StateCell, { unit, fn, value }: StateAccess, parts: Parts): boolean {
  const isNow = (expr: Expr | undefined): boolean => {
    const made = expr?.k === 'id' ? namedBy(unit, expr.b, parts)[0] : expr;
    return made?.k === 'call' && isMadeBy(unit, made, CLOCK, parts, DEEP);
  };
  const own = new Set<unknown>(
    cell.reads.filter((read) => read.unit === unit).map(({ fact: read }) => ('target' in read ? read.target : read)),
  );
  const isOld = (expr: Expr, depth: number): boolean => {
    if (own.has(expr)) return true;
    if (depth > DEEP) return false;
    if (expr.k === 'logic') return isOld(expr.left, depth + 1) || isOld(expr.right, depth + 1);
    if (expr.k === 'id') return namedBy(unit, expr.b, parts).some((one) => isOld(one, depth + 1));
    if (expr.k !== 'call') return false;
    const call = unit.facts.calls[expr.c];
    return (
      own.has(call) ||
      (call?.callee.k === 'member' && call.callee.name === 'filter' && isOld(call.callee.of, depth + 1))
    );
  };
  if (value?.k === 'array')
    return (
      value.items.some((item) => item.k === 'spread' && isOld(item.of, 0)) && value.items.some((item) => isNow(item))
    );
  if (value?.k !== 'id' || !isOld(value, 0)) return false;
  const { b } = value;
  return parts.tables
    .callsIn(fn)
    .some(
      ({ fact: { callee, args } }) =>
        callee.k === 'member' && callee.name === 'push' && callee.of.k === 'id' && callee.of.b === b && isNow(args[0]),
    );
}

/** An entry says when it was made: with a count beside it, it is the window of a limiter. */
export function isTimed({ unit, value }: StateAccess, parts: Parts): boolean {
  return value !== undefined && isMadeBy(unit, value, CLOCK, parts, 0);
}

/**
 * All that is put in is a moment, and nothing is put in under the same key beside it: `seen.set(key, now + HOUR)`. That something
 * was done, and until when, is known nowhere else; the moment of a copy says no more than the copy.
 */
export function isMoment({ unit, fn, fact, key, value }: StateAccess, parts: Parts): boolean {
  const isClock = (expr: Expr, depth: number): boolean => {
    if (depth > DEEP) return false;
    if (expr.k === 'binary') return ARITHMETIC.test(expr.op) && isClock(expr.left, depth + 1);
    const known = parts.values.of(unit, expr);
    if (known.length > 0 && known.every(({ value: one }) => isApi(one, CLOCK))) return true;
    const named = expr.k === 'id' ? namedBy(unit, expr.b, parts) : [];
    return named.length > 0 && named.every((one) => isClock(one, depth + 1));
  };
  if (!value || !key || !isClock(value, 0)) return false;
  const under = text(unit, key);
  const { calls, accesses } = parts.tables.linked(fn.unit).facts;
  const isBeside = calls.some(
    (call) =>
      call !== fact &&
      call.fn === fn.id &&
      call.args.length > 1 &&
      call.callee.k === 'member' &&
      /^(?:set|put)$/.test(call.callee.name) &&
      call.args.slice(0, 1).some((arg) => text(unit, arg) === under),
  );
  return (
    !isBeside &&
    !accesses.some(
      (access) =>
        access !== fact &&
        access.fn === fn.id &&
        access.op === 'assign' &&
        access.target.k === 'index' &&
        text(unit, access.target.key) === under,
    )
  );
}

/**
 * First come, first served: an entry that names somebody else keeps the key from being taken, and what is put in is only who
 * asks and when. Nothing is fetched, so that nobody else could.
 */
export function isClaim(cell: StateCell, { unit, fn, fact, value }: StateAccess, parts: Parts): boolean {
  const entry = value?.k === 'id' ? namedBy(unit, value.b, parts)[0] : value;
  if (entry?.k !== 'object') return false;
  const isPlain = (expr: Expr) => isInput(unit, expr) || expr.k === 'lit' || isMadeBy(unit, expr, CLOCK, parts, 0);
  if (!entry.props.every((prop) => isPlain(prop.value))) return false;
  const names = new Set(entry.props.filter((prop) => isInput(unit, prop.value)).map(({ name }) => name));
  const isOther = (test: Expr, depth: number): boolean => {
    if (depth > DEEP) return false;
    if (test.k === 'unary') return isOther(test.of, depth + 1);
    if (test.k === 'logic') return isOther(test.left, depth + 1) || isOther(test.right, depth + 1);
    if (test.k !== 'binary' || !/^[!=]==?$/.test(test.op)) return false;
    const pairs = [
      [test.left, test.right],
      [test.right, test.left],
    ] as const;
    return pairs.some(
      ([held, asked]) =>
        isInput(unit, asked) &&
        cell.reads.some(
          (read) => read.fn === fn && 'target' in read.fact && read.fact.target === held && names.has(read.path.at(-1)),
        ),
    );
  };
  return parts.tables.conditions(unit, fact.when).some((condition) => isOther(condition.fact.test, 0));
}

/** What a caller hands in: a parameter or a part of one. */
function isInput(unit: Unit, expr: Expr): boolean {
  let root = expr;
  for (let depth = 0; depth < DEEP; depth++) {
    if (root.k === 'member') root = root.of;
    else if (root.k === 'id') {
      const fact = unit.facts.bindings[root.b];
      if (fact?.kind === 'param') return true;
      if (!fact?.init || fact.fn === 0 || fact.kind !== 'const') return false;
      root = fact.init;
    } else return false;
  }
  return false;
}

/** Something that the expression is made of, through variables of the function, calls and their arguments. */
export function isMadeBy(unit: Unit, expr: Expr, api: RegExp, parts: Parts, depth: number): boolean {
  if (depth > DEEP) return false;
  const within = (inner: Expr) => isMadeBy(unit, inner, api, parts, depth + 1);
  switch (expr.k) {
    case 'call': {
      const call = parts.tables.call(unit, expr.c);
      if (parts.values.calleeApis(call).some((path) => api.test(`${path}()`))) return true;
      const { callee, args } = call.fact;
      return (callee.k === 'member' && within(callee.of)) || args.slice(0, 3).some(within);
    }
    case 'id':
      return namedBy(unit, expr.b, parts).some(within);
    case 'member':
    case 'unary':
    case 'await':
      return within(expr.of);
    case 'binary':
    case 'logic':
      return within(expr.left) || within(expr.right);
    case 'text':
    case 'other':
      return expr.parts.some(within);
    case 'choose':
      return within(expr.yes) || within(expr.no);
    case 'object':
      return expr.props.some((prop) => within(prop.value));
    default:
      return false;
  }
}

/** Got anew by one function and the helpers that only it uses, once the clock says that what is here has grown old. */
export function isAgedCopy(cell: StateCell, writes: readonly StateAccess[], parts: Parts): boolean {
  const isPut = ({ op, fact }: StateAccess) =>
    op === 'assign' || (op === 'update' && !('operator' in fact && fact.operator !== undefined));
  if (writes.length === 0 || !writes.every(isPut)) return false;
  const reads = cell.reads.filter(({ fn }) => serving(parts.phases, fn) || parts.phases.of(fn).length === 0);
  const above = writes.flatMap(({ fn }) => [fn, ...(parts.graph.callersOf.get(fn) ?? []).map((call) => call.fn)]);
  const aged = [...new Set(above)].filter((fn) => isAged(fn, parts)).slice(0, 4);
  return aged.some((fn) => {
    const around = new Set([fn]);
    return (
      writes.every((write) => runsOnlyWithin(write.fn, around, parts)) &&
      reads.every(
        (read) =>
          runsOnlyWithin(read.fn, around, parts) ||
          isGiven(read, cell, around, parts) ||
          isReadAfter(read.fn, fn, parts),
      )
    );
  });
}

/** Whoever reads it has it got anew first, or whoever has it read: `await refresh(); send(kept.token)`. */
function isReadAfter(fn: Fn, aged: Fn, parts: Parts): boolean {
  const calls = (by: Fn) => parts.tables.callsIn(by).some((call) => parts.graph.callees(call).includes(aged));
  const callers = parts.graph.callersOf.get(fn) ?? [];
  return calls(fn) || (callers.length > 0 && callers.every((call) => calls(call.fn)));
}

/** When a copy was got, beside it: while that is young, the function that gets it gives what is kept. */
export function isAgeOfCopy(cell: StateCell, parts: Parts): boolean {
  const keeps = (fn: Fn, expr: Expr | undefined) =>
    expr !== undefined &&
    (expr.k === 'id' || expr.k === 'member') &&
    fn.unit.facts.accesses.some(
      (access) => access.op === 'assign' && access.fn === fn.id && text(fn.unit, access.target) === text(fn.unit, expr),
    );
  return cell.writes.every(({ fn }) => isAged(fn, parts, (value) => keeps(fn, value)));
}

/** Ends early while something is not yet so old, or still what it was: `if (expiresAt > Date.now()) return known`. */
function isAged(fn: Fn, parts: Parts, gives: (value: Expr | undefined) => boolean = () => true): boolean {
  const isNow = (expr: Expr): boolean => isMadeBy(fn.unit, expr, CLOCK, parts, 0);
  const isYoung = (test: Expr): boolean => {
    if (test.k === 'logic') return isYoung(test.left) || isYoung(test.right);
    if (test.k !== 'binary') return false;
    return (/^[<>]/.test(test.op) && (isNow(test.left) || isNow(test.right))) || isUnchanged(fn, test, parts);
  };
  return fn.fact.returns.some(
    ({ value, when }) =>
      gives(value) && parts.tables.conditions(fn.unit, when).some(({ fact }) => fact.sense && isYoung(fact.test)),
  );
}

/** What was just asked for is what was seen last time: `if (kept.version === (await read('version'))) return kept`. */
function isUnchanged(fn: Fn, { op, left, right }: Expr & { readonly k: 'binary' }, parts: Parts): boolean {
  if (!/^={2,3}$/.test(op)) return false;
  const { unit } = fn;
  const isKept = (expr: Expr) =>
    (expr.k === 'id' || expr.k === 'member') &&
    unit.facts.accesses.some(
      (access) => access.op === 'assign' && access.fn === fn.id && text(unit, access.target) === text(unit, expr),
    );
  return (isKept(left) && isWaitedFor(unit, right, parts, 0)) || (isKept(right) && isWaitedFor(unit, left, parts, 0));
}

function isWaitedFor(unit: Unit, expr: Expr, parts: Parts, depth: number): boolean {
  if (depth > DEEP) return false;
  const within = (inner: Expr) => isWaitedFor(unit, inner, parts, depth + 1);
  switch (expr.k) {
    case 'await':
      return true;
    case 'id':
      return namedBy(unit, expr.b, parts).some(within);
    case 'member':
    case 'unary':
      return within(expr.of);
    case 'logic':
      return within(expr.left);
    case 'call':
      return parts.tables.call(unit, expr.c).fact.args.slice(0, 1).some(within);
    default:
      return false;
  }
}
