import { instanceIndexVariables } from '../../knowledge/guards.js';
import type { Evidence } from '../../model/finding.js';
import type { Condition, Setting } from '../../model/program.js';
import {
  asksForMode,
  asksForRequired,
  type Atom,
  clauses,
  evaluate,
  isPure,
  names,
  type Term,
  truth,
} from './terms.js';
import { isContradiction, said, vaguely } from './words.js';

export const INSTANCE_INDEX = new Set(instanceIndexVariables.map(({ name }) => name));
const DEVELOPMENT =
  /^(?:in|is|_is|__)?_?(?:dev|development|devmode|test|testing|local)(?:_?or_?(?:dev|development|test|testing|local))?_?(?:mode|env|environment|__)?$/i;
const PRODUCTION = /^(?:in|is|_is|__)?_?prod(?:uction)?_?(?:mode|env|environment|__)?$/i;

/** Put before the names of variables that a browser may see. */
const PUBLIC = /^(?:NEXT_PUBLIC_|VITE_|REACT_APP_|PUBLIC_|NUXT_PUBLIC_)/;

/** Alternatives of which one must hold, all of them up to the operator. */
interface Clause {
  readonly atoms: readonly Atom[];
  readonly names: readonly string[];
  readonly condition: Condition;
}

/** A condition as a term; `isStated` where variables of production are written into it. */
export interface Asked {
  readonly condition: Condition;
  readonly term: Term;
  readonly isStated?: boolean;
}

/** What conditions amount to for an operator: whether they hold with nothing set, and what to set for the other outcome. */
export function amount(conditions: readonly Asked[]): Setting {
  let developmentOnly = false;
  let never = false;
  const asked: Clause[] = [];
  for (const { condition, term, isStated } of conditions) {
    for (const all of clauses(term, condition.fact.sense)) {
      // What production is said to set leaves no way for it to hold.
      if (all.length === 0 && isStated) developmentOnly = true;
      const live = all.filter((atom) => !isDevelopment(atom));
      if (live.length === 0 && all.length > 0) developmentOnly = true;
      // An object that is made where a setting says so is there when it is made.
      const able = live.filter(({ term: { k }, sense }) => live.length === 1 || k !== 'thing' || sense);
      if (able.length > 0 && able.every(isDead)) {
        never = true;
        continue;
      }
      const list = able.map(operatorSettings);
      // Where one of several alternatives asks for no setting, none is needed.
      if (list.length === 0 || list.some((own) => own.length === 0) || able.some(isAlways)) continue;
      asked.push({ atoms: able, names: [...new Set(list.flat())], condition });
    }
  }
  let when: Setting['when'] = 'always';
  const words: string[] = [];
  for (const group of grouped(asked)) {
    const holds = group.every(({ atoms }) => atoms.some(holdsByDefault));
    if (!holds) when = 'optional-config';
    else if (when === 'always') when = 'default-config';
    const text = inWords(group, holds);
    if (!words.includes(text)) words.push(text);
  }
  return {
    when,
    developmentOnly,
    ...(never ? { never } : {}),
    evidence: asked.flatMap(evidence),
    ...(words.length ? { words: words.join('; ') } : {}),
  };
}

/** Clauses about the same single setting belong together, unless they contradict one another, coming from different ways. */
function grouped(asked: readonly Clause[]): (readonly Clause[])[] {
  const groups = new Map<string, Clause[]>();
  asked.forEach((clause, index) => {
    const key = clause.names.length === 1 ? `=${clause.names[0]}` : `#${index}`;
    groups.set(key, [...(groups.get(key) ?? []), clause]);
  });
  return [...groups.values()].flatMap((group): (readonly Clause[])[] => {
    const name = group[0]?.names[0] as string;
    const isOne =
      group.length < 2 ||
      (!isContradiction(
        group.map(({ atoms }) => atoms),
        name,
      ) &&
        said(
          group.map(({ atoms }) => atoms),
          name,
          true,
        ));
    return isOne ? [group] : group.map((clause) => [clause]);
  });
}

