import type { Expr, Prop } from '../../model/facts.js';
import type { Alternative, Call, Unit, Value } from '../../model/program.js';
import { collectionKey, type Linked } from '../tables.js';
import type { Values } from './values.js';
import { extended, NOTHING, one, UNKNOWN, under } from './alternatives.js';
import { type Answers, Question } from './answers.js';
import type { Heap, Put } from './heap.js';

/** How many entries of one collection are looked at. */
/** Members that a computed key can mean; of more it is left open which one is meant. */
const MOST_NAMES = 4;
const MOST_ENTRIES = 40;
const ANY: Expr = { k: 'other', parts: [] };
/** Made for no answer: nobody can tell when that changes. */
const NOBODY = Object.assign(new Question(), { isUnsure: true });

type ArrayValue = Value & { readonly kind: 'array' };

/** What collections hold: what they are written with, and what is put in anywhere. */
export class Collections {
  private readonly active = new Set<unknown>();
  /** The entries of things, with the question that they are the answer to: whoever takes them rests on that. */
  private readonly known = new Map<unknown, { readonly question: Question; listed: readonly Put[] }>();
  /** The arrays that calls and pairs give: the same one each time they are asked for, so that it can be told from others. */
  private readonly made = new Map<object, Map<string, Expr[]>>();
  private readonly standing = new Map<Expr, readonly Alternative[]>();
  /** Whose answer such an array, object or expression is a part of: with that answer it changes, and what was found in it falls. */
  private readonly makers = new Map<object, Question>();
  private readonly objects = new Map<Call, Expr & { k: 'object' }>();

  constructor(
    private readonly values: Values,
    private readonly heap: Heap,
    private readonly answers: Answers,
  ) {}

  /** What `of[key]` can be, and each item of a loop over `of`. */
  index(unit: Linked, of: Expr, key: Expr): readonly Alternative[] {
    const name = key.k === 'other' ? undefined : this.onlyLiteral(unit, key);
    let found: readonly Alternative[] = NOTHING;
    let unknown = false;
    for (const { value, when } of this.values.of(unit, of)) {
      if (value.kind === 'array' && typeof name === 'number')
        found = extended(found, under(this.item(value, name), when));
      else if (this.heap.isCollection(value)) found = extended(found, under(this.steps(value), when));
      else if (value.kind === 'external') {
        if (value.api.startsWith('env:')) found = extended(found, under(one(value), when));
        else
          for (const part of name === undefined ? this.namesOf(unit, key) : [String(name)])
            found = extended(found, under(this.values.memberOf(value, part), when));
      } else if (name !== undefined && value.kind !== 'array' && value.kind !== 'unknown')
        found = extended(found, under(this.values.memberOf(value, String(name)), when));
      else {
        unknown ||= !isWhole(value);
        found = extended(found, under(this.contents(value), when));
      }
    }
    if (!found.length || unknown) found = extended(found, this.collected(unit, of));
    return found.length ? found : UNKNOWN;
  }

  /** The members of a package's object that a computed key can mean, `[]` for those that are not known: `set[direction]()`. */
  private namesOf(unit: Unit, key: Expr): readonly string[] {
    const known = key.k === 'other' ? NOTHING : this.values.of(unit, key);
    const names = known.map(({ value }) =>
      value.kind === 'literal' && typeof value.value === 'string' ? value.value : '[]',
    );
    return names.length > 0 && names.length <= MOST_NAMES ? [...new Set(names)] : ['[]'];
  }

  private onlyLiteral(unit: Unit, key: Expr): string | number | undefined {
    const [only, ...more] = this.values.of(unit, key);
    if (!only || more.length > 0 || only.value.kind !== 'literal') return undefined;
    const { value } = only.value;
    return typeof value === 'string' || typeof value === 'number' ? value : undefined;
  }

