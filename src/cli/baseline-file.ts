import { readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { daysBetween, readBaseline } from '../judge/index.js';
import type { Baseline } from '../model/baseline.js';
import type { BaselineReport } from '../model/report.js';
import { UserError } from '../model/user-error.js';
import { replaceFile } from './replace-file.js';

const DEFAULT_NAME = '.mi-audit-baseline.json';

export interface BaselineFile {
  readonly path: string;
  /** As the user would write it from the working directory. */
  readonly name: string;
  readonly baseline: Baseline;
  /** False before the first update. */
  readonly exists: boolean;
  readonly text: string;
}

export interface BaselinePlace {
  /** From the command line; `false` is `--no-baseline`. */
  readonly asked: string | false | undefined;
  readonly configured: string | undefined;
  readonly root: string;
  readonly cwd: string;
  readonly updating: boolean;
  /** The index's version, where the index is audited. */
  readonly staged?: ReadonlyMap<string, Uint8Array> | undefined;
}

/** The baseline in use, if there is one. One that was named has to be there, unless it is about to be made. */
export function openBaseline({
  asked,
  configured,
  root,
  cwd,
  updating,
  staged,
}: BaselinePlace): BaselineFile | undefined {
  if (asked === false) return undefined;
  const named = asked === undefined ? configured : resolve(cwd, asked);
  const path = named ?? join(root, DEFAULT_NAME);
  const name = relative(cwd, path).split(sep).join('/');
  const text = readText(path, name, staged);
  if (text !== undefined) return { path, name, text, exists: true, baseline: readBaseline(text, name) };
  if (updating) return { path, name, text: '', exists: false, baseline: [] };
  if (named === undefined) return undefined;
  throw new UserError(`there is no baseline ${name}.`, 'Make it with mi-audit --update-baseline.');
}

function readText(path: string, name: string, staged: BaselinePlace['staged']): string | undefined {
  const bytes = staged?.get(path);
  if (bytes) return new TextDecoder().decode(bytes);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const why = code === 'EISDIR' ? 'it is a folder' : code;
    throw new UserError(`the baseline ${name} cannot be read (${why}).`, 'Make it readable, or use --no-baseline.');
  }
}

export function writeBaseline({ path, name, text: before, exists }: BaselineFile, text: string): void {
  if (exists && text === before) return;
  try {
    replaceFile(path, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError(`the baseline ${name} could not be written (${code}).`, 'Choose a place that is writable.');
  }
}

export function baselineReport(
  name: string,
  baseline: Baseline,
  today: string,
  updated?: BaselineReport['updated'],
): BaselineReport {
  const [oldest] = baseline.map(({ date }) => date).sort();
  return {
    file: name,
    entries: baseline.length,
    ...(oldest === undefined ? {} : { oldest: { date: oldest, days: Math.max(0, daysBetween(oldest, today)) } }),
    ...(updated ? { updated } : {}),
  };
}
