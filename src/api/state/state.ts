import type { Confidence, Evidence, Severity } from '../../model/finding.js';
import type { Condition, Program, Reach, Setting, StateAccess, StateCell, StateShape } from '../../model/program.js';
import type { RuleContext } from '../../model/rule.js';
import { doubtsOfReach } from '../doubts.js';
import { unitOf } from '../calls.js';
import { served, type Served, surest, USER_PHASES } from '../serving.js';
import { isSetUpOnce } from '../work/set-up.js';
import { changing } from './touches.js';

/*
 * What the rules about state in memory have in common: whether a cell is a hazard at all. Which of them speaks of it is told
 * by its shape.
 */

/** Why a shape is no hazard; the rest is. */
const SAFE: Partial<Record<StateShape, string>> = {
  registry: 'filled while the process starts and only read afterwards',
  handle: 'a handle of this process, made when first needed',
  'single-flight': 'an entry lives only as long as the work that put it there, in the same process',
  metrics: 'only measured or logged, by each instance for itself',
  constant: 'the same value on every instance',
  current: 'kept beside an object of this process, and gone with it',
  cache: 'filled on a miss from what is stored elsewhere; nothing else changes it',
};

const OWN_TIMER = 'a copy that every instance refreshes by its own timer';

/** A cell that is changed while serving and read back, and what tells most of it. */
export interface StateHazard {
  readonly cell: StateCell;
  readonly write: Served;
  readonly read: Served;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly setting: Setting;
  /** Each handler that puts an entry in also looks it up and takes it out: what one run of it needs, most likely. */
  readonly isOfOneRun?: boolean;
}

/** Whether each instance having its own copy of a cell is wrong. Says why not in the context's silent candidates. */
export function judgeState(context: RuleContext, cell: StateCell): StateHazard | undefined {
  const { program } = context;
  const writes = inProcess(program, cell, served(program, cell.writes));
  const reads = asked(cell, inProcess(program, cell, served(program, cell.reads))).filter(({ access }) =>
    writes.some((write) => isSamePart(write.access, access)),
  );
  const byUser = writes.filter((write) => USER_PHASES.includes(write.reach.phase) && !isBroadcast(program, write));
  const silence = (reason: string) => {
    const because = writes[0]?.access.place;
    context.safe({ ...cell.place, reason: `\`${cell.name}\`: ${reason}`, ...(because ? { because } : {}) });
    return undefined;
  };
  // As what a package keeps in node_modules would be.
  if (cell.unit.vendored) return silence('kept by a copied library for itself');
  const reason = whySafe(program, cell, writes, byUser, reads);
  if (reason) return silence(reason);
  const lasting = (byUser.length ? byUser : writes).filter(
    (write) => !isSetUpOnce(program, conditionsOf(program, write)),
  );
  if (lasting.length === 0) return silence('set once in each process, when the first request comes');
  const inProduction = lasting
    .map((write) => ({ write, setting: settingOf(program, write) }))
    .filter(({ setting }) => !setting.developmentOnly && !setting.never);
  const always = inProduction.find(({ setting }) => setting.when === 'always') ?? inProduction[0];
  if (!always) return silence('changed only outside production, or where an option asks for it that is never set');

  const candidates = inProduction
    .filter(({ setting }) => setting.when === always.setting.when)
    .map((candidate) => candidate.write);
  const write =
    surest(cell.shape === 'cache' ? removals(program, cell, candidates) : candidates) ??
    surest(candidates) ??
    always.write;
  // Most telling is a read that others than the writer bring about.
  const others = reads.filter(
    ({ access, reach }) =>
      access !== write.access &&
      isSamePart(write.access, access) &&
      !reach.weak &&
      USER_PHASES.includes(reach.phase) &&
      reach.label !== write.reach.label,
  );
  const read =
    surest(others) ?? surest(reads.filter(({ access }) => access !== write.access)) ?? surest(reads) ?? write;
  const isMild = cell.shape === 'cooldown';
  const severity = isMild
    ? 'info'
    : byUser.length && reads.some(({ reach }) => USER_PHASES.includes(reach.phase))
      ? 'error'
      : 'warning';
  const isOfOneRun = cell.shape === 'map' && keepsToHandlers(program, cell);
  const sure = isOfOneRun ? 'low' : confidence(cell, write, read);
  return { cell, write, read, severity, confidence: sure, setting: always.setting, isOfOneRun };
}

/** Helpers are loaded by several processes; what a handler of one makes them do is not done in another. */
function inProcess(program: Program, cell: StateCell, accesses: readonly Served[]): readonly Served[] {
  if (cell.kind !== 'module' && cell.kind !== 'closure') return accesses;
  return accesses.filter(({ reach }) => {
    const begun = reach.path.find(({ role }) => role === 'registered');
    const unit = begun && unitOf(program, begun.file);
    return !unit || program.sharedBy(cell.unit, unit);
  });
}

