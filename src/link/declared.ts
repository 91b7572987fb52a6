import type { Call, Fn } from '../model/program.js';
import type { Values } from './values.js';

/** What a user says of the project's own code in the configuration. */
export interface Declarations {
  /** Functions that make what they run, or what follows them, happen once. */
  readonly guards: readonly string[];
  /** Classes and functions whose objects all instances share. */
  readonly sharedStores: readonly string[];
}

export const NOTHING_DECLARED: Declarations = { guards: [], sharedStores: [] };

/** One entry: `src/locks.ts#withLock`, `@acme/locks#runOnce`, `LeaderService.isLeader`. */
interface Entry {
  readonly written: string;
  /** The file, or the package. */
  readonly from?: string;
  readonly name: string;
}

/** Recognises what the configuration declares, and remembers what it met nowhere. */
export class Declared {
  private readonly guards: readonly Entry[];

  constructor(
    private readonly values: Values,
    { guards }: Declarations,
  ) {
    this.guards = guards.map(entry);
  }

  isGuard(call: Call, callees: readonly Fn[]): boolean {
    if (this.guards.length === 0) return false;
    return this.guards.some(
      (one) => callees.some((fn) => isFunction(one, fn)) || this.values.calleeApis(call).some((api) => isApi(one, api)),
    );
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
  return from !== undefined && api.slice(0, colon) === from && api.slice(colon + 1).replaceAll('()', '') === name;
}
