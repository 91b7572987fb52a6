import type { Balancer, Workload } from '../model/deployment.js';
import type { Place } from '../model/span.js';
import { parseHcl } from '../parse/hcl.js';
import { booleanOf, entries, get, type Tree, textOf } from '../parse/tree.js';
import { pick, serviceOf, taskWorkloads } from './containers.js';
import { boundsOf, countOf } from './platforms.js';
import { purposeOf } from './purpose.js';
import { type Describer, said, type Source, type Surroundings, workload } from './source.js';
import { givenSeconds, httpProbe } from './values.js';

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly place: Place;
  readonly body: Tree;
}

/** Resources that say how many there are of something, and what spreads requests over them. */
export const describeTerraform: Describer = (source, around) => {
  const parsed = parseHcl(source.text);
  source.broken(parsed.flaw, 'HCL', 'note');
  const resources = entries(parsed.trees[0]).flatMap(({ key, keySpan, value, labels }): readonly Resource[] => {
    const [type, name] = labels ?? [];
    return key === 'resource' && type !== undefined && name !== undefined
      ? [{ type, name, place: source.place(keySpan), body: value }]
      : [];
  });
  const workloads = resources.flatMap((resource) => workloadsOf(source, around, resource, resources));
  return {
    workloads,
    balancers: resources.flatMap((resource) => balancersOf(source, resource)),
    ...purposeOf(source.file, workloads, { platform: 'it is applied by Terraform' }),
  };
};

const ELSEWHERE = { owns: 'unknown', ownsWhy: 'what it runs is set up elsewhere' } as const;

function workloadsOf(
  source: Source,
  around: Surroundings,
  resource: Resource,
  all: readonly Resource[],
): readonly Workload[] {
  const { type, name, place, body } = resource;
  const made = (as: string, given: Partial<Workload>) => [workload({ name, place, as, ...ELSEWHERE, ...given })];
  switch (type) {
    case 'aws_ecs_service': {
      const task = all.find(
        (one) => one.type === 'aws_ecs_task_definition' && names(get(body, 'task_definition'), one.name),
      );
      const target = all.find(
        (one) => one.type === 'aws_appautoscaling_target' && names(get(one.body, 'resource_id'), name),
      );
      const service = {
        ...serviceOf(source, body),
        ...(target ? boundsOf(source, get(target.body, 'min_capacity'), get(target.body, 'max_capacity')) : {}),
      };
      const tasks = task ? taskWorkloads(source, around, task.body, get(task.body, 'container_definitions')) : [];
      return tasks.length ? tasks.map((one) => ({ ...one, ...service })) : made('service', service);
    }
    case 'aws_ecs_task_definition': {
      const isUsed = all.some((one) => one.type === 'aws_ecs_service' && names(get(one.body, 'task_definition'), name));
      return isUsed ? [] : taskWorkloads(source, around, body, get(body, 'container_definitions'));
    }
    case 'aws_autoscaling_group':
      return made('auto-scaling group', boundsOf(source, get(body, 'min_size'), get(body, 'max_size')));
    case 'kubernetes_deployment':
    case 'kubernetes_deployment_v1':
    case 'kubernetes_stateful_set':
    case 'kubernetes_stateful_set_v1': {
      const strategy = get(body, 'spec', 'strategy', 'type');
      const recreates = textOf(strategy) === 'Recreate';
      return made(type.includes('stateful') ? 'StatefulSet' : 'Deployment', {
        ...said<Partial<Workload>>({
          instances: countOf(source, get(body, 'spec', 'replicas')),
          image: source.given(get(body, 'spec', 'template', 'spec', 'container', 'image')),
          update: strategy && { kind: recreates ? 'recreate' : 'rolling', place: source.of(strategy) },
        }),
      });
    }
    case 'google_cloud_run_v2_service':
      return made(
        'service',
        boundsOf(
          source,
          get(body, 'template', 'scaling', 'min_instance_count'),
          get(body, 'template', 'scaling', 'max_instance_count'),
        ),
      );
    case 'azurerm_container_app':
      return made(
        'container app',
        boundsOf(source, get(body, 'template', 'min_replicas'), get(body, 'template', 'max_replicas')),
      );
    case 'heroku_formation':
      return made('process type', said<Partial<Workload>>({ instances: countOf(source, get(body, 'quantity')) }));
    default:
      return [];
  }
}

/** An expression names a resource: `aws_ecs_task_definition.web.arn`. */
function names(tree: Tree | undefined, name: string): boolean {
  const text = tree?.kind === 'unknown' ? tree.text : (textOf(tree) ?? '');
  return text.split(/[^\w-]+/).includes(name) && text.includes(`.${name}`);
}

function balancersOf(source: Source, { type, name, place, body }: Resource): readonly Balancer[] {
  if (/^aws_(?:lb|alb)_target_group$/.test(type)) {
    const sticky = get(body, 'stickiness');
    const isOn = sticky && booleanOf(get(sticky, 'enabled')) !== false;
    return [
      {
        name,
        place,
        ...(isOn ? { sticky: { value: textOf(get(sticky, 'type')) ?? 'cookie', place: source.of(sticky) } } : {}),
        targets: [],
        probes: httpProbe(source, pick(body, 'health_check', 'path')),
      },
    ];
  }
  if (/^aws_(?:lb|alb|elb)$/.test(type)) {
    const idle = givenSeconds(source, get(body, 'idle_timeout'));
    return [
      {
        name,
        place,
        // Those of the network pass on bytes, and know of no requests.
        ...said<Pick<Partial<Balancer>, 'sort' | 'idleSeconds'>>({
          sort: type === 'aws_elb' ? 'elb' : isOfNetwork(body) ? undefined : 'alb',
          idleSeconds: idle,
        }),
        targets: [],
        probes: [],
      },
    ];
  }
  if (/^google_compute_backend_service$/.test(type)) {
    const protocol = get(body, 'protocol');
    const isHttp = protocol === undefined || /^HTTPS?$/.test(textOf(protocol) ?? '');
    return [{ name, place, ...(isHttp ? { sort: 'gce' } : {}), targets: [], probes: [] }];
  }
  const affinity = get(body, 'client_affinity_enabled');
  if (/^azurerm_\w*web_app$/.test(type) && booleanOf(affinity) === true && affinity)
    return [{ name, place, sticky: { value: 'cookie', place: source.of(affinity) }, targets: [], probes: [] }];
  return [];
}

function isOfNetwork(body: Tree): boolean {
  const type = get(body, 'load_balancer_type');
  return type !== undefined && textOf(type) !== 'application';
}
