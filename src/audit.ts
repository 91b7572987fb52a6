import { collect } from './collect/index.js';
import { collectScripts } from './collect/scripts.js';
import { evaluate } from './evaluate/index.js';
import { type Declarations, link } from './link/index.js';
import type { Audit } from './model/audit.js';
import type { Deployment } from './model/deployment.js';
import type { FileFacts } from './model/facts.js';
import type { Problem, Project } from './model/input.js';
import type { Collector } from './model/plugin.js';
import type { Rule } from './model/rule.js';
import { parse } from './parse/index.js';
import { skim } from './skim/index.js';

/** What an audit knows of a deployment that nobody has described. */
const NOTHING_DEPLOYED: Deployment = { descriptors: [], problems: [] };

/**
 * The pipeline from discovered files to findings: skim, parse, collect, link, evaluate. Pure; what descriptors say comes in as `deployment`,
 * since their readers are loaded when there is something for them; `onProgress` is told how many
 * files were read so far.
 */
export function audit(
  project: Project,
  rules: readonly Rule[],
  onProgress?: (done: number, total: number) => void,
  declarations?: Declarations,
  deployment: Deployment = NOTHING_DEPLOYED,
): Audit {
  const problems: Problem[] = [...project.problems, ...deployment.problems];
  const facts: FileFacts[] = [];
  const collectors = collectorsOf(rules);
  const texts = new Map(
    [...(project.descriptors ?? []), ...(project.schemas ?? []), ...project.inputs].map(({ file, text }) => [
      file,
      text,
    ]),
  );
  let skipped = 0;
  let done = 0;
  for (const input of project.inputs) {
    onProgress?.(done++, project.inputs.length);
    const skimmed = skim(input);
    if (skimmed.problem) problems.push(skimmed.problem);
    if (!skimmed.parse) {
      skipped++;
      continue;
    }
    const parsed = parse(input);
    problems.push(...parsed.problems);
    if (!parsed.syntax) continue;
    const collected = collect(input, parsed.syntax, collectors);
    problems.push(...collected.problems);
    if (collected.facts) facts.push(collected.facts);
  }
  const scripts = new Map(project.manifests.map((manifest) => [manifest, collectScripts(manifest)]));
  const program = link(project, facts, scripts, declarations, deployment.descriptors);
  const lines = (file: string) => texts.get(file)?.split(/\r\n|[\n\r\u2028\u2029]/) ?? [];
  const evaluated = evaluate(program, rules, lines);
  return {
    program,
    findings: evaluated.findings,
    safe: evaluated.safe,
    problems: [
      ...problems,
      ...program.unmatched.map(unmatchedProblem),
      ...program.schema.problems(),
      ...evaluated.problems,
    ],
    directives: facts.flatMap(({ file, directives }) => directives.map((fact) => ({ file, fact }))),
    stats: {
      files: project.inputs.length,
      parsed: facts.length,
      skipped,
      unresolvedImports: program.unresolvedImports,
      unresolvedLoads: program.unresolvedLoads,
      serving: program.serving,
      rules: rules.length,
    },
    lines,
  };
}

/** What the rules that run want to be collected beyond what always is, each once. */
function collectorsOf(rules: readonly Rule[]): Collector[] {
  const collectors = rules.flatMap((rule) => rule.collectors ?? []);
  return [...new Map(collectors.map((collector) => [collector.name, collector])).values()];
}

function unmatchedProblem(written: string): Problem {
  return {
    kind: 'unmatched-declaration',
    level: 'note',
    message: `The configuration names ${written}, which is found nowhere in this project.`,
  };
}
