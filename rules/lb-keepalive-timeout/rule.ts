import {
  type Balancer,
  behind,
  type Deployed,
  defineRule,
  type Evidence,
  type FrameworkKeepAlive,
  frameworkKeepAlive,
  idleOf,
  isAside,
  isForUse,
  keepAlivePlaces,
  keepingOf,
  nodeKeeps,
  nodeVersion,
  ownKeeping,
  type Place,
  platformIdle,
  type Program,
  type RuleContext,
  type Run,
  type Server,
  serversOf,
  type Unit,
} from '../../src/api/index.js';

export default defineRule({
  meta: {
    id: 'lb-keepalive-timeout',
    title: 'A server that closes idle connections before the balancer in front of it does',
    category: 'lifecycle',
    severity: 'info',
    triggers: ['scale-out', 'rolling-deploy'],
  },
  check(context) {
    const { program } = context;
    const fronts = frontsOf(program);
    if (fronts.length === 0) return;
    const servers = serversOf(program);
    for (const server of servers) checkServer(context, server, fronts, servers.length);
    checkFrameworks(context, fronts, servers.length);
  },
});

/** Something that sends requests over connections it keeps. */
interface Front {
  readonly name: string;
  readonly what: string;
  readonly seconds: number;
  readonly place: Place;
  /** Where the number stands, if it is not the default. */
  readonly said?: Place;
  readonly retries: boolean;
  readonly isUnchecked: boolean;
  readonly leadsTo: readonly Deployed[];
}

function frontsOf(program: Program): readonly Front[] {
  const balancers = program.descriptors.filter(isForUse).flatMap(({ balancers }) => balancers);
  const platforms = program.workloads.flatMap((deployed): Front[] => {
    const entry = platformIdle.find(({ kind }) => kind === deployed.descriptor.kind);
    if (!entry || isAside(deployed) !== undefined || deployed.workload.does !== 'web') return [];
    return [
      {
        name: deployed.workload.name,
        what: entry.name,
        seconds: entry.seconds,
        place: deployed.workload.place,
        retries: true,
        isUnchecked: true,
        leadsTo: [deployed],
      },
    ];
  });
  return [...balancers.flatMap((one) => frontOf(program, one)), ...platforms];
}

function frontOf(program: Program, balancer: Balancer): readonly Front[] {
  const idle = idleOf(balancer);
  if (!idle) return [];
  const leadsTo = behind(program, balancer);
  // Somebody else's program knows what stands in front of it.
  if (leadsTo.length > 0 && leadsTo.every(({ workload }) => workload.owns === false)) return [];
  const { entry, seconds, place } = idle;
  return [
    {
      name: balancer.name,
      what: entry.name,
      seconds,
      place: balancer.reuses?.place ?? balancer.place,
      ...(place ? { said: place } : {}),
      retries: entry.retries ?? false,
      isUnchecked: entry.source.startsWith('unchecked:') && !place,
      leadsTo,
    },
  ];
}

function checkServer(context: RuleContext, server: Server, fronts: readonly Front[], servers: number): void {
  const { program } = context;
  const [main] = server.listening;
  const place = { file: main.call.unit.file, span: main.call.fact.span };
  const front = longest(
    fronts,
    (deployed) => deployed.processes.some((one) => server.processes.includes(one)),
    servers,
  );
  if (!front) return;
  const other = ownKeeping(program, server.units);
  const said = keepingOf(program, server.units);
  const node = nodeVersion(program, server.units);
  const byDefault = other ? other.seconds : nodeKeeps(node?.major);
  const unknown = said.find(({ seconds }) => seconds === undefined);
  if (unknown) return context.safe({ ...place, reason: 'a setting says how long', because: unknown.place });
  const [largest] = [...said].sort((a, b) => (b.seconds ?? 0) - (a.seconds ?? 0));
  const seconds = largest?.seconds ?? byDefault;
  if (seconds === undefined) return context.safe({ ...place, reason: 'how long it keeps them is not known' });
  // None at all: it keeps them until the other side is done with them.
  if (seconds === 0 || seconds >= front.seconds)
    return context.safe({
      ...place,
      reason: `it keeps idle connections ${seconds === 0 ? 'without end' : `${seconds} seconds`}, and ${front.what} ${front.seconds}`,
      because: largest?.place ?? front.place,
    });
  const setting = program.setting(server.listening.length > 1 ? [] : program.conditions(main.call, 'boot'));
  if (setting.developmentOnly || setting.never) return;
  const isGuess = !largest && !other && !node?.isSure;
  report(context, {
    place,
    front,
    seconds,
    symbol: program.symbol(place),
    who: main.entry.server,
    why: largest
      ? `${largest.words} says so`
      : other
        ? `the default of ${other.name ?? main.entry.server}`
        : `the default of Node ${node?.isSure ? node.major : 'before version 26'}`,
    doubts: [
      ...(main.guessed ? ['what it is called on could not be resolved, and is taken for a server from its name'] : []),
      ...(isGuess ? ['from version 26 on Node keeps them 65 seconds, and which version runs is not said'] : []),
    ],
    hint: `Keep them longer than the balancer does: \`server.keepAliveTimeout = ${digits(front.seconds + 5)};\` on the HTTP server${hintFor(program, server)}, and \`server.headersTimeout\` a little above it.`,
    evidence: [
      ...(largest ? [{ role: 'option' as const, ...largest.place, note: `kept ${seconds} seconds` }] : []),
      ...main.reach.path,
      ...setting.evidence,
    ],
    setting,
  });
}

