import { dirname, relative, sep } from 'node:path';
import type { Loaded } from '../config/index.js';
import type { Overlay } from '../discover/index.js';
import type { Disk } from '../disk/index.js';
import type { Config } from '../model/config.js';
import type { Problem, Project } from '../model/input.js';
import type { Io } from './io.js';
import type { Parts } from './parts.js';

export interface Setting {
  readonly io: Io;
  readonly parts: Parts;
  /** Links resolved. */
  readonly cwd: string;
  readonly ruleIds: readonly string[];
  /** As asked for on the command line. */
  readonly explicit?: string | false | undefined;
  readonly configFormat?: Kinds | undefined;
  readonly minConfidence?: Config['minConfidence'] | undefined;
  readonly overlay?: Overlay | undefined;
  readonly disk?: Disk | undefined;
}

export type Kinds = NonNullable<Parameters<Parts['loadConfig']>[0]['kinds']>;

/** The project, and the configuration with what those of its packages say. */
export interface Configured {
  readonly root: string;
  readonly project: Project;
  readonly reportPaths: readonly string[];
  readonly config: Config;
  readonly notes: readonly Problem[];
}

/** Reads the project, then the configurations in it; and the project again where these leave out more of it. */
export async function readProject(
  paths: readonly string[],
  { config, file }: Loaded,
  setting: Setting,
): Promise<Configured> {
  const { io, parts, cwd, ruleIds, explicit, overlay, configFormat, minConfidence, disk } = setting;
  const discover = (ignores: readonly string[]) => parts.discover(paths, io.cwd, ignores, disk, overlay);
  const first = await discover(config.ignores);
  // Whoever names a configuration, or wants none, wants no other.
  const scopes =
    explicit === undefined
      ? await parts.scopesOf({
          root: first.project.root,
          files: first.project.files,
          cwd: io.cwd,
          main: file,
          config,
          ruleIds,
          kinds: configFormat,
          minConfidence,
          disk,
        })
      : { config, ignoresMore: false, notes: [] };
  const { project, reportPaths } = scopes.ignoresMore ? await discover(scopes.config.ignores) : first;
  const hints = await parts.configHints(scopes.config, {
    root: project.root,
    files: project.files,
    where: file === undefined ? 'the configuration' : shown(file, cwd),
    disk,
  });
  return { root: project.root, project, reportPaths, config: scopes.config, notes: [...scopes.notes, ...hints] };
}

function shown(file: string, cwd: string): string {
  const name = relative(cwd, file).split(sep).join('/');
  return name === '' ? dirname(file) : name;
}
