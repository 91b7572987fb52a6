import picomatch from 'picomatch';
import type { Config, Override } from '../model/config.js';
import type { Problem } from '../model/input.js';

/** What in a configuration does nothing: most likely it once did, or is misspelt. */
export function configHints(
  config: Config,
  {
    files,
    unmatchedIgnores,
    where,
  }: {
    readonly files: readonly string[];
    readonly unmatchedIgnores: readonly string[];
    /** The configuration of the run as messages name it. */
    readonly where: string;
  },
): Problem[] {
  const note = (message: string): Problem => ({
    kind: 'configuration',
    level: 'note',
    message: `${where}: ${message}`,
  });
  const overrides = [...(config.overrides ?? []), ...(config.scopes ?? []).flatMap((scope) => scope.overrides)];
  const enforced = (config.enforce ?? []).filter((rule) => config.rules[rule] === 'off');
  return [
    ...unmatchedIgnores.map((pattern) => note(`"ignores" names ${pattern}, which leaves out nothing. Remove it.`)),
    ...overrides.flatMap((override) =>
      unmatched(override, files).map((pattern) => note(`"overrides" names ${pattern}, which matches no file.`)),
    ),
    ...enforced.map((rule) => note(`"enforce" names ${rule}, which "rules" switches off.`)),
  ];
}

function unmatched({ files: patterns }: Override, files: readonly string[]): string[] {
  return patterns.filter((pattern) => {
    const matches = picomatch(pattern, { dot: true });
    return !files.some((file) => matches(file));
  });
}
