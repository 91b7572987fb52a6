import { posix } from 'node:path';
import {
  BROWSER_GLOBALS,
  BROWSER_ONLY_IMPORTS,
  BROWSER_ONLY_NAME,
  BROWSER_PACKAGES,
  COMPONENT_FRAMEWORKS,
  FRONT_END_FRAMEWORKS,
  FRONT_END_TOOLS,
  NODE_PACKAGES,
  PERSONAL_PACKAGES,
  ROUTE_MODULE_EXPORTS,
  SERVER_FRAMEWORKS,
  SERVER_ONLY_IMPORTS,
  SERVER_ONLY_NAME,
  SERVER_PACKAGES,
} from '../../knowledge/server-files.js';
import type { Manifest } from '../../model/input.js';
import type { Linked, Tables } from '../tables.js';

/*
 * What a single file is for, as far as it and its package tell. Folder names break ties only: they are asked where no entry
 * reaches a file.
 */

/** What a file says of itself. */
type OneFile = Pick<Linked, 'file' | 'facts'>;

const SCRIPT_PATH =
  /(?:^|\/)(?:\.?scripts?|tools?|bin|cli|seeds?|seeders?|migrations?|codegen|generators?|examples?|samples?|docs?|demos?|extra|contrib)\//i;
/** `sample.js` beside a library shows how it is used. */
const SAMPLE_NAME = /^(?:sample|example|demo)s?(?:[-_.][\w-]+)?\.[cm]?[jt]sx?$/i;
/** Jobs of a server are called like this as well; in a package without a command of its own they are no commands. */
const COMMAND_PATH = /(?:^|\/)(?:commands?)\//i;
const BROWSER_PATH =
  /(?:^|\/)(?:client|frontend|front-end|web-?ui|ui|webapp|public|static|assets|browser|www|components|hooks|views|widgets)\//i;
/** Of a package's own folder only the words that mean nothing else. */
const BROWSER_PACKAGE_PATH = /(?:^|\/)(?:client|frontend|front-end|web-?ui|ui|webapp|browser|www)(?:\/|$)/i;

/** In a folder of tools for whoever works on the application. */
export function isDevelopmentFile(file: string): boolean {
  return /(?:^|\/)(?:dev|dev-?tools?|tools?|\.?scripts?)\//i.test(file);
}

/** The path below the file's own manifest: the names of folders above say nothing about the files of a package. */
export function insideOf(unit: Pick<Linked, 'file' | 'manifest'>): string {
  const dir = unit.manifest?.dir ?? '.';
  return dir === '.' ? unit.file : unit.file.slice(dir.length + 1);
}

export function isScriptFolder(unit: Linked): boolean {
  return (
    SCRIPT_PATH.test(unit.file) ||
    SAMPLE_NAME.test(posix.basename(unit.file)) ||
    (COMMAND_PATH.test(unit.file) && Object.keys(unit.manifest?.bin ?? {}).length > 0)
  );
}

export function dependsOn(manifest: Manifest, packages: readonly string[]): boolean {
  return packages.some(
    (name) => manifest.dependencies[name] !== undefined || manifest.devDependencies[name] !== undefined,
  );
}

/** A package of browser code: a page and what builds it, or components for pages, and nothing that answers requests. */
export function isFrontEnd(tables: Tables, manifest: Manifest): boolean {
  // Their components, which are no source files to us, import the rest; what runs on the server has its places.
  if (dependsOn(manifest, COMPONENT_FRAMEWORKS)) return true;
  if (BROWSER_PACKAGE_PATH.test(manifest.dir) && !listensInside(tables, manifest)) return true;
  if (SERVER_FRAMEWORKS.some((name) => manifest.dependencies[name] !== undefined)) return false;
  if (FRONT_END_FRAMEWORKS.some((name) => manifest.dependencies[name] !== undefined))
    return !listensInside(tables, manifest);
  const page = ['index.html', 'public/index.html', 'src/index.html'].some((file) =>
    tables.modules.has(posix.join(manifest.dir, file)),
  );
  return page && dependsOn(manifest, FRONT_END_TOOLS) && !listensInside(tables, manifest);
}

