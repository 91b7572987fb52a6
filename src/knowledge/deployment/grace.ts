import type { DescriptorKind } from '../../model/deployment.js';

/*
 * How long a platform waits between asking a process to stop and killing it, and how long packages let the process take.
 */

export interface GraceKnowledge {
  readonly kinds: readonly DescriptorKind[];
  /** Seconds where nothing is said. */
  readonly seconds: number;
  /** What sets another: "`stop_grace_period: 40s`", with `$` for the seconds and `%` for milliseconds. */
  readonly remedy: string;
  readonly source: string;
}

export const graceKnowledge: readonly GraceKnowledge[] = [
  {
    kinds: ['kubernetes', 'kustomization'],
    seconds: 30,
    remedy: '`terminationGracePeriodSeconds: $` in the pod’s `spec`',
    source: 'kubernetes/kubernetes#74160: a preStop hook counts against it; unchecked: 30 seconds are the default',
  },
  {
    kinds: ['compose'],
    seconds: 10,
    remedy: '`stop_grace_period: $s`',
    source: 'https://manpages.ubuntu.com/manpages/trusty/man1/docker-stop.1.html: "Default is 10 seconds"',
  },
  {
    kinds: ['pm2'],
    seconds: 1.6,
    remedy: '`kill_timeout: %`',
    source: 'pm2@6.0.14 constants.js:105, KILL_TIMEOUT 1600',
  },
  {
    kinds: ['fly'],
    seconds: 5,
    remedy: '`kill_timeout = "$s"`',
    source: 'unchecked: https://fly.io/docs/reference/configuration/#kill_timeout',
  },
  {
    kinds: ['ecs', 'cloudformation', 'terraform'],
    seconds: 30,
    remedy: '`"stopTimeout": $` in the container’s definition',
    source:
      'unchecked: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html, stopTimeout',
  },
  {
    kinds: ['nomad'],
    seconds: 5,
    remedy: '`kill_timeout = "$s"` in the task',
    source: 'unchecked: https://developer.hashicorp.com/nomad/docs/job-specification/task#kill_timeout',
  },
  {
    kinds: ['systemd'],
    seconds: 90,
    remedy: '`TimeoutStopSec=$`',
    source: 'unchecked: https://www.freedesktop.org/software/systemd/man/latest/systemd-system.conf.html',
  },
  {
    kinds: ['heroku'],
    seconds: 30,
    remedy: 'a shorter wait in the code: the platform’s time is fixed',
    source: 'unchecked: https://devcenter.heroku.com/articles/dynos#shutdown',
  },
  {
    kinds: ['cloud-foundry'],
    seconds: 10,
    remedy: 'a shorter wait in the code: the platform’s time is set by its operator',
    source: 'unchecked: https://docs.cloudfoundry.org/devguide/deploy-apps/app-lifecycle.html#shutdown',
  },
  {
    kinds: ['render'],
    seconds: 30,
    remedy: '`maxShutdownDelaySeconds: $`',
    source: 'unchecked: https://render.com/docs/blueprint-spec#maxshutdowndelayseconds',
  },
];

export interface DrainKnowledge {
  readonly api: string;
  readonly options: number;
  /** Absent where the argument itself is the number. */
  readonly path?: string;
  /** Seconds where nothing is said; absent where it waits for as long as it takes. */
  readonly seconds?: number;
  readonly source: string;
}

/** Packages that close a server and give its requests so many milliseconds. */
export const drains: readonly DrainKnowledge[] = [
  {
    api: '@godaddy/terminus:createTerminus',
    options: 1,
    path: 'timeout',
    seconds: 1,
    source: '@godaddy/terminus@4.12.1 lib/terminus.js:180',
  },
  { api: 'close-with-grace:', options: 0, path: 'delay', seconds: 10, source: 'close-with-grace@2.5.0 index.js:19' },
  {
    api: 'http-graceful-shutdown:{,gracefulShutdown}',
    options: 1,
    path: 'timeout',
    seconds: 30,
    source: 'http-graceful-shutdown@4.0.0 lib/index.js:41',
  },
  { api: 'stoppable:', options: 1, source: 'stoppable@1.1.0 lib/stoppable.js:5, for ever where nothing is said' },
  {
    api: 'http-terminator:createHttpTerminator',
    options: 0,
    path: 'gracefulTerminationTimeout',
    seconds: 1,
    source: 'http-terminator@3.2.0 src/factories/createInternalHttpTerminator.ts:21',
  },
];
