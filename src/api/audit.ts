import process from 'node:process';
import type { AuditRequest } from '../cli/arguments.js';
import type { Io } from '../cli/io.js';
import { packageVersion } from '../cli/package.js';
import { parts } from '../cli/parts.js';
import { renderedAs, reportOf } from '../cli/run-audit.js';
import type { Config } from '../model/config.js';
import type { ConfigInput } from '../model/define-config.js';
import type { Confidence } from '../model/finding.js';
import type { Plugin } from '../model/plugin.js';
import type { JsonReportV1 } from '../report/json.js';
import { type FormatName as KnownFormat, isFormatName } from '../report/formats.js';
import { UserError } from '../model/user-error.js';

/*
 * The command line as a function: the same configuration, the same judgement, the same report. It prints nothing and ends no
 * process.
 */

export type {
  JsonEvidenceV1,
  JsonFindingV1,
  JsonPlaceV1,
  JsonProblemV1,
  JsonReportV1,
  JsonSafeV1,
  JsonSilencedV1,
} from '../report/json.js';
export type { ConfigInput } from '../model/define-config.js';
export type { Plugin } from '../model/plugin.js';
export { UserError } from '../model/user-error.js';

/** Written out, so that whoever uses these types needs no others. */
export type FormatName =
  | 'pretty'
  | 'json'
  | 'sarif'
  | 'html'
  | 'markdown'
  | 'github'
  | 'gitlab'
  | 'junit'
  | 'checkstyle'
  | 'rdjson'
  | 'csv'
  | 'unix'
  | 'agent';

export interface AuditOptions<F extends FormatName = never> {
  /** Files and folders to report on, relative to `cwd`; all of the project is read, whatever they are. Default: `['.']`. */
  readonly paths?: readonly string[];
  /** Default: the working directory. */
  readonly cwd?: string;
  /** The file of the configuration, or a configuration itself; `false` for none. Without it one is searched for from `cwd` upward. */
  readonly config?: string | ConfigInput | false;
  /** Plugins besides those that the configuration names. */
  readonly plugins?: readonly Plugin[];
  /** Run these rules only. */
  readonly only?: readonly string[];
  readonly failOn?: Config['failOn'];
  readonly minConfidence?: Confidence;
  /** `false`: nothing is remembered for the next run, nor from earlier ones. */
  readonly cache?: boolean;
  /** Further texts of the report: `['sarif']` gives `texts.sarif`. */
  readonly formats?: readonly F[];
}

export interface AuditResult<F extends FormatName = never> {
  /** What `--format json --show-safe` prints. */
  readonly report: JsonReportV1;
  /** What the command would end with: 1 with findings at or above `failOn`, 3 where something could not be audited. */
  readonly exitCode: 0 | 1 | 3;
  readonly texts: Readonly<Record<F, string>>;
}

/** Audits a project. A mistake in the options or in the configuration is a `UserError`, whose `hint` says what to do. */
export async function audit<F extends FormatName = never>(options: AuditOptions<F> = {}): Promise<AuditResult<F>> {
  const { paths = ['.'], cwd = process.cwd(), formats = [], plugins = [], config } = options;
  const known = formats.map((format: string): KnownFormat => {
    if (!isFormatName(format)) throw new UserError(`there is no format "${format}".`);
    return format;
  });
  const io: Io = { stdout: SILENT, stderr: SILENT, cwd, env: process.env, now: () => performance.now() };
  const request: AuditRequest = {
    kind: 'audit',
    paths,
    formats: known.map((format) => ({ format })),
    ...(typeof config === 'string' || config === false ? { config } : {}),
    ...(options.cache === false ? { cache: false } : {}),
    ...(options.only ? { only: options.only } : {}),
    ...(options.failOn ? { failOn: options.failOn } : {}),
    ...(options.minConfidence ? { minConfidence: options.minConfidence } : {}),
    showSafe: true,
    color: false,
    quiet: true,
  };
  const { recalled, ...others } = parts;
  const report = await reportOf(request, packageVersion(), io, {
    ...others,
    // What stands in no file, nobody could see change.
    ...(recalled && typeof config !== 'object' && plugins.length === 0 ? { recalled } : {}),
    loadConfig: (asked) =>
      parts.loadConfig({ ...asked, plugins, ...(typeof config === 'object' ? { given: config } : {}) }),
  });
  const texts: Partial<Record<FormatName, string>> = {};
  for (const format of known) texts[format] = await renderedAs(format, report, io);
  return {
    report: JSON.parse(await renderedAs('json', report, io)) as JsonReportV1,
    exitCode: report.exitCode,
    texts: texts as Record<F, string>,
  };
}

const SILENT: Io['stdout'] = { write: (_, done) => done?.() };
