import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Since } from '../discover/index.js';
import type { Config } from '../model/config.js';
import type { Confidence } from '../model/finding.js';
import { FORMAT_NAMES, type FormatName, isFormatName } from '../report/formats.js';
import { SHEET_FORMATS, type SheetFormat } from '../report/settings/formats.js';
import { visible } from '../report/visible.js';
import { SHELLS, type Shell } from './completion.js';
import { initCommand } from './init/arguments.js';
import type { Ci, Hook } from './init/look.js';
import { type Io, widthOf } from './io.js';
import type { Kinds } from './project.js';
import type { Concurrency } from './threads.js';

/** `--format sarif=out.sarif`; without a file the report is printed. */
export interface WantedFormat {
  readonly format: FormatName;
  readonly file?: string;
}

/** The first of four is 1 of 4. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

export interface AuditRequest {
  readonly kind: 'audit';
  readonly paths: readonly string[];
  readonly formats: readonly WantedFormat[];
  readonly output?: string;
  /** `false` is `--no-config`. */
  readonly config?: string | false;
  readonly configFormat?: Kinds;
  readonly only?: readonly string[];
  readonly failOn?: Config['failOn'];
  readonly minConfidence?: Confidence;
  readonly showSafe: boolean;
  readonly color: boolean;
  readonly quiet: boolean;
  /** `false` is `--no-baseline`. */
  readonly baseline?: string | false;
  readonly updateBaseline?: boolean;
  readonly owner?: string;
  readonly reason?: string;
  readonly noIgnores?: boolean;
  readonly changes?: Since;
  readonly maxWarnings?: number;
  /** Lists what would be audited, and audits nothing. */
  readonly printFiles?: boolean;
  readonly debug?: boolean;
  readonly timings?: boolean;
  /** `false` is `--no-cache`. */
  readonly cache?: boolean;
  readonly cacheDir?: string;
  readonly concurrency?: Concurrency;
  /** Reads its part of the files, and ends. */
  readonly shard?: Shard;
  /** What shards have read. */
  readonly facts?: readonly string[];
}

export interface ExplainRequest {
  readonly kind: 'explain';
  /** A rule, or `FILE:LINE[:COLUMN]`. */
  readonly subject: string;
  readonly formats: readonly WantedFormat[];
  readonly config?: string | false;
  readonly color: boolean;
}

/** `mi-audit config [FILE]`. */
export interface ConfigRequest {
  readonly kind: 'config';
  readonly file?: string;
  readonly config?: string | false;
  readonly configFormat?: Kinds;
  readonly json: boolean;
  readonly color: boolean;
}

export interface NewRuleRequest {
  readonly kind: 'new-rule';
  readonly id: string;
  /** Whose rule it is; told from the folder where nothing is said. */
  readonly plugin?: string;
  readonly runner: 'node' | 'vitest';
}

/** `mi-audit settings [PATH]`. */
export interface SettingsRequest {
  readonly kind: 'settings';
  readonly path: string;
  readonly format: SheetFormat;
  readonly config?: string | false;
}

/** `mi-audit init`. */
export interface InitRequest {
  readonly kind: 'init';
  readonly yes: boolean;
  readonly config?: 'json' | 'ts';
  readonly baseline?: boolean;
  readonly ci?: Ci;
  readonly hook?: Hook;
}

export type Request =
  | ConfigRequest
  | SettingsRequest
  | InitRequest
  | { readonly kind: 'completion'; readonly shell: Shell; readonly program: Command }
  | AuditRequest
  | { readonly kind: 'rules'; readonly color: boolean }
  | ExplainRequest
  | NewRuleRequest
  /** Help or version was shown, or the arguments make no sense and that was said. */
  | { readonly kind: 'done'; readonly exitCode: 0 | 2 };

