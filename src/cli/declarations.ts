import { relative, sep } from 'node:path';
import type { Config } from '../model/config.js';

/** What the configuration says of the project, with where it says how production runs, so that findings can point there. */
export function declarationsOf(config: Config, file: string | undefined, root: string): Config {
  if (!config.deployment || file === undefined) return config;
  const place = { file: relative(root, file).split(sep).join('/'), span: [1, 1, 1, 1] as const };
  return { ...config, deployment: { ...config.deployment, place } };
}
