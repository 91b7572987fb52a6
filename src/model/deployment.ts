import type { Problem } from './input.js';
import type { Place } from './span.js';

/*
 * What deployment descriptors say: what is started, how often, with what around it. Types only. A property that is absent was
 * not said; a `Stated` without a value was said but cannot be told here, since it is templated, secret or computed. Nothing is
 * filled in from what a platform does by default.
 */

export type DescriptorKind =
  | 'dockerfile'
  | 'compose'
  | 'kubernetes'
  | 'helm-values'
  | 'kustomization'
  | 'cloud-foundry'
  | 'procfile'
  | 'heroku'
  | 'fly'
  | 'render'
  | 'railway'
  | 'app-engine'
  | 'ecs'
  | 'nomad'
  | 'pm2'
  | 'systemd'
  | 'nginx'
  | 'haproxy'
  | 'traefik'
  | 'caddy'
  | 'terraform'
  | 'cloudformation'
  | 'crontab'
  | 'env'
  | 'shell'
  | 'package-scripts';

/** A descriptor as found: its text, and what kind of file it was taken for. */
export interface DescriptorFile {
  readonly file: string;
  readonly kind: DescriptorKind;
  readonly text: string;
}

/** What all descriptors of a project say, and what could not be read of them. */
export interface Deployment {
  readonly descriptors: readonly Descriptor[];
  readonly problems: readonly Problem[];
}

/** What a descriptor gives; without `value` it gives something that cannot be told from the files alone. */
export interface Stated<T> {
  readonly value?: T;
  readonly place: Place;
}

export type Purpose = 'production' | 'development' | 'test' | 'unknown';

export interface Descriptor {
  readonly file: string;
  readonly kind: DescriptorKind;
  readonly purpose: Purpose;
  /** Why it is taken for that, in words: "its name says `dev`". */
  readonly why: string;
  readonly workloads: readonly Workload[];
  readonly balancers: readonly Balancer[];
  /** Variables that the file itself sets: an `.env` file, the common part of a compose or fly file. */
  readonly environment: Environment;
  /** Commands that belong to no workload of this file: the lines of a script, `cf scale` in a pipeline. */
  readonly commands: readonly Command[];
  /** Parts that could not be told: templates, conditions, what a tool puts together. Of these "not said" is not to be believed. */
  readonly unread: readonly Place[];
}

/** Variables by name, as the last to be set has them. */
export type Environment = Readonly<Record<string, Stated<string>>>;

/** What a workload is there for, as far as its descriptor says: its kind, its name, its schedule. */
export type Duty = 'web' | 'worker' | 'cron' | 'migration' | 'release' | 'unknown';

/** Something that a descriptor starts: a container, a dyno, a unit. */
export interface Workload {
  readonly name: string;
  readonly place: Place;
  readonly does: Duty;
  /** It runs this project's code; `false` for databases, proxies, brokers and other images of somebody else. */
  readonly owns: boolean | 'unknown';
  /** Why, in words. */
  readonly ownsWhy: string;
  /** The descriptor's own word for it: `Deployment`, `StatefulSet`, `service`, `process`. */
  readonly as: string;
  readonly image?: Stated<string>;
  readonly build?: Build;
  /** The folder of the container or host in which its commands run. */
  readonly workdir?: Stated<string>;
  readonly commands: readonly Command[];
  readonly instances?: Stated<Count>;
  /** Where it is said that the number of instances follows the load. */
  readonly autoscaled?: Place;
  readonly update?: Update;
  readonly environment: Environment;
  /** Files and objects that give more variables. */
  readonly environmentFrom: readonly Stated<string>[];
  readonly volumes: readonly Volume[];
  readonly probes: readonly Probe[];
  /** Seconds from SIGTERM to SIGKILL. */
  readonly graceSeconds?: Stated<number>;
  readonly stopSignal?: Stated<string>;
  /** An init process that forwards signals: compose `init`, Docker's `--init`. */
  readonly init?: Stated<boolean>;
  /** What allows only one of it, or only one on a host. */
  readonly pins: readonly Pin[];
  readonly ports: readonly Port[];
  readonly schedule?: Stated<string>;
  /** How many of it may be away at once while nodes are drained. */
  readonly budget?: Stated<string>;
  /** Of a Dockerfile: what is copied from the project to where. */
  readonly copies: readonly Copied[];
  /** Labels and annotations, which proxies are told by. */
  readonly labels: Environment;
}

export interface Count {
  readonly min: number;
  readonly max?: number;
}

/** How a workload's image is made; paths are relative to the project root. */
export interface Build {
  readonly context?: string;
  readonly dockerfile?: string;
  /** The stage of the Dockerfile that is meant; the last one where nothing is said. */
  readonly stage?: string;
  readonly place: Place;
}

export interface Copied {
  readonly from: readonly string[];
  readonly to: string;
  readonly place: Place;
}

