import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../scripts/build.js';

/*
 * What stands in the folders of the repository, for tests that hold rules, pages and fixtures together.
 */
export const ROOT = repository;

/** Names of the folders directly below one of the repository's; none where there is no such folder. */
export function foldersOf(folder: string): string[] {
  const where = path.join(ROOT, folder);
  if (!existsSync(where)) return [];
  return readdirSync(where, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

export const ruleFolders = foldersOf('rules');
export const applications = foldersOf('fixtures/apps');
