import type { audit } from '../audit.js';
import type { configHints, loadConfig, nearestConfig, scopesOf } from '../config/index.js';
import type { Config } from '../model/config.js';
import type { changesOf, discover, gitUser } from '../discover/index.js';
import type { Disk } from '../disk/index.js';
import type { find } from './find.js';
import type { Input, Project } from '../model/input.js';
import type { Rule } from '../model/rule.js';
import type { read } from '../read/index.js';
import type { recalled } from './recall.js';
import type { Unread } from '../skim/index.js';
import { UNTIMED } from '../model/timings.js';

/**
 * What the command is put together from. Each part is loaded when it is called: nobody who asks for help, lists the rules or
 * mistypes a path should wait for a compiler to load.
 */
export interface Parts {
  rules(): Promise<readonly Rule[]>;
  readonly loadConfig: typeof loadConfig;
  readonly scopesOf: typeof scopesOf;
  readonly nearestConfig: typeof nearestConfig;
  /** What in the configuration does nothing, for the files of a project. */
  configHints(
    config: Config,
    given: {
      readonly root: string;
      readonly files: readonly string[];
      readonly where: string;
      readonly disk?: Disk | undefined;
    },
  ): Promise<ReturnType<typeof configHints>>;
  /** Of each file of a project, `audited`, or why it is not. */
  reasonToSkip(project: Project): Promise<(input: Input) => string>;
  discover(...given: Parameters<typeof discover>): ReturnType<typeof discover>;
  changesOf(...given: Parameters<typeof changesOf>): ReturnType<typeof changesOf>;
  gitUser(...given: Parameters<typeof gitUser>): ReturnType<typeof gitUser>;
  read(...given: Parameters<typeof read>): ReturnType<typeof read>;
  audit(...given: Parameters<typeof audit>): ReturnType<typeof audit>;
  find(...given: Parameters<typeof find>): ReturnType<typeof find>;
  /** What an earlier run found, if nothing has changed that it could depend on; left out where more decides than is asked of the disk. */
  readonly recalled?: (...given: Parameters<typeof recalled>) => Promise<ReturnType<typeof recalled>>;
}

/** What it is, in words. */
const UNREAD: Readonly<Record<Unread, string>> = {
  test: 'a test by its path',
  page: 'for a page by what it imports or the package it is in',
  bundle: 'made by a bundler by its name and its text',
};

export const parts: Parts = {
  rules: async () => (await import('./built-in.js')).builtInRules(),
  loadConfig: async (options) => (await import('../config/index.js')).loadConfig(options),
  nearestConfig: async (...given) => (await import('../config/index.js')).nearestConfig(...given),
  scopesOf: async (options) => (await import('../config/index.js')).scopesOf(options),
  configHints: async (config, { root, files, where, disk }) => {
    const { unmatchedIgnores } = await import('../discover/unmatched.js');
    const { configHints: hints } = await import('../config/index.js');
    return hints(config, { files, where, unmatchedIgnores: unmatchedIgnores(root, config.ignores, disk) });
  },
  reasonToSkip: async ({ manifests }) => {
    const { skim, unreadIn } = await import('../skim/index.js');
    const unread = unreadIn(manifests);
    return (input) => {
      const kind = unread(input);
      if (kind) return `left out: ${UNREAD[kind]}, read only if code that is none names it`;
      const { parse, problem, reason } = skim(input);
      return parse ? 'audited' : `left out: ${problem?.message ?? reason ?? 'nothing in it concerns any rule'}`;
    };
  },
  discover: async (...given) => (await import('../discover/index.js')).discover(...given),
  changesOf: async (...given) => (await import('../discover/git.js')).changesOf(...given),
  gitUser: async (...given) => (await import('../discover/git.js')).gitUser(...given),
  find: async (...given) => (await import('./find.js')).find(...given),
  recalled: async (...given) => (await import('./recall.js')).recalled(...given),
  read: async (...given) => (await import('../read/index.js')).read(...given),
  audit: async (project, rules, onProgress, declarations, deployment, means) => {
    const watch = means?.watch ?? UNTIMED;
    const began = watch.now();
    const described = deployment ?? (await (await import('../describe/index.js')).describe(project));
    watch.took('describe', watch.now() - began);
    const loading = watch.now();
    const ready = await (await import('./built-in.js')).loadedRules(rules);
    watch.took('load rules', watch.now() - loading);
    return (await import('../audit.js')).audit(project, ready, onProgress, declarations, described, means);
  },
};
