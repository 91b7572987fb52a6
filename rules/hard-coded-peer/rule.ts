import {
  type Address,
  addressesAt,
  ApiTable,
  type Call,
  callsKnown,
  callsOfMember,
  defineRule,
  type Evidence,
  idleBecause,
  type PeerCall,
  peerCalls,
  type Program,
  type RuleContext,
  type Setting,
  sidecarPorts,
} from '../../src/api/index.js';
import { instanceNamed, type OneInstance } from './workloads.js';

/** The host of an address, with a scheme or a port. */
const NAMED = /^(?:[a-z][a-z0-9+.-]*:\/\/(?:[^@/\s]*@)?)?([a-z][\w.-]*)(?::(\d+))?(?=[/?,#]|$)/i;

const TABLE = new ApiTable<PeerCall>(peerCalls.map((entry) => ({ patterns: [entry.api], entry })));

/** This host, or an address that only means something inside one network. */
const FIXED =
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/\s]*@)?(localhost|127(?:\.\d{1,3}){3}|\[?::1\]?|0\.0\.0\.0|host\.docker\.internal|10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})(?::(\d+|\{[^}]*\}))?(?=[/?,#]|$)/i;
const OWN_HOST = /^(?:localhost|127\.|\[?::1|0\.0\.0\.0)/i;
const PROBE = /health|ready|readiness|liveness|heart_?beat|\bping\b/i;

/** A call whose other end is fixed in the code. */
interface Fixed {
  readonly call: Call;
  readonly entry: PeerCall;
  /** `localhost:4000`, as written. */
  readonly peer: string;
  readonly host: string;
  readonly port: string | undefined;
  readonly address?: Address;
  /** One instance of a workload that the descriptors name. */
  readonly instance?: OneInstance;
  readonly setting: Setting;
  /** Other addresses are possible, and what decides between them is not known. */
  readonly isMixed: boolean;
}

export default defineRule({
  meta: {
    id: 'hard-coded-peer',
    title: 'Another service addressed by localhost or a fixed address, with no setting to change it',
    category: 'deployment',
    severity: 'warning',
    triggers: ['scale-out'],
  },
  check(context) {
    const byPeer = new Map<string, Fixed[]>();
    for (const { call, entry } of callsKnown(context.program, TABLE)) {
      if (!call.unit.roles.has('server') && !call.unit.roles.has('worker')) continue;
      const fixed = fixedPeer(context, call, entry);
      if (!fixed) continue;
      const key = `${call.unit.manifest?.dir ?? ''} ${fixed.peer} ${fixed.entry.peer}`;
      byPeer.set(key, [...(byPeer.get(key) ?? []), fixed]);
    }
    for (const list of byPeer.values()) report(context, list);
  },
});

function fixedPeer(context: RuleContext, call: Call, entry: PeerCall): Fixed | undefined {
  const { program } = context;
  const place = { file: call.unit.file, span: call.fact.span };
  const silence = (reason: string): undefined => {
    context.safe({ ...place, reason });
  };
  const given = entry.targets.map(({ arg, path }) => addressesAt(program, call, arg, path));
  const around = program.conditions(call);
  for (const { found, open } of given) {
    const own = found.filter(({ text }) => FIXED.test(text) || namedIn(program, text));
    if (own.length === 0) continue;
    if (open) return silence('a setting can name another address');
    const settings = own.map((address) => ({ address, setting: program.setting([...around, ...address.when]) }));
    const live = settings.find(({ setting }) => !setting.developmentOnly && !setting.never);
    if (!live) return silence('used outside production only');
    const [, host = '', port] = FIXED.exec(live.address.text) ?? NAMED.exec(live.address.text) ?? [];
    const instance = namedIn(program, live.address.text);
    const sidecar = port && OWN_HOST.test(host) ? sidecarPorts[port] : undefined;
    if (sidecar) return silence(`${sidecar} runs beside every instance`);
    if (PROBE.test(live.address.text) || PROBE.test(call.fn.name)) return silence('asks after its own health');
    return {
      call,
      entry,
      host,
      port,
      peer: port ? `${host}:${port}` : host,
      address: live.address,
      ...(instance ? { instance } : {}),
      setting: live.setting,
      isMixed: found.length > own.length && !isDecided(program, live.address),
    };
  }
  // Options that are put together elsewhere may be given an address later.
  const isPlain = call.fact.args.every(({ k }) => k === 'object' || k === 'lit' || k === 'fn');
  const isUnset =
    entry.unset !== undefined &&
    isPlain &&
    given.every(({ found, open }) => found.length === 0 && !open) &&
    !namesNodes(program, call, entry);
  if (!isUnset || entry.unset === undefined) return undefined;
  const setting = program.setting(around);
  if (setting.developmentOnly || setting.never) return silence(idleBecause(setting, 'used outside production only'));
  const [, host = entry.unset, port] = FIXED.exec(entry.unset) ?? [];
  return { call, entry, host, port, peer: entry.unset, setting, isMixed: false };
}

/** The nodes of a cluster are a list, whose items have addresses of their own. */
function namesNodes(program: Program, call: Call, entry: PeerCall): boolean {
  return entry.targets.some(({ arg, path }) => {
    const options = call.fact.args[arg];
    if (!options || !path) return false;
    return program.property(call.unit, options, path.split('.')).some(({ value }) => value.kind === 'array');
  });
}

function namedIn(program: Program, text: string): OneInstance | undefined {
  const host = NAMED.exec(text)?.[1];
  return host === undefined ? undefined : instanceNamed(program, host);
}

/** What chooses this address is known for production. */
function isDecided(program: Program, { when }: Address): boolean {
  return when.length > 0 && when.every(({ unit, fact }) => program.known(unit, fact.test) !== undefined);
}

/** One peer of an application is one finding, at the first call. */
function report(context: RuleContext, list: readonly Fixed[]): void {
  const { program } = context;
  const ranked = [...list].sort((a, b) => Number(!isReached(program, a)) - Number(!isReached(program, b)));
  const first = ranked[0] as Fixed;
  const { call, entry, peer, address, instance, setting, isMixed } = first;
  const place = { file: call.unit.file, span: call.fact.span };
  const isSelf = callsItself(program, first);
  const reached = isReached(program, first);
  const more = list.filter((one) => one !== first);
  context.report({
    ...place,
    ...(isSelf ? { severity: 'info' as const } : {}),
    confidence: isSelf || isMixed || !reached ? 'low' : address ? 'high' : 'medium',
    doubts: [
      ...(isMixed ? ['another address is possible, and what decides could not be told'] : []),
      ...(reached ? [] : ['nothing is known to run it']),
      ...(isSelf ? ['any instance can answer what it asks itself, unless it relies on its own memory'] : []),
    ],
    when: setting.when,
    ...(setting.words ? { condition: setting.words } : {}),
    symbol: program.symbol(place),
    message: instance
      ? `${upper(entry.peer)} is addressed as \`${peer}\` in the code, which is ${instance.what} and no other.`
      : address
        ? `${upper(entry.peer)} is addressed as \`${peer}\` in the code, and no setting can change it.`
        : `No address of ${entry.peer} is given, so it is looked for at \`${peer}\`, and no setting can change it.`,
    consequence: instance
      ? 'Every instance asks this one: while it is replaced or has crashed all of them fail, and the others of its kind stay idle.'
      : OWN_HOST.test(first.host)
        ? `On a second instance \`${first.host}\` is that instance itself: it finds nothing there, or a copy of its own that knows nothing of what the first one holds.`
        : 'Instances in another network do not reach it, and it cannot be moved or replaced without a release.',
    hint: instance
      ? `Use the name of the service, which leads to whichever instance is free. ${hint(entry)}`
      : hint(entry),
    evidence: [
      { role: 'primary', ...place, note: `${entry.peer} at \`${address?.text ?? peer}\`` },
      ...(address && isElsewhere(address, place)
        ? [{ role: 'declared' as const, ...address.place, note: 'where the address comes from' }]
        : []),
      ...(instance ? [{ role: 'declared' as const, ...instance.place, note: instance.what }] : []),
      ...more.slice(0, 6).map(
        (one): Evidence => ({
          role: 'reached',
          file: one.call.unit.file,
          span: one.call.fact.span,
          note: 'and here',
        }),
      ),
      ...setting.evidence,
    ],
  });
}

function isElsewhere({ place }: Address, at: { readonly file: string; readonly span: readonly number[] }): boolean {
  return place.file !== at.file || place.span[0] !== at.span[0];
}

function isReached(program: Program, { call }: Fixed): boolean {
  return (
    call.fn.id === 0 ||
    call.fact.decorates !== undefined ||
    program.reaches(call.fn).some(({ phase }) => phase !== 'test' && phase !== 'script')
  );
}

/** The port is the one that this application listens on. */
function callsItself(program: Program, { call, entry, host, port }: Fixed): boolean {
  if (!port || !OWN_HOST.test(host) || entry.unset !== undefined) return false;
  if (port.startsWith('{')) return /port/i.test(port);
  return callsOfMember(program, ['listen']).some(
    (one) =>
      one.unit.manifest === call.unit.manifest &&
      one.fact.args.slice(0, 1).some((arg) => listensOn(program, one, arg, port)),
  );
}

function listensOn(program: Program, call: Call, arg: Call['fact']['args'][number], port: string): boolean {
  const given = [...program.values(call.unit, arg), ...program.property(call.unit, arg, ['port'])];
  return (
    given.some(({ value }) => value.kind === 'literal' && String(value.value) === port) ||
    String(program.known(call.unit, arg)?.value) === port
  );
}

function upper(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function hint({ peer }: PeerCall): string {
  if (peer === 'another service')
    return 'Take the address from a setting (`process.env.BILLING_URL`) and refuse to start in production without it; give the other service a name that every instance can resolve.';
  return `Take the address of ${peer} from a setting (a URL in one environment variable) that every instance is given, and refuse to start in production without it.`;
}
