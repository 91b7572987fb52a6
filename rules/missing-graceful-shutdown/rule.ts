import {
  closingWords,
  type Condition,
  defineRule,
  doubtsOfReach,
  type Evidence,
  pagesOnly,
  type Program,
  recipeFor,
  type RuleContext,
  type Server,
  serversOf,
  type Setting,
  shutdownRecipes,
  type Stack,
} from '../../src/api/index.js';
import { checkGrace } from './grace.js';
import { checkSignals } from './signals.js';
import { type Handler, handlersIn, isGivenSignal, placeOf, stoppingPackage } from './stopping.js';
import { checkUnawaited } from './unawaited.js';

export default defineRule({
  meta: {
    id: 'missing-graceful-shutdown',
    title: 'A server that is killed with its requests when an instance is stopped',
    category: 'lifecycle',
    severity: 'warning',
    triggers: ['rolling-deploy', 'scale-out', 'restart'],
  },
  check(context) {
    const reported = new Set<string>();
    for (const server of serversOf(context.program)) {
      const { file, span } = placeOf(server.listening[0].call);
      const place = `${file}:${span[0]}:${span[1]}`;
      // A file that several applications start is one place.
      if (reported.has(place)) continue;
      reported.add(place);
      checkServer(context, server);
    }
    checkSignals(context);
    checkGrace(context);
    checkUnawaited(context);
  },
});

function checkServer(context: RuleContext, server: Server): void {
  const { program } = context;
  const [main] = server.listening;
  const place = placeOf(main.call);
  const itself = server.listening.find(({ call, entry }) => {
    const option = entry.unless && call.fact.args[entry.unless.arg];
    const off =
      entry.unless && option
        ? program
            .property(call.unit, option, entry.unless.path.split('.'))
            .some(({ value }) => value.kind === 'literal' && value.value === false)
        : false;
    return entry.closesItself && !off;
  });
  if (itself) return context.safe({ ...place, reason: `${itself.entry.server} closes itself on SIGTERM` });

  const handlers = handlersIn(program, server.units)
    .map((handler) => ({ handler, absent: absence(program, server, handler) }))
    // What is there for development only is not there.
    .filter(({ absent }) => absent !== 'in production');
  const terms = handlers.filter(({ handler }) => handler.signal !== 'SIGINT');
  const closing = terms.filter(({ handler }) => handler.outcome.kind === 'closes');
  const always = closing.find(({ absent }) => absent === 'never');
  if (always?.handler.outcome.kind === 'closes')
    return context.safe({
      ...place,
      reason: `on SIGTERM, ${always.handler.outcome.what}`,
      because: always.handler.outcome.place,
    });
  const aborted = terms[0] && server.listening.find(({ call }) => isGivenSignal(program, call));
  if (aborted && terms[0])
    return context.safe({
      ...place,
      reason: 'it closes when the `signal` it was given is aborted, and SIGTERM has a handler',
      because: placeOf(terms[0].handler.call),
    });
  const unknown = terms.find(({ handler }) => handler.outcome.kind === 'unknown');
  if (unknown)
    return context.safe({
      ...place,
      reason: 'what runs on SIGTERM could not be followed',
      because: placeOf(unknown.handler.call),
    });
  const other = stoppingPackage(server.units);
  if (other) return context.safe({ ...place, reason: `\`${other.name}\` is about stopping`, because: other.place });
  const interrupted = handlers.find(({ handler }) => handler.signal === 'SIGINT' && handler.outcome.kind === 'closes');
  const stack = program.stack(main.call.unit);
  if (interrupted && stack.has('pm2'))
    return context.safe({
      ...place,
      reason: 'closed on SIGINT, which is what pm2 sends',
      because: placeOf(interrupted.handler.call),
    });
  const partly = closing[0];
  report(
    context,
    server,
    partly?.handler ?? terms.find(({ handler }) => handler.signal === 'SIGTERM')?.handler ?? interrupted?.handler,
    partly && typeof partly.absent === 'object' ? partly.absent : undefined,
  );
}

