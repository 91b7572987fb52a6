import { effectMethods } from '../../knowledge/effect-methods.js';
import type { EffectKnowledge, EffectMethod } from '../../knowledge/types.js';
import type { Evidence } from '../../model/finding.js';
import { type Knowledge, UNCHECKED } from '../../model/knowledge.js';
import type { Call, Effect, EffectKind, EffectsInReach, Fn, Unit } from '../../model/program.js';
import { ApiTable } from '../../knowledge/api-table.js';
import type { CallGraph } from '../calls/graph.js';
import type { Phases } from '../phases/phases.js';
import { onlyMarks } from './marks.js';
import { SqlHelpers } from './sql-helpers.js';
import { isRepeatable, onlyReads, Statements } from './statements.js';
import { type Tables, text } from '../tables.js';
import { Unresolved } from './unresolved.js';
import type { Values } from '../values/values.js';
import {
  type Acting,
  believed,
  type Guarded,
  type Held,
  kept,
  NOTHING_HELD,
  type Onward,
  pathTo,
  rank,
  type Way,
} from './ways.js';

const WORDS: Record<EffectKind, readonly [writes: string, reads: string]> = {
  database: ['writes the database', 'reads the database'],
  mail: ['sends a message', 'sends a message'],
  http: ['changes something at another service', 'asks another service'],
  publish: ['publishes a message', 'listens to messages'],
  enqueue: ['adds a job to a queue', 'reads a queue'],
  file: ['writes files', 'reads files'],
  process: ['starts another program', 'starts another program'],
};

const FARTHEST = 9;
const MOST_FUNCTIONS = 600;
/** So many are told by name. */
const MOST_UNRESOLVED = 5;

