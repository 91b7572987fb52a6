import { realpathSync } from 'node:fs';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { Chalk } from 'chalk';
import { isOn, settingsOf, UNSOUND_DIRECTIVE, directiveRule } from '../judge/index.js';
import type { Config } from '../model/config.js';
import type { RuleMeta } from '../model/rule.js';
import { UserError } from '../model/user-error.js';
import { visible, width } from '../report/visible.js';
import type { ConfigRequest } from './arguments.js';
import { colorLevel, type Io, print } from './io.js';
import type { Parts } from './parts.js';

/** A value in force, and where it is said. */
interface Row {
  readonly key: string;
  readonly value: unknown;
  readonly origin: string;
}

const DEFAULT = 'default';

/** `mi-audit config [FILE]`: what is in force, for the run or for a file, and where each value comes from. */
export async function showConfig(request: ConfigRequest, io: Io, parts: Parts): Promise<number> {
  const builtIn = (await parts.rules()).map(({ meta }) => meta);
  const ruleIds = [...builtIn.map(({ id }) => id), UNSOUND_DIRECTIVE];
  const kinds = request.configFormat ? { kinds: request.configFormat } : {};
  const load = (explicit: string | false | undefined) =>
    parts.loadConfig({ cwd: io.cwd, ...(explicit === undefined ? {} : { explicit }), ...kinds, ruleIds, cli: {} });
  const main = await load(request.config);
  const metas = [
    ...builtIn,
    ...(main.plugins ?? []).flatMap(({ rules }) => rules.map(({ meta }) => meta)),
    directiveRule,
  ];
  const { file } = request;
  const rows = rowsOf(main.config, main.origins ?? {});
  if (file === undefined) {
    const set = Object.entries(main.config.rules);
    rows.push(...set.map(([rule, value]) => row(`rules.${rule}`, value, main.origins)));
  } else {
    const asked = within(file, io.cwd);
    const nearest =
      request.config === undefined ? await parts.nearestConfig(asked.folder, io.cwd, kinds.kinds) : main.file;
    const here = nearest === undefined || nearest === main.file ? main : await load(nearest);
    rows.splice(1, 1, row('minConfidence', here.config.minConfidence, here.origins));
    // Patterns in a package's configuration are relative to its folder.
    const path = here === main ? asked.path : relative(folderOf(nearest!), asked.absolute).split(sep).join('/');
    rows.push(...metas.map((meta) => ruleRow(meta, path, here.config, here.origins ?? {})));
  }
  await print(io.stdout, request.json ? asJson(rows, main.file, io) : asText(rows, main.file, request, io));
  return 0;
}

type Origins = Readonly<Record<string, string>> | undefined;

function row(key: string, value: unknown, origins: Origins): Row {
  return { key, value, origin: origins?.[key] ?? DEFAULT };
}

function rowsOf(config: Config, origins: Readonly<Record<string, string>>): Row[] {
  const list = (key: string, values: readonly unknown[] = []) =>
    values.map((value, index) => row(`${key}[${index}]`, value, origins));
  return [
    row('failOn', config.failOn, origins),
    row('minConfidence', config.minConfidence, origins),
    ...(config.maxWarnings === undefined ? [] : [row('maxWarnings', config.maxWarnings, origins)]),
    ...(config.baseline === undefined ? [] : [row('baseline', config.baseline, origins)]),
    ...list('enforce', config.enforce),
    ...list('ignores', config.ignores),
    ...list('guards', config.guards),
    ...list('sharedStores', config.sharedStores),
    ...list('overrides', config.overrides),
    ...Object.entries(config.knowledge).map(([table, entries]) =>
      row(`knowledge.${table}`, `${(entries as readonly unknown[]).length} of its own`, origins),
    ),
  ];
}

/** A rule's severity for a file: what the last override says, else what `rules` say, else its own. */
function ruleRow(meta: RuleMeta, file: string, config: Config, origins: Readonly<Record<string, string>>): Row {
  const severity = settingsOf(config).severity(meta.id, file);
  const index = (config.overrides ?? []).findLastIndex(
    (override) =>
      override.rules[meta.id] !== undefined &&
      settingsOf({ ...config, overrides: [override], rules: {} }).severity(meta.id, file) !== undefined,
  );
  const said = index === -1 ? `rules.${meta.id}` : `overrides[${index}]`;
  const value = isOn(config, meta.id) ? (severity ?? meta.severity) : 'off';
  const from = severity === undefined ? DEFAULT : `${origins[said] ?? DEFAULT}${index === -1 ? '' : ` (${said})`}`;
  return { key: `rules.${meta.id}`, value, origin: from };
}

function folderOf(config: string): string {
  const folder = dirname(config);
  return basename(folder) === '.config' ? dirname(folder) : folder;
}

interface Asked {
  readonly path: string;
  readonly absolute: string;
  readonly folder: string;
}

function within(file: string, cwd: string): Asked {
  const here = realpathSync(cwd);
  const absolute = resolve(here, file);
  const path = relative(here, absolute).split(sep).join('/');
  if (path === '' || path === '..' || path.startsWith('../'))
    throw new UserError(`${file} is not below the working directory.`, 'Name a file of this project.');
  return { path, absolute, folder: dirname(absolute) };
}

function asText(rows: readonly Row[], file: string | undefined, request: ConfigRequest, io: Io): string {
  const chalk = new Chalk({ level: colorLevel(io.stdout, io.env, request.color) });
  const cells = rows.map(({ key, value }) => [visible(key), visible(worded(value))] as const);
  const [keys, values] = [0, 1].map((column) => Math.min(60, Math.max(...cells.map((cell) => width(cell[column]!)))));
  const pad = (text: string, to: number) => text + ' '.repeat(Math.max(0, to - width(text)));
  const lines = rows.map(({ origin }, index) => {
    const [key, value] = cells[index]!;
    const from = origin === DEFAULT ? chalk.dim(origin) : chalk.cyan(visible(origin));
    return `${pad(key, keys!)}  ${chalk.bold(pad(value, values!))}  ${from}`;
  });
  const subject = request.file === undefined ? 'In force' : `In force for ${visible(request.file)}`;
  const source = file === undefined ? 'no configuration was found' : visible(shown(file, io));
  return `${[chalk.dim(`${subject} (${source}):`), ...lines].join('\n')}\n`;
}

function worded(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function asJson(rows: readonly Row[], file: string | undefined, io: Io): string {
  const shownFile = file === undefined ? {} : { file: shown(file, io) };
  return `${JSON.stringify({ version: 1, ...shownFile, values: rows }, undefined, 2)}\n`;
}

function shown(file: string, io: Io): string {
  return relative(realpathSync(io.cwd), realpathSync(file)).split(sep).join('/');
}
