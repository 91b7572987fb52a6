import type { Expr } from '../../model/facts.js';
import type { Call, Unit } from '../../model/program.js';
import type { Tables } from '../tables.js';
import type { Values } from '../values/values.js';

const DEEPEST = 4;
const READS =
  /^\s*(?:(?:--[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)\s*)*(?:\(\s*)?(?:select|show|explain|describe|desc\b|values\b|begin\b|commit\b|rollback\b|savepoint\b|start\s+transaction|set\s+(?:session|local|transaction|search_path|statement_timeout|names)\b|pragma\s+\w+\s*(?:;\s*)?$|with\b(?![\s\S]*\b(?:insert|update|delete|merge)\b))/i;
/** A second statement behind the first that changes something. */
const THEN_WRITES = /;\s*(?:insert|update|delete|replace|merge|create|alter|drop|truncate)\b/i;

/** An SQL text, with `?` for the parts that are not constant. */
export class Statements {
  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
  ) {}

  /** The statement in an argument: a text, a template, `` sql`…` ``, `{ text: … }`, or a constant that is one of these. */
  of(call: Call, argument: number): string | undefined {
    const arg = call.fact.args[argument];
    return arg ? this.text(call.unit, arg, 0) : undefined;
  }

  private text(unit: Unit, expr: Expr, depth: number): string | undefined {
    if (depth > DEEPEST) return undefined;
    switch (expr.k) {
      case 'lit':
        return typeof expr.v === 'string' ? expr.v : undefined;
      case 'text':
        return expr.parts.map((part) => (part.k === 'lit' ? String(part.v) : this.part(unit, part, depth))).join('');
      case 'await':
        return this.text(unit, expr.of, depth + 1);
      case 'object': {
        const prop = expr.props.find(({ name }) => name === 'text' || name === 'sql' || name === 'query');
        return prop ? this.text(unit, prop.value, depth + 1) : undefined;
      }
      case 'call': {
        const { callee, args } = this.tables.call(unit, expr.c).fact;
        const first = args[0];
        // `sql`…``, `Prisma.sql`…``, `knex.raw('…')`, `text('…')`, and `'…'.trim()`.
        if (first && (first.k === 'text' || first.k === 'lit')) return this.text(unit, first, depth + 1);
        return callee.k === 'member' ? this.text(unit, callee.of, depth + 1) : undefined;
      }
      default: {
        const values = this.values.of(unit, expr);
        // A helper sends what each of its callers writes: none of these is the statement.
        if (values.length > 1 && expr.k === 'id' && unit.facts.bindings[expr.b]?.kind === 'param') return undefined;
        for (const { value } of values) {
          if (value.kind === 'literal' && typeof value.value === 'string') return value.value;
          if (value.kind === 'object') return this.text(value.unit, value.expr, depth + 1);
        }
        const definition = this.values.definition(unit, expr);
        return definition && definition.expr !== expr
          ? this.text(definition.unit, definition.expr, depth + 1)
          : undefined;
      }
    }
  }

  /** A part that is a constant itself stands in the text: the name of a table, say. */
  private part(unit: Unit, expr: Expr, depth: number): string {
    if (depth >= DEEPEST) return '?';
    const [only, ...more] = this.values.of(unit, expr);
    return only?.value.kind === 'literal' && more.length === 0 ? String(only.value.value) : '?';
  }
}

export function onlyReads(statement: string): boolean {
  return READS.test(statement) && !THEN_WRITES.test(statement);
}

/** A second run changes nothing: it deletes, or inserts what is there already, or makes what exists. */
export function isRepeatable(statement: string): boolean {
  return (
    /^\s*(?:delete|truncate)\b/i.test(statement) ||
    /^\s*(?:create|drop)\b[\s\S]*?\bif\s+(?:not\s+)?exists\b/i.test(statement) ||
    /^\s*(?:pragma|vacuum|analyze|reindex|optimize|set|begin|commit|rollback|start\s+transaction|lock|refresh\s+materialized)\b/i.test(
      statement,
    ) ||
    /^\s*insert\b[\s\S]*\bon\s+conflict\b[\s\S]*\bdo\s+nothing\b/i.test(statement) ||
    /^\s*insert\s+(?:or\s+)?ignore\b/i.test(statement) ||
    /^\s*(?:insert\s+or\s+)?replace\b/i.test(statement)
  );
}
