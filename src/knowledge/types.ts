import type { EffectKind, Phase } from '../model/program.js';

/*
 * The shape of knowledge. An `api` is an API path pattern (see `Value` in model/program.ts), with `{a,b}` for alternatives:
 * `express:{(),Router()}.{get,post}`. One entry says one thing about one package.
 */

/** Where a fact was checked: a page, or a file inside the package's tarball ("express-session@1.18.1 README.md"). */
export type Source = string;

/** Functions passed to this call run in a phase. */
export interface Registration {
  readonly api: string;
  readonly phase: Phase;
  /** Which arguments hold functions (or arrays or objects of functions): default every one. */
  readonly args?: readonly number[];
  /** An options property that holds the function: `{ handler }`. */
  readonly property?: string;
  /** How to say it: `{name}` is the method's name, `{0}` the text of argument 0: "{name} {0}" gives "post /login". */
  readonly label: string;
  /** Only if the literal argument is one of these: the event's name of `process.on('SIGTERM', …)`. */
  readonly when?: { readonly arg: number; readonly in: readonly string[] };
  readonly source: Source;
}

/** A decorator that makes a class a singleton, or a method run in a phase. */
export interface DecoratorKnowledge {
  readonly api: string;
  readonly on: 'class' | 'method';
  readonly phase?: Phase;
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

/** `mail` is any message to people: mail, SMS, push, chat. `http` is any call to a foreign service: payments too. */
export interface EffectKnowledge {
  readonly api: string;
  readonly kind: EffectKind;
  readonly writes: boolean;
  readonly idempotent?: true;
  /** The argument that holds an SQL statement: a text that starts with SELECT, SHOW, EXPLAIN or WITH … SELECT only reads. */
  readonly sql?: number;
  /** Where the HTTP method stands (argument and option); absent or GET, HEAD, OPTIONS only reads. Overrides `writes`. */
  readonly method?: { readonly arg: number; readonly path: string };
  /** What happens, to follow "the job": "sends an SMS". Absent: told from kind and method name. */
  readonly words?: string;
  readonly source: Source;
}

/** A call that makes its callback, or what follows it, run on one instance. */
export interface GuardKnowledge {
  readonly api: string;
  readonly kind: 'lock' | 'leader' | 'shared-scheduler';
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

/** A type that a function is declared as: `const routes: FastifyPluginAsync = async (app) => …`. */
export interface FunctionType {
  readonly type: string;
  readonly phase: Phase;
  /** What the parameters are, by position. */
  readonly parameters?: readonly string[];
  readonly label: string;
  readonly source: Source;
}

/** A method that a framework calls by its name. */
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
  /** Names of exports; `*` for all that are functions; `*.name` for a method of the default export. */
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
  /** Regular expression (case-insensitive) the receiver's text must match; absent: any receiver. */
  readonly receiver?: string;
}

/** A value that is a connection, client or other handle of its process: keeping one in a variable is no hazard. */
export interface HandleKnowledge {
  readonly api: string;
}

/** A lock or claim that is told from a call's arguments. */
export interface ArgumentLockShape {
  readonly kind: 'lock' | 'claim';
  readonly words: string;
  readonly api: string;
  /** Some argument from this index on is this literal, in any case. */
  readonly literal?: { readonly from: number; readonly value: string };
  /** An option of an argument is set and not false. */
  readonly option?: { readonly arg: number; readonly path: string };
  readonly source: Source;
}

/** A lock or claim that is told from the text of a statement sent to a database. */
export interface StatementLockShape {
  readonly kind: 'lock' | 'claim';
  readonly words: string;
  /** Regular expression, case-insensitive. */
  readonly sql: string;
  readonly literal?: never;
  readonly option?: never;
  readonly source: Source;
}

export type LockShape = ArgumentLockShape | StatementLockShape;

/** An environment variable that tells the instances of an application apart. */
export interface InstanceIndexVariable {
  readonly name: string;
  /** Where it comes from. */
  readonly platform: string;
  /** Counts instances of one host only: no guard once there are several hosts. */
  readonly perHost?: true;
  readonly source: Source;
}
