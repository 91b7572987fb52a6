import type { BindingFact, Expr } from '../../model/facts.js';
import type { Unit } from '../../model/program.js';
import type { Linked, Tables } from '../tables.js';
import type { Values } from './values.js';

/** Finds the one expression that something is defined by. */
export class Definitions {
  constructor(
    private readonly values: Values,
    private readonly tables: Tables,
  ) {}

  /**
   * The expression that something is defined by, where there is just one: through constants, imports, properties of object
   * literals and functions that only return it.
   */
  definition(unit: Unit, expr: Expr, depth = 0): { readonly unit: Unit; readonly expr: Expr } | undefined {
    if (depth > 8) return undefined;
    const linked = unit as Linked;
    const further = (where: Unit, inner: Expr) =>
      this.definition(where, inner, depth + 1) ?? { unit: where, expr: inner };
    if (expr.k === 'id') {
      const fact = unit.facts.bindings[expr.b] as BindingFact;
      if (fact.from) return this.exportDefinition(unit, fact.from.specifier, fact.from.name, depth);
      if (!fact.init || fact.param || linked.assigned.has(expr.b)) return undefined;
      return fact.init.k === 'object' || fact.init.k === 'fn' || fact.init.k === 'class'
        ? undefined
        : further(unit, fact.init);
    }
    if (expr.k === 'member') {
      for (const { value } of this.values.of(unit, expr.of)) {
        if (value.kind === 'object') {
          const prop = value.expr.props.findLast(({ name }) => name === expr.name);
          if (prop) return further(value.unit, prop.value);
        } else if (value.kind === 'module') {
          return this.exportOf(value.unit as Linked, expr.name, depth);
        } else if (value.kind === 'instance') {
          const member = value.cls.fact.members.find(
            ({ name, value: init }) => name === expr.name && init !== undefined,
          );
          if (member?.value && !(value.cls.unit as Linked).fields.has(`${value.cls.id}.${expr.name}`))
            return further(value.cls.unit, member.value);
        }
      }
      return undefined;
    }
    if (expr.k === 'call') {
      const call = this.tables.call(unit, expr.c);
      for (const { value } of this.values.of(unit, call.fact.callee)) {
        const only =
          value.kind === 'function' && value.fn.fact.returns.length === 1 ? value.fn.fact.returns[0]?.value : undefined;
        if (value.kind === 'function' && only) return further(value.fn.unit, only);
      }
    }
    return undefined;
  }

  private exportDefinition(
    unit: Unit,
    specifier: string,
    name: string,
    depth: number,
  ): { readonly unit: Unit; readonly expr: Expr } | undefined {
    const target = this.tables.target(unit, specifier);
    const to = target.kind === 'file' ? this.tables.byFile.get(target.file) : undefined;
    return to && this.exportOf(to, name, depth);
  }

  private exportOf(to: Linked, name: string, depth: number): { readonly unit: Unit; readonly expr: Expr } | undefined {
    for (const fact of to.facts.exports) {
      if (fact.name !== name && fact.name !== '*' && !(name === 'default' && fact.name === '=')) continue;
      if (fact.from)
        return this.exportDefinition(to, fact.from.specifier, fact.name === '*' ? name : fact.from.name, depth + 1);
      if (fact.value)
        return (
          this.definition(to, fact.value, depth + 1) ??
          (fact.value.k === 'id' ? undefined : { unit: to, expr: fact.value })
        );
    }
    return undefined;
  }
}
