import type { Expr } from '../src/model/facts.js';
import type { Call, Fn, Program, Setting, Unit } from '../src/model/program.js';
import type { Span } from '../src/model/span.js';
import { valueText } from './in-memory.js';

/*
 * What a fixture says the linker must know of a line: `// link: phase request "POST /login"; effects database`. The words are
 * documented in CONTRIBUTING.md.
 */

export interface LinkExpectation {
  readonly file: string;
  readonly line: number;
  readonly word: Word;
  /** The opposite is expected. */
  readonly not: boolean;
  /** What the word asks for, part by part; text in quotes is apart. */
  readonly wanted: readonly string[];
  readonly quoted?: string;
}

/** What the linker says of a line when asked a word: the answers, and the texts that go with them. */
interface Answer {
  readonly said: readonly string[];
  /** Texts that belong to an answer: labels, names, settings. */
  readonly texts?: readonly { readonly of: string; readonly text: string }[];
}

interface WordRule {
  /** What may follow; absent: anything. */
  readonly known?: readonly string[];
  /** Answers that say something is not there. */
  readonly negative: readonly string[];
  /** Several may be asked for at once, and then there must be no others. */
  readonly whole?: true;
  readonly ask: (program: Program, unit: Unit, line: number) => Answer;
}

const WORDS = {
  role: {
    known: ['server', 'worker', 'script', 'test', 'browser', 'build', 'none'],
    negative: ['none'],
    whole: true,
    ask: (_, unit) => ({ said: orNone([...unit.roles]) }),
  },
  phase: {
    known: ['boot', 'request', 'socket', 'job', 'consumer', 'shutdown', 'event', 'script', 'test', 'none'],
    negative: ['none'],
    ask: (program, unit, line) => {
      const reaches = program.reaches(functionAt(program, unit, line));
      return {
        said: orNone(reaches.map(({ phase }) => phase)),
        texts: reaches.map(({ phase, label }) => ({ of: phase, text: label })),
      };
    },
  },
  state: {
    negative: ['none'],
    ask: (program, unit, line) => {
      const cells = program.cells.filter(({ place }) => place.file === unit.file && place.span[0] === line);
      return {
        said: orNone(cells.map(({ shape }) => shape)),
        texts: cells.map(({ shape, name }) => ({ of: shape, text: name })),
      };
    },
  },
  effects: {
    known: ['database', 'mail', 'http', 'publish', 'enqueue', 'file', 'process', 'unknown', 'none'],
    negative: ['none', 'unknown'],
    whole: true,
    ask: (program, unit, line) => {
      const { effects, unknown } = program.effects(functionAt(program, unit, line));
      const changing = effects.filter(({ writes }) => writes);
      return {
        said: orNone([...changing.map(({ kind }) => kind), ...(unknown ? ['unknown'] : [])]),
        texts: changing.map(({ kind, label }) => ({ of: kind, text: label })),
      };
    },
  },
  guard: {
    known: [
      'lock',
      'leader',
      'instance-index',
      'role-switch',
      'claim',
      'shared-scheduler',
      'worker-process',
      'declared',
      'none',
    ],
    negative: ['none'],
    ask: (program, unit, line) => {
      const guards = callsAt(program, unit, line).flatMap((call) => program.guards(call, handedOver(program, call)));
      return {
        said: orNone(guards.map(({ kind }) => kind)),
        texts: guards.map(({ kind, label }) => ({ of: kind, text: label })),
      };
    },
  },
  when: {
    known: ['always', 'default-config', 'optional-config', 'development'],
    negative: ['always'],
    ask: (program, unit, line) => {
      const setting = settingAt(program, unit, line);
      if (!setting) return { said: [] };
      const said = setting.developmentOnly ? 'development' : setting.when;
      return { said: [said], texts: [{ of: said, text: setting.words ?? '' }] };
    },
  },
  calls: {
    negative: ['none'],
    ask: (program, unit, line) => {
      const callees = callsAt(program, unit, line).flatMap((call) => program.callees(call));
      return {
        said: orNone(
          callees.flatMap(({ unit: { file }, name, fact }) => [`${file}:${name}`, `${file}:${fact.span[0]}`]),
        ),
      };
    },
  },
  is: {
    negative: ['unknown'],
    ask: (program, unit, line) => ({ said: valuesAt(program, unit, line) }),
  },
} satisfies Record<string, WordRule>;

type Word = keyof typeof WORDS;

export const words = Object.keys(WORDS) as readonly Word[];

/** An expectation that something is not there, not known, or does not depend on anything. */
export function isNegative({ word, not, wanted }: LinkExpectation): boolean {
  const { negative }: WordRule = WORDS[word];
  return not !== wanted.some((one) => negative.includes(one));
}

const COMMENT = /\/\/ link:(.*)$/;

/** Reads the expectations of a file. One that cannot be read is an error: it would otherwise expect nothing. */
export function readLinkExpectations(file: string, text: string): LinkExpectation[] {
  return text.split(/\r\n|[\n\r]/).flatMap((line, index) => {
    const list = COMMENT.exec(line)?.[1];
    if (list === undefined) return [];
    return list.split(';').map((saying) => readSaying(saying.trim(), file, index + 1));
  });
}

