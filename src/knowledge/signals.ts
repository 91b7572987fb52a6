import type { DescriptorKind } from '../model/deployment.js';
import type { Source } from './types.js';

/*
 * Who gets SIGTERM when a container is stopped, and who hands it on.
 */

/** A command that starts another one and stands between it and the platform. */
export interface SignalKnowledge {
  readonly commands: readonly string[];
  /**
   * `keeps`: what it starts is not told, or not waited for. `one`: it tells the process that it started and nobody else.
   * `group`: it tells all that came of it. `manages`: it stops what it started by itself and waits.
   */
  readonly does: 'keeps' | 'one' | 'group' | 'manages';
  /** An option or variable by which it tells the whole group. */
  readonly groupBy?: { readonly option: string; readonly variable?: string };
  /** Told with certainty, whatever shell the image has. */
  readonly sure?: true;
  /** What it does with the signal: “npm hands it to the shell of the script, and that ends at once”. */
  readonly words: string;
  readonly source: Source;
}

export const signalKnowledge: readonly SignalKnowledge[] = [
  {
    commands: ['npm', 'npx'],
    does: 'keeps',
    words: 'npm hands it to the shell that runs the script, which ends without telling node',
    source: 'https://github.com/npm/run-script/issues/237',
  },
  {
    commands: ['pnpm', 'pnpx'],
    does: 'keeps',
    words: 'pnpm hands it to the shell that runs the script, which ends without telling node',
    source: 'https://github.com/pnpm/pnpm/pull/15119',
  },
  {
    commands: ['yarn', 'yarnpkg'],
    does: 'keeps',
    words: 'yarn ends at once without waiting for node',
    source: 'https://github.com/yarnpkg/yarn/issues/4667',
  },
  {
    commands: ['dumb-init'],
    does: 'group',
    words: 'dumb-init tells all processes of its session',
    source: 'unchecked: https://github.com/Yelp/dumb-init README, session behavior',
  },
  {
    commands: ['tini', 'tini-static', 'docker-init', 'catatonit'],
    does: 'one',
    groupBy: { option: '-g', variable: 'TINI_KILL_PROCESS_GROUP' },
    words: 'tini tells the process that it started',
    source: 'unchecked: https://github.com/krallin/tini README, process group killing',
  },
  {
    commands: ['pm2-runtime', 'pm2-docker'],
    does: 'manages',
    words: 'pm2 tells each process and waits for it',
    source: 'unchecked: https://pm2.keymetrics.io/docs/usage/docker-pm2-nodejs/',
  },
];

/** Platforms that send the signal to the first process of a container, and to no other. */
export const signalsFirstProcess: ReadonlySet<DescriptorKind> = new Set<DescriptorKind>([
  'dockerfile',
  'compose',
  'kubernetes',
  'kustomization',
  'ecs',
  'nomad',
  'fly',
  'cloudformation',
  'terraform',
]);

/** Commands that become what they start, with the number of words of their own. */
export const replacing: Readonly<Record<string, number>> = {
  exec: 1,
  env: 1,
  gosu: 2,
  'su-exec': 2,
  setpriv: 1,
  chpst: 1,
  nice: 1,
  nohup: 1,
  'docker-entrypoint.sh': 1,
};

/** Commands that run scripts of packages, of which the files do not say what they start in the end. */
export const scriptRunners: readonly string[] = ['run-script-os', 'turbo', 'nx', 'lerna', 'rush'];

/** What is used while developing only. */
export const developmentRunners: readonly string[] = [
  'nodemon',
  'ts-node-dev',
  'tsnd',
  'node-dev',
  'supervisor',
  'vite',
];
