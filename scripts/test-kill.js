// Kills the built tool at random moments, cold, with a cache and outputs: `npm run test:kill -- [RUNS] [--seed N]`, 200 by default.
// Then nothing half-written may have taken a report's place, and the cache that is left may not change an answer. The last line is
// always `N passed, N failed`.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { build, repository } from './build.js';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' } } });
const runs = Number(positionals[0] ?? 200);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
console.log(`seed ${seed}`);

const { ok, output } = build({ ifStale: true, typeCheck: false });
if (!ok) throw new Error(output);

const scratch = mkdtempSync(path.join(tmpdir(), 'mi-audit-kill-'));
const app = path.join(scratch, 'app');
const outputs = path.join(scratch, 'out');
const cache = path.join(scratch, 'cache');
cpSync(path.join(repository, 'fixtures', 'apps', 'express-shop'), app, { recursive: true });
const REPORTS = ['json', 'html', 'sarif'];
/** @param {string} folder */
const command = (folder) => [
  path.join(repository, 'bin', 'mi-audit.js'),
  '--cache-dir',
  folder,
  ...REPORTS.flatMap((format) => ['--format', `${format}=${path.join(outputs, `report.${format}`)}`]),
];

// What it says when nobody kills it.
cpSync(app, outputs, { recursive: true, filter: (file) => file === app });
const began = Date.now();
await run(path.join(scratch, 'untouched'));
const whole = Date.now() - began;
const expected = new Map(
  REPORTS.map((format) => [format, readFileSync(path.join(outputs, `report.${format}`), 'utf8')]),
);

const counts = {
  killed: 0,
  'ended before': 0,
  'reports half-written': 0,
  'caches believed wrongly': 0,
  'drafts left': 0,
};
let state = seed;
for (let round = 0; round < runs; round++) {
  for (const format of REPORTS) rmSync(path.join(outputs, `report.${format}`), { force: true });
  // Cold, or with what earlier ones that were killed have left.
  if (round % 2 === 0) rmSync(cache, { recursive: true, force: true });
  const signal = await run(cache, random() * whole * 1.05);
  counts[signal === 'SIGKILL' ? 'killed' : 'ended before']++;
  for (const format of REPORTS) {
    const file = path.join(outputs, `report.${format}`);
    if (existsSync(file) && !isExpected(format, `round ${round}`)) counts['reports half-written']++;
  }
  if (round % 10 === 9) {
    await run(cache);
    for (const format of REPORTS) if (!isExpected(format, `after round ${round}`)) counts['caches believed wrongly']++;
  }
}
counts['drafts left'] = readdirSync(outputs).filter((file) => file.endsWith('.tmp')).length;
rmSync(scratch, { recursive: true, force: true });
console.table(counts);
const failed = counts['reports half-written'] + counts['caches believed wrongly'];
console.log(`${runs - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 || counts.killed === 0 ? 1 : 0;

/**
 * @param {string} format
 * @param {string} when
 */
function isExpected(format, when) {
  const text = readFileSync(path.join(outputs, `report.${format}`), 'utf8');
  const whole = expected.get(format) ?? '';
  if (text === whole) return true;
  const at = [...text].findIndex((char, index) => char !== whole[index]);
  console.log(
    `${when}: the ${format} report differs at ${at} of ${whole.length}: ${text.slice(Math.max(0, at - 40), at + 80)}`,
  );
  return false;
}

/**
 * @param {string} folder
 * @param {number} [after]
 * @returns {Promise<NodeJS.Signals | null>}
 */
function run(folder, after) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command(folder), { cwd: app, stdio: 'ignore' });
    const timer = after === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), after);
    child.on('exit', (_, signal) => {
      clearTimeout(timer);
      resolve(signal);
    });
  });
}

/** A small generator with a seed (mulberry32). */
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
