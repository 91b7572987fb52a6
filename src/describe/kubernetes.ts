import type { Balancer, Update, Workload } from '../model/deployment.js';
import { parseJson } from '../parse/json.js';
import { entries, entry, get, items, numberOf, type Tree, type TreeMap, textOf } from '../parse/tree.js';
import { mapsOf } from '../parse/yaml.js';
import { dutyOf } from './duty.js';
import { rendered } from './helm.js';
import { balancersOf } from './ingress.js';
import { accessOf, containersOf } from './pods.js';
import { purposeOf } from './purpose.js';
import { type Describer, type Loose, said, type Source, type Surroundings, workload } from './source.js';
import { environment } from './values.js';

export const describeKubernetes: Describer = (source, around) => {
  const { documents, standIn } = documentsOf(source, around);
  const workloads: Workload[] = [];
  const balancers: Balancer[] = [];
  const loose: Loose[] = [];
  for (const document of documents.flatMap((one) => listed(one, 0))) {
    workloads.push(...workloadsOf(source, around, document, standIn));
    const name = nameOf(get(document, 'metadata', 'name'), standIn);
    balancers.push(...balancersOf(source, document, name, (tree) => nameOf(tree, standIn)));
    loose.push(...looseOf(source, document, standIn));
  }
  return {
    workloads,
    balancers,
    loose,
    ...purposeOf(source.file, workloads, { platform: 'it is applied to a cluster' }),
  };
};

function documentsOf(source: Source, around: Surroundings): { documents: readonly TreeMap[]; standIn: string } {
  if (source.file.endsWith('.json')) {
    const parsed = parseJson(source.text);
    source.broken(parsed.flaw, 'JSON');
    return { documents: mapsOf(parsed), standIn: '' };
  }
  const found = rendered(source, around);
  // A template that is no YAML without its templates is no mistake of its author.
  if (found.flaw && found.isTemplate)
    source.note(
      found.flaw.span,
      `is a template, of which a part could not be read without rendering it: ${found.flaw.words}.`,
    );
  else source.broken(found.flaw, 'YAML');
  return found;
}

/** `kind: List` holds documents. */
function listed(document: Tree, depth: number): readonly Tree[] {
  if (!/List$/.test(textOf(get(document, 'kind')) ?? '') || depth > 3) return [document];
  return items(get(document, 'items')).flatMap((item) => listed(item, depth + 1));
}

/** A name; what a template puts together is called like its chart, with what is written around it. */
function nameOf(tree: Tree | undefined, standIn: string): string {
  if (tree?.kind === 'unknown') return tree.text.replace(/^["']|["']$/g, '').replace(/\{\{[^{}]*\}\}/g, standIn);
  return textOf(tree) ?? '';
}

const CONTROLLERS = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'DeploymentConfig',
  'Rollout',
  'Job',
  'CronJob',
  'Pod',
]);

function workloadsOf(source: Source, around: Surroundings, document: Tree, standIn: string): readonly Workload[] {
  const kind = textOf(get(document, 'kind')) ?? '';
  const isKnative = kind === 'Service' && (textOf(get(document, 'apiVersion')) ?? '').startsWith('serving.knative.dev');
  if (!CONTROLLERS.has(kind) && !isKnative) return [];
  const name = nameOf(get(document, 'metadata', 'name'), standIn);
  const spec = kind === 'CronJob' ? get(document, 'spec', 'jobTemplate', 'spec') : get(document, 'spec');
  const pod = kind === 'Pod' ? spec : get(spec, 'template', 'spec');
  if (!pod) return [];
  const containers = containersOf(source, around, pod, get(spec, 'volumeClaimTemplates'), name);
  const labels = environment(
    source,
    get(spec, 'template', 'metadata', 'labels') ?? get(document, 'metadata', 'labels'),
  );
  const schedule = source.given(get(document, 'spec', 'schedule'));
  const replicas = get(spec, 'replicas');
  const runs = kind === 'Job' || kind === 'CronJob';
  const autoscaled = isKnative ? get(document, 'spec', 'template') : undefined;
  return containers.map(({ tree, name: container, ...contained }) => {
    const called = containers.length > 1 ? `${name}/${container}` : name;
    const duty = dutyOf(called, contained.commands, !runs && (contained.ports.length > 0 || isKnative));
    // A job that a release starts runs once for it.
    const isHook = runs && isReleaseHook(document);
    const commands = isHook
      ? contained.commands.map((command) => (command.at === 'start' ? { ...command, at: 'release' as const } : command))
      : contained.commands;
    return workload({
      ...contained,
      commands,
      name: called,
      place: nodePlace(source, tree, document),
      as: isKnative ? 'Knative Service' : kind,
      does:
        contained.owns === false
          ? 'unknown'
          : kind === 'CronJob'
            ? 'cron'
            : isHook && duty === 'unknown'
              ? 'release'
              : duty,
      ...said<Partial<Workload>>({
        instances: runs ? jobCount(source, spec) : countOf(source, replicas),
        update: updateOf(source, kind, spec),
        schedule,
        autoscaled: autoscaled && source.of(autoscaled),
      }),
      labels,
    });
  });
}

