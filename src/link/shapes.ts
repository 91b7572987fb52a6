import type { Expr } from '../model/facts.js';
import type { Cls, Fn, Phase, StateAccess, StateCell, StateShape, Unit, Value } from '../model/program.js';
import type { Effects } from './effects.js';
import type { Phases } from './phases.js';
import { type Tables, text } from './tables.js';
import type { Values } from './values.js';

interface Parts {
  readonly values: Values;
  readonly phases: Phases;
  readonly effects: Effects;
  readonly tables: Tables;
}

const SERVING: readonly Phase[] = ['request', 'socket', 'job', 'consumer', 'event'];
const TIMER = /^(?:global|timers|timers\/promises):(?:setTimeout|setInterval|setImmediate)\(\)$/;
/** A client, connection, program or server is made by `new` or by a function that says so. */
const MAKES_HANDLE = /(?:[:.](?:[A-Z]\w*|(?:create|connect|launch|init|open|build|start|make|spawn|fork|listen|setup|initialize|use)\w*)|^[^:]+:)\(\)(?:\.(?:connect|launch|init|start|listen|initialize)\(\))?$/;
const METRIC = /^(?:prom-client|@opentelemetry\/[\w-]+|hot-shots|statsd-client):/;
const CONNECTION = /^(?:ws:|socket\.io:|net:|http:createServer|express:\(\)\.get\/1\.1|fastify:|koa:|@hapi\/hapi:).*\/\d|^ws:/;
/** A word of a name: `loginSessions`, `SESSION_STORE`, `sessions`. */
const words = (source: string) => new RegExp(`(?:^|_|(?<=[a-z]))(?:${source})s?(?=$|_|[A-Z])`, 'i');
const NAMES: readonly [RegExp, StateShape][] = [
  [words('session'), 'session-store'],
  [words('token|otp|nonce|challenge|csrf|blacklist|denylist|revoked|verifier|verification|idempotency|passcode|captcha|pin'), 'token-store'],
  [words('limit|limiter|attempt|throttle|bucket|hits|ratelimit'), 'limiter'],
  [words('cache|cached|memo|lru'), 'cache'],
  [words('lock|locked|mutex|running|processing|busy|inprogress|isrunning'), 'lock'],
  [words('queue|pending|buffer|backlog|batch|outbox'), 'queue'],
  [words('progress|percent|status|job|jobs'), 'progress'],
];

/** Runs while users or jobs are served, as far as is known; a function that nothing reaches is not known to. */
export function serving(phases: Phases, fn: Fn): boolean {
  return SERVING.some((phase) => phases.has(fn, phase));
}

