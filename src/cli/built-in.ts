import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Rule, RuleMeta } from '../model/rule.js';

/*
 * The rules of this package. What they are called and how severe they are is written down by the build, since who lists rules, or
 * finds that nothing has changed, should not wait for all that they know of packages to load.
 */

const named = new WeakSet<Rule>();

export async function builtInRules(): Promise<readonly Rule[]> {
  const metas = writtenDown();
  if (!metas) return (await import('../../rules/index.js')).rules;
  return metas.map((meta) => {
    const rule: Rule = {
      meta,
      check() {
        throw new Error(`${meta.id} is not loaded`);
      },
    };
    named.add(rule);
    return rule;
  });
}

/** The rules themselves, ready to run. */
export async function loadedRules(rules: readonly Rule[]): Promise<readonly Rule[]> {
  if (!rules.some((rule) => named.has(rule))) return rules;
  const { rules: all } = await import('../../rules/index.js');
  const byId = new Map(all.map((rule) => [rule.meta.id, rule]));
  return rules.map((rule) => (named.has(rule) ? (byId.get(rule.meta.id) as Rule) : rule));
}

/** Nothing where the sources are run without a build. */
function writtenDown(): readonly RuleMeta[] | undefined {
  try {
    const text = readFileSync(fileURLToPath(new URL('../build.json', import.meta.url)), 'utf8');
    return (JSON.parse(text) as { rules: readonly RuleMeta[] }).rules;
  } catch {
    return undefined;
  }
}