  item(array: ArrayValue, index: number): readonly Alternative[] {
    this.look(array.items);
    const before = array.items.slice(0, index + 1);
    if (before.some(({ k }) => k === 'spread')) return this.contents(array);
    const own = array.items[index];
    const later = this.heap.entriesOf(array).filter(({ unit, key }) => {
      if (!key) return own === undefined;
      const known = this.onlyLiteral(unit, key);
      return known === undefined || known === index;
    });
    return [...(own ? this.values.of(array.unit, own) : []), ...this.valuesOf(later)];
  }

  /** What is put in under a computed key that can be this name. */
  keyed(value: Value, name: string): readonly Alternative[] {
    const puts = this.heap.entriesOf(value).filter(({ unit, key }) => {
      const known = key && this.onlyLiteral(unit, key);
      return known === undefined || String(known) === name;
    });
    return this.valuesOf(puts);
  }

  /** The items that a loop over a collection meets. */
  private steps(value: Value): readonly Alternative[] {
    return this.heap.isKeyed(value) ? this.pairs(value) : this.contents(value);
  }

  /** What is in the collection that an expression stands for. */
  elements(unit: Linked, of: Expr): readonly Alternative[] {
    let found: readonly Alternative[] = NOTHING;
    let unknown = false;
    for (const { value, when } of this.values.of(unit, of)) {
      unknown ||= !isWhole(value) && !this.heap.isCollection(value);
      found = extended(found, under(this.contents(value), when));
    }
    // Of a thing that nothing is known of, what is put in under the same name is something at least.
    return unknown ? [...found, ...this.collected(unit, of)] : found;
  }

  private collected(unit: Linked, of: Expr): readonly Alternative[] {
    const key = collectionKey(of);
    const exprs = (key && unit.collected.get(key)) || [];
    return exprs.slice(0, MOST_ENTRIES).flatMap((value) => this.values.of(unit, value));
  }

  contents(value: Value): readonly Alternative[] {
    return this.valuesOf(this.entries(value));
  }

  private valuesOf(puts: readonly Put[]): readonly Alternative[] {
    let found: readonly Alternative[] = NOTHING;
    for (const { unit, value, when } of puts) found = extended(found, under(this.values.of(unit, value), when));
    return found;
  }

  /** The entries of a collection with their keys: what it is made with, and what is put in later. */
  entries(value: Value): readonly Put[] {
    const thing =
      value.kind === 'array'
        ? value.items
        : value.kind === 'object'
          ? value.expr
          : value.kind === 'module'
            ? value.unit
            : this.heap.isCollection(value)
              ? value.call
              : undefined;
    if (!thing) return [];
    let known = this.known.get(thing);
    if (known && known.question.reading !== 0) {
      this.answers.take(known.question);
      return known.listed;
    }
    if (this.active.has(thing) || this.active.size > 6) {
      this.answers.doubt();
      return [];
    }
    if (!known) {
      known = { question: new Question(), listed: [] };
      this.known.set(thing, known);
    }
    this.active.add(thing);
    this.answers.enter(known.question);
    this.look(thing);
    const found: Put[] = [];
    const put = (unit: Unit, expr: Expr, key?: Expr): void => {
      if (found.length >= MOST_ENTRIES) return;
      found.push({ unit, value: expr, when: [], ...(key ? { key } : {}) });
    };
    if (value.kind === 'array') {
      for (const item of value.items) {
        if (item.k === 'spread') found.push(...this.spreadEntries(value.unit, item.of));
        else put(value.unit, item);
      }
    } else if (value.kind === 'object') {
      for (const prop of value.expr.props) {
        if (prop.name === undefined) found.push(...this.spreadEntries(value.unit, prop.value));
        else put(value.unit, prop.value, prop.name === '*' ? ANY : { k: 'lit', v: prop.name });
      }
    } else if (value.kind === 'module') {
      for (const { name, value: expr } of value.unit.facts.exports)
        if (expr && name !== '=' && name !== '*') put(value.unit, expr, { k: 'lit', v: name });
    } else if (this.heap.isCollection(value)) {
      found.push(...this.initial(value.call, this.heap.isKeyed(value)));
    }
    for (const [name, puts] of this.heap.propertiesOf(value))
      if (value.kind === 'object' || value.kind === 'module')
        found.push(...puts.map((more) => ({ ...more, key: { k: 'lit' as const, v: name } })));
    for (const more of this.heap.entriesOf(value)) {
      if (more.value.k === 'spread') found.push(...this.spreadEntries(more.unit, more.value.of));
      else found.push(more);
    }
    for (const { unit, value: from } of this.heap.mergedInto(value)) found.push(...this.spreadEntries(unit, from));
    this.answers.leave(known.question);
    this.active.delete(thing);
    known.listed = found.slice(0, MOST_ENTRIES);
    return known.listed;
  }

