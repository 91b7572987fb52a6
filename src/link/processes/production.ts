import { posix } from 'node:path';
import { countedOtherwise, ending, instancesKnowledge, scaleCommands } from '../../knowledge/deployment/instances.js';
import { rollingCommands, updateKnowledge } from '../../knowledge/deployment/updates.js';
import type { Count, Descriptor, Environment, Workload } from '../../model/deployment.js';
import type { Declaration, Operation, Scaling, Told } from '../../model/production.js';
import type { Deployed, Process } from '../../model/program.js';
import type { Place } from '../../model/span.js';

/*
 * Which workloads are production, which processes of the program they run, how often, and how they are replaced. What the
 * configuration says goes before the descriptors; what neither says is left open.
 */

const ENDING = new Set<Workload['does']>(['cron', 'migration', 'release']);
const SERVING = new Set<Process['role']>(['server', 'worker']);

/** What there is where no descriptor says so, and what a configuration is likely to call it. */
const DECLARED = [
  { name: 'the application', role: 'server', called: 'web' },
  { name: 'the worker', role: 'worker', called: 'worker' },
] as const;

/** A workload of production with what it runs, before anything is counted. */
export interface InUse {
  readonly name: string;
  readonly deployed?: Deployed;
  readonly processes: readonly Process[];
  readonly environment: Environment;
}

export function isForUse({ purpose }: Descriptor): boolean {
  return purpose !== 'development' && purpose !== 'test';
}

/** The workloads that are production; where some are said to be, those of which nothing is said are left out. */
export function inUse(
  processes: readonly Process[],
  workloads: readonly Deployed[],
  declared: Declaration = {},
): readonly InUse[] {
  const serving = processes.filter(({ role }) => SERVING.has(role));
  const given = variablesOf(declared);
  const found = workloads.flatMap((deployed): (InUse & { readonly deployed: Deployed })[] => {
    const { descriptor, workload } = deployed;
    // An image says nothing of where it runs, nor do steps that end.
    if (descriptor.kind === 'dockerfile' || !isForUse(descriptor) || workload.owns !== true) return [];
    if (ENDING.has(workload.does) || ending.includes(workload.as) || workload.schedule) return [];
    const own = deployed.processes.filter(({ role }) => SERVING.has(role));
    const runs = own.length > 0 ? own : likely(deployed, workloads, serving);
    return [
      {
        name: workload.name,
        deployed,
        processes: runs,
        environment: { ...environmentOf(deployed), ...given },
      },
    ];
  });
  const production = found.filter(({ deployed }) => deployed.descriptor.purpose === 'production');
  const chosen = production.length > 0 ? production : found;
  if (chosen.length > 0 || Object.keys(declared).length === 0) return chosen;
  return DECLARED.flatMap(({ name, role }): InUse[] => {
    const own = serving.filter((one) => one.role === role);
    return own.length > 0 ? [{ name, processes: own, environment: given }] : [];
  });
}

/** What the commands do not tell: the process type of a Procfile, or the servers of the application that is deployed. */
function likely(
  { descriptor, workload, runs }: Deployed,
  all: readonly Deployed[],
  serving: readonly Process[],
): readonly Process[] {
  const type = workload.name.split('/').at(-1);
  const typed = all.find(
    (other) =>
      other.descriptor.kind === 'procfile' &&
      posix.dirname(other.descriptor.file) === posix.dirname(descriptor.file) &&
      (other.workload.name === type || (other.workload.name === 'web' && workload.does === 'web')),
  );
  if (typed && typed.processes.length > 0) return typed.processes;
  // Something else is started, which is not one of the processes that are known.
  if (runs.some(({ at }) => at === 'start') && workload.does !== 'web' && workload.does !== 'unknown') return [];
  const role = workload.does === 'worker' ? 'worker' : 'server';
  const folders = [workload.build?.context, posix.dirname(descriptor.file), '.'];
  for (const folder of folders) {
    const here = serving.filter((one) => one.application === folder && one.role === role);
    if (here.length > 0) return here;
  }
  const applications = new Set(serving.filter((one) => one.role === role).map(({ application }) => application));
  return applications.size === 1 ? serving.filter((one) => one.role === role) : [];
}

