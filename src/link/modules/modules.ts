import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { createPathsMatcher } from 'get-tsconfig';
import type { Manifest, Project, TsConfig } from '../../model/input.js';
import { Listing } from './listing.js';
import { publishedAs } from './published.js';

/** Where a specifier leads: a file of the project, a package (or Node's own module), or nowhere that could be found. */
export type Target =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'asset' }
  | { readonly kind: 'missing' };

const ASSET: Target = { kind: 'asset' };
const SOURCE = /\.[cm]?[jt]sx?$/;
const BUILT = /^(?:\.?(?:dist|build|output)|lib|out|es|esm|cjs)\//;
const BUILT_FOLDER = /^\.?(?:dist|build|output)\/?$/;

const LONGEST = 4096;

const known = new WeakMap<Project, Modules>();

/** One for each project: what was asked while files were read is not looked up again when they are linked. */
export function modulesOf(project: Project): Modules {
  const found = known.get(project) ?? new Modules(project);
  known.set(project, found);
  return found;
}

/** Resolves module specifiers against the discovered files alone: nothing need be installed, and the disk is not asked. */
export class Modules {
  private readonly listing: Listing;
  private readonly memo = new Map<string, Target>();
  private readonly inputs: ReadonlySet<string>;
  private readonly packages = new Map<string, Manifest>();
  private readonly byDir = new Map<string, Manifest>();
  private readonly declared: ReadonlySet<string>;
  private readonly matchers: { dir: string; config: TsConfig; match: ((specifier: string) => string[]) | null }[];

  constructor(private readonly project: Project) {
    this.listing = new Listing(project);
    this.inputs = new Set(project.inputs.map(({ file }) => file));
    for (const manifest of project.manifests) {
      this.byDir.set(manifest.dir, manifest);
      if (manifest.name && !this.packages.has(manifest.name)) this.packages.set(manifest.name, manifest);
    }
    this.declared = new Set(
      project.manifests.flatMap((one) => [...Object.keys(one.dependencies), ...Object.keys(one.devDependencies)]),
    );
    this.matchers = [...project.tsconfigs]
      .sort((a, b) => depth(b.dir) - depth(a.dir))
      .map((config) => ({ dir: config.dir, config, match: matcher(config) }));
  }

  resolve(from: string, specifier: string): Target {
    // No disk knows a longer path, and time grows with its parts.
    if (specifier.length > LONGEST) return { kind: 'missing' };
    const dir = posix.dirname(from);
    // Only plain JavaScript is sometimes written for the place it is copied to; the compiler would object to TypeScript.
    const copied = /\.[cm]?jsx?$/.test(from);
    const key = `${dir}\0${copied}\0${specifier}`;
    let target = this.memo.get(key);
    if (!target) {
      target = this.find(dir, specifier, copied);
      this.memo.set(key, target);
    }
    return target;
  }

