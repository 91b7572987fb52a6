import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Audit } from '../model/audit.js';
import type { Config } from '../model/config.js';
import type { Finding } from '../model/finding.js';
import type { Problem, Project } from '../model/input.js';
import type { Program } from '../model/program.js';
import type { Rule } from '../model/rule.js';
import { UserError } from '../model/user-error.js';
import type { JsonExplanationV1 } from '../report/json-explanation.js';
import type { JsonReportV1 } from '../report/json.js';
import { parseSpot } from './explain-place.js';
import { find } from './find.js';
import { type Io, main, type Parts, type Stream } from './index.js';
import type { Room } from './io.js';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'mi-audit-main-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const rules: readonly Rule[] = [
  {
    meta: {
      id: 'in-memory-session',
      title: 'Sessions in one process',
      category: 'state',
      severity: 'error',
      triggers: ['scale-out'],
    },
    check() {},
  },
  {
    meta: {
      id: 'unguarded-cron',
      title: 'Jobs that run once per instance',
      category: 'jobs',
      severity: 'error',
      triggers: [],
    },
    check() {},
  },
];

const finding: Finding = {
  ruleId: 'in-memory-session',
  severity: 'error',
  confidence: 'high',
  when: 'always',
  triggers: ['scale-out'],
  file: 'app.js',
  span: [1, 1, 1, 4],
  message: 'Sessions are kept here.',
  consequence: 'Logged out.',
  hint: 'Use a store.',
  evidence: [{ role: 'primary', file: 'app.js', span: [1, 1, 1, 4], note: 'Sessions are kept here.' }],
  symbol: '',
  fingerprint: 'f',
  docs: 'd',
};

interface Given {
  readonly findings?: readonly Finding[];
  readonly problems?: readonly Problem[];
  readonly config?: Partial<Config>;
  readonly tty?: boolean;
  readonly env?: Io['env'];
  readonly fail?: Error;
  /** Milliseconds a file takes. */
  readonly pace?: number;
  readonly files?: number;
  /** Of the only source, and the memory there is for it. */
  readonly text?: string;
  readonly room?: Room;
}

/** Runs the command with a pipeline that finds what it is told to, and records what it was asked and what it printed. */
async function run(argv: readonly string[], given: Given = {}) {
  const { findings = [finding], problems = [], config = {}, tty = false, env = {}, pace = 0, files = 3 } = given;
  const printed = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr'): Stream => ({
    isTTY: tty,
    ...(tty ? { columns: 90 } : {}),
    write(text, done) {
      printed[name] += text;
      done?.();
    },
  });
  let time = 0;
  const asked: { paths?: readonly string[]; cli?: unknown; explicit?: string | undefined; ran?: string[] } = {};
  const parts: Parts = {
    rules: async () => rules,
    loadConfig: async ({ cli, explicit }) => {
      Object.assign(asked, { cli, explicit });
      return {
        config: {
          rules: {},
          only: [],
          failOn: 'error',
          minConfidence: 'medium',
          ignores: [],
          guards: [],
          sharedStores: [],
          knowledge: {},
          ...config,
          ...cli,
        },
      };
    },
    discover: async (paths) => {
      asked.paths = paths;
      if (given.fail) throw given.fail;
      const inputs =
        given.text === undefined ? [] : [{ file: 'app.js', language: 'javascript' as const, text: given.text }];
      const project: Project = { root: cwd, inputs, manifests: [], tsconfigs: [], files: [], problems: [] };
      return { project, reportPaths: ['.'] };
    },
    scopesOf: async (options) => ({ config: options.config, ignoresMore: false, notes: [] }),
    reasonToSkip: async () => () => 'audited',
    nearestConfig: async () => undefined,
    configHints: async () => [],
    changesOf: async () => ({ within: () => ({ files: new Map(), folders: [], since: 'since main' }) }),
    gitUser: async () => undefined,
    find: (...asked) => find(...asked),
    read: async () => ({ facts: [], problems: [], skipped: 0, unread: [] }),
    audit: async (_, selected, onProgress): Promise<Audit> => {
      asked.ran = selected.map(({ meta }) => meta.id);
      for (let done = 0; done < files; done++) {
        time += pace;
        onProgress?.(done, files);
      }
      return {
        program: {} as Program,
        runs: [],
        findings,
        safe: [],
        problems,
        directives: [],
        stats: {
          files,
          parsed: files,
          skipped: 0,
          unresolvedImports: 0,
          unresolvedLoads: 0,
          serving: 1,
          rules: selected.length,
        },
        lines: () => ['app.use();'],
        unread: [],
      };
    },
  };
  const io: Io = { stdout: stream('stdout'), stderr: stream('stderr'), cwd, env, now: () => time, ...roomOf(given) };
  const exitCode = await main(argv, io, parts);
  return { exitCode, ...printed, asked };
}

