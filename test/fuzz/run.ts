import fc from 'fast-check';
import { kinds, type Made } from './kinds.js';
import { nasties } from './nasty.js';
import { tried } from './trial.js';

/* The long run: `npm run fuzz`. It is started in a process of its own by scripts/fuzz.js, which ends it when it hangs. */

export interface Row {
  readonly kind: string;
  tried: number;
  /** Files that were named as not read, or not in full. */
  problems: number;
  failures: number;
}

export interface Told {
  row(row: Row): void;
  /** Before each input: whoever watches knows what hangs. */
  at(kind: string, input: string): void;
  failed(kind: string, input: string, reason: string): void;
}

export async function runNasties(told: Told, only = '', after?: string): Promise<void> {
  const rows = new Map<string, Row>();
  const skipped = after === undefined ? 0 : nasties.findIndex(({ sort, name }) => `${sort}: ${name}` === after) + 1;
  for (const { sort, name, app } of nasties.slice(skipped)) {
    if (!`${sort}: ${name}`.includes(only)) continue;
    const row = rows.get(sort) ?? { kind: sort, tried: 0, problems: 0, failures: 0 };
    rows.set(sort, row);
    told.at(sort, name);
    row.tried++;
    try {
      row.problems += (await tried(app())).problems.length;
    } catch (error) {
      row.failures++;
      told.failed(sort, name, String(error));
    }
  }
  for (const row of rows.values()) told.row(row);
}

export async function runKinds(
  told: Told,
  milliseconds: number,
  seed: number,
  path?: string,
  only = '',
): Promise<void> {
  const chosen = kinds.filter(({ name }) => name.includes(only));
  for (const { name, arbitrary } of chosen) {
    const row: Row = { kind: name, tried: 0, problems: 0, failures: 0 };
    const property = fc.asyncProperty(arbitrary, async (made: Made) => {
      told.at(name, made.from);
      row.tried++;
      row.problems += (await tried(made.app())).problems.length;
    });
    const outcome = await fc.check(property, {
      seed,
      ...(path === undefined ? {} : { path }),
      numRuns: Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: milliseconds / chosen.length,
      skipAllAfterTimeLimit: milliseconds / chosen.length + 60_000,
    });
    if (outcome.failed && outcome.counterexample) {
      row.failures++;
      const again = `npm run fuzz -- --seed ${outcome.seed} --path ${outcome.counterexamplePath} --kind '${name}'`;
      told.failed(name, outcome.counterexample[0].from, `${String(outcome.errorInstance)}\n  again: ${again}`);
    }
    told.row(row);
  }
}
