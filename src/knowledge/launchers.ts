import type { Source } from './types.js';

/*
 * Command lines: which words start a file with Node, which run another script, and which start an application of a framework.
 */

/** Runs a file with Node: `tsx watch src/main.ts`. */
export interface Launcher {
  readonly commands: readonly string[];
  /** Words before the file that are no options. */
  readonly verbs?: readonly string[];
  /** Options whose value is the next word, besides those of Node. */
  readonly valued?: readonly string[];
  /** Options whose value is a command to run instead. */
  readonly exec?: readonly string[];
  /** Without a file it starts the package's main file. */
  readonly main?: true;
  readonly source: Source;
}

/** Options of Node that take the next word. https://nodejs.org/api/cli.html */
export const NODE_VALUED: readonly string[] = [
  '-C',
  '--conditions',
  '--loader',
  '--experimental-loader',
  '--env-file',
  '--env-file-if-exists',
  '--watch-path',
  '--max-old-space-size',
  '--title',
  '--test-reporter',
  '--inspect-port',
  '--icu-data-dir',
];

/** Options of Node and of what wraps it whose value is a module that is loaded first. */
export const PRELOADS: readonly string[] = ['-r', '--require', '--import'];

export const launchers: readonly Launcher[] = [
  { commands: ['node', 'nodejs', 'babel-node', 'node-dev'], source: 'https://nodejs.org/api/cli.html' },
  {
    commands: ['ts-node', 'ts-node-esm', 'ts-node-script', 'ts-node-dev', 'tsnd'],
    valued: [
      '-P',
      '--project',
      '-O',
      '--compilerOptions',
      '-I',
      '--ignore',
      '--cwd',
      '--dir',
      '--interval',
      '--debounce',
    ],
    source: 'https://typestrong.org/ts-node/docs/options/',
  },
  {
    commands: ['tsx', 'esno', 'esmo'],
    verbs: ['watch'],
    valued: ['--tsconfig', '--include', '--exclude', '--ignore'],
    source: 'https://tsx.is/watch-mode',
  },
  {
    commands: ['vite-node', 'jiti', 'swc-node', 'sucrase-node', 'esr'],
    valued: ['-c', '--config'],
    source: 'unchecked: vite-node README.md',
  },
  { commands: ['bun'], verbs: ['run', 'watch'], valued: ['--preload'], source: 'https://bun.com/docs/runtime' },
  {
    commands: ['nodemon', 'supervisor'],
    valued: [
      '-w',
      '--watch',
      '-e',
      '--ext',
      '-i',
      '--ignore',
      '-d',
      '--delay',
      '--config',
      '--signal',
      '-s',
      '-P',
      '--cwd',
      '-V',
    ],
    exec: ['-x', '--exec'],
    main: true,
    source: 'nodemon@3 lib/cli/parse.js',
  },
  {
    commands: ['pm2', 'pm2-runtime', 'pm2-dev', 'pm2-docker', 'forever'],
    verbs: ['start', 'restart', 'reload', 'startOrRestart', 'startOrReload', 'startOrGracefulReload'],
    valued: [
      '-i',
      '--instances',
      '-n',
      '--name',
      '--only',
      '--env',
      '-o',
      '--output',
      '-l',
      '--log',
      '--error',
      '--max-memory-restart',
      '--interpreter',
      '--node-args',
      '--cwd',
      '--uid',
      '-c',
      '--minUptime',
      '--spinSleepTime',
      '--sourceDir',
    ],
    source: 'unchecked: pm2 lib/binaries/CLI.js',
  },
  {
    commands: ['tsc-watch', 'tsup'],
    exec: ['--onSuccess', '--onFirstSuccess'],
    source: 'unchecked: tsc-watch README.md',
  },
  {
    commands: ['fastify'],
    verbs: ['start'],
    valued: ['-p', '--port', '-a', '--address', '-l', '--log-level', '-o', '--options'],
    source: 'unchecked: fastify-cli README.md',
  },
  { commands: ['react-router-serve', 'remix-serve'], source: 'unchecked: @react-router/serve README.md' },
  { commands: ['micro'], valued: ['-l', '--listen'], main: true, source: 'unchecked: micro README.md' },
];

/** What stands before a command and changes nothing about what it starts; some options take the next word. */
export const prefixes: Readonly<Record<string, readonly string[]>> = {
  'cross-env': [],
  'cross-env-shell': [],
  env: ['-u', '-C'],
  dotenv: ['-e', '-c', '-v', '-p'],
  dotenvx: ['-f', '-fk', '-e', '-fv', '--convention'],
  'env-cmd': ['-f', '-e', '--file', '--environments', '-r'],
  infisical: ['--env', '--path', '--projectId'],
  doppler: ['-p', '-c', '--project', '--config'],
  op: ['--env-file'],
  npx: ['-p', '--package', '-c'],
  pnpx: [],
  bunx: [],
  exec: [],
  time: [],
  nice: ['-n'],
  nohup: [],
  sudo: ['-u'],
  tini: [],
  'dumb-init': [],
  'node-env-run': [],
  c8: [],
  nyc: [],
  heroku: [],
  'nodenv-exec': [],
  'aws-vault': [],
  'start-server-and-test': [],
};

/** Words of those prefixes that are no part of the command either: `dotenvx run -- node x`. */
export const PREFIX_VERBS: readonly string[] = ['run', 'exec'];

/** Runs several commands or scripts, each in a word of its own. */
export const parallelRunners: readonly string[] = ['concurrently', 'conc', 'start-server-and-test', 'wireit'];
export const scriptListRunners: readonly string[] = ['run-s', 'run-p', 'npm-run-all', 'npm-run-all2'];

/** Starts an application whose server files its framework finds by itself. */
export const frameworkCommands: readonly {
  readonly command: string;
  readonly verbs: readonly string[];
  readonly package: string;
}[] = [
  { command: 'next', verbs: ['start', 'dev'], package: 'next' },
  { command: 'nuxt', verbs: ['start', 'dev'], package: 'nuxt' },
  { command: 'nuxi', verbs: ['dev', 'preview'], package: 'nuxt' },
  { command: 'nitro', verbs: ['dev'], package: 'nitropack' },
  { command: 'react-router', verbs: ['dev'], package: '@react-router/dev' },
  { command: 'remix', verbs: ['dev', 'vite:dev'], package: '@remix-run/dev' },
  { command: 'astro', verbs: ['dev', 'preview'], package: 'astro' },
  { command: 'strapi', verbs: ['start', 'develop', 'dev'], package: '@strapi/strapi' },
  { command: 'sails', verbs: ['lift'], package: 'sails' },
  { command: 'medusa', verbs: ['start', 'develop'], package: '@medusajs/medusa' },
  { command: 'directus', verbs: ['start'], package: 'directus' },
  { command: 'egg-scripts', verbs: ['start'], package: 'egg' },
  { command: 'egg-bin', verbs: ['dev'], package: 'egg' },
  { command: 'blitz', verbs: ['start', 'dev'], package: 'blitz' },
  { command: 'rw', verbs: ['serve', 'dev'], package: '@redwoodjs/core' },
];
