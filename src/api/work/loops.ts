import type { Expr } from '../../model/facts.js';
import type { Call, Fn, Program, Unit } from '../../model/program.js';
import type { Span } from '../../model/span.js';
import { callsWith } from '../calls.js';
import { once } from '../once.js';
import { isAfterFailure, waitsForWork } from './waits.js';

/*
 * What goes round for as long as the process lives without a scheduler: timers that set themselves again, loops that wait.
 */

/** The functions that go round: their rounds are a job's, also the first, which the start begins. */
export const goingRound = once((program: Program): ReadonlySet<Fn> => {
  const found = new Set<Fn>(pauses(program).map(({ fn }) => fn));
  for (const call of callsWith(program, (api) => TIMER.test(api))) {
    const jobs = call.fact.args[0] ? program.functions(call.unit, call.fact.args[0]) : [];
    if (rearms(program, call, jobs)) for (const fn of [call.fn, ...jobs]) found.add(fn);
  }
  return found;
});

/** Something that waits for a time and goes on. `length` is the argument that says how long. */
export interface Pause {
  readonly call: Call;
  /** The function that goes round. */
  readonly fn: Fn;
  readonly length?: number;
}

const SLEEPS =
  /^(?:timers\/promises:(?:setTimeout|scheduler\.wait)|(?:delay|p-sleep|sleep-promise|@supercharge\/delay):\w*)$/;
const TIMER = /^(?:global:|timers:|unlimited-timeout:)setTimeout$/;
const PROMISED = /^global:Promise\/0\.0$/;

/** The timer's callback sets the timer again: `const tick = () => { …; setTimeout(tick, ms) }`. */
export function rearms(program: Program, call: Call, jobs: readonly Fn[]): boolean {
  if (call.fact.decorates || waitsForWork(program, call)) return false;
  const { unit } = call;
  const wanted = new Map<Fn, readonly number[]>();
  // The conditions between a function and the timer in it: those of the functions written in between as well.
  let when = call.fact.when;
  for (let fn = call.fn; fn.id !== 0; fn = program.fn(fn.unit, fn.fact.parent)) {
    wanted.set(fn, when);
    // What it is set from after a failure is tried again, and not done again.
    if (jobs.includes(program.fn(fn.unit, fn.fact.parent)) && isAfterFailure(program, fn)) return false;
    when = [...when, ...fn.fact.when];
  }
  const seen = new Set<Fn>();
  let queue = [...jobs];
  for (let depth = 0; depth < 4 && queue.length; depth++) {
    const next: Fn[] = [];
    for (const fn of queue) {
      const way = depth > 0 || fn === call.fn ? wanted.get(fn) : undefined;
      if (way) return !way.some((id) => ends(program, unit, fn, id));
      if (seen.has(fn)) continue;
      seen.add(fn);
      for (const inner of program.callsIn(fn)) {
        // Called again only while there is something left, or with what comes next.
        if (inner.fact.when.some((id) => ends(program, fn.unit, fn, id))) continue;
        const called = program.callees(inner);
        if (called.some((to) => wanted.has(to)) && goesForward(inner.fact.args)) continue;
        next.push(...called, ...inner.fact.args.flatMap((arg) => (arg.k === 'fn' ? [program.fn(fn.unit, arg.f)] : [])));
      }
    }
    queue = next;
  }
  return false;
}

/** `next(start + size)`: the end of what there is will be reached. */
function goesForward(args: readonly Expr[]): boolean {
  return args.some(
    (arg) =>
      (arg.k === 'binary' && /^[+-]$/.test(arg.op) && [arg.left, arg.right].some(({ k }) => k === 'id')) ||
      (arg.k === 'object' && goesForward(arg.props.map(({ value }) => value))),
  );
}

/** What is left, how often it failed, how many there are: such a loop ends when its work is done. */
const COUNTS =
  /^(?:length|size|count|total|retr(?:y|ies)\w*|\w*retr(?:y|ies)|attempts?\w*|\w*attempts?|tries|remaining\w*|pending\w*|hasMore|hasNext\w*|nextPage|more|left|done|finished|failed|errors?|queue\w*|backlog)$/i;

