import type { Expr } from '../../model/facts.js';
import type { Alternative, Call, Cls, Condition, Unit, Value } from '../../model/program.js';

/** How many things a value can be before that tells nothing. */
export const MOST = 12;
const ANYTHING = {};

/**
 * An empty list that the engine lays out as one with objects in it: what reads both is compiled for one layout. For the same reason
 * lists that are read everywhere are made by pushing, and not by `map`, whose lists it takes for ones with holes.
 */
export function none<T extends object>(): readonly T[] {
  const list: unknown[] = [ANYTHING];
  list.pop();
  return list as T[];
}

/** One for all: nearly every value holds whatever else does. */
const ALWAYS = none<Condition>();
export const UNKNOWN: readonly Alternative[] = [{ value: { kind: 'unknown' }, when: ALWAYS }];
/** A value that is being looked for already, and so adds nothing to itself. */
export const ITSELF: Value = { kind: 'unknown' };
export const CIRCLE: readonly Alternative[] = [{ value: ITSELF, when: ALWAYS }];
export const UNDEFINED: readonly Alternative[] = [{ value: { kind: 'undefined' }, when: ALWAYS }];

export const NOTHING = none<Alternative>();

/** Both lists, up to a bound: what can be very many things tells nothing. Where one is empty it is the other itself, as nearly always. */
export function extended(found: readonly Alternative[], more: readonly Alternative[]): readonly Alternative[] {
  if (more.length === 0) return found;
  const all = found.length === 0 ? more : found.concat(more);
  return all.length > MOST * 5 ? all.slice(0, MOST * 5) : all;
}

export function one(value: Value): readonly Alternative[] {
  return [{ value, when: ALWAYS }];
}

/** Something that a package gave; laid out in one way, whatever is known of it. */
export function external(api: string, call?: Call, model?: Cls): Value & { kind: 'external' } {
  return { kind: 'external', api, call, model } as Value & { kind: 'external' };
}

/** An object of a class of the project, and the call that made it where one is known. */
export function instance(cls: Cls, call?: Call): Value {
  return { kind: 'instance', cls, call } as Value;
}

export function isSolid(value: Value): boolean {
  return value.kind !== 'unknown' && !(value.kind === 'external' && value.api.startsWith('unknown:'));
}

export function branch(unit: Unit, test: Expr, sense: boolean): Condition {
  return { unit, fact: { test, sense, kind: 'choose', span: [0, 0, 0, 0] } };
}

export function under(values: readonly Alternative[], when: readonly Condition[]): readonly Alternative[] {
  if (when.length === 0) return values;
  const all: Alternative[] = [];
  for (const { value, when: own } of values) all.push({ value, when: own.length ? joined(when, own) : when });
  return all;
}

/** Conditions along a chain of values; the nearest ones tell, and a chain may go through many. */
export function joined(outer: readonly Condition[], inner: readonly Condition[]): readonly Condition[] {
  if (outer.length >= MOST) return outer;
  let all: Condition[] | undefined;
  for (const condition of inner) {
    if (holds(outer, condition)) continue;
    all ??= [...outer];
    if (all.length >= MOST) break;
    all.push(condition);
  }
  return all ?? outer;
}

function holds(known: readonly Condition[], { fact: { test, sense } }: Condition): boolean {
  for (const { fact } of known) if (fact.test === test && fact.sense === sense) return true;
  return false;
}

function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'external':
      return b.kind === 'external' && a.api === b.api && isSameClass(a.model, b.model);
    case 'function':
      return b.kind === 'function' && a.fn === b.fn;
    case 'class':
      return b.kind === 'class' && a.cls === b.cls;
    case 'instance':
      return b.kind === 'instance' && isSameClass(a.cls, b.cls);
    case 'object':
      return b.kind === 'object' && a.expr === b.expr;
    case 'array':
      return b.kind === 'array' && a.items === b.items;
    case 'module':
      return b.kind === 'module' && a.unit === b.unit;
    case 'literal':
      return b.kind === 'literal' && a.value === b.value;
    default:
      return a.kind === b.kind;
  }
}

function isSameClass(a: Cls | undefined, b: Cls | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.id === b.id && a.unit.file === b.unit.file);
}

/** One alternative a value; the one with the fewest conditions stays. */
export function distinct(values: readonly Alternative[]): readonly Alternative[] {
  if (values.length < 2) return values;
  // As it came, so that it is held once.
  if (values.length <= MOST && isDistinct(values)) return values;
  const isAlone = values.every(({ value }) => value === ITSELF);
  const best: Alternative[] = [];
  for (const alternative of values) {
    if (alternative.value === ITSELF && !isAlone) continue;
    const at = placeOf(alternative.value, best, best.length);
    if (at < 0) best.push(alternative);
    else if (alternative.when.length < (best[at] as Alternative).when.length) best[at] = alternative;
  }
  // A copy takes no more room than it needs.
  return best.slice(0, MOST);
}

function isDistinct(values: readonly Alternative[]): boolean {
  for (let at = 0; at < values.length; at++) {
    const { value } = values[at] as Alternative;
    if (value === ITSELF || placeOf(value, values, at) >= 0) return false;
  }
  return true;
}

/** Where a value stands among the first ones of a list; lists are short, and to walk along one is less work than to hash it. */
function placeOf(value: Value, list: readonly Alternative[], end: number): number {
  for (let at = 0; at < end; at++) if (isSame((list[at] as Alternative).value, value)) return at;
  return -1;
}
