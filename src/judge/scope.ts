import type { Config } from '../model/config.js';

/** Whether a rule is in force: not switched off, and selected where a selection was made. */
export function isOn(config: Config, ruleId: string): boolean {
  return config.rules[ruleId] !== 'off' && (config.only.length === 0 || config.only.includes(ruleId));
}

/** Whether a file is one of the paths or lies below one; no paths at all, or `.`, means every file. */
export function isWithin(file: string, paths: readonly string[]): boolean {
  if (paths.length === 0) return true;
  return paths.some(
    (path) => path === '.' || path === '' || file === path || file.startsWith(path.endsWith('/') ? path : `${path}/`),
  );
}
