import {
  ApiTable,
  type Call,
  callsKnown,
  doubtsOfReach,
  type Evidence,
  type Match,
  matches,
  type Phase,
  type Program,
  type Reach,
  recipeFor,
  type RuleContext,
  type Setting,
  sharing,
  socketRecipes,
  type SocketServerKnowledge,
  socketServers,
  type Stack,
} from '../../src/api/index.js';
import { type Joined, joined } from './joined.js';

const REACHES = new ApiTable<string>(
  socketServers.flatMap(({ reaches = [] }) => reaches.map((api) => ({ patterns: [api], entry: api }))),
);
/** Something from outside, or something unknown, makes the instance that it meets speak to clients of all. */
const OUTSIDE: readonly Phase[] = ['request', 'socket', 'consumer', 'event'];

/** A call that speaks to clients other than the one that asked, and the surest way it is reached. */
interface Saying {
  readonly call: Call;
  readonly pattern: string;
  readonly reach?: Reach;
}

interface Found {
  readonly match: Match<SocketServerKnowledge>;
  readonly gap: NonNullable<Joined['gap']>;
  readonly evidence: readonly Evidence[];
  readonly sayings: readonly Saying[];
}

/** Servers of packages that know the clients of one process, and are used to reach others than the one that asks. */
export function checkServers(context: RuleContext): void {
  const { program } = context;
  const sayings = sayingsOf(program);
  const found: Found[] = [];
  for (const match of matches(program, TABLE)) {
    const one = check(context, match, sayings);
    if (one) found.push(one);
  }
  for (const group of byApplication(found)) report(context, group);
}

const TABLE = socketServers.map((entry) => ({ ...entry, options: entry.plugin ? 1 : -1 }));

function check(context: RuleContext, match: Match<SocketServerKnowledge>, all: readonly Saying[]): Found | undefined {
  const { program } = context;
  const { call, entry } = match;
  if (!call.unit.roles.has('server') && !call.unit.roles.has('worker')) return undefined;
  const silence = (reason: string, because?: Evidence) =>
    void context.safe({ file: call.unit.file, span: call.fact.span, reason, ...(because ? { because } : {}) });
  const toldBy = entry.tells && sharing(program, call.unit, program.callsTo(entry.tells))[0];
  const known = new Set(entry.reaches ?? []);
  const sayings = sharing(program, call.unit, all).filter(({ pattern }) => known.has(pattern));
  if ((entry.reaches || entry.tells) && sayings.length === 0 && !toldBy)
    return silence('each client is only answered itself; no call speaks to the others');
  const { gap, reason, evidence } = joined(program, match);
  if (!gap) return silence(reason, evidence[0]);
  const others = sayings.filter(({ reach }) => reach === undefined || OUTSIDE.includes(reach.phase));
  if (entry.reaches && others.length === 0)
    return silence('every instance speaks to its own clients, on a schedule of its own');
  return { match, gap, evidence, sayings: others };
}

/** All calls that speak to others, but for those that a message to all instances brings about: each speaks to its own then. */
function sayingsOf(program: Program): Saying[] {
  const found: Saying[] = [];
  for (const { call, entry: pattern } of callsKnown(program, REACHES)) {
    if (!call.unit.roles.has('server') && !call.unit.roles.has('worker')) continue;
    if (isToItself(program, call)) continue;
    const reaches = program.reaches(call.fn);
    if (reaches.some(({ everyInstance }) => everyInstance)) continue;
    // Saying goodbye while stopping, or hello while starting, is each instance's own affair.
    const reach = [...reaches].sort((a, b) => rank(a) - rank(b))[0];
    if (reach && !OUTSIDE.includes(reach.phase) && reach.phase !== 'job') continue;
    found.push(reach ? { call, pattern, reach } : { call, pattern });
  }
  return found;
}

function rank({ phase, weak }: Reach): number {
  const at = OUTSIDE.indexOf(phase);
  return (at < 0 ? 9 : at) + (weak ? 4.5 : 0);
}

