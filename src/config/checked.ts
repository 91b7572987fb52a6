import { mistakeOf } from './mistakes.js';
import { schemaFor } from './schema.js';

export type Checked = ReturnType<typeof checked>;

/** A configuration with its defaults, or what is wrong with it. */
export function checked(value: unknown, source: string, ruleIds: readonly string[]) {
  const schema = knownSchema(ruleIds);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw mistakeOf(result.error, value, source, Object.keys(schema.shape), ruleIds);
}

let last: { readonly ids: string; readonly schema: ReturnType<typeof schemaFor> } | undefined;

/** One run asks with the same rules several times. */
function knownSchema(ruleIds: readonly string[]) {
  const ids = ruleIds.join();
  if (last?.ids !== ids) last = { ids, schema: schemaFor(ruleIds) };
  return last.schema;
}
