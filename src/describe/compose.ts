import { posix } from 'node:path';
import type { Build, Command, Pin, Port, Probe, Update, Workload } from '../model/deployment.js';
import { booleanOf, entries, entry, get, isNull, items, numberOf, type Tree, textOf } from '../parse/tree.js';
import { mapsOf, parseYaml } from '../parse/yaml.js';
import { withoutTemplates } from '../parse/templates.js';
import { commandOf, execCommand, splitWords, type Word, wordsOf } from './commands.js';
import { type Declared, declaredVolumes, volumesOf } from './compose-volumes.js';
import { dutyOf } from './duty.js';
import { ownership } from './owner.js';
import { purposeOf } from './purpose.js';
import { type Describer, said, Source, type Surroundings, workload } from './source.js';
import { balancersOfLabels } from './labels.js';
import { environment, givenSeconds, healthProbe, healthTest } from './values.js';

interface Service {
  readonly workload: Workload;
  /** Names an image or how to build one; one that does not only adds to another file's. */
  readonly isWhole: boolean;
  readonly restarts: boolean;
  readonly mountsSource: boolean;
}

const DEEPEST = 5;

export const describeCompose: Describer = (source, around) => {
  const root = rootOf(source);
  const declared = declaredVolumes(get(root, 'volumes'));
  const services = entries(get(root, 'services'))
    .filter(({ value }) => value.kind === 'map')
    .map(({ key }) => serviceOf(source, around, root as Tree, declared, key, 0))
    .filter((service) => service !== undefined);
  const workloads = services.map((service) => service.workload);
  const own = services.filter((service) => service.workload.owns !== false);
  const restarts = own.some((service) => service.restarts);
  return {
    workloads,
    balancers: workloads.flatMap((one) => balancersOfLabels(one.name, one.labels, one.place)),
    ...purposeOf(source.file, workloads, {
      mountsSource: own.some((service) => service.mountsSource),
      ...(restarts ? { platform: 'its services are restarted when they end' } : {}),
    }),
  };
};

function rootOf(source: Source): Tree | undefined {
  const { text, masked } = withoutTemplates(source.text);
  const parsed = parseYaml(text, source.text);
  source.broken(parsed.flaw, 'YAML');
  for (const part of masked) source.unread.push(source.at(part));
  return mapsOf(parsed)[0];
}

function serviceOf(
  source: Source,
  around: Surroundings,
  root: Tree,
  declared: ReadonlyMap<string, Declared>,
  name: string,
  depth: number,
): Service | undefined {
  const found = entry(root, 'services', name);
  if (!found || depth > DEEPEST) return undefined;
  const own = described(source, around, found.value, declared, name, source.place(found.keySpan));
  const base = baseOf(source, around, root, declared, found.value, name, depth, own.isWhole);
  return base ? { ...own, workload: merged(base.workload, own), restarts: own.restarts || base.restarts } : own;
}

/** What the service is built on: `extends`, or the service of the same name in the file that this one is laid over. */
function baseOf(
  source: Source,
  around: Surroundings,
  root: Tree,
  declared: ReadonlyMap<string, Declared>,
  service: Tree,
  name: string,
  depth: number,
  isWhole: boolean,
): Service | undefined {
  const extended = get(service, 'extends');
  const folder = posix.dirname(source.file);
  if (extended) {
    const other = textOf(get(extended, 'service')) ?? textOf(extended) ?? name;
    const file = textOf(get(extended, 'file'));
    if (file === undefined)
      return other === name ? undefined : serviceOf(source, around, root, declared, other, depth + 1);
    const base = posix.join(folder, file);
    return base === source.file && other === name ? undefined : fromFile(around, base, other, depth);
  }
  if (isWhole) return undefined;
  for (const base of ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']) {
    const file = posix.join(folder, base);
    if (file === source.file) return undefined;
    const found = fromFile(around, file, name, depth);
    if (found) return found;
  }
  return undefined;
}

function fromFile(around: Surroundings, file: string, name: string, depth: number): Service | undefined {
  const text = around.text(file);
  if (text === undefined) return undefined;
  // Its own flaws are told where it is read itself.
  const source = new Source({ file, kind: 'compose', text });
  const root = rootOf(source);
  return root && serviceOf(source, around, root, declaredVolumes(get(root, 'volumes')), name, depth + 1);
}

