import type { EffectKind, Phase } from './program.js';

/*
 * Knowledge that rules look up through the program, built-in or from a user's configuration. An `api` is an API path
 * pattern (see `Value` in program.ts), with `{a,b}` for alternatives: `express:{(),Router()}.{get,post}`. One entry says one
 * thing about one package.
 */

/** Where a fact was checked: a page, or a file inside the package's tarball ("express-session@1.18.1 README.md"). */
export type Source = string;

/** A source that starts so was not read: what rests on it is believed little. */
export const UNCHECKED = 'unchecked:';

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
  /** Paths of options that hold a store; `''` where the argument itself is one, `*` for each item of a list or object. */
  readonly stores?: readonly string[];
  /** Calls that give it a store afterwards, `socket.io:Server().adapter`, and the argument that is the store or, with a `path`, holds it. */
  readonly later?: readonly { readonly api: string; readonly arg: number; readonly path?: string }[];
  /** Options that move it elsewhere: by being given at all, or by one of these values. */
  readonly switches?: readonly {
    readonly path: string;
    readonly is?: readonly (string | number | boolean)[];
    readonly home: Home;
  }[];
  /** Stores that are given by a name: `store: 'memory'`. */
  readonly named?: Readonly<Record<string, Home>>;
  /** Nothing is kept with one of these values. */
  readonly off?: readonly { readonly path: string; readonly is: readonly (string | number | boolean)[] }[];
  /** Nothing is kept unless one of these options is given. */
  readonly only?: readonly string[];
  /** Handed to one of these calls, as this option, it only steps in while the real store fails. */
  readonly standIn?: readonly { readonly api: string; readonly path: string }[];
  /**
   * It holds back what the application itself does, to others or to its own machine, and refuses nothing to users; unless this
   * option is set, or one of these methods is called.
   */
  readonly outbound?: { readonly unless?: string; readonly refusing?: readonly string[] };
  /** Nothing is kept where none of these calls is made while users are served, or work is done. */
  readonly written?: readonly string[];
  /** A broker: the package itself publishes on it. */
  readonly byItself?: true;
  /** A cache: what is known of how it is used. */
  readonly cache?: CacheKnowledge;
  /** Where things are kept without any of these; `none` where a store must be given. */
  readonly default: Home | 'none';
  /** For the message: what the package calls its default, and what to know about it. */
  readonly note: string;
  /** How to move it, as the hint; absent: the rule knows. */
  readonly remedy?: string;
  /** The page of its documentation about this. */
  readonly docs?: string;
  readonly source: Source;
}

/** What tells a cache whose entries grow old on their own from one that is changed by hand. */
export interface CacheKnowledge {
  /** The path of what its entries are read and written with, where that is not what the call gives: something injected. */
  readonly object?: string;
  /** Calls that throw entries out, on this instance only. */
  readonly emptied?: readonly string[];
  /** Entries are thrown out by the package itself as soon as an instance changes what they are made of. */
  readonly emptiesItself?: true;
  /** How long an entry lives: an option, or the argument at `arg`; where nothing is said, `otherwise`. */
  readonly ttl?: {
    readonly arg?: number;
    readonly path?: string;
    readonly unit: 'ms' | 's';
    readonly otherwise?: number;
  };
  /** Whole answers are kept, so that users see them as they are. */
  readonly answers?: true;
  /** Several calls set up one cache, of which the first is spoken of. */
  readonly once?: true;
}

/** What a store keeps things in. `api` is the path of the store, not of the call that makes it: `new X(client)` is `x:X()`. */
export interface StoreKnowledge {
  readonly api: string;
  readonly keeps: Home;
  /** Only with this option of its first argument; without it things are kept elsewhere. */
  readonly needs?: { readonly option: string; readonly otherwise: Home };
  /** Where the store under this option of its first argument (or the argument itself) keeps them. */
  readonly within?: { readonly option: string; readonly otherwise: Home };
  readonly note?: string;
  readonly source: Source;
}

/** Functions passed to this call run in a phase. */
export interface Registration {
  readonly api: string;
  readonly phase: Phase;
  /** Which arguments hold functions (or arrays or objects of functions): default every one. */
  readonly args?: readonly number[];
  /** An options property that holds the function: `{ handler }`. */
  readonly property?: string;
  /** The functions stand in objects inside objects, as resolvers do. */
  readonly nested?: true;
  /** The functions stand in what the given function returns: `createController(() => ({ find() {} }))`. */
  readonly returned?: true;
  /** How to say it: `{name}` is the method's name, `{0}` the text of argument 0: "{name} {0}" gives "post /login". */
  readonly label: string;
  /** Only if the literal argument is one of these: the event's name of `process.on('SIGTERM', …)`. */
  readonly when?: { readonly arg: number; readonly in: readonly string[] };
  /** All instances get each message, as subscribers of a channel do; of a queue only one does. */
  readonly everyInstance?: true;
  /** Only where the project itself makes the receiver with `new`: its own connection to somebody, and none that a server was given. */
  readonly made?: true;
  readonly source: Source;
}

/** `mail` is any message to people: mail, SMS, push, chat. `http` is any call to a foreign service: payments too. */
export interface EffectKnowledge {
  readonly api: string;
  readonly kind: EffectKind;
  readonly writes: boolean;
  readonly idempotent?: true;
  /** An option that names what is made: made again under the same name, it is there already. */
  readonly named?: { readonly arg: number; readonly path: string };
  /** The argument that holds an SQL statement: a text that starts with SELECT, SHOW, EXPLAIN or WITH … SELECT only reads. */
  readonly sql?: number;
  /** Where the HTTP method stands (argument and option); absent or GET, HEAD, OPTIONS only reads. Overrides `writes`. */
  readonly method?: { readonly arg: number; readonly path: string };
  /** What happens, to follow "the job": "sends an SMS". Absent: told from kind and method name. */
  readonly words?: string;
  readonly source: Source;
}

/** A call (or decorator) that runs a function on a schedule. */
export interface SchedulerKnowledge {
  readonly api: string;
  /** Put on a method rather than called with a function. */
  readonly decorator?: true;
  /** Of a decorator that is put on a class: the method that runs. */
  readonly method?: string;
  /** Only where this argument is that value: the plugin that a framework's `register` is handed. */
  readonly only?: { readonly arg: number; readonly api: string };
  /** Where the function stands; absent for decorators and for what runs files. */
  readonly callback?: { readonly arg: number; readonly path?: string };
  /** Where the schedule stands: a cron expression, a number of milliseconds, a rule. */
  readonly schedule?: { readonly arg: number; readonly path?: string };
  readonly kind: 'cron' | 'interval' | 'delay';
  /** Options that make one instance of several run it. All of them must be set. */
  readonly safe?: { readonly arg: number; readonly paths: readonly string[]; readonly note: string };
  /** Options that only keep one process from overlapping itself: no guard. */
  readonly overlap?: { readonly arg: number; readonly paths: readonly string[] };
  /** An option that switches the job off. */
  readonly disabled?: { readonly arg: number; readonly path: string };
  /** The scheduler itself keeps its state in a shared store and fires once. */
  readonly locks?: true;
  readonly note?: string;
  readonly source: Source;
}

/** The tables that a configuration can extend. */
export interface Knowledge {
  readonly keepers: readonly KeeperKnowledge[];
  readonly stores: readonly StoreKnowledge[];
  readonly effects: readonly EffectKnowledge[];
  readonly schedulers: readonly SchedulerKnowledge[];
  readonly registrations: readonly Registration[];
}
