import { describe, expect, it } from 'vitest';
import { defineRule } from './define-rule.js';
import type { Rule, RuleMeta } from '../model/rule.js';

const meta: RuleMeta = {
  id: 'local-clock',
  title: 'Decisions taken by the clock of one instance',
  category: 'state',
  severity: 'warning',
  triggers: ['scale-out'],
};
const check = () => {};

describe('defineRule', () => {
  it('gives the rule back, frozen', () => {
    const rule = defineRule({ meta, check });
    expect(rule).toEqual({ meta, check });
    expect(Object.isFrozen(rule)).toBe(true);
    expect(Object.isFrozen(rule.meta)).toBe(true);
    expect(Object.isFrozen(rule.meta.triggers)).toBe(true);
  });

  it.each<[string, unknown, RegExp]>([
    ['no object', undefined, /^a rule without an id: defineRule takes an object/],
    ['no check', { meta }, /^rule `local-clock`: a rule needs a function `check`/],
    ['no meta', { check }, /needs an object `meta`/],
    [
      'an id that is not kebab-case',
      { meta: { ...meta, id: 'LocalClock' }, check },
      /^rule `LocalClock`: `meta.id` must be kebab-case/,
    ],
    ['an empty title', { meta: { ...meta, title: ' ' }, check }, /`meta.title` must say in one line/],
    ['a title that would break a table', { meta: { ...meta, title: 'a | b' }, check }, /without `\|`/],
    [
      'an unknown category',
      { meta: { ...meta, category: 'misc' }, check },
      /`meta.category` must be one of state, disk/,
    ],
    [
      'an inherited name as severity',
      { meta: { ...meta, severity: 'toString' }, check },
      /one of error, warning, info/,
    ],
    ['no triggers', { meta: { ...meta, triggers: [] }, check }, /`meta.triggers` must list at least one of scale-out/],
    ['an unknown trigger', { meta: { ...meta, triggers: ['reboot'] }, check }, /`meta.triggers` must list/],
  ])('refuses %s in one line', (_, rule, message) => {
    expect(() => defineRule(rule as Rule)).toThrow(message);
    expect(() => defineRule(rule as Rule)).toThrow(/^[^\n]*$/);
  });
});
