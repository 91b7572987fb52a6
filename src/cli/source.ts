import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Source } from '../model/report.js';

/** Where the working directory stands under version control; what a pipeline knows of the revision, it says in its environment. */
export function sourceOf(cwd: string, env: Readonly<Record<string, string | undefined>>): Source {
  const root = repositoryRoot(cwd);
  const base = root === undefined ? '' : slashed(relative(root, cwd));
  return { base: base === '' ? '' : `${base}/`, name: basename(cwd), ...revisionOf(env) };
}

function repositoryRoot(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    // A file in the work trees of `git worktree` and in submodules.
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

function revisionOf(
  env: Readonly<Record<string, string | undefined>>,
): Pick<Source, 'repository' | 'revision' | 'branch'> {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_SHA, GITHUB_HEAD_REF, GITHUB_REF_NAME } = env;
  if (GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_SHA)
    return given(`${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`, GITHUB_SHA, GITHUB_HEAD_REF || GITHUB_REF_NAME);
  const { CI_PROJECT_URL, CI_COMMIT_SHA, CI_COMMIT_REF_NAME } = env;
  if (CI_PROJECT_URL && CI_COMMIT_SHA) return given(CI_PROJECT_URL, CI_COMMIT_SHA, CI_COMMIT_REF_NAME);
  return {};
}

function given(repository: string, revision: string, branch: string | undefined) {
  if (!/^https?:\/\/[^\s<>"']+$/.test(repository) || !/^[0-9a-f]{7,64}$/i.test(revision)) return {};
  return { repository, revision, ...(branch ? { branch } : {}) };
}

function slashed(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}
