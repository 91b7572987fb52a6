import { createHash } from 'node:crypto';
import type { Confidence, Evidence, Finding, RawFinding, Severity, When } from '../model/finding.js';
import type { Problem } from '../model/input.js';
import type { RuleMeta } from '../model/rule.js';
import type { Place } from '../model/span.js';
import { byPlaceAndRule, byText } from './order.js';

/** Source lines of a file; empty where the text is not known (a descriptor, say). */
export type Lines = (file: string) => readonly string[];

export interface Reported {
  readonly meta: RuleMeta;
  readonly raw: RawFinding;
}

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];
const CONFIDENCES: readonly Confidence[] = ['low', 'medium', 'high'];
const WHENS: readonly When[] = ['optional-config', 'default-config', 'always'];
const HOME = 'https://github.com/mi-audit/mi-audit/blob/main';

/** Address of a rule's page. Where a plugin gives none for its rule, it is the page that says where such a rule comes from. */
export function docsOf({ id, docs }: Pick<RuleMeta, 'id' | 'docs'>): string {
  return docs ?? (id.includes('/') ? `${HOME}/docs/plugins.md#rules-with-a-slash` : `${HOME}/rules/${id}/README.md`);
}

/**
 * Turns what rules said into findings: checks it, fills in what comes from the rule's metadata, keeps the stronger of two at
 * one place, orders and fingerprints. A finding that points outside its file is a bug of its rule: it is left out and said.
 */
export function settle(reported: readonly Reported[], lines: Lines): { findings: Finding[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const strongest = new Map<string, Omit<Finding, 'fingerprint'>>();
  for (const { meta, raw } of reported) {
    const flaw = flawOf(raw, lines);
    if (flaw) {
      problems.push(unsound(meta, raw, flaw));
      continue;
    }
    const steps = raw.evidence.filter((step) => {
      const wrong = placeFlaw(step, lines);
      if (wrong) problems.push(unsound(meta, step, `a step of its evidence ${wrong}`));
      return !wrong;
    });
    const finding = {
      ...raw,
      ruleId: meta.id,
      severity: raw.severity ?? meta.severity,
      triggers: raw.triggers ?? meta.triggers,
      evidence: primaryFirst(raw, steps),
      docs: docsOf(meta),
    };
    const spot = JSON.stringify([meta.id, raw.file, raw.span[0], raw.span[1]]);
    const rival = strongest.get(spot);
    if (!rival || stronger(finding, rival)) strongest.set(spot, finding);
  }
  const ordered = [...strongest.values()].sort(byPlaceAndRule);
  return { findings: withFingerprints(ordered, lines), problems: uniqueProblems(problems) };
}

function flawOf(raw: RawFinding, lines: Lines): string | undefined {
  for (const part of ['message', 'consequence', 'hint'] as const) {
    if (typeof raw[part] !== 'string' || raw[part].trim() === '') return `has no ${part}`;
  }
  if (!CONFIDENCES.includes(raw.confidence)) return `has the unknown confidence ${String(raw.confidence)}`;
  if (!WHENS.includes(raw.when)) return `says \`when: ${String(raw.when)}\`, which means nothing`;
  if (typeof raw.symbol !== 'string') return 'has no symbol';
  if (!SEVERITIES.includes(raw.severity ?? 'info')) return `has the unknown severity ${String(raw.severity)}`;
  if (!Array.isArray(raw.evidence) || !raw.evidence.every((step) => typeof step?.note === 'string'))
    return 'has evidence without words';
  return placeFlaw(raw, lines);
}

function placeFlaw({ file, span }: Place, lines: Lines): string | undefined {
  // Rules of plugins may be written without types.
  if (typeof file !== 'string' || !Array.isArray(span) || span.length !== 4) return 'has no place';
  const [line, column, endLine, endColumn] = span;
  if (!span.every((number) => Number.isInteger(number) && number >= 1))
    return `has the impossible place ${span.join(', ')}`;
  if (endLine < line || (endLine === line && endColumn < column)) return 'ends before it starts';
  const text = lines(file);
  if (text.length === 0) return undefined;
  if (endLine > text.length) return `points to line ${endLine}, but the file has ${text.length}`;
  if (column > text[line - 1]!.length + 1 || endColumn > text[endLine - 1]!.length + 1)
    return 'points behind the end of a line';
  return undefined;
}

function unsound(meta: RuleMeta, place: Place, flaw: string): Problem {
  return {
    kind: 'rule-crash',
    level: 'error',
    rule: meta.id,
    file: place.file,
    message: `a finding of the rule ${meta.id} was left out: it ${flaw}. This is a bug of the rule; please report it.`,
  };
}

function uniqueProblems(problems: readonly Problem[]): Problem[] {
  const unique = new Map(problems.map((problem) => [`${problem.file} ${problem.rule} ${problem.message}`, problem]));
  return [...unique].sort(([a], [b]) => byText(a, b)).map(([, problem]) => problem);
}

/** The first step is where the finding itself stands; a rule that did not say so gets it written in. */
function primaryFirst(raw: RawFinding, steps: readonly Evidence[]): readonly Evidence[] {
  const isPrimary = (step: Evidence) =>
    step.role === 'primary' && step.file === raw.file && step.span[0] === raw.span[0] && step.span[1] === raw.span[1];
  const own = steps.find(isPrimary) ?? { role: 'primary', file: raw.file, span: raw.span, note: raw.message };
  return [own, ...steps.filter((step) => step !== own)];
}

type Unprinted = Omit<Finding, 'fingerprint'>;

function stronger(a: Unprinted, b: Unprinted): boolean {
  const difference =
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence) ||
    WHENS.indexOf(a.when) - WHENS.indexOf(b.when) ||
    a.evidence.length - b.evidence.length;
  // Equally strong: the text decides, so that the order of reporting does not.
  return difference === 0 ? JSON.stringify(a) < JSON.stringify(b) : difference > 0;
}

/**
 * A fingerprint survives edits elsewhere in the file: it knows rule, file, symbol and the marked text, but no line. Where two
 * findings agree in all of that, their order tells them apart.
 */
function withFingerprints(findings: readonly Unprinted[], lines: Lines): Finding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const key = [finding.ruleId, finding.file, finding.symbol, markedText(finding, lines)].join('\0');
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    const fingerprint = createHash('sha256')
      .update(ordinal === 0 ? key : `${key}\0${ordinal}`)
      .digest('hex')
      .slice(0, 16);
    return { ...finding, fingerprint };
  });
}

/** What the span covers of its first line, with white space collapsed. */
function markedText({ file, span: [line, column, endLine, endColumn] }: Place, lines: Lines): string {
  const text = lines(file)[line - 1] ?? '';
  return text
    .slice(column - 1, endLine === line ? endColumn - 1 : undefined)
    .replace(/\s+/g, ' ')
    .trim();
}
