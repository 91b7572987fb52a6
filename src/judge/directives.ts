import type { Audit } from '../model/audit.js';
import type { DirectiveFact } from '../model/facts.js';
import type { Place, Span } from '../model/span.js';
import { isDay } from './days.js';
import { nearest } from './nearest.js';

/** What one directive says about one rule: findings that start on these lines of its file are accepted, for this reason. */
export interface Silencer {
  readonly rule: string;
  readonly reason: string;
  readonly comment: Comment;
  /** 1-based, both inclusive. */
  readonly from: number;
  readonly to: number;
}

/** A directive as it stands in the source. */
export interface Comment extends Place {
  readonly word: Word;
  readonly ownLine: boolean;
}

/** A directive that cannot be obeyed as written. */
export interface Flaw extends Place {
  readonly message: string;
  readonly consequence: string;
  readonly hint: string;
}

/** The pseudo-rule under which unsound directives are reported. It has no folder: it looks at comments, not at a program. */
export const UNSOUND_DIRECTIVE = 'unsound-directive';

const WORDS = [
  'mi-audit-disable-next-line',
  'mi-audit-disable-line',
  'mi-audit-disable-file',
  'mi-audit-disable',
  'mi-audit-enable',
] as const;
type Word = (typeof WORDS)[number];
const VOID = 'It silences nothing: what it was meant to accept is reported as if it were not there.';
const END_OF_FILE = Number.POSITIVE_INFINITY;

export interface DirectiveSetting {
  readonly knownRuleIds: readonly string[];
  /** Rules that no directive may silence. */
  readonly enforced: readonly string[];
  /** `2026-11-21`. */
  readonly today: string;
}

/** Reads all directives of a project. One that is unsound in any part silences nothing. */
export function readDirectives(
  audit: Pick<Audit, 'directives' | 'lines'>,
  setting: DirectiveSetting,
): { silencers: Silencer[]; flaws: Flaw[] } {
  const silencers: Silencer[] = [];
  const flaws: Flaw[] = [];
  for (const [file, facts] of groupByFile(audit.directives)) {
    let open: Silencer[] = [];
    let flawed = false;
    for (const fact of facts) {
      const directive = parseDirective(file, fact, setting);
      if ('message' in directive) {
        flaws.push(directive);
        flawed = true;
        continue;
      }
      const { comment, rules, reason } = directive;
      if (comment.word === 'mi-audit-enable') {
        const ends = (silencer: Silencer) => rules.length === 0 || rules.includes(silencer.rule);
        // After a flawed directive an unmatched end is its consequence, not a second mistake.
        if (!open.some(ends) && !flawed) flaws.push(nothingToEnable(comment, rules));
        silencers.push(...open.filter(ends).map((silencer) => ({ ...silencer, to: fact.span[0] })));
        open = open.filter((silencer) => !ends(silencer));
        continue;
      }
      const [from, to] = reachOf(comment, audit.lines(file));
      const made = rules.map((rule) => ({ rule, reason, comment, from, to }));
      if (comment.word === 'mi-audit-disable') open.push(...made);
      else silencers.push(...made);
    }
    silencers.push(...open);
  }
  return { silencers, flaws };
}

function groupByFile(directives: Audit['directives']): Map<string, DirectiveFact[]> {
  const grouped = new Map<string, DirectiveFact[]>();
  for (const { file, fact } of directives) {
    const list = grouped.get(file);
    if (list) list.push(fact);
    else grouped.set(file, [fact]);
  }
  for (const list of grouped.values()) list.sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]);
  return grouped;
}

interface Directive {
  readonly comment: Comment;
  readonly rules: readonly string[];
  readonly reason: string;
}

