import { ApiPaths, type ApiTable } from '../knowledge/api-table.js';
import type { Call, Effect, Fn, Program, Unit } from '../model/program.js';
import { once, onceOf } from './once.js';

/*
 * Where the calls are that a rule is about. There are many rules and many calls, so nobody goes through all of the latter to find
 * a few: they are put in order once, by what they call and by their files. All lists are in the order of `program.calls`.
 */

/** A call that a table knows, by the first of its paths that stands there. */
export interface KnownCall<T> {
  readonly call: Call;
  readonly api: string;
  readonly entry: T;
}

/** Positions in `program.calls`. */
interface Index {
  readonly calls: readonly Call[];
  readonly at: ReadonlyMap<Call, number>;
  readonly ofApi: ReadonlyMap<string, readonly number[]>;
  readonly paths: ApiPaths;
  readonly ofUnit: ReadonlyMap<Unit, readonly number[]>;
  readonly ofMember: ReadonlyMap<string, readonly number[]>;
}

const indexOf = once((program: Program): Index => {
  const { calls } = program;
  const positions = new Map<Call, number>();
  const ofApi = new Map<string, number[]>();
  const ofUnit = new Map<Unit, number[]>();
  const ofMember = new Map<string, number[]>();
  for (const [at, call] of calls.entries()) {
    positions.set(call, at);
    put(ofUnit, call.unit, at);
    for (const api of program.apis(call)) put(ofApi, api, at);
    const { callee } = call.fact;
    if (callee.k === 'member') put(ofMember, callee.name, at);
  }
  return { calls, at: positions, ofApi, paths: new ApiPaths(ofApi.keys()), ofUnit, ofMember };
});

function put<K>(lists: Map<K, number[]>, key: K, at: number): void {
  const list = lists.get(key);
  if (list) list.push(at);
  else lists.set(key, [at]);
}

/** Positions, each once and in order, as calls. */
function together(program: Program, lists: readonly (readonly number[])[]): readonly Call[] {
  const [only] = lists;
  if (!only) return [];
  const { calls } = indexOf(program);
  const positions = lists.length === 1 ? only : [...new Set(lists.flat())].sort((a, b) => a - b);
  return positions.map((at) => calls[at] as Call);
}

/** These calls, each once. */
export function inOrder(program: Program, calls: Iterable<Call>): readonly Call[] {
  const { at } = indexOf(program);
  const position = (call: Call) => at.get(call) ?? 0;
  return [...new Set(calls)].sort((a, b) => position(a) - position(b));
}

/** The calls that a table knows. */
export function callsKnown<T>(program: Program, table: ApiTable<T>): readonly KnownCall<T>[] {
  return inTable(program, table) as readonly KnownCall<T>[];
}

const inTable = onceOf((program: Program, table: ApiTable<unknown>): readonly KnownCall<unknown>[] => {
  const { ofApi, paths } = indexOf(program);
  const entries = new Map(table.among(paths));
  const lists = [...entries.keys()].map((api) => ofApi.get(api) ?? []);
  return together(program, lists).map((call) => {
    const api = program.apis(call).find((one) => entries.has(one)) as string;
    return { call, api, entry: entries.get(api) };
  });
});

/** The calls one of whose paths is accepted. */
export function callsWith(program: Program, accepts: (api: string) => boolean): readonly Call[] {
  const lists = [...indexOf(program).ofApi].flatMap(([api, list]) => (accepts(api) ? [list] : []));
  return together(program, lists);
}

/** The calls of methods of these names, whatever these belong to. */
export function callsOfMember(program: Program, names: Iterable<string>): readonly Call[] {
  const { ofMember } = indexOf(program);
  return together(
    program,
    [...names].flatMap((name) => [ofMember.get(name) ?? []]),
  );
}

/** The calls that stand in these files. */
export function callsAmong(program: Program, units: Iterable<Unit>): readonly Call[] {
  const { ofUnit } = indexOf(program);
  return together(
    program,
    [...units].flatMap((unit) => [ofUnit.get(unit) ?? []]),
  );
}

/** What is found at the calls of several files, in the order of the calls. */
export function foundAmong<T extends { readonly call: Call }>(
  program: Program,
  units: Iterable<Unit>,
  find: (program: Program, unit: Unit) => readonly T[],
): readonly T[] {
  const { at } = indexOf(program);
  const position = ({ call }: T) => at.get(call) ?? 0;
  return [...units].flatMap((unit) => find(program, unit)).sort((a, b) => position(a) - position(b));
}

/** The calls that send a database a statement that could be read. */
export const statements = once((program: Program): readonly { readonly call: Call; readonly statement: string }[] =>
  program.calls.flatMap((call) => {
    const statement = program.statement(call);
    return statement ? [{ call, statement }] : [];
  }),
);

/** The first call that a function is handed to where it is written. */
export function handing(program: Program, { unit, id }: Fn): Call | undefined {
  return handedIn(program, unit).get(id);
}

const handedIn = onceOf((program: Program, unit: Unit): ReadonlyMap<number, Call> => {
  const found = new Map<number, Call>();
  for (const call of callsAmong(program, [unit]))
    for (const arg of call.fact.args) if (arg.k === 'fn' && !found.has(arg.f)) found.set(arg.f, call);
  return found;
});

/** A call in a server or worker that does something outside the process. */
export interface Acting {
  readonly call: Call;
  readonly effect: Effect;
}

export const acting = once((program: Program): readonly Acting[] =>
  program.calls.flatMap((call) => {
    if (!call.unit.roles.has('server') && !call.unit.roles.has('worker')) return [];
    const effect = program.effect(call);
    return effect ? [{ call, effect }] : [];
  }),
);

/** The file of that name. */
export function unitOf(program: Program, file: string): Unit | undefined {
  return unitsByFile(program).get(file);
}

const unitsByFile = once((program: Program) => new Map(program.units.map((unit) => [unit.file, unit])));
