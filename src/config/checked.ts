import type { Config, Override } from '../model/config.js';
import { mistakeOf } from './mistakes.js';
import { schemaFor } from './schema.js';

/** A configuration with its defaults, or what is wrong with it. */
export function checked(value: unknown, source: string, ruleIds: readonly string[]) {
  const schema = schemaFor(ruleIds);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw mistakeOf(result.error, value, source, Object.keys(schema.shape), ruleIds);
}

/** A configuration in JavaScript may say `undefined` of a rule. */
export function present(rules: Readonly<Record<string, Config['rules'][string] | undefined>>): Config['rules'] {
  return Object.fromEntries(
    Object.entries(rules).filter((entry): entry is [string, Config['rules'][string]] => entry[1] !== undefined),
  );
}

/** A pattern alone means a list of one. */
export function overrideOf({
  files,
  rules,
}: {
  readonly files: string | readonly string[];
  readonly rules: Parameters<typeof present>[0];
}): Override {
  return { files: typeof files === 'string' ? [files] : files, rules: present(rules) };
}
