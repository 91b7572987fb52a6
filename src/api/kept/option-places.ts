import type { Expr } from '../../model/facts.js';
import type { Condition, Fn, Program, Unit } from '../../model/program.js';
import type { Span } from '../../model/span.js';

/** A place in an options object: what stands there, and what must hold for it to count. */
export interface Option {
  readonly unit: Unit;
  readonly expr: Expr;
  /** The property, or for an item of a list the list's. */
  readonly span: Span;
  readonly when: readonly Condition[];
}

const DEEPEST = 12;
const MOST = 60;

/**
 * The expressions that stand at a path of options, through variables, spreads, conditions and the factories of Nest modules
 * (`useFactory`, `useClass`). A step `*` is every item of a list, or every property of an object. Values say what an
 * option is; this says where it was written, so that a finding can point there.
 */
export function optionsAt(program: Program, at: Option, path: readonly string[], depth = 0): Option[] {
  const [step, ...rest] = path;
  if (step === undefined) return [at];
  if (depth > DEEPEST) return [];
  const found: Option[] = [];
  const go = (next: Option, remaining: readonly string[]) => {
    if (found.length < MOST) found.push(...optionsAt(program, next, remaining, depth + 1));
  };
  for (const { value, when: own } of program.values(at.unit, at.expr)) {
    const when = [...at.when, ...own];
    if (value.kind === 'array' && step === '*') {
      for (const item of value.items) {
        const here = { unit: value.unit, span: at.span, when };
        if (item.k === 'spread') go({ ...here, expr: item.of }, path);
        else go({ ...here, expr: item }, rest);
      }
    }
    if (value.kind === 'function') for (const next of returned(value.fn, when)) go(next, path);
    if (value.kind !== 'object') continue;
    for (const prop of value.expr.props) {
      const here: Option = { unit: value.unit, expr: prop.value, span: prop.span, when };
      if (prop.name === undefined) go(here, path);
      else if (prop.name === step || step === '*') go(here, rest);
      else if (prop.name === 'useFactory') {
        for (const fn of program.functions(value.unit, prop.value))
          for (const next of returned(fn, when)) go(next, path);
      } else if (prop.name === 'useClass' || prop.name === 'useExisting') {
        for (const fn of optionMakers(program, here)) for (const next of returned(fn, when)) go(next, path);
      }
    }
  }
  return found.slice(0, MOST);
}

function returned(fn: Fn, when: readonly Condition[]): Option[] {
  return fn.fact.returns.flatMap((one) => {
    if (!one.value) return [];
    const own = one.when.flatMap((id) => {
      const fact = fn.unit.facts.conditions[id];
      return fact ? [{ unit: fn.unit, fact }] : [];
    });
    return [{ unit: fn.unit, expr: one.value, span: one.span, when: [...when, ...own] }];
  });
}

/** `createTypeOrmOptions` and its like: the method of an options class that a module calls. */
function optionMakers(program: Program, { unit, expr }: Option): Fn[] {
  return program
    .values(unit, expr)
    .flatMap(({ value }) =>
      value.kind === 'class'
        ? value.cls.fact.members.flatMap((member) =>
            member.fn !== undefined && /^create\w*Options$/.test(member.name)
              ? [program.fn(value.cls.unit, member.fn)]
              : [],
          )
        : [],
    );
}

const ENVIRONMENT = /^(?:development|dev|test|testing|local|ci|staging|stage|qa|production|prod)$/;
const ABROAD = /^(?:development|dev|test|testing|local|ci)$/;

/**
 * Whether an options object is one of a set with one for each environment, and meant for development or tests:
 * `{ development: { … }, production: { … } }[process.env.NODE_ENV]`. Values do not say which of them is taken.
 */
export function isForDevelopment({ unit, expr }: { readonly unit: Unit; readonly expr: Expr }): boolean {
  if (expr.k !== 'object') return false;
  const { bindings, exports: exported } = unit.facts;
  const isIt = (value: Expr) => value === expr || (value.k === 'id' && bindings[value.b]?.init === expr);
  if (exported.some(({ name, value }) => ABROAD.test(name) && value && isIt(value))) return true;
  const sets = [...bindings.map(({ init }) => init), ...exported.map(({ value }) => value)];
  return sets.some((set) => {
    if (set?.k !== 'object' || set.props.filter(({ name }) => name && ENVIRONMENT.test(name)).length < 2) return false;
    const own = set.props.find(({ value }) => isIt(value));
    return own?.name !== undefined && ABROAD.test(own.name);
  });
}
