/*
 * Knowledge that rules look up through the program, built-in or from a user's configuration. An `api` is an API path
 * pattern (see `Value` in program.ts), with `{a,b}` for alternatives: `express:{(),Router()}.{get,post}`. One entry says one
 * thing about one package.
 */

/** Where a fact was checked: a page, or a file inside the package's tarball ("express-session@1.18.1 README.md"). */
export type Source = string;

/** How a plugin reaches its framework: `app.register(plugin, options)` of Fastify, `server.register({ plugin, options })` of Hapi. */
export type PluginStyle = 'fastify' | 'hapi';

/**
 * Where something is kept: in one process, on one machine (by its processes together), in files of one machine, with the
 * client, or in one place for all instances.
 */
export type Home = 'memory' | 'host' | 'file' | 'cookie' | 'shared';

/** What is kept; each rule asks for its own. */
export const CONCERNS = [
  'session',
  'conversation',
  'token',
  'rate-limit',
  'cache',
  'queue',
  'lock',
  'pubsub',
  'sockets',
  'jobs',
  'database',
  'upload',
] as const;
export type Concern = (typeof CONCERNS)[number];

/** A call that sets up something which has to keep data, and where it does so unless told otherwise. */
export interface KeeperKnowledge {
  readonly concern: Concern;
  /** The call itself (without its `()`); for a plugin, the value that the framework's `register` is handed. */
  readonly api: string;
  readonly plugin?: PluginStyle;
  /** Versions of the package for which this holds, as a range: `<7`. Where the version is not known, the newest counts. */
  readonly versions?: string;
  /** Which argument holds the options (for a plugin: of `register`); -1 for none. */
  readonly options: number;
  /** Paths of options that hold a store; `''` where the argument itself is one. */
  readonly stores?: readonly string[];
  /** Calls that give it a store afterwards, `socket.io:Server().adapter`, and the argument that is the store. */
  readonly later?: readonly { readonly api: string; readonly arg: number }[];
  /** Options that move it elsewhere: by being given at all, or by one of these values. */
  readonly switches?: readonly {
    readonly path: string;
    readonly is?: readonly (string | number | boolean)[];
    readonly home: Home;
  }[];
  /** Where things are kept without any of these; `none` where a store must be given. */
  readonly default: Home | 'none';
  /** For the message: what the package calls its default, and what to know about it. */
  readonly note: string;
  /** The page of its documentation about this. */
  readonly docs?: string;
  readonly source: Source;
}

/** What a store keeps things in. `api` is the path of the store, not of the call that makes it: `new X(client)` is `x:X()`. */
export interface StoreKnowledge {
  readonly api: string;
  readonly keeps: Home;
  /** Only with this option of its first argument; without it things are kept elsewhere. */
  readonly needs?: { readonly option: string; readonly otherwise: Home };
  readonly note?: string;
  readonly source: Source;
}

/** The tables that a configuration can extend. */
export interface Knowledge {
  readonly keepers: readonly KeeperKnowledge[];
  readonly stores: readonly StoreKnowledge[];
}
