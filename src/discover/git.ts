import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Changes, ChangedLines } from '../model/changes.js';
import { UserError } from '../model/user-error.js';
import { type Changed, readDiff } from './diff.js';
import { fromRoot, isInside, upward } from './paths.js';

/*
 * The one place where a program is started: git, and only when the user asks about changes. It is started without a shell and
 * told not to run anything itself: no hooks, no external diff, no text conversion, no file system monitor, no filters, no
 * pager, no prompt, and nothing is fetched.
 */

export type Since =
  | { readonly kind: 'since'; readonly ref: string }
  | { readonly kind: 'changed' }
  | { readonly kind: 'staged' };

export interface GitSetting {
  /** The project's folder, or one in it; links resolved. */
  readonly folder: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds that one command may take. */
  readonly patience?: number;
}

/** The index in place of the work tree: what differs between them, by absolute path. */
export interface Overlay {
  /** What the index has where the work tree has something else, or nothing. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** Files, and folders of files, that only the work tree has. */
  readonly hidden: readonly string[];
}

export interface GitChanges {
  /** For a project root within the repository. */
  within(root: string): Changes;
  readonly overlay?: Overlay;
}

/** Who works here, as git knows it. */
export async function gitUser(setting: GitSetting): Promise<string | undefined> {
  try {
    const name = text(await execute(['config', '--get', 'user.name'], '', startIn(setting), setting, 'git')).trim();
    return name === '' ? undefined : name;
  } catch {
    return undefined;
  }
}

/** What changed, and for `staged` what the index holds. */
export async function changesOf(since: Since, setting: GitSetting): Promise<GitChanges> {
  const git = await repository(since, setting);
  const base = await baseOf(since, git);
  const changed = await git.diff(base);
  const files = new Map<string, ChangedLines>();
  const folders: string[] = [];
  for (const { path: file, status, modes, lines } of changed) {
    if (status === 'D') continue;
    if (modes[1] === SUBMODULE) folders.push(file);
    else files.set(file, lines);
  }
  const untracked = await git.names('ls-files', '--others', '--exclude-standard', '--full-name', '-z', '--', ':(top)');
  if (since.kind !== 'staged') {
    for (const file of untracked) {
      if (file.endsWith('/')) folders.push(file.slice(0, -1));
      else files.set(file, 'all');
    }
  }
  const absolute = (file: string) => path.join(git.top, file);
  const overlay = since.kind === 'staged' ? await overlayOf(git, untracked.map(absolute)) : undefined;
  const within = (root: string): Changes => ({
    files: new Map([...files].map(([file, lines]) => [fromRoot(root, absolute(file)), lines])),
    folders: folders.map((folder) => fromRoot(root, absolute(folder))),
    since: wordsOf(since),
  });
  return { within, ...(overlay ? { overlay } : {}) };
}

const SUBMODULE = '160000';
const LINK = '120000';

function wordsOf(since: Since): string {
  return since.kind === 'since' ? `since ${since.ref}` : since.kind === 'staged' ? 'in the index' : 'since HEAD';
}

async function overlayOf(git: Git, untracked: readonly string[]): Promise<Overlay> {
  const changed = await git.diff(['--no-renames']);
  const absolute = (file: string) => path.join(git.top, file);
  // What was announced with `git add --intent-to-add` is not in the index yet.
  const added = changed.filter(({ status }) => status === 'A').map(({ path: file }) => absolute(file));
  const staged = changed.filter(
    ({ status, before, modes: [mode] }) => status !== 'A' && mode !== SUBMODULE && mode !== LINK && !isNone(before),
  );
  const contents = new Map<string, Uint8Array>();
  for (const [index, bytes] of (await git.contents(staged.map(({ before }) => before))).entries())
    if (bytes) contents.set(absolute(staged[index]!.path), bytes);
  return { contents, hidden: [...untracked.map((file) => file.replace(/[\\/]$/, '')), ...added] };
}

function isNone(id: string): boolean {
  return /^0+$/.test(id);
}

