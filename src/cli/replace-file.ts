import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const ENDING = '.tmp';
/** A draft that is older was left behind by a run that was killed: none takes so long to write. */
const ABANDONED = 3_600_000;

/**
 * A name for what is going to be `file`, beside it. It is no other run's, here or in a container where every run has the same number;
 * drafts that were left behind go.
 */
export function draftOf(file: string): string {
  const folder = dirname(file);
  const start = `.${basename(file)}.`;
  for (const name of namesIn(folder)) {
    if (!name.startsWith(start) || !/^[0-9a-f]{12}\.tmp$/.test(name.slice(start.length))) continue;
    const path = join(folder, name);
    const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - written > ABANDONED) rmSync(path, { force: true });
  }
  return join(folder, `${start}${randomBytes(6).toString('hex')}${ENDING}`);
}

/** A folder may be one to write to and not to look at. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Writes all or nothing: whoever reads the file meets the old text or the new one, never half of one. Links are followed. */
export function replaceFile(named: string, text: string): void {
  const there = existsSync(named);
  const file = there ? realpathSync(named) : named;
  const draft = draftOf(file);
  try {
    writeFileSync(draft, text, { flag: 'wx', ...(there ? { mode: statSync(file).mode } : {}) });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
