import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/finding.js';
import type { Report, Runs } from '../model/report.js';
import { deployed } from './deployed.js';
import { answer } from './answer.js';
import { brief, json, pretty } from './index.js';
import type { JsonReportV1 } from './json.js';

const plain = new Chalk({ level: 0 });
const colored = new Chalk({ level: 1 });

const session: Finding = {
  ruleId: 'in-memory-session',
  severity: 'error',
  confidence: 'high',
  when: 'default-config',
  condition: 'safe when REDIS_URL is set',
  triggers: ['scale-out', 'rolling-deploy', 'restart'],
  file: 'src/server.js',
  span: [6, 9, 6, 28],
  message: 'Sessions are kept in the memory of this process: `session` is given no `store`.',
  consequence:
    'Whoever logs in on one instance is a stranger on the other, so that about every second request comes back as logged out.',
  hint: 'Give it a store that both share: `npm install connect-redis`, then `store: new RedisStore({ client: redis })`.',
  symbol: '',
  evidence: [
    { role: 'primary', file: 'src/server.js', span: [6, 9, 6, 28], note: 'called without `store`' },
    { role: 'entry', file: 'package.json', span: [5, 5, 5, 33], note: 'started by `npm start`: node src/server.js' },
  ],
  fingerprint: '0123456789abcdef',
  docs: 'https://github.com/mi-audit/mi-audit/blob/main/rules/in-memory-session/README.md',
};

const counter: Finding = {
  ...session,
  ruleId: 'module-level-mutable-state',
  severity: 'warning',
  confidence: 'medium',
  when: 'always',
  span: [2, 5, 2, 9],
  message: '`hits` is changed while serving.',
  consequence: 'Each instance counts for itself.',
  hint: 'Count in Redis: `redis.incr`.',
  evidence: [{ role: 'primary', file: 'src/server.js', span: [2, 5, 2, 9], note: '`hits` is changed while serving.' }],
  fingerprint: 'fedcba9876543210',
};
delete (counter as { condition?: string }).condition;

const accepted: Finding = { ...counter, file: 'src/admin.js', span: [3, 1, 3, 5], fingerprint: '00000000000000aa' };

const deployment: Report['summary']['deployment'] = {
  runs: [],
  always: 0,
  atDeploy: 0,
  atRestart: 0,
  latent: 0,
  unknown: 2,
};

