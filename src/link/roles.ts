import { posix } from 'node:path';
import type { ScriptFact } from '../model/facts.js';
import type { Role } from '../model/program.js';
import type { Linked, Tables } from './tables.js';

/*
 * Which processes reach which files. Entry points come from package.json (scripts, bin, main) and from what a file does (it
 * listens, or is a framework's convention); from there the module graph is followed. Only files that no entry reaches are judged
 * by the names of their folders.
 */

const TEST_PATH =
  /(?:^|\/)(?:__tests__|__mocks__|tests?|specs?|e2e|cypress|playwright|testing|test-utils?|test-helpers?|fixtures|mocks?|benchmarks?|bench)\/|[.-](?:test|spec|e2e-spec|e2e|cy|stories|story|bench|mock)\.[cm]?[jt]sx?$|(?:^|\/)(?:jest|vitest|karma|cypress|playwright|mocha)\b[^/]*\.[cm]?[jt]s$/;
const BUILD_PATH =
  /(?:^|\/)(?:[\w.-]+\.config|\.[\w-]+rc|gulpfile|gruntfile|webpack[\w.-]*|rollup[\w.-]*|craco\.config|next\.config)\.[cm]?[jt]s$/i;
const SCRIPT_PATH =
  /(?:^|\/)(?:scripts?|tools?|tasks|bin|cli|commands?|seeds?|seeders?|migrations?|codegen|generators?|examples?|docs?|demo|extra|contrib)\//i;
const BROWSER_PATH =
  /(?:^|\/)(?:client|frontend|front-end|web-?ui|ui|webapp|public|static|assets|browser|www|components|hooks|views|widgets)\//i;
const NEXT_SERVER =
  /(?:^|\/)(?:src\/)?(?:pages\/api\/.+|app\/(?:.+\/)?route|middleware|instrumentation|proxy)\.[cm]?[jt]sx?$/;
const BROWSER_GLOBALS = [
  'window',
  'document',
  'navigator',
  'localStorage',
  'sessionStorage',
  'HTMLElement',
  'customElements',
];
const BROWSER_PACKAGES =
  /^(?:react|react-dom|vue|svelte|preact|solid-js|@angular\/\w+|jquery|@vue\/\w+|lit|pinia|zustand|react-router-dom|@mui\/\w+|antd|vuex|vue-router)(?:\/|$)/;
const SERVER_PACKAGES =
  /^(?:express|fastify|koa|@hapi\/hapi|@nestjs\/core|restify|polka|http|https|net|http2|socket\.io|ws|hono|@hono\/node-server|sails|@feathersjs\/feathers|apollo-server|@apollo\/server|graphql-yoga|micro|next)$/;

/** Which role a package.json script gives to the files it starts. */
export function roleOfScript(name: string): Role {
  if (/migrat|(?:^|[:\-_.])seeds?(?:$|[:\-_.])/.test(name)) return 'script';
  if (/(?:^|[:\-_.])(?:workers?|queues?|cron|scheduler|consumers?)(?:$|[:\-_.])/.test(name)) return 'worker';
  if (/(?:^|[:\-_])(?:test|e2e|spec|lint|coverage|cypress|playwright|bench)/.test(name)) return 'test';
  if (
    /^(?:pre|post)?(?:start|serve|server|prod|production|dev|develop|development|watch|web|api|app|up)(?:$|[:\-_.])/.test(
      name,
    )
  )
    return 'server';
  if (/(?:^|[:\-_])(?:workers?|queues?|jobs?|cron|scheduler|consumer)/.test(name)) return 'worker';
  if (
    /(?:^|[:\-_])(?:build|compile|bundle|webpack|rollup|generate|codegen|typecheck|format|prepare|prepack|release)/.test(
      name,
    )
  )
    return 'build';
  return 'script';
}

const LAUNCHERS =
  /^(?:node|nodejs|ts-node|ts-node-dev|tsx|nodemon|bun|deno|pm2|pm2-runtime|forever|babel-node|esno|vite-node|swc-node|supervisor|tsnd|sucrase-node|jiti|node-dev)$/;
const PREFIXES = /^(?:cross-env|env|dotenv|npx|exec|pnpx|yarn|pnpm|time|nice|wait-on|env-cmd|dotenvx|cross-env-shell)$/;

