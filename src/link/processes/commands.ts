import {
  frameworkCommands,
  launchers,
  NODE_VALUED,
  parallelRunners,
  PREFIX_VERBS,
  PRELOADS,
  prefixes,
  scriptListRunners,
} from '../../knowledge/launchers.js';
import type { ScriptFact } from '../../model/facts.js';
import type { Role } from '../../model/program.js';

/*
 * What the words of a command start: files by Node, other scripts (of the same package or of others), the application of a
 * framework. Only words are read here; whether such a file or script exists is asked in entries.ts.
 */

export type Started =
  /** A file as written, relative to where the command runs. `.` is the package's main file. */
  | { readonly kind: 'file'; readonly path: string }
  /** The applications that a process manager's configuration lists. */
  | { readonly kind: 'ecosystem'; readonly path: string }
  /** A script by name (`start:*` for several); in the packages named, in all of them (`*`), or in its own. */
  | { readonly kind: 'script'; readonly name: string; readonly packages?: readonly string[] }
  /** `nest start api` */
  | { readonly kind: 'nest'; readonly application?: string }
  | { readonly kind: 'framework'; readonly package: string }
  | { readonly kind: 'folder'; readonly path: string };

const DEEPEST = 6;
const MODULE = /\.[cm]?[jt]sx?$/;
const byCommand = new Map(launchers.flatMap((entry) => entry.commands.map((command) => [command, entry] as const)));

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

export function startedBy(words: readonly string[], depth = 0): readonly Started[] {
  if (depth > DEEPEST) return [];
  const command = unprefixed(words);
  const [first, ...rest] = command;
  if (first === undefined) return [];
  if (first === 'cd' && rest[0]) return [{ kind: 'folder', path: rest[0] }];
  const name = /^(?:\.\/|\.\.\/)*(?:node_modules\/\.bin\/)(.+)$/.exec(first)?.[1] ?? first;
  if (/^(?:npm|pnpm|yarn|bun)$/.test(name)) return packageManager(name, rest, depth);
  if (name === 'turbo') return turbo(rest);
  if (name === 'lerna' || name === 'rush') return lerna(rest);
  if (name === 'nx') return nx(rest);
  if (name === 'nest') return nest(rest);
  if (name === 'run-script-os') return [];
  if (scriptListRunners.includes(name))
    return rest
      .filter((word) => !word.startsWith('-'))
      .map((word) => ({ kind: 'script', name: word.split(' ')[0] as string }));
  if (parallelRunners.includes(name)) return parallel(rest, depth);
  const framework = frameworkCommands.find((entry) => entry.command === name);
  if (framework && (rest.length === 0 || rest.some((word) => framework.verbs.includes(word))))
    return [{ kind: 'framework', package: framework.package }];
  const launcher = byCommand.get(name);
  if (launcher) return launched(launcher, rest, depth);
  return MODULE.test(name) || /^\.{1,2}\//.test(name) ? [{ kind: 'file', path: name }] : [];
}

/** Without variables and wrappers: `cross-env A=1 dotenv -e .env -- node x` is `node x`. */
function unprefixed(words: readonly string[]): readonly string[] {
  let at = 0;
  for (;;) {
    const word = words[at];
    if (word === undefined) return [];
    const valued = Object.hasOwn(prefixes, word) ? prefixes[word] : undefined;
    if (valued) {
      at = afterOptions(words, at + 1, valued);
      if (PREFIX_VERBS.includes(words[at] ?? '')) at = afterOptions(words, at + 1, valued);
    } else if (word === '--' || /^\w+=/.test(word)) at++;
    else return words.slice(at);
  }
}

function afterOptions(words: readonly string[], from: number, valued: readonly string[]): number {
  let at = from;
  for (let word = words[at]; word?.startsWith('-') && word !== '--'; word = words[at])
    at += valued.includes(word) ? 2 : 1;
  return at;
}

function launched(launcher: (typeof launchers)[number], words: readonly string[], depth: number): readonly Started[] {
  const found: Started[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const next = words[at + 1];
    const [option, attached] = word.startsWith('--') && word.includes('=') ? split(word, '=') : [word, undefined];
    if (launcher.exec?.includes(option)) {
      const command = attached ?? next ?? '';
      // `nodemon -x ts-node -r paths server.ts`: what follows a bare launcher is passed on to it.
      return byCommand.has(command)
        ? startedBy([command, ...words.slice(attached === undefined ? at + 2 : at + 1)], depth + 1)
        : commandLine(command, depth);
    }
    if (PRELOADS.includes(option)) {
      const path = attached ?? next ?? '';
      if (path.startsWith('.')) found.push({ kind: 'file', path });
      if (attached === undefined) at++;
    } else if (option === '--run' && next) return [{ kind: 'script', name: next }];
    else if (/^(?:-e|--eval|-p|--print|--test)$/.test(option) && !launcher.valued?.includes(option)) return found;
    else if (launcher.valued?.includes(option) || NODE_VALUED.includes(option)) at += attached === undefined ? 1 : 0;
    else if (word.startsWith('-') && word !== '-') continue;
    else if (!(launcher.verbs?.includes(word) && found.every(({ kind }) => kind !== 'file'))) {
      // `pm2 start npm -- run start`, `pm2 start "node x"`
      if (byCommand.has(word) || /^(?:npm|yarn|pnpm)$/.test(word))
        return startedBy([word, ...words.slice(at + 1).filter((one) => one !== '--')], depth + 1);
      if (word.includes(' ')) return commandLine(word, depth);
      const ecosystem = /^pm2/.test(launcher.commands[0] ?? '') && /(?:\.config\.[cm]?js|\.json|\.ya?ml)$/.test(word);
      return [...found, { kind: ecosystem ? 'ecosystem' : 'file', path: word }];
    }
  }
  return launcher.main ? [...found, { kind: 'file', path: '.' }] : found;
}

