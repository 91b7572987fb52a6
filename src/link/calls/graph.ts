import { called } from '../../knowledge/api-table.js';
import type { Expr } from '../../model/facts.js';
import type { Call, Cls, Fn, Unit, Value } from '../../model/program.js';
import { isChosen } from './chosen.js';
import { Accessors, Dispatch } from './dispatch.js';
import { Emitters, type Join } from './emitters.js';
import { boundBy, Feeding, type HandedOver, handedBy } from './feeding.js';
import { add, type Linked, type Tables } from '../tables.js';
import { none } from '../values/alternatives.js';
import { Question } from '../values/answers.js';
import type { Values } from '../values/values.js';

/** That a function runs another: by a call, or because it writes it down as a callback that nothing registers elsewhere. */
export interface Edge {
  readonly to: Fn;
  readonly call: Call;
  /** Guessed from the method's name, since the receiver could not be resolved. */
  readonly weak: boolean;
  /** One of many that the call chooses from by a name, when it runs. */
  readonly chosen?: true;
}

/** What a call runs, and where that is nothing of the project, what it hands over; `question` tells whether that still holds. */
interface Looked {
  readonly question: Question;
  readonly callees: readonly Fn[];
  readonly more?: {
    readonly bound: readonly Fn[];
    readonly handed: readonly HandedOver[];
    readonly guess: readonly Fn[];
  };
}

/** What one round puts together. */
interface Round {
  readonly callersOf: Map<Fn, Call[]>;
  readonly feeding: Feeding;
  readonly emitters: Emitters;
  readonly guessed: [Fn, Call][];
  readonly last: boolean;
}

const NOBODY = none<Fn>();
/** Of so many, each is likely enough. */
const FEW = 3;

/** Names so common on built-in objects that a method of the project called so cannot be guessed from them. */
const COMMON = new Set(
  (
    'get set has add delete clear push pop shift unshift slice splice map filter find forEach reduce some every includes indexOf join split ' +
    'concat sort reverse keys values entries then catch finally on once off emit addListener removeListener bind call apply toString toJSON valueOf ' +
    'test exec match replace trim log info warn error debug trace write end read close open flush destroy pause resume pipe abort terminate ping connect send json status redirect render next use ' +
    'listen init start stop run execute handle process create update save remove query load parse stringify format build validate transform ' +
    'assign freeze from of resolve reject all race abs min max floor round now getTime equal equals then value name length type id default'
  ).split(' '),
);

/**
 * Who calls whom, without types. Built in rounds: what a call's callee can be is looked up, then parameters take the values of
 * the arguments found, which lets the next round see through callbacks and factories.
 */
