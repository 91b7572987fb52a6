import type { Expr } from '../../model/facts.js';
import type { Call, Condition, Program, Unit, Value } from '../../model/program.js';
import type { Place, Span } from '../../model/span.js';
import { callIn } from '../chains.js';

/** A text that names where something is, as far as it is constant: what is not stands in braces. */
export interface Address {
  readonly text: string;
  readonly when: readonly Condition[];
  /** The nearest place that is known to hold it. */
  readonly place: Place;
}

/** All that an expression can name. */
export interface Addresses {
  readonly found: readonly Address[];
  /** A setting, or something that could not be followed, can name another. */
  readonly open: boolean;
  /** Nothing is given at all, or something that names no place. */
  readonly absent: boolean;
}

const DEEPEST = 8;
const MOST = 12;
const NOTHING: Addresses = { found: [], open: false, absent: true };
const OPEN: Addresses = { found: [], open: true, absent: false };

/** What an expression can name, through variables, templates, fallbacks and `new URL(path, base)`. */
export function addressesOf(program: Program, unit: Unit, expr: Expr | undefined, span: Span, depth = 0): Addresses {
  if (!expr || expr.k === 'undefined') return NOTHING;
  if (depth > DEEPEST) return OPEN;
  const go = (part: Expr, home: Unit = unit) => addressesOf(program, home, part, span, depth + 1);
  const place = { file: unit.file, span };
  switch (expr.k) {
    case 'lit':
      return typeof expr.v === 'string' && expr.v !== ''
        ? { found: [{ text: expr.v, when: [], place }], open: false, absent: false }
        : NOTHING;
    case 'await':
      return go(expr.of);
    case 'text':
      return template(program, unit, expr.parts, span, depth);
    case 'array':
      return merge(expr.items.map((item) => go(item)));
    case 'logic': {
      if (expr.op === '&&') return go(expr.right);
      const left = go(expr.left);
      // What is always given leaves the fallback unused.
      return left.found.length > 0 && !left.open && !left.absent ? left : { ...merge([left, go(expr.right)]) };
    }
    case 'choose': {
      const under = (part: Expr, sense: boolean) =>
        held(go(part), [{ unit, fact: { test: expr.test, sense, kind: 'choose', span } }]);
      return merge([under(expr.yes, true), under(expr.no, false)]);
    }
    default:
      return byValues(program, unit, expr, span, depth);
  }
}

function byValues(program: Program, unit: Unit, expr: Expr, span: Span, depth: number): Addresses {
  const parts = program
    .values(unit, expr)
    .map(({ value, when }) => held(ofValue(program, unit, expr, value, span, depth), when));
  return parts.length > 0 ? merge(parts) : OPEN;
}

function ofValue(program: Program, unit: Unit, expr: Expr, value: Value, span: Span, depth: number): Addresses {
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'string' && value.value !== ''
        ? { found: [{ text: value.value, when: [], place: { file: unit.file, span } }], open: false, absent: false }
        : NOTHING;
    case 'undefined':
    case 'object':
      return NOTHING;
    case 'array':
      return merge(value.items.map((item) => addressesOf(program, value.unit, item, span, depth + 1)));
    case 'external': {
      const made = value.call ?? callIn(program, unit, expr);
      if (made && /^(?:url|global):URL\(\)/.test(value.api))
        return addressesOf(program, made.unit, made.fact.args[1] ?? made.fact.args[0], made.fact.span, depth + 1);
      return OPEN;
    }
    case 'unknown':
      return behind(program, unit, expr, span, depth);
    default:
      return OPEN;
  }
}

/** What a name was given, where values do not say: a template is none. */
function behind(program: Program, unit: Unit, expr: Expr, span: Span, depth: number): Addresses {
  if (expr.k === 'member') {
    const holders = program.values(unit, expr.of).flatMap(({ value }) => {
      const prop = value.kind === 'object' ? value.expr.props.find(({ name }) => name === expr.name) : undefined;
      return value.kind === 'object' && prop ? [{ unit: value.unit, prop }] : [];
    });
    return holders.length > 0
      ? merge(holders.map(({ unit: home, prop }) => addressesOf(program, home, prop.value, prop.span, depth + 1)))
      : OPEN;
  }
  if (expr.k === 'call') {
    const call = callIn(program, unit, expr);
    const given = call ? program.callees(call).flatMap((fn) => fn.fact.returns.map((one) => ({ fn, one }))) : [];
    if (
      call &&
      given.length === 0 &&
      call.fact.callee.k === 'member' &&
      /^(?:toString|trim|replace|href)$/.test(call.fact.callee.name)
    )
      return addressesOf(program, unit, call.fact.callee.of, call.fact.span, depth + 1);
    return given.length > 0 && given.length < MOST
      ? merge(given.map(({ fn, one }) => addressesOf(program, fn.unit, one.value, one.span, depth + 1)))
      : OPEN;
  }
  if (expr.k !== 'id') return OPEN;
  const before = program.origins(unit, expr, span, (at) => at.expr !== expr).filter((at) => at.expr !== expr);
  return before.length > 0 && before.length < MOST
    ? merge(before.map((at) => addressesOf(program, at.unit, at.expr, at.place.span, depth + 1)))
    : OPEN;
}

