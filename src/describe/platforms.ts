import { posix } from 'node:path';
import type { Build, Command, Moment, Volume, Workload } from '../model/deployment.js';
import {
  booleanOf,
  entries,
  entry,
  get,
  items,
  itemsOrOne,
  numberOf,
  type Tree,
  type TreeEntry,
  textOf,
} from '../parse/tree.js';
import { parseJson } from '../parse/json.js';
import { withoutTemplates } from '../parse/templates.js';
import { mapsOf, parseYaml } from '../parse/yaml.js';
import { commandOf } from './commands.js';
import { dutyOf } from './duty.js';
import { ownership } from './owner.js';
import { purposeOf } from './purpose.js';
import { type Describer, said, type Source, type Surroundings, workload } from './source.js';
import { environment, healthProbe, httpProbe } from './values.js';

/* Platforms whose descriptor is one YAML or JSON file that lists what is run. */

/** The YAML of a file, its templates left out. */
export function yamlOf(source: Source): Tree | undefined {
  const { text, masked } = withoutTemplates(source.text);
  const parsed = parseYaml(text, source.text);
  source.broken(parsed.flaw, 'YAML');
  for (const part of masked) source.unread.push(source.at(part));
  return mapsOf(parsed)[0];
}

export function jsonOf(source: Source): Tree | undefined {
  const parsed = parseJson(source.text);
  source.broken(parsed.flaw, 'JSON');
  return parsed.trees[0];
}

export const OWN = { owns: true, ownsWhy: 'the platform runs this repository' } as const;

/** A fixed number of instances. */
export function countOf(source: Source, tree: Tree | undefined): Workload['instances'] {
  if (!tree) return undefined;
  const count = numberOf(tree);
  return { ...(count === undefined ? {} : { value: { min: count, max: count } }), place: source.of(tree) };
}

/** A number of instances between two bounds, which follows the load. */
export function boundsOf(
  source: Source,
  min: Tree | undefined,
  max: Tree | undefined,
): Pick<Workload, 'instances' | 'autoscaled'> {
  const at = max ?? min;
  if (!at) return {};
  const [low, high] = [numberOf(min), numberOf(max)];
  const place = source.of(at);
  return {
    instances: { ...(low === undefined ? {} : { value: { min: low, ...said({ max: high }) } }), place },
    autoscaled: place,
  };
}

export function lineCommand(source: Source, at: Moment, tree: Tree | undefined): readonly Command[] {
  const command = commandOf(source, at, tree, 'shell');
  return command ? [command] : [];
}

// Cloud Foundry

/** `manifest.yml`: applications, each of which can have several processes. */
export const describeCloudFoundry: Describer = (source, around) => {
  const root = yamlOf(source);
  const workloads = items(get(root, 'applications')).flatMap((application) => {
    const processes = items(get(application, 'processes'));
    const whole = cloudFoundryWorkload(source, around, application, undefined);
    const own = processes.map((process) => cloudFoundryWorkload(source, around, process, whole));
    const hasWeb = processes.some((process) => textOf(get(process, 'type')) === 'web');
    return hasWeb ? own : [whole, ...own];
  });
  return { workloads, ...purposeOf(source.file, workloads, { platform: 'it is pushed to Cloud Foundry' }) };
};

