import type { Balancer, BalancerSort, Stated } from '../model/deployment.js';
import { entries, get, type Tree, type TreeEntry, textOf } from '../parse/tree.js';
import { said, type Source } from './source.js';

/*
 * What a cluster spreads requests with: Services over pods, and ingresses, whose annotations speak to the controller that serves
 * them.
 */

const STICKY_ANNOTATIONS: readonly (readonly [RegExp, RegExp, string])[] = [
  [/nginx\.(?:ingress\.kubernetes\.io|org)\/affinity$/, /cookie/, 'cookie'],
  [/nginx\.org\/sticky-cookie-services$/, /./, 'cookie'],
  [
    /nginx\.(?:ingress\.kubernetes\.io\/upstream-hash-by|org\/lb-method)$/,
    /remote_addr|forwarded|ip_hash|cookie/,
    'hash of the client',
  ],
  [/alb\.ingress\.kubernetes\.io\/target-group-attributes$/, /stickiness\.enabled=true/, 'cookie'],
  [/traefik\.[\w./]+\/(?:service\.)?sticky(?:\.cookie)?$|ingress\.kubernetes\.io\/affinity$/, /true|cookie/, 'cookie'],
  [/haproxy[\w.-]*\/(?:affinity|cookie-persistence)$/, /./, 'cookie'],
];

/** Classes by their usual names, and the annotations that only one controller reads. */
const CONTROLLERS: readonly (readonly [BalancerSort, RegExp, RegExp])[] = [
  ['ingress-nginx', /^(?:ingress-)?nginx(?:-\w+)?$/, /^nginx\.ingress\.kubernetes\.io\//],
  ['alb', /^alb$/, /^alb\.ingress\.kubernetes\.io\//],
  ['gce', /^gce(?:-internal)?$/, /^(?:networking\.gke\.io|ingress\.gcp\.kubernetes\.io)\//],
  ['traefik', /^traefik(?:-\w+)?$/, /^traefik\.ingress\.kubernetes\.io\//],
  ['haproxy', /^haproxy(?:-\w+)?$/, /^(?:haproxy\.org|haproxy-ingress\.github\.io)\//],
];

export function balancersOf(
  source: Source,
  document: Tree,
  name: string,
  nameOf: (tree: Tree | undefined) => string,
): readonly Balancer[] {
  const kind = textOf(get(document, 'kind'));
  const place = source.of(get(document, 'metadata', 'name') ?? document);
  if (kind === 'Service' && get(document, 'spec', 'selector')) {
    const affinity = source.given(get(document, 'spec', 'sessionAffinity'));
    const targets = entries(get(document, 'spec', 'selector')).map(
      ({ key, value }): Stated<string> => ({ value: `${key}=${nameOf(value)}`, place: source.of(value) }),
    );
    const sticky = affinity && affinity.value !== 'None' ? { sticky: affinity } : {};
    return [{ name, place, targets, probes: [], ...sticky }];
  }
  if (kind !== 'Ingress') return [];
  const annotations = entries(get(document, 'metadata', 'annotations'));
  const sticky = annotations.flatMap(({ key, value }): readonly Stated<string>[] => {
    const found = STICKY_ANNOTATIONS.find(([pattern, holds]) => pattern.test(key) && holds.test(textOf(value) ?? ''));
    return found ? [{ value: found[2], place: source.of(value) }] : [];
  })[0];
  const targets = found(document, 'backend').flatMap((backend) => {
    const given = get(backend, 'service', 'name') ?? get(backend, 'serviceName');
    return given ? [{ value: nameOf(given), place: source.of(given) }] : [];
  });
  return [
    {
      name,
      place,
      targets,
      probes: [],
      ...said<Pick<Partial<Balancer>, 'sort' | 'sticky' | 'idleSeconds'>>({
        sort: sortOf(document, annotations),
        sticky,
        idleSeconds: idleOf(source, annotations),
      }),
    },
  ];
}

/** The class says it; where there is none, the annotations do. */
function sortOf(document: Tree, annotations: readonly TreeEntry[]): BalancerSort | undefined {
  const given =
    get(document, 'spec', 'ingressClassName') ??
    annotations.find(({ key }) => key === 'kubernetes.io/ingress.class')?.value;
  const name = textOf(given);
  if (given) return CONTROLLERS.find(([, names]) => name !== undefined && names.test(name))?.[0];
  return CONTROLLERS.find(([, , own]) => annotations.some(({ key }) => own.test(key)))?.[0];
}

/** Only of AWS an annotation says it; how long an answer may take (`proxy-read-timeout`) is something else. */
function idleOf(source: Source, annotations: readonly TreeEntry[]): Stated<number> | undefined {
  const found = annotations.find(({ key }) => /^alb\.ingress\.kubernetes\.io\/load-balancer-attributes$/.test(key));
  if (!found) return undefined;
  const text = textOf(found.value);
  const seconds = /idle_timeout\.timeout_seconds=(\d+)/.exec(text ?? '')?.[1];
  if (text !== undefined && seconds === undefined) return undefined;
  return { ...(seconds === undefined ? {} : { value: Number(seconds) }), place: source.of(found.value) };
}

/** Everything under a key, at any depth; what aliases share is looked at once. */
function found(tree: Tree | undefined, key: string, seen: Set<Tree> = new Set()): readonly Tree[] {
  if (!tree || seen.has(tree)) return [];
  seen.add(tree);
  if (tree.kind === 'list') return tree.items.flatMap((item) => found(item, key, seen));
  return entries(tree).flatMap((one) => (one.key === key ? [one.value] : found(one.value, key, seen)));
}
