import type { BindingFact, Expr } from '../model/facts.js';
import type { Call, Fn, Origin, Unit } from '../model/program.js';
import type { Span } from '../model/span.js';
import type { CallGraph } from './calls/graph.js';
import { add, type Tables } from './tables.js';

/** How far back is looked: a chain of helpers is longer than one would think, a program is not. */
const MOST = 200;
const FARTHEST = 12;
/** Functions that hand an object on before it is written out. */
const MOST_CALLS = 5;

/** Methods whose callback is given what the receiver holds. */
const HANDS_ON = /^(?:then|map|forEach|flatMap|filter|reduce|for|tap|pipe)$/;

/** A call that was followed into a function: what the function's parameters are is what this call passes. */
interface Frame {
  readonly fn: Fn;
  readonly call: Call;
  readonly outer: Frame | undefined;
}

interface Traced extends Origin {
  readonly frame: Frame | undefined;
}

/**
 * What an expression is made from: what it reads, what is passed to the calls in it, what its variables were given, and what
 * callers pass for a parameter. Values say what an expression *is*; this says where its content came from, through calls that
 * make one thing of another (`resize(file.buffer)`).
 */
export class Origins {
  private decorated: Map<string, Call[]> | undefined;
  private handedTo: Map<Fn, Call[]> | undefined;

  constructor(
    private readonly tables: Tables,
    private readonly graph: CallGraph,
    /** Whether some process that serves holds both files. */
    private readonly shared: (a: Unit, b: Unit) => boolean = () => true,
  ) {}

  /**
   * Nearest first; `span` is where the expression stands, since expressions have no places of their own. Nothing is looked for
   * behind what `isEnd` accepts.
   */
  of(unit: Unit, expr: Expr, span: Span, isEnd?: (at: Origin) => boolean): readonly Origin[] {
    const found: Origin[] = [];
    const seen = new Map<Expr, Set<Call | undefined>>();
    let steps = 0;
    let ring: Traced[] = [{ ...origin(unit, expr, span), frame: undefined }];
    for (let depth = 0; depth < FARTHEST && ring.length > 0; depth++) {
      const next: Traced[] = [];
      for (const { frame, ...at } of ring) {
        const known = seen.get(at.expr);
        if (known?.has(frame?.call) || steps >= MOST) continue;
        steps++;
        if (known) known.add(frame?.call);
        else {
          seen.set(at.expr, new Set([frame?.call]));
          found.push(at);
        }
        if (!isEnd?.(at)) for (const one of this.behind(at, frame)) if (this.isWithin(unit, one.unit)) next.push(one);
      }
      ring = next;
    }
    return found;
  }

  /** What a script hands to a function that the server has too, the server never sees. */
  private isWithin(unit: Unit, from: Unit): boolean {
    if (from === unit || !isServing(unit)) return true;
    return (isServing(from) || from.roles.size === 0) && this.shared(unit, from);
  }

  private behind(at: Origin, frame: Frame | undefined): Traced[] {
    const { unit, expr } = at;
    if (expr.k === 'call') return this.behindCall(this.tables.call(unit, expr.c), frame);
    if (expr.k === 'id') return this.behindBinding(unit, expr.b, frame);
    if (expr.k === 'member') return this.behindMember(unit, expr, at.place.span, frame);
    return this.parts(at).map((part) => ({ ...part, frame }));
  }

  private parts({ unit, expr, place }: Origin): Origin[] {
    const here = (...exprs: readonly Expr[]) => exprs.map((part) => origin(unit, part, place.span));
    switch (expr.k) {
      case 'index':
      case 'await':
      case 'spread':
      case 'unary':
        return here(expr.of);
      case 'logic':
        return here(expr.left, expr.right);
      case 'binary':
        // A sum is made of its parts; whether two things are equal says little of what they hold.
        return /^[-+*/%]$/.test(expr.op) ? here(expr.left, expr.right) : [];
      case 'choose':
        return here(expr.yes, expr.no);
      case 'text':
      case 'other':
        return here(...expr.parts);
      case 'array':
        return here(...expr.items);
      case 'object':
        return expr.props.map(({ value, span }) => origin(unit, value, span));
      default:
        return [];
    }
  }

  /** Of an object that is written out, only what stands under the name; of all others, the whole. */
  private behindMember(
    unit: Unit,
    { of, name }: Expr & { readonly k: 'member' },
    span: Span,
    frame: Frame | undefined,
  ): Traced[] {
    const it = { ...origin(unit, of, span), frame };
    if (of.k === 'object') return under(it, name);
    if (of.k === 'this' && of.cls !== undefined) return this.behindField(unit, of.cls, name);
    if (of.k !== 'id') return [it];
    const whole = this.written(this.behindBinding(unit, of.b, frame), 0);
    if (!whole) return [it];
    const put = this.tables.linked(unit).properties.get(of.b) ?? [];
    const later = put.filter(({ target }) => target.k === 'member' && target.name === name);
    return [
      ...whole.flatMap((one) => under(one, name)),
      ...later.flatMap(({ value, span: at }) => (value ? [{ ...origin(unit, value, at), frame }] : [])),
    ];
  }

  /** The objects that are written out, where all of it is: also those that functions of the project give. */
  private written(list: readonly Traced[], depth: number): readonly Traced[] | undefined {
    if (list.length === 0 || depth > MOST_CALLS) return undefined;
    const found: Traced[] = [];
    for (const { frame, ...at } of list) {
      const { expr, unit } = at;
      if (expr.k === 'object') {
        found.push({ ...at, frame });
        continue;
      }
      const given =
        expr.k === 'await'
          ? [{ ...origin(unit, expr.of, at.place.span), frame }]
          : expr.k === 'id'
            ? this.behindBinding(unit, expr.b, frame)
            : expr.k === 'call'
              ? this.returned(this.tables.call(unit, expr.c), frame)
              : [];
      const inner = this.written(given, depth + 1);
      if (!inner) return undefined;
      found.push(...inner);
    }
    return found;
  }

