import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { foldersOf, ROOT } from '../catalogue.js';

/** Texts by their paths in an application. */
export type App = ReadonlyMap<string, string>;

/** The folders of all fixtures, each a tiny application; which of them come first does not depend on the machine. */
export const appFolders: readonly string[] = foldersOf('fixtures').flatMap((sort) =>
  foldersOf(path.join('fixtures', sort)).map((name) => path.posix.join('fixtures', sort, name)),
);

const MOST_FILES = 40;
const known = new Map<string, App>();

export function appOf(folder: string): App {
  let app = known.get(folder);
  if (!app) {
    const root = path.join(ROOT, folder);
    const files = readdirSync(root, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .sort()
      .slice(0, MOST_FILES);
    app = new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
    known.set(folder, app);
  }
  return app;
}
