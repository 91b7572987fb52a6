import type { Expr } from '../../model/facts.js';
import type { Call, Fn, Unit, Value } from '../../model/program.js';
import type { Place } from '../../model/span.js';
import type { CallGraph } from '../calls/graph.js';
import type { Values } from '../values/values.js';

/** One row of a table of routes. */
export interface RouteRow {
  readonly fns: readonly Fn[];
  /** `get`, where the row or the call says it. */
  readonly method: string;
  readonly path: string;
  readonly place: Place;
}

type Row = Value & { readonly kind: 'object' };

/**
 * Routes that stand in a table: `for (const row of table) app[row.method](row.path, row.handler)`. Path and handler of one row belong
 * together, which the call alone does not tell.
 */
export function routeRows(call: Call, values: Values, graph: CallGraph): readonly RouteRow[] {
  const { unit, fact } = call;
  const [path, ...handlers] = fact.args;
  const row = rowOf(path);
  if (!path || !row) return [];
  const own = handlers.filter((arg) => rowOf(arg) === row);
  if (own.length === 0) return [];
  const method = fact.callee.k === 'index' && rowOf(fact.callee.key) === row ? fact.callee.key : undefined;
  const of = path.k === 'member' ? path.of : undefined;
  if (!of || (fact.callee.k === 'index' && !method)) return [];
  const rows = values.of(unit, of).flatMap(({ value }) => (value.kind === 'object' ? [value] : []));
  return rows.flatMap((one) => {
    const fns = own.flatMap((arg) => functionsIn(one, nameOf(arg), graph));
    const at = textIn(one, nameOf(path), values);
    const by = method ? textIn(one, nameOf(method), values) : fact.callee.k === 'member' ? fact.callee.name : undefined;
    const place = { file: one.unit.file, span: one.expr.span };
    return fns.length > 0 && at !== undefined && by !== undefined ? [{ fns, method: by, path: at, place }] : [];
  });
}

/** The variable of which an expression is a member. */
function rowOf(expr: Expr | undefined): number | undefined {
  return expr?.k === 'member' && expr.of.k === 'id' ? expr.of.b : undefined;
}

function nameOf(expr: Expr): string {
  return expr.k === 'member' ? expr.name : '';
}

function partOf({ expr }: Row, wanted: string): Expr | undefined {
  return expr.props.find(({ name }) => name === wanted)?.value;
}

function functionsIn(row: Row, name: string, graph: CallGraph): readonly Fn[] {
  const part = partOf(row, name);
  return part ? graph.functions(row.unit as Unit, part) : [];
}

function textIn(row: Row, name: string, values: Values): string | undefined {
  const part = partOf(row, name);
  for (const { value } of part ? values.of(row.unit, part) : [])
    if (value.kind === 'literal' && typeof value.value === 'string') return value.value;
  return undefined;
}
