import type {
  Location,
  Log,
  Notification,
  Region,
  ReportingDescriptor,
  Result,
  Run,
  Suppression,
  VersionControlDetails,
} from 'sarif';
import type { Evidence, Finding, Severity, Verdict } from '../model/finding.js';
import type { Problem } from '../model/input.js';
import type { Report, RuleInfo } from '../model/report.js';
import type { Place, Span } from '../model/span.js';
import { escapeUnsafe } from './json.js';
import { markdownText } from './markdown-text.js';
import { inRepository, uniqueFingerprints, uriPath } from './places.js';
import { visible } from './visible.js';
import { consequenceLabel, today } from './words.js';

const HOME = 'https://github.com/mi-audit/mi-audit';
const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = { error: 'error', warning: 'warning', info: 'note' };

/** Also what is accepted: services that track findings must not take it for mended. */
const RESULTS: readonly Verdict['status'][] = ['open', 'silenced', 'baselined'];

/** SARIF 2.1.0, for GitHub's code scanning and others. Findings only: what was found safe is no result. */
export function sarif(report: Report): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [runOf(report)],
  };
  return `${escapeUnsafe(JSON.stringify(log, undefined, 2))}\n`;
}

function runOf(report: Report): Run {
  const results = report.verdicts.filter(({ status }) => RESULTS.includes(status));
  const fingerprints = uniqueFingerprints(results.map(({ finding }) => finding));
  const rules = rulesOf(report, results);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const provenance = provenanceOf(report);
  return {
    tool: {
      driver: {
        name: report.tool.name,
        version: report.tool.version,
        semanticVersion: report.tool.version,
        informationUri: HOME,
        rules,
      },
    },
    // Where the root is on this machine is nobody's business; services know where it is in theirs.
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: report.summary.complete,
        exitCode: report.exitCode,
        toolExecutionNotifications: report.problems.map((problem) => notification(problem, report, indexes)),
      },
    ],
    ...(provenance ? { versionControlProvenance: [provenance] } : {}),
    results: results.map((verdict, index) =>
      resultOf(verdict, fingerprints[index]!, indexes.get(verdict.finding.ruleId) ?? 0, report),
    ),
  };
}

/** Every rule that ran, and those of findings that came from elsewhere. */
function rulesOf({ rules }: Report, results: readonly Verdict[]): ReportingDescriptor[] {
  const known = new Map(rules.map((rule) => [rule.id, ruleOf(rule)]));
  for (const { finding } of results) {
    const { ruleId, docs } = finding;
    if (!known.has(ruleId)) known.set(ruleId, { id: ruleId, shortDescription: { text: ruleId }, helpUri: docs });
  }
  return [...known.values()];
}

function ruleOf({ id, title, category, severity, triggers, docs, page }: RuleInfo): ReportingDescriptor {
  const help = `${title}. See ${docs}`;
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: `${title}.` },
    helpUri: docs,
    // Where Markdown is not shown, the address has to do: the page twice would make up most of the file.
    help: { text: help, ...(page === undefined ? {} : { markdown: withLinks(page.trim(), docs) }) },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['multi-instance', category, ...triggers],
      'problem.severity': severity === 'info' ? 'recommendation' : severity,
    },
  };
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Pages link to one another by relative paths, which lead nowhere from another site. */
function withLinks(page: string, docs: string): string {
  return page.replace(/\]\((?![a-z]+:|#)([^)\s]+)\)/g, (whole, path: string) =>
    URL.canParse(path, docs) ? `](${new URL(path, docs).href})` : whole,
  );
}

function resultOf(verdict: Verdict, fingerprint: string, ruleIndex: number, report: Report): Result {
  const { finding } = verdict;
  const { ruleId, severity, confidence, when, condition, triggers, doubts, evidence, live } = finding;
  const steps = evidence.slice(1);
  return {
    ruleId,
    ruleIndex,
    kind: 'fail',
    level: LEVELS[severity],
    message: { text: plainText(textOf(finding)), markdown: markdownOf(finding) },
    locations: [locationOf(finding, report)],
    // The first is what GitHub tells alerts apart by; it moves with the code, as its own would not.
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'miAudit/v1': finding.fingerprint },
    ...(steps.length > 0
      ? {
          relatedLocations: steps.map((step, id) => ({ id, ...stepLocation(step, report) })),
          codeFlows: [codeFlow(finding, steps, report)],
        }
      : {}),
    suppressions: suppressionsOf(verdict, report),
    properties: {
      confidence,
      when,
      triggers: [...triggers],
      ...(condition === undefined ? {} : { condition }),
      ...(live ? { live: live.is, liveAt: [...live.at] } : {}),
      ...(doubts?.length ? { doubts: [...doubts] } : {}),
    },
  };
}

