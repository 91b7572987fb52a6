import { effectMethods } from '../../knowledge/effect-methods.js';
import type { EffectKnowledge, EffectMethod } from '../../knowledge/types.js';
import type { Evidence } from '../../model/finding.js';
import { type Knowledge, UNCHECKED } from '../../model/knowledge.js';
import type { Call, Effect, EffectKind, EffectsInReach, Fn } from '../../model/program.js';
import { ApiTable } from '../../knowledge/api-table.js';
import type { CallGraph } from '../calls/graph.js';
import type { Phases } from '../phases/phases.js';
import { onlyMarks } from './marks.js';
import { isRepeatable, onlyReads, Statements } from './statements.js';
import { type Tables, text } from '../tables.js';
import { Unresolved } from './unresolved.js';
import type { Values } from '../values/values.js';

const WORDS: Record<EffectKind, readonly [writes: string, reads: string]> = {
  database: ['writes the database', 'reads the database'],
  mail: ['sends a message', 'sends a message'],
  http: ['changes something at another service', 'asks another service'],
  publish: ['publishes a message', 'listens to messages'],
  enqueue: ['adds a job to a queue', 'reads a queue'],
  file: ['writes files', 'reads files'],
  process: ['starts another program', 'starts another program'],
};

const STRENGTH: readonly EffectKind[] = ['mail', 'database', 'http', 'publish', 'enqueue', 'process', 'file'];
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
  private readonly statements: Statements;
  private readonly unresolved: Unresolved;

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly graph: CallGraph,
    private readonly phases: Phases,
    knowledge: Knowledge,
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
    const found = this.known(call) ?? this.byMethod(call);
    this.direct.set(call, found);
    return found;
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
   * Effects within reach of a function, strongest first, one of each kind. `guarded` says what of a call runs on one
   * instance only, and that is left out; `among` narrows the calls of the function itself.
   */
  of(fn: Fn, guarded?: (call: Call) => Guarded, among?: (call: Call) => boolean): EffectsInReach {
    const isWhole = !guarded && !among;
    const known = isWhole ? this.memo.get(fn) : undefined;
    if (known) return known;
    const best = new Map<string, Effect>();
    const seen = new Set<Fn>([fn]);
    const unresolved: Call[] = [];
    let queue: Way[] = [{ at: fn, path: [], weak: false }];
    for (let depth = 0; depth < FARTHEST && queue.length && seen.size < MOST_FUNCTIONS; depth++) {
      const next: Way[] = [];
      for (const way of queue) {
        const { at, path, weak } = way;
        const left = new Map<Call, Guarded>();
        const isMeant = (call: Call) => at !== fn || !among || call.fn !== fn || among(call);
        const handing: Call[] = [];
        for (const call of isWhole ? [] : this.callsOf(at)) {
          const how = isMeant(call) ? (guarded?.(call) ?? 'nothing') : 'all';
          left.set(call, how);
          if (how !== 'nothing') handing.push(call);
        }
        for (const call of this.callsOf(at)) {
          if (left.get(call) === 'all') continue;
          const whole = this.ofCall(call);
          const effect = whole?.writes && way.by && this.isToldToRead(call, at, way.by) ? this.asRead(call) : whole;
          if (effect) {
            const key = `${effect.kind} ${effect.writes} ${effect.idempotent}`;
            const reached = { ...effect, path: [...path, ...effect.path], confidence: believed(effect, weak) };
            const other = best.get(key);
            if (!other || rank(reached) < rank(other)) best.set(key, reached);
          } else if (unresolved.length < MOST_UNRESOLVED && this.unresolved.is(call)) {
            unresolved.push(call);
          }
        }
        for (const { to, call, weak: guessed, chosen } of this.graph.edges.get(at) ?? []) {
          if (seen.has(to) || left.get(call) === 'all') continue;
          // Others hand their own functions to the same helper.
          const handing = this.phases.handing(to, call);
          if (handing && !seen.has(handing.writer)) continue;
          seen.add(to);
          const step: Evidence = {
            role: 'reached',
            file: call.unit.file,
            span: call.fact.span,
            note: `\`${at.name}\` calls \`${to.name}\``,
            ...(guessed ? { guessed: true as const } : {}),
          };
          next.push({ at: to, path: [...path, step], weak: weak || guessed || chosen === true, by: call });
        }
        const children = this.phases.children.get(at) ?? [];
        const elsewhere = children.length > 0 ? this.handedTo(handing) : undefined;
        for (const child of children) {
          if (seen.has(child) || elsewhere?.has(child)) continue;
          seen.add(child);
          next.push({ at: child, path, weak });
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

  private handedTo(calls: readonly Call[]): ReadonlySet<Fn> {
    const found = new Set<Fn>();
    for (const { unit, fact } of calls)
      for (const arg of fact.args)
        for (const { value } of this.values.of(unit, arg)) if (value.kind === 'function') found.add(value.fn);
    return found;
  }

  /** The calls that stand in a function itself. */
  callsOf(fn: Fn): readonly Call[] {
    return this.tables.callsIn(fn);
  }
}

/** What of a call runs on one instance only: all that it does, or just the functions that it is handed. */
export type Guarded = 'nothing' | 'handed' | 'all';

interface Way {
  readonly at: Fn;
  readonly path: readonly Evidence[];
  readonly weak: boolean;
  /** The call that leads there. */
  readonly by?: Call;
}

/** What was reached by a guessed step is believed less. */
function believed({ confidence }: Effect, weak: boolean): Effect['confidence'] {
  if (!weak) return confidence;
  return confidence === 'high' ? 'medium' : 'low';
}

function rank(effect: Effect): number {
  return (
    (effect.writes ? 0 : 100) +
    (effect.idempotent ? 50 : 0) +
    (effect.confidence === 'high' ? 0 : 20) +
    STRENGTH.indexOf(effect.kind)
  );
}
