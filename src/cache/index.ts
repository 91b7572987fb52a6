import { join } from 'node:path';
import type { Trace } from '../disk/index.js';
import type { Audited } from '../model/audit.js';
import type { Config } from '../model/config.js';
import type { Input, Problem, Project } from '../model/input.js';
import type { Encoded, Memory, Reading } from '../model/memory.js';
import type { Collector } from '../model/plugin.js';
import { digest } from './digest.js';
import { Packs, openFile, readEntry, writeEntry, writeFile } from './packs.js';

/** What an audit found, without what it found it in. */
export type Answer = Omit<Audited, 'lines'>;

/** What a run knows before its audit begins, and what it was told by the disk to know it. */
export interface Start {
  readonly trace: Trace;
  /** The key of the answer. */
  readonly answer: string;
  readonly root: string;
  readonly reportPaths: readonly string[];
  readonly config: Config;
  readonly notes: readonly Problem[];
  /** Of the configuration. */
  readonly file?: string;
  /** Files whose lines are asked for to judge and report the answer. */
  readonly quoted: readonly string[];
}

export interface CacheOptions extends Basis {
  readonly folder: string;
}

/** What facts depend on besides the file. */
export interface Basis {
  /** Of everything that facts depend on besides the file: the tool's own code, its libraries. */
  readonly version: string;
  /** They add to the facts of a file. */
  readonly collectors: readonly Collector[];
}

/**
 * What earlier runs have read and found, by the content of everything that it came from. Nothing in it is needed: whoever deletes it, or
 * a part of it, waits longer once.
 */
export class Cache implements Memory {
  private readonly folder: string;
  private readonly version: string;
  private readonly collectors: string;
  private known: Packs | undefined;
  private fresh: readonly [string, Answer] | undefined;
  private begun: readonly [string, Start] | undefined;
  private spared: readonly [string, readonly string[]] | undefined;

  constructor({ folder, version, collectors }: CacheOptions) {
    this.folder = folder;
    this.version = digest(FORMAT, version);
    this.collectors = inWords(collectors);
  }

  recall(input: Input): Reading | undefined {
    return this.readings.get(this.keyOf(input)) as Reading | undefined;
  }

  keep(input: Input, reading: Reading, encoded?: Encoded): void {
    this.readings.put(this.keyOf(input), reading, encoded);
  }

  /** What a whole audit came to, if nothing that it could depend on has changed. */
  answer(key: string): Answer | undefined {
    return readEntry(this.answers, this.version, key) as Answer | undefined;
  }

  keepAnswer(key: string, answer: Answer): void {
    this.fresh = [key, answer];
  }

  /** The files whose text did not matter when an earlier run came to an answer. */
  unread(key: string): readonly string[] | undefined {
    return readEntry(this.unreads, this.version, key) as readonly string[] | undefined;
  }

  keepUnread(key: string, files: readonly string[]): void {
    this.spared = [key, files];
  }

  /** What an earlier run began with that was asked the same. */
  start(key: string): Start | undefined {
    return readEntry(this.starts, this.version, key) as Start | undefined;
  }

  keepStart(key: string, start: Start): void {
    this.begun = [key, start];
  }

  /** Throws what the disk says where nothing can be written. */
  save(): void {
    this.known?.save();
    if (this.fresh) writeEntry(this.answers, this.version, ...this.fresh, MOST_ANSWERS);
    if (this.spared) writeEntry(this.unreads, this.version, ...this.spared, MOST_ANSWERS);
    if (this.begun) writeEntry(this.starts, this.version, ...this.begun, MOST_ANSWERS);
  }

  private keyOf(input: Input): string {
    return keyOf(this.collectors, input);
  }

  /** Opened when somebody asks: where the answer is known, nobody does. */
  private get readings(): Packs {
    this.known ??= new Packs(join(this.folder, 'facts'), this.version);
    return this.known;
  }

  private get starts(): string {
    return join(this.folder, 'starts');
  }

  private get unreads(): string {
    return join(this.folder, 'unread');
  }

  private get answers(): string {
    return join(this.folder, 'answers');
  }
}

/** What one shard has read; nothing if the file is none, or of another version of the tool. */
export function openShard(file: string, { version, collectors }: Basis): Pick<Memory, 'recall'> | undefined {
  const entries = openFile(file, digest(FORMAT, version));
  const words = inWords(collectors);
  return entries && { recall: (input) => entries(keyOf(words, input)) as Reading | undefined };
}

export function writeShard(
  file: string,
  readings: readonly (readonly [Input, Reading])[],
  { version, collectors }: Basis,
): void {
  const words = inWords(collectors);
  const entries = readings.map(([input, reading]) => [keyOf(words, input), reading] as const);
  writeFile(file, digest(FORMAT, version), entries);
}

/** Whoever is writing a collector does not raise its version at every try: its own text tells most changes as well. */
function inWords(collectors: readonly Collector[]): string {
  const texts = collectors.map(({ name, version, text, collect }) => [name, version, String(text), String(collect)]);
  return JSON.stringify(texts.sort());
}

function keyOf(collectors: string, { file, language, text }: Input): string {
  return digest(collectors, file, language, text);
}

/** One for each way the tool is run here, on the last few states of the project. */
const MOST_ANSWERS = 24;
/** To be changed when entries are written in another way. */
const FORMAT = 'mi-audit cache 1';

/**
 * The keys of a whole audit. They are made of all that an audit is a function of: the project as it was discovered, every text in it
 * included, the rules that run and what the configuration says. Of files whose text did not matter only what did is in a key.
 */
export function keysOfAll(
  project: Project,
  ruleIds: readonly string[],
  config: unknown,
): (matters?: ReadonlyMap<string, string>) => string {
  const { inputs, ...rest } = project;
  const base = digest(JSON.stringify([rest, ruleIds, config], plain));
  const texts = inputs.map(({ file, language, text }) => [file, digest(file, language, text)] as const);
  return (matters) =>
    digest(base, ...texts.map(([file, text]) => (matters?.has(file) ? `${file}~${matters.get(file)}` : text)));
}

/** The key of what a run is asked to do. */
export function keyOfAsked(asked: unknown): string {
  return digest(JSON.stringify(asked, plain));
}

/** What JSON would pass over in silence must not be: two configurations could look like one. */
function plain(_: string, value: unknown): unknown {
  if (typeof value === 'function' || value instanceof RegExp || value instanceof Map || value instanceof Set)
    throw new TypeError('not made of plain values');
  return value;
}
