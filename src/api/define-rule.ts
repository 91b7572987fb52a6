import type { Severity, Trigger } from '../model/finding.js';
import type { Rule, RuleMeta } from '../model/rule.js';

/*
 * The tables name every member of the model's unions, so that a new one does not compile until it is allowed here too.
 */
const CATEGORIES: Record<RuleMeta['category'], true> = {
  state: true,
  disk: true,
  jobs: true,
  lifecycle: true,
  deployment: true,
  directives: true,
};
const SEVERITIES: Record<Severity, true> = { error: true, warning: true, info: true };
const TRIGGERS: Record<Trigger, true> = { 'scale-out': true, 'rolling-deploy': true, restart: true, crash: true };

const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Makes a rule of its metadata and its check. The types say most of what is asked of the metadata; it is looked at again
 * when the module loads, because a plugin may be written in plain JavaScript.
 */
export function defineRule(rule: Rule): Rule {
  const flaw = flawOf(rule);
  if (flaw) throw new TypeError(`${nameOf(rule)}: ${flaw}`);
  return Object.freeze({
    ...rule,
    meta: Object.freeze({ ...rule.meta, triggers: Object.freeze([...rule.meta.triggers]) }),
  });
}

function flawOf(rule: unknown): string | undefined {
  if (!isRecord(rule)) return 'defineRule takes an object { meta, check }.';
  if (typeof rule.check !== 'function') return 'a rule needs a function `check`.';
  if (!isRecord(rule.meta)) return 'a rule needs an object `meta`.';
  const { id, title, category, severity, triggers } = rule.meta;
  if (typeof id !== 'string' || !KEBAB_CASE.test(id)) return '`meta.id` must be kebab-case, like `in-memory-session`.';
  if (typeof title !== 'string' || title.trim() === '' || /[\n|]/.test(title))
    return '`meta.title` must say in one line (without `|`) what the rule finds.';
  if (!isOneOf(CATEGORIES, category)) return `\`meta.category\` must be one of ${Object.keys(CATEGORIES).join(', ')}.`;
  if (!isOneOf(SEVERITIES, severity)) return `\`meta.severity\` must be one of ${Object.keys(SEVERITIES).join(', ')}.`;
  if (!Array.isArray(triggers) || triggers.length === 0 || !triggers.every((trigger) => isOneOf(TRIGGERS, trigger))) {
    return `\`meta.triggers\` must list at least one of ${Object.keys(TRIGGERS).join(', ')}.`;
  }
  return undefined;
}

function nameOf(rule: unknown): string {
  const id = isRecord(rule) && isRecord(rule.meta) ? rule.meta.id : undefined;
  return typeof id === 'string' ? `rule \`${id}\`` : 'a rule without an id';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isOneOf(table: object, value: unknown): boolean {
  return typeof value === 'string' && Object.hasOwn(table, value);
}
