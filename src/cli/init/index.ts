import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../model/user-error.js';
import type { InitRequest } from '../arguments.js';
import { type Io, print } from '../io.js';
import { ask } from './ask.js';
import { lookAt } from './look.js';
import { installCommand, planOf, type Step, type Wishes } from './plan.js';

/** `mi-audit init`: writes a configuration and, where wanted, a step for CI, a hook and a baseline. No file is overwritten. */
export async function init(request: InitRequest, io: Io, makeBaseline: () => Promise<number>): Promise<number> {
  const folder = realpathSync(io.cwd);
  const { PLACES } = await import('../../config/places.js');
  const look = lookAt(folder, PLACES);
  const says = (text: string) => print(io.stdout, `${text}\n`);
  await says(`Found: ${foundWords(look).join(', ')}.`);
  const wishes = await wishesOf(request, io, look);
  if (look.configuration !== undefined) await says(`${look.configuration} is there already: left as it is.`);
  const byHand: Step[] = [];
  for (const step of planOf(look, wishes)) {
    if (create(folder, step)) await says(`${step.file}: written.`);
    else {
      byHand.push(step);
      await says(`${step.file} is there already: left as it is.`);
    }
  }
  for (const { file, addition } of byHand) if (addition) await says(`\nAdd to ${file}:\n\n${indented(addition)}`);
  if (!look.installed) await says(`\nInstall the tool for everybody: ${installCommand(look)}`);
  if (!wishes.baseline) return 0;
  await says('');
  return makeBaseline();
}

function foundWords({ manager, frameworks, typescript, ci, hook }: ReturnType<typeof lookAt>): string[] {
  return [
    manager,
    ...frameworks,
    ...(typescript ? ['TypeScript'] : []),
    ...(ci ? [CI_WORDS[ci]] : []),
    ...(hook ? [hook] : []),
  ];
}

const CI_WORDS = { github: 'GitHub Actions', gitlab: 'GitLab CI' } as const;

async function wishesOf(request: InitRequest, io: Io, look: ReturnType<typeof lookAt>): Promise<Wishes> {
  const { yes, config, baseline, ci, hook } = request;
  if (yes) return { config: config ?? 'json', baseline: baseline === true, ci, hook };
  const { stdin } = io;
  if (!stdin?.isTTY || io.stdout.isTTY !== true) {
    throw new UserError(
      'there is no terminal to ask on.',
      'Say what is wanted: mi-audit init --yes [--baseline] [--ci github|gitlab] [--hook husky|lefthook|pre-commit|lint-staged].',
    );
  }
  return ask(stdin, io.stdout as NodeJS.WritableStream & Io['stdout'], look, {
    ...(config ? { config } : {}),
    ...(baseline === undefined ? {} : { baseline }),
    ...(ci ? { ci } : {}),
    ...(hook ? { hook } : {}),
  });
}

/** Whether the file could be made; one that is there, even a dangling link, is left as it is. */
function create(folder: string, { file, text, executable }: Step): boolean {
  const path = join(folder, file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx', mode: executable ? 0o755 : 0o644 });
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'EEXIST') return false;
    throw new UserError(`${file} could not be written (${code}).`, 'Look at who may write there.');
  }
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
