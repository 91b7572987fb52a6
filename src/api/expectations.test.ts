import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/finding.js';
import { blankExpectations, differences, readExpectations } from './expectations.js';

const read = (text: string) => readExpectations(new Map([['app.js', text]]));
const nothing = { findings: [], safe: [], problems: [] };

function finding(line: number, over: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'unguarded-cron',
    file: 'app.js',
    span: [line, 1, line, 5],
    severity: 'error',
    confidence: 'high',
    when: 'always',
    triggers: ['scale-out'],
    message: 'The job runs on every instance.',
    consequence: 'Everybody gets two mails.',
    hint: 'Take a lock.',
    evidence: [
      { role: 'primary', file: 'app.js', span: [line, 1, line, 5], note: 'scheduled here' },
      { role: 'effect', file: 'mail.js', span: [9, 1, 9, 5], note: 'sends mail' },
    ],
    symbol: 'app',
    fingerprint: '0',
    docs: '',
    ...over,
  };
}

describe('readExpectations', () => {
  it.each([
    ['a line comment', 'cron(); // expect: unguarded-cron'],
    ['a block comment', 'cron(/* expect: unguarded-cron */);'],
    ['a shell or YAML comment', 'cron  # expect: unguarded-cron'],
    ['an SQL comment', 'select 1 -- expect: unguarded-cron'],
    ['a comment in markup', '<p> <!-- expect: unguarded-cron --> </p>'],
    ['JSX', '<p>{/* expect: unguarded-cron */}</p>'],
    ['a line that ends with CR and LF', 'cron(); // expect: unguarded-cron\r'],
  ])('reads %s', (_, line) => {
    expect(read(`\n${line}\n`)).toEqual([{ file: 'app.js', line: 2, ruleId: 'unguarded-cron' }]);
  });

  it('reads several, with and without when', () => {
    expect(read('x; // expect: in-memory-session default-config, unguarded-cron')).toEqual([
      { file: 'app.js', line: 1, ruleId: 'in-memory-session', when: 'default-config' },
      { file: 'app.js', line: 1, ruleId: 'unguarded-cron' },
    ]);
  });

  it.each([
    '"//": "expect-next-line: migration-at-boot",',
    '"//start": "expect-next-line: migration-at-boot" },',
    '  // expect-next-line: migration-at-boot',
  ])('reads %s as speaking of the following line', (line) => {
    expect(read(`{\n${line}\n}`)).toEqual([{ file: 'app.js', line: 3, ruleId: 'migration-at-boot' }]);
  });

  it('reads nothing into other text', () => {
    expect(read("expect: 1;\nexpect(a).toBe(b); // we expect: not much\nconst url = 'http://expect';")).toEqual([]);
  });

  it('refuses an expectation that it cannot read', () => {
    expect(() => read('\n// expect: unguarded-cron sometimes')).toThrow(
      /^app\.js:2: cannot read the expectation `unguarded-cron sometimes`; write/,
    );
    expect(() => read('// expect:')).toThrow(/app\.js:1: cannot read the expectation ``/);
  });
});

describe('blankExpectations', () => {
  it('takes the words out and moves nothing', () => {
    const text = 'a(); // expect: in-memory-session\r\nb(/* expect: unguarded-cron */);\n// kept';
    const blank = blankExpectations(text);
    expect(blank).toBe('a(); //                          \r\nb(/*                        */);\n// kept');
    expect(blank).toHaveLength(text.length);
  });
});

describe('differences', () => {
  const expected = read('// expect: unguarded-cron');

  it('is empty where findings and expectations agree, one for one', () => {
    expect(differences(expected, { ...nothing, findings: [finding(1)] })).toEqual([]);
    expect(differences([...expected, ...expected], { ...nothing, findings: [finding(1), finding(1)] })).toEqual([]);
  });

  it('names what is missing, with the reason recorded nearby', () => {
    const reason = { ruleId: 'unguarded-cron', file: 'app.js', span: [2, 1, 2, 3] as const, reason: 'a lock is taken' };
    const elsewhere = { ...reason, span: [40, 1, 40, 3] as const, reason: 'far away' };
    expect(differences(expected, { ...nothing, safe: [reason, elsewhere] })).toEqual([
      'missing  app.js:1 unguarded-cron\n           called safe at line 2: a lock is taken',
    ]);
  });

  it('names a finding that nothing expects, with its evidence', () => {
    expect(differences([], { ...nothing, findings: [finding(7)] })).toEqual([
      'extra    app.js:7 unguarded-cron (always, high) The job runs on every instance.\n           effect mail.js:9 sends mail',
    ]);
  });

  it('takes a second finding on an expected line for an extra one', () => {
    expect(differences(expected, { ...nothing, findings: [finding(1), finding(1)] })).toHaveLength(1);
  });

  it('leaves low confidence out of both', () => {
    const low = finding(1, { confidence: 'low' });
    expect(differences([], { ...nothing, findings: [low] })).toEqual([]);
    expect(differences(expected, { ...nothing, findings: [low] })).toEqual([
      'missing  app.js:1 unguarded-cron\n           found at line 1, always, with low confidence',
    ]);
  });

  it('holds an expectation to its when', () => {
    const conditional = read('// expect: unguarded-cron default-config');
    expect(differences(conditional, { ...nothing, findings: [finding(1, { when: 'default-config' })] })).toEqual([]);
    expect(differences(conditional, { ...nothing, findings: [finding(1)] })).toHaveLength(2);
  });

  it('counts a failure of the tool as a difference, a note not', () => {
    const problem = { kind: 'rule-crash', level: 'error', message: 'the rule failed' } as const;
    expect(differences([], { ...nothing, problems: [problem, { ...problem, level: 'note' }] })).toEqual([
      'problem   the rule failed',
    ]);
  });
});