interface Git {
  /** The top of the work tree, links resolved. */
  readonly top: string;
  run(args: readonly string[], input?: string): Promise<Uint8Array>;
  names(...args: readonly string[]): Promise<string[]>;
  diff(base: readonly string[]): Promise<Changed[]>;
  contents(ids: readonly string[]): Promise<(Uint8Array | undefined)[]>;
}

async function repository(since: Since, setting: GitSetting): Promise<Git> {
  const asked = since.kind === 'since' ? '--since' : `--${since.kind}`;
  const start = startIn(setting);
  const plain = (args: readonly string[], input = '') => execute(args, input, start, setting, asked);
  const top = text(await plain(['rev-parse', '--show-toplevel'])).replace(/\n$/, '');
  if (top === '') throw new UserError(`${asked}: ${start} is in a git repository without a work tree.`, 'Use a clone.');
  const off = [...SAFE, ...(await filtersOff(plain, asked))];
  const run = (args: readonly string[], input?: string) => plain([...off, ...args], input);
  return {
    top: path.normalize(top),
    run,
    names: async (...args) =>
      text(await run(args))
        .split('\0')
        .filter(Boolean),
    diff: async (base) => readDiff(text(await run(['diff', ...DIFF, ...base, '--', ':(top)']))),
    contents: (ids) => contentsOf(ids, run),
  };
}

const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '--no-optional-locks', '--no-pager'];
const DIFF = [
  '--patch-with-raw',
  '-z',
  '--unified=0',
  '--inter-hunk-context=0',
  '--find-renames',
  '--no-relative',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--no-abbrev',
  '--submodule=short',
  '--ignore-submodules=dirty',
];

/** In a hook, git says by variables where its repository and index are, seen from the folder that the hook runs in. */
function startIn({ folder, cwd }: GitSetting): string {
  const top = upward(folder).find((above) => existsSync(path.join(above, '.git')));
  return top !== undefined && isInside(cwd, top) ? cwd : folder;
}

type Run = (args: readonly string[], input?: string) => Promise<Uint8Array>;

/** Filters are programs that the repository's configuration names; a diff would run them over what differs. */
async function filtersOff(plain: Run, asked: string): Promise<string[]> {
  // Without any, this command exits with 1.
  const found = await plain([
    'config',
    '--null',
    '--name-only',
    '--get-regexp',
    '^filter\\..*\\.(clean|process)$',
  ]).catch((error: unknown) => {
    if (error instanceof GitError && error.code === 1) return new Uint8Array();
    throw error;
  });
  const names = new Set(text(found).split('\0').filter(Boolean));
  return [...names].flatMap((name) => {
    if (name.includes('='))
      throw new UserError(`${asked}: the git configuration has a filter that cannot be switched off: ${name}.`);
    return ['-c', `${name}=`, '-c', `${name.replace(/\.\w+$/, '.required')}=false`];
  });
}

async function baseOf(since: Since, git: Git): Promise<string[]> {
  if (since.kind === 'staged') return ['--cached'];
  const head = await commit('HEAD', git);
  if (since.kind === 'changed') {
    // Before the first commit everything is new.
    return [head ?? text(await git.run(['hash-object', '-t', 'tree', '--stdin'])).trim()];
  }
  const { ref } = since;
  const shallow = async () => text(await git.run(['rev-parse', '--is-shallow-repository'])).trim() === 'true';
  const found = ref.startsWith('-') ? undefined : await commit(ref, git);
  if (found === undefined) {
    throw (await shallow())
      ? new UserError(`--since: this clone is shallow and does not have ${ref}.`, DEEPER)
      : new UserError(`--since: git knows no commit, branch or tag ${ref}.`, 'Fetch it first, or name another.');
  }
  if (head === undefined) throw new UserError(`--since ${ref}: there is no commit here yet.`, '--changed needs none.');
  const common = await git.run(['merge-base', found, head]).catch((error: unknown) => {
    if (error instanceof GitError && error.code === 1) return undefined;
    throw error;
  });
  if (common) return [text(common).trim()];
  throw (await shallow())
    ? new UserError(`--since: this clone is shallow and does not reach back to where ${ref} branched off.`, DEEPER)
    : new UserError(`--since: ${ref} and HEAD have no commit in common.`, 'Name a commit that HEAD comes from.');
}

