import type { Descriptor, Moment, Step, Test, Workload } from './deployment.js';
import type { Confidence, Evidence, When } from './finding.js';
import type {
  AccessFact,
  BindingFact,
  CallFact,
  ClassFact,
  ConditionFact,
  Expr,
  FileFacts,
  FunctionFact,
  ScriptFact,
} from './facts.js';
import type { Manifest } from './input.js';
import type { Knowledge } from './knowledge.js';
import type { Declaration, Operation, Scaling } from './production.js';
import type { Schema } from './schema.js';
import type { Place, Span } from './span.js';

/*
 * What rules see: the facts of all files, linked. Everything here is read-only and free of syntax.
 */

/** Which kinds of process reach a file. A file may have several. */
export type Role = 'server' | 'worker' | 'script' | 'test' | 'browser' | 'build';

/** When a function runs. `event` is a callback of something unknown; `late` is one of a timer that is no schedule. */
export type Phase = 'boot' | 'request' | 'socket' | 'job' | 'consumer' | 'shutdown' | 'event' | 'script' | 'test';

export interface Unit {
  readonly file: string;
  readonly facts: FileFacts;
  readonly roles: ReadonlySet<Role>;
  /** The nearest manifest above the file. */
  readonly manifest?: Manifest;
  /** A copy of somebody else's library: what it keeps for itself is its own affair, as that of a package would be. */
  readonly vendored?: true;
}

/** A process of an application: everything in it shares one memory, and nothing else does. */
export interface Process {
  /** In words: "npm start of apps/api", "bin www", "the Next.js server". */
  readonly name: string;
  readonly role: Role;
  /** The folder of its application's manifest. */
  readonly application: string;
  /** Where it begins; a framework's begins in many files, of which this is the first. */
  readonly entry: Unit;
  readonly units: ReadonlySet<Unit>;
}

/** A workload joined with the program: what it runs in the end, and which processes that begins. */
export interface Deployed {
  readonly descriptor: Descriptor;
  readonly workload: Workload;
  /** The stage of a Dockerfile that it runs, which says what the workload itself does not. */
  readonly image?: Workload;
  /** Every step of its commands in order, and behind a step that starts a script those in the script. */
  readonly runs: readonly Run[];
  readonly processes: readonly Process[];
  /** Folders in which its commands run, or that are copied, and what of the project lies there. */
  readonly places: readonly { readonly inside: string; readonly folder: string }[];
}

/** A step that a workload runs. */
export interface Run {
  readonly at: Moment;
  readonly step: Step;
  /** The folder of the project that it runs in. */
  readonly folder: string;
  /** The steps that lead to it, outermost first. */
  readonly via: readonly Place[];
  /** All that must hold for it to run, on the way as well. */
  readonly tests: readonly Test[];
}

export interface Fn {
  readonly unit: Unit;
  readonly id: number;
  readonly fact: FunctionFact;
  /** `Class.method`, `outer > inner`, or the file's name for a module. */
  readonly name: string;
}

export interface Cls {
  readonly unit: Unit;
  readonly id: number;
  readonly fact: ClassFact;
}

export interface Call {
  readonly unit: Unit;
  readonly id: number;
  readonly fact: CallFact;
  /** The function the call stands in. */
  readonly fn: Fn;
}

export interface Binding {
  readonly unit: Unit;
  readonly id: number;
  readonly fact: BindingFact;
}

export interface Condition {
  readonly unit: Unit;
  readonly fact: ConditionFact;
}

/**
 * What an expression can be. `external` is something a package gave, named by its access path (an "API path"):
 * `express:()` is what calling express returns, `express:().get` its method, `express:().get/1.0` the first parameter of
 * the function passed as second argument. `new` and plain calls read alike, `default` and the module itself too.
 * Node's own modules go without `node:`; JavaScript's globals have the package `global` (`global:Map()`), environment
 * variables the package `env` (`env:REDIS_URL`).
 */