/** When a command runs, in the life of its workload. */
export type Moment =
  /** Its main process. */
  | 'start'
  /** In every instance, before its main process. */
  | 'before'
  /** Once for each release, before its instances start. */
  | 'release'
  | 'build'
  | 'after-start'
  | 'before-stop';

export interface Command {
  readonly at: Moment;
  /** `exec`: its first word is the process that is started; `shell`: a shell reads it; `unknown`: the platform decides. */
  readonly form: 'exec' | 'shell' | 'unknown';
  readonly place: Place;
  /** The simple commands in it, in order. Of a shell that is called by name (`sh -c "…"`), what that runs. */
  readonly steps: readonly Step[];
  /** What it is made of cannot be told: an argument of the build, a template. */
  readonly unknown?: true;
  /** The name under which a file has it: a script of a package.json, a process type. */
  readonly name?: string;
  /** Handed to the entry point of the image, where that has one; it says nothing of that itself. */
  readonly arguments?: true;
  /** Words in front of a shell that is called by name: an init process. */
  readonly before?: readonly string[];
  /** How many words of its first step are the entry point that the rest is handed to. */
  readonly entrypoint?: number;
}

export interface Step {
  /** Its words, quotes and continuations resolved; `$NAME` stays as it is written. */
  readonly words: readonly string[];
  readonly place: Place;
  /** Takes the shell's place (`exec node …`), so that signals reach it. */
  readonly exec?: true;
  readonly background?: true;
  /** What follows is sent to it, or taken from it, by a pipe. */
  readonly piped?: true;
  readonly tests: readonly Test[];
  readonly environment: Environment;
  /** Files its output goes to. */
  readonly outputs: readonly string[];
}

/** A test that decides whether a step runs: `[ "$CF_INSTANCE_INDEX" = 0 ]` must hold, or must not. */
export interface Test {
  readonly words: readonly string[];
  readonly place: Place;
  readonly holds: boolean;
}

export interface Update {
  /** `recreate`: the old ones stop before new ones start. `manual`: nothing is replaced until somebody does. */
  readonly kind: 'rolling' | 'recreate' | 'manual' | 'unknown';
  readonly place: Place;
  /** How many more than wanted there may be, and how many fewer, as written: `1`, `25%`. */
  readonly surge?: Stated<string>;
  readonly unavailable?: Stated<string>;
  /** Of one instance: whether the new one starts before the old one stops. */
  readonly order?: Stated<'start-first' | 'stop-first'>;
}

/** A folder that is kept outside the container. */
export interface Volume {
  readonly path: string;
  /**
   * Who sees what is written there: every instance wherever it runs (`shared`), those on the same host (`host`), one instance
   * only (`instance`), or nobody can tell.
   */
  readonly spread: 'shared' | 'host' | 'instance' | 'unknown';
  /** Outlives the instance. */
  readonly keeps: boolean | 'unknown';
  readonly readOnly?: true;
  /** The volume's name, or the folder of the host. */
  readonly name?: string;
  /** Why it is spread like this, in words. */
  readonly why: string;
  readonly place: Place;
}

export interface Probe {
  readonly kind: 'readiness' | 'liveness' | 'startup' | 'health';
  /** The path asked for, when it is one over HTTP. */
  readonly path?: Stated<string>;
  readonly port?: Stated<string>;
  readonly command?: Command;
  /** Switched off: `HEALTHCHECK NONE`. */
  readonly off?: true;
  readonly place: Place;
}

export interface Pin {
  readonly kind: 'container-name' | 'host-port' | 'host-path' | 'host-network' | 'address' | 'node' | 'single';
  /** As written: the name, the port. */
  readonly text: string;
  readonly place: Place;
}

export interface Port {
  readonly inside?: number;
  /** On the host or at the balancer; absent where the platform picks one. */
  readonly outside?: Stated<number>;
  readonly place: Place;
}

/** What spreads the requests: `alb` and `elb` are those of AWS, `gce` that of Google, `ingress-nginx` the controller of Kubernetes. */
export type BalancerSort = 'alb' | 'elb' | 'gce' | 'ingress-nginx' | 'nginx' | 'haproxy' | 'traefik' | 'caddy';

/** Something that spreads requests over instances. */
export interface Balancer {
  readonly name: string;
  readonly place: Place;
  /** Absent where the descriptor does not say what it will be. */
  readonly sort?: BalancerSort;
  /** What keeps a client at one instance, in words: `ip_hash`, `cookie`. */
  readonly sticky?: Stated<string>;
  /** It is said whether idle connections to an instance are kept, to be used again. */
  readonly reuses?: Stated<boolean>;
  /** Seconds that an idle connection to an instance is kept; how long an answer may take, or a client idle, is something else. */
  readonly idleSeconds?: Stated<number>;
  /** Where requests go: service names, addresses. */
  readonly targets: readonly Stated<string>[];
  readonly probes: readonly Probe[];
}
