import { describe, expect, it } from 'vitest';
import type { Audited } from '../model/audit.js';
import type { Config } from '../model/config.js';
import type { Finding } from '../model/finding.js';
import type { Report } from '../model/report.js';
import { directivePage, directiveRule, exitCode, judge, nearest, toReport, UNSOUND_DIRECTIVE } from './index.js';

const KNOWN = ['in-memory-session', 'unguarded-cron', 'local-file-upload'];

function config(more: Partial<Config> = {}): Config {
  return {
    rules: {},
    only: [],
    failOn: 'error',
    minConfidence: 'medium',
    ignores: [],
    guards: [],
    sharedStores: [],
    knowledge: {},
    ...more,
  };
}

function finding(line: number, more: Partial<Finding> = {}): Finding {
  const file = more.file ?? 'app.js';
  return {
    ruleId: 'in-memory-session',
    severity: 'error',
    confidence: 'high',
    when: 'always',
    triggers: ['scale-out'],
    file,
    span: [line, 1, line, 2],
    message: 'm',
    consequence: 'c',
    hint: 'h',
    evidence: [{ role: 'primary', file, span: [line, 1, line, 2], note: 'm' }],
    symbol: '',
    fingerprint: 'f',
    docs: 'd',
    ...more,
  };
}

/** An audit of one file; its directives are read off its text, as collection does. */
function audit(text: string, findings: readonly Finding[], more: Partial<Audited> = {}): Audited {
  const lines = text.split('\n');
  const directives = lines.flatMap((line, index) => {
    const found = /(?:\/\/|\/\*)\s*(mi-audit-.*?)(?:\*\/|$)/.exec(line);
    if (!found) return [];
    const { index: column } = found;
    const span = [index + 1, column + 1, index + 1, line.length + 1] as const;
    return [{ file: 'app.js', fact: { text: found[1]!.trim(), span, ownLine: line.slice(0, column).trim() === '' } }];
  });
  return {
    unread: [],
    runs: [],
    findings,
    safe: [],
    problems: [],
    directives,
    stats: { files: 1, parsed: 1, skipped: 0, unresolvedImports: 0, unresolvedLoads: 0, serving: 1, rules: 3 },
    lines: (file) => (file === 'app.js' ? lines : []),
    ...more,
  };
}

/** Every verdict in one line: `line rule status`, and what is said of directives. */
function judged(given: Audited, setting = config(), paths: readonly string[] = []): string[] {
  return judge(given, setting, paths, KNOWN).map(({ finding: { ruleId, span, message }, status, reason }) =>
    ruleId === UNSOUND_DIRECTIVE
      ? `${span[0]} ! ${message}`
      : `${span[0]} ${ruleId} ${status}${reason ? `: ${reason}` : ''}`,
  );
}

