import type { Balancer, Stated } from '../model/deployment.js';
import { type Directive, parseBlocks } from '../parse/blocks.js';
import { withoutTemplates } from '../parse/templates.js';
import { purposeOf } from './purpose.js';
import { type Describer, said, type Source } from './source.js';
import { seconds } from './values.js';

/** Upstreams, and addresses that requests are passed to directly. */
export const describeNginx: Describer = (source) => {
  const { directives, flaw } = parseBlocks(withoutTemplates(source.text).text, ';');
  source.broken(flaw, "nginx's configuration", 'note');
  const all = flattened(directives);
  const upstreams = all.filter(({ words, block }) => words[0] === 'upstream' && block);
  const named = new Set(upstreams.map(({ words }) => words[1]));
  // Without it nginx speaks HTTP 1.0, which ends a connection with its answer.
  const isLasting = all.some(({ words }) => words[0] === 'proxy_http_version' && words[1] !== '1.0');
  const balancers = [...upstreams.map((one) => upstreamOf(source, one, isLasting)), ...direct(source, all, named)];
  return { balancers, ...purposeOf(source.file, [], { platform: 'a proxy is configured by it' }) };
};

function flattened(directives: readonly Directive[]): readonly Directive[] {
  return directives.flatMap((one) => [one, ...flattened(one.block ?? [])]);
}

/** `ip_hash`, `hash $remote_addr`, `sticky cookie …`: the client decides which server it gets. */
function stickyOf(source: Source, directives: readonly Directive[]): Stated<string> | undefined {
  for (const { words, span } of directives) {
    const [first, second = ''] = words;
    const place = source.place(span);
    if (first === 'ip_hash') return { value: 'ip_hash', place };
    if (first === 'sticky') return { value: `sticky ${second}`.trim(), place };
    if (first === 'hash' && /remote_addr|remote_user|cookie_|realip|http_x_forwarded_for|arg_|jsessionid/.test(second))
      return { value: `hash ${second}`, place };
  }
  return undefined;
}

function upstreamOf(source: Source, { words, span, spans, block = [] }: Directive, isLasting: boolean): Balancer {
  const kept = block.find((one) => one.words[0] === 'keepalive');
  const idle = block.find((one) => one.words[0] === 'keepalive_timeout');
  return {
    name: words[1] ?? 'upstream',
    place: source.place(spans[1] ?? span),
    sort: 'nginx',
    ...said<Pick<Partial<Balancer>, 'sticky' | 'reuses' | 'idleSeconds'>>({
      sticky: stickyOf(source, block),
      reuses: kept && {
        ...(isLasting ? { value: !/^0$/.test(kept.words[1] ?? '') } : {}),
        place: source.place(kept.span),
      },
      idleSeconds: idle && { ...said({ value: seconds(idle.words[1]) }), place: source.place(idle.span) },
    }),
    targets: block
      .filter((one) => one.words[0] === 'server')
      .map((one) => ({ value: one.words[1] ?? '', place: source.place(one.spans[1] ?? one.span) })),
    probes: [],
  };
}

/** `proxy_pass http://app:3000` without an upstream of that name. */
function direct(
  source: Source,
  all: readonly Directive[],
  named: ReadonlySet<string | undefined>,
): readonly Balancer[] {
  const found = new Map<string, Balancer>();
  for (const { words, span, spans } of all) {
    const target = words[1];
    if (!/^(?:proxy|grpc|uwsgi|fastcgi)_pass$/.test(words[0] ?? '') || target === undefined) continue;
    const host = /^(?:\w+:\/\/)?([^/$]+)/.exec(target)?.[1];
    if (host === undefined || named.has(host) || found.has(host)) continue;
    const place = source.place(spans[1] ?? span);
    found.set(host, { name: host, place, sort: 'nginx', targets: [{ value: host, place }], probes: [] });
  }
  return [...found.values()];
}
