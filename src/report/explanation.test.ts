import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { Explanation } from '../model/explanation.js';
import { explanation, jsonExplanation } from './index.js';

const plain = new Chalk({ level: 0 });

const given: Explanation = {
  place: { file: 'src/jobs.js', span: [12, 3, 12, 40] },
  excerpt: {
    file: 'src/jobs.js',
    start: 11,
    lines: ['export function start() {', "  cron.schedule('0 9 * * *', remind);", '}'],
  },
  rules: [
    {
      ruleId: 'unguarded-cron',
      status: 'below-confidence',
      place: { file: 'src/jobs.js', span: [12, 3, 12, 40] },
      severity: 'error',
      confidence: 'low',
      when: 'default-config',
      condition: 'safe when JOBS is false',
      doubts: ["the way to it was guessed from a method's name: `a` calls `start`"],
      message: 'Every instance runs this job.',
      hint: 'Take a lock.',
      because: 'less than medium confidence is not shown',
    },
    {
      ruleId: 'module-level-mutable-state',
      status: 'safe',
      relation: '`tasks`, which this line writes',
      place: { file: 'src/jobs.js', span: [3, 7, 3, 12] },
      message: 'filled while the process starts and only read afterwards',
      by: { file: 'src/jobs.js', span: [9, 1, 9, 5] },
    },
    { ruleId: 'in-memory-session', status: 'silent', message: 'Sessions' },
    { ruleId: 'local-file-upload', status: 'silent', message: 'Uploads', because: 'the rule is switched off' },
  ],
  functions: [
    {
      name: 'start',
      place: { file: 'src/jobs.js', span: [11, 17, 11, 22] },
      isModule: false,
      more: 1,
      phases: [
        {
          phase: 'boot',
          words: 'while the process starts',
          label: '',
          guessed: true,
          everyInstance: false,
          path: [{ file: 'src/server.js', span: [4, 1, 4, 8], note: '`a` calls `start`', guessed: true }],
        },
      ],
    },
    { name: 'lost', place: { file: 'src/jobs.js', span: [11, 17, 11, 22] }, isModule: false, more: 0, phases: [] },
  ],
  state: [
    {
      file: 'src/jobs.js',
      span: [3, 7, 3, 12],
      name: 'tasks',
      how: 'writes',
      kind: 'a module variable',
      shape: 'registry',
      meaning: 'filled while the process starts, and only read afterwards',
      writes: [
        {
          file: 'src/jobs.js',
          span: [12, 3, 12, 8],
          does: 'adds to it',
          fn: 'start',
          isModule: false,
          phases: ['while the process starts'],
          here: true,
        },
      ],
      reads: [],
      moreWrites: 2,
      moreReads: 0,
    },
  ],
  effects: [
    { of: '`tidy`', verdict: 'own-process', effects: [], unresolved: [] },
    {
      of: '`remind`',
      verdict: 'reaches',
      effects: [
        {
          label: 'sends mail (`mailer.send`)',
          writes: true,
          confidence: 'medium',
          path: [{ file: 'src/mail.js', span: [7, 1, 7, 9], note: 'here' }],
        },
      ],
      unresolved: [],
    },
    {
      of: '`plugin`',
      verdict: 'unknown',
      effects: [],
      unresolved: [{ file: 'src/jobs.js', span: [15, 1, 15, 9], note: '`thing.frob` could not be resolved' }],
    },
  ],
  guards: [{ file: 'src/jobs.js', span: [13, 1, 13, 9], kind: 'a lock', label: '`withLock`' }],
  conditions: {
    when: 'default-config',
    developmentOnly: false,
    words: 'safe when JOBS is false',
    tests: [{ file: 'src/server.js', span: [3, 5, 3, 20], note: 'only if `process.env.JOBS`' }],
    more: 0,
  },
  values: [
    {
      file: 'src/jobs.js',
      span: [12, 3, 12, 40],
      text: 'cron.schedule()',
      is: ['`schedule` of the package `node-cron`'],
    },
    { file: 'src/jobs.js', span: [12, 3, 12, 40], text: 'thing.frob()', is: [] },
  ],
  file: {
    file: 'src/jobs.js',
    roles: ['server'],
    processes: [],
    way: [{ file: 'src/server.js', span: [1, 1, 1, 9], note: 'imports `src/jobs.js`' }],
    application: { name: 'shop', manifest: 'package.json' },
  },
};

