import {
  defineRule,
  doubtsOfReach,
  type Evidence,
  healthRecipes,
  healthWords,
  pagesOnly,
  recipeFor,
  type RuleContext,
  type Server,
  serversOf,
  type Stack,
} from '../../src/api/index.js';
import { routesOf } from './probes.js';

export default defineRule({
  meta: {
    id: 'missing-health-check',
    title: 'A server that a load balancer cannot ask whether it is well',
    category: 'lifecycle',
    severity: 'warning',
    triggers: ['scale-out', 'rolling-deploy', 'crash'],
  },
  check(context) {
    const reported = new Set<string>();
    for (const server of serversOf(context.program)) {
      const { unit, fact } = server.listening[0].call;
      const key = `${unit.file}:${fact.span[0]}:${fact.span[1]}`;
      if (reported.has(key)) continue;
      reported.add(key);
      checkServer(context, server);
    }
  },
});

/** Servers that no balancer probes over HTTP. */
const NOT_HTTP = /^(?:Socket\.IO|a gRPC server|Bolt)$/;

function checkServer(context: RuleContext, server: Server): void {
  const { program } = context;
  const [main, ...others] = server.listening;
  const { call, entry } = main;
  const place = { file: call.unit.file, span: call.fact.span };
  if (NOT_HTTP.test(entry.server)) return context.safe({ ...place, reason: 'not probed over HTTP' });
  // A microservice of Nest listens to a broker, without a port.
  if (entry.server === 'Nest' && call.fact.args.length === 0)
    return context.safe({ ...place, reason: 'a microservice, which has no routes' });
  const builtIn = server.listening.find((one) => one.entry.health);
  if (builtIn)
    return context.safe({ ...place, reason: `${builtIn.entry.server} answers \`${builtIn.entry.health}\` by itself` });
  const { probe, paths } = routesOf(program, server);
  if (probe) return context.safe({ ...place, reason: `answers ${probe.what}`, because: probe.place });

  const doubts = [
    ...doubtsOfReach(main.reach),
    ...(main.guessed ? ['what it is called on could not be resolved, and is taken for a server from its name'] : []),
    ...(server.assumed ? ['what starts this file is not known, so the files of its package were looked at'] : []),
    ...(program.unresolvedLoads > 0
      ? ['some files are loaded by paths that could not be told, and may hold routes']
      : []),
  ];
  // What answers every path alike answers a probe too, as far as that goes.
  if (paths === 0) doubts.push('no route with a path was found: any path may be answered');
  // What only gives out pages works as soon as it answers at all, which a probe of its port tells as well.
  const pages = pagesOnly(program, server);
  if (pages) doubts.push('it only gives out pages, and has nothing of its own that could fail');
  const setting = program.setting(others.length > 0 ? [] : program.conditions(call, 'boot'));
  const stack = program.stack(call.unit);
  context.report({
    ...place,
    ...(pages ? { severity: 'info' as const } : {}),
    confidence: paths === 0 || pages ? 'low' : doubts.length > 0 ? 'medium' : 'high',
    doubts,
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `\`${program.text(call.unit, call.fact.callee)}(…)\` opens a server that has no route for health checks.`,
    consequence:
      'The load balancer cannot tell an instance that works from one that is still starting, hangs or has lost its database: it keeps sending users there, and they get errors while the other instance is fine.',
    hint: hint(entry.server, stack),
    evidence: [
      { role: 'primary', ...place, note: 'the server is opened here' },
      ...main.reach.path,
      ...others.map(
        (other): Evidence => ({
          role: 'started',
          file: other.call.unit.file,
          span: other.call.fact.span,
          note: 'another server of it',
        }),
      ),
      ...setting.evidence,
    ],
  });
}

/** A route of this server, which asks the database it has. */
function hint(server: string, stack: Stack): string {
  const kind = server === 'an HTTP server' && stack.framework === undefined ? 'plain' : server;
  return recipeFor(healthRecipes, kind, stack, healthWords(stack));
}
