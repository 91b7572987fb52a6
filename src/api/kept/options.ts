import { type Option, optionsAt } from './option-places.js';
import type { Expr } from '../../model/facts.js';
import type { Alternative, Condition, Fn, Program, Unit } from '../../model/program.js';

/** An expression that can be a call's options, and what must hold for it. */
export interface Options {
  readonly unit: Unit;
  readonly expr: Expr;
  readonly when: readonly Condition[];
}

const DEEPEST = 4;
const NOT_GIVEN: Alternative = { value: { kind: 'undefined' }, when: [] };

/**
 * Where the options of a call really stand: the object itself, or what the function or class gives that a Nest module is
 * handed instead (`{ useFactory }`, `{ useClass }` with its `create…Options`).
 */
export function optionsBehind(program: Program, unit: Unit, expr: Expr, depth = 0): readonly Options[] {
  if (depth > DEEPEST) return [];
  const found: Options[] = [];
  for (const { value, when } of program.values(unit, expr)) {
    if (value.kind === 'function') found.push(...given(program, value.fn, when, depth));
    if (value.kind !== 'object') continue;
    for (const { name, value: prop } of value.expr.props) {
      if (name === 'useFactory')
        for (const fn of program.functions(value.unit, prop)) found.push(...given(program, fn, when, depth));
      if (name === 'useClass' || name === 'useExisting')
        for (const one of program.values(value.unit, prop)) {
          if (one.value.kind !== 'class') continue;
          const { unit: home, fact } = one.value.cls;
          for (const member of fact.members)
            if (member.fn !== undefined && /^create\w*Options$/.test(member.name))
              found.push(...given(program, program.fn(home, member.fn), when, depth));
        }
    }
  }
  return found.length > 0 ? found : [{ unit, expr, when: [] }];
}

/** What a function hands back, as options. */
function given(program: Program, fn: Fn, when: readonly Condition[], depth: number): Options[] {
  return fn.fact.returns.flatMap(({ value, when: branch }) => {
    if (!value) return [];
    const here = branch.flatMap((id) => {
      const fact = fn.unit.facts.conditions[id];
      return fact ? [{ unit: fn.unit, fact }] : [];
    });
    return optionsBehind(program, fn.unit, value, depth + 1).map((one) => ({
      ...one,
      when: [...when, ...here, ...one.when],
    }));
  });
}

/** The values of an option, wherever the options stand; `undefined` values stand for "not given". */
export function option(program: Program, options: readonly Options[], path: string): readonly Alternative[] {
  return options.flatMap(({ unit, expr, when }) => {
    const whole = program.values(unit, expr);
    // A list in the place of options has none: `forRoot([{ ttl, limit }])`.
    const given =
      path === ''
        ? whole
        : whole.length > 0 && whole.every(({ value }) => value.kind === 'array')
          ? [NOT_GIVEN]
          : path.split('.').includes('*')
            ? each(program, { unit, expr, span: NOWHERE, when: [] }, path.split('.'))
            : told(program, { unit, expr, span: NOWHERE, when: [] }, path.split('.'));
    return given.map((found) => ({ value: found.value, when: [...when, ...found.when] }));
  });
}

const NOWHERE = [0, 0, 0, 0] as const;

/** What a setting says that has a default, `env('DATABASE_CLIENT', 'sqlite')`: the default, as long as nobody sets it. */
function told(program: Program, at: Option, path: readonly string[]): readonly Alternative[] {
  const values = program.property(at.unit, at.expr, path);
  if (!values.some(({ value }) => value.kind === 'unknown')) return values;
  const defaults = optionsAt(program, at, path).flatMap(({ unit, expr, when, span }): Alternative[] => {
    if (program.values(unit, expr).some(({ value }) => value.kind !== 'unknown')) return [];
    const value = program.known(unit, expr)?.value;
    if (typeof value !== 'string') return [];
    const test: Expr = { k: 'binary', op: '===', left: expr, right: { k: 'lit', v: value } };
    return [
      {
        value: { kind: 'literal', value },
        when: [...when, { unit, fact: { test, sense: true, kind: 'choose', span } }],
      },
    ];
  });
  return defaults.length > 0 ? [...values.filter(({ value }) => value.kind !== 'unknown'), ...defaults] : values;
}

/** `plugins.*`: of every item of a list, or every property of an object. */
function each(program: Program, at: Option, path: readonly string[]): readonly Alternative[] {
  const found = optionsAt(program, at, path).flatMap(({ unit, expr, when }) =>
    program.values(unit, expr).map((one) => ({ value: one.value, when: [...when, ...one.when] })),
  );
  const list = program.property(at.unit, at.expr, path.slice(0, path.indexOf('*')));
  if (list.some(({ value }) => isOpen(program, value))) found.push({ value: { kind: 'unknown' }, when: [] });
  return found.length > 0 ? found : [NOT_GIVEN];
}

/** More can be in it than what is seen here. */
function isOpen(program: Program, value: Alternative['value']): boolean {
  if (value.kind === 'array')
    return value.items.some(
      (item) => item.k === 'spread' && program.values(value.unit, item.of).some((one) => isOpen(program, one.value)),
    );
  return value.kind === 'unknown' || value.kind === 'external' || value.kind === 'function';
}
