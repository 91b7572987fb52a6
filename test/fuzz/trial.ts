import { TextEncoder } from 'node:util';
import { rules } from '../../rules/index.js';
import { audit } from '../../src/audit.js';
import { describe } from '../../src/describe/index.js';
import { projectFrom } from '../../src/discover/from-texts.js';
import { Files } from '../../src/discover/read.js';
import { readSchemas } from '../../src/discover/schemas.js';
import { judge, toReport } from '../../src/judge/index.js';
import type { Config } from '../../src/model/config.js';
import type { Problem, Project } from '../../src/model/input.js';
import { json } from '../../src/report/index.js';
import type { App } from './corpus.js';

/*
 * One application through the whole pipeline, with what must hold whatever stands in it: nothing throws, no rule and no reader of
 * ours fails, nothing takes long, and whatever was not looked at is named.
 */

export const config: Config = {
  rules: {},
  only: [],
  failOn: 'error',
  minConfidence: 'low',
  ignores: [],
  guards: [],
  sharedStores: [],
  knowledge: {},
};
const ruleIds = rules.map(({ meta }) => meta.id);

/** In seconds of processor time: what a machine that is busy with other things does not change. */
const LONGEST = 20;

export interface Outcome {
  readonly files: number;
  /** Read in part or not at all, each named. */
  readonly problems: readonly Problem[];
  readonly seconds: number;
}

export async function projectOf(app: App): Promise<Project> {
  const project = await projectFrom(app);
  const files = new Files('/', { read: (absolute) => new TextEncoder().encode(app.get(absolute.slice(1)) ?? '') });
  const { schemas } = readSchemas([...app.keys()].sort(), new Set(), files);
  return { ...project, schemas };
}

/** Throws what is wrong, in words. */
export async function tried(app: App): Promise<Outcome> {
  const began = process.cpuUsage();
  const project = await projectOf(app);
  const deployment = await describe(project);
  const found = await audit(project, rules, undefined, undefined, deployment);
  const { problems, stats } = found;
  const crash = problems.find(({ kind, message }) => kind.endsWith('-crash') || /this is a bug/i.test(message));
  if (crash) throw new Error(crash.message);

  const silent = project.inputs.length - stats.parsed - stats.skipped;
  const named = new Set(problems.map(({ file }) => file));
  if (silent > project.inputs.filter(({ file }) => named.has(file)).length)
    throw new Error(`${silent} files were left out, and not all of them are named`);

  const verdicts = judge(found, config, ['.'], ruleIds);
  const report = toReport(found, verdicts, {
    version: '0.0.0',
    root: '/',
    cwd: '/',
    config,
    reportPaths: ['.'],
    knownRuleIds: ruleIds,
  });
  JSON.parse(json(report, { showSafe: true }));
  if (report.problems.some(({ level }) => level === 'error') && (report.exitCode !== 3 || report.summary.ready))
    throw new Error('a run that is not complete is called complete');

  const { user, system } = process.cpuUsage(began);
  const seconds = (user + system) / 1_000_000;
  if (seconds > LONGEST) throw new Error(`it took ${seconds.toFixed(1)} seconds`);
  return { files: app.size, problems, seconds };
}
