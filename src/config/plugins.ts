import path from 'node:path';
import type { Plugin } from '../model/plugin.js';
import type { Content } from './load.js';

/** Loads the plugins that a configuration names. What is not a list of names is left to the check of the configuration to say. */
export async function pluginsOf(
  { file, name, value }: Content,
  ruleIds: readonly string[],
): Promise<readonly Plugin[]> {
  const names = typeof value === 'object' && value !== null && 'plugins' in value ? value.plugins : undefined;
  if (!Array.isArray(names) || names.length === 0 || !names.every((one) => typeof one === 'string' && one !== ''))
    return [];
  const { loadPlugins } = await import('../plugins/index.js');
  return loadPlugins({ names, folder: path.dirname(file), source: name, ruleIds });
}