/** Whoever puts entries in also reads and removes them, and nobody else does. */
function keepsToHandlers(program: Program, { writes, reads }: StateCell): boolean {
  const isRemoval = ({ op }: StateAccess) => op === 'remove' || op === 'clear';
  // What a timer takes out outlives the run that has put it in.
  if (writes.some((write) => isRemoval(write) && isOnTimer(program, write))) return false;
  const [put, looked, taken] = [writes.filter((write) => !isRemoval(write)), reads, writes.filter(isRemoval)].map(
    (accesses) => {
      const ways = accesses.flatMap(({ fn }) => program.reaches(fn).filter(({ phase }) => USER_PHASES.includes(phase)));
      // Of a socket only its connection may be known, through which everything goes.
      return ways.some(({ phase }) => phase === 'socket') ? '' : [...new Set(ways.map(handlerOf))].sort().join();
    },
  );
  return put !== '' && put === looked && put === taken;
}

/** Which handler it is: of paths that are put together the label may be no more than `GET`. */
function handlerOf({ label, path }: Reach): string {
  const begun = path.find(({ role }) => role === 'registered');
  return begun ? `${label} ${begun.file}:${begun.span[0]}` : label;
}

/** A flag that is asked only by what puts work into a list of the same object instead. */
function ownQueue(program: Program, cell: StateCell): StateCell | undefined {
  if (cell.shape !== 'flag' || cell.reads.length === 0) return undefined;
  return program.cells.find(
    (other) =>
      other.shape === 'queue' &&
      other.unit === cell.unit &&
      other.cls === cell.cls &&
      cell.reads.every((read) => other.writes.some(({ fn, op }) => fn === read.fn && op === 'insert')),
  );
}

function isOnTimer(program: Program, { unit, fn }: StateAccess): boolean {
  if (fn.id === 0) return false;
  return program
    .callsIn(program.fn(unit, fn.fact.parent))
    .some(
      (call) =>
        call.fact.args.some((arg) => arg.k === 'fn' && arg.f === fn.id) &&
        program.apis(call).some((api) => /^(?:global|timers):setTimeout$/.test(api)),
    );
}

/** The same function runs on every instance when a message tells all of them, so that one which a handler runs as well is made good. */
function isBroadcast(program: Program, { access, reach }: Served): boolean {
  if (reach.everyInstance) return true;
  const told = program.reaches(access.fn).find((other) => other.everyInstance);
  return told !== undefined && settingOf(program, { access, reach: told }).when === 'always';
}

/** What a message to all instances looks up is found by the one that has it; where there is one, the functions that write only keep the books. */
function asked(cell: StateCell, reads: readonly Served[]): readonly Served[] {
  const others = reads.filter(({ reach }) => !reach.everyInstance);
  if (others.length === reads.length) return reads;
  return others.filter(({ access }) => !cell.writes.some(({ fn }) => fn === access.fn));
}

/** One is the other, or a part of it: what is written to `config.setup` is not seen by who reads `config.title`. */
function isSamePart({ path: a }: StateAccess, { path: b }: StateAccess): boolean {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i] && a[i] !== '*' && b[i] !== '*') return false;
  return true;
}

function settingOf(program: Program, write: Served): Setting {
  return program.setting(conditionsOf(program, write));
}

function conditionsOf(program: Program, { access, reach }: Served): readonly Condition[] {
  return program.conditions({ unit: access.unit, fn: access.fn, fact: access.fact }, reach.phase);
}

/** Fields of one class, or variables of one file, that the same functions change are one matter: the state of one piece of work. */
export function together<T extends { readonly cell: StateCell }>(hazards: readonly T[]): T[][] {
  const groups: T[][] = [];
  for (const hazard of hazards) {
    const group = groups.find((candidate) => candidate.some((other) => belong(hazard.cell, other.cell)));
    if (group) group.push(hazard);
    else groups.push([hazard]);
  }
  return groups;
}

function belong(a: StateCell, b: StateCell): boolean {
  // Parts of one object.
  if (a.place.file === b.place.file && a.place.span[0] === b.place.span[0] && a.place.span[1] === b.place.span[1])
    return true;
  if (a.unit !== b.unit || a.kind !== b.kind || a.cls !== b.cls) return false;
  // Settings that are kept in the environment are settings, whichever of them a handler changes.
  if (a.kind === 'environment') return true;
  return a.writes.some((write) => b.writes.some(({ fn }) => fn === write.fn));
}