  private spreadEntries(unit: Unit, of: Expr): readonly Put[] {
    return this.values.of(unit, of).flatMap(({ value, when }) => {
      if (value.kind === 'undefined' || value.kind === 'literal') return [];
      if (!isWhole(value) && !this.heap.isCollection(value)) return [{ unit, value: ANY, when: [] }];
      const inner = this.heap.isKeyed(value)
        ? this.pairItems(value).map(({ unit: at, items }) => ({
            unit: at,
            value: this.stand(items, 'whole', one({ kind: 'array', unit: at, items })),
            when: [],
          }))
        : this.entries(value);
      return when.length ? inner.map((put) => ({ ...put, when: [...when, ...put.when] })) : inner;
    });
  }

  /** `new Map([['a', 1]])`, `new Set(list)`. */
  private initial(call: Call, keyed: boolean): readonly Put[] {
    const first = call.fact.args[0];
    if (!first || first.k === 'lit' || first.k === 'undefined') return [];
    if (!keyed) return this.spreadEntries(call.unit, first);
    const pairs: Put[] = [];
    for (const { value } of this.values.of(call.unit, first)) {
      if (value.kind === 'object' || value.kind === 'undefined' || value.kind === 'literal') continue;
      if (this.heap.isKeyed(value)) pairs.push(...this.entries(value));
      else if (value.kind !== 'array') pairs.push({ unit: call.unit, value: ANY, when: [] });
      else
        for (const { unit, value: pair } of this.entries(value)) {
          for (const { value: known } of this.values.of(unit, pair)) {
            const [key, held] = known.kind === 'array' ? known.items : [];
            pairs.push(
              known.kind === 'array' && key && held
                ? { unit: known.unit, key, value: held, when: [] }
                : { unit, value: ANY, when: [] },
            );
          }
        }
    }
    return pairs;
  }

  private pairItems(value: Value): readonly ArrayValue[] {
    return this.entries(value).map(({ unit, key, value: held }) => ({
      kind: 'array',
      unit,
      items: this.items(held, 'pair', [key ?? ANY, held]),
    }));
  }

  private pairs(value: Value): readonly Alternative[] {
    return this.pairItems(value).flatMap(one);
  }

  // What methods of collections give

