import { emitters } from '../../knowledge/emitters.js';
import { ApiTable } from '../../knowledge/api-table.js';
import type { EmitterKnowledge } from '../../knowledge/types.js';
import type { Expr } from '../../model/facts.js';
import type { Call, Cls, Fn, Unit } from '../../model/program.js';
import type { Values } from '../values/values.js';

const MOST = 200;
/** An event whose name is not known can be one of so many. */
const FEW = 3;

/** A listener that an emitting call runs, with the arguments it gets. */
export interface Join {
  readonly emit: Call;
  readonly to: Fn;
  readonly args: readonly Expr[];
  /** An event's name could not be told. */
  readonly weak: boolean;
}

interface Listener {
  readonly fns: readonly Fn[];
  /** Absent: of every event. */
  readonly names?: readonly string[];
  readonly weak: boolean;
}

interface Emission {
  readonly call: Call;
  readonly names?: readonly string[];
  readonly args: readonly Expr[];
  readonly weak: boolean;
  readonly on: readonly unknown[];
}

type Way = { readonly entry: EmitterKnowledge; readonly how: 'on' | 'any' | 'emit' | 'decorator' };

const WAYS = new ApiTable<Way>(
  emitters.flatMap((entry) => [
    ...(['on', 'any', 'emit'] as const).flatMap((how) =>
      (entry[how] ?? []).map((method) => ({ patterns: [`${entry.api}.${method}`], entry: { entry, how } })),
    ),
    ...(entry.decorator ? [{ patterns: [entry.decorator], entry: { entry, how: 'decorator' as const } }] : []),
  ]),
);
const METHODS = new Set(emitters.flatMap(({ on, any = [], emit }) => [...on, ...any, ...emit]));

/** A listener registered by such a call runs when the project emits, if it does; nothing else is known of it then. */
export function isListening(api: string): boolean {
  const way = WAYS.first(api);
  return way !== undefined && way.how !== 'emit';
}

/**
 * Joins what emits with what listens on the same emitter. An emitter is told by the call that made it, or by the class of the
 * project that is one; emitters that cannot be told apart are not joined.
 */
export class Emitters {
  private readonly listeners = new Map<unknown, Listener[]>();
  private readonly emissions: Emission[] = [];

  constructor(
    private readonly values: Values,
    private readonly functions: (unit: Unit, expr: Expr) => readonly Fn[],
    private readonly method: (call: Call) => Fn | undefined,
  ) {}

  note(call: Call): void {
    const { callee, decorates, args } = call.fact;
    if (!decorates && (callee.k !== 'member' || !METHODS.has(callee.name))) return;
    for (const api of this.values.calleeApis(call)) {
      const way = WAYS.first(api);
      if (!way) continue;
      const { entry, how } = way;
      if (how === 'decorator') {
        const fn = this.method(call);
        const names = this.names(call);
        if (fn) this.listen(entry.api, { fns: [fn], ...(names ? { names } : {}), weak: !names });
        return;
      }
      if (callee.k !== 'member') return;
      const keys = this.keys(call.unit, callee.of, entry);
      if (keys.length === 0) return;
      const named = entry.on.length > 0;
      if (how === 'emit') {
        const names = named ? this.names(call) : undefined;
        const weak = named && !names;
        this.emissions.push({
          call,
          ...(names ? { names } : {}),
          args: named ? args.slice(1) : args,
          weak,
          on: keys.flatMap((key) => this.related(key)),
        });
        return;
      }
      const handler = args[how === 'any' ? 0 : 1];
      const fns = handler ? this.functions(call.unit, handler) : [];
      const names = how === 'any' ? undefined : this.names(call);
      if (fns.length > 0)
        for (const key of keys) this.listen(key, { fns, ...(names ? { names } : {}), weak: how === 'on' && !names });
      return;
    }
  }

  joins(): Join[] {
    const found: Join[] = [];
    for (const { call, names, args, weak, on } of this.emissions) {
      const reached = new Set<Fn>();
      // Any of many listeners: then who emits tells nothing about one of them.
      if (weak && [...new Set(on)].flatMap((key) => this.listeners.get(key) ?? []).length > FEW) continue;
      for (const key of new Set(on)) {
        for (const listener of this.listeners.get(key) ?? []) {
          if (names && listener.names && !meet(names, listener.names)) continue;
          for (const to of listener.fns) {
            if (reached.has(to) || reached.size >= MOST) continue;
            reached.add(to);
            found.push({ emit: call, to, args, weak: weak || listener.weak });
          }
        }
      }
    }
    return found;
  }

  private listen(key: unknown, listener: Listener): void {
    const list = this.listeners.get(key);
    if (list) list.push(listener);
    else this.listeners.set(key, [listener]);
  }

  /** What tells the emitter from others: its class, or the call that made it. */
  private keys(unit: Unit, expr: Expr, entry: EmitterKnowledge): unknown[] {
    return this.values.of(unit, expr).flatMap(({ value }): unknown[] => {
      if (value.kind === 'instance') return [value.cls];
      if (value.kind !== 'external') return [];
      return value.call && isMaking(value.call) ? [value.call] : entry.single ? [entry.api] : [];
    });
  }

  /** An object seen as one class may be listened to as its base or as a class derived from it. */
  private related(key: unknown): readonly unknown[] {
    if (typeof key !== 'object' || key === null || !('fact' in key) || 'fn' in key) return [key];
    const cls = key as Cls;
    return [cls, ...this.values.bases(cls), ...this.values.subclassesOf(cls)];
  }

  private names(call: Call): readonly string[] | undefined {
    const arg = call.fact.args[0];
    if (!arg) return undefined;
    const values = this.values
      .of(call.unit, arg)
      .flatMap(({ value }) =>
        value.kind === 'array'
          ? value.items.flatMap((item) => this.values.of(value.unit, item).map((one) => one.value))
          : [value],
      );
    return values.length > 0 && values.every(({ kind }) => kind === 'literal')
      ? values.flatMap((value) => (value.kind === 'literal' ? [String(value.value)] : []))
      : undefined;
  }
}

function isMaking(call: Call): boolean {
  return call.fact.callee.k !== 'member' || !METHODS.has(call.fact.callee.name);
}

function meet(emitted: readonly string[], listened: readonly string[]): boolean {
  return listened.some((pattern) => emitted.some((name) => name === pattern || matches(name, pattern)));
}

const LONGEST = 300;
const MOST_ASTERISKS = 5;

/** `order.*` of EventEmitter2: one part each, `**` any number of them. */
function matches(name: string, pattern: string): boolean {
  if (!pattern.includes('*')) return false;
  // Time grows with the power of the asterisks.
  if (name.length > LONGEST || pattern.length > LONGEST || pattern.split('*').length > MOST_ASTERISKS) return false;
  const parts = pattern
    .split('.')
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^.]*' : part.replace(/\W/g, '\\$&')));
  return new RegExp(`^${parts.join('\\.')}$`).test(name);
}
