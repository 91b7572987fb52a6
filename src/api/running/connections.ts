import { ApiTable } from '../../knowledge/api-table.js';
import { brokerCalls } from '../../knowledge/sockets.js';
import type { Expr } from '../../model/facts.js';
import type { Call, Fn, Program, Reach, StateAccess, StateCell, Unit, Value } from '../../model/program.js';
import type { Place } from '../../model/span.js';
import { type Served, served, surest } from '../serving.js';
import { unitOf } from '../calls.js';
import { callsWithin } from '../within.js';

/*
 * Lists and maps of the clients that are connected to this process. Holding them is in order, nobody else could; to look for
 * somebody among them and take that for all there are is not.
 */

/** What is held: sockets, or responses that are kept open. */
export type ConnectionKind = 'socket' | 'response';

export interface ConnectionRegistry {
  readonly kind: ConnectionKind;
  readonly write: Served;
  readonly read: Served;
  /** The reading function writes to what it finds, rather than handing it on. */
  readonly speaks: boolean;
  /** The entries are known to be connections by more than their name. */
  readonly isPlain: boolean;
}

const RESPONSE =
  /^(?:https?:createServer(?:\(\)\.on)?\/[01]\.1|(?:express|fastify):\(\)\.get\/1\.1|koa:\(\)\.use\/0\.0(?:\.res(?:ponse)?)?)(?:\.raw)?$/;
const SOCKET =
  /^(?:ws:\(\)|(?:ws|socket\.io|net|tls|sockjs|engine\.io|primus|websocket|@hocuspocus\/server):.*\/[01]\.0(?:\.accept\(\))?|fastify:\(\)\.get\/[12]\.0\.socket)$/;
/** Methods that say something to a client. */
export const SPEAKS =
  /^(?:send|emit|write|publish|json|sendUTF|sendBytes|sendText|sendJson|sendMessage|push|next|notify|dispatch|broadcast|forward|deliver|relay|enqueue|flush|end|respond|reply|postMessage)$/i;
const BROKERS = new ApiTable(brokerCalls.map((api) => ({ patterns: [api], entry: api })));

/** A registry of connections that is asked as if it knew all of them, or why it is none. */
export function connectionRegistry(
  program: Program,
  cell: StateCell,
): ConnectionRegistry | { readonly reason: string } {
  if (cell.unit.vendored) return { reason: 'kept by a copied library for itself' };
  const changing = new Set(cell.writes.filter(({ op }) => op === 'insert' || op === 'remove').map(({ fn }) => fn));
  const inserts = served(program, cell.writes).filter(({ access }) => access.op === 'insert');
  const write =
    surest(inserts.filter(({ reach }) => reach.phase === 'request' || reach.phase === 'socket')) ?? surest(inserts);
  if (!write) return { reason: 'not filled while clients connect' };
  const reads = served(program, cell.reads).filter(({ access }) => !isSize(access));
  if (
    reads.some(({ access }) => isTold(program, access.fn)) &&
    reads.every((read) => isTold(program, read.access.fn) || changing.has(read.access.fn))
  )
    return { reason: 'spoken to when a message reaches every instance' };
  const inserting = new Set(inserts.map(({ access }) => access.fn));
  const isHeard = reads.some(({ access }) => isTold(program, access.fn) && isSpeaking(program, access.fn));
  const asked = reads
    .filter(({ access, reach }) => {
      // The work of a queue is told about by messages, which every instance gets.
      if (isHeard && reach.phase === 'consumer') return false;
      if (answersItself(program, reach, inserting)) return false;
      if (reach.everyInstance || isTold(program, access.fn) || hasBroker(program, access.fn)) return false;
      if (isOwnKey(program, access)) return false;
      const speaks = isSpeaking(program, access.fn);
      if (reach.phase === 'job' || (reach.phase === 'event' && !speaks)) return false;
      // An error that ends the process has the same goodbyes said as a signal to stop.
      if (reach.phase === 'event' && isGoodbye(program, access.fn)) return false;
      return speaks || !changing.has(access.fn);
    })
    .map((one) => ({ one, speaks: isSpeaking(program, one.access.fn) }));
  const speaking = asked.filter(({ speaks }) => speaks).map(({ one }) => one);
  const read = surest(speaking) ?? surest(asked.map(({ one }) => one));
  if (!read)
    return { reason: 'the process only keeps the books of its own connections, or speaks to them on its own schedule' };
  const kinds = inserts.map(({ access }) => kindOf(program, access));
  const plain = kinds.find((kind) => kind !== undefined);
  const kind =
    plain ??
    (write.reach.phase === 'request' &&
    kinds.every((one) => one === undefined) &&
    isNamedResponse(program, write.access)
      ? 'response'
      : 'socket');
  return { kind, write, read, speaks: speaking.length > 0, isPlain: plain !== undefined };
}