describe('directives', () => {
  it('accept a finding on the next line of code, over blank lines and comments', () => {
    const text = [
      '// mi-audit-disable-next-line in-memory-session -- one instance by contract',
      '',
      '// the session',
      '/* of the',
      '   shop */ app.use(session());',
      'app.use(session());',
    ].join('\n');
    expect(judged(audit(text, [finding(5), finding(6)]))).toEqual([
      '5 in-memory-session silenced: one instance by contract',
      '6 in-memory-session open',
    ]);
  });

  it('accept a finding on their own line', () => {
    const text = 'app.use(session()); // mi-audit-disable-line in-memory-session -- a tool for one person';
    expect(judged(audit(text, [finding(1)]))).toEqual(['1 in-memory-session silenced: a tool for one person']);
  });

  it('accept findings in a block, and only of the rules they name', () => {
    const text = [
      'a();',
      '/* mi-audit-disable in-memory-session, unguarded-cron -- legacy */',
      'b();',
      '// mi-audit-enable unguarded-cron',
      'c();',
    ].join('\n');
    const findings = [1, 3, 5].flatMap((line) => [
      finding(line),
      finding(line, { ruleId: 'unguarded-cron' }),
      finding(line, { ruleId: 'local-file-upload' }),
    ]);
    expect(judged(audit(text, findings))).toEqual([
      '1 in-memory-session open',
      '1 local-file-upload open',
      '1 unguarded-cron open',
      '3 in-memory-session silenced: legacy',
      '3 local-file-upload open',
      '3 unguarded-cron silenced: legacy',
      '5 in-memory-session silenced: legacy',
      '5 local-file-upload open',
      '5 unguarded-cron open',
    ]);
  });

  it('accept findings of the whole file, in that file only', () => {
    const text = 'a();\n// mi-audit-disable-file in-memory-session -- an example';
    expect(judged(audit(text, [finding(1), finding(1, { file: 'other.js' })]))).toEqual([
      '1 in-memory-session silenced: an example',
      '1 in-memory-session open',
    ]);
  });

  it('give the narrowest as the reason, and take the wider one for used', () => {
    const text = [
      '// mi-audit-disable-file in-memory-session -- wide',
      '// mi-audit-disable-next-line in-memory-session -- narrow',
      'a();',
    ].join('\n');
    const [verdict, ...rest] = judge(audit(text, [finding(3)]), config(), [], KNOWN);
    expect(verdict).toMatchObject({
      status: 'silenced',
      reason: 'narrow',
      by: { file: 'app.js', span: [2, 1, 2, text.split('\n')[1]!.length + 1] },
    });
    expect(rest).toEqual([]);
  });

  it('keep dashes and stars of their reason, and may run over several lines', () => {
    const fact = {
      text: 'mi-audit-disable-next-line in-memory-session\n * -- see ADR 4 -- and\n * ask Ada',
      span: [1, 1, 3, 5],
      ownLine: true,
    } as const;
    const given = audit('\n\n\na();', [finding(4)], { directives: [{ file: 'app.js', fact }] });
    expect(judged(given)).toEqual(['4 in-memory-session silenced: see ADR 4 -- and ask Ada']);
  });

  it.each([
    ['// mi-audit-disable-next-line in-memory-session', 'gives no reason'],
    ['// mi-audit-disable-next-line in-memory-session --', 'gives no reason'],
    ['// mi-audit-disable-next-line in-memory-session because it is fine', 'gives no reason'],
    ['// mi-audit-disable-next-line -- fine', 'names no rule'],
    ['// mi-audit-disable-next-line in-memory-sesion -- fine', 'names the unknown rule `in-memory-sesion`'],
    ['// mi-audit-disable-next-line in-memory-session, cron -- fine', 'names the unknown rule `cron`'],
    [
      '// mi-audit-disable-next-line in-memory-session unguarded-cron -- fine',
      'names the unknown rule `in-memory-session unguarded-cron`',
    ],
    ['// mi-audit-disable-nextline in-memory-session -- fine', '`mi-audit-disable-nextline` is not a directive'],
    ['// mi-audit-ignore in-memory-session -- fine', '`mi-audit-ignore` is not a directive'],
    ['// mi-audit-disable-next-line unsound-directive -- fine', 'cannot be silenced by a directive'],
  ])('that are unsound silence nothing and are reported: %s', (directive, said) => {
    expect(judged(audit(`${directive}\na();`, [finding(2)]))).toEqual(
      [`1 ! ${said}`, '2 in-memory-session open'].map((line) =>
        line.startsWith('1') ? expect.stringContaining(said) : line,
      ),
    );
  });

  it('name the rule or word that was meant', () => {
    const hints = (directive: string) =>
      judge(audit(directive, []), config(), [], KNOWN).map(({ finding: { hint } }) => hint);
    expect(hints('// mi-audit-disable-file in-memory-sesion -- x')).toEqual(['Did you mean `in-memory-session`?']);
    expect(hints('// mi-audit-disable-file zzzzzz -- x')).toEqual(['`mi-audit rules` lists all rules.']);
    expect(hints('// mi-audit-disable-fle in-memory-session -- x')).toEqual([
      'Write `mi-audit-disable-file RULE -- reason`.',
    ]);
  });

  it('that open a block behind code are reported instead of silencing the rest of the file', () => {
    const text = 'a(); // mi-audit-disable in-memory-session -- fine\nb();';
    expect(judged(audit(text, [finding(1), finding(2)]))).toEqual([
      '1 in-memory-session open',
      '1 ! `mi-audit-disable` behind code would silence the rest of the file.',
      '2 in-memory-session open',
    ]);
  });

  it('that end a block nobody opened are reported, but not in the wake of another mistake', () => {
    expect(judged(audit('// mi-audit-enable', []))).toEqual([
      '1 ! `mi-audit-enable` ends nothing: no rule is disabled here.',
    ]);
    const text = '// mi-audit-disable in-memory-session\na();\n// mi-audit-enable in-memory-session';
    expect(judged(audit(text, []))).toEqual(['1 ! `mi-audit-disable` gives no reason.']);
  });

  it('that silence nothing are reported, with the line that was perhaps meant', () => {
    const text = '// mi-audit-disable-next-line in-memory-session, unguarded-cron -- fine\napp.use(\n  session(),\n);';
    const [unsound] = judge(audit(text, [finding(3)]), config(), [], KNOWN);
    expect(unsound!.finding).toMatchObject({
      ruleId: UNSOUND_DIRECTIVE,
      severity: 'warning',
      confidence: 'high',
      message:
        '`mi-audit-disable-next-line` silences nothing: `in-memory-session`, `unguarded-cron` find nothing that starts on line 2.',
      hint: 'The nearest `in-memory-session` starts on line 3: move the directive directly above it, or remove it.',
    });
  });

  it('are used by findings that would not be shown anyway', () => {
    const text = '// mi-audit-disable-next-line in-memory-session -- fine\na();';
    expect(judged(audit(text, [finding(2, { confidence: 'low' })]))).toEqual(['2 in-memory-session silenced: fine']);
    expect(judged(audit(text, [finding(2)]), config(), ['other'])).toEqual(['2 in-memory-session outside-paths']);
  });

  it('are not called unused where their rule did not run or the audit is incomplete', () => {
    const text = '// mi-audit-disable-next-line in-memory-session -- fine\na();';
    expect(judged(audit(text, []), config({ rules: { 'in-memory-session': 'off' } }))).toEqual([]);
    expect(judged(audit(text, []), config({ only: ['unguarded-cron', UNSOUND_DIRECTIVE] }))).toEqual([]);
    expect(judged(audit(text, [], { problems: [{ kind: 'unparsable', level: 'error', message: '' }] }))).toEqual([]);
    expect(judged(audit(text, [], { problems: [{ kind: 'minified', level: 'note', message: '' }] }))).toHaveLength(1);
  });

  it('are reported by a name that can be remapped and switched off', () => {
    const given = audit('// mi-audit-disable-file x', []);
    expect(judge(given, config({ rules: { [UNSOUND_DIRECTIVE]: 'error' } }), [], KNOWN)[0]!.finding.severity).toBe(
      'error',
    );
    expect(judge(given, config({ rules: { [UNSOUND_DIRECTIVE]: 'off' } }), [], KNOWN)).toEqual([]);
    expect(judge(given, config({ only: ['unguarded-cron'] }), [], KNOWN)).toEqual([]);
  });

  it('have a page that explains them', () => {
    expect(directivePage).toContain(`# ${directiveRule.id}\n`);
  });
});