function merged(base: Workload, { workload: own, isWhole }: Service): Workload {
  const starts = own.commands.some(({ at }) => at === 'start');
  const taken = new Set(own.volumes.map(({ path }) => path));
  return {
    ...base,
    ...own,
    ...(isWhole ? {} : { owns: base.owns, ownsWhy: base.ownsWhy }),
    does: own.does === 'unknown' ? base.does : own.does,
    commands: starts ? own.commands : [...base.commands, ...own.commands],
    environment: { ...base.environment, ...own.environment },
    environmentFrom: [...base.environmentFrom, ...own.environmentFrom],
    volumes: [...base.volumes.filter(({ path }) => !taken.has(path)), ...own.volumes],
    probes: own.probes.length ? own.probes : base.probes,
    pins: [...base.pins, ...own.pins],
    ports: [...base.ports, ...own.ports],
    labels: { ...base.labels, ...own.labels },
  };
}

function described(
  source: Source,
  around: Surroundings,
  service: Tree,
  declared: ReadonlyMap<string, Declared>,
  name: string,
  place: Workload['place'],
): Service {
  const image = source.given(get(service, 'image'));
  const build = buildOf(source, get(service, 'build'));
  const { volumes, mounted } = volumesOf(source, service, declared);
  const commands = commandsOf(source, service);
  const { ports, pins } = portsOf(source, service);
  const containerName = source.given(get(service, 'container_name'));
  if (containerName)
    pins.unshift({ kind: 'container-name', text: containerName.value ?? '', place: containerName.place });
  const network = source.given(get(service, 'network_mode'));
  if (network?.value === 'host') pins.push({ kind: 'host-network', text: 'host', place: network.place });
  for (const { value } of entries(get(service, 'networks'))) {
    const address = source.given(get(value, 'ipv4_address'));
    if (address) pins.push({ kind: 'address', text: address.value ?? '', place: address.place });
  }
  const mountsSource = mounted.some((folder) => holdsSources(folder, around));
  const isWhole = image !== undefined || build !== undefined;
  const owner = ownership(image, build, around, commands.length > 0 && mountsSource, name);
  const grace = givenSeconds(source, get(service, 'stop_grace_period'));
  const init = get(service, 'init');
  const labels = {
    ...environment(source, get(service, 'deploy', 'labels')),
    ...environment(source, get(service, 'labels')),
  };
  const reached =
    ports.length > 0 ||
    get(service, 'expose') !== undefined ||
    Object.keys(labels).some((key) => /^traefik\.http/.test(key));
  return {
    isWhole,
    restarts: /^(?:always|unless-stopped|on-failure)/.test(textOf(get(service, 'restart')) ?? ''),
    mountsSource,
    workload: workload({
      name,
      place,
      as: 'service',
      ...(isWhole ? owner : { owns: 'unknown' as const, ownsWhy: 'it is laid over a service of another file' }),
      does: isWhole && owner.owns === false ? 'unknown' : dutyOf(name, commands, reached),
      ...said<Partial<Workload>>({
        image,
        build,
        workdir: source.given(get(service, 'working_dir')),
        instances: instancesOf(source, service),
        update: updateOf(source, get(service, 'deploy', 'update_config')),
        graceSeconds: grace,
        stopSignal: source.given(get(service, 'stop_signal')),
        init: init && { ...said({ value: booleanOf(init) }), place: source.place(init.span) },
      }),
      commands,
      environment: environment(source, get(service, 'environment')),
      environmentFrom: filesOf(source, get(service, 'env_file')),
      volumes,
      probes: probesOf(source, service),
      pins,
      ports,
      labels,
    }),
  };
}

function buildOf(source: Source, tree: Tree | undefined): Build | undefined {
  if (!tree || isNull(tree)) return undefined;
  const folder = posix.dirname(source.file);
  const written = textOf(tree.kind === 'map' ? get(tree, 'context') : tree);
  const isLocal = written === undefined ? tree.kind === 'map' : !/^(?:https?:|git@|git:)|\$/.test(written);
  const context = isLocal ? posix.join(folder, written ?? '.').replace(/\/$/, '') : undefined;
  const dockerfile = textOf(get(tree, 'dockerfile')) ?? 'Dockerfile';
  return {
    ...said<Omit<Build, 'place'>>({
      context,
      dockerfile: context === undefined || dockerfile.includes('$') ? undefined : posix.join(context, dockerfile),
      stage: textOf(get(tree, 'target')),
    }),
    place: source.place(tree.span),
  };
}

/** `command` alone is handed to the entry point of the image; an `entrypoint` leaves the image's own command out. */
function commandsOf(source: Source, service: Tree): readonly Command[] {
  const entrypoint = get(service, 'entrypoint');
  const command = get(service, 'command');
  const start = startOf(source, entrypoint, command);
  const found: Command[] = start ? [start] : [];
  for (const [name, at] of [
    ['post_start', 'after-start'],
    ['pre_stop', 'before-stop'],
  ] as const)
    for (const hook of items(get(service, name))) {
      const one = commandOf(source, at, get(hook, 'command'), 'split');
      if (one) found.push(one);
    }
  return found;
}

