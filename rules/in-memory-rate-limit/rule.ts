import {
  type Call,
  defineRule,
  doubtsOfState,
  evidenceOfState,
  holdsLimiters,
  judgeState,
  kept,
  type Kept,
  limitRecipes,
  nameOfState,
  type Program,
  recipeFor,
  type RuleContext,
  settledStore,
  type StateCell,
  wordOf,
} from '../../src/api/index.js';

export default defineRule({
  meta: {
    id: 'in-memory-rate-limit',
    title: 'Rate limits and attempt counters kept in the memory of one instance',
    category: 'state',
    severity: 'warning',
    triggers: ['scale-out', 'rolling-deploy', 'restart', 'crash'],
  },
  check(context) {
    const limiters = kept(context.program, 'rate-limit');
    const routes = routesOf(
      context.program,
      limiters.map(({ call }) => call),
    );
    for (const limiter of limiters) checkLibrary(context, limiter, routes.get(limiter.call) ?? []);
    for (const cell of context.program.cells)
      if (cell.shape === 'limiter' && !holdsLimiters(context.program, cell)) checkHandMade(context, cell);
  },
});

/** Words of routes and names that are about proving who one is. */
const SECRET = /log-?in|sign-?in|auth|password|passcode|otp|2fa|mfa|totp|verif|reset|brute|attempt|pin\b/i;

function consequence(words: readonly string[]): string {
  const each =
    'Each instance counts by itself: a client gets the whole allowance once on every instance, and again after each restart or deploy.';
  const secret = words.find((word) => SECRET.test(word));
  return secret ? `${each} Here that is guesses at a password or code (\`${secret}\`).` : each;
}

function checkLibrary(context: RuleContext, thing: Kept, routes: readonly string[]): void {
  const { program } = context;
  const { call, entry, place, hazard, outbound } = thing;
  if (!hazard) {
    const because = thing.evidence[0];
    context.safe({ ...place, reason: `it counts in ${thing.reason}`, ...(because ? { because } : {}) });
    return;
  }
  if (outbound && isMadeForOneUse(program, call)) {
    context.safe({ ...place, reason: 'made anew for each piece of work, so that it never counted beyond it' });
    return;
  }
  const { outcome, setting } = hazard;
  const symbol = program.symbol(place);
  context.report({
    ...place,
    ...(outbound ? { severity: 'info' as const } : {}),
    confidence: thing.confidence,
    doubts: thing.doubts,
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol,
    message: outbound
      ? `Outgoing work is held back by a limit that this process counts for itself: ${entry.note}.`
      : outcome.home === 'host'
        ? `The limit is counted by the processes of one host: ${entry.note}.`
        : outcome.home === 'file'
          ? `The limit is counted in a file of this instance: ${outcome.what}.`
          : `The limit is counted in the memory of this process: ${outcome.absent ? entry.note : outcome.what}.`,
    consequence: outbound
      ? 'With every instance added, as much more is sent at once: the service at the other end sees its quota exceeded and refuses or bans the caller.'
      : consequence([...routes, symbol]),
    hint:
      settledStore(thing) ??
      entry.remedy ??
      recipeFor(limitRecipes, outbound ? `{${entry.api},outbound}` : entry.api, program.stack(call.unit), {
        file: call.unit.file,
        name: wordOf(symbol, 'limit'),
      }),
    evidence: [{ role: 'primary', ...place, note: entry.note }, ...thing.evidence],
  });
}

/** A throttle inside the function that works through one list, and gone with it. */
function isMadeForOneUse(program: Program, call: Call): boolean {
  const reaches = program.reaches(call.fn);
  return reaches.length > 0 && reaches.every(({ phase }) => phase !== 'boot');
}

/** What stands in the path of the routes that a limiter is put in front of. */
function routesOf(program: Program, limiters: readonly Call[]): ReadonlyMap<Call, readonly string[]> {
  const wanted = new Set(limiters);
  const routes = new Map<Call, string[]>();
  if (wanted.size === 0) return routes;
  for (const call of program.calls) {
    const [path, ...handlers] = call.fact.args;
    if (call.fact.callee.k !== 'member' || path?.k !== 'lit' || typeof path.v !== 'string' || !path.v.startsWith('/'))
      continue;
    for (const handler of handlers) {
      if (handler.k === 'fn' || handler.k === 'lit') continue;
      for (const { value } of program.values(call.unit, handler))
        if (value.kind === 'external' && value.call && wanted.has(value.call))
          routes.set(value.call, [...(routes.get(value.call) ?? []), path.v]);
    }
  }
  return routes;
}

/** Attempts counted by hand: `attempts.set(ip, { count, resetAt })`. */
function checkHandMade(context: RuleContext, cell: StateCell): void {
  const hazard = judgeState(context, cell);
  if (!hazard) return;
  const { write, read, setting } = hazard;
  context.report({
    ...cell.place,
    confidence: hazard.confidence,
    doubts: doubtsOfState(hazard),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: cell.name,
    message: `${nameOfState(cell)} counts in the memory of this process: changed by ${write.reach.label}, looked up by ${read.reach.label}.`,
    consequence: consequence([write.reach.label, read.reach.label, cell.name]),
    hint: recipeFor(limitRecipes, '', context.program.stack(cell.unit), { name: wordOf(cell.name) }),
    evidence: evidenceOfState(hazard),
  });
}
