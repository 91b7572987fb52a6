import {
  brokerCalls,
  ApiTable,
  broadcastOf,
  type Call,
  callsWithin,
  connectionOf,
  doubtsOfReach,
  type Evidence,
  type Fn,
  type Phase,
  type Place,
  type Program,
  type Reach,
  type RuleContext,
  runWith,
  type StateCell,
  userReach,
  idleBecause,
} from '../../src/api/index.js';
import { type Bus, busesOf, makersOf, placeOf } from './buses.js';

const BROKERS = new ApiTable(brokerCalls.map((api) => ({ patterns: [api], entry: api })));
/** Names of what writes to a client, where it is registered while one is served. */
const TO_CLIENT =
  /^(?:res|response|reply|socket|ws|client|conn|connection|peer|controller|stream|sse|observer|subscriber|writer|push|session|channel|emit|transport)$/i;
const SAYS = /^(?:send|push|write|sendEvent|notify|next)$/i;
const CONNECTED: readonly Phase[] = ['request', 'socket'];
/** What makes one instance speak, and not each of them by its own clock. */
const OUTSIDE: readonly Phase[] = ['request', 'socket', 'consumer', 'event'];

/** Somebody who is connected to this instance and hears what is said on the emitter. */
interface Hearing {
  readonly place: Place;
  readonly reach: Reach;
  readonly note: string;
  /** More than a name says that it is a client. */
  readonly isPlain: boolean;
  /** What runs when it hears something. */
  readonly fns?: readonly Fn[];
  /** The event that it waits for; absent: any, or not known. */
  readonly name?: string;
  /** It looks among connections: what these say to one another is a matter of who is connected where, and not of the emitter. */
  readonly looksUp?: true;
}

interface Saying {
  readonly call: Call;
  readonly reach: Reach;
}

/** Emitters on which one request says what the clients of others wait for. */
export function checkEmitters(context: RuleContext): void {
  const { program } = context;
  const live = liveCells(program);
  for (const bus of busesOf(program)) check(context, bus, live);
}

function check(context: RuleContext, bus: Bus, live: readonly StateCell[]): void {
  const { program } = context;
  const hearings = hearingsOf(program, bus, live);
  if (hearings.length === 0) return;
  const place = placeOf(program, bus);
  const silence = (reason: string, because?: Place) =>
    context.safe({ ...place, reason, ...(because ? { because: { file: because.file, span: because.span } } : {}) });
  if (isMadePerUse(program, bus)) return silence('made for one request or connection, and heard there');
  const passed = bus.listens.find(({ fns }) => fns.some((fn) => isPassedOn(program, fn)));
  if (passed)
    return silence('what is said on it is passed on to the other instances', {
      file: passed.call.unit.file,
      span: passed.call.fact.span,
    });
  const sayings = sayingsOf(program, bus);
  const pair = sayings
    .flatMap((saying) => hearings.map((hearing) => ({ saying, hearing })))
    .filter(({ saying, hearing }) => saying.reach.label !== hearing.reach.label && isHeard(program, saying, hearing))
    .sort((a, b) => doubtful(a) - doubtful(b))[0];
  if (!pair)
    return silence(
      sayings.length > 0
        ? 'said and heard within one request'
        : 'fed by a message that reaches every instance, or by the clock of each instance',
    );
  report(context, place, pair, sayings, hearings);
}

function doubtful({ saying, hearing }: { readonly saying: Saying; readonly hearing: Hearing }): number {
  return (
    (hearing.isPlain ? 0 : 2) +
    (saying.reach.weak ? 4 : 0) +
    (hearing.reach.weak ? 4 : 0) +
    (saying.reach.phase === 'event' ? 3 : 0)
  );
}

/** Who is told: clients that are being served while they start to listen, and connections that a listener looks up. */
function hearingsOf(program: Program, { listens, taps }: Bus, live: readonly StateCell[]): Hearing[] {
  const found: Hearing[] = [];
  for (const tap of taps) {
    const reach = userReach(program, tap.fn, CONNECTED);
    const name = nameOf(program, tap, 1);
    const note = 'a client listens';
    if (reach) found.push({ place: placeOfCall(tap), reach, note, isPlain: true, ...(name ? { name } : {}) });
  }
  for (const { call, fns } of listens) {
    const reach = call.fact.decorates ? undefined : userReach(program, call.fn, CONNECTED);
    if (reach) {
      const tells = fns.map((fn) => toClient(program, fn)).find((one) => one !== undefined);
      if (tells) found.push({ place: placeOfCall(call), reach, note: 'a client listens', isPlain: tells === 'plain' });
      continue;
    }
    for (const fn of fns) {
      const cell = lookedUp(program, fn, live);
      if (!cell) continue;
      const write = cell.writes.find((one) => program.reaches(one.fn).some(({ phase }) => phase === 'socket'));
      const opened = write && userReach(program, write.fn, ['socket']);
      if (opened)
        found.push({
          place: placeOfCall(call),
          reach: opened,
          note: `a listener looks among the connections of this process, in \`${cell.name}\``,
          isPlain: true,
          fns: [fn],
          looksUp: true,
        });
    }
  }
  return found;
}

/** What is said there can be heard here: the same event, as far as it can be told. */
function isHeard(program: Program, { call }: Saying, { fns, name, looksUp }: Hearing): boolean {
  if (looksUp && userReach(program, call.fn, ['socket'])) return false;
  // A listener is joined to the calls that make it run.
  if (fns) return fns.some((fn) => program.callers(fn).includes(call));
  const said = name && nameOf(program, call, 0);
  return !said || said === name;
}

