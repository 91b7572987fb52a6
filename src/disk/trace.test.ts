import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Disk, holds, realDisk, recording, without } from './index.js';

let folder: string;
const at = (name: string) => path.join(folder, name);
const gone = (name: string) => rmSync(at(name), { recursive: true });

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'mi-audit-disk-')));
  mkdirSync(at('src'));
  writeFileSync(at('src/a.ts'), 'export {};\n');
  writeFileSync(at('big.ts'), 'x'.repeat(700_000));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Asks, whatever comes of it. */
function asked(...questions: readonly ((disk: Disk) => unknown)[]) {
  const { disk, trace } = recording();
  for (const question of questions)
    try {
      question(disk);
    } catch {}
  return trace();
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('a trace', () => {
  it.each<[string, (disk: Disk) => unknown, () => void]>([
    ['a file that is changed', (disk) => disk.read(at('src/a.ts')), () => appendFileSync(at('src/a.ts'), ' ')],
    ['a file that is gone', (disk) => disk.read(at('src/a.ts')), () => rmSync(at('src/a.ts'))],
    ['a file that comes', (disk) => disk.read(at('new.ts')), () => writeFileSync(at('new.ts'), '')],
    [
      'a file in place of a folder',
      (disk) => disk.read(at('src')),
      () => {
        gone('src');
        writeFileSync(at('src'), '');
      },
    ],
    [
      'a file that becomes too large',
      (disk) => disk.read(at('big.ts')),
      () => truncateSync(at('big.ts'), 3 * 1024 ** 3),
    ],
    ['a new name in a folder', (disk) => disk.list(at('src')), () => writeFileSync(at('src/b.ts'), '')],
    [
      'a name that means something else',
      (disk) => disk.list(folder),
      () => {
        gone('big.ts');
        mkdirSync(at('big.ts'));
      },
    ],
    ['a folder that comes', (disk) => disk.list(at('lib')), () => mkdirSync(at('lib'))],
    [
      'what a path leads to',
      (disk) => disk.kind(at('src')),
      () => {
        gone('src');
        writeFileSync(at('src'), '');
      },
    ],
    [
      'what is a link now',
      (disk) => disk.entry(at('src')),
      () => {
        gone('src');
        symlinkSync(at('big.ts'), at('src'));
      },
    ],
    [
      'where a path really is',
      (disk) => disk.realpath(at('src/a.ts')),
      () => {
        gone('src/a.ts');
        symlinkSync(at('big.ts'), at('src/a.ts'));
      },
    ],
    ['whether something is there', (disk) => disk.exists(at('.git')), () => mkdirSync(at('.git'))],
  ])('holds until %s', (_, question, change) => {
    const trace = asked(question)!;
    expect(holds(trace)).toBe(true);
    change();
    expect(holds(trace)).toBe(false);
  });

  it('holds whatever the order of a folder, and however often something is asked', () => {
    const trace = asked(
      (disk) => disk.list(folder),
      (disk) => disk.list(folder),
    )!;
    expect(trace.list).toHaveLength(2);
    expect(holds(trace, { ...realDisk, list: (one) => [...realDisk.list(one)].reverse() })).toBe(true);
  });

  it('is none where an answer changed meanwhile, or something else decided as well', () => {
    const read = (disk: Disk) => disk.read(at('src/a.ts'));
    expect(asked(read, () => appendFileSync(at('src/a.ts'), ' '), read)).toBeUndefined();
    expect(asked(read, (disk) => disk.beyond())).toBeUndefined();
  });

  it('is none where a failure has no code to be known by', () => {
    const broken: Disk = {
      ...realDisk,
      read() {
        throw new Error('somehow');
      },
    };
    const { disk, trace } = recording(broken);
    expect(() => disk.read(at('big.ts'))).toThrow('somehow');
    expect(trace()).toBeUndefined();
  });

  it('shows each file on the way', () => {
    const trace = asked(
      (disk) => disk.read(at('src/a.ts')),
      (disk) => disk.read(at('big.ts')),
    )!;
    const seen: [string, number][] = [];
    expect(holds(trace, realDisk, { take: (file, bytes) => seen.push([path.basename(file), bytes.length]) })).toBe(
      true,
    );
    expect(seen).toEqual([
      ['a.ts', 11],
      ['big.ts', 700_000],
    ]);
  });

  it('asks each question once', () => {
    const trace = asked(
      (disk) => disk.list(folder),
      (disk) => disk.read(at('big.ts')),
      (disk) => disk.exists(at('x')),
    )!;
    const calls: string[] = [];
    const counting = new Proxy(realDisk, {
      get(disk, name: keyof Disk) {
        calls.push(name);
        return disk[name];
      },
    });
    expect(holds(trace, counting)).toBe(true);
    expect(calls).toEqual(['list', 'exists', 'read']);
  });
});

describe('the disk', () => {
  it('reads files of every size', () => {
    for (const size of [0, 1, 255 * 1024, 256 * 1024, 256 * 1024 + 1, 3_000_000]) {
      writeFileSync(at('file'), 'é'.repeat(size / 2));
      expect(text(realDisk.read(at('file')))).toBe('é'.repeat(size / 2));
    }
  });

  it.runIf(process.platform === 'linux')('reads what says that it is empty, and does not wait for a pipe', () => {
    expect(text(realDisk.read('/proc/self/status'))).toContain('Name:');
    execFileSync('mkfifo', [at('pipe')]);
    expect(realDisk.read(at('pipe'))).toHaveLength(0);
  });

  it('says by codes why it does not read', () => {
    const code = (file: string) => {
      try {
        realDisk.read(at(file));
      } catch (error) {
        return (error as NodeJS.ErrnoException).code;
      }
      return undefined;
    };
    truncateSync(at('big.ts'), 3 * 1024 ** 3);
    expect(['src', 'none', 'big.ts/none', 'big.ts'].map(code)).toEqual(['EISDIR', 'ENOENT', 'ENOTDIR', 'TOO_LARGE']);
  });

  it('can be without one folder', () => {
    const names = (disk: Disk, where: string) => disk.list(where).map(({ name }) => name);
    mkdirSync(at('src/src'));
    expect(names(without(at('src'), realDisk), folder)).toEqual(['big.ts']);
    expect(names(without(at('src'), realDisk), `${folder}${path.sep}`)).toEqual(['big.ts']);
    expect(names(without(at('src'), realDisk), at('src')).sort()).toEqual(['a.ts', 'src']);
  });
});