const EXAMPLES = `
Examples:
  mi-audit                                    audit the project around the working directory
  mi-audit ./src                              report on this folder only
  mi-audit --only unguarded-cron              run this rule only
  mi-audit --fail-on warning --quiet          for hooks: short, and warnings fail too
  mi-audit init                               write a configuration, a hook, a step for CI
  mi-audit --update-baseline                  accept what is there; only new findings fail
  mi-audit --since origin/main                report only what this branch changed
  mi-audit --staged --quiet                   for pre-commit hooks: audit what git would commit
  mi-audit --format json --output audit.json  for other programs
  mi-audit --format pretty --format sarif=mi-audit.sarif --format html=report.html
                                              several reports of one run
  mi-audit settings                           what to set before a second instance runs
  mi-audit explain in-memory-session          what a rule finds, why it matters, how to fix it
  mi-audit explain src/server.js:12           who runs a line and when, and what rules say of it

A folder that is called like a command is audited as ./rules or ./explain.

Exit codes:
  0  no finding at or above --fail-on
  1  findings at or above --fail-on
  2  wrong usage or configuration
  3  something could not be audited (the report is still printed)`;

interface Options {
  format?: WantedFormat[];
  output?: string;
  config?: string | false;
  configFormat?: Kinds;
  only?: string[];
  failOn?: Config['failOn'];
  minConfidence?: Confidence;
  showSafe?: true;
  color: boolean;
  quiet?: true;
  baseline?: string | false;
  updateBaseline?: true;
  owner?: string;
  reason?: string;
  ignores: boolean;
  since?: string;
  changed?: true;
  staged?: true;
  maxWarnings?: number;
  printFiles?: true;
  debug?: true;
  timings?: true;
  cache: boolean;
  cacheDir?: string;
  concurrency?: Concurrency;
  shard?: Shard;
}

