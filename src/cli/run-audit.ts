import { appendFileSync, existsSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Chalk } from 'chalk';
import { directivePage, directiveRule, docsOf, isOn, toReport, UNSOUND_DIRECTIVE } from '../judge/index.js';
import type { Audit, Audited } from '../model/audit.js';
import type { Verdict } from '../model/finding.js';
import type { Picture } from '../model/picture.js';
import type { Report, RuleInfo } from '../model/report.js';
import type { Rule } from '../model/rule.js';
import { UserError } from '../model/user-error.js';
import { type FormatName, formatOf, type Look } from '../report/formats.js';
import { answerLine } from '../report/index.js';
import { visible } from '../report/visible.js';
import type { AuditRequest } from './arguments.js';
import { type Gate, openGate, type Place } from './gate.js';
import { colorLevel, type Io, print, type Stream, widthOf } from './io.js';
import { checkOutput, type Output, writeOutputs, type Written } from './output-file.js';
import { packageRoot } from './package.js';
import type { Parts } from './parts.js';
import type { Recalled } from './recall.js';
import { sourceOf } from './source.js';
import { Clock, printTimings } from './timings.js';

/** `mi-audit [paths...]`: from the request to the printed report; gives the exit code. */
export async function runAudit(request: AuditRequest, version: string, io: Io, parts: Parts): Promise<number> {
  checkOutputs(deliveries(request), io.cwd);
  const clock = new Clock(io.now);
  const report = await reportOf(request, version, io, parts, clock);
  const { timings } = clock;
  const isDelivered = await deliver(request.timings ? { ...report, timings } : report, request, io);
  if (request.timings) await printTimings(timings, io);
  return isDelivered ? report.exitCode : 3;
}

/** From the request to the report; the programmatic interface takes it from here. */
export async function reportOf(
  request: AuditRequest,
  version: string,
  io: Io,
  parts: Parts,
  clock = new Clock(io.now),
): Promise<Report> {
  const began = io.now();
  const builtIn = await clock.during('load rules', () => parts.rules());
  checkRequest(request, [...builtIn.map(({ meta }) => meta.id), UNSOUND_DIRECTIVE], io.cwd);
  const cwd = realpathSync(io.cwd);
  const needs = new Set(request.formats.map(({ format }) => formatOf(format).needs));
  // A picture is drawn from the program, which is not kept.
  const mayBeKnown = !needs.has('picture');
  const known =
    mayBeKnown && parts.recalled ? await clock.during('recall', () => parts.recalled!(request, io, cwd)) : undefined;
  const { rules, place, found, whole, judge, configFile } = known
    ? await recalledRun(known, request, { cwd, io, parts, builtIn })
    : await parts.find(request, { cwd, io, parts, builtIn, clock, mayBeKnown });
  const { root, reportPaths, config } = place;
  const selected = rules.filter(({ meta }) => isOn(config, meta.id));
  const knownRuleIds = rules.map(({ meta }) => meta.id);
  const { verdicts, ...gated } = await clock.during('judge', () => judge(found, knownRuleIds));
  const report = toReport(found, verdicts, {
    version,
    root,
    cwd,
    config,
    reportPaths,
    knownRuleIds,
    rules: await ruleInfos(selected, needs.has('pages')),
    source: sourceOf(cwd, io.env),
    ...gated,
    ...(whole && needs.has('picture') ? { picture: await pictureOf(whole, verdicts, rules) } : {}),
  });
  if (request.debug) {
    const { debugText } = await import('./debug.js');
    const milliseconds = io.now() - began;
    await print(io.stderr, debugText(report, { root, cwd, configFile, config, milliseconds }));
  }
  return report;
}

/** What was found, and what is needed to say so. */
export interface Run {
  readonly rules: readonly Rule[];
  readonly place: Place;
  readonly found: Audited;
  /** With the program; nothing where the answer was known. */
  readonly whole?: Audit | undefined;
  readonly judge: Gate<Place>['judge'];
  readonly configFile?: string | undefined;
}

export interface RunSetting {
  /** Links resolved. */
  readonly cwd: string;
  readonly io: Io;
  readonly parts: Parts;
  readonly builtIn: readonly Rule[];
}

async function recalledRun({ start, found }: Recalled, request: AuditRequest, setting: RunSetting): Promise<Run> {
  const { cwd, io, parts, builtIn } = setting;
  const { place, judge } = await openGate(request, { cwd, io, parts, place: async () => start });
  return { rules: builtIn, place, found, judge, configFile: start.file };
}

/** Mistakes that can be told from the command line alone. */
function checkRequest(request: AuditRequest, ruleIds: readonly string[], cwd: string): void {
  const { only, paths } = request;
  if (!existsSync(cwd)) throw new UserError(`no such folder: ${cwd}.`);
  if (only?.length === 0) throw new UserError('--only names no rule.', 'mi-audit rules lists them all.');
  const misplaced = paths.find((path) => ruleIds.includes(path) && !existsSync(resolve(cwd, path)));
  if (misplaced !== undefined) {
    throw new UserError(
      `no such path: ${misplaced}. That is a rule;`,
      `several are selected as --only ${[...(only ?? []), misplaced].join(',')}.`,
    );
  }
}

