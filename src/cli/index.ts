import process from 'node:process';
import { UserError } from '../model/user-error.js';
import { visible } from '../report/visible.js';
import { type AuditRequest, parseArguments } from './arguments.js';
import { inlineLess } from './inlining.js';
import { type Io, print } from './io.js';
import { packageVersion } from './package.js';
import { type Parts, parts as realParts } from './parts.js';
import { MoreRoom, room } from './room.js';

export type { Io, Stream } from './io.js';
export type { Parts } from './parts.js';

const ISSUES = 'https://github.com/mi-audit/mi-audit/issues';

/** Runs the command of this process. The exit code is only set: ending the process could cut off what is still being printed. */
export async function start(): Promise<void> {
  inlineLess();
  // Whoever prints is told of the failure; an event nobody hears would end the process with a stack trace.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  let isDone = false;
  // Plugins and configurations are code: what they throw later, a `process.exit` of theirs, or a promise that nobody keeps must not
  // look like a run that found nothing.
  process.on('exit', () => {
    if (!isDone) process.exitCode = 3;
  });
  for (const event of ['uncaughtException', 'unhandledRejection'])
    process.on(event, (error: unknown) => {
      const stack = process.env['MI_AUDIT_DEBUG'] && error instanceof Error ? `${error.stack}\n` : '';
      const reason = visible(error instanceof Error ? error.message : String(error));
      process.stderr.write(`mi-audit: something failed outside of the audit, a plugin perhaps: ${reason}.\n${stack}`);
      process.exit(3);
    });
  const here = room();
  const exitCode = await main(process.argv.slice(2), {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    cwd: process.cwd(),
    env: process.env,
    now: () => performance.now(),
    ...(here ? { room: here } : {}),
  });
  isDone = true;
  process.exitCode = exitCode;
}

/** The command as a function of its arguments and streams; gives the exit code. */
export async function main(argv: readonly string[], io: Io, parts: Parts = realParts): Promise<number> {
  try {
    return await run(argv, io, parts);
  } catch (error) {
    if (error instanceof MoreRoom && io.room) return io.room.again(error.megabytes);
    if (error instanceof UserError) {
      await print(io.stderr, `mi-audit: ${visible([error.message, error.hint ?? ''].join(' ').trim())}\n`);
      return 2;
    }
    await print(io.stderr, bugReport(error, Boolean(io.env['MI_AUDIT_DEBUG']) || argv.includes('--debug')));
    return 3;
  }
}

async function run(argv: readonly string[], io: Io, parts: Parts): Promise<number> {
  const version = packageVersion();
  const request = parseArguments(argv, version, io);
  switch (request.kind) {
    case 'done':
      return request.exitCode;
    case 'rules': {
      const { listRules } = await import('./list-rules.js');
      const { pluginRules } = await import('./plugin-rules.js');
      return listRules([...(await parts.rules()), ...(await pluginRules(io, parts))], request, io);
    }
    case 'explain': {
      const { explain } = await import('./explain.js');
      return explain(request, io, parts);
    }
    case 'config': {
      const { showConfig } = await import('./show-config.js');
      return showConfig(request, io, parts);
    }
    case 'new-rule': {
      const { newRule } = await import('./new-rule.js');
      return newRule(request, version, io);
    }
    case 'init': {
      const { init } = await import('./init/index.js');
      return init(request, io, async () => {
        const { runAudit } = await import('./run-audit.js');
        return runAudit(BASELINE_RUN, version, io, parts);
      });
    }
    case 'settings': {
      const { settings } = await import('./settings.js');
      return settings(request, version, io, parts);
    }
    case 'completion': {
      const { completion } = await import('./completion.js');
      const rules = (await parts.rules()).map(({ meta }) => meta.id);
      return completion(request.shell, request.program, rules, io);
    }
    case 'audit': {
      if (request.printFiles) {
        const { printFiles } = await import('./print-files.js');
        return printFiles(request, io, parts);
      }
      if (request.shard) {
        const { runShard } = await import('./run-shard.js');
        return runShard(request, request.shard, io, parts);
      }
      const { runAudit } = await import('./run-audit.js');
      return runAudit(request, version, io, parts);
    }
  }
}

const BASELINE_RUN: AuditRequest = {
  kind: 'audit',
  paths: ['.'],
  formats: [{ format: 'pretty' }],
  updateBaseline: true,
  showSafe: false,
  quiet: true,
  color: true,
};

function bugReport(error: unknown, debug: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = `mi-audit: this is a bug of mi-audit, not of your project: ${visible(message)}. Please report it at ${ISSUES}`;
  const stack = error instanceof Error ? error.stack : undefined;
  return debug && stack ? `${line}\n${stack}\n` : `${line}; with MI_AUDIT_DEBUG=1 it prints where it happened.\n`;
}
