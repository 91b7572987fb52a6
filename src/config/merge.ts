import path from 'node:path';
import type { Content } from './load.js';

/** Several configurations as one, and where each of its values comes from. */
export interface Merged {
  readonly value: Readonly<Record<string, unknown>>;
  /** `failOn`, `rules.unguarded-cron`, `ignores[0]` → the file as messages name it. */
  readonly origins: Readonly<Record<string, string>>;
}

/** Merges checked configurations: single values replace those before them, rules do so one by one, and lists grow. */
export function merged(layers: readonly Content[]): Merged {
  const value: Record<string, unknown> = {};
  const origins: Record<string, string> = {};
  for (const layer of layers) {
    for (const [key, given] of Object.entries(layer.value as object)) {
      if (given === undefined || key === '$schema' || key === 'extends') continue;
      if (Array.isArray(given)) {
        const before = (value[key] as unknown[] | undefined) ?? [];
        value[key] = [...before, ...given];
        for (const index of given.keys()) origins[`${key}[${before.length + index}]`] = layer.name;
      } else if (key === 'rules') {
        const said = Object.entries(given as object).filter(([, severity]) => severity !== undefined);
        value[key] = { ...(value[key] as object | undefined), ...Object.fromEntries(said) };
        for (const [rule] of said) origins[`rules.${rule}`] = layer.name;
      } else if (key === 'knowledge') {
        value[key] = tables(value[key] as Tables | undefined, given as Tables);
        for (const table of Object.keys(given as object)) origins[`knowledge.${table}`] ??= layer.name;
      } else {
        value[key] = key === 'baseline' ? path.resolve(path.dirname(layer.file), String(given)) : given;
        origins[key] = layer.name;
      }
    }
  }
  return { value, origins };
}

type Tables = Readonly<Record<string, readonly unknown[] | undefined>>;

/** The entries of whoever builds upon another stand first, since the first that fits counts. */
function tables(before: Tables = {}, after: Tables): Tables {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries([...names].map((name) => [name, [...(after[name] ?? []), ...(before[name] ?? [])]]));
}
