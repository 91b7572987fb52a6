import type { Finding } from '../../model/finding.js';
import type { Report } from '../../model/report.js';
import type { Place } from '../../model/span.js';

/*
 * What an operator has to set before the application runs as two: the conditions of the findings, read back from their words and
 * put together by setting.
 */

/** One setting and what it has to be. */
export interface Wanted {
  readonly name: string;
  /** `anything`: it has to be set; `unset`: it must not be; `says`: which value does it cannot be told. */
  readonly to: 'anything' | 'unset' | 'value' | 'other than' | 'at most' | 'says';
  /** The values that do, or that do not. Never those of a secret. */
  readonly values: readonly string[];
}

/** Settings that do together. */
export type Choice = readonly Wanted[];

/** What is to be set for some findings; one of the choices is enough. */
export interface Entry {
  readonly choices: readonly Choice[];
  /** Where the code asks for it. */
  readonly reads: readonly Place[];
  readonly findings: readonly Finding[];
}

export interface Sheet {
  /** What turns findings off. */
  readonly set: readonly Entry[];
  /** What would turn findings on. */
  readonly leave: readonly Entry[];
  /** Conditions in words that name no setting. */
  readonly others: readonly { readonly words: string; readonly finding: Finding }[];
  /** Settings that are asked to be two things at once. */
  readonly contradictions: readonly string[];
  /** Findings that no setting turns off. */
  readonly remaining: number;
}

export function sheetOf({ findings }: Pick<Report, 'findings'>): Sheet {
  const set = new Map<string, Entry>();
  const leave = new Map<string, Entry>();
  const others: { words: string; finding: Finding }[] = [];
  for (const finding of findings) {
    if (finding.when === 'always' || finding.condition === undefined) continue;
    const { safe, only } = parts(finding.condition);
    if (safe.length > 0) add(set, safe, finding);
    else if (only.length > 0) add(leave, only, finding);
    else others.push({ words: finding.condition, finding });
  }
  const entries = simpler([...set.values()], [...leave.values()]).sort(
    (a, b) => b.findings.length - a.findings.length || compare(a, b),
  );
  return {
    set: entries,
    leave: [...leave.values()].sort(compare),
    others,
    contradictions: contradictionsOf(entries),
    remaining: findings.filter(({ when, condition }) => when === 'always' || condition === undefined).length,
  };
}

function add(entries: Map<string, Entry>, choices: readonly Choice[], finding: Finding): void {
  const key = JSON.stringify(choices);
  const known = entries.get(key) ?? { choices, reads: [], findings: [] };
  const reads = [...known.reads];
  for (const { role, file, span } of finding.evidence)
    if (role === 'condition' && !reads.some((one) => one.file === file && one.span[0] === span[0]))
      reads.push({ file, span });
  entries.set(key, { choices, reads, findings: [...known.findings, finding] });
}

/** Without values that would turn other findings on, and without choices of which one is asked for anyway. */
function simpler(entries: readonly Entry[], leave: readonly Entry[]): Entry[] {
  const bad = new Map<string, Set<string>>();
  for (const { name, to, values } of leave.flatMap(({ choices }) => choices.flat()))
    if (to === 'value') bad.set(name, new Set([...(bad.get(name) ?? []), ...values]));
  const without = entries.map((entry) => ({
    ...entry,
    choices: entry.choices.map((choice) =>
      choice.map((wanted) => {
        const left = wanted.values.filter((value) => !bad.get(wanted.name)?.has(value));
        return wanted.to === 'value' && left.length > 0 ? { ...wanted, values: left } : wanted;
      }),
    ),
  }));
  const asked = without.filter(({ choices }) => choices.length === 1);
  const found = new Map<string, Entry>();
  for (const entry of without) {
    const home = asked.find(({ choices: [one] }) => entry.choices.some((choice) => same(choice, one)));
    const into = home ?? entry;
    const key = JSON.stringify(into.choices);
    const known = found.get(key);
    found.set(
      key,
      known
        ? {
            ...known,
            reads: [...known.reads, ...entry.reads.filter((one) => !known.reads.some((other) => isSame(one, other)))],
            findings: [...known.findings, ...entry.findings],
          }
        : { ...entry, choices: into.choices },
    );
  }
  return [...found.values()];
}

