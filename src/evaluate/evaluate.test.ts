import { describe, expect, it } from 'vitest';
import type { Finding, RawFinding } from '../model/finding.js';
import type { Program } from '../model/program.js';
import type { Rule } from '../model/rule.js';
import type { Span } from '../model/span.js';
import { UNTIMED } from '../model/timings.js';
import { evaluate } from './index.js';

const program = { operationsOf: () => [] } as unknown as Program;
const fresh = { ...program };
const texts: Record<string, readonly string[]> = {
  'a.js': ['const a = new Map();', '', 'const  a = new   Map();'],
  'b.js': ['x()', 'x()'],
};
const lines = (file: string) => texts[file] ?? [];

function raw(file: string, span: Span, more: Partial<RawFinding> = {}): RawFinding {
  return {
    file,
    span,
    confidence: 'high',
    when: 'always',
    message: 'A map is written.',
    consequence: 'Lost data.',
    hint: 'Use the database.',
    evidence: [],
    symbol: 'a',
    ...more,
  };
}

function rule(id: string, ...findings: readonly RawFinding[]): Rule {
  return {
    meta: { id, title: id, category: 'state', severity: 'warning', triggers: ['scale-out'] },
    check: (context) => findings.forEach(context.report),
  };
}

const places = (findings: readonly Finding[]) =>
  findings.map(({ ruleId, file, span }) => `${ruleId} ${file}:${span[0]}:${span[1]}`);

