import type { DescriptorKind } from '../model/deployment.js';
import type { PluginStyle, Source } from '../model/knowledge.js';
import type { EffectKind, Phase } from '../model/program.js';

export type {
  EffectKnowledge,
  PluginStyle,
  Registration,
  SchedulerKnowledge,
  Source,
} from '../model/knowledge.js';

/*
 * The shape of knowledge. An `api` is an API path pattern (see `Value` in model/program.ts), with `{a,b}` for alternatives:
 * `express:{(),Router()}.{get,post}`. One entry says one thing about one package.
 */

/** An emitter: what a listener is given to runs when an event is emitted on the same emitter, in the turn of the emitting call. */
export interface EmitterKnowledge {
  /** The emitter itself. */
  readonly api: string;
  /** Methods that register a listener: the event's name first, then the listener. */
  readonly on: readonly string[];
  /** Methods that register a listener for whatever is emitted; the listener comes first. */
  readonly any?: readonly string[];
  /** Methods that emit: the event's name first (not where there are no names), then what the listeners get. */
  readonly emit: readonly string[];
  /** A decorator that makes a method a listener. */
  readonly decorator?: string;
  /** An emitter that was not made in sight is the only one there is, as an injected one. */
  readonly single?: true;
  readonly source: Source;
}

/** Options that hold functions whatever package takes them: `X.forRootAsync({ useFactory })`. */
export interface OptionShape {
  readonly methods: readonly string[];
  readonly property: string;
  readonly phase: Phase;
  readonly label: string;
  readonly source: Source;
}

/** Methods that a class of a package calls on itself, when what extends it is used. */
export interface BaseClass {
  readonly api: string;
  readonly methods: readonly string[];
  readonly source: Source;
}

/** A decorator that makes a class a singleton, or a method run in a phase. */
export interface DecoratorKnowledge {
  readonly api: string;
  readonly on: 'class' | 'method';
  readonly phase?: Phase;
  /** On a class: functions under this path of the decorator's argument run in the phase; absent: the arguments themselves. */
  readonly property?: string;
  /** One instance per process unless its options say otherwise (`scope: Scope.REQUEST`). */
  readonly singleton?: true;
  readonly label: string;
  readonly source: Source;
}

/** A type name that stands for a value: a parameter declared `app: FastifyInstance` is what `fastify:()` gives. */
export interface TypeAlias {
  readonly type: string;
  readonly api: string;
  /** A function of the project that takes such a parameter runs in this phase, whoever calls it: `(req: Request) => …`. */
  readonly phase?: Phase;
}

/** A call that makes its callback, or what follows it, run on one instance. */
export interface GuardKnowledge {
  readonly api: string;
  readonly kind: 'lock' | 'leader' | 'shared-scheduler';
  /**
   * How it makes itself felt, where its name does not say: what follows has it; its result (or the callback's) says so; or only
   * the callbacks put on what it makes, for the event of having won.
   */
  readonly how?: 'waits' | 'answers' | 'elects';
  readonly source: Source;
}

/**
 * One path means another, as a prefix: with `{ api: 'express:().route()', is: 'express:Router()' }` the path
 * `express:().route().get` reads as `express:Router().get`. Applied until nothing changes; `*` in `api` is any one name.
 */
export interface PathAlias {
  readonly api: string;
  readonly is: string;
  readonly source: Source;
}

/** A call that gives back what it was handed, so that a value is seen through it: `fp(plugin)`, `asyncHandler(fn)`. */
export interface PassThrough {
  readonly api: string;
  /** The argument that is the result, or is called by it. */
  readonly arg: number;
  readonly source: Source;
}

/** A call that hands out objects of a class of the project, as those of object-relational mappers do. */
export interface ModelKnowledge {
  readonly api: string;
  /** One object, an array of them, an array with one in front (`[row, created]`), or something that hands them out in turn. */
  readonly gives: 'one' | 'many' | 'first' | 'repository';
  /** The argument that names the class; absent: the class whose method it is, or that the repository is for. */
  readonly of?: number;
  /** That argument is a text: the name of the class, or of its file, among those that extend this. */
  readonly named?: string;
  /** What it gives is a query still as well. */
  readonly chained?: true;
  readonly source: Source;
}

/** How long what a container makes lives: as long as the process, as something smaller (a request), or for one use. */
export type Lifetime = 'singleton' | 'scoped' | 'transient';

