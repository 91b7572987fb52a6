import {
  cronDaemons,
  type Deployed,
  type Evidence,
  isAside,
  isSeveral,
  type Place,
  type RuleContext,
  type Run,
  started,
  schedulesEach,
} from '../../src/api/index.js';

/*
 * Schedules outside the code: what the platform starts once is as it should be, and a crontab within a container runs as often as
 * there are containers.
 */

export function checkDescribed(context: RuleContext): void {
  const seen = new Set<string>();
  for (const deployed of context.program.workloads) {
    checkDaemon(context, deployed, seen);
    checkSchedule(context, deployed);
  }
}

/** A daemon that reads a crontab, in a container that serves as well. */
function checkDaemon(context: RuleContext, deployed: Deployed, seen: Set<string>): void {
  const { descriptor, workload, runs, processes } = deployed;
  const run = runs.find(isDaemon);
  if (!run || isAside(deployed) !== undefined) return;
  const { place } = run.step;
  const key = `${place.file}:${place.span[0]}`;
  const serves = processes.some(({ role }) => role === 'server');
  const isScaled = isSeveral(workload);
  if (!serves && !isScaled) {
    context.safe({ ...place, reason: `\`${workload.name}\` does nothing else, and runs once` });
    return;
  }
  // The image is met again in what is built from it, which says how often it runs.
  if (seen.has(key)) return;
  const elsewhere = context.program.workloads.find(
    (other) => other !== deployed && isSeveral(other.workload) && other.runs.some((one) => one.step.place === place),
  );
  seen.add(key);
  const scaled = isScaled ? deployed : elsewhere;
  const evidence: Evidence[] = [
    { role: 'primary', ...place, note: `\`${run.step.words.join(' ')}\` reads a crontab and runs what it says` },
    ...run.via.map((at): Evidence => ({ role: 'started', ...at, note: 'started by this' })),
    ...(scaled?.workload.instances
      ? [
          {
            role: 'started' as const,
            ...scaled.workload.instances.place,
            note: `\`${scaled.workload.name}\` runs several`,
          },
        ]
      : []),
  ];
  context.report({
    ...place,
    severity: scaled ? 'error' : 'warning',
    confidence: scaled ? 'high' : 'medium',
    doubts: scaled ? [] : ['what the crontab runs is not looked at, and a second run of it may do no harm'],
    when: 'always',
    symbol: `${workload.name || descriptor.kind} cron`,
    message: `The crontab runs in every container of \`${workload.name || descriptor.file}\`, beside the server.`,
    consequence:
      'With two instances each of its jobs is done twice at the same moment: mails go out twice, rows are written twice.',
    hint: 'Take the daemon out of the image of the server, and run its jobs once: as a `CronJob` of Kubernetes, a scheduled job of the platform, or a workload of their own that runs as one instance.',
    evidence,
  });
}

function isDaemon({ at, step }: Run): boolean {
  if (at !== 'start' && at !== 'before') return false;
  const [first = '', ...rest] = started(step.words);
  const line = [first.slice(first.lastIndexOf('/') + 1), ...rest].join(' ');
  return cronDaemons.some(({ pattern }) => pattern.test(line));
}

/** What the platform starts by a schedule: once, unless several are asked for. */
function checkSchedule(context: RuleContext, { descriptor, workload }: Deployed): void {
  const { schedule, instances } = workload;
  if (!schedule || workload.owns === false || workload.does !== 'cron') return;
  const place: Place = schedule.place;
  if (!schedulesEach.includes(descriptor.kind) || !isSeveral(workload) || !instances) {
    context.safe({
      ...place,
      reason: `\`${workload.name}\` is started once each time, by its ${platformOf(workload.as)}`,
    });
    return;
  }
  context.report({
    ...place,
    confidence: 'high',
    when: 'always',
    symbol: `${workload.name} schedule`,
    message: `pm2 starts every process of \`${workload.name}\` at the same moment, and there are several.`,
    consequence:
      'The work is done as many times as there are processes: rows are written twice or overwrite one another.',
    hint: `Give \`${workload.name}\` one process: \`instances: 1\`.`,
    evidence: [
      { role: 'primary', ...place, note: 'started by this schedule' },
      { role: 'started', ...instances.place, note: 'as several processes' },
    ],
  });
}

function platformOf(as: string): string {
  if (as === 'cron entry') return 'host';
  if (as === 'timer') return 'timer, on one host';
  return as === 'process' || as === 'cluster process' ? 'process manager' : 'platform';
}
