import { settingConversions } from '../../knowledge/settings.js';
import { ApiTable } from '../../knowledge/api-table.js';
import type { BindingFact, Expr, ReturnFact } from '../../model/facts.js';
import type { Call, Fn, Unit } from '../../model/program.js';
import type { Settings } from './settings.js';
import { add, type Linked, type Tables, text } from '../tables.js';
import type { Values } from '../values/values.js';
import {
  asksForSetting,
  choose,
  clauses,
  constant,
  convert,
  derived,
  type Frame,
  logic,
  NONE,
  not,
  oneOf,
  type Term,
  UNKNOWN_TERM,
} from './terms.js';

const MOST_RETURNS = 12;
/** Helpers whose code could not be followed; the name says that they only read a text. */
const CASTS = /^(?:parse|to|as|is|str)?_?(?:bool\w*|true|enabled|truthy|int|number|string)$/i;
const FLAGS = /bool|true|enabled|truthy/i;

type Parameter = readonly [id: number, fact: BindingFact];
const NO_PARAMETERS: readonly Parameter[] = [];

/** What calls give: helpers of the project with the arguments of this call, and what packages are known to do with settings. */
export class Functions {
  private readonly conversions = new ApiTable(settingConversions.map((entry) => ({ patterns: [entry.api], entry })));
  private readonly updated = new WeakMap<Unit, ReadonlySet<number>>();
  private readonly parameters = new WeakMap<Unit, Map<number, Parameter[]>>();

  constructor(
    private readonly settings: Settings,
    private readonly tables: Tables,
    private readonly values: Values,
  ) {}

  result(call: Call, expr: Expr, frame: Frame | undefined): Term {
    const { unit, fact } = call;
    const { callee } = fact;
    const arg = (index: number): Term => {
      const at = fact.args[index];
      return at && at.k !== 'spread' ? this.settings.term(unit, at, frame) : at ? UNKNOWN_TERM : NONE;
    };
    const known = this.settings.schemas.called(call, arg, frame);
    if (known) return known;
    const receiver = callee.k === 'member' ? this.settings.term(unit, callee.of, frame) : undefined;
    if (receiver && callee.k === 'member') {
      const method = this.method(receiver, callee.name, fact.args.length, arg);
      if (method) return method;
    }
    const apis = this.values.calleeApis(call);
    const conversion = apis.length === 1 ? this.conversions.first(apis[0] as string) : undefined;
    if (conversion) {
      const of = convert(conversion.gives, arg(conversion.arg));
      const fallback =
        conversion.fallback && this.settings.memberOf(arg(conversion.fallback.arg), conversion.fallback.path);
      return fallback?.k === 'const' ? logic('nullish', of, fallback) : of;
    }
    const target = this.settings.functionOf(this.settings.term(unit, callee, frame));
    if (target && !fact.new) {
      const found = this.run(
        target.fn,
        fact.args.map((_, index) => arg(index)),
        target.frame ?? frame,
      );
      if (found.k !== 'unknown') return found;
    }
    const named = this.settings.schemas.byName(call, arg);
    if (named) return named;
    const value = this.settings.fromValues(unit, expr);
    if (value.k !== 'unknown') return value;
    const name = text(unit, callee).replace(/^.*\./, '');
    if (!target && CASTS.test(name)) {
      const of = arg(0);
      if (asksForSetting(of)) return convert(FLAGS.test(name) ? 'flag' : 'text', of);
    }
    // `pattern.test(text)` asks about a text, and not whether tests run.
    return name === 'test' && fact.args.length > 0 ? UNKNOWN_TERM : { k: 'unknown', name };
  }

  /** Methods of texts and lists, which give a function of the setting. */
  private method(receiver: Term, name: string, count: number, arg: (index: number) => Term): Term | undefined {
    const isList = receiver.k === 'thing' && receiver.value.kind === 'array';
    if (name === 'includes' && isList && receiver.value.kind === 'array') {
      const { items, unit } = receiver.value;
      if (items.length > MOST_RETURNS || items.some(({ k }) => k === 'spread')) return UNKNOWN_TERM;
      return oneOf(
        arg(0),
        items.map((item) => this.settings.term(unit, item, receiver.frame)),
      );
    }
    if (name === 'has' && receiver.k === 'thing' && receiver.value.kind === 'external') {
      const { call, api } = receiver.value;
      const list = api === 'global:Set()' ? call?.fact.args[0] : undefined;
      if (call && list?.k === 'array')
        return oneOf(
          arg(0),
          list.items.map((item) => this.settings.term(call.unit, item)),
        );
    }
    if (name === 'test' && receiver.k === 'unknown' && asksForSetting(arg(0))) return derived([arg(0)]);
    if (receiver.k !== 'const' && !asksForSetting(receiver)) return undefined;
    switch (name) {
      case 'toLowerCase':
      case 'toLocaleLowerCase':
        return convert('lower', receiver);
      case 'toUpperCase':
      case 'toLocaleUpperCase':
        return convert('upper', receiver);
      case 'trim':
      case 'toString':
      case 'valueOf':
        return receiver;
      case 'includes':
      case 'startsWith':
      case 'endsWith':
      case 'match':
      case 'indexOf':
      case 'split':
      case 'replace':
      case 'replaceAll':
      case 'slice':
      case 'substring':
      case 'padStart':
      case 'concat':
      case 'join':
      case 'filter':
      case 'map':
      case 'some':
      case 'every':
      case 'at':
        return derived([
          receiver,
          ...Array.from({ length: count }, (_, index) => arg(index)).filter(
            ({ k }) => k !== 'thing' && k !== 'unknown',
          ),
        ]);
      default:
        return undefined;
    }
  }

