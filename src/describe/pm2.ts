import { posix } from 'node:path';
import type { Command, Workload } from '../model/deployment.js';
import { parseLiterals } from '../parse/literals.js';
import { booleanOf, entry, get, itemsOrOne, numberOf, type Tree, textOf } from '../parse/tree.js';
import { execCommand, splitWords, type Word, wordsOf } from './commands.js';
import { dutyOf } from './duty.js';
import { jsonOf, OWN, yamlOf } from './platforms.js';
import { purposeOf } from './purpose.js';
import { type Describer, said, type Source, workload } from './source.js';
import { environment } from './values.js';

/** An ecosystem file of pm2, as JSON, YAML or a module that exports literals. */
export const describePm2: Describer = (source) => {
  const root = rootOf(source);
  const workloads = itemsOrOne(get(root, 'apps') ?? root)
    .filter((app) => get(app, 'script') !== undefined || get(app, 'cmd') !== undefined)
    .map((app) => workloadOf(source, app));
  return { workloads, ...purposeOf(source.file, workloads, { platform: 'pm2 starts what it names' }) };
};

function rootOf(source: Source): Tree | undefined {
  if (/\.ya?ml$/.test(source.file)) return yamlOf(source);
  if (/\.json5?$/.test(source.file)) return jsonOf(source);
  return parseLiterals(source.file, source.text).trees[0];
}

function workloadOf(source: Source, app: Tree): Workload {
  const named = entry(app, 'name') ?? entry(app, 'script');
  const name = textOf(named?.value) ?? 'app';
  const start = startOf(source, app);
  const instances = get(app, 'instances');
  const mode = textOf(get(app, 'exec_mode') ?? get(app, 'execMode'));
  const isNode = /^(?:node(?:js)?)?$/.test(textOf(get(app, 'interpreter') ?? get(app, 'exec_interpreter')) ?? '');
  const kill = get(app, 'kill_timeout');
  const milliseconds = numberOf(kill);
  const production = environment(source, get(app, 'env_production'));
  const folder = textOf(get(app, 'cwd'));
  const schedule = source.given(get(app, 'cron_restart') ?? get(app, 'cron'));
  return workload({
    name,
    place: named ? source.of(named.value) : source.of(app),
    // In cluster mode, the default for several of Node, the instances share a port; otherwise each would need one of its own.
    as: mode?.startsWith('cluster') || (instances && mode === undefined && isNode) ? 'cluster process' : 'process',
    ...OWN,
    does: schedule && booleanOf(get(app, 'autorestart')) === false ? 'cron' : dutyOf(name, start ? [start] : [], false),
    ...said<Partial<Workload>>({
      instances: instances && countOf(source, instances),
      graceSeconds: kill && {
        ...said({ value: milliseconds === undefined ? undefined : milliseconds / 1000 }),
        place: source.of(kill),
      },
      schedule,
      workdir: folder === undefined ? undefined : { value: folder, place: source.of(get(app, 'cwd') as Tree) },
    }),
    commands: start ? [start] : [],
    environment: { ...environment(source, get(app, 'env')), ...production },
  });
}

/** `max`, `0` and `-1` are as many as the host has processors, of which nobody knows the number: several are asked for. */
function countOf(source: Source, tree: Tree): Workload['instances'] {
  const count = numberOf(tree);
  if (textOf(tree) === 'max' || (count !== undefined && count < 1))
    return { value: { min: 2 }, place: source.of(tree) };
  return { ...(count === undefined ? {} : { value: { min: count, max: count } }), place: source.of(tree) };
}

function startOf(source: Source, app: Tree): Command | undefined {
  const found = entry(app, 'script') ?? entry(app, 'cmd');
  const script = textOf(found?.value);
  if (!found || script === undefined) return undefined;
  const interpreter = textOf(get(app, 'interpreter') ?? get(app, 'exec_interpreter'));
  const raw = found.value.raw;
  const front: readonly Word[] =
    interpreter !== undefined && interpreter !== 'none' ? [{ value: interpreter, raw }] : [];
  const isModule =
    /\.[cm]?[jt]s$/.test(script) || (!script.includes(' ') && posix.extname(script) === '' && /[./]/.test(script));
  const runner: readonly Word[] = front.length === 0 && isModule ? [{ value: 'node', raw }] : front;
  const args = get(app, 'args');
  const line = textOf(args);
  const rest = line === undefined ? wordsOf(args) : splitWords(source, line, args?.raw ?? raw);
  return {
    ...execCommand(source, 'start', [...runner, ...splitWords(source, script, raw), ...rest]),
    place: source.of(found.value),
  };
}
