import type { Fn, Value } from '../../model/program.js';

/*
 * What a test depends on: an expression reduced to constants, settings, and the few operations that decide between them. What
 * a term comes to, and how to say it, are functions of the term alone: nothing is looked up any more.
 */

export type Constant = string | number | boolean | null | undefined;

export type Term =
  | { readonly k: 'const'; readonly value: Constant }
  | SettingTerm
  | { readonly k: 'not'; readonly of: Term }
  | { readonly k: 'and' | 'or' | 'nullish'; readonly left: Term; readonly right: Term }
  | { readonly k: 'choose'; readonly test: Term; readonly yes: Term; readonly no: Term }
  | { readonly k: 'compare'; readonly op: string; readonly left: Term; readonly right: Term }
  | { readonly k: 'one-of'; readonly of: Term; readonly items: readonly Term[] }
  | { readonly k: 'convert'; readonly how: Conversion; readonly of: Term }
  /** A function of settings, and of nothing else, that is not worked out: `process.env.A.split(',').length`. */
  | { readonly k: 'derived'; readonly of: readonly Term[] }
  | Thing
  | { readonly k: 'unknown'; readonly name?: string };

/** An object, a function, a class, what a package gave: never a setting, whatever it was made from. */
export interface Thing {
  readonly k: 'thing';
  readonly value: Value;
  /** What its name says it is; of a package's value the last part. */
  readonly name?: string;
  readonly truthy: boolean;
  /** A parameter that every caller gives something for. */
  readonly given?: true;
  readonly frame?: Frame;
}

/** What the parameters of a function are in one call of it. */
export interface Frame {
  readonly fn: Fn;
  readonly values: ReadonlyMap<number, Term>;
  readonly outer?: Frame;
}

export interface SettingTerm {
  readonly k: 'setting';
  readonly name: string;
  /** What it is where nothing is set; `unknown` where the default stands in a place that could not be read. */
  readonly fallback?: Term;
  /** The program does not start without it. */
  readonly required?: true;
  /** Has a type of its own, and can be `false`; a variable of the environment is a text. */
  readonly typed?: true;
  /** Tells what kind of environment this is: NODE_ENV. Production is what counts. */
  readonly mode?: true;
}

/** `flag` is a text that means yes or no: `yn(process.env.A)`. */
export type Conversion = 'number' | 'boolean' | 'text' | 'json' | 'lower' | 'upper' | 'flag';

/**
 * What a term comes to. `other` is a text that no test compares with, `set` any text that is not empty, `production` what the
 * mode is, `thing` some object.
 */
export type Result =
  | { readonly value: Constant }
  | { readonly is: 'other' | 'set' | 'production' | 'thing' }
  | undefined;

/** What each setting is taken to be; those that are not given have their default. */
export type Given = ReadonlyMap<string, Result>;

const MOST_PARTS = 120;
const PRODUCTION = /^(?:prod|production|prd|live)$/i;
const OTHER_MODES = /^(?:dev\w*|test\w*|local\w*|stag\w*|preview|ci|debug|qa|e2e|cypress|sandbox|playground)$/i;
const YES = /^(?:1|y|yes|t|true|on|enabled?)$/i;
const NOT_GIVEN: Given = new Map();

export const NONE: Term = { k: 'const', value: undefined };
export const UNKNOWN_TERM: Term = { k: 'unknown' };

// Building

/** How many parts a term has, up to a bound: what depends on very many things tells nothing. */
function sizeOf(term: Term): number {
  if (term.k === 'const' || term.k === 'thing' || term.k === 'unknown') return 1;
  const known = sizes.get(term);
  if (known !== undefined) return known;
  let found = 1;
  for (const part of parts(term)) found += sizeOf(part);
  sizes.set(term, found);
  return found;
}

const sizes = new WeakMap<Term, number>();
const NO_PARTS: readonly Term[] = [];

function parts(term: Term): readonly Term[] {
  switch (term.k) {
    case 'not':
    case 'convert':
      return [term.of];
    case 'and':
    case 'or':
    case 'nullish':
    case 'compare':
      return [term.left, term.right];
    case 'choose':
      return [term.test, term.yes, term.no];
    case 'one-of':
      return [term.of, ...term.items];
    case 'derived':
      return term.of;
    case 'setting':
      return term.fallback ? [term.fallback] : NO_PARTS;
    default:
      return NO_PARTS;
  }
}

