import { guards as guardTable, lockShapes, roleSwitchVariables } from '../knowledge/guards.js';
import type { GuardKnowledge, LockShape } from '../knowledge/types.js';
import type { ConditionFact, Expr } from '../model/facts.js';
import type { Call, Fn, Guard, Unit } from '../model/program.js';
import { ApiTable, expand, packageOf } from '../knowledge/api-table.js';
import type { Conditions } from './conditions.js';
import type { Effects } from './effects.js';
import type { CallGraph } from './graph.js';
import type { Phases } from './phases.js';
import { type Tables, text } from './tables.js';
import type { Values } from './values.js';

const NEAR = 3;
/** Names a project gives to its own locks and leaders; believed only where the code itself could not be followed. */
const LOCK_NAME =
  /^(?:with|acquire|try|obtain|get|take|run|using|under|is)?_?(?:redis|distributed|cluster|advisory|db|pg|global|job|cron|dist)?_?(?:lock|mutex|leader(?:ship)?|lease|semaphore)(?:ed|s|Acquired|Elected)?$/i;
const SQL_METHODS =
  /^(?:query|raw|execute|\$queryRaw|\$executeRaw|\$queryRawUnsafe|\$executeRawUnsafe|unsafe|run|one|oneOrNone|any|none)$/;

/** A leader tells by its name that it is one, whoever elected it. */
const LEADER_NAME = /^(?:is|am|has|was)?_?(?:the|current)?_?(?:leader|leading|elected|lead)(?:ship|node|instance)?$/i;
/** What a statement says of how many rows it changed; looking at it is how a claim learns whether it was first. */
const CHANGED_ROWS = new Set([
  'affectedRows',
  'rowCount',
  'changes',
  'changedRows',
  'modifiedCount',
  'matchedCount',
  'numUpdatedRows',
  'affected',
  'count',
  'nModified',
  'upsertedCount',
]);
const CLAIM_FIELD =
  /^(?:locked\w*|lock\w*|lease\w*|claimed\w*|status|state|expires\w*|owner\w*|takenAt|pickedAt|processing\w*|reserved\w*)$/i;