export class CallGraph {
  readonly edges = new Map<Fn, Edge[]>();
  /** Made anew each round: the values of parameters are looked up in the last one while the next is built. */
  callersOf = new Map<Fn, Call[]>();
  /** The emitting calls that run each listener. */
  readonly emittedBy = new Map<Fn, Join[]>();
  private readonly byName = new Map<string, Fn[]>();
  private readonly byClassName = new Map<string, Fn[]>();
  private readonly methods = new Set<string>();
  private readonly looked = new Map<Call, Looked>();
  private readonly dispatch: Dispatch;
  private readonly accessors: Accessors;

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
  ) {
    this.dispatch = new Dispatch(tables, values);
    this.accessors = new Accessors(tables, values);
    for (const fn of tables.served.flatMap((unit) => unit.fns)) {
      const { kind, name } = fn.fact;
      const cls = fn.fact.cls === undefined ? undefined : fn.unit.facts.classes[fn.fact.cls]?.name;
      if (kind === 'method') this.methods.add(name);
      if (kind === 'method' && cls) add(this.byClassName, `${cls.toLowerCase()}.${name}`, fn);
      if (kind === 'method' && name.length > 3 && !COMMON.has(name) && name !== '*') add(this.byName, name, fn);
    }
    for (let round = 0; round < 3; round++) this.round(round === 2);
    this.values.settle();
    for (const { question } of this.looked.values()) question.taken = undefined;
  }

  private round(last: boolean): void {
    const callersOf = new Map<Fn, Call[]>();
    const feeding = new Feeding();
    const emitters = new Emitters(
      this.values,
      (unit, expr) => this.functions(unit, expr),
      ({ unit, fact }) => (fact.decorates?.fn === undefined ? undefined : this.tables.fn(unit, fact.decorates.fn)),
    );
    // What is done for each call stands in functions of its own: the engine compiles a long loop anew each time it leaves one part of it.
    const next: Round = { callersOf, feeding, emitters, guessed: [], last };
    for (const unit of this.tables.served) this.look(unit, next);
    for (const unit of this.tables.served) this.listen(unit, next);
    for (const join of emitters.joins()) this.join(join, next);
    this.callersOf = callersOf;
    if (last) return this.connect();
    // A guess says what a parameter is only where no call that is known does.
    for (const [fn, call] of next.guessed) if (!callersOf.has(fn)) feeding.give(fn, call, call.fact.args);
    this.values.learn(feeding.fed, feeding.handed);
  }

  /** What the calls of a file run and hand over. */
  private look(unit: Linked, next: Round): void {
    for (const call of unit.calls) this.lookAt(call, next);
  }

  private lookAt(call: Call, { callersOf, feeding, guessed, last }: Round): void {
    const { callees, more } = this.known(call) ?? this.find(call, !last);
    for (const fn of callees) {
      add(callersOf, fn, call);
      if (!last) feeding.called(fn, call);
    }
    if (last || !more) return;
    feeding.bound(call, more.bound);
    feeding.hand(more.handed);
    const [only, ...others] = more.guess;
    if (only && others.length === 0) guessed.push([only, call]);
  }

  /** What the calls of a file emit and listen to, and the accessors that it runs. */
  private listen(unit: Linked, { callersOf, feeding, emitters, last }: Round): void {
    for (const call of unit.calls) emitters.note(call);
    for (const { to, call } of this.accessors.runs(unit)) {
      add(callersOf, to, call);
      if (last) add(this.edges, call.fn, { to, call, weak: false });
      else if (call.fact.args.length > 0) feeding.called(to, call);
    }
  }

  private join(join: Join, { callersOf, feeding, last }: Round): void {
    add(callersOf, join.to, join.emit);
    if (!last) return feeding.give(join.to, join.emit, join.args);
    add(this.edges, join.emit.fn, { to: join.to, call: join.emit, weak: join.weak });
    add(this.emittedBy, join.to, join);
  }

  callees(call: Call): readonly Fn[] {
    return (this.known(call) ?? this.find(call, false)).callees;
  }

  /** What was found in an earlier round, unless it rests on something that is another one now. */
  private known(call: Call): Looked | undefined {
    const known = this.looked.get(call);
    return known && this.values.holds(known.question) ? known : undefined;
  }

  private find(call: Call, withMore: boolean): Looked {
    const question = new Question();
    const found = this.values.during(question, (): Looked => {
      const callees = this.findCallees(call);
      if (!withMore || callees.length > 0) return { question, callees };
      const bound = isBind(call) ? boundBy(this.values, call) : NOBODY;
      return { question, callees, more: { bound, handed: handedBy(this.values, call), guess: this.guess(call) } };
    });
    this.looked.set(call, found);
    return found;
  }

  private findCallees(call: Call): readonly Fn[] {
    // `handler.bind(this)` hands the function on and does not run it.
    if (call.fact.decorates || isBind(call)) return NOBODY;
    const found: Fn[] = [];
    for (const { value } of this.values.of(call.unit, call.fact.callee)) this.runs(call, value, found);
    for (const value of this.dispatch.targets(call)) this.runs(call, value, found);
    return found.length === 0 ? NOBODY : found;
  }

  private runs(call: Call, value: Value, found: Fn[]): void {
    const fn =
      value.kind === 'function' ? value.fn : value.kind === 'class' ? this.constructed(call, value.cls) : undefined;
    if (fn && !found.includes(fn)) found.push(fn);
  }

  /** A class's constructor, or the one it inherits. Field initializers belong to the function the class stands in. */
  private constructed({ fact: { new: isNew, callee } }: Call, cls: Cls): Fn | undefined {
    if (!isNew && callee.k !== 'super' && !cls.fact.byFunction) return undefined;
    for (const one of [cls, ...this.values.bases(cls)])
      if (one.fact.ctor !== undefined) return this.tables.fn(one.unit, one.fact.ctor);
    return undefined;
  }

  /** The functions an expression can be, looked for in arrays, objects and calls that wrap a function as well. */
  functions(unit: Unit, expr: Expr, depth = 0, deepest = 2): readonly Fn[] {
    const found = new Set<Fn>();
    for (const { value } of this.values.of(unit, expr)) {
      if (value.kind === 'function') found.add(value.fn);
      else if (value.kind === 'array' && depth <= deepest) {
        for (const item of value.items)
          for (const fn of this.functions(value.unit, item, depth + 1, deepest)) found.add(fn);
      } else if (value.kind === 'object' && depth < deepest) {
        for (const prop of value.expr.props) {
          if (isNested(prop.value, deepest)) {
            for (const fn of this.functions(value.unit, prop.value, depth + 1, deepest)) found.add(fn);
          }
        }
        for (const put of this.values.mergedInto(value))
          for (const fn of this.functions(put.unit, put.value, depth + 1, deepest)) found.add(fn);
      }
      const wrapped = (value.kind === 'external' && value.call?.fact) || undefined;
      if (wrapped && value.kind === 'external' && value.call && depth <= deepest)
        this.arguments(value.call, found, depth, deepest);
    }
    if (found.size === 0 && depth <= deepest) {
      const inner = expr.k === 'await' ? expr.of : expr;
      if (inner.k === 'call') this.arguments(this.tables.call(unit, inner.c), found, depth, deepest);
    }
    return [...found];
  }

  private arguments(call: Call, found: Set<Fn>, depth: number, deepest: number): void {
    for (const arg of call.fact.args)
      for (const fn of this.functions(call.unit, arg, depth + 1, deepest)) found.add(fn);
    // `handler.bind(this)` and fluent wrappers keep the function in the receiver.
    const { callee } = call.fact;
    if (callee.k === 'member' && callee.name === 'bind')
      for (const fn of this.functions(call.unit, callee.of, depth + 1, deepest)) found.add(fn);
  }

  private connect(): void {
    for (const unit of this.tables.served) for (const call of unit.calls) this.connectCall(call);
  }

  private connectCall(call: Call): void {
    const { callees, more } = this.known(call) ?? this.find(call, false);
    const chosen = callees.length > FEW && isChosen(this.tables, this.values, call);
    for (const to of callees) add(this.edges, call.fn, { to, call, weak: false, ...(chosen ? { chosen } : {}) });
    if (callees.length === 0)
      for (const to of more?.guess ?? this.guess(call)) add(this.edges, call.fn, { to, call, weak: true });
  }

  /** A method that only one or two classes of the project have, called on something that could not be resolved. */
  private guess(call: Call): readonly Fn[] {
    const { callee } = call.fact;
    // Most methods are of packages: then there is no name to put together.
    if (callee.k !== 'member' || !this.methods.has(callee.name)) return NOBODY;
    const receiver =
      callee.of.k === 'id'
        ? call.unit.facts.bindings[callee.of.b]?.name
        : callee.of.k === 'member'
          ? callee.of.name
          : undefined;
    // `monitor.start()` is a Monitor's, however common the method's name.
    const telling = receiver ? (this.byClassName.get(`${receiver.toLowerCase()}.${callee.name}`) ?? []) : [];
    const named = telling.length ? telling : (this.byName.get(callee.name) ?? []);
    if (named.length === 0 || named.length > 3) return NOBODY;
    const receivers = this.values.of(call.unit, callee.of);
    const unresolved = receivers.every(
      ({ value }) => value.kind === 'unknown' || (value.kind === 'external' && value.api.startsWith('unknown:')),
    );
    if (unresolved) return named;
    // A row that an ORM gave is of one of the project's classes that extend the ORM's own.
    const apis = new Set(receivers.map(({ value }) => (value.kind === 'external' ? value.api : '')));
    return named.filter(({ unit, fact }) => {
      const cls = fact.cls === undefined || fact.static ? undefined : this.tables.cls(unit, fact.cls);
      return (
        cls && this.values.baseOf(cls).some(({ value }) => value.kind === 'external' && apis.has(called(value.api)))
      );
    });
  }
}

function isBind({ fact: { callee } }: Call): boolean {
  return callee.k === 'member' && callee.name === 'bind';
}

function isNested(value: Expr, deepest: number): boolean {
  if (value.k === 'fn' || value.k === 'id' || value.k === 'member') return true;
  // Resolvers are put together from objects and calls; elsewhere an object inside options holds something else.
  return deepest > 2 && (value.k === 'object' || value.k === 'call' || value.k === 'spread');
}
