import type { ChalkInstance } from 'chalk';
import type { Report } from '../model/report.js';

/** How a report is to look, for formats that people read. */
export interface Look {
  /** Colours are its matter: with level 0 the report is plain text. */
  readonly chalk: ChalkInstance;
  /** Cells of a line. */
  readonly width: number;
  readonly showSafe: boolean;
  /** One line a finding. */
  readonly quiet: boolean;
}

/** Pure: the same report and look give the same text. */
export type Reporter = (report: Report, look: Look) => string;

interface Format {
  /** Loaded when it is asked for: nobody who wants text should wait for a page's styles. */
  load(): Promise<Reporter>;
  /** What the report must carry for it beyond the findings. */
  readonly needs?: 'pages' | 'picture';
}

const FORMATS = {
  pretty: {
    load: async () => {
      const { brief, pretty } = await import('./pretty.js');
      return (report, look) => (look.quiet ? brief(report, look) : pretty(report, look));
    },
  },
  json: { load: async () => (await import('./json.js')).json },
  sarif: { load: async () => (await import('./sarif.js')).sarif, needs: 'pages' },
  html: { load: async () => (await import('./html/index.js')).html, needs: 'picture' },
  markdown: { load: async () => (await import('./markdown.js')).markdown },
  github: { load: async () => (await import('./github.js')).github },
  gitlab: { load: async () => (await import('./gitlab.js')).gitlab },
  junit: { load: async () => (await import('./junit.js')).junit },
  checkstyle: { load: async () => (await import('./checkstyle.js')).checkstyle },
  rdjson: { load: async () => (await import('./rdjson.js')).rdjson },
  csv: { load: async () => (await import('./csv.js')).csv },
  unix: { load: async () => (await import('./unix.js')).unix },
  agent: { load: async () => (await import('./agent.js')).agent },
} satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}

export function formatOf(name: FormatName): Format {
  return FORMATS[name];
}