/** What calls do outside the process, directly or within reach. */
export class Effects {
  private readonly table: ApiTable<EffectKnowledge>;
  private readonly methods = new Map<string, { entry: EffectMethod; receiver?: RegExp }[]>();
  private readonly direct = new Map<Call, Effect | undefined>();
  private readonly memo = new Map<Fn, EffectsInReach>();
  /** What stands in each function, which many ways go through. */
  private readonly actingIn = new Map<Fn, readonly Acting[]>();
  private readonly openIn = new Map<Fn, readonly Call[]>();
  private readonly stepsFrom = new Map<Fn, readonly Onward[]>();
  private readonly statements: Statements;
  private readonly unresolved: Unresolved;
  private madeHelpers: SqlHelpers | undefined;

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly graph: CallGraph,
    private readonly phases: Phases,
    knowledge: Knowledge,
    /** Whether some process that serves holds both files. */
    private readonly shared: (a: Unit, b: Unit) => boolean = () => true,
  ) {
    this.table = new ApiTable(knowledge.effects.map((entry) => ({ patterns: [entry.api], entry })));
    this.statements = new Statements(tables, values);
    this.unresolved = new Unresolved(values, graph, knowledge);
    for (const entry of effectMethods as readonly EffectMethod[]) {
      const list = this.methods.get(entry.method) ?? [];
      list.push(entry.receiver ? { entry, receiver: new RegExp(entry.receiver, 'i') } : { entry });
      this.methods.set(entry.method, list);
    }
  }

  /** The effect of one call by itself. */
  ofCall(call: Call): Effect | undefined {
    if (this.direct.has(call)) return this.direct.get(call);
    const found = this.known(call) ?? this.throughHelper(call) ?? this.byMethod(call);
    this.direct.set(call, found);
    return found;
  }

  /** Made when first asked, since the calls of all functions are known only then. */
  private get helpers(): SqlHelpers {
    this.madeHelpers ??= new SqlHelpers(this.tables, this.graph, (call) => {
      for (const api of this.values.calleeApis(call)) {
        const entry = this.table.first(api);
        if (entry) return entry.kind === 'database' ? entry.sql : undefined;
      }
      return undefined;
    });
    return this.madeHelpers;
  }

  /** `query('UPDATE …')`, where `query` is the project's and hands on what it is given. */
  private throughHelper(call: Call): Effect | undefined {
    const argument = this.helpers.statementOf(call);
    if (argument === undefined) return undefined;
    const sql = this.statement(call, argument);
    const isRead = sql !== undefined;
    return this.effect(
      call,
      'database',
      !isRead || !onlyReads(sql),
      isRead && isRepeatable(sql),
      isRead ? 'high' : 'medium',
    );
  }

  private known(call: Call): Effect | undefined {
    for (const api of this.values.calleeApis(call)) {
      const entry = this.table.first(api);
      if (!entry) continue;
      const writes = this.writes(call, entry);
      // A statement that cannot be read may only read.
      const isRead = entry.sql === undefined || this.statement(call, entry.sql) !== undefined;
      return this.effect(
        call,
        entry.kind,
        writes,
        this.isIdempotent(call, entry),
        entry.source.startsWith(UNCHECKED) ? 'low' : isRead ? 'high' : 'medium',
        entry.words,
      );
    }
    return undefined;
  }

  private writes(call: Call, entry: EffectKnowledge): boolean {
    if (entry.method) {
      const arg = call.fact.args[entry.method.arg];
      const given = arg
        ? entry.method.path
            .split('.')
            .reduce(
              (at, name) => at.flatMap(({ value }) => this.values.memberOf(value, name)),
              this.values.of(call.unit, arg),
            )
        : [];
      const names = given.flatMap(({ value }) => (value.kind === 'literal' ? [String(value.value).toUpperCase()] : []));
      return names.some((name) => name !== 'GET' && name !== 'HEAD' && name !== 'OPTIONS');
    }
    const sql = entry.sql === undefined ? undefined : this.statement(call, entry.sql);
    if (sql !== undefined) return !onlyReads(sql);
    return entry.writes;
  }

  /** `head = (url) => call(url, 'HEAD')`: the caller names the method, and names one that changes nothing. */
  private isToldToRead(call: Call, at: Fn, by: Call): boolean {
    for (const api of this.values.calleeApis(call)) {
      const method = this.table.first(api)?.method;
      const arg = method && call.fact.args[method.arg];
      if (!arg || method.path.includes('.')) continue;
      for (const { value } of this.values.of(call.unit, arg)) {
        const named =
          value.kind === 'object' ? value.expr.props.find(({ name }) => name === method.path)?.value : undefined;
        const param = named?.k === 'id' && value.kind === 'object' ? value.unit.facts.bindings[named.b] : undefined;
        if (!param?.param || param.param.path || param.fn !== at.id || call.unit !== at.unit) continue;
        const given = by.fact.args[param.param.index];
        const names = given ? this.values.of(by.unit, given).map(({ value: one }) => one) : [];
        return (
          names.length > 0 &&
          names.every((one) => one.kind === 'literal' && /^(?:get|head|options)$/i.test(String(one.value)))
        );
      }
    }
    return false;
  }

  private asRead(call: Call): Effect {
    return this.effect(call, 'http', false, true, 'high');
  }

  private isIdempotent(call: Call, entry: EffectKnowledge): boolean {
    if (entry.idempotent || (entry.named && this.isNamed(call, entry.named))) return true;
    if (entry.kind === 'database' && onlyMarks(call, this.values)) return true;
    const sql = entry.sql === undefined ? undefined : this.statement(call, entry.sql);
    return sql !== undefined && isRepeatable(sql);
  }

  /** What is named the same by every instance is made once; a name made of chance or the clock is another each time. */
  private isNamed(call: Call, { arg, path }: { readonly arg: number; readonly path: string }): boolean {
    const options = call.fact.args[arg];
    if (!options) return false;
    return this.values.of(call.unit, options).some(({ value }) => {
      const name = value.kind === 'object' ? value.expr.props.find((prop) => prop.name === path)?.value : undefined;
      return (
        value.kind === 'object' &&
        name !== undefined &&
        !/random|uuid|nanoid|ulid|now\(|Date/i.test(text(value.unit, name)) &&
        this.values.of(value.unit, name).every((one) => one.value.kind === 'unknown' || one.value.kind === 'literal')
      );
    });
  }

  /** The statement that a call sends to a database. */
  sql(call: Call): string | undefined {
    for (const api of this.values.calleeApis(call)) {
      const entry = this.table.first(api);
      if (entry) return entry.sql === undefined ? undefined : this.statement(call, entry.sql);
    }
    const argument = this.helpers.statementOf(call);
    if (argument !== undefined) return this.statement(call, argument);
    const { callee } = call.fact;
    const isNamed = callee.k === 'member' && this.methods.get(callee.name)?.some(({ entry }) => entry.sql);
    return isNamed && this.ofCall(call)?.kind === 'database' ? this.statement(call, 0) : undefined;
  }

  /** The SQL text of an argument, with `?` for what is not constant. */
  statement(call: Call, argument: number): string | undefined {
    return this.statements.of(call, argument);
  }

  /** On a receiver that could not be resolved a telling method name still counts, but is believed less. */
  private byMethod(call: Call): Effect | undefined {
    const { callee } = call.fact;
    if (callee.k !== 'member' || call.fact.decorates) return undefined;
    const entries = this.methods.get(callee.name);
    if (!entries || this.graph.callees(call).length) return undefined;
    const receivers = this.values.of(call.unit, callee.of);
    if (
      receivers.some(
        ({ value }) =>
          value.kind === 'object' ||
          value.kind === 'array' ||
          value.kind === 'literal' ||
          (value.kind === 'external' &&
            (/^(?:global|fs|events):/.test(value.api) || this.unresolved.isOfHarmless(value.api))),
      )
    )
      return undefined;
    const name = text(call.unit, callee.of);
    const found = entries.find(({ receiver }) => !receiver || receiver.test(name));
    if (!found) return undefined;
    const { entry } = found;
    const sql = entry.sql ? this.statement(call, 0) : undefined;
    const writes = sql === undefined ? entry.writes : !onlyReads(sql);
    const idempotent =
      entry.idempotent === true ||
      (sql !== undefined && isRepeatable(sql)) ||
      (entry.kind === 'database' && onlyMarks(call, this.values));
    return this.effect(call, entry.kind, writes, idempotent, 'medium');
  }

  private effect(
    call: Call,
    kind: EffectKind,
    writes: boolean,
    idempotent: boolean,
    confidence: Effect['confidence'],
    words?: string,
  ): Effect {
    const said = words ?? WORDS[kind][writes ? 0 : 1];
    const label = `${said} (\`${text(call.unit, call.fact.callee)}\`)`;
    const path: Evidence[] = [{ role: 'effect', file: call.unit.file, span: call.fact.span, note: label }];
    return { kind, label, writes, idempotent, confidence, path };
  }

  /**
   * Effects within reach of a function, strongest first, one of each kind. `guarded` says what of the calls of a function runs
   * on one instance only, and that is left out; `among` narrows the calls of the function itself.
   */
  of(fn: Fn, guarded?: (at: Fn) => Held, among?: (call: Call) => boolean): EffectsInReach {
    const isWhole = !guarded && !among;
    const known = isWhole ? this.memo.get(fn) : undefined;
    if (known) return known;
    const best = new Map<string, Effect>();
    const seen = new Set<Fn>([fn]);
    const unresolved: Call[] = [];
    let queue: Way[] = [{ at: fn, weak: false }];
    for (let depth = 0; depth < FARTHEST && queue.length && seen.size < MOST_FUNCTIONS; depth++) {
      const next: Way[] = [];
      for (const way of queue) {
        const { at, weak } = way;
        const all = guarded?.(at) ?? NOTHING_HELD;
        const left = at === fn && among ? this.narrowed(at, all, among) : all;
        for (const { call, effect: whole } of this.acting(at)) {
          if (left.get(call) === 'all' || (way.isTold && this.helpers.sendsOn(call))) continue;
          const effect = whole.writes && way.by && this.isToldToRead(call, at, way.by) ? this.asRead(call) : whole;
          const key = `${effect.kind} ${effect.writes} ${effect.idempotent}`;
          const confidence = believed(effect, weak);
          const other = best.get(key);
          if (!other || rank(effect, confidence) < rank(other))
            best.set(key, { ...effect, path: [...pathTo(way), ...effect.path], confidence });
        }
        for (const call of unresolved.length < MOST_UNRESOLVED ? this.open(at) : []) {
          if (unresolved.length === MOST_UNRESOLVED) break;
          if (left.get(call) !== 'all') unresolved.push(call);
        }
        for (const { to, call, step, handing, isWeak } of this.steps(at)) {
          if (seen.has(to) || left.get(call) === 'all' || !this.isWithin(fn, to)) continue;
          // Others hand their own functions to the same helper.
          if (handing && !seen.has(handing)) continue;
          seen.add(to);
          const isTold = this.helpers.sendsOn(call) ? way.isTold === true : this.helpers.isAsked(call);
          next.push({ at: to, from: way, step, weak: weak || isWeak, by: call, isTold });
        }
        const children = this.phases.children.get(at) ?? [];
        const elsewhere = children.length > 0 && left.size > 0 ? this.handedTo(left.keys()) : undefined;
        for (const child of children) {
          if (seen.has(child) || elsewhere?.has(child)) continue;
          seen.add(child);
          next.push({ at: child, from: way, weak, isTold: way.isTold === true });
        }
      }
      queue = next;
    }
    const effects = [...best.values()].sort((a, b) => rank(a) - rank(b));
    // One call that could not be followed, anywhere on the way, and nothing can be ruled out.
    const unknown = queue.length > 0 || unresolved.length > 0;
    const found: EffectsInReach = {
      effects,
      unknown,
      unresolved,
      ...(seen.size >= MOST_FUNCTIONS ? { isCut: true } : {}),
    };
    if (isWhole) this.memo.set(fn, found);
    return found;
  }

  /** A library calls what any of the applications that use it hands over; in one process only its own are there. */
  private isWithin({ unit }: Fn, to: Fn): boolean {
    if (to.unit === unit || !(unit.roles.has('server') || unit.roles.has('worker'))) return true;
    return this.shared(unit, to.unit);
  }

  /** The calls in a function that have an effect of their own. */
  private acting(fn: Fn): readonly Acting[] {
    return kept(this.actingIn, fn, () =>
      this.tables.callsIn(fn).flatMap((call): Acting[] => {
        const effect = this.ofCall(call);
        return effect ? [{ call, effect }] : [];
      }),
    );
  }

  /** The calls in a function that could do anything. */
  private open(fn: Fn): readonly Call[] {
    return kept(this.openIn, fn, () =>
      this.tables.callsIn(fn).filter((call) => !this.ofCall(call) && this.unresolved.is(call)),
    );
  }

  private steps(fn: Fn): readonly Onward[] {
    return kept(this.stepsFrom, fn, () =>
      (this.graph.edges.get(fn) ?? []).map(({ to, call, weak, chosen }): Onward => {
        const handing = this.phases.handing(to, call)?.writer;
        const step: Evidence = {
          role: 'reached',
          file: call.unit.file,
          span: call.fact.span,
          note: `\`${fn.name}\` calls \`${to.name}\``,
          ...(weak ? { guessed: true as const } : {}),
        };
        return { to, call, step, isWeak: weak || chosen === true, ...(handing ? { handing } : {}) };
      }),
    );
  }

  /** What is left out of a function's own calls where some only are meant. */
  private narrowed(fn: Fn, held: Held, among: (call: Call) => boolean): Held {
    return new Map<Call, Guarded>([
      ...held,
      ...this.tables.callsIn(fn).flatMap((call) => (among(call) ? [] : [[call, 'all'] as const])),
    ]);
  }

  private handedTo(calls: Iterable<Call>): ReadonlySet<Fn> {
    const found = new Set<Fn>();
    for (const { unit, fact } of calls)
      for (const arg of fact.args)
        for (const { value } of this.values.of(unit, arg)) if (value.kind === 'function') found.add(value.fn);
    return found;
  }
}