function isGoodbye(program: Program, fn: Fn): boolean {
  return program.reaches(fn).some(({ phase }) => phase === 'shutdown');
}

/** Callers that are looked at for who has put the response in. */
const FAR = 3;

/**
 * What is spoken to is the response of the very request that speaks: on the way there stands a function that puts it in, or
 * that is called by one that does so.
 */
function answersItself(program: Program, { phase, path }: Reach, inserting: ReadonlySet<Fn>): boolean {
  if (phase !== 'request') return false;
  // What wraps each handler alike (`caught(handler)`) makes none of them.
  const makers = [...inserting].flatMap((fn) =>
    program.callers(fn).flatMap((call) => (runsParam(call) ? [] : [call.fn])),
  );
  const isMaker = (fn: Fn) => makers.some((maker) => maker.id !== 0 && (maker === fn || isInside(fn, maker)));
  const ways = path
    .filter(({ role }) => role === 'registered' || role === 'reached')
    .flatMap((step) => fnAround(program, step) ?? []);
  return ways.some((fn) => {
    let level = [fn];
    for (let far = 0; far <= FAR && level.length > 0; far++) {
      if (level.some(isMaker)) return true;
      level = level.flatMap((one) => program.callers(one).map((call) => call.fn)).slice(0, 40);
    }
    return false;
  });
}

function runsParam({ unit, fact: { callee } }: Call): boolean {
  return callee.k === 'id' && unit.facts.bindings[callee.b]?.kind === 'param';
}

/** The innermost function that a place stands in. */
function fnAround(program: Program, { file, span }: Place): Fn | undefined {
  const unit = unitOf(program, file);
  let found: Fn | undefined;
  unit?.facts.functions.forEach(({ span: own }, id) => {
    const isAround = own[0] <= span[0] && span[0] <= own[2] && id !== 0;
    if (isAround && (!found || own[0] >= found.fact.span[0])) found = program.fn(unit, id);
  });
  return found;
}

function isInside({ unit, fact }: Fn, outer: Fn): boolean {
  for (let at = fact.parent; unit === outer.unit && at !== 0; at = unit.facts.functions[at]?.parent ?? 0)
    if (at === outer.id) return true;
  return false;
}

/**
 * The connections of the same object that a cell says something of: whoever reads it looks them up right there, or keeps the
 * books.
 */
export function connectionsBeside(program: Program, cell: StateCell): StateCell | undefined {
  if (!cell.cls || cell.shape === 'connections' || cell.reads.length === 0) return undefined;
  const held = program.cells.find(
    (other) => other.cls === cell.cls && other.unit === cell.unit && other.shape === 'connections',
  );
  if (!held) return undefined;
  const looking = new Set(held.reads.map(({ fn }) => fn));
  const writing = new Set(cell.writes.map(({ fn }) => fn));
  const isRead = cell.reads.some(({ fn }) => looking.has(fn));
  return isRead && cell.reads.every(({ fn }) => looking.has(fn) || writing.has(fn)) ? held : undefined;
}

/** A message that all instances get makes it run: each looks among its own. */
function isTold(program: Program, fn: Fn): boolean {
  return program.reaches(fn).some(({ everyInstance }) => everyInstance);
}

/** What it does not find here it sends to the others. */
function hasBroker(program: Program, fn: Fn): boolean {
  return callsWithin(program, fn).some((call) => program.apis(call).some((api) => BROKERS.first(api)));
}

