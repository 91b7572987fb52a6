import type { Config, Override } from '../model/config.js';
import type { Checked } from './checked.js';

/**
 * What a configuration means that says nothing. The schema would give the same; making it takes longer than reading a dozen files, and most
 * projects have no need of one.
 */
export const SILENT: Checked = {
  rules: {},
  failOn: 'warning',
  minConfidence: 'medium',
  ignores: [],
  guards: [],
  sharedStores: [],
  knowledge: {},
};

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
