import type { Expr } from '../../model/facts.js';
import type { Fn, StateAccess, StateCell, Unit } from '../../model/program.js';
import { isApi, type Parts } from './accesses.js';
import { isMadeBy, namedBy, RANDOM } from './copies.js';

/*
 * Numbers of one process that never stand alone.
 */

const HOST = /^os:hostname\(\)/;
const OWN = /^(?:process:pid|global:process\.pid)$/;
const CHILD = /^(?:child_process:fork|worker_threads:Worker|cluster:fork)\(\)$/;
/** Pieces of pieces are looked at no further down. */
export const DEEPEST = 8;

/**
 * Wherever the number is looked at, it stands in a text together with what tells this process from all others: `${host}:${pid}:${n++}`,
 * or `${key}-${n++}` where the key was drawn when the process began.
 */
export function isNumberWithin(cell: StateCell, parts: Parts): boolean {
  const told = new Set<Expr>();
  const bare = new Set<Expr>();
  const accesses = [...cell.reads, ...cell.writes];
  for (const fn of new Set(accesses.map((access) => access.fn)))
    for (const whole of expressionsOf(fn, parts)) look(fn.unit, whole, parts, told, bare);
  for (const unit of new Set(accesses.map((access) => access.unit)))
    for (const { test } of unit.facts.conditions) look(unit, test, parts, bare, bare);
  const stepped = new Set<unknown>(cell.writes.map(({ fact }) => fact));
  // A step that stands by itself says nothing of what the number is for; all else that looks at it does.
  return (
    accesses.every(
      ({ fact }) => 'target' in fact && !bare.has(fact.target) && (told.has(fact.target) || stepped.has(fact)),
    ) && cell.reads.some(({ fact }) => 'target' in fact && told.has(fact.target))
  );
}

/**
 * Looked at only to see whether it is still what it was: `const mine = turn; …; if (mine === turn) keep(answer)`. What came too late
 * in this process is of no interest to another.
 */
export function isTurnNumber(cell: StateCell, parts: Parts): boolean {
  const accesses = [...cell.reads, ...cell.writes];
  const own = new Set(accesses.flatMap(({ fact }) => ('target' in fact ? [fact.target] : [])));
  let compared = false;
  let bare = accesses.some(({ fact }) => !('target' in fact));
  for (const fn of new Set(accesses.map((access) => access.fn))) {
    const { bindings, conditions } = fn.unit.facts;
    const isOwn = (expr: Expr | undefined): boolean =>
      expr !== undefined && (own.has(expr) || (expr.k === 'other' && expr.parts.length === 1 && isOwn(expr.parts[0])));
    const isKept = (expr: Expr) => expr.k === 'id' && bindings[expr.b]?.fn !== 0 && isOwn(bindings[expr.b]?.init);
    const visit = (expr: Expr, depth: number): void => {
      if (depth > DEEPEST) return;
      if (own.has(expr)) bare = true;
      else if (expr.k === 'binary' && /^[!=]==?$/.test(expr.op) && [expr.left, expr.right].some(isOwn)) {
        if (isKept(expr.left) || isKept(expr.right)) compared = true;
        else bare = true;
      } else for (const piece of piecesOf(expr)) visit(piece, depth + 1);
    };
    for (const whole of expressionsOf(fn, parts))
      if (!bindings.some(({ init }) => init === whole && isOwn(init))) visit(whole, 0);
    for (const { test } of conditions) visit(test, 0);
  }
  return compared && !bare;
}

/** Kept with an object of this process, which is gone with it: `numbers.set(connection, next++)` of a `WeakMap`. */
export function isNumberOfObjects(cell: StateCell, parts: Parts): boolean {
  const own = new Set(cell.writes.flatMap(({ fact }) => ('target' in fact ? [fact.target] : [])));
  const isOwn = (expr: Expr | undefined): boolean =>
    expr !== undefined && (own.has(expr) || (expr.k === 'other' && expr.parts.length === 1 && isOwn(expr.parts[0])));
  return (
    cell.writes.every(isStep) &&
    cell.writes.every(({ fn }) =>
      parts.tables.callsIn(fn).some(({ unit, fact: { callee, args } }) => {
        const number = args[1];
        if (callee.k !== 'member' || callee.name !== 'set' || !number) return false;
        const isKept = isOwn(number) || (number.k === 'id' && namedBy(unit, number.b, parts).some(isOwn));
        return isKept && parts.values.of(unit, callee.of).some(({ value }) => isApi(value, /^global:WeakMap\(\)$/));
      }),
    )
  );
}

