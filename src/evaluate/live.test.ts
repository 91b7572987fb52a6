import { describe, expect, it } from 'vitest';
import type { Finding, Trigger } from '../model/finding.js';
import type { Operation } from '../model/production.js';
import type { Deployed } from '../model/program.js';
import { withLive } from './live.js';

const place = { file: 'web.yaml', span: [6, 13, 6, 14] as const };
const elsewhere = { file: 'web.yaml', span: [8, 3, 8, 9] as const };

function finding(triggers: readonly Trigger[], more: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'one',
    severity: 'warning',
    confidence: 'high',
    when: 'always',
    triggers,
    file: 'a.js',
    span: [1, 1, 1, 2],
    message: 'There is something.',
    consequence: 'It breaks.',
    hint: 'Mend it.',
    evidence: [],
    symbol: '',
    fingerprint: '',
    docs: '',
    ...more,
  };
}

function operation(count: number | undefined, overlap?: boolean): Operation {
  return {
    name: 'web',
    deployed: {} as Deployed,
    processes: [],
    environment: {},
    ...(count === undefined
      ? {}
      : { instances: { value: { min: count, max: count }, words: `runs ${count} instances`, place } }),
    ...(overlap === undefined ? {} : { overlap: { value: overlap, words: 'overlaps', place: elsewhere } }),
  };
}

function judged(given: Finding, ...operations: readonly Operation[]): string {
  const { live, severity, evidence } = withLive(given, { operationsOf: () => operations });
  const at = live?.place ? ` (${live.place.file}:${live.place.span[0]})` : '';
  return live
    ? `${live.is} at ${live.at.join('+') || '-'}, open ${live.open.join('+') || '-'}: ${live.why}${at}; ${severity}, ${evidence.length} steps`
    : 'no event matters';
}

const ALL: readonly Trigger[] = ['scale-out', 'rolling-deploy', 'restart', 'crash'];

describe('live or latent', () => {
  it('several instances make a finding live, and raise it', () => {
    expect(judged(finding(ALL), operation(3, true))).toBe(
      'yes at scale-out+rolling-deploy+restart+crash, open -: `web` runs 3 instances (web.yaml:6); error, 1 steps',
    );
    expect(judged(finding(['scale-out'], { severity: 'info' }), operation(2))).toContain('; warning,');
  });

  it('what a setting decides, or is little sure, is not raised', () => {
    expect(judged(finding(['scale-out'], { when: 'default-config' }), operation(2))).toContain('yes at scale-out');
    expect(judged(finding(['scale-out'], { when: 'default-config' }), operation(2))).toContain('; warning,');
    expect(judged(finding(['scale-out'], { confidence: 'low' }), operation(2))).toContain('; warning,');
    expect(judged(finding(['scale-out'], { when: 'optional-config' }), operation(2))).toMatch(/^unknown at scale-out/);
  });

  it('one instance beside which the next starts makes it bite at each deploy', () => {
    expect(judged(finding(['scale-out', 'rolling-deploy']), operation(1, true))).toBe(
      'yes at rolling-deploy, open -: `web` overlaps (web.yaml:8); warning, 1 steps',
    );
    expect(judged(finding(['rolling-deploy']), operation(1, true))).toMatch(/^yes at rolling-deploy/);
  });

  it('one instance that stops first leaves it latent, but for restarts and crashes', () => {
    expect(judged(finding(['scale-out', 'rolling-deploy']), operation(1, false))).toBe(
      'no at -, open -: `web` runs 1 instances (web.yaml:6); warning, 1 steps',
    );
    expect(judged(finding(ALL), operation(1, false))).toMatch(/^yes at restart\+crash, open -/);
  });

  it('what nobody says stays open', () => {
    expect(judged(finding(['scale-out']))).toMatch(/^unknown at -, open scale-out: nothing says/);
    expect(judged(finding(['scale-out']), operation(1), operation(undefined))).toMatch(/^unknown/);
    expect(judged(finding(['restart']))).toMatch(/^yes at restart, open -: it takes no second instance/);
    expect(judged(finding(['rolling-deploy']))).toContain('nothing says how it is replaced');
  });

  it('that the old version stops first is no reason while nobody says how many run', () => {
    expect(judged(finding(ALL), operation(undefined, false))).toBe(
      'yes at restart+crash, open scale-out: it takes no second instance: a process is restarted, and crashes; warning, 0 steps',
    );
    expect(judged(finding(['scale-out', 'rolling-deploy']), operation(undefined, false))).toBe(
      'unknown at -, open scale-out: nothing says how often it runs; warning, 0 steps',
    );
  });

  it('one of several workloads is enough', () => {
    expect(judged(finding(['scale-out']), operation(1), operation(4))).toContain(
      'yes at scale-out, open -: `web` runs 4',
    );
  });

  it('is nothing to say where no event matters, and no step where it stands there already', () => {
    expect(judged(finding([]), operation(3))).toBe('no event matters');
    expect(judged(finding(['scale-out'], place), operation(1))).toContain('0 steps');
  });
});