function bounded(term: Term): Term {
  return sizeOf(term) > MOST_PARTS ? UNKNOWN_TERM : term;
}

export function constant(value: Constant): Term {
  return { k: 'const', value };
}

export function not(of: Term): Term {
  if (of.k === 'not' && isBoolean(of.of)) return of.of;
  return bounded({ k: 'not', of });
}

export function logic(k: 'and' | 'or' | 'nullish', left: Term, right: Term): Term {
  if (left.k === 'const') {
    const takesLeft =
      k === 'and' ? !left.value : k === 'or' ? Boolean(left.value) : left.value !== undefined && left.value !== null;
    return takesLeft ? left : right;
  }
  if (k !== 'and' && left.k === 'setting' && !left.fallback && !left.mode && !left.required && right.k === 'const')
    return right.value === undefined ? left : { ...left, fallback: right };
  return bounded({ k, left, right });
}

export function choose(test: Term, yes: Term, no: Term): Term {
  if (yes === no) return yes;
  if (test.k === 'const') return test.value ? yes : no;
  if (test.k === 'not') return choose(test.of, no, yes);
  if (yes.k === 'const' && no.k === 'const' && yes.value === no.value) return yes;
  // `A ? A : 'b'`
  if (test.k === 'setting' && yes.k === 'setting' && test.name === yes.name) return logic('or', yes, no);
  return bounded({ k: 'choose', test, yes, no });
}

