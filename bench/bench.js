// `node bench.js [--runs 5] [--only NAME] [--generate FILES] [FOLDER...]`: runs every tool on a copy of each tree, in turn, several times,
// and prints medians of whole processes: wall, CPU (user and system) and peak memory. Needs GNU time as /usr/bin/time.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from './generate.js';
import { own, tools } from './tools.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
    generate: { type: 'string', multiple: true },
  },
});
const scratch = mkdtempSync(path.join(os.tmpdir(), 'mi-audit-bench-'));
const SOURCE = /(?<!\.d)\.[cm]?[jt]sx?$/;

/** @param {string} folder @returns {string[]} */
function sources(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => SOURCE.test(file) && !file.includes('node_modules'))
    .sort();
}

/** The sources that are read, and those that need not be. @param {string} tree */
function readOf(tree) {
  const { stdout } = spawnSync('node', [own, '--print-files'], { cwd: tree, encoding: 'utf8', maxBuffer: 1 << 30 });
  const lines = stdout.split('\n').map((line) => line.split('  '));
  const those = (/** @type {RegExp} */ what) =>
    lines.filter(([file = '', words = '']) => SOURCE.test(file) && what.test(words)).map(([file]) => file ?? '');
  return { read: those(/^audited/), unread: those(/^left out: (?:a test|for a page)/) };
}

/** @param {string[]} command @param {string} cwd */
function measure(command, cwd) {
  const [program = '', ...rest] = command;
  const run = spawnSync('/usr/bin/time', ['-f', '%e %U %S %M', program, ...rest], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [wall = 0, user = 0, system = 0, memory = 0] = (run.stderr.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  return { wall, cpu: user + system, memory: memory / 1024 };
}

/** @param {number[]} list */
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

/** @param {string} name @param {string} tree */
function compare(name, tree) {
  const files = sources(tree);
  const known = readOf(tree);
  const chosen = tools.filter((tool) => values.only === undefined || tool.name.includes(values.only));
  const cache = path.join(scratch, 'cache');
  /** @type {Map<string, ReturnType<typeof measure>[]>} */
  const results = new Map(chosen.map((tool) => [tool.name, []]));
  for (let run = 0; run < Number(values.runs); run++) {
    for (const { name: tool, command, prepare } of chosen) {
      const words = command(cache);
      if (words[0] !== 'node' && !existsSync(words[0] ?? '')) continue;
      if (prepare === 'warm') measure(words, tree);
      if (prepare === 'read' || prepare === 'unread')
        for (const file of known[prepare].slice(run * 3, run * 3 + 3))
          appendFileSync(path.join(tree, file), `\n;(() => ${run})();\n`);
      results.get(tool)?.push(measure(words, tree));
    }
  }
  const wall = (/** @type {string} */ tool) => median((results.get(tool) ?? []).map((one) => one.wall));
  console.log(`\n### ${name}: ${files.length} files\n`);
  console.log('| tool | wall, s | CPU, s | peak, MB | wall / oxlint | wall / ast-grep |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const [tool, list] of results) {
    if (list.length === 0) continue;
    const ratio = (/** @type {string} */ peer) => (wall(peer) > 0 ? (wall(tool) / wall(peer)).toFixed(1) : '');
    const [cpu, memory] = [median(list.map((one) => one.cpu)), median(list.map((one) => one.memory))];
    const cells = [
      wall(tool).toFixed(2),
      cpu.toFixed(2),
      memory.toFixed(0),
      ratio('oxlint'),
      ratio('ast-grep, rule pack'),
    ];
    console.log(`| ${tool} | ${cells.join(' | ')} |`);
  }
}

const [processor] = os.cpus();
console.log(
  `${os.cpus().length} × ${processor?.model ?? 'processor'}, ${os.type()} ${os.release()}, Node ${process.version},`,
);
console.log(`load ${os.loadavg()[0]?.toFixed(1)} at the start, ${values.runs} runs in turn, medians`);
try {
  for (const [index, folder] of positionals.entries()) {
    const copy = path.join(scratch, `tree-${index}`);
    cpSync(folder, copy, { recursive: true });
    compare(path.basename(path.resolve(folder)), copy);
  }
  for (const count of values.generate ?? []) {
    const tree = path.join(scratch, `generated-${count}`);
    generate(tree, Number(count));
    compare(`generated monorepo`, tree);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
