import { posix } from 'node:path';
import { isBuildFile } from '../knowledge/build-files.js';
import { pollingClients } from '../knowledge/sockets/polling.js';
import {
  BROWSER_ONLY_NAME,
  BROWSER_PACKAGES,
  FRONT_END_FRAMEWORKS,
  NODE_PACKAGES,
  SERVER_FRAMEWORKS,
  SERVER_ONLY_IMPORTS,
  SERVER_PACKAGES,
  serverFiles,
} from '../knowledge/server-files.js';
import { isTestFile } from '../knowledge/test-files.js';
import type { Input, Manifest } from '../model/input.js';

/*
 * What a server does not load is not read: tests, what is for a page, and what a bundler made. They are half of many repositories, and
 * rules say nothing in them. Their text and the packages around them tell, which can be wrong: so each is read after all where code
 * that is read names it.
 */

/** Why a file is left unread as long as nothing names it. */
export type Unread = 'test' | 'page' | 'bundle';

/**
 * What the packages around a file make of it, in letters: `f`, it is in a package of a front end; `c`, its package has components; `p`,
 * it could be for a page if its text says so. Nothing else about the project counts, so that it can be written down with the file.
 */
export type Surroundings = '' | 'p' | 'pc' | 'pcf';

/** What frameworks for pages, and tools that render them on the server, make of a manifest. */
interface Package {
  readonly dir: string;
  readonly hasComponents: boolean;
  readonly isFrontEnd: boolean;
  /** Where its frameworks look for what they run on the server. */
  readonly conventions: readonly RegExp[];
}

/** By the packages around, which files could be for pages. */
export function surroundingsIn(manifests: readonly Manifest[]): (file: string) => Surroundings {
  const packages = manifests.map(packageOf);
  if (!packages.some(({ hasComponents }) => hasComponents)) return () => '';
  const byDir = new Map(packages.map((one) => [one.dir, one]));
  const root = byDir.get('.');
  return (file) => {
    if (isBuildFile(file)) return '';
    const own = nearest(byDir, file);
    const inside = own && own.dir !== '.' ? file.slice(own.dir.length + 1) : file;
    if (own?.conventions.some((pattern) => pattern.test(inside))) return '';
    if (own?.isFrontEnd) return 'pcf';
    if (FOR_SERVERS.test(file)) return '';
    return own?.hasComponents || root?.hasComponents ? 'pc' : 'p';
  };
}

/** Whether and why each file of a project need not be read, asked of its text once. */
export function unreadIn(manifests: readonly Manifest[]): (input: Input) => Unread | undefined {
  const around = surroundingsIn(manifests);
  const told = new Map<Input, Unread | undefined>();
  return (input) => {
    if (!told.has(input)) told.set(input, unread(input, around(input.file)));
    return told.get(input);
  };
}

function packageOf({ dir, dependencies, devDependencies }: Manifest): Package {
  const has = (name: string) => dependencies[name] !== undefined || devDependencies[name] !== undefined;
  const hasComponents = FRONT_END_FRAMEWORKS.some(has);
  const conventions = serverFiles.filter(({ packages, exports }) => !exports && (!packages || packages.some(has)));
  return {
    dir,
    hasComponents,
    isFrontEnd: hasComponents && !SERVER_FRAMEWORKS.some(has),
    conventions: conventions.map(({ files }) => new RegExp(files)),
  };
}

function nearest(byDir: ReadonlyMap<string, Package>, file: string): Package | undefined {
  for (let dir = posix.dirname(file); ; dir = posix.dirname(dir)) {
    const found = byDir.get(dir);
    if (found || dir === '.') return found;
  }
}

/** Whether and why a file need not be read. One with a comment for this tool is: whether that is sound is said wherever it stands. */
export function unread({ file, language, text }: Input, around: Surroundings): Unread | undefined {
  const kind = isTestFile(file) ? 'test' : isOfBundler(file, text) ? 'bundle' : isOfPage(file, language, text, around);
  return kind && !text.includes('mi-audit-') ? kind : undefined;
}

