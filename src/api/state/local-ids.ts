import type { AccessFact, Expr } from '../../model/facts.js';
import type { Fn, Program, StateCell, Unit } from '../../model/program.js';
import { isSame, type Place, type Span } from '../../model/span.js';
import { isOwnKey } from './local-handles.js';
import { once } from '../once.js';
import { type Served, served, surest, USER_PHASES } from '../serving.js';

/** A name for what tells things apart. */
const ID =
  /^(?:_?id|uid|number|no|nr|num|code|serial|seq|sequence|ref|reference)$|(?:Id|ID|_id|Number|_number|No|Code|Ref|Serial)$/;
const COUNTER =
  /^(?:next|last|max|new|auto|current|latest|highest)_?(?:\w*(?:id|number|no|nr|seq|key|code)s?)?$|(?:^|[a-z_])(?:ids?|Ids?|ID|Seq|seq|sequence|Sequence|Serial|serial)(?:Counter|_counter|Count)?$/;
const DEEPEST = 8;

/** A counter of one process whose numbers stand for things. */
export interface LocalCounter {
  readonly cell: StateCell;
  readonly write: Served;
  /** What is numbered, by its name: `orderId`. */
  readonly as: string;
}

const known = once((_: Program) => new Map<StateCell, LocalCounter | undefined>());

export function localCounter(program: Program, cell: StateCell): LocalCounter | undefined {
  const cells = known(program);
  if (!cells.has(cell)) cells.set(cell, lookAt(program, cell));
  return cells.get(cell);
}

function lookAt(program: Program, cell: StateCell): LocalCounter | undefined {
  if (cell.shape !== 'counter' || cell.unit.vendored) return undefined;
  const steps = cell.writes.filter((write) => isStep(write.fact as AccessFact, cell));
  const write = surest(served(program, steps).filter(({ reach }) => USER_PHASES.includes(reach.phase)));
  if (!write) return undefined;
  const fn = write.access.fn;
  const as = numbered(program, fn, (expr) => isCell(expr, write.access.unit, cell));
  const name = cell.name.replace(/^.*\./, '');
  if (as) return isOwnKey(program, fn, cell) ? undefined : { cell, write, as };
  // The number is handed back to whoever asked for the next one.
  const isHandedBack = fn.fact.returns.some(
    ({ value }) => value && has(value, (one) => isCell(one, write.access.unit, cell)),
  );
  return isHandedBack && COUNTER.test(name) ? { cell, write, as: name } : undefined;
}

/** `n++`, `n += 1`, `n = n + 1`: upwards only. */
function isStep(fact: AccessFact, cell: StateCell): boolean {
  if (!('target' in fact)) return false;
  if (fact.operator === '++' || fact.operator === '+=') return true;
  return fact.op === 'assign' && fact.value?.k === 'binary' && fact.value.op === '+' && cell.shape === 'counter';
}

function isCell(expr: Expr, unit: Unit, cell: StateCell): boolean {
  if (expr.k === 'id') {
    const binding = unit.facts.bindings[expr.b];
    return unit === cell.unit && binding?.name === cell.name && isSame(binding.span, cell.place.span);
  }
  return (
    expr.k === 'member' &&
    expr.name === cell.name.replace(/^.*\./, '') &&
    (expr.of.k === 'this' || expr.of.k === 'id' || expr.of.k === 'global')
  );
}

/** The name under which a value is given out in a function: of a property, a variable or a target. */
function numbered(program: Program, fn: Fn, isIt: (expr: Expr) => boolean): string | undefined {
  for (const { name, value } of named(program, fn)) if (ID.test(name) && has(value, isIt)) return name;
  return undefined;
}

interface Named {
  readonly name: string;
  readonly value: Expr;
  readonly span: Span;
}

/** Everything that gets a name in a function: properties of objects, variables, assigned properties. */
function named(program: Program, fn: Fn): Named[] {
  const { facts } = fn.unit;
  const found: Named[] = [];
  const walk = (expr: Expr, depth: number): void => {
    if (depth > DEEPEST) return;
    if (expr.k === 'object')
      for (const { name, value, span } of expr.props) {
        if (name !== undefined) found.push({ name, value, span });
        walk(value, depth + 1);
      }
    else for (const part of parts(expr)) walk(part, depth + 1);
  };
  for (const call of program.callsIn(fn)) for (const arg of call.fact.args) walk(arg, 0);
  for (const { value } of fn.fact.returns) if (value) walk(value, 0);
  for (const { fn: of, name, init, span, kind } of facts.bindings) {
    if (of !== fn.id || !init || kind === 'param') continue;
    if (fn.id !== 0) found.push({ name, value: init, span });
    walk(init, 0);
  }
  for (const { op, fn: of, target, value, span } of facts.accesses) {
    if (of !== fn.id || op !== 'assign' || !value) continue;
    if (target.k === 'member') found.push({ name: target.name, value, span });
    walk(value, 0);
  }
  return found;
}

function parts(expr: Expr): readonly Expr[] {
  switch (expr.k) {
    case 'text':
    case 'other':
      return expr.parts;
    case 'array':
      return expr.items;
    case 'object':
      return expr.props.map(({ value }) => value);
    case 'binary':
    case 'logic':
      return [expr.left, expr.right];
    case 'choose':
      return [expr.yes, expr.no];
    case 'unary':
    case 'await':
    case 'spread':
      return [expr.of];
    default:
      return [];
  }
}

