import {
  defineRule,
  doubtsOfReach,
  type Evidence,
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
  const setting = program.setting(others.length > 0 ? [] : program.conditions(call, 'boot'));
  const stack = program.stack(call.unit);
  context.report({
    ...place,
    confidence: paths === 0 ? 'low' : doubts.length > 0 ? 'medium' : 'high',
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

/** One recipe for this server, with the database it has. */
function hint(server: string, stack: Stack): string {
  const ask = question(stack);
  const asks = ask ? `await ${ask}; ` : '';
  const early = 'before sessions and sign-in';
  if (server === 'Nest')
    return `Add \`@nestjs/terminus\`: a controller with \`@Get('health')\` and \`@HealthCheck()\` that pings the database${ask ? '' : ' or whatever it cannot do without'}.`;
  if (server === 'Fastify')
    return `Add \`app.get('/healthz', async () => { ${asks}return { status: 'ok' }; })\`, or \`@fastify/under-pressure\` with \`exposeStatusRoute\`.`;
  if (server === 'Koa') return `Add \`router.get('/healthz', async (ctx) => { ${asks}ctx.body = 'ok'; })\`, ${early}.`;
  if (server === 'hapi')
    return `Add \`server.route({ method: 'GET', path: '/healthz', options: { auth: false }, handler: async () => { ${asks}return 'ok'; } })\`.`;
  if (server === 'Hono') return `Add \`app.get('/healthz', async (c) => { ${asks}return c.text('ok'); })\`, ${early}.`;
  if (server === 'an HTTP server' && stack.framework === undefined)
    return `Answer a path of its own in the request handler: \`if (req.url === '/healthz') { ${asks}res.end('ok'); return; }\`.`;
  return `Add \`app.get('/healthz', async (req, res) => { ${asks}res.send('ok'); })\`, ${early}.`;
}

function question(stack: Stack): string | undefined {
  switch (stack.orm) {
    case '@prisma/client':
      return stack.database === 'mongodb' ? undefined : 'prisma.$queryRaw`SELECT 1`';
    case 'mongoose':
      return 'mongoose.connection.db.admin().ping()';
    case 'typeorm':
      return "dataSource.query('SELECT 1')";
    case 'sequelize':
      return 'sequelize.authenticate()';
    case 'knex':
    case 'objection':
      return "knex.raw('SELECT 1')";
    case 'drizzle-orm':
      return 'db.execute(sql`SELECT 1`)';
  }
  return stack.database === 'postgres' || stack.database === 'mysql' ? "pool.query('SELECT 1')" : undefined;
}
