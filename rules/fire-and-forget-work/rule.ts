import {
  askedBy,
  beginsUnwaited,
  type Call,
  type Confidence,
  defineRule,
  doubtsOfEffect,
  doubtsOfReach,
  type Effect,
  type Expr,
  isBefore,
  isHandedTheAnswer,
  isSetUpOnce,
  type Program,
  promiseChain,
  queueOf,
  type Reach,
  type RuleContext,
  type Setting,
  idleBecause,
} from '../../src/api/index.js';

/** What is lost with an instance, and missed: not what is only measured, logged or shown. */
const MISSED = new Set<Effect['kind']>(['mail', 'http', 'enqueue', 'database']);
const OBSERVED =
  /(?:log|audit|metric|analytic|telemetry|track|trace|stat|sentry|posthog|segment|mixpanel|amplitude|heartbeat|ping|prefetch|warm|refresh|revalidat|invalidat|cache|cleanup|purge|lastSeen|lastUsed|lastActive|touch)/i;
/** What is only delivered at best, whatever the sender does: nobody relies on it. */
const AT_BEST = /push notification/;

export default defineRule({
  meta: {
    id: 'fire-and-forget-work',
    title: 'Work begun for a request that nobody waits for and nothing records',
    category: 'jobs',
    severity: 'info',
    triggers: ['restart', 'crash', 'rolling-deploy'],
  },
  check(context) {
    const found = context.program.calls
      .map((call) => judge(context, call))
      .filter((one) => one !== undefined)
      .sort((a, b) => a.reach.path.length - b.reach.path.length);
    // What is begun within something that nobody waits for is lost with that.
    const told = new Set<string>();
    for (const one of found) {
      const end = one.effect.path.at(-1);
      const key = end ? `${end.file}:${end.span.join(':')}` : '';
      if (told.has(key) || found.some((other) => isPartOf(context.program, one, other))) continue;
      told.add(key);
      report(context, one);
    }
  },
});

/** It stands in what another call begins, or is reached through that call. */
function isPartOf(program: Program, { call, reach }: Begun, other: Begun): boolean {
  if (call === other.call) return false;
  const { file } = other.call.unit;
  const [line, column] = other.call.fact.span;
  return (
    promiseChain(program, other.call).some((link) => link !== call && isInside(call, link)) ||
    reach.path.some((step) => step.file === file && step.span[0] === line && step.span[1] === column)
  );
}

interface Begun {
  readonly call: Call;
  readonly reach: Reach;
  readonly effect: Effect;
  readonly setting: Setting;
}

function judge(context: RuleContext, call: Call): Begun | undefined {
  const { program } = context;
  const { unit, fn, fact } = call;
  if (fact.decorates || fact.new || unit.vendored || !(unit.roles.has('server') || unit.roles.has('worker')))
    return undefined;
  if (!beginsUnwaited(program, call)) return undefined;
  const reach = askedBy(program, fn, ['request', 'consumer']);
  if (!reach) return undefined;
  const place = { file: unit.file, span: fact.span };
  const links = new Set(promiseChain(program, call));
  const among = (inner: Call) => links.has(inner) || [...links].some((link) => isInside(inner, link));
  // Where nothing would be missed at all, nobody need look for locks, which is dear.
  const all = program.effects(fn, among);
  if (!all.isCut && !all.effects.some(isMissed)) return undefined;
  const { effects, guards } = program.unguarded(fn, among);
  const effect = effects.find(isMissed);
  if (!effect) return undefined;
  const silence = (reason: string) => {
    context.safe({ ...place, reason });
    return undefined;
  };
  const name = program.text(unit, fact.callee);
  if (guards.length > 0) return silence('done under a lock, and claimed there');
  // `(req, res) => { create(req, res); }`: it answers the user itself.
  if (isHandedTheAnswer(program, call))
    return silence(`\`${name}\` is handed what answers the user, and answers when it is done`);
  if (isWaitedForByFlag(program, call)) return silence('a loop of the same function goes on until it is done');
  if (OBSERVED.test(name) || OBSERVED.test(effect.label))
    return silence('what is measured, logged or only refreshed may be lost');
  const conditions = program.conditions(call, reach.phase);
  if (isSetUpOnce(program, conditions)) return silence('done once in each process, when the first request comes');
  const setting = program.setting(conditions);
  if (setting.developmentOnly || setting.never) return silence(idleBecause(setting, 'begun only outside production'));
  return { call, reach, effect, setting };
}

