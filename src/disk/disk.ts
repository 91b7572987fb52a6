import {
  closeSync,
  constants,
  type Dirent,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import path from 'node:path';

export type Entry = Dirent;

export type Kind = 'file' | 'folder' | 'other';

/**
 * What is asked of the disk before an audit begins. All of it goes through here, so that one run can write down what it was told, and
 * the next one can see whether it would be told the same. Every question is answered at once: handing thousands of small ones to other
 * threads takes many times as long.
 */
export interface Disk {
  /** The bytes of a file. They are good until the next file is read. */
  read(file: string): Uint8Array;
  /** What stands in a folder. */
  list(folder: string): readonly Entry[];
  /** What a path leads to. */
  kind(path: string): Kind;
  /** What is there itself, be it a link. */
  entry(path: string): Kind | 'link';
  realpath(path: string): string;
  exists(path: string): boolean;
  /** Said where something else has decided as well, such as a program that was run. */
  beyond(): void;
}

/** Far above any source; so much at once is a video, a dump or a data set that happens to be called like one. */
export const LARGEST = 32 * 1024 * 1024;

export class TooLarge extends Error {
  readonly code = 'TOO_LARGE';

  constructor(readonly size: number) {
    super(`${size} bytes`);
  }
}

/** A pipe would keep whoever opens it waiting. Windows has neither. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Room that most files fit into, used again and again. */
let room = Buffer.allocUnsafeSlow(256 * 1024);

function read(file: string): Uint8Array {
  const handle = openSync(file, FLAGS);
  try {
    const stats = fstatSync(handle);
    if (stats.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
    if (stats.size > LARGEST) throw new TooLarge(stats.size);
    if (room.length < stats.size) room = Buffer.allocUnsafeSlow(2 * stats.size);
    let length = 0;
    for (;;) {
      const more = readSync(handle, room, length, room.length - length, null);
      length += more;
      // What is no regular file has no size to go by.
      if (more === 0 || (length === stats.size && stats.isFile())) return room.subarray(0, length);
      if (length > LARGEST) throw new TooLarge(length);
      if (length === room.length) room = Buffer.concat([room], 2 * length);
    }
  } finally {
    closeSync(handle);
  }
}

function kindOf(stats: Stats): Kind {
  return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'other';
}

export const realDisk: Disk = {
  read,
  list: (folder) => readdirSync(folder, { withFileTypes: true }),
  kind: (file) => kindOf(statSync(file)),
  entry(file) {
    const stats = lstatSync(file);
    return stats.isSymbolicLink() ? 'link' : kindOf(stats);
  },
  realpath: (file) => realpathSync.native(file),
  exists: (file) => existsSync(file),
  beyond() {},
};

/** The disk as if one folder were not there: what this tool keeps is no part of the project that it keeps it for. */
export function without(hidden: string, disk: Disk): Disk {
  const parent = path.dirname(hidden);
  const own = path.basename(hidden);
  return {
    ...disk,
    list(folder) {
      const entries = disk.list(folder);
      return path.resolve(folder) === parent ? entries.filter(({ name }) => name !== own) : entries;
    },
  };
}
