import { expand } from '../knowledge/api-table.js';
import { liveObjects, observers } from '../knowledge/observers.js';
import type { Expr } from '../model/facts.js';
import type { Call, Cls, Fn, Phase, StateAccess, StateCell, StateShape, Unit, Value } from '../model/program.js';
import type { Span } from '../model/span.js';
import type { Effects } from './effects.js';
import type { CallGraph } from './graph.js';
import type { Phases } from './phases.js';
import { type Tables, text } from './tables.js';
import { isSolid, type Values } from './values.js';

export interface Parts {
  readonly values: Values;
  readonly graph: CallGraph;
  readonly phases: Phases;
  readonly effects: Effects;
  readonly tables: Tables;
}

const SERVING: readonly Phase[] = ['request', 'socket', 'job', 'consumer', 'event'];
const TIMER = /^(?:global|timers|timers\/promises):(?:setTimeout|setInterval|setImmediate)\(\)$/;
/** A client, connection, program or server is made by `new` or by a function that says so. */
const MAKES_HANDLE =
  /(?:[:.](?:[A-Z]\w*|(?:create|connect|launch|init|open|build|start|make|spawn|fork|listen|setup|initialize|use)\w*)|^[^:]+:)\(\)(?:\.(?:connect|launch|init|start|listen|initialize)\(\))?$/;
const METRIC = /^(?:prom-client|@opentelemetry\/[\w-]+|hot-shots|statsd-client):/;
const CONNECTION =
  /^(?:ws:|socket\.io:|net:|http:createServer|express:\(\)\.get\/1\.1|fastify:|koa:|@hapi\/hapi:).*\/\d|^ws:/;
/** Words of a name that say what it is for: `loginSessions`, `SESSION_STORE`, `sessions`. Of several the first counts. */
const NAMES: readonly [string, StateShape][] = [
  ['session', 'session-store'],
  [
    'token|otp|nonce|challenge|csrf|blacklist|denylist|revoked|verifier|verification|idempotency|passcode|captcha|pin',
    'token-store',
  ],
  ['limit|limiter|attempt|throttle|bucket|hit|ratelimit', 'limiter'],
  ['cache|cached|memo|lru', 'cache'],
  ['lock|locked|mutex|running|processing|busy|inprogress|isrunning', 'lock'],
  ['queue|pending|buffer|backlog|batch|outbox', 'queue'],
  ['progress|percent|status', 'progress'],
];
const WORDS: readonly [ReadonlySet<string>, StateShape][] = NAMES.map(([words, shape]) => [
  new Set(words.split('|').flatMap((word) => [word, `${word}s`, `${word}es`])),
  shape,
]);

const LIVE = new Set(liveObjects.flatMap(({ api }) => expand(api)));
const OBSERVERS = observers.flatMap(({ api }) => expand(api));
const LOGGER =
  /(?:^|\.)(?:log|logger|console|logging)\.(?:log|info|warn|warning|error|debug|trace|verbose|fatal|http|silly)$/i;

/** Runs while users or jobs are served, as far as is known; a function that nothing reaches is not known to. */
export function serving(phases: Phases, fn: Fn): boolean {
  return SERVING.some((phase) => phases.has(fn, phase));
}

function makesHandle(value: Value, parts: Parts): boolean {
  if (value.kind !== 'external' || !value.call || /^(?:global|unknown|env):/.test(value.api)) return false;
  if (isQuery(value.api, value.call, parts)) return false;
  return MAKES_HANDLE.test(value.api) && !LIVE.has(value.api) && !parts.effects.ofCall(value.call);
}

/** `knex('fares').where(…)`: a call on the handle that reads as the handle again asks it for something. Connecting makes it ready. */
function isQuery(api: string, call: Call, parts: Parts): boolean {
  const { callee } = call.fact;
  if (callee.k === 'member' && /^(?:connect|init|initialize|start|listen|on|once|open|use)$/.test(callee.name))
    return false;
  const on = callee.k === 'member' ? callee.of : callee;
  return parts.values.of(call.unit, on).some(({ value }) => value.kind === 'external' && value.api === api);
}

