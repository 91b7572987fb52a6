import type { DescriptorFile } from './deployment.js';
import type { SchemaFile } from './schema.js';
import type { Span } from './span.js';

/** A file of the audited project, as discovered; `text` is read once, without its byte-order mark. */
export interface Input {
  /** Relative to the project root, with `/`. */
  readonly file: string;
  readonly language: 'typescript' | 'tsx' | 'javascript' | 'jsx';
  readonly text: string;
}

/** What a file that cannot be parsed means for the audit, as long as something may load it. */
export const MAY_BE_MISSING = 'Findings in it may be missing; mend it, or name it in "ignores".';

/** Something the tool could not do. An `error` makes the audit incomplete (exit code 3); a `note` was left out on purpose or by its nature. */
export interface Problem {
  readonly kind:
    | 'unreadable'
    | 'unparsable'
    | 'took-too-long'
    | 'not-source'
    | 'too-large'
    | 'minified'
    | 'broken-link'
    | 'outside-root'
    | 'broken-manifest'
    | 'broken-tsconfig'
    | 'broken-descriptor'
    | 'unbounded-pattern'
    | 'rule-crash'
    | 'collector-crash'
    | 'no-source'
    | 'unmatched-declaration'
    | 'configuration'
    | 'baseline';
  readonly level: 'error' | 'note';
  readonly message: string;
  readonly file?: string;
  readonly span?: Span;
  readonly rule?: string;
}

/** Another run may come to more: what is told so is not remembered. */
export function isPassing({ kind }: Problem): boolean {
  return kind === 'took-too-long' || kind === 'rule-crash' || kind === 'collector-crash';
}

/** A `package.json` of the project. */
export interface Manifest {
  /** Folder relative to the project root, `.` for the root itself. */
  readonly dir: string;
  readonly name?: string;
  readonly main?: string;
  readonly module?: string;
  readonly type?: string;
  readonly private?: boolean;
  readonly bin: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly imports?: unknown;
  readonly exports?: unknown;
  readonly workspaces: readonly string[];
  /** As written, for the places of its parts. */
  readonly text?: string;
}

/** What module resolution needs of a `tsconfig.json` or `jsconfig.json`, its `extends` already merged in. */
export interface TsConfig {
  readonly dir: string;
  /** Absolute-from-root folder (relative to the project root) that `baseUrl` names, if any. */
  readonly baseUrl?: string;
  /** Pattern to targets, the targets relative to the project root. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  readonly outDir?: string;
  readonly rootDir?: string;
}

/** A settings file of a tool that starts the application, read as data. */
export interface SettingsFile {
  readonly file: string;
  /** What kind it is; `ecosystem.json` stands for all of pm2's, whatever they are called. */
  readonly name: 'nest-cli.json' | 'project.json' | 'nodemon.json' | 'ecosystem.json' | '.sailsrc' | 'Procfile';
  /** The JSON, or for a Procfile the commands by their names. */
  readonly value: unknown;
}

/** All that discovery found below the project root. */
export interface Project {
  readonly root: string;
  readonly inputs: readonly Input[];
  readonly manifests: readonly Manifest[];
  readonly tsconfigs: readonly TsConfig[];
  /** Every file's path, sources or not (relative), for module resolution and conventions. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
  readonly settings?: readonly SettingsFile[];
  /** The texts of what says how the application is deployed. */
  readonly descriptors?: readonly DescriptorFile[];
  /** The texts of SQL migrations and of Prisma's schemas. */
  readonly schemas?: readonly SchemaFile[];
}

/** The lines of the files that findings can stand in. */
export function linesOf(project: Project): (file: string) => readonly string[] {
  const texts = new Map(
    [...(project.descriptors ?? []), ...(project.schemas ?? []), ...project.inputs].map(({ file, text }) => [
      file,
      text,
    ]),
  );
  return linesIn(texts);
}

/** The lines of texts by file; a file is asked for once for each finding in it. */
export function linesIn(texts: ReadonlyMap<string, string>): (file: string) => readonly string[] {
  const split = new Map<string, readonly string[]>();
  return (file) => {
    const known = split.get(file);
    if (known) return known;
    const lines = texts.get(file)?.split(/\r\n|[\n\r\u2028\u2029]/) ?? [];
    split.set(file, lines);
    return lines;
  };
}
