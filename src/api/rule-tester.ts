import { readFileSync } from 'node:fs';
import path from 'node:path';
import { audit } from '../audit.js';
import { describe } from '../describe/index.js';
import { discover } from '../discover/index.js';
import type { Finding, SafeCandidate } from '../model/finding.js';
import type { Input, Problem, Project } from '../model/input.js';
import type { Rule } from '../model/rule.js';
import { blankExpectations, differences, readExpectations, type Expectation } from './expectations.js';

/** What running rules over one fixture gave, against what the fixture's own comments expect. */
export interface FixtureResult {
  readonly expectations: readonly Expectation[];
  readonly findings: readonly Finding[];
  readonly safe: readonly SafeCandidate[];
  readonly problems: readonly Problem[];
  /** One entry for every expectation that was not met, every finding that was not expected, every problem; empty is good. */
  readonly differences: readonly string[];
}

/**
 * Audits a folder with some rules and compares the findings of medium and high confidence with the folder's expectation
 * comments. The comments themselves are hidden from the audit.
 */
export async function auditFixture(folder: string, rules: readonly Rule[]): Promise<FixtureResult> {
  const root = path.resolve(folder);
  const { project } = await discover(['.'], root, []);
  if (project.inputs.length === 0) throw new Error(`${folder}: the fixture has no source files.`);
  const expectations = readExpectations(textsOf(project));
  const ids = new Set(rules.map(({ meta }) => meta.id));
  const stray = expectations.find(({ ruleId }) => !ids.has(ruleId));
  if (stray)
    throw new Error(
      `${stray.file}:${stray.line}: expects ${stray.ruleId}, which is not among the rules that are run here.`,
    );
  const inputs: Input[] = project.inputs.map((input) => ({ ...input, text: blankExpectations(input.text) }));
  const descriptors = project.descriptors?.map((one) => ({ ...one, text: blankExpectations(one.text) })) ?? [];
  const shown = { ...project, inputs, descriptors };
  const { findings, safe, problems } = audit(shown, rules, undefined, undefined, await describe(shown));
  return {
    expectations,
    findings,
    safe,
    problems,
    differences: differences(expectations, { findings, safe, problems }),
  };
}

/** Throws with a readable list where a fixture's findings are not those that it expects. For any test runner. */
export async function checkFixture(folder: string, rules: readonly Rule[]): Promise<void> {
  const result = await auditFixture(folder, rules);
  if (result.differences.length > 0) throw new Error(`${folder}\n${result.differences.join('\n')}`);
}

/** Expectations may stand in any text of the fixture: manifests, Dockerfiles, shell scripts, YAML. */
function textsOf(project: Project): Map<string, string> {
  const inputs = new Map(project.inputs.map(({ file, text }) => [file, text]));
  return new Map(
    project.files.map((file) => [file, inputs.get(file) ?? readFileSync(path.join(project.root, file), 'utf8')]),
  );
}
