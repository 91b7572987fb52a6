import {
  answers,
  ApiTable,
  type Call,
  callsKnown,
  type Delay,
  delays,
  type Expr,
  type Fn,
  type Program,
  type Unit,
} from '../../src/api/index.js';

const TABLE = new ApiTable<Delay>(delays.map((entry) => ({ patterns: [entry.api], entry })));
/** A moment: shorter, and hardly anything stops in between. */
const MOMENT = 1000;
const SHORT = 5000;
const DEEPEST = 4;

export interface Delayed {
  readonly call: Call;
  readonly fns: readonly Fn[];
  /** "by 10 minutes", "to a given moment". */
  readonly words: string;
  readonly isShort: boolean;
  /** Why it is no work put off. */
  readonly reason?: string;
}

/** Calls that have a function run once, more than a moment later. */
export function delayed(program: Program): Delayed[] {
  const found: Delayed[] = [];
  for (const { call } of callsKnown(program, TABLE)) {
    if (call.fact.decorates) continue;
    const entries = program.apis(call).flatMap((api) => TABLE.find(api));
    for (const entry of entries) {
      const one = delayedBy(program, call, entry);
      if (!one) continue;
      found.push(one);
      break;
    }
  }
  return found;
}

function delayedBy(program: Program, call: Call, { work, after, at }: Delay): Delayed | undefined {
  const { unit, fact } = call;
  const given = fact.args[work];
  const fns = given ? program.functions(unit, given) : [];
  if (fns.length === 0) return undefined;
  if (at !== undefined) {
    const when = fact.args[at];
    return when && isMoment(program, unit, when)
      ? { call, fns, words: 'to a given moment', isShort: false }
      : undefined;
  }
  const length = after === undefined ? undefined : fact.args[after];
  if (!length) return undefined;
  const least = leastOf(program, unit, length);
  if (least !== undefined && least < MOMENT) return undefined;
  const reason = isCleared(call)
    ? 'an alarm that is taken back when the work is done in time'
    : fns.some((fn) => answers(program, fn, 0))
      ? 'a pause: somebody waits for what comes after it'
      : fns.some((fn) => leadsTo(program, fn, around(program, call.fn), 0))
        ? 'sets itself again'
        : program.reaches(call.fn).some(({ phase }) => phase === 'boot')
          ? 'set at the start of the process as well, from what is stored'
          : undefined;
  return {
    call,
    fns,
    words: least === undefined ? 'for some time' : `by ${spell(least)}`,
    isShort: least === undefined || least < SHORT,
    ...(reason ? { reason } : {}),
  };
}

function isMoment(program: Program, unit: Unit, expr: Expr): boolean {
  return program.values(unit, expr).some(({ value }) => value.kind === 'external' && value.api === 'global:Date()');
}

/** The shortest that a delay can be, where that can be told; of a product what its constant part says. */
function leastOf(program: Program, unit: Unit, expr: Expr): number | undefined {
  const known = program.known(unit, expr)?.value;
  if (typeof known === 'number') return known;
  const numbers = program
    .values(unit, expr)
    .flatMap(({ value }) => (value.kind === 'literal' && typeof value.value === 'number' ? [value.value] : []));
  if (numbers.length > 0) return Math.min(...numbers);
  if (expr.k === 'binary' && expr.op === '*') {
    const parts = [expr.left, expr.right].map((side) => leastOf(program, unit, side));
    if (parts.every((part) => part !== undefined)) return parts.reduce((a, b) => a * b, 1);
    // `minutes * 60_000`: at least one of them.
    const unitOf = parts.find((part) => part !== undefined);
    return unitOf !== undefined && unitOf >= MOMENT ? unitOf : undefined;
  }
  return undefined;
}

/** The timer is kept in a variable, and the code around takes it back: the alarm of one piece of work. */
function isCleared(call: Call): boolean {
  const { unit, fn } = call;
  const kept = unit.facts.bindings.findIndex(({ init }) => init?.k === 'call' && init.c === call.id);
  const assigned = unit.facts.accesses.find(
    ({ op, value }) => op === 'assign' && value?.k === 'call' && value.c === call.id,
  );
  if (kept < 0 && !assigned) return false;
  const owner = kept >= 0 ? kept : assigned?.target.k === 'id' ? assigned.target.b : -1;
  // A variable of the module, or a field, is one timer for all: what is put off there is put off again by the next.
  if (owner < 0 || unit.facts.bindings[owner]?.fn === 0) return false;
  return unit.facts.calls.some(
    ({ callee, args, fn: where }) =>
      callee.k === 'global' &&
      callee.name === 'clearTimeout' &&
      args[0]?.k === 'id' &&
      args[0].b === owner &&
      (where === fn.id || unit.facts.functions[where]?.parent !== 0),
  );
}

/** The function, and those that it is written in. */
function around(program: Program, fn: Fn): ReadonlySet<Fn> {
  const found = new Set<Fn>();
  for (let at = fn; at.id !== 0; at = program.fn(at.unit, at.fact.parent)) found.add(at);
  return found;
}

function leadsTo(program: Program, from: Fn, to: ReadonlySet<Fn>, depth: number): boolean {
  if (to.has(from)) return true;
  if (depth > DEEPEST) return false;
  return program
    .callsIn(from)
    .some((call) => program.callees(call).some((callee) => leadsTo(program, callee, to, depth + 2)));
}

function spell(milliseconds: number): string {
  const units: readonly [number, string][] = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
    [1000, 'second'],
  ];
  const [size, unit] = units.find(([one]) => milliseconds >= one) ?? [1, 'millisecond'];
  const count = Math.round(milliseconds / size);
  return count === 1 ? `a ${unit}`.replace('a hour', 'an hour') : `${count} ${unit}s`;
}
