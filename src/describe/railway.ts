import { posix } from 'node:path';
import type { Workload } from '../model/deployment.js';
import { parseToml } from '../parse/toml.js';
import { entries, entry, get, items, numberOf, type Tree, textOf } from '../parse/tree.js';
import { commandOf } from './commands.js';
import { dutyOf } from './duty.js';
import { countOf, jsonOf, lineCommand, OWN } from './platforms.js';
import { purposeOf } from './purpose.js';
import { type Describer, said, type Source, workload } from './source.js';
import { httpProbe } from './values.js';

/** `railway.toml` or `railway.json`: how one service is built and deployed. */
export const describeRailway: Describer = (source) => {
  const root = rootOf(source);
  const deploy = get(root, 'deploy');
  const [release] = items(get(deploy, 'preDeployCommand'));
  const dockerfile = get(root, 'build', 'dockerfilePath');
  const path = textOf(dockerfile);
  const commands = [
    ...lineCommand(source, 'start', get(deploy, 'startCommand')),
    ...(release
      ? [commandOf(source, 'release', release, 'shell')]
      : lineCommand(source, 'release', get(deploy, 'preDeployCommand'))),
    ...lineCommand(source, 'build', get(root, 'build', 'buildCommand')),
  ].filter((command) => command !== undefined);
  const regions = entries(get(deploy, 'multiRegionConfig'));
  const counts = regions.map(({ value }) => numberOf(get(value, 'numReplicas')));
  const sum = counts.every((count) => count !== undefined) ? counts.reduce((a, b) => a + b, 0) : undefined;
  const region = entry(deploy, 'multiRegionConfig');
  const schedule = source.given(get(deploy, 'cronSchedule'));
  const title = entry(root, 'deploy') ?? entry(root, 'build');
  const workloads = [
    workload({
      name: 'service',
      place: title ? source.place(title.keySpan) : source.place([1, 1, 1, 1]),
      as: 'service',
      ...OWN,
      does: schedule ? 'cron' : dutyOf('', commands, get(deploy, 'healthcheckPath') !== undefined),
      ...said<Partial<Workload>>({
        instances:
          region && regions.length
            ? {
                ...said({ value: sum === undefined ? undefined : { min: sum, max: sum } }),
                place: source.place(region.keySpan),
              }
            : countOf(source, get(deploy, 'numReplicas')),
        schedule,
        graceSeconds: source.givenNumber(get(deploy, 'drainingSeconds')),
        build:
          dockerfile && path !== undefined
            ? {
                context: '.',
                dockerfile: posix.join(
                  path.startsWith('/') ? '.' : posix.dirname(source.file),
                  path.replace(/^\//, ''),
                ),
                place: source.of(dockerfile),
              }
            : undefined,
      }),
      commands,
      probes: httpProbe(source, get(deploy, 'healthcheckPath')),
    }),
  ];
  return { workloads, ...purposeOf(source.file, workloads, { platform: 'it is deployed to Railway' }) };
};

function rootOf(source: Source): Tree | undefined {
  if (source.file.endsWith('.json')) return jsonOf(source);
  const parsed = parseToml(source.text);
  source.broken(parsed.flaw, 'TOML');
  return parsed.trees[0];
}
