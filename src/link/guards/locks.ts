import { ApiTable, expand, packageOf } from '../../knowledge/api-table.js';
import { guards as guardTable, lockShapes, sharedReads } from '../../knowledge/guards.js';
import { localLocks } from '../../knowledge/local-locks.js';
import type { GuardKnowledge, LockShape } from '../../knowledge/types.js';
import type { Expr } from '../../model/facts.js';
import type { Call, Guard, Unit } from '../../model/program.js';
import { isBefore } from '../../model/span.js';
import type { Declared } from './declared.js';
import type { Effects } from '../effects/effects.js';
import type { CallGraph } from '../calls/graph.js';
import { isReadBack } from './read-back.js';
import { text } from '../tables.js';
import type { Values } from '../values/values.js';

/**
 * How a lock makes itself felt: what follows the call has it (or was thrown out); the result says whether it was taken; the rows
 * in the result are this instance's alone; the callback runs under it; a scheduler that all instances share runs it, and nothing
 * else; or any of these, for what a user has declared.
 */
export type Hold = 'waits' | 'answers' | 'claims' | 'runs' | 'schedules' | 'any';

export interface Taken {
  readonly guard: Guard;
  readonly hold: Hold;
  /** Which answer means that it was taken cannot be told. */
  readonly inverse?: true;
  /** What is given back says so only where it is what this instance has written. */
  readonly settles?: true;
  /** How many it got is asked, and nothing of what it got: `modifiedCount`. */
  readonly isCounted?: true;
}

/** Names a project gives to its own locks and leaders; believed only where the code itself could not be followed. */
const LOCK_NAME =
  /^(?:with|acquire|try|obtain|get|take|run|using|under|is)?_?(?:redis|distributed|cluster|advisory|db|pg|global|job|cron|dist)?_?(?:lock|mutex|leader(?:ship)?|lease|semaphore)(?:ed|s|Acquired|Elected)?$/i;
/** Locks of this process or this host: no guard where there are several. */
const LOCAL: ReadonlySet<string> = new Set([
  ...localLocks.flatMap(({ api }) => expand(api).map(packageOf)),
  'global',
  'mutexify/promise',
]);
const SHARED_READS = new ApiTable(sharedReads.map((entry) => ({ patterns: [entry.api], entry })));
/** Events that tell an instance that it leads from now on. */
const WINS = /elect|lead|acqui|gain|promot|master|primary|own|won/i;
const LOSES = /not|lost|los[et]|revok|resign|demot|releas|stop|error/i;
const LISTENS = ['on', 'once', 'addListener'];
const SQL_METHODS =
  /^(?:query|raw|execute|exec|\$queryRaw|\$executeRaw|\$queryRawUnsafe|\$executeRawUnsafe|unsafe|run|one|oneOrNone|any|none|sql|getRow|getCell|getAll)$/;
/** What a statement says of how many rows it changed; looking at it is how a claim learns whether it was first. */
const CHANGED_ROWS = new Set(
  'affectedRows rowCount changes changedRows modifiedCount matchedCount numUpdatedRows affected count nModified upsertedCount numAffectedRows rowsAffected numInsertedOrUpdatedRows'.split(
    ' ',
  ),
);
const CLAIM_FIELD =
  /^(?:locked\w*|lock\w*|lease\w*|claimed\w*|status|state|expires\w*|owner\w*|takenAt|pickedAt|processing\w*|processed\w*|reserved\w*|sent\w*|done|handled\w*)$/i;

/** A command or statement that is a lock by its words. */
interface Shape {
  readonly shape: LockShape;
  readonly apis?: ReadonlySet<string>;
  readonly methods?: ReadonlySet<string>;
  readonly sql?: RegExp;
}

/** What a single call takes: a lock, a lead, or rows for itself alone. */
export class Locks {
  private readonly table = new ApiTable<GuardKnowledge>(guardTable.map((entry) => ({ patterns: [entry.api], entry })));
  /** What these do is known, whatever else of theirs is called a lock. */
  private readonly packages = new Set(guardTable.flatMap(({ api }) => expand(api).map(packageOf)));
  /** Where a callback can be put on what holds an election. */
  private readonly listens = new Set(
    guardTable
      .filter(({ how }) => how === 'elects')
      .flatMap(({ api }) => expand(api))
      .flatMap((api) => LISTENS.flatMap((name) => [`${api}().${name}`, `${api}.${name}`])),
  );
  private readonly shapes: readonly Shape[];
  private readonly memo = new Map<Call, Taken | undefined>();
  private readonly looked = new Map<Unit, ReadonlySet<number>>();

