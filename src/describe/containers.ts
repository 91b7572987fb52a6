import type { Command, Stated, Volume, Workload } from '../model/deployment.js';
import { booleanOf, entries, items, numberOf, type Tree, type TreeEntry, textOf } from '../parse/tree.js';
import { commandOf, execCommand, wordsOf } from './commands.js';
import { dutyOf } from './duty.js';
import { ownership } from './owner.js';
import { said, type Source, type Surroundings, workload } from './source.js';
import { environment, healthProbe, healthTest } from './values.js';

/*
 * Task definitions of ECS, which stand in JSON files, in CloudFormation and in Terraform, each with its own way to write the same
 * names: `desiredCount`, `DesiredCount`, `desired_count`.
 */

function plain(name: string): string {
  return name.replaceAll(/[_-]/g, '').toLowerCase();
}

/** The entry of a name, however it is written. */
export function pickEntry(tree: Tree | undefined, ...path: readonly string[]): TreeEntry | undefined {
  let at = tree;
  let found: TreeEntry | undefined;
  for (const name of path) {
    // A block that may come several times is a list of one.
    const map = at?.kind === 'list' ? at.items[0] : at;
    found = entries(map).find(({ key }) => plain(key) === plain(name));
    if (!found) return undefined;
    at = found.value;
  }
  return found;
}

export function pick(tree: Tree | undefined, ...path: readonly string[]): Tree | undefined {
  return pickEntry(tree, ...path)?.value;
}

/** The containers of a task; how many there are of it, its service says. */
export function taskWorkloads(
  source: Source,
  around: Surroundings,
  task: Tree,
  containers: Tree | undefined,
): readonly Workload[] {
  const volumes = taskVolumes(source, task);
  const all = items(containers);
  return all.map((container) => {
    const named = pickEntry(container, 'name');
    const name = textOf(named?.value) ?? 'container';
    const image = source.given(pick(container, 'image'));
    const start = startOf(source, container);
    const health = pickEntry(container, 'healthCheck');
    const init = pick(container, 'linuxParameters', 'initProcessEnabled');
    const ports = items(pick(container, 'portMappings')).map((mapping) => {
      const outside = pick(mapping, 'hostPort');
      return {
        ...said({ inside: numberOf(pick(mapping, 'containerPort')), outside: source.givenNumber(outside) }),
        place: source.of(outside ?? mapping),
      };
    });
    const known = ownership(image, undefined, around);
    const commands = start ? [start] : [];
    return workload({
      name,
      place: named ? source.of(named.value) : source.of(container),
      as: 'task',
      ...known,
      does: known.owns === false ? 'unknown' : dutyOf(name, commands, ports.length > 0),
      ...said<Partial<Workload>>({
        image,
        workdir: source.given(pick(container, 'workingDirectory')),
        graceSeconds: source.givenNumber(pick(container, 'stopTimeout')),
        init: init && { ...said({ value: booleanOf(init) }), place: source.of(init) },
      }),
      commands,
      environment: {
        ...environment(source, pick(container, 'environment'), ['name', 'Name']),
        ...Object.fromEntries(
          items(pick(container, 'secrets')).flatMap((secret): [string, Stated<string>][] => {
            const key = textOf(pick(secret, 'name'));
            return key === undefined ? [] : [[key, { place: source.of(secret) }]];
          }),
        ),
      },
      volumes: items(pick(container, 'mountPoints')).flatMap((mount): readonly Volume[] => {
        const volume = volumes.get(textOf(pick(mount, 'sourceVolume')) ?? '');
        const path = textOf(pick(mount, 'containerPath'));
        const readOnly = booleanOf(pick(mount, 'readOnly')) === true ? { readOnly: true as const } : {};
        return volume && path !== undefined ? [{ ...volume, path, ...readOnly }] : [];
      }),
      // Port 0, or the container's own in its own network, fixes nothing.
      pins: [],
      ports,
      probes: health
        ? [healthProbe(source, health.value, 'health', healthTest(source, pick(health.value, 'command')))]
        : [],
    });
  });
}

function startOf(source: Source, container: Tree): Command | undefined {
  const entrypoint = pick(container, 'entryPoint');
  const command = pick(container, 'command');
  if (!entrypoint) {
    const given = commandOf(source, 'start', command, 'split');
    return given && { ...given, arguments: true };
  }
  if (entrypoint.kind !== 'list' || !command || command.kind !== 'list')
    return commandOf(source, 'start', entrypoint, 'split');
  const front = wordsOf(entrypoint);
  const whole = execCommand(source, 'start', [...front, ...wordsOf(command)]);
  return { ...whole, ...(whole.form === 'exec' ? { entrypoint: front.length } : {}) };
}

function taskVolumes(source: Source, task: Tree): ReadonlyMap<string, Omit<Volume, 'path'>> {
  const found = new Map<string, Omit<Volume, 'path'>>();
  const blocks = entries(task).filter(({ key }) => /^volumes?$/i.test(key));
  for (const volume of blocks.flatMap(({ value }) => (value.kind === 'list' ? value.items : [value]))) {
    const name = textOf(pick(volume, 'name'));
    if (name === undefined) continue;
    const place = source.of(volume);
    const host = pick(volume, 'host', 'sourcePath') ?? pick(volume, 'hostPath');
    if (pick(volume, 'efsVolumeConfiguration') ?? pick(volume, 'fsxWindowsFileServerVolumeConfiguration'))
      found.set(name, { spread: 'shared', keeps: true, name, why: 'a file system over the network', place });
    else if (host) found.set(name, { spread: 'host', keeps: true, name, why: 'a folder of the host', place });
    else if (pick(volume, 'dockerVolumeConfiguration'))
      found.set(name, { spread: 'host', keeps: true, name, why: 'a volume of the host', place });
    else found.set(name, { spread: 'instance', keeps: false, name, why: 'a volume that goes with its task', place });
  }
  return found;
}

/** What the service of a task says of it. */
export function serviceOf(source: Source, service: Tree): Partial<Workload> {
  const count = pick(service, 'desiredCount');
  const number = numberOf(count);
  const configuration = pick(service, 'deploymentConfiguration') ?? service;
  const most = pick(configuration, 'maximumPercent') ?? pick(service, 'deploymentMaximumPercent');
  const least = pick(configuration, 'minimumHealthyPercent') ?? pick(service, 'deploymentMinimumHealthyPercent');
  const daemon = pick(service, 'schedulingStrategy');
  const [high, low] = [numberOf(most), numberOf(least)];
  return said<Partial<Workload>>({
    instances:
      textOf(daemon) === 'DAEMON' && daemon
        ? { place: source.of(daemon) }
        : count && {
            ...(number === undefined ? {} : { value: { min: number, max: number } }),
            place: source.of(count),
          },
    update:
      most || least
        ? {
            // Where no more than all may run, an old one has to stop first.
            kind: high !== undefined && high <= 100 && low === 0 ? 'recreate' : 'rolling',
            place: source.of((most ?? least) as Tree),
            ...said({
              surge:
                high === undefined
                  ? undefined
                  : { value: `${Math.max(0, high - 100)}%`, place: source.of(most as Tree) },
              unavailable:
                low === undefined
                  ? undefined
                  : { value: `${Math.max(0, 100 - low)}%`, place: source.of(least as Tree) },
            }),
          }
        : undefined,
  });
}
