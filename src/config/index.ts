import path from 'node:path';
import type { Config } from '../model/config.js';
import type { Knowledge } from '../model/knowledge.js';
import type { Plugin } from '../model/plugin.js';
import type { Declaration } from '../model/production.js';
import { mistakeOf, unknownRule } from './mistakes.js';
import { findContent, namedContent } from './places.js';
import { pluginsOf } from './plugins.js';
import { schemaFor } from './schema.js';

export { configSchema } from './schema.js';

export interface ConfigOptions {
  readonly cwd: string;
  /** The file named on the command line; without it one is searched for. */
  readonly explicit?: string;
  /** A configuration that stands in no file; none is searched for then. */
  readonly given?: object;
  /** Plugins that are loaded already, before those that the configuration names. */
  readonly plugins?: readonly Plugin[];
  readonly ruleIds: readonly string[];
  /** What the command line says; it wins over the file. */
  readonly cli: Partial<Config>;
}

/** The configuration in force, checked and frozen, the file that it comes from, and the plugins that it names. */
export async function loadConfig({
  cwd,
  explicit,
  given: inPlace,
  plugins: loaded = [],
  ruleIds: builtIn,
  cli,
}: ConfigOptions): Promise<{ config: Config; file?: string; plugins?: readonly Plugin[] }> {
  const content = inPlace
    ? { file: path.join(cwd, 'config'), name: 'the option "config"', value: inPlace }
    : await (explicit === undefined ? findContent(cwd) : namedContent(explicit, cwd));
  const { only = [], ...settings } = cli;
  // First of all: what the rules are called that the rest may name.
  const named = content ? await pluginsOf(content, builtIn) : [];
  const plugins = [...loaded, ...named.filter((plugin) => !loaded.some(({ name }) => name === plugin.name))];
  const ruleIds = [...builtIn, ...plugins.flatMap(({ rules }) => rules.map(({ meta }) => meta.id))];
  const unknown = only.find((rule) => !ruleIds.includes(rule));
  if (unknown !== undefined) throw unknownRule(`--only names the unknown rule "${unknown}".`, unknown, ruleIds);
  const { value, name } = content ?? { value: {}, name: '' };
  const { $schema: _, plugins: __, ...fromFile } = checked(value, name, ruleIds);
  const fromCli = checked(settings, 'command line', ruleIds);
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  const { deployment, ...own } = fromFile;
  const config = {
    ...own,
    ...Object.fromEntries(given.map(([key]) => [key, fromCli[key as keyof typeof fromCli]])),
    rules: present({ ...fromFile.rules, ...fromCli.rules }),
    ...(fromFile.baseline !== undefined && content
      ? { baseline: path.resolve(path.dirname(content.file), fromFile.baseline) }
      : {}),
    // What is written as `undefined` in a configuration in JavaScript reads like what is left out.
    knowledge: withPlugins(fromFile.knowledge as Partial<Knowledge>, plugins),
    ...(deployment ? { deployment: deployment as Declaration } : {}),
    only: [...only],
  };
  return {
    config: frozen(config as Config),
    ...(content && !inPlace && { file: content.file }),
    ...(plugins.length > 0 && { plugins }),
  };
}

/** What plugins know goes behind what the user says, and before what is built in. */
function withPlugins(own: Partial<Knowledge>, plugins: readonly Plugin[]): Partial<Knowledge> {
  if (plugins.length === 0) return own;
  const sources = [own, ...plugins.map(pluginKnowledge)];
  const tables = new Set(sources.flatMap((source) => Object.keys(source) as (keyof Knowledge)[]));
  return Object.fromEntries(
    [...tables].map((table) => [table, sources.flatMap<unknown>((source) => source[table] ?? [])]),
  );
}

/** What a plugin knows, checked, and with what it left to be filled in. */
export function pluginKnowledge({ name, knowledge }: Plugin): Partial<Knowledge> {
  return checked({ knowledge }, `the plugin "${name}"`, []).knowledge as Partial<Knowledge>;
}

function checked(value: unknown, source: string, ruleIds: readonly string[]) {
  const schema = schemaFor(ruleIds);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw mistakeOf(result.error, value, source, Object.keys(schema.shape), ruleIds);
}

/** A configuration in JavaScript may say `undefined` of a rule. */
function present(rules: Readonly<Record<string, Config['rules'][string] | undefined>>): Config['rules'] {
  return Object.fromEntries(
    Object.entries(rules).filter((entry): entry is [string, Config['rules'][string]] => entry[1] !== undefined),
  );
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