/** Only how a text begins says where it leads; what follows is kept for the reader. */
function template(program: Program, unit: Unit, parts: readonly Expr[], span: Span, depth: number): Addresses {
  const [first, ...rest] = parts.filter((part) => part.k !== 'lit' || part.v !== '');
  if (!first) return NOTHING;
  // `http://${host}:…`: the scheme is constant, and the host decides.
  const scheme = first.k === 'lit' && /^[a-z][a-z+]*:\/\/$/i.test(String(first.v)) ? String(first.v) : '';
  const deciding = scheme ? rest.shift() : first;
  if (!deciding) return NOTHING;
  const tail = rest.map((part) =>
    part.k === 'lit' ? String(part.v) : (constant(program, unit, part) ?? `{${program.text(unit, part)}}`),
  );
  const head = addressesOf(program, unit, deciding, span, depth + 1);
  return { ...head, found: head.found.map((one) => ({ ...one, text: `${scheme}${one.text}${tail.join('')}` })) };
}

function constant(program: Program, unit: Unit, expr: Expr): string | undefined {
  const [only, ...more] = program.values(unit, expr);
  return only?.value.kind === 'literal' && more.length === 0 ? String(only.value.value) : undefined;
}

function held(one: Addresses, when: readonly Condition[]): Addresses {
  return when.length === 0 ? one : { ...one, found: one.found.map((at) => ({ ...at, when: [...when, ...at.when] })) };
}

function merge(list: readonly Addresses[]): Addresses {
  return {
    found: list.flatMap(({ found }) => found).slice(0, MOST),
    open: list.some(({ open }) => open),
    absent: list.some(({ absent }) => absent),
  };
}

/** What an argument, or an option of it, can name. */
export function addressesAt(program: Program, call: Call, argument: number, path?: string): Addresses {
  const { args, span } = call.fact;
  const arg = args[argument];
  if (!arg || path === undefined) return addressesOf(program, call.unit, arg, span);
  return merge(options(program, call.unit, arg, path.split('.'), span, 0));
}

/** The option itself rather than its values, since a template has none. */
function options(
  program: Program,
  unit: Unit,
  expr: Expr,
  path: readonly string[],
  span: Span,
  depth: number,
): Addresses[] {
  if (depth > DEEPEST) return [OPEN];
  const [name, ...more] = path;
  if (name === undefined) return [addressesOf(program, unit, expr, span, depth)];
  const items = expr.k === 'array' ? expr.items : undefined;
  if (items) return items.flatMap((item) => options(program, unit, item, path, span, depth + 1));
  return program.values(unit, expr).flatMap(({ value, when }): Addresses[] => {
    if (value.kind === 'undefined' || value.kind === 'literal') return [NOTHING];
    if (value.kind === 'function')
      return value.fn.fact.returns.flatMap((one) =>
        one.value ? options(program, value.fn.unit, one.value, path, one.span, depth + 1) : [],
      );
    if (value.kind !== 'object') return [OPEN];
    const { props } = value.expr;
    const prop = props.find((one) => one.name === name);
    const factory = props.find((one) => one.name === 'useFactory');
    if (prop) return options(program, value.unit, prop.value, more, prop.span, depth + 1).map((one) => held(one, when));
    if (factory) return options(program, value.unit, factory.value, path, factory.span, depth + 1);
    if (props.some((one) => one.name === 'useClass' || one.name === 'useExisting')) return [OPEN];
    const spreads = props.filter((one) => one.name === undefined || one.name === '*');
    if (spreads.length === 0) return [NOTHING];
    return spreads.flatMap((one) =>
      one.name === '*' ? [OPEN] : options(program, value.unit, one.value, path, one.span, depth + 1),
    );
  });
}