export type Value =
  /** `model` is the class of the project whose objects it hands out: the `User` of a `Repository<User>`. */
  | { readonly kind: 'external'; readonly api: string; readonly call?: Call; readonly model?: Cls }
  | { readonly kind: 'function'; readonly fn: Fn }
  | { readonly kind: 'class'; readonly cls: Cls }
  | { readonly kind: 'instance'; readonly cls: Cls; readonly call?: Call }
  | { readonly kind: 'object'; readonly unit: Unit; readonly expr: Expr & { readonly k: 'object' } }
  | { readonly kind: 'array'; readonly unit: Unit; readonly items: readonly Expr[] }
  | { readonly kind: 'module'; readonly unit: Unit }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'undefined' }
  | { readonly kind: 'unknown' };

/** One of the values an expression can have, and what must hold for it. */
export interface Alternative {
  readonly value: Value;
  readonly when: readonly Condition[];
}

/** One thing that an expression is made from, and the nearest place that has a position. */
export interface Origin {
  readonly unit: Unit;
  readonly expr: Expr;
  readonly place: Place;
}

/** How a function comes to run in a phase: the steps from the registration or entry to it, nearest last. */
export interface Reach {
  readonly phase: Phase;
  /** "POST /login", "every 5 minutes", "start of the process". */
  readonly label: string;
  readonly path: readonly Evidence[];
  /** Some step was guessed from a method's name alone. */
  readonly weak: boolean;
  /** It runs on every instance at once: a message that all of them subscribe to. */
  readonly everyInstance?: true;
}

export type StateKind = 'module' | 'closure' | 'field' | 'static' | 'global' | 'app-locals' | 'environment';

/**
 * What a piece of state is for, told from its writes and reads: `handle` (assigned once behind a check), `registry` (filled at
 * start), `single-flight` (entries removed when their work ends), `constant` (the same on every instance), `cooldown` (when something was
 * last done, to hold the next back), `snapshot` (a copy of settings), `current` (kept beside one object of the process and gone with it).
 */
export type StateShape =
  | 'handle'
  | 'registry'
  | 'single-flight'
  | 'cache'
  | 'token-store'
  | 'session-store'
  | 'limiter'
  | 'lock'
  | 'queue'
  | 'counter'
  | 'snapshot'
  | 'connections'
  | 'task-handles'
  | 'progress'
  | 'metrics'
  | 'flag'
  | 'current'
  | 'constant'
  | 'cooldown'
  | 'map'
  | 'value';

export interface StateAccess {
  readonly unit: Unit;
  readonly fn: Fn;
  readonly place: Place;
  readonly op: 'assign' | 'insert' | 'remove' | 'clear' | 'update' | 'read' | 'lookup';
  readonly value?: Expr;
  readonly key?: Expr;
  /** The part of the cell that is meant: `config.db.url = …` is of `db`, `url`. A computed name is `*`. */
  readonly path: readonly string[];
  /** The access itself, for its conditions. */
  readonly fact: AccessFact | CallFact;
  /** Changed by a function that is handed one of several objects: that it changes this one is likely at most. */
  readonly isOneOfMany?: true;
}

/** Something that outlives a request within one process, with every place that writes or reads it. */
export interface StateCell {
  readonly kind: StateKind;
  readonly name: string;
  readonly unit: Unit;
  readonly place: Place;
  readonly init?: Expr;
  readonly writes: readonly StateAccess[];
  readonly reads: readonly StateAccess[];
  readonly shape: StateShape;
  /** Of a cache: what is put in was fetched from elsewhere, and is not edited here. */
  readonly isCopy?: true;
  /** The class whose field it is, and the place that makes one object of it for the whole process. */
  readonly cls?: Cls;
  readonly holder?: Place;
}

export type EffectKind = 'database' | 'mail' | 'http' | 'publish' | 'enqueue' | 'file' | 'process';

/** A consequence outside the process that a function can have, with the calls that lead to it. */
export interface Effect {
  readonly kind: EffectKind;
  /** In words: "writes the database (`prisma.user.update`)". */
  readonly label: string;
  /** Changes something, rather than only reading it. */
  readonly writes: boolean;
  /** Only deletes or overwrites in a way that a second run does not change. */
  readonly idempotent: boolean;
  readonly path: readonly Evidence[];
  readonly confidence: Confidence;
}

