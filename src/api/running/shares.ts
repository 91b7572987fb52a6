import { type Database, databaseLimits, limitArguments } from '../../knowledge/pools.js';
import type { Evidence } from '../../model/finding.js';
import type { Operation } from '../../model/production.js';
import type { Program } from '../../model/program.js';
import type { Place } from '../../model/span.js';
import { isForUse } from './deployed.js';

/*
 * How many instances draw on what they all share, and how much of it there is.
 */

/** The instances that hold a place, as production runs them. */
export interface Holders {
  readonly count: number;
  /** How many there are at once while a deploy replaces them. */
  readonly peak: number;
  /** "3 instances", "3 instances of web and 2 of worker". */
  readonly words: string;
  readonly evidence: readonly Evidence[];
}

/** By the descriptors of one platform, that which runs most; several platforms are several ways to run the same. */
export function holdersOf(program: Program, place: Place): Holders | undefined {
  const groups = new Map<string, Map<string, Operation>>();
  for (const one of program.operationsOf(place)) {
    if (!one.instances) continue;
    const kind = one.deployed?.descriptor.kind ?? '';
    const group = groups.get(kind) ?? new Map<string, Operation>();
    const known = group.get(one.name);
    if (!known || countOf(known) < countOf(one)) group.set(one.name, one);
    groups.set(kind, group);
  }
  const sum = (list: readonly Operation[], of: (one: Operation) => number) =>
    list.reduce((total, one) => total + of(one), 0);
  const [most] = [...groups.values()]
    .map((group) => [...group.values()])
    .sort((a, b) => sum(b, countOf) - sum(a, countOf));
  if (!most) return undefined;
  const count = sum(most, countOf);
  const [only] = most;
  return {
    count,
    peak: sum(most, (one) => Math.max(one.peak ?? 0, countOf(one))),
    words:
      only && most.length === 1
        ? instances(count)
        : most
            .map((one, at) => `${at === 0 ? instances(countOf(one)) : countOf(one)} of \`${one.name}\``)
            .join(' and '),
    evidence: most.flatMap(({ name, instances: told }): Evidence[] =>
      told?.place ? [{ role: 'started', ...told.place, note: `\`${name}\` ${told.words}` }] : [],
    ),
  };
}

function countOf({ instances: told }: Operation): number {
  return told ? (told.value.max ?? told.value.min) : 0;
}

function instances(count: number): string {
  return `${count} ${count === 1 ? 'instance' : 'instances'}`;
}

export interface DatabaseLimit {
  readonly max: number;
  /** Kept for administrators. */
  readonly reserved: number;
  readonly words: string;
  /** Behind "takes 100": "as it is installed", "by its own command". */
  readonly because: string;
  readonly place?: Place;
}

/** What the configuration says, then the database's own container, then what the engine takes where nobody says. */
export function databaseLimitOf(program: Program, database: Database): DatabaseLimit {
  const { words, max, reserved } = databaseLimits[database];
  const { databaseMaxConnections, place } = program.declared;
  if (databaseMaxConnections !== undefined)
    return {
      max: databaseMaxConnections,
      reserved,
      words,
      because: 'by the configuration',
      ...(place ? { place } : {}),
    };
  const told = toldLimits(program, database);
  const [first] = told;
  if (first && told.every((other) => other.max === first.max))
    return { ...first, reserved, words, because: 'by its own command' };
  return { max, reserved, words, because: 'as it is installed' };
}

function toldLimits(program: Program, database: Database): readonly { readonly max: number; readonly place: Place }[] {
  const entry = limitArguments.find((one) => one.database === database);
  if (!entry) return [];
  // What a developer runs beside an application that is deployed elsewhere is not its database.
  const kinds = new Set(program.operations.flatMap(({ deployed }) => (deployed ? [deployed.descriptor.kind] : [])));
  return program.workloads.flatMap(({ descriptor, workload }) => {
    if (!isForUse(descriptor) || (kinds.size > 0 && !kinds.has(descriptor.kind))) return [];
    if (!entry.images.test(workload.image?.value ?? '')) return [];
    return workload.commands.flatMap(({ steps }) =>
      steps.flatMap(({ words, place }) =>
        words.flatMap((word) => {
          const max = entry.argument.exec(word)?.[1];
          return max === undefined ? [] : [{ max: Number(max), place }];
        }),
      ),
    );
  });
}