/** A command that stands in one word. */
function commandLine(line: string, depth: number): readonly Started[] {
  return line.split(/&&|\|\||;|\|/).flatMap((part) =>
    startedBy(
      part
        .trim()
        .split(/\s+/)
        .map((word) => word.replace(/^(['"])(.*)\1$/, '$2')),
      depth + 1,
    ),
  );
}

function parallel(words: readonly string[], depth: number): readonly Started[] {
  const found: Started[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (
      /^(?:-n|--names|-c|--prefix-colors|-p|--prefix|-m|--max-processes|--restart-tries|--restart-after|--kill-signal|-s|--success)$/.test(
        word,
      )
    )
      at++;
    else if (word.startsWith('-')) continue;
    else {
      const script = /^(?:npm|pnpm|yarn|bun|node):(\S+)/.exec(word)?.[1];
      if (script) found.push({ kind: 'script', name: script });
      else
        found.push(
          ...commandLine(word, depth),
          ...(word.includes(' ') ? [] : [{ kind: 'script' as const, name: word }]),
        );
    }
  }
  return found;
}

const BUILT_IN =
  /^(?:install|ci|i|add|remove|publish|pack|link|init|audit|outdated|update|up|upgrade|why|config|cache|set|version|login|rebuild|dedupe|prune|create|info|view|store|import|patch|setup|root|bin|help)$/;

/** `npm -w api run start`, `pnpm --filter api start`, `yarn workspace api start`, `yarn node x`. */
function packageManager(manager: string, words: readonly string[], depth: number): readonly Started[] {
  const packages: string[] = [];
  let folder: string | undefined;
  let runs = false;
  // npm takes its options behind the script's name as well.
  const own = manager === 'npm' ? words.slice(0, words.includes('--') ? words.indexOf('--') : undefined) : [];
  own.forEach((word, at) => {
    const value = /^(?:-w|--workspace)$/.test(word) ? own[at + 1] : /^(?:-w|--workspace)=(.*)$/.exec(word)?.[1];
    if (value !== undefined) packages.push(value);
  });
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const [option, attached] = word.startsWith('-') && word.includes('=') ? split(word, '=') : [word, undefined];
    const value = attached ?? words[at + 1] ?? '';
    if (/^(?:-w|--workspace|-F|--filter)$/.test(option) && !(manager === 'pnpm' && option === '-w')) {
      if (manager !== 'npm') packages.push(value);
      if (attached === undefined) at++;
    } else if (/^(?:-C|--dir|--cwd|--prefix)$/.test(option)) {
      folder = value;
      if (attached === undefined) at++;
    } else if (/^(?:-r|--recursive|-ws|--workspaces)$/.test(option)) packages.push('*');
    else if (word === '--') return within(folder, startedBy(words.slice(at + 1), depth + 1));
    else if (word.startsWith('-')) continue;
    else if (!runs && word === 'workspace' && manager === 'yarn') {
      packages.push(words[at + 1] ?? '');
      at++;
    } else if (!runs && word === 'workspaces' && manager === 'yarn') packages.push('*');
    else if (!runs && (word === 'foreach' || (word === 'watch' && manager === 'bun'))) continue;
    else if (!runs && /^(?:run|run-script|rum|urn)$/.test(word)) runs = true;
    else if (!runs && /^(?:exec|x|dlx)$/.test(word)) return within(folder, startedBy(words.slice(at + 1), depth + 1));
    else if (!runs && BUILT_IN.test(word)) return [];
    else {
      // A file for bun, a command for yarn and pnpm, or a script; what stands behind the dashes may be run by the script.
      const rest = words.slice(at);
      const behind = words.indexOf('--', at);
      const found: Started[] = [
        { kind: 'script', name: word, ...(packages.length ? { packages } : {}) },
        ...(behind > 0 ? startedBy(words.slice(behind + 1), depth + 1) : []),
        ...(runs && manager !== 'bun' ? [] : startedBy(rest, depth + 1)),
      ];
      return within(folder, found);
    }
  }
  return [];
}

function within(folder: string | undefined, found: readonly Started[]): readonly Started[] {
  return folder === undefined ? found : [{ kind: 'folder', path: folder }, ...found];
}

/** `turbo run start --filter=api`: without a filter, in every package. */
function turbo(words: readonly string[]): readonly Started[] {
  const { names, options } = wordsAndOptions(
    words,
    /^(?:-F|--filter|--scope|--concurrency|--env-mode|--cache-dir|--log-order|--ui|--output-logs)$/,
  );
  const packages = options.filter(({ name }) => /^(?:-F|--filter|--scope)$/.test(name)).map(({ value }) => value);
  return names
    .filter((name) => name !== 'run' && name !== 'watch')
    .map((name) => {
      const [own, task] = name.split('#');
      return task
        ? { kind: 'script', name: task, packages: [own as string] }
        : { kind: 'script', name, packages: packages.length ? packages : ['*'] };
    });
}

function lerna(words: readonly string[]): readonly Started[] {
  const { names, options } = wordsAndOptions(words, /^(?:--scope|--concurrency|--ignore|--to)$/);
  if (names[0] !== 'run' || !names[1]) return [];
  const packages = options.filter(({ name }) => name === '--scope').map(({ value }) => value);
  return [{ kind: 'script', name: names[1], packages: packages.length ? packages : ['*'] }];
}

/** `nx serve api`, `nx run api:serve:production`, `nx run-many -t serve -p api,web`. */
function nx(words: readonly string[]): readonly Started[] {
  const { names, options } = wordsAndOptions(words, /^(?:-t|--targets?|-p|--projects?|-c|--configuration|--parallel)$/);
  const of = (pattern: RegExp) =>
    options.filter(({ name }) => pattern.test(name)).flatMap(({ value }) => value.split(','));
  if (names[0] === 'run-many' || names[0] === 'affected') {
    const projects = of(/^(?:-p|--projects?)$/);
    return of(/^(?:-t|--targets?)$/).map((name) => ({
      kind: 'script',
      name,
      packages: projects.length ? projects : ['*'],
    }));
  }
  if (names[0] === 'run') {
    const [project, target] = (names[1] ?? '').split(':');
    return project && target ? [{ kind: 'script', name: target, packages: [project] }] : [];
  }
  return names[0] && names[1] ? [{ kind: 'script', name: names[0], packages: [names[1]] }] : [];
}

/** `nest start [app]`, with what `--exec` and `--entryFile` name instead of the usual file. */
function nest(words: readonly string[]): readonly Started[] {
  const { names, options } = wordsAndOptions(
    words,
    /^(?:-c|--config|-p|--path|-b|--builder|-e|--exec|--entryFile|-d|--debug|--watchAssets)$/,
  );
  if (names[0] !== 'start') return [];
  const entry = options.find(({ name }) => name === '--entryFile')?.value;
  if (entry) return [{ kind: 'file', path: `dist/${entry}` }];
  return [{ kind: 'nest', ...(names[1] ? { application: names[1] } : {}) }];
}

function wordsAndOptions(
  words: readonly string[],
  valued: RegExp,
): { names: string[]; options: { name: string; value: string }[] } {
  const names: string[] = [];
  const options: { name: string; value: string }[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '--') break;
    if (!word.startsWith('-')) names.push(word);
    else if (word.includes('=')) {
      const [name, value] = split(word, '=');
      options.push({ name, value });
    } else if (valued.test(word) && words[at + 1] !== undefined && !words[at + 1]?.startsWith('-')) {
      options.push({ name: word, value: words[at + 1] as string });
      at++;
    }
  }
  return { names, options };
}

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return [text.slice(0, index), text.slice(index + 1)];
}

/** The scripts of a list that a name means: itself, `start:*`, and for `run-script-os` the ones for a system. */
export function scriptsNamed(name: string, known: ReadonlyMap<string, ScriptFact>): readonly string[] {
  if (known.has(name)) return [name];
  const [head, tail] = name.split('*') as [string, string?];
  if (tail === undefined) return [];
  return [...known.keys()].filter(
    (one) => one.startsWith(head) && one.endsWith(tail) && one.length > head.length + tail.length - 1,
  );
}

const SYSTEMS = ['default', 'nix', 'linux', 'darwin', 'macos', 'windows', 'win32'];

/** Scripts of the same package that a command runs: `npm run x`, `yarn x`, `run-s a b`, `concurrently "npm:x"`. */
export function scriptsRun(
  words: readonly string[],
  script: string,
  known: ReadonlyMap<string, ScriptFact>,
): readonly string[] {
  const found = startedBy(words).flatMap((started) =>
    started.kind === 'script' && (!started.packages || started.packages.includes('*'))
      ? scriptsNamed(started.name, known)
      : [],
  );
  if (unprefixed(words)[0] === 'run-script-os')
    found.push(...SYSTEMS.map((system) => `${script}:${system}`).filter((name) => known.has(name)));
  return [...new Set(found)];
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
      for (const next of scriptsRun(words, name, byName)) visit(next, via ?? fact);
    }
  };
  visit(script);
  return found;
}
