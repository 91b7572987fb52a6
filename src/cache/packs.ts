import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decoder, type Dictionary, Encoder } from './codec.js';
import type { Encoded } from '../model/memory.js';
import { digest } from './digest.js';

/*
 * Packs: files that hold many entries under keys, written once and never changed. A run adds one pack with what it made anew, so that
 * runs side by side do not meet; when there are many, what a run has used goes into one and those it came from are deleted.
 * A pack that is broken, of another version or gone is passed over: all that is lost is time.
 */

const ENDING = '.pack';
const TEMPORARY = '.tmp';
/** So many packs take longer to open than to put together. */
const MANY = 8;
/** So many are left, whoever used them last: each run opens them all. */
const MOST = 2 * MANY;
/** In bytes, of all packs together. */
const LIMIT = 200 * 1024 * 1024;
/** Which packs were used lately is told by their time, to the hour. */
const LATELY = 3_600_000;
/** A file that a run was still writing when it ended. */
const ABANDONED = 24 * 3_600_000;

interface Pack {
  readonly file: string;
  readonly body: Buffer;
  readonly decoder: Decoder;
  readonly index: Readonly<Record<string, readonly [number, number]>>;
  isUsed: boolean;
}

interface Head extends Dictionary {
  readonly index: Pack['index'];
}

export class Packs {
  private readonly packs: Pack[] = [];
  private readonly where = new Map<string, Pack>();
  private readonly used = new Map<string, unknown>();
  private readonly fresh = new Bundle();
  /** What others have encoded, by their dictionaries: each becomes a pack. */
  private readonly encoded = new Map<Dictionary, Bundle>();

  /** `version` is of what the entries depend on besides their keys. */
  constructor(
    private readonly folder: string,
    private readonly version: string,
  ) {
    for (const name of namesIn(folder)) {
      const pack = name.endsWith(ENDING) ? open(join(folder, name), version) : undefined;
      if (!pack) continue;
      this.packs.push(pack);
      for (const key of Object.keys(pack.index)) this.where.set(key, pack);
    }
  }

  get(key: string): unknown {
    const pack = this.where.get(key);
    const place = pack?.index[key];
    if (!pack || !place) return undefined;
    try {
      const value = entryOf(pack, place);
      pack.isUsed = true;
      this.used.set(key, value);
      return value;
    } catch {
      this.where.delete(key);
      return undefined;
    }
  }

  put(key: string, value: unknown, encoded?: Encoded): void {
    if (!encoded) return this.fresh.add(key, value);
    const { dictionary, bytes } = encoded;
    let bundle = this.encoded.get(dictionary);
    if (!bundle) {
      bundle = new Bundle(dictionary);
      this.encoded.set(dictionary, bundle);
    }
    bundle.append(key, bytes);
  }

  /** Writes what is new. Fails where the folder cannot be written. */
  save(): void {
    const taken = this.packs.filter(({ isUsed }) => isUsed);
    const isNew = this.fresh.size > 0 || this.encoded.size > 0;
    const isMerged = isNew && this.packs.length >= MANY;
    if (isMerged) for (const [key, value] of this.used) this.fresh.add(key, value);
    if (isNew) mkdirSync(this.folder, { recursive: true });
    for (const bundle of [this.fresh, ...this.encoded.values()])
      if (bundle.size > 0) bundle.write(this.folder, this.version);
    if (isMerged) for (const { file } of taken) rmSync(file, { force: true });
    const now = new Date();
    for (const { file } of isMerged ? [] : taken) if (ageOf(file, now) > LATELY) touch(file, now);
    if (isNew) bound(this.folder, now, MOST);
  }
}

/** One entry in a file of its own, named after its key. */
export function readEntry(folder: string, version: string, key: string): unknown {
  const pack = open(join(folder, `${key}${ENDING}`), version);
  const place = pack?.index[key];
  if (!pack || !place) return undefined;
  touch(pack.file, new Date());
  try {
    return entryOf(pack, place);
  } catch {
    return undefined;
  }
}

/** A pack that stands by itself, under a name of the user's. */
export function openFile(file: string, version: string): ((key: string) => unknown) | undefined {
  const pack = open(file, version);
  return (
    pack &&
    ((key) => {
      const place = pack.index[key];
      return place && entryOf(pack, place);
    })
  );
}

