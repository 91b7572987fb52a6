import {
  ApiTable,
  type Call,
  callsKnown,
  callsOfMember,
  type Effect,
  type Fn,
  isWaitedFor,
  madeBy,
  type MemoryQueue,
  memoryQueues,
  type Program,
} from '../../src/api/index.js';

const TABLE = new ApiTable<MemoryQueue>(memoryQueues.map((entry) => ({ patterns: [entry.api], entry })));

/** A place that puts work into a queue. */
export interface Put {
  readonly call: Call;
  readonly isWaited: boolean;
  readonly effects: readonly Effect[];
  readonly unknown: boolean;
}

export interface Queue {
  readonly made: Call;
  readonly name: string;
  readonly packageName: string;
  readonly keeps: MemoryQueue['keeps'];
  readonly puts: readonly Put[];
}

/** The queues that packages keep in memory, each with what is put in. */
export function memoryQueuesOf(program: Program): Queue[] {
  const found = new Map<Call, { queue: Omit<Queue, 'puts'>; puts: Put[] }>();
  for (const { call } of callsKnown(program, TABLE)) {
    for (const api of program.apis(call)) {
      const entry = TABLE.first(api);
      if (!entry) continue;
      const { made, name } = madeBy(program, call);
      if (!made || !program.keeps(made) || isKeptElsewhere(program, made, entry)) break;
      const known = found.get(made) ?? {
        queue: {
          made,
          name,
          packageName: api.slice(0, api.indexOf(':')),
          keeps: entry.keeps,
        },
        puts: [],
      };
      known.puts.push(putBy(program, call, made, entry));
      found.set(made, known);
      break;
    }
  }
  return [...found.values()].map(({ queue, puts }) => ({ ...queue, puts }));
}

function isKeptElsewhere(program: Program, made: Call, { unless }: MemoryQueue): boolean {
  return (
    unless !== undefined &&
    made.fact.args.some((arg) =>
      program
        .values(made.unit, arg)
        .some(({ value }) => value.kind === 'object' && value.expr.props.some(({ name }) => name === unless)),
    )
  );
}

function putBy(program: Program, call: Call, made: Call, entry: MemoryQueue): Put {
  const arg = entry.work === undefined ? undefined : call.fact.args[entry.work];
  const fns = new Set<Fn>(arg ? program.functions(call.unit, arg) : workers(program, made, entry));
  if (arg?.k === 'array')
    for (const item of arg.items) for (const fn of program.functions(call.unit, item)) fns.add(fn);
  const works = [...fns].map((fn) => program.unguarded(fn));
  return {
    call,
    isWaited: isWaitedFor(program, call),
    effects: works.flatMap(({ effects }) => effects),
    unknown: works.length === 0 || works.some(({ unknown }) => unknown),
  };
}

/** The functions that the making call was handed, or those that a method of the queue was. */
function workers(program: Program, made: Call, { worker }: MemoryQueue): readonly Fn[] {
  const handed = made.fact.args.flatMap((arg) => [
    ...program.functions(made.unit, arg),
    ...program
      .property(made.unit, arg, ['process'])
      .flatMap(({ value }) => (value.kind === 'function' ? [value.fn] : [])),
  ]);
  if (handed.length > 0 || !worker) return handed;
  return callsOfMember(program, [worker]).flatMap((call) =>
    madeBy(program, call).made === made ? call.fact.args.flatMap((arg) => program.functions(call.unit, arg)) : [],
  );
}
