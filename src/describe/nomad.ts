import type { Command, Update, Volume, Workload } from '../model/deployment.js';
import { parseHcl } from '../parse/hcl.js';
import { entries, get, items, numberOf, type Tree, type TreeEntry, textOf } from '../parse/tree.js';
import { commandOf, execCommand, wordsOf } from './commands.js';
import { dutyOf } from './duty.js';
import { ownership } from './owner.js';
import { countOf } from './platforms.js';
import { purposeOf } from './purpose.js';
import { type Describer, said, type Source, type Surroundings, workload } from './source.js';
import { environment, givenSeconds, httpProbe } from './values.js';

/** A job: its groups are what is counted, their tasks what is run. */
export const describeNomad: Describer = (source, around) => {
  const parsed = parseHcl(source.text);
  source.broken(parsed.flaw, 'HCL', 'note');
  const workloads = blocks(parsed.trees[0], 'job').flatMap((job) =>
    blocks(job.value, 'group').flatMap((group) => tasksOf(source, around, job, group)),
  );
  return { workloads, ...purposeOf(source.file, workloads, { platform: 'it is run by Nomad' }) };
};

function blocks(tree: Tree | undefined, name: string): readonly TreeEntry[] {
  return entries(tree).filter(({ key, labels }) => key === name && labels !== undefined);
}

function tasksOf(source: Source, around: Surroundings, job: TreeEntry, group: TreeEntry): readonly Workload[] {
  const tasks = blocks(group.value, 'task');
  const before = tasks.flatMap((task): readonly Command[] => {
    const isFirst =
      textOf(get(task.value, 'lifecycle', 'hook')) === 'prestart' &&
      textOf(get(task.value, 'lifecycle', 'sidecar')) !== 'true';
    const command = isFirst ? startOf(source, task.value) : undefined;
    return command ? [{ ...command, at: 'before', name: task.labels?.[0] ?? '' }] : [];
  });
  const main = tasks.filter((task) => get(task.value, 'lifecycle') === undefined);
  return main.map((task) => taskOf(source, around, job, group, task, before, main.length > 1));
}

function taskOf(
  source: Source,
  around: Surroundings,
  job: TreeEntry,
  group: TreeEntry,
  task: TreeEntry,
  before: readonly Command[],
  several: boolean,
): Workload {
  const config = get(task.value, 'config');
  const image = source.given(get(config, 'image'));
  const start = startOf(source, task.value);
  const scaling = get(group.value, 'scaling');
  const low = numberOf(get(scaling, 'min'));
  const high = numberOf(get(scaling, 'max'));
  const schedule = source.given(get(job.value, 'periodic', 'cron') ?? get(job.value, 'periodic', 'crons'));
  const services = [...blocks(group.value, 'service'), ...blocks(task.value, 'service')];
  const own = ownership(image, undefined, around);
  const name = several
    ? `${group.labels?.[0] ?? ''}/${task.labels?.[0] ?? ''}`
    : (group.labels?.[0] ?? task.labels?.[0] ?? 'task');
  const commands = [...(start ? [start] : []), ...before];
  const ports = entries(get(group.value, 'network'))
    .filter(({ key }) => key === 'port')
    .map(({ value }) => ({
      ...said({ inside: numberOf(get(value, 'to')), outside: source.givenNumber(get(value, 'static')) }),
      place: source.of(get(value, 'static') ?? value),
    }));
  return workload({
    name,
    place: source.place(task.keySpan),
    as: textOf(get(job.value, 'type')) === 'system' ? 'system job' : 'group',
    ...own,
    does: schedule ? 'cron' : own.owns === false ? 'unknown' : dutyOf(name, commands, services.length > 0),
    ...said<Partial<Workload>>({
      image,
      instances: scaling
        ? { ...(low === undefined ? {} : { value: { min: low, ...said({ max: high }) } }), place: source.of(scaling) }
        : countOf(source, get(group.value, 'count')),
      autoscaled: scaling && source.of(scaling),
      update: updateOf(source, get(group.value, 'update') ?? get(job.value, 'update')),
      graceSeconds: givenSeconds(source, get(task.value, 'kill_timeout')),
      stopSignal: source.given(get(task.value, 'kill_signal')),
      schedule,
    }),
    commands,
    environment: environment(source, get(task.value, 'env')),
    volumes: volumesOf(source, group.value, task.value),
    pins: ports.flatMap(({ outside, place }) =>
      outside ? [{ kind: 'host-port' as const, text: String(outside.value ?? ''), place }] : [],
    ),
    ports,
    probes: services.flatMap(({ value }) =>
      entries(value)
        .filter(({ key }) => key === 'check')
        .flatMap(({ value: check, keySpan }) => {
          const path = get(check, 'path');
          return path ? httpProbe(source, path) : [{ kind: 'health' as const, place: source.place(keySpan) }];
        }),
    ),
  });
}

function startOf(source: Source, task: Tree): Command | undefined {
  const config = get(task, 'config');
  const command = get(config, 'command');
  const args = get(config, 'args');
  if (!command) {
    const given = commandOf(source, 'start', args, 'split');
    return given && { ...given, arguments: true };
  }
  // What is interpolated by Nomad stays as it is written.
  return execCommand(source, 'start', [...wordsOf(command), ...wordsOf(args)]);
}

function updateOf(source: Source, tree: Tree | undefined): Update | undefined {
  if (!tree) return undefined;
  const canary = numberOf(get(tree, 'canary'));
  return {
    kind: 'rolling',
    place: source.of(tree),
    ...said<Pick<Partial<Update>, 'unavailable' | 'order'>>({
      unavailable: source.given(get(tree, 'max_parallel')),
      order: canary ? { value: 'start-first', place: source.of(tree) } : undefined,
    }),
  };
}

function volumesOf(source: Source, group: Tree, task: Tree): readonly Volume[] {
  const declared = new Map(blocks(group, 'volume').map(({ labels, value }) => [labels?.[0], value]));
  return entries(task)
    .filter(({ key }) => key === 'volume_mount')
    .flatMap(({ value }): readonly Volume[] => {
      const name = textOf(get(value, 'volume'));
      const path = textOf(get(value, 'destination'));
      const volume = declared.get(name);
      if (path === undefined) return [];
      const isHost = textOf(get(volume, 'type')) === 'host';
      const mode = textOf(get(volume, 'access_mode')) ?? '';
      const spread = isHost
        ? 'host'
        : /multi-node/.test(mode)
          ? 'shared'
          : /single-node/.test(mode)
            ? 'instance'
            : 'unknown';
      return [
        {
          path,
          spread,
          keeps: true,
          ...said({ name }),
          why: isHost ? 'a folder of the host' : `a volume with the access mode \`${mode || 'not said'}\``,
          place: source.of(value),
        },
      ];
    })
    .concat(
      items(get(task, 'config', 'volumes')).flatMap((item): readonly Volume[] => {
        const [from, path] = (textOf(item) ?? '').split(':');
        return from && path
          ? [{ path, spread: 'host', keeps: true, name: from, why: 'a folder of the host', place: source.of(item) }]
          : [];
      }),
    );
}
