import nodePath, { posix } from 'node:path';
import type { Manifest, Problem, TsConfig } from '../model/input.js';
import { asObject, asStrings, readJson } from './json.js';
import { fromRoot } from './paths.js';
import type { Files } from './read.js';

/** A folder that a configuration has its compiled files written to. */
export interface Output {
  /** The folder of the configuration, whose sources are compiled. */
  readonly dir: string;
  readonly outDir: string;
  readonly javascript: boolean;
}

/** What one configuration file says, its `extends` merged in. All folders are relative to the project root. */
interface Options {
  readonly baseUrl?: string;
  readonly paths?: Readonly<Record<string, unknown>>;
  /** The folder of the file that has `paths`: what they start from where there is no `baseUrl`. */
  readonly pathsDir?: string;
  readonly outDir?: string;
  readonly rootDir?: string;
  readonly javascript?: boolean;
}

const CONFIG_FILE = /^(?:ts|js)config(?:\.[^/]+)?\.json$/;

/**
 * Reads the TypeScript configurations, one entry a folder: what `tsconfig.json` leaves open is filled in from
 * `tsconfig.app.json` and its like, because a `tsconfig.json` of references alone says nothing itself.
 *
 * `extends` is merged here rather than by a library, for two reasons. A base that is a package is hardly ever installed
 * where the tool runs, and its absence must not cost the other bases; and a base that is a workspace package of the
 * project is there, only not under `node_modules`.
 */
export function readTsconfigs(
  root: string,
  paths: readonly string[],
  files: Files,
  packages: readonly Manifest[],
): { tsconfigs: TsConfig[]; outputs: Output[]; problems: Problem[] } {
  const chains = new Chains(root, files, packages);
  const byFolder = new Map<string, Options[]>();
  const outputs: Output[] = [];
  for (const file of paths.filter((path) => CONFIG_FILE.test(posix.basename(path))).sort(byPrecedence)) {
    const dir = posix.dirname(file);
    const options = chains.optionsOf(file, dir);
    byFolder.set(dir, [...(byFolder.get(dir) ?? []), options]);
    if (options.outDir !== undefined)
      outputs.push({ dir, outDir: options.outDir, javascript: options.javascript ?? false });
  }
  const tsconfigs = [...byFolder].sort(([a], [b]) => (a < b ? -1 : 1)).map(([dir, all]) => chains.toTsConfig(dir, all));
  return { tsconfigs, outputs, problems: chains.problems };
}

