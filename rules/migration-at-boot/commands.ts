import {
  beforeServers,
  type Manifest,
  type MigrationCall,
  type MigrationCommand,
  migrationCommands,
  migrationRecipes,
  NO_STACK,
  type Place,
  recipeFor,
  type RuleContext,
} from '../../src/api/index.js';

/*
 * Commands that migrate and stand in front of a server: in the scripts of a package.json, and in what a container starts.
 */

export type Facts = Pick<MigrationCall, 'tool' | 'does' | 'ownLock' | 'words'>;

/** Scripts by which a platform starts the application; those for development, tests and other jobs are not meant. */
const PRODUCTION_START =
  /^(?:start|serve|server|prod|production|web)(?:$|[:\-_.])(?!.*(?:dev|local|watch|debug|test|e2e|ci|mock|worker|storybook))/;

export function checkStarts(context: RuleContext): void {
  const reported = new Set<string>();
  for (const manifest of context.program.manifests) checkScripts(context, manifest, reported);
  checkWorkloads(context, reported);
}

const RUNNERS =
  /^(?:npx|pnpx|bunx|yarn|pnpm|npm|exec|dlx|run|bun|cross-env|dotenv|env-cmd|--|-e|-s|--silent|node|ts-node|tsx)$/;

export function commandFacts(words: readonly string[]): MigrationCommand | undefined {
  let at = 0;
  while (
    at < words.length &&
    (RUNNERS.test(words[at] as string) || /^\w+=/.test(words[at] as string) || /^-/.test(words[at] as string))
  )
    at++;
  // `node ace …` and `node_modules/.bin/prisma …` count from their own program.
  // `node --loader ./paths.mjs node_modules/.bin/knex …`: options of Node may take words of their own.
  const installed = words.findIndex((word) => /(?:^|\/)node_modules\//.test(word));
  const starts = installed === -1 ? [0, at] : [0, at, installed];
  for (const start of starts) {
    const rest = words.slice(start).map((word, index) =>
      index === 0
        ? word
            .replace(/^.*\/(?:\.bin|bin)\//, '')
            .replace(/^.*\/typeorm\/cli(?:-ts-node-\w+)?(?:\.js)?$/, 'typeorm')
            .replace(/@[\w.^~-]+$/, '')
        : word,
    );
    const plain = rest.filter((word) => !word.startsWith('-'));
    const found = migrationCommands.find(({ command }) => rest[0] === command[0] && inOrder(plain, command));
    if (found) return found;
  }
  return undefined;
}

function inOrder(words: readonly string[], wanted: readonly string[]): boolean {
  let at = 0;
  for (const word of words) if (word === wanted[at]) at++;
  return at === wanted.length;
}

/** The line that puts a migration in front of the server: `"start": "prisma migrate deploy && node dist/main.js"`. */
function checkScripts(context: RuleContext, manifest: Manifest, reported: Set<string>): void {
  const { program } = context;
  const seen = new Set<string>();
  for (const name of Object.keys(manifest.scripts)) {
    if (!PRODUCTION_START.test(name)) continue;
    for (const { via, words } of program.scriptChain(manifest, name)) {
      const facts = commandFacts(words);
      if (!facts || seen.has(`${via.name} ${facts.tool}`)) continue;
      seen.add(`${via.name} ${facts.tool}`);
      const place = { file: manifest.dir === '.' ? 'package.json' : `${manifest.dir}/package.json`, span: via.span };
      reported.add(keyOf(place));
      context.report({
        ...place,
        severity: severityOf(facts),
        confidence: 'high',
        when: 'always',
        symbol: `scripts.${via.name}`,
        message: `The script \`${via.name}\` ${does(facts).replace('runs', 'runs the')} before the server starts, so every instance does (\`${words.join(' ')}\`). ${facts.words}.`,
        consequence: consequence(facts),
        hint: recipeFor(migrationRecipes, facts.does === 'sync' ? `${facts.tool} sync` : 'script', NO_STACK, {
          script: via.name,
          command: words.join(' '),
        }),
        evidence: [{ role: 'primary', ...place, note: `run by \`npm run ${name}\`` }],
      });
    }
  }
}

/** What a container runs before its server: `CMD npm run migrate && npm start`, a script that is its entry point. */
function checkWorkloads(context: RuleContext, reported: Set<string>): void {
  const { program } = context;
  for (const { deployed, run, place } of beforeServers(program)) {
    const facts = commandFacts(run.step.words);
    if (!facts || reported.has(keyOf(place))) continue;
    const setting = program.settingOfRun(deployed, run);
    if (setting.safe) {
      context.safe({ ...place, reason: setting.safe, ...(setting.because ? { because: setting.because } : {}) });
      continue;
    }
    reported.add(keyOf(place));
    const command = run.step.words.join(' ');
    context.report({
      ...place,
      severity: severityOf(facts),
      confidence: 'high',
      when: setting.when,
      ...(setting.words ? { condition: setting.words } : {}),
      symbol: deployed.workload.name || deployed.descriptor.kind,
      message: `The ${deployed.workload.as} \`${deployed.workload.name}\` ${does(facts)} before its server starts, so every instance does (\`${command}\`). ${facts.words}.`,
      consequence: consequence(facts),
      hint: 'Take it out of the command that starts the server, and run it once for each release: as a release command, a job that the deploy waits for, or a container of its own that the others depend on.',
      evidence: [
        { role: 'primary', ...place, note: 'on the way of every instance to its server' },
        ...run.via.map((via) => ({ role: 'started' as const, ...via, note: 'leads to it' })),
      ],
    });
  }
}

function keyOf({ file, span }: Place): string {
  return `${file}:${span[0]}`;
}

export function severityOf(facts: Facts): 'error' | 'warning' {
  return facts.ownLock === 'waits' || facts.ownLock === 'fails' ? 'warning' : 'error';
}

export function does(facts: Facts): string {
  return facts.does === 'sync' ? `lets ${facts.tool} change the schema` : `runs ${facts.tool} migrations`;
}

export function consequence(facts: Facts): string {
  if (facts.ownLock === 'fails')
    return 'When two instances start together, one of them fails and does not come up; during a rolling deploy the old instances go on with a schema they do not know.';
  if (facts.ownLock === 'waits')
    return 'Starts wait for one another, and during a rolling deploy the old instances go on with a schema they do not know.';
  return 'When two instances start together, both change the same tables: one fails or the change is applied by halves; during a rolling deploy the old instances meet a schema they do not know.';
}
