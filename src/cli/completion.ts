import type { Command } from 'commander';
import { type Io, print } from './io.js';

/* Scripts that complete the command line, made from the very commands and options that read it. */

export type Shell = 'bash' | 'zsh' | 'fish';
export const SHELLS: readonly Shell[] = ['bash', 'zsh', 'fish'];

interface Word {
  readonly name: string;
  readonly about: string;
  /** What may follow; nothing at all, or a file, where it is empty. */
  readonly choices?: readonly string[];
  readonly takesValue: boolean;
}

export async function completion(shell: Shell, program: Command, rules: readonly string[], io: Io): Promise<number> {
  const options = program
    .createHelp()
    .visibleOptions(program)
    .map(
      ({ long, short, description, argChoices, required, optional }): Word => ({
        name: long ?? short ?? '',
        about: description,
        takesValue: required || optional,
        ...(long === '--only' ? { choices: rules } : argChoices ? { choices: argChoices } : {}),
      }),
    );
  const commands = program.commands
    .filter((command) => command.name() !== 'help')
    .map(
      (command): Word => ({
        name: command.name(),
        about: command.description(),
        takesValue: false,
        ...(command.name() === 'explain' ? { choices: rules } : {}),
        ...(command.name() === 'completion' ? { choices: SHELLS } : {}),
      }),
    );
  const script =
    shell === 'bash' ? bash(options, commands) : shell === 'zsh' ? zsh(options, commands) : fish(options, commands);
  await print(io.stdout, script);
  return 0;
}

function bash(options: readonly Word[], commands: readonly Word[]): string {
  const cases = [...options, ...commands].filter(({ choices }) => choices?.length);
  return `# mi-audit completion bash > ~/.local/share/bash-completion/completions/mi-audit
_mi_audit() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  case "$before" in
${cases.map(({ name, choices }) => `    ${name}) COMPREPLY=($(compgen -W "${choices!.join(' ')}" -- "$word")); return;;`).join('\n')}
  esac
  if [[ "$word" == -* ]]; then
    COMPREPLY=($(compgen -W "${options.map(({ name }) => name).join(' ')}" -- "$word"))
  elif [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')}" -- "$word"))
  fi
}
complete -o default -o bashdefault -F _mi_audit mi-audit
`;
}

function zsh(options: readonly Word[], commands: readonly Word[]): string {
  const spec = ({ name, about, takesValue, choices }: Word) => {
    const text = about.replace(/[[\]:]/g, ' ');
    const value = choices ? `:value:(${choices.join(' ')})` : takesValue ? ':value:_files' : '';
    return `    ${quoted(`*${name}[${text}]${value}`)}`;
  };
  const following = commands.filter(({ choices }) => choices?.length);
  return `#compdef mi-audit
# mi-audit completion zsh > "\${fpath[1]}/_mi-audit"
_mi_audit() {
  local -a commands
  commands=(
${commands.map(({ name, about }) => `    ${quoted(`${name}:${about.replaceAll(':', ' ')}`)}`).join('\n')}
  )
  case "\${words[2]}" in
${following.map(({ name, choices }) => `    ${name}) if (( CURRENT == 3 )); then compadd ${choices!.join(' ')}; fi;;`).join('\n')}
  esac
  if (( CURRENT == 2 )); then _describe command commands; fi
  _arguments \\
${options.map(spec).join(' \\\n')} \\
    '*:file:_files'
}
compdef _mi_audit mi-audit
`;
}

function fish(options: readonly Word[], commands: readonly Word[]): string {
  const option = ({ name, about, takesValue, choices }: Word) =>
    [
      'complete -c mi-audit',
      name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
      ...(choices ? [`-x -a ${quoted(choices.join(' '))}`] : takesValue ? ['-r'] : []),
      `-d ${quoted(about)}`,
    ].join(' ');
  const command = ({ name, about, choices }: Word) => [
    `complete -c mi-audit -n __fish_use_subcommand -a ${name} -d ${quoted(about)}`,
    ...(choices
      ? [`complete -c mi-audit -n '__fish_seen_subcommand_from ${name}' -a ${quoted(choices.join(' '))}`]
      : []),
  ];
  return `# mi-audit completion fish > ~/.config/fish/completions/mi-audit.fish
${[...options.map(option), ...commands.flatMap(command)].join('\n')}
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", '’')}'`;
}
