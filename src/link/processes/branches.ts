import type { ImportFact } from '../../model/facts.js';
import type { Condition } from '../../model/program.js';
import type { Span } from '../../model/span.js';
import type { Linked, Tables } from '../tables.js';

/*
 * One file that can start several things: `if (setup) require('./install') else require('./start')`. What is loaded on a way on
 * which the application itself is not, and is called an installer or a command, runs while nobody is served: once, and by hand.
 */

/** Names of folders and files, an installer's and a command line's; asked only of what one branch loads and another does not. */
const COMMAND =
  /(?:^|\/)(?:install(?:er|ation)?|set-?up|wizard|upgrade|cli|cmd|commands?|scripts?|bin|dev|dev-?tools?)(?:\/|\.[cm]?[jt]sx?$)/i;

export interface Branches {
  /** What each file loads on such a way only. */
  readonly aside: ReadonlyMap<Linked, ReadonlySet<Linked>>;
  /** Everything that is so loaded. */
  readonly loaded: ReadonlySet<Linked>;
  /** The tests that choose between such a way and the application, by file and place. */
  readonly tests: ReadonlySet<string>;
}

export function branchesOf(tables: Tables): Branches {
  const aside = new Map<Linked, ReadonlySet<Linked>>();
  const tests = new Set<string>();
  for (const unit of tables.units) {
    if (!unit.facts.imports.some(({ when }) => when.length > 0)) continue;
    const loads = unit.facts.imports.flatMap((fact) => {
      const to = fact.typeOnly ? undefined : loaded(tables, unit, fact.specifier);
      return to && to !== unit ? [{ fact, to, isCommand: COMMAND.test(inside(to)) }] : [];
    });
    const found = new Set<Linked>();
    for (const { fact, to, isCommand } of loads) {
      const test = isCommand && choosing(unit, fact, loads);
      if (!test) continue;
      tests.add(testKey(unit.file, test.span));
      // What is loaded on other ways too is a part of the application.
      if (loads.every((other) => other.to !== to || choosing(unit, other.fact, loads))) found.add(to);
    }
    if (found.size > 0) aside.set(unit, found);
  }
  return { aside, loaded: new Set([...aside.values()].flatMap((found) => [...found])), tests };
}

/** The test on whose other side the same function loads something that is no command. */
function choosing(
  { facts: { conditions } }: Linked,
  { fn, when }: ImportFact,
  loads: readonly { readonly fact: ImportFact; readonly isCommand: boolean }[],
): Condition['fact'] | undefined {
  for (const id of when) {
    const test = conditions[id];
    const isChoice = loads.some(
      ({ fact, isCommand }) =>
        !isCommand && fact.fn === fn && fact.when.some((one) => test && isOpposite(test, conditions[one])),
    );
    if (test && isChoice) return test;
  }
  return undefined;
}

export function testKey(file: string, span: Span): string {
  return `${file} ${span.join(':')}`;
}

function isOpposite(one: Condition['fact'], other: Condition['fact'] | undefined): boolean {
  return other !== undefined && other.sense !== one.sense && other.span.join(':') === one.span.join(':');
}

function loaded(tables: Tables, unit: Linked, specifier: string): Linked | undefined {
  const target = tables.target(unit, specifier);
  return target.kind === 'file' ? tables.byFile.get(target.file) : undefined;
}

/** The path below the file's own manifest, where the manifest is not in that very folder. */
function inside(unit: Linked): string {
  const dir = unit.manifest?.dir ?? '.';
  return dir === '.' || COMMAND.test(`${dir}/`) ? unit.file : unit.file.slice(dir.length + 1);
}