/** Folders whose code runs on a server, also where it renders components, as mails do. */
const FOR_SERVERS =
  /(?:^|\/)(?:server|servers|api|apis|backend|back-end|functions|workers?|jobs?|crons?|emails?|mails?|mailers?)\/|\.server\.\w+$/i;

// All of these are bounded: a text is looked at before anybody knows what it is.
const IMPORTED = /\b(?:from|import|require)\s{0,9}\(?\s{0,9}(?:'([^'\n]{1,300})'|"([^"\n]{1,300})")/g;
/** Of names that are imported at once, in characters. */
const LONGEST_LIST = 1000;
const ELSEWHERE: ReadonlySet<string> = new Set([
  ...SERVER_FRAMEWORKS,
  ...SERVER_ONLY_IMPORTS,
  // With which transports a page connects is asked of it.
  ...pollingClients.flatMap(({ api }) => api.split(':')[0] ?? []),
]);
/** What a page's module has for the server besides, and what marks a module that has nothing else. */
const EXPORTS = [...new Set(serverFiles.flatMap(({ exports = [] }) => exports))].join('|');
const FOR_SERVER = new RegExp(
  String.raw`^#!|['"]use server['"]|\bexport\s{1,9}(?:async\s{1,9})?(?:const|let|var|function)\s{1,9}(?:${EXPORTS})\b|\bexport\s{0,9}\{[^}]{0,400}\b(?:${EXPORTS})\b|\bexports\.(?:${EXPORTS})\b`,
);
const NODE_GLOBALS = /\b(?:process|Buffer|__dirname|__filename)\b/;
const JSX = /<\/|\/>/;

function isOfPage(file: string, language: Input['language'], text: string, around: Surroundings): 'page' | undefined {
  if (around === '') return undefined;
  const imported = importsIn(text);
  if (imported.some(({ specifier }) => isForServer(specifier)) || FOR_SERVER.test(text)) return undefined;
  if (BROWSER_ONLY_NAME.test(file)) return 'page';
  const isComponent = (language === 'tsx' || language === 'jsx') && JSX.test(text);
  const isShown = imported.some((one) => BROWSER_PACKAGES.test(one.specifier) && !isOfTypes(text, one));
  if (isShown && isComponent) return 'page';
  if (NODE_GLOBALS.test(text)) return undefined;
  return isShown || around === 'pcf' || (isComponent && around === 'pc') ? 'page' : undefined;
}

interface Import {
  readonly specifier: string;
  /** Where the specifier is introduced. */
  readonly at: number;
}

function importsIn(text: string): Import[] {
  return [...text.matchAll(IMPORTED)].map(({ 1: single, 2: double, index }) => ({
    specifier: (single ?? double) as string,
    at: index,
  }));
}

function isOfTypes(text: string, { at }: Import): boolean {
  return /\bimport\s{1,9}type\b[^;'"]*$/.test(text.slice(Math.max(0, at - LONGEST_LIST), at));
}

function isForServer(specifier: string): boolean {
  if (specifier.startsWith('node:')) return true;
  return NODE_PACKAGES.test(specifier) || SERVER_PACKAGES.test(specifier) || ELSEWHERE.has(specifier);
}

/** `chunk-KS7C4IRE.js`, `vendor.4b8c97f93d66db15e751.js`: a name that changes with the content. */
const WITH_HASH = /[.-](?:([\w-]{8,10})|[0-9a-f]{16,64})\.[cm]?js$/;
/** In characters. */
const SAMPLE = 4096;

/** Made for a page or a server out of other files, which are the ones to be read; the names in it are those of a machine. */
function isOfBundler(file: string, text: string): boolean {
  const name = WITH_HASH.exec(file);
  if (!name || FOR_SERVERS.test(file)) return false;
  const [, short] = name;
  if (short !== undefined && [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(short)).length < 2) return false;
  // Either can be a list of something.
  return [0, text.length / 2].some((from) => isMangled(text.slice(from, from + SAMPLE)));
}

function isMangled(sample: string): boolean {
  return (sample.match(/\b[A-Za-z_$]\b/g) ?? []).length * 50 > sample.length;
}