function nameOf(program: Program, { unit, fact }: Call, arg: number): string | undefined {
  const expr = fact.args[arg];
  const values = expr ? program.values(unit, expr) : [];
  const [only] = values;
  return values.length === 1 && only?.value.kind === 'literal' ? String(only.value.value) : undefined;
}

function placeOfCall({ unit, fact }: Call): Place {
  return { file: unit.file, span: fact.span };
}

/** The listener writes to somebody: told by what it writes to, or else by its name. */
function toClient(program: Program, fn: Fn): 'plain' | 'named' | undefined {
  let named = false;
  for (const one of runWith(program, fn, 1)) {
    for (const { unit, fact } of program.callsIn(one)) {
      const { callee } = fact;
      if (callee.k === 'id') named ||= SAYS.test(program.text(unit, callee));
      if (callee.k !== 'member') continue;
      if (connectionOf(program, unit, callee.of)) return 'plain';
      named ||= TO_CLIENT.test(program.text(unit, callee.of).replace(/^.*\./, ''));
    }
  }
  return named ? 'named' : undefined;
}

/** State that exists because somebody is connected to this process; lists of the connections themselves are judged apart. */
function liveCells(program: Program): readonly StateCell[] {
  return program.cells.filter(
    ({ shape, writes }) =>
      !['metrics', 'constant', 'registry', 'counter', 'cooldown', 'limiter', 'connections'].includes(shape) &&
      writes.some(
        ({ op, fn, unit, value }) =>
          op === 'insert' &&
          program.reaches(fn).some(({ phase, weak }) => phase === 'socket' && !weak) &&
          // Of copies that are thrown out again others speak.
          (shape !== 'cache' || (value && program.values(unit, value).some((one) => one.value.kind === 'instance'))),
      ),
  );
}

function lookedUp(program: Program, fn: Fn, live: readonly StateCell[]): StateCell | undefined {
  if (live.length === 0) return undefined;
  const running = runWith(program, fn, 3);
  return live.find(({ reads }) => reads.some((read) => running.has(read.fn) && read.op === 'lookup'));
}

/** A listener that publishes what it hears on a broker. */
function isPassedOn(program: Program, fn: Fn): boolean {
  for (const one of runWith(program, fn, 2))
    for (const call of program.callsIn(one))
      if (program.apis(call).some((api) => BROKERS.first(api)) || program.effect(call)?.kind === 'publish') return true;
  return false;
}

/** An emitter that lives no longer than what is being served, as a stream does. */
function isMadePerUse(program: Program, bus: Bus): boolean {
  const made = makersOf(program, bus);
  return (
    made.length > 0 &&
    made.every(({ fn }) => {
      const phases = program.reaches(fn).map(({ phase }) => phase);
      return (
        fn.id !== 0 && !phases.includes('boot') && phases.some((phase) => OUTSIDE.includes(phase) || phase === 'job')
      );
    })
  );
}

function sayingsOf(program: Program, { emits }: Bus): Saying[] {
  return emits.flatMap((call) => {
    if (program.reaches(call.fn).some(({ everyInstance }) => everyInstance)) return [];
    // The same is sent to a broker beside it.
    if (callsWithin(program, call.fn).some((other) => program.apis(other).some((api) => BROKERS.first(api)))) return [];
    const reach = userReach(program, call.fn, OUTSIDE);
    return reach ? [{ call, reach }] : [];
  });
}

function report(
  context: RuleContext,
  place: Place,
  { saying, hearing }: { readonly saying: Saying; readonly hearing: Hearing },
  sayings: readonly Saying[],
  hearings: readonly Hearing[],
): void {
  const { program } = context;
  const setting = program.setting(program.conditions(saying.call, saying.reach.phase));
  if (setting.developmentOnly || setting.never) {
    context.safe({ ...place, reason: idleBecause(setting, 'spoken on outside production only') });
    return;
  }
  const isSure = hearing.isPlain && !hearing.reach.weak && !saying.reach.weak && saying.reach.phase !== 'event';
  const { unit } = saying.call;
  context.report({
    ...place,
    confidence: isSure ? 'high' : hearing.reach.weak && saying.reach.weak ? 'low' : 'medium',
    doubts: [
      ...doubtsOfReach(saying.reach, hearing.reach),
      ...(hearing.isPlain ? [] : ['that the listener writes to a client is told from a name']),
      ...(saying.reach.phase === 'event' ? [`what brings about ${saying.reach.label} is not known`] : []),
    ],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: `What ${saying.reach.label} says on this emitter is heard in this process only, while clients listen (${hearing.reach.label}) on every instance.`,
    consequence:
      'Only users whose connection happens to be on the same instance get the news; the others see nothing until they load the page again.',
    hint: broadcastOf(program.stack(unit), 'Let every instance hear of it', 'events', 'emits it here'),
    evidence: [
      { role: 'primary', ...place, note: 'the emitter of this process' },
      ...saying.reach.path,
      ...sayings.slice(0, 4).map(
        ({ call, reach }): Evidence => ({
          role: 'written',
          ...placeOfCall(call),
          note: `said here, reached from ${reach.label}`,
        }),
      ),
      ...hearings
        .slice(0, 4)
        .map(
          ({ place: at, note, reach }): Evidence => ({ role: 'read', ...at, note: `${note}, since ${reach.label}` }),
        ),
      ...setting.evidence,
    ],
  });
}