  /** What a method that every array, Map or Set has gives, where the receiver is one; undefined where that is another's. */
  method(call: Call): readonly Alternative[] | undefined {
    const { callee, args } = call.fact;
    if (callee.k !== 'member' || !METHODS.test(callee.name)) return undefined;
    const receivers = this.values.of(call.unit, callee.of);
    const lists = receivers.filter(({ value }) => value.kind === 'array' || this.heap.isCollection(value));
    if (lists.length === 0) return undefined;
    const all = (): readonly Alternative[] => lists.flatMap(({ value, when }) => under(this.contents(value), when));
    const first = args[0];
    switch (callee.name) {
      case 'get':
      case 'peek':
      case 'take':
        return first && lists.flatMap(({ value, when }) => under(this.taken(value, call.unit, first), when));
      case 'find':
      case 'findLast':
      case 'at':
      case 'pop':
      case 'shift':
        return all();
      case 'set':
      case 'add':
        return lists.some(({ value }) => value.kind === 'array') ? undefined : lists;
      case 'entries':
        return this.list(
          call,
          'entries',
          lists.flatMap(({ value }) => this.pairs(value)),
        );
      case 'keys':
        return this.list(
          call,
          'keys',
          lists.flatMap(({ value }) => this.keys(value)),
        );
      case 'map':
      case 'flatMap':
        return first && this.list(call, 'map', this.mapped(call.unit, first));
      case 'reduce':
      case 'reduceRight':
        return first && [...this.mapped(call.unit, first), ...(args[1] ? this.values.of(call.unit, args[1]) : [])];
      case 'flat':
        return this.list(
          call,
          'flat',
          all().flatMap(({ value }) => (value.kind === 'array' ? this.contents(value) : one(value))),
        );
      case 'concat':
        return this.list(call, 'concat', [
          ...all(),
          ...args.flatMap((arg) =>
            this.values
              .of(call.unit, arg)
              .flatMap(({ value }) => (value.kind === 'array' ? this.contents(value) : one(value))),
          ),
        ]);
      default:
        return this.list(call, 'same', all());
    }
  }

  /** `map.get(key)`: entries under other known keys are not meant. */
  private taken(value: Value, unit: Unit, wanted: Expr): readonly Alternative[] {
    const name = this.onlyLiteral(unit, wanted);
    const puts = this.entries(value).filter(({ unit: at, key }) => {
      const known = name === undefined || !key || key.k === 'other' ? undefined : this.onlyLiteral(at, key);
      return known === undefined || known === name;
    });
    return this.valuesOf(puts);
  }

  private keys(value: Value): readonly Alternative[] {
    return this.entries(value).flatMap(({ unit, key }) => (key ? this.values.of(unit, key) : []));
  }

  private mapped(unit: Unit, callback: Expr): readonly Alternative[] {
    return this.values
      .of(unit, callback)
      .flatMap(({ value }) => (value.kind === 'function' ? this.values.returned(value.fn) : UNKNOWN));
  }

  /** What a function of the language itself gives: `Object.values(x)`, `Array.from(x)`, `Promise.all(x)`. */
  builtin(call: Call, api: string): readonly Alternative[] | undefined {
    const [first, second] = call.fact.args;
    if (!first || !api.startsWith('global:')) return undefined;
    const { unit } = call;
    const whole = () =>
      this.values.of(unit, first).filter(({ value }) => isWhole(value) || this.heap.isCollection(value));
    const each = (part: (value: Value) => readonly Alternative[]) =>
      whole().flatMap(({ value, when }) => under(part(value), when));
    switch (api) {
      case 'global:Object.values':
        return whole().length
          ? this.list(
              call,
              'values',
              each((value) => this.contents(value)),
            )
          : undefined;
      case 'global:Object.entries':
        return whole().length
          ? this.list(
              call,
              'entries',
              each((value) => this.pairs(value)),
            )
          : undefined;
      case 'global:Object.keys':
      case 'global:Reflect.ownKeys':
      case 'global:Object.getOwnPropertyNames':
        return whole().length
          ? this.list(
              call,
              'keys',
              each((value) => this.keys(value)),
            )
          : undefined;
      case 'global:Array.from': {
        if (!whole().length) return undefined;
        return this.list(call, 'from', second ? this.mapped(unit, second) : each((value) => this.steps(value)));
      }
      case 'global:Array.of':
        return one({ kind: 'array', unit, items: call.fact.args });
      case 'global:Object.fromEntries':
        return this.fromEntries(call, first);
      case 'global:Promise.all': {
        const known = whole();
        return known.every(({ value }) => value.kind === 'array') && known.length
          ? known
          : known.length
            ? this.list(
                call,
                'all',
                each((value) => this.steps(value)),
              )
            : undefined;
      }
      case 'global:Promise.race':
      case 'global:Promise.any':
        return whole().length ? each((value) => this.steps(value)) : undefined;
      case 'global:Object.assign':
      case 'global:Object.create':
      case 'global:Object.setPrototypeOf':
      case 'global:Object.defineProperty':
      case 'global:Object.defineProperties':
      case 'global:Promise.resolve':
      case 'global:Proxy':
        return this.values.of(unit, first);
      default:
        return undefined;
    }
  }

