import type { Expr } from '../../model/facts.js';
import type { Call, Fn, Origin, Program, StateCell, StateShape, Value } from '../../model/program.js';
import { once } from '../once.js';
import { type Served, served, surest, USER_PHASES } from '../serving.js';

/** A variable that holds what belongs to one request, and the part of the request that it was given. */
export interface RequestState {
  readonly cell: StateCell;
  readonly write: Served;
  readonly read: Served;
  /** Where the request is looked at: `req.headers`. */
  readonly origin: Origin;
  /** It says who is asking, rather than what is asked. */
  readonly isIdentity: boolean;
  /** The reader stands behind an `await`, in the request that wrote it. */
  readonly isReadLater: boolean;
}

/** What the first parameter of a handler is, and behind it the part of it that is meant. */
const REQUEST =
  /^(?:express|fastify|koa|@hapi\/hapi|https?|http2|restify|polka|hono|connect|next-connect|@koa\/router|h3|find-my-way|micro):[^/]*(?:\/\d+(?:\.[a-zA-Z]\w*)*\.\d+\.[a-zA-Z]+)?\/\d+(?:\.[a-zA-Z]\w*)*\.0((?:[.(][^/]*)?)$/;
const DECORATORS =
  /^@nestjs\/common:(Req|Request|Body|Query|Param|Headers|Session|Ip|HostParam|Ctx)\(\)((?:[.(][^/]*)?)$/;
/** Parts of a request object that are of the application, not of the request. */
const OF_THE_APPLICATION = /^\.(?:app|server|log|logger|router|routeOptions|baseUrl|route|method)\b/;
/** Parts that say who is asking. */
const WHO =
  /^\.(?:request\.|req\.|raw\.|ctx\.)?(?:user|session|sessionID|auth|account|member|customer|tenant|headers?|rawHeaders|get|cookies?|signedCookies|ip|ips|hostname|host|subdomains|state|locals|language|accepts\w*|isAuthenticated|jwt|token)\b/;
const WHO_BY_NAME =
  /^(?:(?:current|logged|loggedin|signedin|authenticated|auth|active|session|my)_?(?:in_?)?)?(?:user|username|user_?name|user_?id|account|customer|member|tenant|tenant_?id|req|request|ctx|principal|identity)$/i;
/** Shapes of what is kept for its own sake, whoever asked first. */
const OTHER_SHAPES: readonly StateShape[] = [
  'registry',
  'handle',
  'single-flight',
  'constant',
  'metrics',
  'current',
  'cooldown',
  'connections',
  'task-handles',
  'lock',
];

const known = once((_: Program) => new Map<StateCell, RequestState | undefined>());

/**
 * Whether one request leaves something of its own where another can read it: wrong on a single instance already, as soon as two
 * requests are on their way. Settings that one request changes for all are not meant.
 */
export function requestState(program: Program, cell: StateCell): RequestState | undefined {
  const cells = known(program);
  if (!cells.has(cell)) cells.set(cell, look(program, cell));
  return cells.get(cell);
}

function look(program: Program, cell: StateCell): RequestState | undefined {
  if (OTHER_SHAPES.includes(cell.shape) || cell.kind === 'environment' || cell.unit.vendored) return undefined;
  if (cell.writes.some(({ op }) => op === 'insert' || op === 'remove' || op === 'clear')) return undefined;
  const writes = served(program, cell.writes).filter(
    ({ access, reach }) => access.op === 'assign' && access.value && reach.phase === 'request' && !access.isOneOfMany,
  );
  if (writes.length === 0) return undefined;
  const reads = served(program, cell.reads).filter(({ reach }) => USER_PHASES.includes(reach.phase));
  const name = cell.name.replace(/^.*\./, '').replace(/^_+/, '');
  for (const write of writes) {
    const { unit, value, place } = write.access;
    const from = program
      .origins(unit, value as Expr, place.span, (at) => isGlobal(at.expr) || partOf(program, at) !== undefined)
      .flatMap((origin) => {
        const part = partOf(program, origin);
        return part === undefined || OF_THE_APPLICATION.test(part) ? [] : [{ origin, part }];
      });
    const first = from[0];
    if (!first) continue;
    const isWhole = first.part === '' && first.origin.expr === value;
    const isIdentity = isWhole || WHO.test(first.part) || WHO_BY_NAME.test(name);
    const later = reads.filter((read) => isLater(program, write, read));
    const chosen = isIdentity ? (surest(others(write, reads)) ?? surest(later)) : surest(later);
    if (!chosen) continue;
    // What every visitor is to see from now on is asked for by others; what one asked for is used up where it was asked.
    if (!isIdentity && others(write, reads).length > 0) continue;
    return {
      cell,
      write,
      read: chosen,
      origin: first.origin,
      isIdentity,
      isReadLater: later.includes(chosen),
    };
  }
  return undefined;
}

/** Which part of a request an expression is, by its path: `''` is the request itself. */
function partOf(program: Program, { unit, expr }: Origin): string | undefined {
  if (isGlobal(expr)) return undefined;
  if (expr.k !== 'id' && expr.k !== 'member' && expr.k !== 'index' && expr.k !== 'call') return undefined;
  const parts = program
    .values(unit, expr)
    .flatMap(({ value }) => (/^(?:undefined|unknown)$/.test(value.kind) ? [] : [requestPart(value)]));
  // What others hand to the same function may be no request's at all: which of them it is here, its origins tell.
  return parts.includes(undefined) ? undefined : parts[0];
}

function requestPart(value: Value): string | undefined {
  if (value.kind !== 'external') return undefined;
  const request = REQUEST.exec(value.api);
  if (request) return request[1] ?? '';
  const decorated = DECORATORS.exec(value.api);
  if (!decorated) return undefined;
  const [, decorator, part] = decorated as unknown as [string, string, string];
  return /^(?:Req|Request|Ctx)$/.test(decorator) ? part : `.${decorator.toLowerCase()}${part}`;
}

/** What hangs on a global has been there before, whoever hung it there. */
function isGlobal(expr: Expr): boolean {
  let root = expr;
  while (root.k === 'member' || root.k === 'index') root = root.of;
  return root.k === 'global';
}

/** Reads in what other requests bring about. */
function others(write: Served, reads: readonly Served[]): readonly Served[] {
  return reads.filter(({ access, reach }) => access.fn !== write.access.fn && reach.label !== write.reach.label);
}

/** The read stands in the same function, and something is waited for in between: another request may have come. */
function isLater(program: Program, { access: write }: Served, { access: read }: Served): boolean {
  if (write.unit !== read.unit) return false;
  const within = enclosing(program, read.fn, write.fn);
  if (!within) return false;
  const [line, column] = write.place.span;
  const isAfterWrite = ([l, c]: readonly number[]) => (l ?? 0) > line || ((l ?? 0) === line && (c ?? 0) > column);
  if (!isAfterWrite(read.place.span)) return false;
  // In a callback that runs when something has come.
  if (within !== read.fn && !isCalledAtOnce(program, read.fn)) return true;
  return program.callsIn(write.fn).some(({ fact }) => {
    if (fact.use !== 'awaited' || !isAfterWrite(fact.span)) return false;
    const [, , endLine, endColumn] = fact.span;
    const [readLine, readColumn] = read.place.span;
    return endLine < readLine || (endLine === readLine && endColumn <= readColumn);
  });
}

/** The function itself, or the outer one where the inner is written in it. */
function enclosing(program: Program, inner: Fn, outer: Fn): Fn | undefined {
  if (inner === outer) return outer;
  let at = inner;
  for (let depth = 0; depth < 6 && at.id !== 0; depth++) {
    at = program.fn(at.unit, at.fact.parent);
    if (at === outer) return outer;
  }
  return undefined;
}

const AT_ONCE = /^(?:map|forEach|filter|find|findIndex|some|every|reduce|flatMap|sort|from|replace)$/;

function isCalledAtOnce(program: Program, fn: Fn): boolean {
  const handed = (call: Call) => call.fact.args.some((arg) => arg.k === 'fn' && arg.f === fn.id);
  return program
    .callsIn(program.fn(fn.unit, fn.fact.parent))
    .some((call) => handed(call) && call.fact.callee.k === 'member' && AT_ONCE.test(call.fact.callee.name));
}