/** What a function does outside the process: with an empty list and nothing unknown it touches only its own process. */
export interface EffectsInReach {
  readonly effects: readonly Effect[];
  readonly unknown: boolean;
  /** Some of the calls that could not be followed. */
  readonly unresolved: readonly Call[];
  /** There are more functions than are gone through: what lies behind them is not known. */
  readonly isCut?: true;
}

/** Something that makes an effect happen on one instance only. */
export interface Guard {
  readonly kind:
    | 'lock'
    | 'leader'
    | 'instance-index'
    | 'role-switch'
    | 'claim'
    | 'shared-scheduler'
    | 'worker-process'
    | 'declared';
  readonly label: string;
  readonly place: Place;
}

/** What a list of conditions amounts to for an operator. */
export interface Setting {
  readonly when: When;
  /** True only outside production. */
  readonly developmentOnly: boolean;
  /** Cannot hold at all: it asks for the absence of what the program does not start without. */
  readonly never?: true;
  /** The variables of production that were asked for: what they decide is told above. */
  readonly settled?: { readonly words: string; readonly place: Place };
  /** "safe when REDIS_URL is set"; absent for `always`. */
  readonly words?: string;
  readonly evidence: readonly Evidence[];
}

/** What an expression is in production. */
export interface Known {
  readonly value: string | number | boolean | null | undefined;
  /** What production sets, by which it is that: "production has POOL=20". */
  readonly stated?: readonly Evidence[];
}

/** What the tests of a shell mean for a step behind them. */
export interface TestsSetting {
  readonly when: When;
  /** "only when SEED is 'yes'"; absent for `always`. */
  readonly words?: string;
  /** Why not every instance runs it in production, and where that is said. */
  readonly safe?: string;
  readonly because?: Place;
}

/** The parts this project is built from, for hints; package names as in its manifests. */
export interface Stack {
  readonly framework?: string;
  readonly redis?: 'ioredis' | 'redis' | 'iovalkey';
  readonly database?: 'postgres' | 'mysql' | 'mongodb' | 'sqlite' | 'mssql';
  readonly orm?: string;
  readonly queue?: string;
  readonly objectStorage?: string;
  has(packageName: string): boolean;
  /** The versions that the manifest allows are in a range, `<7`; where it does not say, the newest are meant. */
  isVersion(packageName: string, range: string): boolean;
}

/** What a collector wrote down, with the function it stands in. */
export interface Collected extends Place {
  readonly unit: Unit;
  readonly fn: Fn;
  /** JSON, as it was given to `emit`. */
  readonly value: unknown;
}

export interface Program {
  /** What is known of packages, the configuration's additions included. */
  readonly knowledge: Knowledge;
  readonly units: readonly Unit[];
  readonly manifests: readonly Manifest[];
  /** The database's schema, as migrations in SQL and Prisma's schemas say. */
  readonly schema: Schema;
  /** What says how the application is deployed, production or not. */
  readonly descriptors: readonly Descriptor[];
  /** The workloads in them, joined with the program. */
  readonly workloads: readonly Deployed[];
  /** Those of them that are production, with how often they run and how they are replaced. */
  readonly operations: readonly Operation[];
  /** What the tests before a step of a workload mean: whether every instance runs it, and what decides. */
  settingOfRun(deployed: Deployed, run: Run): TestsSetting;
  /** The workloads of production that a place is part of: what holds its file, or what it describes. */
  operationsOf(place: Place): readonly Operation[];
  /** The commands in scripts that set the number of instances. */
  readonly scalings: readonly Scaling[];
  /** What the configuration says of production. */
  readonly declared: Declaration;
  readonly calls: readonly Call[];
  readonly cells: readonly StateCell[];
  readonly unresolvedImports: number;
  /** Loads by a path that is put together at run time, of which too little is known. */
  readonly unresolvedLoads: number;
  /** Servers that are opened, and functions of serving code that requests, messages, sockets or schedules run. */
  readonly serving: number;
  readonly processes: readonly Process[];
  processesOf(unit: Unit): readonly Process[];
  /** Whether some serving process holds both files; true as well where no process of one of them is known. */
  sharedBy(a: Unit, b: Unit): boolean;
  /** Names in the configuration that nothing here has. */
  readonly unmatched: readonly string[];