/** `tsconfig.json` before `jsconfig.json` before all others. */
function byPrecedence(a: string, b: string): number {
  const rank = (file: string) => ['tsconfig.json', 'jsconfig.json', posix.basename(file)].indexOf(posix.basename(file));
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

class Chains {
  readonly problems: Problem[] = [];
  private readonly read = new Map<string, Readonly<Record<string, unknown>> | undefined>();

  constructor(
    private readonly root: string,
    private readonly files: Files,
    private readonly packages: readonly Manifest[],
  ) {}

  /** `leaf` is the folder of the configuration where the chain begins, which `${configDir}` stands for in all of it. */
  optionsOf(file: string, leaf: string, seen: readonly string[] = []): Options {
    const json = this.json(file);
    if (!json) return {};
    const dir = posix.dirname(file);
    let merged: Options = {};
    for (const specifier of asStrings(Array.isArray(json.extends) ? json.extends : [json.extends])) {
      const base = this.baseOf(specifier, dir);
      if (base !== undefined && base !== file && !seen.includes(base)) {
        merged = { ...merged, ...this.optionsOf(base, leaf, [...seen, file]) };
      }
    }
    const { baseUrl, paths, outDir, rootDir, allowJs, checkJs } = asObject(json.compilerOptions);
    const folder = (value: string) => this.place(value, dir, leaf);
    const javascript = typeof allowJs === 'boolean' ? allowJs : typeof checkJs === 'boolean' ? checkJs : undefined;
    return {
      ...merged,
      ...(typeof baseUrl === 'string' && { baseUrl: folder(baseUrl) }),
      ...(paths !== undefined && { paths: asObject(paths), pathsDir: dir }),
      ...(typeof outDir === 'string' && { outDir: folder(outDir) }),
      ...(typeof rootDir === 'string' && { rootDir: folder(rootDir) }),
      ...(javascript !== undefined && { javascript }),
    };
  }

  toTsConfig(dir: string, all: readonly Options[]): TsConfig {
    const first = <K extends keyof Options>(key: K) => all.find((options) => options[key] !== undefined)?.[key];
    const baseUrl = first('baseUrl');
    const outDir = first('outDir');
    const rootDir = first('rootDir');
    const paths = Object.assign({}, ...[...all].reverse().map((options) => this.targets(options, dir)));
    return {
      dir,
      ...(baseUrl !== undefined && { baseUrl }),
      paths,
      ...(outDir !== undefined && { outDir }),
      ...(rootDir !== undefined && { rootDir }),
    };
  }

  private targets({ paths = {}, baseUrl, pathsDir = '.' }: Options, leaf: string): Record<string, string[]> {
    const start = baseUrl ?? pathsDir;
    return Object.fromEntries(
      Object.entries(paths).map(([pattern, targets]) => [
        pattern,
        asStrings(targets).map((target) => this.place(target, start, leaf)),
      ]),
    );
  }

  private place(value: string, dir: string, leaf: string): string {
    const written = value.replaceAll('\\', '/');
    const inLeaf = /^\$\{configDir\}\/?(.*)$/.exec(written);
    return this.resolved(inLeaf ? leaf : dir, inLeaf ? inLeaf[1]! : written);
  }

  /** A path as the disk resolves it: one that leaves the root may come back in. */
  private resolved(dir: string, value: string): string {
    return fromRoot(this.root, nodePath.resolve(this.root, dir, value));
  }

  /** The file that an `extends` names, if it is part of the project; an uninstalled package is nothing to complain of. */
  private baseOf(specifier: string, dir: string): string | undefined {
    for (const candidate of this.candidates(specifier.replaceAll('\\', '/'), dir)) {
      if (this.json(candidate)) return candidate;
    }
    return undefined;
  }

  private candidates(specifier: string, dir: string): string[] {
    if (nodePath.isAbsolute(specifier) || /^\.{1,2}(?:\/|$)/.test(specifier)) {
      return withExtension(this.resolved(dir, specifier));
    }
    const [scope = '', name, ...rest] = specifier.startsWith('@')
      ? specifier.split('/')
      : ['', ...specifier.split('/')];
    const owner = this.packages.find((manifest) => manifest.name === (scope ? `${scope}/${name}` : name));
    return owner ? withExtension(posix.join(owner.dir, ...rest)) : [];
  }

  /** `compilerOptions` and `extends` of a file as written; nothing if there is no such file. */
  private json(file: string): Readonly<Record<string, unknown>> | undefined {
    if (this.read.has(file)) return this.read.get(file);
    const json = this.readOnce(file);
    this.read.set(file, json);
    return json;
  }

  private readOnce(file: string): Readonly<Record<string, unknown>> | undefined {
    const text = this.files.textIfAny(file);
    if (text === undefined) return undefined;
    const { value, flaw } = readJson(text, 'relaxed');
    // An empty file is an empty configuration to the compiler as well.
    if (flaw && text.trim() !== '') {
      this.problems.push({
        kind: 'broken-tsconfig',
        level: 'error',
        file,
        span: flaw.span,
        message: `is not valid JSON: ${flaw.words}. Imports that need its "paths" may not be followed; mend it, or name it in "ignores".`,
      });
    }
    return asObject(value);
  }
}

function withExtension(file: string): string[] {
  return file.endsWith('.json') ? [file] : [`${file}.json`, file, posix.join(file, 'tsconfig.json')];
}
