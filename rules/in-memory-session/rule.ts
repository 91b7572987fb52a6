import {
  type Cls,
  defineRule,
  doubtsOfReach,
  expiringRecipes,
  kept,
  type Kept,
  recipeFor,
  type RuleContext,
  served,
  sessionRecipes,
  settledStore,
  sharedStoreOf,
  surest,
  USER_PHASES,
  wordOf,
} from '../../src/api/index.js';

export default defineRule({
  meta: {
    id: 'in-memory-session',
    title: 'Login sessions kept in the memory or on the disk of one instance',
    category: 'state',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy', 'restart', 'crash'],
  },
  check(context) {
    const stores = new Set<Cls>();
    for (const thing of [...kept(context.program, 'session'), ...kept(context.program, 'conversation')]) {
      for (const { cls } of thing.outcomes) if (cls) stores.add(cls);
      checkLibrary(context, thing);
    }
    checkHandMade(context, stores);
  },
});

function checkLibrary(context: RuleContext, thing: Kept): void {
  const { program } = context;
  const { call, entry, place, hazard } = thing;
  if (!hazard) {
    const because = thing.evidence[0];
    context.safe({ ...place, reason: `sessions are kept in ${thing.reason}`, ...(because ? { because } : {}) });
    return;
  }
  const isConversation = entry.concern === 'conversation';
  const reaches = program.reaches(call.fn);
  if (isConversation && reaches.length > 0 && !program.keeps(call)) {
    // It was never meant to be found again: a memory for the steps of one answer.
    if (reaches.every(({ phase }) => phase !== 'boot')) {
      context.safe({ ...place, reason: 'made anew for each piece of work, and gone with it' });
      return;
    }
  }
  const { outcome, setting } = hazard;
  context.report({
    ...place,
    confidence: thing.confidence,
    doubts: thing.doubts,
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `${isConversation ? 'Conversations' : 'Sessions'} are kept ${outcome.home === 'file' ? "in files on this instance's own disk" : 'in the memory of this process'}: ${outcome.absent && entry.remedy ? entry.note : outcome.what}.`,
    consequence: isConversation ? CONVERSATION_LOST : CONSEQUENCE,
    hint:
      settledStore(thing) ??
      entry.remedy ??
      recipeFor(sessionRecipes, entry.api, program.stack(call.unit), { file: call.unit.file }),
    evidence: [{ role: 'primary', ...place, note: entry.note }, ...thing.evidence],
  });
}

const CONSEQUENCE =
  'A user who signs in on one instance is signed out on the next request that another instance answers, and everybody is signed out by a deploy or restart.';

const CONVERSATION_LOST =
  'A conversation that one instance began is unknown to the next that answers, and a deploy or restart forgets them all: the user has to begin again.';

/** A Map of sessions made by hand: filled while a user is served, looked up on later requests. */
function checkHandMade(context: RuleContext, stores: ReadonlySet<Cls>): void {
  const { program } = context;
  for (const cell of program.cells) {
    if (cell.shape !== 'session-store' || (cell.cls && stores.has(cell.cls))) continue;
    // Keyed by a live object (a socket, a request), an entry lives no longer than it.
    if (
      cell.init &&
      program
        .values(cell.unit, cell.init)
        .some(({ value }) => value.kind === 'external' && /^global:WeakMap\b/.test(value.api))
    )
      continue;
    const write = surest(served(program, cell.writes).filter(({ reach }) => USER_PHASES.includes(reach.phase)));
    const read = surest(
      served(program, cell.reads).filter(
        ({ access, reach }) => USER_PHASES.includes(reach.phase) && access !== write?.access,
      ),
    );
    if (!write || !read) {
      context.safe({ ...cell.place, reason: `\`${cell.name}\`: not filled and read back while users are served` });
      continue;
    }
    const setting = program.setting(
      program.conditions({ unit: write.access.unit, fn: write.access.fn, fact: write.access.fact }, write.reach.phase),
    );
    if (setting.developmentOnly || setting.never) continue;
    context.report({
      ...cell.place,
      confidence: write.reach.weak || read.reach.weak ? 'medium' : 'high',
      doubts: doubtsOfReach(write.reach, read.reach),
      when: setting.when,
      ...(setting.words ? { condition: setting.words } : {}),
      symbol: cell.name,
      message: `\`${cell.name}\` holds sessions in the memory of this process: filled by ${write.reach.label}, looked up by ${read.reach.label}.`,
      consequence: CONSEQUENCE,
      hint: recipeFor(expiringRecipes, '', program.stack(cell.unit), {
        name: wordOf(cell.name),
        database: sharedStoreOf(program.stack(cell.unit)),
      }),
      evidence: [
        { role: 'primary', ...cell.place, note: `\`${cell.name}\` is declared` },
        {
          role: 'written',
          ...write.access.place,
          note: `filled in \`${write.access.fn.name}\`, reached from ${write.reach.label}`,
        },
        {
          role: 'read',
          ...read.access.place,
          note: `looked up in \`${read.access.fn.name}\`, reached from ${read.reach.label}`,
        },
      ],
    });
  }
}
