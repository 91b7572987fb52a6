import type { Balancer, Stated, Probe } from '../model/deployment.js';
import type { Place } from '../model/span.js';
import { purposeOf } from './purpose.js';
import { type Describer, said, type Source } from './source.js';

interface Line {
  readonly words: readonly string[];
  readonly place: Place;
}

interface Section {
  readonly sort: string;
  readonly name: string;
  readonly place: Place;
  readonly lines: Line[];
}

const SECTION =
  /^(global|defaults|frontend|backend|listen|userlist|peers|resolvers|cache|program|http-errors|ring|mailers)(?:\s+(\S+))?/;

/** Backends; what `defaults` says holds for those below it. */
export const describeHaproxy: Describer = (source) => {
  const sections = sectionsOf(source);
  let defaults: readonly Line[] = [];
  const balancers: Balancer[] = [];
  for (const section of sections) {
    if (section.sort === 'defaults') defaults = section.lines;
    if (section.sort === 'backend' || section.sort === 'listen')
      balancers.push(balancerOf(section, [...defaults, ...section.lines]));
  }
  return { balancers, ...purposeOf(source.file, [], { platform: 'a proxy is configured by it' }) };
};

function sectionsOf(source: Source): readonly Section[] {
  const sections: Section[] = [];
  let offset = 0;
  for (const line of source.text.split('\n')) {
    const start = offset;
    offset += line.length + 1;
    const text = line.replace(/(^|\s)#.*$/, '$1').trimEnd();
    const begin = text.search(/\S/);
    if (begin < 0) continue;
    const place = source.at({ from: start + begin, to: start + text.length });
    const [, sort, name = ''] = SECTION.exec(text) ?? [];
    if (sort !== undefined) sections.push({ sort, name, place, lines: [] });
    else sections.at(-1)?.lines.push({ words: text.trim().split(/\s+/), place });
  }
  return sections;
}

function balancerOf({ sort, name, place }: Section, lines: readonly Line[]): Balancer {
  const servers = lines.filter(({ words }) => words[0] === 'server' || words[0] === 'server-template');
  const checks = lines.filter(({ words }) => words[0] === 'option' && words[1] === 'httpchk');
  return {
    name: name || sort,
    place,
    sort: 'haproxy',
    // How long clients may be idle and servers may take is no matter of connections that are used again.
    ...said<Pick<Partial<Balancer>, 'sticky'>>({ sticky: stickyOf(lines) }),
    targets: servers.flatMap(({ words, place: at }): readonly Stated<string>[] =>
      words[2] === undefined ? [] : [{ value: words[2], place: at }],
    ),
    probes: checks.map(({ words, place: at }): Probe => {
      const path = words.find((word) => word.startsWith('/'));
      return {
        kind: 'health',
        ...said({ path: path === undefined ? undefined : { value: path, place: at } }),
        place: at,
      };
    }),
  };
}

function stickyOf(lines: readonly Line[]): Stated<string> | undefined {
  for (const { words, place } of lines) {
    const [first, second = '', ...rest] = words;
    if (first === 'cookie' && rest.some((word) => /^(?:insert|rewrite|prefix)$/.test(word)))
      return { value: `cookie ${second}`, place };
    if (first === 'balance' && /^(?:source|rdp-cookie|url_param|hdr)/.test(second))
      return { value: `balance ${second}`, place };
    if (first === 'stick' && /^(?:on|match|store-request)$/.test(second)) return { value: `stick ${second}`, place };
    if (first === 'appsession') return { value: 'appsession', place };
  }
  return undefined;
}
