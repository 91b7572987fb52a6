// Everything about the repository that is not a test: `node scripts/check.js`. Says one line when all is well, and of
// what is not, only what is wrong. The last line is always `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { build, repository } from './build.js';

/** @typedef {{ name: string, command: string[], after?: string }} Check */

const scratch = mkdtempSync(path.join(tmpdir(), 'mi-audit-check-'));

/** @param {string[]} words */
const node = (...words) => [process.execPath, ...words];

/**
 * A development tool's command line, run by node without a shell in between.
 * @param {string} file
 * @param {string[]} words
 */
const tool = (file, ...words) => node(path.join('node_modules', file), ...words);

/** @type {Check[]} */
const CHECKS = [
  { name: 'types', command: tool('typescript/bin/tsc', '-p', 'tsconfig.json') },
  {
    name: 'format and lint',
    command: tool('@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '--diagnostic-level=warn', '--colors=off'),
  },
  { name: 'generated files', command: node('scripts/generate.js', '--check') },
  { name: 'dead code', command: tool('knip/bin/knip.js', '--no-progress') },
  { name: 'package', command: ['npm', 'pack', '--silent', '--ignore-scripts', '--pack-destination', scratch] },
  { name: 'package, by publint', command: tool('publint/src/cli.js', '--strict', 'TARBALL'), after: 'package' },
  {
    name: 'package, by attw',
    command: tool('@arethetypeswrong/cli/dist/index.js', 'TARBALL', '--profile', 'esm-only', '--format', 'ascii'),
    after: 'package',
  },
];

/**
 * Runs the checks, as many at a time as there are processors.
 * @param {Check[]} checks
 * @returns {Promise<Map<string, string | undefined>>} By name: the output of what failed, `undefined` for what passed.
 */
async function runAll(checks) {
  /** @type {Map<string, string | undefined>} */
  const outcomes = new Map();
  let waiting = [...checks];
  const worker = async () => {
    while (waiting.length > 0) {
      const next = waiting.find(({ after }) => after === undefined || outcomes.has(after));
      if (!next) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        continue;
      }
      waiting = waiting.filter((check) => check !== next);
      outcomes.set(next.name, await run(next));
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
  return outcomes;
}

/**
 * @param {Check} check
 * @returns {Promise<string | undefined>}
 */
function run({ command }) {
  const [program = '', ...args] = command.map((word) => (word === 'TARBALL' ? tarball() : word));
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: repository,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: program === 'npm' && process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => resolve(code === 0 ? undefined : output.trim() || `exit code ${code}`));
  });
}

function tarball() {
  return path.join(scratch, readdirSync(scratch).find((file) => file.endsWith('.tgz')) ?? 'no-package-was-made.tgz');
}

const started = Date.now();
try {
  const built = build({ ifStale: true, typeCheck: false });
  const outcomes = built.ok ? await runAll(CHECKS) : new Map([['build', built.output]]);
  const failed = [...outcomes].filter(([, output]) => output !== undefined);
  for (const [name, output] of failed) console.error(`\n${name} failed:\n${output}`);
  if (failed.length > 0) console.error(`\nin ${((Date.now() - started) / 1000).toFixed(1)} s`);
  console.log(`${outcomes.size - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
