import { posix } from 'node:path';
import type { Build, Command, Update, Volume, Workload } from '../model/deployment.js';
import { parseToml } from '../parse/toml.js';
import { booleanOf, entries, entry, get, items, itemsOrOne, numberOf, type Tree, textOf } from '../parse/tree.js';
import { commandOf } from './commands.js';
import { dutyOf } from './duty.js';
import { ownership } from './owner.js';
import { checkOf, OWN } from './platforms.js';
import { purposeOf } from './purpose.js';
import { type Describer, said, type Source, type Surroundings, workload } from './source.js';
import { environment, givenSeconds } from './values.js';

/** `fly.toml`: one application, whose process groups run on machines of their own. */
export const describeFly: Describer = (source, around) => {
  const parsed = parseToml(source.text);
  source.broken(parsed.flaw, 'TOML');
  const root = parsed.trees[0];
  const groups = entries(get(root, 'processes'));
  const names = groups.length ? groups.map(({ key }) => key) : ['app'];
  const workloads = root ? names.map((name) => groupOf(source, around, root, name)) : [];
  return {
    workloads,
    environment: environment(source, get(root, 'env')),
    ...purposeOf(source.file, workloads, { platform: 'it is deployed to Fly.io' }),
  };
};

function groupOf(source: Source, around: Surroundings, root: Tree, name: string): Workload {
  const group = entry(root, 'processes', name);
  const title = group ?? entry(root, 'app');
  // What names no group is for all of them; a service is for the first one then.
  const isFor = (tree: Tree | undefined) => {
    const groups = itemsOrOne(get(tree, 'processes')).map(textOf);
    return groups.length === 0 || groups.includes(name);
  };
  const services = [...itemsOrOne(get(root, 'http_service')), ...items(get(root, 'services'))].filter(isFor);
  const image = source.given(get(root, 'build', 'image'));
  const build = buildOf(source, get(root, 'build'));
  const release = commandOf(source, 'release', get(root, 'deploy', 'release_command'), 'split');
  const seed = commandOf(source, 'release', get(root, 'deploy', 'seed_command'), 'split');
  const start = group ? commandOf(source, 'start', group.value, 'split') : undefined;
  const least = services.map((service) => get(service, 'min_machines_running')).find((tree) => tree !== undefined);
  const stops = services.map((service) => get(service, 'auto_stop_machines')).find((tree) => tree !== undefined);
  const isAutomatic = stops !== undefined && booleanOf(stops) !== false && textOf(stops) !== 'off';
  const commands: readonly Command[] = [start && { ...start, arguments: true as const }, release, seed].filter(
    (one) => one !== undefined,
  );
  const count = numberOf(least);
  return workload({
    name: group ? name : (textOf(title?.value) ?? name),
    place: group ? source.place(group.keySpan) : title ? source.of(title.value) : source.of(root),
    as: 'process group',
    ...(image && !build ? ownership(image, undefined, around) : OWN),
    does: services.length ? 'web' : dutyOf(name, commands, false),
    ...said<Partial<Workload>>({
      image,
      build,
      instances: least && { ...(count === undefined ? {} : { value: { min: count } }), place: source.of(least) },
      autoscaled: isAutomatic && stops ? source.of(stops) : undefined,
      update: updateOf(source, get(root, 'deploy')),
      graceSeconds: givenSeconds(source, get(root, 'kill_timeout')),
      stopSignal: source.given(get(root, 'kill_signal')),
    }),
    commands,
    volumes: [...itemsOrOne(get(root, 'mounts')), ...items(get(root, 'mount'))]
      .filter(isFor)
      .flatMap((mount) => volumeOf(source, mount)),
    ports: services.map((service) => ({
      ...said({ inside: numberOf(get(service, 'internal_port')) }),
      place: source.of(get(service, 'internal_port') ?? service),
    })),
    probes: [
      ...entries(get(root, 'checks'))
        .filter(({ value }) => isFor(value))
        .flatMap((check) => checkOf(source, check)),
      ...services.flatMap((service) =>
        [
          ...items(get(service, 'checks')),
          ...items(get(service, 'http_checks')),
          ...items(get(service, 'tcp_checks')),
        ].flatMap((value) => checkOf(source, { key: 'check', keySpan: value.span, value })),
      ),
    ],
  });
}

function buildOf(source: Source, tree: Tree | undefined): Build | undefined {
  if (!tree || get(tree, 'image') || get(tree, 'builder') || get(tree, 'buildpacks')) return undefined;
  const folder = posix.dirname(source.file);
  return {
    context: folder,
    dockerfile: posix.join(folder, textOf(get(tree, 'dockerfile')) ?? 'Dockerfile'),
    ...said({ stage: textOf(get(tree, 'build-target')) }),
    place: source.of(get(tree, 'dockerfile') ?? tree),
  };
}

function updateOf(source: Source, tree: Tree | undefined): Update | undefined {
  const strategy = get(tree, 'strategy');
  if (!strategy) return undefined;
  const written = textOf(strategy);
  const kind =
    written === 'immediate' ? 'recreate' : /^(?:rolling|canary|bluegreen)$/.test(written ?? '') ? 'rolling' : 'unknown';
  return {
    kind,
    place: source.of(strategy),
    ...said<Pick<Partial<Update>, 'unavailable' | 'order'>>({
      unavailable: source.given(get(tree, 'max_unavailable')),
      // One machine is replaced where it is; the other strategies put a new one beside it.
      order:
        kind === 'rolling'
          ? { value: written === 'rolling' ? 'stop-first' : 'start-first', place: source.of(strategy) }
          : undefined,
    }),
  };
}

function volumeOf(source: Source, mount: Tree): readonly Volume[] {
  const path = textOf(get(mount, 'destination'));
  if (path === undefined) return [];
  const name = textOf(get(mount, 'source'));
  return [
    {
      path,
      spread: 'instance',
      keeps: true,
      ...said({ name }),
      why: 'a volume that one machine holds',
      place: source.of(get(mount, 'source') ?? mount),
    },
  ];
}
