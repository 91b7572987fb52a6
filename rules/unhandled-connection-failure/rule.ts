import {
  ApiTable,
  type Call,
  callIn,
  callsAmong,
  callsKnown,
  callsOfMember,
  chainedBefore,
  connects,
  defineRule,
  endsProcess,
  type ErrorEmitter,
  errorEmitters,
  handing,
  idleBecause,
  leadsTo,
  listens,
  orderOf,
  type Program,
  type RuleContext,
  sharing,
  type Starting,
  swallowed,
} from '../../src/api/index.js';

const EMITTERS = new ApiTable<ErrorEmitter>(errorEmitters.map((entry) => ({ patterns: [entry.api], entry })));
const LISTENS = new Set(['on', 'once', 'addListener', 'prependListener', 'addEventListener']);

export default defineRule({
  meta: {
    id: 'unhandled-connection-failure',
    title: 'A broken connection that ends the process, or a failed one that it goes on without',
    category: 'lifecycle',
    severity: 'info',
    triggers: ['scale-out', 'rolling-deploy', 'crash'],
  },
  check(context) {
    checkClients(context);
    checkSwallowed(context);
  },
});

/** Clients that tell of a broken connection by an event, and end the process where nobody listens to it. */
function checkClients(context: RuleContext): void {
  const { program } = context;
  const clients = callsKnown(program, EMITTERS).filter(
    ({ call: { unit } }) => unit.roles.has('server') || unit.roles.has('worker'),
  );
  if (clients.length === 0) return;
  const heard = listenersOf(program);
  for (const { call, entry } of clients) {
    const place = { file: call.unit.file, span: call.fact.span };
    const silence = (reason: string, because?: Call) =>
      context.safe({
        ...place,
        reason,
        ...(because ? { because: { file: because.unit.file, span: because.fact.span } } : {}),
      });
    const reach = program.reaches(call.fn).find(({ phase }) => phase !== 'script' && phase !== 'test');
    if (!reach && call.fn.id !== 0) continue;
    // One for a request or job is gone before the database is.
    if (reach && reach.phase !== 'boot') {
      silence('made for one request or job');
      continue;
    }
    const listener =
      heard.clients.get(call) ??
      heard.units.get(call.unit.file) ??
      program.apis(call).flatMap((api) => heard.units.get(`${call.unit.file} ${api}()`) ?? [])[0];
    if (listener) {
      silence('somebody listens to its errors', listener);
      continue;
    }
    if (heard.anywhere) {
      silence('no error ends this process', heard.anywhere);
      continue;
    }
    const user = userOf(program, call, entry);
    if (user) {
      silence(user.ends ? 'closed again where it is made' : 'handed to a package that listens to its errors', user.by);
      continue;
    }
    const setting = program.setting(program.conditions(call));
    if (setting.developmentOnly || setting.never) {
      silence(idleBecause(setting, 'used outside production only'));
      continue;
    }
    context.report({
      ...place,
      confidence: reach?.weak ? 'low' : 'medium',
      when: setting.when,
      ...(setting.words ? { condition: setting.words } : {}),
      symbol: program.symbol(place),
      message: `Nobody listens to the errors of ${entry.client}, and an \`error\` event that nobody hears ends the process.`,
      consequence: `All instances have such a connection, so all of them end at the same moment when ${entry.happens}: what should have been a short pause is an outage, with every request in flight lost.`,
      hint: `Listen to it: \`${nameOf(call)}.on('error', (error) => logger.error(error))\`; the client makes a new connection by itself where it can, and the health check should say so until then.`,
      evidence: [
        { role: 'primary', ...place, note: `${entry.client} is made` },
        ...(reach?.path ?? []),
        ...setting.evidence,
      ],
    });
  }
}

/** What is done with a client that makes a listener of one's own needless. */
function userOf(program: Program, client: Call, entry: ErrorEmitter): { by: Call; ends: boolean } | undefined {
  const isClient = (unit: Call['unit'], expr: Call['fact']['callee']) =>
    program.values(unit, expr).some(({ value }) => value.kind === 'external' && value.call === client);
  for (const call of callsAmong(program, [client.unit])) {
    const { callee, args } = call.fact;
    if (
      call.fn === client.fn &&
      callee.k === 'member' &&
      /^(?:end|close|quit|destroy|disconnect)$/.test(callee.name) &&
      isClient(call.unit, callee.of)
    )
      return { by: call, ends: true };
    const isListener = program.apis(call).some((api) => entry.heardBy?.some((name) => api.startsWith(`${name}:`)));
    if (isListener && args.some((arg) => isClient(call.unit, arg))) return { by: call, ends: false };
  }
  return undefined;
}

interface Heard {
  readonly clients: ReadonlyMap<Call, Call>;
  /** Files where somebody listens to something that could not be told. */
  readonly units: ReadonlyMap<string, Call>;
  /** A handler of last resort that lets the process live. */
  readonly anywhere?: Call;
}

