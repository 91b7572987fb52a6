import { instanceIndexVariables } from '../../knowledge/guards.js';
import type { Environment, Test } from '../../model/deployment.js';
import type { TestsSetting } from '../../model/program.js';

/*
 * What the tests of a shell mean for a step behind them: that one instance alone runs it, that an operator decides, or that
 * production has decided already. `[ "$CF_INSTANCE_INDEX" = 0 ]` is to a script what `=== '0'` is to a program.
 */

const INDEXES = new Set(instanceIndexVariables.map(({ name }) => name));

/** A test of one variable: against a text, or whether it is there at all. */
interface Asked {
  readonly name: string;
  /** What it must be, or must not be; absent where the test is whether it is set. */
  readonly text?: string;
  readonly isEqual: boolean;
  /** `${NAME:-yes}` */
  readonly otherwise?: string;
}

/** Whether tests let a step run in every instance: `safe` with the reason where they do not. */
export function settingOfTests(tests: readonly Test[], environment: Environment = {}): TestsSetting {
  let found: TestsSetting = { when: 'always' };
  for (const test of tests) {
    const asked = askedBy(test);
    if (!asked) continue;
    const { name } = asked;
    if (INDEXES.has(name)) {
      // All instances but one are no fewer than all.
      if (asked.isEqual) return { when: 'always', safe: `\`${name}\` lets one instance run it` };
      continue;
    }
    // Positional parameters and results are no settings.
    if (!/^[A-Z][A-Z0-9_]+$/.test(name)) continue;
    if (name === 'NODE_ENV') {
      if (asked.isEqual !== (asked.text === 'production'))
        return { when: 'always', safe: 'runs only outside production' };
      continue;
    }
    const stated = environment[name];
    if (stated?.value !== undefined) {
      if (!holds(asked, stated.value))
        return {
          when: 'always',
          safe: `production sets ${name}, with which it does not run`,
          because: stated.place,
        };
      continue;
    }
    found = byDefault(asked);
  }
  return found;
}

function askedBy({ words, holds: sense }: Test): Asked | undefined {
  const text = words.join(' ');
  const [, name, otherwise] = /\$\{?(\w+)(?::-([^}]*)\})?/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const [, operator, wanted] = /(?:^|\s)(!=|==?|-eq|-ne)\s+["']?([\w.-]+)/.exec(text) ?? [];
  const rest = otherwise === undefined ? {} : { otherwise };
  if (operator !== undefined && wanted !== undefined)
    return { name, text: wanted, isEqual: (operator === '!=' || operator === '-ne') !== sense, ...rest };
  // `-z` holds where nothing is set, `-n` and a bare name where something is.
  return { name, isEqual: /(?:^|\s)-z\s/.test(text) !== sense, ...rest };
}

function holds({ text, isEqual }: Asked, value: string): boolean {
  return text === undefined ? (value !== '') === isEqual : (value === text) === isEqual;
}

/** A variable that nobody set equals nothing. */
function byDefault({ name, text, isEqual, otherwise }: Asked): TestsSetting {
  const runs = text === undefined ? isEqual === Boolean(otherwise) : (otherwise === text) === isEqual;
  const value = text === undefined ? 'set' : `'${text}'`;
  return runs
    ? { when: 'default-config', words: `safe when ${name} is ${isEqual ? 'not ' : ''}${value}` }
    : { when: 'optional-config', words: `only when ${name} is ${isEqual ? '' : 'not '}${value}` };
}
