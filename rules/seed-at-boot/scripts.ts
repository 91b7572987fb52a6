import {
  beforeServers,
  type Call,
  type Manifest,
  type Place,
  type RuleContext,
  seedCommands,
} from '../../src/api/index.js';

/** Scripts by which a platform starts the application; those for development, tests and other jobs are not meant. */
const PRODUCTION_START =
  /^(?:start|serve|server|prod|production|web)(?:$|[:\-_.])(?!.*(?:dev|local|watch|debug|test|e2e|ci|mock|worker|storybook|seed))/;
const SEED_FILE = /(?:^|[/\\_.:-])(?:run-?)?seed(?:s|er|ers|ing)?(?:[/\\_.:-]|$)/i;
const RUNS_FILE = /^(?:node|ts-node|tsx|bun|nodejs|ts-node-dev|babel-node|swc-node)$/;

/** Options whose value is a path, and not the file that runs: `ts-node -r tsconfig-paths/register seed.ts`. */
const VALUED = /^(?:-r|--require|--import|--loader|--experimental-loader|-P|--project|--tsconfig|--env-file|-C|--cwd)$/;
const REPEATABLE = 'only does what a second run does not change';
const CONSEQUENCE =
  'Two instances that start together load the same data at the same moment: rows are there twice, or one instance fails and does not come up.';
const HINT =
  'Seed once a deploy, in a release command or an init job of its own, and write seeders as upserts, so that a second run changes nothing.';

/** The line that puts seeders in front of the server: `"start": "prisma db seed && node server.js"`. */
export function checkScripts(context: RuleContext, reported: readonly Call[]): void {
  const said = new Set<string>();
  for (const manifest of context.program.manifests)
    for (const name of Object.keys(manifest.scripts))
      if (PRODUCTION_START.test(name)) checkScript(context, manifest, name, reported, said);
  checkWorkloads(context, reported, said);
}

/** Seeders in what a container or process is started with: `CMD npm run seed && npm start`. */
function checkWorkloads(context: RuleContext, reported: readonly Call[], said: Set<string>): void {
  for (const { deployed, run, place } of beforeServers(context.program)) {
    const what = seeds(run.step.words);
    if (!what || said.has(keyOf(place))) continue;
    const setting = context.program.settingOfRun(deployed, run);
    const writes = writesOf(context, what.file, reported);
    const safe = setting.safe ?? (writes === 'repeatable' ? `\`${what.words}\` ${REPEATABLE}` : undefined);
    if (safe !== undefined) {
      context.safe({ ...place, reason: safe, ...(setting.because ? { because: setting.because } : {}) });
      continue;
    }
    if (writes === 'judged') continue;
    said.add(keyOf(place));
    context.report({
      ...place,
      confidence: what.file && writes === undefined ? 'medium' : 'high',
      doubts: what.file && writes === undefined ? [`what \`${what.file}\` does was told from its name`] : [],
      when: setting.when,
      ...(setting.words ? { condition: setting.words } : {}),
      symbol: deployed.workload.name || deployed.descriptor.kind,
      message: `The ${deployed.workload.as} \`${deployed.workload.name}\` seeds the database before its server starts, so every instance does (\`${what.words}\`).`,
      consequence: CONSEQUENCE,
      hint: HINT,
      evidence: [
        { role: 'primary', ...place, note: 'on the way of every instance to its server' },
        ...run.via.map((via) => ({ role: 'started' as const, ...via, note: 'leads to it' })),
      ],
    });
  }
}

/** What a seeder's file writes: something that a second run changes, or not, or what has been judged as part of the server. */
function writesOf(
  { program }: RuleContext,
  path: string | undefined,
  reported: readonly Call[],
): 'again' | 'repeatable' | 'judged' | undefined {
  const file = path?.replace(/^\.\//, '').replace(/\.[cm]?[jt]sx?$/, '');
  if (!file) return undefined;
  const isFile = (one: string) => one.replace(/\.[cm]?[jt]sx?$/, '').endsWith(file);
  // The file itself is on the boot path then, and has been judged.
  if (reported.some(({ unit }) => isFile(unit.file))) return 'judged';
  const unit = program.units.find((one) => isFile(one.file));
  if (!unit) return undefined;
  // A file may do no more than load another one, which does the work as it is loaded.
  const units = [unit, ...program.imports(unit).map((one) => one.unit)];
  const writes = units
    .flatMap((one) => program.unguarded(program.fn(one, 0)).effects)
    .filter(({ kind, writes: does }) => does && kind === 'database');
  return writes.some(({ idempotent }) => !idempotent) ? 'again' : 'repeatable';
}

function checkScript(
  context: RuleContext,
  manifest: Manifest,
  name: string,
  reported: readonly Call[],
  said: Set<string>,
): void {
  const { program } = context;
  const chain = program.scriptChain(manifest, name);
  const seen = new Set<string>();
  for (const { via, words } of chain) {
    const what = seeds(words);
    if (!what || chain.length < 2 || seen.has(via.name)) continue;
    seen.add(via.name);
    const place = { file: manifest.dir === '.' ? 'package.json' : `${manifest.dir}/package.json`, span: via.span };
    const writes = writesOf(context, what.file, reported);
    if (writes === 'judged') continue;
    if (writes === 'repeatable') {
      context.safe({ ...place, reason: `\`${what.words}\` ${REPEATABLE}` });
      continue;
    }
    said.add(keyOf(place));
    context.report({
      ...place,
      confidence: what.file && writes === undefined ? 'medium' : 'high',
      doubts: what.file && writes === undefined ? [`what \`${what.file}\` does was told from its name`] : [],
      when: 'always',
      symbol: `scripts.${via.name}`,
      message: `The script \`${via.name}\` seeds the database before the server starts, so every instance does (\`${what.words}\`).`,
      consequence: CONSEQUENCE,
      hint: HINT,
      evidence: [{ role: 'primary', ...place, note: `run by \`npm run ${name}\`` }],
    });
  }
}

function seeds(all: readonly string[]): { readonly words: string; readonly file?: string } | undefined {
  const words = all.map((word, index) => (index === 0 ? word.replace(/^.*\/\.bin\//, '') : word));
  for (let start = 0; start < words.length && start < 6; start++) {
    const plain = words.slice(start).filter((word) => !word.startsWith('-'));
    for (const { command } of seedCommands)
      if (plain[0] === command[0] && command.every((word, index) => plain[index] === word))
        return { words: words.join(' ') };
  }
  // `npm run cli db seed`, `node ./cli.js db seed`: a command line of the application's own.
  const own = words.findIndex((word, index) => index > 0 && word === 'db' && words[index + 1] === 'seed');
  if (own > 0) return { words: words.join(' '), file: words.slice(0, own).join(' ') };
  const at = words.findIndex((word) => RUNS_FILE.test(word));
  const file =
    at < 0
      ? undefined
      : words.find(
          (word, index) =>
            index > at && !word.startsWith('-') && /[/.]/.test(word) && !VALUED.test(words[index - 1] as string),
        );
  return file && SEED_FILE.test(file) ? { words: words.join(' '), file } : undefined;
}

function keyOf({ file, span }: Place): string {
  return `${file}:${span[0]}`;
}
