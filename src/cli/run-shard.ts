import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { isOn, UNSOUND_DIRECTIVE } from '../judge/index.js';
import type { Input } from '../model/input.js';
import type { Reading } from '../model/memory.js';
import { UNTIMED } from '../model/timings.js';
import { UserError } from '../model/user-error.js';
import type { AuditRequest, Shard } from './arguments.js';
import { type Io, print } from './io.js';
import { saveShard } from './memory.js';
import { checkOutput } from './output-file.js';
import type { Parts } from './parts.js';
import { readProject } from './project.js';

/** `--shard 1/4 --output FILE`: reads every fourth file and writes down what was read, for `mi-audit merge`. */
export async function runShard(request: AuditRequest, shard: Shard, io: Io, parts: Parts): Promise<number> {
  const { output } = request;
  if (output === undefined)
    throw new UserError('--shard writes a file, and is not told which.', 'Name it: --shard 1/4 --output facts-1.');
  checkOutput({ asked: '--output', file: output }, io.cwd);
  const cwd = realpathSync(io.cwd);
  const builtIn = await parts.rules();
  const ids = builtIn.map(({ meta }) => meta.id);
  const loaded = await parts.loadConfig({
    cwd: io.cwd,
    ...(request.config === undefined ? {} : { explicit: request.config }),
    ...(request.configFormat ? { kinds: request.configFormat } : {}),
    ruleIds: [...ids, UNSOUND_DIRECTIVE],
    cli: request.only ? { only: request.only } : {},
  });
  const rules = [...builtIn, ...(loaded.plugins ?? []).flatMap((plugin) => plugin.rules)];
  const { project, config } = await readProject(request.paths, loaded, {
    io,
    parts,
    cwd,
    ruleIds: [...rules.map(({ meta }) => meta.id), UNSOUND_DIRECTIVE],
    explicit: request.config,
    configFormat: request.configFormat,
  });
  const selected = rules.filter(({ meta }) => isOn(config, meta.id));
  const own = partOf(project.inputs, shard);
  const readings: [Input, Reading][] = [];
  const memory = {
    recall: () => undefined,
    keep: (input: Input, reading: Reading) => void readings.push([input, reading]),
  };
  const collectors = selected.flatMap((rule) => rule.collectors ?? []);
  await parts.read(own, { collectors, watch: UNTIMED, memory, manifests: project.manifests });
  saveShard(resolve(io.cwd, output), readings, selected);
  await print(io.stderr, `mi-audit: ${own.length} of ${project.inputs.length} files are read into ${output}.\n`);
  return 0;
}

/** One in so many, in the order of their names: what is large tends to stand together. */
function partOf(inputs: readonly Input[], { index, count }: Shard): Input[] {
  const sorted = [...inputs].sort((a, b) => (a.file < b.file ? -1 : 1));
  return sorted.filter((_, at) => at % count === index - 1);
}
