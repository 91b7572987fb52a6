import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JsonReportV1 } from '../report/json.js';

/* The gate: what is there is accepted, what is new fails. The built command in real git repositories. */

const BIN = fileURLToPath(new URL('../../bin/mi-audit.js', import.meta.url));
const BASELINE = '.mi-audit-baseline.json';

// Some of these start the command a dozen times.
vi.setConfig({ testTimeout: 240_000 });

const { FORCE_COLOR: _, NO_COLOR: __, ...inherited } = process.env;
const ENV = {
  ...Object.fromEntries(Object.entries(inherited).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'mi-audit-gate-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), content);
  }
}

function read(file: string): string {
  return readFileSync(join(cwd, file), 'utf8');
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd, env: ENV, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function init(): void {
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'Ada');
  git('config', 'user.email', 'ada@example.org');
}

function commit(message = 'Change'): void {
  git('add', '-A');
  git('commit', '-q', '-m', message);
}

interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...argv: readonly string[]): Promise<Run> {
  return runWith({}, ...argv);
}

function runWith(
  { folder = cwd, env = {} }: { folder?: string; env?: NodeJS.ProcessEnv },
  ...argv: readonly string[]
): Promise<Run> {
  const child = spawn(process.execPath, [BIN, ...argv], { cwd: folder, env: { ...ENV, ...env } });
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, ...printed }));
  });
}

async function audit(...argv: readonly string[]): Promise<JsonReportV1 & { readonly exitCode: number | null }> {
  const { exitCode, stdout, stderr } = await run(...argv, '--format', 'json');
  expect(stderr).toBe('');
  return { ...(JSON.parse(stdout) as JsonReportV1), exitCode };
}

async function refusal(...argv: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run(...argv);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^mi-audit: [^\n]+\n$/);
  return stderr;
}

const spots = ({ findings }: JsonReportV1) => findings.map(({ ruleId, file, line }) => `${ruleId} ${file}:${line}`);

const MANIFEST = JSON.stringify({
  name: 'shop',
  scripts: { start: 'node server.js' },
  dependencies: { express: '^5.0.0', 'express-session': '^1.18.0', 'node-cron': '^3.0.0' },
});
const SERVER = [
  "const express = require('express');",
  "const session = require('express-session');",
  'const app = express();',
  'app.use(session({ secret: process.env.SECRET, resave: false, saveUninitialized: false }));',
  "app.post('/login', (req, res) => { req.session.user = req.body.user; res.end(); });",
  "app.get('/health', (req, res) => res.sendStatus(204));",
  "require('./jobs');",
  'const server = app.listen(3000);',
  "process.on('SIGTERM', () => server.close());",
  '',
].join('\n');
const SESSION = 'in-memory-session server.js:4';
const NO_JOBS = 'module.exports = 1;\n';
const JOBS = [
  "const cron = require('node-cron');",
  "cron.schedule('0 3 * * *', () => fetch('https://example.org/mail', { method: 'POST' }));",
  '',
].join('\n');
const CRON = 'unguarded-cron jobs.js:2';
const LEGACY = { 'package.json': MANIFEST, 'server.js': SERVER, 'jobs.js': NO_JOBS };