/** A handle made when it is first needed, as a part of what the cell keeps: `if (!config.keys) config.keys = createKeySet(…)`. */
export function isLazyPart(access: StateAccess, parts: Parts): boolean {
  const { fact, value, op } = access;
  if (op !== 'update' || !value || !('target' in fact) || fact.target.k !== 'member') return false;
  const made = parts.values.of(access.unit, value).map((known) => known.value);
  return made.length > 0 && made.every((known) => makesHandle(known, parts)) && isLazy(fact.target.name, access, parts);
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
  const values = (access: StateAccess): readonly Value[] =>
    access.value ? parts.values.of(access.unit, access.value).map(({ value }) => value) : [];
  const any = (list: readonly StateAccess[], test: (value: Value) => boolean) =>
    list.some((access) => values(access).some(test));
  const isApi = (pattern: RegExp) => (value: Value) => value.kind === 'external' && pattern.test(value.api);

  if (any([...assigns, ...inserts], isApi(TIMER))) return 'handle';
  const made = cell.init ? parts.values.of(cell.unit, cell.init).map(({ value }) => value) : [];
  if (made.length > 0 && made.every(isApi(/^global:Weak(?:Map|Set)\(\)$/))) return 'current';
  if (made.length > 0 && made.every((value) => value.kind === 'external' && isObserver(value.api))) return 'metrics';
  if (isOnlyObserved(cell, parts)) return 'metrics';
  if (any([...assigns, ...inserts], isApi(METRIC)) || made.some(isApi(METRIC))) return 'metrics';
  const isHandle = (value: Value) => makesHandle(value, parts);
  if (inserts.length === 0 && updates.length === 0 && assigns.length > 0 && removes.length === 0) {
    const kept = assigns.filter((access) => !isReset(access));
    if (kept.length > 0 && kept.every((access) => values(access).length > 0 && values(access).every(isHandle)))
      return 'handle';
    if (isDoneFlag(cell)) return 'handle';
    const isEmptied = ({ value }: StateAccess) => value?.k === 'array' && value.items.length === 0;
    const lazy = assigns.some((access) => !isReset(access) && isLazy(cell.name, access, parts));
    if (assigns.every((access) => isReset(access) || (lazy && isEmptied(access)) || isLazy(cell.name, access, parts))) {
      return lazy ? 'handle' : 'flag';
    }
    if (assigns.every((access) => access.value?.k === 'lit' && typeof access.value.v === 'boolean'))
      return nameShape(cell) === 'lock' ? 'lock' : 'flag';
    const named = nameShape(cell);
    if (assigns.some((access) => isDerived(access, parts)))
      return named ?? (assigns.some(({ value }) => value?.k === 'binary') ? 'counter' : 'map');
    if (isOwnMemory(cell, writes, parts)) return 'cache';
    // One value is no store of many: `sessionId`, `limit`.
    return named && named !== 'session-store' && named !== 'limiter' ? named : 'snapshot';
  }
  if (
    inserts.length === 0 &&
    assigns.length === 0 &&
    removes.length === 0 &&
    updates.length > 0 &&
    updates.every((access) => 'operator' in access.fact && access.fact.operator !== undefined)
  ) {
    const keyed = updates.some(({ key }) => key !== undefined);
    return keyed ? (nameShape(cell) ?? 'map') : 'counter';
  }
  const isTransientWork = inserts.length > 0 && inserts.every((insert) => isTransient(insert, removes, parts));
  const isShared = isTransientWork && isLookedUpElsewhere(cell, inserts, parts);
  if (isTransientWork && !isShared) return inserts.every(isMark) ? 'lock' : 'single-flight';
  if (any(inserts, isApi(/^global:AbortController\(\)/)) || any(inserts, isApi(/^child_process:/)))
    return 'task-handles';
  // A client or breaker for each key, made when it is missing: another process makes its own.
  const isMadeOnMiss = inserts.length > 0 && isMissThenSet(cell, inserts, parts);
  const isKeyedHandle = (insert: StateAccess) => {
    // What the lookup before gave stands in the same variable, and is not known by itself.
    const known = values(insert).filter((value) => isSolid(value) && value.kind !== 'undefined');
    return known.length > 0 && known.every((value) => isHandle(value) && !isApi(/^child_process:/)(value));
  };
  if (isMadeOnMiss && inserts.every(isKeyedHandle)) return 'handle';
  if (inserts.length > 0 && inserts.every((insert) => isSubscribed(insert, parts))) return 'handle';
  if (inserts.some((insert) => holdsConnection(insert, parts))) return 'connections';
  if (isShared) return 'progress';
  if (
    any(
      inserts,
      (value) =>
        (value.kind === 'instance' && [value.cls, ...parts.values.bases(value.cls)].some(isLive)) ||
        (value.kind === 'external' && LIVE.has(value.api)),
    )
  )
    return nameShape(cell) ?? 'map';
  if (isMadeOnMiss && inserts.some((insert) => isGathering(insert, parts))) return nameShape(cell) ?? 'map';
  if (isMadeOnMiss) return nameShape(cell) === 'token-store' ? 'token-store' : 'cache';
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
  const words = name
    .replace(/([a-z\d])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$2 ')
    .toLowerCase()
    .split(/[^a-z\d]+/);
  return WORDS.find(([known]) => words.some((word) => known.has(word)) || known.has(words.join('')))?.[1];
}

/** Says only that this process has done something once: it begins false and nothing ever makes it anything but true. */
function isDoneFlag(cell: StateCell): boolean {
  const isFalse = !cell.init || (cell.init.k === 'lit' && !cell.init.v) || cell.init.k === 'undefined';
  return isFalse && cell.writes.every(({ op, value }) => op === 'assign' && value?.k === 'lit' && value.v === true);
}

/** Only one function ever touches it: what it found last time, kept to spare itself the work. */
function isOwnMemory(cell: StateCell, writes: readonly StateAccess[], parts: Parts): boolean {
  const own = writes[0]?.fn;
  const reads = cell.reads.filter(({ fn }) => serving(parts.phases, fn) || parts.phases.of(fn).length === 0);
  return own !== undefined && [...writes, ...reads].every((access) => access.fn === own);
}

/** The new value is made from the old one: `last = last + 1`, `entries = [...entries, entry]`. */
function isDerived({ unit, value, fact }: StateAccess, parts: Parts): boolean {
  const own = 'target' in fact ? text(unit, fact.target) : '';
  const mentions = (expr: Expr): boolean => {
    switch (expr.k) {
      case 'id':
      case 'member':
        return text(unit, expr) === own || (expr.k === 'member' && mentions(expr.of));
      case 'binary':
        return mentions(expr.left) || mentions(expr.right);
      case 'array':
        return expr.items.some(mentions);
      case 'object':
        return expr.props.some((prop) => prop.name === undefined && mentions(prop.value));
      case 'spread':
        return mentions(expr.of);
      case 'call': {
        const { callee } = parts.tables.call(unit, expr.c).fact;
        return (
          callee.k === 'member' && /^(?:filter|concat|slice|map|add|plus)$/.test(callee.name) && mentions(callee.of)
        );
      }
      default:
        return false;
    }
  };
  return value !== undefined && mentions(value);
}

/** Set back to nothing: `x = null`, `x = undefined`. */
function isReset(access: StateAccess): boolean {
  return access.value?.k === 'undefined' || (access.value?.k === 'lit' && access.value.v === null);
}

/** Assigned only where it is still empty: `x ??= …`, `if (!x) x = …`. */
function isLazy(name: string, access: StateAccess, parts: Parts): boolean {
  if ('operator' in access.fact && (access.fact.operator === '??=' || access.fact.operator === '||=')) return true;
  const own = name.replace(/^.*\./, '');
  // `x = x || make()`
  if (
    access.value?.k === 'logic' &&
    access.value.op !== '&&' &&
    text(access.unit, access.value.left).replace(/^.*\./, '') === own
  )
    return true;
  const last = (unit: Unit, expr: Expr) => text(unit, expr).replace(/^.*\./, '');
  const conditions = [...parts.tables.conditions(access.unit, access.fact.when)];
  for (let fn: Fn | undefined = access.fn; fn && fn.id !== 0 && fn.fact.kind === 'arrow'; fn = parts.tables.parent(fn))
    conditions.push(...parts.tables.conditions(fn.unit, fn.fact.when));
  return conditions.some(({ unit, fact }) => isEmptyTest(fact.test, fact.sense, (expr) => last(unit, expr) === own));
}

/** The condition says that the thing is empty. */
function isEmptyTest(test: Expr, sense: boolean, isOwn: (expr: Expr) => boolean): boolean {
  if (test.k === 'unary' && test.op === '!') return isEmptyTest(test.of, !sense, isOwn);
  if (test.k === 'logic') return isEmptyTest(test.left, sense, isOwn) || isEmptyTest(test.right, sense, isOwn);
  if (test.k === 'binary' && /^[!=]==?$/.test(test.op)) {
    const empty = (expr: Expr) =>
      expr.k === 'undefined' || (expr.k === 'lit' && (expr.v === null || expr.v === 'undefined'));
    const of = empty(test.right) ? test.left : empty(test.left) ? test.right : undefined;
    const subject = of?.k === 'unary' && of.op === 'typeof' ? of.of : of;
    // `list.length === 0`, `map.size === 0`
    const zero = (expr: Expr) => expr.k === 'lit' && expr.v === 0;
    const counted = zero(test.right) ? test.left : zero(test.left) ? test.right : undefined;
    if (counted?.k === 'member' && (counted.name === 'length' || counted.name === 'size')) {
      return isOwn(counted.of) && test.op.startsWith('=') === sense;
    }
    return subject !== undefined && isOwn(subject) && test.op.startsWith('=') === sense;
  }
  if (test.k === 'binary' && /^[<>]/.test(test.op)) return false;
  return !sense && isOwn(test);
}

/** What an insert puts in, the same piece of work takes out again: in the same function or in one written inside it. */
function isTransient(insert: StateAccess, removes: readonly StateAccess[], parts: Parts): boolean {
  return removes.some((remove) => {
    const { fact } = remove;
    // `shift` throws out the oldest, not what was put in.
    if ('callee' in fact && fact.callee.k === 'member' && /^(?:shift|pop)$/.test(fact.callee.name)) return false;
    if (remove.fn === insert.fn) return remove.place.span[0] >= insert.place.span[0];
    for (let fn: Fn | undefined = remove.fn; fn && fn.id !== 0; fn = parts.tables.parent(fn))
      if (fn === insert.fn) return isSameTurn(remove, parts);
    return false;
  });
}

/** Only the key itself is put in, to keep others out: `running.add(id)`, `busy.set(id, true)`. Without waiting nobody is kept out. */
function isMark(insert: StateAccess): boolean {
  const { fn, fact, value } = insert;
  if (fn.fact.async !== true) return false;
  if ('callee' in fact && fact.callee.k === 'member' && fact.callee.name === 'add') return true;
  return value?.k === 'lit' && typeof value.v === 'boolean';
}

/** Keeps in mind what this process itself listens to: `subscriber.subscribe(channel); subscribed.add(channel)`. */
function isSubscribed(insert: StateAccess, parts: Parts): boolean {
  const { value } = insert;
  if (value?.k !== 'id' || insert.key !== undefined) return false;
  return parts.tables.callsIn(insert.fn).some(({ fact }) => {
    const first = fact.args[0];
    return (
      fact.callee.k === 'member' &&
      /^(?:p|s)?subscribe$/i.test(fact.callee.name) &&
      first?.k === 'id' &&
      first.b === value.b
    );
  });
}

/** An empty list put in where there was none, or the old one and one more: what is known here only is gathered under a key, nothing is copied. */
function isGathering(insert: StateAccess, parts: Parts): boolean {
  const { unit, value } = insert;
  if (!value) return false;
  if (value.k === 'array' && value.items.some((item) => item.k === 'spread')) return true;
  return parts.values.of(unit, value).some(({ value: made }) => {
    if (made.kind === 'array') return made.items.length === 0;
    return made.kind === 'external' && made.api === 'global:Set()' && made.call?.fact.args.length === 0;
  });
}

/** Others than the work that put an entry in ask for it: to cancel it, to list it, to tell how far it is. */
function isLookedUpElsewhere(cell: StateCell, inserts: readonly StateAccess[], parts: Parts): boolean {
  const own = new Set(inserts.map(({ fn }) => outermost(fn, parts)));
  return cell.reads.some((read) => !isSize(read) && isAsked(read.fn, parts) && !runsOnlyWithin(read.fn, own, parts));
}

/** Runs while serving on one instance; a message to all of them finds the one that has the entry. */
function isAsked(fn: Fn, parts: Parts): boolean {
  return parts.phases.reaches(fn).some(({ phase, everyInstance }) => SERVING.includes(phase) && !everyInstance);
}

function isSize({ fact }: StateAccess): boolean {
  return (
    'target' in fact && fact.target.k === 'member' && (fact.target.name === 'size' || fact.target.name === 'length')
  );
}

function outermost(fn: Fn, parts: Parts): Fn {
  const parent = parts.tables.parent(fn);
  return parent && parent.id !== 0 ? outermost(parent, parts) : fn;
}

/** Every known way to a function leads through one of these. */
function runsOnlyWithin(fn: Fn, within: ReadonlySet<Fn>, parts: Parts, seen = new Set<Fn>()): boolean {
  if (within.has(fn) || within.has(outermost(fn, parts)) || seen.has(fn)) return true;
  seen.add(fn);
  if (parts.phases.isEntry(fn)) return false;
  const parent = fn.fact.kind === 'arrow' ? parts.tables.parent(fn) : undefined;
  const callers = (parts.graph.callersOf.get(fn) ?? []).map((call) => call.fn);
  if (parent && parent.id !== 0) callers.push(parent);
  return callers.every((caller) => runsOnlyWithin(caller, within, parts, seen));
}

/** A removal in an event handler or a later timer is not the end of the same work. */
function isSameTurn(remove: StateAccess, parts: Parts): boolean {
  return (
    !parts.phases.isEntry(remove.fn) &&
    parts.tables
      .linked(remove.unit)
      .calls.every(
        (call) =>
          !call.fact.args.some((arg) => arg.k === 'fn' && arg.f === remove.fn.id) ||
          !parts.values.calleeApis(call).some((api) => /:setTimeout$/.test(api)),
      )
  );
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
    return cell.reads.some(
      (read) => read.op === 'lookup' && around.has(read.fn) && read.place.span[0] <= insert.place.span[0],
    );
  });
}

