import { describe, expect, it } from 'vitest';
import type { BaselineEntry } from '../model/baseline.js';
import type { Finding, Verdict } from '../model/finding.js';
import { baselinedBy, baselineText, readBaseline, updateBaseline } from './baseline.js';

const finding = (fingerprint: string, more: Partial<Finding> = {}): Finding => ({
  ruleId: 'unguarded-cron',
  severity: 'error',
  confidence: 'high',
  when: 'always',
  triggers: [],
  file: 'a.js',
  span: [1, 1, 1, 2],
  message: 'now',
  consequence: 'c',
  hint: 'h',
  evidence: [],
  symbol: 's',
  fingerprint,
  docs: 'd',
  ...more,
});

const entry = (fingerprint: string, more: Partial<BaselineEntry> = {}): BaselineEntry => ({
  fingerprint,
  rule: 'unguarded-cron',
  file: 'a.js',
  symbol: 's',
  message: 'then',
  reason: 'known',
  date: '2026-01-01',
  ...more,
});

const TODAY = '2026-11-21';
const SEEN = { ran: () => true, within: () => true, complete: true };
const verdict = (found: Finding, status: Verdict['status']): Verdict => ({ finding: found, status });

function updated(before: readonly BaselineEntry[], verdicts: readonly Verdict[], seen: Partial<typeof SEEN> = {}) {
  return updateBaseline(before, verdicts, { ...SEEN, ...seen }, { today: TODAY, enforced: [] });
}

describe('what a baseline holds', () => {
  const held = (findings: readonly Finding[], baseline: readonly BaselineEntry[], enforced: readonly string[] = []) =>
    [...baselinedBy(findings, baseline, TODAY, enforced).keys()].map((one) => findings.indexOf(one));

  it('is as many findings as an entry stands for', () => {
    const same = [finding('f'), finding('f'), finding('f')];
    expect(held(same, [entry('f')])).toEqual([0]);
    expect(held(same, [entry('f', { count: 2 })])).toEqual([0, 1]);
    expect(held(same, [entry('f'), entry('f')])).toEqual([0, 1]);
  });

  it('is nothing for another rule, an enforced one, or after its last day', () => {
    expect(held([finding('f')], [entry('f', { rule: 'in-memory-session' })])).toEqual([]);
    expect(held([finding('f')], [entry('f')], ['unguarded-cron'])).toEqual([]);
    expect(held([finding('f')], [entry('f', { expires: '2026-11-20' })])).toEqual([]);
    expect(held([finding('f')], [entry('f', { expires: TODAY })])).toEqual([0]);
  });
});

describe('an update', () => {
  it('takes in what is open, drops what is gone and keeps what people wrote', () => {
    const update = updated(
      [entry('kept', { owner: '@web', expires: '2027-01-01' }), entry('gone')],
      [
        verdict(finding('kept'), 'baselined'),
        verdict(finding('new'), 'open'),
        verdict(finding('low'), 'below-confidence'),
      ],
    );
    expect(update).toMatchObject({ added: 1, removed: 1 });
    expect(update.baseline).toEqual([
      entry('kept', { owner: '@web', expires: '2027-01-01', message: 'now' }),
      entry('new', { message: 'now', date: TODAY, reason: expect.stringContaining('not looked at yet') }),
    ]);
  });

  it('leaves alone what the audit did not look at', () => {
    const before = [entry('f')];
    for (const seen of [{ ran: () => false }, { within: () => false }, { complete: false }])
      expect(updated(before, [], seen)).toEqual({ baseline: before, added: 0, removed: 0 });
  });

  it('counts more of the same, and drops what a directive accepts', () => {
    const three = [verdict(finding('f'), 'baselined'), verdict(finding('f'), 'open'), verdict(finding('f'), 'open')];
    expect(updated([entry('f')], three).baseline).toEqual([entry('f', { message: 'now', count: 3 })]);
    expect(updated([entry('f')], [verdict(finding('f'), 'silenced')])).toEqual({ baseline: [], added: 0, removed: 1 });
  });

  it('makes one of two entries for the same finding', () => {
    expect(
      updated([entry('f'), entry('f', { reason: 'other' })], [verdict(finding('f'), 'baselined')]).baseline,
    ).toEqual([entry('f', { message: 'now' })]);
  });
});

describe('the file', () => {
  it('is read as it was written, in an order of its own', () => {
    const baseline = [entry('2', { file: 'b.js', owner: 'Ada', count: 2 }), entry('1', { expires: '2027-01-01' })];
    const text = baselineText(baseline);
    expect(readBaseline(text, 'b.json')).toEqual([baseline[1], baseline[0]]);
    expect(baselineText([...baseline].reverse())).toBe(text);
    expect(readBaseline(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'b.json')).toHaveLength(2);
  });

  it.each([
    [{ date: '2026-13-01' }, '"date": "2026-13-01", which is no day'],
    [{ expires: 'soon' }, '"expires": "soon", which is no day'],
    [{ count: 0 }, 'a "count" that is no number from 1 on'],
    [{ owner: 1 }, 'an "owner" that is no text'],
    [{ reason: undefined }, 'no text "reason"'],
  ])('is refused with %j', (more, said) => {
    const text = JSON.stringify({ version: 1, findings: [{ ...entry('f'), ...more }] });
    expect(() => readBaseline(text, 'b.json')).toThrow(said);
  });
});
