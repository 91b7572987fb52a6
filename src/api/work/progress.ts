import type { Expr } from '../../model/facts.js';
import type { Program, StateAccess, StateCell } from '../../model/program.js';
import { served, USER_PHASES } from '../serving.js';

/** Properties that say how far a piece of work is. */
const HOW_FAR =
  /^(?:progress|percent(?:age)?|pct|done|total|processed|completed|finished|remaining|step|stage|eta|current|failed|imported|exported|uploaded|transferred|startedAt|finishedAt)$/i;
const STATUS = /^(?:status|state|phase)$/i;
const AT_WORK =
  /^(?:queued|pending|waiting|running|working|processing|in[-_ ]?progress|started|starting|importing|exporting|converting|uploading|building|rendering|done|finished|completed?|failed|success)$/i;
const NAMED = /progress|percent/i;

/** How far a piece of work is that goes on behind the request which has started it, asked for by another request. */
export function isProgress(program: Program, cell: StateCell): boolean {
  if (!['progress', 'map', 'snapshot', 'value'].includes(cell.shape) || cell.unit.vendored) return false;
  if (!served(program, cell.reads).some(({ reach }) => USER_PHASES.includes(reach.phase))) return false;
  const writes = served(program, cell.writes).map(({ access }) => access);
  const isNamed = NAMED.test(cell.name.replace(/^.*\./, ''));
  const isTold = writes.some((write) => write.value && tells(program, write, write.value));
  if (!isNamed && !isTold) return false;
  // One field among others of a larger piece of state: the whole is looked at together.
  if (!writes.some(({ op }) => op === 'insert') && isOneOfSeveral(program, cell)) return false;
  return writes.some(
    ({ fn, unit, fact }) => fn.fact.async === true || isInCallback({ fn, unit }) || 'operator' in fact,
  );
}

function isInCallback({ fn }: Pick<StateAccess, 'fn' | 'unit'>): boolean {
  return fn.fact.kind === 'arrow' && fn.fact.parent !== 0;
}

/** `{ status: 'running', done: 0 }`, given as it stands or by a variable. */
function tells(program: Program, { unit }: StateAccess, value: Expr): boolean {
  return program.values(unit, value).some(({ value: known }) => {
    if (known.kind !== 'object') return false;
    const props = known.expr.props;
    const isFar = props.filter(({ name }) => name !== undefined && HOW_FAR.test(name)).length;
    const hasStatus = props.some(
      ({ name, value: said }) =>
        name !== undefined &&
        STATUS.test(name) &&
        program
          .values(known.unit, said)
          .some(
            (one) =>
              one.value.kind === 'literal' && typeof one.value.value === 'string' && AT_WORK.test(one.value.value),
          ),
    );
    return hasStatus || isFar > 1 || props.some(({ name }) => name !== undefined && NAMED.test(name));
  });
}

function isOneOfSeveral(program: Program, cell: StateCell): boolean {
  const writing = new Set(cell.writes.map(({ fn }) => fn));
  return program.cells.some(
    (other) =>
      other !== cell &&
      other.unit === cell.unit &&
      other.kind === cell.kind &&
      other.cls === cell.cls &&
      other.writes.some(({ fn }) => writing.has(fn)) &&
      !NAMED.test(other.name.replace(/^.*\./, '')),
  );
}
