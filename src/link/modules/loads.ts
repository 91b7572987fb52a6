import { posix } from 'node:path';
import { ApiTable } from '../../knowledge/api-table.js';
import { fileStarters, folderLoaders, type FileStarter, type FolderLoader } from '../../knowledge/loaders.js';
import type { CallFact, CallId, Expr } from '../../model/facts.js';
import { startedBy } from '../processes/commands.js';
import { apiOf } from '../calls/names.js';
import { DEEP_HOLE, HOLE, isOpen, Paths } from './paths.js';
import type { Linked, Tables } from '../tables.js';
import { isTestFile } from '../../knowledge/test-files.js';

/*
 * What is loaded or started by a path that is put together at run time: every source file that the known parts of the path can
 * mean. A path of which too little is known, or that could mean too much, loads nothing here and is counted.
 */

export interface Loads {
  /** What a `require(…)` or `import(…)` of a computed path can load, by its call. */
  readonly byCall: ReadonlyMap<CallId, readonly Linked[]>;
  /** All files that computed paths of a unit load. */
  readonly loaded: readonly Linked[];
  /** Files that a unit runs in a process or thread of their own. */
  readonly started: readonly Linked[];
  /** Loads of a computed path that could not be told. */
  readonly unresolved: number;
}

/** More files than a folder of handlers has: the path says nothing any more. */
const MOST_FILES = 500;
const MOST_BY_END = 120;
const EXTENSION = /\.[cm]?[jt]sx?$/;
/** Folders that every package has; a path that ends below one of them could be anywhere. */
const COMMONPLACE = /^(?:\.\.?|src|dist|build|lib|out|server|app|node_modules)?$/;

const NONE: Loads = { byCall: new Map(), loaded: [], started: [], unresolved: 0 };

const NOTHING: readonly never[] = [];

export class Loaders {
  private readonly paths: Paths;
  private readonly folders = new ApiTable(folderLoaders.map((entry) => ({ patterns: [entry.api], entry })));
  private readonly starters = new ApiTable(fileStarters.map((entry) => ({ patterns: [entry.api], entry })));
  private readonly memo = new Map<string, readonly Linked[] | undefined>();
  /** Files that a computed path can load, in order of their paths. */
  private readonly candidates: readonly Linked[];

  constructor(private readonly tables: Tables) {
    this.paths = new Paths(tables);
    this.candidates = tables.units.filter(({ file }) => !isTestFile(file));
  }

  of(unit: Linked): Loads {
    const byCall = new Map<CallId, readonly Linked[]>();
    const loaded = new Set<Linked>();
    const started = new Set<Linked>();
    let unresolved = 0;
    unit.facts.calls.forEach((call, id) => {
      const path = computed(unit, call);
      if (path) {
        const files = this.loadedFrom(unit, path);
        if (!files) unresolved++;
        else {
          byCall.set(id, files);
          for (const file of files) loaded.add(file);
        }
        return;
      }
      if (!mayName(call)) return;
      const api = apiOf(this.tables, unit, call.callee);
      for (const file of this.byLoader(unit, call, api)) loaded.add(file);
      for (const file of this.byStarter(unit, call, api)) started.add(file);
    });
    loaded.delete(unit);
    started.delete(unit);
    if (!loaded.size && !started.size && !unresolved && !byCall.size) return NONE;
    return { byCall, loaded: [...loaded], started: [...started], unresolved };
  }

  /** What `require(path)` loads; nothing is said where the path is a package's or data's, undefined where it is not known. */
  private loadedFrom(unit: Linked, path: Expr): readonly Linked[] | undefined {
    const found = new Set<Linked>();
    let known = false;
    for (const pattern of this.paths.of(unit, path)) {
      if (!isOpen(pattern)) {
        const target = pattern.startsWith('/')
          ? this.tables.modules.entry('.', pattern.slice(1))
          : this.fileOf(unit, pattern);
        if (target === undefined && !/^[./]/.test(pattern)) continue;
        known = true;
        const file = target === undefined ? undefined : this.tables.byFile.get(target);
        if (file) found.add(file);
        continue;
      }
      const files = this.matching(unit, pattern, posix.dirname(`/${unit.file}`));
      if (!files) continue;
      known = true;
      for (const file of files) found.add(file);
    }
    found.delete(unit);
    return known ? [...found] : undefined;
  }

