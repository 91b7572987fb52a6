import type { RuleWord } from '../model/explanation.js';
import type { Audit } from '../model/audit.js';
import type { Confidence, Finding, SafeCandidate, Verdict } from '../model/finding.js';
import type { RuleMeta } from '../model/rule.js';
import type { Place } from '../model/span.js';
import { covers, type Subject } from './subject.js';

export interface Judged {
  readonly audit: Pick<Audit, 'findings' | 'safe' | 'problems'>;
  readonly verdicts: readonly Verdict[];
  /** All rules, those that are switched off as well. */
  readonly metas: readonly RuleMeta[];
  readonly isOn: (ruleId: string) => boolean;
  readonly minConfidence: Confidence;
}

/** The line that is asked about; of a file that is no source nothing but findings is told. */
export type About = Pick<Subject, 'program' | 'line' | 'functions' | 'state'> & { readonly file: string };

/** So many findings and candidates of one rule are told. */
const MOST = 3;
/** What stands in the same function, but is not about the line itself. */
const NEARBY = 6;

/** What each rule says of the line: findings first, whatever became of them, then what is safe, then who is silent. */
export function rulesOf(subject: About, judged: Judged): RuleWord[] {
  const words = judged.metas.flatMap((meta) => wordsOf(subject, judged, meta));
  return words.sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
}

const ORDER: readonly RuleWord['status'][] = [
  'open',
  'below-confidence',
  'silenced',
  'baselined',
  'outside-paths',
  'unchanged',
  'off',
  'failed',
  'safe',
  'silent',
];

function wordsOf(subject: About, judged: Judged, { id, title }: RuleMeta): RuleWord[] {
  const { audit, verdicts, isOn, minConfidence } = judged;
  const found: { readonly word: RuleWord; readonly distance: number }[] = [];
  const add = (word: RuleWord, item: Place & Partial<Finding & SafeCandidate>) => {
    const relation = relationOf(subject, item);
    if (!relation) return;
    const { distance, words } = relation;
    found.push({ distance, word: { ...word, ...(words === undefined ? {} : { relation: words }) } });
  };
  for (const verdict of verdicts)
    if (verdict.finding.ruleId === id) add(verdictWord(verdict, minConfidence), verdict.finding);
  // Judgement drops the findings of a rule that is off; whoever asks about a line wants to know of them.
  if (!isOn(id)) {
    for (const finding of audit.findings)
      if (finding.ruleId === id) add({ ...findingWord(finding), status: 'off', because: OFF }, finding);
  }
  for (const candidate of audit.safe) {
    if (candidate.ruleId !== id) continue;
    const { file, span, reason, because } = candidate;
    add(
      { ruleId: id, status: 'safe', place: { file, span }, message: reason, ...(because ? { by: because } : {}) },
      candidate,
    );
  }
  found.sort((a, b) => a.distance - b.distance);
  const about = found.filter(({ distance }) => distance < NEARBY);
  const told = (about.length > 0 ? about : found).slice(0, MOST).map(({ word }) => word);
  const crash = audit.problems.find(({ kind, rule }) => kind === 'rule-crash' && rule === id);
  if (crash) told.push({ ruleId: id, status: 'failed', message: crash.message });
  if (told.length > 0) return told;
  return isOn(id)
    ? [{ ruleId: id, status: 'silent', message: title }]
    : [{ ruleId: id, status: 'silent', message: title, because: OFF }];
}

const OFF = 'the rule is switched off';

function verdictWord({ finding, status, reason, by }: Verdict, minConfidence: Confidence): RuleWord {
  const because = status === 'below-confidence' ? `less than ${minConfidence} confidence is not shown` : reason;
  return {
    ...findingWord(finding),
    status,
    ...(because === undefined ? {} : { because }),
    ...(by ? { by: { file: by.file, span: by.span } } : {}),
  };
}

function findingWord(finding: Finding): Omit<RuleWord, 'status'> {
  const { ruleId, file, span, severity, confidence, doubts, when, condition, message, hint } = finding;
  return {
    ruleId,
    place: { file, span },
    severity,
    confidence,
    when,
    message,
    hint,
    ...(doubts?.length ? { doubts } : {}),
    ...(condition === undefined ? {} : { condition }),
  };
}

/** What a finding or candidate has to do with the line, the nearest relation first; none where it is about something else. */
function relationOf(
  subject: About,
  item: Place & Partial<Pick<Finding, 'evidence'> & Pick<SafeCandidate, 'because'>>,
): { readonly distance: number; readonly words?: string } | undefined {
  const { file: own, line, program, functions } = subject;
  const isOnLine = ({ file, span }: Place) => file === own && span[0] === line;
  const isSame = (a: Place, b: Place) => a.file === b.file && a.span[0] === b.span[0] && a.span[1] === b.span[1];
  if (isOnLine(item)) return { distance: 0 };
  const touched = subject.state.find(({ cell }) => isSame(cell.place, item));
  if (touched) return { distance: 1, words: `\`${touched.cell.name}\`, which this line ${touched.how}` };
  const inFile = item.file === own;
  const inner = functions.filter(({ id }) => id !== 0);
  const isAround = inFile && covers(item.span, line);
  if (isAround && !inner.some(({ fact }) => covers(item.span, fact.span[0]) && covers(item.span, fact.span[2])))
    return { distance: 2, words: 'this line is part of it' };
  for (const fn of inner) {
    const registered = program
      .registrations(fn)
      .some((call) => isSame({ file: call.unit.file, span: call.fact.span }, item));
    if (registered) return { distance: 3, words: `it runs \`${fn.name}\`, which this line is in` };
  }
  if (item.evidence?.some(isOnLine)) return { distance: 4, words: 'this line is one of the reasons' };
  if (item.because && isOnLine(item.because)) return { distance: 5, words: 'this line is the reason' };
  const around = inner.find(({ fact }) => inFile && covers(fact.span, item.span[0]));
  if (around) return { distance: NEARBY, words: `also in \`${around.name}\`` };
  return isAround ? { distance: NEARBY, words: 'around this line' } : undefined;
}