describe('judge', () => {
  it('remaps severities and drops rules that are off or not selected', () => {
    const findings = [
      finding(1),
      finding(2, { ruleId: 'unguarded-cron' }),
      finding(3, { ruleId: 'local-file-upload' }),
    ];
    const setting = config({
      rules: { 'in-memory-session': 'info', 'local-file-upload': 'off' },
      only: ['in-memory-session', 'local-file-upload'],
    });
    const verdicts = judge(audit('', findings), setting, [], KNOWN);
    expect(verdicts.map(({ finding: { ruleId, severity } }) => `${ruleId} ${severity}`)).toEqual([
      'in-memory-session info',
    ]);
  });

  it('holds back what is below the confidence asked for', () => {
    const findings = (['high', 'medium', 'low'] as const).map((confidence, index) =>
      finding(index + 1, { confidence }),
    );
    const statuses = (minConfidence: Config['minConfidence']) =>
      judge(audit('', findings), config({ minConfidence }), [], KNOWN).map(({ status }) => status);
    expect(statuses('high')).toEqual(['open', 'below-confidence', 'below-confidence']);
    expect(statuses('medium')).toEqual(['open', 'open', 'below-confidence']);
    expect(statuses('low')).toEqual(['open', 'open', 'open']);
  });

  it.each([
    [[], ['open', 'open', 'open']],
    [['.'], ['open', 'open', 'open']],
    [['src'], ['outside-paths', 'open', 'outside-paths']],
    [['src/'], ['outside-paths', 'open', 'outside-paths']],
    [
      ['src', 'app.js'],
      ['open', 'open', 'outside-paths'],
    ],
  ] as const)('shows findings in %j only', (paths, statuses) => {
    const findings = ['app.js', 'src/app.js', 'srcs/app.js'].map((file) => finding(1, { file }));
    expect(judge(audit('', findings), config(), paths, KNOWN).map(({ status }) => status)).toEqual(statuses);
  });
});