const DEEPER = 'Fetch more history: git fetch --unshallow, or fetch-depth: 0 for actions/checkout.';

async function commit(ref: string, git: Git): Promise<string | undefined> {
  try {
    return text(await git.run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])).trim();
  } catch (error) {
    if (error instanceof GitError && (error.code === 1 || /Needed a single revision|ambiguous/.test(error.said)))
      return undefined;
    throw error;
  }
}

/** `git cat-file --batch`: for each id `ID blob SIZE`, a line end, the bytes and a line end; or `ID missing`. */
async function contentsOf(ids: readonly string[], run: Run): Promise<(Uint8Array | undefined)[]> {
  if (ids.length === 0) return [];
  const output = await run(['cat-file', '--batch'], ids.map((id) => `${id}\n`).join(''));
  let at = 0;
  return ids.map(() => {
    const end = output.indexOf(10, at);
    if (end === -1) return undefined;
    const [, kind, size] = text(output.subarray(at, end)).split(' ');
    at = end + 1;
    if (kind !== 'blob' || size === undefined) return undefined;
    const bytes = output.subarray(at, at + Number(size));
    at += Number(size) + 1;
    return bytes;
  });
}

/** Names may hold bytes that are no UTF-8; such a file is called otherwise here, and found nowhere. */
function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

class GitError extends UserError {
  constructor(
    message: string,
    hint: string | undefined,
    readonly code: number | undefined,
    readonly said: string,
  ) {
    super(message, hint);
  }
}

const PATIENCE = 60_000;
const MOST_OUTPUT = 512 * 1024 * 1024;

function execute(
  args: readonly string[],
  input: string,
  start: string,
  { env, patience = PATIENCE }: GitSetting,
  asked: string,
): Promise<Uint8Array> {
  const { GIT_EXTERNAL_DIFF: _, GIT_DIFF_OPTS: __, GIT_TRACE: ___, GIT_LITERAL_PATHSPECS: ____, ...kept } = env;
  const options = {
    cwd: start,
    env: { ...kept, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0' },
    timeout: patience,
    maxBuffer: MOST_OUTPUT,
    encoding: 'buffer' as const,
    windowsHide: true,
  };
  return new Promise((resolve, reject) => {
    const child = execFile('git', args, options, (error, stdout, stderr) => {
      if (error) reject(failure(error, text(stderr), asked, start));
      else resolve(stdout);
    });
    // Git may end before it has read everything.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

type ExecError = Error & { readonly code?: string | number | null; readonly killed?: boolean };

function failure(error: ExecError, said: string, asked: string, start: string): GitError {
  const code = typeof error.code === 'number' ? error.code : undefined;
  const fail = (message: string, hint?: string) => new GitError(`${asked}: ${message}`, hint, code, said);
  if (error.code === 'ENOENT') return fail('git was not found.', 'Install it, or audit without this option.');
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return fail('there are too many changes to read.', 'Name a nearer commit.');
  if (error.killed) return fail('git did not answer in time.', 'Try `git status` in this folder.');
  if (/not a git repository/i.test(said))
    return fail(`${start} is not in a git repository.`, 'Audit without this option, or in a clone.');
  if (/dubious ownership/.test(said))
    return fail(
      `git does not trust ${start}, which belongs to another user.`,
      'See safe.directory in `git help config`.',
    );
  if (/must be run in a work tree/.test(said))
    return fail(`${start} is in a git repository without a work tree.`, 'Use a clone.');
  const [line = ''] = said.trim().split('\n');
  return fail(`git failed: ${line.replace(/^(fatal|error): /, '') || error.message}.`.replace('..', '.'));
}