function has(expr: Expr, isIt: (expr: Expr) => boolean, depth = 0): boolean {
  if (isIt(expr)) return true;
  return depth < DEEPEST && parts(expr).some((part) => has(part, isIt, depth + 1));
}

/** An id that is counted from what this process happens to have, or is the time and nothing else. */
export interface LocalId {
  readonly place: Place;
  readonly fn: Fn;
  readonly name: string;
  readonly from: 'list' | 'clock';
  readonly cell?: StateCell;
}

const NOW = /^global:(?:Date\.now\(\)|Date\(\)\.(?:getTime|valueOf)\(\))/;

export function localIds(program: Program): readonly LocalId[] {
  const found: LocalId[] = [];
  const kept = new Map<Fn, StateCell[]>();
  for (const cell of program.cells)
    for (const { fn } of [...cell.writes, ...cell.reads]) kept.set(fn, [...(kept.get(fn) ?? []), cell]);
  for (const unit of program.units) {
    if (unit.vendored || (!unit.roles.has('server') && !unit.roles.has('worker'))) continue;
    const lines = tellingLines(unit);
    if (lines.length === 0) continue;
    for (const fact of unit.facts.functions.keys()) {
      const fn = program.fn(unit, fact);
      const [from, , to] = fn.fact.span;
      if (fact === 0 || !lines.some((line) => line >= from && line <= to)) continue;
      if (!program.reaches(fn).some(({ phase }) => USER_PHASES.includes(phase))) continue;
      const cells = kept.get(fn) ?? [];
      for (const { name, value, span } of named(program, fn)) {
        if (!ID.test(name)) continue;
        const place = { file: unit.file, span };
        const cell = cells.find(
          (one) => one.kind !== 'environment' && !['registry', 'constant', 'handle', 'current'].includes(one.shape),
        );
        if (cell && isCountedUp(unit, value)) found.push({ place, fn, name, from: 'list', cell });
        else if (isClockOnly(program, unit, value) && isStored(program, fn, cells))
          found.push({ place, fn, name, from: 'clock' });
      }
    }
  }
  return found.filter((one, i) => found.findIndex((other) => other.fn === one.fn && other.from === one.from) === i);
}

/** A cheap look before the dear ones, once for a file: the lines that add one to something, or ask the clock. */
function tellingLines({ facts }: Unit): readonly number[] {
  const lines = new Set<number>();
  for (const { callee, args, span } of facts.calls) {
    const asksClock = callee.k === 'member' && /^(?:now|getTime|valueOf)$/.test(callee.name);
    if (asksClock || args.some((arg) => arg.k === 'object' && arg.props.some((prop) => has(prop.value, isPlusOne))))
      lines.add(span[0]);
  }
  for (const { init, span } of facts.bindings) if (init !== undefined && has(init, isPlusOne)) lines.add(span[0]);
  for (const { value, span } of facts.accesses) if (value !== undefined && has(value, isPlusOne)) lines.add(span[0]);
  return [...lines];
}

/** `list.length + 1`, `last.id + 1`. */
function isPlusOne(expr: Expr): boolean {
  if (expr.k !== 'binary' || expr.op !== '+' || expr.right.k !== 'lit' || expr.right.v !== 1) return false;
  return (
    expr.left.k === 'member' && (expr.left.name === 'length' || expr.left.name === 'size' || ID.test(expr.left.name))
  );
}

/** The number of things there are, or the last one's, and one more. */
function isCountedUp(unit: Unit, value: Expr): boolean {
  if (has(value, isPlusOne)) return true;
  return (
    value.k === 'id' &&
    unit.facts.bindings[value.b]?.init !== undefined &&
    has(unit.facts.bindings[value.b]?.init as Expr, isPlusOne)
  );
}

/** `Date.now()`, `String(Date.now())`, `'order-' + Date.now()`: nothing beside the time tells two apart. */
function isClockOnly(program: Program, unit: Unit, value: Expr): boolean {
  if (value.k === 'text') {
    const own = value.parts.filter((part) => part.k !== 'lit');
    return own.length === 1 && isClockOnly(program, unit, own[0] as Expr);
  }
  if (value.k !== 'call') return false;
  const call = unit.facts.calls[value.c];
  const values = program.values(unit, value);
  if (values.length > 0 && values.every(({ value: known }) => known.kind === 'external' && NOW.test(known.api)))
    return true;
  const arg = call?.args[0];
  return (
    call?.callee.k === 'global' && call.callee.name === 'String' && arg !== undefined && isClockOnly(program, unit, arg)
  );
}

/** The function puts something into a database, or into what the process keeps. */
function isStored(program: Program, fn: Fn, cells: readonly StateCell[]): boolean {
  if (cells.some((cell) => cell.writes.some((write) => write.fn === fn && write.op === 'insert'))) return true;
  return program.callsIn(fn).some((call) => {
    const effect = program.effect(call);
    return effect?.writes && effect.kind === 'database' && effect.confidence !== 'low';
  });
}
