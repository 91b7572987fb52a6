import { expand } from '../../knowledge/api-table.js';
import { liveObjects } from '../../knowledge/observers.js';
import type { Expr } from '../../model/facts.js';
import type { Call, Cls, Fn, Phase, StateAccess, StateCell, Unit, Value } from '../../model/program.js';
import type { Effects } from '../effects/effects.js';
import type { CallGraph } from '../calls/graph.js';
import type { Phases } from '../phases/phases.js';
import { isPickedFromThere } from './copies.js';
import { isReset } from './lazy.js';
import { isFixedPath } from './own-work.js';
import { type Tables, text } from '../tables.js';
import type { Values } from '../values/values.js';

/*
 * What single writes and reads of a cell say about it: each a question with a definition in words.
 */

export interface Parts {
  readonly values: Values;
  readonly graph: CallGraph;
  readonly phases: Phases;
  readonly effects: Effects;
  readonly tables: Tables;
}

export const SERVING: readonly Phase[] = ['request', 'socket', 'job', 'consumer', 'event'];
/** A client, connection, program or server is made by `new` or by a function that says so. */
const MAKES_HANDLE =
  /(?:[:.](?:[A-Z]\w*|(?:create|connect|launch|init|open|build|start|make|spawn|fork|listen|setup|initialize|use)\w*|producer|consumer)|^[^:]+:)\(\)(?:\.(?:connect|launch|init|start|listen|initialize)\(\))?$/;
/** What a callback is handed, or what a type names, where it is the same as what such a function gives. */
const GIVEN_HANDLE = /[:.](?:create|connect|open)\w*\(\)$/;
/** The socket that a server is handed, or what answers a request; not the messages that come in over it. */
const CONNECTION =
  /^(?:ws:[^/]*(?:\/1\.0)?|(?:socket\.io|net|tls|sockjs):[^/]*\/[01]\.0|https?:createServer(?:\(\)\.on)?\/[01]\.[01]|(?:express|fastify):\(\)\.get\/1\.1|koa:\(\)\.use\/0\.0)$/;
/** What fulfils or rejects a promise of this process. */
const SETTLES = /^global:Promise(?:\/0\.[01]|\.withResolvers\(\)\.(?:resolve|reject))$/;
export const LIVE = new Set(liveObjects.flatMap(({ api }) => expand(api)));

/** Runs while users or jobs are served, as far as is known; a function that nothing reaches is not known to. */
export function serving(phases: Phases, fn: Fn): boolean {
  return SERVING.some((phase) => phases.has(fn, phase));
}

export function makesHandle(value: Value, parts: Parts): boolean {
  if (value.kind !== 'external' || /^(?:global|unknown|env):/.test(value.api)) return false;
  if (!value.call) return GIVEN_HANDLE.test(value.api) && !LIVE.has(value.api);
  if (isQuery(value.api, value.call, parts)) return false;
  return MAKES_HANDLE.test(value.api) && !LIVE.has(value.api) && !parts.effects.ofCall(value.call);
}

/** `knex('fares').where(…)`: a call on the handle that reads as the handle again asks it for something. Connecting makes it ready. */
function isQuery(api: string, call: Call, parts: Parts): boolean {
  const { callee } = call.fact;
  if (callee.k === 'member' && /^(?:connect|init|initialize|start|listen|on|once|open|use)$/.test(callee.name))
    return false;
  // `this.knex('fares')` calls what a field holds.
  const places = callee.k === 'member' ? [callee, callee.of] : [callee];
  return places.some((place) =>
    parts.values.of(call.unit, place).some(({ value }) => value.kind === 'external' && value.api === api),
  );
}

/** An object that changes after it is made: a document, a room, a game. A copy elsewhere would be another one. */
export function isLive(cls: Cls): boolean {
  const { facts } = cls.unit;
  return facts.accesses.some(({ op, target, fn }) => {
    if (op === 'read') return false;
    const owner = facts.functions[fn];
    let root = target;
    while (root.k === 'index' || (root.k === 'member' && root.of.k !== 'this')) root = root.of;
    return root.k === 'member' && root.of.k === 'this' && root.of.cls === cls.id && owner?.kind !== 'constructor';
  });
}

