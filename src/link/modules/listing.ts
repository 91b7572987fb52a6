import { posix } from 'node:path';
import enhancedResolve, { type Resolver } from 'enhanced-resolve';
import type { Project } from '../../model/input.js';

// A CommonJS package whose names an import statement cannot see.
const { CachedInputFileSystem, ResolverFactory } = enhancedResolve;

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'];
const NONE: readonly string[] = [];
const ALIASES: Record<string, string[]> = {
  '.js': ['.ts', '.tsx', '.js', '.jsx'],
  '.mjs': ['.mts', '.mjs'],
  '.cjs': ['.cts', '.cjs'],
  '.jsx': ['.tsx', '.jsx'],
};

/**
 * The files that were found, and which of them a specifier means beside a folder. What the list tells by itself is taken from there, which is
 * nearly everything; the library, whose answer it must be, takes a hundred times as long, above all to say that there is nothing.
 */
export class Listing {
  private readonly files: ReadonlySet<string>;
  /** Paths as those of the files; the root is the empty one. */
  private readonly folders: ReadonlySet<string>;
  private readonly described: ReadonlySet<string>;
  private resolver: Resolver | undefined;

  constructor(private readonly project: Project) {
    this.files = new Set(project.files);
    const folders = new Set(['']);
    for (const file of project.files)
      for (
        let end = file.lastIndexOf('/');
        end > 0 && !folders.has(file.slice(0, end));
        end = file.lastIndexOf('/', end - 1)
      )
        folders.add(file.slice(0, end));
    this.folders = folders;
    this.described = new Set(project.manifests.map(({ dir }) => (dir === '.' ? '' : dir)));
  }

  has(file: string): boolean {
    return this.files.has(file);
  }

  /** The folders that stand right in one. */
  foldersIn(dir: string): readonly string[] {
    const head = dir === '.' ? '' : `${dir}/`;
    return [...this.folders].filter(
      (one) => one.length > head.length && one.startsWith(head) && !one.includes('/', head.length),
    );
  }

  resolve(dir: string, specifier: string): string | undefined {
    const known = this.told(dir, specifier);
    return known === undefined ? this.looked(dir, specifier) : (known ?? undefined);
  }

  /**
   * The file that a relative path names by itself, with an extension or as a folder, in the order of the library: a file goes before a folder,
   * and extensions in their order. `null` where it names nothing; `undefined` where only the library knows, as of a folder whose
   * manifest says what is meant.
   */
  told(dir: string, specifier: string): string | null | undefined {
    if (!specifier.startsWith('.') || /[?#\0\\]|\/$|(?:^|\/)\.{1,2}$/.test(specifier)) return undefined;
    const path = posix.join('/', dir, specifier).slice(1);
    const file = this.aliased(path) ?? this.withExtension(path);
    if (file !== undefined) return file;
    if (!this.folders.has(path)) return null;
    if (this.described.has(path) || this.files.has(`${path}/package.json`)) return undefined;
    return this.withExtension(`${path}/index`) ?? null;
  }

  /** `./a.js` is written for what `a.ts` is compiled to. */
  private aliased(path: string): string | undefined {
    const stem = path.slice(0, path.lastIndexOf('.'));
    for (const extension of ALIASES[path.slice(stem.length)] ?? NONE)
      if (this.files.has(stem + extension)) return stem + extension;
    return undefined;
  }

  private withExtension(path: string): string | undefined {
    if (this.files.has(path)) return path;
    for (const extension of EXTENSIONS) if (this.files.has(path + extension)) return path + extension;
    return undefined;
  }

  /** What the library finds. */
  looked(dir: string, specifier: string): string | undefined {
    this.resolver ??= ResolverFactory.createResolver({
      fileSystem: new CachedInputFileSystem(fileSystem(this.project, this.files, this.folders), 4000),
      useSyncFileSystemCalls: true,
      extensions: EXTENSIONS,
      extensionAlias: ALIASES,
      conditionNames: ['node', 'import', 'require', 'default'],
      mainFields: ['source', 'main', 'module'],
      symlinks: false,
    });
    try {
      const found = this.resolver.resolveSync({}, `/${dir}`, specifier);
      return typeof found === 'string' ? posix.relative('/', found.replace(/[?#].*/, '')) : undefined;
    } catch {
      // The resolver says "not found" by throwing.
      return undefined;
    }
  }
}

/** The discovered files as a file system, the project's root at `/`. Only manifests have content. */
function fileSystem({ manifests: list }: Project, files: ReadonlySet<string>, folders: ReadonlySet<string>): never {
  const manifests = new Map(list.map((manifest) => [posix.join('/', manifest.dir, 'package.json'), manifest]));
  // One for all: the resolver asks for many more files than there are, and making an error with its stack is slow.
  const missing = Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
  const stat = (path: string) => {
    const isFile = files.has(path.slice(1)) || manifests.has(path);
    const isFolder = !isFile && folders.has(path.slice(1));
    if (!isFile && !isFolder) throw missing;
    return { isFile: () => isFile, isDirectory: () => isFolder, isSymbolicLink: () => false };
  };
  const read = (path: string) => {
    const manifest = manifests.get(path);
    if (!manifest) throw missing;
    return Buffer.from(JSON.stringify(manifest));
  };
  const later =
    (work: (path: string) => unknown) =>
    (path: string, ...rest: unknown[]) => {
      const done = rest.at(-1) as (error: unknown, value?: unknown) => void;
      try {
        done(null, work(path));
      } catch (error) {
        done(error);
      }
    };
  const link = (path: string) => {
    throw Object.assign(new Error(`EINVAL: ${path}`), { code: 'EINVAL' });
  };
  return {
    statSync: stat,
    lstatSync: stat,
    readFileSync: read,
    readJsonSync: (path: string) => JSON.parse(read(path).toString()),
    readlinkSync: link,
    readdirSync: () => [],
    stat: later(stat),
    lstat: later(stat),
    readFile: later(read),
    readJson: later((path) => JSON.parse(read(path).toString())),
    readlink: later(link),
    readdir: later(() => []),
  } as never;
}
