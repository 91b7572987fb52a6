import { arch, homedir, platform, release, totalmem } from 'node:os';
import process from 'node:process';
import type { Config } from '../model/config.js';
import type { Report } from '../model/report.js';
import { visible } from '../report/visible.js';

/** What a report of a bug should say: no content of any file, and no more of where they stand than needed. */
export function debugText(
  { tool, stats, summary, findings, problems, exitCode }: Report,
  given: {
    readonly root: string;
    readonly cwd: string;
    readonly configFile?: string | undefined;
    readonly config: Config;
    readonly milliseconds: number;
  },
): string {
  const { config, configFile, root, cwd, milliseconds } = given;
  const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;
  const rows: readonly (readonly [string, string])[] = [
    ['mi-audit', tool.version],
    ['node', `${process.version} on ${platform()} ${release()} (${arch()}), ${megabytes(totalmem())}`],
    ['folder', shortened(cwd)],
    ['root', shortened(root)],
    ['configuration', configFile === undefined ? 'none' : shortened(configFile)],
    ['rules', counted(Object.entries(config.rules).map(([rule, level]) => `${rule}=${level}`)) || 'as they are'],
    ['settings', JSON.stringify(settingsOf(config))],
    ['files', `${stats.files} found, ${stats.parsed} parsed, ${stats.skipped} passed over, ${stats.rules} rules`],
    ['unresolved', `${stats.unresolvedImports} imports, ${stats.unresolvedLoads} loads`],
    ['findings', counted(findings.map(({ ruleId }) => ruleId)) || 'none'],
    ['silenced', String(summary.silenced + (summary.baselined ?? 0))],
    ['problems', counted(problems.map(({ kind, level }) => `${kind} (${level})`)) || 'none'],
    ['exit code', String(exitCode)],
    ['took', `${(milliseconds / 1000).toFixed(1)} s, ${megabytes(process.memoryUsage().rss)}`],
  ];
  const column = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(column)}  ${visible(value)}\n`).join('');
}

/** Lists hold names of the project, which are nobody's business; their lengths tell enough. */
function settingsOf(config: Config): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key !== 'rules' && key !== 'knowledge' && key !== 'deployment')
      .map(([key, value]) => [key, Array.isArray(value) ? value.length : key === 'baseline' ? true : value]),
  );
}

function counted(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, count]) => (count === 1 ? word : `${word} ×${count}`))
    .join(', ');
}

function shortened(path: string): string {
  const home = homedir();
  return home !== '' && home !== '/' && path.startsWith(home) ? `~${path.slice(home.length)}` : path;
}
