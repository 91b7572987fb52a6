import { effectMethods } from '../knowledge/effect-methods.js';
import { effects as effectTable } from '../knowledge/effects.js';
import type { EffectKnowledge, EffectMethod } from '../knowledge/types.js';
import type { Evidence } from '../model/finding.js';
import type { Call, Effect, EffectKind, Fn } from '../model/program.js';
import { ApiTable } from '../knowledge/api-table.js';
import type { CallGraph } from './graph.js';
import type { Phases } from './phases.js';
import { type Tables, text } from './tables.js';
import type { Values } from './values.js';

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
  private readonly table = new ApiTable<EffectKnowledge>(
    effectTable.map((entry) => ({ patterns: [entry.api], entry })),
  );
  private readonly methods = new Map<string, { entry: EffectMethod; receiver?: RegExp }[]>();
  private readonly direct = new Map<Call, Effect | undefined>();
  private readonly memo = new Map<Fn, ReturnType<Effects['of']>>();

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly graph: CallGraph,
    private readonly phases: Phases,
  ) {
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
      return this.effect(call, entry.kind, writes, this.isIdempotent(call, entry), 'high', entry.words);
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
    if (sql !== undefined)
      return !/^\s*(?:--[^\n]*\n\s*)*(?:select|show|explain|describe|pragma \w+$|with\b(?!.*\b(?:insert|update|delete)\b))/is.test(
        sql,
      );
    return entry.writes;
  }

  private isIdempotent(call: Call, entry: EffectKnowledge): boolean {
    if (entry.idempotent) return true;
    const sql = entry.sql === undefined ? undefined : this.statement(call, entry.sql);
    return sql !== undefined && /^\s*delete\b/i.test(sql);
  }

  /** The constant parts of an SQL argument. */
  statement(call: Call, argument: number): string | undefined {
    const arg = call.fact.args[argument];
    if (!arg) return undefined;
    if (arg.k === 'text') return arg.parts.map((part) => (part.k === 'lit' ? String(part.v) : '?')).join('');
    for (const { value } of this.values.of(call.unit, arg))
      if (value.kind === 'literal' && typeof value.value === 'string') return value.value;
    return undefined;
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
          (value.kind === 'external' && /^(?:global|fs|path|util|events|crypto|os|lodash):/.test(value.api)),
      )
    )
      return undefined;
    const name = text(call.unit, callee.of);
    const found = entries.find(({ receiver }) => !receiver || receiver.test(name));
    if (!found) return undefined;
    const { entry } = found;
    return this.effect(call, entry.kind, entry.writes, entry.idempotent === true, 'medium');
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

  /** Effects within reach of a function, strongest first, one of each kind. */
  of(fn: Fn): { readonly effects: readonly Effect[]; readonly unknown: boolean; readonly unresolved: readonly Call[] } {
    const known = this.memo.get(fn);
    if (known) return known;
    const best = new Map<string, Effect>();
    const seen = new Set<Fn>([fn]);
    let unknown = false;
    let queue: { at: Fn; path: readonly Evidence[]; weak: boolean }[] = [{ at: fn, path: [], weak: false }];
    for (let depth = 0; depth < FARTHEST && queue.length && seen.size < MOST_FUNCTIONS; depth++) {
      const next: typeof queue = [];
      for (const { at, path, weak } of queue) {
        for (const call of this.callsOf(at)) {
          const effect = this.ofCall(call);
          if (effect) {
            const key = `${effect.kind} ${effect.writes} ${effect.idempotent}`;
            if (!best.has(key))
              best.set(key, {
                ...effect,
                path: [...path, ...effect.path],
                confidence: weak && effect.confidence === 'high' ? 'medium' : weak ? 'low' : effect.confidence,
              });
          }
        }
        for (const { to, call, weak: guessed } of this.graph.edges.get(at) ?? []) {
          if (seen.has(to)) continue;
          seen.add(to);
          const step: Evidence = {
            role: 'reached',
            file: call.unit.file,
            span: call.fact.span,
            note: `\`${at.name}\` calls \`${to.name}\``,
            ...(guessed ? { guessed: true as const } : {}),
          };
          next.push({ at: to, path: [...path, step], weak: weak || guessed });
        }
        for (const child of this.phases.children.get(at) ?? []) {
          if (seen.has(child)) continue;
          seen.add(child);
          next.push({ at: child, path, weak });
        }
      }
      queue = next;
    }
    if (queue.length) unknown = true;
    // One call that could not be followed, anywhere on the way, and nothing can be ruled out.
    const unresolved: Call[] = [];
    for (const one of seen) {
      if (unresolved.length < MOST_UNRESOLVED) unresolved.push(...this.unresolvedIn(one));
    }
    if (unresolved.length) unknown = true;
    const effects = [...best.values()].sort((a, b) => rank(a) - rank(b));
    const found = { effects, unknown, unresolved };
    this.memo.set(fn, found);
    return found;
  }

  private unresolvedIn(fn: Fn): Call[] {
    return this.callsOf(fn).filter(
      (call) =>
        call.fact.use !== 'used' &&
        this.graph.callees(call).length === 0 &&
        this.values.of(call.unit, call.fact.callee).every(({ value }) => value.kind === 'unknown'),
    );
  }

  /** The calls that stand in a function itself. */
  callsOf(fn: Fn): readonly Call[] {
    return this.tables.callsIn(fn);
  }
}

function rank(effect: Effect): number {
  return (
    (effect.writes ? 0 : 100) +
    (effect.idempotent ? 50 : 0) +
    (effect.confidence === 'high' ? 0 : 20) +
    STRENGTH.indexOf(effect.kind)
  );
}
