import type { Source } from './types.js';

/*
 * Queues that keep what they are given in this process (or in a file of this instance), timers and schedules for one moment,
 * and calls that put work off. Queues that last stand among the effects, as `enqueue`.
 */

/** A call that puts work into such a queue. */
export interface MemoryQueue {
  readonly api: string;
  /** The argument that is the work; absent: the worker does it, a function that the call which made the queue was handed. */
  readonly work?: number;
  readonly keeps: 'memory' | 'file';
  /** With this option of the making call the items are kept elsewhere. */
  readonly unless?: string;
  /** A method of the queue that names its worker, where the making call does not: `queue.process(type, worker)`. */
  readonly worker?: string;
  readonly source: Source;
}

export const memoryQueues: readonly MemoryQueue[] = [
  { api: 'p-queue:().{add,addAll}', work: 0, keeps: 'memory', source: 'p-queue@9.3.5 readme.md ".add(fn, options?)"' },
  { api: 'p-limit:()', work: 0, keeps: 'memory', source: 'p-limit@7.3.3 index.d.ts' },
  { api: 'fastq:{(),promise()}.{push,unshift}', keeps: 'memory', source: 'fastq@1.20.3 index.d.ts' },
  {
    api: 'async:{queue,cargo,cargoQueue,priorityQueue}().{push,unshift,pushAsync,unshiftAsync}',
    keeps: 'memory',
    source: 'async@3.2.6 queue.js, internal/queue.js',
  },
  {
    api: 'async/{queue,cargo,cargoQueue,priorityQueue}:().{push,unshift,pushAsync,unshiftAsync}',
    keeps: 'memory',
    source: 'async@3.2.6 queue.js, internal/queue.js',
  },
  { api: 'queue:().{push,unshift}', work: 0, keeps: 'memory', source: 'queue@7.0.0 readme.md' },
  { api: 'better-queue:().push', keeps: 'memory', unless: 'store', source: 'better-queue@3.8.12 README.md "Storage"' },
  {
    api: 'embedded-queue:{Queue.createQueue()}.createJob',
    keeps: 'file',
    worker: 'process',
    source: 'embedded-queue@0.0.11 README.md "Create Queue" (kept by nedb)',
  },
  { api: 'liteque:SqliteQueue().enqueue', keeps: 'file', source: 'liteque@0.8.0 README.md' },
  { api: 'plainjob:defineQueue().{add,schedule}', keeps: 'file', source: 'plainjob@0.0.14 README.md' },
  {
    api: 'bottleneck:().schedule',
    work: 0,
    keeps: 'memory',
    unless: 'datastore',
    source: 'bottleneck@2.19.5 README.md "schedule()", "Clustering"',
  },
];

/** Calls after which a function is called once, some time later. */
export interface Delay {
  readonly api: string;
  readonly work: number;
  /** Milliseconds from now, or the moment itself. */
  readonly after?: number;
  readonly at?: number;
  readonly source: Source;
}

export const delays: readonly Delay[] = [
  { api: '{global:,timers:}setTimeout', work: 0, after: 1, source: 'https://nodejs.org/api/timers.html' },
  {
    api: 'node-schedule:{scheduleJob,Scheduler().scheduleJob}',
    work: 1,
    at: 0,
    source: 'node-schedule@2.1.1 README.md:131',
  },
  {
    api: 'node-schedule:{scheduleJob,Scheduler().scheduleJob}',
    work: 2,
    at: 1,
    source: 'node-schedule@2.1.1 lib/schedule.js:23 scheduleJob([name], spec, method)',
  },
  {
    api: 'cron:CronJob',
    work: 1,
    at: 0,
    source: 'cron@4.4.0 README.md "new CronJob(cronTime, onTick)": a Date as well',
  },
  {
    api: 'croner:{,Cron,CronJob}',
    work: 1,
    at: 0,
    source: 'croner@11.0.1 README.md "Cron(pattern, options, fn)": a Date as well',
  },
  {
    api: 'croner:{,Cron,CronJob}',
    work: 2,
    at: 0,
    source: 'croner@11.0.1 README.md "Cron(pattern, options, fn)": a Date as well',
  },
];

/** Calls that put the work off until no more is asked for a while. */
export const debounces: readonly { readonly api: string; readonly source: Source }[] = [
  {
    api: '{lodash,lodash-es,underscore,es-toolkit}:{debounce,throttle}',
    source: 'https://lodash.com/docs/#debounce',
  },
  {
    api: '{lodash.debounce,lodash.throttle,lodash/debounce,lodash/throttle,lodash/debounce.js,lodash/throttle.js,debounce,just-debounce-it,just-throttle,p-debounce,perfect-debounce,debounce-fn}:{,debounce}',
    source: 'unchecked: README files of these packages',
  },
];