/** What a cell is for, told from its writes and reads; names decide only between shapes that look alike. */
export function shapeOf(cell: StateCell, parts: Parts): StateShape {
  if (!cell.writes.some(({ fn }) => serving(parts.phases, fn))) return 'registry';
  // Functions that nothing is known to reach may run while serving as well: they help to tell the shape.
  const writes = cell.writes.filter(({ fn }) => serving(parts.phases, fn) || parts.phases.of(fn).length === 0);
  const inserts = writes.filter(({ op }) => op === 'insert');
  const assigns = writes.filter(({ op }) => op === 'assign');
  const updates = writes.filter(({ op }) => op === 'update');
  const removes = writes.filter(({ op }) => op === 'remove' || op === 'clear');
  const values = (access: StateAccess): readonly Value[] => (access.value ? parts.values.of(access.unit, access.value).map(({ value }) => value) : []);
  const any = (list: readonly StateAccess[], test: (value: Value) => boolean) => list.some((access) => values(access).some(test));
  const isApi = (pattern: RegExp) => (value: Value) => value.kind === 'external' && pattern.test(value.api);

  if (any([...assigns, ...inserts], isApi(TIMER))) return 'handle';
  if (any([...assigns, ...inserts], isApi(METRIC)) || (cell.init && parts.values.of(cell.unit, cell.init).some(({ value }) => isApi(METRIC)(value)))) return 'metrics';
  if (inserts.length === 0 && updates.length === 0 && assigns.length > 0 && removes.length === 0) {
    const isHandle = (value: Value) => value.kind === 'external' && value.call !== undefined && !/^(?:global|unknown|env):/.test(value.api) && MAKES_HANDLE.test(value.api) && !parts.effects.ofCall(value.call);
    const kept = assigns.filter((access) => !isReset(access));
    if (kept.length > 0 && kept.every((access) => values(access).length > 0 && values(access).every(isHandle))) return 'handle';
    if (isDoneFlag(cell)) return 'handle';
    if (assigns.every((access) => isReset(access) || isLazy(cell, access, parts))) {
      return assigns.some((access) => !isReset(access) && isLazy(cell, access, parts)) ? 'handle' : 'flag';
    }
    if (assigns.every((access) => access.value?.k === 'lit' && typeof access.value.v === 'boolean')) return nameShape(cell) === 'lock' ? 'lock' : 'flag';
    if (isOwnMemory(cell, writes)) return 'cache';
    return nameShape(cell) ?? 'snapshot';
  }
  if (inserts.length === 0 && assigns.length === 0 && removes.length === 0 && updates.length > 0 && updates.every((access) => 'operator' in access.fact && access.fact.operator !== undefined)) {
    const keyed = updates.some(({ key }) => key !== undefined);
    return keyed ? (nameShape(cell) ?? 'map') : 'counter';
  }
  if (inserts.length > 0 && inserts.every((insert) => isTransient(insert, removes, parts))) return 'single-flight';
  if (any(inserts, isApi(/^global:AbortController\(\)/)) || any(inserts, isApi(/^child_process:/))) return 'task-handles';
  if (inserts.some((insert) => holdsConnection(insert, parts))) return 'connections';
  if (any(inserts, (value) => value.kind === 'instance' && isLive(value.cls))) return nameShape(cell) ?? 'map';
  if (inserts.length > 0 && isMissThenSet(cell, inserts, parts)) return nameShape(cell) === 'token-store' ? 'token-store' : 'cache';
  return nameShape(cell) ?? (inserts.length || removes.length ? 'map' : updates.length ? 'snapshot' : 'value');
}

/** An object that changes after it is made: a document, a room, a game. A copy elsewhere would be another one. */
function isLive(cls: Cls): boolean {
  const { facts } = cls.unit;
  return facts.accesses.some(({ op, target, fn }) => {
    if (op === 'read') return false;
    const owner = facts.functions[fn];
    let root = target;
    while (root.k === 'index' || (root.k === 'member' && root.of.k !== 'this')) root = root.of;
    return root.k === 'member' && root.of.k === 'this' && root.of.cls === cls.id && owner?.kind !== 'constructor';
  });
}

function nameShape(cell: StateCell): StateShape | undefined {
  const name = cell.name.replace(/^.*\./, '');
  return NAMES.find(([pattern]) => pattern.test(name))?.[1];
}

/** Says only that this process has done something once: it begins false and nothing ever makes it anything but true. */
function isDoneFlag(cell: StateCell): boolean {
  const isFalse = !cell.init || (cell.init.k === 'lit' && !cell.init.v) || cell.init.k === 'undefined';
  return isFalse && cell.writes.every(({ op, value }) => op === 'assign' && value?.k === 'lit' && value.v === true);
}

/** Only one function ever touches it: what it found last time, kept to spare itself the work. */
function isOwnMemory(cell: StateCell, writes: readonly StateAccess[]): boolean {
  const fn = writes[0]?.fn;
  return fn !== undefined && [...writes, ...cell.reads].every((access) => access.fn === fn);
}

/** Set back to nothing: `x = null`, `x = undefined`. */
function isReset(access: StateAccess): boolean {
  return access.value?.k === 'undefined' || (access.value?.k === 'lit' && access.value.v === null);
}