function report(more: Partial<Report> = {}): Report {
  const findings = more.findings ?? [counter, session];
  return {
    tool: { name: 'mi-audit', version: '1.2.3' },
    summary: { blockers: 1, risks: 1, notes: 0, silenced: 1, complete: true, ready: false, deployment },
    findings,
    verdicts: [
      ...findings.map((finding) => ({ finding, status: 'open' }) as const),
      {
        finding: accepted,
        status: 'silenced',
        reason: 'the admin runs once',
        by: { file: 'src/admin.js', span: [2, 1, 2, 60] },
      },
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
    problems: [],
    stats: {
      files: 12,
      parsed: 5,
      skipped: 7,
      lowConfidence: 1,
      unresolvedImports: 2,
      unresolvedLoads: 1,
      serving: 9,
      rules: 5,
    },
    failOn: 'error',
    exitCode: 1,
    notRun: [],
    rules: [],
    source: { base: '', name: 'shop' },
    excerpts: {
      'src/server.js:2': {
        file: 'src/server.js',
        start: 1,
        lines: ["import session from 'express-session';", 'let hits = 0;', '', 'const app = express();'],
      },
      'src/server.js:6': {
        file: 'src/server.js',
        start: 4,
        lines: ['const app = express();', '', 'app.use(session({ secret }));', 'app.listen(3000);'],
      },
    },
    ...more,
  };
}

const clean = report({
  findings: [],
  verdicts: [],
  exitCode: 0,
  summary: {
    blockers: 0,
    risks: 0,
    notes: 0,
    silenced: 0,
    complete: true,
    ready: true,
    deployment: { ...deployment, unknown: 0 },
  },
});
const problem = {
  kind: 'unparsable',
  level: 'error',
  file: 'src/broken.js',
  span: [3, 14, 3, 15],
  message: 'could not be parsed: `}` expected.',
} as const;

describe('answer', () => {
  it.each([
    ['No: 1 blocker, 1 risk.', report()],
    ['No: 1 blocker, 1 risk, and not fully audited: 1 problem.', report({ problems: [problem] })],
    ['Yes, as far as this audit can see: no blockers.', clean],
    [
      'Yes, as far as this audit can see: no blockers, 2 risks, 1 note.',
      { ...clean, summary: { ...clean.summary, risks: 2, notes: 1 } },
    ],
    ['Yes, as far as this audit can see: no blockers (only 5 of 7 rules ran).', { ...clean, notRun: ['a', 'b'] }],
    [
      'Not fully audited: 2 problems. What could be read holds no blockers.',
      { ...clean, problems: [problem, problem], summary: { ...clean.summary, complete: false, ready: false } },
    ],
    [
      'Not known: nothing was recognised that answers requests, takes messages or runs on a schedule. What was looked at holds no blockers.',
      { ...clean, stats: { ...clean.stats, serving: 0 }, summary: { ...clean.summary, ready: false } },
    ],
    [
      'Nothing was audited: no source files.',
      { ...clean, stats: { ...clean.stats, files: 0 }, summary: { ...clean.summary, ready: false } },
    ],
  ])('%s', (text, given) => {
    expect(answer(given).text).toBe(text);
  });
});

describe('the first line', () => {
  const runs = (...list: readonly Runs[]) => list;
  const three: Runs = { name: 'web', instances: { min: 3, max: 3 } };
  const one: Runs = { name: 'web', instances: { min: 1, max: 1 } };
  it.each([
    [
      'Your production descriptors run 3 instances of web: 7 findings are live today; 1 at a restart or a crash.',
      { runs: runs(three), always: 7, atRestart: 1 },
    ],
    [
      'Your production descriptors run 3 instances of web, up to 6 of worker and one of mailer: 1 finding is live today.',
      {
        runs: runs(
          three,
          { name: 'worker', instances: { min: 2, max: 6 } },
          { name: 'mailer', instances: { min: 1, max: 1 } },
        ),
        always: 1,
      },
    ],
    [
      'By the configuration production runs 3 instances of web: no finding is live today.',
      { runs: runs({ ...three, isDeclared: true }) },
    ],
    [
      'Your production descriptors run several instances of web: 2 findings are live today.',
      { runs: runs({ name: 'web', instances: { min: 2 } }), always: 2 },
    ],
    [
      'One instance of web with a rolling update: 5 findings bite at each deploy, and 2 more at a restart or a crash.',
      { runs: runs({ ...one, overlap: true }), atDeploy: 5, atRestart: 2 },
    ],
    [
      'One instance of web, stopped before the next one starts: 1 finding bites at a restart or a crash, and 3 more wait for a second instance.',
      { runs: runs({ ...one, overlap: false }), atRestart: 1, latent: 3 },
    ],
    [
      'One instance of web; nothing says whether a deploy runs two side by side: no finding bites at a restart or a crash.',
      { runs: runs(one) },
    ],
    [
      'No descriptor says how many instances run, but deploys are rolling: 4 findings bite at each deploy.',
      { runs: runs({ name: 'web', overlap: true }), atDeploy: 4 },
    ],
    [
      'No descriptor says how many instances run, but deploys are rolling: no finding bites at each deploy, 6 at a restart or a crash and 5 more as soon as two run.',
      { runs: runs({ name: 'web', overlap: true }), atRestart: 6, unknown: 5 },
    ],
    [
      'One instance of web; nothing says whether a deploy runs two side by side: 1 finding bites at a restart or a crash, and 3 more as soon as two run.',
      { runs: runs(one), atRestart: 1, latent: 1, unknown: 2 },
    ],
    [
      'No descriptor says how many instances run: 2 findings bite at a restart or a crash, and 3 more as soon as two run.',
      { atRestart: 2, unknown: 3 },
    ],
  ])('%s', (text, more) => {
    expect(
      deployed({ ...clean, summary: { ...clean.summary, deployment: { ...deployment, unknown: 0, ...more } } }),
    ).toBe(text);
  });
});

describe('pretty', () => {
  it('is made to be read', () => {
    expect(pretty(report({ problems: [problem] }), { chalk: plain, width: 80, showSafe: true })).toMatchInlineSnapshot(`
      "No descriptor says how many instances run: 2 findings bite as soon as two do.
      Ready for a second instance? No: 1 blocker, 1 risk, and not fully audited: 1 problem.

      ── src/server.js ───────────────────────────────────────────────────────────────

      ▲ warning  module-level-mutable-state  medium confidence
        src/server.js:2:5

          1 │ import session from 'express-session';
        > 2 │ let hits = 0;
            │     ^^^^
          3 │
          4 │ const app = express();

        \`hits\` is changed while serving.

        At two instances:  Each instance counts for itself.
        Fix:               Count in Redis: \`redis.incr\`.
        When:              two or more instances, a rolling deploy, a restart
        More:              mi-audit explain module-level-mutable-state

      ✖ error  in-memory-session  high confidence, in the default configuration
        src/server.js:6:9

          4 │ const app = express();
          5 │
        > 6 │ app.use(session({ secret }));
            │         ^^^^^^^^^^^^^^^^^^^
          7 │ app.listen(3000);

        Sessions are kept in the memory of this process: \`session\` is given no
        \`store\`.

        At two instances:  Whoever logs in on one instance is a stranger on the other,
                           so that about every second request comes back as logged
                           out.
        Fix:               Give it a store that both share:
                           \`npm install connect-redis\`, then
                           \`store: new RedisStore({ client: redis })\`.
        When:              two or more instances, a rolling deploy, a restart; safe
                           when REDIS_URL is set
        Why:               src/server.js:6:9  called without \`store\`
                           package.json:5:5   started by \`npm start\`: node
                                              src/server.js
        More:              mi-audit explain in-memory-session

      ── What could not be audited ───────────────────────────────────────────────────

        ✖ src/broken.js:3:14  could not be parsed: \`}\` expected.

      ── Looked at and found safe ────────────────────────────────────────────────────

        src/shop.js:8:1  in-memory-session
          a shared store is given: connect-redis (src/redis.js:4:3)

      ── Silenced by directives ──────────────────────────────────────────────────────

        src/admin.js:3:1  module-level-mutable-state
          the admin runs once (src/admin.js:2:1)

      ── Summary ─────────────────────────────────────────────────────────────────────

        in-memory-session           1 error
        module-level-mutable-state  1 warning

        5 of 12 files looked at with 5 rules. 2 findings in 1 file.
        The other 7 are for tests or pages, or no source; --print-files tells which.
        1 finding silenced by directives.
        1 finding of less confidence not shown; --min-confidence low shows all.
        Exit code 1: 1 finding at or above error (--fail-on).

      Ready for a second instance? No: 1 blocker, 1 risk, and not fully audited: 1 problem.
      "
    `);
  });

  it('says yes in few words', () => {
    expect(pretty(clean, { chalk: plain, width: 80 })).toMatchInlineSnapshot(`
      "No descriptor says how many instances run.
      Ready for a second instance? Yes, as far as this audit can see: no blockers.

      ── Summary ─────────────────────────────────────────────────────────────────────

        5 of 12 files looked at with 5 rules. No findings.
        The other 7 are for tests or pages, or no source; --print-files tells which.
        1 finding of less confidence not shown; --min-confidence low shows all.
        Exit code 0: no finding at or above error (--fail-on).

      Ready for a second instance? Yes, as far as this audit can see: no blockers.
      "
    `);
  });

  it.each([50, 80, 100])('keeps to %i cells', (width) => {
    const lines = pretty(report({ problems: [problem] }), { chalk: plain, width, showSafe: true }).split('\n');
    // The answer is one sentence on one line, and a place to click is never broken.
    const long = lines.filter((line) => line.length > width && !line.startsWith('Ready for'));
    expect(long).toEqual([]);
  });

  it('puts labels on lines of their own where there is little room', () => {
    expect(pretty(report(), { chalk: plain, width: 60 })).toContain('\n  Fix:\n    Count in Redis: `redis.incr`.\n');
  });

  it('is the same text with colours', () => {
    const given = report({ problems: [problem] });
    const text = pretty(given, { chalk: colored, width: 90, showSafe: true });
    expect(text).toContain('\u001b[31m');
    expect(text.replace(/\u001b\[\d+m/g, '')).toBe(pretty(given, { chalk: plain, width: 90, showSafe: true }));
  });

  it('tells what was silenced and what was held back', () => {
    const text = pretty(report(), { chalk: plain, width: 100 });
    expect(text).toContain('1 finding silenced by directives.');
    expect(text).toContain('1 finding of less confidence not shown; --min-confidence low shows all.');
  });

  it('lists some notes and counts the rest', () => {
    const notes = Array.from(
      { length: 13 },
      (_, index) =>
        ({ kind: 'minified', level: 'note', file: `a${index}.min.js`, message: 'looks minified.' }) as const,
    );
    const text = pretty({ ...clean, problems: notes }, { chalk: plain, width: 100 });
    expect(text).toContain('What was left out');
    expect(text.match(/looks minified/g)).toHaveLength(10);
    expect(text).toContain('and 3 more that were left out (--format json has all)');
  });

  it('cuts very long evidence', () => {
    const evidence = Array.from(
      { length: 20 },
      (_, index) =>
        ({ role: 'reached', file: 'a.js', span: [index + 1, 1, index + 1, 2], note: `step ${index}` }) as const,
    );
    const text = pretty(report({ findings: [{ ...session, evidence }] }), { chalk: plain, width: 100 });
    expect(text).toContain('step 11\n');
    expect(text).not.toContain('step 12');
    expect(text).toContain('and 8 more steps');
  });

  it.each([
    ['a colour', '\u001b[31m'],
    ['a cleared screen', '\u001b[2J\u001b[H'],
    ['a title', '\u001b]0;title\u0007'],
    ['an 8-bit escape', '\u009b2J'],
    ['a line break', 'a\n\n✖ error  forged'],
    ['a carriage return', 'a\rforged'],
    ['a reversed order', '\u202eevil'],
  ])('lets no text of the project steer the terminal: %s', (_, evil) => {
    const finding: Finding = {
      ...session,
      file: `src/${evil}.js`,
      message: evil,
      consequence: evil,
      hint: evil,
      condition: evil,
      evidence: [
        { role: 'primary', file: `src/${evil}.js`, span: [1, 1, 1, 2], note: 'x' },
        { role: 'reached', file: evil, span: [1, 1, 1, 2], note: evil },
      ],
      span: [1, 1, 1, 2],
    };
    const given = report({
      findings: [finding],
      verdicts: [{ finding, status: 'silenced', reason: evil, by: { file: evil, span: [1, 1, 1, 2] } }],
      excerpts: {
        [`src/${evil}.js:1`]: { file: '', start: 1, lines: [evil.replaceAll('\n', ''), evil.replaceAll('\n', '')] },
      },
      problems: [{ ...problem, file: evil, message: evil }],
      safe: [
        { ruleId: 'x', file: evil, span: [1, 1, 1, 2], reason: evil, because: { file: evil, span: [1, 1, 1, 2] } },
      ],
    });
    const printed = [pretty(given, { chalk: plain, width: 100, showSafe: true }), brief(given, { chalk: plain })].join(
      '',
    );
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(printed).not.toMatch(/^✖ error {2}forged/m);
  });
});

describe('brief', () => {
  it('is one line a finding, and the answer', () => {
    expect(
      brief(report({ problems: [problem, { kind: 'minified', level: 'note', file: 'x.min.js', message: 'm' }] }), {
        chalk: plain,
      }),
    ).toMatchInlineSnapshot(`
      "src/server.js:2:5 warning module-level-mutable-state  \`hits\` is changed while serving.
      src/server.js:6:9 error in-memory-session  Sessions are kept in the memory of this process: \`session\` is given no \`store\`.
      src/broken.js:3:14  problem  could not be parsed: \`}\` expected.
      Ready for a second instance? No: 1 blocker, 1 risk, and not fully audited: 1 problem.
      "
    `);
  });
});

describe('json', () => {
  it('has the shape of version 1', () => {
    const given = report({
      problems: [problem, { kind: 'rule-crash', level: 'error', rule: 'x', message: 'crashed.' }],
    });
    expect(json(given, { showSafe: true })).toMatchInlineSnapshot(`
      "{
        "version": 1,
        "tool": {
          "name": "mi-audit",
          "version": "1.2.3"
        },
        "summary": {
          "ready": false,
          "complete": true,
          "blockers": 1,
          "risks": 1,
          "notes": 0,
          "silenced": 1,
          "failOn": "error",
          "exitCode": 1,
          "deployment": {
            "text": "No descriptor says how many instances run: 2 findings bite as soon as two do.",
            "workloads": [],
            "always": 0,
            "atDeploy": 0,
            "atRestart": 0,
            "latent": 0,
            "unknown": 2
          }
        },
        "findings": [
          {
            "ruleId": "module-level-mutable-state",
            "severity": "warning",
            "confidence": "medium",
            "when": "always",
            "triggers": [
              "scale-out",
              "rolling-deploy",
              "restart"
            ],
            "file": "src/server.js",
            "line": 2,
            "column": 5,
            "endLine": 2,
            "endColumn": 9,
            "message": "\`hits\` is changed while serving.",
            "consequence": "Each instance counts for itself.",
            "hint": "Count in Redis: \`redis.incr\`.",
            "evidence": [
              {
                "role": "primary",
                "file": "src/server.js",
                "line": 2,
                "column": 5,
                "note": "\`hits\` is changed while serving."
              }
            ],
            "fingerprint": "fedcba9876543210",
            "docs": "https://github.com/mi-audit/mi-audit/blob/main/rules/in-memory-session/README.md"
          },
          {
            "ruleId": "in-memory-session",
            "severity": "error",
            "confidence": "high",
            "when": "default-config",
            "condition": "safe when REDIS_URL is set",
            "triggers": [
              "scale-out",
              "rolling-deploy",
              "restart"
            ],
            "file": "src/server.js",
            "line": 6,
            "column": 9,
            "endLine": 6,
            "endColumn": 28,
            "message": "Sessions are kept in the memory of this process: \`session\` is given no \`store\`.",
            "consequence": "Whoever logs in on one instance is a stranger on the other, so that about every second request comes back as logged out.",
            "hint": "Give it a store that both share: \`npm install connect-redis\`, then \`store: new RedisStore({ client: redis })\`.",
            "evidence": [
              {
                "role": "primary",
                "file": "src/server.js",
                "line": 6,
                "column": 9,
                "note": "called without \`store\`"
              },
              {
                "role": "entry",
                "file": "package.json",
                "line": 5,
                "column": 5,
                "note": "started by \`npm start\`: node src/server.js"
              }
            ],
            "fingerprint": "0123456789abcdef",
            "docs": "https://github.com/mi-audit/mi-audit/blob/main/rules/in-memory-session/README.md"
          }
        ],
        "silenced": [
          {
            "ruleId": "module-level-mutable-state",
            "severity": "warning",
            "confidence": "medium",
            "when": "always",
            "triggers": [
              "scale-out",
              "rolling-deploy",
              "restart"
            ],
            "file": "src/admin.js",
            "line": 3,
            "column": 1,
            "endLine": 3,
            "endColumn": 5,
            "message": "\`hits\` is changed while serving.",
            "consequence": "Each instance counts for itself.",
            "hint": "Count in Redis: \`redis.incr\`.",
            "evidence": [
              {
                "role": "primary",
                "file": "src/server.js",
                "line": 2,
                "column": 5,
                "note": "\`hits\` is changed while serving."
              }
            ],
            "fingerprint": "00000000000000aa",
            "docs": "https://github.com/mi-audit/mi-audit/blob/main/rules/in-memory-session/README.md",
            "reason": "the admin runs once",
            "by": {
              "file": "src/admin.js",
              "line": 2,
              "column": 1
            }
          }
        ],
        "safe": [
          {
            "ruleId": "in-memory-session",
            "file": "src/shop.js",
            "line": 8,
            "column": 1,
            "endLine": 8,
            "endColumn": 9,
            "reason": "a shared store is given: connect-redis",
            "because": {
              "file": "src/redis.js",
              "line": 4,
              "column": 3
            }
          }
        ],
        "problems": [
          {
            "kind": "unparsable",
            "level": "error",
            "message": "could not be parsed: \`}\` expected.",
            "file": "src/broken.js",
            "line": 3,
            "column": 14
          },
          {
            "kind": "rule-crash",
            "level": "error",
            "message": "crashed.",
            "rule": "x"
          }
        ],
        "stats": {
          "files": 12,
          "parsed": 5,
          "skipped": 7,
          "lowConfidence": 1,
          "unresolvedImports": 2,
          "unresolvedLoads": 1,
          "serving": 9,
          "rules": 5,
          "notRun": []
        }
      }
      "
    `);
  });

  it('leaves the safe list out unless asked', () => {
    expect(Object.keys(JSON.parse(json(report())) as JsonReportV1)).toEqual([
      'version',
      'tool',
      'summary',
      'findings',
      'silenced',
      'problems',
      'stats',
    ]);
  });

  it('gives every character back, but none that steers a terminal', () => {
    const message = 'a\u001b[31m \u009b2J \u202e \u2028 \u007f "座席" \\u202e \ud83d\ude80';
    const text = json(report({ findings: [{ ...session, message }] }));
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2028]/);
    expect((JSON.parse(text) as JsonReportV1).findings[0]!.message).toBe(message);
  });
});
