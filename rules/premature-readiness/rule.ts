import {
  ApiTable,
  type Call,
  callsAmong,
  callsKnown,
  connects,
  defineRule,
  type Evidence,
  idleBecause,
  listens,
  type MigrationCall,
  migrationCalls,
  once,
  type Order,
  orderOf,
  type Program,
  type RuleContext,
  sharing,
  type Starting,
  swallowed,
} from '../../src/api/index.js';
import { checkProcessManager } from './process-manager.js';

const MIGRATIONS = new ApiTable<MigrationCall>(migrationCalls.map((entry) => ({ patterns: [entry.api], entry })));

/** Something that should be over before the first request. */
interface Needed extends Starting {
  readonly what: string;
  readonly until: string;
  readonly isReported?: boolean;
}

export default defineRule({
  meta: {
    id: 'premature-readiness',
    title: 'A server that listens before what it needs is there',
    category: 'lifecycle',
    severity: 'info',
    triggers: ['scale-out', 'rolling-deploy', 'restart', 'crash'],
  },
  check(context) {
    const servers = listens(context.program);
    if (servers.length > 0) for (const needed of needs(context.program)) check(context, needed, servers);
    checkProcessManager(context);
  },
});

function needs(program: Program): Needed[] {
  const found: Needed[] = connects(program)
    .filter(({ entry }) => !entry.aside && !entry.lazy)
    .map(({ entry, ...starting }) => ({
      ...starting,
      what: `the connection to ${entry.to}`,
      until: entry.until,
      // What goes on without the connection is another finding.
      isReported: entry.once === true && swallowed(program, starting) !== undefined,
    }));
  for (const { call, entry } of callsKnown(program, MIGRATIONS)) {
    const boot = call.unit.roles.has('server')
      ? program.reaches(call.fn).find(({ phase }) => phase === 'boot')
      : undefined;
    const isConnect = found.some((one) => one.call === call);
    if (boot && !isConnect)
      found.push({
        call,
        boot,
        what: `the migration (${entry.tool})`,
        until: 'requests meet a schema that is half done',
      });
  }
  return found;
}

function check(context: RuleContext, needed: Needed, servers: readonly Starting[]): void {
  const { program } = context;
  const { call, boot } = needed;
  const place = { file: call.unit.file, span: call.fact.span };
  const orders = sharing(program, call.unit, servers).map((server) => ({
    server,
    order: orderOf(program, needed, server),
  }));
  const early = orders.find(({ order }) => order === 'open' || order === 'after');
  if (!early?.order || orders.some(({ order }) => order === 'before')) {
    if (orders.some(({ order }) => order === 'before'))
      context.safe({ ...place, reason: 'the server listens only when this is over' });
    return;
  }
  if (needed.isReported) return context.safe({ ...place, reason: 'reported as unhandled-connection-failure' });
  const gate = readinessGate(program, call);
  if (gate)
    return context.safe({
      ...place,
      reason: 'whether it is there is asked for while serving',
      because: { file: gate.unit.file, span: gate.fact.span },
    });
  const setting = program.setting(program.conditions(call, 'boot'));
  if (setting.developmentOnly || setting.never)
    return context.safe({ ...place, reason: idleBecause(setting, 'runs outside production only') });
  const { server, order } = early;
  context.report({
    ...place,
    confidence: boot.weak || server.boot.weak ? 'low' : 'medium',
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: message(needed.what, order),
    consequence: `A new instance gets requests as soon as its port is open, and until ${needed.what} is there ${needed.until}: each deploy and each restart shows errors or long waits to a part of the users.`,
    hint: 'Await everything that requests need, and call `listen` last; or let a readiness route answer 503 until it is there, and have the platform ask for that.',
    evidence: [
      { role: 'primary', ...place, note: `${needed.what} is made here` },
      {
        role: 'started',
        file: server.call.unit.file,
        span: server.call.fact.span,
        note: 'the server listens, without waiting for it',
      } satisfies Evidence,
      ...boot.path,
      ...setting.evidence,
    ],
  });
}

function message(what: string, order: Order): string {
  return order === 'after'
    ? `The server listens first, and makes ${what} afterwards.`
    : `The server listens without waiting for ${what}: nobody awaits it.`;
}

/** A route or check that tells whether the connection is there: `mongoose.connection.readyState`, `dataSource.isInitialized`. */
function readinessGate(program: Program, connect: Call): Call | undefined {
  return sharing(program, connect.unit, gates(program))[0]?.call;
}

const ASKS = /\b(?:readyState|isInitialized|isReady|isConnected|healthcheck|terminus|lightship|signalReady)\b/;

/** The calls that ask it, or stand where it is asked. */
const gates = once((program: Program): readonly { readonly call: Call }[] => {
  const servers = program.units.filter(({ roles }) => roles.has('server'));
  return servers.flatMap((unit) => {
    const { accesses, conditions } = unit.facts;
    const fns = new Set(
      accesses.flatMap(({ fn, target }) => (target.k === 'member' && ASKS.test(target.name) ? [fn] : [])),
    );
    const tests = new Set(conditions.flatMap(({ test }, id) => (ASKS.test(program.text(unit, test)) ? [id] : [])));
    return callsAmong(program, [unit])
      .filter(
        ({ fn, fact }) =>
          fns.has(fn.id) || fact.when.some((id) => tests.has(id)) || ASKS.test(program.text(unit, fact.callee)),
      )
      .map((call) => ({ call }));
  });
});
