import {
  ApiTable,
  type Call,
  callsKnown,
  type Cls,
  emitters,
  eventTaps,
  type Expr,
  type Fn,
  inOrder,
  type Place,
  type Program,
  type Unit,
} from '../../src/api/index.js';

/** What tells one emitter from another: the call that made it, its class, or the path of one that an application has once. */
export type Key = Call | Cls | string;

/** An emitter of this process with every place that speaks or listens. */
export interface Bus {
  readonly key: Key;
  readonly made: readonly Call[];
  readonly emits: readonly Call[];
  readonly listens: readonly { readonly call: Call; readonly fns: readonly Fn[] }[];
  readonly taps: readonly Call[];
}

interface OpenBus extends Bus {
  readonly made: Call[];
  readonly emits: Call[];
  readonly listens: { readonly call: Call; readonly fns: readonly Fn[] }[];
  readonly taps: Call[];
}

const EMITS = new ApiTable(
  emitters.flatMap(({ api, emit, single }) =>
    emit.map((method) => ({ patterns: [`${api}.${method}`], entry: { api, single } })),
  ),
);
const LISTENS = new ApiTable(
  emitters.flatMap(({ api, on, any = [], single }) => [
    ...on.map((method) => ({ patterns: [`${api}.${method}`], entry: { api, single, at: 1 } })),
    ...any.map((method) => ({ patterns: [`${api}.${method}`], entry: { api, single, at: 0 } })),
  ]),
);
const DECORATORS = new ApiTable(
  emitters.flatMap(({ api, decorator }) => (decorator ? [{ patterns: [decorator], entry: api }] : [])),
);
const TAPS = new ApiTable(eventTaps.map((entry) => ({ patterns: [entry.api], entry })));
/** These give the emitter back, or a view of it. */
const SAME = /^(?:on|once|addListener|setMaxListeners|asObservable|pipe|off|removeListener)$/;
const DEEP = 6;

/** Every emitter on which something is said. */
export function busesOf(program: Program): readonly Bus[] {
  const buses = new Map<Key, OpenBus>();
  const at = (key: Key): OpenBus => {
    const known = buses.get(key);
    if (known) return known;
    const made: OpenBus = { key, made: [], emits: [], listens: [], taps: [] };
    buses.set(key, made);
    return made;
  };
  const each = (call: Call, expr: Expr, single: string | undefined, add: (bus: OpenBus) => void) => {
    for (const { key, made } of keysOf(program, call.unit, expr, single)) {
      const bus = at(key);
      if (made && !bus.made.includes(made)) bus.made.push(made);
      add(bus);
    }
  };
  const tables = [DECORATORS, TAPS, EMITS, LISTENS];
  for (const call of inOrder(
    program,
    tables.flatMap((table) => callsKnown<unknown>(program, table)).map(({ call }) => call),
  )) {
    const { callee, args, decorates } = call.fact;
    if (!call.unit.roles.has('server') && !call.unit.roles.has('worker')) continue;
    for (const api of program.apis(call)) {
      if (decorates) {
        const bus = DECORATORS.first(api);
        if (bus && decorates.fn !== undefined)
          at(bus).listens.push({ call, fns: [program.fn(call.unit, decorates.fn)] });
        continue;
      }
      const tap = TAPS.first(api);
      const on =
        tap?.emitter === 'receiver' || !tap ? (callee.k === 'member' ? callee.of : undefined) : args[tap.emitter];
      if (!on) continue;
      if (tap) each(call, on, singleOf(program, call.unit, on), ({ taps }) => void taps.push(call));
      const emit = EMITS.first(api);
      if (emit) each(call, on, emit.single && emit.api, ({ emits }) => void emits.push(call));
      const listen = LISTENS.first(api);
      const handler = listen && args[listen.at];
      if (handler)
        each(
          call,
          on,
          listen.single && listen.api,
          ({ listens }) => void listens.push({ call, fns: program.functions(call.unit, handler) }),
        );
    }
  }
  return [...buses.values()].filter(({ emits }) => emits.length > 0);
}

/** An injected emitter that an application has once is the same wherever it is injected. */
function singleOf(program: Program, unit: Unit, expr: Expr): string | undefined {
  for (const { value } of program.values(unit, expr)) {
    const entry =
      value.kind === 'external' ? emitters.find(({ api, single }) => single && api === value.api) : undefined;
    if (entry) return entry.api;
  }
  return undefined;
}

function keysOf(
  program: Program,
  unit: Unit,
  expr: Expr,
  single: string | undefined,
  depth = 0,
): { readonly key: Key; readonly made?: Call }[] {
  if (depth > DEEP) return [];
  return program.values(unit, expr).flatMap(({ value }): { readonly key: Key; readonly made?: Call }[] => {
    if (value.kind === 'instance') return [{ key: value.cls, ...(value.call ? { made: value.call } : {}) }];
    if (value.kind !== 'external') return [];
    const { call } = value;
    const callee = call?.fact.callee;
    if (call && callee?.k === 'member' && SAME.test(callee.name) && !call.fact.new)
      return keysOf(program, call.unit, callee.of, single, depth + 1);
    if (call) return [{ key: call, made: call }];
    return single ? [{ key: single }] : [];
  });
}

/** Where a bus is declared, for a finding. */
export function placeOf(program: Program, { key, made, emits }: Bus): Place {
  if (typeof key === 'string') {
    const module = program.callsTo(['@nestjs/event-emitter:EventEmitterModule.forRoot'])[0]?.call;
    const call = module ?? (emits[0] as Call);
    return { file: call.unit.file, span: call.fact.span };
  }
  if ('args' in key.fact) return { file: key.unit.file, span: key.fact.span };
  const call = made.length === 1 ? made[0] : undefined;
  return call
    ? { file: call.unit.file, span: call.fact.span }
    : { file: key.unit.file, span: (key as Cls).fact.nameSpan };
}

/** Every call that makes one: of a class, wherever it or a class derived from it is made. */
export function makersOf(program: Program, { key, made }: Bus): readonly Call[] {
  if (typeof key === 'string' || 'args' in key.fact) return made;
  return program.calls.filter(
    ({ unit, fact }) =>
      fact.new &&
      program
        .values(unit, fact.callee)
        .some(({ value }) => value.kind === 'class' && derives(program, value.cls, key as Cls)),
  );
}

function derives(program: Program, cls: Cls, from: Cls): boolean {
  let at: Cls | undefined = cls;
  for (let depth = 0; at && depth < DEEP; depth++) {
    if (at === from) return true;
    const base: Cls | undefined = at.fact.extends
      ? program.values(at.unit, at.fact.extends).flatMap(({ value }) => (value.kind === 'class' ? [value.cls] : []))[0]
      : undefined;
    at = base;
  }
  return false;
}
