// The built tool under every line of Node that it promises: `npm run test:node -- [VERSION…]`. Each Node comes from the registry into a
// temporary folder. What it says of the fixtures' applications must be the same under all. The last line is always
// `N passed, N failed`.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { build, repository } from './build.js';

const VERSIONS = process.argv.length > 2 ? process.argv.slice(2) : ['20.19.0', '22.12.0', '22', '24'];
const bin = path.join(repository, 'bin', 'mi-audit.js');
const apps = readdirSync(path.join(repository, 'fixtures', 'apps')).sort();

const { ok, output } = build({ ifStale: true, typeCheck: false });
if (!ok) throw new Error(output);

const scratch = mkdtempSync(path.join(tmpdir(), 'mi-audit-node-'));
/** @type {Record<string, { node: string, apps: number, different: number, seconds: number }>} */
const table = {};
/** @type {Map<string, string>} */
const said = new Map();
for (const version of VERSIONS) {
  const node = fetched(version);
  const row = {
    node: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(),
    apps: 0,
    different: 0,
    seconds: 0,
  };
  table[version] = row;
  const began = Date.now();
  for (const app of apps) {
    const { status, stdout, stderr } = spawnSync(node, [bin, '--format', 'json', '--show-safe', '--no-cache'], {
      cwd: path.join(repository, 'fixtures', 'apps', app),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const answer = JSON.stringify([status, stdout, stderr]);
    row.apps++;
    if (status === 3 || status === null || (said.get(app) ?? answer) !== answer) {
      row.different++;
      console.log(`${version} ${app}: ${stderr || `exit code ${status}`}`);
    }
    if (!said.has(app)) said.set(app, answer);
  }
  row.seconds = Math.round((Date.now() - began) / 1000);
}
rmSync(scratch, { recursive: true, force: true });
console.table(table);
const rows = Object.values(table);
const failed = rows.reduce((sum, row) => sum + row.different, 0);
console.log(`${rows.reduce((sum, row) => sum + row.apps, 0) - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** @param {string} version */
function fetched(version) {
  const folder = path.join(scratch, version);
  mkdirSync(folder);
  // The package `node` fetches one of these in a script of its own, which must not run here.
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}@${version}`;
  const [tarball] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, name], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  execFileSync('tar', ['-xzf', path.join(folder, tarball.filename), '-C', folder]);
  return path.join(folder, 'package', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}
