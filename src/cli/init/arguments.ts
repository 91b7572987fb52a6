import { type Command, Option } from 'commander';
import type { InitRequest } from '../arguments.js';
import type { Ci, Hook } from './look.js';

interface Options {
  yes?: true;
  baseline?: boolean;
  ci?: Ci;
  hook?: Hook;
  configFormat?: 'json' | 'ts';
}

/** The command line of `mi-audit init`. */
export function initCommand(command: Command, take: (request: InitRequest) => void): Command {
  return command
    .description(
      'Writes a configuration, and where wanted a baseline, a step for CI and a hook. It overwrites no file.',
    )
    .option('--yes', 'ask nothing: do what the other options say')
    .addOption(new Option('--config-format <format>', 'write the configuration in this form').choices(['json', 'ts']))
    .option('--baseline', 'accept what is there today')
    .option('--no-baseline', 'make no baseline')
    .addOption(new Option('--ci <service>', 'add a step for this service').choices(['github', 'gitlab']))
    .addOption(
      new Option('--hook <manager>', 'add a hook that audits what git would commit').choices([
        'husky',
        'lefthook',
        'pre-commit',
        'lint-staged',
      ]),
    )
    .helpOption('-h, --help', 'print this help')
    .action(({ yes, configFormat, baseline, ci, hook }: Options) =>
      take({
        kind: 'init',
        yes: yes === true,
        ...(configFormat ? { config: configFormat } : {}),
        ...(baseline === undefined ? {} : { baseline }),
        ...(ci ? { ci } : {}),
        ...(hook ? { hook } : {}),
      }),
    );
}
