import {
  broadcastOf,
  type Confidence,
  defineRule,
  doubtsOfReach,
  type Evidence,
  lastingStoreOf,
  type Program,
  type RuleContext,
  served,
  type Served,
  type Setting,
  type Severity,
  sharedStoreOf,
  type Stack,
  type StateAccess,
  type StateCell,
  type StateShape,
  surest,
  USER_PHASES,
} from '../../src/api/index.js';

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

export default defineRule({
  meta: {
    id: 'module-level-mutable-state',
    title: 'Module variables, statics and singleton fields changed while serving and read back as the one truth',
    category: 'state',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy', 'restart', 'crash'],
  },
  check(context) {
    const hazards = context.program.cells.map((cell) => judge(context, cell)).filter((hazard) => hazard !== undefined);
    for (const group of together(hazards)) report(context, group);
  },
});

interface Hazard {
  readonly cell: StateCell;
  readonly write: Served;
  readonly read: Served;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly setting: Setting;
}

function judge(context: RuleContext, cell: StateCell): Hazard | undefined {
  const { program } = context;
  const writes = served(program, cell.writes);
  const reads = asked(cell, served(program, cell.reads)).filter(({ access }) =>
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
  const inProduction = (byUser.length ? byUser : writes)
    .map((write) => ({ write, setting: settingOf(program, write) }))
    .filter(({ setting }) => !setting.developmentOnly && !setting.never);
  const always = inProduction.find(({ setting }) => setting.when === 'always') ?? inProduction[0];
  if (!always) return silence('changed only outside production');

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
  return { cell, write, read, severity, confidence: confidence(cell, write, read), setting: always.setting };
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

function settingOf(program: Program, { access, reach }: Served): Setting {
  return program.setting(program.conditions({ unit: access.unit, fn: access.fn, fact: access.fact }, reach.phase));
}

/** Fields of one class, or variables of one file, that the same functions change are one matter: the state of one piece of work. */
function together(hazards: readonly Hazard[]): Hazard[][] {
  const groups: Hazard[][] = [];
  for (const hazard of hazards) {
    const group = groups.find((candidate) => candidate.some((other) => belong(hazard.cell, other.cell)));
    if (group) group.push(hazard);
    else groups.push([hazard]);
  }
  return groups;
}

function belong(a: StateCell, b: StateCell): boolean {
  if (a.unit !== b.unit || a.kind !== b.kind || a.cls !== b.cls) return false;
  return a.writes.some((write) => b.writes.some(({ fn }) => fn === write.fn));
}

const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];

function report(context: RuleContext, group: readonly Hazard[]): void {
  const [main, ...others] = [...group].sort(
    (a, b) =>
      (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1) ||
      CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence),
  ) as [Hazard, ...Hazard[]];
  const { cell, write, read, setting } = main;
  const stack = context.program.stack(cell.unit);
  const more =
    others.length === 0
      ? ''
      : ` So ${others.length === 1 ? 'is' : 'are'} ${list(others.map((other) => `\`${other.cell.name.replace(/^.*\./, '')}\``))}, changed by the same code.`;
  context.report({
    ...cell.place,
    severity: main.severity,
    confidence: main.confidence,
    doubts: doubts(main),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: cell.name,
    message: `${what(cell)} is changed by ${write.reach.label} and read by ${read.reach.label}, but each instance has its own copy.${more}`,
    consequence:
      CONSEQUENCE[cell.shape] ??
      'What one instance was told, the others do not know: the answer depends on which instance is asked, and a restart forgets it.',
    hint: hint(cell, stack),
    evidence: [
      ...evidence(cell, write, read),
      ...others.map((other) => ({
        role: 'declared' as const,
        ...other.cell.place,
        note: `\`${other.cell.name}\` is changed by the same code`,
      })),
    ],
  });
}

function list(words: readonly string[]): string {
  const shown = words.slice(0, 4);
  const rest = words.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
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
  if (reads.length === 0)
    return served(program, cell.reads).length > 0
      ? 'looked up only when a message reaches every instance'
      : 'never read while serving';
  if (byUser.length === 0 && writes.some((write) => isBroadcast(program, write)))
    return 'a copy that every instance refreshes when a message tells all of them';
  if (writes.every(({ access }) => isRebuiltByTimer(program, cell, access))) return OWN_TIMER;
  if (isRebuiltByEveryRequest(cell, byUser)) return 'read anew from its source before each request uses it';
  if (byUser.length > 0) return cell.shape === 'session-store' ? 'reported as in-memory-session' : undefined;
  if (cell.shape === 'flag') return 'a flag about this process itself, flipped by its own events';
  if (writes.every(({ reach }) => reach.phase === 'event')) return 'changed only by events of this process';
  if (reads.every(({ reach }) => reach.phase === 'job' || reach.phase === 'event'))
    return "a job's own memory, which nothing else reads";
  return OWN_TIMER;
}