function cloudFoundryWorkload(
  source: Source,
  around: Surroundings,
  tree: Tree,
  application: Workload | undefined,
): Workload {
  const type = textOf(get(tree, 'type')) ?? 'web';
  const named = entry(tree, application ? 'type' : 'name');
  const name = textOf(named?.value) ?? application?.name ?? 'application';
  const image = source.given(get(tree, 'docker', 'image'));
  const commands = lineCommand(source, 'start', get(tree, 'command'));
  const isHealth = get(tree, 'health-check-http-endpoint') ?? get(tree, 'health-check-type');
  const path = get(tree, 'health-check-http-endpoint');
  const readiness = get(tree, 'readiness-health-check-http-endpoint') ?? get(tree, 'readiness-health-check-type');
  const strategy = entry(tree, 'strategy') ?? entry(tree, 'deployment-strategy');
  return workload({
    name: application ? `${application.name}/${type}` : name,
    place: named ? source.of(named.value) : source.of(tree),
    as: application ? 'process' : 'application',
    ...(application
      ? { owns: application.owns, ownsWhy: application.ownsWhy }
      : image
        ? ownership(image, undefined, around)
        : OWN),
    does: type === 'web' ? 'web' : dutyOf(type, commands, false),
    ...said<Partial<Workload>>({
      image: image ?? application?.image,
      instances: countOf(source, get(tree, 'instances')),
      update: strategy && {
        kind: textOf(strategy.value) === 'rolling' ? 'rolling' : 'unknown',
        place: source.of(strategy.value),
      },
    }),
    commands,
    environment: { ...application?.environment, ...environment(source, get(tree, 'env')) },
    environmentFrom: itemsOrOne(get(tree, 'services')).flatMap((service) => {
      const given = source.given(service.kind === 'map' ? get(service, 'name') : service);
      return given ? [given] : [];
    }),
    probes: [
      ...(path ? httpProbe(source, path) : isHealth ? [{ kind: 'health' as const, place: source.of(isHealth) }] : []),
      ...(readiness
        ? [
            {
              kind: 'readiness' as const,
              ...said({ path: textOf(readiness)?.startsWith('/') ? source.given(readiness) : undefined }),
              place: source.of(readiness),
            },
          ]
        : []),
    ],
  });
}

// Heroku

/** `app.json`: how many of each process type, and what runs once behind the first deploy. */
export const describeHeroku: Describer = (source) => {
  const root = jsonOf(source);
  const variables = environment(source, get(root, 'env'));
  const postdeploy = lineCommand(source, 'release', get(root, 'scripts', 'postdeploy'));
  const workloads = entries(get(root, 'formation')).map(({ key, keySpan, value }) =>
    workload({
      name: key,
      place: source.place(keySpan),
      as: 'process type',
      ...OWN,
      does: key === 'web' ? 'web' : dutyOf(key, [], false),
      ...said<Partial<Workload>>({ instances: countOf(source, get(value, 'quantity')) }),
      environment: variables,
    }),
  );
  return {
    workloads,
    environment: variables,
    commands: postdeploy,
    ...purposeOf(source.file, workloads, { platform: 'it is deployed to Heroku' }),
  };
};

// Render

/** `render.yaml`: services, and crons among them. Databases run no code of the project. */
export const describeRender: Describer = (source, around) => {
  const root = yamlOf(source);
  const groups = entries(get(root, 'projects')).length
    ? items(get(root, 'projects')).flatMap((project) => items(get(project, 'environments')))
    : [];
  const services = [root, ...groups].flatMap((tree) => items(get(tree, 'services')));
  const workloads = services
    .filter(
      (service) =>
        !/^(?:redis|keyvalue)$/.test(textOf(get(service, 'type')) ?? '') &&
        textOf(get(service, 'runtime') ?? get(service, 'env')) !== 'static',
    )
    .map((service) => renderWorkload(source, around, service));
  return { workloads, ...purposeOf(source.file, workloads, { platform: 'it is deployed to Render' }) };
};

const RENDER_DUTIES: Readonly<Record<string, Workload['does']>> = {
  web: 'web',
  pserv: 'web',
  worker: 'worker',
  cron: 'cron',
};

