import {
  ApiTable,
  type Call,
  callsKnown,
  type Expr,
  type Fn,
  isBefore,
  type LocalLock,
  localLocks,
  madeBy,
  type Program,
  type Unit,
  workAfter,
} from '../../src/api/index.js';
import { type Lock, type Taking, work } from './held.js';

const TABLE = new ApiTable<LocalLock>(localLocks.map((entry) => ({ patterns: [entry.api], entry })));
const RELEASE = /^(?:release|unlock|unlockSync|signal|leave|done|v|close)$/;

interface Open {
  readonly made?: Call;
  readonly first: Call;
  readonly entry: LocalLock;
  readonly takings: Taking[];
}

/** The locks of packages, each with the places that take it. */
export function libraryLocks(program: Program): Lock[] {
  const open: Open[] = [];
  for (const { call, entry } of callsKnown(program, TABLE)) {
    const { made } = madeBy(program, call);
    // One that is made for one request keeps the parts of that request in order.
    if (made && !program.keeps(made)) continue;
    if (isWide(program, made, entry)) continue;
    // What is not waited for is a queue.
    if (entry.limiter && (call.fact.use === 'dropped' || call.fact.use === 'voided')) continue;
    const taking = takingOf(program, call, entry);
    const known = open.find((one) => (made ? one.made === made : false));
    if (known) known.takings.push(taking);
    else open.push({ ...(made ? { made } : {}), first: call, entry, takings: [taking] });
  }
  return open.map(({ made, first, entry, takings }) => {
    const at = made ?? first;
    const [api = ''] = program.apis(first);
    return {
      place: { file: at.unit.file, span: at.fact.span },
      unit: at.unit,
      name: madeBy(program, first).name,
      kind: `\`${api.slice(0, api.indexOf(':'))}\``,
      holds: entry.holds,
      ...(entry.limiter ? { limiter: true as const } : {}),
      takings,
    };
  });
}

/** It lets several through: that keeps nothing apart. */
function isWide(program: Program, made: Call | undefined, { permits }: LocalLock): boolean {
  if (!permits) return false;
  const given = made?.fact.args[permits.arg];
  const [value] = given && made ? countOf(program, made.unit, given, permits.path) : [];
  return (value ?? (given ? 2 : permits.otherwise)) !== 1;
}

function countOf(program: Program, unit: Unit, expr: Expr, path: string | undefined): number[] {
  const values = path ? program.property(unit, expr, [path]) : program.values(unit, expr);
  return values.flatMap(({ value }) =>
    value.kind === 'literal' && typeof value.value === 'number' ? [value.value] : [],
  );
}

function takingOf(program: Program, call: Call, entry: LocalLock): Taking {
  const { unit, fn, fact } = call;
  const handed: Fn[] = [];
  const arg = entry.work === undefined ? undefined : fact.args[entry.work];
  if (arg) handed.push(...program.functions(unit, arg));
  for (const other of fact.args) if (other.k === 'fn') handed.push(program.fn(unit, other.f));
  const fns = [...new Set(handed)];
  const works = work(program, fns);
  if (entry.work === undefined) {
    works.push(workAfter(program, fn, fact.span, lastRelease(program, call)));
    fns.push(fn);
  }
  return { unit, fn, place: { file: unit.file, span: fact.span }, site: call, works, fns };
}

/** Where the lock is given back for the last time in the same function. */
function lastRelease(program: Program, { fn, fact }: Call): Call['fact']['span'] | undefined {
  const releases = program.callsIn(fn).filter(({ unit, fact: { callee, span } }) => {
    const name =
      callee.k === 'member' ? callee.name : callee.k === 'id' ? (unit.facts.bindings[callee.b]?.name ?? '') : '';
    return RELEASE.test(name) && isBefore(fact.span, span);
  });
  return releases.at(-1)?.fact.span;
}
