import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createJiti, type Jiti } from 'jiti';
import { z } from 'zod';
import { API_VERSION, type Plugin } from '../model/plugin.js';
import { UserError } from '../model/user-error.js';
import { toolModules } from './tool-modules.js';

export interface PluginRequest {
  /** As the configuration names them: packages, or paths from its folder. */
  readonly names: readonly string[];
  /** The folder of the configuration. */
  readonly folder: string;
  /** The configuration as messages name it. */
  readonly source: string;
  /** The ids of the rules that are built in. */
  readonly ruleIds: readonly string[];
}

/** Loads the plugins that a configuration names, in its order. They are code, and run here. */
export async function loadPlugins({ names, folder, source, ruleIds }: PluginRequest): Promise<readonly Plugin[]> {
  const jiti = createJiti(import.meta.url, {
    fsCache: false,
    moduleCache: false,
    // A plugin that is a file of the project finds the tool even where it is not installed there, as under npx.
    virtualModules: await toolModules(),
  });
  const plugins: Plugin[] = [];
  const owners = new Map(ruleIds.map((id) => [id, 'mi-audit itself']));
  for (const name of new Set(names)) {
    const plugin = await load(name, folder, source, jiti);
    const rival = plugins.find((other) => other.name === plugin.name);
    if (rival)
      throw new UserError(
        `${source} names two plugins that call themselves "${plugin.name}", the second of which is "${name}".`,
        'Leave one of them out.',
      );
    for (const { meta } of plugin.rules) {
      const owner = owners.get(meta.id);
      if (owner !== undefined)
        throw new UserError(
          `the plugin "${name}" has a rule ${meta.id}, as ${owner} has.`,
          'Give one of them another id.',
        );
      owners.set(meta.id, `the plugin "${name}"`);
    }
    plugins.push(plugin);
  }
  return plugins;
}

async function load(name: string, folder: string, source: string, jiti: Jiti): Promise<Plugin> {
  const address = addressOf(name, folder, source, jiti);
  let value: unknown;
  try {
    value = await jiti.import(address, { default: true });
  } catch (error) {
    throw new UserError(
      `the plugin "${name}" failed when it was loaded: ${firstLine(error)}.`,
      `Mend it, or take it out of "plugins" in ${source}.`,
    );
  }
  return checked(value, name);
}

function addressOf(name: string, folder: string, source: string, jiti: Jiti): string {
  if (isPath(name)) {
    const file = path.resolve(folder, name);
    if (existsSync(file)) return file;
    throw new UserError(
      `${source} names the plugin "${name}", and there is no such file.`,
      'Paths of plugins are relative to the configuration file.',
    );
  }
  const parentURL = pathToFileURL(`${folder}${path.sep}`);
  let found: string | undefined;
  try {
    found = jiti.esmResolve(name, { parentURL, try: true });
  } catch {
    // A package that is there and exports nothing under this name: said below like one that is not there.
  }
  if (found !== undefined) return found;
  throw new UserError(
    `${source} names the plugin "${name}", which is not installed.`,
    `Install it: ${installCommand(folder)} ${name}. A file's path begins with ./`,
  );
}

function isPath(name: string): boolean {
  return /^\.{1,2}([\\/]|$)/.test(name) || path.isAbsolute(name);
}

/** By the lock file that is nearest: the project's own package manager. */
function installCommand(folder: string): string {
  const [, command] = LOCKS.find(([file]) => existsSync(path.join(folder, file))) ?? [];
  const parent = path.dirname(folder);
  if (command !== undefined) return command;
  return parent === folder ? 'npm install --save-dev' : installCommand(parent);
}

const LOCKS: readonly (readonly [file: string, command: string])[] = [
  ['pnpm-lock.yaml', 'pnpm add -D'],
  ['yarn.lock', 'yarn add -D'],
  ['bun.lock', 'bun add -d'],
  ['bun.lockb', 'bun add -d'],
  ['package-lock.json', 'npm install --save-dev'],
];

const meta = z.object({
  id: z.string(),
  title: z.string(),
  category: z.string(),
  severity: z.string(),
  triggers: z.array(z.string()),
  docs: z.url({ protocol: /^https?$/ }).optional(),
  page: z.string().optional(),
});

/** The outline only: `definePlugin` has looked at the rest, and knows the right word for what is wrong. */
const shape = z.object({
  name: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
  apiVersion: z.int(),
  rules: z.array(z.object({ meta, check: z.function() })),
  collectors: z.array(z.object({ name: z.string(), version: z.int(), collect: z.function() })).default([]),
  knowledge: z.record(z.string(), z.unknown()).optional(),
});

function checked(value: unknown, name: string): Plugin {
  if (typeof value !== 'object' || value === null || !('apiVersion' in value))
    throw new UserError(
      `the plugin "${name}" has no plugin as its default export.`,
      'It must say: export default definePlugin({ name, rules }).',
    );
  const { apiVersion } = value;
  if (apiVersion !== API_VERSION)
    throw new UserError(
      `the plugin "${name}" is written for version ${String(apiVersion)} of the plugin API, and this mi-audit has version ${API_VERSION}.`,
      Number(apiVersion) > API_VERSION ? 'Update mi-audit.' : 'Update the plugin.',
    );
  const result = shape.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    const where = issue?.path.map(String).join('.') ?? '';
    throw new UserError(
      `the plugin "${name}" is not sound: ${where === '' ? '' : `${where}: `}${firstLine(issue?.message ?? '')}.`,
      'Its authors should build it with definePlugin and defineRule of mi-audit.',
    );
  }
  // What was checked is given on as it came: a copy would lose what rules know of themselves.
  const plugin = value as Plugin;
  const stray = plugin.rules.find((rule) => !rule.meta.id.startsWith(`${plugin.name}/`));
  if (stray)
    throw new UserError(
      `the plugin "${name}" has a rule ${stray.meta.id}, without its own name in front.`,
      'Its authors should build it with definePlugin of mi-audit.',
    );
  return plugin;
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0]!.trim().replace(/\.$/, '');
}