describe('toReport', () => {
  const setting = {
    version: '1.2.3',
    root: '/home/me/shop',
    cwd: '/home/me/shop',
    config: config(),
    reportPaths: [],
    knownRuleIds: KNOWN,
  };

  it('counts what is open, and what is not and why', () => {
    const findings = [
      finding(1),
      finding(2, { severity: 'warning' }),
      finding(3, { severity: 'warning' }),
      finding(4, { severity: 'info' }),
      finding(5, { confidence: 'low' }),
      finding(7),
    ];
    const given = audit('1\n2\n3\n4\n5\n// mi-audit-disable-next-line in-memory-session -- fine\n7', findings);
    const report = toReport(given, judge(given, config(), [], KNOWN), setting);
    expect(report.summary).toMatchObject({
      blockers: 1,
      risks: 2,
      notes: 1,
      silenced: 1,
      complete: true,
      ready: false,
    });
    expect(report.stats).toEqual({
      files: 1,
      parsed: 1,
      skipped: 0,
      unresolvedImports: 0,
      unresolvedLoads: 0,
      serving: 1,
      rules: 3,
      lowConfidence: 1,
    });
    expect(report.findings.map(({ span }) => span[0])).toEqual([1, 2, 3, 4]);
    expect(report).toMatchObject({
      tool: { name: 'mi-audit', version: '1.2.3' },
      failOn: 'error',
      exitCode: 1,
      notRun: [],
    });
  });

  it('is not ready when incomplete or when there was nothing to audit', () => {
    const summaryOf = (given: Audited) => toReport(given, [], setting).summary;
    expect(summaryOf(audit('', []))).toMatchObject({ complete: true, ready: true });
    expect(summaryOf(audit('', [], { problems: [{ kind: 'unparsable', level: 'error', message: '' }] }))).toMatchObject(
      { complete: false, ready: false },
    );
    const stats = { files: 0, parsed: 0, skipped: 0, unresolvedImports: 0, unresolvedLoads: 0, serving: 1, rules: 3 };
    expect(summaryOf(audit('', [], { stats }))).toMatchObject({ complete: true, ready: false });
    const nothing = { ...stats, files: 5, parsed: 5, serving: 0 };
    expect(summaryOf(audit('', [], { stats: nothing }))).toMatchObject({ complete: true, ready: false });
  });

  it('writes every path as seen from the working directory', () => {
    const given = audit(
      '// mi-audit-disable-next-line in-memory-session -- fine\na();',
      [finding(2), finding(9, { file: 'src/b.js' })],
      {
        safe: [
          {
            ruleId: 'unguarded-cron',
            file: 'src/b.js',
            span: [1, 1, 1, 2],
            reason: 'r',
            because: { file: 'app.js', span: [1, 1, 1, 2] },
          },
        ],
        problems: [{ kind: 'unparsable', level: 'error', file: 'src/c.js', message: '' }],
      },
    );
    const report = toReport(given, judge(given, config(), [], KNOWN), { ...setting, cwd: '/home/me/shop/src' });
    expect(report.findings.map(({ file, evidence }) => [file, evidence[0]!.file])).toEqual([['b.js', 'b.js']]);
    expect(report.verdicts[0]).toMatchObject({ finding: { file: '../app.js' }, by: { file: '../app.js' } });
    expect(report.safe[0]).toMatchObject({ file: 'b.js', because: { file: '../app.js' } });
    expect(report.problems[0]!.file).toBe('c.js');
  });

  it('holds two lines around every open finding, where the text is known', () => {
    const given = audit('1\n2\n3\n4\n5\n6', [finding(1), finding(4), finding(6), finding(2, { file: 'package.json' })]);
    const { excerpts } = toReport(given, judge(given, config(), [], KNOWN), setting);
    expect(excerpts).toEqual({
      'app.js:1': { file: 'app.js', start: 1, lines: ['1', '2', '3'] },
      'app.js:4': { file: 'app.js', start: 2, lines: ['2', '3', '4', '5', '6'] },
      'app.js:6': { file: 'app.js', start: 4, lines: ['4', '5', '6'] },
    });
  });

  it('tells safe candidates of the paths and rules in question, and which rules did not run', () => {
    const safe = ['app.js', 'src/b.js'].flatMap((file) =>
      KNOWN.map((ruleId) => ({ ruleId, file, span: [1, 1, 1, 2] as const, reason: 'r' })),
    );
    const only = config({ only: ['unguarded-cron'] });
    const report = toReport(audit('', [], { safe }), [], { ...setting, config: only, reportPaths: ['src'] });
    expect(report.safe.map(({ ruleId, file }) => `${ruleId} ${file}`)).toEqual(['unguarded-cron src/b.js']);
    expect(report.notRun).toEqual(['in-memory-session', 'local-file-upload']);
  });

  it('lists errors before notes, by file', () => {
    const problems = [
      { kind: 'minified', level: 'note', file: 'a.js', message: '' },
      { kind: 'unparsable', level: 'error', file: 'z.js', message: '' },
      { kind: 'unparsable', level: 'error', file: 'b.js', message: '' },
    ] as const;
    const report = toReport(audit('', [], { problems }), [], setting);
    expect(report.problems.map(({ file }) => file)).toEqual(['b.js', 'z.js', 'a.js']);
  });
});

