import { expandPattern } from './paths.js';

/*
 * API paths: how a value that a package gave is named. See `Value` in model/program.ts.
 */

/** `member`, `()` or `/A.P` put behind an API path, in the one spelling that patterns use. */
export function member(api: string, name: string): string {
  if (name === 'default' && api.endsWith(':')) return api;
  return api.endsWith(':') ? api + name : `${api}.${name}`;
}

export function called(api: string): string {
  return `${api}()`;
}

/** Parameter `index` of a function handed over as an argument, or inside the argument's options: `/0.handler.0`. */
export function parameter(api: string, argument: number, path: readonly string[], index: number): string {
  return `${api}/${[argument, ...path, index].join('.')}`;
}

/** The package of an API path: `@nestjs/common:Get` is of `@nestjs/common`. */
export function packageOf(api: string): string {
  return api.slice(0, api.indexOf(':'));
}

/** Writes out the `{a,b}` groups of a pattern. */
export function expand(pattern: string): readonly string[] {
  const expanded = expandPattern(pattern);
  if (!expanded) throw new Error(`unbalanced braces in ${pattern}`);
  return expanded;
}

/** API paths in an order, and by their packages: who looks for a few does not try all. */
export class ApiPaths {
  private readonly positions = new Map<string, number>();
  private readonly ofPackage = new Map<string, string[]>();

  /** @param paths each once */
  constructor(paths: Iterable<string>) {
    for (const api of paths) {
      this.positions.set(api, this.positions.size);
      const name = packageOf(api);
      const list = this.ofPackage.get(name);
      if (list) list.push(api);
      else this.ofPackage.set(name, [api]);
    }
  }

  has(api: string): boolean {
    return this.positions.has(api);
  }

  position(api: string): number {
    return this.positions.get(api) ?? Number.POSITIVE_INFINITY;
  }

  of(name: string): readonly string[] {
    return this.ofPackage.get(name) ?? [];
  }
}

const NOTHING: readonly never[] = [];

/** Entries found by API path. `*` in a pattern stands for one member name. */
export class ApiTable<T> {
  private readonly exact = new Map<string, T[]>();
  private readonly wild = new Map<string, { pattern: RegExp; entry: T }[]>();

  constructor(entries: Iterable<{ readonly patterns: readonly string[]; readonly entry: T }>) {
    for (const { patterns, entry } of entries) for (const pattern of patterns.flatMap(expand)) this.add(pattern, entry);
  }

  private add(pattern: string, entry: T): void {
    if (!pattern.includes('*')) {
      const list = this.exact.get(pattern);
      if (list) list.push(entry);
      else this.exact.set(pattern, [entry]);
      return;
    }
    const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^.:()/]+');
    const list = this.wild.get(packageOf(pattern)) ?? [];
    list.push({ pattern: new RegExp(`^${source}$`), entry });
    this.wild.set(packageOf(pattern), list);
  }

  find(api: string): readonly T[] {
    const found = this.exact.get(api) ?? (NOTHING as readonly T[]);
    if (this.wild.size === 0) return found;
    const wild = this.wild.get(packageOf(api));
    if (!wild) return found;
    const more = wild.filter(({ pattern }) => pattern.test(api)).map(({ entry }) => entry);
    return more.length ? [...found, ...more] : found;
  }

  /** What of these paths the table knows, with what `first` gives, in their order. */
  among(paths: ApiPaths): readonly (readonly [api: string, entry: T])[] {
    const found: [api: string, entry: T][] = [];
    const look = (api: string): void => {
      const entry = this.first(api);
      if (entry !== undefined) found.push([api, entry]);
    };
    for (const api of this.exact.keys()) if (paths.has(api) && !this.wild.has(packageOf(api))) look(api);
    for (const name of this.wild.keys()) paths.of(name).forEach(look);
    return found.sort(([a], [b]) => paths.position(a) - paths.position(b));
  }

  /** The first of what `find` gives, without making a list: this is asked of every call there is, many times. */
  first(api: string): T | undefined {
    const exact = this.exact.get(api);
    if (exact) return exact[0];
    if (this.wild.size === 0) return undefined;
    return this.wild.get(packageOf(api))?.find(({ pattern }) => pattern.test(api))?.entry;
  }
}
