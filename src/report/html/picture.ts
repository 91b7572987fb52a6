import type { Picture, PictureItem, PictureProcess, PictureStore } from '../../model/picture.js';
import { plural } from '../answer.js';
import { where } from '../layout.js';
import { visible, width } from '../visible.js';
import { type Markup, markup, NOTHING } from './markup.js';
import { ruleWords } from './words.js';

/*
 * A drawing in layers: requests on top, each process as two instances side by side with what every one of them has for itself, and
 * below what both see. Between the two stands, for each row, what becomes of it when there are two.
 */

const WIDTH = 960;
const BOX = 420;
const RIGHT = WIDTH - BOX;
const MIDDLE = WIDTH / 2;
const ROW = 34;
const HEAD = 64;
const MOST_ROWS = 12;

interface Layer {
  readonly height: number;
  draw(top: number): Markup;
}

export function drawing(picture: Picture): Markup {
  if (picture.processes.length === 0) return NOTHING;
  const layers: Layer[] = [
    ...(picture.processes.some(({ role }) => role === 'server') ? [requests()] : []),
    ...picture.processes.map((process) => instances(process)),
    shared(picture.stores),
  ];
  let top = 8;
  const drawn = layers.map((layer) => {
    const shape = layer.draw(top);
    top += layer.height;
    return shape;
  });
  return markup`<svg class="picture" viewBox="-1 0 ${WIDTH + 2} ${top + 8}" role="img" aria-labelledby="picture-title picture-text">
<title id="picture-title">The application as two instances</title>
<desc id="picture-text">${inWords(picture)}</desc>
${drawn}
</svg>`;
}

/** The drawing for those who do not see it. */
function inWords({ processes, stores }: Picture): string {
  const told = processes.map(({ name, items }) => {
    const rows = items.map(
      ({ ruleId, severity, count }) =>
        `${ruleWords(ruleId)}, ${severity === 'safe' ? 'found safe' : plural(count, 'finding')}`,
    );
    return `${name}: ${rows.length > 0 ? rows.join('; ') : 'nothing to report'}.`;
  });
  const both =
    stores.length > 0
      ? `Shared by all instances: ${stores.map(({ label }) => label).join(', ')}.`
      : 'Nothing shared was recognised.';
  return [...told, both].join(' ');
}

function requests(): Layer {
  return {
    height: 92,
    draw: (
      top,
    ) => markup`<g class="edge"><path d="M${MIDDLE} ${top + 36} C ${MIDDLE} ${top + 66}, ${BOX / 2} ${top + 50}, ${BOX / 2} ${top + 92}"/><path d="M${MIDDLE} ${top + 36} C ${MIDDLE} ${top + 66}, ${RIGHT + BOX / 2} ${top + 50}, ${RIGHT + BOX / 2} ${top + 92}"/></g>
<g class="balancer"><rect x="${MIDDLE - 110}" y="${top}" width="220" height="36" rx="18"/><text x="${MIDDLE}" y="${top + 23}" text-anchor="middle">requests, taking turns</text></g>
`,
  };
}

function instances(process: PictureProcess): Layer {
  const rows = process.items.slice(0, MOST_ROWS);
  const hidden = process.items.length - rows.length;
  const lines = Math.max(1, rows.length) + (hidden > 0 ? 1 : 0);
  const height = HEAD + lines * ROW + 12;
  return {
    height: height + 28,
    draw: (top) => markup`<g class="process">
${box(0, top, height, process, 1)}${box(RIGHT, top, height, process, 2)}
${rows.map((item, index) => row(item, top + HEAD + index * ROW))}
${rows.length === 0 ? quiet(top + HEAD, 'nothing here that a second instance would notice') : NOTHING}
${hidden > 0 ? quiet(top + HEAD + rows.length * ROW, rest(process.items.slice(MOST_ROWS))) : NOTHING}
</g>
`,
  };
}

function rest(items: readonly PictureItem[]): string {
  const found = items.filter(({ severity }) => severity !== 'safe').length;
  return found > 0 ? `and ${plural(found, 'more kind')} of findings` : `and ${items.length} more, found safe`;
}

function box(x: number, y: number, height: number, { role, name, instances }: PictureProcess, number: 1 | 2): Markup {
  // Whoever says so is named once.
  const by = number === 1 && instances ? ` (${where(instances)})` : '';
  return markup`<rect class="box" x="${x}" y="${y}" width="${BOX}" height="${height}" rx="10"/>
<text class="name" x="${x + 18}" y="${y + 28}">${fitted(name, 44)}</text><text class="kind" x="${x + 18}" y="${y + 47}">${fitted(`${role}, ${instanceWords(number, instances)}${by}`, 60)}</text>
<path class="rule" d="M${x} ${y + HEAD - 6} h${BOX}"/>`;
}

function instanceWords(number: 1 | 2, instances: PictureProcess['instances']): string {
  if (!instances) return `instance ${number}`;
  const { min, max = min } = instances;
  if (max > 1) return `instance ${number} of ${max > min ? `up to ${max}` : max}`;
  return number === 1 ? 'the only instance today' : 'a second one, as during a deploy';
}