/** The way goes on only while there is something left: a queue drained in portions, a retry, a page after the other. */
function ends(program: Program, unit: Unit, fn: Fn, id: number): boolean {
  const condition = unit.facts.conditions[id];
  if (!condition) return false;
  // Set again only after a failure: a retry, which ends with its success.
  if (condition.kind === 'catch' || saysFailure(unit, condition.test, condition.sense)) return true;
  const visit = (expr: Expr): boolean => {
    switch (expr.k) {
      case 'unary':
      case 'await':
        return visit(expr.of);
      case 'other':
        return expr.parts.some(visit);
      case 'logic':
        return visit(expr.left) || visit(expr.right);
      case 'binary':
        return /^[<>]=?$/.test(expr.op)
          ? // `if (interval > 0)` asks whether there is a timer at all.
            ![expr.left, expr.right].some((side) => side.k === 'lit') ||
              [expr.left, expr.right].some((side) => visit(side) || isCounted(program, unit, fn, side))
          : visit(expr.left) || visit(expr.right);
      case 'member':
        return COUNTS.test(expr.name);
      case 'id':
        return COUNTS.test(program.text(unit, expr));
      case 'call': {
        const { callee } = unit.facts.calls[expr.c] as Call['fact'];
        return callee.k === 'member' && /^(?:some|every)$/.test(callee.name);
      }
      default:
        return false;
    }
  };
  return visit(condition.test);
}

/** `if (err)` in a callback that is handed the failure first. */
function saysFailure(unit: Unit, test: Expr, sense: boolean): boolean {
  if (test.k === 'unary' && test.op === '!') return saysFailure(unit, test.of, !sense);
  const fact = test.k === 'id' ? unit.facts.bindings[test.b] : undefined;
  return sense && fact?.param?.index === 0 && !fact.param.path && /^(?:e|err|error|ex|exception)$/i.test(fact.name);
}

/** `this.left = this.left - step`, `n--`: what is counted here. */
function isCounted(program: Program, unit: Unit, fn: Fn, side: Expr): boolean {
  // `tries++ < 5`
  if (side.k === 'other') return side.parts.some((part) => isCounted(program, unit, fn, part));
  if (side.k !== 'member' && side.k !== 'id') return false;
  const name = program.text(unit, side);
  return unit.facts.accesses.some(
    ({ fn: where, op, operator, target, value }) =>
      where === fn.id &&
      program.text(unit, target) === name &&
      (op === 'update' ||
        /^[+-]/.test(operator ?? '') ||
        (op === 'assign' && value?.k === 'binary' && program.text(unit, value.left) === name)),
  );
}

/** Loops without an end that pause between their rounds, one a function. */
export function pauses(program: Program): readonly Pause[] {
  const found = new Map<Fn, Pause>();
  for (const { call, length } of sleeps(program)) {
    const { fn } = call;
    if (fn.id === 0 && !call.fact.loop) continue;
    const isLoop = call.fact.loop ? goesOnForever(program, call) : callsItself(program, fn, call);
    if (isLoop && !found.has(fn)) found.set(fn, { call, fn, ...(length === undefined ? {} : { length }) });
  }
  return [...found.values()];
}

/** Calls that wait: of packages, of functions that do nothing else, and `new Promise((r) => setTimeout(r, ms))` on the spot. */
function sleeps(program: Program): readonly { readonly call: Call; readonly length?: number }[] {
  const found: { call: Call; length?: number }[] = [];
  const sleepers = new Set<Fn>();
  for (const call of callsWith(program, (api) => SLEEPS.test(api) || TIMER.test(api))) {
    const apis = program.apis(call);
    if (apis.some((api) => SLEEPS.test(api))) found.push({ call, length: 0 });
    if (!apis.some((api) => TIMER.test(api)) || !goesOn(program, call)) continue;
    const outer = program.fn(call.unit, call.fn.fact.parent);
    const calls = program.callsIn(outer);
    const made = calls.find(({ fact }) => fact.new && fact.args.some((arg) => arg.k === 'fn' && arg.f === call.fn.id));
    if (!made) continue;
    if (calls.length === 1 && outer.id !== 0) sleepers.add(outer);
    else found.push({ call: made });
  }
  if (sleepers.size > 0)
    for (const fn of sleepers) for (const call of program.callers(fn)) found.push({ call, length: 0 });
  return found;
}