function roomOf({ room }: Given): Pick<Io, 'room'> {
  return room ? { room } : {};
}

describe('mi-audit', () => {
  it('begins anew with more memory where there is more source than it could hold, and says what that says', async () => {
    const asked: number[] = [];
    const again = (megabytes: number) => {
      asked.push(megabytes);
      return 7;
    };
    const [little, much] = ['x'.repeat(10_000), 'x'.repeat(20_000_000)];
    const limit = 1024 ** 3;
    const ways: [string, number][] = [
      [little, 16],
      // There is no more to have.
      [much, 1],
      [much, 16],
    ];
    const codes: number[] = [];
    for (const [text, gigabytes] of ways)
      codes.push((await run([], { text, room: { limit, total: gigabytes * 1024 ** 3, again } })).exitCode);
    expect({ codes, asked }).toEqual({ codes: [1, 1, 7], asked: [2146] });
  });

  it('audits the working directory and prints the report', async () => {
    const { exitCode, stdout, stderr, asked } = await run([]);
    expect(stdout).toMatch(
      /^No descriptor says how many instances run.*\nReady for a second instance\? No: 1 blocker\.\n/,
    );
    expect(stdout).toContain('app.js:1:1');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(asked).toEqual({ paths: ['.'], cli: {}, explicit: undefined, ran: ['in-memory-session', 'unguarded-cron'] });
  });

  it('hands options on', async () => {
    const { asked } = await run([
      'src',
      'lib',
      '--config',
      'c.json',
      '--fail-on',
      'warning',
      '--min-confidence',
      'low',
    ]);
    expect(asked).toMatchObject({
      paths: ['src', 'lib'],
      explicit: 'c.json',
      cli: { failOn: 'warning', minConfidence: 'low' },
    });
  });

  it('takes --only repeated and with commas, and runs nothing else', async () => {
    const { asked, stdout } = await run(['--only', 'in-memory-session', 'src'], { findings: [] });
    expect(asked).toMatchObject({ paths: ['src'], cli: { only: ['in-memory-session'] }, ran: ['in-memory-session'] });
    expect(stdout).toContain('only 1 of 2 rules ran');
    const both = await run(['--only', 'in-memory-session, unguarded-cron', '--only=unguarded-cron']);
    expect(both.asked.ran).toEqual(['in-memory-session', 'unguarded-cron']);
  });

  it('does not run rules that are off', async () => {
    const { asked, exitCode } = await run([], { config: { rules: { 'in-memory-session': 'off' } } });
    expect({ ran: asked.ran, exitCode }).toEqual({ ran: ['unguarded-cron'], exitCode: 0 });
  });

  it.each([
    [[], { findings: [] }, 0],
    [['--fail-on', 'never'], {}, 0],
    [[], { problems: [{ kind: 'unparsable', level: 'error', file: 'x.js', message: 'could not be parsed.' }] }, 3],
    [[], { problems: [{ kind: 'minified', level: 'note', file: 'x.js', message: 'was not read.' }], findings: [] }, 0],
  ] as const)('%j exits with its code (%#)', async (argv, given, code) => {
    const { exitCode, stdout } = await run(argv, given);
    expect(exitCode).toBe(code);
    expect(stdout).toContain(`Exit code ${code}: `);
  });

  it('prints JSON', async () => {
    const { stdout, exitCode } = await run(['--format', 'json', '--quiet']);
    const report = JSON.parse(stdout) as JsonReportV1;
    expect(report).toMatchObject({
      version: 1,
      summary: { exitCode: 1 },
      findings: [{ ruleId: 'in-memory-session', file: 'app.js', line: 1 }],
    });
    expect(report).not.toHaveProperty('safe');
    expect(exitCode).toBe(1);
    expect(JSON.parse((await run(['--format', 'json', '--show-safe'])).stdout)).toHaveProperty('safe', []);
  });

  it('is brief with --quiet', async () => {
    const { stdout } = await run(['--quiet']);
    expect(stdout).toBe(
      'app.js:1:1 error in-memory-session  Sessions are kept here.\nReady for a second instance? No: 1 blocker.\n',
    );
  });
});