/** Reads the command line. What commander would print goes to the streams given, and it never ends the process. */
export function parseArguments(argv: readonly string[], version: string, io: Io): Request {
  let request: Request = { kind: 'done', exitCode: 0 };
  const program = commandFor('mi-audit', io)
    .description('Finds what breaks when a Node.js application goes from one instance to two.')
    .argument('[paths...]', 'files and folders to report on (default: .)')
    .addOption(formatOption())
    .option('--output <file>', 'write the report to a file instead of printing it')
    .option('--config <file>', 'use this configuration file')
    .option('--no-config', 'use none')
    .option('--config-format <kinds>', 'read configurations of these kinds only: json, yaml, js, ts', kindsOf)
    .option('--only <rule>', 'run this rule only; repeat it or separate rules by commas', addRules)
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 from findings of this severity on').choices([
        'error',
        'warning',
        'info',
        'never',
      ]),
    )
    .addOption(
      new Option('--min-confidence <confidence>', 'show findings of at least this confidence').choices([
        'high',
        'medium',
        'low',
      ]),
    )
    .option('--max-warnings <number>', 'let so many warnings pass, and fail from one more on', wholeNumber)
    .option('--baseline <file>', 'accept what this file holds (default: .mi-audit-baseline.json)')
    .option('--no-baseline', 'report what the baseline holds as well')
    .addOption(
      new Option('--update-baseline', 'take what is found into the baseline, and drop what is gone').conflicts([
        'since',
        'changed',
        'staged',
      ]),
    )
    .option('--owner <name>', 'who answers for new entries of the baseline (default: git config user.name)')
    .option('--reason <text>', 'why new entries of the baseline are accepted')
    .option('--no-ignores', 'report what directives and the baseline accept as well')
    .addOption(
      new Option('--since <commit>', 'report only what changed since this commit, branch or tag').conflicts([
        'changed',
        'staged',
      ]),
    )
    .addOption(new Option('--changed', 'report only what is not committed yet').conflicts('staged'))
    .option('--staged', 'audit what git would commit, and report only what it changes')
    .option('--show-safe', 'also tell what was looked at and found safe, and why')
    .option('--print-files', 'list what is audited, and what is not and why, and end')
    .option('--debug', 'tell on stderr what a report of a bug should say')
    .option('--no-color', 'print without colours')
    .option('--quiet', 'one line a finding, and no progress')
    .option('--timings', 'tell on stderr how long each stage and rule took')
    .option('--no-cache', 'neither use nor keep what earlier runs have read')
    .option('--cache-dir <folder>', 'keep that there (default: node_modules/.cache/mi-audit)')
    .option('--concurrency <threads>', 'how many threads read files, or auto (the default) or off', concurrencyOf)
    .option('--shard <part>', 'only read a part of the files, as in 1/4, into --output, for `mi-audit merge`', shardOf)
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', EXAMPLES)
    .action((paths: string[], options: Options) => {
      request = auditAsked(paths, options);
    });
  program
    .command('merge')
    .argument('<facts...>', 'files that runs with --shard have written')
    .description('audit the working directory with what has been read shard by shard')
    .action((facts: string[]) => {
      request = { ...auditAsked([], program.opts<Options>()), facts };
    });
  program
    .command('rules')
    .description('list all rules')
    .action(() => {
      request = { kind: 'rules', color: program.opts<Options>().color };
    });
  program
    .command('explain')
    .argument('<rule|file:line>', 'a rule, or a place as FILE:LINE or FILE:LINE:COLUMN')
    .description('show what a rule finds and how to fix it, or all that is known of a line')
    .action((subject: string) => {
      const { format: formats = PRETTY, config, color } = program.opts<Options>();
      request = { kind: 'explain', subject, formats, color, ...(config === undefined ? {} : { config }) };
    });
  program
    .command('config')
    .argument('[file]', 'a file of the project')
    .description('show what is configured, for the run or for a file, and where it is said')
    .action((file?: string) => {
      const { config, configFormat, color, format } = program.opts<Options>();
      request = {
        kind: 'config',
        color,
        json: format?.some((wanted) => wanted.format === 'json') === true,
        ...(file === undefined ? {} : { file }),
        ...(config === undefined ? {} : { config }),
        ...(configFormat ? { configFormat } : {}),
      };
    });
  program
    .command('new-rule')
    .argument('<id>', 'what the rule is called: local-clock')
    .description('start a rule of your own, in a package or in a folder of the application')
    .option('--plugin <name>', 'the name in front of its id (default: after the folder)')
    .addOption(
      new Option('--test <runner>', 'what its test is written for').choices(['node', 'vitest']).default('node'),
    )
    .action((id: string, { plugin, test: runner }: { plugin?: string; test: NewRuleRequest['runner'] }) => {
      request = { kind: 'new-rule', id, runner, ...(plugin === undefined ? {} : { plugin }) };
    });
  program
    .command('completion')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .description('print a script that completes this command line')
    .action((shell: Shell) => {
      request = { kind: 'completion', shell, program };
    });
  program.command('settings').argument('[path]').description('tell what to set before a second instance runs');
  // Some of its options are called like those of an audit and mean something else, so it has a command line of its own.
  program.command('init').description('write a configuration, and on request a baseline, a step for CI and a hook');
  const take = (wanted: Request) => {
    request = wanted;
  };
  try {
    const rest = argv.slice(1);
    if (argv[0] === 'settings')
      settingsCommand(commandFor('mi-audit settings', io), take).parse(rest, { from: 'user' });
    else if (argv[0] === 'init') initCommand(commandFor('mi-audit init', io), take).parse(rest, { from: 'user' });
    else program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { kind: 'done', exitCode: error.exitCode === 0 ? 0 : 2 };
  }
  return request;
}

function settingsCommand(command: Command, take: (request: SettingsRequest) => void): Command {
  return command
    .description('Tells what to set before a second instance runs, where it is read, and which findings it decides.')
    .argument('[path]', 'the folder to look at', '.')
    .addOption(new Option('--format <format>', 'how to print it').choices(SHEET_FORMATS).default('text'))
    .option('--config <file>', 'use this configuration file')
    .option('--no-config', 'use none')
    .helpOption('-h, --help', 'print this help')
    .action((path: string, { format, config }: { format: SheetFormat; config: string | boolean }) =>
      take({ kind: 'settings', path, format, ...(typeof config === 'string' || config === false ? { config } : {}) }),
    );
}