/** A call that keeps something under a name; with `files`, what each file that it loads exports, by the file's name. */
export interface ContainerWrite {
  readonly api: string;
  /** The argument that names it; `receiver`: the first argument of the call that this one follows, `bind(NAME).to(…)`. */
  readonly name: number | 'receiver' | 'files';
  readonly value: number | 'receiver' | 'files';
  /** A class stands for an object of it, a function for what it gives. */
  readonly made?: true;
  /** The value is an object that says which: `{ useClass }`, `{ useValue }`, `{ useFactory }`, `{ useExisting }`. */
  readonly provider?: true;
  /** What it makes gets all that is registered, by properties of its first parameter or by the names of its parameters. */
  readonly injects?: true;
  /** Absent: told by what follows the call, else one for each use. */
  readonly lifetime?: Lifetime;
  readonly into: string;
  readonly source: Source;
}

/** A call that gives what is kept under a name. */
export interface ContainerRead {
  readonly api: string;
  readonly name: number;
  readonly from: string;
  readonly source: Source;
}

/** A call around a value that is registered. */
export interface ContainerWrap {
  readonly api: string;
  readonly made?: true;
  readonly source: Source;
}

/** A decorator that names what a parameter or field gets. */
export interface InjectionByName {
  readonly api: string;
  readonly from: string;
  readonly source: Source;
}

/** An object that keeps in this process what it is given. `keyed`: by `set(key, value)`, and walked through in pairs. */
export interface CollectionKnowledge {
  /** The path of the object, not of what makes it. */
  readonly api: string;
  readonly keyed?: true;
  readonly source: Source;
}

/** A call that copies the properties of one argument into another: of `from`, or of all that follow `to`. */
export interface CopierKnowledge {
  readonly api: string;
  readonly to: number;
  readonly from?: number;
  readonly source: Source;
}

/** A type that a function is declared as: `const routes: FastifyPluginAsync = async (app) => …`. */
export interface FunctionType {
  readonly type: string;
  readonly phase: Phase;
  /** What the parameters are, by position. */
  readonly parameters?: readonly string[];
  readonly label: string;
  readonly source: Source;
}

/** A method that a framework calls by its name (or several: `{a,b}`); `{name}` in the label is the name. */
export interface LifecycleMethod {
  readonly method: string;
  readonly phase: Phase;
  /** Only in classes that extend, implement or are decorated with one of these (as API paths); absent: in any singleton class. */
  readonly of?: readonly string[];
  readonly label: string;
  readonly source: Source;
}

/** Exports that a framework calls because of the file they stand in. */
export interface FileConvention {
  /** Only in applications that depend on one of these packages. */
  readonly packages: readonly string[];
  /** Regular expression on the path relative to the application's manifest. */
  readonly files: string;
  /**
   * Names of exports; `*` for all that are functions; `default.bootstrap` for a property of the default export (a function or an
   * object of functions), `default.*` for all its methods.
   */
  readonly exports: readonly string[];
  readonly phase: Phase;
  /** As for registrations; `{name}` is the export's name and `{file}` the file. */
  readonly label: string;
  readonly source: Source;
}

/** A method's name that means an effect even on a receiver that could not be resolved; believed less. */
export interface EffectMethod {
  readonly method: string;
  readonly kind: EffectKind;
  readonly writes: boolean;
  readonly idempotent?: true;
  /** The first argument is an SQL statement. */
  readonly sql?: true;
  /** Regular expression (case-insensitive) the receiver's text must match; absent: any receiver. */
  readonly receiver?: string;
}

/** A lock or claim that is told from a call's arguments. */
interface ArgumentLockShape {
  readonly kind: 'lock' | 'claim';
  readonly words: string;
  readonly api: string;
  /** Some argument from this index on is this literal, in any case. */
  readonly literal?: { readonly from: number; readonly value: string };
  /** An option of an argument is set and not false, and no other text than `value`. */
  readonly option?: { readonly arg: number; readonly path: string; readonly value?: string };
  /** Told by its path only: other things have methods of that name. */
  readonly exact?: true;
  readonly source: Source;
}

/** A lock or claim that is told from the text of a statement sent to a database. */
interface StatementLockShape {
  readonly kind: 'lock' | 'claim';
  readonly words: string;
  /** Regular expression, case-insensitive. */
  readonly sql: string;
  readonly literal?: never;
  readonly option?: never;
  readonly exact?: never;
  readonly source: Source;
}

export type LockShape = ArgumentLockShape | StatementLockShape;

