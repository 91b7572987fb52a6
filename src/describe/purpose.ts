import type { Workload } from '../model/deployment.js';
import type { Judged } from './source.js';

/*
 * What a descriptor is for. Its own name says most, then what stands in it, then the folder it lies in; and what a platform only
 * reads to deploy is for production unless something says otherwise.
 */

const TEST =
  /(?:^|[._/-])(?:tests?|testing|e2e|ci|spec|cypress|playwright|integration|benchmarks?|loadtest)(?=[._/-]|$)/i;
const DEVELOPMENT =
  /(?:^|[._/-])(?:dev|devel|development|develop|local|override|debug|sandbox|playground)(?=[._/-]|$)/i;
const PRODUCTION = /(?:^|[._/-])(?:prod|production|live|staging|stage|release)(?=[._/-]|$)/i;

/** Folders whose name says it although all that is in them may be built for production, too. */
const SIDE_FOLDERS = /(?:^|\/)(?:\.devcontainer|\.vscode|\.github|\.circleci|\.gitlab|\.husky|\.buildkite)(?:\/|$)/;

export function purposeOf(
  file: string,
  workloads: readonly Workload[],
  more: { readonly mountsSource?: boolean; readonly platform?: string } = {},
): Judged {
  const slash = file.lastIndexOf('/');
  const [folder, name] = [file.slice(0, Math.max(slash, 0)), file.slice(slash + 1)];
  const byName = byWord(name, 'its name');
  if (byName) return byName;
  if (SIDE_FOLDERS.test(`${folder}/`))
    return {
      purpose: folder.includes('devcontainer') || folder.includes('.vscode') ? 'development' : 'test',
      why: `it lies in \`${folder}\``,
    };
  const byContent = contentOf(workloads, more.mountsSource ?? false);
  if (byContent) return byContent;
  const byFolder = byWord(telling(folder), 'its folder');
  if (byFolder) return byFolder;
  if (more.platform !== undefined) return { purpose: 'production', why: more.platform };
  return { purpose: 'unknown', why: 'nothing says whether it is for production' };
}

/** `dev` is where many projects keep all their tooling, down to what builds the release: it counts only right above the file. */
function telling(folder: string): string {
  const parts = folder.split('/');
  return parts
    .filter((part, index) => index === parts.length - 1 || !/^(?:dev|develop|local|ci)$/i.test(part))
    .join('/');
}

function byWord(path: string, whose: string): Judged | undefined {
  // Of several words the last one says most: `production/docker-compose.dev.yml`.
  const found = (
    [
      ['test', TEST],
      ['development', DEVELOPMENT],
      ['production', PRODUCTION],
    ] as const
  )
    .map(([purpose, pattern]) => ({ purpose, at: lastIndex(path, pattern) }))
    .filter(({ at }) => at.index >= 0)
    .sort((a, b) => b.at.index - a.at.index)[0];
  if (!found) return undefined;
  if (/^override$/i.test(found.at.word))
    return { purpose: found.purpose, why: `${whose} says \`override\`, which is merged on the developer's machine` };
  return { purpose: found.purpose, why: `${whose} says \`${found.at.word}\`` };
}

function lastIndex(path: string, pattern: RegExp): { readonly index: number; readonly word: string } {
  const found = [...path.matchAll(new RegExp(pattern.source, 'gi'))].at(-1);
  return { index: found?.index ?? -1, word: found?.[0].replace(/^[._/-]/, '') ?? '' };
}

const WATCHERS = /^(?:nodemon|ts-node-dev|tsnd|node-dev|concurrently|vite|webpack-dev-server)$/;

function contentOf(workloads: readonly Workload[], mountsSource: boolean): Judged | undefined {
  for (const { owns, environment, commands } of workloads) {
    if (owns === false) continue;
    const mode = environment.NODE_ENV?.value;
    if (mode === 'development' || mode === 'test' || mode === 'production')
      return { purpose: mode, why: `it sets NODE_ENV to \`${mode}\`` };
    const started = commands.filter(({ at }) => at === 'start');
    const watching = started.flatMap(({ steps }) => steps).find(({ words }) => isDevelopment(words));
    if (watching) return { purpose: 'development', why: `it starts \`${watching.words.slice(0, 4).join(' ')}\`` };
    const testing = started.flatMap(({ steps }) => steps).find(({ words }) => isTest(words));
    if (testing) return { purpose: 'test', why: `it starts \`${testing.words.slice(0, 4).join(' ')}\`` };
  }
  if (mountsSource) return { purpose: 'development', why: 'it mounts the source tree into the container' };
  return undefined;
}

function isDevelopment(words: readonly string[]): boolean {
  const [first = ''] = words;
  if (WATCHERS.test(first) || (first === 'npx' && WATCHERS.test(words[1] ?? ''))) return true;
  if (/^(?:npm|pnpm|yarn|bun)$/.test(first))
    return words.some((word) => /^(?:start:)?(?:dev|develop|watch)(?::|$)/.test(word));
  return /^(?:node|tsx|ts-node)$/.test(first) && words.some((word) => word === '--watch' || word === 'watch');
}

function isTest(words: readonly string[]): boolean {
  const [first = ''] = words;
  if (/^(?:npm|pnpm|yarn|bun)$/.test(first)) return words.some((word) => /^(?:test|e2e)(?::|$)/.test(word));
  return /^(?:jest|vitest|mocha|cypress|playwright)$/.test(first);
}

/** Which variables a file sets, by its own name: `.env.production`, `.env.example`. */
export function purposeOfEnv(file: string): Judged {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (/(?:example|sample|template|dist|default)s?\b/i.test(name))
    return { purpose: 'unknown', why: 'it is an example' };
  return (
    byWord(name, 'its name') ??
    byWord(file, 'its folder') ?? { purpose: 'unknown', why: 'nothing says where it is used' }
  );
}
