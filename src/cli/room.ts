import { spawnSync } from 'node:child_process';
import { constants, totalmem } from 'node:os';
import process from 'node:process';
import v8 from 'node:v8';
import type { Room } from './io.js';

/*
 * Node gives a program four gigabytes at most, whatever the machine has, and ends it without a word of its own beyond that. The program of a
 * very large repository needs more, and how much is told by its text: then the same command is run in a process that may have it.
 */

/** Bytes of memory for a character of source: 45 to 60 were measured on applications, and 75 on code that is dense with calls. */
const BYTES = 75;
const MEGABYTE = 1024 * 1024;
const ASKED = 'MI_AUDIT_HAS_ROOM';

/** The megabytes to run with, where those there are may not do and the machine has more. */
export function roomFor(characters: number, { limit, total }: Pick<Room, 'limit' | 'total'>): number | undefined {
  const need = characters * BYTES;
  if (need < limit * 0.75) return undefined;
  const wanted = Math.min(need * 1.5, total * 0.75);
  return wanted > limit * 1.2 ? Math.round(wanted / MEGABYTE) : undefined;
}

/** The memory of this process and machine; nothing where somebody has chosen already. */
export function room(): Room | undefined {
  const { env, execArgv } = process;
  if (env[ASKED] || /max-old-space-size/.test([env['NODE_OPTIONS'], ...execArgv].join(' '))) return undefined;
  return {
    limit: v8.getHeapStatistics().heap_size_limit,
    // Of a container, what it may have; 0 where there is no bound.
    total: Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY),
    again,
  };
}

/** Gives the exit code, as a shell would. */
function again(megabytes: number): number {
  const [, ...command] = process.argv;
  const { status, signal } = spawnSync(
    process.execPath,
    [...process.execArgv, `--max-old-space-size=${megabytes}`, ...command],
    { stdio: 'inherit', env: { ...process.env, [ASKED]: '1' } },
  );
  return status ?? 128 + (signal ? constants.signals[signal] : 0);
}

/** Thrown where the work is to be begun anew with more memory. */
export class MoreRoom extends Error {
  constructor(readonly megabytes: number) {
    super(`${megabytes} MB are needed`);
  }
}