describe('colours', () => {
  it.each([
    ['a terminal', [], { tty: true }, true],
    ['a pipe', [], {}, false],
    ['a terminal with --no-color', ['--no-color'], { tty: true, env: { FORCE_COLOR: '1' } }, false],
    ['a terminal with NO_COLOR', [], { tty: true, env: { NO_COLOR: '1' } }, false],
    ['a terminal with an empty NO_COLOR', [], { tty: true, env: { NO_COLOR: '' } }, true],
    ['a dumb terminal', [], { tty: true, env: { TERM: 'dumb' } }, false],
    ['a pipe with FORCE_COLOR', [], { env: { FORCE_COLOR: '1' } }, true],
    ['a pipe with both', [], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }, true],
    ['a terminal with FORCE_COLOR=0', [], { tty: true, env: { FORCE_COLOR: '0' } }, false],
  ] as const)('on %s', async (_, argv, given, colored) => {
    const { stdout } = await run(argv, given);
    expect(stdout.includes('\u001b[')).toBe(colored);
  });
});

describe('--output', () => {
  it('writes the report there and says the answer on stderr', async () => {
    const { stdout, stderr, exitCode } = await run(['--output', 'audit.txt'], { env: { FORCE_COLOR: '1' } });
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
    expect(stderr.replace(/\u001b\[\d+m/g, '')).toBe('Ready for a second instance? No: 1 blocker.\n');
    expect(readFileSync(join(cwd, 'audit.txt'), 'utf8')).toMatch(
      /^No descriptor .*\nReady for a second instance\? No: 1 blocker\.\n/,
    );
    expect(readdirSync(cwd)).toEqual(['audit.txt']);
  });

  it('replaces a file as a whole, keeping its mode, and follows a link to it', async () => {
    mkdirSync(join(cwd, 'out'));
    writeFileSync(join(cwd, 'out', 'real.json'), 'old');
    chmodSync(join(cwd, 'out', 'real.json'), 0o640);
    symlinkSync(join('out', 'real.json'), join(cwd, 'link.json'));
    await run(['--format', 'json', '--output', 'link.json']);
    expect(JSON.parse(readFileSync(join(cwd, 'out', 'real.json'), 'utf8'))).toMatchObject({ version: 1 });
    expect(statSync(join(cwd, 'out', 'real.json')).mode & 0o777).toBe(0o640);
    expect(readdirSync(cwd).sort()).toEqual(['link.json', 'out']);
    expect(readdirSync(join(cwd, 'out'))).toEqual(['real.json']);
  });

  it('writes to a device instead of replacing it', async () => {
    const { exitCode } = await run(['--output', devNull]);
    expect(exitCode).toBe(1);
    expect(statSync(devNull).isFile()).toBe(false);
  });

  it.each([
    ['nowhere/audit.json', 'mi-audit: --output nowhere/audit.json: there is no folder nowhere. Create it first.\n'],
    ['.', 'mi-audit: --output . is a folder. Name a file in it.\n'],
    ['file/audit.json', 'mi-audit: --output file/audit.json: file is not a folder. Name a file in a folder.\n'],
  ])('to %s is refused before the audit starts', async (output, said) => {
    writeFileSync(join(cwd, 'file'), '');
    const { exitCode, stdout, stderr, asked } = await run(['--output', output]);
    expect({ exitCode, stdout, stderr, asked }).toEqual({ exitCode: 2, stdout: '', stderr: said, asked: {} });
    expect(existsSync(join(cwd, 'nowhere'))).toBe(false);
  });
});

describe('several formats', () => {
  it('come from one run, one of them printed', async () => {
    const { stdout, stderr, exitCode, asked } = await run(['--format', 'pretty', '--format', 'sarif=a=b.sarif']);
    expect(stdout).toMatch(/^No descriptor .*\nReady for a second instance\?/);
    expect(JSON.parse(readFileSync(join(cwd, 'a=b.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect({ stderr, exitCode, ran: asked.ran?.length }).toEqual({ stderr: '', exitCode: 1, ran: 2 });
  });

  it('go to files, and the answer is said on stderr', async () => {
    const { stdout, stderr } = await run(['--format', 'csv=a.csv', '--format', 'junit', '--output', 'b.xml'], {
      env: { FORCE_COLOR: '1' },
    });
    expect({ stdout, said: stderr.includes('No: 1 blocker.') }).toEqual({ stdout: '', said: true });
    expect(readdirSync(cwd).sort()).toEqual(['a.csv', 'b.xml']);
    expect(readFileSync(join(cwd, 'a.csv'), 'utf8')).toMatch(/^"severity",/);
    expect(readFileSync(join(cwd, 'b.xml'), 'utf8')).toMatch(/^<\?xml /);
  });

  it('carry the pages of the rules where they have room for them', async () => {
    const { stdout } = await run(['--format', 'sarif']);
    const [page] = JSON.parse(stdout).runs[0].tool.driver.rules;
    expect(page.help.markdown).toMatch(/^# in-memory-session\n/);
  });

  it.each([
    [
      ['--format', 'json', '--format', 'csv'],
      '--format json and --format csv would be printed into each other. Give all but one a file: --format csv=FILE.',
    ],
    [
      ['--format', 'json=a', '--output', './a'],
      '--output ./a is left without a report: every --format has a file of its own. Leave one of them out.',
    ],
    [['--format', 'json=a', '--format', 'csv=./a'], 'two reports are to go to ./a. Give each a file of its own.'],
    [['--format', 'json=out'], '--format json=out is a folder. Name a file in it.'],
    [['--format', 'csv=no/a.csv'], '--format csv=no/a.csv: there is no folder no. Create it first.'],
    [
      ['--format', 'json='],
      "option '--format <format[=file]>' argument 'json=' is invalid. Name a file behind the =, as in json=out.txt. See mi-audit --help.",
    ],
    [
      ['explain', 'app.js:1', '--format', 'csv'],
      'explain prints one answer, as --format pretty or --format json. Leave the other formats out.',
    ],
  ])('%j is refused before anything is done', async (argv, said) => {
    mkdirSync(join(cwd, 'out'));
    const { exitCode, stdout, stderr, asked } = await run(argv);
    expect({ exitCode, stdout, stderr, asked }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `mi-audit: ${said}\n`,
      asked: {},
    });
    expect(readdirSync(cwd)).toEqual(['out']);
  });

  it('leave every file as it was when one cannot be written', async () => {
    writeFileSync(join(cwd, 'a.json'), 'old');
    // The name is as long as one may be, so that none is left for its draft: what a full disk or a lost right looks like from here.
    const long = `${'b'.repeat(251)}.csv`;
    const { exitCode, stderr } = await run(['--format', 'json=a.json', '--format', `csv=${long}`]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `mi-audit: --format csv=${long} could not be written (ENAMETOOLONG). Choose a place that is writable.\n`,
    });
    expect(readFileSync(join(cwd, 'a.json'), 'utf8')).toBe('old');
    expect(readdirSync(cwd)).toEqual(['a.json']);
  });

  it('takes away the drafts of runs that were killed long ago, and no other', async () => {
    const drafts = [
      '.a.json.0123456789ab.tmp',
      '.a.json.ba9876543210.tmp',
      '.a.json.mine.tmp',
      '.b.json.0123456789ab.tmp',
    ];
    for (const draft of drafts) writeFileSync(join(cwd, draft), '{');
    const yesterday = new Date(Date.now() - 86_400_000);
    for (const draft of drafts.filter((name) => !name.includes('ba98')))
      utimesSync(join(cwd, draft), yesterday, yesterday);
    await run(['--format', 'json=a.json']);
    expect(readdirSync(cwd).sort()).toEqual([...drafts.slice(1), 'a.json'].sort());
  });

  it('are written without the one whose format fails, which is named', async () => {
    vi.doMock('../report/junit.js', () => ({
      junit: () => {
        throw new Error('no ink');
      },
    }));
    const { exitCode, stderr } = await run(['--format', 'junit=a.xml', '--format', 'json=a.json']);
    vi.doUnmock('../report/junit.js');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('mi-audit: the format junit failed (no ink), so its report is missing.');
    expect(readdirSync(cwd)).toEqual(['a.json']);
  });
});

describe('on GitHub', () => {
  it('the job summary is added to what other steps have said', async () => {
    writeFileSync(join(cwd, 'summary.md'), 'before\n');
    const { stdout } = await run(['--format', 'github'], { env: { GITHUB_STEP_SUMMARY: 'summary.md' } });
    expect(stdout).toMatch(/^::error file=app\.js,line=1,endLine=1,col=1,endColumn=4,title=/);
    expect(readFileSync(join(cwd, 'summary.md'), 'utf8')).toMatch(/^before\n## 🛑 Ready for a second instance/);
  });

  it('a summary that cannot be written is said, and costs nothing else', async () => {
    const { exitCode, stdout, stderr } = await run(['--format', 'github'], { env: { GITHUB_STEP_SUMMARY: '.' } });
    expect({ exitCode, printed: stdout.startsWith('::error') }).toEqual({ exitCode: 1, printed: true });
    expect(stderr).toBe('mi-audit: the job summary could not be written to . (EISDIR).\n');
  });

  it('paths are those of the repository, whose revision the pipeline tells', async () => {
    mkdirSync(join(cwd, '.git'));
    mkdirSync(join(cwd, 'apps', 'api'), { recursive: true });
    cwd = join(cwd, 'apps', 'api');
    const env = {
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_REPOSITORY: 'me/shop',
      GITHUB_SHA: 'a'.repeat(40),
    };
    const { stdout } = await run(['--format', 'sarif'], { env });
    cwd = join(cwd, '..', '..');
    const [sarif] = JSON.parse(stdout).runs;
    expect(sarif.versionControlProvenance).toMatchObject([
      { repositoryUri: 'https://github.example/me/shop', revisionId: 'a'.repeat(40) },
    ]);
    expect(sarif.results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('apps/api/app.js');
  });
});

describe('progress', () => {
  const slow = { tty: true, pace: 300, files: 10 };

  it('counts files on a terminal when the work is long, and goes away', async () => {
    const { stderr } = await run([], slow);
    expect(stderr).toContain('Auditing: 4 of 10 files');
    expect(stderr).not.toContain('Auditing: 1 of 10 files');
    expect(stderr.endsWith('\r\u001b[2K')).toBe(true);
  });

  it.each([
    ['the work is short', [], { ...slow, pace: 50 }],
    ['nobody looks', [], { ...slow, tty: false }],
    ['it is not wanted', ['--quiet'], slow],
  ] as const)('is not shown when %s', async (_, argv, given) => {
    expect((await run(argv, given)).stderr).toBe('');
  });
});

describe('mistakes at the keyboard', () => {
  it.each([
    [['--fromat', 'json'], "mi-audit: unknown option '--fromat' (Did you mean --format?). See mi-audit --help.\n"],
    [
      ['--format', 'xml'],
      "mi-audit: option '--format <format[=file]>' argument 'xml' is invalid. Allowed choices are pretty, json, sarif, html, markdown, github, gitlab, junit, checkstyle, rdjson, csv, unix, agent. See mi-audit --help.\n",
    ],
    [['--fail-on'], "mi-audit: option '--fail-on <severity>' argument missing. See mi-audit --help.\n"],
    [['explain'], "mi-audit: missing required argument 'rule|file:line'. See mi-audit --help.\n"],
    [
      ['explain', 'in-memory-sesion'],
      'mi-audit: there is no rule "in-memory-sesion". Did you mean in-memory-session?\n',
    ],
    [['explain', 'zzzzzzzz'], 'mi-audit: there is no rule "zzzzzzzz". mi-audit rules lists them all.\n'],
    [['--only', ','], 'mi-audit: --only names no rule. mi-audit rules lists them all.\n'],
    [
      ['--only', 'in-memory-session', 'unguarded-cron'],
      'mi-audit: no such path: unguarded-cron. That is a rule; several are selected as --only in-memory-session,unguarded-cron.\n',
    ],
  ])('%j', async (argv, said) => {
    expect(await run(argv)).toMatchObject({ exitCode: 2, stdout: '', stderr: said });
  });

  it('are told in one line, whoever found them, and steer no terminal', async () => {
    const fail = new UserError('no such path: a\u001b[31m\nb.', 'Check the spelling.');
    expect(await run(['x'], { fail })).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: 'mi-audit: no such path: a␛[31m b. Check the spelling.\n',
    });
  });
});

describe('bugs of the tool', () => {
  it('are told in one line with where to report them', async () => {
    const { exitCode, stdout, stderr } = await run([], { fail: new TypeError('x is not a function') });
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toMatch(
      /^mi-audit: this is a bug of mi-audit, .*: x is not a function\. .*https:\/\/github\.com\/mi-audit\/mi-audit\/issues.*MI_AUDIT_DEBUG=1.*\n$/,
    );
  });

  it('come with their stack when asked for', async () => {
    const { stderr } = await run([], { fail: new TypeError('x is not a function'), env: { MI_AUDIT_DEBUG: '1' } });
    expect(stderr).toMatch(/\n {4}at /);
  });
});

describe('help, version and rules', () => {
  it('prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    for (const flag of ['-v', '--version'])
      expect(await run([flag])).toMatchObject({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('prints help with examples and exit codes', async () => {
    const { exitCode, stdout, stderr } = await run(['--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const part of [
      'Usage: mi-audit',
      '--min-confidence',
      'Examples:',
      'Exit codes:',
      'explain',
      '(choices: "pretty",',
    ]) {
      expect(stdout).toContain(part);
    }
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('lists the rules', async () => {
    const { exitCode, stdout } = await run(['rules']);
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'rule               severity  finds',
      'in-memory-session  error     Sessions in one process',
      'unguarded-cron     error     Jobs that run once per instance',
      'unsound-directive  warning   A directive that is misspelt, gives no reason or silences nothing',
    ]);
  });

  it('audits a folder that is called like a command when it is written as a path', async () => {
    expect((await run(['./rules'])).asked.paths).toEqual(['./rules']);
    expect((await run(['src', 'rules'])).asked.paths).toEqual(['src', 'rules']);
  });

  it('explains directives, which have no rule folder', async () => {
    const { exitCode, stdout } = await run(['explain', 'unsound-directive']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('    // mi-audit-disable-next-line in-memory-session -- one instance');
    expect(stdout).toContain('  • mi-audit-disable-file RULE -- reason: the whole file.');
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });
});

describe('explaining a place', () => {
  it.each([
    ['src/a.js:12', { file: 'src/a.js', line: 12 }],
    ['src/a.js:12:3', { file: 'src/a.js', line: 12, column: 3 }],
    ['C:\\app\\a.ts:12', { file: 'C:\\app\\a.ts', line: 12 }],
    ['C:\\app\\a.ts:12:3', { file: 'C:\\app\\a.ts', line: 12, column: 3 }],
    ['C:\\app\\a.ts', undefined],
    ['a:b.ts:4', { file: 'a:b.ts', line: 4 }],
    ['in-memory-session', undefined],
    [':12', undefined],
  ])('reads %s', (text, spot) => {
    expect(parseSpot(text)).toEqual(spot);
  });

  /** The real pipeline over a few files in the temporary folder. */
  async function explainIn(files: Readonly<Record<string, string>>, ...argv: readonly string[]) {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, file)), { recursive: true });
      writeFileSync(join(cwd, file), text);
    }
    const printed = { stdout: '', stderr: '' };
    const stream = (name: 'stdout' | 'stderr'): Stream => ({
      write(text, done) {
        printed[name] += text;
        done?.();
      },
    });
    const io: Io = { stdout: stream('stdout'), stderr: stream('stderr'), cwd, env: {}, now: () => 0 };
    return { exitCode: await main(['explain', ...argv], io), ...printed };
  }

  const APP = {
    'package.json': JSON.stringify({ scripts: { start: 'node server.js' }, dependencies: { 'node-cron': '3' } }),
    'server.js':
      "const cron = require('node-cron');\ncron.schedule('* * * * *', () => fetch('http://x', { method: 'POST' }));\n",
  };

  it('tells what is known of the line', async () => {
    const { exitCode, stdout, stderr } = await explainIn(APP, 'server.js:2');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('  ✖ error  unguarded-cron  high confidence\n');
    expect(stdout).toContain('`schedule` of the package `node-cron`');
  });

  it('tells it to programs', async () => {
    const { stdout } = await explainIn(APP, join(cwd, 'server.js:2:1'), '--format', 'json');
    const given = JSON.parse(stdout) as JsonExplanationV1;
    expect(given).toMatchObject({ version: 1, file: 'server.js', line: 2 });
    expect(given.rules[0]).toMatchObject({ ruleId: 'unguarded-cron', status: 'open' });
  });

  it('tells what the rules say of a descriptor', async () => {
    const compose = 'services:\n  shop:\n    build: .\n    container_name: shop\n  cache:\n    image: redis\n';
    const { stdout } = await explainIn({ ...APP, 'compose.yaml': compose }, 'compose.yaml:4');
    expect(stdout).toContain('its container must be called `shop`');
    expect(stdout).toMatch(/describes\s`shop`: its image is built/);
    expect(stdout).toMatch(/describes `cache`: its image is\s+`redis`/);
    expect(stdout).not.toContain('When it runs');
  });

  it('obeys the configuration, and says so', async () => {
    const off = { ...APP, '.mi-auditrc.json': '{ "rules": { "unguarded-cron": "off" } }' };
    expect((await explainIn(off, 'server.js:2')).stdout).toContain('Not reported: the rule is switched off');
  });

  it.each([
    ['server.js:9', 'server.js has 3 lines, so there is no line 9.'],
    ['server.js:0', 'server.js:0: lines are counted from 1.'],
    ['server.js:1:99', 'line 1 of server.js has 34 columns, so there is no column 99.'],
    ['nowhere.js:1', 'no such file: nowhere.js. Name a file, relative to the working directory.'],
    ['lib:1', 'lib is a folder. Name a line of a file: mi-audit explain src/server.js:12.'],
    ['lib', 'lib is a path without a line. Name one: mi-audit explain lib:12.'],
    ['server.js', 'server.js is a path without a line. Name one: mi-audit explain server.js:12.'],
    [
      'lib/skipped.js:1',
      'lib/skipped.js is not audited: it is left out by .gitignore or "ignores", is output of a build, or could not be read.',
    ],
    [
      'NOTES.md:1',
      'NOTES.md is not audited: it is no source (declarations are none), and says neither how the project is run nor what its database holds.',
    ],
    ['lib/x.min.js:1', expect.stringMatching(/^lib\/x\.min\.js was not looked at: it is minified or generated/)],
    ['lib/empty.js:1', 'lib/empty.js is not audited: nothing stands in it.'],
    ['lib/broken.js:1', expect.stringMatching(/^lib\/broken\.js cannot be parsed/)],
    ['../elsewhere.js:1', expect.stringMatching(/^(no such file|\.\.\/elsewhere\.js is outside)/)],
  ])('says in one line why not: %s', async (subject, said) => {
    const { exitCode, stdout, stderr } = await explainIn(
      {
        ...APP,
        '.gitignore': 'skipped.js\n',
        'lib/skipped.js': 'f();\n',
        'NOTES.md': 'one\n',
        'lib/empty.js': '\n',
        'lib/broken.js': 'const a = {;\n',
        'lib/x.min.js': 'var a={b:function(c,d){return(c,d)}};'.repeat(200),
      },
      subject,
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr.replace(/^mi-audit: (.*)\n$/, '$1')).toEqual(said);
  });

  it('says where a file is outside of the working directory', async () => {
    writeFileSync(`${cwd}-outside.js`, 'f();\n');
    const { exitCode, stderr } = await explainIn(APP, `${cwd}-outside.js:1`).finally(() => rmSync(`${cwd}-outside.js`));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is outside of the working directory. Run mi-audit in the folder of its project');
  });
});
