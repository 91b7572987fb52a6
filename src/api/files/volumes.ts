import { posix } from 'node:path';
import type { Volume } from '../../model/deployment.js';
import type { Expr } from '../../model/facts.js';
import type { Evidence } from '../../model/finding.js';
import type { Operation } from '../../model/production.js';
import type { Program, Unit } from '../../model/program.js';
import type { Place } from '../../model/span.js';
import { placeOnDisk } from './file-places.js';

/*
 * What production mounts where a program keeps its files: a volume that every instance sees, or one that belongs to an instance
 * or a host. Where nothing is mounted the disk is the container's own.
 */

export interface OnDisk {
  /** Every instance of every workload sees what is written there. */
  readonly shared?: { readonly reason: string; readonly because?: Place };
  /** The volumes that not every instance sees. */
  readonly evidence: readonly Evidence[];
}

interface Mount {
  readonly path: string;
  readonly isShared: boolean;
  readonly why: string;
  readonly place?: Place;
}

const NOTHING: OnDisk = { evidence: [] };

/** Of several paths that are written to all must be shared. */
export function diskOf(program: Program, paths: readonly { readonly unit: Unit; readonly expr: Expr }[]): OnDisk {
  const found = paths.map(({ unit, expr }) => mountsOf(program, unit, placeOnDisk(program, unit, expr)));
  return together(found);
}

/** The same for a place that is known already. */
export function diskAt(program: Program, unit: Unit, place: string): OnDisk {
  return together([mountsOf(program, unit, place)]);
}

function together(found: readonly (readonly (Mount | undefined)[])[]): OnDisk {
  const mounts = found.flat();
  const [first] = mounts;
  if (!first) return mounts.length > 0 ? { evidence: evidenceOf(mounts) } : NOTHING;
  const isShared = found.every((list) => list.length > 0 && list.every((mount) => mount?.isShared));
  return isShared
    ? {
        shared: {
          reason: `\`${first.path}\` is ${first.why}, which every instance sees`,
          ...(first.place ? { because: first.place } : {}),
        },
        evidence: [],
      }
    : { evidence: evidenceOf(mounts) };
}

function evidenceOf(mounts: readonly (Mount | undefined)[]): readonly Evidence[] {
  const own = mounts.find((mount) => mount && !mount.isShared && mount.place);
  if (!own?.place) return [];
  return [{ role: 'started', ...own.place, note: `\`${own.path}\` is ${own.why}, which not every instance sees` }];
}

/** For each workload that the file is part of what is mounted at a place; nothing where the container's own disk is. */
function mountsOf(program: Program, unit: Unit, place: string | undefined): readonly (Mount | undefined)[] {
  const operations = program.operationsOf({ file: unit.file, span: [1, 1, 1, 1] });
  if (place === undefined) return operations.map(() => undefined);
  return operations.map((operation) => {
    const at = resolved(place, operation);
    const inside = at.startsWith('@') ? insideOf(at, operation) : at.startsWith('/') ? [at] : [];
    const mounts = [
      ...declaredMounts(program, operation),
      ...(operation.deployed?.workload.volumes ?? []).map(mountOf),
    ];
    return mounts
      .filter(({ path }) => [at, ...inside].some((one) => isIn(path, one)))
      .sort((a, b) => b.path.length - a.path.length)[0];
  });
}

/** `<env:UPLOADS>/a.png` where production says what UPLOADS is. */
function resolved(place: string, { environment }: Operation): string {
  const [, name, rest = ''] = /^<env:(\w+)\b[^>]*>(.*)$/.exec(place) ?? [];
  const value = name === undefined ? undefined : environment[name]?.value;
  if (value === undefined) return place;
  return value.startsWith('/') ? posix.join(value, rest) : posix.join('@', value, rest);
}

function insideOf(at: string, { deployed }: Operation): readonly string[] {
  const path = at.replace(/^@\/?/, '');
  return (deployed?.places ?? []).flatMap(({ inside, folder }) => {
    if (folder === '.') return [posix.join(inside, path)];
    return path === folder || path.startsWith(`${folder}/`) ? [posix.join(inside, path.slice(folder.length))] : [];
  });
}

function declaredMounts(program: Program, operation: Operation): readonly Mount[] {
  const { sharedVolumes = [], place } = program.declared;
  const why = 'a volume that the configuration declares to be shared';
  return sharedVolumes.flatMap((written) => {
    const path = written.startsWith('/') ? written : posix.join('@', written);
    const paths = path.startsWith('@') ? [path, ...insideOf(path, operation)] : [path];
    return paths.map((one) => ({ path: one, isShared: true, why, ...(place ? { place } : {}) }));
  });
}

function mountOf({ path, spread, why, place }: Volume): Mount {
  return { path, isShared: spread === 'shared', why, place };
}

function isIn(folder: string, path: string): boolean {
  const outer = folder.length > 1 ? folder.replace(/(?<!\/)\/+$/, '') : folder;
  return path === outer || path.startsWith(`${outer}/`);
}