function whySafe(
  program: Program,
  cell: StateCell,
  writes: readonly Served[],
  byUser: readonly Served[],
  reads: readonly Served[],
): string | undefined {
  if (writes.length === 0) return cell.writes.length ? 'no write is reached while serving' : SAFE.registry;
  const safe = SAFE[cell.shape];
  if (safe && !(cell.shape === 'cache' && removals(program, cell, byUser).length > 0)) return safe;
  const queue = ownQueue(program, cell);
  if (queue) return `only says whether work is taken from \`${queue.name}\`, which is a matter of its own`;
  if (reads.length === 0)
    return served(program, cell.reads).length > 0
      ? 'looked up only when a message reaches every instance'
      : 'never read while serving';
  if (byUser.length === 0 && writes.some((write) => isBroadcast(program, write)))
    return 'a copy that every instance refreshes when a message tells all of them';
  if (writes.every(({ access }) => isRebuiltByTimer(program, cell, access))) return OWN_TIMER;
  if (isRebuiltByEveryRequest(byUser)) return 'read anew from its source before each request uses it';
  if (byUser.length > 0) return cell.shape === 'session-store' ? 'reported as in-memory-session' : undefined;
  if (cell.shape === 'flag') return 'a flag about this process itself, flipped by its own events';
  if (writes.every(({ reach }) => reach.phase === 'event')) return 'changed only by events of this process';
  if (reads.every(({ reach }) => reach.phase === 'job' || reach.phase === 'event'))
    return "a job's own memory, which nothing else reads";
  return OWN_TIMER;
}

/** Middleware of all requests empties the copy and fills it again, so that no request meets an old one. */
function isRebuiltByEveryRequest(byUser: readonly Served[]): boolean {
  const isFresh = (value: StateAccess['value']) =>
    (value?.k === 'object' && value.props.length === 0) || (value?.k === 'array' && value.items.length === 0);
  return (
    // Whatever others change in between, no request sees it.
    byUser.some(
      ({ access: { fn, value }, reach }) =>
        fn.fact.params.length === 0 && isFresh(value) && /^(?:ALL \*|ALL \/\*|middleware)$/i.test(reach.label),
    )
  );
}

/** The function fills the whole copy anew, and a schedule of every instance runs it, whoever else may. */
function isRebuiltByTimer(program: Program, { shape, writes }: StateCell, { fn }: StateAccess): boolean {
  if (shape !== 'snapshot' && shape !== 'map' && shape !== 'cache') return false;
  return (
    writes.some((write) => write.fn === fn && write.op === 'assign') &&
    program.reaches(fn).some(({ phase, weak }) => phase === 'job' && !weak)
  );
}

/** A cache whose entries are thrown out or overwritten by the instance that changed them is stale on every other. */
function removals(program: Program, cell: StateCell, writes: readonly Served[]): Served[] {
  const changed = new Set(
    changing(
      program,
      [...cell.writes, ...cell.reads],
      writes.map(({ access }) => access),
    ),
  );
  return writes.filter(({ access }) => changed.has(access));
}

function confidence(cell: StateCell, write: Served, read: Served): Confidence {
  if (cell.shape === 'cooldown') return 'medium';
  if ((write.reach.weak && read.reach.weak) || write.access.isOneOfMany) return 'low';
  if (write.reach.weak || read.reach.weak || write.reach.phase === 'event') return 'medium';
  return cell.shape === 'value' || cell.shape === 'connections' ? 'medium' : 'high';
}

/** What the confidence is lowered by. */
export function doubtsOfState({ cell, write, read, isOfOneRun }: StateHazard): string[] {
  return [
    ...(isOfOneRun
      ? [`the handler that fills \`${cell.name}\` empties it too: it may hold what one run of it needs`]
      : []),
    ...doubtsOfReach(write.reach, read.reach),
    ...(write.access.isOneOfMany
      ? [`the function that changes \`${cell.name}\` is handed one of several objects`]
      : []),
    ...(write.reach.phase === 'event' ? [`what brings about ${write.reach.label} is not known`] : []),
    ...(cell.shape === 'value' ? [`what \`${cell.name}\` is for could not be told from its uses`] : []),
    ...(cell.shape === 'connections' ? ['an adapter between instances may pass on what is meant for the others'] : []),
  ];
}

/** "The module variable `codes`". */
export function nameOfState(cell: StateCell): string {
  const kind: Record<StateCell['kind'], string> = {
    module: 'The module variable',
    closure: 'The variable',
    field: 'The singleton field',
    static: 'The static field',
    global: 'The global',
    'app-locals': 'The application property',
    environment: 'The environment variable',
  };
  return `${kind[cell.kind]} \`${cell.name}\``;
}

/** Nothing declares them: they are there from when they are set. */
const MADE_BY_USE: ReadonlySet<StateCell['kind']> = new Set(['global', 'app-locals', 'environment'] as const);

/** Declared, written, read: the steps to show. */
export function evidenceOfState({ cell, write, read }: StateHazard): Evidence[] {
  return [
    { role: 'primary', ...cell.place, note: `\`${cell.name}\` is ${MADE_BY_USE.has(cell.kind) ? 'set' : 'declared'}` },
    ...(cell.holder
      ? [
          {
            role: 'declared' as const,
            ...cell.holder,
            note: `one \`${cell.cls?.fact.name ?? 'object'}\` serves the whole process`,
          },
        ]
      : []),
    ...write.reach.path,
    {
      role: 'written',
      ...write.access.place,
      note: `changed in \`${write.access.fn.name}\`, reached from ${write.reach.label}`,
    },
    ...(read.reach.label === write.reach.label ? [] : read.reach.path),
    {
      role: 'read',
      ...read.access.place,
      note: `read in \`${read.access.fn.name}\`, reached from ${read.reach.label}`,
    },
  ];
}
