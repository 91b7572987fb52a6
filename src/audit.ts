import { collectScripts } from './collect/scripts.js';
import { evaluate } from './evaluate/index.js';
import { type Declarations, link, namedFiles } from './link/index.js';
import type { Audit } from './model/audit.js';
import type { Deployment } from './model/deployment.js';
import { linesOf, MAY_BE_MISSING, type Problem, type Project } from './model/input.js';
import type { Memory } from './model/memory.js';
import type { Collector } from './model/plugin.js';
import type { Operation } from './model/production.js';
import type { Program, Unit } from './model/program.js';
import type { Runs } from './model/report.js';
import type { Rule } from './model/rule.js';
import type { Place } from './model/span.js';
import { type Stopwatch, timed, UNTIMED } from './model/timings.js';
import { read, type Threads } from './read/index.js';

/** What an audit knows of a deployment that nobody has described. */
const NOTHING_DEPLOYED: Deployment = { descriptors: [], problems: [] };

/** What makes an audit faster, or tells how fast it was; none of it changes the answer. */
export interface Means {
  readonly memory?: Memory;
  readonly watch?: Stopwatch;
  readonly threads?: Threads;
  /** Files that are read though nothing depends on them, as one that somebody asks about. */
  readonly isWanted?: (file: string) => boolean;
}

/**
 * The pipeline from discovered files to findings: read (skim, parse, collect), link, evaluate. Pure; what descriptors say comes in as
 * `deployment`, since their readers are loaded when there is something for them; `onProgress` is told how many
 * files were read so far.
 */
export async function audit(
  project: Project,
  rules: readonly Rule[],
  onProgress?: (done: number, total: number) => void,
  declarations?: Declarations,
  deployment: Deployment = NOTHING_DEPLOYED,
  { memory, watch = UNTIMED, isWanted, threads }: Means = {},
): Promise<Audit> {
  const { facts, problems, skipped, unread } = await read(project.inputs, {
    collectors: collectorsOf(rules),
    watch,
    manifests: project.manifests,
    named: namedFiles(project),
    ...(threads === undefined ? {} : { threads }),
    ...(isWanted ? { isWanted } : {}),
    ...(memory ? { memory } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
  const scripts = new Map(project.manifests.map((manifest) => [manifest, collectScripts(manifest)]));
  const linked = () => timed(watch, 'link', () => link(project, facts, scripts, declarations, deployment.descriptors));
  let program = linked();
  const relink = () => {
    program = linked();
    return program;
  };
  const lines = linesOf(project);
  const evaluated = evaluate(program, rules, lines, watch, { relink });
  return {
    program,
    findings: evaluated.findings,
    safe: evaluated.safe,
    problems: [
      ...project.problems,
      ...deployment.problems,
      ...problems.map((problem) => ofNoProcess(program, problem)),
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
    runs: program.operations.map((operation) => runsOf(operation, program.declared.place)),
    lines,
    unread,
  };
}

function runsOf({ name, instances, overlap, deployed }: Operation, declared: Place | undefined): Runs {
  const place = instances?.place ?? deployed?.workload.place;
  return {
    name,
    ...(instances ? { instances: instances.value } : {}),
    ...(overlap ? { overlap: overlap.value } : {}),
    ...(place ? { place } : {}),
    ...(place && place === declared ? { isDeclared: true } : {}),
  };
}

/** What the rules that run want to be collected beyond what always is, each once. */
function collectorsOf(rules: readonly Rule[]): Collector[] {
  const collectors = rules.flatMap((rule) => rule.collectors ?? []);
  return [...new Map(collectors.map((collector) => [collector.name, collector])).values()];
}

/** Nothing is missing in a file that cannot be parsed and that no process loads: it is a piece of code to be shown, or left over. */
function ofNoProcess(program: Program, problem: Problem): Problem {
  if (problem.kind !== 'unparsable' || problem.level !== 'error') return problem;
  const unit = program.units.find(({ file }) => file === problem.file);
  if (!unit || isLoaded(program, unit)) return problem;
  const message = problem.message.replace(MAY_BE_MISSING, 'Nothing is known to load it.');
  return { ...problem, level: 'note', message };
}

function isLoaded(program: Program, unit: Unit): boolean {
  return (
    program.unresolvedLoads > 0 ||
    program.processes.some(({ entry }) => entry === unit) ||
    program.units.some((one) => one !== unit && program.imports(one).some((imported) => imported.unit === unit))
  );
}

function unmatchedProblem(written: string): Problem {
  return {
    kind: 'unmatched-declaration',
    level: 'note',
    message: `The configuration names ${written}, which is found nowhere in this project.`,
  };
}