function renderWorkload(source: Source, around: Surroundings, service: Tree): Workload {
  const name = entry(service, 'name');
  const image = source.given(get(service, 'image', 'url'));
  const disk = get(service, 'disk');
  const path = textOf(get(disk, 'mountPath'));
  const volumes: readonly Volume[] =
    disk && path !== undefined
      ? [
          {
            path,
            spread: 'instance',
            keeps: true,
            ...said({ name: textOf(get(disk, 'name')) }),
            why: 'a disk that one instance holds',
            place: source.of(disk),
          },
        ]
      : [];
  const previews = get(service, 'scaling');
  const grace = source.givenNumber(get(service, 'maxShutdownDelaySeconds'));
  return workload({
    name: textOf(name?.value) ?? 'service',
    place: name ? source.of(name.value) : source.of(service),
    as: 'service',
    ...(image ? ownership(image, undefined, around) : OWN),
    does: RENDER_DUTIES[textOf(get(service, 'type')) ?? ''] ?? 'unknown',
    ...said<Partial<Workload>>({
      image,
      build: renderBuild(source, service),
      instances: countOf(source, get(service, 'numInstances')),
      schedule: source.given(get(service, 'schedule')),
      graceSeconds: grace,
    }),
    ...(previews ? boundsOf(source, get(previews, 'minInstances'), get(previews, 'maxInstances')) : {}),
    commands: [
      ...lineCommand(source, 'start', get(service, 'startCommand') ?? get(service, 'dockerCommand')),
      ...lineCommand(source, 'release', get(service, 'preDeployCommand') ?? get(service, 'initialDeployHook')),
      ...lineCommand(source, 'build', get(service, 'buildCommand')),
    ],
    environment: environment(source, get(service, 'envVars')),
    environmentFrom: items(get(service, 'envVars')).flatMap((item) => {
      const given = source.given(get(item, 'fromGroup'));
      return given ? [given] : [];
    }),
    volumes,
    probes: httpProbe(source, get(service, 'healthCheckPath')),
  });
}

function renderBuild(source: Source, service: Tree): Build | undefined {
  const dockerfile = get(service, 'dockerfilePath');
  const runtime = get(service, 'runtime') ?? get(service, 'env');
  if (textOf(runtime) !== 'docker' || !runtime) return undefined;
  const folder = posix.join(posix.dirname(source.file), textOf(get(service, 'rootDir')) ?? '.');
  return {
    context: posix.join(folder, textOf(get(service, 'dockerContext')) ?? '.'),
    dockerfile: posix.join(folder, textOf(dockerfile) ?? 'Dockerfile'),
    place: source.of(dockerfile ?? runtime),
  };
}

// App Engine

/** `app.yaml`: one service, whose number of instances is a matter of its scaling. */
export const describeAppEngine: Describer = (source) => {
  const root = yamlOf(source);
  const name = entry(root, 'service');
  const automatic = get(root, 'automatic_scaling');
  const manual = get(root, 'manual_scaling', 'instances');
  const basic = get(root, 'basic_scaling', 'max_instances');
  const runtime = entry(root, 'runtime');
  const sticky = get(root, 'network', 'session_affinity');
  const probes = [
    ...httpProbe(source, get(root, 'liveness_check', 'path'), 'liveness'),
    ...httpProbe(source, get(root, 'readiness_check', 'path'), 'readiness'),
  ];
  const min = get(automatic, 'min_instances') ?? get(automatic, 'min_num_instances');
  const max = get(automatic, 'max_instances') ?? get(automatic, 'max_num_instances') ?? basic;
  const place = name ? source.of(name.value) : runtime ? source.place(runtime.keySpan) : source.place([1, 1, 1, 1]);
  const workloads = [
    workload({
      name: textOf(name?.value) ?? 'default',
      place,
      as: 'service',
      ...OWN,
      does: 'web',
      ...(manual ? said<Partial<Workload>>({ instances: countOf(source, manual) }) : boundsOf(source, min, max)),
      commands: lineCommand(source, 'start', get(root, 'entrypoint')),
      environment: environment(source, get(root, 'env_variables')),
      probes,
    }),
  ];
  const balancers =
    sticky && booleanOf(sticky) !== false
      ? [
          {
            name: textOf(name?.value) ?? 'default',
            place: source.of(sticky),
            sticky: { value: 'session_affinity', place: source.of(sticky) },
            targets: [],
            probes: [],
          },
        ]
      : [];
  return { workloads, balancers, ...purposeOf(source.file, workloads, { platform: 'it is deployed to App Engine' }) };
};

/** Probes of a health check written as a map with a path or a command. */
export function checkOf(source: Source, found: TreeEntry | undefined): Workload['probes'] {
  if (!found) return [];
  const path = get(found.value, 'path') ?? get(found.value, 'http_path');
  return path ? httpProbe(source, path) : [healthProbe(source, found.value, 'health', undefined)];
}