/** What is set for it: by its command, by itself, and by its image where nothing unknown may have changed that. */
function environmentOf({ descriptor, workload, image, runs }: Deployed): Environment {
  const last = runs.findLast(({ at, step }) => at === 'start' && !step.background);
  const built = workload.environmentFrom.length === 0 ? image?.environment : undefined;
  return { ...built, ...descriptor.environment, ...workload.environment, ...last?.step.environment };
}

function variablesOf({ environment = {}, place }: Declaration): Environment {
  const at = place ?? { file: '', span: [1, 1, 1, 1] as const };
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, { value, place: at }]));
}

/** The commands in scripts that set the number of instances, those for development and tests left out. */
export function scalingsOf(descriptors: readonly Descriptor[]): readonly Scaling[] {
  return commandLines(descriptors).flatMap(({ line, place, file }): readonly Scaling[] => {
    const { name, count } = scaleCommands.map(({ pattern }) => pattern.exec(line)?.groups).find(Boolean) ?? {};
    return count === undefined ? [] : [{ ...(name === undefined ? {} : { name }), count: Number(count), place, file }];
  });
}

function commandLines(descriptors: readonly Descriptor[]) {
  return descriptors
    .filter(isForUse)
    .flatMap(({ commands, file }) =>
      commands.flatMap(({ steps }) => steps.map(({ words, place }) => ({ line: words.join(' '), place, file }))),
    );
}

export interface Counting {
  readonly declared: Declaration;
  readonly descriptors: readonly Descriptor[];
  readonly scalings: readonly Scaling[];
  /** Where a process makes more of itself. */
  forks(process: Process): Place | undefined;
}

export function operations(list: readonly InUse[], counting: Counting): readonly Operation[] {
  return list.map((one) => {
    const instances = instancesOf(one, counting);
    const overlap = overlapOf(one, instances, counting);
    const peak = peakOf(one, instances, overlap, counting.declared);
    return {
      ...one,
      ...(instances ? { instances } : {}),
      ...(overlap ? { overlap } : {}),
      ...(peak === undefined ? {} : { peak }),
    };
  });
}

/** Whether a name of the configuration means this workload, or a process in it. */
export function isNamed({ name, deployed, processes }: InUse, written: string): boolean {
  return (
    name === written ||
    name.split('/').at(-1) === written ||
    (deployed ? deployed.workload.does === written : DECLARED.find((one) => one.name === name)?.called === written) ||
    processes.some((process) => process.name === written || process.application === written)
  );
}

function instancesOf(one: InUse, { declared, scalings, forks }: Counting): Told<Count> | undefined {
  const { instances } = declared;
  const given =
    typeof instances === 'number'
      ? instances
      : Object.entries(instances ?? {}).find(([written]) => isNamed(one, written))?.[1];
  if (given !== undefined) return exactly(given, declared.place);
  const fork = one.processes.map(forks).find((place) => place !== undefined);
  if (fork) return { value: { min: 2 }, words: 'starts several processes of itself (`cluster.fork`)', place: fork };
  return one.deployed && counted(one.deployed, scalings);
}

