import {
  defineRule,
  type Evidence,
  type RuleContext,
  type Server,
  serversOf,
  type TrustedProxy,
  trustedProxies,
  type Unit,
} from '../../src/api/index.js';
import { type Need, needsOf } from './needs.js';

export default defineRule({
  meta: {
    id: 'missing-trust-proxy',
    title: 'An application that takes the load balancer for its user',
    category: 'lifecycle',
    severity: 'warning',
    triggers: ['scale-out'],
  },
  check(context) {
    const applications = new Map<string, Server[]>();
    for (const server of serversOf(context.program))
      applications.set(server.application, [...(applications.get(server.application) ?? []), server]);
    const reported = new Set<string>();
    for (const servers of applications.values()) checkApplication(context, servers, reported);
  },
});

/** Once for an application: one line mends all of them. */
function checkApplication(context: RuleContext, servers: readonly Server[], reported: Set<string>): void {
  const { program } = context;
  const units = new Set<Unit>();
  for (const server of servers) for (const unit of server.units) if (!unit.vendored) units.add(unit);
  const needs = needsOf(program, units);
  const need = needs[0];
  if (!need) return;
  // Several manifests may start the same files.
  const keys = needs.map(({ place }) => `${place.file}:${place.span.join(':')}`);
  const isKnown = keys.some((key) => reported.has(key));
  for (const key of keys) reported.add(key);
  if (isKnown) return;
  const trusted = trustedProxies(program, units);
  // Two settings that make up for one another: `if (local) app.set(…) else app.enable(…)`.
  const isEitherWay = new Set(trusted.map(({ missing }) => missing?.when)).size > 1;
  const always = isEitherWay ? trusted[0] : trusted.find(({ missing }) => missing === undefined);
  if (always) {
    const { file, span } = need.place;
    return context.safe({ file, span, reason: 'the proxy in front is trusted', because: always.place });
  }
  // Of several settings, the one that has to be made.
  const partly = trusted.find(({ missing }) => missing?.when === 'default-config') ?? trusted[0];
  report(context, need, needs, partly);
}

function report(context: RuleContext, need: Need, needs: readonly Need[], partly: TrustedProxy | undefined): void {
  const { program } = context;
  const when = partly?.missing?.when ?? need.setting.when;
  const words = partly ? partly.missing?.words : need.setting.words;
  const doubts = [
    ...(need.weak ?? []),
    ...(program.unresolvedLoads > 0
      ? ['some files are loaded by paths that could not be told, and may hold the setting']
      : []),
  ];
  context.report({
    ...need.place,
    confidence: need.weak ? 'low' : doubts.length > 0 || need.kind !== 'limit' ? 'medium' : 'high',
    doubts,
    when,
    ...(words ? { condition: words } : {}),
    symbol: program.symbol(need.place),
    message: `${need.what}, and ${partly ? 'only with a setting is the application' : 'the application is never'} told to trust a proxy.`,
    consequence: CONSEQUENCES[need.kind],
    hint: hint(need.framework),
    evidence: [
      { role: 'primary', ...need.place, note: 'read here' },
      ...need.path,
      ...needs
        .slice(1, 5)
        .map((other): Evidence => ({ role: 'read', ...other.place, note: `also here: ${other.what}` })),
      ...(partly ? [{ role: 'condition' as const, ...partly.place, note: 'trusted only with a setting' }] : []),
    ],
  });
}

const CONSEQUENCES: Readonly<Record<Need['kind'], string>> = {
  limit:
    'Behind the load balancer every user has its address, so all of them share one limit: a busy minute, or one attacker, locks everybody out.',
  cookie:
    'The load balancer ends TLS and passes plain HTTP on, so the secure session cookie is never sent: nobody can sign in.',
  address:
    'Behind the load balancer every user has its address: limits, bans and records by address hit everybody or nobody.',
  encryption:
    'The load balancer ends TLS and passes plain HTTP on, so every request looks unencrypted: links that are sent out begin with `http://`, and redirects to `https://` never end.',
};

function hint(framework: Need['framework']): string {
  const count = 'the number of proxies in front';
  switch (framework) {
    case 'fastify':
      return `Create the server with \`fastify({ trustProxy: ['10.0.0.0/8'] })\`, with the addresses of the load balancer.`;
    case 'koa':
      return 'Set `app.proxy = true` and `app.maxIpsCount = 1` right after `new Koa()`, with the number of proxies in front.';
    case 'nest':
      return `In \`main.ts\`, create a \`NestExpressApplication\` and call \`app.set('trust proxy', 1)\` (${count}); with Fastify, \`new FastifyAdapter({ trustProxy: […] })\`.`;
  }
  return `Call \`app.set('trust proxy', 1)\` right after \`express()\`, with ${count}; not \`true\`, which believes whatever users send.`;
}
