import type { Audited } from '../model/audit.js';
import type { Count } from '../model/deployment.js';
import type { Finding, Live } from '../model/finding.js';
import type { DeploymentSummary, Runs } from '../model/report.js';

/** Workloads that several descriptors know by one name are told once, by the one that runs most. */
export function deploymentOf(
  { runs }: Audited,
  open: readonly Finding[],
  shown: (file: string) => string,
): DeploymentSummary {
  const byName = new Map<string, Runs>();
  for (const one of runs) {
    const { name, instances, place } = one;
    const known = byName.get(name);
    if (known && most(known.instances) >= most(instances)) continue;
    byName.set(name, { ...one, ...(place ? { place: { ...place, file: shown(place.file) } } : {}) });
  }
  const counts = { always: 0, atDeploy: 0, atRestart: 0, latent: 0, unknown: 0 };
  for (const { live } of open) if (live) counts[biteOf(live)]++;
  return { runs: [...byName.values()], ...counts };
}

function most(count: Count | undefined): number {
  return count ? (count.max ?? Number.POSITIVE_INFINITY) : 0;
}

function biteOf({ is, at }: Live): 'always' | 'atDeploy' | 'atRestart' | 'latent' | 'unknown' {
  if (is !== 'yes') return is === 'no' ? 'latent' : 'unknown';
  return at.includes('scale-out') ? 'always' : at.includes('rolling-deploy') ? 'atDeploy' : 'atRestart';
}
