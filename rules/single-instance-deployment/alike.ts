import type { Confidence, Deployed, Evidence, Place, Trigger } from '../../src/api/index.js';

/*
 * What is one mistake although it stands at several places: nobody reads seventeen findings about seventeen lines of one kind.
 */

/** A cause for which a second instance is not there or cannot be. */
export interface Cause {
  readonly place: Place;
  readonly symbol: string;
  readonly confidence: Confidence;
  readonly message: string;
  readonly consequence: string;
  readonly hint: string;
  readonly triggers: readonly Trigger[];
  readonly more?: readonly Evidence[];
}

/** A cause with the workload that it stands at. */
export interface Found {
  readonly deployed: Deployed;
  readonly cause: Cause;
}

/** What is told at once, of which the first gives the words. */
export type Same = readonly [Found, ...Found[]];

/** The same of one workload in descriptors one of which is used at a time: for each database one, with and without a queue. */
export function alike(found: readonly Found[]): readonly Same[] {
  const groups: [Found, ...Found[]][] = [];
  for (const one of [...found].sort(plainestFirst)) {
    const group = groups.find(([first]) => isAlike(first, one));
    if (group) group.push(one);
    else groups.push([one]);
  }
  return groups;
}

function isAlike(a: Found, b: Found): boolean {
  const kind = ({ deployed }: Found) => `${deployed.descriptor.kind} ${deployed.workload.name}`;
  if (a.cause.symbol !== b.cause.symbol || kind(a) !== kind(b)) return false;
  if (a.deployed.descriptor === b.deployed.descriptor) return false;
  // Another application's may be called the same.
  const applications = ({ deployed }: Found) => deployed.processes.map(({ application }) => application);
  const [ofA, ofB] = [applications(a), applications(b)];
  return ofA.length === 0 || ofB.length === 0 || ofA.some((one) => ofB.includes(one));
}

function plainestFirst(a: Found, b: Found): number {
  const rank = ({ deployed: { descriptor }, cause }: Found) =>
    (descriptor.purpose === 'production' ? 0 : 10) + CONFIDENCES.indexOf(cause.confidence);
  const [fileA, fileB] = [a.deployed.descriptor.file, b.deployed.descriptor.file];
  const depth = (file: string) => file.split('/').length;
  return rank(a) - rank(b) || depth(fileA) - depth(fileB) || fileA.length - fileB.length || (fileA < fileB ? -1 : 1);
}

/** Where a file does it with whatever it runs, that is one habit. */
export function inOneFile(groups: readonly Same[]): readonly Same[] {
  const files = new Map<string, Same[]>();
  for (const group of groups) {
    const [{ cause, deployed }] = group;
    const key = cause.symbol === 'pinned' ? deployed.descriptor.file : `${files.size}`;
    files.set(key, [...(files.get(key) ?? []), group]);
  }
  return [...files.values()].flatMap((same): readonly Same[] => {
    if (same.length <= MOST_IN_FILE) return same;
    const [[first, ...alternatives], ...others] = same as [Same, ...Same[]];
    const names = others.map(([{ deployed }]) => `\`${deployed.workload.name}\``);
    const listed = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names;
    const message = `${first.cause.message} So it is with ${listed.slice(0, -1).join(', ')} and ${listed.at(-1)}.`;
    return [[{ ...first, cause: { ...first.cause, message } }, ...others.flat(), ...alternatives]];
  });
}

const MOST_IN_FILE = 2;

const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];
