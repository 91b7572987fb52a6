import type { AccessFact, BindingFact, Expr } from '../../model/facts.js';
import type { Alternative, Call, Condition, Fn } from '../../model/program.js';
import type { Linked, Tables } from '../tables.js';
import { parameter } from '../../knowledge/api-table.js';
import type { Handed, Values } from './values.js';
import { extended, external, none, NOTHING, isSolid, MOST, one, UNKNOWN, under } from './alternatives.js';

const UNTOUCHED = none<AccessFact>();

/** What names stand for: variables by all that is assigned to them, parameters by what callers hand in. */
export class Bindings {
  constructor(
    private readonly values: Values,
    private readonly tables: Tables,
  ) {}

  binding(unit: Linked, id: number): readonly Alternative[] {
    const fact = unit.facts.bindings[id] as BindingFact;
    if (fact.from) return this.values.imported(unit, fact.from.specifier, fact.from.name);
    if (fact.param) return this.param(unit, id, fact);
    let found: readonly Alternative[] = NOTHING;
    if (fact.init) found = extended(found, this.values.of(unit, fact.init));
    const assigned = unit.assigned.get(id) ?? UNTOUCHED;
    for (const access of assigned) {
      if (access.value)
        found = extended(found, under(this.values.of(unit, access.value), this.tables.conditions(unit, access.when)));
    }
    if (!fact.init && fact.kind !== 'catch') found = extended(found, this.unassigned(unit, id, assigned));
    // What a container or a cast gives is known by the type it is declared as.
    if (
      fact.type &&
      !found.some(({ value }) => value.kind === 'instance' || value.kind === 'object' || value.kind === 'array')
    )
      found = extended(found, this.values.typed(unit, fact.type));
    return found.length ? found : UNKNOWN;
  }

  /** `let store; if (url) store = …` leaves it undefined where no branch assigns. */
  private unassigned(
    unit: Linked,
    id: number,
    assigned: readonly { readonly when: readonly number[] }[],
  ): readonly Alternative[] {
    const lists = assigned.map(({ when }) => this.tables.conditions(unit, when));
    if (lists.length === 0 || lists.some((list) => list.length === 0)) return NOTHING;
    // `if (!c) c = …`: made where it is missing, it is not missing after that.
    if (lists.some((list) => list.length === 1 && isEmptyCheck(list[0]?.fact as Condition['fact'], id))) return NOTHING;
    const opposite = (a: Condition, b: Condition) => a.fact.test === b.fact.test && a.fact.sense !== b.fact.sense;
    for (const list of lists)
      for (const other of lists) if (list.some((a) => other.some((b) => opposite(a, b)))) return [];
    const first = (lists[0] as Condition[])[0] as Condition;
    if (first.fact.kind === 'catch' || first.fact.kind === 'loop') return [];
    return [{ value: { kind: 'undefined' }, when: [{ unit, fact: { ...first.fact, sense: !first.fact.sense } }] }];
  }

  private param(unit: Linked, id: number, fact: BindingFact): readonly Alternative[] {
    const { index, path = [], rest } = fact.param as NonNullable<BindingFact['param']>;
    const fn = this.tables.fn(unit, fact.fn);
    let found: readonly Alternative[] = NOTHING;
    const given = this.values.givenTo(fn);
    for (const { call, args } of given.fed) {
      if (rest) {
        found = extended(found, this.along(this.values.rest(call, args, index), path));
        continue;
      }
      const arg = args[index];
      if (arg && arg.k !== 'spread') found = extended(found, this.along(this.values.of(call.unit, arg), path));
      else if (fact.init) found = extended(found, this.values.of(unit, fact.init));
      if (found.length > MOST * 2) break;
    }
    for (const handed of given.handed) found = this.handedIn(found, handed, index, path);
    found = extended(found, this.injected(fn, index, path, fact));
    if (!found.some(({ value }) => isSolid(value))) {
      if (fact.type) found = extended(found, this.along(this.values.typed(unit, fact.type), path));
      if (fact.init && !found.length) found = extended(found, this.values.of(unit, fact.init));
    }
    for (const access of unit.assigned.get(id) ?? UNTOUCHED) {
      if (access.value)
        found = extended(found, under(this.values.of(unit, access.value), this.tables.conditions(unit, access.when)));
    }
    return found.length ? found : UNKNOWN;
  }

  /** What a package gives to a function that it is handed. */
  private handedIn(
    found: readonly Alternative[],
    { call, argument, path: names, skip = 0 }: Handed,
    index: number,
    path: readonly string[],
  ): readonly Alternative[] {
    const { callee } = call.fact;
    const position = index - skip;
    if (position < 0) return found;
    if (callee.k === 'member') {
      const own = this.givenByName(call, callee, argument, position, names.length === 0);
      if (own.length) return extended(found, this.along(own, path));
    }
    let all = found;
    for (const api of this.values.calleeApis(call)) {
      const own =
        api.endsWith('.then') && argument === 0 && position === 0
          ? api.slice(0, -5)
          : parameter(api, argument, names, position);
      all = extended(all, this.along(one(external(this.values.same(own))), path));
    }
    return all;
  }

  /** What `then` and the methods of arrays give to a callback. */
  private givenByName(
    { unit }: Call,
    callee: Expr & { readonly k: 'member' },
    argument: number,
    position: number,
    isAlone: boolean,
  ): readonly Alternative[] {
    if (callee.name === 'then' && argument === 0 && position === 0 && isAlone)
      return this.values.of(unit, callee.of).filter(({ value }) => isSolid(value) && value.kind !== 'external');
    const each =
      callee.name === 'reduce'
        ? position === 1
        : position === 0 && /^(?:forEach|map|filter|find|some|every|flatMap|sort)$/.test(callee.name);
    return each ? this.values.elements(unit as Linked, callee.of) : NOTHING;
  }

  /** What a container gives to what it makes: by a decorator, by the names of the parameters, or all of it in the first. */
  private injected(fn: Fn, index: number, path: readonly string[], fact: BindingFact): readonly Alternative[] {
    const { registry } = this.values;
    const named = registry.injectedParameter(fn, index);
    if (named) return this.along(this.values.kept(named), path);
    const from = registry.injectsInto(fn);
    if (from === undefined) return NOTHING;
    const own = path.length === 0 ? this.values.kept({ from, names: [fact.name] }) : [];
    if (own.length || index > 0) return own;
    return this.along(one(external(from)), path);
  }

  private along(values: readonly Alternative[], path: readonly string[]): readonly Alternative[] {
    return path.reduce<readonly Alternative[]>(
      (at, name) => at.flatMap((alternative) => under(this.values.memberOf(alternative.value, name), alternative.when)),
      values,
    );
  }
}

/** The condition holds while the binding has no value. */
function isEmptyCheck({ test, sense }: Condition['fact'], id: number): boolean {
  if (test.k === 'unary' && test.op === '!')
    return isEmptyCheck({ test: test.of, sense: !sense } as Condition['fact'], id);
  if (test.k === 'id') return test.b === id && !sense;
  if (test.k !== 'binary' || test.left.k !== 'id' || test.left.b !== id) return false;
  const isEmpty = test.right.k === 'undefined' || (test.right.k === 'lit' && test.right.v === null);
  return isEmpty && (/^===?$/.test(test.op) ? sense : /^!==?$/.test(test.op) && !sense);
}
