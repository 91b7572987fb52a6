// Parser tests that nobody here wrote, each file through the whole tool: `npm run conformance -- [FILES]`. The packages are fetched from the
// registry into a temporary folder. Holds that nothing crashes and that whatever cannot be read is named. The last line is always
// `N passed, N failed`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createJiti } from 'jiti';

/** Published with the sources of their tests, or made of nothing else. */
const PACKAGES = [
  { name: 'test262-parser-tests@0.0.5', what: 'of the standard, what must parse and what must not' },
  { name: 'tree-sitter-typescript@0.23.2', what: 'the grammar of another parser, with its examples' },
  { name: 'tree-sitter-javascript@0.25.0', what: 'the same, of JavaScript' },
  { name: 'hermes-parser@0.37.0', what: 'a parser of Flow, as it is published' },
  { name: 'typescript@6', what: 'the newest declarations and the largest files' },
];
const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
/** So many of one package at most, taken evenly from all of it. */
const MOST = Number(process.argv[2] ?? 6_000);

const scratch = mkdtempSync(path.join(tmpdir(), 'mi-audit-conformance-'));
const jiti = createJiti(import.meta.url);
/** @type {typeof import('../test/fuzz/trial.js')} */
const { tried } = await jiti.import('../test/fuzz/trial.ts');
/** @type {typeof import('../src/disk/decode.js')} */
const { decode } = await jiti.import('../src/disk/decode.ts');

/** @type {Record<string, { files: number, parsed: number, problems: number, crashes: number }>} */
const table = {};
const SERVER = "const app = require('express')();\napp.get('/', (q, r) => r.end());\napp.listen(3000);\n";

for (const { name } of PACKAGES) {
  let folder;
  try {
    folder = fetched(name);
  } catch (error) {
    console.log(`${name} could not be fetched: ${String(error).split('\n', 1)[0]}`);
    continue;
  }
  const row = { files: 0, parsed: 0, problems: 0, crashes: 0 };
  table[name] = row;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => SOURCE.test(file))
    .sort()
    .filter((_, at, all) => Math.floor((at * MOST) / all.length) !== Math.floor(((at - 1) * MOST) / all.length));
  for (const file of files) {
    row.files++;
    // Its own name could make it a test or a declaration, which is another matter.
    const named = `input${path.extname(file)}`;
    try {
      const text = decode(readFileSync(path.join(folder, file)));
      const app = new Map([
        ['package.json', '{ "name": "app", "dependencies": { "express": "^5.0.0" } }'],
        ['server.js', `require('./${named}');\n${SERVER}`],
        [named, text],
      ]);
      const { problems } = await tried(app);
      if (problems.some(({ file: of }) => of === named)) row.problems++;
      else row.parsed++;
    } catch (error) {
      row.crashes++;
      console.log(`${name} ${file}: ${String(error)}`);
    }
  }
  console.log(`${name}: ${JSON.stringify(row)}`);
}
rmSync(scratch, { recursive: true, force: true });
console.table(table);
const rows = Object.values(table);
const crashes = rows.reduce((sum, row) => sum + row.crashes, 0);
console.log(`${rows.reduce((sum, row) => sum + row.files, 0) - crashes} passed, ${crashes} failed`);
process.exitCode = crashes > 0 || rows.length === 0 ? 1 : 0;

/** @param {string} name */
function fetched(name) {
  const [tarball] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch, name], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const folder = path.join(scratch, name.replaceAll('/', '+'));
  mkdirSync(folder);
  execFileSync('tar', ['-xzf', path.join(scratch, tarball.filename), '-C', folder]);
  return folder;
}