function parseDirective(
  file: string,
  fact: DirectiveFact,
  { knownRuleIds, enforced, today }: DirectiveSetting,
): Directive | Flaw {
  const flaw = (message: string, hint: string): Flaw => ({ file, span: fact.span, message, consequence: VOID, hint });
  // A block comment may run over lines that begin with an asterisk.
  const text = fact.text
    .split(/[\r\n]+/)
    .map((line, index) => (index === 0 ? line : line.trim().replace(/^\*+/, '')).trim())
    .join(' ')
    .trim();
  const [written = ''] = text.split(/\s/, 1);
  const word = WORDS.find((known) => known === written);
  if (!word) {
    const meant = nearest(written, WORDS);
    return flaw(
      `\`${written}\` is not a directive.`,
      meant
        ? `Write \`${meant} RULE -- reason\`.`
        : `The directives are ${WORDS.map((known) => `\`${known}\``).join(', ')}.`,
    );
  }
  const [head = '', ...rest] = text.slice(word.length).split(/(?:^|\s)--+(?:\s|$)/);
  const reason = rest.join(' -- ').trim();
  const { list, terms } = termsOf(head);
  const rules = list
    .split(',')
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '');
  const comment: Comment = { file, span: fact.span, word, ownLine: fact.ownLine };
  if (word !== 'mi-audit-enable') {
    if (rules.length === 0) return flaw(`\`${word}\` names no rule.`, `Write \`${word} RULE -- reason\`.`);
    if (reason === '')
      return flaw(
        `\`${word}\` gives no reason.`,
        `Say why the finding is acceptable here: \`${word} RULE -- reason\`.`,
      );
    if (word === 'mi-audit-disable' && !fact.ownLine) {
      return flaw(
        '`mi-audit-disable` behind code would silence the rest of the file.',
        'For this line alone write `mi-audit-disable-line`; a block starts on a line of its own.',
      );
    }
  }
  for (const rule of rules) {
    if (rule === UNSOUND_DIRECTIVE)
      return flaw(
        `\`${rule}\` cannot be silenced by a directive.`,
        `Mend or remove the directive it is about, or switch the rule off in the configuration.`,
      );
    if (!knownRuleIds.includes(rule))
      return flaw(`\`${word}\` names the unknown rule \`${rule}\`.`, unknownRuleHint(rule, knownRuleIds));
  }
  for (const [key, value] of terms) {
    if (!TERMS.includes(key)) {
      const meant = nearest(key, TERMS);
      return flaw(
        `\`${key}=\` is nothing that a directive can say.`,
        meant ? `Did you mean \`${meant}=\`?` : 'It can say `expires=2026-12-31` and `owner=…`.',
      );
    }
    if (key === 'expires' && !isDay(value))
      return flaw(`\`expires=${value}\` is no day.`, 'Write it as `expires=2026-12-31`.');
  }
  if (word === 'mi-audit-enable') return { comment, rules, reason };
  const barred = rules.find((rule) => enforced.includes(rule));
  if (barred !== undefined)
    return flaw(
      `\`${barred}\` is enforced by the configuration and cannot be silenced.`,
      'Mend the finding and remove the directive, or talk to whoever keeps the configuration.',
    );
  const said = new Map(terms);
  const expires = said.get('expires');
  if (expires !== undefined && expires < today) {
    const owner = said.get('owner');
    return flaw(
      `\`${word}\` ended on ${expires}${owner ? ` (owner: ${owner})` : ''}, and silences ${rules.map((rule) => `\`${rule}\``).join(', ')} no longer.`,
      'Mend the finding and remove the directive, or say until when the risk is accepted: `expires=2026-12-31`.',
    );
  }
  return { comment, rules, reason };
}

const TERMS = ['expires', 'owner'];

/** `RULE, RULE expires=2026-12-31 owner=@team`: what stands before the reason. */
function termsOf(head: string): { list: string; terms: [key: string, value: string][] } {
  const terms: [string, string][] = [];
  const list = head.replace(/(?:^|\s)([a-z]+)=(\S*)/gi, (_, key: string, value: string) => {
    terms.push([key, value.replace(/,$/, '')]);
    return '';
  });
  return { list, terms };
}

function unknownRuleHint(rule: string, knownRuleIds: readonly string[]): string {
  if (/\s/.test(rule)) return 'Separate rules by commas, and the reason by ` -- `.';
  const [plugin = '', local] = rule.split('/');
  if (local !== undefined && !knownRuleIds.some((id) => id.startsWith(`${plugin}/`)))
    return `No plugin \`${plugin}\` is in the configuration.`;
  const meant = nearest(rule, knownRuleIds);
  return meant ? `Did you mean \`${meant}\`?` : '`mi-audit rules` lists all rules.';
}

function nothingToEnable(comment: Comment, rules: readonly string[]): Flaw {
  const what =
    rules.length === 0
      ? 'no rule is'
      : `${rules.map((rule) => `\`${rule}\``).join(', ')} ${rules.length === 1 ? 'is not' : 'are not'}`;
  return {
    file: comment.file,
    span: comment.span,
    message: `\`mi-audit-enable\` ends nothing: ${what} disabled here.`,
    consequence: 'Readers take what stands above for accepted.',
    hint: 'Remove it, or start the block above with `mi-audit-disable RULE -- reason`.',
  };
}

function reachOf(comment: Comment, lines: readonly string[]): [from: number, to: number] {
  switch (comment.word) {
    case 'mi-audit-disable-file':
      return [1, END_OF_FILE];
    case 'mi-audit-disable-next-line': {
      const line = nextCodeLine(lines, comment.span);
      return [line, line];
    }
    case 'mi-audit-disable-line':
      return [comment.span[0], comment.span[2]];
    default:
      return [comment.span[0], END_OF_FILE];
  }
}

/** The next line that holds anything but white space and comments, so that several directives can stand above one statement. */
function nextCodeLine(lines: readonly string[], [, , endLine]: Span): number {
  let inComment = false;
  for (let line = endLine + 1; line <= lines.length; line++) {
    let rest = lines[line - 1]!;
    while (rest !== '') {
      if (inComment) {
        const end = rest.indexOf('*/');
        inComment = end === -1;
        rest = inComment ? '' : rest.slice(end + 2);
        continue;
      }
      rest = rest.trimStart();
      if (rest.startsWith('//')) rest = '';
      else if (rest.startsWith('/*')) {
        inComment = true;
        rest = rest.slice(2);
      } else if (rest !== '') return line;
    }
  }
  return endLine + 1;
}
