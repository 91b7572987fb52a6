import {
  type Alternative,
  ApiTable,
  type Cls,
  type Condition,
  defineRule,
  doubtsOfReach,
  type Evidence,
  type Match,
  matches,
  type Program,
  type RuleContext,
  type SessionHome,
  type SessionKnowledge,
  sessions,
  sessionStores,
  served,
  sharedStoreOf,
  type Stack,
  surest,
  type Unit,
  USER_PHASES,
  type Value,
} from '../../src/api/index.js';

const STORES = new ApiTable(sessionStores.map((entry) => ({ patterns: [entry.api], entry })));

/** One thing the sessions can be kept in, and what must hold for it. */
interface Outcome {
  readonly home: SessionHome | 'unknown';
  readonly what: string;
  readonly when: readonly Condition[];
  readonly evidence: readonly Evidence[];
}

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
    for (const match of matches(context.program, sessions)) checkLibrary(context, match, stores);
    checkHandMade(context, stores);
  },
});

function checkLibrary(context: RuleContext, match: Match<SessionKnowledge>, stores: Set<Cls>): void {
  const { program } = context;
  const { call, entry } = match;
  const place = { file: call.unit.file, span: call.fact.span };
  if (!call.unit.roles.has('server') && !call.unit.roles.has('worker')) return;
  const outcomes = outcomesOf(program, match, stores);
  const hazards = outcomes.filter(({ home }) => home === 'memory' || home === 'file');
  const around = program.conditions(call);
  const settings = hazards
    .map((outcome) => ({ outcome, setting: program.setting([...outcome.when, ...around]) }))
    .filter(({ setting }) => !setting.developmentOnly && !setting.never);
  const worst =
    settings.find(({ setting }) => setting.when === 'always') ??
    settings.find(({ setting }) => setting.when === 'default-config') ??
    settings[0];
  if (!worst) {
    const because = outcomes.find(({ evidence }) => evidence.length > 0)?.evidence[0];
    context.safe({
      ...place,
      reason: hazards.length
        ? 'kept in memory outside production only'
        : `sessions are kept in ${outcomes.map(({ what }) => what).join(' or ')}`,
      ...(because ? { because } : {}),
    });
    return;
  }
  const { outcome, setting } = worst;
  const unsure = outcomes.length > 1 ? outcomes.find(({ home }) => home === 'unknown') : undefined;
  const stack = program.stack(call.unit);
  context.report({
    ...place,
    confidence: unsure ? 'medium' : 'high',
    ...(unsure ? { doubts: [`it may also be ${unsure.what || 'a store that could not be told'}`] } : {}),
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message:
      outcome.home === 'file'
        ? `Sessions are kept in files on this instance's own disk: ${outcome.what}.`
        : `Sessions are kept in the memory of this process: ${outcome.what}.`,
    consequence: CONSEQUENCE,
    hint: hint(entry.api, stack),
    evidence: [
      { role: 'primary', ...place, note: entry.note },
      ...outcome.evidence,
      ...hazards.filter((other) => other !== outcome).flatMap(({ evidence }) => evidence),
      ...setting.evidence,
    ],
  });
}

const CONSEQUENCE =
  'A user who signs in on one instance is signed out on the next request that another instance answers, and everybody is signed out by a deploy or restart.';

/** Every store this call can end up with. */
function outcomesOf(program: Program, { entry, options }: Match<SessionKnowledge>, stores: Set<Cls>): Outcome[] {
  if (entry.store === 'none') return [byDefault(entry, [])];
  const found: Outcome[] = [];
  for (const path of [entry.store, ...(entry.otherStores ?? [])]) {
    const given = options ? program.property(options.unit, options.expr, path.split('.')) : [];
    for (const alternative of given) {
      const outcome = outcomeOf(program, entry, alternative, stores);
      if (outcome) found.push(outcome);
    }
  }
  // Several store options: the absent ones say nothing where one is given.
  const solid = found.filter(({ home, what }) => home !== 'unknown' || what !== '');
  const named = solid.filter(({ evidence }) => evidence.length > 0);
  if (entry.otherStores && named.length) return named;
  return solid.length ? solid : [byDefault(entry, [])];
}

function byDefault(entry: SessionKnowledge, when: readonly Condition[]): Outcome {
  const home = entry.default === 'none' ? 'unknown' : entry.default;
  return {
    home,
    what: home === 'memory' ? 'no store is given' : home === 'cookie' ? "the browser's cookie" : 'its default',
    when,
    evidence: [],
  };
}