describe('explanation', () => {
  it('is made to be read', () => {
    expect(explanation(given, { chalk: plain, width: 80 })).toMatchInlineSnapshot(`
      "src/jobs.js:12:3

          11 │ export function start() {
        > 12 │   cron.schedule('0 9 * * *', remind);
             │   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          13 │ }

      ── What the rules say ──────────────────────────────────────────────────────────

        ✖ error  unguarded-cron  low confidence, in the default configuration
          Every instance runs this job.
          Not reported: less than medium confidence is not shown
          Condition: safe when JOBS is false
          Not surer because the way to it was guessed from a method's name: \`a\` calls
          \`start\`
          Fix: Take a lock.

        ✓ safe  module-level-mutable-state
          \`tasks\`, which this line writes: src/jobs.js:3:7
          filled while the process starts and only read afterwards (src/jobs.js:9:1)

        · nothing to weigh here for in-memory-session, local-file-upload (the rule is
          switched off)

      ── When it runs ────────────────────────────────────────────────────────────────

        \`start\` around it runs while the process starts (guessed)

        \`lost\`: no known way to it. Whether anything runs it while the process serves
        is not known.

      ── State ───────────────────────────────────────────────────────────────────────

        \`tasks\`, a module variable, which this line writes. Its uses make it a
        \`registry\`: filled while the process starts, and only read afterwards.
          src/jobs.js:3:7  declared
          Changed:
            src/jobs.js:12:3  this line: \`start\` adds to it: while the process starts
            and 2 more places
          Read: nowhere that is known

      ── What it does outside this process ───────────────────────────────────────────

        \`tidy\` only touches its own process.

        \`remind\`:
          sends mail (\`mailer.send\`) (medium confidence)
            src/mail.js:7:1  here

        What \`plugin\` does is unknown, because of calls that could not be followed:
          src/jobs.js:15:1  \`thing.frob\` could not be resolved

      ── What makes it happen once ───────────────────────────────────────────────────

        a lock: \`withLock\` (src/jobs.js:13:1)

      ── Under which conditions ──────────────────────────────────────────────────────

        It runs in the default configuration; safe when JOBS is false.
          src/server.js:3:5  only if \`process.env.JOBS\`

      ── What stands on the line ─────────────────────────────────────────────────────

        \`cron.schedule()\` is \`schedule\` of the package \`node-cron\`
        \`thing.frob()\` could not be resolved

      ── The file ────────────────────────────────────────────────────────────────────

        Runs in: server. Part of \`shop\` (package.json). Loaded by:
          src/server.js:1:1  imports \`src/jobs.js\`
      "
    `);
  });

  it.each([50, 60, 80, 120])('keeps to %i cells', (width) => {
    const long = explanation(given, { chalk: plain, width })
      .split('\n')
      .filter((line) => line.length > width);
    expect(long).toEqual([]);
  });

  it('is the same text with colours', () => {
    const colored = explanation(given, { chalk: new Chalk({ level: 1 }), width: 80 });
    expect(colored).toContain('\u001b[');
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(explanation(given, { chalk: plain, width: 80 }));
  });

  it('lets no text of the project steer the terminal', () => {
    const evil = JSON.parse(JSON.stringify(given).replaceAll('tasks', 'ta\\u001b[2Jsks\\u202e')) as Explanation;
    expect(explanation(evil, { chalk: plain, width: 80 })).not.toMatch(/[\u001b\u202e]/);
    expect(jsonExplanation(evil)).not.toMatch(/[\u001b\u202e]/);
  });
});