  /** The files a file imports, each with the place where it does; types alone do not count. */
  imports(unit: Unit): readonly { readonly unit: Unit; readonly span: Span }[];
  /** The stack of the application a unit belongs to. */
  stack(unit: Unit): Stack;
  /** Calls whose callee has one of these API paths; patterns may hold `{a,b}` alternatives, e.g. `cron:{CronJob,CronJob.from}`. */
  callsTo(patterns: readonly string[]): readonly { readonly call: Call; readonly pattern: string }[];
  /** The API paths a call's callee can have. */
  apis(call: Call): readonly string[];
  /** Everything an expression of a unit can be, looked up through bindings, imports, fields, parameters and returns. */
  values(unit: Unit, expr: Expr): readonly Alternative[];
  /** The values of a property, by path, of an expression; `undefined` values stand for "not given". */
  property(unit: Unit, expr: Expr | undefined, path: readonly string[]): readonly Alternative[];
  /** What an expression that stands at `span` is made from: itself first, then what it reads, is passed or was assigned, nearest first; nothing is looked for behind what `isEnd` accepts. */
  origins(unit: Unit, expr: Expr, span: Span, isEnd?: (at: Origin) => boolean): readonly Origin[];
  /** The project functions a call can run. */
  callees(call: Call): readonly Fn[];
  callers(fn: Fn): readonly Call[];
  /** The functions an expression can be (callbacks). */
  functions(unit: Unit, expr: Expr): readonly Fn[];
  /** The calls that stand in a function itself, not in those written inside it. */
  callsIn(fn: Fn): readonly Call[];
  fn(unit: Unit, id: number): Fn;
  /** What the collector of this name wrote down, by file and place. */
  facts(collector: string): readonly Collected[];
  reaches(fn: Fn): readonly Reach[];
  /** What a call makes is there once in a process, or is put where later requests find it. */
  keeps(call: Call): boolean;
  /** The calls and decorators that register a function with a framework or scheduler. */
  registrations(fn: Fn): readonly Call[];
  /**
   * Effects outside the process within reach of a function, strongest first; `unknown` when calls could not be followed; of the
   * calls that stand in the function itself only those `among`.
   */
  effects(fn: Fn, among?: (call: Call) => boolean): EffectsInReach;
  /** The effect of one call by itself. */
  effect(call: Call): Effect | undefined;
  /** The SQL that a call sends, with `?` for what is not constant. */
  statement(call: Call): string | undefined;
  /** Guards around a place: at a call, in its callers up to where it is registered, and in the functions given. */
  guards(call: Call, inside?: readonly Fn[]): readonly Guard[];
  /**
   * Effects within reach of a function that no lock, claim or leader keeps to one instance, and the guards met on the way; of
   * the calls that stand in the function itself only those `among`.
   */
  unguarded(fn: Fn, among?: (call: Call) => boolean): EffectsInReach & { readonly guards: readonly Guard[] };
  /** The user has declared that what is kept there is shared by all instances. */
  isShared(value: Value): boolean;
  /** The function belongs to something that is declared so. */
  inSharedStore(fn: Fn): boolean;
  /** Conditions of a place, own and inherited from where its function is written and called. */
  setting(conditions: readonly Condition[]): Setting;
  conditions(
    site: Call | { readonly unit: Unit; readonly fn: Fn; readonly fact: AccessFact | CallFact },
    phase?: Phase,
  ): readonly Condition[];
  /** The commands that a script of a manifest runs, through other scripts too; `via` is the script itself or its `pre` hook. */
  scriptChain(
    manifest: Manifest,
    script: string,
  ): readonly { readonly via: ScriptFact; readonly words: readonly string[] }[];
  /** What an expression is in production with no setting made but those that it is said to make, where that can be told. */
  known(unit: Unit, expr: Expr): Known | undefined;
  /** What kind of process a script's name stands for. */
  scriptRole(name: string): Role;
  /** Name of what encloses a place, for fingerprints. */
  symbol(place: Place): string;
  /** The source-like name of an expression: `user.sessions`, `cache.get(…)`. */
  text(unit: Unit, expr: Expr): string;
}