  constructor(
    private readonly values: Values,
    private readonly graph: CallGraph,
    private readonly effects: Effects,
    private readonly declared: Declared,
  ) {
    this.shapes = (lockShapes as readonly LockShape[]).map((shape) =>
      'api' in shape ? byApi(shape) : { shape, sql: new RegExp(shape.sql, 'i') },
    );
  }

  taken(call: Call): Taken | undefined {
    if (this.memo.has(call)) return this.memo.get(call);
    this.memo.set(call, undefined);
    const found = call.fact.decorates ? this.decorator(call) : this.find(call);
    this.memo.set(call, found);
    return found;
  }

  /** A callback that a package calls on the instance it has elected: `leader.on('elected', () => …)`. */
  elects(call: Call): Guard | undefined {
    const event = call.fact.args[0];
    const isElection = this.values.calleeApis(call).some((api) => this.listens.has(api));
    if (!isElection) return undefined;
    // Being told of a failure, or that the lead is lost, is not to lead.
    const name = event?.k === 'lit' ? String(event.v) : event ? text(call.unit, event) : '';
    if (!WINS.test(name) || LOSES.test(name)) return undefined;
    return this.guard(call, 'leader');
  }

  private guard(call: Call, kind: Guard['kind'], label = `\`${text(call.unit, call.fact.callee)}\``): Guard {
    return { kind, label, place: { file: call.unit.file, span: call.fact.span } };
  }

  private decorator(call: Call): Taken | undefined {
    const known = this.values.calleeApis(call).some((api) => this.table.first(api)?.kind === 'lock');
    if (known) return { guard: this.guard(call, 'lock'), hold: 'runs' };
    return this.declared.isGuard(call, this.graph.functions(call.unit, call.fact.callee))
      ? { guard: this.guard(call, 'declared'), hold: 'runs' }
      : undefined;
  }

  private find(call: Call): Taken | undefined {
    if (this.declared.isGuard(call, this.graph.callees(call)))
      return { guard: this.guard(call, 'declared'), hold: 'any' };
    const name = nameOf(call);
    const apis = this.values.calleeApis(call);
    for (const api of apis) {
      const entry = this.table.first(api);
      if (entry?.how === 'elects') return undefined;
      if (entry)
        return {
          guard: this.guard(call, entry.kind),
          hold: entry.kind === 'shared-scheduler' ? 'schedules' : (entry.how ?? holdOf(name)),
        };
    }
    const shaped = this.shaped(call, apis);
    if (shaped) return shaped;
    const claim = this.claims(call);
    if (claim) {
      const label = `claimed by one statement, \`${text(call.unit, call.fact.callee)}\``;
      // With `upsert`, the old document that is given back may mean that there was one before.
      const inverse = /^find/.test(name) && call.fact.args.some((arg) => hasProp(arg, 'upsert'));
      return {
        guard: this.guard(call, 'claim', label),
        hold: 'claims',
        ...(inverse ? { inverse } : {}),
        ...(claim === 'counted' ? { isCounted: true } : {}),
      };
    }
    if (isReadBack(call.unit, call.fact) && this.effects.ofCall(call)?.kind === 'database') {
      const label = `rows are marked by \`${text(call.unit, call.fact.callee)}\` and found by that mark`;
      return { guard: this.guard(call, 'claim', label), hold: 'any' };
    }
    if (this.readsBack(call, name)) {
      const label = `\`${text(call.unit, call.fact.callee)}\` gives back what this instance wrote`;
      return { guard: this.guard(call, 'lock', label), hold: 'answers', settles: true };
    }
    const isOpaque =
      this.graph.callees(call).length === 0 &&
      !apis.some((api) => LOCAL.has(packageOf(api)) || this.packages.has(packageOf(api)));
    return LOCK_NAME.test(name) && isOpaque ? { guard: this.guard(call, 'lock'), hold: holdOf(name) } : undefined;
  }

