import type { Evidence } from '../model/finding.js';
import type { Expr } from '../model/facts.js';
import type { Alternative, Condition, Program, Setting, Unit } from '../model/program.js';

/*
 * What is handed to a call, or to one of its options, and what it means that it is handed over only under conditions.
 */

const DEEP = 4;

/** Everything an expression (or an option in it) can be; of a list, everything it can hold. */
export function taken(program: Program, unit: Unit, expr: Expr, path?: string): readonly Alternative[] {
  const found = path ? options(program, unit, expr, path) : program.values(unit, expr);
  return found.flatMap((one) => items(program, one, 0));
}

/**
 * What is no object has no options: a server is handed over where options could stand as well. An option of which nothing
 * is said where the options are written is taken for absent, even if these hold more than can be seen.
 */
function options(program: Program, unit: Unit, expr: Expr, path: string): readonly Alternative[] {
  const holders = program.values(unit, expr).map(({ value }) => value);
  if (!holders.some(({ kind }) => kind === 'object' || kind === 'unknown' || kind === 'instance')) return [];
  const first = path.split('.')[0];
  const isSaid = holders.some(
    (value) => value.kind === 'object' && value.expr.props.some(({ name }) => name === first),
  );
  return program.property(unit, expr, path.split('.')).filter(({ value }) => isSaid || value.kind !== 'unknown');
}

function items(program: Program, { value, when }: Alternative, depth: number): readonly Alternative[] {
  if (value.kind !== 'array' || depth > DEEP) return [{ value, when }];
  return value.items.flatMap((item) => {
    const expr = item.k === 'spread' ? item.of : item;
    return program
      .values(value.unit, expr)
      .flatMap((one) => items(program, { value: one.value, when: [...when, ...one.when] }, depth + 1));
  });
}

/** The settings for which not all of these conditions hold, the one that concerns most installations first. */
export function withoutThese(
  program: Program,
  conditions: readonly Condition[],
  around: readonly Condition[],
): Setting | undefined {
  const inherited = new Set(around.map(({ fact }) => fact));
  const settings = conditions
    .filter(({ fact }) => !inherited.has(fact))
    .flatMap(({ unit, fact }) => {
      const missing = { unit, fact: { ...fact, sense: !fact.sense } };
      const alone = program.setting([missing]);
      // What is not told by a setting depends on the run of things: a connection that failed, a list that was empty.
      if (alone.when === 'always' || alone.developmentOnly || alone.never) return [];
      const together = program.setting([...around, missing]);
      return together.developmentOnly || together.never ? [] : [alone];
    });
  return settings.find(({ when }) => when === 'default-config') ?? settings[0];
}

/**
 * Of one thing that is done in several places, each under its conditions: what is asked in one place and its opposite in another
 * decides nothing. `if (mysql) connect({ ...common }) else connect({ ...common })` takes what is common in any case.
 */
export function inAnyCase(lists: readonly (readonly Condition[])[]): readonly (readonly Condition[])[] {
  const left = [...lists];
  for (let at = 0; at < left.length; at++)
    for (let next = at + 1; next < left.length; next++) {
      const [one, other] = [left[at], left[next]] as [readonly Condition[], readonly Condition[]];
      const opposite = one.find((condition) => other.some((candidate) => isSame(condition, candidate, false)));
      if (!opposite) continue;
      const rest = one.filter((condition) => condition !== opposite);
      const isAlike = other.every(
        (condition) => isSame(opposite, condition, false) || rest.some((known) => isSame(known, condition, true)),
      );
      if (!isAlike || other.length !== one.length) continue;
      left.splice(next, 1);
      left[at] = rest;
      next = at;
    }
  return left;
}

function isSame(a: Condition, b: Condition, sense: boolean): boolean {
  return a.unit === b.unit && a.fact.test === b.fact.test && (a.fact.sense === b.fact.sense) === sense;
}

/** Of several settings the one that concerns most installations. */
export function worst<T extends { readonly setting: Setting }>(list: readonly T[]): T | undefined {
  const real = list.filter(({ setting }) => !setting.developmentOnly && !setting.never);
  return (
    real.find(({ setting }) => setting.when === 'always') ??
    real.find(({ setting }) => setting.when === 'default-config') ??
    real[0]
  );
}

/** Where a value was made, for the evidence. */
export function madeAt({ value }: Alternative, note: string): Evidence[] {
  const call = value.kind === 'external' || value.kind === 'instance' ? value.call : undefined;
  return call ? [{ role: 'option', file: call.unit.file, span: call.fact.span, note }] : [];
}
