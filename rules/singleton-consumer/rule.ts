import {
  ApiTable,
  type Call,
  callsKnown,
  type ConsumerKnowledge,
  consumers,
  defineRule,
  doubtsOfEffect,
  doubtsOfReach,
  type Effect,
  type Evidence,
  type Fn,
  idleBecause,
  type Reach,
  type RuleContext,
  type Severity,
} from '../../src/api/index.js';
import { handlersOf, isAnswering, isOwn, isSet, isShared, says } from './arguments.js';

const TABLE = new ApiTable<ConsumerKnowledge>(consumers.map((entry) => ({ patterns: [entry.api], entry })));

/** Effects that two instances would each have on the same outside. */
const OUTSIDE = new Set<Effect['kind']>(['mail', 'database', 'http', 'publish', 'enqueue']);

export default defineRule({
  meta: {
    id: 'singleton-consumer',
    title: 'Connections of which only one may be open, and subscriptions that every instance acts upon',
    category: 'jobs',
    severity: 'error',
    triggers: ['scale-out', 'rolling-deploy'],
  },
  check(context) {
    for (const { call } of callsKnown(context.program, TABLE)) {
      const entry = context.program
        .apis(call)
        .flatMap((api) => TABLE.find(api))
        .find((known) => says(context.program, call, known.when));
      if (entry && !call.fact.decorates) check(context, call, entry);
    }
  },
});

function check(context: RuleContext, call: Call, entry: ConsumerKnowledge): void {
  const { program } = context;
  const place = { file: call.unit.file, span: call.fact.span };
  const silence = (reason: string, because?: { readonly file: string; readonly span: Evidence['span'] }) =>
    context.safe({ ...place, reason, ...(because ? { because } : {}) });
  if (!call.unit.roles.has('server')) {
    if (call.unit.roles.has('worker')) silence('runs in a process of its own that serves no users');
    return;
  }
  if (call.unit.vendored) return;
  if (entry.only && !isSet(program, call, entry.only)) return silence('does not consume by itself');
  if (entry.unless && isSet(program, call, entry.unless)) return silence('the instances share what comes in');
  if (entry.own && !isOwn(program, call, entry.own))
    return silence('all instances consume under one name, and share what comes in');
  if (isShared(program, call, entry)) return silence('a shared subscription brings each message to one instance');
  const reaches = program.reaches(call.fn);
  const started =
    reaches.find(({ phase }) => phase === 'boot') ?? reaches.find(({ phase }) => phase === 'job' || phase === 'event');
  if (reaches.length > 0 && !started) return silence('opened for one request or connection, not by the process');
  const [around] = program.guards(call).filter(({ kind }) => kind !== 'role-switch');
  if (around) return silence(`guarded: ${around.label}`, around.place);
  const setting = program.setting(program.conditions(call));
  if (setting.developmentOnly) return silence(idleBecause(setting, 'opened only outside production'));
  if (setting.never) return silence('asks for the absence of a setting that is required');

  const handlers = handlersOf(program, call, entry);
  const left = handlers.map((fn) => program.unguarded(fn));
  // What answers on a channel that the message names is the other end of a conversation between instances.
  const answers = handlers.length > 0 && isAnswering(program, handlers);
  // So is what the same class publishes that has subscribed: the messages are its own.
  const isMethod = isOfClass(program, call.fn);
  const isOfTransport = (one: Effect) => isMethod && one.path.at(-1)?.file === call.unit.file;
  const counts = (one: Effect) => isOutside(one) && !(one.kind === 'publish' && (answers || isOfTransport(one)));
  const effect = strongest(left.flatMap(({ effects }) => effects.filter(counts)));
  if (entry.kind === 'all') {
    const all = handlers.map((fn) => program.effects(fn));
    const [inside] = left.flatMap(({ guards }) => guards);
    if (inside && !effect && all.some(({ effects }) => effects.some(counts)))
      return silence(`guarded: ${inside.label}`, inside.place);
    // What every instance should hear: a message that makes each one refresh its own copy, or tell its own clients.
    if (!effect && !all.some(({ unknown }) => unknown))
      return silence('what it does with a message stays in its own process');
  }
  report(context, call, entry, { started, handlers, effect, setting });
}

interface Found {
  readonly started: Reach | undefined;
  readonly handlers: readonly Fn[];
  readonly effect: Effect | undefined;
  readonly setting: ReturnType<RuleContext['program']['setting']>;
}

function report(
  context: RuleContext,
  call: Call,
  entry: ConsumerKnowledge,
  { started, handlers, effect, setting }: Found,
): void {
  const { program } = context;
  const place = { file: call.unit.file, span: call.fact.span };
  const isSole = entry.kind === 'sole';
  const isDoubtful = started?.weak || !started;
  context.report({
    ...place,
    severity: isSole ? 'error' : severityOf(effect),
    confidence: isSole
      ? isDoubtful
        ? 'medium'
        : 'high'
      : !effect || effect.confidence === 'low'
        ? 'low'
        : isDoubtful || effect.idempotent || effect.confidence === 'medium'
          ? 'medium'
          : 'high',
    doubts: [
      ...doubtsOfReach(started),
      ...(started ? [] : ['nothing is known to start it']),
      ...(isSole ? [] : effect ? doubtsOfEffect(effect) : ['what it does with a message could not be followed']),
      ...(effect?.idempotent ? ['doing it twice changes nothing more'] : []),
    ],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: isSole
      ? `Every instance opens ${entry.what} of its own.`
      : `Every instance has ${entry.what}${effect ? ` and acts on each message: it ${effect.label}` : '; what it does with a message could not be followed'}.`,
    consequence: `${entry.twice}.`,
    hint: `${entry.recipe}.`,
    evidence: [
      { role: 'primary', ...place, note: `${entry.what}` },
      ...(started?.path ?? []),
      ...handlers.slice(0, 2).map((fn) => ({
        role: 'registered' as const,
        file: fn.unit.file,
        span: fn.fact.nameSpan,
        note: 'handles what comes in',
      })),
      ...(effect?.path ?? []),
      ...setting.evidence,
    ],
  });
}

/** A method or constructor, or written inside one. */
function isOfClass(program: RuleContext['program'], fn: Fn): boolean {
  for (let at = fn; at.id !== 0; at = program.fn(at.unit, at.fact.parent))
    if (at.fact.cls !== undefined || at.unit.facts.classes.some(({ ctor }) => ctor === at.id)) return true;
  return false;
}

function isOutside({ kind, writes }: Effect): boolean {
  return writes && OUTSIDE.has(kind);
}

function strongest(effects: readonly Effect[]): Effect | undefined {
  const rank = (effect: Effect) =>
    (effect.idempotent ? 10 : 0) + (effect.confidence === 'high' ? 0 : effect.confidence === 'medium' ? 3 : 6);
  return [...effects].sort((a, b) => rank(a) - rank(b))[0];
}

function severityOf(effect: Effect | undefined): Severity {
  if (!effect) return 'warning';
  return effect.idempotent ? 'info' : 'error';
}
