import {
  broadcastOf,
  bufferOf,
  type Confidence,
  connectionsBeside,
  counterRecipes,
  databaseOf,
  defineRule,
  doubtsOfState,
  evidenceOfState,
  exclusionOf,
  expiringRecipes,
  indexedCache,
  isCacheHolder,
  isListOfLimits,
  isLock,
  isLockClass,
  isRowOfLock,
  isProgress,
  isQueue,
  judgeState,
  lastingStoreOf,
  localCounter,
  nameOfState,
  type Program,
  queueOf,
  recipeFor,
  requestState,
  type RuleContext,
  sharedStoreOf,
  type Stack,
  type StateCell,
  type StateHazard,
  type StateShape,
  together,
  tokenRecipes,
  wordOf,
} from '../../src/api/index.js';

/** Shapes that a rule of their own speaks of. */
const OF_CONNECTIONS = 'local-websocket-fanout or in-memory-pubsub';
const OTHERS: Partial<Record<StateShape, string>> = {
  'token-store': 'in-memory-token-store',
  limiter: 'in-memory-rate-limit',
  connections: OF_CONNECTIONS,
};

export default defineRule({
  meta: {
    id: 'module-level-mutable-state',
    title: 'Module variables, statics and singleton fields changed while serving and read back as the one truth',
    category: 'state',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy', 'restart', 'crash'],
  },
  check(context) {
    const hazards = context.program.cells.flatMap((cell) => {
      const other = speakerOf(context.program, cell);
      if (!other) return judgeState(context, cell) ?? [];
      context.safe({ ...cell.place, reason: `\`${cell.name}\`: looked at by ${other}` });
      return [];
    });
    for (const group of together(hazards)) report(context, group);
  },
});

function speakerOf(program: Program, cell: StateCell): string | undefined {
  // What keeps work apart is judged by what that work does.
  if (isLock(cell) || isRowOfLock(cell) || (cell.cls && isLockClass(program, cell.cls))) return 'in-memory-lock';
  if (bufferOf(program, cell)) return 'unflushed-buffer';
  if (isQueue(program, cell)) return 'in-memory-queue';
  if (requestState(program, cell)) return 'cross-request-state';
  if (localCounter(program, cell)) return 'instance-local-id';
  if (cell.isCopy || isCacheHolder(program, cell) || indexedCache(program, cell)) return 'in-memory-cache';
  if (isListOfLimits(program, cell)) return undefined;
  if (connectionsBeside(program, cell)) return OF_CONNECTIONS;
  return isProgress(program, cell) ? 'volatile-job-progress' : OTHERS[cell.shape];
}

const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];

function report(context: RuleContext, group: readonly StateHazard[]): void {
  const [main, ...others] = [...group].sort(
    (a, b) =>
      (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1) ||
      CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence),
  ) as [StateHazard, ...StateHazard[]];
  const { cell, write, read, setting } = main;
  const isOfOneRun = group.some((hazard) => hazard.isOfOneRun);
  const stack = context.program.stack(cell.unit);
  const more =
    others.length === 0
      ? ''
      : ` So ${others.length === 1 ? 'is' : 'are'} ${list(others.map((other) => `\`${other.cell.name.replace(/^.*\./, '')}\``))}, changed by the same code.`;
  context.report({
    ...cell.place,
    severity: main.severity,
    // What the same code changes is of the same run.
    confidence: isOfOneRun ? 'low' : main.confidence,
    doubts: doubtsOfState({ ...main, isOfOneRun }),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: cell.name,
    message: `${nameOfState(cell)} is changed by ${write.reach.label} and read by ${read.reach.label}, but each instance has its own copy.${more}`,
    consequence:
      CONSEQUENCE[cell.shape] ??
      'What one instance was told, the others do not know: the answer depends on which instance is asked, and a restart forgets it.',
    hint: hint(cell, stack),
    evidence: [
      ...evidenceOfState(main),
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

const CONSEQUENCE: Partial<Record<StateShape, string>> = {
  limiter:
    'A limit that was set, changed or lifted through one instance is so there only: the others go on with what they knew.',
  cooldown: 'Each instance waits by itself: what should happen once in a while happens once for every instance.',
  'session-store':
    'A user who signed in on one instance is signed out on the next request that another instance answers.',
  'token-store':
    'A code or token handed out by one instance is refused by another, and one revoked here still works there.',
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
  const word = wordOf(cell.name, 'state');
  switch (cell.shape) {
    case 'token-store':
      return recipeFor(tokenRecipes, '', stack, { name: word });
    case 'session-store':
    case 'cache':
    case 'cooldown':
      return recipeFor(expiringRecipes, '', stack, { name: word, database: sharedStoreOf(stack) });
    case 'queue':
      return `Put the work into ${queueOf(stack, cell.name)}.`;
    case 'lock':
      return exclusionOf(stack, cell.name);
    case 'task-handles':
      return broadcastOf(
        stack,
        'Keep the handles here, and let every instance hear a request to stop',
        cell.name,
        `stops what it finds in \`${name}\``,
      );
    case 'connections':
      return broadcastOf(
        stack,
        `Keep \`${name}\` for the connections of this instance, and let every instance hear what is meant for them`,
        cell.name,
        `delivers it to those it finds in \`${name}\``,
      );
    case 'counter':
      return recipeFor(counterRecipes, '', stack, { name: word, database: lastingStoreOf(stack) });
    case 'snapshot':
    case 'flag':
      return databaseOf(stack)
        ? `Read it from ${lastingStoreOf(stack)} whenever it is needed, and let go of \`${cell.name}\`.`
        : broadcastOf(stack, 'Tell every instance of a change', cell.name, `loads \`${cell.name}\` again`);
    default:
      return `Keep it in ${lastingStoreOf(stack)} instead of \`${cell.name}\`, and read it there whenever it is needed.`;
  }
}