function listenersOf(program: Program): Heard {
  const clients = new Map<Call, Call>();
  const units = new Map<string, Call>();
  let anywhere: Call | undefined;
  for (const call of callsOfMember(program, LISTENS)) {
    const { callee, args } = call.fact;
    if (callee.k !== 'member' || args.length < 2) continue;
    const [event, listener] = args;
    if (event?.k !== 'lit') {
      // `for (const name of EVENTS) client.on(name, …)` may well be about errors.
      if (event && event.k !== 'text') units.set(call.unit.file, call);
      continue;
    }
    if (event.v === 'uncaughtException' && call.unit.roles.has('server') && listener) {
      const fns = program.functions(call.unit, listener);
      const lives = fns.length > 0 && fns.every((fn) => !program.callsIn(fn).some((one) => isEnd(program, one)));
      if (lives) anywhere = call;
    }
    if (event.v !== 'error') continue;
    let isKnown = false;
    for (const { value } of program.values(call.unit, callee.of)) {
      if (value.kind !== 'external') continue;
      isKnown = true;
      if (value.call) clients.set(value.call, call);
      // Made in one branch or another, they are one value: who listens to it listens to each.
      units.set(`${call.unit.file} ${value.api}`, call);
    }
    for (const before of [callIn(program, call.unit, callee.of), ...chainedBefore(program, call)])
      if (before) clients.set(before, call);
    for (const client of handedTo(program, call, callee.of)) clients.set(client, call);
    if (!isKnown) units.set(call.unit.file, call);
  }
  return { clients, units, ...(anywhere ? { anywhere } : {}) };
}

/** What all callers hand to the function that listens: `withLog(new Pool())`, with `pool.on('error', log)` inside. */
function handedTo(program: Program, { fn, unit }: Call, receiver: Call['fact']['callee']): Call[] {
  const param = receiver.k === 'id' ? unit.facts.bindings[receiver.b]?.param : undefined;
  if (!param || param.path) return [];
  return program.callers(fn).flatMap((caller) => {
    const given = caller.fact.args[param.index];
    if (!given) return [];
    return program
      .values(caller.unit, given)
      .flatMap(({ value }) => (value.kind === 'external' && value.call ? [value.call] : []));
  });
}

function isEnd(program: Program, call: Call): boolean {
  return (
    endsProcess(program, call) ||
    program.callees(call).some((fn) => program.callsIn(fn).some((one) => endsProcess(program, one)))
  );
}

/** The name that the client is kept under. */
function nameOf(call: Call): string {
  const binding = call.unit.facts.bindings.find(({ init }) => {
    const inner = init?.k === 'await' ? init.of : init;
    return inner?.k === 'call' && inner.c === call.id;
  });
  return binding?.name ?? 'client';
}

/** Connecting fails at start, somebody takes note, and the server listens all the same. */
function checkSwallowed(context: RuleContext): void {
  const { program } = context;
  const servers = listens(program);
  for (const { entry, ...connect } of connects(program)) {
    if (!entry.once) continue;
    const { call, boot } = connect;
    const place = { file: call.unit.file, span: call.fact.span };
    const how = swallowed(program, connect);
    if (!how) {
      context.safe({ ...place, reason: 'a failure is not taken for success' });
      continue;
    }
    const server = sharing(program, call.unit, servers).find((one) => goesOn(program, connect, one, how));
    if (!server) {
      context.safe({ ...place, reason: 'the server listens only where this succeeded' });
      continue;
    }
    const setting = program.setting(program.conditions(call, 'boot'));
    if (setting.developmentOnly || setting.never) {
      context.safe({ ...place, reason: idleBecause(setting, 'runs outside production only') });
      continue;
    }
    context.report({
      ...place,
      confidence: boot.weak || how.leavesOut ? 'low' : 'medium',
      doubts: how.leavesOut
        ? ['what is set up after it in the same `try` is missing too, and the start may fail for that']
        : [],
      when: setting.when,
      ...(setting.words ? { condition: setting.words } : {}),
      symbol: program.symbol(place),
      message: `Where connecting to ${entry.to} fails at start, the error is noted and the server listens all the same.`,
      consequence: `The instance looks alive and gets its share of the requests, but ${entry.until}: with two instances every second request fails, for as long as nobody looks at the log.`,
      hint: 'Let the start fail: `process.exit(1)` in the handler, so that the platform starts the instance again; or try again until it works, and listen only then.',
      evidence: [
        { role: 'primary', ...place, note: `connects to ${entry.to}, once` },
        { role: 'condition', ...how.place, note: 'a failure is dealt with here, and the start goes on' },
        { role: 'started', file: server.call.unit.file, span: server.call.fact.span, note: 'the server listens' },
        ...boot.path,
        ...setting.evidence,
      ],
    });
  }
}

/** Listening does not depend on the outcome. */
function goesOn(
  program: Program,
  connect: Starting,
  server: Starting,
  how: NonNullable<ReturnType<typeof swallowed>>,
): boolean {
  const { file, span } = { file: server.call.unit.file, span: server.call.fact.span };
  if (how.block && file === how.place.file && span[0] >= how.block[0] && span[2] <= how.block[2]) return false;
  // What starts the server failed as a whole.
  if (leadsTo(program, how.at, server)) return false;
  const order = orderOf(program, connect, server);
  if (order === 'before')
    // `connect().then(() => listen()).catch(note)`: waits, and does not happen after a failure.
    return (
      !chainedBefore(program, server.call).includes(connect.call) && !isInChain(program, connect.call, server.call)
    );
  return order !== undefined;
}

/** The server listens in a function that is handed to `then` behind the connecting call. */
function isInChain(program: Program, connect: Call, server: Call): boolean {
  let { fn } = server;
  for (let depth = 0; depth < 6 && fn.id !== 0; depth++) {
    const own = fn;
    const by = handing(program, own);
    const ways = by ? [by] : program.callers(own);
    if (ways.some((way) => chainedBefore(program, way).includes(connect))) return true;
    const [only] = ways;
    if (!only) return false;
    fn = only.fn;
  }
  return false;
}
