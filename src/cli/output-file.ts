import { realpathSync, renameSync, rmSync, statSync, type Stats, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../model/user-error.js';

/** Checked before the audit starts, so that nobody waits for a report that cannot be written. */
export function checkOutput(output: string, cwd: string): void {
  const file = resolve(cwd, output);
  if (statOf(file)?.isDirectory()) throw new UserError(`--output ${output} is a folder.`, 'Name a file in it.');
  const parent = statOf(dirname(file));
  if (!parent) throw new UserError(`--output ${output}: there is no folder ${dirname(output)}.`, 'Create it first.');
  if (!parent.isDirectory())
    throw new UserError(`--output ${output}: ${dirname(output)} is not a folder.`, 'Name a file in a folder.');
}

/** Writes all or nothing: whoever reads the file meets the old report or the new one, never half of one. */
export function writeOutput(output: string, cwd: string, text: string): void {
  const named = resolve(cwd, output);
  const stats = statOf(named);
  try {
    // A device or a pipe must be written to, not replaced.
    if (stats && !stats.isFile()) return writeFileSync(named, text);
    const file = stats ? realpathSync(named) : named;
    const draft = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
    try {
      writeFileSync(draft, text, { flag: 'wx', ...(stats ? { mode: stats.mode } : {}) });
      renameSync(draft, file);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  } catch (error) {
    throw new UserError(
      `--output ${output} could not be written (${(error as NodeJS.ErrnoException).code ?? String(error)}).`,
      'Choose a place that is writable.',
    );
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
