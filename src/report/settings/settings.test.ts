import { describe, expect, it } from 'vitest';
import type { Finding } from '../../model/finding.js';
import { SHEET_FORMATS, sheetText } from './formats.js';
import { sheetOf } from './sheet.js';

function finding(ruleId: string, line: number, condition?: string): Finding {
  const place = { file: 'src/app.js', span: [line, 1, line, 9] as const };
  return {
    ...place,
    ruleId,
    severity: 'error',
    confidence: 'high',
    when: condition === undefined ? 'always' : condition.includes('safe') ? 'default-config' : 'optional-config',
    ...(condition === undefined ? {} : { condition }),
    triggers: ['scale-out'],
    message: 'm',
    consequence: 'c',
    hint: 'h',
    symbol: 's',
    fingerprint: `${ruleId}:${line}`,
    docs: 'd',
    evidence: [
      { role: 'primary', ...place, note: 'here' },
      { role: 'condition', file: 'src/config.js', span: [line + 100, 1, line + 100, 9], note: 'depends' },
    ],
  };
}

function choices(condition: string): unknown {
  const [entry] = sheetOf({ findings: [finding('a', 1, condition)] }).set;
  return entry?.choices.map((choice) => choice.map(({ name, to, values }) => [name, to, ...values].join(' ')));
}

describe('what is to be set', () => {
  it.each([
    ['safe when REDIS_URL is set', [['REDIS_URL anything']]],
    ["safe when STORE is 'redis' or 'valkey'", [['STORE value redis valkey']]],
    ["safe when A is set and B is 'x'", [['A anything', 'B value x']]],
    ['safe when A is set; safe when B is not set', [['A anything'], ['B unset']]],
    ["safe when MODE is neither 'a' nor 'b'", [['MODE other than a b']]],
    ["safe when MODE is set and not 'local'", [['MODE anything local']]],
    ['safe when cluster.enabled is true', [['cluster.enabled value true']]],
    ['safe when POOL is 32 or less', [['POOL at most 32']]],
    ['safe when HOSTS says otherwise', [['HOSTS says']]],
    ["safe when API_KEY is 'abc123'", [['API_KEY anything']]],
  ])('%s', (condition, expected) => {
    expect(choices(condition)).toEqual(expected);
  });

  it('keeps words that name no setting, and what would turn findings on', () => {
    const sheet = sheetOf({
      findings: [
        finding('a', 1, 'safe when its setting is 32 or less'),
        finding('b', 2, "only when JOBS is 'yes'"),
        finding('c', 3),
      ],
    });
    expect(sheet.others.map(({ words }) => words)).toEqual(['safe when its setting is 32 or less']);
    expect(sheet.leave.map((entry) => entry.choices)).toEqual([[[{ name: 'JOBS', to: 'value', values: ['yes'] }]]]);
    expect(sheet.remaining).toBe(1);
  });

  it('asks once, with the values that turn nothing else on', () => {
    const sheet = sheetOf({
      findings: [
        finding('a', 1, "safe when DB is 'sqlite' or 'postgres'"),
        finding('b', 2, "only when DB is 'sqlite'"),
        finding('c', 3, "safe when MODE is 'queue'"),
        finding('d', 4, "safe when MODE is 'queue'; safe when OFF is set"),
      ],
    });
    expect(sheet.set.map((entry) => [entry.choices, entry.findings.map(({ ruleId }) => ruleId)])).toEqual([
      [[[{ name: 'MODE', to: 'value', values: ['queue'] }]], ['c', 'd']],
      [[[{ name: 'DB', to: 'value', values: ['postgres'] }]], ['a']],
    ]);
  });

  it('says where a setting is asked to be two things', () => {
    const findings = [finding('a', 1, 'safe when A is set'), finding('b', 2, 'safe when A is not set')];
    expect(sheetOf({ findings }).contradictions).toEqual(['A']);
  });

  it.each(SHEET_FORMATS)('prints no value of a secret: %s', (format) => {
    const findings = [
      finding('a', 1, "safe when SESSION_SECRET is not 'hunter2'"),
      finding('b', 2, "only when ADMIN_TOKEN is 'hunter2'"),
      finding('c', 3, "safe when ADMIN_PASSWORD is set and not 'hunter2'"),
    ];
    const text = sheetText(sheetOf({ findings }), format);
    expect(text).toContain('SESSION_SECRET');
    expect(text).not.toContain('hunter2');
  });

  it('begins an environment file', () => {
    const findings = [
      finding('a', 1, "safe when STORE is 'redis'"),
      finding('b', 2, 'safe when REDIS_URL is set; safe when session.store is set'),
      finding('c', 3, 'safe when LOCAL is not set'),
    ];
    const lines = sheetText(sheetOf({ findings }), 'env')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('# for') && !line.startsWith('# read'));
    expect(lines.slice(1)).toEqual([
      '# LOCAL must not be set',
      'REDIS_URL=',
      '# or instead:',
      '# session.store=<value> (in the configuration)',
      'STORE=redis',
    ]);
  });

  it('says so where nothing is to be set', () => {
    expect(sheetText(sheetOf({ findings: [] }), 'text')).toContain('No finding depends on a setting.');
  });
});
