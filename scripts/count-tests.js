// Counts from vitest's JSON report: `node scripts/count-tests.js REPORT` prints `N passed, N failed`. A file that could not
// be loaded counts as failed, and so does a test that was skipped or left for later: it shows nothing.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @typedef {{ status: string, assertionResults: { status: string }[] }} FileReport */

/**
 * @param {{ testResults: FileReport[] }} report
 * @returns {{ passed: number, failed: number }}
 */
export function countTests({ testResults }) {
  const statuses = testResults.flatMap(({ status, assertionResults }) => {
    const own = assertionResults.map((result) => result.status);
    return own.includes('failed') || status === 'passed' ? own : [...own, status];
  });
  const passed = statuses.filter((status) => status === 'passed').length;
  return { passed, failed: statuses.length - passed };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { passed, failed } = countTests(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
    console.log(`${passed} passed, ${failed} failed`);
  } catch (error) {
    console.error(`count-tests: no report to count from (${error instanceof Error ? error.message : error})`);
    process.exitCode = 1;
  }
}