/** An environment variable that tells the instances of an application apart. */
export interface InstanceIndexVariable {
  readonly name: string;
  /** Where it comes from. */
  readonly platform: string;
  /** Kinds of descriptors whose platform sets it; absent where that is not known. */
  readonly setBy?: readonly DescriptorKind[];
  /** Counts instances of one host only: no guard once there are several hosts. */
  readonly perHost?: true;
  readonly source: Source;
}

/** Something a package keeps in memory: what its methods do to it. `api` is the path of the thing itself. */
export interface MemoryKnowledge {
  readonly api: string;
  /** Replaces the one value there is. */
  readonly assign?: readonly string[];
  readonly insert?: readonly string[];
  readonly remove?: readonly string[];
  readonly clear?: readonly string[];
  readonly lookup?: readonly string[];
  /** Looks up and puts in what is missing; `()` is calling the thing itself, as a memoised function is. */
  readonly fill?: readonly string[];
  /** With one of these options of its first argument (or a text or a foreign thing there) it is kept elsewhere. */
  readonly unless?: readonly string[];
  readonly source: Source;
}

/** A function whose first argument is a memoised function, to be emptied. */
export interface MemoClearing {
  readonly api: string;
  readonly source: Source;
}

/** Methods that write and read a value by a name given as text: `app.set('x', v)`, `app.get('x')`. */
export interface NamedStore {
  readonly write: string;
  /** With one argument only. */
  readonly read: string;
  readonly label: string;
  readonly source: Source;
}

/** A call that accepts uploaded files. */
export interface UploadKnowledge {
  readonly api: string;
  readonly plugin?: PluginStyle;
  /** Which argument holds the options (for a plugin: of `register`). */
  readonly options: number;
  /** Path of the option that names the folder uploads are written to. */
  readonly folder?: string;
  /** Path of the option that holds a storage of `uploadStorages`. */
  readonly storage?: string;
  /** Uploads go to the disk only if this option is set, or set to one of `switchOn`. */
  readonly switch?: string;
  readonly switchOn?: readonly string[];
  /** Where uploads go without folder and storage: memory, the temporary folder, a local folder, or to code that reads a stream. */
  readonly default: 'memory' | 'temp' | 'folder' | 'stream';
  readonly note: string;
  readonly source: Source;
}

/** Where a storage engine puts uploads. `api` is the path of the storage. */
export interface UploadStorageKnowledge {
  readonly api: string;
  readonly keeps: 'memory' | 'disk' | 'shared';
  /** Where the folder stands in the call that makes a disk storage; without it the temporary folder is used. */
  readonly folder?: { readonly arg: number; readonly path?: string };
  readonly source: Source;
}

/** A call that writes a file. */
export interface FileWriteKnowledge {
  readonly api: string;
  /** The argument that names the file (or folder) written. */
  readonly path: number;
  /** The argument with the content. */
  readonly content?: number;
  /** The argument that names a file which is moved or copied there. */
  readonly from?: number;
  /** The result is a stream that content is piped to. */
  readonly stream?: true;
  readonly source: Source;
}

/** A method that writes an upload to a path, on receivers that cannot be resolved to a package. */
export interface UploadMethod {
  readonly method: string;
  readonly path: number;
  /** Regular expression (case-insensitive) the receiver's text must match. */
  readonly receiver: string;
  readonly source: Source;
}

/** A value told by its API path alone. */
export interface ValueKnowledge {
  readonly api: string;
  readonly source: Source;
}

/** An argument of a call that is random, and goes with what the call makes: an initialisation vector. */
export interface VectorKnowledge {
  readonly api: string;
  readonly arg: number;
  readonly source: Source;
}

/** A call that serves files of a folder to clients. */
export interface FolderServingKnowledge {
  readonly api: string;
  readonly plugin?: PluginStyle;
  /** The argument that is the folder or file, or holds it under `path`. */
  readonly arg: number;
  readonly path?: string;
  readonly source: Source;
}

/** Whether a migration tool takes a lock of its own: the others wait, the others fail, no lock, or not known. */
export type OwnLock = 'waits' | 'fails' | 'none' | 'unknown';

interface MigrationFacts {
  /** The tool's name, for messages. */
  readonly tool: string;
  /** `migrate` runs versioned steps, `sync` derives the schema from code and applies the difference. */
  readonly does: 'migrate' | 'sync';
  readonly ownLock: OwnLock;
  /** What happens when two instances do it at once. */
  readonly words: string;
  readonly source: Source;
}

