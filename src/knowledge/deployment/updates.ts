import type { DescriptorKind } from '../../model/deployment.js';

/*
 * What a platform does with the only instance of a workload when a new version comes: whether the new one starts before the old
 * one stops, so that for a while there are two.
 */

export interface UpdateKnowledge {
  readonly kinds: readonly DescriptorKind[];
  /** Only of these, by the descriptor's own word. */
  readonly as?: readonly string[];
  /** Where the descriptor says nothing; absent where it is decided elsewhere, as by an option of the command that deploys. */
  readonly unsaid?: boolean;
  /** Where it says "rolling" and no more. */
  readonly rolling?: boolean;
  /** How many more than wanted there may be meanwhile, where nothing is said; one where this is absent. */
  readonly surge?: string;
  /** A volume that one instance holds keeps the new one from starting beside the old. */
  readonly notWithVolumes?: true;
  readonly source: string;
}

/** The first that fits counts. */
export const updateKnowledge: readonly UpdateKnowledge[] = [
  {
    kinds: ['kubernetes', 'kustomization'],
    as: ['StatefulSet', 'DaemonSet'],
    unsaid: false,
    rolling: false,
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#rolling-updates',
  },
  {
    kinds: ['kubernetes', 'kustomization'],
    unsaid: true,
    rolling: true,
    surge: '25%',
    source:
      'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-surge: 25% by default, rounded up to 1',
  },
  {
    kinds: ['compose'],
    unsaid: false,
    rolling: false,
    source:
      'unchecked: https://docs.docker.com/reference/compose-file/deploy/#update_config: `order` is `stop-first` by default',
  },
  {
    // Without `--strategy`, `cf push` stops all of them first; a manifest does not say how it is pushed.
    kinds: ['cloud-foundry'],
    rolling: true,
    source: 'https://docs.cloudfoundry.org/devguide/deploy-apps/rolling-deploy.html',
  },
  {
    kinds: ['fly'],
    unsaid: false,
    source: 'unchecked: https://fly.io/docs/reference/configuration/#picking-a-deployment-strategy',
  },
  {
    kinds: ['render'],
    unsaid: true,
    notWithVolumes: true,
    source: 'unchecked: https://render.com/docs/deploys#zero-downtime-deploys',
  },
  {
    kinds: ['railway'],
    unsaid: true,
    notWithVolumes: true,
    source: 'unchecked: https://docs.railway.com/reference/deployments',
  },
  {
    kinds: ['app-engine'],
    unsaid: true,
    source: 'unchecked: https://cloud.google.com/appengine/docs/flexible/splitting-traffic',
  },
  {
    kinds: ['ecs'],
    unsaid: true,
    source:
      'unchecked: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html: 100% to 200% by default',
  },
  {
    kinds: ['nomad'],
    unsaid: false,
    rolling: false,
    source: 'unchecked: https://developer.hashicorp.com/nomad/docs/job-specification/update',
  },
  {
    kinds: ['systemd'],
    unsaid: false,
    source: 'unchecked: https://www.freedesktop.org/software/systemd/man/latest/systemctl.html#restart',
  },
];

export interface StrategyCommand {
  /** Of the words of a command, joined by spaces; `name` is a group where it says what is replaced. */
  readonly pattern: RegExp;
  readonly source: string;
}

/** Commands that replace what runs by starting the new version beside it. */
export const rollingCommands: readonly StrategyCommand[] = [
  {
    pattern: /^cf push(?: (?<name>[^-\s]\S*))?(?: .*)? --strategy[= ](?:rolling|canary)\b/,
    source: 'https://docs.cloudfoundry.org/devguide/deploy-apps/rolling-deploy.html',
  },
];