  /** What a field of the class is declared with, and what its own methods put there. */
  private behindField(unit: Unit, cls: number, name: string): Traced[] {
    const found: Traced[] = [];
    const give = (expr: Expr, span: Span) => found.push({ ...origin(unit, expr, span), frame: undefined });
    for (const { name: own, value, param, span } of unit.facts.classes[cls]?.members ?? []) {
      if (own !== name) continue;
      if (value && value.k !== 'fn') give(value, span);
      if (param !== undefined) give({ k: 'id', b: param }, span);
    }
    for (const { op, value, span } of this.tables.linked(unit).fields.get(`${cls}.${name}`) ?? [])
      if (op === 'assign' && value && value.k !== 'fn') give(value, span);
    return found;
  }

  private behindCall(call: Call, frame: Frame | undefined): Traced[] {
    const { callee, args, span } = call.fact;
    const found = callee.k === 'member' ? [{ ...origin(call.unit, callee.of, span), frame }] : [];
    for (const arg of args) if (arg.k !== 'fn') found.push({ ...origin(call.unit, arg, span), frame });
    return [...found, ...this.returned(call, frame)];
  }

  /** What the project's own functions give that the call runs. */
  private returned(call: Call, frame: Frame | undefined): Traced[] {
    return this.graph
      .callees(call)
      .slice(0, 4)
      .flatMap((fn) => {
        const inner = { fn, call, outer: frame };
        return fn.fact.returns.flatMap(({ value, span }) =>
          value ? [{ ...origin(fn.unit, value, span), frame: inner }] : [],
        );
      });
  }

  private behindBinding(unit: Unit, id: number, around: Frame | undefined): Traced[] {
    const fact = unit.facts.bindings[id] as BindingFact;
    const found: Traced[] = [];
    // A variable of the module is the same whoever calls.
    const frame = fact.fn === 0 ? undefined : around;
    const give = (value: Expr, span: Span) => found.push({ ...origin(unit, value, span), frame });
    if (fact.init && fact.init.k !== 'fn' && fact.init.k !== 'class') give(fact.init, fact.span);
    for (const { value, span } of this.tables.linked(unit).assigned.get(id) ?? [])
      if (value && value.k !== 'fn') give(value, span);
    if (!fact.param) return found;
    const [name, ...deeper] = fact.param.path ?? [];
    const given = this.behindParam(unit, fact.fn, fact.param.index, frame);
    // `({ id }) => …`: of what is passed, only that.
    const isNarrow = name !== undefined && deeper.length === 0;
    found.push(...given.flatMap((one) => (isNarrow && one.expr.k === 'object' ? under(one, name) : [one])));
    return found;
  }

  /** What callers pass; what a decorator puts there; what the receiver of `then` or `map` hands its callback. */
  private behindParam(unit: Unit, id: number, index: number, frame: Frame | undefined): Traced[] {
    const fn = this.tables.fn(unit, id);
    let own = frame;
    while (own && own.fn !== fn) own = own.outer;
    // What other callers hand to the same helper is none of this call's.
    const calls = own ? [own.call] : (this.graph.callersOf.get(fn) ?? []);
    const found: Traced[] = [];
    for (const call of this.decorators().get(`${unit.file} ${id} ${index}`) ?? [])
      found.push({ ...origin(unit, { k: 'call', c: call.id }, call.fact.span), frame: undefined });
    for (const call of calls) {
      const arg = call.fact.args[index];
      if (arg && arg.k !== 'fn') found.push({ ...origin(call.unit, arg, call.fact.span), frame: own?.outer });
    }
    if (index > 0) return found;
    for (const { unit: by, fact } of this.receivers().get(fn) ?? [])
      if (fact.callee.k === 'member') found.push({ ...origin(by, fact.callee.of, fact.span), frame: undefined });
    return found;
  }

  private decorators(): Map<string, Call[]> {
    if (this.decorated) return this.decorated;
    this.decorated = new Map();
    for (const call of this.tables.served.flatMap((unit) => unit.calls)) {
      const on = call.fact.decorates;
      if (on?.fn !== undefined && on.param !== undefined)
        add(this.decorated, `${call.unit.file} ${on.fn} ${on.param}`, call);
    }
    return this.decorated;
  }

  private receivers(): Map<Fn, Call[]> {
    if (this.handedTo) return this.handedTo;
    this.handedTo = new Map();
    for (const call of this.tables.served.flatMap((unit) => unit.calls)) {
      const { callee, args } = call.fact;
      if (callee.k !== 'member' || !HANDS_ON.test(callee.name)) continue;
      for (const arg of args) if (arg.k === 'fn') add(this.handedTo, this.tables.fn(call.unit, arg.f), call);
    }
    return this.handedTo;
  }
}

function isServing({ roles }: Unit): boolean {
  return roles.has('server') || roles.has('worker');
}

function origin(unit: Unit, expr: Expr, span: Span): Origin {
  return { unit, expr, place: { file: unit.file, span } };
}

/** What an object holds under a name, as far as it says; what it spreads may hold it too. */
function under(at: Traced, name: string): Traced[] {
  const { unit, expr, frame } = at;
  if (expr.k !== 'object') return [at];
  const named = expr.props.filter((prop) => prop.name === name);
  const found = named.length > 0 ? named : expr.props.filter((prop) => prop.name === undefined || prop.name === '*');
  return found.map(({ value, span }) => ({ ...origin(unit, value, span), frame }));
}
