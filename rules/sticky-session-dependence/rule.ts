import {
  type Balancer,
  clientTransports,
  type Deployed,
  defineRule,
  type Evidence,
  isForUse,
  type Match,
  matches,
  type Place,
  type PollingKnowledge,
  type Program,
  pollingServers,
  type RuleContext,
  transportsOf,
} from '../../src/api/index.js';

export default defineRule({
  meta: {
    id: 'sticky-session-dependence',
    title: 'Clients that must, or are made to, come back to the same instance',
    category: 'deployment',
    severity: 'info',
    triggers: ['scale-out', 'rolling-deploy', 'crash'],
  },
  check(context) {
    const polling = pollingOf(context);
    const sticky = stickyOf(context.program);
    for (const one of sticky) checkBalancer(context, one, polling[0]);
    for (const group of byApplication(polling)) checkPolling(context, group, sticky[0]);
  },
});

// Balancers that keep a client at one instance

interface Sticky {
  readonly balancer: Balancer;
  readonly place: Place;
  readonly words: string;
  readonly why: string;
}

function stickyOf(program: Program): readonly Sticky[] {
  const seen = new Set<string>();
  return program.descriptors.filter(isForUse).flatMap(({ balancers, why }) =>
    balancers.flatMap((balancer): readonly Sticky[] => {
      const { sticky } = balancer;
      if (!sticky) return [];
      // One line can stand for several balancers: the defaults of a proxy.
      const key = `${sticky.place.file}:${sticky.place.span.join(':')}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ balancer, place: sticky.place, words: sticky.value ?? 'stickiness', why }];
    }),
  );
}

function checkBalancer(
  context: RuleContext,
  { balancer, place, words, why }: Sticky,
  polling: Polling | undefined,
): void {
  const foreign = foreignTarget(context.program, balancer);
  if (foreign) {
    context.safe({ ...place, reason: `it leads to \`${foreign.workload.name}\`: ${foreign.workload.ownsWhy}` });
    return;
  }
  const needs: readonly Evidence[] = polling
    ? [
        {
          role: 'option',
          ...placeOf(polling.match),
          note: `${polling.match.entry.what} answers long polling, which needs it`,
        },
      ]
    : [];
  context.report({
    ...place,
    confidence: 'high',
    when: 'always',
    symbol: `${balancer.name} sticky`,
    message: `\`${balancer.name}\` sends each client back to the instance it met first (\`${words}\`)${polling ? `, as the long polling of ${polling.match.entry.what} needs` : ''}.`,
    consequence:
      'When that instance is replaced or crashes, its clients lose what it alone knew of them; new instances stay idle while old ones are full; and what is wrong with two instances shows only then.',
    hint: polling
      ? `Name \`transports: ['websocket']\` on the server and in every client; then no stickiness is needed here, and the line can go.`
      : 'Mend what the other findings name (sessions, uploads and caches kept by one instance), then take this line out; a deploy is the test.',
    evidence: [{ role: 'primary', ...place, note: `${words}; ${why}` }, ...needs],
  });
}

/** Somebody else's program behind a balancer, which knows what it needs. */
function foreignTarget(program: Program, { targets }: Balancer): Deployed | undefined {
  const behind = program.workloads.filter(({ workload }) =>
    targets.some(({ value = '' }) => {
      const [key, label] = value.split('=');
      if (label !== undefined) return workload.labels[key ?? '']?.value === label;
      return value.replace(/^\w+:\/\//, '').split(/[:/]/)[0] === workload.name;
    }),
  );
  return behind.length > 0 && behind.every(({ workload }) => workload.owns === false) ? behind[0] : undefined;
}

// Servers that need it

interface Polling {
  readonly match: Match<Known>;
  readonly isGuessed: boolean;
}

type Known = PollingKnowledge & { readonly options: number };

const SERVERS: readonly Known[] = pollingServers.map((entry) => ({ ...entry, options: entry.plugin ? 1 : -1 }));

function pollingOf(context: RuleContext): readonly Polling[] {
  const { program } = context;
  const clients = clientTransports(program);
  return matches(program, SERVERS).flatMap((match): readonly Polling[] => {
    const { call, entry } = match;
    if (!call.unit.roles.has('server') && !call.unit.roles.has('worker')) return [];
    const stack = program.stack(call.unit);
    if (entry.needs !== undefined && !stack.has(entry.needs)) return [];
    if (entry.without !== undefined && stack.has(entry.without)) return [];
    const place = placeOf(match);
    const transports = transportsOf(program, call, entry.args);
    if (transports !== 'polling') {
      const reason =
        transports === 'unknown' ? 'which transports it offers could not be told' : 'it offers no long polling';
      context.safe({ ...place, reason });
      return [];
    }
    const [client] = clients;
    if (client && clients.every((one) => one.transports === 'without polling')) {
      context.safe({ ...place, reason: 'its clients connect without long polling', because: client.place });
      return [];
    }
    return [{ match, isGuessed: entry.needs !== undefined }];
  });
}

/** Several gateways or servers of an application are mended together. */
function byApplication(all: readonly Polling[]): readonly (readonly [Polling, ...Polling[]])[] {
  const groups = new Map<string, [Polling, ...Polling[]]>();
  for (const one of all) {
    const key = one.match.call.unit.manifest?.dir ?? '';
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

function checkPolling(
  context: RuleContext,
  [main, ...others]: readonly [Polling, ...Polling[]],
  sticky?: Sticky,
): void {
  const { program } = context;
  const { call, entry } = main.match;
  const place = placeOf(main.match);
  if (sticky) {
    // The balancer has what the server needs, and is reported for it.
    context.safe({ ...place, reason: 'a balancer keeps each client at one instance', because: sticky.place });
    return;
  }
  const setting = program.setting(program.conditions(call, 'boot'));
  if (setting.developmentOnly || setting.never) return;
  context.report({
    ...place,
    confidence: main.isGuessed ? 'medium' : 'high',
    doubts: main.isGuessed ? ['an adapter of the application can name transports of its own'] : [],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `${capital(entry.what)} answers long polling, with which clients begin: one connection is several requests, and only the instance that got the first knows the rest.`,
    consequence:
      'Behind a balancer that spreads requests evenly, connections fail with HTTP 400 ("Session ID unknown") until a client happens to meet the same instance several times in a row.',
    hint: `Name \`transports: ['websocket']\` on the server and in every client, or let the balancer keep clients at one instance (a cookie, \`ip_hash\`).`,
    evidence: [
      { role: 'primary', ...place, note: `no \`transports\` are named, so that long polling is on` },
      ...others.map(({ match }): Evidence => ({ role: 'declared', ...placeOf(match), note: 'and another' })),
    ],
  });
}

function placeOf({ call }: Match<unknown>): Place {
  return { file: call.unit.file, span: call.fact.span };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