/** Says only that this process has done something once: it begins false and nothing ever makes it anything but true. */
export function isDoneFlag(cell: StateCell, parts: Parts): boolean {
  const isFalse = !cell.init || (cell.init.k === 'lit' && !cell.init.v) || cell.init.k === 'undefined';
  const isStart = ({ fn, value }: StateAccess) =>
    value?.k === 'lit' && !value.v && parts.phases.has(fn, 'boot') && !serving(parts.phases, fn);
  return (
    isFalse &&
    cell.writes.every(
      (write) => write.op === 'assign' && ((write.value?.k === 'lit' && write.value.v === true) || isStart(write)),
    )
  );
}

/** Only one function ever touches it: what it found last time, kept to spare itself the work. */
export function isOwnMemory(cell: StateCell, writes: readonly StateAccess[], parts: Parts): boolean {
  const own = writes[0]?.fn;
  const reads = cell.reads.filter(({ fn }) => serving(parts.phases, fn) || parts.phases.of(fn).length === 0);
  return own !== undefined && [...writes, ...reads].every((access) => access.fn === own);
}

/** The new value is made from the old one: `last = last + 1`, `entries = [...entries, entry]`. */
export function isDerived({ unit, value, fact }: StateAccess, parts: Parts): boolean {
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

/** Every write gives what is the same on every instance, where nothing was before: a literal, an environment variable. */
export function isConstant(cell: StateCell, parts: Parts): boolean {
  const isEmpty = (expr: Expr | undefined) =>
    !expr || expr.k === 'undefined' || (expr.k === 'lit' && (expr.v === null || expr.v === ''));
  if (cell.kind === 'environment' || cell.kind === 'global' || cell.kind === 'app-locals' || !isEmpty(cell.init))
    return false;
  const known = new Set<string>();
  for (const access of cell.writes) {
    const { op, unit, value } = access;
    if (op !== 'assign' || !value) return false;
    if (isFixedPath(parts, access)) {
      known.add(
        text(unit, value) + JSON.stringify(parts.tables.call(unit, (value as Expr & { k: 'call' }).c).fact.args),
      );
      continue;
    }
    const values = parts.values.of(unit, value);
    if (values.length === 0) return false;
    for (const { value: one } of values) {
      if (one.kind === 'external' && one.api.startsWith('env:')) known.add(one.api);
      else if (one.kind === 'literal' && one.value !== null) known.add(JSON.stringify(one.value));
      else return false;
    }
  }
  return known.size === 1;
}

/** When something was last done here, looked at only by the function that sets it, to hold back its next turn. */
export function isCooldown(cell: StateCell, parts: Parts): boolean {
  const isNow = ({ op, unit, value }: StateAccess) =>
    op === 'assign' &&
    value !== undefined &&
    parts.values
      .of(unit, value)
      .every(({ value: now }) => isApi(now, /^global:(?:Date\.now|performance\.now|Date)\(\)/)) &&
    parts.values.of(unit, value).length > 0;
  const compared = cell.writes.filter(isNow);
  return (
    compared.length > 0 &&
    cell.writes.every((write) => isNow(write) || isReset(write)) &&
    cell.reads.every(({ fn }) => compared.some((write) => write.fn === fn))
  );
}

export function isApi(value: Value, pattern: RegExp): boolean {
  return value.kind === 'external' && pattern.test(value.api);
}

/** What is written to a handle by the function that has made it completes it: `client = connect(); client.onerror = …`. */
export function isCompletion({ op, fn }: StateAccess, assigns: readonly StateAccess[], handles: boolean): boolean {
  return op === 'update' && handles && assigns.some((assign) => assign.fn === fn);
}

/** Functions of this process are put in, to be called by it later. */
export function isCallback({ unit, value }: StateAccess, parts: Parts): boolean {
  if (!value) return false;
  const values = parts.values.of(unit, value);
  return values.length > 0 && values.every(({ value: known }) => known.kind === 'function' || isApi(known, SETTLES));
}

/** What fulfils or rejects a promise of this process, and nothing else. */
export function isSettling(unit: Unit, expr: Expr, parts: Parts): boolean {
  const values = parts.values.of(unit, expr);
  return values.length > 0 && values.every(({ value: known }) => isApi(known, SETTLES));
}

/** What an insert puts in, the same piece of work takes out again: in the same function or in one written inside it. */
export function isTransient(insert: StateAccess, removes: readonly StateAccess[], parts: Parts): boolean {
  return removes.some((remove) => {
    if (isCut(remove, parts)) return false;
    if (isPickedFromThere(remove, parts)) return false;
    if (remove.fn === insert.fn) return remove.place.span[0] >= insert.place.span[0];
    for (let fn: Fn | undefined = remove.fn; fn && fn.id !== 0; fn = parts.tables.parent(fn))
      if (fn === insert.fn) return isSameTurn(remove, parts);
    return false;
  });
}

/** Throws out the oldest or what is too much, not what was put in: `shift()`, `splice(100)`, `splice(MOST, …)`. */
export function isCut({ unit, fact }: StateAccess, parts: Parts): boolean {
  if (!('callee' in fact) || fact.callee.k !== 'member') return false;
  const { name } = fact.callee;
  if (name !== 'splice') return name === 'shift' || name === 'pop';
  const from = fact.args[0] ? parts.values.of(unit, fact.args[0]) : [];
  return from.length > 0 && from.every(({ value }) => value.kind === 'literal');
}

/** Only the key itself is put in, to keep others out: `running.add(id)`, `busy.set(id, true)`. Without waiting nobody is kept out. */
export function isMark(insert: StateAccess): boolean {
  const { fn, fact, value } = insert;
  if (fn.fact.async !== true) return false;
  if ('callee' in fact && fact.callee.k === 'member' && fact.callee.name === 'add') return true;
  return value?.k === 'lit' && typeof value.v === 'boolean';
}

/** Keeps in mind what this process itself listens to: `subscriber.subscribe(channel); subscribed.add(channel)`. */
export function isSubscribed(insert: StateAccess, parts: Parts): boolean {
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
export function isGathering(insert: StateAccess, parts: Parts): boolean {
  const { unit, value } = insert;
  if (!value) return false;
  if (value.k === 'array' && value.items.some((item) => item.k === 'spread')) return true;
  return parts.values.of(unit, value).some(({ value: made }) => {
    if (made.kind === 'array') return made.items.length === 0;
    return made.kind === 'external' && made.api === 'global:Set()' && made.call?.fact.args.length === 0;
  });
}

export function isSize({ fact }: StateAccess): boolean {
  return (
    'target' in fact && fact.target.k === 'member' && (fact.target.name === 'size' || fact.target.name === 'length')
  );
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

/**
 * A live connection or response is put in: it is of this process by nature, the registry of them is not. Also as a part of what
 * is put in, `{ id, socket }`, and inside a function that is kept to write to it later.
 */
export function holdsConnection({ value, unit, fn }: StateAccess, parts: Parts): boolean {
  if (!value) return false;
  if (isConnection(unit, value, parts, fn)) return true;
  // `rooms.set(room, members); members.add(socket)`
  const isFilled = parts.tables
    .linked(unit)
    .calls.some(
      ({ fact }) =>
        fact.fn === fn.id &&
        value.k === 'id' &&
        fact.callee.k === 'member' &&
        fact.callee.of.k === 'id' &&
        fact.callee.of.b === value.b &&
        /^(?:add|push|unshift|set)$/.test(fact.callee.name) &&
        fact.args.some((arg) => isConnection(unit, arg, parts, fn)),
    );
  if (isFilled) return true;
  if (value.k === 'fn') {
    const within = new Set([value.f]);
    return parts.tables
      .linked(unit)
      .calls.some(
        ({ fact }) =>
          within.has(fact.fn) && fact.callee.k === 'member' && isConnection(unit, fact.callee.of, parts, fn),
      );
  }
  return parts.values.of(unit, value).some(
    ({ value: known }) =>
      (known.kind === 'object' &&
        known.expr.props.some((prop) => prop.value.k === 'id' && isConnection(known.unit, prop.value, parts, fn))) ||
      (known.kind === 'instance' &&
        known.call?.fact.args.some((arg) => arg.k === 'id' && isConnection(known.call!.unit, arg, parts, fn))) ||
      // `new Set([socket])`, `[socket]`
      (known.kind === 'external' &&
        known.api === 'global:Set()' &&
        known.call?.fact.args.some(
          (arg) => arg.k === 'array' && arg.items.some((item) => isConnection(unit, item, parts, fn)),
        )) ||
      (known.kind === 'array' && known.items.some((item) => isConnection(known.unit, item, parts, fn))),
  );
}

function isConnection(unit: Unit, value: Expr, parts: Parts, fn: Fn): boolean {
  const values = parts.values.of(unit, value);
  if (values.some(({ value: known }) => known.kind === 'external' && CONNECTION.test(known.api))) return true;
  // A name is believed only where connections come in, and of what no other package gave: a `client` that a job makes, or
  // a `connection` to a database.
  if (values.some(({ value: known }) => known.kind === 'external' && !/^(?:global|unknown):/.test(known.api)))
    return false;
  const name = text(unit, value).replace(/^.*\./, '');
  const reaches = parts.phases.reaches(fn);
  const isIn = (phase: Phase) => reaches.length === 0 || reaches.some((reach) => reach.phase === phase);
  if (/^(?:res|response|reply|stream|subscriber)$/i.test(name)) return isIn('request');
  return /^(?:socket|ws|conn|connection|client|peer)$/i.test(name) && isIn('socket');
}

/** `names.add(name)` */
function isMember({ fact }: StateAccess): boolean {
  return methodOf(fact) === 'add' && 'args' in fact && fact.args.length === 1;
}

/** `list.includes(x)`, `list.length`: asks what is on a list, and gets none of it. */
function isPresenceOnly(read: StateAccess): boolean {
  return isSize(read) || /^(?:includes|indexOf|some)$/.test(methodOf(read.fact));
}

export function methodOf(fact: StateAccess['fact']): string {
  return 'callee' in fact && fact.callee.k === 'member' ? fact.callee.name : '';
}

/** Put in only where it already is: `if (!(key in settings)) return; settings[key] = …` changes what is known, and fills no gap. */
function isEdit(cell: StateCell, insert: StateAccess, parts: Parts): boolean {
  const name = cell.name.replace(/^.*\./, '');
  const isPresence = (test: Expr, sense: boolean): boolean => {
    if (test.k === 'unary' && test.op === '!') return isPresence(test.of, !sense);
    if (!sense) return false;
    if (test.k === 'binary' && test.op === 'in') return last(insert.unit, test.right) === name;
    return test.k === 'index' && last(insert.unit, test.of) === name;
  };
  return parts.tables.conditions(insert.unit, insert.fact.when).some(({ fact }) => isPresence(fact.test, fact.sense));
}

export function last(unit: Unit, expr: Expr): string {
  return text(unit, expr).replace(/^.*\./, '');
}

/** `if (map.has(k)) return map.get(k); … map.set(k, v)`: looked up and filled in the same function. */
export function isMissThenSet(cell: StateCell, inserts: readonly StateAccess[], parts: Parts): boolean {
  return inserts.every((insert) => {
    // A name put into a list of names copies nothing: others were not told of it.
    if (isEdit(cell, insert, parts) || isMember(insert)) return false;
    const around = new Set<Fn>();
    for (let fn: Fn | undefined = insert.fn; fn && fn.id !== 0; fn = parts.tables.parent(fn)) around.add(fn);
    // A list that is only asked whether there is room, or whether a name is on it, gives nothing back: a roster, no copy.
    const isList = /^(?:push|unshift)$/.test(methodOf(insert.fact));
    return cell.reads.some(
      (read) =>
        read.op === 'lookup' &&
        around.has(read.fn) &&
        read.place.span[0] <= insert.place.span[0] &&
        !(isList && isPresenceOnly(read)),
    );
  });
}
