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
    const { name, place } = one;
    const known = byName.get(name);
    if (known && !isMore(one, known)) continue;
    byName.set(name, { ...one, ...(place ? { place: { ...place, file: shown(place.file) } } : {}) });
  }
  const counts = { always: 0, atDeploy: 0, atRestart: 0, latent: 0, unknown: 0 };
  for (const { live } of open) if (live) counts[biteOf(live)]++;
  return { runs: [...byName.values()], ...counts };
}

/** Of as many, those that a deploy runs beside the next: what bites then is told by them. */
function isMore(one: Runs, known: Runs): boolean {
  const more = most(one.instances) - most(known.instances);
  return more > 0 || (more === 0 && one.overlap === true && known.overlap !== true);
}

function most(count: Count | undefined): number {
  return count ? (count.max ?? Number.POSITIVE_INFINITY) : 0;
}

function biteOf({ is, at }: Live): 'always' | 'atDeploy' | 'atRestart' | 'latent' | 'unknown' {
  if (is !== 'yes') return is === 'no' ? 'latent' : 'unknown';
  return at.includes('scale-out') ? 'always' : at.includes('rolling-deploy') ? 'atDeploy' : 'atRestart';
}