  private fromEntries(call: Call, first: Expr): readonly Alternative[] | undefined {
    const props: Prop[] = [];
    for (const { value } of this.values.of(call.unit, first)) {
      if (value.kind !== 'array' && !this.heap.isKeyed(value)) return undefined;
      const pairs = this.heap.isKeyed(value) ? this.pairs(value) : this.contents(value);
      for (const { value: pair } of pairs) {
        const [key, held] = pair.kind === 'array' ? pair.items : [];
        if (pair.kind !== 'array' || !key || !held) return undefined;
        const name = this.onlyLiteral(pair.unit, key);
        const own = this.stand(held, 'own', this.values.of(pair.unit, held));
        props.push({ name: name === undefined ? '*' : String(name), value: own, span: call.fact.span });
      }
    }
    let expr = this.objects.get(call);
    if (!expr) {
      expr = { k: 'object', props, span: call.fact.span };
      this.objects.set(call, expr);
    }
    (expr.props as Prop[]).splice(0, expr.props.length, ...props);
    this.make(expr);
    return one({ kind: 'object', unit: call.unit, expr });
  }

  // Arrays that no literal stands for

  /** The arguments from one on, as a rest parameter gathers them. */
  rest(call: Call, args: readonly Expr[], from: number): readonly Alternative[] {
    const items = this.items(call, `rest ${from} of ${args.length}`, args.slice(from));
    return one({ kind: 'array', unit: call.unit, items });
  }

  list(call: Call, what: string, found: readonly Alternative[]): readonly Alternative[] {
    const item: Expr = this.stand(call, what, found);
    // A spread, since how many there are, and which stands where, is not known.
    const inner: Expr = this.stand(
      item,
      'list',
      one({ kind: 'array', unit: call.unit, items: found.length ? [item] : [] }),
    );
    return one({ kind: 'array', unit: call.unit, items: this.items(call, what, [{ k: 'spread', of: inner }]) });
  }

  private items(owner: object, what: string, items: readonly Expr[]): readonly Expr[] {
    let made = this.made.get(owner);
    if (!made) {
      made = new Map();
      this.made.set(owner, made);
    }
    const known = made.get(what);
    if (!known) {
      const own = [...items];
      made.set(what, own);
      this.make(own);
      return own;
    }
    known.splice(0, known.length, ...items);
    this.make(known);
    return known;
  }

  /** An expression that stands for what has been found. */
  private stand(owner: object, what: string, found: readonly Alternative[]): Expr {
    const [expr] = this.items(
      owner,
      `stand ${what}`,
      this.made.get(owner)?.get(`stand ${what}`) ?? [{ k: 'other', parts: [] }],
    );
    this.standing.set(expr as Expr, found);
    this.make(expr as Expr);
    return expr as Expr;
  }

  private make(thing: object): void {
    this.makers.set(thing, this.answers.asker ?? NOBODY);
  }

  /** Somebody looks into a thing: what it finds there rests on whoever made that. */
  look(thing: object): void {
    const maker = this.makers.get(thing);
    if (maker) this.answers.take(maker);
  }

  /** What an expression of this part's making stands for. */
  standsFor(expr: Expr): readonly Alternative[] | undefined {
    const found = expr.k === 'other' ? this.standing.get(expr) : undefined;
    if (found) this.look(expr);
    return found;
  }
}

const METHODS =
  /^(?:get|peek|take|find|findLast|at|pop|shift|set|add|entries|keys|values|map|flatMap|reduce|reduceRight|flat|concat|filter|slice|splice|sort|reverse|toSorted|toReversed|toSpliced|with)$/;

/** Its parts can be listed. */
function isWhole(value: Value): boolean {
  return value.kind === 'array' || value.kind === 'object' || value.kind === 'module';
}
