import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { Chalk } from 'chalk';
import { explain } from '../explain/index.js';
import { isOn, judge, settingsOf, UNSOUND_DIRECTIVE } from '../judge/index.js';
import type { Audit } from '../model/audit.js';
import { UserError } from '../model/user-error.js';
import { explanation, jsonExplanation } from '../report/index.js';
import type { ExplainRequest } from './arguments.js';
import { openBaseline } from './baseline-file.js';
import { colorLevel, dayOf, type Io, print, widthOf } from './io.js';
import type { Parts } from './parts.js';
import { declarationsOf } from './declarations.js';
import { readProject } from './project.js';
import { startProgress } from './progress.js';

/** `FILE:LINE` or `FILE:LINE:COLUMN`. */
export interface Spot {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** A name may hold colons itself, as on Windows (`C:\app\jobs.ts:12`): the numbers at the end count. */
export function parseSpot(text: string): Spot | undefined {
  const [, file, line, column] = /^(.+?):(\d+)(?::(\d+))?$/.exec(text) ?? [];
  if (file === undefined || line === undefined) return undefined;
  return { file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
}

/** `mi-audit explain FILE:LINE`: audits the project as `mi-audit` would, and tells all it knows of the line. */
export async function explainPlace(spot: Spot, request: ExplainRequest, io: Io, parts: Parts): Promise<number> {
  const format = formatFor(request);
  const cwd = realpathSync(io.cwd);
  const file = fileWithin(spot, cwd);
  const builtIn = await parts.rules();
  const builtInIds = builtIn.map(({ meta }) => meta.id);
  const loaded = await parts.loadConfig({
    cwd: io.cwd,
    ...(request.config === undefined ? {} : { explicit: request.config }),
    ruleIds: [...builtInIds, UNSOUND_DIRECTIVE],
    cli: {},
  });
  const rules = [...builtIn, ...(loaded.plugins ?? []).flatMap((plugin) => plugin.rules)];
  const knownRuleIds = rules.map(({ meta }) => meta.id);
  const { project, config } = await readProject(['.'], loaded, {
    io,
    parts,
    cwd,
    ruleIds: [...knownRuleIds, UNSOUND_DIRECTIVE],
    explicit: request.config,
  });
  const isSource = project.inputs.some((input) => input.file === file);
  if (!isSource && LANGUAGE.test(file)) throw notAudited(spot);
  const progress = startProgress(io, true);
  // Rules that are switched off run as well: why one is silent is part of the answer.
  const audit = await parts
    .audit(project, rules, progress.update, declarationsOf(config, loaded.file, project.root), undefined, {
      isWanted: (one) => one === file,
    })
    .finally(progress.clear);
  if (!isSource && !isKnown(audit, file)) throw notKnown(spot);
  checkLine(spot, audit.lines(file));
  const unit = audit.program.units.find((candidate) => candidate.file === file);
  // Of a file that does not parse the rest is guesswork.
  if (
    isSource &&
    (!unit ||
      audit.problems.some(
        (problem) => problem.file === file && (problem.level === 'error' || problem.kind === 'unparsable'),
      ))
  )
    throw notRead(spot, file, audit);
  const baseline = openBaseline({
    asked: undefined,
    configured: config.baseline,
    root: project.root,
    cwd,
    updating: false,
  });
  const given = explain({
    audit,
    verdicts: judge(audit, config, ['.'], knownRuleIds, {
      today: dayOf(io),
      ...(baseline ? { baseline: baseline.baseline } : {}),
    }),
    metas: rules.map(({ meta }) => meta),
    isOn: (ruleId) => isOn(config, ruleId),
    minConfidence: settingsOf(config).minConfidence(file),
    file,
    ...(unit ? { unit } : {}),
    line: spot.line,
    ...(spot.column === undefined ? {} : { column: spot.column }),
  });
  const chalk = new Chalk({ level: colorLevel(io.stdout, io.env, request.color) });
  const text =
    format === 'json' ? jsonExplanation(given) : explanation(given, { chalk, width: widthOf(io.stdout, io.env) });
  await print(io.stdout, text);
  return 0;
}

/** Explanations are for a reader or a program that asks about one line; there are no other formats for them. */
function formatFor({ formats }: ExplainRequest): 'pretty' | 'json' {
  const [{ format, file } = { format: 'pretty' as const }, ...more] = formats;
  if (more.length === 0 && file === undefined && (format === 'pretty' || format === 'json')) return format;
  throw new UserError(
    'explain prints one answer, as --format pretty or --format json.',
    'Leave the other formats out.',
  );
}

const EXAMPLE = 'Name a line of a file: mi-audit explain src/server.js:12.';

/** The file as the project knows it. The audit reads the working directory, so that is where the file has to be. */
function fileWithin({ file }: Spot, cwd: string): string {
  const absolute = realOf(file, cwd);
  const way = relative(cwd, absolute);
  if (way === '' || statSync(absolute).isDirectory()) throw new UserError(`${file} is a folder.`, EXAMPLE);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    throw new UserError(
      `${file} is outside of the working directory.`,
      'Run mi-audit in the folder of its project: what a line does depends on who reaches it.',
    );
  }
  return way.split(sep).join('/');
}

function realOf(file: string, cwd: string): string {
  try {
    return realpathSync(resolve(cwd, file));
  } catch {
    throw new UserError(`no such file: ${file}.`, 'Name a file, relative to the working directory.');
  }
}

const LANGUAGE = /(?<!\.d)\.[cm]?[jt]sx?$/i;

/** A descriptor, or a file that a rule has something to say of: a migration in SQL, a template. */
function isKnown({ program, findings, safe }: Audit, file: string): boolean {
  return [program.descriptors, findings, safe].some((list) => list.some((one) => one.file === file));
}

function notAudited({ file: given }: Spot): UserError {
  return new UserError(
    `${given} is not audited:`,
    'it is left out by .gitignore or "ignores", is output of a build, or could not be read.',
  );
}

function notKnown({ file: given }: Spot): UserError {
  return new UserError(
    `${given} is not audited:`,
    'it is no source (declarations are none), and says neither how the project is run nor what its database holds.',
  );
}

/** It was found, but nothing was made of it: minified, empty, not parsable. */
function notRead({ file: given }: Spot, file: string, { problems }: Audit): UserError {
  const problem = problems.find((candidate) => candidate.file === file);
  return problem
    ? new UserError(`${given} ${problem.message}`)
    : new UserError(`${given} is not audited: nothing stands in it.`);
}

function checkLine({ file, line, column }: Spot, lines: readonly string[]): void {
  if (line < 1) throw new UserError(`${file}:${line}: lines are counted from 1.`);
  const text = lines[line - 1];
  if (text === undefined) {
    const count = lines.length === 1 ? '1 line' : `${lines.length} lines`;
    throw new UserError(`${file} has ${count}, so there is no line ${line}.`);
  }
  if (column !== undefined && (column < 1 || column > text.length + 1))
    throw new UserError(`line ${line} of ${file} has ${text.length} columns, so there is no column ${column}.`);
}
