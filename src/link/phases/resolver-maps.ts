import { expand } from '../../knowledge/api-table.js';
import { resolverMaps } from '../../knowledge/lifecycle/resolver-maps.js';
import type { Fn, Unit } from '../../model/program.js';
import type { Span } from '../../model/span.js';
import { dependsOn } from '../modules/file-kinds.js';
import type { Values } from '../values/values.js';

const PACKAGES = expand(resolverMaps.packages);
const ROOTS = new Set<string>(resolverMaps.roots);

/** The resolvers that a file exports: `module.exports = { Query: { … }, Mutation: { … }, Page: { … } }`. */
export function resolversOf(values: Values, unit: Unit): readonly { readonly fn: Fn; readonly span: Span }[] {
  if (!unit.manifest || !dependsOn(unit.manifest, PACKAGES)) return [];
  const found: { fn: Fn; span: Span }[] = [];
  for (const { value: whole } of unit.facts.exports) {
    if (!whole || (whole.k !== 'object' && whole.k !== 'id')) continue;
    for (const { value } of values.of(unit, whole)) {
      if (value.kind !== 'object' || !value.expr.props.some(({ name }) => name && ROOTS.has(name))) continue;
      for (const type of value.expr.props)
        for (const fields of type.name ? values.of(value.unit, type.value) : [])
          for (const field of fields.value.kind === 'object' ? fields.value.expr.props : [])
            for (const one of field.name && fields.value.kind === 'object'
              ? values.of(fields.value.unit, field.value)
              : [])
              if (one.value.kind === 'function') found.push({ fn: one.value.fn, span: field.span });
    }
  }
  return found;
}