/** The timer does nothing but resolve the promise. */
function goesOn(program: Program, timer: Call): boolean {
  const [first] = timer.fact.args;
  if (!first) return false;
  const isResolve = (expr: Expr) =>
    program.values(timer.unit, expr).some(({ value }) => value.kind === 'external' && PROMISED.test(value.api));
  if (first.k !== 'fn') return isResolve(first);
  const calls = program.callsIn(program.fn(timer.unit, first.f));
  return calls.length === 1 && isResolve((calls[0] as Call).fact.callee);
}

/** The loop around is left by nothing that its own rounds find out. */
function goesOnForever(program: Program, call: Call): boolean {
  const { unit, fn } = call;
  const { conditions } = unit.facts;
  const at = call.fact.when.findLastIndex((id) => conditions[id]?.kind === 'loop');
  const loop = conditions[call.fact.when[at] ?? -1];
  if (!loop || !isSwitch(program, unit, fn, loop.test)) return false;
  // What stands behind a `break` or `return`, or comes only after a failure, waits for something.
  const further = call.fact.when.slice(at + 1).map((id) => conditions[id]);
  if (further.some((one) => one && (one.kind === 'catch' || !isSwitch(program, unit, fn, one.test)))) return false;
  // Nor is it known where an `if` behind the pause leads.
  if (conditions.some(({ span }) => isAfter(span, call.fact.span) && span[0] <= loop.span[2])) return false;
  const id = call.fact.when[at] as number;
  return fn.fact.returns.every(
    ({ when }) =>
      !when.includes(id) ||
      (when.slice(when.indexOf(id) + 1).every((one) => {
        const test = conditions[one]?.test;
        return test !== undefined && test.k !== 'lit' && isSwitch(program, unit, fn, test);
      }) &&
        when.at(-1) !== id),
  );
}

function isAfter([line, column]: Span, [other, at]: Span): boolean {
  return line > other || (line === other && column > at);
}

/** `true`, `running`, `!this.stopped`, `!signal.aborted`: nothing that the function itself finds out. */
function isSwitch(program: Program, unit: Unit, fn: Fn, test: Expr): boolean {
  switch (test.k) {
    case 'lit':
      return Boolean(test.v);
    case 'unary':
      return test.op === '!' && isSwitch(program, unit, fn, test.of);
    case 'logic':
      return isSwitch(program, unit, fn, test.left) && isSwitch(program, unit, fn, test.right);
    case 'id': {
      const fact = unit.facts.bindings[test.b];
      if (!fact || COUNTS.test(fact.name)) return false;
      return fact.fn === fn.id ? fact.kind === 'param' : !isSet(program, unit, fn, test);
    }
    case 'member': {
      if (COUNTS.test(test.name)) return false;
      let root: Expr = test;
      while (root.k === 'member') root = root.of;
      // What it has from a place of its own is what it found out.
      const local = root.k === 'id' ? unit.facts.bindings[root.b] : undefined;
      return !(local && local.fn === fn.id && local.kind !== 'param') && !isSet(program, unit, fn, test);
    }
    default:
      return false;
  }
}

function isSet(program: Program, unit: Unit, fn: Fn, target: Expr): boolean {
  const name = program.text(unit, target);
  return unit.facts.accesses.some(
    (access) => access.fn === fn.id && access.op !== 'read' && program.text(unit, access.target) === name,
  );
}

/** `await work(); await sleep(ms); return loop();`, `sleep(ms).then(loop)`. */
function callsItself(program: Program, fn: Fn, pause: Call): boolean {
  if (pause.fact.when.some((id) => ends(program, fn.unit, fn, id))) return false;
  const isAgain = (inner: Call) => {
    if (inner.fact.when.some((id) => ends(program, fn.unit, fn, id)) || goesForward(inner.fact.args)) return false;
    const { callee, args } = inner.fact;
    // A method of the same name on another object is not sure to be this one.
    const isOwn = callee.k !== 'member' || callee.of.k === 'this';
    if (isOwn && program.callees(inner).includes(fn)) return true;
    return (
      callee.k === 'member' &&
      /^(?:then|finally)$/.test(callee.name) &&
      args.some((arg) => {
        const [handed] = program.functions(fn.unit, arg);
        return (
          handed === fn ||
          (handed !== undefined && program.callsIn(handed).some((call) => program.callees(call).includes(fn)))
        );
      })
    );
  };
  return program.callsIn(fn).some(isAgain);
}