/** `run(tell).finally(() => { done = true; }); while (!done) { yield …; await pause(); }`: whoever asked is told until the end. */
function isWaitedForByFlag(program: Program, call: Call): boolean {
  const { accesses, conditions } = call.unit.facts;
  const loops = conditions.filter(({ kind, span }) => kind === 'loop' && isBefore(call.fact.span, span));
  if (loops.length === 0) return false;
  const ends = promiseChain(program, call)
    .slice(1)
    .flatMap(({ unit, fact }) => fact.args.flatMap((arg) => program.functions(unit, arg)));
  return accesses.some(
    ({ op, target, fn }) =>
      op === 'assign' &&
      target.k === 'id' &&
      call.unit.facts.bindings[target.b]?.fn === call.fact.fn &&
      ends.some((end) => end.unit === call.unit && end.id === fn) &&
      loops.some(({ test }) => asksFor(test, target.b)),
  );
}

function asksFor(test: Expr, binding: number): boolean {
  switch (test.k) {
    case 'id':
      return test.b === binding;
    case 'unary':
      return asksFor(test.of, binding);
    case 'logic':
    case 'binary':
      return asksFor(test.left, binding) || asksFor(test.right, binding);
    default:
      return false;
  }
}

function isMissed({ kind, writes }: Effect): boolean {
  return writes && MISSED.has(kind);
}

function isInside(inner: Call, { unit, fact }: Call): boolean {
  const [, , line, column] = fact.span;
  const [, , endLine, endColumn] = inner.fact.span;
  return (
    inner.unit === unit &&
    isBefore(fact.span, inner.fact.span) &&
    (endLine < line || (endLine === line && endColumn <= column))
  );
}

/** Nothing is handed to it, and a schedule begins the same: what is cut off is done at its next turn. */
function isScheduledToo(program: Program, call: Call): boolean {
  if (call.fact.args.length > 0) return false;
  return program
    .callees(call)
    .some((fn) =>
      program
        .callers(fn)
        .some(
          (other) =>
            other !== call &&
            other.fact.args.length === 0 &&
            program.reaches(other.fn).some(({ phase, weak }) => phase === 'job' && !weak),
        ),
    );
}

function confidence({ effect, reach }: Begun, again: boolean): Confidence {
  if (again || effect.idempotent || effect.confidence === 'low' || AT_BEST.test(effect.label)) return 'low';
  const weaknesses = Number(effect.confidence !== 'high') + Number(reach.weak) + Number(effect.kind === 'database');
  return weaknesses > 1 ? 'low' : weaknesses === 1 ? 'medium' : 'high';
}

function report(context: RuleContext, begun: Begun): void {
  const { program } = context;
  const { call, reach, effect, setting } = begun;
  const place = { file: call.unit.file, span: call.fact.span };
  const name = program.text(call.unit, call.fact.callee);
  const again = isScheduledToo(program, call);
  context.report({
    ...place,
    confidence: confidence(begun, again),
    doubts: [
      ...(again ? ['a schedule begins the same, and does again what was lost'] : []),
      ...doubtsOfReach(reach),
      ...doubtsOfEffect(effect),
      ...(effect.idempotent ? ['what is lost may be made good by the next run'] : []),
      ...(AT_BEST.test(effect.label) ? ['push notifications are delivered at best, and nobody relies on one'] : []),
      ...(effect.kind === 'database' ? ['a later request may make good what was not written'] : []),
    ],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `\`${name}\` is begun for ${reach.label} and not waited for: it ${effect.label}.`,
    consequence: consequence(effect),
    hint: `Wait for it before the user is answered (\`await ${name}(…)\`), or let a worker do it and try again, through ${queueOf(program.stack(call.unit), name)}.`,
    evidence: [
      { role: 'primary', ...place, note: 'begun here, and left to itself' },
      ...reach.path,
      ...effect.path,
      ...setting.evidence,
    ],
  });
}

function consequence({ kind }: Effect): string {
  switch (kind) {
    case 'mail':
      return 'The user was told that all went well; when the instance stops in the meantime, by a deploy or a crash, the message is never sent, and nothing tells that it was due.';
    case 'http':
      return 'The user was told that all went well; when the instance stops in the meantime, the other service never hears of it, and nothing tries again.';
    case 'enqueue':
      return 'The user was told that all went well; when the instance stops before the queue has it, the job is lost.';
    default:
      return 'The user was told that all went well; when the instance stops in the meantime, the work stays half done, and nothing takes it up again.';
  }
}