describe('jsonExplanation', () => {
  it('has the shape of version 1', () => {
    expect(JSON.parse(jsonExplanation(given))).toMatchInlineSnapshot(`
      {
        "column": 3,
        "conditions": {
          "developmentOnly": false,
          "tests": [
            {
              "column": 5,
              "file": "src/server.js",
              "line": 3,
              "note": "only if \`process.env.JOBS\`",
            },
          ],
          "when": "default-config",
          "words": "safe when JOBS is false",
        },
        "effects": [
          {
            "effects": [],
            "of": "\`tidy\`",
            "unresolved": [],
            "verdict": "own-process",
          },
          {
            "effects": [
              {
                "confidence": "medium",
                "label": "sends mail (\`mailer.send\`)",
                "path": [
                  {
                    "column": 1,
                    "file": "src/mail.js",
                    "line": 7,
                    "note": "here",
                  },
                ],
                "writes": true,
              },
            ],
            "of": "\`remind\`",
            "unresolved": [],
            "verdict": "reaches",
          },
          {
            "effects": [],
            "of": "\`plugin\`",
            "unresolved": [
              {
                "column": 1,
                "file": "src/jobs.js",
                "line": 15,
                "note": "\`thing.frob\` could not be resolved",
              },
            ],
            "verdict": "unknown",
          },
        ],
        "file": "src/jobs.js",
        "functions": [
          {
            "column": 17,
            "file": "src/jobs.js",
            "line": 11,
            "name": "start",
            "phases": [
              {
                "everyInstance": false,
                "guessed": true,
                "label": "",
                "path": [
                  {
                    "column": 1,
                    "file": "src/server.js",
                    "guessed": true,
                    "line": 4,
                    "note": "\`a\` calls \`start\`",
                  },
                ],
                "phase": "boot",
              },
            ],
          },
          {
            "column": 17,
            "file": "src/jobs.js",
            "line": 11,
            "name": "lost",
            "phases": [],
          },
        ],
        "guards": [
          {
            "column": 1,
            "file": "src/jobs.js",
            "kind": "a lock",
            "label": "\`withLock\`",
            "line": 13,
          },
        ],
        "line": 12,
        "rules": [
          {
            "because": "less than medium confidence is not shown",
            "condition": "safe when JOBS is false",
            "confidence": "low",
            "doubts": [
              "the way to it was guessed from a method's name: \`a\` calls \`start\`",
            ],
            "hint": "Take a lock.",
            "message": "Every instance runs this job.",
            "place": {
              "column": 3,
              "file": "src/jobs.js",
              "line": 12,
            },
            "ruleId": "unguarded-cron",
            "severity": "error",
            "status": "below-confidence",
            "when": "default-config",
          },
          {
            "by": {
              "column": 1,
              "file": "src/jobs.js",
              "line": 9,
            },
            "message": "filled while the process starts and only read afterwards",
            "place": {
              "column": 7,
              "file": "src/jobs.js",
              "line": 3,
            },
            "relation": "\`tasks\`, which this line writes",
            "ruleId": "module-level-mutable-state",
            "status": "safe",
          },
          {
            "message": "Sessions",
            "ruleId": "in-memory-session",
            "status": "silent",
          },
          {
            "because": "the rule is switched off",
            "message": "Uploads",
            "ruleId": "local-file-upload",
            "status": "silent",
          },
        ],
        "source": {
          "application": {
            "manifest": "package.json",
            "name": "shop",
          },
          "file": "src/jobs.js",
          "processes": [],
          "roles": [
            "server",
          ],
          "way": [
            {
              "column": 1,
              "file": "src/server.js",
              "line": 1,
              "note": "imports \`src/jobs.js\`",
            },
          ],
        },
        "state": [
          {
            "column": 7,
            "file": "src/jobs.js",
            "how": "writes",
            "kind": "a module variable",
            "line": 3,
            "name": "tasks",
            "reads": [],
            "shape": "registry",
            "writes": [
              {
                "column": 3,
                "does": "adds to it",
                "file": "src/jobs.js",
                "function": "start",
                "line": 12,
                "phases": [
                  "while the process starts",
                ],
              },
            ],
          },
        ],
        "values": [
          {
            "column": 3,
            "file": "src/jobs.js",
            "is": [
              "\`schedule\` of the package \`node-cron\`",
            ],
            "line": 12,
            "text": "cron.schedule()",
          },
          {
            "column": 3,
            "file": "src/jobs.js",
            "is": [],
            "line": 12,
            "text": "thing.frob()",
          },
        ],
        "version": 1,
      }
    `);
  });
});