function startOf(source: Source, entrypoint: Tree | undefined, command: Tree | undefined): Command | undefined {
  const isSaid = (tree: Tree | undefined): tree is Tree => tree !== undefined && !isNull(tree);
  if (!isSaid(entrypoint)) {
    const given = commandOf(source, 'start', command, 'split');
    return given && { ...given, arguments: true };
  }
  if (!isSaid(command)) return commandOf(source, 'start', entrypoint, 'split');
  const front = wordsWritten(source, entrypoint);
  const whole = execCommand(source, 'start', [...front, ...wordsWritten(source, command)]);
  return {
    ...whole,
    place: source.place(command.span),
    ...(whole.form === 'exec' ? { entrypoint: front.length } : {}),
  };
}

function wordsWritten(source: Source, tree: Tree): readonly Word[] {
  const text = textOf(tree);
  return text === undefined ? wordsOf(tree) : splitWords(source, text, tree.raw);
}

function portsOf(source: Source, service: Tree): { ports: Port[]; pins: Pin[] } {
  const ports: Port[] = [];
  const pins: Pin[] = [];
  for (const item of items(get(service, 'ports'))) {
    const place = source.place(item.span);
    const [outside, inside] =
      item.kind === 'map'
        ? [textOf(get(item, 'published')), textOf(get(item, 'target'))]
        : published(textOf(item) ?? '');
    const number = Number(inside);
    const known = Number(outside);
    ports.push({
      ...(inside === undefined || Number.isNaN(number) ? {} : { inside: number }),
      ...(outside === undefined ? {} : { outside: { ...(Number.isNaN(known) ? {} : { value: known }), place } }),
      place,
    });
    // A range leaves one free for the next container.
    if (outside !== undefined && outside !== '' && outside !== '0' && !/^\d+-\d+$/.test(outside))
      pins.push({ kind: 'host-port', text: outside, place });
  }
  return { ports, pins };
}

/** `127.0.0.1:3000:80/tcp`: the port of the host, if one is said, and that of the container. */
function published(text: string): readonly [string | undefined, string | undefined] {
  const parts = text
    .replace(/\/(?:tcp|udp)$/, '')
    .replace(/\$\{[^}]*\}/g, (variable) => variable.replaceAll(':', '\0'))
    .split(':')
    .map((part) => part.replaceAll('\0', ':'));
  return [parts.length > 1 ? parts.at(-2) : undefined, parts.at(-1)];
}

function instancesOf(source: Source, service: Tree): Workload['instances'] {
  const mode = get(service, 'deploy', 'mode');
  // One on each node, of which nobody knows the number.
  if (mode && textOf(mode)?.startsWith('global')) return { place: source.place(mode.span) };
  const tree = get(service, 'deploy', 'replicas') ?? get(service, 'scale');
  if (!tree) return undefined;
  const count = numberOf(tree);
  return { ...(count === undefined ? {} : { value: { min: count, max: count } }), place: source.place(tree.span) };
}

function updateOf(source: Source, tree: Tree | undefined): Update | undefined {
  if (!tree) return undefined;
  const order = source.given(get(tree, 'order'));
  const known = (['start-first', 'stop-first'] as const).find((one) => one === order?.value);
  return {
    kind: 'rolling',
    place: source.place(tree.span),
    ...said<Omit<Update, 'kind' | 'place'>>({
      unavailable: source.given(get(tree, 'parallelism')),
      order: order && { ...said({ value: known }), place: order.place },
    }),
  };
}

function probesOf(source: Source, service: Tree): readonly Probe[] {
  const tree = get(service, 'healthcheck');
  if (!tree || isNull(tree)) return [];
  if (booleanOf(get(tree, 'disable'))) return [{ kind: 'health', off: true, place: source.place(tree.span) }];
  const found = entry(service, 'healthcheck', 'test');
  return [healthProbe(source, found?.value ?? tree, 'health', healthTest(source, found?.value))];
}

function filesOf(source: Source, tree: Tree | undefined): Workload['environmentFrom'] {
  const list = tree?.kind === 'list' ? tree.items : tree ? [tree] : [];
  const folder = posix.dirname(source.file);
  return list.flatMap((item) => {
    const given = source.given(item.kind === 'map' ? get(item, 'path') : item);
    return given
      ? [{ ...given, ...(given.value === undefined ? {} : { value: posix.join(folder, given.value) }) }]
      : [];
  });
}

function holdsSources(folder: string, around: Surroundings): boolean {
  const prefix = folder === '.' ? '' : `${folder.replace(/\/$/, '')}/`;
  for (const file of around.files)
    if (file.startsWith(prefix) && /(?:\.[cm]?[jt]sx?|\/package\.json|^package\.json)$/.test(file)) return true;
  return false;
}
