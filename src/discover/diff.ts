import type { ChangedLines } from '../model/changes.js';

/** One file of `git diff --patch-with-raw -z`. */
export interface Changed {
  /** As it is called now, relative to the top of the repository. */
  readonly path: string;
  /** `A`dded, `M`odified, `D`eleted, `R`enamed, `C`opied, `T`ype changed, `U`nmerged. */
  readonly status: string;
  /** The id of its content before. */
  readonly before: string;
  readonly modes: readonly [before: string, now: string];
  readonly lines: ChangedLines;
}

/**
 * Reads `git diff --patch-with-raw -z --unified=0`: a list with one entry a file, its names closed by NUL and so never quoted,
 * then the patch. Names are taken from the list and lines from the patch, whose sections stand in the same order; what a file
 * is called can therefore not be mistaken. Should the two not agree in number, all lines of every file count as changed.
 */
export function readDiff(output: string): Changed[] {
  const end = output.startsWith(':') ? output.indexOf('\0\0') : 0;
  const list = end === -1 ? output : output.slice(0, end);
  const entries = readList(list);
  const sections = end === -1 ? [] : sectionsOf(output.slice(end));
  // A file that becomes a link is taken away and made anew, in two sections.
  const expected = entries.reduce((count, { status }) => count + (SECTIONS[status] ?? 1), 0);
  if (sections.length !== expected) return entries.map((entry) => ({ ...entry, lines: 'all' }));
  let next = 0;
  return entries.map((entry) => {
    const section = sections[next];
    const count = SECTIONS[entry.status] ?? 1;
    next += count;
    return { ...entry, lines: count === 1 && section !== undefined && entry.modes[1] !== LINKED ? section : 'all' };
  });
}

const SECTIONS: Readonly<Record<string, number>> = { T: 2, U: 0 };
/** The mode of a submodule. */
const LINKED = '160000';

type Entry = Omit<Changed, 'lines'>;

function readList(list: string): Entry[] {
  const fields = list.split('\0').values();
  const entries: Entry[] = [];
  for (const field of fields) {
    const [, old, mode, before, letter] = /^:(\d{6}) (\d{6}) ([0-9a-f]+) [0-9a-f]+ ([A-Z])\d*$/.exec(field) ?? [];
    if (old === undefined || mode === undefined || before === undefined || letter === undefined) continue;
    let path = fields.next().value ?? '';
    if (letter === 'R' || letter === 'C') path = fields.next().value ?? '';
    entries.push({ path, status: letter, before, modes: [old, mode] });
  }
  return entries;
}

function sectionsOf(patch: string): ChangedLines[] {
  const sections: (ChangedLines & object)[] = [];
  const binary = new Set<number>();
  for (const line of patch.split('\n')) {
    // With no context, lines of the files themselves begin with a sign; all others are git's.
    if (line.replace(/^\0+/, '').startsWith('diff --git ')) sections.push([]);
    else if (line.startsWith('Binary files ')) binary.add(sections.length - 1);
    else if (line.startsWith('@@ ')) {
      const [, start, count] = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
      const section = sections.at(-1);
      if (start === undefined || section === undefined) continue;
      (section as [number, number][]).push(rangeOf(Number(start), count === undefined ? 1 : Number(count)));
    }
  }
  return sections.map((section, index) => (binary.has(index) ? 'all' : section));
}

/** Where lines were only taken away, those on both sides count: what stands there now may be what they protected. */
function rangeOf(start: number, count: number): [number, number] {
  return count === 0 ? [Math.max(1, start), start + 1] : [start, start + count - 1];
}