/** A call that migrates. */
export interface MigrationCall extends MigrationFacts {
  readonly api: string;
  /** With this option set (to this text, if one is named) the lock is another. */
  readonly lockOption?: {
    readonly arg: number;
    readonly path: string;
    readonly value?: string;
    readonly lock: OwnLock;
  };
}

/** A call that changes a table. */
export interface SchemaCall {
  readonly api: string;
  /** It does nothing where nothing is left to do. */
  readonly looksFirst?: true;
  readonly source: Source;
}

/** An option that makes connecting migrate. */
export interface MigrationOption extends MigrationFacts {
  readonly api: string;
  readonly arg: number;
  /** Path of the option; through a `useFactory` it is what the function returns. */
  readonly path: string;
  /** Given and truthy; or given at all; or one of these texts. */
  readonly value: 'truthy' | 'given' | readonly string[];
}

/** A command that migrates: the program, then words that follow in this order, options in between aside. */
export interface MigrationCommand extends MigrationFacts {
  readonly command: readonly [program: string, ...words: string[]];
}

/** A method that migrates, on receivers that cannot be resolved to a package. */
export interface MigrationMethod extends MigrationFacts {
  readonly method: string;
  /** Regular expression (case-insensitive) the receiver's text must match. */
  readonly receiver?: string;
}

/** A call that gives its argument in another form; `flag` is a text that means yes or no. */
export interface SettingConversion {
  readonly api: string;
  readonly arg: number;
  readonly gives: 'number' | 'boolean' | 'text' | 'json' | 'flag';
  /** An option that says what it gives where the argument is not set. */
  readonly fallback?: { readonly arg: number; readonly path: string };
  readonly source: Source;
}

/** A function that gives the setting whose name it is handed. */
export interface SettingGetter {
  readonly api: string;
  readonly key: number;
  /** The argument that is the default. */
  readonly fallback?: number;
  /** Fails where it is not set. */
  readonly required?: true;
  /** It is a variable of the environment, always a text. */
  readonly variable?: true;
  /** Only these keys are settings, under other names. */
  readonly only?: Readonly<Record<string, string>>;
  readonly source: Source;
}

/** A call that makes an object of settings from the environment, by a schema. */
export interface SettingsObject {
  readonly packages: readonly string[];
  /** How the API path of the object ends, as a regular expression. */
  readonly ends: string;
  /** Where the schema stands: what the method is called on, or an argument. */
  readonly schema: 'receiver' | number;
  /** Properties of that argument which hold schemas. */
  readonly under?: readonly string[];
  /** The argument that must be the environment; absent where it is read without being handed over. */
  readonly reads?: number;
  readonly source: Source;
}

/** An argument, or the option in it, that takes something. */
export interface Taking {
  readonly arg: number;
  readonly path?: string;
  /** It takes all sorts of things: what is not known is not what is looked for. */
  readonly any?: true;
}

/** A call that sets up a server whose clients stay connected, each to one instance. */
export interface SocketServerKnowledge {
  /** The call itself (or a decorator); for a plugin, the value that the framework's `register` is handed. */
  readonly api: string;
  readonly plugin?: PluginStyle;
  /** What takes the thing that joins the instances: a store of `program.knowledge`, or a list with one in it. */
  readonly joins?: readonly Taking[];
  /** Calls that join them: by what they take; by being called at all where no argument is named. */
  readonly joinedBy?: readonly ({ readonly api: string } & Partial<Taking>)[];
  /** Files of settings, as regular expressions on the path below the manifest, and the path of the setting that joins. */
  readonly joinedIn?: readonly { readonly files: string; readonly path: readonly string[] }[];
  /** Calls that reach clients other than the one that asked. Absent: that is what the package is for. */
  readonly reaches?: readonly string[];
  /** Calls made once that say who is to be told from then on. */
  readonly tells?: readonly string[];
  /** With its article: "a Socket.IO server". */
  readonly what: string;
  /** What there is to know of it while nothing joins the instances. */
  readonly note: string;
  /** How to join them, where no recipe of `socketRecipes` says so: a sentence without its full stop. */
  readonly recipe?: string;
  readonly source: Source;
}

/** A call that looks at the connections of this process only, whatever joins the instances. */
export interface LocalViewKnowledge {
  readonly api: string;
  /** What it asks, after "it": "looks a socket up". */
  readonly words: string;
  /** How to ask all instances. */
  readonly instead: string;
  readonly source: Source;
}
