import path from 'node:path';
import { type Disk, realDisk } from '../disk/index.js';
import type { Config } from '../model/config.js';
import type { Knowledge } from '../model/knowledge.js';
import type { Plugin } from '../model/plugin.js';
import type { Declaration } from '../model/production.js';
import { UserError } from '../model/user-error.js';
import { layersOf } from './layers.js';
import type { Content, Kinds } from './load.js';
import { merged } from './merge.js';
import { unknownRule } from './mistakes.js';
import { findContent, namedContent } from './places.js';
import { pluginsOf } from './plugins.js';
import { overrideOf, present, SILENT } from './said.js';

export { configHints } from './hints.js';
export type { Kinds } from './load.js';
export { nearestConfig } from './places.js';
export { type Scopes, type ScopesOptions, scopesOf } from './scopes.js';

export interface ConfigOptions {
  readonly cwd: string;
  /** The file named on the command line; without it one is searched for. `false`: none is. */
  readonly explicit?: string | false;
  /** A configuration that stands in no file; none is searched for then. */
  readonly given?: object;
  /** Plugins that are loaded already, before those that the configuration names. */
  readonly plugins?: readonly Plugin[];
  readonly ruleIds: readonly string[];
  /** What the command line says; it wins over the file. */
  readonly cli: Partial<Config>;
  /** Kinds of configuration files that may be read. */
  readonly kinds?: Kinds;
  readonly disk?: Disk;
}

export interface Loaded {
  readonly config: Config;
  /** The file that it comes from. */
  readonly file?: string;
  readonly plugins?: readonly Plugin[];
  /** Where each value comes from: `failOn`, `rules.unguarded-cron`, `ignores[0]`. What is not in it goes without saying. */
  readonly origins?: Readonly<Record<string, string>>;
}

/** The configuration in force, checked and frozen, the file that it comes from, and the plugins that it names. */
export async function loadConfig({
  cwd,
  explicit,
  given: inPlace,
  plugins: loaded = [],
  ruleIds: builtIn,
  cli,
  kinds,
  disk = realDisk,
}: ConfigOptions): Promise<Loaded> {
  if (inPlace || loaded.length > 0) disk.beyond();
  const content = inPlace
    ? { file: path.join(cwd, 'config'), name: 'the option "config"', value: inPlace }
    : await contentFor(cwd, explicit, disk, kinds);
  const layers = content ? await layersOf(content, cwd, disk, kinds) : [];
  const { only = [], ...settings } = cli;
  // First of all: what the rules are called that the rest may name.
  const named = await pluginsOfAll(layers, builtIn, kinds);
  if (named.length > 0) disk.beyond();
  const plugins = [...loaded, ...named.filter((plugin) => !loaded.some(({ name }) => name === plugin.name))];
  const ruleIds = [...builtIn, ...plugins.flatMap(({ rules }) => rules.map(({ meta }) => meta.id))];
  const unknown = only.find((rule) => !ruleIds.includes(rule));
  if (unknown !== undefined) throw unknownRule(`--only names the unknown rule "${unknown}".`, unknown, ruleIds);
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  const check = async (value: unknown, name: string) => (await import('./checked.js')).checked(value, name, ruleIds);
  for (const layer of layers) await check(layer.value, layer.name);
  const { value, origins } = merged(layers);
  const {
    $schema: _,
    plugins: __,
    extends: ___,
    overrides,
    ...fromFile
  } = content ? await check(value, content.name) : SILENT;
  const fromCli = given.length > 0 ? await check(settings, COMMAND_LINE) : SILENT;
  const { deployment, ...own } = fromFile;
  const config = {
    ...own,
    ...Object.fromEntries(given.map(([key]) => [key, fromCli[key as keyof typeof fromCli]])),
    rules: present({ ...fromFile.rules, ...fromCli.rules }),
    ...(overrides ? { overrides: overrides.map(overrideOf) } : {}),
    // What is written as `undefined` in a configuration in JavaScript reads like what is left out.
    knowledge: await withPlugins(fromFile.knowledge as Partial<Knowledge>, plugins),
    ...(deployment ? { deployment: deployment as Declaration } : {}),
    only: [...only],
  };
  return {
    config: frozen(config as Config),
    ...(content && !inPlace && { file: content.file }),
    ...(plugins.length > 0 && { plugins }),
    origins: { ...origins, ...Object.fromEntries(given.map(([key]) => [key, COMMAND_LINE])) },
  };
}

const COMMAND_LINE = 'command line';

async function contentFor(cwd: string, explicit: string | false | undefined, disk: Disk, kinds: Kinds | undefined) {
  if (explicit === false) return undefined;
  return explicit === undefined ? findContent(cwd, disk, kinds) : namedContent(explicit, cwd, disk, kinds);
}

/** Plugins of all layers; one that several of them name is one. */
async function pluginsOfAll(
  layers: readonly Content[],
  builtIn: readonly string[],
  kinds: Kinds | undefined,
): Promise<readonly Plugin[]> {
  const plugins = new Map<string, Plugin>();
  for (const layer of layers) {
    const { value } = layer;
    if (kinds && !kinds.has('js') && typeof value === 'object' && value !== null && 'plugins' in value)
      throw new UserError(
        `${layer.name}: plugins are programs, and --config-format allows ${[...kinds].join(', ')} only.`,
        'Take "plugins" out of it.',
      );
    for (const plugin of await pluginsOf(layer, builtIn)) plugins.set(plugin.name, plugin);
  }
  return [...plugins.values()];
}

/** What plugins know goes behind what the user says, and before what is built in. */
async function withPlugins(own: Partial<Knowledge>, plugins: readonly Plugin[]): Promise<Partial<Knowledge>> {
  if (plugins.length === 0) return own;
  const { pluginKnowledge } = await import('./plugin-knowledge.js');
  const sources = [own, ...plugins.map(pluginKnowledge)];
  const tables = new Set(sources.flatMap((source) => Object.keys(source) as (keyof Knowledge)[]));
  return Object.fromEntries(
    [...tables].map((table) => [table, sources.flatMap<unknown>((source) => source[table] ?? [])]),
  );
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
