/*
 * Values as bytes: what JSON can say, and besides it which parts are one and the same object, since a condition and its opposite are
 * told by sharing their test. Strings and the names of properties stand in tables that many values share. Read back, an object has
 * its properties in the order in which it was written.
 */

/** The tables of a pack of values. */
export interface Dictionary {
  readonly strings: readonly string[];
  /** The names of the properties of each sort of object. */
  readonly shapes: readonly (readonly string[])[];
}

const UNDEFINED = 0;
const NULL = 1;
const TRUE = 2;
const FALSE = 3;
const INTEGER = 4;
const NEGATIVE = 5;
const NUMBER = 6;
const TEXT = 7;
const LIST = 8;
const OBJECT = 9;
/** Four numbers from one place to a later one. */
const SPAN = 10;
const AGAIN = 11;
/** What follows is referred to later. */
const SHARED = 12;
const SHORT_LIST = 0x10;
const SMALL = 0x20;
const COMMON = 0x60;

export class Encoder implements Dictionary {
  readonly strings: string[] = [];
  readonly shapes: (readonly string[])[] = [];
  private readonly stringIds = new Map<string, number>();
  private readonly shapeTree: ShapeNode = { next: new Map(), id: -1 };
  private bytes = Buffer.allocUnsafe(1 << 16);
  private at = 0;

  encode(value: unknown): Buffer {
    this.at = 0;
    const seen = new Set<object>();
    const shared = new Map<object, number>();
    mark(value, seen, shared);
    this.write(value, shared, { next: 0 });
    return Buffer.from(this.bytes.subarray(0, this.at));
  }

  private write(value: unknown, shared: Map<object, number>, count: { next: number }): void {
    if (value === undefined) return this.byte(UNDEFINED);
    if (value === null) return this.byte(NULL);
    if (value === true) return this.byte(TRUE);
    if (value === false) return this.byte(FALSE);
    if (typeof value === 'number') return this.number(value);
    if (typeof value === 'string') {
      this.byte(TEXT);
      return this.varint(this.stringId(value));
    }
    if (typeof value !== 'object') throw new TypeError(`a ${typeof value} cannot be kept`);
    const id = shared.get(value);
    if (id !== undefined) {
      if (id >= 0) {
        this.byte(AGAIN);
        return this.varint(id);
      }
      shared.set(value, count.next++);
      this.byte(SHARED);
    }
    if (Array.isArray(value)) return this.list(value, shared, count);
    const names = Object.keys(value);
    const shape = this.shapeId(names);
    if (shape < 256 - COMMON) this.byte(COMMON + shape);
    else {
      this.byte(OBJECT);
      this.varint(shape);
    }
    for (const name of names) this.write((value as Record<string, unknown>)[name], shared, count);
  }

  private list(value: readonly unknown[], shared: Map<object, number>, count: { next: number }): void {
    if (isSpan(value)) {
      const [line, column, endLine, endColumn] = value as [number, number, number, number];
      this.byte(SPAN);
      this.varint(line);
      this.varint(column);
      this.varint(endLine - line);
      return this.varint(endColumn);
    }
    if (value.length < SMALL - SHORT_LIST) this.byte(SHORT_LIST + value.length);
    else {
      this.byte(LIST);
      this.varint(value.length);
    }
    for (const item of value) this.write(item, shared, count);
  }

  private number(value: number): void {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
      this.byte(NUMBER);
      this.room(8);
      this.at = this.bytes.writeDoubleLE(value, this.at);
    } else if (value >= 0 && value < COMMON - SMALL) this.byte(SMALL + value);
    else {
      this.byte(value < 0 ? NEGATIVE : INTEGER);
      this.varint(Math.abs(value));
    }
  }

  private byte(value: number): void {
    this.room(1);
    this.bytes[this.at++] = value;
  }

  private varint(value: number): void {
    this.room(8);
    let rest = value;
    while (rest > 127) {
      this.bytes[this.at++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.at++] = rest;
  }

  private room(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(this.bytes.length * 2);
    this.bytes.copy(larger);
    this.bytes = larger;
  }

  private stringId(text: string): number {
    let id = this.stringIds.get(text);
    if (id === undefined) {
      id = this.strings.push(text) - 1;
      this.stringIds.set(text, id);
    }
    return id;
  }

  private shapeId(names: readonly string[]): number {
    let at = this.shapeTree;
    for (const name of names) {
      let next = at.next.get(name);
      if (!next) {
        next = { next: new Map(), id: -1 };
        at.next.set(name, next);
      }
      at = next;
    }
    if (at.id < 0) at.id = this.shapes.push(names) - 1;
    return at.id;
  }
}

