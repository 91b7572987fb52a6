import { API_VERSION, type Collector, type Plugin, type PluginParts } from '../model/plugin.js';
import type { Rule } from '../model/rule.js';
import { defineRule } from './define-rule.js';

const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Makes a plugin of its rules, collectors and knowledge. Rules and collectors get the plugin's name in front, `acme/rule-id`, and
 * every rule brings all collectors along. A plugin may be written in plain JavaScript, so its parts are looked at here, when the
 * module loads, and a mistake in one is said with its name.
 */
export function definePlugin(parts: PluginParts): Plugin {
  const flaw = flawOf(parts);
  if (flaw) throw new TypeError(flaw);
  const { name } = parts;
  const collectors = (parts.collectors ?? []).map((collector) => named(name, defineCollector(collector)));
  const rules = parts.rules.map((rule) => owned(name, defineRule(rule), collectors));
  const twice = [...rules.map(({ meta }) => meta.id), ...collectors.map((collector) => collector.name)].find(
    (id, index, all) => all.indexOf(id) !== index,
  );
  if (twice) throw new TypeError(`the plugin \`${name}\` has two parts called \`${twice}\`; give one another name.`);
  return Object.freeze({
    name,
    apiVersion: API_VERSION,
    rules: Object.freeze(rules),
    collectors: Object.freeze(collectors),
    ...(parts.knowledge ? { knowledge: parts.knowledge } : {}),
  });
}

/** Makes a collector: what looks at the syntax of one file and writes down facts for the rules of its plugin. */
export function defineCollector(collector: Collector): Collector {
  const { name, version, text, collect } = collector;
  if (typeof name !== 'string' || !KEBAB_CASE.test(name))
    throw new TypeError('a collector needs a `name` in kebab-case, like `annotations`.');
  if (!Number.isInteger(version))
    throw new TypeError(
      `collector \`${name}\`: \`version\` must be a whole number, changed with what the collector writes down.`,
    );
  if (text !== undefined && !(text instanceof RegExp) && !(Array.isArray(text) && text.length > 0))
    throw new TypeError(`collector \`${name}\`: \`text\` must be a regular expression or a list of strings.`);
  if (typeof collect !== 'function')
    throw new TypeError(`collector \`${name}\`: a collector needs a function \`collect\`.`);
  return Object.freeze({ ...collector });
}

function flawOf(parts: unknown): string | undefined {
  if (typeof parts !== 'object' || parts === null) return 'definePlugin takes an object { name, rules }.';
  const { name, rules, collectors } = parts as Partial<Record<keyof PluginParts, unknown>>;
  if (typeof name !== 'string' || !KEBAB_CASE.test(name)) return 'a plugin needs a `name` in kebab-case, like `acme`.';
  if (!Array.isArray(rules)) return `the plugin \`${name}\` needs a list of \`rules\`.`;
  if (collectors !== undefined && !Array.isArray(collectors))
    return `the plugin \`${name}\`: \`collectors\` must be a list.`;
  return undefined;
}

function named(plugin: string, collector: Collector): Collector {
  return Object.freeze({ ...collector, name: `${plugin}/${collector.name}` });
}

function owned(plugin: string, rule: Rule, collectors: readonly Collector[]): Rule {
  const all = [...(rule.collectors ?? []).map((collector) => named(plugin, collector)), ...collectors];
  return Object.freeze({
    ...rule,
    meta: Object.freeze({ ...rule.meta, id: `${plugin}/${rule.meta.id}` }),
    ...(all.length > 0 ? { collectors: Object.freeze(all) } : {}),
  });
}
