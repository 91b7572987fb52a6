import { posix } from 'node:path';
import { languageOf } from './languages.js';
import { isUnder } from './paths.js';
import type { Output } from './tsconfigs.js';

/**
 * The folders that hold what tools have made of the sources: compiled files, and coverage reports. A folder is not judged by
 * its name, for the `dist` of a published package is all the source there is, and an insurance company has a `coverage`.
 */
export function outputFolders(files: readonly string[], outputs: readonly Output[]): string[] {
  const sources = files.flatMap((file) => {
    const language = languageOf(file);
    return language ? [{ file, typed: language === 'typescript' || language === 'tsx' }] : [];
  });
  const compiled = outputs.filter((output) => isCompiled(output, sources)).map(({ outDir }) => outDir);
  const reports = files
    .filter((file) => posix.basename(file) === 'package.json')
    .map((file) => posix.join(posix.dirname(file), 'coverage'));
  return [...new Set([...compiled, ...reports, 'coverage'])];
}

/**
 * Whether the sources of an output folder are there as well: a compiler writes no TypeScript, and about one file a source.
 * Configuration files of other tools at the root do not count; they are there in published packages too.
 */
function isCompiled({ dir, outDir, javascript }: Output, files: readonly { file: string; typed: boolean }[]): boolean {
  let sources = 0;
  let results = 0;
  for (const { file, typed } of files) {
    if (isUnder(file, outDir)) {
      if (typed) return false;
      results++;
    } else if ((typed || javascript) && isUnder(file, dir) && !/\.config\.\w+$/.test(file)) {
      sources++;
    }
  }
  return results > 0 && sources * 2 >= results;
}
