import { describe, expect, it } from 'vitest';
import { countTests } from '../scripts/count-tests.js';

const file = (status: string, ...results: string[]) => ({
  status,
  assertionResults: results.map((result) => ({ status: result })),
});

describe('countTests', () => {
  it('counts what passed and what failed', () => {
    expect(
      countTests({ testResults: [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed')] }),
    ).toEqual({
      passed: 3,
      failed: 1,
    });
  });

  it('counts a file that could not be loaded', () => {
    expect(countTests({ testResults: [file('failed')] })).toEqual({ passed: 0, failed: 1 });
  });

  it('counts a file whose hooks failed behind tests that passed', () => {
    expect(countTests({ testResults: [file('failed', 'passed')] })).toEqual({ passed: 1, failed: 1 });
  });

  it('takes what was skipped for failed', () => {
    expect(countTests({ testResults: [file('passed', 'passed', 'skipped', 'todo')] })).toEqual({
      passed: 1,
      failed: 2,
    });
  });
});
