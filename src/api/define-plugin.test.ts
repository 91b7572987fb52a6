import { describe, expect, it } from 'vitest';
import type { Collector, PluginParts } from '../model/plugin.js';
import type { Rule } from '../model/rule.js';
import { defineCollector, definePlugin } from './define-plugin.js';

const rule: Rule = {
  meta: {
    id: 'local-clock',
    title: 'Decisions taken by the clock of one instance',
    category: 'state',
    severity: 'warning',
    triggers: ['scale-out'],
  },
  check() {},
};
const collector: Collector = { name: 'clocks', version: 1, text: ['Date'], collect() {} };

describe('definePlugin', () => {
  it('puts its name in front of rules and collectors, and hands the collectors to the rules', () => {
    const plugin = definePlugin({ name: 'acme', rules: [rule], collectors: [collector] });
    expect(plugin).toMatchObject({ name: 'acme', apiVersion: 1 });
    expect(plugin.rules.map(({ meta }) => meta.id)).toEqual(['acme/local-clock']);
    expect(plugin.rules[0]?.collectors?.map(({ name }) => name)).toEqual(['acme/clocks']);
    expect(plugin.rules[0]?.meta.title).toBe(rule.meta.title);
  });

  it('is frozen', () => {
    const plugin = definePlugin({ name: 'acme', rules: [rule] });
    expect([plugin, plugin.rules, plugin.rules[0], plugin.rules[0]?.meta].every(Object.isFrozen)).toBe(true);
  });

  it.each<[string, unknown, RegExp]>([
    ['no object', 7, /^definePlugin takes an object/],
    ['no name', { rules: [] }, /^a plugin needs a `name`/],
    ['a name with a slash', { name: '@acme/x', rules: [] }, /^a plugin needs a `name` in kebab-case/],
    ['no rules', { name: 'acme' }, /^the plugin `acme` needs a list of `rules`/],
    ['collectors that are none', { name: 'acme', rules: [], collectors: {} }, /`collectors` must be a list/],
    ['a rule without check', { name: 'acme', rules: [{ meta: rule.meta }] }, /^rule `local-clock`: .*`check`/],
    ['a rule twice', { name: 'acme', rules: [rule, rule] }, /has two parts called `acme\/local-clock`/],
    [
      'a collector without version',
      { name: 'acme', rules: [], collectors: [{ name: 'clocks', collect() {} }] },
      /^collector `clocks`: `version` must be a whole number/,
    ],
  ])('refuses %s', (_, parts, words) => {
    expect(() => definePlugin(parts as PluginParts)).toThrow(words);
  });
});

describe('defineCollector', () => {
  it.each<[Partial<Collector> | Record<string, unknown>, RegExp]>([
    [{ name: 'Clocks' }, /needs a `name` in kebab-case/],
    [{ text: 'Date' }, /`text` must be a regular expression or a list/],
    [{ text: [] }, /`text` must be a regular expression or a list/],
    [{ collect: undefined }, /needs a function `collect`/],
  ])('refuses %o', (wrong, words) => {
    expect(() => defineCollector({ ...collector, ...wrong } as Collector)).toThrow(words);
  });
});