/** When a handler is not there: never, in production, or as a setting says. */
function absence(program: Program, server: Server, { call }: Handler): 'never' | 'in production' | Setting {
  const shared = new Set(
    server.listening.flatMap((one) => program.conditions(one.call, 'boot')).map(({ fact }) => fact),
  );
  const own = program.conditions(call, 'boot').filter(({ fact }) => !shared.has(fact));
  const setting = program.setting(own);
  if (setting.developmentOnly || setting.never) return 'in production';
  if (setting.when === 'always') return 'never';
  const deciding = own.filter((condition) => program.setting([condition]).when !== 'always');
  const [only] = deciding;
  if (!only || deciding.length > 1) return 'never';
  const negated = program.setting([not(only)]);
  return negated.developmentOnly || negated.never ? 'never' : negated;
}

function not({ unit, fact }: Condition): Condition {
  return { unit, fact: { ...fact, sense: !fact.sense } };
}

function report(context: RuleContext, server: Server, handler: Handler | undefined, absent: Setting | undefined): void {
  const { program } = context;
  const [main, ...others] = server.listening;
  const place = placeOf(main.call);
  // Of several, each behind a condition, one is opened whatever is set: with a host or without one, with TLS or without.
  const around = others.length > 0 ? [] : program.conditions(main.call, 'boot');
  const setting = absent ?? program.setting(around);
  const stack = program.stack(main.call.unit);
  const pages = pagesOnly(program, server);
  const doubts = [
    ...(pages ? ['it only gives out pages: whoever is cut off asks again, and nothing is lost'] : []),
    ...doubtsOfReach(main.reach),
    ...(main.guessed ? ['what it is called on could not be resolved, and is taken for a server from its name'] : []),
    ...(server.assumed ? ['what starts this file is not known, so the files of its package were looked at'] : []),
  ];
  const what = `\`${program.text(main.call.unit, main.call.fact.callee)}(…)\``;
  context.report({
    ...place,
    ...(pages ? { severity: 'info' as const } : {}),
    confidence: pages ? 'low' : doubts.length > 0 ? 'medium' : 'high',
    doubts,
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `${what} opens ${article(main.entry.server)} server, and ${message(handler, absent)}.`,
    consequence:
      'Each deploy, restart or scale-down kills the instance in the middle of its requests: users get a broken connection or an error page, and what was half done stays half done.',
    hint: hint(main.entry.server, stack, program.text(main.call.unit, main.call.fact.callee), handler),
    evidence: [
      { role: 'primary', ...place, note: 'the server is opened here' },
      ...main.reach.path,
      ...handlerEvidence(handler),
      ...others.map(({ call }): Evidence => ({ role: 'started', ...placeOf(call), note: 'another server of it' })),
      ...setting.evidence,
    ],
  });
}

function message(handler: Handler | undefined, absent: Setting | undefined): string {
  if (absent) return 'closes it on SIGTERM only as a setting says';
  if (!handler) return 'nothing closes it when the process gets SIGTERM';
  if (handler.signal === 'SIGINT') return 'closes it on SIGINT only, while platforms send SIGTERM';
  if (handler.outcome.kind === 'rushes')
    return 'the SIGTERM handler ends the process right after it began to close, without waiting';
  if (handler.outcome.kind === 'exits') return 'the SIGTERM handler ends the process without closing it';
  return 'the SIGTERM handler does not close it';
}

function handlerEvidence(handler: Handler | undefined): Evidence[] {
  if (!handler) return [];
  const { outcome } = handler;
  const found: Evidence[] = [
    { role: 'registered', ...placeOf(handler.call), note: `registered for ${handler.signal}` },
  ];
  if (outcome.kind === 'exits') found.push({ role: 'effect', ...outcome.place, note: 'ends the process' });
  if (outcome.kind === 'rushes')
    found.push(
      { role: 'effect', ...outcome.place, note: 'begins to close the server' },
      { role: 'effect', ...outcome.exit, note: 'ends the process at once' },
    );
  return found;
}

function article(server: string): string {
  if (/^an? /.test(server)) return server.replace(/ server$/, '');
  return `${/^[AEIOU]/.test(server) ? 'an' : 'a'} ${server}`;
}

/** How this server ends, with what the project has besides. */
function hint(server: string, stack: Stack, callee: string, handler: Handler | undefined): string {
  const keep = /listen$/.test(callee) && !/server/i.test(callee);
  return recipeFor(shutdownRecipes, handler?.outcome.kind === 'rushes' ? 'rushes' : server, stack, {
    keep: keep ? `Keep what \`${callee}\` returns as \`server\`, and close` : 'Close',
    ...closingWords(stack),
  });
}
