import { DATABASE_FILE, OF_THE_SYSTEM, type VolumeNames, volumeNames } from '../../knowledge/deployment/volumes.js';
import type { Descriptor, Volume, Workload } from '../../model/deployment.js';
import type { Deployed, Program } from '../../model/program.js';
import type { Place } from '../../model/span.js';

/*
 * What rules ask of deployment descriptors.
 */

/** Why a workload is none that users depend on, in words; `undefined` where it is the application in production. */
export function isAside({ descriptor, workload }: Deployed): string | undefined {
  if (workload.owns !== true) return `not this project's code: ${workload.ownsWhy}`;
  if (descriptor.purpose === 'development' || descriptor.purpose === 'test')
    return `for ${descriptor.purpose === 'test' ? 'tests' : 'development'}: ${descriptor.why}`;
  return undefined;
}

export function isForUse({ purpose }: Descriptor): boolean {
  return purpose !== 'development' && purpose !== 'test';
}

/** Where more than one instance of the same workload is asked for: another file's word, an overlay, a command. */
export function moreElsewhere(program: Program, { descriptor, workload }: Deployed): Place | undefined {
  const isSame = (name: string | undefined) => name === undefined || name === workload.name;
  const command = program.scalings.find(({ name, count }) => count > 1 && isSame(name));
  if (command) return command.place;
  const other = program.workloads.find(
    (one) =>
      one.descriptor !== descriptor &&
      isForUse(one.descriptor) &&
      one.workload.name === workload.name &&
      one.workload.owns !== false &&
      isSeveral(one.workload),
  );
  return other?.workload.instances?.place;
}

/** More than one instance is asked for. */
export function isSeveral({ instances, autoscaled }: Workload): boolean {
  const { min, max } = instances?.value ?? {};
  return (min ?? 0) > 1 || (autoscaled !== undefined && (max ?? 2) > 1);
}

/** What a mounted folder holds, as far as its names say. */
export interface Held {
  readonly holds: 'data' | 'something else' | 'unknown';
  readonly words: string;
}

export function heldIn({ path, name, readOnly }: Volume): Held {
  const no = (words: string): Held => ({ holds: 'something else', words });
  if (readOnly) return no('it is only read');
  if (OF_THE_SYSTEM.test(path)) return no("a part of the host's system");
  const target = path.replace(/(?<!\/)\/+$/, '').toLowerCase();
  if (DATABASE_FILE.test(target)) return { holds: 'data', words: 'a database' };
  // What has an extension is one file, which somebody wrote to be mounted: settings, a certificate, a socket.
  if (/[^/]\.[a-z][a-z0-9]{0,7}$/.test(target) || /\/\.env[\w.]*$/.test(target)) return no('a single file');
  const parts = target.split('/').filter(Boolean);
  const named = (name ?? '').toLowerCase().split('/').filter(Boolean);
  const entryOf = (part: string | undefined) =>
    part === undefined ? undefined : volumeNames.find((entry) => entry.parts.test(part));
  const known: VolumeNames | undefined =
    entryOf(parts.at(-1)) ??
    entryOf(named.at(-1)) ??
    // Further up only data says something: `/usr/src/app` holds more than sources.
    parts.map(entryOf).find((entry) => entry?.holds === 'data');
  return known ?? { holds: 'unknown', words: 'what the application leaves there' };
}
