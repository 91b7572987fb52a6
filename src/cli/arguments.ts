import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Config } from '../model/config.js';
import type { Confidence } from '../model/finding.js';
import { FORMAT_NAMES, type FormatName, isFormatName } from '../report/formats.js';
import { visible } from '../report/visible.js';
import { type Io, widthOf } from './io.js';

/** `--format sarif=out.sarif`; without a file the report is printed. */
export interface WantedFormat {
  readonly format: FormatName;
  readonly file?: string;
}

export interface AuditRequest {
  readonly kind: 'audit';
  readonly paths: readonly string[];
  readonly formats: readonly WantedFormat[];
  readonly output?: string;
  readonly config?: string;
  readonly only?: readonly string[];
  readonly failOn?: Config['failOn'];
  readonly minConfidence?: Confidence;
  readonly showSafe: boolean;
  readonly color: boolean;
  readonly quiet: boolean;
}

export interface ExplainRequest {
  readonly kind: 'explain';
  /** A rule, or `FILE:LINE[:COLUMN]`. */
  readonly subject: string;
  readonly formats: readonly WantedFormat[];
  readonly config?: string;
  readonly color: boolean;
}

export type Request =
  | AuditRequest
  | { readonly kind: 'rules'; readonly color: boolean }
  | ExplainRequest
  /** Help or version was shown, or the arguments make no sense and that was said. */
  | { readonly kind: 'done'; readonly exitCode: 0 | 2 };

const EXAMPLES = `
Examples:
  mi-audit                                    audit the project around the working directory
  mi-audit ./src                              report on this folder only
  mi-audit --only unguarded-cron              run this rule only
  mi-audit --fail-on warning --quiet          for hooks: short, and warnings fail too
  mi-audit --format json --output audit.json  for other programs
  mi-audit --format pretty --format sarif=mi-audit.sarif --format html=report.html
                                              several reports of one run
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
  config?: string;
  only?: string[];
  failOn?: Config['failOn'];
  minConfidence?: Confidence;
  showSafe?: true;
  color: boolean;
  quiet?: true;
}

/** Reads the command line. What commander would print goes to the streams given, and it never ends the process. */
export function parseArguments(argv: readonly string[], version: string, io: Io): Request {
  let request: Request = { kind: 'done', exitCode: 0 };
  const program = new Command('mi-audit')
    .description('Finds what breaks when a Node.js application goes from one instance to two.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      outputError: (text, write) => write(usageError(text)),
      getOutHelpWidth: () => widthOf(io.stdout, io.env),
      getErrHelpWidth: () => widthOf(io.stderr, io.env),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .argument('[paths...]', 'files and folders to report on (default: .)')
    .option(
      '--format <format[=file]>',
      `how to print the report: ${FORMAT_NAMES.join(', ')} (default: pretty); repeat it with a file for each, as in sarif=out.sarif, to have several`,
      addFormat,
    )
    .option('--output <file>', 'write the report to a file instead of printing it')
    .option('--config <file>', 'use this configuration file')
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
    .option('--show-safe', 'also tell what was looked at and found safe, and why')
    .option('--no-color', 'print without colours')
    .option('--quiet', 'one line a finding, and no progress')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', EXAMPLES)
    .action((paths: string[], { showSafe, quiet, format, ...options }: Options) => {
      request = {
        kind: 'audit',
        paths: paths.length > 0 ? paths : ['.'],
        ...options,
        formats: format ?? PRETTY,
        showSafe: showSafe === true,
        quiet: quiet === true,
      };
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
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { kind: 'done', exitCode: error.exitCode === 0 ? 0 : 2 };
  }
  return request;
}

/** Commander's message as one sentence on one line. */
function usageError(text: string): string {
  const message = visible(text.replace(/^error: /, '').trim());
  return `mi-audit: ${message}${message.endsWith('.') ? '' : '.'} See mi-audit --help.\n`;
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

function addRules(text: string, before: readonly string[] = []): string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map((rule) => rule.trim())
      .filter((rule) => rule !== ''),
  ];
}
