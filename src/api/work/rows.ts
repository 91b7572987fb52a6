import {
  conflictMethods,
  conflictOptions,
  insertMethods,
  ownFileDialects,
  tolerantInsert,
  uniqueDecorators,
  uniqueOptions,
} from '../../knowledge/rows.js';
import type { Expr, Prop } from '../../model/facts.js';
import type { Call, Cls, Condition, Program, Unit } from '../../model/program.js';
import type { Span } from '../../model/span.js';
import { callsOfMember } from '../calls.js';
import { once, onceOf } from '../once.js';
import { callAt, chainedBefore, chainedBehind } from '../chains.js';

/*
 * Rows that are looked for and then made: what was asked, what is made, and whether the database itself holds a second one
 * back.
 */

const DEEPEST = 10;
/** A failing `findOneOrFail` is told apart by its handler, not by a test. */
/** What tells how many rows there are. */
const HOW_MANY =
  /^(?:length|size|rows|rowCount|count|total|totalCount|data|docs|_count|exists|cnt|found|recordset|\d+)$/;
const EQUAL = new Set(['===', '==']);
const UNEQUAL = new Set(['!==', '!=']);

/** The call that asked the database whether something is there, if the condition holds only where it is not. */
export function askedAbsent(program: Program, { unit, fact }: Condition): Call | undefined {
  return absent(program, unit, fact.test, fact.sense, fact.span, 0);
}

/** What was answered, by how deep it was asked and by the sense: helpers call one another, and many ways lead to the same return. */
const answers = onceOf((_: Program, _test: Expr) => new Map<number, Call | undefined>());

function absent(program: Program, unit: Unit, test: Expr, sense: boolean, span: Span, depth: number): Call | undefined {
  if (depth > DEEPEST) return undefined;
  const known = answers(program, test);
  const key = 2 * depth + Number(sense);
  if (known.has(key)) return known.get(key);
  const found = findAbsent(program, unit, test, sense, span, depth);
  known.set(key, found);
  return found;
}

