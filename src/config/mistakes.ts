import { closestMatch } from 'leven';
import type { z } from 'zod';
import { UserError } from '../model/user-error.js';

type Issue = z.core.$ZodIssue;

/** Says what is wrong with a configuration: the first mistake, in the words of the person who wrote it. */
export function mistakeOf(
  error: z.ZodError,
  value: unknown,
  source: string,
  known: readonly string[],
  ruleIds: readonly string[],
): UserError {
  const issue = error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    return issue.path.at(-1) === 'rules'
      ? unknownRule(`${source}: unknown rule "${key}" in "${pathOf(issue.path)}".`, key, ruleIds)
      : issue.path.length > 0
        ? new UserError(`${source}: unknown key "${key}" in ${pathOf(issue.path)}.`, 'schema.json lists the keys.')
        : unknownKey(source, key, known);
  }
  const found = valueAt(value, issue.path);
  const subject = issue.path.length === 0 ? 'the configuration' : pathOf(issue.path);
  return new UserError(
    `${source}: ${subject} is ${describe(found)}, but ${expectation(issue)}.`,
    suggestion(issue, found),
  );
}

export function unknownRule(message: string, rule: string, ruleIds: readonly string[]): UserError {
  const meant = nearest(rule, ruleIds);
  return new UserError(message, meant === undefined ? '`mi-audit rules` lists them all.' : `Did you mean "${meant}"?`);
}

function unknownKey(source: string, key: string, known: readonly string[]): UserError {
  const meant = nearest(key, known);
  const hint = meant === undefined ? `The keys are ${listed(known.map(quoted), 'and')}.` : `Did you mean "${meant}"?`;
  return new UserError(`${source}: unknown key "${key}".`, hint);
}

/** The known word that was most likely meant: a few slips of the pen away, more in a longer word, or longer than what was written. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const candidates = known.map((candidate) => candidate.toLowerCase());
  const maxDistance = Math.max(2, Math.floor(wanted.length / 3));
  const closest = closestMatch(wanted, candidates, { maxDistance });
  const index =
    closest === undefined
      ? candidates.findIndex((candidate) => wanted.length > 2 && candidate.startsWith(wanted))
      : candidates.indexOf(closest);
  return known[index];
}

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_value')
    return `must be ${listed(
      issue.values.map((value) => quoted(String(value))),
      'or',
    )}`;
  if (issue.code === 'invalid_type') return `must be ${TYPES[issue.expected] ?? issue.expected}`;
  if (issue.code === 'too_small' && issue.origin !== 'number') return 'must not be empty';
  return issue.message;
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  int: 'a whole number',
  number: 'a number',
};

function suggestion(issue: Issue, found: unknown): string | undefined {
  if (issue.code !== 'invalid_value' || typeof found !== 'string') return undefined;
  const meant = nearest(found, issue.values.map(String));
  return meant === undefined ? undefined : `Did you mean "${meant}"?`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

function describe(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? quoted(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function listed(items: readonly string[], word: 'and' | 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}
