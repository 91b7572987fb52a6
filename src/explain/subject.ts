import type { AccessFact, BindingFact } from '../model/facts.js';
import type { Call, Fn, Program, StateAccess, StateCell, Unit } from '../model/program.js';
import type { Span } from '../model/span.js';

/** A piece of state that a line has to do with. */
export interface Touched {
  readonly cell: StateCell;
  /** "declares", "writes", "reads". */
  readonly how: 'declares' | 'writes' | 'reads';
}

/** What stands on the line that was asked about. */
export interface Subject {
  readonly program: Program;
  readonly unit: Unit;
  readonly line: number;
  /** The functions around it, outermost first, then those that stand on it. The module is the first. */
  readonly functions: readonly Fn[];
  readonly calls: readonly Call[];
  readonly accesses: readonly AccessFact[];
  readonly bindings: readonly BindingFact[];
  readonly state: readonly Touched[];
  /** Functions that a call of the line hands over: handlers, jobs. */
  readonly handed: readonly Fn[];
}

/** Callbacks written on the one line; of more than these nobody asks. */
const MOST_INLINE = 3;

export function subjectOf(program: Program, unit: Unit, line: number, column?: number): Subject {
  const { facts } = unit;
  const fns = facts.functions.map((_, id) => program.fn(unit, id));
  const around = fns.filter(({ id, fact: { span } }) => id === 0 || covers(span, line, column)).sort(bySize);
  const isInline = ({ id, fact: { span } }: Fn) => id !== 0 && span[0] === line && span[2] === line;
  const functions = [...around.filter((fn) => !isInline(fn)), ...around.filter(isInline).slice(0, MOST_INLINE)];
  const innermost = functions.findLast((fn) => !isInline(fn));
  const calls = callsOn(program, fns, line, column, innermost);
  return {
    program,
    unit,
    line,
    functions,
    calls,
    accesses: at(facts.accesses, line, column),
    bindings: at(facts.bindings, line, column),
    state: touched(program.cells, unit.file, line),
    handed: handedBy(program, calls),
  };
}

/** The calls that start on the line; where none does, the one whose arguments the line is part of. */
function callsOn(
  program: Program,
  fns: readonly Fn[],
  line: number,
  column: number | undefined,
  innermost: Fn | undefined,
): Call[] {
  const calls = fns.flatMap((fn) => program.callsIn(fn)).sort((a, b) => byStart(a.fact.span, b.fact.span));
  const starting = calls.filter(({ fact: { span } }) => span[0] === line);
  const pointed = column === undefined ? [] : starting.filter(({ fact: { span } }) => covers(span, line, column));
  if (pointed.length > 0) return pointed;
  if (starting.length > 0) return starting;
  const enclosing = calls.findLast((call) => call.fn === innermost && covers(call.fact.span, line, column));
  return enclosing ? [enclosing] : [];
}

const MOST_HANDED = 3;

/** What the project's own functions are handed they run themselves; their effects tell of it. */
function handedBy(program: Program, calls: readonly Call[]): Fn[] {
  const others = calls.filter((call) => program.callees(call).length === 0);
  const found = others.flatMap(({ unit, fact }) => fact.args.flatMap((arg) => program.functions(unit, arg)));
  return [...new Set(found)].slice(0, MOST_HANDED);
}

/** Those on the line, or, if a column is given and some of them hold it, only these. */
function at<T extends { readonly span: Span }>(facts: readonly T[], line: number, column: number | undefined): T[] {
  const starting = facts.filter(({ span }) => span[0] === line);
  const pointed = column === undefined ? [] : starting.filter(({ span }) => covers(span, line, column));
  return pointed.length > 0 ? pointed : starting;
}

function touched(cells: readonly StateCell[], file: string, line: number): Touched[] {
  const isHere = ({ place }: StateAccess) => place.file === file && place.span[0] === line;
  return cells.flatMap((cell): Touched[] => {
    if (cell.place.file === file && covers(cell.place.span, line)) return [{ cell, how: 'declares' }];
    if (cell.writes.some(isHere)) return [{ cell, how: 'writes' }];
    return cell.reads.some(isHere) ? [{ cell, how: 'reads' }] : [];
  });
}

/** Whether a stretch holds a line, or a column of it. */
export function covers([from, start, to, end]: Span, line: number, column?: number): boolean {
  if (line < from || line > to) return false;
  if (column === undefined) return true;
  return !(line === from && column < start) && !(line === to && column >= end);
}

function bySize(a: Fn, b: Fn): number {
  const size = ({ id, fact: { span } }: Fn) => (id === 0 ? Number.POSITIVE_INFINITY : span[2] - span[0]);
  return (a.id === b.id ? 0 : size(b) - size(a)) || byStart(a.fact.span, b.fact.span);
}

function byStart(a: Span, b: Span): number {
  return a[0] - b[0] || a[1] - b[1];
}