  /** Asks a store that all instances share for the key that was written before in the same function. */
  private readsBack(call: Call, name: string): boolean {
    const { unit, fact } = call;
    const { callee, args, fn, span } = fact;
    if (name !== 'get' || callee.k !== 'member' || !args[0]) return false;
    const isShared =
      this.effects.ofCall(call)?.kind === 'database' ||
      this.values.calleeApis(call).some((api) => SHARED_READS.first(api) !== undefined);
    if (!isShared) return false;
    const [of, key] = [text(unit, callee.of), text(unit, args[0])];
    return unit.facts.calls.some(
      (other) =>
        other.fn === fn &&
        isBefore(other.span, span) &&
        other.callee.k === 'member' &&
        /^set(?:ex|Ex)?$/.test(other.callee.name) &&
        text(unit, other.callee.of) === of &&
        other.args[0] !== undefined &&
        text(unit, other.args[0]) === key,
    );
  }

  /** What is done besides to the key of a lock that the same function takes: one that has expired is deleted first. */
  keepsBook(call: Call, calls: readonly Call[]): Guard | undefined {
    const { callee, args } = call.fact;
    const [key] = args;
    if (callee.k !== 'member' || !key || !this.effects.ofCall(call)?.writes) return undefined;
    const isSame = (one: Expr, other: Expr) => text(call.unit, one) === text(call.unit, other);
    for (const other of calls) {
      const taken = other === call ? undefined : this.taken(other);
      const { callee: by, args: given } = other.fact;
      if (taken?.guard.kind !== 'lock' || by.k !== 'member' || !given[0]) continue;
      if (isSame(by.of, callee.of) && isSame(given[0], key)) return taken.guard;
    }
    return undefined;
  }

  private shaped(call: Call, apis: readonly string[]): Taken | undefined {
    const statement = this.sendsSql(call) ? (this.effects.statement(call, 0) ?? '') : '';
    for (const { shape, apis: own, methods, sql } of this.shapes) {
      const matches =
        own && 'api' in shape
          ? (apis.some((api) => own.has(api)) || this.looksLike(call, methods)) && this.hasShape(call, shape)
          : sql !== undefined && statement !== '' && sql.test(statement);
      if (!matches || this.isLostAtOnce(statement, apis)) continue;
      const guard = this.guard(call, shape.kind, shape.words);
      if (shape.kind === 'claim') return { guard, hold: 'claims' };
      const waits = /\bpg_advisory_(?:xact_)?lock|\bsp_getapplock\b/i.test(statement);
      return { guard, hold: waits ? 'waits' : 'answers' };
    }
    return undefined;
  }

  /** A lock of a transaction, taken by a statement that is a transaction of its own: a pool gives each its own. */
  private isLostAtOnce(statement: string, apis: readonly string[]): boolean {
    return /\bpg_(?:try_)?advisory_xact_lock/i.test(statement) && apis.includes('pg:Pool().query');
  }

  /** Something is done with what the call gives; `await claim();` alone learns nothing. */
  isLookedAt(call: Call): boolean {
    let found = this.looked.get(call.unit);
    if (!found) {
      const set = new Set<number>();
      const { conditions, bindings, functions, accesses, calls } = call.unit.facts;
      for (const { test } of conditions) collectCalls(test, set);
      for (const { init } of bindings) collectCalls(init, set);
      for (const { returns } of functions) for (const { value } of returns) collectCalls(value, set);
      for (const { value } of accesses) collectCalls(value, set);
      for (const { callee, args } of calls) for (const part of [callee, ...args]) collectCalls(part, set);
      found = set;
      this.looked.set(call.unit, found);
    }
    return found.has(call.id);
  }

  /** One statement both tests and takes, and the code looks at whether it was first. */
  private claims(call: Call): 'given' | 'counted' | undefined {
    const { args, callee, fn } = call.fact;
    const first = args[0];
    if (callee.k !== 'member' && !this.sendsSql(call)) return undefined;
    const name = nameOf(call);
    if (/^findOneAnd(?:Update|Replace|Delete)$|^findByIdAndUpdate$|^findAndModify$/.test(name) && first?.k === 'object')
      return first.props.some((prop) => prop.name !== undefined && CLAIM_FIELD.test(prop.name)) ? 'given' : undefined;
    const statement = this.sendsSql(call) ? (this.effects.statement(call, 0) ?? '') : '';
    const conditional = /^\s*update\b[\s\S]*\bwhere\b/i.test(statement);
    if (conditional && /\breturning\b/i.test(statement) && claimsBy(statement)) return 'given';
    const updates =
      conditional || (/^update(?:One|Many)?$/.test(name) && this.effects.ofCall(call)?.kind === 'database');
    if (!updates) return undefined;
    const isCounted =
      call.unit.facts.accesses.some(
        ({ fn: where, op, target }) =>
          op === 'read' && where === fn && target.k === 'member' && CHANGED_ROWS.has(target.name),
      ) || this.destructured(call);
    return isCounted ? 'counted' : undefined;
  }