  private fileOf(unit: Linked, specifier: string): string | undefined {
    const target = this.tables.target(unit, specifier);
    return target.kind === 'file' ? target.file : undefined;
  }

  private byLoader(unit: Linked, call: CallFact, api: string | undefined): readonly Linked[] {
    const direct = this.folderLoaders(api);
    const given =
      call.callee.k === 'member' && call.args[0] ? this.folderLoaders(apiOf(this.tables, unit, call.args[0])) : NOTHING;
    if (direct.length === 0 && given.length === 0) return NOTHING;
    const entries = [
      ...direct.filter(({ registered }) => !registered),
      ...given.filter(({ registered }) => registered),
    ];
    return entries.flatMap((entry) => {
      const named = optionOf(call, entry.arg, entry.option);
      return named ? this.named(unit, call, entry, named) : [];
    });
  }

  private named(unit: Linked, call: CallFact, entry: FolderLoader, expr: Expr): readonly Linked[] {
    const stated = entry.base && call.args.map((_, index) => optionOf(call, index, entry.base)).find((one) => one);
    const base = entry.fromFile
      ? [posix.dirname(`/${unit.file}`)]
      : stated
        ? this.paths.of(unit, stated)
        : [this.paths.cwd(unit)];
    const lists = expr.k === 'array' ? expr.items : [expr];
    const patterns =
      entry.as === 'glob'
        ? lists.flatMap((item) => (item.k === 'class' ? [] : this.paths.patterns(unit, item)))
        : this.paths.of(unit, expr);
    return patterns.flatMap((pattern) =>
      base.flatMap((from) => {
        if (pattern === HOLE) return [];
        const whole = pattern.startsWith('/') || pattern.startsWith(HOLE) ? pattern : posix.join(from, pattern);
        const below = posix.join(whole, entry.deep ? DEEP_HOLE : HOLE);
        // sequelize-typescript and MikroORM take folders where others take patterns.
        const ways = entry.as === 'folder' ? [below] : isOpen(whole) ? [whole] : [whole, below];
        return ways.flatMap((way) => this.matching(unit, way, from) ?? []);
      }),
    );
  }

  private byStarter(unit: Linked, call: CallFact, api: string | undefined): readonly Linked[] {
    if (api === undefined) return [];
    return this.starters.find(api).flatMap((entry) => this.startedFrom(unit, call, entry));
  }

  private startedFrom(unit: Linked, call: CallFact, entry: FileStarter): readonly Linked[] {
    const named = optionOf(call, entry.arg, entry.option);
    if (!named) return [];
    if (entry.as === 'command') {
      const text = named.k === 'lit' ? String(named.v) : '';
      return startedBy(text.split(/\s+/)).flatMap((one) => (one.kind === 'file' ? this.startedAt(unit, one.path) : []));
    }
    if (entry.as === 'arguments') {
      if (!startsNode(unit, call.args[0]) || named.k !== 'array') return [];
      const file = named.items.find((item) => item.k !== 'spread' && !(item.k === 'lit' && /^-/.test(String(item.v))));
      return file ? this.paths.of(unit, file).flatMap((path) => this.startedAt(unit, path)) : [];
    }
    const items = named.k === 'array' ? named.items : [named];
    if (entry.folder) {
      const root = call.args.map((_, index) => optionOf(call, index, entry.base)).find((one) => one);
      const folders = root ? this.paths.of(unit, root) : [posix.join(this.paths.cwd(unit), entry.folder)];
      return items.flatMap((item) => {
        const name = item.k === 'object' ? (propOf(item, 'path') ?? propOf(item, 'name')) : item;
        if (!name) return [];
        return this.paths
          .of(unit, name)
          .flatMap((path) =>
            path.startsWith('/')
              ? this.startedAt(unit, path)
              : folders.flatMap((folder) => this.startedAt(unit, posix.join(folder, path))),
          );
      });
    }
    return items.flatMap((item) =>
      item.k === 'fn' || item.k === 'object'
        ? []
        : this.paths.of(unit, item).flatMap((path) => this.startedAt(unit, path)),
    );
  }

