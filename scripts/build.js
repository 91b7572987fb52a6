// Compiles src/ and rules/ into dist/, and makes of that what is published: `node scripts/build.js [--if-stale]`.
// With --if-stale nothing happens while dist/ still is what the present sources give: `npx mi-audit` inside this
// repository runs `prepare` once more, and nobody should wait for the same compilation twice.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What else decides what comes out. */
const DECIDING = [
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'scripts/bundle.js',
  'scripts/compiler.js',
];

export const repository = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * @param {object} [options]
 * @param {string} [options.root] The checkout to build.
 * @param {boolean} [options.ifStale] Leave a dist/ alone that was made from the same sources.
 * @param {boolean} [options.typeCheck] False leaves type errors to `npm run check`.
 * @returns {{ ok: boolean, output: string }}
 */
export function build({ root = repository, ifStale = false, typeCheck = true } = {}) {
  const dist = path.join(root, 'dist');
  const stamp = path.join(dist, '.sources');
  const sources = fingerprint(root);
  if (ifStale && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return { ok: true, output: '' };

  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  if (!existsSync(compiler)) {
    return {
      ok: false,
      output: 'build: TypeScript is not installed here; run `npm install` with development dependencies.',
    };
  }
  // Everything goes first: a module that was renamed must not live on in the package.
  rmSync(dist, { recursive: true, force: true });
  const flags = typeCheck ? [] : ['--noCheck'];
  const run = spawnSync(process.execPath, [compiler, '-p', path.join(root, 'tsconfig.build.json'), ...flags], {
    cwd: root,
    encoding: 'utf8',
  });
  const ok = run.status === 0;
  if (ok) {
    // What a cache was written by: of another build nothing is believed.
    writeFileSync(path.join(dist, 'build.json'), JSON.stringify({ sources, rules: ruleMetas(dist) }));
    const bundled = spawnSync(process.execPath, [path.join(repository, 'scripts', 'bundle.js'), dist], {
      encoding: 'utf8',
    });
    if (bundled.status !== 0) return { ok: false, output: bundled.stderr };
    writeFileSync(stamp, sources);
  }
  return { ok, output: `${run.stdout}${run.stderr}`.trim() };
}

/**
 * What rules are called, for who lists them without loading them.
 * @param {string} dist
 */
function ruleMetas(dist) {
  const index = pathToFileURL(path.join(dist, 'rules', 'index.js')).href;
  const code = `import { rules } from ${JSON.stringify(index)}; console.log(JSON.stringify(rules.map(({ meta }) => meta)));`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

/** @param {string} root */
function fingerprint(root) {
  const hash = createHash('sha256');
  for (const file of [...sourceFiles(root), ...DECIDING].sort()) {
    const where = path.join(root, file);
    if (existsSync(where)) hash.update(`${file}\0`).update(readFileSync(where)).update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} root */
function sourceFiles(root) {
  return ['src', 'rules'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { ok, output } = build({ ifStale: process.argv.includes('--if-stale') });
  if (output) console.error(output);
  process.exitCode = ok ? 0 : 1;
}
