import type { Finding } from '../src/model/finding.js';
import type { Report } from '../src/model/report.js';

/* Reports for the tests of the formats: one as the tool makes them, and a way to make others from findings. */

export const session: Finding = {
  ruleId: 'in-memory-session',
  severity: 'error',
  confidence: 'high',
  when: 'default-config',
  condition: 'safe when REDIS_URL is set',
  triggers: ['scale-out', 'rolling-deploy', 'restart'],
  file: 'src/server.js',
  span: [6, 9, 6, 28],
  message: 'Sessions are kept in the memory of this process: `session` is given no `store`.',
  consequence: 'Whoever logs in on one instance is a stranger on the other.',
  hint: 'Give it a store that both share: `store: new RedisStore({ client: redis })`.',
  symbol: '',
  evidence: [
    { role: 'primary', file: 'src/server.js', span: [6, 9, 6, 28], note: 'called without `store`' },
    { role: 'entry', file: 'package.json', span: [5, 5, 5, 33], note: 'started by `npm start`: node src/server.js' },
    { role: 'reached', file: 'src/server.js', span: [2, 1, 2, 9], note: 'registered', guessed: true },
  ],
  fingerprint: '0123456789abcdef',
  live: {
    is: 'yes',
    at: ['scale-out', 'rolling-deploy'],
    open: [],
    why: '`web` runs 3 instances',
    place: { file: 'deploy/web.yaml', span: [12, 3, 12, 14] },
  },
  docs: 'https://github.com/mi-audit/mi-audit/blob/main/rules/in-memory-session/README.md',
};

export const cron: Finding = {
  ...session,
  ruleId: 'unguarded-cron',
  severity: 'warning',
  confidence: 'medium',
  when: 'always',
  triggers: ['scale-out'],
  file: 'src/jobs.js',
  span: [3, 1, 5, 3],
  message: 'Every instance runs this job.',
  consequence: 'Each mail goes out twice.',
  hint: 'Take a lock.',
  evidence: [{ role: 'primary', file: 'src/jobs.js', span: [3, 1, 5, 3], note: 'Every instance runs this job.' }],
  fingerprint: 'fedcba9876543210',
};
delete (cron as { condition?: string }).condition;
delete (cron as { live?: unknown }).live;

const rules = ['in-memory-session', 'unguarded-cron', 'local-log-file'].map((id, index) => ({
  id,
  title: `What ${id} finds`,
  category: (['state', 'jobs', 'disk'] as const)[index]!,
  severity: (['error', 'error', 'info'] as const)[index]!,
  triggers: ['scale-out'] as const,
  docs: `https://github.com/mi-audit/mi-audit/blob/main/rules/${id}/README.md`,
  page: `# ${id}\n\nSee [another](../unguarded-cron/README.md).`,
}));

export function reportOf(findings: readonly Finding[], more: Partial<Report> = {}): Report {
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  return {
    tool: { name: 'mi-audit', version: '1.2.3' },
    summary: {
      blockers: count('error'),
      risks: count('warning'),
      notes: count('info'),
      silenced: 0,
      complete: true,
      ready: count('error') === 0,
      deployment: { runs: [], always: 0, atDeploy: 0, atRestart: 0, latent: 0, unknown: findings.length },
    },
    findings,
    verdicts: findings.map((finding) => ({ finding, status: 'open' })),
    safe: [],
    problems: [],
    stats: {
      files: 12,
      parsed: 5,
      skipped: 7,
      lowConfidence: 0,
      unresolvedImports: 0,
      unresolvedLoads: 0,
      serving: 9,
      rules: 3,
    },
    failOn: 'error',
    exitCode: count('error') > 0 ? 1 : 0,
    notRun: [],
    rules,
    source: { base: '', name: 'shop' },
    excerpts: Object.fromEntries(
      findings.map(({ file, span: [line] }) => [
        `${file}:${line}`,
        {
          file,
          start: Math.max(1, line - 1),
          lines: line > 1 ? ['before', '  é app.use(session());', 'after'] : ['first', 'after'],
        },
      ]),
    ),
    ...more,
  };
}

export const accepted: Finding = { ...cron, file: 'src/admin.js', fingerprint: '00000000000000aa' };

/** Of everything something: findings, an accepted one, a problem, a picture, a revision. */
export const sample: Report = reportOf([cron, session], {
  verdicts: [
    { finding: cron, status: 'open' },
    { finding: session, status: 'open' },
    {
      finding: accepted,
      status: 'silenced',
      reason: 'the admin runs once',
      by: { file: 'src/admin.js', span: [2, 1, 2, 60] },
    },
    { finding: { ...accepted, fingerprint: '00000000000000bb' }, status: 'baselined' },
    { finding: { ...accepted, confidence: 'low' }, status: 'below-confidence' },
  ],
  safe: [
    {
      ruleId: 'in-memory-session',
      file: 'src/shop.js',
      span: [8, 1, 8, 9],
      reason: 'a shared store is given: connect-redis',
      because: { file: 'src/redis.js', span: [4, 3, 4, 9] },
    },
  ],
  problems: [
    { kind: 'unparsable', level: 'error', file: 'src/broken.js', span: [3, 14, 3, 15], message: '`}` expected.' },
    { kind: 'rule-crash', level: 'error', rule: 'unguarded-cron', message: 'A rule failed.' },
    { kind: 'minified', level: 'note', file: 'public/app.min.js', message: 'is minified.' },
  ],
  exitCode: 3,
  source: {
    base: 'apps/api/',
    name: 'api',
    repository: 'https://github.example/me/shop',
    revision: 'a'.repeat(40),
    branch: 'main',
  },
  picture: {
    processes: [
      {
        name: 'npm start',
        role: 'server',
        entry: 'src/server.js',
        files: 12,
        instances: { file: 'deploy/web.yaml', span: [12, 3, 12, 14], min: 2, max: 4 },
        items: [
          {
            ruleId: 'in-memory-session',
            category: 'state',
            severity: 'error',
            count: 2,
            place: { file: 'src/server.js', span: [6, 9, 6, 28] },
          },
          {
            ruleId: 'unguarded-cron',
            category: 'jobs',
            severity: 'safe',
            count: 1,
            place: { file: 'src/jobs.js', span: [3, 1, 5, 3] },
          },
        ],
      },
      { name: 'worker', role: 'worker', entry: 'src/worker.js', files: 3, items: [] },
    ],
    more: 1,
    stores: [{ kind: 'redis', label: 'ioredis' }],
    holders: { 'src/server.js': [0], 'src/jobs.js': [0, 1] },
  },
});
