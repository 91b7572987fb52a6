import type { Balancer, Environment, Stated } from '../model/deployment.js';
import type { Place } from '../model/span.js';

/** The balancers that labels of a container tell Traefik of. */
export function balancersOfLabels(service: string, labels: Environment, place: Place): readonly Balancer[] {
  const found = new Map<string, Stated<string>>();
  let speaks: Place | undefined;
  for (const [name, given] of Object.entries(labels)) {
    const [, balancer = service, rest = ''] =
      /^traefik\.(?:http|tcp)\.services\.([^.]+)\.loadbalancer\.(.+)$/i.exec(name) ?? [];
    // The first version's labels have no name for it.
    const isSticky =
      /^sticky(?:\.cookie(?:\.name)?)?$/i.test(rest) ||
      /^traefik\.backend\.loadbalancer\.(?:sticky|stickiness)$/.test(name);
    if (/^traefik\.(?:http|tcp|enable|frontend)/.test(name)) speaks ??= given.place;
    if (isSticky && given.value !== 'false') found.set(balancer, { value: 'cookie', place: given.place });
  }
  const target = { value: service, place };
  if (found.size === 0)
    return speaks ? [{ name: service, place: speaks, sort: 'traefik', targets: [target], probes: [] }] : [];
  return [...found].map(([name, sticky]) => ({
    name,
    place: sticky.place,
    sort: 'traefik',
    sticky,
    targets: [target],
    probes: [],
  }));
}