describe('the baseline', () => {
  it('accepts what is there, so that only what is new fails', async () => {
    init();
    write(LEGACY);
    expect(await audit()).toMatchObject({ exitCode: 1, findings: [{ ruleId: 'in-memory-session' }] });

    const made = await audit('--update-baseline');
    expect(made).toMatchObject({
      exitCode: 0,
      findings: [],
      baselined: [{ ruleId: 'in-memory-session' }],
      baseline: { file: BASELINE, entries: 1, updated: { added: 1, removed: 0 } },
    });
    const { version, findings } = JSON.parse(read(BASELINE)) as { version: number; findings: object[] };
    expect({ version, findings }).toMatchObject({
      version: 1,
      findings: [
        { rule: 'in-memory-session', file: 'server.js', owner: 'Ada', date: expect.stringMatching(/^\d{4}-/) },
      ],
    });
    expect(readdirSync(cwd).filter((file) => file.endsWith('.tmp'))).toEqual([]);

    write({ 'jobs.js': JOBS });
    const gate = await audit();
    expect({ exitCode: gate.exitCode, spots: spots(gate) }).toEqual({ exitCode: 1, spots: [CRON] });
  });

  it('holds a hazard that has moved, and drops one that is gone', async () => {
    write(LEGACY);
    await audit('--update-baseline', '--owner', '@web', '--reason', 'until the move to Redis');
    write({ 'server.js': '\n'.repeat(50) + SERVER });
    expect(await audit()).toMatchObject({
      exitCode: 0,
      findings: [],
      baselined: [{ line: 54, reason: 'until the move to Redis' }],
      problems: [],
    });

    write({ 'server.js': SERVER.replace(/^app\.use\(session.*\n/m, '') });
    const { problems } = await audit();
    expect(problems).toMatchObject([{ kind: 'baseline', level: 'note', message: expect.stringContaining('gone') }]);
    expect(await audit('--update-baseline')).toMatchObject({
      baseline: { entries: 0, updated: { added: 0, removed: 1 } },
      problems: [],
    });
    write({ 'server.js': SERVER });
    expect(spots(await audit())).toEqual([SESSION]);
  });

  it('says how many it holds and since when', async () => {
    write(LEGACY);
    await run('--update-baseline');
    write({ [BASELINE]: read(BASELINE).replace(/"date": ".*?"/, '"date": "2020-01-01"') });
    const { stdout } = await run();
    expect(stdout).toMatch(/^Ready for a second instance\? Not yet: no new blockers, but 1 in the baseline\./m);
    expect(stdout).toMatch(
      /1 finding held by the baseline \.mi-audit-baseline\.json \(1 entry, the oldest for \d{4} days\)/,
    );
  });

  it('keeps what people wrote into it, and is not touched by what was not looked at', async () => {
    write({ ...LEGACY, 'jobs.js': JOBS });
    await run('--update-baseline');
    write({ [BASELINE]: read(BASELINE).replaceAll(/"reason": ".*?"/g, '"reason": "agreed with Grace"') });
    const before = read(BASELINE);
    write({ 'jobs.js': NO_JOBS, 'server.js': '\n' + SERVER });
    await run('--update-baseline', '--only', 'in-memory-session');
    await run('--update-baseline', 'server.js');
    expect(read(BASELINE)).toBe(before);
    await run('--update-baseline');
    expect(JSON.parse(read(BASELINE))).toMatchObject({
      findings: [{ rule: 'in-memory-session', reason: 'agreed with Grace' }],
    });
  });

  it('drops nothing when something could not be audited', async () => {
    write({ ...LEGACY, 'jobs.js': JOBS });
    await run('--update-baseline');
    write({ 'jobs.js': 'const broken = {{{;\n' });
    expect(await audit('--update-baseline')).toMatchObject({
      exitCode: 3,
      baseline: { entries: 2, updated: { removed: 0 } },
    });
  });

  it('counts no longer for an entry that has ended', async () => {
    write(LEGACY);
    await run('--update-baseline');
    write({ [BASELINE]: read(BASELINE).replace(/("date": ".*?")/, '$1,\n      "expires": "2020-01-01"') });
    const { exitCode, problems, ...report } = await audit();
    expect({ exitCode, spots: spots(report as JsonReportV1) }).toEqual({ exitCode: 1, spots: [SESSION] });
    expect(problems).toMatchObject([{ message: expect.stringContaining('ended on 2020-01-01') }]);
  });

  it('holds nothing for an enforced rule, nor does a directive', async () => {
    const accepted = SERVER.replace(
      'app.use(session',
      '// mi-audit-disable-next-line in-memory-session -- ok\napp.use(session',
    );
    write({ ...LEGACY, '.mi-auditrc.json': '{ "enforce": ["in-memory-session"] }' });
    expect(await audit('--update-baseline')).toMatchObject({ exitCode: 1, baseline: { entries: 0 } });
    write({ 'server.js': accepted });
    const report = await audit();
    expect(spots(report)).toEqual(['unsound-directive server.js:4', 'in-memory-session server.js:5']);
    expect(report.findings[0]!.message).toContain('is enforced by the configuration');
  });

  it('is left aside with --no-baseline and --no-ignores', async () => {
    write({
      ...LEGACY,
      'jobs.js': JOBS.replace('cron.sch', '// mi-audit-disable-next-line unguarded-cron -- ok\ncron.sch'),
    });
    await run('--update-baseline');
    expect(await audit()).toMatchObject({ exitCode: 0, findings: [], silenced: [{}], baselined: [{}] });
    expect(spots(await audit('--no-baseline'))).toEqual([SESSION]);
    expect(spots(await audit('--no-ignores'))).toEqual(['unguarded-cron jobs.js:3', SESSION]);
  });

  it('can be elsewhere', async () => {
    write({ ...LEGACY, 'etc/.keep': '', '.mi-auditrc.json': '{ "baseline": "etc/known.json" }' });
    expect(await refusal()).toContain('there is no baseline etc/known.json. Make it with mi-audit --update-baseline.');
    await run('--update-baseline');
    expect(await audit()).toMatchObject({ exitCode: 0, baseline: { file: 'etc/known.json' } });
    expect(await refusal('--baseline', 'nowhere.json')).toContain('there is no baseline nowhere.json.');
    expect(await refusal('--baseline', 'nowhere/x.json', '--update-baseline')).toContain(
      'could not be written (ENOENT)',
    );
  });

  it('merges where two branches took in different findings', async () => {
    init();
    write(LEGACY);
    await run('--update-baseline');
    commit();
    git('checkout', '-q', '-b', 'jobs');
    write({ 'jobs.js': JOBS });
    await run('--update-baseline');
    commit();
    git('checkout', '-q', 'main');
    write({ 'web.js': JOBS, 'server.js': `${SERVER}require('./web');\n` });
    await run('--update-baseline');
    commit();
    git('merge', '-q', '--no-edit', 'jobs');
    expect(await audit()).toMatchObject({ exitCode: 0, findings: [] });
  });

  it.each([
    [
      'marks of a merge conflict',
      '{\n<<<<<<< HEAD\n}\n',
      `${BASELINE}:2: the baseline holds the marks of a merge conflict`,
    ],
    ['another version', '{ "version": 7, "findings": [] }', 'has version 7, and this mi-audit reads version 1'],
    ['no JSON', '{ "version": 1, ', 'is not valid JSON'],
    ['something else', '[]', 'this is no baseline'],
    ['a broken entry', '{ "version": 1, "findings": [{}] }', 'findings[0] of the baseline has no text "fingerprint"'],
  ])('that holds %s is refused in one line', async (_name, text, said) => {
    write({ ...LEGACY, [BASELINE]: text });
    expect(await refusal()).toContain(said);
    expect(read(BASELINE)).toBe(text);
  });

  it('that is a folder is refused in one line', async () => {
    write({ ...LEGACY, [`${BASELINE}/x`]: '' });
    expect(await refusal()).toContain('cannot be read (it is a folder)');
  });
});

describe('a budget of warnings', () => {
  it('lets so many pass and fails from one more on', async () => {
    write({ ...LEGACY, '.mi-auditrc.json': '{ "rules": { "in-memory-session": "warning" } }' });
    expect((await run()).exitCode).toBe(1);
    expect((await run('--max-warnings', '1')).exitCode).toBe(0);
    const { exitCode, stdout } = await run('--max-warnings', '0', '--fail-on', 'error');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Exit code 1: 1 warning, and 0 may pass (--max-warnings).');
    expect(await refusal('--max-warnings', '-1')).toContain('--max-warnings');
    expect(await refusal('--max-warnings', 'few')).toContain('whole number');
  });
});

describe('a directive with an end', () => {
  const until = (day: string) =>
    SERVER.replace(
      'app.use(session',
      `// mi-audit-disable-next-line in-memory-session expires=${day} owner=@web -- one instance\napp.use(session`,
    );

  it('accepts until then, and speaks again afterwards', async () => {
    write({ ...LEGACY, 'server.js': until('9999-12-31') });
    expect(await audit()).toMatchObject({ exitCode: 0, silenced: [{ reason: 'one instance' }] });
    write({ 'server.js': until('2020-02-29') });
    const report = await audit();
    expect(spots(report)).toEqual(['unsound-directive server.js:4', 'in-memory-session server.js:5']);
    expect(report.findings[0]!.message).toContain('ended on 2020-02-29 (owner: @web)');
  });
});

describe('only what changed', () => {
  beforeEach(() => {
    init();
    write(LEGACY);
    commit();
  });

  it('is what a branch changed, committed or not, and new files', async () => {
    git('checkout', '-q', '-b', 'feature');
    expect(await audit('--since', 'main')).toMatchObject({ exitCode: 0, findings: [], summary: { unchanged: 1 } });
    write({ 'jobs.js': JOBS });
    expect(spots(await audit('--since', 'main'))).toEqual([CRON]);
    expect(spots(await audit('--changed'))).toEqual([CRON]);
    commit();
    expect(spots(await audit('--since', 'main'))).toEqual([CRON]);
    expect(spots(await audit('--changed'))).toEqual([]);
    write({ 'server.js': SERVER.replace("require('./jobs')", "require('./more jobs')"), 'more jobs.js': JOBS });
    expect(spots(await audit('--changed')).sort()).toContain('unguarded-cron more jobs.js:2');
  });

  it('is measured from where the branch began, not from where main is now', async () => {
    git('checkout', '-q', '-b', 'feature');
    write({ 'jobs.js': JOBS });
    commit();
    git('checkout', '-q', 'main');
    write({ 'server.js': `// edited\n${SERVER}` });
    commit();
    git('checkout', '-q', 'feature');
    expect(spots(await audit('--since', 'main'))).toEqual([CRON]);
  });

  it('counts a change anywhere in the evidence', async () => {
    const jobs = `${JOBS.replace('cron.sch', 'exports.start = () => cron.sch')}`;
    write({ 'jobs.js': jobs, 'server.js': SERVER.replace("require('./jobs')", 'void 0') });
    commit();
    write({ 'server.js': SERVER.replace("require('./jobs')", "require('./jobs').start()") });
    expect(spots(await audit('--changed'))).toEqual([CRON]);
  });

  it('counts what is left where lines were taken away', async () => {
    const guarded = SERVER.replace('app.use(session({ secret', 'app.use(session({\n  store: redis(),\n  secret');
    write({
      'server.js': `const redis = require('./redis');\n${guarded}`,
      'redis.js': 'module.exports = () => new (class {})();\n',
    });
    commit();
    write({ 'server.js': `const redis = require('./redis');\n${guarded.replace('  store: redis(),\n', '')}` });
    expect(spots(await audit('--changed'))).toEqual(['in-memory-session server.js:5']);
  });

  it('is what git would commit, with --staged, whatever the work tree holds', async () => {
    write({ 'jobs.js': JOBS });
    git('add', 'jobs.js');
    write({ 'jobs.js': NO_JOBS, 'untracked.js': JOBS });
    expect(spots(await audit('--staged'))).toEqual([CRON]);
    expect(spots(await audit('--changed'))).toEqual(['unguarded-cron untracked.js:2']);
    rmSync(join(cwd, 'jobs.js'));
    expect(spots(await audit('--staged'))).toEqual([CRON]);
    git('reset', '-q', '--hard');
    write({ 'jobs.js': JOBS });
    expect(await audit('--staged')).toMatchObject({ exitCode: 0, findings: [] });
  });

  it('works in a pre-commit hook, in a repository without a commit and with a detached head', async () => {
    write({ 'jobs.js': JOBS });
    write({ '.git/hooks/pre-commit': `#!/bin/sh\nexec "${process.execPath}" "${BIN}" --staged --quiet\n` });
    chmodSync(join(cwd, '.git/hooks/pre-commit'), 0o755);
    git('add', '-A');
    expect(() => git('commit', '-q', '-m', 'Jobs')).toThrow(/unguarded-cron/);
    // `git commit FILE` has an index of its own, told by a variable.
    git('reset', '-q');
    expect(() => git('commit', '-q', '-m', 'Jobs', 'jobs.js')).toThrow(/unguarded-cron/);
    rmSync(join(cwd, '.git'), { recursive: true });
    init();
    expect(spots(await audit('--changed'))).toEqual([CRON, SESSION]);
    git('add', 'server.js', 'package.json');
    expect(spots(await audit('--staged'))).toEqual([SESSION]);
    commit();
    git('checkout', '-q', '--detach');
    expect(spots(await audit('--changed'))).toEqual([]);
    expect(spots(await audit('--since', 'main'))).toEqual([]);
  });

  it('knows renamed and deleted files, and names of every kind', async () => {
    write({ 'jobs.js': JOBS });
    commit();
    const odd = 'jo "b" \u00e9.js';
    git('mv', 'jobs.js', odd);
    write({ 'server.js': SERVER.replace("'./jobs'", JSON.stringify(`./${odd}`)) });
    commit();
    // A mere change of name is none of what it holds.
    expect(await audit('--since', 'HEAD~1')).toMatchObject({ findings: [], summary: { unchanged: 2 } });
    write({ [odd]: `${JOBS}cron.schedule('0 4 * * *', () => fetch('https://example.org/b', { method: 'POST' }));\n` });
    expect((await audit('--changed')).findings).toMatchObject([{ file: odd, line: 3 }]);
    git('rm', '-q', '-f', odd);
    expect((await audit('--changed')).exitCode).toBe(0);
  });

  it('is asked of the repository that the project is in', async () => {
    write({ 'apps/shop/package.json': MANIFEST, 'apps/shop/server.js': SERVER, 'apps/shop/jobs.js': NO_JOBS });
    commit();
    write({ 'apps/shop/jobs.js': JOBS });
    const folder = join(cwd, 'apps/shop');
    const inside = await runWith({ folder }, '--changed', '--format', 'json');
    expect(spots(JSON.parse(inside.stdout) as JsonReportV1)).toEqual([CRON]);
    const outside = await runWith({ folder: tmpdir() }, folder, '--changed', '--format', 'json');
    expect((JSON.parse(outside.stdout) as JsonReportV1).findings).toHaveLength(1);
  });

  it('takes all of a new submodule and of a repository in the repository for changed', async () => {
    const other = join(cwd, 'other');
    mkdirSync(other);
    execFileSync('git', ['init', '-q', other], { env: ENV });
    write({ 'other/jobs.js': JOBS, 'server.js': SERVER.replace('./jobs', './other/jobs') });
    execFileSync('git', ['add', '.'], { cwd: other, env: ENV });
    expect(spots(await audit('--changed'))).toContain('unguarded-cron other/jobs.js:2');
  });

  it('runs nothing that the repository names', async () => {
    const trap = join(cwd, 'trap.sh');
    write({
      'trap.sh': '#!/bin/sh\ntouch "$(dirname "$0")/sprung"\ncat\n',
      '.gitattributes': '*.js filter=evil diff=evil\n',
    });
    chmodSync(trap, 0o755);
    commit();
    for (const key of [
      'core.fsmonitor',
      'diff.external',
      'diff.evil.command',
      'diff.evil.textconv',
      'filter.evil.clean',
      'filter.evil.process',
      'core.pager',
    ])
      git('config', key, trap);
    write({ 'jobs.js': JOBS });
    expect(spots(await audit('--changed'))).toEqual([CRON]);
    await audit('--since', 'HEAD');
    await audit('--staged');
    expect(readdirSync(cwd)).not.toContain('sprung');
  });

  it('is refused in one line where git cannot tell', async () => {
    expect(await refusal('--since', 'nowhere')).toContain('git knows no commit, branch or tag nowhere');
    expect(await refusal('--since', '--output=x')).toContain('git knows no commit, branch or tag --output=x');
    expect(await refusal('--since', 'main', '--staged')).toContain('cannot be used with');
    expect(await refusal('--changed', '--update-baseline')).toContain('cannot be used with');
    git('checkout', '-q', '--orphan', 'lonely');
    expect(await refusal('--since', 'main')).toContain('there is no commit here yet');
    // The same files committed in the same second would be the same commit.
    write({ 'lonely.js': NO_JOBS });
    commit();
    expect(await refusal('--since', 'main')).toContain('main and HEAD have no commit in common');
    expect(await runWith({ env: { PATH: '' } }, '--changed')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('git was not found'),
    });
  });

  it('is refused in one line outside of a repository and in a shallow clone', async () => {
    write({ 'more.js': NO_JOBS });
    commit();
    const clone = join(cwd, 'clone');
    execFileSync('git', ['clone', '-q', '--depth=1', `file://${cwd}`, clone], { env: ENV });
    const shallow = await runWith({ folder: clone }, '--since', 'HEAD~1');
    expect(shallow).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/this clone is shallow.*fetch-depth: 0/),
    });
    rmSync(join(cwd, '.git'), { recursive: true });
    expect(await refusal('--changed')).toMatch(/--changed: .* is not in a git repository/);
  });
});
