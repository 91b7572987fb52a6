import type { Balancer } from '../model/deployment.js';
import type { Place } from '../model/span.js';
import { parseToml } from '../parse/toml.js';
import { entries, entry, get, items, type Tree, textOf } from '../parse/tree.js';
import { mapsOf, parseYaml } from '../parse/yaml.js';
import { purposeOf } from './purpose.js';
import { type Describer, said, type Source } from './source.js';
import { givenSeconds, httpProbe } from './values.js';

/** Traefik's own files: services with their servers, and the entry points' timeouts. */
export const describeTraefik: Describer = (source) => {
  const isToml = source.file.endsWith('.toml');
  const parsed = isToml ? parseToml(source.text) : parseYaml(source.text);
  source.broken(parsed.flaw, isToml ? 'TOML' : 'YAML');
  const root = mapsOf(parsed)[0];
  const idle = entries(get(root, 'entryPoints'))
    .map(({ value }) => get(value, 'transport', 'respondingTimeouts', 'idleTimeout'))
    .find((tree) => tree !== undefined);
  const balancers = entries(get(root, 'http', 'services')).flatMap(({ key, keySpan, value }): Balancer[] => {
    const balancer = get(value, 'loadBalancer');
    return balancer ? [balancerOf(source, key, source.place(keySpan), balancer, idle)] : [];
  });
  return { balancers, ...purposeOf(source.file, [], { platform: 'a proxy is configured by it' }) };
};

function balancerOf(source: Source, name: string, place: Place, tree: Tree, idle: Tree | undefined): Balancer {
  const sticky = entry(tree, 'sticky');
  return {
    name,
    place,
    ...said<Pick<Balancer, 'sticky' | 'idleSeconds'>>({
      sticky: sticky && { value: 'cookie', place: source.place(sticky.keySpan) },
      idleSeconds: givenSeconds(source, idle),
    }),
    targets: items(get(tree, 'servers')).flatMap((server) => {
      const url = get(server, 'url');
      const given = source.given(url);
      return given && textOf(url) !== undefined ? [given] : [];
    }),
    probes: httpProbe(source, get(tree, 'healthCheck', 'path')),
  };
}