function auditAsked(
  paths: readonly string[],
  { showSafe, quiet, format, ignores, since, changed, staged, ...options }: Options,
): AuditRequest {
  const changes = changesAsked({ since, changed, staged });
  return {
    kind: 'audit',
    paths: paths.length > 0 ? paths : ['.'],
    ...options,
    formats: format ?? PRETTY,
    ...(ignores ? {} : { noIgnores: true }),
    ...(changes ? { changes } : {}),
    showSafe: showSafe === true,
    quiet: quiet === true,
  };
}

function concurrencyOf(text: string): Concurrency {
  if (text === 'auto' || text === 'off') return text;
  const threads = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (threads === 0) throw new InvalidArgumentError('Say a number of threads from 1 on, auto or off.');
  return threads;
}

function shardOf(text: string): Shard {
  const [, index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (!index || !count || index > count) throw new InvalidArgumentError('Say which part of how many, as in 1/4.');
  return { index, count };
}

/** A command that prints to the streams given, and throws instead of ending the process. */
function commandFor(name: string, io: Io): Command {
  return new Command(name).exitOverride().configureOutput({
    writeOut: (text) => void io.stdout.write(text),
    writeErr: (text) => void io.stderr.write(text),
    outputError: (text, write) => write(usageError(text, name)),
    getOutHelpWidth: () => widthOf(io.stdout, io.env),
    getErrHelpWidth: () => widthOf(io.stderr, io.env),
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
}

/** Commander's message as one sentence on one line. */
function usageError(text: string, command: string): string {
  const message = visible(text.replace(/^error: /, '').trim());
  return `mi-audit: ${message}${message.endsWith('.') ? '' : '.'} See ${command} --help.\n`;
}

/** Its choices are for help and completion: each may have a file behind it. */
function formatOption(): Option {
  const option = new Option(
    '--format <format[=file]>',
    'how to print the report (default: pretty); repeat it with files, as in sarif=out.sarif, to have several',
  ).argParser(addFormat);
  option.argChoices = [...FORMAT_NAMES];
  return option;
}

const PRETTY: readonly WantedFormat[] = [{ format: 'pretty' }];

function addFormat(text: string, before: readonly WantedFormat[] = []): WantedFormat[] {
  const [name = '', ...rest] = text.split('=');
  if (!isFormatName(name)) throw new InvalidArgumentError(`Allowed choices are ${FORMAT_NAMES.join(', ')}.`);
  const file = rest.join('=');
  if (rest.length > 0 && file === '')
    throw new InvalidArgumentError(`Name a file behind the =, as in ${name}=out.txt.`);
  return [...before, rest.length > 0 ? { format: name, file } : { format: name }];
}

function changesAsked({
  since,
  changed,
  staged,
}: Record<'since', string | undefined> & Record<'changed' | 'staged', true | undefined>): Since | undefined {
  if (since !== undefined) return { kind: 'since', ref: since };
  if (staged) return { kind: 'staged' };
  return changed ? { kind: 'changed' } : undefined;
}

const KINDS = ['json', 'yaml', 'js', 'ts'] as const;

function kindsOf(text: string): Kinds {
  const words = text.split(',').map((word) => word.trim());
  const known = words.map((word) => KINDS.find((kind) => kind === word));
  if (known.includes(undefined))
    throw new InvalidArgumentError(`Allowed are ${KINDS.join(', ')}, separated by commas.`);
  return new Set(known.filter((kind) => kind !== undefined));
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 0 on.');
  return Number(text);
}

function addRules(text: string, before: readonly string[] = []): string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map((rule) => rule.trim())
      .filter((rule) => rule !== ''),
  ];
}
