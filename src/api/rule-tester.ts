import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { audit } from '../audit.js';
import { pluginKnowledge } from '../config/plugin-knowledge.js';
import { describe } from '../describe/index.js';
import { projectFrom } from '../discover/from-texts.js';
import { discover } from '../discover/index.js';
import type { Finding, SafeCandidate } from '../model/finding.js';
import type { Input, Problem, Project } from '../model/input.js';
import type { Plugin } from '../model/plugin.js';
import type { Rule } from '../model/rule.js';
import { blankExpectations, differences, readExpectations, type Expectation } from './expectations.js';

/*
 * Tries rules on tiny applications that say themselves, in comments, what is to be found in them. Nothing here belongs to a test
 * runner: what is wrong is thrown, and tests are registered by the function that is handed in.
 */

/** What is tried: rules by themselves, or a plugin with all that it knows. */
export type Tested = readonly Rule[] | Plugin;

/** Texts by path, `{ 'src/server.js': '…' }`; an object is written as JSON. */
export type Files = Readonly<Record<string, string | object>>;

/** `test` of node:test, vitest, jest and others. */
export type Test = (name: string, run: () => Promise<void>) => unknown;

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
export async function auditFixture(folder: string, tested: Tested): Promise<FixtureResult> {
  const root = path.resolve(folder);
  const { project } = await discover(['.'], root, []);
  if (project.inputs.length === 0) throw new Error(`${folder}: the fixture has no source files.`);
  return compared(project, textsOf(project), tested);
}

/** The same for files that stand in the test itself. */
export async function auditFiles(files: Files, tested: Tested): Promise<FixtureResult> {
  const texts = new Map(
    Object.entries(files).map(([file, text]) => [
      file,
      typeof text === 'string' ? text : JSON.stringify(text, null, 2),
    ]),
  );
  const project = await projectFrom(texts);
  if (project.inputs.length === 0) throw new Error('no source file is among the files.');
  return compared(project, texts, tested);
}

/** Throws with a readable list where a fixture's findings are not those that it expects. For any test runner. */
export async function checkFixture(folder: string, tested: Tested): Promise<void> {
  const result = await auditFixture(folder, tested);
  if (result.differences.length > 0) throw new Error(`${folder}\n${result.differences.join('\n')}`);
}

/** Throws where the findings in some files are not those that their comments expect. */
export async function checkFiles(files: Files, tested: Tested): Promise<void> {
  const result = await auditFiles(files, tested);
  if (result.differences.length > 0) throw new Error(result.differences.join('\n'));
}

/**
 * Registers a test for every fixture in a folder: `hazard-…` must expect something, `safe-…` nothing, and both must get it.
 * Both kinds have to be there: a rule that is never tried on harmless code cries wolf.
 */
export function testFixtures(
  folder: string,
  tested: Tested,
  test: Test,
  { only }: { /** Of a plugin's rules, run this one alone, `acme/rule-id`. */ readonly only?: string } = {},
): void {
  const chosen = only === undefined ? tested : narrowed(tested, only);
  const cases = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const stray = cases.find((name) => !/^(hazard|safe)-/.test(name));
  if (stray !== undefined) throw new Error(`${folder}: call ${stray} hazard-${stray} or safe-${stray}.`);
  for (const kind of ['hazard', 'safe'])
    if (!cases.some((name) => name.startsWith(`${kind}-`))) throw new Error(`${folder} has no fixture ${kind}-….`);
  for (const name of cases) {
    const where = path.join(folder, name);
    test(`${path.basename(folder)}: ${name}`, async () => {
      const { expectations, differences } = await auditFixture(where, chosen);
      const expects = expectations.length > 0;
      if (expects !== name.startsWith('hazard-'))
        throw new Error(`${where} expects ${expects ? 'findings' : 'nothing'}, and is called ${name}.`);
      if (differences.length > 0) throw new Error(`${where}\n${differences.join('\n')}`);
    });
  }
}

function narrowed(tested: Tested, only: string): Tested {
  const rules = ('rules' in tested ? tested.rules : tested).filter(({ meta }) => meta.id === only);
  if (rules.length === 0) throw new Error(`there is no rule ${only} to be tried.`);
  return 'rules' in tested ? { ...tested, rules } : rules;
}

async function compared(project: Project, texts: ReadonlyMap<string, string>, tested: Tested): Promise<FixtureResult> {
  const expectations = readExpectations(texts);
  const rules = 'rules' in tested ? tested.rules : tested;
  const ids = new Set(rules.map(({ meta }) => meta.id));
  const stray = expectations.find(({ ruleId }) => !ids.has(ruleId));
  if (stray)
    throw new Error(
      `${stray.file}:${stray.line}: expects ${stray.ruleId}, which is not among the rules that are run here.`,
    );
  const inputs: Input[] = project.inputs.map((input) => ({ ...input, text: blankExpectations(input.text) }));
  const descriptors = project.descriptors?.map((one) => ({ ...one, text: blankExpectations(one.text) })) ?? [];
  const schemas = project.schemas?.map((one) => ({ ...one, text: blankExpectations(one.text) })) ?? [];
  const shown = { ...project, inputs, descriptors, schemas };
  const knowledge = 'rules' in tested ? pluginKnowledge(tested) : {};
  const declared = { guards: [], sharedStores: [], knowledge };
  const { findings, safe, problems } = await audit(shown, rules, undefined, declared, await describe(shown));
  return {
    expectations,
    findings,
    safe,
    problems,
    differences: differences(expectations, { findings, safe, problems }),
  };
}

/** Expectations may stand in any text of the fixture: manifests, Dockerfiles, shell scripts, YAML. */
function textsOf(project: Project): Map<string, string> {
  const inputs = new Map(project.inputs.map(({ file, text }) => [file, text]));
  return new Map(
    project.files.map((file) => [file, inputs.get(file) ?? readFileSync(path.join(project.root, file), 'utf8')]),
  );
}