/** `io.to(socket.id).emit(…)`: one socket's own room. */
function isToItself(program: Program, { unit, fact }: Call): boolean {
  const on = fact.callee.k === 'member' ? fact.callee.of : undefined;
  const room = on?.k === 'call' ? unit.facts.calls[on.c] : undefined;
  const [to] = room?.args ?? [];
  if (room?.callee.k !== 'member' || !/^(?:to|in)$/.test(room.callee.name) || to?.k !== 'member' || to.name !== 'id')
    return false;
  return program.values(unit, to.of).some(({ value }) => value.kind === 'external' && /\/1\.0$/.test(value.api));
}

/** One finding for all servers of one kind in an application: they are mended together. */
function byApplication(found: readonly Found[]): Found[][] {
  const groups = new Map<string, Found[]>();
  for (const one of found) {
    const { entry, call } = one.match;
    const key = `${entry.api} ${one.gap.setting.when} ${call.unit.manifest?.dir ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function report(context: RuleContext, group: readonly Found[]): void {
  const { program } = context;
  const [main, ...others] = group as [Found, ...Found[]];
  const { match, gap, sayings } = main;
  const { call, entry } = match;
  const place = { file: call.unit.file, span: call.fact.span };
  const [saying] = [...sayings].sort((a, b) => (a.reach ? rank(a.reach) : 8) - (b.reach ? rank(b.reach) : 8));
  const isSure = !entry.reaches || (saying?.reach && !saying.reach.weak && saying.reach.phase !== 'event');
  context.report({
    ...place,
    severity: gap.spread === 'host' ? 'warning' : 'error',
    confidence: isSure ? 'high' : 'medium',
    doubts: [
      ...doubtsOfReach(saying?.reach),
      ...(saying && !saying.reach ? ['nothing is known to run what speaks to the others'] : []),
      ...(saying?.reach?.phase === 'event' ? [`what brings about ${saying.reach.label} is not known`] : []),
    ],
    ...words(gap.setting),
    symbol: program.symbol(place),
    message:
      gap.spread === 'host'
        ? `${capital(entry.what)} joins the processes of one host only: clients connected to another host do not get its messages.`
        : `${capital(entry.what)} reaches the clients of this process only: ${saying ? `\`${program.text(saying.call.unit, saying.call.fact.callee)}\`${saying.reach ? ` in ${saying.reach.label}` : ''} passes by those of the other instances.` : `${entry.note}.`}`,
    consequence: entry.reaches ? CONSEQUENCE : TOGETHER,
    hint: hint(entry, program.stack(call.unit), call.unit.file),
    evidence: [
      { role: 'primary', ...place, note: `${entry.what} is set up; ${entry.note}` },
      ...main.evidence,
      ...others.map(({ match: other }) => ({
        role: 'declared' as const,
        file: other.call.unit.file,
        span: other.call.fact.span,
        note: 'and another',
      })),
      ...(saying?.reach?.path ?? []),
      ...sayings.slice(0, 6).map((one) => ({
        role: 'effect' as const,
        file: one.call.unit.file,
        span: one.call.fact.span,
        note: `speaks to other clients${one.reach ? `, in ${one.reach.label}` : ''}`,
      })),
    ],
  });
}

const CONSEQUENCE =
  'Users who are connected to another instance than the one that sends never get the message: chats fall silent and pages go stale for some of them, without an error.';
const TOGETHER =
  'Users who meet on different instances do not see each other or each other’s changes, and what they do at the same time can overwrite one another.';

function words({ when, words }: Setting): { readonly when: Setting['when']; readonly condition?: string } {
  return words ? { when, condition: words } : { when };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What joins servers of this kind; those that nothing joins are spoken of in a sentence of their own. */
function hint({ api, recipe }: SocketServerKnowledge, stack: Stack, file: string): string {
  if (recipe !== undefined) return `To reach the clients of all instances, ${recipe}.`;
  return recipeFor(socketRecipes, api, stack, { file, client: stack.redis === 'redis' ? 'client' : 'redis' });
}
