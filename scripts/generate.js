// Writes what can be derived from elsewhere: `node scripts/generate.js [--check]`.
// - rules/index.ts, from the folders of rules/
// - schema.json, from the configuration's own schema
// - the rule table and the sample output in README.md, from the rules' metadata and from a real run
// With --check nothing is written; whatever would change is named, and the exit code is 1.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, repository } from './build.js';

/** @typedef {{ id: string, title: string, severity: string, triggers: string[] }} RuleMeta */
/** @typedef {{ file: string, text: string }} Generated */

/**
 * Everything generated, as it should be now. Writes only dist/, which it needs to ask the rules and to run the tool.
 * @param {string} root
 * @returns {Promise<Generated[]>}
 */
export async function generated(root = repository) {
  const index = ruleIndexFile(root);
  const { metas, schema } = await askTool(root);
  return [index, schemaFile(schema), readmeFile(root, metas)];
}

/**
 * Writes what is stale; the list of rules first, because the rest is asked of the tool that is built with it.
 * @param {string} [root]
 * @returns {Promise<string[]>} The files that were written.
 */
export async function generate(root = repository) {
  const index = write(root, ruleIndexFile(root));
  const { metas, schema } = await askTool(root);
  return [...index, ...write(root, schemaFile(schema)), ...write(root, readmeFile(root, metas))];
}

/**
 * What only the compiled tool knows.
 * @param {string} root
 * @returns {Promise<{ metas: RuleMeta[], schema: object }>}
 */
async function askTool(root) {
  const built = build({ root, ifStale: true, typeCheck: false });
  if (!built.ok) throw new Error(`generate: dist/ could not be built.\n${built.output}`);
  const { rules } = await import(href(root, 'dist/rules/index.js'));
  const { configSchema } = await import(href(root, 'dist/src/config/schema.js'));
  const { UNSOUND_DIRECTIVE } = await import(href(root, 'dist/src/judge/index.js'));
  /** @type {RuleMeta[]} */
  const metas = rules.map((/** @type {{ meta: RuleMeta }} */ rule) => rule.meta);
  return { metas, schema: configSchema([...metas.map(({ id }) => id), UNSOUND_DIRECTIVE]) };
}

/** @param {object} schema */
function schemaFile(schema) {
  return { file: 'schema.json', text: `${JSON.stringify(schema, null, 2)}\n` };
}

/**
 * @param {string} root
 * @param {RuleMeta[]} metas
 */
function readmeFile(root, metas) {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  return { file: 'README.md', text: fillReadme(readme, root, metas) };
}

/** @param {string} root */
function ruleIndexFile(root) {
  return { file: 'rules/index.ts', text: ruleIndex(ruleIds(root)) };
}

/**
 * Folders that hold a rule. One without is a failure of the tests, not a tool that cannot be built.
 * @param {string} root
 */
function ruleIds(root) {
  return readdirSync(path.join(root, 'rules'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((id) => existsSync(path.join(root, 'rules', id, 'rule.ts')))
    .sort();
}

/** @param {string[]} ids */
function ruleIndex(ids) {
  const imports = ids.map((id) => `import ${camelCase(id)} from './${id}/rule.js';\n`);
  const list = ids.map((id) => `  ${camelCase(id)},\n`);
  return [
    '// Generated from the folders of rules/ by `npm run generate`. Do not edit.\n',
    "import type { Rule } from '../src/api/index.js';\n",
    ...imports,
    '\n/** Every built-in rule, by id. */\n',
    list.length === 0
      ? 'export const rules: readonly Rule[] = [];\n'
      : `export const rules: readonly Rule[] = [\n${list.join('')}];\n`,
  ].join('');
}

/** @param {string} id */
function camelCase(id) {
  return id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

/**
 * A generated part of the README stands between `<!-- NAME ARGUMENTS -->` and `<!-- /NAME -->`.
 * @param {string} readme
 * @param {string} root
 * @param {RuleMeta[]} metas
 */
function fillReadme(readme, root, metas) {
  /** @type {Record<string, (words: string[]) => string>} */
  const parts = {
    'generated-rules': () => ruleTable(metas),
    'generated-report': (args) =>
      fence('console', `$ npx mi-audit ${args.join(' ')}\n${runTool(root, args).trimEnd()}`),
    'generated-finding': (args) => fence('json', firstFinding(root, args)),
  };
  let text = readme;
  for (const [name, make] of Object.entries(parts)) {
    const marked = new RegExp(`(<!-- ${name}(?: (.+))? -->\\n)[^]*?(<!-- /${name} -->)`);
    const found = marked.exec(text);
    if (!found)
      throw new Error(`generate: README.md has no <!-- ${name} --> … <!-- /${name} -->; put the markers back.`);
    const [whole, start, words = '', end] = found;
    text = text.replace(whole, () => `${start}${make(words.split(' '))}\n${end}`);
  }
  return text;
}

/** @param {RuleMeta[]} metas */
function ruleTable(metas) {
  const rows = metas.map(({ id, severity, title, triggers }) => {
    return `| [\`${id}\`](rules/${id}/README.md) | ${severity} | ${title} | ${triggers.join(', ')} |`;
  });
  return ['| rule | severity | finds | bites on |', '|---|---|---|---|', ...rows].join('\n');
}

/**
 * @param {string} root
 * @param {string[]} args
 */
function firstFinding(root, args) {
  const report = JSON.parse(runTool(root, [...args, '--format', 'json']));
  return JSON.stringify({ ...report, findings: report.findings.slice(0, 1) }, null, 2);
}

/**
 * Runs the built tool the way a reader of the README would, but for colours and the width of the terminal.
 * @param {string} root
 * @param {string[]} args
 */
function runTool(root, args) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, NO_COLOR: '1', COLUMNS: '100' };
  delete env.FORCE_COLOR;
  const run = spawnSync(process.execPath, [path.join(root, 'bin', 'mi-audit.js'), ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  if (run.status !== 1) {
    throw new Error(
      `generate: the README's sample \`mi-audit ${args.join(' ')}\` should exit with 1, not ${run.status}.\n${run.stderr}`,
    );
  }
  return run.stdout;
}

/**
 * @param {string} language
 * @param {string} text
 */
function fence(language, text) {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/**
 * @param {string} root
 * @param {string} file
 */
function href(root, file) {
  return pathToFileURL(path.join(root, file)).href;
}

/**
 * @param {string} root
 * @param {Generated} generated
 */
function write(root, generated) {
  if (!isStale(root, generated)) return [];
  writeFileSync(path.join(root, generated.file), generated.text);
  return [generated.file];
}

/**
 * @param {string} root
 * @param {Generated} generated
 */
function isStale(root, { file, text }) {
  const where = path.join(root, file);
  return !existsSync(where) || readFileSync(where, 'utf8') !== text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    if (process.argv.includes('--check')) {
      const changed = (await generated()).filter((file) => isStale(repository, file));
      for (const { file } of changed)
        console.error(`${file} is stale: run \`npm run generate\` and commit the result.`);
      process.exitCode = changed.length === 0 ? 0 : 1;
    } else {
      for (const file of await generate()) console.log(`wrote ${file}`);
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
