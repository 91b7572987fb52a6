import type { Balancer } from '../model/deployment.js';
import type { Place } from '../model/span.js';
import { parseToml } from '../parse/toml.js';
import { entries, entry, get, items, type Tree, textOf } from '../parse/tree.js';
import { mapsOf, parseYaml } from '../parse/yaml.js';
import { purposeOf } from './purpose.js';
import { type Describer, said, type Source } from './source.js';
import { givenSeconds, httpProbe } from './values.js';

/** Traefik's own files: services with their servers, and how connections to these are kept. */
export const describeTraefik: Describer = (source) => {
  const isToml = source.file.endsWith('.toml');
  const parsed = isToml ? parseToml(source.text) : parseYaml(source.text);
  source.broken(parsed.flaw, isToml ? 'TOML' : 'YAML');
  const root = mapsOf(parsed)[0];
  const balancers = entries(get(root, 'http', 'services')).flatMap(({ key, keySpan, value }): Balancer[] => {
    const balancer = get(value, 'loadBalancer');
    return balancer ? [balancerOf(source, key, source.place(keySpan), balancer, transportOf(root, balancer))] : [];
  });
  return { balancers, ...purposeOf(source.file, [], { platform: 'a proxy is configured by it' }) };
};

/** The transport that a service names, or the one for all. */
function transportOf(root: Tree | undefined, balancer: Tree): Tree | undefined {
  const name = textOf(get(balancer, 'serversTransport'))?.split('@')[0];
  return name === undefined ? get(root, 'serversTransport') : get(root, 'http', 'serversTransports', name);
}

function balancerOf(source: Source, name: string, place: Place, tree: Tree, transport: Tree | undefined): Balancer {
  const sticky = entry(tree, 'sticky');
  const most = get(transport, 'maxIdleConnsPerHost');
  return {
    name,
    place,
    sort: 'traefik',
    ...said<Pick<Balancer, 'sticky' | 'reuses' | 'idleSeconds'>>({
      sticky: sticky && { value: 'cookie', place: source.place(sticky.keySpan) },
      reuses: most && { value: textOf(most) !== '-1', place: source.of(most) },
      idleSeconds: givenSeconds(source, get(transport, 'forwardingTimeouts', 'idleConnTimeout')),
    }),
    targets: items(get(tree, 'servers')).flatMap((server) => {
      const url = get(server, 'url');
      const given = source.given(url);
      return given && textOf(url) !== undefined ? [given] : [];
    }),
    probes: httpProbe(source, get(tree, 'healthCheck', 'path')),
  };
}