/** A format with the place its text goes to; without one it is printed. */
interface Delivery {
  readonly format: FormatName;
  readonly output?: Output;
}

function deliveries({ formats, output }: AuditRequest): Delivery[] {
  const list = formats.map(
    ({ format, file }): Delivery =>
      file === undefined ? { format } : { format, output: { asked: `--format ${format}=`, file } },
  );
  const printed = list.filter((delivery) => !delivery.output);
  if (printed.length > 1)
    throw new UserError(
      `--format ${printed.map(({ format }) => format).join(' and --format ')} would be printed into each other.`,
      `Give all but one a file: --format ${printed[1]!.format}=FILE.`,
    );
  if (output === undefined) return list;
  if (printed.length === 0)
    throw new UserError(
      `--output ${output} is left without a report: every --format has a file of its own.`,
      'Leave one of them out.',
    );
  return list.map((delivery) =>
    delivery.output ? delivery : { ...delivery, output: { asked: '--output', file: output } },
  );
}

function checkOutputs(list: readonly Delivery[], cwd: string): void {
  const taken = new Set<string>();
  for (const { output } of list) {
    if (!output) continue;
    checkOutput(output, cwd);
    const file = resolve(cwd, output.file);
    if (taken.has(file))
      throw new UserError(`two reports are to go to ${output.file}.`, 'Give each a file of its own.');
    taken.add(file);
  }
}

/** Whether every format could be made: one that fails is named, and costs its own text only. */
async function deliver(report: Report, request: AuditRequest, io: Io): Promise<boolean> {
  const files: Written[] = [];
  let printed: string | undefined;
  let isWhole = true;
  for (const { format, output } of deliveries(request)) {
    try {
      const reporter = await formatOf(format).load();
      if (output) files.push({ ...output, text: reporter(report, lookOf(request, { write() {} }, io.env, 0)) });
      else printed = reporter(report, lookOf(request, io.stdout, io.env));
    } catch (error) {
      isWhole = false;
      if (!output) printed = '';
      const reason = visible(error instanceof Error ? error.message : String(error));
      const line = `the format ${format} failed (${reason}), so its report is missing. This is a bug of mi-audit; please report it.`;
      await print(io.stderr, `mi-audit: ${line}\n`);
    }
  }
  writeOutputs(files, io.cwd);
  if (request.formats.some(({ format }) => format === 'github')) await writeStepSummary(report, io);
  if (printed !== undefined) await print(io.stdout, printed);
  else {
    const chalk = new Chalk({ level: colorLevel(io.stderr, io.env, request.color) });
    await print(io.stderr, `${answerLine(report, chalk)}\n`);
  }
  return isWhole;
}

/** A report as the text of one format, without colours: for whoever does not print it. */
export async function renderedAs(format: FormatName, report: Report, io: Io): Promise<string> {
  const reporter = await formatOf(format).load();
  return reporter(report, {
    chalk: new Chalk({ level: 0 }),
    width: widthOf(io.stdout, io.env),
    showSafe: true,
    quiet: false,
  });
}

function lookOf({ showSafe, quiet, color }: AuditRequest, stream: Stream, env: Io['env'], level?: 0): Look {
  const chalk = new Chalk({ level: level ?? colorLevel(stream, env, color) });
  return { chalk, width: widthOf(stream, env), showSafe, quiet };
}

/** GitHub shows on the page of a run what a step appends to the file that it names in the environment. */
async function writeStepSummary(report: Report, io: Io): Promise<void> {
  const file = io.env['GITHUB_STEP_SUMMARY'];
  if (!file) return;
  const { markdown } = await import('../report/markdown.js');
  try {
    appendFileSync(resolve(io.cwd, file), `${markdown(report)}\n`);
  } catch (error) {
    // The findings are out already; a summary that is missing is no reason to fail.
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    await print(io.stderr, visible(`mi-audit: the job summary could not be written to ${file} (${code}).`) + '\n');
  }
}

/** The rules that ran, with their pages where a format carries them along. */
async function ruleInfos(rules: readonly Rule[], withPages: boolean): Promise<RuleInfo[]> {
  const metas = [...rules.map(({ meta }) => meta), directiveRule];
  return Promise.all(
    metas.map(async (meta) => {
      const info = { ...meta, docs: docsOf(meta) };
      if (!withPages || meta.page !== undefined) return info;
      const page = meta.id === UNSOUND_DIRECTIVE ? directivePage : await pageOf(meta.id);
      return page === undefined ? info : { ...info, page };
    }),
  );
}

async function pictureOf(
  { program, safe }: Audit,
  verdicts: readonly Verdict[],
  rules: readonly Rule[],
): Promise<Picture> {
  const { picture } = await import('../explain/picture.js');
  const findings = verdicts.filter(({ status }) => status === 'open').map(({ finding }) => finding);
  return picture({ program, findings, safe, metas: rules.map(({ meta }) => meta) });
}

/** A rule that is not our own has no page here. */
function pageOf(ruleId: string): Promise<string | undefined> {
  return readFile(join(packageRoot, 'rules', ruleId, 'README.md'), 'utf8').catch(() => undefined);
}
