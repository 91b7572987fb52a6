import type { Command, Stated, Pin, Port, Probe, Volume, Workload } from '../model/deployment.js';
import { entries, entry, get, isNull, items, numberOf, type Tree, textOf } from '../parse/tree.js';
import { commandOf, execCommand, wordsOf } from './commands.js';
import { partly } from './helm.js';
import { ownership } from './owner.js';
import { said, type Source, type Surroundings } from './source.js';
import { environment, pathAsked } from './values.js';

/** What a container of a pod says; what belongs to the pod and to its controller is put in by whoever asks. */
export type Contained = Pick<
  Workload,
  'commands' | 'environment' | 'environmentFrom' | 'volumes' | 'probes' | 'pins' | 'ports' | 'owns' | 'ownsWhy'
> &
  Pick<Partial<Workload>, 'image' | 'workdir' | 'graceSeconds'> & { readonly name: string; readonly tree: Tree };

/** The containers of a pod, in order; what runs before them stands with each. */
export function containersOf(
  source: Source,
  around: Surroundings,
  pod: Tree,
  templates: Tree | undefined,
  name: string,
): readonly Contained[] {
  const before = items(get(pod, 'initContainers')).flatMap((tree): readonly Command[] => {
    // A sidecar that is written among them keeps running.
    const command = textOf(get(tree, 'restartPolicy')) === 'Always' ? undefined : startOf(source, tree);
    return command ? [{ ...command, at: 'before', name: textOf(get(tree, 'name')) ?? '' }] : [];
  });
  const volumes = podVolumes(source, pod, templates);
  const trees = items(get(pod, 'containers'));
  return trees.map((tree) => {
    const called = trees.length === 1 ? name : textOf(get(tree, 'name'));
    return contained(source, around, pod, tree, before, volumes, called);
  });
}

function contained(
  source: Source,
  around: Surroundings,
  pod: Tree,
  tree: Tree,
  before: readonly Command[],
  volumes: ReadonlyMap<string, PodVolume>,
  called: string | undefined,
): Contained {
  const image = imageOf(source, around, get(tree, 'image'));
  const start = startOf(source, tree);
  const pins: Pin[] = [];
  const ports: Port[] = [];
  for (const port of items(get(tree, 'ports'))) {
    const inside = numberOf(get(port, 'containerPort'));
    const outside = get(port, 'hostPort');
    const place = source.of(outside ?? port);
    ports.push({ ...said({ inside, outside: source.givenNumber(outside) }), place });
    if (outside) pins.push({ kind: 'host-port', text: textOf(outside) ?? '', place });
  }
  if (get(pod, 'hostNetwork')?.kind === 'value' && textOf(get(pod, 'hostNetwork')) === 'true')
    pins.push({ kind: 'host-network', text: 'hostNetwork', place: source.of(get(pod, 'hostNetwork') as Tree) });
  const node = entry(pod, 'nodeName');
  if (node) pins.push({ kind: 'node', text: textOf(node.value) ?? '', place: source.of(node.value) });
  const mounts = items(get(tree, 'volumeMounts')).flatMap((mount): readonly Volume[] => {
    const name = textOf(get(mount, 'name')) ?? '';
    const volume = volumes.get(name);
    const path = textOf(get(mount, 'mountPath'));
    if (!volume || path === undefined || volume.hidden) return [];
    const readOnly = textOf(get(mount, 'readOnly')) === 'true' ? { readOnly: true as const } : {};
    return [{ ...volume.volume, path, ...readOnly }];
  });
  for (const volume of mounts)
    if (volume.spread === 'host') pins.push({ kind: 'host-path', text: volume.name ?? '', place: volume.place });
  return {
    tree,
    name: textOf(get(tree, 'name')) ?? '',
    ...ownership(image, undefined, around, false, called),
    ...said<Pick<Partial<Workload>, 'image' | 'workdir' | 'graceSeconds'>>({
      image,
      workdir: source.given(get(tree, 'workingDir')),
      graceSeconds: source.givenNumber(get(pod, 'terminationGracePeriodSeconds')),
    }),
    commands: [...(start ? [start] : []), ...before, ...hooksOf(source, tree)],
    environment: environment(source, get(tree, 'env')),
    environmentFrom: items(get(tree, 'envFrom')).flatMap((from) => {
      const given = source.given(get(from, 'configMapRef', 'name') ?? get(from, 'secretRef', 'name'));
      return given ? [given] : [];
    }),
    volumes: mounts,
    probes: probesOf(source, tree),
    pins,
    ports,
  };
}

function imageOf(source: Source, around: Surroundings, tree: Tree | undefined): Stated<string> | undefined {
  if (tree?.kind !== 'unknown') return source.given(tree);
  const value = partly(tree.text, source, around);
  return { ...said({ value }), place: source.of(tree) };
}

/** `command` is the entry point, `args` what is handed to it; with `args` alone the image's own one gets them. */
function startOf(source: Source, container: Tree): Command | undefined {
  const command = get(container, 'command');
  const args = get(container, 'args');
  const isSaid = (tree: Tree | undefined): tree is Tree => tree !== undefined && !isNull(tree);
  if (!isSaid(command)) {
    const given = commandOf(source, 'start', args, 'split');
    return given && { ...given, arguments: true };
  }
  if (!isSaid(args) || command.kind !== 'list' || args.kind !== 'list')
    return commandOf(source, 'start', command, 'split');
  const front = wordsOf(command);
  const whole = execCommand(source, 'start', [...front, ...wordsOf(args)]);
  const unknown = [...command.items, ...args.items].some(({ kind }) => kind !== 'value');
  return {
    ...whole,
    ...(unknown ? { unknown: true as const } : {}),
    ...(whole.form === 'exec' ? { entrypoint: front.length } : {}),
  };
}

