import { ApiTable } from '../../knowledge/api-table.js';
import { type ListenKnowledge, listenCalls } from '../../knowledge/servers.js';
import type { Call, Process, Program, Reach, Unit } from '../../model/program.js';
import { callsKnown, callsOfMember, inOrder } from '../calls.js';
import { once } from '../once.js';

/** A call that opens a server while the process starts. */
export interface Listening {
  readonly call: Call;
  readonly entry: ListenKnowledge;
  readonly reach: Reach;
  /** What it is called on could not be resolved. */
  readonly guessed?: true;
}

/**
 * An application as it is started: its servers, and every file that shares the process with them. Several ways to start the same
 * server (`npm start`, a `bin`) are one: what is handled in one of them is known to whoever starts it.
 */
export interface Server {
  /** The calls that open it, the one that stands for it first. */
  readonly listening: readonly [Listening, ...Listening[]];
  readonly units: ReadonlySet<Unit>;
  readonly processes: readonly Process[];
  /** The folder of the manifest. */
  readonly application: string;
  /** No process is known that holds its files: they were put together by their manifest. */
  readonly assumed?: true;
}

const TABLE = new ApiTable<ListenKnowledge>(listenCalls.map((entry) => ({ patterns: [entry.api], entry })));

/** The servers of the program, in the order of their files. */
export const serversOf = once((program: Program): readonly Server[] => {
  const groups: Group[] = [];
  for (const call of mayListen(program)) {
    const listening = listeningOf(program, call);
    if (!listening) continue;
    const processes = program.processesOf(call.unit).filter(({ role }) => role === 'server');
    const applications = new Set(processes.map(({ application }) => application));
    if (applications.size === 0) {
      const application = call.unit.manifest?.dir ?? '.';
      join(groups, { application, processes: new Set(), listening: [listening] });
    }
    for (const application of applications)
      join(groups, {
        application,
        processes: new Set(processes.filter((process) => process.application === application)),
        listening: [listening],
      });
  }
  return groups.map((group) => serverOf(program, group));
});

/** What knowledge says, and what is told from its shape. */
function mayListen(program: Program): readonly Call[] {
  return inOrder(program, [
    ...callsKnown(program, TABLE).map(({ call }) => call),
    ...callsOfMember(program, ['listen']).filter((call) => program.apis(call).length === 0),
  ]);
}

interface Group {
  readonly application: string;
  readonly processes: Set<Process>;
  readonly listening: Listening[];
}

/** Groups of one application that have a process in common are one, and so are those of which no process is known. */
function join(groups: Group[], group: Group): void {
  const into: Group = { ...group, listening: [...group.listening] };
  for (let at = groups.length - 1; at >= 0; at--) {
    const other = groups[at] as Group;
    if (other.application !== into.application) continue;
    const same = into.processes.size
      ? [...other.processes].some((process) => into.processes.has(process))
      : other.processes.size === 0;
    if (!same) continue;
    for (const process of other.processes) into.processes.add(process);
    into.listening.unshift(...other.listening);
    groups.splice(at, 1);
  }
  groups.push(into);
}

function serverOf(program: Program, { application, processes, listening }: Group): Server {
  const ranked = [...new Set(listening)]
    .map((one, index) => ({ one, rank: rank(program, one), index }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ one }) => one) as [Listening, ...Listening[]];
  const units = new Set<Unit>();
  for (const process of processes) for (const unit of process.units) units.add(unit);
  const assumed = processes.size === 0;
  if (assumed)
    for (const unit of program.units)
      if (unit.roles.has('server') && (unit.manifest?.dir ?? '.') === application) units.add(unit);
  return { listening: ranked, units, processes: [...processes], application, ...(assumed ? { assumed } : {}) };
}

/** Of several servers of a process, the one that users reach: opened on every start, and not for metrics or a redirect. */
function rank(program: Program, { call, entry }: Listening): number {
  const { when } = program.setting(program.conditions(call, 'boot'));
  const text = `${call.unit.file} ${call.fn.name} ${program.text(call.unit, call.fact.callee)}`;
  return (
    (when === 'always' ? 0 : when === 'default-config' ? 1 : 2) +
    (/metric|prometheus|internal|debug|redirect|probe|health/i.test(text) ? 4 : 0) +
    (entry.server === 'Socket.IO' ? 1 : 0)
  );
}

/** A call that opens a server at the start of a serving process; what only development does is not meant. */
function listeningOf(program: Program, call: Call): Listening | undefined {
  if (call.fact.decorates || !call.unit.roles.has('server') || call.unit.vendored) return undefined;
  const apis = program.apis(call);
  const known = apis.map((api) => TABLE.first(api)).find((one) => one !== undefined);
  const entry = known ?? (apis.length === 0 ? listensByShape(program, call) : undefined);
  if (!entry) return undefined;
  const reach = program.reaches(call.fn).find(({ phase }) => phase === 'boot');
  if (!reach) return undefined;
  const first = call.fact.args[0];
  const port = first && entry.server !== 'Nest' ? program.values(call.unit, first) : [];
  // Any free port: a helper of this process, which nobody outside can know.
  if (port.length > 0 && port.every(({ value }) => value.kind === 'literal' && value.value === 0)) return undefined;
  // `socket.io` is attached to a server that is opened elsewhere; only with a port of its own does it open one.
  if (entry.server === 'Socket.IO' && !port.some(({ value }) => value.kind === 'literal')) return undefined;
  const setting = program.setting(program.conditions(call, 'boot'));
  if (setting.developmentOnly || setting.never) return undefined;
  return { call, entry, reach, ...(known ? {} : { guessed: true as const }) };
}

const UNKNOWN_SERVER: ListenKnowledge = { api: '', server: 'an HTTP server', source: 'told from its shape' };

/** `state.server.listen(config.port)`, where what it is called on could not be resolved. */
function listensByShape(program: Program, call: Call): ListenKnowledge | undefined {
  const {
    unit,
    fact: { callee, args },
  } = call;
  // A method of the project's own opens what it opens, and is looked into.
  if (program.callees(call).length > 0) return undefined;
  if (callee.k !== 'member' || callee.name !== 'listen' || !args[0]) return undefined;
  if (!/(?:server|app|express|fastify|koa|http)$/i.test(program.text(unit, callee.of))) return undefined;
  const isPort =
    /port/i.test(program.text(unit, args[0])) ||
    program.values(unit, args[0]).some(({ value }) => value.kind === 'literal' && typeof value.value === 'number');
  return isPort ? UNKNOWN_SERVER : undefined;
}