/** Where one branch of a choice is a constant, the comparison with a constant is a choice of its own. */
export function compare(op: string, left: Term, right: Term): Term {
  if (left.k === 'const' && right.k !== 'const') return compare(MIRRORED[op] ?? op, right, left);
  const equality = /^[!=]==?$/.test(op);
  if (equality && op.startsWith('!')) return not(compare(op.replace('!', '='), left, right));
  if (right.k === 'const') {
    if (equality && typeof right.value === 'boolean' && isBoolean(left)) return right.value ? left : not(left);
    if (left.k === 'choose' && (left.yes.k === 'const' || left.no.k === 'const'))
      return choose(left.test, compare(op, left.yes, right), compare(op, left.no, right));
    if (left.k === 'const') {
      const result = compared(op, left, right);
      if (result && 'value' in result) return constant(result.value);
    }
  }
  return bounded({ k: 'compare', op, left, right });
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

export function oneOf(of: Term, items: readonly Term[]): Term {
  return bounded({ k: 'one-of', of, items });
}

export function convert(how: Conversion, of: Term): Term {
  if (how === 'boolean' && isBoolean(of)) return of;
  return bounded({ k: 'convert', how, of });
}

/** A pure function of the parts: of no interest unless they are all settings or constants. */
export function derived(of: readonly Term[]): Term {
  return of.every(isPure) && of.some(asksForSetting) ? bounded({ k: 'derived', of }) : UNKNOWN_TERM;
}

/** Made of settings and constants alone. */
export function isPure(term: Term): boolean {
  if (term.k === 'setting') return true;
  return term.k !== 'thing' && term.k !== 'unknown' && parts(term).every(isPure);
}

function isBoolean(term: Term): boolean {
  return (
    term.k === 'compare' ||
    term.k === 'one-of' ||
    term.k === 'not' ||
    (term.k === 'const' && typeof term.value === 'boolean') ||
    (term.k === 'convert' && (term.how === 'boolean' || term.how === 'flag')) ||
    ((term.k === 'and' || term.k === 'or') && isBoolean(term.left) && isBoolean(term.right)) ||
    (term.k === 'choose' && isBoolean(term.yes) && isBoolean(term.no))
  );
}

/** Texts for some of the settings, by name. */
export type Stated = ReadonlyMap<string, string>;

/** A term where some of its settings are known; what they decide is worked out. */
export function substituted(term: Term, stated: Stated): Term {
  if (!names(term).some((name) => stated.has(name))) return term;
  const inner = (part: Term) => substituted(part, stated);
  switch (term.k) {
    case 'setting': {
      const text = stated.get(term.name);
      if (text === undefined || term.mode) return term;
      // An empty text can mean the default, or not: `||` and `??` are told apart no more.
      if (text === '' && term.fallback) return term;
      return constant(term.typed ? typedValue(text) : text);
    }
    case 'not':
      return folded(not(inner(term.of)));
    case 'and':
    case 'or':
    case 'nullish':
      return folded(logic(term.k, inner(term.left), inner(term.right)));
    case 'choose': {
      const test = inner(term.test);
      return folded(choose(test, inner(term.yes), inner(term.no)));
    }
    case 'compare':
      return folded(compare(term.op, inner(term.left), inner(term.right)));
    case 'one-of':
      return folded(oneOf(inner(term.of), term.items.map(inner)));
    case 'convert':
      return folded(convert(term.how, inner(term.of)));
    default:
      return term;
  }
}

function folded(term: Term): Term {
  if (term.k === 'const' || !isPure(term) || asksForSetting(term)) return term;
  const result = evaluate(term);
  return result && 'value' in result ? constant(result.value) : term;
}

function typedValue(text: string): Constant {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

// Asking

function settingsIn(term: Term, found: SettingTerm[]): SettingTerm[] {
  if (term.k === 'setting') found.push(term);
  for (const part of parts(term)) settingsIn(part, found);
  return found;
}

/** The settings a term depends on, by name. */
export function names(term: Term): string[] {
  return [...new Set(settingsIn(term, []).map(({ name }) => name))];
}

/** Whether it depends on any setting. */
export function asksForSetting(term: Term): boolean {
  return term.k === 'setting' || parts(term).some(asksForSetting);
}

/** Whether what a term comes to is decided by the kind of environment alone. */
export function asksForMode(term: Term): boolean {
  return settingsIn(term, []).some(({ mode }) => mode);
}

export function asksForRequired(term: Term): boolean {
  return settingsIn(term, []).some(({ required }) => required);
}

export function truth(result: Result): boolean | undefined {
  if (!result) return undefined;
  return 'value' in result ? Boolean(result.value) : true;
}

/** What a term comes to in production, where the settings not given have their defaults. */
export function evaluate(term: Term, given: Given = NOT_GIVEN): Result {
  const inner = (part: Term) => evaluate(part, given);
  switch (term.k) {
    case 'const':
      return { value: term.value };
    case 'setting': {
      if (term.mode) return { is: 'production' };
      const result = given.has(term.name) ? given.get(term.name) : term.required ? { is: 'set' as const } : NOTHING;
      if (!result || !('value' in result) || result.value !== undefined || !term.fallback) return result;
      return inner(term.fallback);
    }
    case 'not': {
      const of = truth(inner(term.of));
      return of === undefined ? undefined : { value: !of };
    }
    case 'and':
    case 'or': {
      const left = inner(term.left);
      const known = truth(left);
      if (known !== undefined) return known === (term.k === 'and') ? inner(term.right) : left;
      // `x && false` is false whatever x is; the like for `||`.
      const right = inner(term.right);
      return truth(right) === (term.k === 'or') ? right : undefined;
    }
    case 'nullish': {
      const left = inner(term.left);
      if (!left) return undefined;
      return 'value' in left && (left.value === undefined || left.value === null) ? inner(term.right) : left;
    }
    case 'choose': {
      const test = truth(inner(term.test));
      return test === undefined ? undefined : inner(test ? term.yes : term.no);
    }
    case 'compare':
      return compared(term.op, inner(term.left), inner(term.right));
    case 'one-of': {
      const of = inner(term.of);
      const each = term.items.map((item) => compared('===', of, inner(item)));
      if (each.some((item) => truth(item) === true)) return { value: true };
      return each.every((item) => truth(item) === false) ? { value: false } : undefined;
    }
    case 'convert':
      return converted(term.how, inner(term.of));
    case 'thing':
      return term.truthy ? { is: 'thing' } : undefined;
    default:
      return undefined;
  }
}

const NOTHING: Result = { value: undefined };

function converted(how: Conversion, of: Result): Result {
  if (!of) return undefined;
  if (how === 'boolean') return { value: truth(of) as boolean };
  if (how === 'flag') {
    if ('value' in of) return typeof of.value === 'string' ? { value: YES.test(of.value) } : of;
    return of.is === 'other' ? { value: false } : undefined;
  }
  if (!('value' in of)) return of;
  const { value } = of;
  if (value === undefined || value === null) return of;
  if (how === 'number') return Number.isNaN(Number(value)) ? undefined : { value: Number(value) };
  if (how === 'text') return { value: String(value) };
  if (how === 'json') return value === 'true' || value === 'false' ? { value: value === 'true' } : undefined;
  if (typeof value !== 'string') return of;
  return { value: how === 'lower' ? value.toLowerCase() : value.toUpperCase() };
}

function compared(op: string, left: Result, right: Result): Result {
  if (!left || !right) return undefined;
  const equal = op === '===' ? equals(left, right, false) : op === '==' ? equals(left, right, true) : undefined;
  if (op === '===' || op === '==') return equal === undefined ? undefined : { value: equal };
  if (!('value' in left) || !('value' in right)) return undefined;
  const [a, b] = [Number(left.value), Number(right.value)];
  switch (op) {
    case '>':
      return { value: a > b };
    case '<':
      return { value: a < b };
    case '>=':
      return { value: a >= b };
    case '<=':
      return { value: a <= b };
    default:
      return undefined;
  }
}

/** `==`: null and undefined are one, and texts compare with numbers. */
function equals(left: NonNullable<Result>, right: NonNullable<Result>, loose: boolean): boolean | undefined {
  if ('value' in left && 'value' in right) {
    if (!loose || left.value === right.value) return left.value === right.value;
    const isNone = (value: Constant) => value === undefined || value === null;
    if (isNone(left.value) || isNone(right.value)) return isNone(left.value) && isNone(right.value);
    return String(left.value) === String(right.value);
  }
  const [known, some] = 'value' in left ? [left, right] : [right, left];
  if (!('value' in known) || 'value' in some) return undefined;
  if (!known.value) return false;
  if (some.is === 'other') return false;
  if (some.is !== 'production' || typeof known.value !== 'string') return undefined;
  return PRODUCTION.test(known.value) ? true : OTHER_MODES.test(known.value) ? false : undefined;
}

// Splitting

/** A term that must come out as `sense`. */
export interface Atom {
  readonly term: Term;
  readonly sense: boolean;
}

/** All of the lists must hold, and of each list one atom: negations, choices and constants are seen through. */
export function clauses(term: Term, sense: boolean, depth = 0): readonly (readonly Atom[])[] {
  const whole = [[{ term, sense }]];
  if (depth > 12) return whole;
  const inner = (part: Term, how = sense) => clauses(part, how, depth + 1);
  switch (term.k) {
    case 'not':
      return inner(term.of, !sense);
    case 'convert':
      return term.how === 'boolean' ? inner(term.of) : whole;
    case 'and':
    case 'or': {
      const [left, right] = [inner(term.left), inner(term.right)];
      if ((term.k === 'and') === sense) return [...left, ...right];
      return crossed(left, right) ?? whole;
    }
    case 'choose': {
      const [yes, no] = [branchTruth(term.yes), branchTruth(term.no)];
      if (yes === false) return inner(logic('and', not(term.test), term.no));
      if (yes === true) return inner(logic('or', term.test, term.no));
      if (no === false) return inner(logic('and', term.test, term.yes));
      if (no === true) return inner(logic('or', not(term.test), term.yes));
      return whole;
    }
    case 'const':
      return Boolean(term.value) === sense ? [] : [[]];
    default:
      return whole;
  }
}

/** What a branch is whatever is set. */
function branchTruth(term: Term): boolean | undefined {
  return asksForSetting(term) ? undefined : truth(evaluate(term));
}

/** One of two lists of clauses: any of the first together with any of the second, as long as these are few. */
function crossed(
  left: readonly (readonly Atom[])[],
  right: readonly (readonly Atom[])[],
): readonly (readonly Atom[])[] | undefined {
  if (left.length * right.length > 9) return undefined;
  return left.flatMap((one) => right.map((other) => [...one, ...other]));
}