  /** `const { count } = await prisma.job.updateMany(…)`. */
  private destructured(call: Call): boolean {
    return call.unit.facts.bindings.some(({ init, fn }) => {
      if (fn !== call.fact.fn || init?.k !== 'member' || !CHANGED_ROWS.has(init.name)) return false;
      const of = init.of.k === 'await' ? init.of.of : init.of;
      return of.k === 'call' && of.c === call.id;
    });
  }

  private sendsSql(call: Call): boolean {
    return call.fact.args.length > 0 && SQL_METHODS.test(nameOf(call));
  }

  /** `redis.set(key, id, 'PX', ms, 'NX')` on a client that could not be resolved has the shape all the same. */
  private looksLike(call: Call, methods: ReadonlySet<string> | undefined): boolean {
    const { callee } = call.fact;
    if (callee.k !== 'member' || !methods?.has(callee.name)) return false;
    if (!this.values.of(call.unit, callee.of).every(({ value }) => value.kind === 'unknown')) return false;
    return /redis|valkey|cache|client|kv|store/i.test(text(call.unit, callee.of));
  }

  private hasShape(call: Call, shape: LockShape & { readonly api: string }): boolean {
    const { args } = call.fact;
    if (shape.literal) {
      const wanted = shape.literal.value.toLowerCase();
      return args.slice(shape.literal.from).some((arg) => arg.k === 'lit' && String(arg.v).toLowerCase() === wanted);
    }
    const arg = shape.option ? args[shape.option.arg] : undefined;
    if (!shape.option) return true;
    if (!arg) return false;
    const { path: name, value: wanted } = shape.option;
    const isOther = (given: unknown) => wanted !== undefined && given !== wanted;
    // Options may stand in a constant.
    return this.values
      .of(call.unit, arg)
      .some(
        ({ value }) =>
          value.kind === 'object' &&
          value.expr.props.some(
            (prop) => prop.name === name && !(prop.value.k === 'lit' && (!prop.value.v || isOther(prop.value.v))),
          ),
      );
  }
}

/** With the names of its methods, which are looked at first: nearly no call has one. */
function byApi(shape: LockShape & { readonly api: string }): Shape {
  const apis = expand(shape.api);
  const named = shape.exact ? [] : apis;
  const methods = named.flatMap((api) => (api.includes('.') ? [api.slice(api.lastIndexOf('.') + 1)] : []));
  return { shape, apis: new Set(apis), methods: new Set(methods) };
}

function hasProp(expr: Expr, name: string): boolean {
  return expr.k === 'object' && expr.props.some((prop) => prop.name === name);
}

/** A row that is taken only while it says that nobody has it. */
function claimsBy(statement: string): boolean {
  const where = /\bwhere\b([\s\S]*)/i.exec(statement)?.[1] ?? '';
  return (
    /\bskip\s+locked\b/i.test(where) ||
    [...where.matchAll(/\b(\w+)\s*(?:=|<|is\b|in\b)/gi)].some((match) => CLAIM_FIELD.test(camel(match[1] ?? '')))
  );
}

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function holdOf(name: string): Hold {
  if (/^(?:using|use|with\w*|run\w*|do|disposer|under\w*|runExclusive)$/i.test(name)) return 'runs';
  return /^(?:try|is|has|can)/i.test(name) ? 'answers' : 'waits';
}

export function nameOf(call: Call): string {
  const { callee } = call.fact;
  if (callee.k === 'member') return callee.name;
  if (callee.k === 'global') return callee.name;
  return callee.k === 'id' ? (call.unit.facts.bindings[callee.b]?.name ?? '') : '';
}

/** The calls in an expression, those in functions written in it aside. */
function collectCalls(expr: Expr | undefined, found: Set<number>): void {
  if (!expr || typeof expr !== 'object') return;
  if (expr.k === 'call') found.add(expr.c);
  for (const part of Object.values(expr)) {
    if (Array.isArray(part)) for (const item of part) collectCalls(item.k ? item : item.value, found);
    else if (part && typeof part === 'object' && 'k' in part) collectCalls(part as Expr, found);
  }
}
