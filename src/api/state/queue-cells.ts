import { debounces } from '../../knowledge/memory-queues.js';
import { ApiTable } from '../../knowledge/api-table.js';
import type { Effect, Fn, Program, Reach, StateAccess, StateCell } from '../../model/program.js';
import type { Place } from '../../model/span.js';
import { callsKnown, callsOfMember } from '../calls.js';
import { once } from '../once.js';
import { served, type Served, surest, USER_PHASES } from '../serving.js';

/*
 * State that waits: items that somebody works off later, and what is gathered to be saved at one go.
 */

const DEBOUNCE = new ApiTable(
  [...debounces, { api: '{global:,timers:}setTimeout' }].map((entry) => ({ patterns: [entry.api], entry })),
);
/** What is measured or logged is lost with less harm. */
const OBSERVED =
  /(?:^|[a-z_.#])(?:log|logs|metric|metrics|trace|traces|span|spans|telemetry|analytics)(?:$|[A-Z_])|^(?:log|metric|trace|span|telemetry|analytics)/i;
const OUTSIDE: ReadonlySet<Effect['kind']> = new Set<Effect['kind']>([
  'database',
  'http',
  'mail',
  'publish',
  'enqueue',
  'file',
]);

/** A list that is filled while a user is served and worked off one by one. */
export function isQueue(program: Program, cell: StateCell): boolean {
  if (cell.shape === 'queue') return true;
  const isCalled = (write: StateAccess, names: RegExp) =>
    'callee' in write.fact && write.fact.callee.k === 'member' && names.test(write.fact.callee.name);
  // `class PrintQueue`: lists within what it keeps are pushed to and taken from, whatever they are called.
  const isNamed = cell.kind === 'field' && /Queue$/.test(cell.cls?.fact.name ?? '');
  if (
    isNamed &&
    (cell.shape === 'map' || cell.shape === 'value') &&
    cell.writes.some((write) => isCalled(write, /^(?:push|unshift)$/)) &&
    cell.writes.some(
      (write) =>
        isCalled(write, /^(?:shift|pop|splice)$/) &&
        program.effects(write.fn).effects.some(({ kind, writes }) => writes && OUTSIDE.has(kind)),
    )
  )
    return true;
  // What others look through is a list of things that are there, not of work.
  const own = new Set(cell.writes.map(({ fn }) => fn));
  return (
    (cell.shape === 'map' || cell.shape === 'value') &&
    cell.reads.every(({ fn }) => own.has(fn)) &&
    cell.writes.some((write) => isCalled(write, /^push$/)) &&
    // A list that only forgets its oldest is none.
    cell.writes.some(
      (write) =>
        isCalled(write, /^shift$/) &&
        program.effects(write.fn).effects.some(({ kind, writes }) => writes && OUTSIDE.has(kind)),
    )
  );
}

/** What is gathered in memory, and saved at one go by a timer. */
export interface Buffer {
  readonly gathered: Served;
  /** The function that empties and saves it, how it comes to run, and what it does. */
  readonly saver: Fn;
  readonly reach: Reach;
  readonly effect: Effect;
  /** A function of the shutdown that saves it too. */
  readonly flush?: Reach;
}

/** Filled while a user is served; a function that a timer runs, and users do not, empties it and writes it outside. */
export function bufferOf(program: Program, cell: StateCell): Buffer | undefined {
  if (cell.unit.vendored || cell.kind === 'environment' || OBSERVED.test(cell.name)) return undefined;
  const gathered = surest(
    served(program, cell.writes.filter(gathers)).filter(({ reach }) => USER_PHASES.includes(reach.phase)),
  );
  if (!gathered) return undefined;
  for (const write of cell.writes) {
    if (!empties(write)) continue;
    const saver = write.fn;
    if (saver === gathered.access.fn || !(write.op === 'remove' || cell.reads.some(({ fn }) => isWithin(fn, saver))))
      continue;
    const reach = later(program, saver);
    const effect = reach && program.unguarded(saver).effects.find((one) => one.writes && OUTSIDE.has(one.kind));
    if (!effect) continue;
    const saving = cell.reads
      .filter(({ fn }) => program.effects(fn).effects.some((one) => one.writes && OUTSIDE.has(one.kind)))
      .map(({ fn }) => fn);
    const flush =
      saving.flatMap((fn) => program.reaches(fn)).find(({ phase }) => phase === 'shutdown') ??
      saving
        .flatMap((fn) => [fn, ...program.callers(fn).map((call) => call.fn)])
        .flatMap((fn) => stopping(program).get(fn) ?? [])[0];
    return { gathered, saver, reach, effect, ...(flush ? { flush } : {}) };
  }
  return undefined;
}

/** What is run when a signal is aborted that the process was handed at its start: `signal.addEventListener('abort', drain)`. */
const stopping = once((program: Program): ReadonlyMap<Fn, Reach> => {
  const found = new Map<Fn, Reach>();
  for (const { unit, fn, fact } of callsOfMember(program, new Set(['addEventListener']))) {
    const [event, listener] = fact.args;
    const reaches = program.reaches(fn);
    const boot = reaches.find(({ phase }) => phase === 'boot');
    // A request's own signal says that its client is gone.
    if (event?.k !== 'lit' || event.v !== 'abort' || !listener || !boot || reaches.some(isForUser)) continue;
    for (const one of program.functions(unit, listener)) found.set(one, { ...boot, label: 'an abort signal' });
  }
  return found;
});

function isForUser({ phase }: Reach): boolean {
  return USER_PHASES.includes(phase);
}

/** It is done to save what this very process gathered while it served: each has to do that for itself. */
export function savesOwn(program: Program, { path }: Effect): boolean {
  return path.some((place) => savers(program).some((saver) => standsIn(place, saver)));
}

/** The functions that empty what others fill while serving, having read it. */
const savers = once((program: Program): readonly Fn[] =>
  program.cells.flatMap((cell) => {
    if (cell.unit.vendored || cell.kind === 'environment') return [];
    const gathered = served(program, cell.writes.filter(gathers)).map(({ access }) => access.fn);
    return cell.writes.filter((write) => empties(write) && isTakenBy(cell, write, gathered)).map(({ fn }) => fn);
  }),
);

/** The function that empties it has looked at it, and is none of those that fill it. */
function isTakenBy(cell: StateCell, { op, fn }: StateAccess, gathered: readonly Fn[]): boolean {
  return (
    gathered.some((other) => other !== fn) &&
    !gathered.includes(fn) &&
    (op === 'remove' || cell.reads.some((read) => isWithin(read.fn, fn)))
  );
}

function standsIn({ file, span }: Place, { unit, fact }: Fn): boolean {
  const [line, column, endLine, endColumn] = fact.span;
  return (
    file === unit.file &&
    (span[0] > line || (span[0] === line && span[1] >= column)) &&
    (span[2] < endLine || (span[2] === endLine && span[3] <= endColumn))
  );
}

function gathers({ op, value, fact }: StateAccess): boolean {
  if (op === 'insert') return true;
  const isChanged = 'operator' in fact && fact.operator !== undefined && !/^(?:\?\?=|\|\|=|&&=)$/.test(fact.operator);
  // `buffer = [...buffer, item]`
  return (
    (op === 'update' || op === 'assign') &&
    (isChanged || (value?.k === 'array' && value.items.some(({ k }) => k === 'spread')))
  );
}

/** All of it is taken: `buffer = []`, `counts.clear()`, `buffer.splice(0)`, `total = 0`. */
function empties({ op, value, fact }: StateAccess): boolean {
  if (op === 'clear') return true;
  if (op === 'assign') {
    if ('operator' in fact && fact.operator !== undefined) return false;
    return (
      (value?.k === 'array' && value.items.length === 0) ||
      (value?.k === 'object' && value.props.length === 0) ||
      (value?.k === 'lit' && (value.v === 0 || value.v === '' || value.v === null)) ||
      value?.k === 'call'
    );
  }
  if (op !== 'remove' || !('callee' in fact) || fact.callee.k !== 'member' || fact.callee.name !== 'splice')
    return false;
  // `list.splice(at, 1)` takes one of them out.
  const [from] = fact.args;
  return from?.k === 'lit' && from.v === 0;
}

/** A timer or a debounced call brings it to run. */
function later(program: Program, fn: Fn): Reach | undefined {
  const ways = program.reaches(fn);
  const job = ways.find(({ phase, weak }) => !weak && phase === 'job');
  if (job) return job;
  return putOff(program).has(fn) ? (ways.find(({ phase }) => USER_PHASES.includes(phase)) ?? ways[0]) : undefined;
}

/** The functions that timers and debounced calls are handed. */
const putOff = once((program: Program): ReadonlySet<Fn> => {
  const found = new Set<Fn>();
  for (const { call } of callsKnown(program, DEBOUNCE)) {
    const [first] = call.fact.args;
    for (const fn of first ? program.functions(call.unit, first) : []) found.add(fn);
  }
  return found;
});

function isWithin({ unit, id }: Fn, outer: Fn): boolean {
  if (unit !== outer.unit) return false;
  let at = id;
  for (; at !== outer.id && at !== 0; at = unit.facts.functions[at]?.parent ?? 0);
  return at === outer.id;
}