function hooksOf(source: Source, container: Tree): readonly Command[] {
  return (
    [
      ['postStart', 'after-start'],
      ['preStop', 'before-stop'],
    ] as const
  ).flatMap(([name, at]) => {
    const hook = entry(container, 'lifecycle', name);
    if (!hook) return [];
    const command = commandOf(source, at, get(hook.value, 'exec', 'command'), 'split');
    const place = source.place(hook.keySpan);
    if (command) return [command];
    // A pause is written in its own form as well.
    const pause = textOf(get(hook.value, 'sleep', 'seconds'));
    const words = pause === undefined ? [] : ['sleep', pause];
    const step = { words, place, tests: [], environment: {}, outputs: [] };
    return [
      {
        at,
        form: 'exec' as const,
        place,
        steps: words.length ? [step] : [],
        ...(words.length ? {} : { unknown: true as const }),
      },
    ];
  });
}

function probesOf(source: Source, container: Tree): readonly Probe[] {
  return (['readiness', 'liveness', 'startup'] as const).flatMap((kind) => {
    const found = entry(container, `${kind}Probe`);
    if (!found) return [];
    const command = commandOf(source, 'start', get(found.value, 'exec', 'command'), 'split');
    const asked = command && pathAsked(command);
    return [
      {
        kind,
        place: source.place(found.keySpan),
        ...said<Pick<Partial<Probe>, 'path' | 'port' | 'command'>>({
          path:
            source.given(get(found.value, 'httpGet', 'path')) ??
            (command && asked !== undefined ? { value: asked, place: command.place } : undefined),
          port: source.given(get(found.value, 'httpGet', 'port') ?? get(found.value, 'tcpSocket', 'port')),
          command,
        }),
      },
    ];
  });
}

interface PodVolume {
  readonly volume: Omit<Volume, 'path'>;
  /** Settings and secrets, where nothing is kept. */
  readonly hidden?: true;
}

function podVolumes(source: Source, pod: Tree, templates: Tree | undefined): ReadonlyMap<string, PodVolume> {
  const found = new Map<string, PodVolume>();
  for (const tree of items(get(pod, 'volumes'))) {
    const name = textOf(get(tree, 'name'));
    if (name !== undefined) found.set(name, podVolume(source, tree));
  }
  for (const tree of items(templates)) {
    const name = textOf(get(tree, 'metadata', 'name'));
    const modes = get(tree, 'spec', 'accessModes');
    if (name === undefined) continue;
    const shared = accessOf(modes) === 'shared';
    found.set(name, {
      volume: {
        spread: 'instance',
        keeps: true,
        name,
        why: shared ? 'a claim for each instance, although it could be shared' : 'a claim for each instance',
        place: source.of(modes ?? tree),
      },
    });
  }
  return found;
}

function podVolume(source: Source, tree: Tree): PodVolume {
  const sort = entries(tree).find(({ key }) => key !== 'name');
  const place = sort ? source.place(sort.keySpan) : source.of(tree);
  const volume = (spread: Volume['spread'], keeps: Volume['keeps'], why: string, name?: string): PodVolume => ({
    volume: { spread, keeps, why, place, ...(name === undefined ? {} : { name }) },
  });
  switch (sort?.key) {
    case 'emptyDir':
      return volume('instance', false, 'an `emptyDir`, which goes with its pod');
    case 'hostPath':
      return volume('host', true, 'a folder of the node (`hostPath`)', textOf(get(sort.value, 'path')));
    case 'persistentVolumeClaim': {
      const claim = get(sort.value, 'claimName');
      return volume(
        'unknown',
        true,
        'a claim that is made elsewhere',
        textOf(claim) ?? (claim?.kind === 'unknown' ? claim.text : undefined),
      );
    }
    case 'nfs':
    case 'cephfs':
    case 'azureFile':
    case 'glusterfs':
      return volume('shared', true, `a volume over \`${sort.key}\``);
    case 'awsElasticBlockStore':
    case 'gcePersistentDisk':
    case 'azureDisk':
    case 'local':
      return volume('instance', true, `a disk (\`${sort.key}\`), which one node holds at a time`);
    case 'ephemeral':
      return volume('instance', false, 'an ephemeral volume, which goes with its pod');
    case 'configMap':
    case 'secret':
    case 'projected':
    case 'downwardAPI':
      return { ...volume('shared', 'unknown', 'settings'), hidden: true };
    default:
      return volume(
        'unknown',
        'unknown',
        sort ? `a volume of the sort \`${sort.key}\`` : 'a volume that is not said more of',
      );
  }
}

/** What the access modes of a claim amount to. */
export function accessOf(modes: Tree | undefined): Volume['spread'] {
  const words = items(modes).map(textOf);
  if (words.some((word) => word === undefined) || words.length === 0) return 'unknown';
  return words.some((word) => word === 'ReadWriteMany' || word === 'ReadOnlyMany') ? 'shared' : 'instance';
}
