import type { Program, StateCell } from '../../model/program.js';
import { kept } from '../kept/kept.js';
import { once } from '../once.js';
import { changing } from './touches.js';

const limiters = once((program: Program) => new Set(kept(program, 'rate-limit').map(({ call }) => call)));

/** The map holds limiters of a library, of which each is judged by itself. */
export function holdsLimiters(program: Program, cell: StateCell): boolean {
  return cell.writes.some(
    ({ unit, value }) =>
      value !== undefined &&
      program
        .values(unit, value)
        .some((one) => one.value.kind === 'external' && one.value.call && limiters(program).has(one.value.call)),
  );
}

/** Which limits there are is itself changed while serving, rather than each being made when it is first needed. */
export function isListOfLimits(program: Program, cell: StateCell): boolean {
  return (
    cell.shape === 'limiter' &&
    holdsLimiters(program, cell) &&
    changing(program, [...cell.writes, ...cell.reads], cell.writes).length > 0
  );
}