/** Assigned only where it is still empty: `x ??= …`, `if (!x) x = …`. */
function isLazy(cell: StateCell, access: StateAccess, parts: Parts): boolean {
  if ('operator' in access.fact && (access.fact.operator === '??=' || access.fact.operator === '||=')) return true;
  const own = cell.name.replace(/^.*\./, '');
  const last = (unit: Unit, expr: Expr) => text(unit, expr).replace(/^.*\./, '');
  const conditions = [...parts.tables.conditions(access.unit, access.fact.when)];
  for (let fn: Fn | undefined = access.fn; fn && fn.id !== 0 && fn.fact.kind === 'arrow'; fn = parts.tables.parent(fn)) conditions.push(...parts.tables.conditions(fn.unit, fn.fact.when));
  return conditions.some(({ unit, fact }) => isEmptyTest(fact.test, fact.sense, (expr) => last(unit, expr) === own));
}

/** The condition says that the thing is empty. */
function isEmptyTest(test: Expr, sense: boolean, isOwn: (expr: Expr) => boolean): boolean {
  if (test.k === 'unary' && test.op === '!') return isEmptyTest(test.of, !sense, isOwn);
  if (test.k === 'logic') return isEmptyTest(test.left, sense, isOwn) || isEmptyTest(test.right, sense, isOwn);
  if (test.k === 'binary' && /^[!=]==?$/.test(test.op)) {
    const empty = (expr: Expr) => expr.k === 'undefined' || (expr.k === 'lit' && (expr.v === null || expr.v === 'undefined'));
    const of = empty(test.right) ? test.left : empty(test.left) ? test.right : undefined;
    const subject = of?.k === 'unary' && of.op === 'typeof' ? of.of : of;
    return subject !== undefined && isOwn(subject) && test.op.startsWith('=') === sense;
  }
  if (test.k === 'binary' && /^[<>]/.test(test.op)) return false;
  return !sense && isOwn(test);
}

/** What an insert puts in, the same piece of work takes out again: in the same function or in one written inside it. */
function isTransient(insert: StateAccess, removes: readonly StateAccess[], parts: Parts): boolean {
  return removes.some((remove) => {
    for (let fn: Fn | undefined = remove.fn; fn && fn.id !== 0; fn = parts.tables.parent(fn)) if (fn === insert.fn) return remove.place.span[0] >= insert.place.span[0] && isSameTurn(remove, insert, parts);
    return false;
  });
}

/** A removal in an event handler or a later timer is not the end of the same work. */
function isSameTurn(remove: StateAccess, insert: StateAccess, parts: Parts): boolean {
  if (remove.fn === insert.fn) return true;
  return (parts.phases.registrationsOf.get(remove.fn) ?? []).length === 0 && parts.tables.linked(remove.unit).calls.every((call) => !call.fact.args.some((arg) => arg.k === 'fn' && arg.f === remove.fn.id) || !parts.values.calleeApis(call).some((api) => /:setTimeout$/.test(api)));
}

/** A live connection or response is put in: it is of this process by nature, the registry of them is not. */
function holdsConnection(insert: StateAccess, parts: Parts): boolean {
  const { value, unit } = insert;
  if (!value) return false;
  const values = parts.values.of(unit, value);
  if (values.some(({ value: known }) => known.kind === 'external' && CONNECTION.test(known.api))) return true;
  const name = text(unit, value).replace(/^.*\./, '');
  return /^(?:socket|ws|conn|connection|res|response|reply|client|peer|stream|subscriber)$/i.test(name);
}

/** `if (map.has(k)) return map.get(k); … map.set(k, v)`: looked up and filled in the same function. */
function isMissThenSet(cell: StateCell, inserts: readonly StateAccess[], parts: Parts): boolean {
  return inserts.every((insert) => {
    const around = new Set<Fn>();
    for (let fn: Fn | undefined = insert.fn; fn && fn.id !== 0; fn = parts.tables.parent(fn)) around.add(fn);
    return cell.reads.some((read) => read.op === 'lookup' && around.has(read.fn) && read.place.span[0] <= insert.place.span[0]);
  });
}
