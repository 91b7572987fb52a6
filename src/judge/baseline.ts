import type { Baseline, BaselineEntry } from '../model/baseline.js';
import type { Finding, Verdict } from '../model/finding.js';
import type { Problem } from '../model/input.js';
import { UserError } from '../model/user-error.js';
import { isDay } from './days.js';

/*
 * The baseline: what was found when it was made, accepted for the time being, so that a gate fails on what is new. It goes by
 * fingerprints, which know no lines, so that moved code stays accepted; and it has one entry a finding rather than a count a
 * file, so that mending one hazard does not make room for another.
 */

const VERSION = 1;
const REMAKE = 'Mend it, or make it anew: remove the file and run mi-audit --update-baseline.';

/** Reads a baseline; `name` is how messages call it. */
export function readBaseline(text: string, name: string): Baseline {
  const conflict = text.split(/\r?\n/).findIndex((line) => /^(<{7}|>{7}|\|{7})( |$)|^={7}$/.test(line));
  if (conflict !== -1)
    throw new UserError(
      `${name}:${conflict + 1}: the baseline holds the marks of a merge conflict.`,
      'Keep the entries of both sides, then run mi-audit --update-baseline, which drops what is gone.',
    );
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : '';
    throw new UserError(`${name}: the baseline is not valid JSON (${why}).`, REMAKE);
  }
  const { version, findings } = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  if (version !== VERSION && version !== undefined) {
    throw new UserError(
      `${name}: the baseline has version ${JSON.stringify(version)}, and this mi-audit reads version ${VERSION}.`,
      'Use the mi-audit that made it, or make it anew with --update-baseline.',
    );
  }
  if (version === undefined || !Array.isArray(findings))
    throw new UserError(`${name}: this is no baseline: it needs "version" and a list "findings".`, REMAKE);
  return findings.map((entry, index) => checked(entry, `${name}: findings[${index}]`));
}

function checked(value: unknown, at: string): BaselineEntry {
  if (typeof value !== 'object' || value === null) throw new UserError(`${at} of the baseline is no object.`, REMAKE);
  const entry = value as Record<string, unknown>;
  for (const key of ['fingerprint', 'rule', 'file', 'symbol', 'message', 'reason', 'date']) {
    if (typeof entry[key] !== 'string') throw new UserError(`${at} of the baseline has no text "${key}".`, REMAKE);
  }
  if (entry['owner'] !== undefined && typeof entry['owner'] !== 'string')
    throw new UserError(`${at} of the baseline has an "owner" that is no text.`, REMAKE);
  for (const key of ['date', 'expires']) {
    const day = entry[key];
    if (day !== undefined && !(typeof day === 'string' && isDay(day)))
      throw new UserError(`${at} of the baseline has "${key}": ${JSON.stringify(day)}, which is no day.`, DAY);
  }
  const { count } = entry;
  if (count !== undefined && !(Number.isInteger(count) && Number(count) > 0))
    throw new UserError(`${at} of the baseline has a "count" that is no number from 1 on.`, REMAKE);
  return entry as unknown as BaselineEntry;
}

const DAY = 'Write it as 2026-12-31.';

/** The text of a baseline. Entries are sorted and take a line for each field, so that those of two branches merge. */
export function baselineText(baseline: Baseline): string {
  const findings = [...baseline].sort(byPlaceInText).map((entry) => ({
    rule: entry.rule,
    file: entry.file,
    symbol: entry.symbol,
    message: entry.message,
    fingerprint: entry.fingerprint,
    ...((entry.count ?? 1) > 1 ? { count: entry.count } : {}),
    reason: entry.reason,
    ...(entry.owner === undefined ? {} : { owner: entry.owner }),
    date: entry.date,
    ...(entry.expires === undefined ? {} : { expires: entry.expires }),
  }));
  return `${JSON.stringify({ version: VERSION, findings }, undefined, 2)}\n`;
}

function byPlaceInText(a: BaselineEntry, b: BaselineEntry): number {
  const key = ({ file, rule, symbol, fingerprint }: BaselineEntry) => [file, rule, symbol, fingerprint].join('\0');
  return key(a) < key(b) ? -1 : 1;
}

/** Gives each finding that the baseline holds its entry. An entry that has ended, or is for an enforced rule, holds none. */
export function baselinedBy(
  findings: readonly Finding[],
  baseline: Baseline,
  today: string,
  enforced: readonly string[],
): Map<Finding, BaselineEntry> {
  const room = new Map<string, { entry: BaselineEntry; left: number }[]>();
  for (const entry of baseline) {
    if (hasEnded(entry, today) || enforced.includes(entry.rule)) continue;
    const slot = { entry, left: entry.count ?? 1 };
    const slots = room.get(entry.fingerprint);
    // Two branches that took in the same finding leave it twice behind.
    if (slots) slots.push(slot);
    else room.set(entry.fingerprint, [slot]);
  }
  const held = new Map<Finding, BaselineEntry>();
  for (const finding of findings) {
    const slot = room.get(finding.fingerprint)?.find(({ left, entry }) => left > 0 && entry.rule === finding.ruleId);
    if (!slot) continue;
    slot.left--;
    held.set(finding, slot.entry);
  }
  return held;
}

export function hasEnded({ expires }: { readonly expires?: string | undefined }, today: string): boolean {
  return expires !== undefined && expires < today;
}