function outcomeOf(
  program: Program,
  entry: SessionKnowledge,
  { value, when }: Alternative,
  stores: Set<Cls>,
): Outcome | undefined {
  if (value.kind === 'undefined' || (value.kind === 'literal' && !value.value)) return byDefault(entry, when);
  if (program.isShared(value))
    return { home: 'shared', what: 'a store that the configuration declares to be shared', when, evidence: [] };
  if (value.kind === 'external') {
    const known = STORES.first(value.api);
    const place = value.call ? { file: value.call.unit.file, span: value.call.fact.span } : undefined;
    const name = value.api.slice(0, value.api.indexOf(':'));
    const evidence: Evidence[] = place ? [{ role: 'option', ...place, note: `the store, from \`${name}\`` }] : [];
    if (!known) return { home: 'unknown', what: `a store of \`${name}\``, when, evidence };
    const home = keeps(program, known, value.call ? { unit: value.call.unit, args: value.call.fact.args } : undefined);
    return {
      home,
      what: `\`${name}\`${home === 'memory' ? ' keeps them there' : home === 'file' ? ' writes them there' : ''}`,
      when,
      evidence,
    };
  }
  const own = ownStore(program, value, stores);
  if (own) return { ...own, when };
  return { home: 'unknown', what: 'a store of this project', when, evidence: [] };
}

function keeps(
  program: Program,
  known: (typeof sessionStores)[number],
  made: { readonly unit: Unit; readonly args: readonly Parameters<Program['property']>[1][] } | undefined,
): SessionHome {
  if (!known.needs || !made) return known.keeps;
  const given = program.property(made.unit, made.args[0], [known.needs.option]);
  return given.every(({ value }) => value.kind === 'undefined') ? known.needs.otherwise : known.keeps;
}

/** A store written in this project keeps sessions in memory if its methods fill a Map or object of the process. */
function ownStore(program: Program, value: Value, stores: Set<Cls>): Omit<Outcome, 'when'> | undefined {
  const isOwn = (
    fn: { readonly unit: Unit; readonly fact: { readonly cls?: number; readonly span: readonly number[] } },
    cell: Program['cells'][number],
  ) => {
    if (value.kind === 'instance')
      return cell.cls === value.cls || (fn.unit === value.cls.unit && fn.fact.cls === value.cls.id);
    if (value.kind !== 'object') return false;
    const [from, , to] = value.expr.span;
    return fn.unit === value.unit && (fn.fact.span[0] ?? 0) >= from && (fn.fact.span[2] ?? 0) <= to;
  };
  const cell = program.cells.find((candidate) =>
    candidate.writes.some((write) => (write.op === 'insert' || write.op === 'update') && isOwn(write.fn, candidate)),
  );
  if (value.kind === 'instance') {
    const field = cell ?? undefined;
    const member = value.cls.fact.members.find(
      ({ value: init }) =>
        init &&
        program
          .values(value.cls.unit, init)
          .some((one) => one.value.kind === 'external' && /^global:Map\(\)$/.test(one.value.api)),
    );
    if (!field && !member) return undefined;
    stores.add(value.cls);
    const place = field?.place ?? { file: value.cls.unit.file, span: (member as NonNullable<typeof member>).span };
    return {
      home: 'memory',
      what: `\`${value.cls.fact.name}\` keeps them in a Map`,
      evidence: [{ role: 'declared', ...place, note: 'where the store keeps them' }],
    };
  }
  if (!cell) return undefined;
  return {
    home: 'memory',
    what: `its store keeps them in \`${cell.name}\``,
    evidence: [{ role: 'declared', ...cell.place, note: 'where the store keeps them' }],
  };
}

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
      hint: `Keep the sessions in ${sharedStoreOf(program.stack(cell.unit))} with an expiry, or in a signed cookie.`,
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

/** The store that fits what the project has. */
function hint(api: string, stack: Stack): string {
  const client = stack.redis ?? 'redis';
  if (/hapi\/yar/.test(api))
    return 'Provision the server cache with `@hapi/catbox-redis` and name it in the `cache` option of yar.';
  if (/koa/.test(api))
    return `Give it a \`store\` that all instances share, for example \`koa-redis\`${stack.redis ? ` on the Redis this project has (\`${stack.redis}\`)` : ''}.`;
  if (/react-router|remix/.test(api))
    return 'Use `createCookieSessionStorage`, or `createSessionStorage` over the database.';
  if (stack.redis)
    return `Give it a store that all instances share: \`connect-redis\` with the \`${client}\` client this project has: \`store: new RedisStore({ client })\`.`;
  if (stack.database === 'mongodb' || stack.orm === 'mongoose')
    return 'Give it a store that all instances share: `connect-mongo` on the MongoDB this project has: `store: MongoStore.create({ client })`.';
  if (stack.database === 'postgres')
    return 'Give it a store that all instances share: `connect-pg-simple` on the PostgreSQL this project has: `store: new (connectPgSimple(session))({ pool })`.';
  if (stack.database === 'mysql')
    return 'Give it a store that all instances share: `express-mysql-session` on the MySQL this project has.';
  return 'Give it a store that all instances share, for example `connect-redis`: `store: new RedisStore({ client })`.';
}
