import type { Expr } from '../../model/facts.js';

/** Every call that stands in an expression itself (not inside the functions in it). */
export function forEachCall(expr: Expr, visit: (id: number) => void): void {
  switch (expr.k) {
    case 'call':
      return visit(expr.c);
    case 'member':
    case 'await':
    case 'spread':
    case 'unary':
      return forEachCall(expr.of, visit);
    case 'index':
      forEachCall(expr.of, visit);
      return forEachCall(expr.key, visit);
    case 'object':
      for (const prop of expr.props) forEachCall(prop.value, visit);
      return;
    case 'array':
      for (const item of expr.items) forEachCall(item, visit);
      return;
    case 'text':
    case 'other':
      for (const part of expr.parts) forEachCall(part, visit);
      return;
    case 'choose':
      for (const part of [expr.test, expr.yes, expr.no]) forEachCall(part, visit);
      return;
    case 'logic':
    case 'binary':
      forEachCall(expr.left, visit);
      forEachCall(expr.right, visit);
      return;
    default:
  }
}
