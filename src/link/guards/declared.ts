import { packageOf } from '../../knowledge/api-table.js';
import type { Knowledge } from '../../model/knowledge.js';
import type { Declaration } from '../../model/production.js';
import type { Call, Cls, Fn, Value } from '../../model/program.js';
import type { Tables } from '../tables.js';
import type { Values } from '../values/values.js';

/** What a user says of the project's own code in the configuration. */
export interface Declarations {
  /** Functions that make what they run, or what follows them, happen once. */
  readonly guards: readonly string[];
  /** Classes and functions whose objects all instances share. */
  readonly sharedStores: readonly string[];
  /** What is known of packages that the tool does not know, or knows otherwise. */
  readonly knowledge?: Partial<Knowledge>;
  /** How production runs, where the descriptors do not say or say otherwise. */
  readonly deployment?: Declaration;
  /** The date, or the name of the last migration, up to which everything has been rolled out. */
  readonly migrations?: { readonly since?: string | undefined } | undefined;
}

export const NOTHING_DECLARED: Declarations = { guards: [], sharedStores: [] };

/** One entry: `src/locks.ts#withLock`, `@acme/locks#runOnce`, `LeaderService.isLeader`. */
interface Entry {
  readonly written: string;
  /** The file, or the package. */
  readonly from?: string;
  readonly name: string;
}

/** Recognises what the configuration declares, and tells what it found nowhere. */
export class Declared {
  private readonly guards: readonly Entry[];
  private readonly stores: readonly Entry[];

  constructor(
    private readonly values: Values,
    { guards, sharedStores }: Declarations,
  ) {
    this.guards = guards.map(entry);
    this.stores = sharedStores.map(entry);
  }

  isGuard(call: Call, callees: readonly Fn[]): boolean {
    if (this.guards.length === 0) return false;
    return this.guards.some(
      (one) => callees.some((fn) => isFunction(one, fn)) || this.values.calleeApis(call).some((api) => isApi(one, api)),
    );
  }

  isSharedClass({ unit, fact }: Cls): boolean {
    return this.stores.some(({ from, name }) => fact.name === name && (from === undefined || isFile(from, unit.file)));
  }

  /** What a function that is declared makes is shared as well. */
  isShared(value: Value): boolean {
    if (this.stores.length === 0) return false;
    if (value.kind === 'instance' || value.kind === 'class')
      return this.isSharedClass(value.cls) || (value.kind === 'instance' && this.isMadeByShared(value.call));
    if (value.kind === 'external')
      return this.stores.some(
        (one) => packageOf(value.api) === (one.from ?? one.name) && (one.from === undefined || isApi(one, value.api)),
      );
    return (value.kind === 'object' || value.kind === 'function') && this.isInUnit(value);
  }

  private isMadeByShared(call: Call | undefined): boolean {
    return call !== undefined && this.isInShared(call.fn);
  }

  private isInUnit(value: Value & { kind: 'object' | 'function' }): boolean {
    if (value.kind === 'function') return this.isInShared(value.fn);
    const [line, column] = value.expr.span;
    return value.unit.facts.functions.some((fact, id) => {
      const [from, at, to] = fact.span;
      const inside = id > 0 && (line > from || (line === from && column >= at)) && line <= to;
      return (
        inside &&
        this.stores.some(
          (one) => fact.name === one.name && (one.from === undefined || isFile(one.from, value.unit.file)),
        )
      );
    });
  }

  isInShared({ unit, name }: Fn): boolean {
    return this.stores.some(
      (one) =>
        (name === one.name || name.startsWith(`${one.name}.`)) &&
        (one.from === undefined || isFile(one.from, unit.file)),
    );
  }

  /** Entries that name no function, class or package of the project. */
  unmatched(tables: Tables, apis: Iterable<string>): string[] {
    const entries = [...this.guards, ...this.stores];
    if (entries.length === 0) return [];
    const called = [...apis];
    const packages = new Set(tables.units.flatMap(({ facts }) => facts.imports.map(({ specifier }) => specifier)));
    return entries
      .filter(
        (one) =>
          !called.some((api) => isApi(one, api)) &&
          !packages.has(one.written) &&
          !tables.units.some(
            ({ file, fns, classes }) =>
              (one.from === undefined || isFile(one.from, file)) &&
              (fns.some(({ name }) => name === one.name) || classes.some(({ fact }) => fact.name === one.name)),
          ),
      )
      .map(({ written }) => written);
  }
}

export function entry(written: string): Entry {
  const at = written.lastIndexOf('#');
  return at < 0 ? { written, name: written } : { written, from: written.slice(0, at), name: written.slice(at + 1) };
}

export function isFunction({ from, name }: Entry, fn: Fn): boolean {
  return fn.name === name && (from === undefined || isFile(from, fn.unit.file));
}

export function isFile(from: string, file: string): boolean {
  const plain = (path: string) =>
    path
      .replace(/^\.\//, '')
      .replace(/\.[cm]?[jt]sx?$/, '')
      .replace(/\/index$/, '');
  return plain(from) === plain(file);
}

/** `@acme/locks#Lock.run` is `@acme/locks:Lock().run`. */
export function isApi({ from, name }: Entry, api: string): boolean {
  const colon = api.indexOf(':');
  return (
    from !== undefined &&
    api.slice(0, colon) === from &&
    (api.slice(colon + 1).replaceAll('()', '') || 'default') === name
  );
}