function row(item: PictureItem, y: number): Markup {
  const { ruleId, severity, count, place } = item;
  const label = ruleWords(ruleId);
  const times = severity !== 'safe' && count > 1 ? ` ×${count}` : '';
  const spot = severity === 'safe' ? 'found safe' : where(place);
  const middle = y + ROW / 2;
  return markup`<g class="row ${severity}">
${cell(0, y, `${label}${times}`, spot)}${cell(RIGHT, y, label, severity === 'safe' ? '' : OTHER[item.category])}
<path class="link" d="M${BOX - 10} ${middle} H${RIGHT + 10}"/><circle cx="${MIDDLE}" cy="${middle}" r="13"/><text class="sign" x="${MIDDLE}" y="${middle + 5}" text-anchor="middle">${severity === 'safe' ? '=' : SIGNS[item.category]}</text>
</g>
`;
}

/** What becomes of a row when there are two instances. */
const SIGNS: Record<PictureItem['category'], string> = {
  state: '≠',
  disk: '≠',
  jobs: '×2',
  lifecycle: '!',
  deployment: '!',
  directives: '!',
};
const OTHER: Record<PictureItem['category'], string> = {
  state: 'has its own',
  disk: 'has its own',
  jobs: 'does it as well',
  lifecycle: 'likewise',
  deployment: 'likewise',
  directives: 'likewise',
};

/** Units that a character of the label takes at the widest, and one of the detail; the page's fonts are the reader's. */
const LABEL_UNITS = 9;
const DETAIL_UNITS = 6.8;

function cell(x: number, y: number, label: string, detail: string): Markup {
  const shown = fitted(label, 34);
  const left = Math.floor((BOX - 62 - width(shown) * LABEL_UNITS) / DETAIL_UNITS);
  const beside =
    left >= 8 && detail !== ''
      ? markup`<text class="detail" x="${x + BOX - 20}" y="${y + 22}" text-anchor="end">${fittedEnd(detail, left)}</text>`
      : NOTHING;
  return markup`<rect x="${x + 10}" y="${y + 3}" width="${BOX - 20}" height="${ROW - 6}" rx="6"/><text class="label" x="${x + 22}" y="${y + 22}">${shown}</text>${beside}`;
}

function quiet(y: number, text: string): Markup {
  return markup`<text class="quiet" x="18" y="${y + 21}">${text}</text><text class="quiet" x="${RIGHT + 18}" y="${y + 21}">${text}</text>`;
}

const STORE_WORDS: Record<PictureStore['kind'], string> = {
  database: 'database',
  redis: 'Redis client',
  queue: 'queue',
  objects: 'object storage',
  volume: 'shared volume',
};

function shared(stores: readonly PictureStore[]): Layer {
  const columns = 4;
  const lines = Math.max(1, Math.ceil(stores.length / columns));
  const cellWidth = (WIDTH - 36) / columns;
  const height = 44 + lines * 54;
  return {
    height: height + 30,
    draw: (
      top,
    ) => markup`<g class="edge"><path d="M${BOX / 2} ${top - 26} V${top + 8}"/><path d="M${RIGHT + BOX / 2} ${top - 26} V${top + 8}"/></g>
<g class="shared"><rect class="box" x="0" y="${top + 10}" width="${WIDTH}" height="${height}" rx="10"/><text class="name" x="18" y="${top + 36}">${stores.length > 0 ? 'What both instances see' : 'Nothing was recognised that both instances see'}</text>
${stores.map((store, index) => {
  const x = 18 + (index % columns) * cellWidth;
  const y = top + 48 + Math.floor(index / columns) * 54;
  return markup`<rect class="store" x="${x}" y="${y}" width="${cellWidth - 12}" height="44" rx="6"/><text class="label" x="${x + 12}" y="${y + 19}">${fitted(store.label, 24)}</text><text class="detail" x="${x + 12}" y="${y + 36}">${STORE_WORDS[store.kind]}</text>
`;
})}${stores.length === 0 ? markup`<text class="quiet" x="18" y="${top + 66}">no database server, Redis, queue or object storage among the dependencies</text>` : NOTHING}</g>
`,
  };
}

/** What fits into so many cells of a row. */
function fitted(text: string, cells: number): string {
  const shown = visible(text);
  return width(shown) <= cells ? shown : `${[...shown].slice(0, Math.max(1, cells - 1)).join('')}…`;
}

/** Of a path, the end tells more. */
function fittedEnd(text: string, cells: number): string {
  const shown = visible(text);
  return width(shown) <= cells ? shown : `…${[...shown].slice(-Math.max(1, cells - 1)).join('')}`;
}

export function legend(picture: Picture): Markup {
  const used = new Set(
    picture.processes
      .flatMap(({ items }) => items.filter(({ severity }) => severity !== 'safe'))
      .map(({ category }) => category),
  );
  const words = [
    ...(used.has('state') || used.has('disk')
      ? [markup`<li><b>≠</b> each instance has its own, and they come to differ</li>`]
      : []),
    ...(used.has('jobs') ? [markup`<li><b>×2</b> each instance does it, so it happens twice</li>`] : []),
    ...(used.has('lifecycle') ? [markup`<li><b>!</b> bites when instances come and go</li>`] : []),
    ...(picture.processes.some(({ items }) => items.some(({ severity }) => severity === 'safe'))
      ? [markup`<li><b>=</b> looked at and found safe</li>`]
      : []),
  ];
  return words.length > 0 ? markup`<ul class="legend">${words}</ul>` : NOTHING;
}