/** Files that a command starts with Node, as written. */
function started(words: readonly string[]): string[] {
  // `npm run with-env -- node server.js`: what stands behind the dashes is run by the script.
  const behind = /^(?:npm|pnpm|yarn|bun)$/.test(words[0] ?? '') ? words.indexOf('--') : -1;
  if (behind > 0) return started(words.slice(behind + 1));
  let at = 0;
  while (
    at < words.length &&
    (PREFIXES.test(words[at] as string) ||
      /^\w+=/.test(words[at] as string) ||
      words[at] === '--' ||
      (at > 0 && (words[at] as string).startsWith('-') && !LAUNCHERS.test(words[at] as string)))
  )
    at++;
  const launcher = words[at];
  if (!launcher) return [];
  if (/(?:^|\/)[\w.-]+\.[cm]?[jt]sx?$/.test(launcher)) return [launcher];
  if (!LAUNCHERS.test(launcher)) return [];
  const found: string[] = [];
  for (let i = at + 1; i < words.length; i++) {
    const word = words[i] as string;
    if (word === 'start' || word === 'watch' || word === 'run') continue;
    if (
      word === '-r' ||
      word === '--require' ||
      word === '--import' ||
      word === '--loader' ||
      word === '-P' ||
      word === '--project' ||
      word === '--watch' ||
      word === '-e' ||
      word === '--ext'
    ) {
      if (word !== '--watch') i++;
      continue;
    }
    if (word === '--exec' || word === '-x') {
      found.push(...(words[i + 1] ? started((words[i + 1] as string).split(/\s+/)) : []));
      i++;
      continue;
    }
    if (word.startsWith('-')) continue;
    found.push(word);
    break;
  }
  return found;
}

/** Scripts that a script runs: `npm run x`, `yarn x`, `run-s a b`, `concurrently "npm:x"`. */
function scriptsRun(words: readonly string[], scripts: ReadonlyMap<string, ScriptFact>): string[] {
  const found: string[] = [];
  const runner = words.findIndex((word) =>
    /^(?:npm|yarn|pnpm|bun|run-s|run-p|npm-run-all|concurrently|npm-run-all2|turbo|nx)$/.test(word),
  );
  if (runner < 0) return found;
  for (const word of words.slice(runner + 1)) {
    for (const part of word.split(/\s+/)) {
      const name = part.replace(/^npm:/, '');
      if (name !== 'run' && scripts.has(name)) found.push(name);
    }
  }
  return found;
}

/** The commands that `npm start` (or another script) runs, through other scripts too; `via` is the script itself or its `pre` hook. */
export function scriptChain(
  scripts: readonly ScriptFact[],
  script: string,
): { via: ScriptFact; words: readonly string[] }[] {
  const found: { via: ScriptFact; words: readonly string[] }[] = [];
  const byName = new Map(scripts.map((fact) => [fact.name, fact]));
  const seen = new Set<string>();
  const visit = (name: string, via?: ScriptFact): void => {
    if (seen.has(name)) return;
    seen.add(name);
    if (byName.has(`pre${name}`)) visit(`pre${name}`, via);
    const fact = byName.get(name);
    if (!fact) return;
    for (const words of fact.commands) {
      found.push({ via: via ?? fact, words });
      for (const next of scriptsRun(words, byName)) visit(next, via ?? fact);
    }
  };
  visit(script);
  return found;
}

/** Gives every unit its roles. */
export function assignRoles(tables: Tables): void {
  const entries = new Map<Linked, Set<Role>>();
  const enter = (file: string | undefined, role: Role): void => {
    const unit = file === undefined ? undefined : tables.byFile.get(file);
    if (!unit) return;
    const roles = entries.get(unit) ?? new Set<Role>();
    roles.add(role);
    entries.set(unit, roles);
  };
  for (const unit of tables.units) {
    const byPath = roleByPath(unit);
    if (byPath) enter(unit.file, byPath);
  }
  for (const manifest of tables.manifests) {
    const scripts = tables.scripts.get(manifest) ?? [];
    for (const { name } of scripts) {
      for (const { words } of scriptChain(scripts, name)) {
        const launched = started(words);
        for (const file of launched) enterUnlessTest(tables.modules.entry(manifest.dir, file), roleOfScript(name));
        // A tool told to load a file (`typeorm migration:run -d src/data-source.ts`) does not serve with it.
        for (const word of words) {
          const file = word.replace(/^--?[\w-]+=/, '');
          if (/^[^-].*\.[cm]?[jt]s$/.test(file) && !launched.includes(file))
            enterUnlessTest(tables.modules.entry(manifest.dir, file), 'script');
        }
      }
    }
    for (const path of Object.values(manifest.bin)) {
      const file = tables.modules.entry(manifest.dir, path);
      const unit = file ? tables.byFile.get(file) : undefined;
      if (unit) enterUnlessTest(file, listens(unit) ? 'server' : 'script');
    }
    if (manifest.main) enterUnlessTest(tables.modules.entry(manifest.dir, manifest.main), 'server');
    for (const conventional of ['server', 'index', 'app', 'main', 'src/server', 'src/index', 'src/app', 'src/main']) {
      const file = tables.modules.entry(manifest.dir, conventional);
      const unit = file ? tables.byFile.get(file) : undefined;
      if (unit && listens(unit)) enterUnlessTest(file, 'server');
    }
  }
  function enterUnlessTest(file: string | undefined, role: Role): void {
    if (file !== undefined && !TEST_PATH.test(file) && !BUILD_PATH.test(file)) enter(file, role);
  }
  for (const unit of tables.units) {
    if (TEST_PATH.test(unit.file) || BUILD_PATH.test(unit.file) || entries.has(unit)) continue;
    if (NEXT_SERVER.test(unit.file) && depends(unit, /^next$/)) enter(unit.file, 'server');
    else if (listens(unit)) enter(unit.file, SCRIPT_PATH.test(unit.file) ? 'script' : 'server');
  }
  for (const [unit, roles] of entries) for (const role of roles) spread(tables, unit, role);
  // Tests reach everything; what only they and no entry reach is loaded by name at run time, or not at all.
  const unreached = tables.units.filter(
    (unit) => !entries.has(unit) && [...unit.roles].every((role) => role === 'test'),
  );
  for (const unit of unreached) for (const role of leftover(unit)) spread(tables, unit, role);
  for (const unit of tables.units) demoteBrowser(unit);
}