function readSaying(saying: string, file: string, line: number): LinkExpectation {
  const fail = (why: string): never => {
    throw new Error(`${file}:${line}: cannot read the expectation \`${saying}\`: ${why}`);
  };
  const match = /^(no )?([a-z]+) ([^"]*?)\s*(?:"([^"]*)")?$/.exec(saying);
  if (!match) return fail(`write \`WORD ANSWER\`, one of the words ${words.join(', ')}.`);
  const [, not, word, rest, quoted] = match;
  if (!words.includes(word as Word)) return fail(`\`${word}\` is none of ${words.join(', ')}.`);
  const rule: WordRule = WORDS[word as Word];
  // A text that is asked for is written as one.
  if (word === 'is' && rest === '' && quoted !== undefined)
    return { file, line, word, not: not !== undefined, wanted: [JSON.stringify(quoted)] };
  const wanted = rule.whole ? (rest as string).split(/,\s*/) : [rest as string];
  if (wanted.includes('')) return fail('it expects nothing.');
  const unheard = wanted.find((one) => rule.known && !rule.known.includes(one));
  if (unheard !== undefined) return fail(`\`${unheard}\` is none of ${rule.known?.join(', ')}.`);
  if (not && wanted.length > 1) return fail('`no` speaks of one answer only.');
  return {
    file,
    line,
    word: word as Word,
    not: not !== undefined,
    wanted,
    ...(quoted === undefined ? {} : { quoted }),
  };
}

/** Takes the words out of the comments, so that an audit cannot be led by them; no line or column moves. */
export function blankLinkExpectations(text: string): string {
  return text.replace(/\/\/ link:.*$/gm, (comment) => `//${' '.repeat(comment.length - 2)}`);
}

/** What is wrong with an expectation, in a line that shows what the linker says; nothing where it is met. */
export function difference(program: Program, expectation: LinkExpectation): string | undefined {
  const { file, line, word, not, wanted, quoted } = expectation;
  const unit = program.units.find((candidate) => candidate.file === file);
  if (!unit) return `${file}:${line} is not in the program: it was skimmed, ignored or could not be read`;
  const rule: WordRule = WORDS[word];
  const { said, texts = [] } = rule.ask(program, unit, line);
  const asked = `${not ? 'no ' : ''}${word} ${wanted.join(', ')}${quoted === undefined ? '' : ` "${quoted}"`}`;
  const heard = said.map((one) => {
    const own = texts.filter(({ of }) => of === one).map(({ text }) => `"${text}"`);
    return [one, ...new Set(own)].join(' ');
  });
  const isSaid = (one: string) =>
    said.includes(one) &&
    (quoted === undefined ||
      texts.some(({ of, text }) => of === one && text.toLowerCase().includes(quoted.toLowerCase())));
  // Where a lone kind is denied, others may be there; where kinds are listed, no others may. Not known is no kind.
  const extra = said.filter((one) => one !== 'unknown' && !wanted.includes(one));
  const isMet = not
    ? !wanted.some(isSaid) && said.length > 0
    : wanted.every(isSaid) && !(rule.whole && extra.length > 0) && !(wanted.includes('none') && said.length > 1);
  if (isMet) return undefined;
  const answer = said.length === 0 ? 'nothing on this line to ask' : [...new Set(heard)].join(', ');
  return `${file}:${line} expects \`${asked}\`; the linker says: ${answer}`;
}

function orNone(said: readonly string[]): readonly string[] {
  return said.length === 0 ? ['none'] : [...new Set(said)];
}

const isBefore = (a: Span, b: Span): boolean => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

/** The function that begins on a line, the outermost of several; else the innermost around it. */
function functionAt(program: Program, unit: Unit, line: number): Fn {
  let around = program.fn(unit, 0);
  let begins: Fn | undefined;
  for (let id = 1; id < unit.facts.functions.length; id++) {
    const fn = program.fn(unit, id);
    const { span, nameSpan } = fn.fact;
    if (span[0] === line || nameSpan[0] === line) {
      if (!begins || isBefore(span, begins.fact.span)) begins = fn;
    } else if (span[0] < line && line <= span[2] && (around.id === 0 || isBefore(around.fact.span, span))) around = fn;
  }
  return begins ?? around;
}

/** The calls that begin on a line. */
function callsAt(program: Program, unit: Unit, line: number): Call[] {
  return unit.facts.functions
    .flatMap((_, id) => program.callsIn(program.fn(unit, id)))
    .filter(({ fact }) => fact.span[0] === line);
}

/** The functions a call is handed, or that it decorates. */
function handedOver(program: Program, { unit, fact }: Call): Fn[] {
  if (fact.decorates?.fn !== undefined) return [program.fn(unit, fact.decorates.fn)];
  return fact.args.flatMap((arg) => program.functions(unit, arg));
}

function settingAt(program: Program, unit: Unit, line: number): Setting | undefined {
  const [call] = callsAt(program, unit, line);
  const access = unit.facts.accesses.find(({ span }) => span[0] === line);
  const fn = call?.fn ?? (access && program.fn(unit, access.fn));
  const site = call ?? (access && fn && { unit, fn, fact: access });
  if (!site || !fn) return undefined;
  const phases = program.reaches(fn).map(({ phase }) => phase);
  return program.setting(program.conditions(site, phases.includes('boot') ? 'boot' : phases[0]));
}

/** What the calls on a line give, and what is declared on it. */
function valuesAt(program: Program, unit: Unit, line: number): readonly string[] {
  const apis = callsAt(program, unit, line).flatMap((call) => program.apis(call));
  const declared = unit.facts.bindings
    .filter(({ span, kind }) => span[0] === line && kind !== 'param' && kind !== 'import')
    .flatMap(({ init }): readonly string[] => (init ? valueTexts(program, unit, init) : []));
  return [...new Set([...apis, ...declared])];
}

function valueTexts(program: Program, unit: Unit, expr: Expr): readonly string[] {
  const known = program.values(unit, expr).map(({ value }) => valueText(program, { value, when: [] }));
  return known.length > 0 ? known : ['unknown'];
}
