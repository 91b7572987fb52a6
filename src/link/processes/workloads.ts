import { posix } from 'node:path';
import type { Command, Descriptor, Step, Test, Workload } from '../../model/deployment.js';
import type { Deployed, Process, Run } from '../../model/program.js';
import type { Place } from '../../model/span.js';
import type { Tables } from '../tables.js';
import { startedBy } from './commands.js';
import { Images } from './images.js';

/*
 * What each workload runs in the end: its command is followed through the image it is built from, through shell scripts that are
 * copied there and through scripts of a package.json, down to the files that begin a process.
 */

const DEEPEST = 12;
/** Steps of one workload; more are no way to start something. */
const MOST = 400;
/** Scripts that one path with a variable in it can mean. */
const MOST_LIKE = 6;

/** Wrappers that become what they start, with the number of words of their own. */
const WRAPPERS: Readonly<Record<string, number>> = {
  gosu: 2,
  'su-exec': 2,
  setpriv: 1,
  chpst: 1,
  nice: 1,
  nohup: 1,
  time: 1,
  sudo: 1,
};
const INIT = /^(?:tini|tini-static|dumb-init|catatonit|docker-init|docker-entrypoint\.sh)$/;
const SHELL = /^(?:ba|da|a|z|k)?sh$/;

interface Around {
  readonly workload: Workload;
  readonly image: Workload | undefined;
  readonly via: readonly Place[];
  readonly tests: readonly Test[];
  readonly seen: readonly string[];
}

export class Workloads {
  readonly all: readonly Deployed[];
  private readonly images: Images;
  private readonly scripts = new Map<string, Command>();
  private readonly packages = new Map<string, ReadonlyMap<string, Command>>();

  constructor(
    private readonly tables: Tables,
    private readonly processes: readonly Process[],
    descriptors: readonly Descriptor[],
  ) {
    this.images = new Images(tables, descriptors);
    for (const { kind, file, commands } of descriptors) {
      const [script] = commands;
      if (kind === 'shell' && script) this.scripts.set(file, script);
      if (kind === 'package-scripts')
        this.packages.set(posix.dirname(file), new Map(commands.map((command) => [command.name ?? '', command])));
    }
    this.all = descriptors.flatMap((descriptor) =>
      descriptor.workloads.map((workload) => this.deployed(descriptor, workload)),
    );
  }

  private deployed(descriptor: Descriptor, workload: Workload): Deployed {
    const image = this.images.of(descriptor, workload);
    const runs: Run[] = [];
    const processes = new Set<Process>();
    const around: Around = { workload, image, via: [], tests: [], seen: [] };
    for (const command of commandsOf(workload, image)) {
      const folder = this.images.folder(descriptor, workload, image);
      this.command(command, command.at, folder, around, runs, processes);
    }
    return {
      descriptor,
      workload,
      ...(image && image !== workload ? { image } : {}),
      runs,
      processes: [...processes],
      places: this.images.places(descriptor, workload, image),
    };
  }

  private command(
    command: Command,
    at: Run['at'],
    folder: string,
    around: Around,
    runs: Run[],
    processes: Set<Process>,
    handed: readonly string[] = [],
  ): void {
    let here = folder;
    for (const step of command.steps) {
      if (runs.length >= MOST) return;
      const isHanded = step.words.includes('$@') || step.words.includes('$*');
      const words = isHanded
        ? step.words.flatMap((word) => (word === '$@' || word === '$*' ? handed : [word]))
        : step.words;
      const tests = [...around.tests, ...step.tests];
      const told = isHanded ? { ...step, words } : step;
      const next = { ...around, via: [...around.via, step.place], tests };
      const opened = this.opened(told, at, here, next, runs, processes);
      if (words[0] === 'cd' && words[1] !== undefined)
        here = this.images.inside(around.workload, around.image, here, words[1]);
      // `npm run with-env -- node server.js` starts more than the script.
      if (opened !== 'script') this.begin(words, here, processes);
    }
  }

  /** Adds a step, and behind it what is in the script that it starts; says what that was. */
  private opened(
    step: Step,
    at: Run['at'],
    folder: string,
    around: Around,
    runs: Run[],
    processes: Set<Process>,
  ): 'script' | 'package' | undefined {
    const run: Run = { at, step, folder, via: around.via.slice(0, -1), tests: around.tests };
    runs.push(run);
    if (around.seen.length >= DEEPEST) return undefined;
    const words = unwrapped(step.words);
    const scripts = this.scriptsOf(words, folder, around);
    if (scripts.length > 0) {
      for (const { file, command, handed } of scripts) {
        const key = `sh ${file}`;
        if (around.seen.includes(key)) continue;
        const inner = { ...around, seen: [...around.seen, key] };
        this.command(command, at, this.folderFor(file, command, folder), inner, runs, processes, handed);
      }
      return 'script';
    }
    let found = false;
    let here = folder;
    for (const started of startedBy(words)) {
      if (started.kind === 'folder' && words[0] !== 'cd') here = posix.join(here, started.path);
      if (started.kind !== 'script') continue;
      for (const dir of this.foldersOf(started.packages, here)) {
        const named = this.packages.get(dir);
        for (const name of [`pre${started.name}`, started.name, `post${started.name}`]) {
          const command = named?.get(name);
          const key = `${dir} ${name}`;
          if (!command || around.seen.includes(key)) continue;
          found = true;
          this.command(command, at, dir, { ...around, seen: [...around.seen, key] }, runs, processes);
        }
      }
    }
    return found ? 'package' : undefined;
  }

