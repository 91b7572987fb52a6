import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { Chalk } from 'chalk';
import { isOn, judge, toReport, UNSOUND_DIRECTIVE } from '../judge/index.js';
import type { Report } from '../model/report.js';
import { UserError } from '../model/user-error.js';
import { answerLine, brief, json, pretty } from '../report/index.js';
import type { AuditRequest } from './arguments.js';
import { colorLevel, type Io, print, widthOf } from './io.js';
import { checkOutput, writeOutput } from './output-file.js';
import type { Parts } from './parts.js';
import { startProgress } from './progress.js';

/** `mi-audit [paths...]`: from the request to the printed report; gives the exit code. */
export async function runAudit(request: AuditRequest, version: string, io: Io, parts: Parts): Promise<number> {
  const rules = await parts.rules();
  const knownRuleIds = rules.map(({ meta }) => meta.id);
  const ruleIds = [...knownRuleIds, UNSOUND_DIRECTIVE];
  checkRequest(request, ruleIds, io.cwd);

  const { only, failOn, minConfidence } = request;
  const { config } = await parts.loadConfig({
    cwd: io.cwd,
    ...(request.config === undefined ? {} : { explicit: request.config }),
    ruleIds,
    cli: { ...(only ? { only } : {}), ...(failOn ? { failOn } : {}), ...(minConfidence ? { minConfidence } : {}) },
  });
  const { project, reportPaths } = await parts.discover(request.paths, io.cwd, config.ignores);
  const progress = startProgress(io, !request.quiet);
  const selected = rules.filter(({ meta }) => isOn(config, meta.id));
  const found = await parts.audit(project, selected, progress.update, config).finally(progress.clear);
  const verdicts = judge(found, config, reportPaths, knownRuleIds);
  const report = toReport(found, verdicts, {
    version,
    root: project.root,
    cwd: realpathSync(io.cwd),
    config,
    reportPaths,
    knownRuleIds,
  });
  await deliver(report, request, io);
  return report.exitCode;
}

/** Mistakes that can be told from the command line alone. */
function checkRequest({ only, paths, output }: AuditRequest, ruleIds: readonly string[], cwd: string): void {
  if (only?.length === 0) throw new UserError('--only names no rule.', 'mi-audit rules lists them all.');
  const misplaced = paths.find((path) => ruleIds.includes(path) && !existsSync(resolve(cwd, path)));
  if (misplaced !== undefined) {
    throw new UserError(
      `no such path: ${misplaced}. That is a rule;`,
      `several are selected as --only ${[...(only ?? []), misplaced].join(',')}.`,
    );
  }
  if (output !== undefined) checkOutput(output, cwd);
}

async function deliver(report: Report, request: AuditRequest, io: Io): Promise<void> {
  if (request.output === undefined) {
    const chalk = new Chalk({ level: colorLevel(io.stdout, io.env, request.color) });
    return print(io.stdout, rendered(report, request, chalk, widthOf(io.stdout, io.env)));
  }
  writeOutput(
    request.output,
    io.cwd,
    rendered(report, request, new Chalk({ level: 0 }), widthOf({ write() {} }, io.env)),
  );
  const chalk = new Chalk({ level: colorLevel(io.stderr, io.env, request.color) });
  return print(io.stderr, `${answerLine(report, chalk)}\n`);
}

function rendered(
  report: Report,
  { format, showSafe, quiet }: AuditRequest,
  chalk: InstanceType<typeof Chalk>,
  width: number,
): string {
  if (format === 'json') return json(report, { showSafe });
  return quiet ? brief(report, { chalk }) : pretty(report, { chalk, width, showSafe });
}