function roleByPath(unit: Linked): Role | undefined {
  if (TEST_PATH.test(unit.file)) return 'test';
  if (BUILD_PATH.test(unit.file)) return 'build';
  if (unit.facts.functions[0]?.directive === 'use client') return 'browser';
  return undefined;
}

/** Everything an entry reaches has its role; tests and build files are not entered from elsewhere. */
function spread(tables: Tables, entry: Linked, role: Role): void {
  const queue = [entry];
  const seen = new Set<Linked>();
  while (queue.length) {
    const unit = queue.pop() as Linked;
    if (seen.has(unit)) continue;
    seen.add(unit);
    if (unit !== entry && role !== 'test' && role !== 'build' && TEST_PATH.test(unit.file)) continue;
    unit.roles.add(role);
    for (const { specifier, typeOnly } of unit.facts.imports) {
      if (typeOnly) continue;
      const target = tables.target(unit, specifier);
      const next = target.kind === 'file' ? tables.byFile.get(target.file) : undefined;
      if (next) queue.push(next);
    }
  }
}

/** Files that no entry reaches: loaded by name at run time, or not at all. Their folder and what they import speak. */
function leftover(unit: Linked): Role[] {
  if (unit.facts.shebang) return ['script'];
  if (isBrowserCode(unit)) return ['browser'];
  if (BROWSER_PATH.test(unit.file) && !importsServer(unit)) return ['browser'];
  // A command line may have commands that start the server or a worker.
  const name = posix.basename(unit.file);
  if (SCRIPT_PATH.test(unit.file))
    return /^(?:start|serve|server|web)\b/.test(name)
      ? ['server']
      : /worker|consumer/.test(name)
        ? ['worker']
        : ['script'];
  return ['server'];
}

/** A component that a server framework renders is judged as browser code: what it keeps is kept by the page. */
function demoteBrowser(unit: Linked): void {
  if (!unit.roles.has('server') || !isBrowserCode(unit) || NEXT_SERVER.test(unit.file)) return;
  unit.roles.delete('server');
  unit.roles.add('browser');
}

function isBrowserCode(unit: Linked): boolean {
  if (importsServer(unit)) return false;
  const { facts } = unit;
  if (facts.functions[0]?.directive === 'use client') return true;
  const globals = BROWSER_GLOBALS.filter((name) => facts.globals.includes(name)).length;
  const packages = facts.imports.some(({ specifier, typeOnly }) => !typeOnly && BROWSER_PACKAGES.test(specifier));
  return globals >= 2 || (facts.jsx === true && packages) || (packages && globals > 0) || (packages && !usesNode(unit));
}

function usesNode(unit: Linked): boolean {
  return (
    unit.facts.globals.some((name) => name === 'process' || name === '__dirname' || name === 'Buffer') ||
    unit.facts.imports.some(({ specifier }) => specifier.startsWith('node:'))
  );
}

function importsServer(unit: Linked): boolean {
  return unit.facts.imports.some(
    ({ specifier, typeOnly }) => !typeOnly && SERVER_PACKAGES.test(specifier.replace(/^node:/, '')),
  );
}

function depends(unit: Linked, name: RegExp): boolean {
  const { manifest } = unit;
  return manifest
    ? [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)].some((dependency) =>
        name.test(dependency),
      )
    : false;
}

/** The file calls `listen` or bootstraps a framework. Told from names here: values are not known yet. */
function listens(unit: Linked): boolean {
  if (
    !importsServer(unit) &&
    !unit.facts.imports.some(({ specifier }) => /(?:app|server)(?:\.[jt]s)?$/i.test(specifier))
  )
    return false;
  return (
    unit.facts.calls.some(
      ({ callee }) =>
        callee.k === 'member' &&
        (callee.name === 'listen' ||
          (callee.name === 'create' &&
            callee.of.k === 'id' &&
            unit.facts.bindings[callee.of.b]?.name === 'NestFactory') ||
          (callee.name === 'start' && importsServer(unit) && posix.basename(unit.file).startsWith('server'))),
    ) ||
    unit.facts.calls.some(
      ({ callee }) => callee.k === 'id' && unit.facts.bindings[callee.b]?.from?.specifier === '@hono/node-server',
    )
  );
}
