// What is compared, each as a command line for one tree. All run in the tree, print nowhere and may fail with findings.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = path.dirname(fileURLToPath(import.meta.url));
export const own = path.join(path.dirname(here), 'bin', 'mi-audit.js');
const peer = (/** @type {string} */ name) => path.join(here, 'node_modules', '.bin', name);

/** The program itself: the command of the package is put in its place by a script that installs may leave out. */
function astGrep() {
  const scope = path.join(here, 'node_modules', '@ast-grep');
  const platform = existsSync(scope) ? readdirSync(scope).find((name) => name.startsWith('cli-')) : undefined;
  return platform === undefined ? peer('ast-grep') : path.join(scope, platform, 'ast-grep');
}

/** @typedef {{ name: string, command: (cache: string) => string[], prepare?: 'warm' | 'read' | 'unread' }} Tool */

/** @type {Tool[]} */
export const tools = [
  { name: 'node -e 0', command: () => ['node', '-e', '0'] },
  { name: 'mi-audit, cold', command: () => ['node', own, '--no-cache', '--format', 'json'] },
  {
    name: 'mi-audit, warm, nothing changed',
    command: (cache) => ['node', own, '--cache-dir', cache, '--format', 'json'],
    prepare: 'warm',
  },
  {
    name: 'mi-audit, warm, 3 pages or tests changed',
    command: (cache) => ['node', own, '--cache-dir', cache, '--format', 'json'],
    prepare: 'unread',
  },
  {
    name: 'mi-audit, warm, 3 read files changed',
    command: (cache) => ['node', own, '--cache-dir', cache, '--format', 'json'],
    prepare: 'read',
  },
  { name: 'TypeScript, bare parse', command: () => ['node', path.join(here, 'parse.js')] },
  { name: 'ast-grep, rule pack', command: () => [astGrep(), 'scan', '-c', path.join(here, 'sgconfig.yml')] },
  { name: 'oxlint', command: () => [peer('oxlint'), '--silent'] },
  {
    name: 'Biome lint',
    command: () => [peer('biome'), 'lint', '--max-diagnostics=0', '--config-path', path.join(here, 'biome.peer.json')],
  },
  {
    name: 'ESLint, typescript-eslint',
    command: () => [peer('eslint'), '--no-config-lookup', '-c', path.join(here, 'eslint.config.js'), '--quiet', '.'],
  },
];
