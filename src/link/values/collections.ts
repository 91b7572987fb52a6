import type { BindingFact, Expr } from '../../model/facts.js';
import type { Alternative, Unit } from '../../model/program.js';
import type { Linked, Tables } from '../tables.js';
import { member } from '../../knowledge/api-table.js';
import type { Values } from '../values.js';
import { extend, MOST, UNKNOWN, under } from './alternatives.js';

/** What collections hold: what they are written with, and what is put in anywhere. */
export class Collections {
  constructor(
    private readonly values: Values,
    private readonly tables: Tables,
  ) {}

  index(unit: Linked, of: Expr, key: Expr): readonly Alternative[] {
    const found: Alternative[] = [];
    for (const { value, when } of this.values.of(unit, of)) {
      if (value.kind === 'array') {
        const items = key.k === 'lit' && typeof key.v === 'number' ? value.items.slice(key.v, key.v + 1) : value.items;
        for (const item of items.slice(0, MOST)) extend(found, under(this.values.of(value.unit, item), when));
      } else if (value.kind === 'object') {
        for (const prop of value.expr.props.slice(0, MOST))
          extend(found, under(this.values.of(value.unit, prop.value), when));
      } else if (value.kind === 'external') {
        const api = value.api.startsWith('env:')
          ? value.api
          : member(value.api, key.k === 'lit' ? String(key.v) : '[]');
        found.push({ value: { kind: 'external', api: this.values.same(api) }, when });
      }
    }
    if (!found.length || key.k !== 'lit') extend(found, this.elements(unit, of));
    return found.length ? found : UNKNOWN;
  }

  /** What a collection holds: the items it is written with, and whatever is put in anywhere. */
  elements(unit: Linked, of: Expr, depth = 0): readonly Alternative[] {
    if (depth > 6) return [];
    const put = (where: Linked, key: string) =>
      (where.collected.get(key) ?? []).slice(0, MOST).flatMap((value) => this.values.of(where, value));
    if (of.k === 'id') {
      const fact = unit.facts.bindings[of.b] as BindingFact;
      if (fact.from) return this.exportedElements(unit, fact.from.specifier, fact.from.name, depth);
      const found = [...put(unit, `b${of.b}`)];
      if (fact.init?.k === 'array')
        for (const item of fact.init.items.slice(0, MOST)) extend(found, this.values.of(unit, item));
      else if (fact.init && fact.init.k !== 'object' && fact.init.k !== 'fn')
        extend(found, this.elements(unit, fact.init, depth + 1));
      return found;
    }
    if (of.k === 'await' || of.k === 'spread') return this.elements(unit, of.of, depth + 1);
    if (of.k === 'array')
      return of.items
        .slice(0, MOST)
        .flatMap((item) =>
          item.k === 'spread' ? this.elements(unit, item.of, depth + 1) : this.values.of(unit, item),
        );
    if (of.k === 'member') {
      const found: Alternative[] = [];
      for (const { value } of this.values.of(unit, of.of)) {
        if (value.kind === 'instance' || value.kind === 'class') {
          for (const cls of [value.cls, ...this.values.bases(value.cls)]) {
            extend(found, put(cls.unit as Linked, `c${cls.id}.${of.name}`));
            const init = cls.fact.members.find(({ name }) => name === of.name)?.value;
            if (init?.k === 'array') extend(found, this.elements(cls.unit as Linked, init, depth + 1));
          }
        } else if (value.kind === 'module') {
          extend(found, this.elementsOfExport(value.unit as Linked, of.name, depth));
        } else if (value.kind === 'object') {
          const inner = value.expr.props.find(({ name }) => name === of.name)?.value;
          if (inner) extend(found, this.elements(value.unit as Linked, inner, depth + 1));
        }
      }
      return found;
    }
    if (of.k === 'call') {
      const { callee, args } = this.tables.call(unit, of.c).fact;
      if (callee.k !== 'member') return [];
      if (
        /^(?:filter|slice|values|sort|reverse|concat|flat|toSorted|toReversed)$/.test(callee.name) &&
        callee.of.k !== 'global'
      )
        return this.elements(unit, callee.of, depth + 1);
      const first = args[0];
      const over = callee.of.k === 'global' && first && /^(?:values|from|of|entries|freeze)$/.test(callee.name);
      return over ? [...this.elements(unit, first, depth + 1), ...this.propertyValues(unit, first)] : [];
    }
    return [];
  }

  private propertyValues(unit: Linked, of: Expr): readonly Alternative[] {
    return this.values
      .of(unit, of)
      .flatMap(({ value }) =>
        value.kind === 'object'
          ? value.expr.props.slice(0, MOST).flatMap((prop) => this.values.of(value.unit, prop.value))
          : [],
      );
  }

  private exportedElements(unit: Unit, specifier: string, name: string, depth: number): readonly Alternative[] {
    const target = this.tables.target(unit, specifier);
    const to = target.kind === 'file' ? this.tables.byFile.get(target.file) : undefined;
    return to ? this.elementsOfExport(to, name, depth + 1) : [];
  }

  private elementsOfExport(to: Linked, name: string, depth: number): readonly Alternative[] {
    const found: Alternative[] = [];
    for (const fact of to.facts.exports) {
      const whole = fact.name === '=' && (name === '*' || name === 'default');
      if (fact.name !== name && !whole && fact.name !== '*' && fact.name !== '=') continue;
      if (fact.from)
        extend(found, this.exportedElements(to, fact.from.specifier, fact.name === '*' ? name : fact.from.name, depth));
      else if (fact.value && (whole || fact.name === name)) extend(found, this.elements(to, fact.value, depth + 1));
      else if (fact.name === '=' && fact.value?.k === 'object') {
        const inner = fact.value.props.find((prop) => prop.name === name)?.value;
        if (inner) extend(found, this.elements(to, inner, depth + 1));
      }
    }
    return found;
  }
}
