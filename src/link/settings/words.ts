import { type Atom, type Constant, evaluate, logic, names, not, type Result, type Term, truth } from './terms.js';

/*
 * How to say what an operator has to set. A test of one setting is tried with every value that makes a difference to it, and
 * the words are for the values that pass: this sees through negations, switches with a default, and tests of tests.
 */

const UNSET: Result = { value: undefined };
const OTHER: Result = { is: 'other' };
const MOST_VALUES = 24;

interface Tried {
  readonly passing: readonly Result[];
  readonly failing: readonly Result[];
}

/** What has to be set for all of the clauses to hold, or for one of them to fail; all are about one setting. */
export function said(clauses: readonly (readonly Atom[])[], name: string, holds: boolean): string | undefined {
  const formula = clauses
    .map((clause) => clause.map(({ term, sense }) => (sense ? term : not(term))).reduce((a, b) => logic('or', a, b)))
    .reduce((a, b) => logic('and', a, b));
  const tried = tryOut(formula, name);
  if (!tried || tried.passing.length === 0 || tried.failing.length === 0) return undefined;
  return holds
    ? described(formula, name, tried.passing, tried.failing)
    : described(formula, name, tried.failing, tried.passing);
}

/** Of an atom that asks for several settings, or whose test is not worked out, only the names can be said. */
export function vaguely(list: readonly string[], sense: boolean): string {
  return `${list.join(' or ')} says ${sense ? 'so' : 'otherwise'}`;
}

/** Whether no value of the setting lets the clauses hold. */
export function isContradiction(clauses: readonly (readonly Atom[])[], name: string): boolean {
  const formula = clauses
    .map((clause) => clause.map(({ term, sense }) => (sense ? term : not(term))).reduce((a, b) => logic('or', a, b)))
    .reduce((a, b) => logic('and', a, b));
  const tried = tryOut(formula, name);
  return tried !== undefined && tried.passing.length === 0;
}

function tryOut(formula: Term, name: string): Tried | undefined {
  const values = candidates(formula, name);
  if (values.length > MOST_VALUES) return undefined;
  const passing: Result[] = [];
  const failing: Result[] = [];
  for (const value of values) {
    const result = truth(evaluate(formula, new Map([[name, value]])));
    if (result === undefined) return undefined;
    (result ? passing : failing).push(value);
  }
  return { passing, failing };
}

/** Not set, each constant that it is compared with, and anything else. */
function candidates(formula: Term, name: string): Result[] {
  const constants = new Set<Constant>();
  let canBeUnset = true;
  const visit = (term: Term): void => {
    if (names(term).length === 0) return;
    switch (term.k) {
      case 'setting':
        if (term.name !== name) return;
        if (term.required || term.fallback?.k === 'unknown') canBeUnset = false;
        if (term.typed) constants.add(false);
        return;
      case 'compare':
        if (term.right.k === 'const') constants.add(term.right.value);
        visit(term.left);
        return visit(term.right);
      case 'one-of':
        for (const item of term.items) if (item.k === 'const') constants.add(item.value);
        return visit(term.of);
      case 'convert':
        if (term.how === 'flag') constants.add('true');
        return visit(term.of);
      case 'not':
        return visit(term.of);
      case 'and':
      case 'or':
      case 'nullish':
        visit(term.left);
        return visit(term.right);
      case 'choose':
        visit(term.test);
        visit(term.yes);
        return visit(term.no);
      default:
        return;
    }
  };
  visit(formula);
  constants.delete(undefined);
  constants.delete(null);
  constants.delete('');
  const known = [...constants].map((value): Result => ({ value }));
  return [...(canBeUnset ? [UNSET] : []), ...known, OTHER];
}

function described(formula: Term, name: string, wanted: readonly Result[], rest: readonly Result[]): string {
  const isEmpty = (value: Result) => truth(value) === false;
  const texts = (values: readonly Result[]) =>
    values.flatMap((value) => (value && 'value' in value && value.value ? [shown(value.value)] : []));
  const fallback = defaultOf(formula, name);
  const inDefault = (values: readonly Result[]) =>
    fallback !== undefined &&
    values.some((value) => value && 'value' in value && value.value !== undefined && value.value === fallback);
  if (wanted.includes(OTHER)) {
    if (rest.every(isEmpty)) return rest.includes(UNSET) || wanted.length > 1 ? `${name} is set` : `${name} is set`;
    const excluded = texts(rest);
    const excludes = excluded.length > 1 ? `neither ${list(excluded, 'nor')}` : `not ${excluded[0]}`;
    if (excluded.length === 0) return `${name} is set`;
    const unsetIsOut = rest.includes(UNSET) && !inDefault(rest);
    return unsetIsOut ? `${name} is set and ${excludes}` : `${name} is ${excludes}`;
  }
  const chosen = texts(wanted);
  if (chosen.length === 0) return wanted.includes(UNSET) ? `${name} is not set` : `${name} is false`;
  const unsetIsIn = wanted.includes(UNSET) && !inDefault(wanted);
  return `${name} is ${unsetIsIn ? 'not set or is ' : ''}${list(chosen, 'or')}`;
}

function shown(value: Constant): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

function list(items: readonly string[], word: string): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** The constant that stands for a setting which is not set. */
function defaultOf(term: Term, name: string): Constant {
  let found: Constant;
  const visit = (part: unknown): void => {
    if (!part || typeof part !== 'object' || found !== undefined) return;
    const at = part as Partial<Term> & { readonly name?: string };
    if (at.k === 'thing') return;
    if (at.k === 'setting' && at.name === name && 'fallback' in at && at.fallback) {
      const result = evaluate(at.fallback as Term);
      if (result && 'value' in result) found = result.value;
    }
    for (const inner of Object.values(part)) visit(inner);
  };
  visit(term);
  return found;
}
