import type { Balancer, Stated } from '../model/deployment.js';
import { type Directive, parseBlocks } from '../parse/blocks.js';
import { purposeOf } from './purpose.js';
import { type Describer, said, type Source } from './source.js';
import { seconds } from './values.js';

/** Every `reverse_proxy`, in sites, routes and snippets. */
export const describeCaddy: Describer = (source) => {
  const { directives, flaw } = parseBlocks(source.text, 'line');
  source.broken(flaw, 'a Caddyfile', 'note');
  return {
    balancers: proxiesOf(source, directives, 0),
    ...purposeOf(source.file, [], { platform: 'a proxy is configured by it' }),
  };
};

function proxiesOf(source: Source, directives: readonly Directive[], depth: number): readonly Balancer[] {
  if (depth > 20) return [];
  return directives.flatMap((one) => [
    ...(one.words[0] === 'reverse_proxy' ? [balancerOf(source, one)] : []),
    ...proxiesOf(source, one.block ?? [], depth + 1),
  ]);
}

/** Policies by which the client decides which upstream it gets; by `uri_hash` what is asked for decides, whoever asks. */
const STICKY = /^(?:ip_hash|client_ip_hash|cookie|header|query)$/;

function balancerOf(source: Source, { words, span, spans, block = [] }: Directive): Balancer {
  const isMatcher = /^(?:@|\*$|\/)/.test(words[1] ?? '');
  const here: readonly Stated<string>[] = words
    .slice(isMatcher ? 2 : 1)
    .map((value, index) => ({ value, place: source.place(spans[index + (isMatcher ? 2 : 1)] ?? span) }));
  const inside = block
    .filter((one) => one.words[0] === 'to')
    .flatMap((one) =>
      one.words.slice(1).map((value, index) => ({ value, place: source.place(one.spans[index + 1] ?? one.span) })),
    );
  const targets = [...here, ...inside];
  const policy = block.find((one) => one.words[0] === 'lb_policy' && STICKY.test(one.words[1] ?? ''));
  const health = block.find((one) => /^health_(?:uri|path)$/.test(one.words[0] ?? ''));
  const keepalive = block
    .find((one) => one.words[0] === 'transport')
    ?.block?.find((one) => one.words[0] === 'keepalive');
  return {
    name: targets[0]?.value ?? 'reverse_proxy',
    place: source.place(span),
    sort: 'caddy',
    ...said<Pick<Partial<Balancer>, 'sticky' | 'reuses' | 'idleSeconds'>>({
      sticky: policy && { value: policy.words[1] as string, place: source.place(policy.span) },
      reuses: keepalive && { value: keepalive.words[1] !== 'off', place: source.place(keepalive.span) },
      idleSeconds: keepalive && {
        ...said({ value: seconds(keepalive.words[1]) }),
        place: source.place(keepalive.span),
      },
    }),
    targets,
    probes: health
      ? [
          {
            kind: 'health',
            path: { value: health.words[1] ?? '/', place: source.place(health.span) },
            place: source.place(health.span),
          },
        ]
      : [],
  };
}