function inWords(group: readonly Clause[], holds: boolean): string {
  const start = holds ? 'safe when' : 'only when';
  const [first] = group as [Clause];
  if (first.names.length === 1) {
    const name = first.names[0] as string;
    return `${start} ${
      said(
        group.map(({ atoms }) => atoms),
        name,
        !holds,
      ) ?? vaguely([name], !holds)
    }`;
  }
  // Alternatives about one setting are said together.
  const bySetting = new Map<string, Atom[]>();
  first.atoms.forEach((atom, index) => {
    const own = operatorSettings(atom);
    const key = own.length === 1 ? (own[0] as string) : `#${index}`;
    bySetting.set(key, [...(bySetting.get(key) ?? []), atom]);
  });
  const parts = [...bySetting.values()].map((atoms) => {
    const own = operatorSettings(atoms[0] as Atom);
    const text = own.length === 1 ? said([atoms], own[0] as string, !holds) : undefined;
    const sense = atoms.length > 1 || (atoms[0] as Atom).sense;
    return text ?? vaguely(own, holds ? !sense : sense);
  });
  return `${start} ${[...new Set(parts)].join(holds ? ' and ' : ' or ')}`;
}

function evidence({ condition: { unit, fact }, names: list }: Clause): Evidence[] {
  if (fact.span[0] === 0) return [];
  return [{ role: 'condition', file: unit.file, span: fact.span, note: `depends on ${list.join(', ')}` }];
}

/** The settings that an operator can make: not the kind of environment, nor what tells instances apart. */
function operatorSettings({ term }: Atom): string[] {
  // Where both ways of a choice are up to something else, the setting does not decide.
  if (/^(?:choose|nullish|and|or)$/.test(term.k) && !isPure(term)) return [];
  // Something made of a setting, compared with something else again: the setting is an ingredient and decides nothing.
  if (term.k === 'compare' && !isPure(term) && (term.left.k === 'derived' || term.right.k === 'derived')) return [];
  const modes = asksForMode(term) ? modeNames(term) : undefined;
  return names(term).filter((name) => !modes?.has(name) && !INSTANCE_INDEX.has(name));
}

function modeNames(term: Term): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (part: unknown): void => {
    if (!part || typeof part !== 'object') return;
    const at = part as Partial<Term> & { readonly name?: string };
    if (at.k === 'thing') return;
    if (at.k === 'setting' && at.mode && at.name) found.add(at.name);
    for (const inner of Object.values(part)) visit(inner);
  };
  visit(term);
  return found;
}

function holdsByDefault({ term, sense }: Atom): boolean {
  const known = truth(evaluate(term));
  return known === undefined ? !sense : known === sense;
}

/** Nothing that an operator sets changes it, since what it asks for must be set. */
function isDead({ term, sense }: Atom): boolean {
  return (asksForRequired(term) && isFixed(term) === !sense) || (term.k === 'thing' && term.given === true && !sense);
}

function isAlways({ term, sense }: Atom): boolean {
  return asksForRequired(term) && isFixed(term) === sense;
}

function isFixed(term: Term): boolean | undefined {
  const list = names(term);
  return list.length === 1 ? truth(evaluate(term)) : undefined;
}

/** False in production, whatever else is set. */
function isDevelopment({ term, sense }: Atom): boolean {
  if (asksForMode(term)) {
    const known = truth(evaluate(term));
    return known !== undefined && known !== sense;
  }
  const list = names(term);
  const own = term.k === 'unknown' || term.k === 'thing' ? term.name : undefined;
  if (list.length > 1 || (list.length === 1 && holdsByDefault({ term, sense }))) return false;
  const name = (list[0] ?? own ?? '').replace(/^.*[.:]/, '').replace(PUBLIC, '');
  return (sense || list.length > 0 ? DEVELOPMENT : PRODUCTION).test(name);
}
