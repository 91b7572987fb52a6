import type { AccessFact, Expr } from '../../model/facts.js';
import type { Condition, Program, Unit } from '../../model/program.js';

/**
 * `if (!ready) ready = start();` with a variable of the module or a name on the global object: what comes behind is done once in each
 * process, by whoever comes first, as it would be at the start.
 */
export function isSetUpOnce(program: Program, conditions: readonly Condition[]): boolean {
  return conditions.some(({ unit, fact }) => {
    const place = emptyPlace(fact.test, fact.sense);
    return place !== undefined && isOneOfProcess(program, unit, place) && isSetOnly(unit, place);
  });
}

/** The variable or property of which a condition says that nothing is in it. */
function emptyPlace(test: Expr, sense: boolean): Expr | undefined {
  if (test.k === 'unary' && test.op === '!') return emptyPlace(test.of, !sense);
  if (test.k === 'id' || test.k === 'member') return sense ? undefined : test;
  if (test.k !== 'binary' || !/^[!=]==?$/.test(test.op) || test.op.startsWith('=') !== sense) return undefined;
  const isNothing = test.right.k === 'undefined' || (test.right.k === 'lit' && test.right.v === null);
  return isNothing ? emptyPlace(test.left, false) : undefined;
}

function isOneOfProcess(program: Program, unit: Unit, place: Expr): boolean {
  if (place.k === 'member')
    return program
      .values(unit, place.of)
      .some(({ value }) => value.kind === 'external' && /^global:(?:global)?$/.test(value.api));
  const variable = place.k === 'id' ? unit.facts.bindings[place.b] : undefined;
  return variable?.fn === 0 && variable.kind === 'let';
}

/** Given something while serving, and emptied at most where that failed. */
function isSetOnly(unit: Unit, place: Expr): boolean {
  const writes = unit.facts.accesses.filter(({ op, target }) => op === 'assign' && isSame(target, place));
  const isEmptied = ({ value }: AccessFact) =>
    value?.k === 'undefined' || (value?.k === 'lit' && (value.v === null || value.v === false));
  // A flag says as well that handlers were registered, which run ever after.
  return (
    writes.some(({ value }) => value?.k === 'call' || value?.k === 'await') &&
    writes.every((write) => !isEmptied(write) || write.when.some((id) => unit.facts.conditions[id]?.kind === 'catch'))
  );
}

function isSame(a: Expr, b: Expr): boolean {
  if (a.k === 'id') return b.k === 'id' && a.b === b.b;
  return a.k === 'member' && b.k === 'member' && a.name === b.name && (a.of === b.of || isSame(a.of, b.of));
}