/** Finds what makes a place run on one instance only. */
export class Guards {
  private readonly table = new ApiTable<GuardKnowledge>(guardTable.map((entry) => ({ patterns: [entry.api], entry })));
  private readonly roleSwitches = new Set<string>(roleSwitchVariables);
  private readonly leaders = new Set(
    guardTable.filter(({ kind }) => kind === 'leader').flatMap(({ api }) => expand(api).map(packageOf)),
  );
  private readonly shapes: readonly { shape: LockShape; apis?: ReadonlySet<string>; sql?: RegExp }[];

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly graph: CallGraph,
    private readonly phases: Phases,
    private readonly conditions: Conditions,
    private readonly effects: Effects,
  ) {
    this.shapes = (lockShapes as readonly LockShape[]).map((shape) =>
      'api' in shape ? { shape, apis: new Set(expand(shape.api)) } : { shape, sql: new RegExp(shape.sql, 'i') },
    );
  }

  /** Guards on the way to a call, and in the functions it runs. */
  of(call: Call, inside: readonly Fn[] = []): Guard[] {
    const found: Guard[] = [];
    for (const { unit, fact } of this.conditions.of(call)) {
      const place = { file: unit.file, span: fact.span };
      for (const name of this.conditions.instanceIndex(unit, fact.test))
        found.push({ kind: 'instance-index', label: `only where ${name} says so`, place });
      for (const name of this.conditions.settings(unit, fact.test)) {
        if (this.roleSwitches.has(name)) found.push(this.roleSwitch(unit, fact, name, place));
      }
      for (const lock of this.locksInTest(unit.file, fact.test)) found.push(lock);
    }
    found.push(...this.aroundCallback(call.fn));
    // A wrapper that takes the lock and then runs its argument: the lock stands on the way to the call.
    found.push(...this.inFunction(call.fn, 0, new Set()));
    for (const on of this.phases.callsOnPath(call.fn, 'boot')) found.push(...this.inFunction(on.fn, 0, new Set()));
    for (const fn of inside) found.push(...this.inFunction(fn, NEAR, new Set()));
    return found;
  }

  /** A switch that is off unless an operator gives this process the role keeps the work in the processes that have it. */
  private roleSwitch(unit: Unit, fact: ConditionFact, name: string, place: Guard['place']): Guard {
    const known = this.conditions.known(unit, fact.test);
    const isOff = known !== undefined && Boolean(known.value) !== fact.sense;
    return {
      kind: isOff ? 'worker-process' : 'role-switch',
      label: `only in processes that ${name} gives the role`,
      place,
    };
  }

  /** A callback of a library that elects a leader or takes a lock: `leader.on('elected', () => …)`, `redlock.using(…, () => …)`. */
  private aroundCallback(fn: Fn): Guard[] {
    const found: Guard[] = [];
    for (let at: Fn | undefined = fn; at && at.id !== 0; at = this.tables.parent(at)) {
      const { id, unit } = at;
      for (const call of this.tables.linked(unit).calls) {
        if (!call.fact.args.some((arg) => arg.k === 'fn' && arg.f === id)) continue;
        const elects = this.values.calleeApis(call).some((api) => this.leaders.has(packageOf(api)));
        if (elects)
          found.push({
            kind: 'leader',
            label: `\`${text(call.unit, call.fact.callee)}\``,
            place: { file: call.unit.file, span: call.fact.span },
          });
        const lock = this.lock(call);
        if (lock) found.push(lock);
      }
    }
    return found;
  }

  private locksInTest(file: string, test: unknown): Guard[] {
    const unit = this.tables.byFile.get(file);
    const found: Guard[] = [];
    const visit = (expr: unknown): void => {
      if (!unit || !expr || typeof expr !== 'object') return;
      const at = expr as { k?: string; c?: number; b?: number; name?: string };
      const name =
        at.k === 'id' && at.b !== undefined ? unit.facts.bindings[at.b]?.name : at.k === 'member' ? at.name : undefined;
      if (name && LEADER_NAME.test(name))
        found.push({
          kind: 'leader',
          label: `\`${name}\``,
          place: { file, span: unit.facts.bindings[at.b ?? -1]?.span ?? [1, 1, 1, 1] },
        });
      if (at.k === 'call' && at.c !== undefined) {
        const call = this.tables.call(unit, at.c);
        const lock = this.lock(call);
        if (lock) found.push(lock);
        for (const fn of this.graph.callees(call)) found.push(...this.inFunction(fn, 2, new Set()));
      }
      for (const part of Object.values(expr)) if (typeof part === 'object') visit(part);
    };
    visit(test);
    return found;
  }

  /** Guards in a function and in what it calls, a few steps deep. */
  inFunction(fn: Fn, depth: number, seen: Set<Fn>): Guard[] {
    if (seen.has(fn)) return [];
    seen.add(fn);
    const found: Guard[] = [];
    for (const call of this.effects.callsOf(fn)) {
      const lock = this.lock(call);
      if (lock) found.push(lock);
      for (const { unit, fact } of this.tables.conditions(call.unit, call.fact.when)) {
        for (const name of this.conditions.instanceIndex(unit, fact.test)) {
          found.push({
            kind: 'instance-index',
            label: `only where ${name} says so`,
            place: { file: unit.file, span: fact.span },
          });
        }
        if (depth < NEAR + 1) found.push(...this.leadersInTest(unit, fact.test));
      }
    }
    if (found.length || depth === 0) return found;
    for (const { to } of this.graph.edges.get(fn) ?? []) found.push(...this.inFunction(to, depth - 1, seen));
    for (const child of this.phases.children.get(fn) ?? []) found.push(...this.inFunction(child, depth, seen));
    return found;
  }

  /** `if (!isLeader()) return`, `if (leading) …`. */
  private leadersInTest(unit: Unit, test: Expr): Guard[] {
    if (test.k === 'unary' || test.k === 'await') return this.leadersInTest(unit, test.of);
    if (test.k === 'logic') return [...this.leadersInTest(unit, test.left), ...this.leadersInTest(unit, test.right)];
    const call = test.k === 'call' ? this.tables.call(unit, test.c) : undefined;
    const named = call ? call.fact.callee : test;
    const name = text(unit, named).replace(/^.*\./, '');
    if (!LEADER_NAME.test(name)) return [];
    const span =
      call?.fact.span ?? (named.k === 'id' ? unit.facts.bindings[named.b]?.span : undefined) ?? ([1, 1, 1, 1] as const);
    return [{ kind: 'leader', label: `\`${text(unit, named)}\``, place: { file: unit.file, span } }];
  }

  /** One statement both tests and takes, and the code looks at whether it was first. */
  private claim(call: Call): boolean {
    const { args, callee } = call.fact;
    const first = args[0];
    if (
      callee.k === 'member' &&
      /^findOneAnd(?:Update|Replace)$|^findByIdAndUpdate$|^findAndModify$/.test(callee.name) &&
      first?.k === 'object'
    ) {
      return first.props.some(({ name }) => name !== undefined && CLAIM_FIELD.test(name));
    }
    const statement = this.sendsSql(call) ? (this.effects.statement(call, 0) ?? '') : '';
    const updates =
      /^\s*update\b[\s\S]*\bwhere\b/i.test(statement) ||
      (callee.k === 'member' &&
        /^update(?:One|Many)?$/.test(callee.name) &&
        this.effects.ofCall(call)?.kind === 'database');
    if (!updates) return false;
    return call.unit.facts.accesses.some(
      ({ fn, op, target }) =>
        op === 'read' && fn === call.fact.fn && target.k === 'member' && CHANGED_ROWS.has(target.name),
    );
  }

  /** The lock or claim that a call takes. */
  lock(call: Call): Guard | undefined {
    const place = { file: call.unit.file, span: call.fact.span };
    const apis = this.values.calleeApis(call);
    for (const api of apis) {
      const entry = this.table.first(api);
      if (entry) return { kind: entry.kind, label: `\`${text(call.unit, call.fact.callee)}\``, place };
    }
    for (const { shape, apis: own, sql } of this.shapes) {
      if (own && 'api' in shape) {
        const named = apis.some((api) => own.has(api)) || this.looksLike(call, own);
        if (named && this.hasShape(call, shape)) return { kind: shape.kind, label: shape.words, place };
      } else if (sql && this.sendsSql(call)) {
        const statement = this.effects.statement(call, 0) ?? '';
        if (sql.test(statement)) return { kind: shape.kind, label: shape.words, place };
      }
    }
    if (this.claim(call))
      return { kind: 'claim', label: `claimed by one statement, \`${text(call.unit, call.fact.callee)}\``, place };
    const { callee } = call.fact;
    const name =
      callee.k === 'member' ? callee.name : callee.k === 'id' ? (call.unit.facts.bindings[callee.b]?.name ?? '') : '';
    const opaque =
      this.graph.callees(call).length === 0 &&
      !apis.some((api) =>
        /^(?:async-mutex|async-lock|mutexify|await-lock|proper-lockfile|lockfile|global):?/.test(api),
      );
    if (LOCK_NAME.test(name) && opaque) return { kind: 'lock', label: `\`${text(call.unit, callee)}\``, place };
    return undefined;
  }

  private sendsSql(call: Call): boolean {
    const { callee, args } = call.fact;
    if (args.length === 0) return false;
    const name =
      callee.k === 'member' ? callee.name : callee.k === 'id' ? (call.unit.facts.bindings[callee.b]?.name ?? '') : '';
    return SQL_METHODS.test(name) || name === 'sql';
  }

  /** `redis.set(key, id, 'PX', ms, 'NX')` on a client that could not be resolved has the shape all the same. */
  private looksLike(call: Call, own: ReadonlySet<string>): boolean {
    const { callee } = call.fact;
    if (callee.k !== 'member' || !this.values.of(call.unit, callee.of).every(({ value }) => value.kind === 'unknown'))
      return false;
    if (!/redis|valkey|cache|client|kv|store/i.test(text(call.unit, callee.of))) return false;
    return [...own].some((api) => api.endsWith(`.${callee.name}`));
  }

  private hasShape(call: Call, shape: LockShape & { readonly api: string }): boolean {
    const { args } = call.fact;
    if (shape.literal) {
      const wanted = shape.literal.value.toLowerCase();
      return args.slice(shape.literal.from).some((arg) => arg.k === 'lit' && String(arg.v).toLowerCase() === wanted);
    }
    if (shape.option) {
      const arg = args[shape.option.arg];
      const name = shape.option.path;
      return (
        arg?.k === 'object' &&
        arg.props.some((prop) => prop.name === name && !(prop.value.k === 'lit' && !prop.value.v))
      );
    }
    return true;
  }
}