/** Middleware of all requests empties the copy and fills it again, so that no request meets an old one. */
function isRebuiltByEveryRequest(cell: StateCell, byUser: readonly Served[]): boolean {
  const isFresh = (value: StateAccess['value']) =>
    (value?.k === 'object' && value.props.length === 0) || (value?.k === 'array' && value.items.length === 0);
  return (
    byUser.length > 0 &&
    byUser.every(({ reach }) => /^(?:ALL \*|ALL \/\*|middleware)$/i.test(reach.label)) &&
    cell.writes.some(
      ({ fn, value }) => fn.fact.params.length === 0 && isFresh(value) && byUser.some(({ access }) => access.fn === fn),
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

/**
 * A cache whose entries are thrown out by the instance that changed them is stale on every other. What the filling function
 * throws out has only grown old.
 */
function removals(program: Program, cell: StateCell, writes: readonly Served[]): Served[] {
  const filling = new Set(cell.writes.filter(({ op }) => op === 'insert').map(({ fn }) => fn));
  // The work that fills it through a helper takes out what failed or grew old.
  const isFilling = (fn: StateAccess['fn']): boolean =>
    filling.has(fn) ||
    program.callsIn(fn).some((call) => program.callees(call).some((callee) => filling.has(callee))) ||
    (fn.id !== 0 && fn.fact.kind === 'arrow' && isFilling(program.fn(fn.unit, fn.fact.parent)));
  return writes.filter(({ access }) => (access.op === 'remove' || access.op === 'clear') && !isFilling(access.fn));
}

function confidence(cell: StateCell, write: Served, read: Served): Confidence {
  if (cell.shape === 'cooldown') return 'medium';
  if ((write.reach.weak && read.reach.weak) || write.access.isOneOfMany) return 'low';
  if (write.reach.weak || read.reach.weak || write.reach.phase === 'event') return 'medium';
  return cell.shape === 'value' || cell.shape === 'connections' ? 'medium' : 'high';
}

/** What {@link confidence} is lowered by. */
function doubts({ cell, write, read }: Hazard): string[] {
  return [
    ...doubtsOfReach(write.reach, read.reach),
    ...(write.access.isOneOfMany
      ? [`the function that changes \`${cell.name}\` is handed one of several objects`]
      : []),
    ...(write.reach.phase === 'event' ? [`what brings about ${write.reach.label} is not known`] : []),
    ...(cell.shape === 'value' ? [`what \`${cell.name}\` is for could not be told from its uses`] : []),
    ...(cell.shape === 'connections' ? ['an adapter between instances may pass on what is meant for the others'] : []),
  ];
}

function what(cell: StateCell): string {
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

const CONSEQUENCE: Partial<Record<StateShape, string>> = {
  cooldown: 'Each instance waits by itself: what should happen once in a while happens once for every instance.',
  'session-store':
    'A user who signed in on one instance is signed out on the next request that another instance answers.',
  'token-store':
    'A code or token handed out by one instance is refused by another, and one revoked here still works there.',
  limiter: 'Each instance counts by itself, so the limit is as many times higher as there are instances.',
  lock: 'The lock holds in one process only: two instances do the same work at the same time.',
  queue: 'Work waiting here is lost when this instance stops, and no other instance sees it.',
  counter: 'Each instance counts by itself: numbers repeat, jump back, or differ from one request to the next.',
  snapshot:
    'A change made through one instance is unknown to the others until they restart: users see the old and the new value in turns.',
  progress: 'A client that asks another instance than the one doing the work is told that there is no such work.',
  'task-handles': 'A stop or cancel request that reaches another instance finds nothing and does nothing.',
  connections:
    'Only clients connected to the same instance are found: messages to the others are lost without an error.',
  flag: 'The switch is thrown on one instance only; the others go on as before.',
  cache: 'The instance that changed the data drops its entry; all others go on serving the old one.',
  map: 'An entry made through one instance does not exist on the others: it is found or not depending on which one is asked.',
};

function hint(cell: StateCell, stack: Stack): string {
  const name = cell.name.replace(/^.*\./, '');
  switch (cell.shape) {
    case 'session-store':
    case 'token-store':
    case 'limiter':
    case 'cache':
      return `Keep \`${name}\` in ${sharedStoreOf(stack)}, with an expiry.`;
    case 'queue':
      return stack.queue
        ? `Put the work into \`${stack.queue}\`, which this project has.`
        : `Put the work into a queue that lasts (${stack.redis ? '`bullmq` on the Redis this project has' : '`pg-boss` on PostgreSQL or `bullmq` on Redis'}).`;
    case 'lock':
      return `Take a lock that all instances see: \`SET key id NX PX\` in ${sharedStoreOf(stack)}, or an advisory lock of the database.`;
    case 'task-handles':
      return `Keep the handle here, but send the request to stop to every instance over ${broadcastOf(stack)}; the one that owns the task acts.`;
    case 'connections':
      return `Keep the connections here, but send what is meant for them through ${broadcastOf(stack)}, so that the instance holding the client delivers it.`;
    case 'counter':
      return `Count where all instances can: \`INCR\` in ${sharedStoreOf(stack)}, or a sequence of the database.`;
    case 'snapshot':
    case 'flag':
      return `Read it from ${lastingStoreOf(stack)} when it is needed, or tell every instance of a change over ${broadcastOf(stack)} and reload there.`;
    default:
      return `Keep it in ${lastingStoreOf(stack)} instead of \`${cell.name}\`; if it must stay in memory for speed, tell every instance of each change over ${broadcastOf(stack)}.`;
  }
}

function evidence(cell: StateCell, write: Served, read: Served): Evidence[] {
  return [
    { role: 'primary', ...cell.place, note: `\`${cell.name}\` is declared` },
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