export function writeFile(file: string, version: string, entries: Iterable<readonly [string, unknown]>): void {
  const bundle = new Bundle();
  for (const [key, value] of entries) bundle.add(key, value);
  bundle.writeTo(file, version);
}

function entryOf({ decoder, body }: Pack, [from, length]: readonly [number, number]): unknown {
  return decoder.decode(body.subarray(from, from + length));
}

/** Leaves the `most` that were used last. */
export function writeEntry(folder: string, version: string, key: string, value: unknown, most: number): void {
  mkdirSync(folder, { recursive: true });
  const bundle = new Bundle();
  bundle.add(key, value);
  bundle.write(folder, version, key);
  bound(folder, new Date(), most);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** `mi-audit VERSION CHECKSUM` on the first line, then the length of the head, the head as JSON, and the entries. */
function open(file: string, version: string): Pack | undefined {
  try {
    const bytes = readFileSync(file);
    const end = bytes.indexOf(10);
    const [tool, of, checksum] = bytes.toString('latin1', 0, Math.max(0, end)).split(' ');
    if (tool !== 'mi-audit' || of !== version) return undefined;
    const rest = bytes.subarray(end + 1);
    if (digest(rest) !== checksum) return undefined;
    const length = rest.readUInt32LE(0);
    const head = JSON.parse(rest.toString('utf8', 4, 4 + length)) as Head;
    return { file, body: rest.subarray(4 + length), decoder: new Decoder(head), index: head.index, isUsed: false };
  } catch {
    return undefined;
  }
}

/** The entries of a pack to be. Each is written down at once: a value that is kept until the end is walked when it is cold. */
class Bundle {
  private readonly encoder = new Encoder();
  private readonly index: Record<string, [number, number]> = {};
  private readonly parts: Uint8Array[] = [];
  private at = 0;

  /** `dictionary` is of whoever has encoded what is appended. */
  constructor(private readonly dictionary?: Dictionary) {}

  get size(): number {
    return this.parts.length;
  }

  add(key: string, value: unknown): void {
    this.append(key, this.encoder.encode(value));
  }

  append(key: string, bytes: Uint8Array): void {
    this.index[key] = [this.at, bytes.length];
    this.at += bytes.length;
    this.parts.push(bytes);
  }

  write(folder: string, version: string, called?: string): void {
    const { rest, checksum } = this.content();
    replace(join(folder, `${called ?? checksum}${ENDING}`), version, checksum, rest);
  }

  writeTo(file: string, version: string): void {
    const { rest, checksum } = this.content();
    replace(file, version, checksum, rest);
  }

  private content(): { readonly rest: Buffer; readonly checksum: string } {
    const { strings, shapes } = this.dictionary ?? this.encoder;
    const head = Buffer.from(JSON.stringify({ strings, shapes, index: this.index } satisfies Head));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(head.length);
    const rest = Buffer.concat([length, head, ...this.parts]);
    return { rest, checksum: digest(rest) };
  }
}

/** Never half: who reads it meanwhile finds what was there before, or all of it. */
function replace(file: string, version: string, checksum: string, rest: Buffer): void {
  const temporary = `${file}.${randomBytes(6).toString('hex')}${TEMPORARY}`;
  writeFileSync(temporary, Buffer.concat([Buffer.from(`mi-audit ${version} ${checksum}\n`), rest]));
  renameSync(temporary, file);
}

/** The packs that were not used for the longest time go first, whatever version they are of. */
function bound(folder: string, now: Date, most: number): void {
  const files = namesIn(folder).map((name) => join(folder, name));
  for (const file of files) if (file.endsWith(TEMPORARY) && ageOf(file, now) > ABANDONED) rmSync(file, { force: true });
  const packs = files.filter((file) => file.endsWith(ENDING)).map((file) => ({ file, age: ageOf(file, now) }));
  let size = 0;
  packs.sort((a, b) => a.age - b.age);
  for (const [index, { file }] of packs.entries()) {
    size += sizeOf(file);
    if (size > LIMIT || index >= most) rmSync(file, { force: true });
  }
}

function ageOf(file: string, now: Date): number {
  return now.getTime() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Somebody else may have put it together with others just now. */
function touch(file: string, now: Date): void {
  try {
    utimesSync(file, now, now);
  } catch {}
}
