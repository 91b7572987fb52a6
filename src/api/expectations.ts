import type { Finding, SafeCandidate, When } from '../model/finding.js';
import type { Problem } from '../model/input.js';

/*
 * What a fixture says about itself: `// expect: unguarded-cron` on the line of the finding, or `expect-next-line:` above
 * it where the line has no room for a comment, as in JSON: `"//": "expect-next-line: migration-at-boot default-config"`.
 */

export interface Expectation {
  readonly file: string;
  readonly line: number;
  readonly ruleId: string;
  /** If said, the finding must agree. */
  readonly when?: When;
}

/** The files of a fixture that are read for expectations, by path. */
export type Texts = ReadonlyMap<string, string>;

const LEAD = String.raw`(?:\/\/|\/\*|#|--|<!--|"\/\/[^"]*"\s*:\s*")`;
const EXPECTATION = new RegExp(String.raw`${LEAD}\s*expect(-next-line)?:(.*)$`, 'm');
const END = /\s*(?:\*\/|-->|"\s*,?\s*[}\]]*,?\s*$).*$/;
/** The rule of a plugin has the plugin's name in front. */
const ITEM = /^((?:[a-z][a-z0-9-]*\/)?[a-z][a-z0-9-]*)(?:\s+(always|default-config|optional-config))?$/;

/** Reads the expectations of every file. One that cannot be read is an error: it would otherwise expect nothing. */
export function readExpectations(texts: Texts): Expectation[] {
  return [...texts].flatMap(([file, text]) =>
    text.split(/\r\n|[\n\r]/).flatMap((line, index) => expectationsOfLine(line, file, index + 1)),
  );
}

function expectationsOfLine(text: string, file: string, line: number): Expectation[] {
  const [, nextLine, list] = EXPECTATION.exec(text) ?? [];
  if (list === undefined) return [];
  return list
    .replace(END, '')
    .split(',')
    .map((item) => {
      const [, ruleId, when] = ITEM.exec(item.trim()) ?? [];
      if (ruleId === undefined) {
        throw new Error(
          `${file}:${line}: cannot read the expectation \`${item.trim()}\`; write \`expect: RULE\` or \`expect: RULE default-config\`.`,
        );
      }
      return {
        file,
        line: nextLine === undefined ? line : line + 1,
        ruleId,
        ...(when === undefined ? {} : { when: when as When }),
      };
    });
}

/** Takes the words out of expectation comments, so that an audit cannot be led by them; no line or column moves. */
export function blankExpectations(text: string): string {
  return text.replace(new RegExp(EXPECTATION, 'gm'), (comment) =>
    comment.replace(/expect(?:-next-line)?:.*$/, (words) => {
      const end = END.exec(words)?.[0] ?? '';
      return ' '.repeat(words.length - end.length) + end;
    }),
  );
}

export interface Outcome {
  readonly findings: readonly Finding[];
  readonly safe: readonly SafeCandidate[];
  readonly problems: readonly Problem[];
}

/** What differs between what a fixture expects and what was found, a line each; empty when they agree. */
export function differences(expectations: readonly Expectation[], outcome: Outcome): string[] {
  const unmet: Expectation[] = [];
  // A finding of low confidence is not shown unless asked for, so it neither meets an expectation nor breaks one.
  const extra = outcome.findings.filter((finding) => finding.confidence !== 'low');
  for (const expectation of expectations) {
    const met = extra.findIndex((finding) => meets(finding, expectation));
    if (met === -1) unmet.push(expectation);
    else extra.splice(met, 1);
  }
  return [
    ...unmet.map((expectation) => missing(expectation, outcome)),
    ...extra.map((finding) => unexpected(finding)),
    ...outcome.problems
      .filter(({ level }) => level === 'error')
      .map(({ file, message }) => `problem  ${file ?? ''} ${message}`),
  ];
}

function meets(finding: Finding, { file, line, ruleId, when }: Expectation): boolean {
  return (
    finding.file === file &&
    finding.span[0] === line &&
    finding.ruleId === ruleId &&
    (when ?? finding.when) === finding.when
  );
}

/** How far from an expectation a silent candidate may stand and still explain it: an option's line, a chained call. */
const NEAR = 3;

function missing({ file, line, ruleId, when }: Expectation, { findings, safe }: Outcome): string {
  const isNear = (place: { file: string; span: readonly number[] }) =>
    place.file === file && Math.abs((place.span[0] ?? 0) - line) <= NEAR;
  const reasons = [
    ...findings
      .filter((finding) => finding.ruleId === ruleId && isNear(finding))
      .map((finding) => `found at line ${finding.span[0]}, ${finding.when}, with ${finding.confidence} confidence`),
    ...safe
      .filter((candidate) => candidate.ruleId === ruleId && isNear(candidate))
      .map((candidate) => `called safe at line ${candidate.span[0]}: ${candidate.reason}`),
  ];
  const expected = when === undefined ? ruleId : `${ruleId} ${when}`;
  return [`missing  ${file}:${line} ${expected}`, ...reasons.map((reason) => `           ${reason}`)].join('\n');
}

function unexpected({ file, span, ruleId, when, confidence, message, evidence }: Finding): string {
  const steps = evidence.slice(1).map((step) => `           ${step.role} ${step.file}:${step.span[0]} ${step.note}`);
  return [`extra    ${file}:${span[0]} ${ruleId} (${when}, ${confidence}) ${message}`, ...steps].join('\n');
}