/** The path ends where the finding is. */
function codeFlow(finding: Finding, steps: readonly Evidence[], report: Report) {
  const locations = [...steps.map((step) => stepLocation(step, report)), noted(finding, finding.message, report)];
  return { threadFlows: [{ locations: locations.map((location) => ({ location })) }] };
}

function textOf(finding: Finding): string {
  const { message, consequence, hint } = finding;
  const now = today(finding);
  const lines = [
    message,
    `${consequenceLabel(finding)}: ${consequence}`,
    `Fix: ${hint}`,
    ...(now === '' ? [] : [`Today: ${now}`]),
  ];
  return lines.map(visible).join('\n');
}

/** Code keeps its backticks; nothing else of the text is to be taken for marks. */
function markdownOf(finding: Finding): string {
  const { message, consequence, hint } = finding;
  const now = today(finding);
  return [
    markdownText(message),
    `**${consequenceLabel(finding)}:** ${markdownText(consequence)}`,
    `**Fix:** ${markdownText(hint)}`,
    ...(now === '' ? [] : [`**Today:** ${markdownText(now)}`]),
  ].join('\n\n');
}

/** `[text](1)` in a message would be a link to a location. */
function plainText(text: string): string {
  return /\]\(/.test(text) ? text.replace(/[\\[\]]/g, '\\$&') : text;
}

function suppressionsOf({ status, reason, by }: Verdict, report: Report): Suppression[] {
  if (status === 'open') return [];
  return [
    {
      // An entry of the baseline stands in a file of its own.
      kind: by ? 'inSource' : 'external',
      status: 'accepted',
      ...(reason === undefined ? {} : { justification: visible(reason) }),
      ...(by ? { location: locationOf(by, report) } : {}),
    },
  ];
}

function stepLocation(step: Evidence, report: Report): Location {
  return noted(step, step.guessed ? `${step.note} (guessed from the name)` : step.note, report);
}

function noted(place: Place, note: string, report: Report): Location {
  return { ...locationOf(place, report), message: { text: plainText(visible(note)) } };
}

function locationOf({ file, span }: Place, report: Report): Location {
  return { physicalLocation: { artifactLocation: artifact(file, report), region: regionOf(span) } };
}

function artifact(file: string, report: Report) {
  return { uri: uriPath(inRepository(file, report)), uriBaseId: '%SRCROOT%' };
}

function regionOf([startLine, startColumn, endLine, endColumn]: Span): Region {
  return { startLine, startColumn, endLine, endColumn };
}

function notification(
  { kind, level, message, file, span, rule }: Problem,
  report: Report,
  indexes: ReadonlyMap<string, number>,
): Notification {
  const place =
    file === undefined
      ? undefined
      : {
          physicalLocation: {
            artifactLocation: artifact(file, report),
            ...(span ? { region: regionOf(span) } : {}),
          },
        };
  const index = rule === undefined ? undefined : indexes.get(rule);
  return {
    descriptor: { id: kind },
    level: level === 'error' ? 'error' : 'note',
    message: { text: plainText(visible(message)) },
    ...(place ? { locations: [place] } : {}),
    ...(rule === undefined || index === undefined ? {} : { associatedRule: { id: rule, index } }),
  };
}

function provenanceOf({ source }: Report): VersionControlDetails | undefined {
  const { repository, revision, branch } = source;
  if (repository === undefined || revision === undefined) return undefined;
  return {
    repositoryUri: repository,
    revisionId: revision,
    ...(branch === undefined ? {} : { branch }),
    mappedTo: { uriBaseId: '%SRCROOT%' },
  };
}
