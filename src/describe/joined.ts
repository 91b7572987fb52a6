import { posix } from 'node:path';
import type { Descriptor, Environment, Volume, Workload } from '../model/deployment.js';
import type { Loose } from './source.js';

/*
 * What is said of a workload elsewhere than where it stands: autoscalers and budgets in files of their own, claims for its volumes,
 * and the Dockerfile that its image is built from.
 */

export function joined(descriptors: readonly Descriptor[], loose: readonly Loose[]): readonly Descriptor[] {
  const images = new Map<string, readonly Workload[]>();
  for (const { kind, file, workloads } of descriptors) if (kind === 'dockerfile') images.set(file, workloads);
  const variables = new Map(
    descriptors.flatMap(({ kind, file, environment }) => (kind === 'env' ? [[file, environment] as const] : [])),
  );
  return descriptors.map((descriptor) => ({
    ...descriptor,
    workloads: descriptor.workloads.map((workload) =>
      withImage(
        withVariables(withLoose(workload, descriptor.file, loose), descriptor.file, loose, variables),
        descriptor,
        images,
      ),
    ),
  }));
}

/** What stands nearest counts: in the same file, in the same folder, then anywhere, if there is only one. */
function nearest(candidates: readonly Loose[], file: string): Loose | undefined {
  const inFile = candidates.filter((one) => one.file === file);
  const inFolder = candidates.filter((one) => posix.dirname(one.file) === posix.dirname(file));
  const found = inFile.length ? inFile : inFolder.length ? inFolder : candidates;
  return found.length === 1 || inFile.length || inFolder.length ? found[0] : undefined;
}

function withLoose(workload: Workload, file: string, loose: readonly Loose[]): Workload {
  if (loose.length === 0) return workload;
  const name = workload.name.split('/')[0];
  const scaler = nearest(
    loose.filter((one) => one.about === 'autoscaler' && one.name === name),
    file,
  );
  const budget = nearest(
    loose.filter(
      ({ about, labels }) =>
        about === 'budget' &&
        Object.entries(labels ?? {}).length > 0 &&
        Object.entries(labels ?? {}).every(([key, value]) => workload.labels[key]?.value === value),
    ),
    file,
  );
  const volumes = workload.volumes.map((volume) => withClaim(volume, file, loose));
  const count =
    scaler?.min === undefined
      ? {}
      : { value: { min: scaler.min, ...(scaler.max === undefined ? {} : { max: scaler.max }) } };
  return {
    ...workload,
    volumes,
    ...(scaler ? { instances: { ...count, place: scaler.value.place }, autoscaled: scaler.value.place } : {}),
    ...(budget ? { budget: budget.value } : {}),
  };
}

/** What files and objects that it names set; what it sets itself goes before them. */
function withVariables(
  workload: Workload,
  file: string,
  loose: readonly Loose[],
  variables: ReadonlyMap<string, Environment>,
): Workload {
  if (workload.environmentFrom.length === 0) return workload;
  const given = workload.environmentFrom.map(({ value }) => {
    const settings = nearest(
      loose.filter((one) => one.about === 'settings' && one.name === value),
      file,
    );
    return settings?.environment ?? (value === undefined ? undefined : variables.get(value)) ?? {};
  });
  return { ...workload, environment: Object.assign({}, ...given, workload.environment) as Environment };
}

function withClaim(volume: Volume, file: string, loose: readonly Loose[]): Volume {
  if (volume.spread !== 'unknown' || volume.name === undefined) return volume;
  const claim = nearest(
    loose.filter((one) => one.about === 'claim' && one.name === volume.name),
    file,
  );
  const spread = claim?.value.value as Volume['spread'] | undefined;
  if (!spread || spread === 'unknown') return volume;
  return {
    ...volume,
    spread,
    why:
      spread === 'shared'
        ? 'a claim that many may write (`ReadWriteMany`)'
        : 'a claim that one node may hold (`ReadWriteOnce`)',
  };
}

/** An image that is built here of somebody else's code alone is not the project's own. */
function withImage(
  workload: Workload,
  { kind }: Descriptor,
  images: ReadonlyMap<string, readonly Workload[]>,
): Workload {
  const { build } = workload;
  if (kind === 'dockerfile' || build?.dockerfile === undefined) return workload;
  const stages = images.get(build.dockerfile);
  const stage = build.stage === undefined ? stages?.at(-1) : stages?.find(({ name }) => name === build.stage);
  if (!stage || stage.owns === true) return workload;
  return { ...workload, owns: stage.owns, ownsWhy: `${stage.ownsWhy}, and no code of this repository is put into it` };
}