function same(one: Choice, other: Choice | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isSame(one: Place, other: Place): boolean {
  return one.file === other.file && one.span[0] === other.span[0];
}

function compare(a: Entry, b: Entry): number {
  const [one, other] = [JSON.stringify(a.choices), JSON.stringify(b.choices)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** "safe when A is set and B is 'x'; safe when C is not set": each part is a choice by itself. */
function parts(condition: string): { readonly safe: readonly Choice[]; readonly only: readonly Choice[] } {
  const safe: Choice[] = [];
  const only: Choice[] = [];
  for (const part of condition.split('; ')) {
    const [, start, rest = ''] = /^(safe|only) when (.+)$/.exec(part) ?? [];
    if (start === 'safe') {
      const choice = wantedList(rest);
      if (choice) safe.push(choice);
    } else if (start === 'only') {
      const choice = wantedList(rest, ' or ');
      if (choice) only.push(choice);
    }
  }
  return { safe, only };
}

const NAME = String.raw`[A-Za-z_$][\w$.[\]-]*`;
const CONDITION = new RegExp(
  String.raw`^(?<names>${NAME}(?: or ${NAME})*) (?:(?<set>is set)(?: and (?<but>(?:not|neither) .+))?|(?<unset>is not set)(?: or is (?<else>.+))?|(?<no>is (?:not|neither)) (?<bad>.+)|is (?<most>\d+) or less|is (?<good>.+)|says (?<says>so|otherwise))$`,
);

/** Several settings are joined by "and"; what follows a value is no name of a setting. */
function wantedList(text: string, joint: ' and ' | ' or ' = ' and '): Choice | undefined {
  const splits = new RegExp(`${joint}(?=${NAME}(?: or ${NAME})* (?:is|says) )`);
  const found = text.split(splits).map(wantedOf);
  return found.every((one) => one !== undefined) ? found.flat() : undefined;
}

function wantedOf(text: string): readonly Wanted[] | undefined {
  const groups = CONDITION.exec(text)?.groups;
  if (!groups) return undefined;
  const names = (groups['names'] ?? '').split(' or ');
  return names.map((name): Wanted => {
    const { set, but, unset, bad, most, good, says } = groups;
    const make = (to: Wanted['to'], values: readonly string[] = []) => ({
      name,
      to,
      values: isSecret(name) ? [] : values,
    });
    if (says) return make('says');
    if (set) return make('anything', but ? literals(but) : []);
    if (unset) return make('unset');
    if (most) return make('at most', [most]);
    if (groups['no'] && bad !== undefined) return make('other than', literals(bad));
    const values = literals(good ?? '');
    return values.length > 0 && isSecret(name) ? make('anything') : make('value', values);
  });
}

/** The constants in words: `'redis' or 'valkey'`, `true`, `5`. */
function literals(text: string): readonly string[] {
  return [...text.matchAll(/'([^']*)'|\b(true|false|-?\d+(?:\.\d+)?)\b/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
}

/** What such a setting holds is nobody's business, even where the code compares it with a constant. */
export function isSecret(name: string): boolean {
  return /secret|token|passw|pwd|credential|private|api_?key|access_?key|(?:^|_)key$|salt|dsn/i.test(name);
}

/** Asked to be set in one place, and not to be in another, where neither has another choice. */
function contradictionsOf(entries: readonly Entry[]): readonly string[] {
  const asked = new Map<string, Set<string>>();
  for (const { choices } of entries)
    for (const { name, to, values } of choices.length === 1 ? (choices[0] ?? []) : [])
      if (to === 'value' || to === 'unset' || to === 'anything')
        asked.set(name, (asked.get(name) ?? new Set()).add(to === 'value' ? values.join('|') : to));
  return [...asked].flatMap(([name, wishes]) => {
    const exact = [...wishes].filter((wish) => wish !== 'anything');
    return exact.length > 1 || (wishes.has('unset') && wishes.size > 1) ? [name] : [];
  });
}