/** The container's name says best which one is meant; the document's, where it has none. */
function nodePlace(source: Source, container: Tree, document: Tree): Workload['place'] {
  const found = entry(container, 'name') ?? entry(document, 'metadata', 'name') ?? entry(document, 'kind');
  return found ? source.of(found.value) : source.of(document);
}

function isReleaseHook(document: Tree): boolean {
  return entries(get(document, 'metadata', 'annotations')).some(({ key }) =>
    /^helm\.sh\/hook$|^argocd\.argoproj\.io\/hook$/.test(key),
  );
}

function countOf(source: Source, tree: Tree | undefined): Workload['instances'] {
  if (!tree) return undefined;
  const count = numberOf(tree);
  return { ...(count === undefined ? {} : { value: { min: count, max: count } }), place: source.of(tree) };
}

function jobCount(source: Source, spec: Tree | undefined): Workload['instances'] {
  return countOf(source, get(spec, 'parallelism'));
}

function updateOf(source: Source, kind: string, spec: Tree | undefined): Update | undefined {
  const found = entry(spec, kind === 'StatefulSet' || kind === 'DaemonSet' ? 'updateStrategy' : 'strategy');
  if (!found) return undefined;
  const type = get(found.value, 'type');
  const rolling = get(found.value, 'rollingUpdate') ?? get(found.value, 'rollingParams');
  const words: Readonly<Record<string, Update['kind']>> = {
    Recreate: 'recreate',
    RollingUpdate: 'rolling',
    Rolling: 'rolling',
    OnDelete: 'manual',
  };
  const isMixed = kind === 'Rollout' && (get(found.value, 'canary') ?? get(found.value, 'blueGreen'));
  const written = textOf(type);
  return {
    kind: isMixed || rolling ? 'rolling' : written === undefined ? 'unknown' : (words[written] ?? 'unknown'),
    place: type ? source.of(type) : source.place(found.keySpan),
    ...said<Pick<Partial<Update>, 'surge' | 'unavailable' | 'order'>>({
      surge: source.given(get(rolling, 'maxSurge')),
      unavailable: source.given(get(rolling, 'maxUnavailable')),
      order: undefined,
    }),
  };
}

function looseOf(source: Source, document: Tree, standIn: string): readonly Loose[] {
  const kind = textOf(get(document, 'kind'));
  const spec = get(document, 'spec');
  const { file } = source;
  const named = (tree: Tree | undefined) => nameOf(tree, standIn);
  if (kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject') {
    const min = get(spec, 'minReplicas') ?? get(spec, 'minReplicaCount');
    const max = get(spec, 'maxReplicas') ?? get(spec, 'maxReplicaCount');
    const place = source.of(max ?? min ?? document);
    return [
      {
        about: 'autoscaler',
        name: named(get(spec, 'scaleTargetRef', 'name')),
        value: { place },
        ...said({ min: numberOf(min) ?? (min ? undefined : 1), max: numberOf(max) }),
        file,
      },
    ];
  }
  if (kind === 'PodDisruptionBudget') {
    const [sort, tree] = get(spec, 'minAvailable')
      ? ['minAvailable', get(spec, 'minAvailable')]
      : ['maxUnavailable', get(spec, 'maxUnavailable')];
    if (!tree) return [];
    const labels = Object.fromEntries(
      entries(get(spec, 'selector', 'matchLabels')).map(({ key, value }) => [key, named(value)]),
    );
    const text = textOf(tree);
    return [
      {
        about: 'budget',
        name: named(get(document, 'metadata', 'name')),
        labels,
        value: { ...said({ value: text && `${sort} ${text}` }), place: source.of(tree) },
        file,
      },
    ];
  }
  if (kind === 'ConfigMap') {
    const name = get(document, 'metadata', 'name');
    const place = source.of(name ?? document);
    return [
      {
        about: 'settings',
        name: named(name),
        value: { place },
        environment: environment(source, get(document, 'data')),
        file,
      },
    ];
  }
  if (kind !== 'PersistentVolumeClaim') return [];
  const modes = get(spec, 'accessModes');
  return [
    {
      about: 'claim',
      name: named(get(document, 'metadata', 'name')),
      value: { value: accessOf(modes), place: source.of(modes ?? document) },
      file,
    },
  ];
}
