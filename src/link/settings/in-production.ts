import type { Environment } from '../../model/deployment.js';
import type { Evidence } from '../../model/finding.js';
import type { Setting, Unit } from '../../model/program.js';
import type { Place } from '../../model/span.js';
import type { InUse } from '../processes/production.js';
import { amount, type Asked, INSTANCE_INDEX } from './amount.js';
import { names, type Stated, substituted, type Term } from './terms.js';

/*
 * What the descriptors of production, or the configuration, set decides conditions that are up to an operator otherwise. Only
 * what is written there decides: a variable that is not mentioned can come from anywhere, and a secret can be anything.
 */

/** One workload's variables, as far as their values are known. */
interface Known {
  readonly stated: Stated;
  readonly places: ReadonlyMap<string, Place>;
}

/** Values that tell something and give nothing away. */
const PLAIN = /^(?:[a-z][a-z0-9-]{0,23}|\d{1,7})$/i;
const SECRET = /pass|secret|key|token|credential|salt|auth|pwd|pin/i;

export class InProduction {
  private readonly known: ReadonlyMap<InUse, Known>;
  private readonly byUnit = new Map<Unit, readonly InUse[]>();
  private readonly isSilent: boolean;

  constructor(private readonly workloads: readonly InUse[]) {
    this.known = new Map(workloads.map((one) => [one, knownOf(one.environment)]));
    this.isSilent = [...this.known.values()].every(({ stated }) => stated.size === 0);
  }

  /** What conditions amount to where every workload that they stand in says the same; nothing where none decides. */
  setting(asked: readonly Asked[]): Setting | undefined {
    if (this.isSilent) return undefined;
    const deciding = asked.filter(({ term }) => names(term).length > 0);
    const list = this.holding(deciding.map(({ condition }) => condition.unit));
    const found = list.map((known) => this.settingIn(asked, known));
    const [first] = found;
    if (!first?.settled) return undefined;
    const isAgreed = found.every(
      (other) =>
        other?.settled !== undefined &&
        other.when === first.when &&
        other.developmentOnly === first.developmentOnly &&
        other.never === first.never &&
        other.words === first.words,
    );
    return isAgreed ? first : undefined;
  }

  /** A term with what is set written into it, where every workload that holds the file comes to the same. */
  term(unit: Unit, term: Term): Term {
    if (this.isSilent) return term;
    const list = this.holding([unit]);
    const asked = names(term);
    const isAgreed = asked.every((name) => new Set(list.map(({ stated }) => stated.get(name))).size <= 1);
    const [first] = list;
    return first && isAgreed ? substituted(term, first.stated) : term;
  }

  /** What is set that a term asks for, with its places. */
  evidence(unit: Unit, term: Term): readonly Evidence[] {
    const [first] = this.holding([unit]);
    return first ? evidenceOf(names(term), first) : [];
  }

  private settingIn(asked: readonly Asked[], known: Known): Setting | undefined {
    const { stated } = known;
    const used = new Set<string>();
    const told = asked.map((one): Asked => {
      const term = substituted(one.term, stated);
      if (term === one.term) return one;
      for (const name of names(one.term)) if (stated.has(name)) used.add(name);
      return { ...one, term, isStated: true };
    });
    if (used.size === 0) return undefined;
    const setting = amount(told);
    const evidence = evidenceOf([...used], known);
    const [first] = evidence;
    if (!first) return undefined;
    const words = [...used].map((name) => inWords(name, stated)).join(', ');
    const { file, span } = first;
    return { ...setting, evidence: [...setting.evidence, ...evidence], settled: { words, place: { file, span } } };
  }

  /** What is known of each workload that all of the files are part of. */
  private holding(units: readonly Unit[]): readonly Known[] {
    const [first, ...others] = new Set(units);
    if (!first) return [];
    return this.of(first)
      .filter((one) => others.every((unit) => this.of(unit).includes(one)))
      .flatMap((one) => this.known.get(one) ?? []);
  }

  private of(unit: Unit): readonly InUse[] {
    let found = this.byUnit.get(unit);
    if (!found) {
      found = this.workloads.filter(({ processes }) => processes.some(({ units }) => units.has(unit)));
      this.byUnit.set(unit, found);
    }
    return found;
  }
}

function knownOf(environment: Environment): Known {
  const stated = new Map<string, string>();
  const places = new Map<string, Place>();
  for (const [name, { value, place }] of Object.entries(environment)) {
    // What tells instances apart is another in each of them, whatever a file says.
    if (value === undefined || INSTANCE_INDEX.has(name)) continue;
    stated.set(name, value);
    places.set(name, place);
  }
  return { stated, places };
}

function evidenceOf(list: readonly string[], { stated, places }: Known): Evidence[] {
  return list.flatMap((name): Evidence[] => {
    const place = places.get(name);
    return place ? [{ role: 'condition', ...place, note: `production has ${inWords(name, stated)}` }] : [];
  });
}

function inWords(name: string, stated: Stated): string {
  const value = stated.get(name) ?? '';
  if (value === '') return `${name} empty`;
  return PLAIN.test(value) && !SECRET.test(name) ? `${name}=${value}` : `${name} set`;
}
