import { realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { UNSOUND_DIRECTIVE } from '../judge/index.js';
import { visible } from '../report/visible.js';
import type { AuditRequest } from './arguments.js';
import { type Io, print } from './io.js';
import type { Parts } from './parts.js';
import { readProject } from './project.js';

/** `--print-files`: a line for each file, with what is done with it. What git or "ignores" leave out is not listed by anybody. */
export async function printFiles(request: AuditRequest, io: Io, parts: Parts): Promise<number> {
  const cwd = realpathSync(io.cwd);
  const ruleIds = [...(await parts.rules()).map(({ meta }) => meta.id), UNSOUND_DIRECTIVE];
  const loaded = await parts.loadConfig({
    cwd: io.cwd,
    ...(request.config === undefined ? {} : { explicit: request.config }),
    ...(request.configFormat ? { kinds: request.configFormat } : {}),
    ruleIds,
    cli: {},
  });
  const { project } = await readProject(request.paths, loaded, {
    io,
    parts,
    cwd,
    ruleIds: [...ruleIds, ...(loaded.plugins ?? []).flatMap(({ rules }) => rules.map(({ meta }) => meta.id))],
    explicit: request.config,
    configFormat: request.configFormat,
  });
  const words = new Map<string, string>();
  for (const { file } of project.descriptors ?? []) words.set(file, 'deployment');
  const reasonToSkip = await parts.reasonToSkip(project);
  for (const input of project.inputs) words.set(input.file, reasonToSkip(input));
  for (const { file, message } of project.problems)
    if (file !== undefined && words.get(file) !== 'audited') words.set(file, `left out: ${message}`);
  const lines = [...words]
    .map(([file, what]) => [relative(cwd, resolve(project.root, file)).split(sep).join('/'), what] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, what]) => `${visible(file)}  ${visible(what)}`);
  await print(io.stdout, lines.map((line) => `${line}\n`).join(''));
  return 0;
}
