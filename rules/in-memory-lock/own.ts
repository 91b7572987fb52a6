import {
  type Call,
  type Cls,
  type Expr,
  type Fn,
  isLock,
  isLockClass,
  isTaken,
  methodsOf,
  type Program,
  type Span,
  type StateAccess,
  type StateCell,
  type Unit,
  type Work,
  workAfter,
} from '../../src/api/index.js';
import { type Lock, type Taking, work } from './held.js';

/** How far up the callers of what takes a lock the work is looked for. */
const FARTHEST = 3;
/** What only takes the lock, for its callers to do the work. */
const ONLY_TAKES = /acquire|lock|take|enter|begin|claim|^try|obtain|reserve|mark|busy/i;
const TAKES =
  /^(?:acquire\w*|lock|run\w*|dispatch|with\w*|use|using|enter|take|exclusive\w*|synchroni[sz]e\w*|execute|guard|do|schedule|dispatch)$/i;
/** Flags and sets of keys: looked at, set, and cleared when the work is done. */
export function flagLocks(program: Program): Lock[] {
  return program.cells.flatMap((cell): Lock[] => {
    const isFlag = isLock(cell);
    const takings = cell.writes
      .filter((write) => (isFlag ? isTaken(cell, write) : isChained(program, cell, write)))
      .map((write) => takingBy(program, write, !isFlag));
    return takings.length === 0
      ? []
      : [
          {
            place: cell.place,
            unit: cell.unit,
            name: cell.name,
            kind: isFlag ? 'flag' : 'chain',
            holds: 'process',
            takings,
            cell,
          },
        ];
  });
}

/** `tail = tail.then(work)`: each waits for the one before. */
function isChained(program: Program, cell: StateCell, { op, fn, unit, value, place }: StateAccess): boolean {
  if ((op !== 'assign' && op !== 'insert') || !value || !holdsThen(program, unit, value, 0)) return false;
  const reads = cell.reads.filter((read) => read.fn === fn);
  if (reads.length === 0) return false;
  const origins = program.origins(unit, value, place.span);
  return origins.some(({ expr }) => reads.some(({ fact }) => isExpr(unit, expr, fact)));
}

function isExpr(unit: Unit, expr: Expr, fact: StateAccess['fact']): boolean {
  return 'target' in fact ? fact.target === expr : expr.k === 'call' && unit.facts.calls[expr.c] === fact;
}

/** A promise chained on to another, by itself or through a variable. */
function holdsThen(program: Program, unit: Unit, expr: Expr, depth: number): boolean {
  if (depth > 4) return false;
  if (expr.k === 'id') {
    const init = unit.facts.bindings[expr.b]?.init;
    return init !== undefined && holdsThen(program, unit, init, depth + 1);
  }
  if (expr.k !== 'call') return false;
  const callee = unit.facts.calls[expr.c]?.callee;
  if (callee?.k !== 'member') return false;
  return (
    callee.name === 'then' ||
    (/^(?:catch|finally)$/.test(callee.name) && holdsThen(program, unit, callee.of, depth + 1))
  );
}

function takingBy(program: Program, write: StateAccess, isChain: boolean): Taking {
  const { unit, fn, place } = write;
  const works = isChain ? work(program, [fn, ...chained(program, fn)]) : [workFrom(program, fn, place.span, 0)];
  return { unit, fn, place, site: write, works, fns: [fn] };
}

/** What callers hand over to run when its turn comes: `tail.then(task)`. */
function chained(program: Program, fn: Fn): Fn[] {
  return program
    .callsIn(fn)
    .filter(({ fact: { callee } }) => callee.k === 'member' && callee.name === 'then')
    .flatMap(({ unit, fact: { args } }) => args.slice(0, 1).flatMap((arg) => program.functions(unit, arg)));
}

/** What a function does after it has taken the lock; where it does nothing, what its callers do after calling it. */
function workFrom(program: Program, fn: Fn, after: Span, depth: number): Work {
  const own = workAfter(program, fn, after);
  if (own.effects.some(({ writes }) => writes) || depth >= FARTHEST || !ONLY_TAKES.test(fn.fact.name)) return own;
  const others = program.callers(fn).map((call) => workFrom(program, call.fn, call.fact.span, depth + 1));
  return {
    effects: [own, ...others].flatMap(({ effects }) => effects),
    guards: [own, ...others].flatMap(({ guards }) => guards),
    unknown: [own, ...others].some(({ unknown }) => unknown),
    unresolved: [],
  };
}

/** Classes of the project that are locks: named so, and made of nothing that others could see. */
export function classLocks(program: Program): Lock[] {
  const locks: Lock[] = [];
  for (const unit of program.units) {
    if (unit.vendored || !(unit.roles.has('server') || unit.roles.has('worker'))) continue;
    unit.facts.classes.forEach((fact, id) => {
      if (isLockClass(program, { unit, id, fact })) locks.push(...objectsOf(program, unit, id));
    });
  }
  return locks;
}

/** The objects made of a lock class that are kept, with what is done under each. */
function objectsOf(program: Program, unit: Unit, id: number): Lock[] {
  const { name } = unit.facts.classes[id] as Cls['fact'];
  const byMade = new Map<Call, { takings: Taking[]; first: Call }>();
  for (const method of methodsOf(program, unit, id)) {
    if (!TAKES.test(method.fact.name)) continue;
    for (const call of program.callers(method)) {
      if (call.fact.callee.k !== 'member') continue;
      for (const { value } of program.values(call.unit, call.fact.callee.of)) {
        if (value.kind !== 'instance' || !value.call || value.cls.fact.name !== name || !program.keeps(value.call))
          continue;
        const known = byMade.get(value.call) ?? { takings: [], first: call };
        known.takings.push(takingOfCall(program, call));
        byMade.set(value.call, known);
      }
    }
  }
  return [...byMade].map(([made, { takings, first }]) => ({
    place: { file: made.unit.file, span: made.fact.span },
    unit: made.unit,
    name: program.text(first.unit, (first.fact.callee as Expr & { k: 'member' }).of),
    kind: `\`${name}\``,
    holds: 'process',
    takings,
  }));
}

function takingOfCall(program: Program, call: Call): Taking {
  const { unit, fn, fact } = call;
  const handed = fact.args.flatMap((arg) => program.functions(unit, arg));
  const works = handed.length > 0 ? work(program, handed) : [workAfter(program, fn, fact.span)];
  return {
    unit,
    fn,
    place: { file: unit.file, span: fact.span },
    site: call,
    works,
    fns: handed.length > 0 ? handed : [fn],
  };
}