function isSpeaking(program: Program, fn: Fn): boolean {
  return callsWithin(program, fn).some(({ fact: { callee } }) =>
    callee.k === 'member' ? SPEAKS.test(callee.name) : callee.k === 'id' && isLoopVariable(fn, callee.b),
  );
}

/** `for (const tell of waiting) tell(news)`, `waiting.forEach((tell) => tell(news))` */
function isLoopVariable(fn: Fn, binding: number): boolean {
  const fact = fn.unit.facts.bindings[binding];
  if (!fact || fact.fn === 0) return false;
  const isEntry = fact.kind === 'param' ? fact.fn !== fn.id : fact.nested && fact.init?.k !== 'fn';
  return isEntry === true && !/^(?:resolve|reject|done|next|cb|callback|err|error)$/.test(fact.name);
}

function isSize({ fact }: StateAccess): boolean {
  return (
    'target' in fact && fact.target.k === 'member' && (fact.target.name === 'size' || fact.target.name === 'length')
  );
}

/** Looked up under the id of the very socket that is being served. */
function isOwnKey(program: Program, { key, unit }: StateAccess): boolean {
  if (!key) return false;
  const on = key.k === 'member' && key.name === 'id' ? key.of : key;
  return program.values(unit, on).some(({ value }) => value.kind === 'external' && SOCKET.test(value.api));
}

function kindOf(program: Program, { value, unit, fn }: StateAccess): ConnectionKind | undefined {
  if (!value) return undefined;
  if (value.k === 'fn') {
    const written = program
      .callsIn(program.fn(unit, value.f))
      .map(({ fact }) => fact.callee)
      .flatMap((callee) => (callee.k === 'member' ? [connectionOf(program, unit, callee.of)] : []));
    return written.find((kind) => kind !== undefined);
  }
  const own = connectionOf(program, unit, value);
  if (own) return own;
  // `rooms.set(room, members); members.add(socket)`
  for (const { fact } of value.k === 'id' ? program.callsIn(fn) : []) {
    const { callee, args } = fact;
    if (callee.k !== 'member' || callee.of.k !== 'id' || value.k !== 'id' || callee.of.b !== value.b) continue;
    const kind = args.map((arg) => connectionOf(program, unit, arg)).find((one) => one !== undefined);
    if (kind) return kind;
  }
  for (const { value: known } of program.values(unit, value)) {
    const parts = partsOf(known);
    for (const part of parts.exprs) {
      const kind = connectionOf(program, parts.unit ?? unit, part);
      if (kind) return kind;
    }
  }
  return undefined;
}

function partsOf(value: Value): { readonly unit?: Unit; readonly exprs: readonly Expr[] } {
  if (value.kind === 'object') return { unit: value.unit, exprs: value.expr.props.map((prop) => prop.value) };
  if (value.kind === 'array') return { unit: value.unit, exprs: value.items };
  if (value.kind === 'external' && value.api === 'global:Set()') {
    const [list] = value.call?.fact.args ?? [];
    return list?.k === 'array' && value.call ? { unit: value.call.unit, exprs: list.items } : { exprs: [] };
  }
  if (value.kind === 'instance' && value.call) return { unit: value.call.unit, exprs: value.call.fact.args };
  return { exprs: [] };
}

/** Whether an expression is a connection to a client, told by where it comes from. */
export function connectionOf(program: Program, unit: Unit, expr: Expr): ConnectionKind | undefined {
  for (const { value } of program.values(unit, expr)) {
    if (value.kind !== 'external') continue;
    if (RESPONSE.test(value.api)) return 'response';
    if (SOCKET.test(value.api)) return 'socket';
  }
  return undefined;
}

function isNamedResponse(program: Program, { value, unit }: StateAccess): boolean {
  if (!value) return false;
  const names = [value, ...(value.k === 'object' ? value.props.map((prop) => prop.value) : [])].map((expr) =>
    program.text(unit, expr),
  );
  return names.some((name) => /(?:^|\.)(?:res|response|reply|stream|subscriber)(?:\.raw)?$/i.test(name));
}
