// Makes dist/lib/ of dist/, which is what is published: `node scripts/bundle.js DIST`.
//
// Loading a thousand small files, ours and those of the packages that we use, takes longer than auditing a small application, and most of
// what the packages hold is not used. So there is one file of all that a short answer takes, lib/quick.js, and a few of everything else. In
// these each module is there once, whoever asks for it, so that plugins meet one copy of the interface. What is published has the types
// of the interface, and the licences of what it holds, beside it.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { compilerFile, compilerModules } from './compiler.js';

const dist = path.resolve(process.argv[2] ?? 'dist');
const lib = path.join(dist, 'lib');

/** By the name of the file. The thread that reads is begun by its name, and the others are named in package.json and bin/. */
const ENTRIES = {
  cli: 'src/cli/index.js',
  api: 'src/api/index.js',
  audit: 'src/api/audit.js',
  'rule-tester': 'src/api/rule-tester.js',
  worker: 'src/read/worker.js',
};

/** Loads configurations in TypeScript and brings a compiler of its own, which few need; nobody asks cosmiconfig for its own. */
const NOT_HERE = ['jiti', 'typescript'];

const HOLDS =
  'The files beside this one hold parts of these packages, put together and made smaller. Within @ts-morph/common that is the parser of\n' +
  'TypeScript, (c) Microsoft Corporation, whose licence stands there as well.';
/** ts-morph does not bring it along. */
const COMPILER_LICENSE = fileURLToPath(new URL('../node_modules/typescript/LICENSE.txt', import.meta.url));

/** What most runs print; other formats are loaded when they are asked for. */
const TOGETHER = /\/(?:pretty|json)\.js$/;

/**
 * Modules that are not loaded as they are: importing `process` makes its streams, wanted or not, and starting programs, which
 * nothing in the short answer does, takes half of the network along. Which colours a terminal knows is always said.
 */
const INSTEAD = new Map([
  ['node:process', 'export default globalThis.process;'],
  ['node:child_process', 'export default {};'],
  ['#supports-color', 'export default { stdout: false, stderr: false };'],
]);

/** What the short answer loads when it is asked for, by the name of the file that it is here. */
/** @type {Map<string, string>} */
const later = new Map();

rmSync(lib, { recursive: true, force: true });
const packages = new Set([
  ...(await bundled({ quick: 'src/cli/quick.js' }, false, {
    name: 'later',
    resolveId(source, importer, { kind }) {
      if (INSTEAD.has(source)) return `\0${source}`;
      if (kind !== 'dynamic-import' || TOGETHER.test(source) || !importer) return null;
      const file = path
        .relative(dist, path.resolve(path.dirname(importer), source))
        .split(path.sep)
        .join('/');
      const name = file.replace(/^src\/|\.js$/g, '').replaceAll('/', '-');
      later.set(name, file);
      return { id: `./${name}.js`, external: true };
    },
    load: (id) => INSTEAD.get(id.slice(1)) ?? null,
  })),
  ...(await bundled({ ...ENTRIES, ...Object.fromEntries(later) }, true, compiler())),
]);
writeFileSync(
  path.join(lib, 'licenses.txt'),
  `${HOLDS}\n\n${[...new Set([...packages].map(license))].sort().join('\n\n')}\n`,
);
for (const file of typesOf(
  ['index', 'audit', 'rule-tester'].map((name) => path.join(dist, 'src', 'api', `${name}.d.ts`)),
)) {
  const to = path.join(dist, 'types', path.relative(dist, file));
  mkdirSync(path.dirname(to), { recursive: true });
  copyFileSync(file, to);
}

/**
 * @param {Record<string, string>} entries By name, files of dist/.
 * @param {boolean} codeSplitting
 * @param {import('rolldown').Plugin} plugin
 * @returns {Promise<string[]>} The folders of the packages that are in it.
 */
async function bundled(entries, codeSplitting, plugin) {
  const bundle = await rolldown({
    input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path.join(dist, file)])),
    platform: 'node',
    // Some packages have a form for bundlers in which one file finds the other.
    resolve: { mainFields: ['module', 'main'] },
    external: NOT_HERE,
    preserveEntrySignatures: 'strict',
    treeshake: { propertyReadSideEffects: false },
    plugins: [plugin],
  });
  const { output } = await bundle.write({
    dir: lib,
    format: 'esm',
    // The compiler by itself, since half of the commands do without.
    codeSplitting: codeSplitting && { groups: [{ name: 'compiler', test: /^\0(?:ts-morph$|compiler:)/ }] },
    comments: false,
    minify: true,
    // In one folder: some look for what lies beside them, or one above.
    chunkFileNames: '[name].part.js',
  });
  await bundle.close();
  return output
    .flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
    .flatMap((id) => packageOf(id) ?? []);
}

/** In place of ts-morph, the part of its compiler that is used. */
function compiler() {
  const modules = compilerModules();
  const texts = new Map([
    ['ts-morph', "import * as ts from 'compiler:compiler'; export { ts };"],
    ['compiler:compiler', modules.compiler],
    ['compiler:diagnostics', modules.diagnostics],
  ]);
  return {
    name: 'compiler',
    resolveId: (/** @type {string} */ source) => (texts.has(source) ? `\0${source}` : null),
    load: (/** @type {string} */ id) => texts.get(id.slice(1)) ?? null,
  };
}

/** The folder of the package that a module is of; none for our own. */
function packageOf(/** @type {string} */ id) {
  const file = id.startsWith('\0compiler:') ? compilerFile : id;
  const [, found] = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file) ?? [];
  return found;
}

/** The notice that a package wants to be kept with every copy of it. */
function license(/** @type {string} */ of) {
  const file = readdirSync(of).find((name) => /^licen[cs]e(?:[.-][\w.]+)?$/i.test(name));
  if (!file) throw new Error(`${of} has no licence`);
  const { name, version, license: terms } = JSON.parse(readFileSync(path.join(of, 'package.json'), 'utf8'));
  const texts = [path.join(of, file), ...(compilerFile.startsWith(of) ? [COMPILER_LICENSE] : [])];
  return `== ${name} ${version} (${terms})\n\n${texts.map((text) => readFileSync(text, 'utf8').trim()).join('\n\n')}`;
}

/** Declarations with those that they name. */
function typesOf(/** @type {string[]} */ files) {
  const found = new Set(files);
  for (const file of found) {
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()['"](\.[^'"]+)\.js['"]/g))
      found.add(path.resolve(path.dirname(file), `${name}.d.ts`));
  }
  return found;
}