/** A program on somebody's own machine, of which nobody starts a second instance. */
export function isPersonal(manifest: Manifest): boolean {
  return (
    dependsOn(manifest, PERSONAL_PACKAGES) &&
    !SERVER_FRAMEWORKS.some((name) => manifest.dependencies[name] !== undefined)
  );
}

function listensInside(tables: Tables, manifest: Manifest): boolean {
  return tables.units.some((unit) => unit.manifest === manifest && listens(unit));
}

/** Files that no entry reaches: loaded by name at run time, or not at all. Their folder and what they import speak. */
export function leftoverRole(unit: Linked, frontEnd: boolean): 'script' | 'browser' | 'server' | 'worker' {
  if (unit.facts.shebang) return 'script';
  if (isBrowserCode(unit)) return 'browser';
  if (SERVER_ONLY_NAME.test(unit.file)) return 'server';
  if ((frontEnd || BROWSER_PATH.test(insideOf(unit))) && !importsServer(unit) && !usesNodeOnly(unit)) return 'browser';
  // A command line may have commands that start the server or a worker.
  const name = posix.basename(unit.file);
  if (isScriptFolder(unit) || COMMAND_PATH.test(unit.file))
    return /^(?:start|serve|server|web)\b/.test(name)
      ? 'server'
      : /worker|consumer/.test(name)
        ? 'worker'
        : isScriptFolder(unit)
          ? 'script'
          : 'server';
  return 'server';
}

const toldOfPage = new WeakMap<Linked, boolean>();

/** A component, or what works on a page: when a server renders it, what it keeps is kept by the page all the same. */
export function isBrowserCode(unit: Linked): boolean {
  // Asked of each file once for every role and way it is reached by.
  let isIt = toldOfPage.get(unit);
  if (isIt === undefined) {
    isIt = worksOnPage(unit);
    toldOfPage.set(unit, isIt);
  }
  return isIt;
}

/** As {@link isBrowserCode}, of a file that is not linked yet. */
export function worksOnPage(unit: OneFile): boolean {
  const { facts } = unit;
  if (facts.functions[0]?.directive === 'use client') return true;
  if (isForServer(unit)) return false;
  if (BROWSER_ONLY_NAME.test(unit.file) || imports(unit, BROWSER_ONLY_IMPORTS)) return true;
  const globals = BROWSER_GLOBALS.filter((name) => facts.globals.includes(name)).length;
  const packages = facts.imports.some(({ specifier, typeOnly }) => !typeOnly && BROWSER_PACKAGES.test(specifier));
  return globals >= 2 || (facts.jsx === true && packages) || (packages && globals > 0) || (packages && !usesNode(unit));
}

/** Imports or says what no page can have. */
export function isForServer(unit: OneFile): boolean {
  return importsServer(unit) || usesNodeOnly(unit) || isServerOnly(unit);
}

/** Said by its name, by a marker import, or by what a framework runs on the server only. */
function isServerOnly(unit: OneFile): boolean {
  return (
    SERVER_ONLY_NAME.test(unit.file) ||
    imports(unit, SERVER_ONLY_IMPORTS) ||
    unit.facts.functions[0]?.directive === 'use server' ||
    unit.facts.exports.some(({ name }) => ROUTE_MODULE_EXPORTS.has(name))
  );
}

function imports(unit: OneFile, packages: readonly string[]): boolean {
  return unit.facts.imports.some(({ specifier, typeOnly }) => !typeOnly && packages.includes(specifier));
}

function usesNode(unit: OneFile): boolean {
  return (
    unit.facts.globals.some((name) => name === 'process' || name === '__dirname' || name === 'Buffer') ||
    unit.facts.imports.some(({ specifier }) => specifier.startsWith('node:'))
  );
}

function usesNodeOnly(unit: OneFile): boolean {
  return unit.facts.imports.some(
    ({ specifier, typeOnly }) => !typeOnly && NODE_PACKAGES.test(specifier.replace(/^node:/, '')),
  );
}

export function importsServer(unit: OneFile): boolean {
  return unit.facts.imports.some(
    ({ specifier, typeOnly }) => !typeOnly && SERVER_PACKAGES.test(specifier.replace(/^node:/, '')),
  );
}

/** The file calls `listen` or bootstraps a framework. Told from names here: values are not known yet. */
export function listens(unit: Linked): boolean {
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
