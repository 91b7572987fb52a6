import type { Expr } from '../../model/facts.js';
import type { Condition, Unit } from '../../model/program.js';

/**
 * `if (!ready) ready = start();` with a variable of the module: what comes behind is done once in each process, by whoever comes
 * first, as it would be at the start.
 */
export function isSetUpOnce(conditions: readonly Condition[]): boolean {
  return conditions.some(({ unit, fact }) => {
    const binding = emptyVariable(fact.test, fact.sense);
    const variable = binding === undefined ? undefined : unit.facts.bindings[binding];
    return variable?.fn === 0 && variable.kind === 'let' && isSetOnly(unit, binding as number);
  });
}

/** The variable of which a condition says that nothing is in it. */
function emptyVariable(test: Expr, sense: boolean): number | undefined {
  if (test.k === 'unary' && test.op === '!') return emptyVariable(test.of, !sense);
  if (test.k === 'id') return sense ? undefined : test.b;
  if (test.k !== 'binary' || !/^[!=]==?$/.test(test.op) || test.op.startsWith('=') !== sense) return undefined;
  const isNothing = test.right.k === 'undefined' || (test.right.k === 'lit' && test.right.v === null);
  return isNothing && test.left.k === 'id' ? test.left.b : undefined;
}

/** Given something while serving, and emptied at most where that failed. */
function isSetOnly(unit: Unit, binding: number): boolean {
  const writes = unit.facts.accesses.filter(
    ({ op, target }) => op === 'assign' && target.k === 'id' && target.b === binding,
  );
  const isEmptied = (value: Expr | undefined) =>
    value?.k === 'undefined' || (value?.k === 'lit' && (value.v === null || value.v === false));
  // A flag says as well that handlers were registered, which run ever after.
  return (
    writes.some(({ value }) => value?.k === 'call' || value?.k === 'await') &&
    writes.every(
      ({ value, when }) => !isEmptied(value) || when.some((id) => unit.facts.conditions[id]?.kind === 'catch'),
    )
  );
}
