import type { Balancer, Workload } from '../model/deployment.js';
import { entries, get, items, numberOf, type Tree, type TreeEntry, textOf } from '../parse/tree.js';
import { pick, serviceOf, taskWorkloads } from './containers.js';
import { boundsOf, jsonOf, yamlOf } from './platforms.js';
import { purposeOf } from './purpose.js';
import { type Describer, said, type Source, type Surroundings, workload } from './source.js';
import { httpProbe } from './values.js';

/** A template: its resources, with references resolved as far as they name one another. */
export const describeCloudFormation: Describer = (source, around) => {
  const root = /\.json$|^\s*\{/.test(source.file.endsWith('.json') ? '.json' : source.text)
    ? jsonOf(source)
    : yamlOf(source);
  const resources = entries(get(root, 'Resources'));
  const workloads = resources.flatMap((resource) => workloadsOf(source, around, resource, resources));
  const balancers = resources.flatMap((resource) => balancersOf(source, resource));
  return { workloads, balancers, ...purposeOf(source.file, workloads, { platform: 'it is deployed to AWS' }) };
};

function workloadsOf(
  source: Source,
  around: Surroundings,
  { key, keySpan, value }: TreeEntry,
  all: readonly TreeEntry[],
): readonly Workload[] {
  const properties = get(value, 'Properties');
  const place = source.place(keySpan);
  const type = textOf(get(value, 'Type'));
  if (type === 'AWS::ECS::Service' && properties) {
    const task = referred(get(properties, 'TaskDefinition'), all);
    const service = { ...serviceOf(source, properties), ...scaled(source, key, all) };
    const tasks = task ? taskWorkloads(source, around, task, pick(task, 'containerDefinitions')) : [];
    if (tasks.length) return tasks.map((one) => ({ ...one, ...service }));
    return [
      workload({
        name: key,
        place,
        as: 'service',
        owns: 'unknown',
        ownsWhy: 'its task is defined elsewhere',
        ...service,
      }),
    ];
  }
  if (type === 'AWS::ECS::TaskDefinition' && properties) {
    const isUsed = all.some(
      (one) =>
        textOf(get(one.value, 'Type')) === 'AWS::ECS::Service' &&
        referred(get(one.value, 'Properties', 'TaskDefinition'), all) === properties,
    );
    return isUsed ? [] : taskWorkloads(source, around, properties, pick(properties, 'containerDefinitions'));
  }
  if (type === 'AWS::AutoScaling::AutoScalingGroup')
    return [
      workload({
        name: key,
        place,
        as: 'auto-scaling group',
        owns: 'unknown',
        ownsWhy: 'what its machines run is set up elsewhere',
        ...boundsOf(source, get(properties, 'MinSize'), get(properties, 'MaxSize')),
      }),
    ];
  if (type === 'AWS::Serverless::Function' || type === 'AWS::Lambda::Function')
    return [
      workload({
        name: key,
        place,
        as: 'function',
        owns: 'unknown',
        ownsWhy: 'a function, of which the platform runs as many as are asked for',
        autoscaled: place,
      }),
    ];
  return [];
}

/** The properties of the resource that `!Ref` or `{ "Ref": … }` names. */
function referred(tree: Tree | undefined, all: readonly TreeEntry[]): Tree | undefined {
  const name = tree?.kind === 'unknown' ? tree.text.replace(/^!Ref\s+/, '').trim() : textOf(get(tree, 'Ref'));
  const found = all.find(({ key }) => key === name);
  return found && get(found.value, 'Properties');
}

function scaled(source: Source, service: string, all: readonly TreeEntry[]): Partial<Workload> {
  const target = all.find(
    ({ value }) =>
      textOf(get(value, 'Type')) === 'AWS::ApplicationAutoScaling::ScalableTarget' &&
      mentions(get(value, 'Properties', 'ResourceId'), service),
  );
  const properties = target && get(target.value, 'Properties');
  return properties ? boundsOf(source, get(properties, 'MinCapacity'), get(properties, 'MaxCapacity')) : {};
}

function mentions(tree: Tree | undefined, name: string, seen: Set<Tree> = new Set()): boolean {
  if (!tree || seen.has(tree)) return false;
  seen.add(tree);
  if (tree.kind === 'list') return tree.items.some((item) => mentions(item, name, seen));
  if (tree.kind === 'map') return tree.entries.some(({ value }) => mentions(value, name, seen));
  const text = tree.kind === 'unknown' ? tree.text : String(tree.value);
  return text.split(/\W+/).includes(name);
}

function balancersOf(source: Source, { key, keySpan, value }: TreeEntry): readonly Balancer[] {
  const type = textOf(get(value, 'Type'));
  const properties = get(value, 'Properties');
  const attribute = (list: string, name: string) =>
    items(get(properties, list)).find((item) => textOf(get(item, 'Key')) === name);
  if (type === 'AWS::ElasticLoadBalancingV2::TargetGroup') {
    const sticky = attribute('TargetGroupAttributes', 'stickiness.enabled');
    const kind = textOf(get(attribute('TargetGroupAttributes', 'stickiness.type'), 'Value')) ?? 'cookie';
    const isOn = sticky && textOf(get(sticky, 'Value')) !== 'false';
    return [
      {
        name: key,
        place: source.place(keySpan),
        ...(isOn ? { sticky: { value: kind, place: source.of(sticky) } } : {}),
        targets: [],
        probes: httpProbe(source, get(properties, 'HealthCheckPath')),
      },
    ];
  }
  if (type === 'AWS::ElasticLoadBalancing::LoadBalancer') {
    const given = get(properties, 'ConnectionSettings', 'IdleTimeout');
    const idle = source.givenNumber(given);
    return [
      { name: key, place: source.place(keySpan), sort: 'elb', ...said({ idleSeconds: idle }), targets: [], probes: [] },
    ];
  }
  if (type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer') return [];
  const idle = attribute('LoadBalancerAttributes', 'idle_timeout.timeout_seconds');
  const seconds = numberOf(get(idle, 'Value'));
  const sort = get(properties, 'Type');
  return [
    {
      name: key,
      place: source.place(keySpan),
      ...(sort === undefined || textOf(sort) === 'application' ? { sort: 'alb' } : {}),
      ...(idle ? { idleSeconds: { ...said({ value: seconds }), place: source.of(idle) } } : {}),
      targets: [],
      probes: [],
    },
  ];
}
