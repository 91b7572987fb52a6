import { accessSync, constants, realpathSync, renameSync, rmSync, statSync, type Stats, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UserError } from '../model/user-error.js';
import { draftOf } from './replace-file.js';

/** A file that a report is to go to. */
export interface Output {
  /** What the user wrote to ask for it: `--output`, `--format sarif=`. */
  readonly asked: string;
  /** As written. */
  readonly file: string;
}

/** Checked before the audit starts, so that nobody waits for a report that cannot be written. */
export function checkOutput({ asked, file: output }: Output, cwd: string): void {
  const said = spoken({ asked, file: output });
  const file = resolve(cwd, output);
  const stats = statOf(file);
  if (stats?.isDirectory()) throw new UserError(`${said} is a folder.`, 'Name a file in it.');
  const parent = statOf(dirname(file));
  if (!parent) throw new UserError(`${said}: there is no folder ${dirname(output)}.`, 'Create it first.');
  if (!parent.isDirectory())
    throw new UserError(`${said}: ${dirname(output)} is not a folder.`, 'Name a file in a folder.');
  if (!isWritable(stats ? file : dirname(file)))
    throw new UserError(`${said} could not be written (EACCES).`, 'Choose a place that is writable.');
}

/** A report's text and where it goes. */
export interface Written extends Output {
  readonly text: string;
}

interface Draft extends Written {
  readonly target: string;
  readonly draft: string;
}

/**
 * Writes all or nothing: whoever reads a file meets the old report or the new one, never half of one, and of several reports
 * none takes its place before all are there.
 */
export function writeOutputs(outputs: readonly Written[], cwd: string): void {
  const drafts: Draft[] = [];
  try {
    for (const output of outputs) {
      const draft = saying(output, () => drafted(output, cwd));
      if (draft) drafts.push(draft);
    }
    for (const draft of drafts) saying(draft, () => renameSync(draft.draft, draft.target));
  } finally {
    for (const { draft } of drafts) rmSync(draft, { force: true });
  }
}

function drafted(output: Written, cwd: string): Draft | undefined {
  const named = resolve(cwd, output.file);
  const stats = statOf(named);
  // A device or a pipe must be written to, not replaced.
  if (stats && !stats.isFile()) {
    writeFileSync(named, output.text);
    return undefined;
  }
  const target = stats ? realpathSync(named) : named;
  const draft = draftOf(target);
  try {
    writeFileSync(draft, output.text, { flag: 'wx', ...(stats ? { mode: stats.mode } : {}) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') rmSync(draft, { force: true });
    throw error;
  }
  return { ...output, target, draft };
}

function saying<T>(output: Output, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new UserError(
      `${spoken(output)} could not be written (${(error as NodeJS.ErrnoException).code ?? String(error)}).`,
      'Choose a place that is writable.',
    );
  }
}

function spoken({ asked, file }: Output): string {
  return asked.endsWith('=') ? asked + file : `${asked} ${file}`;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
