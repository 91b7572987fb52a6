import {
  cacheHolders,
  cacheRecipes,
  type CacheUse,
  changesOfCache,
  defineRule,
  doubtsOfReach,
  doubtsOfState,
  evidenceOfState,
  isCacheHolder,
  judgeState,
  kept,
  type Kept,
  lifetimeOfCache,
  nameOfState,
  type Program,
  recipeFor,
  type RuleContext,
  settledStore,
  type StateCell,
  usesOfCache,
  wordOf,
  type Words,
} from '../../src/api/index.js';
import { checkFilesOfInstance } from './files.js';
import { checkLoaded } from './loaded.js';

export default defineRule({
  meta: {
    id: 'in-memory-cache',
    title: 'Caches in the memory of one instance that another instance does not empty',
    category: 'state',
    severity: 'warning',
    triggers: ['scale-out', 'rolling-deploy'],
  },
  check(context) {
    const { program } = context;
    const holders = cacheHolders(program);
    const seen = new Set<string>();
    for (const thing of kept(program, 'cache')) {
      const holder = holders.get(thing.call);
      // What it is used for is spoken of by the rule for that: codes, sessions, limits.
      if (holder && !isCacheHolder(program, holder)) continue;
      checkPackage(context, thing, seen, holder !== undefined);
    }
    const held = new Set(holders.values());
    for (const cell of program.cells) {
      if (held.has(cell)) continue;
      if (cell.isCopy) checkHandMade(context, cell);
      else if (cell.shape === 'cache') checkFilesOfInstance(context, cell);
      else if (cell.shape === 'handle') checkLoaded(context, cell);
    }
  },
});

/** Up to here users hardly see a difference. */
const SHORT = 60_000;

function checkPackage(context: RuleContext, thing: Kept, seen: Set<string>, isKept: boolean): void {
  const { program } = context;
  const { call, entry, place, hazard } = thing;
  const silent = (reason: string) => context.safe({ ...place, reason });
  if (!hazard) return silent(`its entries are kept in ${thing.reason}`);
  const reaches = program.reaches(call.fn);
  const uses = usesOfCache(program, thing);
  const changes = changesOfCache(program, uses);
  const first = changes.find(({ reach }) => !reach.weak) ?? changes[0];
  // A cache of the framework's own is there whoever asks it.
  const isStanding = isKept || entry.cache?.once === true || entry.cache?.object !== undefined;
  if (!(first && isStanding) && reaches.length > 0 && reaches.every(({ phase }) => phase !== 'boot'))
    return silent('made anew for each piece of work, and gone with it');
  const lifetime = lifetimeOfCache(program, thing);
  const isShort = lifetime !== undefined && lifetime > 0 && lifetime <= SHORT;
  const { answers, emptiesItself, once } = entry.cache ?? {};
  const isChanged = first !== undefined || emptiesItself === true;
  if (!isChanged && (isShort || !answers) && !(lifetime && !isShort && isOfDatabase(program, uses)))
    return silent(
      isShort
        ? `an entry lives for ${lifetime / 1000} seconds`
        : 'filled on a miss; nothing that is reached here changes what it holds',
    );
  const key = `${entry.api} ${call.unit.manifest?.dir ?? ''}`;
  if (once && seen.has(key)) return;
  seen.add(key);
  const { setting } = hazard;
  const weak = first?.reach.weak === true;
  context.report({
    ...place,
    ...(isShort || !isChanged ? { severity: 'info' as const } : {}),
    confidence: weak && thing.confidence === 'high' ? 'medium' : thing.confidence,
    doubts: [...thing.doubts, ...doubtsOfReach(first?.reach)],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: first
      ? `A cache in the memory of this process is changed by ${first.reach.label}, and the copies of the other instances are not: ${entry.note}.`
      : `${answers ? 'Answers are' : 'Data is'} cached in the memory of this process: ${entry.note}.`,
    consequence: consequence(isChanged, lifetime),
    hint:
      settledStore(thing) ??
      entry.remedy ??
      recipeFor(cacheRecipes, entry.api, program.stack(call.unit), {
        file: call.unit.file,
        ...words(program.symbol(place)),
      }),
    evidence: [
      { role: 'primary', ...place, note: entry.note },
      ...thing.evidence,
      ...(first
        ? [
            ...first.reach.path,
            {
              role: 'written' as const,
              ...first.use.place,
              note: `${first.use.op === 'insert' ? 'overwritten' : 'thrown out'} in \`${first.use.fn.name}\`, reached from ${first.reach.label}`,
            },
          ]
        : []),
    ],
  });
}

function consequence(isChanged: boolean, lifetime: number | undefined): string {
  const until =
    lifetime === undefined || lifetime <= 0
      ? 'until it restarts or the entry is dropped for other reasons'
      : `for up to ${lifetime >= 120_000 ? `${Math.round(lifetime / 60_000)} minutes` : `${Math.round(lifetime / 1000)} seconds`}`;
  return isChanged
    ? `After a change one instance shows the new state and every other goes on with the old one ${until}: users see both in turns.`
    : `Each instance keeps a copy of its own age ${until}: a user who reloads sees newer and older answers in turns.`;
}

/** What is put in comes from the database, which somebody changes sooner or later. */
function isOfDatabase(program: Program, uses: readonly CacheUse[]): boolean {
  return uses.some(
    ({ op, fn }) => op === 'insert' && program.effects(fn).effects.some(({ kind }) => kind === 'database'),
  );
}

function words(name: string): Words {
  return { name: wordOf(name, 'cache'), cache: wordOf(name, 'cache') };
}

/** A Map or object by hand. */
function checkHandMade(context: RuleContext, cell: StateCell): void {
  const { program } = context;
  const hazard = judgeState(context, cell);
  if (!hazard) {
    checkFilesOfInstance(context, cell);
    return;
  }
  const { write, read, setting } = hazard;
  context.report({
    ...cell.place,
    confidence: hazard.confidence,
    doubts: doubtsOfState(hazard),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: cell.name,
    message: `${nameOfState(cell)} is a cache of which ${write.reach.label} changes the copy of this instance only.`,
    consequence: consequence(true, undefined),
    hint: recipeFor(cacheRecipes, '', program.stack(cell.unit), words(cell.name)),
    evidence: evidenceOfState({ ...hazard, read }),
  });
}