function findAbsent(
  program: Program,
  unit: Unit,
  test: Expr,
  sense: boolean,
  span: Span,
  depth: number,
): Call | undefined {
  const go = (expr: Expr, wanted: boolean) => absent(program, unit, expr, wanted, span, depth + 1);
  switch (test.k) {
    case 'unary':
      return test.op === '!' ? go(test.of, !sense) : undefined;
    case 'await':
      return go(test.of, sense);
    case 'logic':
      return go(test.left, sense) ?? go(test.right, sense);
    case 'binary':
      return compared(test, sense, go);
    case 'index':
      return go(test.of, sense);
    case 'member': {
      // An empty field of a row that is there says nothing of its being there.
      const found = go(test.of, sense);
      return found && (HOW_MANY.test(test.name) || counts(program, found)) ? found : undefined;
    }
    case 'call':
      return ofCall(program, unit, test.c, sense, depth);
    case 'id': {
      const behind = program.origins(unit, test, span, (at) => at.expr !== test);
      for (const at of behind) {
        if (at.expr === test) continue;
        const found = absent(program, at.unit, at.expr, sense, at.place.span, depth + 1);
        if (found) return found;
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

/** A statement that counts gives the number under a name of its own. */
function counts(program: Program, read: Call): boolean {
  return /\bcount\s*\(|\bexists\s*\(/i.test(program.statement(read) ?? '');
}

/** `count === 0`, `count < 1`, `count > 0`, `found == null`: as if the counted thing itself were asked. */
function compared(
  { op, left, right }: Expr & { readonly k: 'binary' },
  sense: boolean,
  go: (expr: Expr, wanted: boolean) => Call | undefined,
): Call | undefined {
  const [value, against, mirrored] = isConstant(right) ? [left, right, false] : [right, left, true];
  if (!isConstant(against)) return undefined;
  const isNone =
    against.k === 'undefined' ||
    (against.k === 'lit' && (against.v === 0 || against.v === null || against.v === false));
  if (EQUAL.has(op) && isNone) return go(value, !sense);
  if (UNEQUAL.has(op) && isNone) return go(value, sense);
  if (against.k !== 'lit' || typeof against.v !== 'number') return undefined;
  const said = mirrored ? op.replace(/[<>]/, (sign) => (sign === '<' ? '>' : '<')) : op;
  if ((said === '<' && against.v === 1) || (said === '<=' && against.v === 0)) return go(value, !sense);
  if ((said === '>' && against.v === 0) || (said === '>=' && against.v === 1)) return go(value, sense);
  return undefined;
}

function isConstant(expr: Expr): boolean {
  return expr.k === 'undefined' || expr.k === 'lit';
}

function ofCall(program: Program, unit: Unit, id: number, sense: boolean, depth: number): Call | undefined {
  const call = callAt(program, unit, id);
  if (!call) return undefined;
  if (reads(program, call)) return sense ? undefined : call;
  for (const fn of program.callees(call).slice(0, 4))
    for (const { value, span } of fn.fact.returns) {
      const found = value ? absent(program, fn.unit, value, sense, span, depth + 1) : undefined;
      if (found) return found;
    }
  const { callee, args } = call.fact;
  if (args[0] && /^(?:Number|parseInt|Boolean|Number\.parseInt)$/.test(program.text(unit, callee)))
    return absent(program, unit, args[0], sense, call.fact.span, depth + 1);
  return callee.k === 'member' ? absent(program, unit, callee.of, sense, call.fact.span, depth + 1) : undefined;
}

function reads(program: Program, call: Call): boolean {
  const effect = program.effect(call);
  return effect?.kind === 'database' && !effect.writes;
}

/** The condition that holds only where the database is a file of this instance, which no other instance looks into. */
export function onlyForOwnFile(conditions: readonly Condition[]): Condition | undefined {
  return conditions.find(({ fact: { test, sense } }) => {
    if (test.k !== 'binary') return false;
    const names = [test.left, test.right].some(
      (side) => side.k === 'lit' && typeof side.v === 'string' && ownFileDialects.has(side.v.toLowerCase()),
    );
    return names && (sense ? EQUAL : UNEQUAL).has(test.op);
  });
}

/** A call that makes a row, and does not put up with one that is there. */
export function insertsRow(program: Program, call: Call): 'plain' | 'tolerant' | undefined {
  const effect = program.effect(call);
  if (effect?.kind !== 'database' || !effect.writes) return undefined;
  const sql = program.statement(call);
  if (sql !== undefined) {
    if (!/^\s*(?:with\b[\s\S]*\b)?insert\b/i.test(sql)) return undefined;
    return tolerantInsert.test(sql) ? 'tolerant' : 'plain';
  }
  const { callee } = call.fact;
  const name = callee.k === 'member' ? callee.name : '';
  if (!insertMethods.has(name)) return undefined;
  if (effect.idempotent) return 'tolerant';
  const chain = [call, ...chainedBehind(program, call)];
  if (chain.slice(1).some((next) => next.fact.callee.k === 'member' && conflictMethods.has(next.fact.callee.name)))
    return 'tolerant';
  for (const arg of call.fact.args)
    for (const [option, wanted] of Object.entries(conflictOptions)) {
      const given = arg.k === 'object' ? program.property(call.unit, arg, [option]) : [];
      const isSo = given.some(({ value }) =>
        wanted === 'set'
          ? value.kind !== 'undefined' && value.kind !== 'unknown' && !(value.kind === 'literal' && !value.value)
          : value.kind === 'literal' && value.value === false,
      );
      if (isSo) return 'tolerant';
    }
  return 'plain';
}

/** The names that a query is held to: `findOne({ where: { email } })` and `.where({ email })` ask for `email`. */
export function fieldsAsked(program: Program, read: Call): string[] {
  const found = new Set<string>();
  const visit = (expr: Expr | undefined, depth: number): void => {
    if (expr?.k !== 'object' || depth > 3) return;
    const where = expr.props.find(({ name }) => name === 'where');
    if (where) return visit(where.value, depth + 1);
    for (const { name, value } of expr.props) {
      if (name === 'AND' || name === 'OR' || name === '$and' || name === '$or') visit(value, depth + 1);
      else if (name !== undefined) found.add(name);
    }
  };
  for (const call of [read, ...chainedBefore(program, read), ...chainedBehind(program, read)])
    for (const arg of call.fact.args) visit(arg, 0);
  const sql = program.statement(read);
  for (const [, name] of sql?.matchAll(/(?<!\w)(\w+)["'`]?\s*(?:=|\bin\b)\s*(?:\?|\$\d|'|:|\()/gi) ?? [])
    if (name) found.add(name);
  return [...found];
}

/** Of these fields, one that the model of the asked table declares to be unique. */
export function uniqueAmong(program: Program, asked: Call, fields: readonly string[]): string | undefined {
  const { callee } = asked.fact;
  if (callee.k !== 'member') return undefined;
  for (const name of fields) if (/^_?id$/i.test(name)) return name;
  const receivers = [callee.of, ...asked.fact.args.slice(0, 1)];
  for (const receiver of receivers) {
    if (receiver.k === 'object') continue;
    for (const { value } of program.values(asked.unit, receiver)) {
      const cls =
        value.kind === 'class' || value.kind === 'instance'
          ? value.cls
          : value.kind === 'external'
            ? value.model
            : undefined;
      const found = cls ? inClass(program, cls, fields) : undefined;
      if (found) return found;
      if (value.kind !== 'external' || !value.call) continue;
      const declared = inDefinition(program, value.call, fields);
      if (declared) return declared;
    }
  }
  return undefined;
}

function inClass(program: Program, cls: Cls, fields: readonly string[]): string | undefined {
  const decorators = (ids: readonly number[] | undefined) =>
    (ids ?? []).flatMap((id) => callAt(program, cls.unit, id) ?? []);
  const isUnique = (call: Call) =>
    uniqueDecorators.has(nameOf(call)) || call.fact.args.some((arg) => hasUnique(program, cls.unit, arg));
  for (const member of cls.fact.members)
    if (fields.includes(member.name) && decorators(member.decorators).some(isUnique)) return member.name;
  for (const call of decorators(cls.fact.decorators))
    if (isUnique(call))
      for (const field of fields) if (call.fact.args.some((arg) => mentions(arg, field))) return field;
  // Sequelize: `User.init({ email: { unique: true } })`.
  for (const call of definitions(program).get(cls) ?? []) {
    const found = inFields(program, call.unit, call.fact.args[0], fields);
    if (found) return found;
  }
  return undefined;
}

/** The calls of `init` by the class that they are of. */
const definitions = once((program: Program): ReadonlyMap<Cls, readonly Call[]> => {
  const found = new Map<Cls, Call[]>();
  for (const call of callsOfMember(program, ['init'])) {
    const { callee } = call.fact;
    const values = callee.k === 'member' ? program.values(call.unit, callee.of) : [];
    const classes = values.flatMap(({ value }) => (value.kind === 'class' ? [value.cls] : []));
    for (const cls of new Set(classes)) found.set(cls, [...(found.get(cls) ?? []), call]);
  }
  return found;
});

/** `mongoose.model('User', schema)`, `sequelize.define('user', fields)`. */
function inDefinition(program: Program, call: Call, fields: readonly string[]): string | undefined {
  for (const arg of call.fact.args.slice(0, 2)) {
    for (const { value } of program.values(call.unit, arg)) {
      if (value.kind === 'object') {
        const found = inFields(program, value.unit, value.expr, fields);
        if (found) return found;
      }
      if (value.kind !== 'external' || !value.call || !/Schema\(\)$/.test(value.api)) continue;
      const schema = value.call;
      const found = inFields(program, schema.unit, schema.fact.args[0], fields);
      if (found) return found;
      // `schema.index({ email: 1 }, { unique: true })`.
      for (const other of schema.unit.facts.calls) {
        if (
          other.callee.k !== 'member' ||
          other.callee.name !== 'index' ||
          !hasUnique(program, schema.unit, other.args[1])
        )
          continue;
        const field = fields.find((name) => other.args[0] && mentions(other.args[0], name));
        if (field) return field;
      }
    }
  }
  return undefined;
}

function inFields(program: Program, unit: Unit, expr: Expr | undefined, fields: readonly string[]): string | undefined {
  if (!expr) return undefined;
  for (const { value } of program.values(unit, expr)) {
    if (value.kind !== 'object') continue;
    const found = value.expr.props.find(
      (prop: Prop) =>
        prop.name !== undefined && fields.includes(prop.name) && hasUnique(program, value.unit, prop.value),
    );
    if (found) return found.name;
  }
  return undefined;
}

function hasUnique(program: Program, unit: Unit, expr: Expr | undefined): boolean {
  if (expr?.k !== 'object') return false;
  return uniqueOptions.some((option) =>
    program
      .property(unit, expr, [option])
      .some(({ value }) => value.kind !== 'undefined' && !(value.kind === 'literal' && !value.value)),
  );
}

function mentions(expr: Expr, field: string): boolean {
  if (expr.k === 'lit') return expr.v === field;
  if (expr.k === 'array') return expr.items.some((item) => mentions(item, field));
  if (expr.k === 'object') return expr.props.some(({ name, value }) => name === field || mentions(value, field));
  return false;
}

function nameOf(call: Call): string {
  const { callee } = call.fact;
  return callee.k === 'member'
    ? callee.name
    : callee.k === 'id'
      ? (call.unit.facts.bindings[callee.b]?.name ?? '')
      : '';
}
