import process from 'node:process';
import { parseArguments } from './arguments.js';
import { builtInRules } from './built-in.js';
import type { Io } from './io.js';
import { listRules } from './list-rules.js';
import { packageVersion } from './package.js';
import type { Parts } from './parts.js';
import { pluginRules } from './plugin-rules.js';
import { recalled } from './recall.js';
import { runAudit } from './run-audit.js';

/*
 * What needs nothing but the command line and what is known already: help, the list of rules, an audit where nothing has changed. The
 * build makes one file of all that this takes, since loading a hundred small ones takes longer than the work. No code but our own is
 * loaded here, so that nobody meets the second copy of it. Whatever needs more is left to the whole command, before a word of it is said.
 */

/** Whether that was all. */
export async function quick(): Promise<boolean> {
  const argv = process.argv.slice(2);
  if (argv.some((argument) => ELSEWHERE.has(argument))) return false;
  const { stdin, stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) stream.on('error', () => {});
  const io: Io = { stdin, stdout, stderr, env, cwd: process.cwd(), now: () => performance.now() };
  try {
    const exitCode = await answer(argv, io);
    if (exitCode === undefined) return false;
    process.exitCode = exitCode;
    return true;
  } catch {
    // Mistakes as well are told by the whole command.
    return false;
  }
}

/** Commands and options that need more than is here; what is missing in the list is found out a little later. */
const ELSEWHERE = new Set([
  ...['init', 'explain', 'config', 'new-rule', 'completion', 'settings', 'merge'],
  ...['--no-cache', '--shard', '--staged', '--since', '--changed', '--update-baseline', '--print-files'],
]);

async function answer(argv: readonly string[], io: Io): Promise<number | undefined> {
  const version = packageVersion();
  const request = parseArguments(argv, version, io);
  if (request.kind === 'done') return request.exitCode;
  if (request.kind === 'rules')
    return listRules([...(await few.rules()), ...(await pluginRules(io, few))], request, io);
  return request.kind === 'audit' && !request.printFiles && !request.shard
    ? runAudit(request, version, io, few)
    : undefined;
}

const few = new Proxy<Partial<Parts>>(
  { rules: builtInRules, recalled: async (...given) => recalled(...given) },
  {
    get: (parts, name: keyof Parts) =>
      parts[name] ??
      (() => {
        throw new Error(`${name} takes more than is here`);
      }),
  },
) as Parts;