function isObserver(api: string): boolean {
  return OBSERVERS.some(
    (known) => api.startsWith(known) && (known.endsWith(':') || /^(?:$|[.(])/.test(api.slice(known.length))),
  );
}

/** What is read goes into logs and metrics only, or decides whether something is logged. */
function isOnlyObserved(cell: StateCell, parts: Parts): boolean {
  const reads = cell.reads.filter(({ fn }) => serving(parts.phases, fn));
  return reads.length > 0 && reads.every((read) => isLogged(cell, read, parts));
}

function isLogged(cell: StateCell, read: StateAccess, parts: Parts): boolean {
  const { facts } = read.unit;
  const logs = parts.tables.linked(read.unit).calls.filter((call) => {
    const isByName = LOGGER.test(text(call.unit, call.fact.callee));
    return isByName || parts.values.calleeApis(call).some(isObserver);
  });
  const isInLog = (span: Span) => logs.some(({ fact }) => within(span, fact.span));
  if (isInLog(read.place.span)) return true;
  const tests = facts.conditions.flatMap((condition, id) => (within(read.place.span, condition.span) ? [id] : []));
  const isUnder = ({ when }: { readonly when: readonly number[] }) => tests.some((id) => when.includes(id));
  const isOwnWrite = (fact: unknown) => cell.writes.some((write) => write.fact === fact);
  return (
    logs.some(({ fact }) => isUnder(fact)) &&
    facts.calls.every((call) => !isUnder(call) || isInLog(call.span)) &&
    facts.accesses.every((access) => access.op === 'read' || !isUnder(access) || isOwnWrite(access)) &&
    !facts.functions.some((fn) => isUnder(fn) || fn.returns.some(isUnder))
  );
}

function within(inner: Span, outer: Span): boolean {
  const starts = inner[0] > outer[0] || (inner[0] === outer[0] && inner[1] >= outer[1]);
  const ends = inner[2] < outer[2] || (inner[2] === outer[2] && inner[3] <= outer[3]);
  return starts && ends;
}