  /**
   * Where the commands of a script run: what the image's last stage has from another one lies elsewhere in the project, so that
   * files which are not where it seems are looked for beside the script and above.
   */
  private folderFor(script: string, command: Command, folder: string): string {
    const paths = command.steps.flatMap(({ words }) =>
      startedBy(unwrapped(words)).flatMap((started) => (started.kind === 'file' ? [started.path] : [])),
    );
    const has = (dir: string) => paths.some((path) => this.tables.modules.started(dir, path) !== undefined);
    if (paths.length === 0 || has(folder)) return folder;
    for (let dir = posix.dirname(script); ; dir = posix.dirname(dir)) {
      if (has(dir)) return dir;
      if (dir === '.' || dir === '/') return folder;
    }
  }

  /** The shell scripts of this project that a command runs, and what they are handed: several where the build decides which. */
  private scriptsOf(words: readonly string[], folder: string, around: Around) {
    const [first = ''] = words;
    const isShell = SHELL.test(posix.basename(first)) || first === '.' || first === 'source';
    const index = isShell ? words.findIndex((word, at) => at > 0 && !word.startsWith('-')) : 0;
    const path = words[index];
    if (path === undefined || path === '' || path.startsWith('$')) return [];
    const handed = words.slice(index + 1);
    const files = path.includes('$')
      ? this.scriptsLike(posix.basename(path))
      : [this.images.file(around.workload, around.image, folder, path, this.scripts)];
    return files.flatMap((file) => {
      const command = file === undefined ? undefined : this.scripts.get(file);
      return file !== undefined && command ? [{ file, command, handed }] : [];
    });
  }

  /** `./${APP}-entrypoint.sh`: one image for each application of a repository, of which each starts one of these. */
  private scriptsLike(name: string): readonly string[] {
    const parts = name.split(/\$(?:\{\w+\}|\w+)/);
    if (parts.join('').length < 4) return [];
    const [head, tail] = [parts[0] as string, parts.at(-1) as string];
    const found = [...this.scripts.keys()].filter((file) => {
      const own = posix.basename(file);
      return own.length > head.length + tail.length && own.startsWith(head) && own.endsWith(tail);
    });
    return parts.length === 2 && found.length <= MOST_LIKE ? found : [];
  }

  private foldersOf(packages: readonly string[] | undefined, folder: string): readonly string[] {
    if (!packages) return [this.packages.has(folder) ? folder : '.'];
    return this.tables.manifests
      .filter(({ name, dir }) =>
        packages.some((filter) => {
          const plain = filter.replace(/^[.^]+|(?<![.^])[.^]+$/g, '').replace(/^\//, '');
          return (
            plain === name || plain === name?.replace(/^@[^/]*\//, '') || plain === dir || plain === posix.basename(dir)
          );
        }),
      )
      .map(({ dir }) => dir);
  }

  /** The processes of the program that begin with these words. */
  private begin(words: readonly string[], folder: string, processes: Set<Process>): void {
    for (const started of startedBy(unwrapped(words))) {
      if (started.kind === 'file') {
        const own = this.tables.manifests.find(({ dir }) => dir === folder);
        const path = /^\.\/?$/.test(started.path) ? (own?.main ?? 'index') : started.path;
        const file = this.tables.modules.started(folder, path);
        for (const process of this.processes) if (process.entry.file === file) processes.add(process);
      } else if (started.kind === 'framework' || started.kind === 'nest' || started.kind === 'ecosystem') {
        for (const process of this.processes)
          if (process.application === folder && process.role === 'server') processes.add(process);
      }
    }
  }
}

/** What a workload starts, with what its image says where it says nothing itself. */
function commandsOf(workload: Workload, image: Workload | undefined): readonly Command[] {
  const own = workload.commands.find(({ at }) => at === 'start');
  const built = image === workload ? undefined : image?.commands.find(({ at }) => at === 'start');
  const others = workload.commands.filter(({ at }) => at !== 'start' && at !== 'build');
  if (!own) return [...(built ? [built] : []), ...others];
  const [first] = own.steps;
  const [entry] = built?.steps ?? [];
  const front = built?.entrypoint ?? 0;
  const starts = workload.commands.filter(({ at }) => at === 'start');
  if (!own.arguments || front === 0 || !first || !entry || own.form !== 'exec') return [...starts, ...others];
  return [{ ...own, steps: [{ ...first, words: [...entry.words.slice(0, front), ...first.words] }] }, ...others];
}

/** Without an init process, a change of user, and what else becomes the command behind it. */
export function unwrapped(words: readonly string[]): readonly string[] {
  let rest = words;
  for (let depth = 0; depth < 6; depth++) {
    const name = posix.basename(rest[0] ?? '');
    if (name === 'exec') rest = rest.slice(1);
    else if (INIT.test(name) && rest.length > 1) {
      const from = rest.findIndex((word, index) => index > 0 && !word.startsWith('-'));
      const dashes = rest.indexOf('--');
      rest = dashes > 0 ? rest.slice(dashes + 1) : rest.slice(Math.max(from, 1));
    } else {
      const own = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
      if (own === undefined) return rest;
      rest = rest.slice(own);
      while (rest[0]?.startsWith('-')) rest = rest.slice(1);
    }
  }
  return rest;
}
