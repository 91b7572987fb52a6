import type { CallFact, Expr, Prop } from '../../model/facts.js';
import type { Unit } from '../../model/program.js';
import { isBefore } from '../../model/span.js';
import { text } from '../tables.js';

/*
 * Rows that are marked with whose they are now and looked for by that mark: only one instance finds each.
 */

/** Whose it is: `lockedBy`, `leaseOwner`, `workerId`, `claimToken`. */
const WHOSE =
  /^(?:\w*(?:locked|claimed|reserved|leased|taken|held|picked)_?by|(?:lock|lease|claim)_?owner|(?:worker|instance|runner|lease|claim|lock)(?:_?(?:id|token|key))?)$/i;

/** `await rows.updateMany(free, { $set: { lockedBy: me } }); const mine = await rows.find({ lockedBy: me })`. */
export function isReadBack(unit: Unit, { callee, args, fn, span }: CallFact): boolean {
  if (callee.k !== 'member' || !/^update(?:One|Many)?$/.test(callee.name)) return false;
  const marks = args.flatMap((arg) => marksIn(arg, 0));
  if (marks.length === 0) return false;
  const on = text(unit, callee.of);
  return unit.facts.calls.some(
    (later) =>
      later.fn === fn &&
      isBefore(span, later.span) &&
      later.callee.k === 'member' &&
      /^find/.test(later.callee.name) &&
      text(unit, later.callee.of) === on &&
      later.args.some((arg) =>
        marksIn(arg, 0).some(({ name, value }) =>
          marks.some((mark) => mark.name === name && text(unit, mark.value) === text(unit, value)),
        ),
      ),
  );
}

/** Named parts that say whose a row is, with a value that is not written out: also in `$set`, `data` and `where`. */
function marksIn(expr: Expr, depth: number): readonly Prop[] {
  if (expr.k !== 'object' || depth > 2) return [];
  return expr.props.flatMap((prop) => {
    if (prop.value.k === 'object') return marksIn(prop.value, depth + 1);
    return prop.name !== undefined && WHOSE.test(prop.name) && prop.value.k !== 'lit' ? [prop] : [];
  });
}
