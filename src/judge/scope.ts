import picomatch from 'picomatch';
import type { Config, Override, Scope } from '../model/config.js';
import type { Confidence, Severity } from '../model/finding.js';

/** Whether a rule is in force anywhere: not switched off, and selected where a selection was made. */
export function isOn(config: Config, ruleId: string): boolean {
  if (config.only.length > 0 && !config.only.includes(ruleId)) return false;
  const parts = [config, ...(config.scopes ?? [])];
  return parts.some(
    ({ rules, overrides = [] }) =>
      rules[ruleId] !== 'off' ||
      overrides.some(({ rules: here }) => here[ruleId] !== undefined && here[ruleId] !== 'off'),
  );
}

/** What the configuration says of files, each by the nearest configuration and by the last override that names it. */
export interface Settings {
  severity(ruleId: string, file: string): Severity | 'off' | undefined;
  minConfidence(file: string): Confidence;
}

export function settingsOf(config: Config): Settings {
  const scopes = [...(config.scopes ?? [])].sort((a, b) => b.folder.length - a.folder.length);
  const scopeOf = (file: string): Pick<Scope, 'rules' | 'minConfidence'> & Partial<Scope> =>
    scopes.find(({ folder }) => file.startsWith(`${folder}/`)) ?? config;
  const matchers = new Map<Override, (file: string) => boolean>();
  const matches = (override: Override, file: string) => {
    let matcher = matchers.get(override);
    if (!matcher) {
      matcher = picomatch([...override.files], { dot: true });
      matchers.set(override, matcher);
    }
    return matcher(file);
  };
  return {
    severity(ruleId, file) {
      const { rules, overrides = [] } = scopeOf(file);
      const said = overrides.findLast((override) => override.rules[ruleId] !== undefined && matches(override, file));
      return said?.rules[ruleId] ?? rules[ruleId];
    },
    minConfidence: (file) => scopeOf(file).minConfidence,
  };
}

/** Whether a file is one of the paths or lies below one; no paths at all, or `.`, means every file. */
export function isWithin(file: string, paths: readonly string[]): boolean {
  if (paths.length === 0) return true;
  return paths.some(
    (path) => path === '.' || path === '' || file === path || file.startsWith(path.endsWith('/') ? path : `${path}/`),
  );
}