describe('evaluate', () => {
  it('fills in what comes from the rule', () => {
    const { findings, problems } = evaluate(program, [rule('one', raw('a.js', [1, 7, 1, 8]))], lines);
    expect(problems).toEqual([]);
    expect(findings).toEqual([
      {
        ...raw('a.js', [1, 7, 1, 8]),
        ruleId: 'one',
        severity: 'warning',
        triggers: ['scale-out'],
        evidence: [{ role: 'primary', file: 'a.js', span: [1, 7, 1, 8], note: 'A map is written.' }],
        docs: 'https://github.com/mi-audit/mi-audit/blob/main/rules/one/README.md',
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
        live: {
          is: 'unknown',
          at: [],
          open: ['scale-out'],
          why: 'nothing says how often it runs',
        },
      },
    ]);
  });

  it('keeps severity and triggers that a rule chose for a finding', () => {
    const { findings } = evaluate(
      program,
      [rule('one', raw('a.js', [1, 7, 1, 8], { severity: 'error', triggers: ['crash'] }))],
      lines,
    );
    expect(findings[0]).toMatchObject({ severity: 'error', triggers: ['crash'] });
  });

  it('orders by file, line, column and rule, whatever the order of reporting', () => {
    const first = rule('one', raw('b.js', [2, 1, 2, 2]), raw('a.js', [3, 1, 3, 6]), raw('a.js', [1, 7, 1, 8]));
    const second = rule('two', raw('a.js', [1, 7, 1, 8]), raw('a.js', [1, 1, 1, 6]));
    const { findings } = evaluate(program, [second, first], lines);
    expect(places(findings)).toEqual(['two a.js:1:1', 'one a.js:1:7', 'two a.js:1:7', 'one a.js:3:1', 'one b.js:2:1']);
    expect(evaluate(program, [first, second], lines).findings).toEqual(findings);
  });

  it('keeps the stronger of two findings of one rule at one place', () => {
    const weak = raw('a.js', [1, 7, 1, 8], { confidence: 'medium', message: 'weak' });
    const strong = raw('a.js', [1, 7, 1, 20], { severity: 'error', confidence: 'low', message: 'strong' });
    for (const order of [
      [weak, strong, weak],
      [strong, weak],
    ]) {
      const { findings } = evaluate(program, [rule('one', ...order)], lines);
      expect(findings.map(({ message }) => message)).toEqual(['strong']);
    }
  });

  it('puts the primary step first and adds it only where the rule gave none', () => {
    const entry = { role: 'entry', file: 'b.js', span: [1, 1, 1, 2], note: 'started here' } as const;
    const primary = { role: 'primary', file: 'a.js', span: [1, 7, 1, 8], note: 'declared here' } as const;
    const { findings } = evaluate(
      program,
      [
        rule('one', raw('a.js', [1, 7, 1, 8], { evidence: [entry, primary] })),
        rule('two', raw('a.js', [1, 7, 1, 8], { evidence: [entry] })),
      ],
      lines,
    );
    expect(findings[0]!.evidence).toEqual([primary, entry]);
    expect(findings[1]!.evidence).toEqual([{ ...primary, note: 'A map is written.' }, entry]);
  });

  it('contains the crash of a rule and names rule and file', () => {
    const crashing: Rule = {
      meta: { id: 'bad', title: '', category: 'state', severity: 'error', triggers: [] },
      check(context) {
        context.report(raw('b.js', [1, 1, 1, 2]));
        throw Object.assign(new Error('no such thing'), { file: 'b.js' });
      },
    };
    const { findings, problems } = evaluate(program, [crashing, rule('one', raw('a.js', [1, 7, 1, 8]))], lines);
    expect(places(findings)).toEqual(['one a.js:1:7', 'bad b.js:1:1']);
    expect(problems).toEqual([
      {
        kind: 'rule-crash',
        level: 'error',
        rule: 'bad',
        file: 'b.js',
        message: expect.stringContaining('the rule bad failed (no such thing)'),
      },
    ]);
  });

  it('ends a rule that does not end, and gives those that follow a program that nobody has cut off', () => {
    const seen: unknown[] = [];
    const endless: Rule = {
      meta: { id: 'endless', title: '', category: 'state', severity: 'error', triggers: [] },
      check() {
        for (;;);
      },
    };
    const looking: Rule = { ...rule('one', raw('a.js', [1, 7, 1, 8])) };
    const { findings, problems } = evaluate(
      program,
      [
        endless,
        {
          ...looking,
          check(context) {
            seen.push(context.program);
            looking.check(context);
          },
        },
      ],
      lines,
      UNTIMED,
      { limit: 200, relink: () => fresh },
    );
    expect(seen).toEqual([fresh]);
    expect(places(findings)).toEqual(['one a.js:1:7']);
    expect(problems).toMatchObject([
      { kind: 'rule-crash', rule: 'endless', message: expect.stringContaining('it took more than 0.2 seconds') },
    ]);
  });

  it.each([
    ['points to line 4', [4, 1, 4, 2]],
    ['points behind the end of a line', [1, 22, 1, 23]],
    ['points behind the end of a line', [1, 1, 1, 22]],
    ['ends before it starts', [3, 1, 1, 1]],
    ['ends before it starts', [1, 5, 1, 4]],
    ['impossible place', [0, 1, 1, 1]],
    ['impossible place', [1, Number.NaN, 1, 1]],
  ] as const)('leaves out a finding that %s and says so', (flaw, span) => {
    const { findings, problems } = evaluate(program, [rule('one', raw('a.js', span))], lines);
    expect(findings).toEqual([]);
    expect(problems).toMatchObject([
      { kind: 'rule-crash', level: 'error', rule: 'one', file: 'a.js', message: expect.stringContaining(flaw) },
    ]);
  });

  it('leaves out a finding without words', () => {
    const { findings, problems } = evaluate(program, [rule('one', raw('a.js', [1, 1, 1, 2], { hint: ' ' }))], lines);
    expect(findings).toEqual([]);
    expect(problems[0]!.message).toContain('has no hint');
  });

  it('drops a step of evidence that cannot be, and keeps the finding', () => {
    const step = { role: 'entry', file: 'b.js', span: [9, 1, 9, 2], note: 'nowhere' } as const;
    const { findings, problems } = evaluate(
      program,
      [rule('one', raw('a.js', [1, 7, 1, 8], { evidence: [step] }))],
      lines,
    );
    expect(findings[0]!.evidence.map(({ role }) => role)).toEqual(['primary']);
    expect(problems).toMatchObject([
      { file: 'b.js', message: expect.stringContaining('a step of its evidence points to line 9') },
    ]);
  });

  it('accepts places in files whose text is not known, such as descriptors', () => {
    const { findings, problems } = evaluate(program, [rule('one', raw('package.json', [12, 5, 12, 30]))], lines);
    expect(places(findings)).toEqual(['one package.json:12:5']);
    expect(problems).toEqual([]);
  });

  describe('fingerprints', () => {
    const printsOf = (text: readonly string[], ...findings: readonly RawFinding[]) =>
      evaluate(program, [rule('one', ...findings)], () => text).findings.map(({ fingerprint }) => fingerprint);

    it('survive edits above and other white space', () => {
      const before = printsOf(['const a = new Map();'], raw('a.js', [1, 1, 1, 21]));
      const after = printsOf(['// new', '', '  const  a = new   Map();'], raw('a.js', [3, 3, 3, 26]));
      expect(after).toEqual(before);
    });

    it('differ by rule, file, symbol and text', () => {
      const text = ['const a = new Map();', 'const b = new Map();'];
      const prints = [
        ...printsOf(text, raw('a.js', [1, 7, 1, 8])),
        ...printsOf(text, raw('b.js', [1, 7, 1, 8])),
        ...printsOf(text, raw('a.js', [1, 7, 1, 8], { symbol: 'other' })),
        ...printsOf(text, raw('a.js', [2, 7, 2, 8])),
        ...evaluate(program, [rule('two', raw('a.js', [1, 7, 1, 8]))], () => text).findings.map(
          ({ fingerprint }) => fingerprint,
        ),
      ];
      expect(new Set(prints).size).toBe(prints.length);
    });

    it('tell equal findings apart by their order', () => {
      const once = printsOf(['x()'], raw('a.js', [1, 1, 1, 4]));
      const twice = printsOf(['x()', 'x()'], raw('a.js', [2, 1, 2, 4]), raw('a.js', [1, 1, 1, 4]));
      expect(twice[0]).toBe(once[0]);
      expect(twice[1]).not.toBe(once[0]);
    });
  });

  it('collects safe candidates in order, each once, and never beside a finding of the same rule', () => {
    const weighing: Rule = {
      ...rule('one'),
      check(context) {
        context.safe({ file: 'b.js', span: [1, 1, 1, 2], reason: 'a lock' });
        context.safe({ file: 'a.js', span: [3, 1, 3, 6], reason: 'a handle' });
        context.safe({ file: 'b.js', span: [1, 1, 1, 2], reason: 'a lock' });
        context.safe({ file: 'b.js', span: [2, 1, 2, 2], reason: 'a lock' });
        context.report(raw('b.js', [2, 1, 2, 4]));
      },
    };
    const { safe } = evaluate(program, [weighing], lines);
    expect(safe).toEqual([
      { ruleId: 'one', file: 'a.js', span: [3, 1, 3, 6], reason: 'a handle' },
      { ruleId: 'one', file: 'b.js', span: [1, 1, 1, 2], reason: 'a lock' },
    ]);
  });
});

