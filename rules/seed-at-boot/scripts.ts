import { type Call, type Manifest, type RuleContext, seedCommands } from '../../src/api/index.js';

/** Scripts by which a platform starts the application; those for development, tests and other jobs are not meant. */
const PRODUCTION_START =
  /^(?:start|serve|server|prod|production|web)(?:$|[:\-_.])(?!.*(?:dev|local|watch|debug|test|e2e|ci|mock|worker|storybook|seed))/;
const SEED_FILE = /(?:^|[/\\_.:-])(?:run-?)?seed(?:s|er|ers|ing)?(?:[/\\_.:-]|$)/i;
const RUNS_FILE = /^(?:node|ts-node|tsx|bun|nodejs|ts-node-dev|babel-node|swc-node)$/;

/** The line that puts seeders in front of the server: `"start": "prisma db seed && node server.js"`. */
export function checkScripts(context: RuleContext, reported: readonly Call[]): void {
  for (const manifest of context.program.manifests)
    for (const name of Object.keys(manifest.scripts))
      if (PRODUCTION_START.test(name)) checkScript(context, manifest, name, reported);
}

function checkScript(context: RuleContext, manifest: Manifest, name: string, reported: readonly Call[]): void {
  const { program } = context;
  const chain = program.scriptChain(manifest, name);
  const seen = new Set<string>();
  for (const { via, words } of chain) {
    const what = seeds(words);
    if (!what || chain.length < 2 || seen.has(via.name)) continue;
    seen.add(via.name);
    const place = { file: manifest.dir === '.' ? 'package.json' : `${manifest.dir}/package.json`, span: via.span };
    const file = what.file?.replace(/^\.\//, '').replace(/\.[cm]?[jt]sx?$/, '');
    // The file itself is on the boot path then, and has been judged.
    if (file && reported.some(({ unit }) => unit.file.replace(/\.[cm]?[jt]sx?$/, '').endsWith(file))) continue;
    const unit = file ? program.units.find((one) => one.file.replace(/\.[cm]?[jt]sx?$/, '').endsWith(file)) : undefined;
    const writes = unit
      ? program.unguarded(program.fn(unit, 0)).effects.filter(({ kind, writes: does }) => does && kind === 'database')
      : undefined;
    if (writes && !writes.some(({ idempotent }) => !idempotent)) {
      context.safe({ ...place, reason: `\`${what.words}\` only does what a second run does not change` });
      continue;
    }
    context.report({
      ...place,
      confidence: what.file && !writes ? 'medium' : 'high',
      doubts: what.file && !writes ? [`what \`${what.file}\` does was told from its name`] : [],
      when: 'always',
      symbol: `scripts.${via.name}`,
      message: `The script \`${via.name}\` seeds the database before the server starts, so every instance does (\`${what.words}\`).`,
      consequence:
        'Two instances that start together load the same data at the same moment: rows are there twice, or one instance fails and does not come up.',
      hint: 'Seed once a deploy, in a release command or an init job of its own, and write seeders as upserts, so that a second run changes nothing.',
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
  const at = words.findIndex((word) => RUNS_FILE.test(word));
  const file = at < 0 ? undefined : words.slice(at + 1).find((word) => !word.startsWith('-') && /[/.]/.test(word));
  return file && SEED_FILE.test(file) ? { words: words.join(' '), file } : undefined;
}