  /** The file a path of a new process means: from where the process runs, from the root, or beside the file that says so. */
  private startedAt(unit: Linked, path: string): readonly Linked[] {
    if (isOpen(path)) return path === HOLE ? [] : (this.matching(unit, path, this.paths.cwd(unit)) ?? []);
    if (path === '' || path === '/') return [];
    const folders = path.startsWith('/') ? ['.'] : [unit.manifest?.dir ?? '.', '.', posix.dirname(unit.file)];
    for (const folder of folders) {
      const file = this.tables.modules.entry(folder, path.replace(/^\//, ''));
      const found = file === undefined ? undefined : this.tables.byFile.get(file);
      if (found) return [found];
    }
    return [];
  }

  private folderLoaders(api: string | undefined): readonly FolderLoader[] {
    return api === undefined ? NOTHING : this.folders.find(api);
  }

  /** The files that a path with holes can mean; undefined where too little of it is known, or it could mean too many. */
  private matching(unit: Linked, pattern: string, from: string): readonly Linked[] | undefined {
    const opens = pattern.startsWith(HOLE) || pattern.startsWith(DEEP_HOLE);
    if (!opens && !pattern.startsWith('/') && !pattern.startsWith('.')) {
      // `require(name + '/plugin')` is a package's, but `locales/${name}` from a glob is below where the process runs.
      if (from === posix.dirname(`/${unit.file}`) && /^[^/]*[\u0000\u0001]/.test(pattern)) return undefined;
    }
    const whole = opens || pattern.startsWith('/') ? pattern : posix.join(from, pattern);
    const key = opens ? `${unit.manifest?.dir ?? '.'} ${whole}` : whole;
    if (this.memo.has(key)) return this.memo.get(key);
    const found = opens ? this.byEnd(unit, whole) : this.byStart(unit, whole);
    const telling = found && found.length <= MOST_FILES ? found : undefined;
    this.memo.set(key, telling);
    return telling;
  }

  private byStart(unit: Linked, pattern: string): readonly Linked[] | undefined {
    const head = pattern.slice(1, pattern.search(/[\u0000\u0001]/));
    const folder = head.slice(0, head.lastIndexOf('/') + 1);
    const dir = unit.manifest?.dir ?? '.';
    const inside = pattern.slice(1 + (dir === '.' ? 0 : dir.length + 1));
    // From the root, or from the package's folder, anything could be meant: unless more is known behind the hole.
    const bare = folder === '' || folder === `${dir}/`;
    if (
      bare &&
      !/[^\u0000\u0001/.]{2,}/.test(pattern.slice(head.length + 1).replace(/\.[cm]?[jt]sx?$/, '')) &&
      head === folder
    )
      return undefined;
    for (const way of [
      pattern,
      `/${posix.join(dir, 'src', inside.replace(BUILT, ''))}`,
      `/${posix.join(dir, inside.replace(BUILT, ''))}`,
    ]) {
      if (way !== pattern && !BUILT.test(inside)) break;
      const found = this.search(way, false);
      if (found.length) return found;
    }
    // What is read from a folder level by level is no deeper than that; if nothing is there, it is what lies below.
    return this.search(pattern.replace(/\u0000$/, DEEP_HOLE), false);
  }

  private byEnd(unit: Linked, pattern: string): readonly Linked[] | undefined {
    const telling = pattern
      .split('/')
      .slice(1)
      .filter((part) => !isOpen(part) && !COMMONPLACE.test(part));
    const names = telling.filter((part, index) => index < telling.length - 1 || !/^index(?:\.|$)/.test(part));
    const folders = pattern
      .split('/')
      .slice(1, -1)
      .filter((part) => names.includes(part));
    if (!folders.length) return undefined;
    const found = this.search(pattern.replace(/^[^/]*/, ''), true).filter(({ manifest }) => manifest === unit.manifest);
    return found.length && found.length <= MOST_BY_END ? found : undefined;
  }

  /** Files whose path is like the pattern, or ends like it. */
  private search(pattern: string, end: boolean): Linked[] {
    // Time grows with the power of the holes; nobody can tell what such a path means anyway.
    if (holesIn(pattern) > MOST_HOLES || pattern.split('/').some((part) => holesIn(part) > MOST_HOLES_OF_A_PART))
      return [];
    const source = pattern
      .replace(EXTENSION, '')
      .replace(/[.+?^${}()|[\]\\*]/g, '\\$&')
      .replace(/\/\u0001\//g, '/(?:.*/)?')
      .replace(/\u0001[\u0000\u0001]*/g, '.*')
      .replace(/\u0000+/g, '[^/]*');
    // A `.js` may be what a `.ts` is built to; a path with an extension is no folder's.
    const rest = EXTENSION.test(pattern) ? '\\.[cm]?[jt]sx?' : '(?:\\.[cm]?[jt]sx?|/index\\.[cm]?[jt]sx?)?';
    const matcher = new RegExp(`${end ? '' : '^'}${source}${rest}$`);
    const head = end ? '' : pattern.slice(1, pattern.search(/[\u0000\u0001]|$/));
    const found: Linked[] = [];
    for (let at = this.from(head); at < this.candidates.length; at++) {
      const unit = this.candidates[at] as Linked;
      if (!unit.file.startsWith(head)) break;
      if (matcher.test(`/${unit.file}`)) found.push(unit);
      if (found.length > MOST_FILES) break;
    }
    return found;
  }

  /** Where the files that begin like this begin. */
  private from(head: string): number {
    let [low, high] = [0, this.candidates.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.candidates[middle] as Linked).file < head) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const MOST_HOLES = 4;
const MOST_HOLES_OF_A_PART = 2;

function holesIn(pattern: string): number {
  return pattern.match(/[\u0000\u0001]+/g)?.length ?? 0;
}

const BUILT = /^(?:\.?(?:dist|build|output)|lib|out)\//;

/** The path of a `require(…)` or `import(…)` that is no plain text. */
function computed(unit: Linked, call: CallFact): Expr | undefined {
  const { callee, args } = call;
  const first = args[0];
  if (!first || (first.k === 'lit' && typeof first.v === 'string')) return undefined;
  if (callee.k === 'global' && (callee.name === 'require' || callee.name === 'import')) return first;
  if (callee.k !== 'id') return undefined;
  // const require = createRequire(import.meta.url)
  const init = unit.facts.bindings[callee.b]?.init;
  const made = init?.k === 'call' ? unit.facts.calls[init.c]?.callee : undefined;
  const name =
    made?.k === 'id' ? unit.facts.bindings[made.b]?.from?.name : made?.k === 'member' ? made.name : undefined;
  return name === 'createRequire' ? first : undefined;
}

/** Cheap: most calls are given nothing that could be a path or hold one. */
function mayName({ args }: CallFact): boolean {
  return args.length > 0 && args.length < 6;
}

/** `spawn(process.execPath, […])`, `spawn('node', […])` */
function startsNode(unit: Linked, program: Expr | undefined): boolean {
  if (program?.k === 'lit') return /^(?:node|nodejs|tsx|ts-node)$/.test(String(program.v));
  if (program?.k === 'id') {
    const init = unit.facts.bindings[program.b]?.init;
    return init !== undefined && init.k !== 'id' && startsNode(unit, init);
  }
  return (
    program?.k === 'member' &&
    ((program.name === 'execPath' && program.of.k === 'global') ||
      (program.name === 'argv0' && program.of.k === 'global'))
  );
}

function optionOf(call: CallFact, argument: number, option: string | undefined): Expr | undefined {
  const arg = call.args[argument];
  if (!arg || option === undefined) return arg;
  return arg.k === 'object' ? propOf(arg, option) : undefined;
}

function propOf(object: Expr & { readonly k: 'object' }, name: string): Expr | undefined {
  return object.props.findLast((prop) => prop.name === name)?.value;
}
