import type { Finding } from '../model/finding.js';
import type { Problem } from '../model/input.js';
import type { Report } from '../model/report.js';
import { reaches } from './answer.js';
import { where } from './layout.js';
import { visible } from './visible.js';
import { consequenceLabel, today, whenItBites } from './words.js';
import { element, textElement, xmlDocument } from './xml.js';

interface Case {
  readonly result: 'passed' | 'failed' | 'skipped' | 'broken';
  readonly text: string;
}

/**
 * A suite for each rule that ran and a test for each finding. What fails the command is a failure; what it lets pass (below
 * `--fail-on`, or accepted) is skipped with the reason, so that build servers and the exit code say the same.
 */
export function junit(report: Report): string {
  const ruleIds = [...new Set([...report.rules.map(({ id }) => id), ...report.findings.map(({ ruleId }) => ruleId)])];
  const suites = [
    ...ruleIds.sort().map((id) => suite(id, casesOf(id, report))),
    ...problemSuite(report.problems.filter(({ level }) => level === 'error')),
  ];
  return xmlDocument(
    element(
      'testsuites',
      { name: 'mi-audit', ...totals(suites.flatMap(({ cases }) => cases)) },
      suites.map(({ name, cases }) =>
        element(
          'testsuite',
          { name, ...totals(cases), skipped: count(cases, 'skipped') },
          cases.map(({ text }) => text),
        ),
      ),
    ),
  );
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

function suite(ruleId: string, cases: readonly Case[]): Suite {
  return {
    name: ruleId,
    cases:
      cases.length > 0
        ? cases
        : [{ result: 'passed', text: element('testcase', { name: 'finds nothing', classname: ruleId }) }],
  };
}

function casesOf(ruleId: string, report: Report): Case[] {
  const open = report.findings
    .filter((finding) => finding.ruleId === ruleId)
    .map((finding): Case => (reaches(finding, report.failOn) ? failure(finding) : passedOver(finding, report)));
  const accepted = report.verdicts
    .filter(({ finding, status }) => finding.ruleId === ruleId && (status === 'silenced' || status === 'baselined'))
    .map(({ finding, status, reason }) =>
      skipped(
        finding,
        [status === 'silenced' ? 'Accepted' : 'In the baseline', ...(reason ? [reason] : [])].join(': '),
      ),
    );
  return [...open, ...accepted];
}

function failure(finding: Finding): Case {
  const { message, consequence, hint, severity, evidence, docs } = finding;
  const now = today(finding);
  const lines = [
    where(finding),
    `${consequenceLabel(finding)}: ${consequence}`,
    `Fix: ${hint}`,
    `When: ${whenItBites(finding)}`,
    ...(now === '' ? [] : [`Today: ${now}`]),
    ...evidence.map((step) => `Why: ${where(step)} ${step.note}`),
    `More: ${docs}`,
  ];
  const body = textElement('failure', { type: severity, message: visible(message) }, lines);
  return { result: 'failed', text: testcase(finding, [body]) };
}

function passedOver(finding: Finding, { failOn }: Report): Case {
  return skipped(finding, `${finding.severity}, below --fail-on ${failOn}: ${finding.message}`);
}

function skipped(finding: Finding, why: string): Case {
  return { result: 'skipped', text: testcase(finding, [element('skipped', { message: visible(why) })]) };
}

/** Jenkins knows no attributes for file and line, and refuses what it does not know; the name has both. */
function testcase({ ruleId, file, span, message }: Finding, children: readonly string[]): string {
  return element('testcase', { name: visible(`${file}:${span[0]} ${message}`), classname: ruleId }, children);
}

function problemSuite(problems: readonly Problem[]): Suite[] {
  if (problems.length === 0) return [];
  const cases = problems.map(({ kind, file = '.', message }): Case => {
    const error = element('error', { type: kind, message: visible(message) });
    return { result: 'broken', text: element('testcase', { name: visible(file), classname: 'not audited' }, [error]) };
  });
  return [{ name: 'not audited', cases }];
}

function totals(cases: readonly Case[]) {
  return { tests: cases.length, failures: count(cases, 'failed'), errors: count(cases, 'broken') };
}

function count(cases: readonly Case[], result: Case['result']): number {
  return cases.filter((one) => one.result === result).length;
}