describe('exitCode', () => {
  const given = (severity: Finding['severity'] | undefined, failOn: Report['failOn'], level?: 'error' | 'note') =>
    exitCode({
      findings: severity ? [finding(1, { severity })] : [],
      failOn,
      problems: level ? [{ kind: 'unparsable', level, message: '' }] : [],
    });

  it.each([
    [undefined, 'info', undefined, 0],
    ['info', 'info', undefined, 1],
    ['info', 'warning', undefined, 0],
    ['warning', 'warning', 'note', 1],
    ['warning', 'error', 'note', 0],
    ['error', 'error', undefined, 1],
    ['error', 'never', undefined, 0],
    ['error', 'error', 'error', 3],
    ['error', 'never', 'error', 3],
    [undefined, 'error', 'error', 3],
  ] as const)('with a finding of %s, --fail-on %s and a problem of %s is %i', (severity, failOn, level, code) => {
    expect(given(severity, failOn, level)).toBe(code);
  });
});

describe('nearest', () => {
  it.each([
    ['in-memory-sesion', 'in-memory-session'],
    ['In-Memory-Session', 'in-memory-session'],
    ['cron', 'unguarded-cron'],
    ['unguardedcron', 'unguarded-cron'],
    ['xy', undefined],
    ['something-else-entirely', undefined],
  ])('%s -> %s', (word, meant) => {
    expect(nearest(word, KNOWN)).toBe(meant);
  });
});
