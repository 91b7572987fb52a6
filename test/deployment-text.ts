import { describe } from '../src/describe/index.js';
import type { Balancer, Command, Descriptor, Environment, Probe, Stated, Workload } from '../src/model/deployment.js';
import type { Place } from '../src/model/span.js';
import { projectOf, type Sources } from './in-memory.js';

/*
 * What descriptors say, as lines to compare: one for each thing that is said, with the line and column where it is.
 */

export interface Told {
  readonly kind: string;
  readonly purpose: string;
  readonly why: string;
  readonly lines: readonly string[];
  readonly problems: readonly string[];
  readonly descriptor: Descriptor;
}

/** Describes some files, and gives what the first of them says. */
export async function told(sources: Sources): Promise<Told> {
  const project = await projectOf(sources);
  const { descriptors, problems } = await describe(project);
  const [file = ''] = Object.keys(sources);
  const descriptor = descriptors.find((one) => one.file === file);
  if (!descriptor) throw new Error(`${file} was taken for no descriptor`);
  return {
    kind: descriptor.kind,
    purpose: descriptor.purpose,
    why: descriptor.why,
    lines: linesOf(descriptor),
    problems: problems.map(
      ({ level, file: at, span, message }) => `${level} ${at}:${span?.slice(0, 2).join(':')} ${message}`,
    ),
    descriptor,
  };
}

export function linesOf(descriptor: Descriptor): string[] {
  const { file } = descriptor;
  return [
    ...environmentLines(descriptor.environment, file),
    ...descriptor.commands.flatMap((command) => commandLines(command, file)),
    ...descriptor.workloads.flatMap((workload) => workloadLines(workload, file)),
    ...descriptor.balancers.flatMap((balancer) => balancerLines(balancer, file)),
    ...descriptor.unread.map((place) => `unread ${at(place, file)}`),
  ];
}

function at({ file, span }: Place, own: string): string {
  return `${file === own ? '' : `${file}:`}${span[0]}:${span[1]}`;
}

function stated<T>({ value, place }: Stated<T>, own: string): string {
  return `${value === undefined ? '?' : typeof value === 'object' ? JSON.stringify(value) : value} @${at(place, own)}`;
}

function workloadLines(workload: Workload, file: string): string[] {
  const { name, as, does, owns, place } = workload;
  const one = (label: string, value: Stated<unknown> | undefined) =>
    value ? [`  ${label} ${stated(value, file)}`] : [];
  return [
    `${as} ${name}: ${does}, ${owns === true ? 'own' : owns === false ? 'foreign' : 'whose?'} @${at(place, file)}`,
    ...one('image', workload.image),
    ...(workload.build && as !== 'stage'
      ? [
          `  build ${workload.build.dockerfile ?? '?'}${workload.build.stage ? ` to ${workload.build.stage}` : ''} @${at(workload.build.place, file)}`,
        ]
      : []),
    ...one('workdir', workload.workdir),
    ...one('instances', workload.instances),
    ...(workload.autoscaled ? [`  autoscaled @${at(workload.autoscaled, file)}`] : []),
    ...updateLines(workload, file),
    ...environmentLines(workload.environment, file).map((line) => `  ${line}`),
    ...workload.environmentFrom.map((from) => `  variables from ${stated(from, file)}`),
    ...workload.volumes.map(
      (volume) =>
        `  volume ${volume.path}: ${volume.spread}${volume.keeps === true ? ', keeps' : ''}${volume.readOnly ? ', read only' : ''}${volume.name === undefined ? '' : ` (${volume.name})`} @${at(volume.place, file)}`,
    ),
    ...workload.probes.flatMap((probe) => probeLines(probe, file)),
    ...one('grace', workload.graceSeconds),
    ...one('stop signal', workload.stopSignal),
    ...one('init', workload.init),
    ...workload.pins.map(({ kind, text, place: where }) => `  pin ${kind} ${text} @${at(where, file)}`),
    ...workload.ports.map(
      ({ inside, outside, place: where }) =>
        `  port ${outside ? `${outside.value ?? '?'}:` : ''}${inside ?? '?'} @${at(where, file)}`,
    ),
    ...one('schedule', workload.schedule),
    ...one('budget', workload.budget),
    ...workload.copies.map(({ from, to, place: where }) => `  copy ${from.join(' ')} to ${to} @${at(where, file)}`),
    ...workload.commands.flatMap((command) => commandLines(command, file).map((line) => `  ${line}`)),
  ];
}

function updateLines({ update }: Workload, file: string): string[] {
  if (!update) return [];
  const parts = (['surge', 'unavailable', 'order'] as const).flatMap((name) => {
    const value = update[name];
    return value ? [`${name} ${stated<string>(value, file)}`] : [];
  });
  return [`  update ${[`${update.kind} @${at(update.place, file)}`, ...parts].join(', ')}`];
}

function environmentLines(environment: Environment, file: string): string[] {
  return Object.entries(environment).map(([name, value]) => `${name}=${stated(value, file)}`);
}

function probeLines({ kind, path, off, command, place }: Probe, file: string): string[] {
  const words = command?.steps.map((step) => step.words.join(' ')).join('; ');
  return [
    `  probe ${kind}${off ? ' off' : ''}${path ? ` ${path.value ?? '?'}` : ''}${words ? ` by \`${words}\`` : ''} @${at(place, file)}`,
  ];
}

/** The command, then each of its steps. */
export function commandLines(command: Command, file: string): string[] {
  const marks = [
    command.form,
    command.unknown ? 'unknown' : '',
    command.arguments ? 'arguments' : '',
    command.name ?? '',
  ]
    .filter(Boolean)
    .join(', ');
  return [
    `${command.at} (${marks}) @${at(command.place, file)}`,
    ...command.steps.map((step) => {
      const tests = step.tests.map(({ words, holds }) => `${holds ? '' : 'not '}${words.join(' ')}`).join(' and ');
      const sets = environmentLines(step.environment, file).map((line) => line.replace(/ @.*$/, ''));
      return `  ${[...(step.exec ? ['exec'] : []), ...sets, ...step.words].join(' ')}${step.background ? ' &' : ''}${step.outputs.length ? ` > ${step.outputs.join(' ')}` : ''}${tests ? ` if ${tests}` : ''} @${at(step.place, file)}`;
    }),
  ];
}

function balancerLines({ name, place, sticky, idleSeconds, targets, probes }: Balancer, file: string): string[] {
  return [
    `balancer ${name} @${at(place, file)}`,
    ...(sticky ? [`  sticky ${stated(sticky, file)}`] : []),
    ...(idleSeconds ? [`  idle ${stated(idleSeconds, file)}`] : []),
    ...targets.map((target) => `  to ${stated(target, file)}`),
    ...probes.flatMap((probe) => probeLines(probe, file)),
  ];
}