function hintFor(program: Program, { listening: [main], units }: Server): string {
  const place = keepAlivePlaces.find(({ package: name, server }) =>
    name ? program.stack(main.call.unit).has(name) && isUsed(units, name) : server === main.entry.server,
  );
  return place ? ` ${place.words}` : '';
}

function isUsed(units: ReadonlySet<Unit>, name: string): boolean {
  return [...units].some(({ facts }) => facts.imports.some(({ specifier }) => specifier === name));
}

/** Of those in front of a server, the one that keeps connections longest. */
function longest(fronts: readonly Front[], isOwn: (deployed: Deployed) => boolean, servers: number): Front | undefined {
  const own = fronts.filter(({ leadsTo }) =>
    // One that does not say where it leads is in front of the only server there is.
    leadsTo.length > 0 ? leadsTo.some((one) => isOwn(one) || (servers === 1 && isUntold(one))) : servers === 1,
  );
  return [...own].sort((a, b) => b.seconds - a.seconds)[0];
}

/** Of this project, and what it runs is not known. */
function isUntold({ workload, processes }: Deployed): boolean {
  return workload.owns !== false && processes.length === 0 && (workload.does === 'web' || workload.does === 'unknown');
}

// Servers that a framework opens

function checkFrameworks(context: RuleContext, fronts: readonly Front[], servers: number): void {
  const seen = new Set<string>();
  for (const deployed of context.program.workloads) {
    if (isAside(deployed) !== undefined) continue;
    for (const run of deployed.runs) {
      const entry = run.at === 'start' ? frameworkOf(run) : undefined;
      const { file, span } = run.step.place;
      if (!entry || seen.has(`${file}:${span[0]}`)) continue;
      seen.add(`${file}:${span[0]}`);
      checkFramework(context, { deployed, run, entry }, fronts, servers);
    }
  }
}

function frameworkOf({ step: { words } }: Run): FrameworkKeepAlive | undefined {
  return frameworkKeepAlive.find(({ command, verb }) => {
    const at = words.findIndex((word) => word === command || word.endsWith(`/${command}`));
    return at >= 0 && words.slice(at + 1).includes(verb);
  });
}

interface Started {
  readonly deployed: Deployed;
  readonly run: Run;
  readonly entry: FrameworkKeepAlive;
}

function checkFramework(
  context: RuleContext,
  { deployed, run, entry }: Started,
  fronts: readonly Front[],
  servers: number,
): void {
  const { place, words } = run.step;
  const front = longest(
    fronts,
    (one) => one === deployed || one.processes.some((process) => deployed.processes.includes(process)),
    // A framework's own is one more.
    servers + 1,
  );
  if (!front) return;
  if (words.some((word) => word.startsWith(entry.option)))
    return context.safe({ ...place, reason: `\`${entry.option}\` says how long` });
  const units = new Set(deployed.processes.flatMap((process) => [...process.units]));
  const node = nodeVersion(context.program, units);
  const seconds = nodeKeeps(node?.major);
  if (seconds >= front.seconds)
    return context.safe({ ...place, reason: `it keeps idle connections ${seconds} seconds`, because: front.place });
  report(context, {
    place,
    front,
    seconds,
    symbol: deployed.workload.name,
    who: `\`${entry.command} ${entry.verb}\``,
    why: `the default of Node ${node?.isSure ? node.major : 'before version 26'}`,
    doubts: node?.isSure ? [] : ['from version 26 on Node keeps them 65 seconds, and which version runs is not said'],
    hint: `Keep them longer than the balancer does: \`${entry.command} ${entry.verb} ${entry.option} ${(front.seconds + 5) * 1000}\`.`,
    evidence: [],
  });
}

// Both

interface Hazard {
  readonly place: Place;
  readonly front: Front;
  readonly seconds: number;
  readonly symbol: string;
  readonly who: string;
  readonly why: string;
  readonly doubts: readonly string[];
  readonly hint: string;
  readonly evidence: readonly Evidence[];
  readonly setting?: { readonly when: 'always' | 'default-config' | 'optional-config'; readonly words?: string };
}

function report(context: RuleContext, hazard: Hazard): void {
  const { place, front, seconds, who, why, setting } = hazard;
  const doubts = [
    ...hazard.doubts,
    ...(front.retries ? [`${front.what} sends once more what it can, so that few requests fail`] : []),
    ...(front.isUnchecked ? [`how long ${front.what} keeps them is known from second hand`] : []),
  ];
  context.report({
    ...place,
    confidence: front.isUnchecked ? 'low' : doubts.length > 0 ? 'medium' : 'high',
    doubts,
    when: setting?.when ?? 'always',
    ...(setting?.words ? { condition: setting.words } : {}),
    symbol: hazard.symbol,
    message: `${capital(who)} closes idle connections after ${seconds} seconds (${why}), while ${front.what} keeps them ${front.seconds} and sends requests over them.`,
    consequence: front.retries
      ? 'Now and then a POST meets a connection that was closed a moment ago, and a user gets a 502, mostly when it is quiet; a GET is sent again.'
      : 'Now and then a request meets a connection that was closed a moment ago, and a user gets a 502, mostly when it is quiet.',
    hint: hazard.hint,
    evidence: [
      { role: 'primary', ...place, note: `kept ${seconds} seconds` },
      { role: 'declared', ...front.place, note: `\`${front.name}\`, ${front.what}` },
      ...(front.said ? [{ role: 'option' as const, ...front.said, note: `${front.seconds} seconds` }] : []),
      ...hazard.evidence,
    ],
  });
}

function digits(seconds: number): string {
  return String(seconds * 1000).replace(/\B(?=(?:\d{3})+$)/g, '_');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