  private find(dir: string, raw: string, copied: boolean): Target {
    // Bundlers' suffixes and prefixes (`./logo.svg?raw`) name the same file.
    const specifier = raw.replace(/[?].*/, '');
    if (specifier === '' || /^(?:https?|data):/.test(specifier)) return { kind: 'asset' };
    // Whichever Node this runs on: a newer one has modules that it does not know. `bun:sqlite` reads as `bun/sqlite`.
    if (isBuiltin(specifier) || /^(?:node|bun):/.test(specifier))
      return { kind: 'package', name: specifier.replace(/^node:/, '').replace(/^bun:/, 'bun/') };
    if (/^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..') {
      const found = this.path(dir, specifier) ?? this.unbuilt(dir, specifier, copied);
      return found ?? (isAsset(specifier) ? { kind: 'asset' } : { kind: 'missing' });
    }
    for (const { dir: base, match, config } of this.matchers) {
      if (base !== '.' && dir !== base && !dir.startsWith(`${base}/`)) continue;
      for (const candidate of match?.(specifier) ?? []) {
        const found = this.path('.', `./${posix.relative('/', candidate)}`);
        if (found) return found;
      }
      if (config.baseUrl !== undefined) {
        const found = this.path(config.baseUrl, `./${specifier}`);
        if (found) return found;
      }
    }
    if (specifier.startsWith('#')) return this.internal(dir, specifier) ?? { kind: 'missing' };
    const name = packageName(specifier);
    const own = this.packages.get(name);
    if (own) return this.inPackage(own, specifier.slice(name.length + 1)) ?? { kind: 'missing' };
    if (/^[@~]\//.test(specifier))
      return (
        this.path('.', `./src/${specifier.slice(2)}`) ??
        this.path('.', `./${specifier.slice(2)}`) ?? { kind: 'missing' }
      );
    return (copied ? this.belowRoot(dir, specifier) : undefined) ?? { kind: 'package', name: specifier };
  }

  /** `controllers/orders.js`, found below a folder that is on Node's own path (`NODE_PATH=server`), as far as there is just one. */
  private belowRoot(dir: string, specifier: string): Target | undefined {
    if (!specifier.includes('/') && !SOURCE.test(specifier)) return undefined;
    const manifest = this.manifestOf(dir);
    if (!manifest || specifier.startsWith('@') || this.declared.has(packageName(specifier))) return undefined;
    const files = new Set<string>();
    for (const root of [manifest.dir, ...this.listing.foldersIn(manifest.dir)]) {
      const found = this.path(root, `./${specifier}`);
      if (found?.kind === 'file') files.add(found.file);
    }
    const [file] = files;
    return file !== undefined && files.size === 1 ? { kind: 'file', file } : undefined;
  }

  private path(dir: string, specifier: string): Target | undefined {
    const file = this.listing.resolve(dir, specifier);
    if (file === undefined) return undefined;
    return SOURCE.test(file) || this.inputs.has(file) ? { kind: 'file', file } : ASSET;
  }

  /** A package of the same repository: what it publishes is often not built yet, so its sources stand in. */
  private inPackage(manifest: Manifest, subpath: string): Target | undefined {
    const published = [
      ...publishedAs(manifest.exports, subpath ? `./${subpath}` : '.'),
      ...(subpath ? [] : [manifest.main, manifest.module].filter((main) => main !== undefined)),
    ];
    for (const path of published) {
      const file = this.entry(manifest.dir, path);
      if (file !== undefined) return { kind: 'file', file };
    }
    const candidates = subpath
      ? [subpath, `src/${subpath}`, subpath.replace(BUILT, 'src/'), `lib/${subpath}`]
      : ['src/index', 'src/main', 'index', 'lib/index'];
    return this.firstFile(manifest.dir, candidates);
  }

  /** `#name`, as the `imports` of the nearest package say. */
  private internal(dir: string, specifier: string): Target | undefined {
    const manifest = this.manifestOf(dir);
    for (const target of manifest ? publishedAs(manifest.imports, specifier) : []) {
      const file = manifest && target.startsWith('.') ? this.entry(manifest.dir, target) : undefined;
      if (file !== undefined) return { kind: 'file', file };
    }
    return this.path(dir, specifier);
  }

  /**
   * A relative path that names what is only there after a build: the source it is built from, elsewhere in the same package.
   * `copied` files are moved themselves, so that any end of the path that is unmistakable (two names or more) may be meant.
   */
  private unbuilt(dir: string, specifier: string, copied: boolean): Target | undefined {
    const manifest = this.manifestOf(dir);
    if (!manifest || !/\.[cm]?js$/.test(specifier)) return undefined;
    const inside = posix.relative(manifest.dir, posix.join(dir, specifier));
    if (inside.startsWith('..')) return undefined;
    const built = BUILT.test(inside) ? this.entry(manifest.dir, inside) : undefined;
    if (built !== undefined) return { kind: 'file', file: built };
    const parts = posix
      .normalize(specifier)
      .split('/')
      .filter((part) => part !== '..');
    for (let from = 0; copied && from <= parts.length - 2; from++) {
      const end = parts.slice(from).join('/');
      const found = this.firstFile(manifest.dir, [end, `src/${end}`]);
      if (found) return found;
    }
    return undefined;
  }

  private firstFile(dir: string, candidates: readonly string[]): Target | undefined {
    for (const candidate of candidates) {
      const found = this.path(dir, `./${posix.normalize(candidate)}`);
      if (found?.kind === 'file') return found;
    }
    return undefined;
  }

  /** The nearest package around a folder. */
  manifestOf(dir: string): Manifest | undefined {
    for (let at = dir; ; at = posix.dirname(at)) {
      const manifest = this.byDir.get(at);
      if (manifest || at === '.') return manifest;
    }
  }

  /** A package of this repository, by its name. */
  packageNamed(name: string): Manifest | undefined {
    return this.packages.get(name);
  }

  has(file: string): boolean {
    return this.listing.has(file);
  }

  /** The file a path written in a manifest or script means, with or without extension, built or source. */
  entry(dir: string, path: string): string | undefined {
    const named = posix.normalize(path.replace(/^\.\//, ''));
    // `node dist` starts what a folder begins with.
    const clean = BUILT_FOLDER.test(named) ? posix.join(named, 'index.js') : named;
    const candidates = named === clean ? [clean] : [named, clean];
    const written = posix.join(dir, clean);
    // The configuration may stand below the package: `server/tsconfig.json` with `outDir: "../dist"`.
    for (const config of this.project.tsconfigs) {
      const { outDir } = config;
      if (outDir === undefined || outDir === '.' || !written.startsWith(`${outDir}/`)) continue;
      if (config.dir !== dir && dir !== '.' && !config.dir.startsWith(`${dir}/`)) continue;
      const inner = written.slice(outDir.length + 1);
      const roots = [config.rootDir ?? posix.join(config.dir, 'src'), config.dir];
      for (const root of roots) candidates.push(posix.relative(dir, posix.join(root, inner)));
    }
    if (BUILT.test(clean))
      candidates.push(
        clean.replace(BUILT, 'src/'),
        clean.replace(BUILT, ''),
        clean.replace(BUILT, '').replace(/^src\//, ''),
      );
    // A bundler writes `server.mjs` from `server.ts`, which the compiler would not.
    if (BUILT.test(clean) && /\.[cm]js$/.test(clean))
      candidates.push(...candidates.slice(1).map((candidate) => candidate.replace(/\.[cm]js$/, '.js')));
    const found = this.firstFile(dir, candidates);
    return found?.kind === 'file' ? found.file : undefined;
  }

  /** The file that a command starts: what a bundler puts at the top of its output is named like its entry, wherever that stands. */
  started(dir: string, path: string): string | undefined {
    return this.entry(dir, path) ?? this.bundled(dir, posix.normalize(path.replace(/^\.\//, '')));
  }

  private bundled(dir: string, path: string): string | undefined {
    const name = BUILT.test(path) ? /^([\w.-]+)\.[cm]?js$/.exec(path.replace(BUILT, ''))?.[1] : undefined;
    const own = name === undefined || name === 'index' ? undefined : this.byDir.get(dir);
    if (!own) return undefined;
    const named = [...this.inputs]
      .filter(
        (file) =>
          (dir === '.' || file.startsWith(`${dir}/`)) &&
          posix.basename(file).replace(SOURCE, '') === name &&
          !BUILT.test(posix.relative(dir, file)) &&
          this.manifestOf(posix.dirname(file)) === own,
      )
      .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
    const [first, second] = named;
    return first !== undefined && (second === undefined || depth(second) > depth(first)) ? first : undefined;
  }
}

export function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] as string);
}

function isAsset(specifier: string): boolean {
  return /\.[a-z0-9]+$/i.test(specifier) && !SOURCE.test(specifier);
}

function depth(dir: string): number {
  return dir === '.' ? 0 : dir.split('/').length;
}

function matcher(config: TsConfig): ((specifier: string) => string[]) | null {
  if (Object.keys(config.paths).length === 0) return null;
  const paths = Object.fromEntries(
    Object.entries(config.paths)
      .filter(([pattern, targets]) => [pattern, ...targets].every(hasOneAsterisk))
      .map(([pattern, targets]) => [pattern, targets.map((target) => `./${target}`)]),
  );
  // The targets are relative to the root already, so the matcher is told that the configuration stands there.
  return createPathsMatcher({ path: '/tsconfig.json', config: { compilerOptions: { baseUrl: '/', paths } } });
}

/** The compiler passes over the others, where the matcher throws. */
function hasOneAsterisk(pattern: string): boolean {
  return pattern.indexOf('*') === pattern.lastIndexOf('*');
}