/** What an audit can say of entries: of rules that ran and paths that were reported, if it was complete. */
export interface Seen {
  readonly ran: (rule: string) => boolean;
  readonly within: (file: string) => boolean;
  readonly complete: boolean;
}

/** Entries whose finding is gone, as far as this audit can tell. */
function gone(baseline: Baseline, verdicts: readonly Verdict[], { ran, within, complete }: Seen): Set<BaselineEntry> {
  const found = new Set(verdicts.map(({ finding }) => finding.fingerprint));
  return new Set(
    baseline.filter(({ fingerprint, rule, file }) => complete && ran(rule) && within(file) && !found.has(fingerprint)),
  );
}

/** Notes on a baseline that is no longer what it was. */
export function baselineNotes(
  baseline: Baseline,
  verdicts: readonly Verdict[],
  seen: Seen,
  setting: { readonly name: string; readonly today: string; readonly enforced: readonly string[] },
): Problem[] {
  const { name, today, enforced } = setting;
  const stale = gone(baseline, verdicts, seen).size;
  const ended = baseline.filter((entry) => hasEnded(entry, today));
  const barred = baseline.filter(({ rule }) => enforced.includes(rule)).length;
  const note = (message: string): Problem => ({ kind: 'baseline', level: 'note', message: `${name}: ${message}` });
  return [
    ...(stale > 0
      ? [note(`${entries(stale)} for findings that are gone; mi-audit --update-baseline drops ${them(stale)}.`)]
      : []),
    ...ended.map(({ rule, file, expires, owner }) =>
      note(`the entry for ${rule} in ${file} ended on ${expires}${owner ? ` (${owner})` : ''} and counts no longer.`),
    ),
    ...(barred > 0 ? [note(`${entries(barred)} for rules that "enforce" names, which no baseline can hold.`)] : []),
  ];
}

function entries(count: number): string {
  return count === 1 ? 'an entry is' : `${count} entries are`;
}

function them(count: number): string {
  return count === 1 ? 'it' : 'them';
}

export interface Update {
  readonly baseline: Baseline;
  readonly added: number;
  readonly removed: number;
}

/**
 * The baseline after this audit: what is open is taken in, what is gone goes, and what people wrote into its entries stays. What
 * the audit did not look at stays as it is.
 */
export function updateBaseline(
  before: Baseline,
  verdicts: readonly Verdict[],
  seen: Seen,
  given: {
    readonly today: string;
    readonly enforced: readonly string[];
    readonly owner?: string | undefined;
    readonly reason?: string | undefined;
  },
): Update {
  const { today, enforced, owner, reason = UNSEEN } = given;
  const dropped = gone(before, verdicts, seen);
  // A directive says it better, and where it is seen.
  const silenced = new Set(
    verdicts.filter(({ status }) => status === 'silenced').map(({ finding }) => finding.fingerprint),
  );
  const kept = before.filter(
    (entry) =>
      !dropped.has(entry) &&
      !silenced.has(entry.fingerprint) &&
      !enforced.includes(entry.rule) &&
      // One that has ended is taken in anew if its finding is still open: whoever asks for an update decides that.
      !hasEnded(entry, today),
  );
  const fresh = new Map<string, BaselineEntry>();
  for (const { finding, status } of verdicts) {
    if (status !== 'open' || enforced.includes(finding.ruleId)) continue;
    const known = fresh.get(finding.fingerprint);
    if (known) {
      fresh.set(finding.fingerprint, { ...known, count: (known.count ?? 1) + 1 });
      continue;
    }
    fresh.set(finding.fingerprint, {
      fingerprint: finding.fingerprint,
      rule: finding.ruleId,
      file: finding.file,
      symbol: finding.symbol,
      message: finding.message,
      reason,
      ...(owner === undefined ? {} : { owner }),
      date: today,
    });
  }
  const added = fresh.size;
  const removed = before.filter((entry) => !kept.includes(entry) && !fresh.has(entry.fingerprint)).length;
  const baseline = refreshed(kept, verdicts).map((entry) => {
    const more = fresh.get(entry.fingerprint);
    if (!more) return entry;
    fresh.delete(entry.fingerprint);
    return { ...entry, count: (entry.count ?? 1) + (more.count ?? 1) };
  });
  return { baseline: [...baseline, ...fresh.values()], added, removed };
}

const UNSEEN = 'there when the baseline was made; not looked at yet';

/** Entries say what their findings say today; two for the same finding become one. */
function refreshed(kept: Baseline, verdicts: readonly Verdict[]): BaselineEntry[] {
  const found = new Map<string, Finding[]>();
  for (const { finding, status } of verdicts) {
    if (status !== 'baselined') continue;
    const list = found.get(finding.fingerprint);
    if (list) list.push(finding);
    else found.set(finding.fingerprint, [finding]);
  }
  const unique = new Map<string, BaselineEntry>();
  for (const entry of kept) {
    if (unique.has(entry.fingerprint)) continue;
    const { count: _, ...rest } = entry;
    const findings = found.get(entry.fingerprint) ?? [];
    const number = findings.length > 0 ? findings.length : (entry.count ?? 1);
    unique.set(entry.fingerprint, {
      ...rest,
      ...(findings[0] ? { message: findings[0].message } : {}),
      ...(number > 1 ? { count: number } : {}),
    });
  }
  return [...unique.values()];
}