/** How many entries this process has made, looked at only to make no more than so many: `if (made >= MOST) return others`. */
export function isCountOfEntries(cell: StateCell, cells: readonly StateCell[]): boolean {
  const stepped = new Set<unknown>(cell.writes.map(({ fact }) => fact));
  const reads = cell.reads.filter(({ fact }) => !stepped.has(fact));
  const isBound = ({ unit, fact }: StateAccess) =>
    unit.facts.conditions.some(
      ({ test }) =>
        test.k === 'binary' &&
        /^[<>]=?$/.test(test.op) &&
        'target' in fact &&
        (test.left === fact.target || test.right === fact.target),
    );
  return (
    reads.length > 0 &&
    reads.every(isBound) &&
    cell.writes.every(
      (step) =>
        isStep(step) &&
        cells.some(
          (other) =>
            other !== cell &&
            other.unit === cell.unit &&
            other.writes.some(
              ({ op, fn, fact }) =>
                op === 'insert' && fn === step.fn && fact.when.every((condition) => step.fact.when.includes(condition)),
            ),
        ),
    )
  );
}

/** Counts up, and never begins anew. */
export function isStep({ fact }: StateAccess): boolean {
  return 'operator' in fact && /^(?:\+\+|\+=)$/.test(fact.operator ?? '');
}

/** Only told to a process or thread of this one's own, which nobody else talks to: `child.send({ id: next, text })`. */
export function isNumberOfChild(cell: StateCell, parts: Parts): boolean {
  const accesses = [...cell.reads, ...cell.writes];
  const own = new Set(accesses.flatMap(({ fact }) => ('target' in fact ? [fact.target] : [])));
  let told = false;
  let bare = accesses.some(({ fact }) => !('target' in fact));
  for (const fn of new Set(accesses.map((access) => access.fn))) {
    const messages = new Set<Expr>(
      parts.tables.callsIn(fn).flatMap(({ unit, fact: { callee, args } }) => {
        if (callee.k !== 'member' || !/^(?:send|postMessage)$/.test(callee.name)) return [];
        const isChild = parts.values
          .of(unit, callee.of)
          .some(({ value }) => value.kind === 'external' && CHILD.test(value.api));
        return isChild ? args : [];
      }),
    );
    const visit = (expr: Expr, within: boolean, depth: number): void => {
      if (depth > DEEPEST) return;
      if (own.has(expr)) {
        if (within) told = true;
        else bare = true;
      } else for (const piece of piecesOf(expr)) visit(piece, within, depth + 1);
    };
    for (const whole of expressionsOf(fn, parts)) visit(whole, messages.has(whole), 0);
    for (const { test } of fn.unit.facts.conditions) visit(test, false, 0);
  }
  return told && !bare;
}

/** Everything that stands in a function: arguments, what is given back, what gets a name. */
export function expressionsOf({ unit, id, fact }: Fn, parts: Parts): Expr[] {
  const found: Expr[] = [];
  for (const call of unit.facts.calls) if (call.fn === id) found.push(...call.args);
  for (const { value } of fact.returns) if (value) found.push(value);
  for (const binding of unit.facts.bindings) if (binding.fn === id && binding.init) found.push(binding.init);
  for (const access of parts.tables.linked(unit).facts.accesses)
    if (access.fn === id && access.value) found.push(access.value);
  return found;
}

function look(unit: Unit, whole: Expr, parts: Parts, told: Set<Expr>, bare: Set<Expr>): void {
  const walk = (expr: Expr, isTold: boolean, depth: number): void => {
    if (depth > DEEPEST) return;
    (isTold ? told : bare).add(expr);
    const pieces = piecesOf(expr);
    const tells = isTold || (pieces.length > 1 && expr.k === 'text' && tellsProcess(unit, pieces, parts));
    for (const piece of pieces) walk(piece, tells, depth + 1);
  };
  walk(whole, false, 0);
}

/** What an expression is put together from. */
export function piecesOf(expr: Expr): readonly Expr[] {
  switch (expr.k) {
    case 'text':
      // `a + '-' + b + '-' + c` is one text.
      return expr.parts.flatMap((part) => (part.k === 'text' ? piecesOf(part) : [part]));
    case 'other':
      return expr.parts;
    case 'binary':
    case 'logic':
      return [expr.left, expr.right];
    case 'choose':
      return [expr.yes, expr.no];
    case 'array':
      return expr.items;
    case 'object':
      return expr.props.map(({ value }) => value);
    case 'unary':
    case 'await':
    case 'spread':
      return [expr.of];
    default:
      return [];
  }
}

/** Chance, or the machine's name and the process's number: in containers each process has the same number, on one machine all the same name. */
function tellsProcess(unit: Unit, pieces: readonly Expr[], parts: Parts): boolean {
  const isOf = (api: RegExp) => (piece: Expr) =>
    parts.values.of(unit, piece).some(({ value }) => value.kind === 'external' && api.test(value.api));
  if (pieces.some((piece) => isOf(RANDOM)(piece) || isMadeBy(unit, piece, RANDOM, parts, 0))) return true;
  return pieces.some(isOf(HOST)) && pieces.some(isOf(OWN));
}