function counted({ descriptor, workload }: Deployed, scalings: readonly Scaling[]): Told<Count> | undefined {
  if (countedOtherwise.includes(workload.as)) return undefined;
  const name = workload.name.split('/').at(-1);
  const scaled = scalings.find((command) => command.name === undefined || command.name === name);
  if (scaled) return { ...exactly(scaled.count, scaled.place), words: `is scaled to ${counting(scaled.count)}` };
  const { instances, autoscaled } = workload;
  if (instances || autoscaled) {
    const place = instances?.place ?? (autoscaled as Place);
    const { min, max } = instances?.value ?? {};
    if (autoscaled && (max ?? 2) > 1 && min !== max)
      return {
        value: { min: min ?? 1, max: max ?? 2 },
        words: max === undefined ? 'is scaled with its load' : `is scaled with its load, up to ${counting(max)}`,
        place,
      };
    if (min === undefined) return undefined;
    // One or more can be one.
    if (max === undefined && min < 2) return undefined;
    if (max === undefined) return { value: { min }, words: `runs ${counting(min)} or more`, place };
    return exactly(min, place);
  }
  const knowledge = instancesKnowledge.find(({ kind }) => kind === descriptor.kind);
  if (knowledge?.unsaid === undefined || descriptor.unread.length > 0) return undefined;
  return { ...exactly(knowledge.unsaid, workload.place), words: 'runs one instance, the default of its platform' };
}

function exactly(count: number, place: Place | undefined): Told<Count> {
  return { value: { min: count, max: count }, words: `runs ${counting(count)}`, ...(place ? { place } : {}) };
}

function counting(count: number): string {
  return count === 1 ? 'one instance' : `${count} instances`;
}

const SIDE_BY_SIDE = 'starts the new version before the old one has stopped';
const ONE_BY_ONE = 'stops the old version before the new one starts';

function overlapOf(
  { deployed, name }: InUse,
  instances: Told<Count> | undefined,
  { declared, descriptors }: Counting,
): Told<boolean> | undefined {
  const told = (value: boolean, place: Place | undefined): Told<boolean> => ({
    value,
    words: value ? SIDE_BY_SIDE : ONE_BY_ONE,
    ...(place ? { place } : {}),
  });
  if (declared.strategy !== undefined) return told(declared.strategy === 'rolling', declared.place);
  if (!deployed) return undefined;
  const { descriptor, workload } = deployed;
  const { update } = workload;
  const isSeveral = (instances?.value.max ?? instances?.value.min ?? 0) > 1;
  const knowledge = updatesOf(deployed);
  if (update?.kind === 'recreate') return told(false, update.place);
  if (update?.kind === 'rolling') {
    const { order, surge } = update;
    // Of several, one that is replaced is new beside others that are old.
    if (isSeveral) return told(true, update.place);
    if (order?.value !== undefined) return told(order.value === 'start-first', order.place);
    if (surge?.value !== undefined) return told(!/^0%?$/.test(surge.value), surge.place);
    return surge || order || knowledge?.rolling === undefined ? undefined : told(knowledge.rolling, update.place);
  }
  if (update) return undefined;
  const command = commandLines(descriptors).find(({ line }) =>
    rollingCommands.some(({ pattern }) => {
      const found = pattern.exec(line);
      return found !== null && (found.groups?.name === undefined || found.groups.name === name);
    }),
  );
  if (command) return told(true, command.place);
  if (knowledge?.unsaid === undefined || descriptor.unread.length > 0) return undefined;
  const isHeld = knowledge.notWithVolumes && workload.volumes.some(({ spread }) => spread !== 'shared');
  return told(knowledge.unsaid && !isHeld, workload.place);
}

function updatesOf({ descriptor, workload }: Deployed) {
  return updateKnowledge.find(
    ({ kinds, as }) => kinds.includes(descriptor.kind) && (as === undefined || as.includes(workload.as)),
  );
}

function peakOf(
  { deployed }: InUse,
  instances: Told<Count> | undefined,
  overlap: Told<boolean> | undefined,
  { strategy }: Declaration,
): number | undefined {
  const most = instances?.value.max ?? instances?.value.min;
  if (most === undefined) return undefined;
  if (!overlap?.value || strategy === 'recreate') return most;
  const surge = deployed?.workload.update?.surge?.value ?? (deployed && updatesOf(deployed)?.surge) ?? '1';
  const [, number = '1', percent] = /^(\d+)(%?)$/.exec(surge) ?? [];
  return most + (percent ? Math.ceil((most * Number(number)) / 100) : Number(number));
}