  apply(term: Term, args: readonly Term[], frame?: Frame): Term {
    const target = this.settings.functionOf(term);
    return target ? this.run(target.fn, args, target.frame ?? frame) : UNKNOWN_TERM;
  }

  /** What a function of the project gives for these arguments; one that runs itself is not followed. */
  private run(fn: Fn, args: readonly Term[], outer: Frame | undefined): Term {
    let depth = 0;
    for (let at = outer; at; at = at.outer) if (at.fn === fn || ++depth > 6) return this.settings.cutShort();
    const { returns, open } = fn.fact;
    if (returns.length === 0 || returns.length > MOST_RETURNS) return UNKNOWN_TERM;
    const frame = this.frame(fn, args, outer);
    let found: Term | undefined = open ? NONE : undefined;
    for (const fact of [...returns].reverse()) {
      const conditions = this.tables.conditions(fn.unit, fact.when);
      // What is returned where something failed is another matter.
      if (conditions.some(({ fact: { kind } }) => kind === 'catch')) continue;
      const value = fact.value ? this.settings.term(fn.unit, fact.value, frame) : NONE;
      if (!found) found = this.always(fn.unit, fact, value, frame);
      else if (conditions.some(({ fact: { kind } }) => kind === 'loop')) return UNKNOWN_TERM;
      else found = choose(this.condition(fn.unit, fact.when, frame), value, found);
    }
    return found ?? UNKNOWN_TERM;
  }

  /** `if (!value) throw …; return value;`: what comes out is always set. */
  private always(unit: Unit, fact: ReturnFact, value: Term, frame: Frame): Term {
    if (value.k !== 'setting' || value.fallback) return value;
    return this.demands(this.condition(unit, fact.when, frame), value.name) ? { ...value, required: true } : value;
  }

  /** Whether a condition holds only where a setting is made. */
  demands(condition: Term, name: string): boolean {
    return clauses(condition, true).some((clause) => {
      const [atom] = clause;
      if (!atom || clause.length > 1) return false;
      const { term, sense } = atom;
      if (term.k === 'setting') return sense && term.name === name;
      if (term.k !== 'compare' || sense || term.left.k !== 'setting' || term.left.name !== name) return false;
      return term.right.k === 'const' && !term.right.value;
    });
  }

  condition(unit: Unit, when: readonly number[], frame?: Frame): Term {
    return this.tables
      .conditions(unit, when)
      .map(({ fact }) => {
        const test = this.settings.term(unit, fact.test, frame);
        return fact.kind === 'loop' ? UNKNOWN_TERM : fact.sense ? test : not(test);
      })
      .reduce<Term>((all, one) => logic('and', all, one), constant(true));
  }

  frame(fn: Fn, args: readonly Term[], outer?: Frame): Frame {
    const values = new Map<number, Term>();
    const frame: Frame = { fn, values, ...(outer ? { outer } : {}) };
    for (const [id, fact] of this.parametersOf(fn)) {
      const { index, path = [], rest } = fact.param as NonNullable<BindingFact['param']>;
      if (rest) {
        values.set(id, UNKNOWN_TERM);
        continue;
      }
      const given = path.reduce((at, name) => this.settings.memberOf(at, name), args[index] ?? NONE);
      values.set(id, fact.init ? logic('nullish', given, this.settings.term(fn.unit, fact.init, frame)) : given);
    }
    return frame;
  }

  private parametersOf(fn: Fn): readonly Parameter[] {
    let inFile = this.parameters.get(fn.unit);
    if (!inFile) {
      inFile = new Map();
      for (const [id, fact] of fn.unit.facts.bindings.entries()) if (fact.param) add(inFile, fact.fn, [id, fact]);
      this.parameters.set(fn.unit, inFile);
    }
    return inFile.get(fn.id) ?? NO_PARAMETERS;
  }

  /** `+=` and `++` are not worked out. */
  isUpdated(unit: Unit, id: number): boolean {
    let known = this.updated.get(unit);
    if (!known) {
      const list = unit.facts.accesses.flatMap(({ op, target }) =>
        op === 'update' && target.k === 'id' ? [target.b] : [],
      );
      known = new Set(list);
      this.updated.set(unit, known);
    }
    return known.has(id);
  }

  /** `let on = false; if (process.env.A) on = true;`, all of it in one function: the last assignment whose condition holds. */
  assigned(unit: Linked, id: number, outer: Frame | undefined): Term {
    const fact = unit.facts.bindings[id] as BindingFact;
    const list = unit.assigned.get(id) ?? [];
    if (this.isUpdated(unit, id) || list.length > MOST_RETURNS || list.some(({ fn }) => fn !== fact.fn))
      return UNKNOWN_TERM;
    const fn = this.tables.fn(unit, fact.fn);
    let found: Term = fact.init ? this.settings.term(unit, fact.init, outer) : NONE;
    for (const access of list) {
      const conditions = this.tables.conditions(unit, access.when);
      if (!access.value || conditions.some(({ fact: { kind } }) => kind === 'loop')) return UNKNOWN_TERM;
      // Each sees what the one before left.
      const frame: Frame = { fn, values: new Map([[id, found]]), ...(outer ? { outer } : {}) };
      const test = conditions.some(({ fact: { kind } }) => kind === 'catch')
        ? UNKNOWN_TERM
        : this.condition(unit, access.when, frame);
      found = choose(test, this.settings.term(unit, access.value, frame), found);
    }
    return found;
  }
}