/** The names so far; `id` is of the shape that has no further ones. */
interface ShapeNode {
  readonly next: Map<string, ShapeNode>;
  id: number;
}

/** Finds what is met twice; -1 until it has its number. */
function mark(value: unknown, seen: Set<object>, shared: Map<object, number>): void {
  if (typeof value !== 'object' || value === null) return;
  if (seen.has(value)) {
    shared.set(value, -1);
    return;
  }
  seen.add(value);
  if (Array.isArray(value)) for (const item of value) mark(item, seen, shared);
  else for (const name in value) mark((value as Record<string, unknown>)[name], seen, shared);
}

function isSpan(value: readonly unknown[]): boolean {
  if (value.length !== 4) return false;
  for (const one of value) if (typeof one !== 'number' || !Number.isSafeInteger(one) || one < 0) return false;
  return (value[2] as number) >= (value[0] as number) && !value.some((one) => Object.is(one, -0));
}

/** Reads values back; throws a RangeError on bytes that it has not written. */
export class Decoder {
  private at = 0;
  private shared: unknown[] = [];
  private bytes: Uint8Array = new Uint8Array();
  private readonly templates: Record<string, unknown>[] = [];

  /** The dictionary may grow from value to value. */
  constructor(private readonly dictionary: Dictionary) {}

  decode(bytes: Uint8Array): unknown {
    this.bytes = bytes;
    this.at = 0;
    this.shared = [];
    const value = this.read();
    if (this.at !== bytes.length) throw new RangeError('bytes are left over');
    return value;
  }

  private read(): unknown {
    const tag = this.bytes[this.at++] as number;
    if (tag >= COMMON) return this.object(tag - COMMON);
    if (tag >= SMALL) return tag - SMALL;
    if (tag >= SHORT_LIST) return this.list(tag - SHORT_LIST);
    switch (tag) {
      case TEXT:
        return this.text();
      case SPAN: {
        const line = this.varint();
        const column = this.varint();
        return [line, column, line + this.varint(), this.varint()];
      }
      case INTEGER:
        return this.varint();
      case AGAIN:
        return this.again();
      case SHARED: {
        const id = this.shared.push(undefined) - 1;
        const value = this.read();
        this.shared[id] = value;
        return value;
      }
      case TRUE:
        return true;
      case FALSE:
        return false;
      case NULL:
        return null;
      case UNDEFINED:
        return undefined;
      case OBJECT:
        return this.object(this.varint());
      case LIST:
        return this.list(this.varint());
      case NEGATIVE:
        return -this.varint();
      case NUMBER: {
        const value = new DataView(this.bytes.buffer, this.bytes.byteOffset + this.at, 8).getFloat64(0, true);
        this.at += 8;
        return value;
      }
      default:
        throw new RangeError('no value begins so');
    }
  }

  private object(shape: number): unknown {
    const names = this.dictionary.shapes[shape];
    if (!names) throw new RangeError('no such shape');
    // A copy of an object that has all its properties already is made faster, and is smaller, than one that gets them one by one.
    this.templates[shape] ??= Object.fromEntries(names.map((name) => [name, 0]));
    const value = { ...this.templates[shape] };
    for (let index = 0; index < names.length; index++) value[names[index] as string] = this.read();
    return value;
  }

  private list(length: number): unknown[] {
    if (length > this.bytes.length) throw new RangeError('a list is longer than its bytes');
    const value: unknown[] = [];
    for (let index = 0; index < length; index++) value.push(this.read());
    return value;
  }

  private text(): string {
    const text = this.dictionary.strings[this.varint()];
    if (text === undefined) throw new RangeError('no such string');
    return text;
  }

  private again(): unknown {
    const id = this.varint();
    if (id >= this.shared.length) throw new RangeError('nothing was shared under this number');
    return this.shared[id];
  }

  private varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError('a number goes beyond the end');
      if (byte < 128) return value + byte * scale;
      value += (byte - 128) * scale;
      scale *= 128;
    }
  }
}