describe('a rule written without types', () => {
  const wrong = (broken: unknown): Rule => ({
    ...rule('acme/wrong'),
    check: ({ report }) => report(broken as RawFinding),
  });
  const good = rule('good', raw('a.js', [1, 7, 1, 8]));
  const sound = raw('a.js', [1, 1, 1, 6]);

  it.each<[string, unknown, string]>([
    ['nothing', undefined, '`report` takes a finding'],
    ['no place', { ...sound, span: undefined }, 'has no place'],
    ['no file', { ...sound, file: 7 }, 'has no place'],
    ['no words', { ...sound, message: 7 }, 'has no message'],
    ['an unknown confidence', { ...sound, confidence: 'sure' }, 'unknown confidence sure'],
    ['an unknown condition', { ...sound, when: 'sometimes' }, 'which means nothing'],
    ['an unknown severity', { ...sound, severity: 'fatal' }, 'unknown severity fatal'],
    ['no symbol', { ...sound, symbol: undefined }, 'has no symbol'],
    ['evidence that is none', { ...sound, evidence: [null] }, 'evidence without words'],
  ])('that reports %s costs its own findings', (_, broken, words) => {
    const { findings, problems } = evaluate(program, [wrong(broken), good], lines);
    expect(places(findings)).toEqual(['good a.js:1:7']);
    expect(problems).toMatchObject([{ kind: 'rule-crash', level: 'error', rule: 'acme/wrong' }]);
    expect(problems[0]?.message).toContain(words);
  });

  it('that is asynchronous is named, and does not end the process', async () => {
    const late: Rule = { ...rule('acme/late'), check: () => Promise.reject(new Error('too late')) as never };
    const { findings, problems } = evaluate(program, [late, good], lines);
    expect(places(findings)).toEqual(['good a.js:1:7']);
    expect(problems[0]?.message).toContain('its `check` is asynchronous');
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('of a plugin has the page that the plugin gives', () => {
    const own = rule('acme/one', sound);
    const docs = 'https://acme.example/one';
    expect(evaluate(program, [{ ...own, meta: { ...own.meta, docs } }], lines).findings[0]?.docs).toBe(docs);
    expect(evaluate(program, [own], lines).findings[0]?.docs).toMatch(/docs\/plugins\.md#rules-with-a-slash$/);
  });
});
