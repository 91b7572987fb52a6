// Runs the recipes of docs/hooks.md for real: `npm run test:hooks`. Each is set up in a repository of its own as the page says, with
// the packed mi-audit and the hook managers from the registry; then a commit with a hazard has to be stopped with the finding, and
// the mended one has to pass. Needs the network, and pre-commit (Debian: apt-get install pre-commit). Recipes can be named;
// `npm run test:hooks pre-commit-repo` is the one that is not tried otherwise: the hook that this repository offers, at the commit that
// is checked out, in an environment that pre-commit makes by itself, which takes minutes.
// The last line is always `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { marked } from 'marked';
import { build, repository } from './build.js';

/** @typedef {{ name: string, title?: string, language: string, text: string }} Snippet */

const MANAGERS = ['husky@^9', 'lint-staged@^16', 'lefthook@^2'];

const SAFE = `import express from 'express';

const app = express();
app.get('/', (request, response) => response.send('hello'));
app.listen(3000);
`;
const HAZARD = SAFE.replace("from 'express';\n", "from 'express';\nimport session from 'express-session';\n").replace(
  'express();\n',
  'express();\napp.use(session({ secret: process.env.SECRET }));\n',
);

const FROM_REPOSITORY = 'pre-commit-repo';
const scratch = mkdtempSync(path.join(tmpdir(), 'mi-audit-hooks-'));

/** Nothing of whoever runs this may decide: no git configuration, no npm settings of the run that starts it. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|GIT_|HUSKY|LEFTHOOK|CI$)/i.test(name))),
  GIT_CONFIG_GLOBAL: path.join(scratch, 'gitconfig'),
  GIT_CONFIG_SYSTEM: process.platform === 'win32' ? 'NUL' : '/dev/null',
  PRE_COMMIT_HOME: path.join(scratch, 'pre-commit'),
  NO_COLOR: '1',
};

/**
 * The code blocks of the page that carry a name, by it.
 * @returns {Map<string, Snippet[]>}
 */
export function recipes(page = readFileSync(path.join(repository, 'docs', 'hooks.md'), 'utf8')) {
  /** @type {Map<string, Snippet[]>} */
  const found = new Map();
  for (const token of marked.lexer(page)) {
    if (token.type !== 'code') continue;
    const info = token.lang ?? '';
    const name = /\bname="([^"]+)"/.exec(info)?.[1];
    const title = /\btitle="([^"]+)"/.exec(info)?.[1];
    if (name === undefined) continue;
    const snippet = {
      name,
      language: info.split(' ', 1)[0] ?? '',
      text: `${token.text}\n`,
      ...(title ? { title } : {}),
    };
    found.set(name, [...(found.get(name) ?? []), snippet]);
  }
  return found;
}

/**
 * @param {string} command
 * @param {string} cwd
 */
function shell(command, cwd) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { cwd, env, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

/**
 * @param {string} command
 * @param {string} cwd
 */
function must(command, cwd) {
  const { status, output } = shell(command, cwd);
  if (status !== 0) throw new Error(`\`${command}\` failed:\n${output}`);
  return output;
}

/** A folder with mi-audit, from its tarball, and the hook managers installed. */
function prepare() {
  writeFileSync(
    path.join(scratch, 'gitconfig'),
    '[user]\n\tname = A\n\temail = a@example.com\n[init]\n\tdefaultBranch = main\n',
  );
  const base = path.join(scratch, 'base');
  mkdirSync(base);
  must(`npm pack --silent --ignore-scripts --pack-destination ${scratch}`, repository);
  const tarball = readdirSync(scratch).find((file) => file.endsWith('.tgz'));
  writeFileSync(
    path.join(base, 'package.json'),
    `${JSON.stringify({ name: 'shop', private: true, type: 'module', scripts: { start: 'node server.js' } }, null, 2)}\n`,
  );
  must(
    `npm install --no-audit --no-fund --save-dev ${path.join(scratch, String(tarball))} ${MANAGERS.join(' ')}`,
    base,
  );
  return base;
}

/**
 * @param {string} base
 * @param {Snippet[]} snippets
 */
function tryRecipe(base, snippets) {
  const folder = mkdtempSync(path.join(scratch, 'project-'));
  cpSync(path.join(base, 'package.json'), path.join(folder, 'package.json'));
  symlinkSync(path.join(base, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  writeFileSync(path.join(folder, '.gitignore'), 'node_modules\n');
  writeFileSync(path.join(folder, 'server.js'), SAFE);
  must('git init --quiet && git add . && git commit --quiet -m start', folder);
  for (const { title, text } of snippets.filter((snippet) => snippet.title !== undefined)) {
    const file = path.join(folder, String(title));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  // A file of husky's is no snippet of the shell: its title says that it is one of the files.
  for (const { text } of snippets.filter((snippet) => snippet.title === undefined)) must(text, folder);
  must('git add . && git commit --quiet --no-verify -m hook', folder);

  writeFileSync(path.join(folder, 'server.js'), HAZARD);
  const stopped = shell('git add server.js && git commit -m hazard', folder);
  if (stopped.status === 0) throw new Error(`the hazard was committed:\n${stopped.output}`);
  for (const words of ['in-memory-session', 'server.js:5'])
    if (!stopped.output.includes(words)) throw new Error(`the hook does not say ${words}:\n${stopped.output}`);
  // What is mended in the work tree and not staged does not count.
  writeFileSync(path.join(folder, 'server.js'), SAFE);
  if (shell('git commit -m hazard', folder).status === 0) throw new Error('what was staged is not what was judged.');
  writeFileSync(path.join(folder, 'server.js'), SAFE.replace('hello', 'good morning'));
  must('git add server.js && git commit -m mended', folder);
  if (must('git log -1 --format=%s', folder).trim() !== 'mended') throw new Error('the mended commit is not there.');
}

/** The hook that this repository offers, by the commit that is checked out. */
function fromRepository() {
  const revision = must('git rev-parse HEAD', repository).trim();
  const [snippet] = recipes().get(FROM_REPOSITORY) ?? [];
  const text = String(snippet?.text)
    .replace(/repo: .*/, `repo: ${repository}`)
    .replace(/rev: .*/, `rev: ${revision}`);
  return [
    { name: FROM_REPOSITORY, language: 'yaml', title: '.pre-commit-config.yaml', text },
    { name: FROM_REPOSITORY, language: 'sh', text: 'pre-commit install --install-hooks\n' },
  ];
}

function main() {
  const built = build({ ifStale: true, typeCheck: false });
  if (!built.ok) throw new Error(built.output);
  const base = prepare();
  const all = recipes();
  all.set(FROM_REPOSITORY, fromRepository());
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !all.has(name));
  if (unknown !== undefined) throw new Error(`there is no recipe ${unknown}; there are ${[...all.keys()].join(', ')}.`);
  for (const name of [...all.keys()])
    if (asked.length > 0 ? !asked.includes(name) : name === FROM_REPOSITORY) all.delete(name);
  let failed = 0;
  for (const [name, snippets] of all) {
    try {
      tryRecipe(base, snippets);
      console.log(`${name}: the hazard was stopped, and the mended commit passed`);
    } catch (error) {
      failed++;
      console.error(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  console.log(`${all.size - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && all.size > 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.log('0 passed, 1 failed');
    process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
