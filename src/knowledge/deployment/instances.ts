import type { DescriptorKind } from '../../model/deployment.js';

/*
 * How each platform is told to run a second instance, and which of its words mean that one is what is wanted.
 */

export interface InstancesKnowledge {
  readonly kind: DescriptorKind;
  /** What to write where one instance is asked for. */
  readonly remedy: string;
  /** What the platform runs where nothing is said; left out where that is decided elsewhere. */
  readonly unsaid?: number;
  /** What to add then. */
  readonly absent?: string;
  readonly source: string;
}

const COMPOSE = 'https://docs.docker.com/reference/compose-file/deploy/';

export const instancesKnowledge: readonly InstancesKnowledge[] = [
  {
    kind: 'compose',
    remedy: 'Change it to `replicas: 2` (or more), with a proxy in front that knows the service by its name.',
    source: `unchecked: ${COMPOSE}`,
  },
  {
    kind: 'kubernetes',
    remedy:
      'Change it to `replicas: 2` (or more), with a `readinessProbe`, so that requests go to pods that can answer, and a PodDisruptionBudget with `minAvailable: 1`.',
    unsaid: 1,
    absent:
      'Add `replicas: 2` (or more) or a HorizontalPodAutoscaler with `minReplicas: 2`, and a `readinessProbe`, so that requests go to pods that can answer.',
    source: '`kubectl explain deployment.spec.replicas`: "Defaults to 1"',
  },
  {
    kind: 'kustomization',
    remedy: 'Change it to `count: 2` or `replicas: 2` (or more), with a `readinessProbe` on the container.',
    source: 'unchecked: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replicas/',
  },
  {
    kind: 'cloud-foundry',
    remedy: 'Change it to `instances: 2` (or more), and push with `--strategy rolling`.',
    unsaid: 1,
    absent: 'Add `instances: 2` (or more), and push with `--strategy rolling`.',
    source: 'unchecked: https://docs.cloudfoundry.org/devguide/deploy-apps/manifest-attributes.html#instances',
  },
  {
    kind: 'heroku',
    remedy: 'Change it to `"quantity": 2` (or more); several dynos need a size other than `basic` or `eco`.',
    source: 'unchecked: https://devcenter.heroku.com/articles/app-json-schema#formation',
  },
  {
    kind: 'render',
    remedy: 'Change it to `numInstances: 2` (or more), or give it a `scaling` section with `minInstances: 2`.',
    source: 'unchecked: https://render.com/docs/blueprint-spec#numinstances',
  },
  {
    kind: 'railway',
    remedy: 'Change it to 2 replicas (or more).',
    source: 'unchecked: https://docs.railway.com/reference/config-as-code',
  },
  {
    kind: 'app-engine',
    remedy: 'Change it to 2 instances (or more).',
    source: 'unchecked: https://cloud.google.com/ruby/docs/reference/google-cloud-app_engine-v1/latest',
  },
  {
    kind: 'ecs',
    remedy: 'Change it to `"desiredCount": 2` (or more), with `"minimumHealthyPercent": 100`.',
    source: 'unchecked: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html',
  },
  {
    kind: 'nomad',
    remedy: 'Change it to `count = 2` (or more), with an `update` block whose `max_parallel` is 1.',
    source: 'unchecked: https://developer.hashicorp.com/nomad/docs/job-specification/group#count',
  },
  {
    kind: 'pm2',
    remedy:
      "Change it to `instances: 2` (or `'max'`) with `exec_mode: 'cluster'`, in which the processes share a port and `pm2 reload` replaces one after the other.",
    source: 'https://pm2.keymetrics.io/docs/usage/cluster-mode/',
  },
  {
    kind: 'terraform',
    remedy: 'Change it to 2 (or more).',
    source: 'unchecked: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service',
  },
  {
    kind: 'cloudformation',
    remedy: 'Change it to 2 (or more).',
    source:
      'unchecked: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html',
  },
];

/** Controllers whose number of instances says nothing of how many serve: they end, or there is one on each host. */
export const countedOtherwise: readonly string[] = ['Job', 'CronJob', 'Pod', 'DaemonSet', 'system job'];

/** Controllers whose instances are done at some point: nobody is served by them. */
export const ending: readonly string[] = ['Job', 'CronJob'];

/** Controllers that put one on each host, and mean to use what the host has. */
export const onEachHost: readonly string[] = ['DaemonSet', 'system job'];

/** Kinds of descriptors whose processes run on a host itself, side by side, and in no container each. */
export const onHostItself: readonly string[] = ['pm2', 'systemd'];

/** Kinds of descriptors that begin what is scheduled in every instance; others begin it once. */
export const schedulesEach: readonly string[] = ['pm2'];

export interface ScaleCommand {
  /** Of the words of a command, joined by spaces; `name` and `count` are its groups. */
  readonly pattern: RegExp;
  readonly source: string;
}

/** Commands that set the number of instances. */
export const scaleCommands: readonly ScaleCommand[] = [
  {
    pattern: /^cf (?:scale|push)(?: (?<name>[^-\s]\S*))?(?: .*)? -i (?<count>\d+)\b/,
    source: 'unchecked: https://cli.cloudfoundry.org/en-US/v8/scale.html',
  },
  {
    pattern:
      /^kubectl\b.{0,200}? scale\b.{0,200}?(?:deploy\w{0,20}|statefulset|sts)[/ ](?<name>[\w.-]{1,200}) (?:.{0,200} )?--replicas[= ](?<count>\d+)\b/,
    source: 'unchecked: https://kubernetes.io/docs/reference/kubectl/generated/kubectl_scale/',
  },
  {
    pattern: /^heroku (?:ps:)?scale\b.*? (?<name>[\w-]+)=(?<count>\d+)\b/,
    source: 'unchecked: https://devcenter.heroku.com/articles/scaling',
  },
  {
    pattern: /^docker(?:-| )compose\b.*? --scale[= ](?<name>[\w.-]+)=(?<count>\d+)\b/,
    source: 'https://docs.docker.com/reference/cli/docker/compose/scale',
  },
  {
    pattern: /^docker(?:-| )compose\b.{0,200}? scale (?:.{0,200} )?(?<name>[\w.-]{1,200})=(?<count>\d+)\b/,
    source: 'https://docs.docker.com/reference/cli/docker/compose/scale',
  },
  {
    pattern: /^docker service scale (?:.{0,200} )?(?<name>[\w.-]{1,200})=(?<count>\d+)\b/,
    source: 'unchecked: https://docs.docker.com/reference/cli/docker/service/scale/',
  },
];
