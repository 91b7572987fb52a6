import type { Call, Process, Program, Unit } from '../model/program.js';
import { once } from './once.js';

interface Standing {
  readonly call: Call;
}

/** Where in a list the calls of each process stand, and those of which no process is known. */
interface Shares {
  readonly ofUnit: ReadonlyMap<Unit, readonly number[]>;
  readonly ofProcess: ReadonlyMap<Process, readonly number[]>;
  readonly open: readonly number[];
}

const SERVING = new Set<Process['role']>(['server', 'worker']);

/**
 * What of a list shares a process with a file, or may: `program.sharedBy` for all of it at once. Each of many servers asks that of
 * all there is of something, most of which belongs to others.
 */
export function sharing<T extends Standing>(program: Program, unit: Unit, list: readonly T[]): readonly T[] {
  const processes = program.processesOf(unit);
  const [first] = list;
  if (!first || processes.length === 0) return list;
  // Few, or so many processes that nobody can tell: `sharedBy` knows.
  if (list.length < FEW || areMany(program)) return list.filter(({ call }) => program.sharedBy(call.unit, unit));
  const { ofUnit, ofProcess, open } = sharesOf(program)(list);
  const found = new Set<number>([...open, ...(ofUnit.get(unit) ?? [])]);
  for (const process of processes)
    if (SERVING.has(process.role)) for (const at of ofProcess.get(process) ?? []) found.add(at);
  return [...found].sort((a, b) => a - b).map((at) => list[at] as T);
}

const FEW = 4;
const MANY = 300;
const areMany = once((program: Program) => program.processes.length > MANY);

const sharesOf = once((program: Program) =>
  once((list: readonly Standing[]): Shares => {
    const ofUnit = new Map<Unit, number[]>();
    const ofProcess = new Map<Process, number[]>();
    const open: number[] = [];
    for (const [at, { call }] of list.entries()) {
      put(ofUnit, call.unit, at);
      const processes = program.processesOf(call.unit);
      if (processes.length === 0) open.push(at);
      for (const process of processes) put(ofProcess, process, at);
    }
    return { ofUnit, ofProcess, open };
  }),
);

function put<K>(lists: Map<K, number[]>, key: K, at: number): void {
  const list = lists.get(key);
  if (list) list.push(at);
  else lists.set(key, [at]);
}
